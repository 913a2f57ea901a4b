package org.headroom.network.format;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.headroom.input.Document;
import org.headroom.network.Position;
import org.jspecify.annotations.Nullable;

/**
 * Runs an OpenDSS script and its redirected files: in, the master file; out, the circuit's elements by name. Commands and
 * elements that are no part of a feeder's wiring are listed in the report.
 */
final class DssScript {
    private static final int DEEPEST_REDIRECT = 20;
    private static final int MOST_REDIRECTS = 10_000;
    private static final Set<String> WINDING_PROPERTIES =
            Set.of("bus", "conn", "kv", "kva", "tap", "%r", "rneut", "xneut");

    private final DssFolder folder;
    private final ImportReport.Builder report;
    private final Map<DssKind, Map<String, DssElement>> elements = new EnumMap<>(DssKind.class);
    private final Map<DssElement, DssElement> repeated = new LinkedHashMap<>();
    private final List<String> missingFiles = new ArrayList<>();
    private final Map<String, String> otherElements = new LinkedHashMap<>();
    private final Map<DssKind, Set<String>> unusedProperties = new EnumMap<>(DssKind.class);
    private final Map<String, Position> positions = new LinkedHashMap<>();
    private final Set<String> openLines = new TreeSet<>();
    private final DssNotes notes = new DssNotes();
    private final Deque<Path> running = new ArrayDeque<>();
    private @Nullable String circuit;
    private @Nullable DssElement active;
    private int position;
    private int winding = 1;
    private int redirects;

    DssScript(DssFolder folder, ImportReport.Builder report) {
        this.folder = folder;
        this.report = report;
        for (DssKind kind : DssKind.values()) {
            elements.put(kind, new LinkedHashMap<>());
            unusedProperties.put(kind, new TreeSet<>());
        }
    }

    /** Elements of a kind by name in lower case, in the file's order. */
    Map<String, DssElement> elements(DssKind kind) {
        return elements.getOrDefault(kind, Map.of());
    }

    /** Where buses lie, by name in lower case. */
    Map<String, Position> positions() {
        return positions;
    }

    /** Lines that a command has opened, in lower case. */
    Set<String> openLines() {
        return openLines;
    }

    /** Files that the script names but that are not there. */
    List<String> missingFiles() {
        return missingFiles;
    }

    /** The circuit's name, or null where none is declared. */
    @Nullable
    String findCircuit() {
        return circuit;
    }

    /** Elements of a kind that are switched on; the others are told. */
    List<DssElement> enabled(DssKind kind, ImportReport.Builder report) {
        List<DssElement> enabled = new ArrayList<>();
        for (DssElement element : elements(kind).values()) {
            if (!element.has("enabled") || element.flag("enabled", true)) {
                enabled.add(element);
            } else {
                report.add(element.label() + " is not enabled: left out");
            }
        }
        return enabled;
    }

    /** The second line of a message about something absent: a file that is not there, or another reason. */
    String likelyMissing(String otherwise) {
        return "\nMaybe %s."
                .formatted(
                        missingFiles.isEmpty()
                                ? otherwise
                                : "it is in " + String.join(" or ", missingFiles) + ", which is not there");
    }

    /** What notes say of the whole network and its nodes. */
    DssNotes notes() {
        return notes;
    }

    /** Runs a script; call once. */
    void run(Path master) {
        redirect(master);
        compareRepeated();
        unusedProperties.forEach((kind, names) -> {
            if (!names.isEmpty()) {
                report.add("%s: properties not used: %s".formatted(kind.label(), String.join(", ", names)));
            }
        });
    }

    private void redirect(Path file) {
        running.push(file);
        String text = DssFolder.text(file);
        int line = 0;
        boolean inBlockComment = false;
        for (int start = 0; start < text.length(); ) {
            int end = endOfLine(text, start);
            line++;
            String row = text.substring(start, end);
            start = end + (text.startsWith("\r\n", end) ? 2 : 1);
            String stripped = row.strip();
            if (inBlockComment || stripped.startsWith("/*")) {
                inBlockComment = !stripped.contains("*/");
            } else {
                run(file, line, row);
            }
        }
        if (inBlockComment) {
            throw NetworkFormatException.at(
                    file, line, "a comment that began with /* is not closed.\nMaybe the file is cut off.");
        }
        running.pop();
        active = null;
    }

    private static int endOfLine(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private void run(Path file, int line, String row) {
        int first = 0;
        while (first < row.length() && row.charAt(first) <= ' ') {
            first++;
        }
        if (row.startsWith("~", first)) {
            proceed(file, line, DssTokens.of(file, line, row, first + 1), 0);
        } else {
            List<DssTokens.Parameter> parameters = DssTokens.of(file, line, row, first);
            if (!parameters.isEmpty()) {
                run(file, line, parameters);
            }
        }
        Document note = DssNotes.find(file, line, row);
        if (note != null) {
            notes.add(note, row.startsWith("!", first) ? null : active);
        }
    }

    private void run(Path file, int line, List<DssTokens.Parameter> parameters) {
        DssTokens.Parameter head = parameters.getFirst();
        if (head.name() != null) {
            active = null;
            report.add("assignment to %s not read".formatted(DssTokens.shortened(head.name())));
            return;
        }
        switch (head.value().toLowerCase(Locale.ROOT)) {
            case "new" -> create(file, line, parameters);
            case "edit" -> edit(file, line, parameters);
            case "more", "m" -> proceed(file, line, parameters, 1);
            case "redirect", "compile" -> redirect(file, line, parameters);
            case "buscoords" -> coordinates(file, line, parameters);
            case "open" -> open(file, line, parameters);
            case "clear", "clearall" -> clear(file, line);
            default -> {
                active = null;
                report.add("command %s not carried out".formatted(DssTokens.shortened(head.value())));
            }
        }
    }

    private void clear(Path file, int line) {
        active = null;
        if (elements.values().stream().anyMatch(kind -> !kind.isEmpty())) {
            throw NetworkFormatException.at(
                    file,
                    line,
                    "Clear stands after elements were defined, expected it at the start.\nMaybe the file holds two circuits: split it.");
        }
    }

    private void redirect(Path file, int line, List<DssTokens.Parameter> parameters) {
        active = null;
        String name = operand(file, line, parameters);
        Path target = folder.find(file, line, name);
        if (target == null) {
            missingFiles.add(name);
            report.add("%s: %s is not there, skipped".formatted(file.getFileName(), DssTokens.shortened(name)));
            return;
        }
        if (running.contains(target)) {
            throw NetworkFormatException.at(
                    file,
                    line,
                    "%s is being read already, expected no circle of Redirects.\nMaybe it should name another file."
                            .formatted(name));
        }
        if (running.size() >= DEEPEST_REDIRECT || ++redirects > MOST_REDIRECTS) {
            throw NetworkFormatException.at(
                    file,
                    line,
                    "Redirects nest deeper than %d or number more than %d."
                            .formatted(DEEPEST_REDIRECT, MOST_REDIRECTS));
        }
        redirect(target);
    }

    private static String operand(Path file, int line, List<DssTokens.Parameter> parameters) {
        if (parameters.size() < 2) {
            throw NetworkFormatException.at(
                    file,
                    line,
                    "%s names nothing, expected a name after it.\nMaybe the file is cut off here."
                            .formatted(parameters.getFirst().value()));
        }
        return parameters.get(1).value();
    }

    private void open(Path file, int line, List<DssTokens.Parameter> parameters) {
        active = null;
        String name = operand(file, line, parameters).toLowerCase(Locale.ROOT);
        if (name.startsWith("line.")) {
            openLines.add(name.substring("line.".length()));
        } else {
            report.add("Open %s not carried out".formatted(DssTokens.shortened(name)));
        }
    }

    private void create(Path file, int line, List<DssTokens.Parameter> parameters) {
        String[] names = className(file, line, parameters);
        String className = names[0].toLowerCase(Locale.ROOT);
        String name = names[1];
        String key = name.toLowerCase(Locale.ROOT);
        DssKind kind = DssKind.find(className);
        if (kind == null) {
            active = null;
            String whole = className + "." + key;
            String before = otherElements.putIfAbsent(whole, "%s:%d".formatted(file.getFileName(), line));
            if (before != null) {
                throw NetworkFormatException.at(
                        file, line, "%s %s is defined twice, first at %s.".formatted(className, name, before));
            }
            report.add("%s elements not carried".formatted(className));
            return;
        }
        if (className.equals("circuit")) {
            if (circuit != null) {
                throw NetworkFormatException.at(
                        file,
                        line,
                        "circuit %s is a second one beside %s, expected one.\nMaybe split the file."
                                .formatted(name, circuit));
            }
            circuit = name;
            key = "source";
            name = "source";
        }
        DssElement element = new DssElement(kind, name, file, line);
        Map<String, DssElement> sameKind = elements(kind);
        DssElement before = sameKind.get(key);
        if (before != null && kind != DssKind.LINE_CODE) {
            throw element.fault("%s is defined twice, first at %s.\nMaybe one of them should have another name."
                    .formatted(element.label(), before.place()));
        }
        begin(element);
        assign(file, line, parameters, 2);
        if (before == null) {
            sameKind.put(key, element);
        } else {
            repeated.put(element, before);
        }
    }

    private void compareRepeated() {
        repeated.forEach((element, before) -> {
            if (!before.sameProperties(element)) {
                throw element.fault(
                        "%s is defined twice and not alike, first at %s.\nMaybe one of them should have another name."
                                .formatted(element.label(), before.place()));
            }
            report.add("line code defined twice, alike");
        });
    }

    private void begin(DssElement element) {
        active = element;
        position = 0;
        winding = 1;
    }

    private void edit(Path file, int line, List<DssTokens.Parameter> parameters) {
        String[] names = className(file, line, parameters);
        DssKind kind = DssKind.find(names[0].toLowerCase(Locale.ROOT));
        String key = names[1].toLowerCase(Locale.ROOT);
        if (kind == null) {
            active = null;
            report.add("Edit of %s elements not carried out".formatted(names[0].toLowerCase(Locale.ROOT)));
            return;
        }
        DssElement element = elements(kind).get(key);
        if (element == null && kind == DssKind.SOURCE && key.equals("source")) {
            element = new DssElement(kind, "source", file, line); // every circuit has this one from the start
            elements(kind).put(key, element);
        }
        if (element == null) {
            throw NetworkFormatException.at(
                    file,
                    line,
                    "%s %s is edited but not defined.\nMaybe its name is misspelt.".formatted(kind.label(), names[1]));
        }
        begin(element);
        assign(file, line, parameters, 2);
    }

    /** Class and name of the element that New or Edit speaks of. */
    private static String[] className(Path file, int line, List<DssTokens.Parameter> parameters) {
        String whole = operand(file, line, parameters);
        int point = whole.indexOf('.');
        if (point <= 0 || point == whole.length() - 1) {
            throw NetworkFormatException.at(
                    file,
                    line,
                    "'%s' is not an element, expected Class.Name such as Line.L1.\nMaybe the file is cut off here."
                            .formatted(DssTokens.shortened(whole)));
        }
        return new String[] {whole.substring(0, point), whole.substring(point + 1)};
    }

    private void proceed(Path file, int line, List<DssTokens.Parameter> parameters, int from) {
        if (active != null) {
            assign(file, line, parameters, from);
        }
    }

    private void assign(Path file, int line, List<DssTokens.Parameter> parameters, int from) {
        DssElement element = active;
        DssKind kind = element == null ? null : element.kind();
        if (element == null || kind == null) {
            return;
        }
        for (int i = from; i < parameters.size(); i++) {
            DssTokens.Parameter parameter = parameters.get(i);
            String name;
            if (parameter.name() != null) {
                name = parameter.name().toLowerCase(Locale.ROOT);
                int index = kind.order().indexOf(name);
                position = index < 0 ? position : index + 1;
            } else if (position < kind.order().size()) {
                name = kind.order().get(position++);
            } else {
                throw NetworkFormatException.at(
                        file,
                        line,
                        "%s: value '%s' has no name.\nMaybe a blank stands where it should not."
                                .formatted(element.label(), DssTokens.shortened(parameter.value())));
            }
            set(element, kind, name, new DssElement.Property(parameter.value(), file, line));
        }
    }

    private void set(DssElement element, DssKind kind, String name, DssElement.Property value) {
        if (name.equals("like")) {
            DssElement other = elements(kind).get(value.value().toLowerCase(Locale.ROOT));
            if (other == null) {
                throw NetworkFormatException.at(
                        value.file(),
                        value.line(),
                        "%s is like %s, which is not defined.".formatted(element.label(), value.value()));
            }
            element.copyFrom(other);
            return;
        }
        if (!kind.uses(name)) {
            unusedProperties.getOrDefault(kind, new TreeSet<>()).add(name);
        }
        String key = name;
        if (kind == DssKind.TRANSFORMER && WINDING_PROPERTIES.contains(name)) {
            key = name + winding;
        }
        boolean replaced = element.set(key, value);
        if (kind == DssKind.TRANSFORMER && name.equals("wdg")) {
            winding = (int) element.number("wdg", "");
        } else if (replaced && kind != DssKind.SOURCE) {
            report.add("%s: %s given twice, the last taken".formatted(element.label(), name));
        }
    }

    private void coordinates(Path file, int line, List<DssTokens.Parameter> parameters) {
        active = null;
        String name = operand(file, line, parameters);
        Path target = folder.find(file, line, name);
        if (target == null) {
            report.add("%s: %s is not there, no positions".formatted(file.getFileName(), DssTokens.shortened(name)));
            return;
        }
        int row = 0;
        for (String text : DssFolder.text(target).lines().toList()) {
            row++;
            List<DssTokens.Parameter> fields = DssTokens.of(target, row, text, 0);
            if (fields.isEmpty()) {
                continue;
            }
            if (fields.size() < 3) {
                throw NetworkFormatException.at(
                        target,
                        row,
                        "'%s' is not a bus with two coordinates.\nMaybe the file is cut off here."
                                .formatted(DssTokens.shortened(text)));
            }
            String bus = fields.get(0).value().toLowerCase(Locale.ROOT);
            positions.put(
                    bus,
                    new Position(
                            coordinate(target, row, bus, fields.get(1).value()),
                            coordinate(target, row, bus, fields.get(2).value())));
        }
        report.add("bus coordinates taken as metres");
    }

    private static double coordinate(Path file, int row, String bus, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw NetworkFormatException.at(
                file, row, "bus %s: coordinate is '%s', expected a number.".formatted(bus, DssTokens.shortened(text)));
    }
}
