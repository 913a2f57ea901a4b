package org.headroom.similar.generate;

import java.util.Arrays;

/**
 * A network being drawn, as arrays with room for a number of nodes; used again for each try. The substation's node is not
 * counted: {@code -1} stands for it. Parents stand before their children.
 */
final class Draft {
    final int[] parent;
    final int[] height;
    final int[] children;
    /** Feeder that a node belongs to. */
    final int[] feeder;
    /** Whether a node begins a side path; otherwise it goes on the path of its parent, or begins a feeder. */
    final boolean[] side;

    final int[] homes;
    final int[] homesBelow;
    final int[] publicChargers;
    /** Real edge that the line's type is copied from. */
    final int[] edge;

    final double[] length_m;
    int nodes;
    int feeders;
    int leaves;
    /** Height of the substation's node. */
    int rootHeight;

    int totalHomes;

    Draft(int most) {
        parent = new int[most];
        height = new int[most];
        children = new int[most];
        feeder = new int[most];
        side = new boolean[most];
        homes = new int[most];
        homesBelow = new int[most];
        publicChargers = new int[most];
        edge = new int[most];
        length_m = new double[most];
    }

    /** Adds up homes at and below each node. */
    void sumHomes() {
        System.arraycopy(homes, 0, homesBelow, 0, nodes);
        totalHomes = 0;
        for (int n = nodes - 1; n >= 0; n--) {
            totalHomes += homes[n];
            if (parent[n] >= 0) {
                homesBelow[parent[n]] += homesBelow[n];
            }
        }
    }

    /** Counts leaves, feeders, children and heights from the parents. */
    void measure() {
        Arrays.fill(children, 0, nodes, 0);
        Arrays.fill(height, 0, nodes, 0);
        feeders = 0;
        rootHeight = 0;
        for (int n = nodes - 1; n >= 0; n--) {
            int above = parent[n];
            if (above < 0) {
                feeders++;
                rootHeight = Math.max(rootHeight, height[n] + 1);
            } else {
                children[above]++;
                height[above] = Math.max(height[above], height[n] + 1);
            }
        }
        leaves = 0;
        for (int n = 0; n < nodes; n++) {
            leaves += children[n] == 0 ? 1 : 0;
        }
    }
}
