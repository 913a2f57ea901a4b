package org.headroom.dispatch;

import static org.headroom.dispatch.HomeRows.NONE;

import java.util.ArrayList;
import java.util.List;
import org.headroom.dispatch.LinearProgram.Status;

/** The linear program of {@link PartialSharing}: that of {@link DayModel} within the network's limits, with another bill. */
final class PartialModel implements AutoCloseable {
    private static final int MAX_ROUNDS = 60;
    /** Cost that the tie-break may add, GBP: the solver's tolerance. */
    private static final double COST_SLACK = 1e-9;

    private final DayProblem problem;
    private final PartialSharing sharing;
    private final LinearProgram lp = new LinearProgram();
    private final HomeRows homes;
    private final FlowRows flows;
    private final AssetRows assets;
    private final VoltageRows voltages;
    private final List<Term> costs = new ArrayList<>();

    private record Term(int variable, double factor) {}

    PartialModel(DayProblem problem, PartialSharing sharing, boolean expanding) {
        this.problem = problem;
        this.sharing = sharing;
        this.homes = new HomeRows(lp, problem, true, true);
        this.flows = new FlowRows(lp, problem, homes);
        this.assets = new AssetRows(lp, problem, flows);
        this.voltages = new VoltageRows(lp, problem, flows, false);
        if (expanding) {
            assets.addExpansions(true);
        }
        assets.addCapacities();
        for (int t = 0; t < problem.stepCount(); t++) {
            addBill(t);
        }
        addWear();
        if (sharing.peaks()) {
            assets.addPeaks();
        }
    }

    private void addBill(int t) {
        double sell = problem.sell_gbpPerKWh(t) * problem.steps().step_h();
        double spread = problem.buy_gbpPerKWh(t) * problem.steps().step_h() - sell;
        lp.addConstant(sell * flows.offset_kW[0][t]);
        if (flows.variable[0][t] != NONE) {
            lp.cost(flows.variable[0][t], sell);
            costs.add(new Term(flows.variable[0][t], sell));
        }
        int needed = lp.variable(0, LinearProgram.INFINITY, spread);
        costs.add(new Term(needed, spread));
        int row = lp.row(0, LinearProgram.INFINITY);
        lp.term(row, needed, 1);
        double fixed = 0;
        for (int h = 0; h < problem.homeCount(); h++) {
            fixed += addNeed(h, t, row);
        }
        lp.lowerBound(row, fixed);
    }

    /** Takes what a home needs off a row, and adds what it shares; returns the part of both that is a number. */
    private double addNeed(int h, int t, int row) {
        double fixed = Math.max(0, problem.demand_kW(h, t));
        double shared = 0;
        double generated = Math.max(0, -problem.demand_kW(h, t)) + (homes.pv[h][t] == NONE ? problem.pv_kW(h, t) : 0);
        List<Term> own = new ArrayList<>();
        if (homes.pv[h][t] != NONE) {
            if (sharing.pv()) {
                lp.term(row, homes.pv[h][t], 1);
            } else {
                own.add(new Term(homes.pv[h][t], -1));
            }
        }
        if (sharing.pv()) {
            shared += generated;
        } else {
            fixed -= generated;
        }
        for (int s = 0; s < homes.charge.length; s++) {
            Session session = problem.sessions().get(s);
            int k = session.home() == h ? homes.stepOfStay(session, t) : NONE;
            if (k != NONE) {
                own.add(new Term(homes.charge[s][k], 1));
                if (sharing.cars()) {
                    lp.term(row, homes.discharge[s][k], 1);
                } else {
                    own.add(new Term(homes.discharge[s][k], -1));
                }
            }
        }
        if (own.isEmpty()) {
            return Math.max(0, fixed) - shared;
        }
        int need = lp.variable(0, LinearProgram.INFINITY, 0);
        int balance = lp.row(fixed, LinearProgram.INFINITY);
        lp.term(balance, need, 1);
        own.forEach(term -> lp.term(balance, term.variable(), -term.factor()));
        lp.term(row, need, -1);
        return -shared;
    }

    /** Wear is in the objective already, with the sessions' variables. */
    private void addWear() {
        for (int s = 0; s < homes.discharge.length; s++) {
            double wear = problem.degradation_gbpPerKWh(problem.sessions().get(s))
                    * problem.steps().step_h();
            for (int variable : homes.discharge[s]) {
                costs.add(new Term(variable, wear));
            }
        }
    }

    Status solve() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Status status = lp.solve();
            if (status != Status.OPTIMAL) {
                return status;
            }
            if (assets.addCuts() + voltages.addViolated() == 0) {
                return Status.OPTIMAL;
            }
        }
        return Status.UNFINISHED;
    }

    double bound_gbp() {
        return lp.bound();
    }

    /** Among the schedules as cheap as the one found, asks for the one that the tie-break prefers. */
    Status breakTies() {
        double total = 0;
        for (Term cost : costs) {
            total += cost.factor() * lp.value(cost.variable());
        }
        int row = lp.row(-LinearProgram.INFINITY, total + COST_SLACK * Math.max(1, Math.abs(total)));
        costs.forEach(cost -> lp.term(row, cost.variable(), cost.factor()));
        assets.fixExpansions();
        lp.clearCosts();
        new TieBreaking(lp, problem, homes).preferSteps();
        return solve();
    }

    Schedule schedule() {
        return homes.schedule(assets.expanded());
    }

    @Override
    public void close() {
        lp.close();
    }
}
