package org.headroom.network;

/** A point of a plan, in metres from an origin of the file's choosing. */
public record Position(double x_m, double y_m) {
    public Position {
        if (!Double.isFinite(x_m) || !Double.isFinite(y_m)) {
            throw new IllegalArgumentException("position must be finite, but was %s, %s".formatted(x_m, y_m));
        }
    }
}
