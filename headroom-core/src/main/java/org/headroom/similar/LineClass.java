package org.headroom.similar;

/**
 * Classes of lines by ampere rating, so that cables of metric and imperial sizes that serve alike count as one: the bounds lie
 * between the ratings of {@link org.headroom.network.CableTable}.
 */
public final class LineClass {
    private static final double[] BOUNDS_A = {85, 114, 147, 186, 210, 234, 262, 302, 342};

    /** Number of classes. */
    public static final int COUNT = BOUNDS_A.length + 1;

    private LineClass() {}

    /** Class of a line, 0 for the smallest to {@link #COUNT} - 1, by its three-phase rating at the network's base. */
    public static int of(double capacity_kVA, double base_V) {
        double rating_A = capacity_kVA * 1000 / (Math.sqrt(3) * base_V);
        int above = 0;
        while (above < BOUNDS_A.length && rating_A > BOUNDS_A[above]) {
            above++;
        }
        return above;
    }
}
