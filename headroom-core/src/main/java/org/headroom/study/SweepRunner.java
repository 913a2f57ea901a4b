package org.headroom.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headroom.input.CsvTable;
import org.headroom.input.InputException;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.NetworkFigures;
import org.headroom.study.StudySummary.ScenarioSummary;
import org.headroom.study.Sweep.Point;
import org.jspecify.annotations.Nullable;

/** Runs a sweep: each study in a folder of its own, gone on with where it was begun; then how V-V2V's gain depends on the factors. */
public final class SweepRunner {
    private static final String TABLE = "sensitivity.csv";
    private static final String SHARING = "v-v2v";
    private static final List<String> AGAINST = List.of("v2g", "immediate");

    private final Sweep sweep;
    private final Path folder;
    private final String version;
    private @Nullable StudyRunner running;
    private boolean stopped;

    /**
     * A sweep into a folder.
     *
     * @throws InputException where the folder holds something else
     */
    public SweepRunner(Sweep sweep, Path folder, String version) {
        this.sweep = sweep;
        this.folder = folder;
        this.version = version;
        if (Files.isDirectory(folder)) {
            Set<String> ours = sweep.points().stream().map(Point::name).collect(Collectors.toSet());
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> !name.startsWith(".") && !name.equals(TABLE) && !ours.contains(name))
                        .sorted()
                        .findFirst()
                        .ifPresent(name -> {
                            throw new InputException(
                                    "%s holds files that are not of this sweep, such as %s.\nMaybe choose another folder with --out."
                                            .formatted(folder, name));
                        });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * V-V2V's gain in one study of the sweep.
     *
     * @param against the mode it is set against
     * @param metric peak, presentValue or energyCost
     * @param gain V-V2V minus the other, as a share of the other, paired by network
     * @param change that gain less the base study's, paired by network; zero for the base itself
     */
    public record Gain(String point, String scenario, String against, String metric, Estimate gain, Estimate change) {}

    /**
     * Runs what is not finished.
     *
     * @param progress for the study of a name
     * @return the gains, or null where it was stopped before the end
     * @throws StudyStoppedException where a folder can no longer be written to
     */
    public @Nullable List<Gain> run(int threads, Function<String, StudyProgress> progress) {
        List<Gain> gains = new ArrayList<>();
        Map<String, Map<Integer, Double>> base = new HashMap<>();
        for (Point point : sweep.points()) {
            try (StudyRunner runner = new StudyRunner(point.study(), folder.resolve(point.name()), version)) {
                synchronized (this) {
                    running = runner;
                    if (stopped) {
                        return null;
                    }
                }
                if (!runner.run(threads, progress.apply(point.name()))) {
                    return null;
                }
                addGains(gains, point.name(), runner.finish(), base);
            }
        }
        try {
            write(gains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return gains;
    }

    /** Keeps what is finished and begins nothing more. */
    public synchronized void stop() {
        stopped = true;
        if (running != null) {
            running.stop();
        }
    }

    private static void addGains(
            List<Gain> gains, String point, StudySummary summary, Map<String, Map<Integer, Double>> base) {
        for (ScenarioSummary scenario : summary.scenarios()) {
            for (String against : AGAINST) {
                addGain(gains, point, scenario, against, "peak", NetworkFigures::peak_kW, base);
                addGain(gains, point, scenario, against, "presentValue", NetworkFigures::presentValue_gbpPerYear, base);
                addGain(gains, point, scenario, against, "energyCost", NetworkFigures::energyCost_gbpPerYear, base);
            }
        }
    }

    private static void addGain(
            List<Gain> gains,
            String point,
            ScenarioSummary scenario,
            String against,
            String metric,
            ToDoubleFunction<NetworkFigures> figure,
            Map<String, Map<Integer, Double>> base) {
        Map<Integer, Double> ours = byNetwork(scenario, SHARING, figure);
        Map<Integer, Double> theirs = byNetwork(scenario, against, figure);
        Map<Integer, Double> gain = new java.util.TreeMap<>();
        ours.forEach((network, value) -> {
            Double other = theirs.get(network);
            if (other != null) {
                gain.put(network, value / other - 1);
            }
        });
        if (gain.isEmpty()) {
            return;
        }
        Map<Integer, Double> before =
                base.computeIfAbsent(scenario.name() + "\t" + against + "\t" + metric, k -> gain); // the base is first
        gains.add(new Gain(
                point,
                scenario.name(),
                against,
                metric,
                StudyResults.estimate(
                        gain.values().stream().mapToDouble(Double::doubleValue).toArray()),
                StudyResults.estimate(gain.entrySet().stream()
                        .filter(network -> before.containsKey(network.getKey()))
                        .mapToDouble(network -> network.getValue() - before.getOrDefault(network.getKey(), 0.0))
                        .toArray())));
    }

    private static Map<Integer, Double> byNetwork(
            ScenarioSummary scenario, String label, ToDoubleFunction<NetworkFigures> figure) {
        Map<Integer, Double> values = new java.util.TreeMap<>();
        for (ModeSummary mode : scenario.modes()) {
            if (mode.mode().equals(label)) {
                mode.networks().forEach(network -> values.put(network.network(), figure.applyAsDouble(network)));
            }
        }
        return values;
    }

    private void write(List<Gain> gains) throws IOException {
        List<String> header = new ArrayList<>(List.of("study", "scenario", "against", "metric"));
        Cells.addColumns(header, "gain");
        Cells.addColumns(header, "change");
        try (CsvWriter csv = CsvTable.create(folder.resolve(TABLE), header)) {
            for (Gain gain : gains) {
                List<String> row =
                        new ArrayList<>(List.of(gain.point(), gain.scenario(), gain.against(), gain.metric()));
                Cells.addCells(row, gain.gain());
                Cells.addCells(row, gain.change());
                csv.writeRecord(row);
            }
        }
    }
}
