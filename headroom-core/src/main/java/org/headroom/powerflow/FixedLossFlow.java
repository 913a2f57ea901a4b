package org.headroom.powerflow;

import org.headroom.network.Network;

/**
 * The linear power flow of a radial network whose lines lose a fixed share of what they carry (paper, Sec. 4.2: "a relatively
 * fixed loss coefficient").
 *
 * <p>A line that delivers P at its lower end takes P + share·|P| at its upper end: it takes more than it delivers downwards, and
 * hands up less than it is given from below, so that no direction makes energy. Only active power is lost, and none in the
 * transformer. At a share of 0 every number is that of {@link LosslessFlow}, to the bit.
 */
public final class FixedLossFlow {
    private FixedLossFlow() {}

    /**
     * What a line takes at its upper end.
     *
     * @param delivered_kW flow at its lower end, positive away from the substation
     */
    public static double taken_kW(double delivered_kW, double share) {
        return delivered_kW + share * Math.abs(delivered_kW);
    }

    /**
     * Flow of a line at the end where the power goes in, which is where it is largest: the upper end of a flow away from the
     * substation, the lower end of one towards it. A convex function of the flow delivered.
     */
    public static double entering_kW(double delivered_kW, double share) {
        return delivered_kW > 0 ? delivered_kW + share * delivered_kW : delivered_kW;
    }

    /**
     * Flow of every line at the end where the power goes in.
     *
     * @param delivered_kW flow at its lower end, {@code [line][step]}, positive away from the substation
     * @return {@code [line][step]}
     */
    public static double[][] entering_kW(double[][] delivered_kW, double share) {
        double[][] entering = new double[delivered_kW.length][];
        for (int l = 0; l < entering.length; l++) {
            entering[l] = new double[delivered_kW[l].length];
            for (int t = 0; t < entering[l].length; t++) {
                entering[l][t] = entering_kW(delivered_kW[l][t], share);
            }
        }
        return entering;
    }

    /**
     * What every line delivers at its lower end: what the node there takes, and the lines below at their upper ends.
     *
     * @param nodal_kW net consumption, {@code [node][step]}
     * @return {@code [line][step]}, positive away from the substation
     */
    public static double[][] delivered_kW(Network network, double[][] nodal_kW, double share) {
        int steps = nodal_kW[0].length;
        double[][] delivered = LosslessFlow.rows(network.lineCount(), steps);
        for (int l = network.lineCount() - 1; l >= 0; l--) {
            double[] own = nodal_kW[l + 1];
            double[] here = delivered[l];
            for (int t = 0; t < steps; t++) {
                here[t] += own[t];
            }
            int parent = network.parentLine(l);
            if (parent >= 0) {
                double[] above = delivered[parent];
                for (int t = 0; t < steps; t++) {
                    above[t] += taken_kW(here[t], share);
                }
            }
        }
        return delivered;
    }

    /**
     * Flow of the substation: what its own node takes, and its lines at their upper ends.
     *
     * @param nodal_kW net consumption, {@code [node][step]}
     * @param delivered_kW {@code [line][step]}
     * @return {@code [step]}
     */
    public static double[] substationFlow_kW(
            Network network, double[][] nodal_kW, double[][] delivered_kW, double share) {
        double[] flow = nodal_kW[0].clone();
        for (int l = 0; l < network.lineCount(); l++) {
            if (network.parentLine(l) < 0) {
                for (int t = 0; t < flow.length; t++) {
                    flow[t] += taken_kW(delivered_kW[l][t], share);
                }
            }
        }
        return flow;
    }
}
