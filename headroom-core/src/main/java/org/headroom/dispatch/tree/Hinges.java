package org.headroom.dispatch.tree;

/**
 * Costs of the form max(0, slope · x): 0 on one side, linear on the other. Each is an epigraph y of two pieces, y >= 0 and
 * y >= slope · x, whose duals sum to 1; a slope of 0 means that there is none.
 */
final class Hinges {
    final int count;

    private final double[] slope;
    private final double[] height;
    private final double[] flat;
    private final double[] steep;
    private final double[] dHeight;
    private final double[] dFlat;
    private final double[] dSteep;
    private final double[] kFlat;
    private final double[] kSteep;
    /** Place of each hinge at the current iterate. */
    private final double[] x;

    Hinges(double[] slope) {
        this.slope = slope;
        int n = slope.length;
        height = new double[n];
        flat = new double[n];
        steep = new double[n];
        dHeight = new double[n];
        dFlat = new double[n];
        dSteep = new double[n];
        kFlat = new double[n];
        kSteep = new double[n];
        x = new double[n];
        int used = 0;
        for (double g : slope) {
            used += g != 0 ? 1 : 0;
        }
        count = used;
    }

    void start(int i, double at, double start) {
        if (slope[i] == 0) {
            return;
        }
        x[i] = at;
        height[i] = Math.max(0, slope[i] * at) + 2 * start;
        double f = start / height[i];
        double s = start / (height[i] - slope[i] * at);
        flat[i] = f / (f + s);
        steep[i] = s / (f + s);
    }

    /** Force of a hinge: slope times the share of its steep side. */
    double force(int i) {
        return slope[i] * steep[i];
    }

    /** Takes where a hinge is, and gives its curvature. */
    double weight(int i, double at) {
        if (slope[i] == 0) {
            return 0;
        }
        x[i] = at;
        double w1 = flat[i] / height[i];
        double w2 = steep[i] / (height[i] - slope[i] * at);
        return slope[i] * slope[i] * w1 * w2 / (w1 + w2);
    }

    /** Linear term of a hinge's force. */
    double term(int i) {
        if (slope[i] == 0) {
            return 0;
        }
        double w1 = flat[i] / height[i];
        double w2 = steep[i] / (height[i] - slope[i] * x[i]);
        return slope[i] * (kSteep[i] * w1 - kFlat[i] * w2) / (w1 + w2);
    }

    void predictorTerms() {
        for (int i = 0; i < slope.length; i++) {
            kFlat[i] = -flat[i];
            kSteep[i] = -steep[i];
        }
    }

    void correctorTerms(double target, double[] dx) {
        for (int i = 0; i < slope.length; i++) {
            if (slope[i] != 0) {
                kFlat[i] = (target - dHeight[i] * dFlat[i]) / height[i] - flat[i];
                kSteep[i] = (target - (dHeight[i] - slope[i] * dx[i]) * dSteep[i]) / (height[i] - slope[i] * x[i])
                        - steep[i];
            }
        }
    }

    /** Steps, from those of the places and the changes of the forces that came out of the elimination. */
    void direction(double[] dx, double[] dForce) {
        for (int i = 0; i < slope.length; i++) {
            if (slope[i] != 0) {
                double f1 = height[i];
                double f2 = height[i] - slope[i] * x[i];
                double w1 = flat[i] / f1;
                double w2 = steep[i] / f2;
                dHeight[i] = (kFlat[i] + kSteep[i] + w2 * slope[i] * dx[i]) / (w1 + w2);
                dSteep[i] = dForce[i] / slope[i];
                dFlat[i] = -dSteep[i];
            }
        }
    }

    double primalStep(double most, double[] dx) {
        double step = most;
        for (int i = 0; i < slope.length; i++) {
            if (slope[i] != 0) {
                double d2 = dHeight[i] - slope[i] * dx[i];
                double f2 = height[i] - slope[i] * x[i];
                step = height[i] + step * dHeight[i] < 0 ? -height[i] / dHeight[i] : step;
                step = f2 + step * d2 < 0 ? -f2 / d2 : step;
            }
        }
        return step;
    }

    double dualStep(double most) {
        double step = most;
        for (int i = 0; i < slope.length; i++) {
            step = flat[i] + step * dFlat[i] < 0 ? -flat[i] / dFlat[i] : step;
            step = steep[i] + step * dSteep[i] < 0 ? -steep[i] / dSteep[i] : step;
        }
        return step;
    }

    double products(double primal, double dual, double[] dx) {
        double sum = 0;
        for (int i = 0; i < slope.length; i++) {
            if (slope[i] != 0) {
                double f1 = height[i] + primal * dHeight[i];
                double f2 = height[i] - slope[i] * x[i] + primal * (dHeight[i] - slope[i] * dx[i]);
                sum += f1 * (flat[i] + dual * dFlat[i]) + f2 * (steep[i] + dual * dSteep[i]);
            }
        }
        return sum;
    }

    /** Moves by the steps given; where the hinges are is taken anew by {@link #weight}. */
    void move(double primal, double dual, double[] dx) {
        for (int i = 0; i < slope.length; i++) {
            if (slope[i] != 0) {
                height[i] += primal * dHeight[i];
                x[i] += primal * dx[i];
                flat[i] += dual * dFlat[i];
                steep[i] += dual * dSteep[i];
            }
        }
    }
}
