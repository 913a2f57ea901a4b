package org.headroom.study;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over networks with its 95 % interval (Student's t).
 *
 * @param lower lower end, NaN where fewer than two networks were studied
 * @param upper upper end, NaN where fewer than two networks were studied
 */
public record Estimate(double mean, double lower, double upper) {
    /** Confidence of every interval that is shown. */
    static final double CONFIDENCE = 0.95;

    /** Mean and Student's t interval; no interval for fewer than two values. */
    static Estimate of(double[] values, double confidence) {
        if (values.length == 0) {
            return new Estimate(Double.NaN, Double.NaN, Double.NaN);
        }
        double mean = Arrays.stream(values).sum() / values.length;
        if (values.length < 2) {
            return new Estimate(mean, Double.NaN, Double.NaN);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        double t = TDistribution.of(values.length - 1).inverseCumulativeProbability((1 + confidence) / 2);
        return new Estimate(mean, mean - t * error, mean + t * error);
    }

    /** True where there are networks enough for an interval. */
    public boolean hasInterval() {
        return !Double.isNaN(lower);
    }
}
