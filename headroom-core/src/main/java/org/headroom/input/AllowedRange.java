package org.headroom.input;

/** The range that a number may lie in, as messages say it: whole numbers without a point, no end where there is none. */
final class AllowedRange {
    private static final double EXACT = 1e15;

    private AllowedRange() {}

    /** For instance {@code 0 to 0.2}; {@link Double#MAX_VALUE} stands for no limit. */
    static String of(double min, double max) {
        if (max == Double.MAX_VALUE) {
            return min == -Double.MAX_VALUE ? "a finite number" : "at least " + plain(min);
        }
        return plain(min) + " to " + plain(max);
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
