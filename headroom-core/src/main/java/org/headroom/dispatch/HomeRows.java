package org.headroom.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Homes and cars of a day's linear program: sessions (eqs. 22-37), PV (eq. 12) and each home's own bill (eq. 3b). */
final class HomeRows {
    /** In place of a variable where there is none. */
    static final int NONE = -1;

    final int[][] charge;
    final int[][] discharge;
    final int[][] pv;
    final int[][] homeIn;
    final int[][] homeOut;

    private final LinearProgram lp;
    private final DayProblem problem;
    private final int steps;
    private final double step_h;

    /**
     * Adds the variables and rows of all sessions and of the PV that may be curtailed.
     *
     * @param mayDischarge whether cars may give energy back
     * @param curtailAlways whether PV may be curtailed at every step, or only where the sell price is negative
     */
    HomeRows(LinearProgram lp, DayProblem problem, boolean mayDischarge, boolean curtailAlways) {
        this.lp = lp;
        this.problem = problem;
        this.steps = problem.stepCount();
        this.step_h = problem.steps().step_h();
        charge = new int[problem.sessions().size()][];
        discharge = new int[charge.length][];
        pv = filled(problem.homeCount(), steps);
        homeIn = filled(problem.homeCount(), steps);
        homeOut = filled(problem.homeCount(), steps);
        addSessions(mayDischarge);
        addPv(curtailAlways);
    }

    static int[][] filled(int rows, int columns) {
        int[][] array = new int[rows][columns];
        for (int[] row : array) {
            Arrays.fill(row, NONE);
        }
        return array;
    }

    private void addSessions(boolean mayDischarge) {
        double eta = problem.settings().efficiency();
        for (int s = 0; s < charge.length; s++) {
            Session session = problem.sessions().get(s);
            int length = session.length(problem.steps());
            charge[s] = new int[length];
            discharge[s] = new int[length];
            Arrays.fill(discharge[s], NONE);
            double wear = problem.degradation_gbpPerKWh(session) * step_h;
            double reserve_kWh = problem.reserve_kWh(session);
            int before = NONE;
            for (int k = 0; k < length; k++) {
                charge[s][k] = lp.variable(0, session.charger_kW(), 0);
                if (mayDischarge) {
                    discharge[s][k] = lp.variable(0, session.charger_kW(), wear);
                }
                boolean last = k == length - 1;
                int energy = lp.variable(
                        last ? session.depart_kWh() : reserve_kWh,
                        last ? session.depart_kWh() : session.capacity_kWh(),
                        0);
                double known = before == NONE ? session.arrive_kWh() : 0;
                int row = lp.row(known, known);
                lp.term(row, energy, 1);
                lp.term(row, charge[s][k], -eta * step_h);
                if (discharge[s][k] != NONE) {
                    lp.term(row, discharge[s][k], step_h / eta);
                }
                if (before != NONE) {
                    lp.term(row, before, -1);
                }
                before = energy;
            }
        }
    }

    private void addPv(boolean always) {
        for (int h = 0; h < problem.homeCount(); h++) {
            for (int t = 0; t < steps; t++) {
                if (problem.pv_kW(h, t) > 0 && (always || problem.sell_gbpPerKWh(t) < 0)) {
                    pv[h][t] = lp.variable(0, problem.pv_kW(h, t), 0);
                }
            }
        }
    }

    /** One bill a home (eq. 3b); a home that nothing can change pays a known sum. */
    void addBills() {
        for (int h = 0; h < problem.homeCount(); h++) {
            for (int t = 0; t < steps; t++) {
                double fixed = problem.demand_kW(h, t) - (pv[h][t] == NONE ? problem.pv_kW(h, t) : 0);
                double low = fixed - (pv[h][t] == NONE ? 0 : problem.pv_kW(h, t));
                double high = fixed;
                List<int[]> terms = new ArrayList<>();
                for (int s = 0; s < charge.length; s++) {
                    Session session = problem.sessions().get(s);
                    int k = session.home() == h ? stepOfStay(session, t) : NONE;
                    if (k != NONE) {
                        terms.add(new int[] {charge[s][k], 1});
                        high += session.charger_kW();
                        if (discharge[s][k] != NONE) {
                            terms.add(new int[] {discharge[s][k], -1});
                            low -= session.charger_kW();
                        }
                    }
                }
                if (pv[h][t] != NONE) {
                    terms.add(new int[] {pv[h][t], -1});
                }
                double buy = problem.buy_gbpPerKWh(t) * step_h;
                double sell = problem.sell_gbpPerKWh(t) * step_h;
                if (terms.isEmpty()) {
                    lp.addConstant(fixed * (fixed > 0 ? buy : sell));
                    continue;
                }
                homeIn[h][t] = lp.variable(0, Math.max(0, high), buy);
                homeOut[h][t] = lp.variable(0, Math.max(0, -low), -sell);
                int row = lp.row(fixed, fixed);
                lp.term(row, homeIn[h][t], 1);
                lp.term(row, homeOut[h][t], -1);
                for (int[] term : terms) {
                    lp.term(row, term[0], -term[1]);
                }
            }
        }
    }

    /** Index of a step of the day within a stay, or NONE. */
    int stepOfStay(Session session, int step) {
        int k = problem.steps().ofDay(step - session.arriveStep());
        return k < session.length(problem.steps()) ? k : NONE;
    }

    /** Charging and discharging powers of the last solve, cleaned of the solver's rounding, and the PV used. */
    Schedule schedule(boolean[] expanded) {
        double[][] charge_kW = new double[charge.length][];
        double[][] discharge_kW = new double[charge.length][];
        for (int s = 0; s < charge.length; s++) {
            double most = problem.sessions().get(s).charger_kW();
            charge_kW[s] = values(charge[s], most);
            discharge_kW[s] = values(discharge[s], most);
        }
        double[][] pvUsed_kW = new double[problem.homeCount()][steps];
        for (int h = 0; h < pvUsed_kW.length; h++) {
            for (int t = 0; t < steps; t++) {
                double available = problem.pv_kW(h, t);
                pvUsed_kW[h][t] = pv[h][t] == NONE ? available : Math.clamp(lp.value(pv[h][t]), 0, available);
            }
        }
        return new Schedule(charge_kW, discharge_kW, pvUsed_kW, expanded);
    }

    private double[] values(int[] variables, double most) {
        double[] values = new double[variables.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = variables[k] == NONE ? 0 : Math.clamp(lp.value(variables[k]), 0, most);
        }
        return values;
    }
}
