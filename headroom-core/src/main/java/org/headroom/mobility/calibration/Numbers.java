package org.headroom.mobility.calibration;

import java.util.Locale;

/** Numbers as reports show them. */
final class Numbers {
    private Numbers() {}

    static String shown(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e6) {
            return Long.toString((long) value);
        }
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", value);
    }
}
