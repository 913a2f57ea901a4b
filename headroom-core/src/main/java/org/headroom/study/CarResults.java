package org.headroom.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headroom.dispatch.ChargingMode;
import org.headroom.mobility.Archetype;
import org.headroom.study.CarsSummary.Availability;
import org.headroom.study.CarsSummary.CarEnergy;

/**
 * What cars do over a year under every scenario and mode, from finished trials: days weighted to 365. Networks are added one by one; of
 * each, only sums stay.
 */
final class CarResults {
    private static final int YEAR = 365;

    private final Study study;
    private final TrialStore store;
    private final Map<Key, OfDay> days = new LinkedHashMap<>();
    private final Map<Key, List<Double>> uncoveredShares = new LinkedHashMap<>();
    private final Map<Key, List<Double>> charged_kWh = new LinkedHashMap<>();
    private final Map<Key, List<Double>> discharged_kWh = new LinkedHashMap<>();
    private int networks;

    CarResults(Study study, TrialStore store) {
        this.study = study;
        this.store = store;
    }

    /** A scenario, a mode, and an archetype or a place. */
    private record Key(String scenario, String mode, String what) {}

    /** Sums over all networks and days by step of the day. */
    private static final class OfDay {
        private final double[] cars;
        private final double[] uncovered;
        private final double[] stored_kWh;

        OfDay(int steps) {
            cars = new double[steps];
            uncovered = new double[steps];
            stored_kWh = new double[steps];
        }

        double sumOfCars() {
            return Arrays.stream(cars).sum();
        }

        double sumOfUncovered() {
            return Arrays.stream(uncovered).sum();
        }
    }

    /** Adds the network that was loaded last. */
    void addLoaded() {
        Map<Key, OfDay> ofNetwork = new LinkedHashMap<>();
        store.query("""
                SELECT scenario, mode, archetype, step, sum(weight_days * cars), sum(weight_days * uncovered), sum(weight_days * stored_kWh)
                FROM (SELECT scenario, mode, archetype, weight_days, unnest(range(len(cars)))::INTEGER AS step, unnest(cars) AS cars,
                             unnest(uncovered) AS uncovered, unnest(stored_kWh) AS stored_kWh
                      FROM (SELECT * FROM cars ORDER BY scenario, mode, archetype, day, place))
                GROUP BY ALL ORDER BY scenario, mode, archetype, step
                """, row -> {
            OfDay sums = ofNetwork.computeIfAbsent(
                    new Key(row.getString(1), row.getString(2), row.getString(3)),
                    k -> new OfDay(study.steps().count()));
            int step = row.getInt(4);
            sums.cars[step] = row.getDouble(5);
            sums.uncovered[step] = row.getDouble(6);
            sums.stored_kWh[step] = row.getDouble(7);
            return sums;
        });
        ofNetwork.forEach((key, sums) -> {
            OfDay all = days.computeIfAbsent(key, k -> new OfDay(sums.cars.length));
            for (int t = 0; t < sums.cars.length; t++) {
                all.cars[t] += sums.cars[t];
                all.uncovered[t] += sums.uncovered[t];
                all.stored_kWh[t] += sums.stored_kWh[t];
            }
            uncoveredShares.computeIfAbsent(key, k -> new ArrayList<>()).add(sums.sumOfUncovered() / sums.sumOfCars());
        });
        store.query("""
                SELECT scenario, mode, place, sum(weight_days * list_sum(charged_kWh)), sum(weight_days * list_sum(discharged_kWh))
                FROM (SELECT * FROM cars ORDER BY scenario, mode, place, day, archetype)
                GROUP BY ALL ORDER BY scenario, mode, place
                """, row -> {
            Key key = new Key(row.getString(1), row.getString(2), row.getString(3));
            charged_kWh.computeIfAbsent(key, k -> new ArrayList<>()).add(row.getDouble(4));
            return discharged_kWh.computeIfAbsent(key, k -> new ArrayList<>()).add(row.getDouble(5));
        });
        networks++;
    }

    /** How well stored energy covers unexpected trips: by scenario, mode and archetype, where it has cars plugged in. */
    List<Availability> availability() {
        List<Availability> all = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            for (ChargingMode mode : study.modes()) {
                for (Archetype archetype : Archetype.values()) {
                    Key key = new Key(scenario.name(), mode.label(), archetype.label());
                    OfDay day = days.get(key);
                    if (day != null) {
                        all.add(availability(key, day));
                    }
                }
            }
        }
        return all;
    }

    private Availability availability(Key key, OfDay day) {
        List<Double> cars = new ArrayList<>();
        List<Double> uncovered = new ArrayList<>();
        List<Double> stored_kWh = new ArrayList<>();
        for (int t = 0; t < day.cars.length; t++) {
            cars.add(day.cars[t] / (YEAR * networks));
            uncovered.add(day.uncovered[t] / day.cars[t]);
            stored_kWh.add(day.stored_kWh[t] / day.cars[t]);
        }
        return new Availability(
                key.scenario(), key.mode(), key.what(), estimate(uncoveredShares, key), cars, uncovered, stored_kWh);
    }

    /** Energy through the chargers of homes and of public lots: by scenario, mode and place. */
    List<CarEnergy> energy() {
        List<CarEnergy> all = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            for (ChargingMode mode : study.modes()) {
                for (String place : List.of(CarDays.HOME, CarDays.PUBLIC)) {
                    Key key = new Key(scenario.name(), mode.label(), place);
                    if (charged_kWh.containsKey(key)) {
                        all.add(new CarEnergy(
                                key.scenario(),
                                key.mode(),
                                place,
                                estimate(charged_kWh, key),
                                estimate(discharged_kWh, key)));
                    }
                }
            }
        }
        return all;
    }

    private static Estimate estimate(Map<Key, List<Double>> byNetwork, Key key) {
        return StudyResults.estimate(byNetwork.getOrDefault(key, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }
}
