package org.headroom.powerflow;

import org.headroom.network.Line;
import org.headroom.network.Network;

/** The lossless linear power flow of a radial network (eqs. 4-7 and 13). */
public final class LosslessFlow {
    private LosslessFlow() {}

    /**
     * Flow of every line: what its subtree takes.
     *
     * @param nodal net consumption (kW or kvar), {@code [node][step]}
     * @return {@code [line][step]}, positive away from the substation, in the unit given
     */
    public static double[][] lineFlows(Network network, double[][] nodal) {
        int steps = nodal[0].length;
        double[][] flow = rows(network.lineCount(), steps);
        for (int l = network.lineCount() - 1; l >= 0; l--) {
            double[] own = nodal[l + 1];
            double[] here = flow[l];
            for (int t = 0; t < steps; t++) {
                here[t] += own[t];
            }
            int parent = network.parentLine(l);
            if (parent >= 0) {
                double[] above = flow[parent];
                for (int t = 0; t < steps; t++) {
                    above[t] += here[t];
                }
            }
        }
        return flow;
    }

    /**
     * Flow of the substation: what its lines and its own node take.
     *
     * @param nodal net consumption, {@code [node][step]}
     * @param lineFlow {@code [line][step]}
     * @return {@code [step]}
     */
    public static double[] substationFlow(Network network, double[][] nodal, double[][] lineFlow) {
        double[] flow = nodal[0].clone();
        for (int l = 0; l < network.lineCount(); l++) {
            if (network.parentLine(l) < 0) {
                for (int t = 0; t < flow.length; t++) {
                    flow[t] += lineFlow[l][t];
                }
            }
        }
        return flow;
    }

    /**
     * Voltage of every node (eq. 13: u_i - u_j = (P R + Q X) / U²).
     *
     * @param steps number of steps, which a substation without lines has too
     * @param active_kW {@code [line][step]}
     * @param reactive_kvar {@code [line][step]}
     * @return per unit of the network's base, {@code [node][step]}
     */
    public static double[][] voltages_pu(Network network, int steps, double[][] active_kW, double[][] reactive_kvar) {
        double[][] voltage = rows(network.nodeCount(), steps);
        java.util.Arrays.fill(voltage[0], network.voltage().source_pu());
        for (int l = 0; l < network.lineCount(); l++) {
            double perKW = dropPerKW_pu(network, l);
            double perKvar = dropPerKvar_pu(network, l);
            double[] above = voltage[network.parentNode(l)];
            double[] here = voltage[l + 1];
            double[] active = active_kW[l];
            double[] reactive = reactive_kvar[l];
            for (int t = 0; t < steps; t++) {
                here[t] = above[t] - perKW * active[t] - perKvar * reactive[t];
            }
        }
        return voltage;
    }

    /** Rows of 0, made one by one: {@code new double[count][length]} takes many times as long. */
    public static double[][] rows(int count, int length) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = new double[length];
        }
        return rows;
    }

    /** Voltage drop along a line per kW of its active flow. */
    public static double dropPerKW_pu(Network network, int line) {
        Line l = network.line(line);
        return 1000 * l.resistance_ohm() / (network.base_V() * network.base_V());
    }

    /** Voltage drop along a line per kvar of its reactive flow. */
    public static double dropPerKvar_pu(Network network, int line) {
        Line l = network.line(line);
        return 1000 * l.reactance_ohm() / (network.base_V() * network.base_V());
    }
}
