package org.headroom.dispatch.tree;

import java.util.Arrays;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchSettings;
import org.headroom.dispatch.PresentValueCurve;

/**
 * What the peak of an asset costs a day: convex and piecewise linear in the peak, GBP against kVA, as breakpoints with values and
 * a last slope. Beyond the highest peak allowed the last slope is the price of a breach.
 */
final class PeakCost {
    /** Share of a limit by which solvers stay below it, so that rounding does not break it. */
    private static final double MARGIN = 1e-7;

    private final double[] peak;
    private final double[] value;
    private final double breach;

    /** Takes the breakpoints, ascending, the first at 0; the last is the highest peak allowed. */
    private PeakCost(double[] peak, double[] value, double breach_gbpPerKVA) {
        this.peak = peak;
        this.value = value;
        this.breach = breach_gbpPerKVA;
    }

    /** Costs of the peaks of all assets for given expansions. */
    static PeakCost[] ofAll(DayProblem problem, ChargingMode mode, boolean[] expanded, double breach_gbpPerKVA) {
        PresentValueCurve curve = PresentValueCurve.of(problem.settings());
        PeakCost[] costs = new PeakCost[problem.assetCount()];
        for (int a = 0; a < costs.length; a++) {
            costs[a] = expanded[a]
                    ? expanded(problem, a, breach_gbpPerKVA)
                    : within(problem, mode, a, curve, breach_gbpPerKVA);
        }
        return costs;
    }

    static PeakCost within(
            DayProblem problem, ChargingMode mode, int asset, PresentValueCurve curve, double breach_gbpPerKVA) {
        // present values count in the mode that shares alone (eqs. 2a and 3a)
        double value_gbp = mode instanceof ChargingMode.VirtualVehicleToVehicle
                ? problem.assetValue_gbpPerYear(asset) / problem.settings().presentValueDays()
                : 0;
        return within(problem.assetCapacity_kVA(asset), value_gbp, curve, breach_gbpPerKVA);
    }

    static PeakCost expanded(DayProblem problem, int asset, double breach_gbpPerKVA) {
        return expanded(
                problem.assetCapacity_kVA(asset),
                problem.assetValue_gbpPerYear(asset) / DispatchSettings.EXPANSION_DAYS,
                breach_gbpPerKVA);
    }

    /**
     * An asset that is not expanded: its present value up to its capacity.
     *
     * @param value_gbp annual value over the days it is spread over; 0 where the mode does not count it
     */
    static PeakCost within(double capacity_kVA, double value_gbp, PresentValueCurve curve, double breach_gbpPerKVA) {
        int segments = curve.segments();
        if (value_gbp == 0) {
            return limit(capacity_kVA, breach_gbpPerKVA);
        }
        double[] peak = new double[segments + 1];
        double[] value = new double[segments + 1];
        for (int k = 0; k <= segments; k++) {
            peak[k] = capacity_kVA * k / segments;
            value[k] = value_gbp * curve.shareAtBreakpoint(k);
        }
        return new PeakCost(peak, value, breach_gbpPerKVA);
    }

    /** A limit that costs nothing to come up to. */
    static PeakCost limit(double capacity_kVA, double breach_gbpPerKVA) {
        return new PeakCost(new double[] {0, capacity_kVA}, new double[] {0, 0}, breach_gbpPerKVA);
    }

    /** An asset that is expanded: one more capacity, a fixed cost, no present value. */
    static PeakCost expanded(double capacity_kVA, double expansion_gbp, double breach_gbpPerKVA) {
        return new PeakCost(
                new double[] {0, 2 * capacity_kVA}, new double[] {expansion_gbp, expansion_gbp}, breach_gbpPerKVA);
    }

    /** The convex hull of this cost and that of the asset expanded: what costs least, were halves of an expansion to be had. */
    PeakCost hullWith(PeakCost expanded) {
        double far = expanded.highest();
        double dear = expanded.value[0];
        int from = 0;
        double steepest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < peak.length; k++) { // the line to the far end that no point lies below
            double slope = (dear - value[k]) / (far - peak[k]);
            if (slope > steepest) {
                steepest = slope;
                from = k;
            }
        }
        double[] hullPeak = Arrays.copyOf(peak, from + 2);
        double[] hullValue = Arrays.copyOf(value, from + 2);
        hullPeak[from + 1] = far;
        hullValue[from + 1] = dear;
        return new PeakCost(hullPeak, hullValue, breach);
    }

    /**
     * The same cost for an asset whose peak cannot lie below a least one, without the breakpoints it can never reach, and with the
     * limit a little lower.
     */
    PeakCost between(double least_kVA, double most_kVA) {
        int last = peak.length - 1;
        double limit_kVA = peak[last] * (1 - MARGIN);
        int from = 0; // the first breakpoint that can be reached
        while (from < last && peak[from] <= least_kVA) {
            from++;
        }
        int to = from; // the first that need not be passed
        while (to < last && peak[to] < most_kVA) {
            to++;
        }
        int flat = least_kVA > 0 ? 2 : 1;
        boolean ends = to == last && limit_kVA <= least_kVA;
        int count = flat + to - from + (ends ? 0 : 1);
        double[] newPeak = new double[count];
        double[] newValue = new double[count];
        newPeak[flat - 1] = least_kVA;
        Arrays.fill(newValue, 0, flat, at(least_kVA));
        for (int i = flat, k = from; i < count; i++, k++) {
            newPeak[i] = k == last ? limit_kVA : peak[k];
            newValue[i] = k == last ? at(limit_kVA) : value[k];
        }
        return new PeakCost(newPeak, newValue, breach);
    }

    double highest() {
        return peak[peak.length - 1];
    }

    /** Cost of a peak of at least 0, breach included. */
    double at(double peak_kVA) {
        int last = peak.length - 1;
        if (peak_kVA >= peak[last]) {
            return value[last] + breach * (peak_kVA - peak[last]);
        }
        int k = segment(peak_kVA);
        return value[k] + slope(k) * (peak_kVA - peak[k]);
    }

    private int segment(double peak_kVA) {
        int k = 0;
        while (peak[k + 1] <= peak_kVA) {
            k++;
        }
        return k;
    }

    /** Number of linear pieces, the breach included. */
    int pieces() {
        return peak.length;
    }

    double slope(int k) {
        return k == peak.length - 1 ? breach : (value[k + 1] - value[k]) / (peak[k + 1] - peak[k]);
    }

    /** Value at a peak of 0 of piece k's line, whose slope is given. */
    double intercept(int k, double slope) {
        return value[k] - slope * peak[k];
    }

    /** The least of cost less price times peak, over all peaks from a least one to the highest allowed. */
    double leastBelow(double price_gbpPerKVA, double least_kVA) {
        double best = at(least_kVA) - price_gbpPerKVA * least_kVA;
        for (int k = 0; k < peak.length; k++) {
            if (peak[k] > least_kVA) {
                best = Math.min(best, value[k] - price_gbpPerKVA * peak[k]);
            }
        }
        return best;
    }

    /** Slope just below a peak. */
    double slopeBelow(double peak_kVA) {
        int k = 0;
        while (k < peak.length - 1 && peak[k + 1] < peak_kVA) {
            k++;
        }
        return slope(k);
    }
}
