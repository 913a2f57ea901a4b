package org.headroom.dispatch;

import static org.headroom.dispatch.HomeRows.NONE;

import java.util.ArrayList;
import java.util.List;
import org.headroom.network.Network;
import org.headroom.powerflow.FixedLossFlow;

/**
 * Flows of a day's linear program as nodal balances (eqs. 4-6). The flow of an asset is a variable plus a number: a flow that
 * nothing flexible can change is the number alone, and a run of lines with the same flexible things below shares one variable.
 * Asset 0 is the substation, asset {@code l + 1} line {@code l}.
 *
 * <p>A line's flow is what it delivers at its lower end. Where lines lose a share, no variable is shared, and a flow that may go both
 * ways is cut into two parts, P = in - out, of which the upper end takes (1 + share) in - (1 - share) out. Where both parts are
 * positive the model burns energy, which no line does: a relaxation, until {@link #addDirections} forbids it.
 */
final class FlowRows {
    final int[][] variable;
    final double[][] offset_kW;
    /** Lowest and highest flow that the flexible things below allow, with or without burning. */
    final double[][] low_kW;

    final double[][] high_kW;

    /** Energy burnt by a line below this does not count, kW. */
    private static final double BURNT_kW = 1e-7;

    private final LinearProgram lp;
    private final DayProblem problem;
    private final HomeRows homeRows;
    private final int steps;
    /** Parts of the flow of a line that loses a share and may carry both ways, or NONE. */
    private final int[][] inward;

    private final int[][] outward;
    private final boolean[][] directed;

    FlowRows(LinearProgram lp, DayProblem problem, HomeRows homeRows) {
        this.lp = lp;
        this.problem = problem;
        this.homeRows = homeRows;
        this.steps = problem.stepCount();
        variable = HomeRows.filled(problem.assetCount(), steps);
        offset_kW = new double[problem.assetCount()][steps];
        low_kW = new double[problem.assetCount()][steps];
        high_kW = new double[problem.assetCount()][steps];
        inward = HomeRows.filled(problem.assetCount(), steps);
        outward = HomeRows.filled(problem.assetCount(), steps);
        directed = new boolean[problem.assetCount()][steps];
        addFlows();
    }

    /** From the leaves up; the node that a line feeds has the same index as the asset. */
    private void addFlows() {
        Network network = problem.network();
        List<List<Integer>> homesAt = new ArrayList<>();
        List<List<Integer>> sessionsAt = new ArrayList<>();
        List<List<Integer>> linesBelow = new ArrayList<>();
        for (int n = 0; n < network.nodeCount(); n++) {
            homesAt.add(new ArrayList<>());
            sessionsAt.add(new ArrayList<>());
            linesBelow.add(new ArrayList<>());
        }
        for (int h = 0; h < problem.homeCount(); h++) {
            homesAt.get(problem.homeNode(h)).add(h);
        }
        for (int s = 0; s < homeRows.charge.length; s++) {
            sessionsAt.get(problem.sessions().get(s).node()).add(s);
        }
        for (int l = 0; l < network.lineCount(); l++) {
            linesBelow.get(network.parentNode(l)).add(l);
        }
        for (int node = network.nodeCount() - 1; node >= 0; node--) {
            for (int t = 0; t < steps; t++) {
                addFlow(node, t, homesAt.get(node), sessionsAt.get(node), linesBelow.get(node));
            }
        }
    }

    private void addFlow(int node, int t, List<Integer> homes, List<Integer> sessions, List<Integer> linesBelow) {
        double known = 0;
        double low = 0;
        double high = 0;
        int onlyVariable = NONE;
        List<Term> terms = new ArrayList<>();
        for (int line : linesBelow) {
            int asset = line + 1;
            double share = problem.assetLossShare(asset);
            low += FixedLossFlow.taken_kW(low_kW[asset][t], share);
            high += FixedLossFlow.taken_kW(high_kW[asset][t], share);
            if (variable[asset][t] == NONE) {
                known += FixedLossFlow.taken_kW(offset_kW[asset][t], share);
            } else {
                known += addTaken(asset, t, share, terms);
                onlyVariable = variable[asset][t];
            }
        }
        boolean shared = terms.size() == 1 && problem.settings().losses().share() == 0;
        double own = 0;
        for (int h : homes) {
            own += problem.demand_kW(h, t);
            if (homeRows.pv[h][t] == NONE) {
                own -= problem.pv_kW(h, t);
            } else {
                terms.add(new Term(homeRows.pv[h][t], -1));
                low -= problem.pv_kW(h, t);
                shared = false;
            }
        }
        for (int s : sessions) {
            Session session = problem.sessions().get(s);
            int k = homeRows.stepOfStay(session, t);
            if (k == NONE) {
                continue;
            }
            shared = false;
            terms.add(new Term(homeRows.charge[s][k], 1));
            high += session.charger_kW();
            if (homeRows.discharge[s][k] != NONE) {
                terms.add(new Term(homeRows.discharge[s][k], -1));
                low -= session.charger_kW();
            }
        }
        low_kW[node][t] = low + own;
        high_kW[node][t] = high + own;
        if (terms.isEmpty()) {
            offset_kW[node][t] = known + own;
        } else if (shared) {
            variable[node][t] = onlyVariable;
            offset_kW[node][t] = known + own;
        } else {
            int flow = lp.variable(-LinearProgram.INFINITY, LinearProgram.INFINITY, 0);
            int row = lp.row(0, 0);
            lp.term(row, flow, 1);
            for (Term term : terms) {
                lp.term(row, term.variable(), -term.coefficient());
            }
            variable[node][t] = flow;
            offset_kW[node][t] = known + own;
        }
    }

    private record Term(int variable, double coefficient) {}

    /** Adds what a line takes at its upper end to the terms of the flow above; returns the part of it that is a number. */
    private double addTaken(int asset, int t, double share, List<Term> terms) {
        int flow = variable[asset][t];
        double low = low_kW[asset][t];
        double high = high_kW[asset][t];
        if (share == 0 || low >= 0 || high <= 0) {
            double factor = share == 0 ? 1 : low >= 0 ? 1 + share : 1 - share;
            terms.add(new Term(flow, factor));
            return factor * offset_kW[asset][t];
        }
        int in = lp.variable(0, high, 0);
        int out = lp.variable(0, -low, 0);
        int row = lp.row(offset_kW[asset][t], offset_kW[asset][t]);
        lp.term(row, in, 1);
        lp.term(row, out, -1);
        lp.term(row, flow, -1);
        terms.add(new Term(in, 1 + share));
        terms.add(new Term(out, -(1 - share)));
        inward[asset][t] = in;
        outward[asset][t] = out;
        return 0;
    }

    /** Makes the direction of every line that burnt energy in the last solve a choice of one; returns how many are new. */
    int addDirections() {
        int count = 0;
        for (int a = 1; a < inward.length; a++) {
            for (int t = 0; t < steps; t++) {
                int in = inward[a][t];
                if (in == NONE || directed[a][t] || Math.min(lp.value(in), lp.value(outward[a][t])) <= BURNT_kW) {
                    continue;
                }
                int down = lp.binary(0);
                int mostIn = lp.row(-LinearProgram.INFINITY, 0);
                lp.term(mostIn, in, 1);
                lp.term(mostIn, down, -high_kW[a][t]);
                int mostOut = lp.row(-LinearProgram.INFINITY, -low_kW[a][t]);
                lp.term(mostOut, outward[a][t], 1);
                lp.term(mostOut, down, -low_kW[a][t]);
                directed[a][t] = true;
                count++;
            }
        }
        return count;
    }

    /** One bill for the community (eqs. 2b, 10). */
    void addCommunityBill() {
        for (int t = 0; t < steps; t++) {
            double buyPrice = problem.buy_gbpPerKWh(t) * problem.steps().step_h();
            double sellPrice = problem.sell_gbpPerKWh(t) * problem.steps().step_h();
            if (variable[0][t] == NONE) {
                lp.addConstant(offset_kW[0][t] * (offset_kW[0][t] > 0 ? buyPrice : sellPrice));
                continue;
            }
            int buy = lp.variable(0, Math.max(0, high_kW[0][t]), buyPrice);
            int sell = lp.variable(0, Math.max(0, -low_kW[0][t]), -sellPrice);
            int row = lp.row(offset_kW[0][t], offset_kW[0][t]);
            lp.term(row, buy, 1);
            lp.term(row, sell, -1);
            lp.term(row, variable[0][t], -1);
        }
    }

    /** Flow of an asset in the last solve: what a line delivers. */
    double flow_kW(int asset, int t) {
        int v = variable[asset][t];
        return offset_kW[asset][t] + (v == NONE ? 0 : lp.value(v));
    }

    /** Flow of an asset in the last solve at the end where the power goes in. */
    double entering_kW(int asset, int t) {
        return FixedLossFlow.entering_kW(flow_kW(asset, t), problem.assetLossShare(asset));
    }

    double lowEntering_kW(int asset, int t) {
        return FixedLossFlow.entering_kW(low_kW[asset][t], problem.assetLossShare(asset));
    }

    double highEntering_kW(int asset, int t) {
        return FixedLossFlow.entering_kW(high_kW[asset][t], problem.assetLossShare(asset));
    }

    /** The farthest from zero that an asset's flow may be, where the power goes in. */
    double farthest_kW(int asset, int t) {
        return Math.max(Math.abs(lowEntering_kW(asset, t)), Math.abs(highEntering_kW(asset, t)));
    }

    /** The nearest to zero that an asset's flow may be, where the power goes in. */
    double nearest_kW(int asset, int t) {
        double low = lowEntering_kW(asset, t);
        double high = highEntering_kW(asset, t);
        return low > 0 ? low : high < 0 ? -high : 0;
    }
}
