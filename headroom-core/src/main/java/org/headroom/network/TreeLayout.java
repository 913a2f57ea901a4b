package org.headroom.network;

import java.util.Arrays;

/**
 * A drawing of a network: a point for each node.
 *
 * <p>Where every node has a position, those are the drawing ({@link #surveyed()}). Otherwise the tree is drawn hanging from its
 * substation: y is minus the length of the path from the substation in metres, x is in units of one leaf, from 0 to leaves − 1.
 * The child with the longest path below it stands straight under its parent, so that a feeder's spine is a straight line; its
 * siblings hang to both sides, the first outermost. Feeders stand in the network's order, the substation above their middle.
 *
 * <p>Lines of a drawn tree are elbows: across at the upper node's y, then down. Subtrees share no x, so no two lines cross and
 * no two nodes coincide. (Straight lines would cross: a long lateral passes below the laterals of the next joint.)
 */
public final class TreeLayout {
    private final boolean surveyed;
    private final double[] x;
    private final double[] y;

    private TreeLayout(boolean surveyed, double[] x, double[] y) {
        this.surveyed = surveyed;
        this.x = x;
        this.y = y;
    }

    /** The drawing of a network; the same network gives the same drawing. */
    public static TreeLayout of(Network network) {
        int nodes = network.nodeCount();
        double[] x = new double[nodes];
        double[] y = new double[nodes];
        for (int n = 0; n < nodes; n++) {
            Position position = network.node(n).position();
            if (position == null) {
                return drawn(network);
            }
            x[n] = position.x_m();
            y[n] = position.y_m();
        }
        return new TreeLayout(true, x, y);
    }

    private static TreeLayout drawn(Network network) {
        int nodes = network.nodeCount();
        int[] main = mainChildren(network);
        int[] leaves = new int[nodes];
        double[] y = new double[nodes];
        for (int l = network.lineCount() - 1; l >= 0; l--) {
            leaves[l + 1] = Math.max(1, leaves[l + 1]);
            leaves[network.parentNode(l)] += leaves[l + 1];
        }
        boolean[] toTheRight = new boolean[nodes];
        int[] hops = new int[nodes];
        int[] laterals = new int[nodes];
        int[] leavesLeft = new int[nodes]; // of each node's laterals on its left
        for (int l = 0; l < network.lineCount(); l++) {
            int child = l + 1;
            int parent = network.parentNode(l);
            hops[child] = hops[parent] + 1;
            if (parent != 0 && child != main[parent]) {
                toTheRight[child] = (hops[parent] + laterals[parent]++) % 2 == 1;
                leavesLeft[parent] += toTheRight[child] ? 0 : leaves[child];
            }
        }
        int[] left = new int[nodes]; // the leaves below each node are left to right - 1
        int[] right = new int[nodes];
        int[] nextLeft = new int[nodes];
        int[] nextRight = new int[nodes];
        right[0] = Math.max(1, leaves[0]);
        nextRight[0] = right[0];
        for (int l = 0; l < network.lineCount(); l++) {
            int child = l + 1;
            int parent = network.parentNode(l);
            y[child] = y[parent] - network.line(l).length_m();
            if (parent != 0 && child == main[parent]) {
                left[child] = left[parent] + leavesLeft[parent];
            } else if (toTheRight[child]) {
                nextRight[parent] -= leaves[child];
                left[child] = nextRight[parent];
            } else {
                left[child] = nextLeft[parent];
                nextLeft[parent] += leaves[child];
            }
            right[child] = left[child] + leaves[child];
            nextLeft[child] = left[child];
            nextRight[child] = right[child];
        }
        double[] x = new double[nodes];
        for (int n = nodes - 1; n > 0; n--) {
            x[n] = main[n] < 0 ? left[n] : x[main[n]];
        }
        x[0] = (right[0] - 1) / 2.0;
        return new TreeLayout(false, x, y);
    }

    /** Of each node the child with the longest path in metres below it, the first of equals; -1 for a leaf. */
    private static int[] mainChildren(Network network) {
        double[] below_m = new double[network.nodeCount()];
        int[] main = new int[network.nodeCount()];
        Arrays.fill(main, -1);
        for (int l = network.lineCount() - 1; l >= 0; l--) {
            int parent = network.parentNode(l);
            double path_m = below_m[l + 1] + network.line(l).length_m();
            if (path_m >= below_m[parent]) {
                below_m[parent] = path_m;
                main[parent] = l + 1;
            }
        }
        return main;
    }

    /** True where the points are the nodes' own positions in metres, false where they are a drawing of the tree. */
    public boolean surveyed() {
        return surveyed;
    }

    /** Metres east where surveyed, else leaves from the left. */
    public double x(int node) {
        return x[node];
    }

    /** Metres north where surveyed, else minus the path length from the substation in metres. */
    public double y(int node) {
        return y[node];
    }
}
