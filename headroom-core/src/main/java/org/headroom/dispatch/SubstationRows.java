package org.headroom.dispatch;

import static org.headroom.dispatch.HomeRows.NONE;

/**
 * What the substation carries in each step, as rows of a day's linear program with the homes' bills: the sum of what homes take,
 * since losses are neglected.
 */
final class SubstationRows {
    /** Relative error allowed on the lowest peak. */
    private static final double CONE_TOLERANCE = 1e-9;

    private final LinearProgram lp;
    private final DayProblem problem;
    private final int[] power;
    private int peak = NONE;

    SubstationRows(LinearProgram lp, DayProblem problem, HomeRows homes) {
        this.lp = lp;
        this.problem = problem;
        this.power = new int[problem.stepCount()];
        for (int t = 0; t < power.length; t++) {
            double fixed = 0;
            power[t] = lp.variable(-LinearProgram.INFINITY, LinearProgram.INFINITY, 0);
            int row = lp.row(0, 0);
            lp.term(row, power[t], 1);
            for (int h = 0; h < problem.homeCount(); h++) {
                if (homes.homeIn[h][t] == NONE) {
                    fixed += problem.demand_kW(h, t) - problem.pv_kW(h, t);
                } else {
                    lp.term(row, homes.homeIn[h][t], -1);
                    lp.term(row, homes.homeOut[h][t], 1);
                }
            }
            lp.lowerBound(row, fixed);
            lp.upperBound(row, fixed);
        }
    }

    /** Makes the highest apparent power over the day the objective. */
    void minimisePeak() {
        peak = lp.variable(0, LinearProgram.INFINITY, 1);
        for (int t = 0; t < power.length; t++) {
            addTangent(t, 0);
            for (int sign = -1; sign <= 1; sign += 2) { // S ≥ |P|: the tangents at infinity
                int row = lp.row(0, LinearProgram.INFINITY);
                lp.term(row, peak, 1);
                lp.term(row, power[t], sign);
            }
        }
    }

    /** S ≥ √(P² + q²), linearised at an active power, as in {@link AssetRows}. */
    private void addTangent(int t, double at_kW) {
        double q = problem.assetReactive_kvar(0, t);
        double apparent = Math.hypot(at_kW, q);
        double slope = apparent == 0 ? 0 : at_kW / apparent;
        int row = lp.row(apparent == 0 ? 0 : q * (q / apparent), LinearProgram.INFINITY);
        lp.term(row, peak, 1);
        lp.term(row, power[t], -slope);
    }

    /** Adds tangents where the last solve understates the peak; returns how many. */
    int addCuts() {
        int cuts = 0;
        double claimed = lp.value(peak);
        for (int t = 0; t < power.length; t++) {
            if (apparent_kVA(t) > claimed + CONE_TOLERANCE * Math.max(1, claimed)) {
                addTangent(t, lp.value(power[t]));
                cuts++;
            }
        }
        return cuts;
    }

    /** Makes the power in one step the objective: the lowest (sign 1) or the highest (-1). */
    void minimise(int step, double sign) {
        for (int t = 0; t < power.length; t++) {
            lp.cost(power[t], t == step ? sign : 0);
        }
    }

    /** Apparent power of a step in the last solve. */
    double apparent_kVA(int t) {
        return Math.hypot(lp.value(power[t]), problem.assetReactive_kvar(0, t));
    }

    /** Highest apparent power over the day in the last solve. */
    double peak_kVA() {
        double highest = 0;
        for (int t = 0; t < power.length; t++) {
            highest = Math.max(highest, apparent_kVA(t));
        }
        return highest;
    }
}
