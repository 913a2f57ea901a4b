package org.headroom.network;

/** Transformers on sale for low-voltage networks (design, Sec. 8). */
public final class StandardTransformers {
    private static final double[] SIZES_KVA = {200, 315, 500, 800, 1000};
    /** Room above a peak for which a transformer is chosen. */
    private static final double MARGIN = 1.25;

    private StandardTransformers() {}

    /** The smallest size above 1.25 times a peak, kVA; above the largest, the next multiple of 500 kVA. */
    public static double sizeFor_kVA(double peak_kVA) {
        for (double size : SIZES_KVA) {
            if (size > MARGIN * peak_kVA) {
                return size;
            }
        }
        return (Math.floor(MARGIN * peak_kVA / 500) + 1) * 500;
    }
}
