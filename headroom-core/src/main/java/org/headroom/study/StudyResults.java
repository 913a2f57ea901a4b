package org.headroom.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.Losses;
import org.headroom.mobility.HouseholdKind;
import org.headroom.network.Network;
import org.headroom.network.TreeLayout;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.NetworkStatistics.Spread;
import org.headroom.study.StudySummary.ChargingCurves;
import org.headroom.study.StudySummary.DayByStep;
import org.headroom.study.StudySummary.FigureSpread;
import org.headroom.study.StudySummary.HardestDay;
import org.headroom.study.StudySummary.MapLevel;
import org.headroom.study.StudySummary.MapLine;
import org.headroom.study.StudySummary.MapNode;
import org.headroom.study.StudySummary.ModeDifference;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.NetworkFigures;
import org.headroom.study.StudySummary.NetworkMap;
import org.headroom.study.StudySummary.ScenarioSummary;
import org.headroom.study.StudyYears.Year;
import org.headroom.study.TrialResult.TrialKey;
import org.jspecify.annotations.Nullable;

/** From finished trials to what is shown: annual figures of every network, their means and intervals, and the curves. */
final class StudyResults {
    private static final int LEVELS = 3;
    private static final int FEW_NETWORKS = 5;

    private final Study study;
    private final List<Community> communities;
    private final Trials trials;
    private final TrialStore store;
    private final StudyYears years;
    private final List<String> importRemarks;
    private final List<String> notes;

    /** The results of the networks that are loaded; {@code failures} are the trials that these lack. */
    StudyResults(Study study, StudyInputs inputs, TrialStore store, StudyYears years, List<TrialFailure> failures) {
        this.study = study;
        this.communities = inputs.communities().subList(0, years.networkCount());
        this.trials = inputs.trials();
        this.store = store;
        this.years = years;
        this.importRemarks = inputs.importRemarks();
        this.notes = new ArrayList<>();
        addFailures(failures);
        notes.addAll(inputs.notes());
    }

    /** Writes {@code metrics.parquet} and {@code flows.parquet}, in an order that no thread decides. */
    void writeParquet(Path folder) {
        store.execute(
                "CREATE OR REPLACE TEMP TABLE assets(network INTEGER, asset INTEGER, id VARCHAR, level INTEGER, capacity_kVA DOUBLE)");
        for (Community community : communities) {
            Network network = community.network();
            List<String> rows = new ArrayList<>();
            rows.add("(%d, 0, 'substation', 0, %s)"
                    .formatted(community.index(), network.substation().capacity_kVA()));
            for (int l = 0; l < network.lineCount(); l++) {
                rows.add("(%d, %d, '%s', %d, %s)"
                        .formatted(
                                community.index(),
                                l + 1,
                                network.line(l).id().replace("'", "''"),
                                community.levels().level(l),
                                network.line(l).capacity_kVA()));
            }
            store.execute("INSERT INTO assets VALUES " + String.join(", ", rows));
        }
        store.execute(
                "COPY (SELECT * EXCLUDE (day), day FROM metrics ORDER BY scenario, network, day, mode) TO '%s' (FORMAT parquet)"
                        .formatted(quoted(folder.resolve("metrics.parquet"))));
        store.execute("""
                COPY (
                  SELECT p.scenario, p.network, p.day, p.mode, a.id AS asset, a.level, a.capacity_kVA, p.peak_kVA, p.peak_kW,
                         CASE WHEN p.asset = 0 THEN h.flow_kW END AS flow_kW
                  FROM peaks p
                  JOIN assets a USING (network, asset)
                  LEFT JOIN (SELECT scenario, network, day, mode, list(p_kW ORDER BY step) AS flow_kW
                             FROM hours WHERE series = 'substation' GROUP BY ALL) h
                    USING (scenario, network, day, mode)
                  ORDER BY p.scenario, p.network, p.day, p.mode, p.asset)
                TO '%s' (FORMAT parquet)
                """.formatted(quoted(folder.resolve("flows.parquet"))));
    }

    private static String quoted(Path file) {
        return file.toString().replace("'", "''");
    }

    StudySummary summary(SharingSummary sharing, List<String> sharingNotes, EnsembleSummary ensemble) {
        List<ScenarioSummary> scenarios = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            List<ModeSummary> modes = new ArrayList<>();
            for (ChargingMode mode : study.modes()) {
                modes.add(mode(scenario, mode, years.of(scenario.name(), mode.label())));
            }
            scenarios.add(new ScenarioSummary(
                    scenario.name(),
                    scenario.charger_kW(),
                    scenario.habit().label(),
                    modes,
                    differences(scenario),
                    findHardestDay(scenario)));
        }
        addNotes();
        notes.addAll(sharingNotes);
        return new StudySummary(
                study.name(),
                study.seed(),
                new StudyAnswer(
                                study,
                                communities.stream().map(Community::network).toList(),
                                baseLoadPeak_kVA(),
                                scenarios)
                        .sentence(),
                years.networkCount(),
                study.calendar().days().size(),
                scenarios,
                chargingCurves(),
                networkMap(),
                cars(),
                StudyFile.write(study),
                importRemarks,
                notes,
                sharing,
                ensemble);
    }

    private ModeSummary mode(Scenario scenario, ChargingMode mode, List<Year> years) {
        String where =
                "scenario = '%s' AND mode = '%s'".formatted(scenario.name().replace("'", "''"), mode.label());
        List<Estimate> levels = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            int index = level;
            levels.add(estimate(years, year -> year.linePeakByLevel_kW().get(index)));
        }
        int expansions = store.query(
                        "SELECT count(DISTINCT (network, asset)) FROM peaks WHERE expanded AND " + where,
                        row -> (int) row.getLong(1))
                .getFirst();
        int violations = store.query(
                        "SELECT count(*) FROM metrics WHERE violations > 0 AND " + where, row -> (int) row.getLong(1))
                .getFirst();
        double[] loading = loading(where);
        List<Double> lines = new ArrayList<>();
        for (int l = 1; l < loading.length; l++) {
            lines.add(loading[l]);
        }
        return new ModeSummary(
                mode.label(),
                estimate(years, Year::peak_kW),
                estimate(years, Year::peak_kVA),
                estimate(years, Year::peakToAverage),
                estimate(years, Year::presentValue_gbp),
                estimate(years, Year::energyCost_gbp),
                estimate(years, Year::degradation_gbp),
                estimate(years, Year::lowestVoltage_pu),
                estimate(years, Year::lowestAcVoltage_pu),
                estimate(years, Year::acVoltageError_pu),
                estimate(years, Year::losses_kWh),
                estimate(years, Year::curtailed_kWh),
                expansions,
                violations,
                levels,
                week(where),
                typicalDay(where),
                lines,
                loading[0],
                years.stream()
                        .map(year -> new NetworkFigures(
                                year.network(),
                                year.peak_kW(),
                                year.peakToAverage(),
                                year.presentValue_gbp(),
                                year.energyCost_gbp()))
                        .toList(),
                spreads(years));
    }

    private static List<FigureSpread> spreads(List<Year> years) {
        Map<String, ToDoubleFunction<Year>> figures = new LinkedHashMap<>();
        figures.put("peak_kW", Year::peak_kW);
        figures.put("peakToAverage", Year::peakToAverage);
        figures.put("presentValue_gbpPerYear", Year::presentValue_gbp);
        figures.put("energyCost_gbpPerYear", Year::energyCost_gbp);
        List<FigureSpread> spreads = new ArrayList<>();
        figures.forEach((metric, of) -> {
            double[] values =
                    years.stream().mapToDouble(of).filter(Double::isFinite).toArray();
            if (values.length > 0) {
                spreads.add(new FigureSpread(metric, Spread.of(values)));
            }
        });
        return spreads;
    }

    /** Substation power over the first whole week of the first network. */
    private List<Double> week(String where) {
        List<StudyDay> week = study.calendar().firstWeek();
        return week.isEmpty()
                ? List.of()
                : store.query(
                        "SELECT p_kW FROM hours WHERE %s AND series = 'substation' AND network = 0 AND day < 7 ORDER BY day, step"
                                .formatted(where),
                        row -> row.getDouble(1));
    }

    /** Mean flow of each level's lines by step of the day, over all networks, days weighted to a year. */
    private List<List<Double>> typicalDay(String where) {
        List<List<Double>> levels = new ArrayList<>();
        for (int level = 1; level <= LEVELS; level++) {
            levels.add(store.query("""
                    SELECT step, sum(weight_days * p_kW) / sum(weight_days) FROM
                      (SELECT h.step, h.p_kW, m.weight_days FROM hours h
                       JOIN metrics m USING (scenario, network, day, mode)
                       WHERE %s AND series = 'level %d' ORDER BY network, day, step)
                    GROUP BY step ORDER BY step
                    """.formatted(where, level), row -> row.getDouble(2)));
        }
        return levels;
    }

    /** Peak apparent power over capacity of every asset of the first network; NaN where it has no day with a result. */
    private double[] loading(String where) {
        Network network = communities.getFirst().network();
        double[] loading = new double[network.lineCount() + 1];
        Arrays.fill(loading, Double.NaN);
        store.query(
                "SELECT asset, max(peak_kVA) FROM peaks WHERE %s AND network = 0 GROUP BY asset ORDER BY asset"
                        .formatted(where),
                row -> {
                    int asset = row.getInt(1);
                    loading[asset] = row.getDouble(2) / StudyYears.capacity_kVA(network, asset);
                    return asset;
                });
        return loading;
    }

    /**
     * The day on which the first network's substation carries most under any mode, step by step. The store keeps no flow of every line
     * and step; a trial is a pure function, so it is run once more.
     */
    private @Nullable HardestDay findHardestDay(Scenario scenario) {
        List<Integer> hardest = store.query("""
                SELECT day FROM metrics WHERE scenario = '%s' AND network = 0 AND objective_gbp IS NOT NULL
                ORDER BY substationPeak_kVA DESC, day LIMIT 1
                """.formatted(scenario.name().replace("'", "''")), row -> row.getInt(1));
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

    private static Estimate estimate(List<Year> years, ToDoubleFunction<Year> metric) {
        return estimate(years.stream().mapToDouble(metric).toArray());
    }

    /** Mean and interval of a figure over networks. */
    static Estimate estimate(double[] values) {
        return Estimate.of(values, Estimate.CONFIDENCE);
    }

    /** Every mode against the less coordinated ones, network by network; a network that either lacks is left out. */
    private List<ModeDifference> differences(Scenario scenario) {
        Map<String, ToDoubleFunction<Year>> metrics = new LinkedHashMap<>();
        metrics.put("peak", Year::peak_kW);
        metrics.put("presentValue", Year::presentValue_gbp);
        metrics.put("energyCost", Year::energyCost_gbp);
        List<ModeDifference> differences = new ArrayList<>();
        for (int m = study.modes().size() - 1; m > 0; m--) {
            for (int other = 0; other < m; other++) {
                String mode = study.modes().get(m).label();
                String against = study.modes().get(other).label();
                Map<Integer, Year> theirs = byNetwork(years.of(scenario.name(), against));
                List<Year> ours = byNetwork(years.of(scenario.name(), mode)).values().stream()
                        .filter(year -> theirs.containsKey(year.network()))
                        .toList();
                metrics.forEach((metric, of) -> {
                    double[] relative = ours.stream()
                            .mapToDouble(year ->
                                    of.applyAsDouble(year) / of.applyAsDouble(theirs.getOrDefault(year.network(), year))
                                            - 1)
                            .toArray();
                    differences.add(new ModeDifference(mode, against, metric, estimate(relative)));
                });
            }
        }
        return differences;
    }

    private static Map<Integer, Year> byNetwork(List<Year> years) {
        Map<Integer, Year> byNetwork = new LinkedHashMap<>();
        years.forEach(year -> byNetwork.put(year.network(), year));
        return byNetwork;
    }

    /** Highest apparent power of the substation with every car away, mean over networks. */
    private double baseLoadPeak_kVA() {
        return store.query(
                        "SELECT avg(peak) FROM (SELECT network, max(baseLoadPeak_kVA) AS peak FROM metrics GROUP BY network ORDER BY network)",
                        row -> row.getDouble(1))
                .getFirst();
    }

    /** What the reader must know first: days that are missing. */
    private void addFailures(List<TrialFailure> failures) {
        if (!failures.isEmpty()) {
            TrialFailure first = failures.getFirst();
            notes.add(
                    "%d of %d trials failed and are left out of every mode: they are in failures.csv. For example network %d, scenario %s, day %d: %s. The same command with %s runs it alone."
                            .formatted(
                                    failures.size(),
                                    study.trialCount() / study.draws() * years.networkCount(),
                                    first.key().network(),
                                    first.scenario(),
                                    first.key().day(),
                                    first.cause(),
                                    first.only()));
        }
    }

    private void addNotes() {
        StopRule rule = study.findStop();
        if (rule != null) {
            notes.add(
                    rule.isMet(study, years) && years.networkCount() < study.draws()
                            ? "The study ended after %d of %d networks, as its rule says: %s."
                                    .formatted(years.networkCount(), study.draws(), rule.progress(study, years))
                            : "All %d networks were run: %s.".formatted(study.draws(), rule.progress(study, years)));
        }
        if (years.networkCount() < 2) {
            notes.add("One network was studied, so there are no intervals: set networks.count above 1 for them.");
        } else {
            notes.add("Intervals are 95 %%, Student's t, over %d networks; each draws its homes, cars and weather anew."
                    .formatted(years.networkCount()));
            if (years.networkCount() < FEW_NETWORKS) {
                notes.add(
                        "With fewer than %d networks the intervals are wide and rough: set networks.count higher for better ones."
                                .formatted(FEW_NETWORKS));
            }
        }
        if (study.modes().stream()
                .anyMatch(mode -> mode instanceof ChargingMode.Smart || mode instanceof ChargingMode.VehicleToGrid)) {
            notes.add(
                    "Smart charging and V2G have many equally cheap schedules; ties are broken '%s', and their peaks depend on it."
                            .formatted(study.dispatch().tieBreak().label()));
        }
        switch (study.dispatch().losses()) {
            case Losses.None _ -> {}
            case Losses.Fixed(double share) ->
                notes.add(
                        "Every line loses %s of its flow. Limits, peaks, present value and V-V2V's energy cost count that; the bills of the other modes do not."
                                .formatted(share));
        }
        store.query(
                """
                SELECT scenario, mode, count(*), arg_min(problems, (network, day)) FROM metrics
                WHERE status = 'infeasible' AND objective_gbp IS NOT NULL GROUP BY ALL ORDER BY scenario, mode
                """,
                row -> notes.add(
                        "Scenario %s, %s: on %d day(s) no schedule keeps every limit; the one that breaks them least is counted; for example: %s"
                                .formatted(
                                        row.getString(1), row.getString(2), row.getLong(3), first(row.getString(4)))));
        store.query(
                """
                SELECT scenario, mode, status, count(*), arg_min(problems, (network, day)) FROM metrics
                WHERE objective_gbp IS NULL GROUP BY ALL ORDER BY scenario, mode, status
                """,
                row -> notes.add(
                        "Scenario %s, %s: %d day(s) have no result (%s) and are left out of this mode alone, so do not compare it; for example: %s"
                                .formatted(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getLong(4),
                                        row.getString(3),
                                        first(row.getString(5)))));
        store.query(
                """
                SELECT scenario, mode, count(*), arg_min(problems, (network, day)) FROM metrics
                WHERE status = 'limit' AND objective_gbp IS NOT NULL GROUP BY ALL ORDER BY scenario, mode
                """,
                row -> notes.add(
                        "Scenario %s, %s: on %d day(s) the schedule counted is not proved to be the best; for example: %s"
                                .formatted(
                                        row.getString(1), row.getString(2), row.getLong(3), first(row.getString(4)))));
        store.query(
                """
                SELECT scenario, mode, count(*), arg_min(problems, (network, day)) FROM metrics
                WHERE status = 'optimal' AND violations > 0 GROUP BY ALL ORDER BY scenario, mode
                """,
                row -> notes.add("Scenario %s, %s: limits are broken on %d day(s); for example: %s"
                        .formatted(row.getString(1), row.getString(2), row.getLong(3), first(row.getString(4)))));
        addAcNotes();
    }

    /** What the AC power flow sees and the lossless model does not. */
    private void addAcNotes() {
        store.execute("CREATE OR REPLACE TEMP TABLE limits(network INTEGER, lower_pu DOUBLE)");
        store.execute("INSERT INTO limits VALUES "
                + communities.stream()
                        .map(community -> "(%d, %s)"
                                .formatted(
                                        community.index(),
                                        community.network().voltage().lower_pu()))
                        .collect(Collectors.joining(", ")));
        List<String> low = store.query(
                """
                SELECT scenario, mode, count(*), min(lowestAcVoltage_pu) FROM metrics JOIN limits USING (network)
                WHERE lowestAcVoltage_pu < lower_pu - 1e-6 AND lowestVoltage_pu >= lower_pu - 1e-6
                GROUP BY ALL ORDER BY scenario, mode
                """,
                row -> String.format(
                        Locale.ROOT,
                        "scenario %s, %s, on %d day(s) (down to %.4f pu)",
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getDouble(4)));
        if (!low.isEmpty()) {
            notes.add("The lossless voltages keep the lower limit and the AC voltages do not: " + String.join("; ", low)
                    + ".");
        }
        store.query(
                """
                SELECT scenario, mode, count(*) FROM metrics
                WHERE acUnsolvedSteps > 0 GROUP BY ALL ORDER BY scenario, mode
                """,
                row -> notes.add(
                        "Scenario %s, %s: on %d day(s) the AC power flow has no solution at some step (the voltage collapses); losses and AC voltages leave these days out, so they look better than they are."
                                .formatted(row.getString(1), row.getString(2), row.getLong(3))));
    }

    private static String first(@Nullable String problems) {
        return problems == null ? "" : problems.split("; ", 2)[0];
    }

    private CarsSummary cars() {
        CarResults cars = new CarResults(study, store, communities.size());
        return new CarsSummary(
                cars.availability(),
                cars.energy(),
                PublicParkingResults.find(communities, trials.sessions(), study.calendar()));
    }

    private NetworkMap networkMap() {
        Community community = communities.getFirst();
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

    private List<ChargingCurves> chargingCurves() {
        List<ChargingCurves> curves = new ArrayList<>();
        Scenario scenario = study.scenarios().getFirst();
        for (HouseholdKind kind : List.of(HouseholdKind.PRO, HouseholdKind.RET, HouseholdKind.TWO_EV)) {
            curves.add(trials.chargingCurves(kind, scenario));
        }
        return curves;
    }
}
