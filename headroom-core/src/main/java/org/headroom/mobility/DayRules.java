package org.headroom.mobility;

import java.util.Map;

/**
 * What makes a day of trips consistent (paper, Sec. 3.2: arrival after departure, with minimum intervals adjusted to
 * the distance).
 *
 * @param travelFixed_h time of any trip, however short
 * @param speed_milesPerHour speed of the rest of a trip
 * @param shortestStay_h least time at a place, by purpose; every purpose has one
 * @param latestReturn_h latest hour of the return without a post-home trip
 * @param latestPostHomeReturn_h latest hour of the return from a post-home trip; above 24 is after midnight
 * @param postHomeShortest_h least time that a post-home trip adds beside its driving
 * @param postHomeLongest_h most time that a post-home trip adds beside its driving
 * @param tries draws of a day's hours before the whole day is drawn anew
 */
public record DayRules(
        double travelFixed_h,
        double speed_milesPerHour,
        Map<TripPurpose, Double> shortestStay_h,
        double earliestDeparture_h,
        double latestDeparture_h,
        double latestReturn_h,
        double latestPostHomeReturn_h,
        double postHomeShortest_h,
        double postHomeLongest_h,
        int tries) {
    public DayRules {
        shortestStay_h = Map.copyOf(shortestStay_h);
        requireIn("travel.fixed_h", travelFixed_h, 0, 2);
        requireIn("travel.speed_milesPerHour", speed_milesPerHour, 1, 100);
        for (TripPurpose purpose : TripPurpose.values()) {
            Double stay_h = shortestStay_h.get(purpose);
            if (stay_h == null) {
                throw new IllegalArgumentException("shortestStay_h has no %s".formatted(purpose.label()));
            }
            requireIn("shortestStay_h." + purpose.label(), stay_h, 0, 12);
        }
        // Nobody may leave before the latest return of the day before, or a stay at home would have negative length.
        requireIn("earliestDeparture_h", earliestDeparture_h, Math.max(0, latestPostHomeReturn_h - 24), 24);
        requireIn("latestDeparture_h", latestDeparture_h, earliestDeparture_h, 24);
        requireIn("latestReturn_h", latestReturn_h, earliestDeparture_h, 24);
        requireIn("latestPostHomeReturn_h", latestPostHomeReturn_h, latestReturn_h, 28);
        requireIn("postHome_h[0]", postHomeShortest_h, 0, 12);
        requireIn("postHome_h[1]", postHomeLongest_h, postHomeShortest_h, 12);
        if (tries < 1 || tries > 100_000) {
            throw new IllegalArgumentException("tries is %d, expected 1 to 100000".formatted(tries));
        }
    }

    /** Time of one trip: the fixed part and the distance at constant speed. */
    public double travelTime_h(double distance_miles) {
        return travelFixed_h + distance_miles / speed_milesPerHour;
    }

    private static void requireIn(String key, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException("%s is %s, expected %s to %s".formatted(key, value, min, max));
        }
    }
}
