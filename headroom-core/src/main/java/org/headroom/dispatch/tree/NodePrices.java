package org.headroom.dispatch.tree;

import org.headroom.dispatch.DayProblem;
import org.headroom.network.Network;
import org.headroom.powerflow.LosslessFlow;
import org.jspecify.annotations.Nullable;

/**
 * Prices of power at every node and home, and those they come from: of bills, of the assets on the way, of voltages. In GBP per kW (or
 * per unit) and step; flat arrays, steps within nodes, assets or homes.
 */
final class NodePrices {
    private final Network network;
    private final int steps;

    /** Of power at the substation where the community pays one bill, {@code [step]}. */
    private final double[] root;
    /** Of a home's own bill, where homes pay, {@code [home, step]}; null where the community does. */
    private final double @Nullable [] home;
    /** Of the active flow of an asset, {@code [asset, step]}. */
    private final double[] active;
    /** Of the voltage drop at a node, {@code [node, step]}; null until one is set. */
    private double @Nullable [] voltage;

    private final double[] node;
    private boolean negative;

    /** Prices of 0. */
    NodePrices(DayProblem problem, boolean homesPay) {
        network = problem.network();
        steps = problem.stepCount();
        root = new double[steps];
        home = homesPay ? new double[problem.homeCount() * steps] : null;
        active = new double[problem.assetCount() * steps];
        node = new double[network.nodeCount() * steps];
    }

    void setRoot(int step, double price) {
        root[step] = price;
    }

    void setHome(int h, int step, double price) {
        if (home == null) {
            throw new IllegalStateException("the community pays");
        }
        home[h * steps + step] = price;
    }

    void setActive(int asset, int step, double price) {
        active[asset * steps + step] = price;
    }

    void setVoltage(int n, int step, double price) {
        if (voltage == null) {
            voltage = new double[node.length];
        }
        voltage[n * steps + step] = price;
    }

    /** Prices at the nodes, once all others are set. */
    void settle() {
        double[] voltageBelow = voltage == null ? null : voltage.clone();
        for (int a = network.lineCount(); voltageBelow != null && a > 0; a--) {
            int above = network.parentNode(a - 1) * steps;
            for (int t = 0; t < steps; t++) {
                voltageBelow[above + t] += voltageBelow[a * steps + t];
            }
        }
        negative = home != null;
        for (int t = 0; t < steps; t++) {
            node[t] = root[t] - active[t];
            negative |= node[t] < 0;
        }
        for (int l = 0; l < network.lineCount(); l++) {
            int above = network.parentNode(l) * steps;
            int here = (l + 1) * steps;
            double drop = voltageBelow == null ? 0 : LosslessFlow.dropPerKW_pu(network, l);
            for (int t = 0; t < steps; t++) {
                double price = node[above + t] - active[here + t];
                price += voltageBelow == null ? 0 : drop * voltageBelow[here + t];
                node[here + t] = price;
                negative |= price < 0;
            }
        }
    }

    double root(int step) {
        return root[step];
    }

    double home(int h, int step) {
        return home == null ? 0 : home[h * steps + step];
    }

    double active(int asset, int step) {
        return active[asset * steps + step];
    }

    double voltage(int n, int step) {
        return voltage == null ? 0 : voltage[n * steps + step];
    }

    /** Whether power may have a price below 0 anywhere. */
    boolean mayBeNegative() {
        return negative;
    }

    /** Whether any voltage is priced. */
    boolean voltages() {
        return voltage != null;
    }

    /** Price of power at a node, for a bill that a home pays. */
    double at(int n, int h, int step) {
        return node[n * steps + step] + home(h, step);
    }
}
