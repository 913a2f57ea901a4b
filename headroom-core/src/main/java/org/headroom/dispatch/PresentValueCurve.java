package org.headroom.dispatch;

/**
 * Present value of an asset against its loading, in equal linear segments with exact breakpoints (eqs. 38a-40c): Asset ·
 * loading^κ with κ = ln(1+DR) / ln(1+LGR), convex for κ ≥ 1.
 */
public final class PresentValueCurve {
    private final double[] share;

    /** The curve of K segments between loading 0 and 1. */
    public PresentValueCurve(double discountRate, double loadGrowthRate, int segments) {
        double kappa = StrictMath.log1p(discountRate) / StrictMath.log1p(loadGrowthRate);
        share = new double[segments + 1];
        for (int k = 0; k <= segments; k++) {
            share[k] = StrictMath.pow((double) k / segments, kappa);
        }
    }

    public static PresentValueCurve of(DispatchSettings settings) {
        return new PresentValueCurve(settings.discountRate(), settings.loadGrowthRate(), settings.apvSegments());
    }

    /** Number of linear segments (K). */
    public int segments() {
        return share.length - 1;
    }

    /** Slope of segment k, per unit of loading, as a share of the asset's value. */
    public double slope(int k) {
        return (share[k + 1] - share[k]) * segments();
    }

    /** Value of segment k's line at loading 0, as a share of the asset's value. */
    public double intercept(int k) {
        return share[k] - slope(k) * k / segments();
    }

    /** Present value, as a share of the asset's value, at a loading of {@code k} of all segments. */
    public double shareAtBreakpoint(int k) {
        return share[k];
    }

    /**
     * Present value as a share of the asset's value at a loading of at least 0. An asset loaded beyond its capacity must be
     * replaced at once: its present value is the asset's value.
     */
    public double share(double loading) {
        if (loading >= 1) {
            return 1;
        }
        int k = Math.min((int) (loading * segments()), segments() - 1);
        return intercept(k) + slope(k) * loading;
    }
}
