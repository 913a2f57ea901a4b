package org.headroom.dispatch;

import org.headroom.dispatch.LinearProgram.Status;
import org.jspecify.annotations.Nullable;

/**
 * V-V2V with some of what it brings switched off, to take its gain over V2G apart. With everything off it is V2G within the network's
 * limits, with everything on it is V-V2V.
 *
 * <p>What homes do not share they use themselves or trade with the grid: surplus PV, or what a car gives beyond its own home's needs,
 * then earns the sell price and serves no neighbour. With y = demand + charging - (discharging, if cars are not shared) - (PV used, if PV is
 * not shared) of each home and step, the community's needs are X = Σ max(y, 0) - (all discharging, if shared) - (all PV used, if shared),
 * its net power is N, and it pays sell × N + (buy - sell) × max(X, 0): eq. 2b with both shared, the sum of eq. 3b with neither.
 *
 * <p>Solved by HiGHS. Where peaks do not count, ties are broken as the day's settings say, since peaks depend on it.
 *
 * @param pv whether homes share surplus PV
 * @param cars whether homes share what their cars give
 * @param peaks whether the network's present value counts
 */
public record PartialSharing(boolean pv, boolean cars, boolean peaks) {
    private static final int PARTS = 3;
    /** Number of combinations. */
    public static final int COMBINATIONS = 1 << PARTS;

    /** The combination of a number from 0 (V2G) to {@code COMBINATIONS - 1} (V-V2V): bit 0 is PV, bit 1 cars, bit 2 peaks. */
    public static PartialSharing of(int combination) {
        return new PartialSharing((combination & 1) != 0, (combination & 2) != 0, (combination & 4) != 0);
    }

    /**
     * A day dispatched.
     *
     * @param outcome flows, peaks and present value; its own energy cost is V-V2V's, not that of these switches
     * @param energyCost_gbp what the community pays for energy under these switches
     * @param bound_gbp no schedule costs less: energy, wear, expansion, and present value where it counts
     */
    public record Solved(PartialSharing sharing, DayOutcome outcome, double energyCost_gbp, double bound_gbp) {
        /** What the schedule costs, as far as it counts here. */
        public double objective_gbp() {
            return energyCost_gbp
                    + outcome.degradationCost_gbp()
                    + outcome.expansionCost_gbp()
                    + (sharing.peaks() ? outcome.presentValueCost_gbp() : 0);
        }

        /** Whether the schedule is proved to be the best: within {@link DispatchResult#PROVED_GAP}. */
        public boolean isProved() {
            return objective_gbp() - bound_gbp <= DispatchResult.PROVED_GAP * Math.max(1, Math.abs(objective_gbp()));
        }
    }

    /**
     * Dispatches a day, or null where no schedule within the network's limits was found. Assets are expanded only where there is no
     * schedule otherwise, and the day's settings allow it.
     *
     * @throws IllegalArgumentException if lines lose a share of their flow
     */
    public @Nullable Solved findSolved(DayProblem problem) {
        if (problem.settings().losses().share() > 0) {
            throw new IllegalArgumentException(
                    "lossShare is %s, expected 0 where V-V2V's gain is taken apart.\nMaybe losses: none."
                            .formatted(problem.settings().losses().share()));
        }
        Solved solved = findSolved(problem, false);
        return solved == null && problem.settings().expansion() != Expansion.NEVER ? findSolved(problem, true) : solved;
    }

    private @Nullable Solved findSolved(DayProblem problem, boolean expanding) {
        try (PartialModel model = new PartialModel(problem, this, expanding)) {
            if (model.solve() != Status.OPTIMAL) {
                return null;
            }
            double bound = model.bound_gbp();
            if (!peaks && model.breakTies() != Status.OPTIMAL) {
                return null;
            }
            Schedule schedule = model.schedule();
            return new Solved(
                    this,
                    new DayOutcome(problem, new ChargingMode.VirtualVehicleToVehicle(), schedule),
                    energyCost_gbp(problem, schedule),
                    bound);
        }
    }

    /** What the community pays for energy under these switches, from a schedule alone. */
    public double energyCost_gbp(DayProblem problem, Schedule schedule) {
        int steps = problem.stepCount();
        double[][] charged = new double[problem.homeCount()][steps];
        double[][] discharged = new double[problem.homeCount()][steps];
        for (int s = 0; s < problem.sessions().size(); s++) {
            Session session = problem.sessions().get(s);
            for (int k = 0; k < session.length(problem.steps()); k++) {
                int t = session.stepOfDay(k, problem.steps());
                charged[session.home()][t] += schedule.charge_kW(s, k);
                discharged[session.home()][t] += schedule.discharge_kW(s, k);
            }
        }
        double cost = 0;
        for (int t = 0; t < steps; t++) {
            double net = 0;
            double needs = 0;
            for (int h = 0; h < charged.length; h++) {
                double generated = schedule.pvUsed_kW(h, t) + Math.max(0, -problem.demand_kW(h, t));
                double taken = Math.max(0, problem.demand_kW(h, t)) + charged[h][t];
                needs += Math.max(0, taken - (cars ? 0 : discharged[h][t]) - (pv ? 0 : generated));
                needs -= (cars ? discharged[h][t] : 0) + (pv ? generated : 0);
                net += taken - discharged[h][t] - generated;
            }
            double sell = problem.sell_gbpPerKWh(t);
            cost += sell * net + (problem.buy_gbpPerKWh(t) - sell) * Math.max(0, needs);
        }
        return cost * problem.steps().step_h();
    }
}
