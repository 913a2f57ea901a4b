package org.headroom.mobility;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a car does on a weekday or on a weekend day (paper, Sec. 3.2). A purpose that a map leaves out has share 0.
 *
 * @param usedShare share of days on which the car leaves home
 * @param first first purpose of the day, the home row of the transition matrix τ; sums to 1
 * @param adjacent the purpose that follows the first one, by the first: the other rows of τ; a row sums to at most 1,
 *     the rest goes home
 * @param postHome purpose of the round trip after the main trips; sums to at most 1, the rest stays at home
 * @param departure_h hour of leaving home, by the purpose that rules the day (ρ)
 * @param return_h hour of the main trips' return, by the purpose that rules the day (ρ)
 */
public record DayPattern(
        double usedShare,
        Map<TripPurpose, Double> first,
        Map<TripPurpose, Map<TripPurpose, Double>> adjacent,
        Map<TripPurpose, Double> postHome,
        Map<TripPurpose, HourMixture> departure_h,
        Map<TripPurpose, HourMixture> return_h) {
    public DayPattern {
        requireShare("used", usedShare);
        double sum = sum("firstPurpose", first);
        if (!(Math.abs(sum - 1) < 1e-6)) {
            throw new IllegalArgumentException("firstPurpose has shares that sum to %s, expected 1".formatted(sum));
        }
        adjacent.forEach((from, row) -> {
            requireAtMostOne("adjacent." + from.label(), row);
            if (row.getOrDefault(from, 0.0) > 0) {
                throw new IllegalArgumentException("adjacent.%s leads to %s itself, expected another purpose"
                        .formatted(from.label(), from.label()));
            }
        });
        requireAtMostOne("postHome", postHome);
        first = Map.copyOf(first);
        postHome = Map.copyOf(postHome);
        departure_h = Map.copyOf(departure_h);
        return_h = Map.copyOf(return_h);
        Map<TripPurpose, Map<TripPurpose, Double>> rows = new EnumMap<>(TripPurpose.class);
        adjacent.forEach((from, row) -> rows.put(from, Map.copyOf(row)));
        adjacent = Map.copyOf(rows);
        for (TripPurpose purpose : TripPurpose.values()) {
            if (ruled(first, adjacent, purpose)) {
                requireHours("departure_h", departure_h, purpose);
                requireHours("return_h", return_h, purpose);
            }
        }
    }

    /** True where some day of this pattern has a trip for the purpose. */
    boolean travelsFor(TripPurpose purpose) {
        return usedShare > 0 && (ruled(first, adjacent, purpose) || postHome.getOrDefault(purpose, 0.0) > 0);
    }

    private static boolean ruled(
            Map<TripPurpose, Double> first, Map<TripPurpose, Map<TripPurpose, Double>> adjacent, TripPurpose purpose) {
        if (first.getOrDefault(purpose, 0.0) > 0) {
            return true;
        }
        return adjacent.entrySet().stream()
                .anyMatch(row -> first.getOrDefault(row.getKey(), 0.0) > 0
                        && row.getValue().getOrDefault(purpose, 0.0) > 0);
    }

    private static void requireHours(String key, Map<TripPurpose, HourMixture> hours, TripPurpose purpose) {
        if (!hours.containsKey(purpose)) {
            throw new IllegalArgumentException(
                    "%s has no hours for %s, but a day may have that purpose".formatted(key, purpose.label()));
        }
    }

    private static void requireAtMostOne(String key, Map<TripPurpose, Double> shares) {
        double sum = sum(key, shares);
        if (!(sum <= 1 + 1e-9)) {
            throw new IllegalArgumentException("%s has shares that sum to %s, expected at most 1".formatted(key, sum));
        }
    }

    private static double sum(String key, Map<TripPurpose, Double> shares) {
        double sum = 0;
        for (TripPurpose purpose : TripPurpose.values()) {
            double share = shares.getOrDefault(purpose, 0.0);
            requireShare(key + "." + purpose.label(), share);
            sum += share;
        }
        return sum;
    }

    private static void requireShare(String key, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("%s is %s, expected 0 to 1".formatted(key, share));
        }
    }
}
