package org.headroom.dispatch;

import org.headroom.dispatch.LinearProgram.Status;

/**
 * Whether a day has a schedule, by HiGHS: cars, flows, capacities and voltages of the reference model, without prices, bills or
 * peaks. These are all of a day's limits, and without losses a linear program holds them exactly.
 */
public final class Feasibility {
    private static final int MOST_ROUNDS = 100;

    private Feasibility() {}

    /**
     * Whether some schedule keeps every limit, with any expansions that the day allows; without voltages first, which alone may prove
     * that none does.
     */
    public static boolean hasSchedule(DayProblem problem, ChargingMode mode) {
        if (problem.settings().losses().share() > 0) {
            throw new IllegalArgumentException("lines that lose a share of their flow are not asked for here");
        }
        try (LinearProgram lp = new LinearProgram()) {
            FlowRows flows = new FlowRows(lp, problem, new HomeRows(lp, problem, mode.mayDischarge(), true));
            AssetRows assets = new AssetRows(lp, problem, flows);
            if (problem.settings().expansion() != Expansion.NEVER) {
                assets.addExpansions(false); // halves of expansions allow no more than whole ones
            }
            assets.addCapacities();
            VoltageRows voltages = new VoltageRows(lp, problem, flows, false);
            for (int round = 0; round < MOST_ROUNDS; round++) {
                switch (lp.solve()) {
                    case Status.INFEASIBLE -> {
                        return false;
                    }
                    case Status.UNFINISHED -> throw new IllegalStateException("HiGHS ended with: " + lp.statusText());
                    case Status.OPTIMAL -> {
                        if (voltages.addViolated() == 0) {
                            return true;
                        }
                    }
                }
            }
            throw new IllegalStateException("voltages broken after %d rounds".formatted(MOST_ROUNDS));
        }
    }
}
