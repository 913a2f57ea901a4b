package org.headroom.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.network.Network;
import org.headroom.network.TreeLayout;
import org.headroom.similar.NetworkStatistics;
import org.headroom.study.StudySummary.DayByStep;
import org.headroom.study.StudySummary.HardestDay;
import org.headroom.study.StudySummary.MapLevel;
import org.headroom.study.StudySummary.MapLine;
import org.headroom.study.StudySummary.MapNode;
import org.headroom.study.StudySummary.NetworkMap;
import org.headroom.study.TrialResult.TrialKey;
import org.jspecify.annotations.Nullable;

/** What is shown of a study's first network, as an example of the others. */
final class FirstNetwork {
    private final Study study;
    private final Community community;
    private final Trials trials;
    private final TrialStore store;

    FirstNetwork(Study study, Community community, Trials trials, TrialStore store) {
        this.study = study;
        this.community = community;
        this.trials = trials;
        this.store = store;
    }

    private static String where(Scenario scenario, ChargingMode mode) {
        return "network = 0 AND scenario = %s AND mode = %s"
                .formatted(TrialStore.literal(scenario.name()), TrialStore.literal(mode.label()));
    }

    /** Substation power over its first whole week. */
    List<Double> week(Scenario scenario, ChargingMode mode) {
        List<StudyDay> week = study.calendar().firstWeek();
        return week.isEmpty()
                ? List.of()
                : store.query(
                        "SELECT unnest(flow_kW) FROM (SELECT flow_kW FROM peaks WHERE %s AND day < 7 ORDER BY day)"
                                .formatted(where(scenario, mode)),
                        row -> row.getDouble(1));
    }

    /** Peak apparent power over capacity of its every asset; NaN where it has no day with a result. */
    double[] loading(Scenario scenario, ChargingMode mode) {
        Network network = community.network();
        double[] loading = new double[network.lineCount() + 1];
        Arrays.fill(loading, Double.NaN);
        store.query("""
                SELECT asset, max(peak_kVA)
                FROM (SELECT unnest(range(len(peak_kVA)))::INTEGER AS asset, unnest(peak_kVA) AS peak_kVA FROM peaks WHERE %s)
                GROUP BY asset ORDER BY asset
                """.formatted(where(scenario, mode)), row -> {
            int asset = row.getInt(1);
            loading[asset] = row.getDouble(2) / StudyYears.capacity_kVA(network, asset);
            return asset;
        });
        return loading;
    }

    /**
     * The day on which its substation carries most under any mode, step by step. The store keeps no flow of every line
     * and step; a trial is a pure function, so it is run once more.
     */
    @Nullable
    HardestDay findHardestDay(Scenario scenario) {
        List<Integer> hardest = store.query("""
                SELECT day FROM metrics WHERE scenario = %s AND network = 0 AND objective_gbp IS NOT NULL
                ORDER BY substationPeak_kVA DESC, day LIMIT 1
                """.formatted(TrialStore.literal(scenario.name())), row -> row.getInt(1));
        if (hardest.isEmpty()) {
            return null;
        }
        StudyDay day = study.calendar().days().get(hardest.getFirst());
        TrialResult trial = trials.run(new TrialKey(0, study.scenarios().indexOf(scenario), day.index()));
        List<DayByStep> modes = new ArrayList<>();
        for (TrialResult.ModeResult mode : trial.modes()) {
            DayOutcome outcome = mode.findOutcome();
            if (outcome != null) {
                modes.add(byStep(mode.mode(), outcome));
            }
        }
        return new HardestDay(day.index(), day.season().label(), day.ofSeason(), modes);
    }

    private static DayByStep byStep(ChargingMode mode, DayOutcome outcome) {
        DayProblem problem = outcome.problem();
        List<List<Double>> loadings = new ArrayList<>();
        for (int a = 0; a < problem.assetCount(); a++) {
            List<Double> loading = new ArrayList<>();
            for (int t = 0; t < problem.stepCount(); t++) {
                double p_kW = outcome.assetFlow_kW(a, t);
                double share = Math.hypot(p_kW, problem.assetReactive_kvar(a, t)) / problem.assetCapacity_kVA(a);
                loading.add(p_kW < 0 ? -share : share);
            }
            loadings.add(loading);
        }
        List<List<Double>> voltages = new ArrayList<>();
        for (int n = 0; n < problem.network().nodeCount(); n++) {
            List<Double> voltage = new ArrayList<>();
            for (int t = 0; t < problem.stepCount(); t++) {
                voltage.add(outcome.voltage_pu(n, t));
            }
            voltages.add(voltage);
        }
        return new DayByStep(mode.label(), loadings.getFirst(), loadings.subList(1, loadings.size()), voltages);
    }

    /** Where its nodes and lines are, and what its levels are made of. */
    NetworkMap map() {
        Network network = community.network();
        TreeLayout layout = TreeLayout.of(network);
        List<MapNode> nodes = new ArrayList<>();
        for (int n = 0; n < network.nodeCount(); n++) {
            nodes.add(new MapNode(
                    network.node(n).id(),
                    layout.x(n),
                    layout.y(n),
                    network.node(n).homes()));
        }
        List<MapLine> lines = new ArrayList<>();
        for (int l = 0; l < network.lineCount(); l++) {
            var line = network.line(l);
            lines.add(new MapLine(
                    line.id(),
                    network.parentNode(l),
                    l + 1,
                    community.levels().level(l),
                    line.type(),
                    line.length_m(),
                    line.capacity_kVA()));
        }
        return new NetworkMap(
                network.name(),
                layout.surveyed(),
                network.substation().capacity_kVA(),
                network.voltage().lower_pu(),
                network.voltage().upper_pu(),
                nodes,
                lines,
                mapLevels(network));
    }

    private static List<MapLevel> mapLevels(Network network) {
        NetworkStatistics statistics = NetworkStatistics.of(network);
        List<MapLevel> levels = new ArrayList<>();
        for (NetworkStatistics.Level level : statistics.levels()) {
            List<NetworkStatistics.Edge> edges = statistics.edges().stream()
                    .filter(edge -> edge.level() == level.level())
                    .toList();
            Map.Entry<String, Double> commonest = level.lineTypes().entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElse(Map.entry("", 0.0));
            levels.add(new MapLevel(
                    level.level(),
                    level.heights().isEmpty()
                            ? "none"
                            : level.heights().firstKey().equals(level.heights().lastKey())
                                    ? level.heights().firstKey().toString()
                                    : level.heights().firstKey() + "-"
                                            + level.heights().lastKey(),
                    level.nodes(),
                    edges.stream().mapToInt(NetworkStatistics.Edge::homes).sum(),
                    edges.stream().mapToDouble(NetworkStatistics.Edge::length_m).sum(),
                    level.length_m().median(),
                    commonest.getKey(),
                    commonest.getValue()));
        }
        return levels;
    }
}
