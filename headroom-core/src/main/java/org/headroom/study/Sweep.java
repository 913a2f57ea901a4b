package org.headroom.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A design of studies: a base study, and the same with other levels of some factors. All share seed, networks, people and weather, so
 * differences between them are paired.
 *
 * @param points the base first
 */
public record Sweep(List<Point> points) {
    private static final int MOST_POINTS = 1000;
    private static final List<String> DESIGNS = List.of("one-at-a-time", "full-factorial");

    public Sweep {
        points = List.copyOf(points);
    }

    /**
     * One study of the design.
     *
     * @param name also of its folder
     * @param levels factors that differ from the base, with their levels
     */
    public record Point(String name, Map<String, String> levels, Study study) {}

    /** What can be varied. */
    private enum Factor {
        EV_PENETRATION("evPenetration", true),
        PV_SHARE("pvShare", true),
        CHARGER("charger_kW", true),
        HABIT("habit", false),
        TARIFF("tariff", false);

        private final String label;
        private final boolean number;

        Factor(String label, boolean number) {
            this.label = label;
            this.number = number;
        }

        void set(ObjectNode study, String level) {
            switch (this) {
                case EV_PENETRATION, PV_SHARE -> put((ObjectNode) study.get("households"), level);
                case TARIFF -> put(study, level);
                case CHARGER, HABIT -> {
                    for (JsonNode scenario : study.get("scenarios")) {
                        put((ObjectNode) scenario, level);
                    }
                }
            }
        }

        private void put(ObjectNode object, String level) {
            if (number) {
                object.put(label, Double.parseDouble(level));
            } else {
                object.put(label, level);
            }
        }
    }

    private record Level(Factor factor, String value) {}

    /**
     * Reads a sweep; paths in it are relative to the file's folder.
     *
     * @throws InputException where it is at fault
     */
    public static Sweep read(Path file) {
        Path above = file.toAbsolutePath().getParent();
        Path folder = above == null ? Path.of("") : above;
        Document yaml = Document.read(file);
        String named = yaml.text("study", "");
        Study base = named.isEmpty() ? StudyFile.embedded() : StudyFile.read(folder.resolve(named));
        boolean full = yaml.choice("design", DESIGNS.getFirst(), DESIGNS).equals(DESIGNS.getLast());
        Document factors = yaml.object("factors");
        List<List<Level>> byFactor = new ArrayList<>();
        for (Factor factor : Factor.values()) {
            if (factors.has(factor.label)) {
                byFactor.add(levels(factors, factor, folder));
            }
        }
        factors.refuseUnknownKeys();
        yaml.refuseUnknownKeys();
        if (byFactor.isEmpty()) {
            throw yaml.fault(
                    "factors", "names none, expected some of evPenetration, pvShare, charger_kW, habit, tariff.");
        }
        return new Sweep(points(base, full ? combinations(byFactor) : oneAtATime(byFactor), file));
    }

    private static List<Level> levels(Document factors, Factor factor, Path folder) {
        List<String> values = factor.number
                ? factors.numbers(factor.label, -Double.MAX_VALUE, Double.MAX_VALUE).stream()
                        .map(String::valueOf)
                        .toList()
                : factors.texts(factor.label);
        if (values.isEmpty()) {
            throw factors.fault(factor.label, "has no level.");
        }
        return values.stream()
                .map(value -> new Level(factor, factor == Factor.TARIFF ? StudyFile.file(value, folder) : value))
                .toList();
    }

    private static List<List<Level>> oneAtATime(List<List<Level>> byFactor) {
        List<List<Level>> all = new ArrayList<>();
        byFactor.forEach(levels -> levels.forEach(level -> all.add(List.of(level))));
        return all;
    }

    private static List<List<Level>> combinations(List<List<Level>> byFactor) {
        List<List<Level>> all = List.of(List.of());
        for (List<Level> levels : byFactor) {
            List<List<Level>> longer = new ArrayList<>();
            for (List<Level> before : all) {
                for (Level level : levels) {
                    List<Level> with = new ArrayList<>(before);
                    with.add(level);
                    longer.add(with);
                }
            }
            all = longer;
            if (all.size() > MOST_POINTS) {
                break;
            }
        }
        return all;
    }

    /** The base and every combination that is not the base; levels that are the base's own are no change. */
    private static List<Point> points(Study base, List<List<Level>> combinations, Path file) {
        if (combinations.size() > MOST_POINTS) {
            throw InputException.in(
                    file, "asks for more than %d studies.\nMaybe design: one-at-a-time.".formatted(MOST_POINTS));
        }
        List<Point> points = new ArrayList<>();
        points.add(new Point("base", Map.of(), base));
        String original = StudyFile.write(base);
        for (List<Level> levels : combinations) {
            Map<String, String> named = new LinkedHashMap<>();
            levels.forEach(level -> named.put(level.factor().label, level.value()));
            String name = named.entrySet().stream()
                    .map(level -> level.getKey() + "="
                            + Path.of(level.getValue()).getFileName().toString().replaceAll("[^A-Za-z0-9.-]", "_"))
                    .collect(Collectors.joining(","));
            Study study = StudyFile.with(
                    base,
                    file + " (" + name + ")",
                    root -> levels.forEach(l -> l.factor().set(root, l.value())));
            StudyInputs.tariff(study); // a tariff that is not there is refused now, not when its turn comes
            if (!StudyFile.write(study).equals(original)) {
                points.add(new Point("%03d-%s".formatted(points.size(), name), named, study));
            }
        }
        return points;
    }
}
