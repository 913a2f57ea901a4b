package org.headroom.mobility;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How far and how long an archetype travels for one purpose. A trip's distance is log-normal, capped at
 * the longest, with the mean asked for after the cap.
 *
 * @param mean_miles mean distance of one trip, after the cap
 * @param sigma standard deviation of the distance's natural logarithm, before the cap
 * @param longestTrip_miles cap of one trip's distance
 * @param longestAway_h longest time from leaving home to the main trips' return where this purpose rules the day
 */
public record PurposeTravel(double mean_miles, double sigma, double longestTrip_miles, double longestAway_h) {
    private static final NormalDistribution STANDARD_NORMAL = NormalDistribution.of(0, 1);

    public PurposeTravel {
        if (!(mean_miles > 0 && mean_miles <= 1000)) {
            throw new IllegalArgumentException(
                    "has mean_miles %s, expected above 0 and at most 1000".formatted(mean_miles));
        }
        if (!(sigma >= 0 && sigma <= 3)) {
            throw new IllegalArgumentException("has sigma %s, expected 0 to 3".formatted(sigma));
        }
        if (!(longestTrip_miles > mean_miles && longestTrip_miles <= 2000)) {
            throw new IllegalArgumentException(
                    "has longestTrip_miles %s, expected above mean_miles (%s) and at most 2000"
                            .formatted(longestTrip_miles, mean_miles));
        }
        if (!(longestAway_h > 0 && longestAway_h <= 24)) {
            throw new IllegalArgumentException(
                    "has longestAway_h %s, expected above 0 and at most 24".formatted(longestAway_h));
        }
    }

    /**
     * Mean of the distance's natural logarithm for which the capped distance has the mean asked for. Without a cap in
     * reach it is ln(mean) − σ²/2; the cap's loss is made good, or a mean of 12.9 miles capped at 35 would come out as
     * 11.3.
     */
    public double mu() {
        double low = StrictMath.log(mean_miles) - sigma * sigma / 2;
        double high = low;
        while (cappedMean_miles(high) < mean_miles && high < low + 50) {
            high += 1;
        }
        for (int halving = 0; halving < 60; halving++) {
            double middle = (low + high) / 2;
            if (cappedMean_miles(middle) < mean_miles) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Mean of min(X, cap) for a log-normal X: the partial expectation below the cap, and the cap for the rest. */
    private double cappedMean_miles(double mu) {
        if (sigma == 0) {
            return Math.min(StrictMath.exp(mu), longestTrip_miles);
        }
        double z = (StrictMath.log(longestTrip_miles) - mu) / sigma;
        return StrictMath.exp(mu + sigma * sigma / 2) * STANDARD_NORMAL.cumulativeProbability(z - sigma)
                + longestTrip_miles * STANDARD_NORMAL.survivalProbability(z);
    }
}
