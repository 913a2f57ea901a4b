package org.headroom.dispatch;

import static org.headroom.dispatch.HomeRows.NONE;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.headroom.network.Network;
import org.headroom.powerflow.LosslessFlow;

/** Voltage limits of a day's linear program (eqs. 13-14), added where a solve violates them. */
final class VoltageRows {
    /** Violation allowed of a limit, per unit. */
    private static final double TOLERANCE = 1e-9;
    /** Rows are in what counts as much as a kVA, of the size of the other rows. */
    private static final double PER_UNIT_SCALE = 1 / Breach.VOLTAGE_PU;

    private final LinearProgram lp;
    private final DayProblem problem;
    private final Network network;
    private final FlowRows flows;
    private final boolean elastic;
    private final int steps;
    private final Set<Long> added = new HashSet<>();

    /** @param elastic whether limits may be broken, at the price of a {@link Breach} */
    VoltageRows(LinearProgram lp, DayProblem problem, FlowRows flows, boolean elastic) {
        this.lp = lp;
        this.problem = problem;
        this.network = problem.network();
        this.flows = flows;
        this.elastic = elastic;
        this.steps = problem.stepCount();
    }

    /** Adds a row for every violated voltage limit (eqs. 13-14); returns how many. */
    int addViolated() {
        int rows = 0;
        double[] voltage = new double[network.nodeCount()];
        for (int t = 0; t < steps; t++) {
            voltage[0] = network.voltage().source_pu();
            for (int l = 0; l < network.lineCount(); l++) {
                voltage[l + 1] = voltage[network.parentNode(l)]
                        - LosslessFlow.dropPerKW_pu(network, l) * flows.flow_kW(l + 1, t)
                        - LosslessFlow.dropPerKvar_pu(network, l) * problem.assetReactive_kvar(l + 1, t);
            }
            for (int n = 1; n < voltage.length; n++) {
                boolean low = voltage[n] < network.voltage().lower_pu() - TOLERANCE;
                boolean high = voltage[n] > network.voltage().upper_pu() + TOLERANCE;
                // a row that is there already leaves the solver's tolerance or, in an elastic model, a breach
                if ((low || high) && added.add(2 * ((long) n * steps + t) + (low ? 0 : 1))) {
                    addRow(n, t, low);
                    rows++;
                }
            }
        }
        return rows;
    }

    private void addRow(int node, int t, boolean low) {
        double dropAllowed = network.voltage().source_pu()
                - (low ? network.voltage().lower_pu() : network.voltage().upper_pu());
        double known = 0;
        Map<Integer, Double> dropByVariable = new TreeMap<>();
        int row = lp.row(-LinearProgram.INFINITY, LinearProgram.INFINITY);
        for (int l = node - 1; l >= 0; l = network.parentLine(l)) {
            double perKW = LosslessFlow.dropPerKW_pu(network, l);
            known += perKW * flows.offset_kW[l + 1][t]
                    + LosslessFlow.dropPerKvar_pu(network, l) * problem.assetReactive_kvar(l + 1, t);
            if (flows.variable[l + 1][t] != NONE) { // a run of lines shares one variable
                dropByVariable.merge(flows.variable[l + 1][t], PER_UNIT_SCALE * perKW, Double::sum);
            }
        }
        dropByVariable.forEach((variable, drop) -> lp.term(row, variable, drop));
        double bound = PER_UNIT_SCALE * (dropAllowed - known);
        if (low) {
            lp.upperBound(row, bound);
        } else {
            lp.lowerBound(row, bound);
        }
        if (elastic) {
            lp.term(row, lp.variable(0, LinearProgram.INFINITY, Breach.highPrice_gbp(problem)), low ? -1 : 1);
        }
    }
}
