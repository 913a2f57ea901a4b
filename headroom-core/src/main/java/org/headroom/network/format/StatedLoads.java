package org.headroom.network.format;

import java.util.HashMap;
import java.util.Map;
import org.headroom.network.Network;

/**
 * The demand that a file states at the nodes of its network, generation not deducted. The model has homes instead, whose demand
 * is simulated; a power flow of the file's own case takes these.
 */
public final class StatedLoads {
    private final double[] kW;
    private final double[] kvar;

    private StatedLoads(double[] kW, double[] kvar) {
        this.kW = kW;
        this.kvar = kvar;
    }

    /** No demand at any node. */
    public static StatedLoads none(Network network) {
        return new Builder().build(network);
    }

    /** Active power at a node of the network that was read. */
    public double kW(int node) {
        return kW[node];
    }

    /** Reactive power at a node, above 0 where inductive. */
    public double kvar(int node) {
        return kvar[node];
    }

    /** Loads being gathered by node while a file is read. */
    static final class Builder {
        private final Map<String, double[]> byNode = new HashMap<>();

        void add(String node, double kW, double kvar) {
            double[] sum = byNode.computeIfAbsent(node, id -> new double[2]);
            sum[0] += kW;
            sum[1] += kvar;
        }

        StatedLoads build(Network network) {
            double[] kW = new double[network.nodeCount()];
            double[] kvar = new double[network.nodeCount()];
            byNode.forEach((node, sum) -> {
                Integer index = network.findNode(node);
                if (index == null) {
                    throw new IllegalStateException("load at " + node + ", which is no node");
                }
                kW[index] = sum[0];
                kvar[index] = sum[1];
            });
            return new StatedLoads(kW, kvar);
        }
    }
}
