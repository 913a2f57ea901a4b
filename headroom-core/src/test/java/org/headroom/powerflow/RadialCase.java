package org.headroom.powerflow;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.headroom.network.Network;
import org.headroom.network.format.ImportedNetwork;

/**
 * One step on a radial network, as arrays: lines may have no impedance, which a {@link Network} does not allow.
 */
final class RadialCase {
    private final String name;
    final double base_V;
    final double source_pu;
    /** Node at the substation's side of each line. */
    final int[] parentNode;
    /** Of each line, per phase. */
    final double[] resistance_ohm;
    /** Of each line, per phase. */
    final double[] reactance_ohm;
    /** Net consumption of each node. */
    final double[] kW;
    /** Net consumption of each node. */
    final double[] kvar;

    RadialCase(
            String name,
            double base_V,
            double source_pu,
            int[] parentNode,
            double[] resistance_ohm,
            double[] reactance_ohm,
            double[] kW,
            double[] kvar) {
        this.name = name;
        this.base_V = base_V;
        this.source_pu = source_pu;
        this.parentNode = parentNode;
        this.resistance_ohm = resistance_ohm;
        this.reactance_ohm = reactance_ohm;
        this.kW = kW;
        this.kvar = kvar;
    }

    /** Kinds of tree, from a star to a single line. */
    enum Shape {
        STAR,
        BUSHY,
        RANDOM,
        SPINES,
        SINGLE_LINE;

        int parent(int line, SplittableRandom random) {
            return switch (this) {
                case STAR -> 0;
                case BUSHY -> line / 3;
                case RANDOM -> random.nextInt(line + 1);
                case SPINES -> line % 20 == 0 || random.nextInt(4) == 0 ? random.nextInt(line + 1) : line;
                case SINGLE_LINE -> line;
            };
        }
    }

    /** A random network; its loads, some of which feed in, leave about a tenth of the voltage on the way. */
    static RadialCase random(Shape shape, int nodes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int lines = nodes - 1;
        int[] parent = new int[lines];
        double[] r = new double[lines];
        double[] x = new double[lines];
        double[] kW = new double[nodes];
        double[] kvar = new double[nodes];
        for (int l = 0; l < lines; l++) {
            parent[l] = shape.parent(l, random);
            r[l] = random.nextDouble(1e-3, 0.05);
            x[l] = r[l] * random.nextDouble(0.05, 1.5);
        }
        for (int n = 0; n < nodes; n++) {
            kW[n] = n < lines && random.nextInt(4) == 0 ? 0 : random.nextDouble(-1, 4);
            kvar[n] = random.nextDouble(-0.2, 1) * Math.abs(kW[n]);
        }
        RadialCase whole = new RadialCase(
                "%s of %d nodes, seed %d".formatted(shape, nodes, seed), 400, 1.02, parent, r, x, kW, kvar);
        return whole.scaled(0.1 / whole.largestLosslessDrop_pu());
    }

    /** A network with the same load at every home, and a little at nodes without, power factor .95. */
    static RadialCase of(String name, Network network, double home_kW) {
        int lines = network.lineCount();
        int[] parent = new int[lines];
        double[] r = new double[lines];
        double[] x = new double[lines];
        double[] kW = new double[network.nodeCount()];
        double[] kvar = new double[network.nodeCount()];
        for (int l = 0; l < lines; l++) {
            parent[l] = network.parentNode(l);
            r[l] = network.line(l).resistance_ohm();
            x[l] = network.line(l).reactance_ohm();
        }
        for (int n = 0; n < kW.length; n++) {
            kW[n] = home_kW * (network.node(n).homes() + 0.01 * (n % 3));
            kvar[n] = kW[n] * Math.tan(Math.acos(0.95));
        }
        return new RadialCase(name, network.base_V(), network.voltage().source_pu(), parent, r, x, kW, kvar);
    }

    /** A network as read, with the loads that its file states. */
    static RadialCase stated(String name, ImportedNetwork imported) {
        Network network = imported.network();
        RadialCase at = of(name, network, 1);
        for (int n = 0; n < at.kW.length; n++) {
            at.kW[n] = imported.loads().kW(n);
            at.kvar[n] = imported.loads().kvar(n);
        }
        return at;
    }

    /** The same network at another load. */
    RadialCase scaled(double factor) {
        return new RadialCase(
                name,
                base_V,
                source_pu,
                parentNode,
                resistance_ohm,
                reactance_ohm,
                times(kW, factor),
                times(kvar, factor));
    }

    /** The same, with every third line a perfect conductor. */
    RadialCase withPerfectConductors() {
        double[] r = resistance_ohm.clone();
        double[] x = reactance_ohm.clone();
        for (int l = 1; l < r.length; l += 3) {
            r[l] = 0;
            x[l] = 0;
        }
        return new RadialCase(name + ", some lines without impedance", base_V, source_pu, parentNode, r, x, kW, kvar);
    }

    private static double[] times(double[] values, double factor) {
        double[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    /** Nodes on the way from the substation to a node, that node first, the substation's left out. */
    private List<Integer> path(int node) {
        List<Integer> path = new ArrayList<>();
        for (int n = node; n > 0; n = parentNode[n - 1]) {
            path.add(n);
        }
        return path;
    }

    private double largestLosslessDrop_pu() {
        double[] line_kW = new double[parentNode.length];
        double[] line_kvar = new double[parentNode.length];
        for (int n = 1; n < kW.length; n++) {
            for (int below : path(n)) {
                line_kW[below - 1] += kW[n];
                line_kvar[below - 1] += kvar[n];
            }
        }
        double largest = 0;
        for (int n = 1; n < kW.length; n++) {
            double drop = 0;
            for (int above : path(n)) {
                int l = above - 1;
                drop += (line_kW[l] * resistance_ohm[l] + line_kvar[l] * reactance_ohm[l]) * 1000 / (base_V * base_V);
            }
            largest = Math.max(largest, Math.abs(drop));
        }
        return largest;
    }

    /** Ours, solved for this one step. */
    AcPowerFlow solve() {
        AcPowerFlow flow = flow(1);
        flow.solve(kW, kvar);
        return flow;
    }

    /** Ours, not solved yet. */
    AcPowerFlow flow(int steps) {
        return new AcPowerFlow(
                parentNode,
                times(resistance_ohm, 1000 / (base_V * base_V)),
                times(reactance_ohm, 1000 / (base_V * base_V)),
                source_pu,
                steps);
    }

    @Override
    public String toString() {
        return name;
    }
}
