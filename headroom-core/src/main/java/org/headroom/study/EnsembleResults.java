package org.headroom.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.headroom.dispatch.ChargingMode;
import org.headroom.input.CsvTable;
import org.headroom.network.Network;
import org.headroom.network.format.NetworkJson;
import org.headroom.similar.generate.Gate;
import org.headroom.similar.generate.Refusals;
import org.headroom.study.EnsembleSummary.Candidates;
import org.headroom.study.EnsembleSummary.FailedTrial;
import org.headroom.study.EnsembleSummary.FigureQuantiles;
import org.headroom.study.EnsembleSummary.FigureVariance;
import org.headroom.study.EnsembleSummary.GateCount;
import org.headroom.study.StudyYears.Year;
import org.jspecify.annotations.Nullable;

/**
 * What a study says of its networks as an ensemble: which they were, quantiles of the annual figures over them, and how the variance
 * of daily figures splits between networks and days.
 */
final class EnsembleResults {
    private final Study study;
    private final StudyInputs inputs;
    private final List<Community> communities;
    private final TrialStore store;
    private final StudyYears years;

    EnsembleResults(Study study, StudyInputs inputs, TrialStore store, StudyYears years) {
        this.study = study;
        this.inputs = inputs;
        this.communities = inputs.communities().subList(0, years.networkCount());
        this.store = store;
        this.years = years;
    }

    /** The ensemble, and the trials that it lacks. */
    EnsembleSummary summary(List<TrialFailure> failures) {
        return new EnsembleSummary(
                quantiles(),
                variance(),
                findCandidates(inputs.findRefusals()),
                study.trialCount() / study.draws() * years.networkCount(),
                failures.stream()
                        .map(failure -> new FailedTrial(
                                failure.key().network(),
                                failure.scenario(),
                                failure.key().day(),
                                failure.cause(),
                                failure.only()))
                        .toList());
    }

    private static @Nullable Candidates findCandidates(@Nullable Refusals refusals) {
        return refusals == null
                ? null
                : new Candidates(
                        refusals.drawn(),
                        refusals.accepted(),
                        Arrays.stream(Gate.values())
                                .map(gate -> new GateCount(gate.label(), refusals.refused(gate)))
                                .toList());
    }

    /** Writes {@code networks.csv}, generated networks into {@code networks/}, and the tables {@code quantiles} and {@code variance}. */
    void write(Path folder, EnsembleSummary summary) throws IOException {
        writeNetworks(folder);
        writeQuantiles(folder.resolve("tables/quantiles.csv"), summary.quantiles());
        writeVariance(folder.resolve("tables/variance.csv"), summary.variance());
    }

    private void writeNetworks(Path folder) throws IOException {
        Path generated = folder.resolve("networks");
        if (study.similar()) {
            Files.createDirectories(generated);
        }
        try (CsvWriter csv = CsvTable.create(
                folder.resolve("networks.csv"),
                List.of("network", "name", "nodes", "homes", "length_m", "substation_kVA"))) {
            for (Community community : communities) {
                Network network = community.network();
                double length_m = 0;
                for (int l = 0; l < network.lineCount(); l++) {
                    length_m += network.line(l).length_m();
                }
                csv.writeRecord(
                        Integer.toString(community.index()),
                        network.name(),
                        Integer.toString(network.nodeCount()),
                        Integer.toString(network.homeCount()),
                        Double.toString(length_m),
                        Double.toString(network.substation().capacity_kVA()));
                if (study.similar()) {
                    Files.writeString(
                            generated.resolve(String.format(Locale.ROOT, "network-%04d.json", community.index())),
                            NetworkJson.text(network));
                }
            }
        }
    }

    /** The annual figures, named as in Table 2. */
    private static Map<String, ToDoubleFunction<Year>> figures() {
        Map<String, ToDoubleFunction<Year>> figures = new LinkedHashMap<>();
        figures.put("substationPeak_kW", Year::peak_kW);
        figures.put("substationPeak_kVA", Year::peak_kVA);
        figures.put("peakToAverage", Year::peakToAverage);
        figures.put("presentValue_gbpPerYear", Year::presentValue_gbp);
        figures.put("energyCost_gbpPerYear", Year::energyCost_gbp);
        figures.put("degradation_gbpPerYear", Year::degradation_gbp);
        figures.put("lowestVoltage_pu", Year::lowestVoltage_pu);
        figures.put("losses_kWhPerYear", Year::losses_kWh);
        figures.put("curtailed_kWhPerYear", Year::curtailed_kWh);
        return figures;
    }

    private List<FigureQuantiles> quantiles() {
        List<FigureQuantiles> all = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            for (ChargingMode mode : study.modes()) {
                for (var figure : figures().entrySet()) {
                    double[] sorted = years.of(scenario.name(), mode.label()).stream()
                            .mapToDouble(figure.getValue())
                            .filter(Double::isFinite)
                            .sorted()
                            .toArray();
                    all.add(new FigureQuantiles(
                            scenario.name(),
                            mode.label(),
                            figure.getKey(),
                            sorted.length,
                            quantile(sorted, 0.05),
                            quantile(sorted, 0.25),
                            quantile(sorted, 0.5),
                            quantile(sorted, 0.75),
                            quantile(sorted, 0.95)));
                }
            }
        }
        return all;
    }

    private static void writeQuantiles(Path file, List<FigureQuantiles> quantiles) throws IOException {
        try (CsvWriter csv = CsvTable.create(
                file, List.of("scenario", "mode", "metric", "networks", "q05", "q25", "q50", "q75", "q95"))) {
            for (FigureQuantiles row : quantiles) {
                csv.writeRecord(
                        row.scenario(),
                        row.mode(),
                        row.metric(),
                        Integer.toString(row.networks()),
                        Cells.cell(row.q05()),
                        Cells.cell(row.q25()),
                        Cells.cell(row.q50()),
                        Cells.cell(row.q75()),
                        Cells.cell(row.q95()));
            }
        }
    }

    /** A quantile by linear interpolation between the ordered values (type 7); NaN where there is none. */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private List<FigureVariance> variance() {
        List<FigureVariance> all = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            for (ChargingMode mode : study.modes()) {
                for (String metric : List.of("substationPeak_kW", "energyCost_gbp")) {
                    all.add(variance(scenario, mode, metric));
                }
            }
        }
        return all;
    }

    private static void writeVariance(Path file, List<FigureVariance> variance) throws IOException {
        List<String> header = List.of(
                "scenario",
                "mode",
                "metric",
                "networks",
                "days",
                "mean",
                "networkVariance",
                "dayVariance",
                "restVariance",
                "networkShare",
                "dayShare",
                "restShare");
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (FigureVariance row : variance) {
                csv.writeRecord(
                        row.scenario(),
                        row.mode(),
                        row.metric(),
                        Integer.toString(row.networks()),
                        Integer.toString(row.days()),
                        Cells.cell(row.mean()),
                        Cells.cell(row.networkVariance()),
                        Cells.cell(row.dayVariance()),
                        Cells.cell(row.restVariance()),
                        Cells.cell(row.networkShare()),
                        Cells.cell(row.dayShare()),
                        Cells.cell(row.restShare()));
            }
        }
    }

    private FigureVariance variance(Scenario scenario, ChargingMode mode, String metric) {
        int days = study.calendar().days().size();
        Map<Integer, double[]> byNetwork = new LinkedHashMap<>();
        Map<Integer, Integer> known = new LinkedHashMap<>();
        store.query(
                """
                SELECT network, day, %s FROM metrics
                WHERE scenario = %s AND mode = %s AND objective_gbp IS NOT NULL ORDER BY network, day
                """.formatted(metric, TrialStore.literal(scenario.name()), TrialStore.literal(mode.label())), row -> {
                    byNetwork.computeIfAbsent(row.getInt(1), n -> new double[days])[row.getInt(2)] = row.getDouble(3);
                    return known.merge(row.getInt(1), 1, Integer::sum);
                });
        double[][] whole = byNetwork.entrySet().stream()
                .filter(network -> known.getOrDefault(network.getKey(), 0) == days)
                .map(Map.Entry::getValue)
                .toArray(double[][]::new);
        VarianceSplit split = whole.length < 2 || days < 2
                ? new VarianceSplit(Double.NaN, Double.NaN, Double.NaN, Double.NaN)
                : VarianceSplit.of(whole);
        double sum = split.network() + split.day() + split.rest();
        return new FigureVariance(
                scenario.name(),
                mode.label(),
                metric,
                whole.length,
                days,
                split.mean(),
                split.network(),
                split.day(),
                split.rest(),
                split.network() / sum,
                split.day() / sum,
                split.rest() / sum);
    }

    /**
     * Variance of a daily figure, split between networks and days: random effects of both and a rest, from the mean squares of a
     * two-way analysis of variance without repetition (a component below 0 is 0). A day's effect is what it has in common over all
     * networks: season, weekday; weather is drawn for each network and is in the rest.
     */
    record VarianceSplit(double mean, double network, double day, double rest) {
        /** The split of {@code [network][day]}, at least two of each. */
        static VarianceSplit of(double[][] values) {
            int networks = values.length;
            int days = values[0].length;
            double[] ofNetwork = new double[networks];
            double[] ofDay = new double[days];
            for (int n = 0; n < networks; n++) {
                for (int d = 0; d < days; d++) {
                    ofNetwork[n] += values[n][d] / days;
                    ofDay[d] += values[n][d] / networks;
                }
            }
            double mean = Arrays.stream(ofNetwork).sum() / networks;
            double betweenNetworks = 0;
            for (double value : ofNetwork) {
                betweenNetworks += days * (value - mean) * (value - mean) / (networks - 1);
            }
            double betweenDays = 0;
            for (double value : ofDay) {
                betweenDays += networks * (value - mean) * (value - mean) / (days - 1);
            }
            double rest = 0;
            for (int n = 0; n < networks; n++) {
                for (int d = 0; d < days; d++) {
                    double left = values[n][d] - ofNetwork[n] - ofDay[d] + mean;
                    rest += left * left / ((networks - 1) * (days - 1));
                }
            }
            return new VarianceSplit(
                    mean,
                    Math.max(0, (betweenNetworks - rest) / days),
                    Math.max(0, (betweenDays - rest) / networks),
                    rest);
        }
    }
}
