package org.headroom.similar.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Copies of a network in which subtrees have changed places at random: every node keeps its line, its homes and its number of lines
 * below; which node feeds which is lost. What a gate should refuse, as it does shuffled copies.
 */
final class RewiredCopies {
    private static final int SWAPS_PER_NODE = 20;

    private RewiredCopies() {}

    static NetworkShape copy(NetworkShape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int nodes = shape.nodes();
        int[] parent = new int[nodes];
        Arrays.setAll(parent, shape::parent);
        for (int swap = 0; swap < SWAPS_PER_NODE * nodes; swap++) {
            int a = random.nextInt(nodes);
            int b = random.nextInt(nodes);
            if (parent[a] != parent[b] && !isAbove(parent, a, b) && !isAbove(parent, b, a)) {
                int above = parent[a];
                parent[a] = parent[b];
                parent[b] = above;
            }
        }
        int[] order = parentsFirst(parent);
        int[] place = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            place[order[i]] = i;
        }
        int[] placed = Arrays.stream(order)
                .map(n -> parent[n] == NetworkShape.SUBSTATION ? NetworkShape.SUBSTATION : place[parent[n]])
                .toArray();
        return new NetworkShape(
                shape.name(),
                shape.homesAtSubstation(),
                placed,
                Arrays.stream(order).map(shape::homes).toArray(),
                Arrays.stream(order).mapToDouble(shape::length_m).toArray(),
                Arrays.stream(order).mapToDouble(shape::resistance_ohm).toArray(),
                Arrays.stream(order).mapToDouble(shape::reactance_ohm).toArray(),
                Arrays.stream(order).mapToDouble(shape::rating_A).toArray());
    }

    /** Whether a node is another one or lies above it. */
    private static boolean isAbove(int[] parent, int above, int node) {
        int n = node;
        while (n != NetworkShape.SUBSTATION && n != above) {
            n = parent[n];
        }
        return n == above;
    }

    private static int[] parentsFirst(int[] parent) {
        List<Integer> order = new ArrayList<>();
        for (int n = 0; n < parent.length; n++) {
            if (parent[n] == NetworkShape.SUBSTATION) {
                order.add(n);
            }
        }
        for (int i = 0; i < order.size(); i++) {
            int above = order.get(i);
            for (int n = 0; n < parent.length; n++) {
                if (parent[n] == above) {
                    order.add(n);
                }
            }
        }
        return order.stream().mapToInt(n -> n).toArray();
    }
}
