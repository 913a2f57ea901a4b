package org.headroom.mobility.calibration;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headroom.mobility.CarParameters;
import org.headroom.mobility.DayPattern;
import org.headroom.mobility.HourMixture;
import org.headroom.mobility.PurposeTravel;
import org.headroom.mobility.TripPurpose;

/**
 * How a car is used, as a vector of real numbers around a given car: 0 is that car, 1 a moderate change. Shares move on the
 * scale of their logarithms and keep their sums, so every vector is a valid car; a share of 0 or 1 is a rule of the archetype and
 * stays. Where weekends are used like weekdays, they stay so.
 */
final class TravelVector {
    private static final double SHARE_STEP = 0.5;
    private static final double MILES_STEP = 0.1;
    private static final double MEAN_STEP_H = 0.8;
    private static final double SD_STEP = 0.3;
    private static final double SHORTEST_SD_H = 0.25;
    private static final double LONGEST_SD_H = 6;

    private final CarParameters car;
    private final Set<TripPurpose> freeDistances;
    private final int dimension;

    /**
     * A vector around a car.
     *
     * @param freeDistances purposes whose mean distance may change
     */
    TravelVector(CarParameters car, Set<TripPurpose> freeDistances) {
        this.car = car;
        this.freeDistances = freeDistances;
        Reader counter = new Reader(null);
        read(counter);
        dimension = counter.next;
    }

    /** Length of the vector. */
    int dimension() {
        return dimension;
    }

    /** The car at a point. */
    CarParameters car(double[] point) {
        return read(new Reader(point));
    }

    private CarParameters read(Reader reader) {
        DayPattern weekday = pattern(car.weekday(), reader);
        DayPattern weekend = car.weekend().equals(car.weekday())
                ? weekday
                : car.weekend().usedShare() == 0 ? car.weekend() : pattern(car.weekend(), reader);
        Map<TripPurpose, PurposeTravel> travel = new EnumMap<>(car.travel());
        for (TripPurpose purpose : TripPurpose.values()) {
            PurposeTravel of = travel.get(purpose);
            if (of != null && freeDistances.contains(purpose)) {
                double miles = of.mean_miles() * Math.exp(MILES_STEP * reader.next());
                travel.put(
                        purpose,
                        new PurposeTravel(
                                Math.min(miles, 0.9 * of.longestTrip_miles()),
                                of.sigma(),
                                of.longestTrip_miles(),
                                of.longestAway_h()));
            }
        }
        return car.withTravel(travel, weekday, weekend);
    }

    private static DayPattern pattern(DayPattern pattern, Reader reader) {
        double used = pattern.usedShare();
        if (used > 0 && used < 1) {
            double odds = used / (1 - used) * Math.exp(SHARE_STEP * reader.next());
            used = odds / (1 + odds);
        }
        Map<TripPurpose, Double> first = shares(pattern.first(), reader);
        Map<TripPurpose, Map<TripPurpose, Double>> adjacent = new EnumMap<>(TripPurpose.class);
        for (TripPurpose from : TripPurpose.values()) {
            Map<TripPurpose, Double> row = pattern.adjacent().get(from);
            if (row != null) {
                adjacent.put(from, shares(row, reader));
            }
        }
        Map<TripPurpose, Double> postHome = shares(pattern.postHome(), reader);
        return new DayPattern(
                used,
                first,
                adjacent,
                postHome,
                hours(pattern.departure_h(), reader),
                hours(pattern.return_h(), reader));
    }

    /** Shares on the scale of their logarithms; what they leave of 1 keeps its weight, and one of them that leaves nothing too. */
    private static Map<TripPurpose, Double> shares(Map<TripPurpose, Double> shares, Reader reader) {
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        double rest = Math.max(0, 1 - sum);
        if (rest < 1e-6) {
            rest = 0;
        }
        Map<TripPurpose, Double> weights = new EnumMap<>(TripPurpose.class);
        double total = rest;
        boolean isReference = rest == 0;
        for (TripPurpose purpose : TripPurpose.values()) {
            double share = shares.getOrDefault(purpose, 0.0);
            if (share > 0) {
                double weight = isReference ? share : share * Math.exp(SHARE_STEP * reader.next());
                isReference = false;
                weights.put(purpose, weight);
                total += weight;
            }
        }
        double scale = total;
        weights.replaceAll((purpose, weight) -> weight / scale);
        return weights;
    }

    private static Map<TripPurpose, HourMixture> hours(Map<TripPurpose, HourMixture> hours, Reader reader) {
        Map<TripPurpose, HourMixture> moved = new EnumMap<>(TripPurpose.class);
        for (TripPurpose purpose : TripPurpose.values()) {
            HourMixture mixture = hours.get(purpose);
            if (mixture != null) {
                List<HourMixture.Component> normals = new ArrayList<>();
                for (HourMixture.Component normal : mixture.components()) {
                    double mean_h = normal.mean_h() + MEAN_STEP_H * reader.next();
                    double sd_h = normal.sd_h() * Math.exp(SD_STEP * reader.next());
                    normals.add(new HourMixture.Component(
                            normal.share(), Math.clamp(mean_h, 4, 23), Math.clamp(sd_h, SHORTEST_SD_H, LONGEST_SD_H)));
                }
                moved.put(purpose, new HourMixture(normals));
            }
        }
        return moved;
    }

    /** Hands out a point's coordinates one by one; without a point it counts them. */
    private static final class Reader {
        private final double @org.jspecify.annotations.Nullable [] point;
        private int next;

        Reader(double @org.jspecify.annotations.Nullable [] point) {
            this.point = point;
        }

        double next() {
            int i = next++;
            return point == null ? 0 : Math.clamp(point[i], -8, 8);
        }
    }
}
