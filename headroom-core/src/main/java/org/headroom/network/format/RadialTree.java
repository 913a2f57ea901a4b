package org.headroom.network.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tree that lines between nodes form, seen from its root: a breadth-first search that turns every line away from it. Lines
 * that close a loop or that the search does not reach are refused by name.
 */
final class RadialTree {
    private static final int NAMED_AT_MOST = 6;

    private final List<String> lineNames;
    private final int[][] ends;
    private final Faults faults;
    private final int[] feedingLine;
    private final int[] fed;
    private final List<Integer> reached = new ArrayList<>();

    /** How a fault of a line is told. */
    @FunctionalInterface
    interface Faults {
        /** A fault at the place in the file where a line stands, to be thrown. */
        NetworkFormatException of(int line, String message);
    }

    private RadialTree(int nodeCount, List<String> lineNames, int[][] ends, Faults faults) {
        this.lineNames = lineNames;
        this.ends = ends;
        this.faults = faults;
        this.feedingLine = new int[nodeCount];
        this.fed = new int[lineNames.size()];
        Arrays.fill(feedingLine, -1);
        Arrays.fill(fed, -1);
    }

    /**
     * Searches from the root.
     *
     * @param ends the two nodes of each line, {@code [line][2]}
     * @throws NetworkFormatException for a mesh or a line without supply
     */
    static RadialTree of(int root, int nodeCount, List<String> lineNames, int[][] ends, Faults faults) {
        RadialTree tree = new RadialTree(nodeCount, lineNames, ends, faults);
        tree.grow(root);
        return tree;
    }

    /** Nodes in the order reached, the root first. */
    List<Integer> reached() {
        return reached;
    }

    boolean reaches(int node) {
        return feedingLine[node] >= 0 || node == reached.getFirst();
    }

    /** The node that a line feeds. */
    int fedBy(int line) {
        return fed[line];
    }

    /** The node at a line's other end, on the root's side. */
    int feeding(int line) {
        return other(line, fed[line]);
    }

    private void grow(int root) {
        int[] firstEnd = new int[feedingLine.length + 1];
        for (int[] between : ends) {
            firstEnd[between[0] + 1]++;
            firstEnd[between[1] + 1]++;
        }
        for (int n = 0; n < feedingLine.length; n++) {
            firstEnd[n + 1] += firstEnd[n];
        }
        int[] lineOfEnd = new int[2 * ends.length];
        int[] next = firstEnd.clone();
        for (int l = 0; l < ends.length; l++) {
            lineOfEnd[next[ends[l][0]]++] = l;
            lineOfEnd[next[ends[l][1]]++] = l;
        }
        List<Integer> closing = new ArrayList<>();
        reached.add(root);
        for (int at = 0; at < reached.size(); at++) {
            int node = reached.get(at);
            for (int i = firstEnd[node]; i < firstEnd[node + 1]; i++) {
                int line = lineOfEnd[i];
                int other = other(line, node);
                if (fed[line] >= 0 || line == feedingLine[node]) {
                    continue;
                }
                fed[line] = other;
                if (reaches(other)) {
                    closing.add(line);
                } else {
                    feedingLine[other] = line;
                    reached.add(other);
                }
            }
        }
        if (!closing.isEmpty()) {
            throw mesh(closing.getFirst(), closing.size());
        }
        refuseOrphans();
    }

    private int other(int line, int node) {
        return ends[line][0] == node ? ends[line][1] : ends[line][0];
    }

    private NetworkFormatException mesh(int closing, int loops) {
        int upper = ends[closing][0];
        int lower = ends[closing][1];
        if (upper == lower) {
            return faults.of(
                    closing, "line %s has both ends at one node, expected two.".formatted(lineNames.get(closing)));
        }
        List<String> around = new ArrayList<>(List.of(lineNames.get(closing)));
        boolean[] above = new boolean[feedingLine.length];
        for (int n = upper; ; n = other(feedingLine[n], n)) {
            above[n] = true;
            if (feedingLine[n] < 0) {
                break;
            }
        }
        int meeting = lower;
        while (!above[meeting]) {
            around.add(lineNames.get(feedingLine[meeting]));
            meeting = other(feedingLine[meeting], meeting);
        }
        for (int n = upper; n != meeting; n = other(feedingLine[n], n)) {
            around.add(lineNames.get(feedingLine[n]));
        }
        String more = loops == 1 ? "" : ", and %d more do".formatted(loops - 1);
        return faults.of(
                closing,
                "lines %s form a loop%s, expected a tree: the network is meshed.\nMaybe %s missing."
                        .formatted(
                                named(around),
                                more,
                                loops == 1 ? "an open point is" : "%d open points are".formatted(loops)));
    }

    private void refuseOrphans() {
        List<String> orphans = new ArrayList<>();
        int first = -1;
        for (int l = fed.length - 1; l >= 0; l--) {
            if (fed[l] < 0) {
                first = l;
                orphans.addFirst(lineNames.get(l));
            }
        }
        if (first >= 0) {
            throw faults.of(
                    first,
                    "%d line(s) have no supply from the busbar: %s.\nMaybe a line between is missing."
                            .formatted(orphans.size(), named(orphans)));
        }
    }

    /** The first few names, and how many there are. */
    static String named(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED_AT_MOST, names.size())))
                + (names.size() > NAMED_AT_MOST ? ", … (%d in all)".formatted(names.size()) : "");
    }
}
