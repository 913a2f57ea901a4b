package org.headroom.dispatch;

import static org.headroom.dispatch.HomeRows.NONE;

import java.util.Arrays;

/**
 * Assets of a day's linear program: capacity, expansion, peak and present value (eqs. 15-20 and 39-40).
 *
 * <p>Since reactive flows are given, the apparent power of an asset is a convex function of its active flow alone: a capacity is an
 * exact bound on that flow; a peak that carries a present value, or lies beyond a capacity, is bounded by tangents, added where it
 * is underestimated. A line that loses a share of its flow is looked at where the power goes in: (1 + share) P downwards, P
 * upwards.
 */
final class AssetRows {
    /** Relative error allowed on the apparent power behind a peak. */
    private static final double CONE_TOLERANCE = 1e-7;
    /** Share of the objective that peaks may be underestimated by in all, where their cones do not hold to the letter. */
    private static final double OBJECTIVE_TOLERANCE = 1e-7;
    /** The same where limits may be broken: a kVA beyond its cone's tolerance costs as much as a whole day's energy. */
    private static final double BREACH_TOLERANCE = 1e-6;

    private final LinearProgram lp;
    private final DayProblem problem;
    private final FlowRows flows;
    private final PresentValueCurve curve;
    private final int steps;
    private final int[] expand;
    private final int[] peak;
    private final int[] expandedPeak;
    private final int[] presentValue;
    /** Peak of an asset that may be loaded beyond its capacity, and what lies beyond. */
    private final int[] load;

    private final int[] breach;
    private final double[] leastPeak_kVA;
    private final double breach_gbp;
    private boolean elastic;

    AssetRows(LinearProgram lp, DayProblem problem, FlowRows flows) {
        this.lp = lp;
        this.problem = problem;
        this.flows = flows;
        this.curve = PresentValueCurve.of(problem.settings());
        this.steps = problem.stepCount();
        expand = none();
        peak = none();
        expandedPeak = none();
        presentValue = none();
        breach_gbp = Breach.highPrice_gbp(problem);
        load = none();
        breach = none();
        leastPeak_kVA = new double[problem.assetCount()];
        for (int a = 0; a < leastPeak_kVA.length; a++) {
            for (int t = 0; t < steps; t++) {
                double least = Math.hypot(flows.nearest_kW(a, t), problem.assetReactive_kvar(a, t));
                leastPeak_kVA[a] = Math.max(leastPeak_kVA[a], least);
            }
        }
    }

    private int[] none() {
        int[] variables = new int[problem.assetCount()];
        Arrays.fill(variables, NONE);
        return variables;
    }

    /**
     * Makes the expansion of every asset that can be overloaded a decision; of every asset where its present value is spread over
     * fewer days than an expansion, and may so cost more.
     *
     * @param integer whether the decision is integer, or relaxed to the convex hull of the two choices
     */
    void addExpansions(boolean integer) {
        boolean presentValueMayExceedExpansion =
                problem.settings().presentValueDays() < DispatchSettings.EXPANSION_DAYS;
        for (int a = 0; a < expand.length; a++) {
            if (mayExceedCapacity(a) || presentValueMayExceedExpansion) {
                double cost = problem.assetValue_gbpPerYear(a) / DispatchSettings.EXPANSION_DAYS;
                expand[a] = integer ? lp.binary(cost) : lp.variable(0, 1, cost);
            }
        }
    }

    /** An asset that nothing can load beyond its capacity is not worth expanding where its present value is below its value. */
    private boolean mayExceedCapacity(int asset) {
        for (int t = 0; t < steps; t++) {
            double reach = flows.farthest_kW(asset, t);
            if (Math.hypot(reach, problem.assetReactive_kvar(asset, t)) > problem.assetCapacity_kVA(asset)) {
                return true;
            }
        }
        return false;
    }

    /** Bounds every flow by its asset's capacity (eqs. 15-16). */
    void addCapacities() {
        for (int a = 0; a < expand.length; a++) {
            for (int t = 0; t < steps; t++) {
                addCapacity(a, t);
            }
        }
    }

    /** Lets every asset's peak lie beyond its capacity, at the price of a {@link Breach}. */
    void addBreaches() {
        elastic = true;
        for (int a = 0; a < expand.length; a++) {
            if (mayExceedCapacity(a)) {
                addBreach(a);
            }
        }
    }

    private void addBreach(int asset) {
        double capacity = problem.assetCapacity_kVA(asset);
        load[asset] = lp.variable(leastPeak_kVA[asset], LinearProgram.INFINITY, 0);
        breach[asset] = lp.variable(0, LinearProgram.INFINITY, breach_gbp);
        int row = lp.row(-LinearProgram.INFINITY, capacity);
        lp.term(row, load[asset], 1);
        lp.term(row, breach[asset], -1);
        if (expand[asset] != NONE) {
            lp.term(row, expand[asset], -capacity);
        }
        addTangents(asset, load[asset]);
    }

    private void addCapacity(int asset, int t) {
        double capacity = problem.assetCapacity_kVA(asset);
        double reactive = problem.assetReactive_kvar(asset, t);
        double reach = flows.farthest_kW(asset, t);
        double limit = activeLimit(capacity, reactive);
        if (reach <= limit) {
            return;
        }
        double expandedLimit = activeLimit(2 * capacity, reactive);
        boolean expands = expand[asset] != NONE;
        // an overload by reactive power alone leaves a negative limit, which no active flow meets unless the asset
        // expands
        for (int sign : new int[] {1, -1}) {
            double factor = sign > 0 ? 1 + problem.assetLossShare(asset) : sign;
            int row = lp.row(-LinearProgram.INFINITY, limit - factor * flows.offset_kW[asset][t]);
            if (flows.variable[asset][t] != NONE) {
                lp.term(row, flows.variable[asset][t], factor);
            }
            if (expands) {
                lp.term(row, expand[asset], -(expandedLimit - limit));
            }
        }
    }

    /** Largest active power at which the apparent power meets a capacity; negative where the reactive power alone exceeds it. */
    private static double activeLimit(double capacity, double reactive) {
        double q = Math.abs(reactive);
        return q <= capacity ? Math.sqrt((capacity - q) * (capacity + q)) : capacity - q;
    }

    /** Gives every asset a peak and a present value (eqs. 17-20 and 39-40). */
    void addPeaks() {
        for (int a = 0; a < peak.length; a++) {
            addPeak(a);
        }
    }

    private void addPeak(int asset) {
        double capacity = problem.assetCapacity_kVA(asset);
        double value = problem.assetValue_gbpPerYear(asset) / problem.settings().presentValueDays();
        if (value == 0) {
            return;
        }
        double least = leastPeak_kVA[asset];
        double most = 0;
        boolean fixed = true;
        for (int t = 0; t < steps; t++) {
            double q = problem.assetReactive_kvar(asset, t);
            most = Math.max(most, Math.hypot(flows.farthest_kW(asset, t), q));
            fixed &= flows.variable[asset][t] == NONE;
        }
        boolean expands = expand[asset] != NONE;
        if (fixed && !expands) {
            lp.addConstant(value * curve.share(least / capacity));
            return;
        }
        double highest = elastic ? most : Math.min(most, capacity);
        peak[asset] = lp.variable(expands ? 0 : Math.min(least, highest), highest, 0);
        presentValue[asset] = lp.variable(0, LinearProgram.INFINITY, 1);
        if (expands) {
            addChoice(asset, least, most, highest);
        }
        addSegments(asset, value, least, most);
        addTangents(asset, peak[asset], expandedPeak[asset]);
    }

    /** Two choices, a convex hull: either the peak within capacity, or the expanded one without a present value. */
    private void addChoice(int asset, double least, double most, double highest) {
        double expandedMost = elastic ? most : Math.min(most, 2 * problem.assetCapacity_kVA(asset));
        expandedPeak[asset] = lp.variable(0, expandedMost, 0);
        int within = lp.row(-LinearProgram.INFINITY, highest);
        lp.term(within, peak[asset], 1);
        lp.term(within, expand[asset], highest);
        int beyond = lp.row(-LinearProgram.INFINITY, 0);
        lp.term(beyond, expandedPeak[asset], 1);
        lp.term(beyond, expand[asset], -expandedMost);
        int both = lp.row(least, LinearProgram.INFINITY);
        lp.term(both, peak[asset], 1);
        lp.term(both, expandedPeak[asset], 1);
    }

    private void addSegments(int asset, double value, double least, double most) {
        double capacity = problem.assetCapacity_kVA(asset);
        boolean expands = expand[asset] != NONE;
        for (int k = 0; k < curve.segments(); k++) {
            boolean below = (k + 1.0) / curve.segments() * capacity <= least && k < curve.segments() - 1;
            boolean above = (double) k / curve.segments() * capacity >= most && k > 0;
            if ((below || above) && !expands) {
                continue;
            }
            int row = lp.row(value * curve.intercept(k), LinearProgram.INFINITY);
            lp.term(row, presentValue[asset], 1);
            lp.term(row, peak[asset], -value * curve.slope(k) / capacity);
            if (expands) { // no present value where it is expanded: intercept · (1 - y)
                lp.term(row, expand[asset], value * curve.intercept(k));
            }
        }
    }

    private boolean cannotSetPeak(int asset, int t) {
        double q = problem.assetReactive_kvar(asset, t);
        return Math.hypot(flows.farthest_kW(asset, t), q) <= leastPeak_kVA[asset];
    }

    /** Tangents at the ends of the range of every flow that can set the peak. */
    private void addTangents(int asset, int... apparent) {
        for (int t = 0; t < steps; t++) {
            if (flows.variable[asset][t] == NONE || cannotSetPeak(asset, t)) {
                continue;
            }
            addTangent(asset, t, flows.highEntering_kW(asset, t), apparent);
            if (flows.low_kW[asset][t] < 0) {
                addTangent(asset, t, flows.lowEntering_kW(asset, t), apparent);
            }
        }
    }

    /**
     * S ≥ √(P² + q²), linearised at an active power where it goes in.
     *
     * @param peaks variables whose sum is S
     */
    private void addTangent(int asset, int t, double at_kW, int... peaks) {
        double q = problem.assetReactive_kvar(asset, t);
        double apparent = Math.hypot(at_kW, q);
        double slope = apparent == 0 ? 0 : at_kW / apparent;
        if (at_kW > 0) {
            slope *= 1 + problem.assetLossShare(asset);
        }
        double height = apparent == 0 ? 0 : q * (q / apparent);
        int row = lp.row(height + slope * flows.offset_kW[asset][t], LinearProgram.INFINITY);
        for (int variable : peaks) {
            if (variable != NONE) {
                lp.term(row, variable, 1);
            }
        }
        lp.term(row, flows.variable[asset][t], -slope);
    }

    /** Tangents where peaks are underestimated; none once that no longer matters to the objective. */
    int addCuts() {
        double tolerance = elastic ? BREACH_TOLERANCE : OBJECTIVE_TOLERANCE;
        if (understatement_gbp() <= tolerance * Math.max(1, Math.abs(lp.objective()))) {
            return 0;
        }
        int cuts = 0;
        for (int a = 0; a < peak.length; a++) {
            cuts += addCuts(a, peak[a], expandedPeak[a]) + addCuts(a, load[a]);
        }
        return cuts;
    }

    private int addCuts(int asset, int... peaks) {
        if (peaks[0] == NONE) {
            return 0;
        }
        double claimed = 0;
        for (int variable : peaks) {
            claimed += variable == NONE ? 0 : lp.value(variable);
        }
        int cuts = 0;
        for (int t = 0; t < steps; t++) {
            if (flows.variable[asset][t] == NONE) {
                continue;
            }
            double flow = flows.entering_kW(asset, t);
            double apparent = Math.hypot(flow, problem.assetReactive_kvar(asset, t));
            if (apparent > claimed + CONE_TOLERANCE * Math.max(1, apparent)) {
                addTangent(asset, t, flow, peaks);
                cuts++;
            }
        }
        return cuts;
    }

    /**
     * How much more present value and breach the flows found would really carry: the gap between the model's objective, which is a
     * lower bound, and that of its own schedule.
     */
    private double understatement_gbp() {
        double sum = 0;
        for (int a = 0; a < peak.length; a++) {
            boolean carriesValue = peak[a] != NONE && !isExpanded(a);
            if (!carriesValue && load[a] == NONE) {
                continue;
            }
            double apparent = 0;
            for (int t = 0; t < steps; t++) {
                apparent = Math.max(apparent, Math.hypot(flows.entering_kW(a, t), problem.assetReactive_kvar(a, t)));
            }
            double capacity = problem.assetCapacity_kVA(a);
            if (carriesValue) {
                double share = curve.share(apparent / capacity);
                double value =
                        problem.assetValue_gbpPerYear(a) / problem.settings().presentValueDays() * share;
                sum += Math.max(0, value - lp.value(presentValue[a]));
            }
            if (load[a] != NONE) {
                double beyond = apparent - capacity * (isExpanded(a) ? 2 : 1);
                sum += breach_gbp * Math.max(0, beyond - lp.value(breach[a]));
            }
        }
        return sum;
    }

    /** Keeps every expansion as the last solve has it. */
    void fixExpansions() {
        for (int v : expand) {
            if (v != NONE) {
                lp.fix(v, Math.rint(lp.value(v)));
            }
        }
    }

    /** Makes every expansion that of a schedule. */
    void fixExpansions(Schedule schedule) {
        for (int a = 0; a < expand.length; a++) {
            if (expand[a] != NONE) {
                lp.fix(expand[a], schedule.expanded(a) ? 1 : 0);
            }
        }
    }

    /** Assets that the last solve expands. */
    boolean[] expanded() {
        boolean[] expanded = new boolean[expand.length];
        for (int a = 0; a < expanded.length; a++) {
            expanded[a] = isExpanded(a);
        }
        return expanded;
    }

    private boolean isExpanded(int asset) {
        return expand[asset] != NONE && lp.value(expand[asset]) > 0.5;
    }
}
