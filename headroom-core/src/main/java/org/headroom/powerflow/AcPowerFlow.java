package org.headroom.powerflow;

import java.util.Arrays;
import org.headroom.network.Network;

/**
 * The AC power flow of a radial network, all steps of a day at once, by backward/forward sweeps over powers (branch flow
 * equations of Baran and Wu, 1989, which are exact on a tree). Balanced three-phase, loads of constant power, the voltage of
 * the substation's node given.
 *
 * <p>A backward sweep adds up what each line delivers and loses, at the voltages known so far; a forward sweep then solves each
 * line's own quadratic in the squared voltage at its far end. A single line is thus exact after one sweep, and what is left to
 * iterate is how losses depend on voltage. Sweeping ends once the changes of squared voltage (per unit) between two sweeps,
 * squared and summed over all nodes, are at most {@value #TOLERANCE} at every step: no voltage then moves by 1e-10. A last
 * backward sweep makes powers and losses balance at these voltages.
 *
 * <p>Arrays are flat, {@code [node * steps + step]} and {@code [line * steps + step]}. Line {@code l} feeds node {@code l + 1};
 * node 0 is the substation's. Power is in kW and kvar, positive for consumption and away from the substation. Everything a
 * solve needs is allocated here once, so an object serves one thread at a time, and answers are those of its last solve. The
 * same input gives the same answers to the bit.
 */
public final class AcPowerFlow {
    private static final double TOLERANCE = 1e-20;
    /** Loads just below collapse converge slowly; any that a network is run at take four to eight sweeps. */
    private static final int MOST_SWEEPS = 200;

    private final int[] parentNode;
    private final double[] perKW_pu;
    private final double[] perKvar_pu;
    private final double source_pu;
    private final int nodes;
    private final int steps;
    private final double[] squared_pu;
    private final double[] active_kW;
    private final double[] reactive_kvar;
    private final double[] loss_kW;
    private final double[] change;
    private final Convergence[] convergence;
    private int sweeps;

    /** How the solve of a step ended. */
    public enum Convergence {
        /** Voltages and losses are there. */
        CONVERGED,
        /**
         * Voltage collapse: a line is asked for more than its impedance lets through. Where all nodes consume this proves that
         * there is no solution; where some feed in, the sweeps have come to no other end.
         */
        COLLAPSED,
        /** Not settled when the sweeps ran out; the load is at the brink of collapse. */
        UNDECIDED
    }

    /**
     * Takes a network as arrays.
     *
     * @param parentNode node at the substation's side of each line, at most the line's own index
     * @param perKW_pu resistance of each line, 1000 R / U² (per unit at a base of 1 kW), at least 0
     * @param perKvar_pu reactance of each line likewise
     * @param source_pu voltage of the substation's node
     * @param steps steps solved at once
     */
    public AcPowerFlow(int[] parentNode, double[] perKW_pu, double[] perKvar_pu, double source_pu, int steps) {
        if (perKW_pu.length != parentNode.length || perKvar_pu.length != parentNode.length) {
            throw new IllegalArgumentException("%d lines, but %d resistances and %d reactances"
                    .formatted(parentNode.length, perKW_pu.length, perKvar_pu.length));
        }
        for (int l = 0; l < parentNode.length; l++) {
            if (parentNode[l] < 0 || parentNode[l] > l) {
                throw new IllegalArgumentException(
                        "line %d: its upper node is %d, expected 0 to %d.\nMaybe the lines are not in order, parents first."
                                .formatted(l, parentNode[l], l));
            }
            if (!(perKW_pu[l] >= 0 && perKvar_pu[l] >= 0)) {
                throw new IllegalArgumentException(
                        "line %d: impedance is %s + j%s, expected at least 0".formatted(l, perKW_pu[l], perKvar_pu[l]));
            }
        }
        this.parentNode = parentNode.clone();
        this.perKW_pu = perKW_pu.clone();
        this.perKvar_pu = perKvar_pu.clone();
        this.source_pu = source_pu;
        this.nodes = parentNode.length + 1;
        this.steps = steps;
        this.squared_pu = new double[nodes * steps];
        this.active_kW = new double[nodes * steps];
        this.reactive_kvar = new double[nodes * steps];
        this.loss_kW = new double[parentNode.length * steps];
        this.change = new double[steps];
        this.convergence = new Convergence[steps];
        Arrays.fill(convergence, Convergence.UNDECIDED);
    }

    /** The power flow of a network. */
    public static AcPowerFlow of(Network network, int steps) {
        int[] parentNode = new int[network.lineCount()];
        double[] perKW = new double[parentNode.length];
        double[] perKvar = new double[parentNode.length];
        for (int l = 0; l < parentNode.length; l++) {
            parentNode[l] = network.parentNode(l);
            perKW[l] = LosslessFlow.dropPerKW_pu(network, l);
            perKvar[l] = LosslessFlow.dropPerKvar_pu(network, l);
        }
        return new AcPowerFlow(parentNode, perKW, perKvar, network.voltage().source_pu(), steps);
    }

    /**
     * Solves all steps. A step without a solution does not hold up the others; its voltages, losses and substation powers are NaN.
     *
     * @param nodal_kW net consumption, {@code [node * steps + step]}
     * @param nodal_kvar likewise
     * @return whether every step converged
     */
    public boolean solve(double[] nodal_kW, double[] nodal_kvar) {
        if (nodal_kW.length != nodes * steps || nodal_kvar.length != nodes * steps) {
            throw new IllegalArgumentException("%d kW and %d kvar, expected %d of each: %d nodes at %d steps"
                    .formatted(nodal_kW.length, nodal_kvar.length, nodes * steps, nodes, steps));
        }
        Arrays.fill(squared_pu, source_pu * source_pu);
        sweeps = 0;
        boolean open = true;
        while (open && sweeps < MOST_SWEEPS) {
            sweeps++;
            sweepBackward(nodal_kW, nodal_kvar);
            sweepForward();
            open = false;
            for (int t = 0; t < steps; t++) {
                open |= change[t] > TOLERANCE; // false for NaN, which no further sweep would mend
            }
        }
        boolean all = true;
        for (int t = 0; t < steps; t++) {
            convergence[t] = change[t] <= TOLERANCE
                    ? Convergence.CONVERGED
                    : Double.isNaN(change[t]) ? Convergence.COLLAPSED : Convergence.UNDECIDED;
            if (convergence[t] != Convergence.CONVERGED) {
                all = false;
                for (int n = 0; n < nodes; n++) {
                    squared_pu[n * steps + t] = Double.NaN;
                }
            }
        }
        sweepBackward(nodal_kW, nodal_kvar);
        return all;
    }

    /** Adds up powers and losses from the leaves to the substation, at the voltages of now. */
    private void sweepBackward(double[] nodal_kW, double[] nodal_kvar) {
        System.arraycopy(nodal_kW, 0, active_kW, 0, active_kW.length);
        System.arraycopy(nodal_kvar, 0, reactive_kvar, 0, reactive_kvar.length);
        for (int l = parentNode.length - 1; l >= 0; l--) {
            addToParent(
                    active_kW,
                    reactive_kvar,
                    squared_pu,
                    loss_kW,
                    perKW_pu[l],
                    perKvar_pu[l],
                    l * steps,
                    parentNode[l] * steps,
                    steps);
        }
    }

    private static void addToParent(
            double[] p,
            double[] q,
            double[] squared,
            double[] loss,
            double r,
            double x,
            int line,
            int parent,
            int steps) {
        int node = line + steps;
        for (int t = 0; t < steps; t++) {
            double active = p[node + t];
            double reactive = q[node + t];
            double current =
                    (active * active + reactive * reactive) / squared[node + t]; // squared, and so per unit of 1 kW
            double lost = r * current;
            loss[line + t] = lost;
            p[parent + t] += active + lost;
            q[parent + t] += reactive + x * current;
        }
    }

    /** Finds voltages from the substation to the leaves, at the powers of now, and how far they have moved. */
    private void sweepForward() {
        Arrays.fill(change, 0);
        for (int l = 0; l < parentNode.length; l++) {
            dropFromParent(
                    active_kW,
                    reactive_kvar,
                    squared_pu,
                    change,
                    perKW_pu[l],
                    perKvar_pu[l],
                    (l + 1) * steps,
                    parentNode[l] * steps,
                    steps);
        }
    }

    /** The upper root of u² - (u_parent - 2 (r p + x q)) u + (r² + x²) (p² + q²) = 0, u a squared voltage. */
    private static void dropFromParent(
            double[] p,
            double[] q,
            double[] squared,
            double[] change,
            double r,
            double x,
            int node,
            int parent,
            int steps) {
        double impedance = r * r + x * x;
        for (int t = 0; t < steps; t++) {
            double active = p[node + t];
            double reactive = q[node + t];
            double half = 0.5 * squared[parent + t] - (r * active + x * reactive);
            double root = Math.sqrt(half * half - impedance * (active * active + reactive * reactive));
            double found = half > 0 ? half + root : Double.NaN; // with half <= 0 neither root is a voltage
            double moved = found - squared[node + t];
            change[t] += moved * moved;
            squared[node + t] = found;
        }
    }

    public Convergence convergence(int step) {
        return convergence[step];
    }

    /** Sweeps that the last solve took, the same for all steps. */
    public int sweeps() {
        return sweeps;
    }

    /** Voltage of a node, per unit of the network's base. */
    public double voltage_pu(int node, int step) {
        return Math.sqrt(squared_pu[node * steps + step]);
    }

    /** Active power that a line delivers at its far end; it takes {@link #loss_kW} more at the substation's side. */
    public double delivered_kW(int line, int step) {
        return active_kW[(line + 1) * steps + step];
    }

    /** Reactive power that a line delivers at its far end. */
    public double delivered_kvar(int line, int step) {
        return reactive_kvar[(line + 1) * steps + step];
    }

    /** Active power lost in a line. */
    public double loss_kW(int line, int step) {
        return loss_kW[line * steps + step];
    }

    /** Reactive power that a line takes up. */
    public double loss_kvar(int line, int step) {
        double p = delivered_kW(line, step);
        double q = delivered_kvar(line, step);
        return perKvar_pu[line] * ((p * p + q * q) / squared_pu[(line + 1) * steps + step]);
    }

    /** Active power of the substation: its lines, their losses, and what is taken at its own node. */
    public double substation_kW(int step) {
        return active_kW[step];
    }

    /** Reactive power of the substation. */
    public double substation_kvar(int step) {
        return reactive_kvar[step];
    }

    /** Losses of all lines at a step. */
    public double losses_kW(int step) {
        double sum = 0;
        for (int l = 0; l < parentNode.length; l++) {
            sum += loss_kW[l * steps + step];
        }
        return sum;
    }
}
