package org.headroom.study;

/**
 * A mean over networks with its 95 % interval (Student's t).
 *
 * @param lower lower end, NaN where fewer than two networks were studied
 * @param upper upper end, NaN where fewer than two networks were studied
 */
public record Estimate(double mean, double lower, double upper) {
    /** True where there are networks enough for an interval. */
    public boolean hasInterval() {
        return !Double.isNaN(lower);
    }
}
