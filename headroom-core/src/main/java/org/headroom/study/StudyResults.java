package org.headroom.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.headroom.dispatch.ChargingMode;
import org.headroom.mobility.HouseholdKind;
import org.headroom.similar.NetworkStatistics.Spread;
import org.headroom.study.StudySummary.ChargingCurves;
import org.headroom.study.StudySummary.FigureSpread;
import org.headroom.study.StudySummary.ModeDifference;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.NetworkFigures;
import org.headroom.study.StudySummary.ScenarioSummary;
import org.headroom.study.StudyYears.Year;

/** From finished trials to what is shown: annual figures of every network, their means and intervals, and the curves. */
final class StudyResults {
    private final Study study;
    private final List<Community> communities;
    private final Trials trials;
    private final TrialStore store;
    private final StudyYears years;
    private final List<String> importRemarks;
    private final FirstNetwork first;

    /** The results of the networks that are loaded. */
    StudyResults(Study study, StudyInputs inputs, TrialStore store, StudyYears years) {
        this.study = study;
        this.communities = inputs.communities().subList(0, years.networkCount());
        this.trials = inputs.trials();
        this.store = store;
        this.years = years;
        this.importRemarks = inputs.importRemarks();
        this.first = new FirstNetwork(study, inputs.community(0), trials, store);
    }

    StudySummary summary(SharingSummary sharing, EnsembleSummary ensemble, List<String> notes) {
        List<ScenarioSummary> scenarios = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            List<ModeSummary> modes = new ArrayList<>();
            for (ChargingMode mode : study.modes()) {
                modes.add(mode(scenario, mode));
            }
            scenarios.add(new ScenarioSummary(
                    scenario.name(),
                    scenario.charger_kW(),
                    scenario.habit().label(),
                    modes,
                    differences(scenario),
                    first.findHardestDay(scenario)));
        }
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
                first.map(),
                cars(),
                StudyFile.write(study),
                importRemarks,
                notes,
                sharing,
                ensemble);
    }

    private ModeSummary mode(Scenario scenario, ChargingMode mode) {
        List<Year> ofMode = years.of(scenario.name(), mode.label());
        List<Estimate> levels = new ArrayList<>();
        for (int level = 0; level < StudyYears.LEVELS; level++) {
            int index = level;
            levels.add(estimate(ofMode, year -> year.linePeakByLevel_kW().get(index)));
        }
        int violations = store.query(
                        "SELECT count(*) FROM metrics WHERE violations > 0 AND scenario = %s AND mode = %s"
                                .formatted(TrialStore.literal(scenario.name()), TrialStore.literal(mode.label())),
                        row -> (int) row.getLong(1))
                .getFirst();
        double[] loading = first.loading(scenario, mode);
        List<Double> lines = new ArrayList<>();
        for (int l = 1; l < loading.length; l++) {
            lines.add(loading[l]);
        }
        return new ModeSummary(
                mode.label(),
                estimate(ofMode, Year::peak_kW),
                estimate(ofMode, Year::peak_kVA),
                estimate(ofMode, Year::peakToAverage),
                estimate(ofMode, Year::presentValue_gbp),
                estimate(ofMode, Year::energyCost_gbp),
                estimate(ofMode, Year::degradation_gbp),
                estimate(ofMode, Year::lowestVoltage_pu),
                estimate(ofMode, Year::lowestAcVoltage_pu),
                estimate(ofMode, Year::acVoltageError_pu),
                estimate(ofMode, Year::losses_kWh),
                estimate(ofMode, Year::curtailed_kWh),
                ofMode.stream().mapToInt(Year::expansions).sum(),
                violations,
                levels,
                first.week(scenario, mode),
                years.typicalDay_kW(scenario.name(), mode.label()),
                lines,
                loading[0],
                ofMode.stream()
                        .map(year -> new NetworkFigures(
                                year.network(),
                                year.peak_kW(),
                                year.peakToAverage(),
                                year.presentValue_gbp(),
                                year.energyCost_gbp()))
                        .toList(),
                spreads(ofMode));
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

    private CarsSummary cars() {
        return new CarsSummary(
                years.cars().availability(),
                years.cars().energy(),
                PublicParkingResults.find(communities, trials.sessions(), study.calendar()));
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
