package org.headroom.dispatch;

import org.headroom.dispatch.DayModel.Directions;
import org.headroom.dispatch.DayModel.Expanding;
import org.headroom.dispatch.DayModel.Scope;
import org.headroom.dispatch.LinearProgram.Status;

/**
 * The lowest and the highest peak of the substation over all equally cheap schedules of smart charging or V2G: what ties leave
 * open, whichever way they are broken. Every home pays the least it can, or, where the network binds and homes were solved
 * together, their sum is the least; assets are expanded as in the schedule asked about.
 *
 * <p>The lowest is a convex problem, solved to 1e-9 of the peak by tangents at held costs. The highest is exact: reactive flow is
 * the same in every schedule, so the peak is highest where the active power of some step is at its highest or lowest, each of
 * which is a linear problem.
 *
 * @param lowest_kVA apparent power
 * @param highest_kVA apparent power
 */
public record PeakBounds(double lowest_kVA, double highest_kVA) {
    private static final int MAX_ROUNDS = 200;

    /**
     * The bounds of a day.
     *
     * @param outcome some schedule of least cost
     * @throws IllegalArgumentException if its mode is not smart charging or V2G, or lines lose a share of their flow
     */
    public static PeakBounds of(DayOutcome outcome) {
        DayProblem problem = outcome.problem();
        ChargingMode mode = outcome.mode();
        if (problem.settings().losses().share() > 0) {
            throw new IllegalArgumentException(
                    "lossShare is %s, expected 0 with bounds of the peak, which count no losses.\nMaybe leave the bounds out, or losses: none."
                            .formatted(problem.settings().losses().share()));
        }
        boolean alone = HomeSolver.solve(problem, mode) instanceof HomesResult.Solved homes
                && new DayOutcome(problem, mode, homes.schedule()).violations().isEmpty();
        return alone
                ? new PeakBounds(
                        lowest_kVA(outcome, Scope.HOMES), highest_kVA(problem, HomeSolver.powerRange_kW(problem, mode)))
                : new PeakBounds(lowest_kVA(outcome, Scope.NETWORK), highest_kVA(outcome, Scope.NETWORK));
    }

    private static double highest_kVA(DayProblem problem, double[][] range_kW) {
        double highest = 0;
        for (double[] powers_kW : range_kW) {
            for (int t = 0; t < powers_kW.length; t++) {
                highest = Math.max(highest, Math.hypot(powers_kW[t], problem.assetReactive_kvar(0, t)));
            }
        }
        return highest;
    }

    /** The lowest peak at held costs. */
    static double lowest_kVA(DayOutcome outcome, Scope scope) {
        try (DayModel model = cheapest(outcome, scope)) {
            SubstationRows substation = model.holdCosts();
            substation.minimisePeak();
            for (int round = 0; round < MAX_ROUNDS; round++) {
                solve(model);
                if (substation.addCuts() == 0) {
                    break;
                }
            }
            return substation.peak_kVA();
        }
    }

    /** The highest peak at held costs, by two linear problems a step. */
    static double highest_kVA(DayOutcome outcome, Scope scope) {
        try (DayModel model = cheapest(outcome, scope)) {
            SubstationRows substation = model.holdCosts();
            double highest = 0;
            for (int t = 0; t < outcome.problem().stepCount(); t++) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    substation.minimise(t, sign);
                    solve(model);
                    highest = Math.max(highest, substation.apparent_kVA(t));
                }
            }
            return highest;
        }
    }

    private static DayModel cheapest(DayOutcome outcome, Scope scope) {
        DayModel model = new DayModel(
                outcome.problem(),
                outcome.mode(),
                scope,
                true,
                scope == Scope.NETWORK ? Expanding.INTEGER : Expanding.NO,
                Directions.RELAXED);
        model.expandAs(outcome.schedule());
        solve(model);
        return model;
    }

    private static void solve(DayModel model) {
        if (model.solve() != Status.OPTIMAL) {
            throw new IllegalStateException("bounds of the peak ended with: " + model.statusText());
        }
    }
}
