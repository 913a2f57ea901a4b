package org.headroom.study;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.headroom.dispatch.PresentValueCurve;
import org.headroom.network.Network;

/**
 * The year of every network whose trials are finished, under every scenario and mode: days weighted to 365, peaks over all of them.
 * Networks are added in their order, so what is known after so many of them depends on no thread.
 */
final class StudyYears {
    /** Levels of a network (paper, Sec. 5.1). */
    static final int LEVELS = 3;

    private final Study study;
    private final StudyInputs inputs;
    private final TrialStore store;
    private final PresentValueCurve curve;
    private final Map<YearKey, List<Year>> years = new HashMap<>();
    private final Map<YearKey, LevelFlows> levelFlows = new HashMap<>();
    private final CarResults cars;
    private final SharingYears sharing;
    private int networks;

    StudyYears(Study study, StudyInputs inputs, TrialStore store) {
        this.study = study;
        this.inputs = inputs;
        this.store = store;
        this.curve = PresentValueCurve.of(study.dispatch());
        this.cars = new CarResults(study, store);
        this.sharing = new SharingYears(study, store);
    }

    /**
     * A network's year under a scenario and mode.
     *
     * @param expansions assets expanded on at least one day
     */
    record Year(
            int network,
            double peak_kW,
            double peak_kVA,
            double mean_kW,
            double presentValue_gbp,
            double energyCost_gbp,
            double degradation_gbp,
            double lowestVoltage_pu,
            double lowestAcVoltage_pu,
            double acVoltageError_pu,
            double losses_kWh,
            double curtailed_kWh,
            int expansions,
            List<Double> linePeakByLevel_kW) {
        double peakToAverage() {
            return mean_kW > 0 ? peak_kW / mean_kW : Double.NaN;
        }
    }

    private record YearKey(String scenario, String mode) {}

    /** Flows of the lines of each level by step of the day, summed over networks and days with their weights. */
    private static final class LevelFlows {
        private final double[][] sum_kW;
        private final double[] weight_days;

        LevelFlows(int steps) {
            sum_kW = new double[LEVELS][steps];
            weight_days = new double[LEVELS];
        }
    }

    /** Number of networks added. */
    int networkCount() {
        return networks;
    }

    /** Years under a scenario and mode, by network; a network without a day that counts is left out. */
    List<Year> of(String scenario, String mode) {
        return years.getOrDefault(new YearKey(scenario, mode), List.of());
    }

    /** Mean flow of each level's lines by step of the day, over all networks, days weighted to a year; kW. */
    List<List<Double>> typicalDay_kW(String scenario, String mode) {
        LevelFlows flows = levelFlows.get(new YearKey(scenario, mode));
        List<List<Double>> levels = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            int index = level;
            levels.add(
                    flows == null
                            ? List.of()
                            : Arrays.stream(flows.sum_kW[index])
                                    .map(sum_kW -> sum_kW / flows.weight_days[index])
                                    .boxed()
                                    .toList());
        }
        return levels;
    }

    /** What the cars of the networks added do. */
    CarResults cars() {
        return cars;
    }

    /** Who shares with whom in the networks added. */
    SharingYears sharing() {
        return sharing;
    }

    /** Loads the next network's trials and adds its years. */
    void addNext() {
        store.load(networks);
        addYears(networks);
        addLevelFlows();
        cars.addLoaded();
        sharing.addLoaded(inputs.community(networks));
        networks++;
    }

    private void addYears(int n) {
        Map<YearKey, double[]> linePeaks = new HashMap<>();
        Map<YearKey, Double> presentValues = new HashMap<>();
        Map<YearKey, Integer> expansions = new HashMap<>();
        Community community = inputs.community(n);
        Network network = community.network();
        store.query("""
                SELECT scenario, mode, asset, max(peak_kVA), max(peak_kW), bool_or(expanded)
                FROM (SELECT scenario, mode, unnest(range(len(peak_kVA)))::INTEGER AS asset, unnest(peak_kVA) AS peak_kVA,
                             unnest(peak_kW) AS peak_kW, unnest(expanded) AS expanded
                      FROM peaks WHERE network = %d)
                GROUP BY ALL ORDER BY scenario, mode, asset
                """.formatted(n), row -> {
            YearKey key = new YearKey(row.getString(1), row.getString(2));
            int asset = row.getInt(3);
            double loading = row.getDouble(4) / capacity_kVA(network, asset);
            presentValues.merge(key, asset_gbpPerYear(network, asset) * curve.share(loading), Double::sum);
            expansions.merge(key, row.getBoolean(6) ? 1 : 0, Integer::sum);
            if (asset > 0) {
                int level = community.levels().level(asset - 1);
                linePeaks.computeIfAbsent(key, k -> new double[LEVELS])[level - 1] +=
                        row.getDouble(5) / community.levels().lineCount(level);
            }
            return asset;
        });
        store.query("""
                SELECT scenario, mode, max(substationPeak_kW), max(substationPeak_kVA),
                       sum(weight_days * substationMean_kW) / sum(weight_days),
                       365 * sum(weight_days * energyCost_gbp) / sum(weight_days),
                       365 * sum(weight_days * degradationCost_gbp) / sum(weight_days),
                       min(lowestVoltage_pu), 365 * sum(weight_days * curtailed_kWh) / sum(weight_days),
                       min(lowestAcVoltage_pu), max(acVoltageError_pu),
                       365 * sum(weight_days * losses_kWh) / sum(weight_days) FILTER (WHERE losses_kWh IS NOT NULL)
                FROM (SELECT * FROM metrics WHERE objective_gbp IS NOT NULL AND network = %d ORDER BY scenario, mode, day)
                GROUP BY scenario, mode ORDER BY scenario, mode
                """.formatted(n), row -> {
            YearKey key = new YearKey(row.getString(1), row.getString(2));
            return years.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(new Year(
                            n,
                            row.getDouble(3),
                            row.getDouble(4),
                            row.getDouble(5),
                            presentValues.getOrDefault(key, 0.0),
                            row.getDouble(6),
                            row.getDouble(7),
                            row.getDouble(8),
                            number(row, 10),
                            number(row, 11),
                            number(row, 12),
                            row.getDouble(9),
                            expansions.getOrDefault(key, 0),
                            Arrays.stream(linePeaks.getOrDefault(key, new double[LEVELS]))
                                    .boxed()
                                    .toList()));
        });
    }

    private void addLevelFlows() {
        store.query("""
                SELECT scenario, mode, level, step, sum(weight_days * flow_kW), sum(weight_days)
                FROM (SELECT scenario, mode, level, weight_days, unnest(range(len(flow_kW)))::INTEGER AS step, unnest(flow_kW) AS flow_kW
                      FROM (SELECT * FROM levels ORDER BY scenario, mode, level, day))
                GROUP BY ALL ORDER BY scenario, mode, level, step
                """, row -> {
            LevelFlows flows = levelFlows.computeIfAbsent(
                    new YearKey(row.getString(1), row.getString(2)),
                    k -> new LevelFlows(study.steps().count()));
            int level = row.getInt(3) - 1;
            int step = row.getInt(4);
            flows.sum_kW[level][step] += row.getDouble(5);
            flows.weight_days[level] += step == 0 ? row.getDouble(6) : 0;
            return flows;
        });
    }

    /** The substation's peak in the first scenario under the last mode, as far as it is known. */
    String estimateInWords() {
        String scenario = study.scenarios().getFirst().name();
        String mode = study.modes().getLast().label();
        Estimate peak = Estimate.of(
                of(scenario, mode).stream().mapToDouble(Year::peak_kW).toArray(), Estimate.CONFIDENCE);
        return String.format(
                Locale.ROOT,
                "scenario %s, %s: substation peak %.1f%s kW over %d network%s",
                scenario,
                mode,
                peak.mean(),
                peak.hasInterval() ? String.format(Locale.ROOT, " ± %.1f", peak.upper() - peak.mean()) : "",
                networks,
                networks == 1 ? "" : "s");
    }

    /** Replacement cost of an asset, 0 the substation, then lines. */
    static double asset_gbpPerYear(Network network, int asset) {
        return asset == 0
                ? network.substation().asset_gbpPerYear()
                : network.line(asset - 1).asset_gbpPerYear();
    }

    /** Capacity of an asset, 0 the substation, then lines. */
    static double capacity_kVA(Network network, int asset) {
        return asset == 0
                ? network.substation().capacity_kVA()
                : network.line(asset - 1).capacity_kVA();
    }

    /** A number of an answer; NaN where there is none. */
    private static double number(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }
}
