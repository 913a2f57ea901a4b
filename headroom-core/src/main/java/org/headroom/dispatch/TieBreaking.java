package org.headroom.dispatch;

import static org.headroom.dispatch.HomeRows.NONE;

import java.util.ArrayList;
import java.util.List;

/**
 * The second objective of smart charging and V2G: among schedules as cheap as the one found, the one that the tie-break prefers.
 * Each home keeps its own cost (the homes together, where the network binds).
 */
final class TieBreaking {
    /** Cost of a home that the tie-break may add, GBP: the solver's tolerance. */
    private static final double COST_SLACK = 1e-9;
    /** Linear pieces of a square. */
    private static final int PIECES = 8;

    private final LinearProgram lp;
    private final DayProblem problem;
    private final HomeRows homes;

    /** A variable of a bill with its price. */
    private record Item(int variable, double price) {}

    TieBreaking(LinearProgram lp, DayProblem problem, HomeRows homes) {
        this.lp = lp;
        this.problem = problem;
        this.homes = homes;
    }

    /**
     * Holds the costs of the last solve and puts the order of steps in the place of the objective.
     *
     * @param together whether the homes' costs are held in sum rather than one by one
     */
    void prepare(boolean together) {
        holdCosts(together);
        preferSteps();
    }

    /** Puts the order of steps in the place of the objective, whose costs are held already. */
    void preferSteps() {
        for (int s = 0; s < homes.charge.length; s++) {
            int length = homes.charge[s].length;
            for (int k = 0; k < length; k++) {
                TieBreak tieBreak = problem.settings().tieBreak();
                switch (tieBreak) {
                    case EARLIEST, LATEST, ARBITRARY ->
                        prefer(s, k, tieBreak.weight(problem.sessions().get(s), k, length));
                    case SPREAD -> spread(s, k);
                }
            }
        }
    }

    /** Holds the costs of the last solve and leaves no objective. */
    void holdCosts(boolean together) {
        List<List<Item>> bills = bills();
        if (together) {
            bills = List.of(bills.stream().flatMap(List::stream).toList());
        }
        for (List<Item> bill : bills) {
            double total = 0;
            for (Item item : bill) {
                total += item.price() * lp.value(item.variable());
            }
            if (!bill.isEmpty()) {
                int row = lp.row(-LinearProgram.INFINITY, total + COST_SLACK * Math.max(1, Math.abs(total)));
                for (Item item : bill) {
                    lp.term(row, item.variable(), item.price());
                }
            }
        }
        lp.clearCosts();
    }

    private List<List<Item>> bills() {
        double step_h = problem.steps().step_h();
        List<List<Item>> bills = new ArrayList<>();
        for (int h = 0; h < problem.homeCount(); h++) {
            List<Item> bill = new ArrayList<>();
            for (int t = 0; t < problem.stepCount(); t++) {
                if (homes.homeIn[h][t] != NONE) {
                    bill.add(new Item(homes.homeIn[h][t], problem.buy_gbpPerKWh(t) * step_h));
                    bill.add(new Item(homes.homeOut[h][t], -problem.sell_gbpPerKWh(t) * step_h));
                }
            }
            bills.add(bill);
        }
        for (int s = 0; s < homes.discharge.length; s++) {
            Session session = problem.sessions().get(s);
            for (int v : homes.discharge[s]) {
                if (v != NONE) {
                    bills.get(session.home()).add(new Item(v, problem.degradation_gbpPerKWh(session) * step_h));
                }
            }
        }
        return bills;
    }

    private void prefer(int s, int k, double weight) {
        lp.cost(homes.charge[s][k], weight);
        if (homes.discharge[s][k] != NONE) {
            lp.cost(homes.discharge[s][k], weight);
        }
    }

    /** The square of the power through the charger, in linear pieces. */
    private void spread(int s, int k) {
        double most = problem.sessions().get(s).charger_kW();
        int square = lp.variable(0, LinearProgram.INFINITY, 1);
        for (int i = 0; i < PIECES; i++) {
            double at = most * (i + 0.5) / PIECES;
            int row = lp.row(-at * at, LinearProgram.INFINITY);
            lp.term(row, square, 1);
            lp.term(row, homes.charge[s][k], -2 * at);
            if (homes.discharge[s][k] != NONE) {
                lp.term(row, homes.discharge[s][k], -2 * at);
            }
        }
    }
}
