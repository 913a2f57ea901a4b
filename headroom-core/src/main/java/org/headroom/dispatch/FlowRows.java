package org.headroom.dispatch;

import static org.headroom.dispatch.HomeRows.NONE;

import java.util.ArrayList;
import java.util.List;
import org.headroom.network.Network;

/**
 * Flows of a day's linear program as nodal balances (eqs. 4-6). The flow of an asset is a variable plus a number: a flow that
 * nothing flexible can change is the number alone, and a run of lines with the same flexible things below shares one variable.
 * Asset 0 is the substation, asset {@code l + 1} line {@code l}.
 */
final class FlowRows {
    final int[][] variable;
    final double[][] offset_kW;
    /** Lowest and highest flow that the flexible things below allow. */
    final double[][] low_kW;

    final double[][] high_kW;

    private final LinearProgram lp;
    private final DayProblem problem;
    private final HomeRows homeRows;
    private final int steps;

    FlowRows(LinearProgram lp, DayProblem problem, HomeRows homeRows) {
        this.lp = lp;
        this.problem = problem;
        this.homeRows = homeRows;
        this.steps = problem.stepCount();
        variable = HomeRows.filled(problem.assetCount(), steps);
        offset_kW = new double[problem.assetCount()][steps];
        low_kW = new double[problem.assetCount()][steps];
        high_kW = new double[problem.assetCount()][steps];
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
        List<int[]> terms = new ArrayList<>();
        for (int line : linesBelow) {
            int asset = line + 1;
            known += offset_kW[asset][t];
            low += low_kW[asset][t];
            high += high_kW[asset][t];
            if (variable[asset][t] != NONE) {
                terms.add(new int[] {variable[asset][t], 1});
                onlyVariable = variable[asset][t];
            }
        }
        boolean shared = terms.size() == 1;
        double own = 0;
        for (int h : homes) {
            own += problem.demand_kW(h, t);
            if (homeRows.pv[h][t] == NONE) {
                own -= problem.pv_kW(h, t);
            } else {
                terms.add(new int[] {homeRows.pv[h][t], -1});
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
            terms.add(new int[] {homeRows.charge[s][k], 1});
            high += session.charger_kW();
            if (homeRows.discharge[s][k] != NONE) {
                terms.add(new int[] {homeRows.discharge[s][k], -1});
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
            for (int[] term : terms) {
                lp.term(row, term[0], -term[1]);
            }
            variable[node][t] = flow;
            offset_kW[node][t] = known + own;
        }
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

    /** Flow of an asset in the last solve. */
    double flow_kW(int asset, int t) {
        int v = variable[asset][t];
        return offset_kW[asset][t] + (v == NONE ? 0 : lp.value(v));
    }

    /** The farthest from zero that an asset's flow may be. */
    double farthest_kW(int asset, int t) {
        return Math.max(Math.abs(low_kW[asset][t]), Math.abs(high_kW[asset][t]));
    }

    /** The nearest to zero that an asset's flow may be. */
    double nearest_kW(int asset, int t) {
        double low = low_kW[asset][t];
        double high = high_kW[asset][t];
        return low > 0 ? low : high < 0 ? -high : 0;
    }
}
