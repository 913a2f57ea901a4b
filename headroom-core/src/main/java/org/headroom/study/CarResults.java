package org.headroom.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.headroom.dispatch.ChargingMode;
import org.headroom.mobility.Archetype;
import org.headroom.study.CarsSummary.Availability;
import org.headroom.study.CarsSummary.CarEnergy;

/** What cars do over a year under every scenario and mode, from finished trials: days weighted to 365. */
final class CarResults {
    private static final int YEAR = 365;

    private final Study study;
    private final TrialStore store;
    private final int networks;

    /**
     * Results of the networks that are loaded.
     *
     * @param networks how many of them
     */
    CarResults(Study study, TrialStore store, int networks) {
        this.study = study;
        this.store = store;
        this.networks = networks;
    }

    private record Key(String scenario, String mode, String what) {}

    /** A step of the day over all networks. */
    private record Step(double cars, double uncovered, double stored_kWh) {}

    /** How well stored energy covers unexpected trips: by scenario, mode and archetype, where it has cars plugged in. */
    List<Availability> availability() {
        Map<Key, List<Step>> steps = new LinkedHashMap<>();
        store.query(
                """
                SELECT scenario, mode, archetype, step, sum(weight_days * cars), sum(weight_days * uncovered),
                       sum(weight_days * stored_kWh)
                FROM (SELECT c.*, m.weight_days FROM cars c JOIN metrics m USING (scenario, network, day, mode)
                      ORDER BY network, day, place)
                GROUP BY scenario, mode, archetype, step ORDER BY scenario, mode, archetype, step
                """,
                row -> steps.computeIfAbsent(
                                new Key(row.getString(1), row.getString(2), row.getString(3)), k -> new ArrayList<>())
                        .add(new Step(row.getDouble(5), row.getDouble(6), row.getDouble(7))));
        Map<Key, List<Double>> shares = new LinkedHashMap<>();
        store.query(
                """
                SELECT scenario, mode, archetype, network, sum(weight_days * uncovered) / sum(weight_days * cars)
                FROM (SELECT c.*, m.weight_days FROM cars c JOIN metrics m USING (scenario, network, day, mode)
                      ORDER BY network, day, place, step)
                GROUP BY scenario, mode, archetype, network ORDER BY scenario, mode, archetype, network
                """,
                row -> shares.computeIfAbsent(
                                new Key(row.getString(1), row.getString(2), row.getString(3)), k -> new ArrayList<>())
                        .add(row.getDouble(5)));
        List<Availability> all = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            for (ChargingMode mode : study.modes()) {
                for (Archetype archetype : Archetype.values()) {
                    Key key = new Key(scenario.name(), mode.label(), archetype.label());
                    List<Step> ofDay = steps.get(key);
                    if (ofDay != null) {
                        all.add(new Availability(
                                key.scenario(),
                                key.mode(),
                                key.what(),
                                estimate(shares.getOrDefault(key, List.of())),
                                each(ofDay, step -> step.cars() / (YEAR * networks)),
                                each(ofDay, step -> step.uncovered() / step.cars()),
                                each(ofDay, step -> step.stored_kWh() / step.cars())));
                    }
                }
            }
        }
        return all;
    }

    private static List<Double> each(List<Step> steps, ToDoubleFunction<Step> figure) {
        return steps.stream().mapToDouble(figure).boxed().toList();
    }

    private static Estimate estimate(List<Double> values) {
        return Estimate.of(values.stream().mapToDouble(Double::doubleValue).toArray(), Estimate.CONFIDENCE);
    }

    /** Energy through the chargers of homes and of public lots: by scenario, mode and place. */
    List<CarEnergy> energy() {
        Map<Key, List<Double>> charged = new LinkedHashMap<>();
        Map<Key, List<Double>> discharged = new LinkedHashMap<>();
        store.query("""
                SELECT scenario, mode, place, network, sum(weight_days * list_sum(charged_kWh)),
                       sum(weight_days * list_sum(discharged_kWh))
                FROM (SELECT c.*, m.weight_days FROM dayCars c JOIN metrics m USING (scenario, network, day, mode)
                      ORDER BY network, day, archetype)
                GROUP BY scenario, mode, place, network ORDER BY scenario, mode, place, network
                """, row -> {
            Key key = new Key(row.getString(1), row.getString(2), row.getString(3));
            charged.computeIfAbsent(key, k -> new ArrayList<>()).add(row.getDouble(5));
            return discharged.computeIfAbsent(key, k -> new ArrayList<>()).add(row.getDouble(6));
        });
        List<CarEnergy> all = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            for (ChargingMode mode : study.modes()) {
                for (String place : List.of(CarDays.HOME, CarDays.PUBLIC)) {
                    Key key = new Key(scenario.name(), mode.label(), place);
                    if (charged.containsKey(key)) {
                        all.add(new CarEnergy(
                                key.scenario(),
                                key.mode(),
                                place,
                                estimate(charged.getOrDefault(key, List.of())),
                                estimate(discharged.getOrDefault(key, List.of()))));
                    }
                }
            }
        }
        return all;
    }
}
