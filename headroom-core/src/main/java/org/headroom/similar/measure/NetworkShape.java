package org.headroom.similar.measure;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.NetworkStatistics.Edge;

/**
 * What the measures see of a network: its tree, homes and lines, as flat arrays. Immutable.
 *
 * <p>Line {@code l} feeds node {@code l}; the substation's node is not counted and is the parent {@code -1}. Parents stand
 * before their children.
 */
public final class NetworkShape {
    /** The parent of the feeders' first nodes: the substation's. */
    public static final int SUBSTATION = -1;

    /**
     * Upper ends of the rating classes, A. Cables of one class do the same work whether their size is metric or imperial: 25
     * Al and .0225 in², 35 Al and .04 in², and so on up the table of cables; above it, classes of the same width.
     */
    private static final double[] CLASS_ENDS_A = {85, 115, 150, 210, 265, 300, 340, 480, 680};

    /** Number of rating classes. */
    public static final int RATING_CLASSES = CLASS_ENDS_A.length + 1;

    private final String name;
    private final int homesAtSubstation;
    private final int[] parent;
    private final int[] homes;
    private final double[] length_m;
    private final double[] resistance_ohm;
    private final double[] reactance_ohm;
    private final double[] rating_A;
    private final int[] ratingClass;
    private final int[] children;
    private final int[] height;
    private final int[] depth;
    private final int[] homesBelow;
    private final int feeders;
    private final int totalHomes;

    /**
     * The shape of a tree given by arrays, one entry a line; they are copied.
     *
     * @param name of the network, for messages
     * @param homesAtSubstation homes at the substation's own node
     * @param parent the node above each, less than its own index; {@link #SUBSTATION} below the substation
     * @param homes homes at each node
     * @param rating_A continuous current of each line
     * @throws InputException where there is no line or no home: nothing could be compared
     */
    public NetworkShape(
            String name,
            int homesAtSubstation,
            int[] parent,
            int[] homes,
            double[] length_m,
            double[] resistance_ohm,
            double[] reactance_ohm,
            double[] rating_A) {
        int nodes = parent.length;
        if (nodes == 0) {
            throw new InputException(
                    "network %s: no line, expected at least 1 to compare networks by.".formatted(name));
        }
        this.name = name;
        this.homesAtSubstation = homesAtSubstation;
        this.parent = parent.clone();
        this.homes = Arrays.copyOf(homes, nodes);
        this.length_m = Arrays.copyOf(length_m, nodes);
        this.resistance_ohm = Arrays.copyOf(resistance_ohm, nodes);
        this.reactance_ohm = Arrays.copyOf(reactance_ohm, nodes);
        this.rating_A = Arrays.copyOf(rating_A, nodes);
        this.ratingClass = new int[nodes];
        this.children = new int[nodes];
        this.height = new int[nodes];
        this.depth = new int[nodes];
        this.homesBelow = homes.clone();
        int fromSubstation = 0;
        for (int n = 0; n < nodes; n++) {
            if (parent[n] >= n || parent[n] < SUBSTATION) {
                throw new IllegalArgumentException(
                        "network %s: node %d has parent %d, expected parents first".formatted(name, n, parent[n]));
            }
            ratingClass[n] = ratingClass(rating_A[n]);
            if (parent[n] == SUBSTATION) {
                fromSubstation++;
                depth[n] = 1;
            } else {
                children[parent[n]]++;
                depth[n] = depth[parent[n]] + 1;
            }
        }
        this.feeders = fromSubstation;
        int total = homesAtSubstation;
        for (int n = nodes - 1; n >= 0; n--) {
            int above = parent[n];
            if (above == SUBSTATION) {
                total += homesBelow[n];
            } else {
                height[above] = Math.max(height[above], height[n] + 1);
                homesBelow[above] += homesBelow[n];
            }
        }
        this.totalHomes = total;
        if (total == homesAtSubstation) {
            throw new InputException(
                    "network %s: no home below the substation, expected at least 1 to compare networks by.\nMaybe its loads were not read as homes."
                            .formatted(name));
        }
    }

    /** The shape of a network. */
    public static NetworkShape of(Network network) {
        int lines = network.lineCount();
        int[] parent = new int[lines];
        int[] homes = new int[lines];
        double[] length_m = new double[lines];
        double[] resistance_ohm = new double[lines];
        double[] reactance_ohm = new double[lines];
        double[] rating_A = new double[lines];
        double kVAperA = Math.sqrt(3) * network.base_V() / 1000;
        for (int l = 0; l < lines; l++) {
            parent[l] = network.parentLine(l);
            homes[l] = network.node(l + 1).homes();
            length_m[l] = network.line(l).length_m();
            resistance_ohm[l] = network.line(l).resistance_ohm();
            reactance_ohm[l] = network.line(l).reactance_ohm();
            rating_A[l] = network.line(l).capacity_kVA() / kVAperA;
        }
        return new NetworkShape(
                network.name(),
                network.node(0).homes(),
                parent,
                homes,
                length_m,
                resistance_ohm,
                reactance_ohm,
                rating_A);
    }

    /** The shape of the network that the statistics were taken from. */
    public static NetworkShape of(NetworkStatistics statistics) {
        List<Edge> edges = statistics.edges();
        double kVAperA = Math.sqrt(3) * statistics.base_V() / 1000;
        int[] homes = edges.stream().mapToInt(Edge::homes).toArray();
        return new NetworkShape(
                statistics.name(),
                statistics.homes() - Arrays.stream(homes).sum(),
                edges.stream().mapToInt(Edge::parent).toArray(),
                homes,
                edges.stream().mapToDouble(Edge::length_m).toArray(),
                edges.stream().mapToDouble(Edge::resistance_ohm).toArray(),
                edges.stream().mapToDouble(Edge::reactance_ohm).toArray(),
                edges.stream()
                        .mapToDouble(edge -> edge.capacity_kVA() / kVAperA)
                        .toArray());
    }

    /** The class of an ampere rating, 0 for the smallest. */
    public static int ratingClass(double rating_A) {
        int c = 0;
        while (c < CLASS_ENDS_A.length && rating_A > CLASS_ENDS_A[c]) {
            c++;
        }
        return c;
    }

    public String name() {
        return name;
    }

    /** Number of nodes without the substation's, which is the number of lines. */
    public int nodes() {
        return parent.length;
    }

    /** Number of lines that leave the substation. */
    public int feeders() {
        return feeders;
    }

    /** Homes at the substation's own node. */
    public int homesAtSubstation() {
        return homesAtSubstation;
    }

    /** All homes, those at the substation's node included. */
    public int totalHomes() {
        return totalHomes;
    }

    /** The node above, or {@link #SUBSTATION}. */
    public int parent(int node) {
        return parent[node];
    }

    /** Homes at a node. */
    public int homes(int node) {
        return homes[node];
    }

    /** Homes at a node and below it. */
    public int homesBelow(int node) {
        return homesBelow[node];
    }

    /** Number of lines below a node. */
    public int children(int node) {
        return children[node];
    }

    /** Lines on the longest path from a node down to a leaf. */
    public int height(int node) {
        return height[node];
    }

    /** Lines between a node and the substation, at least 1. */
    public int depth(int node) {
        return depth[node];
    }

    /** Length of the line that feeds a node, m. */
    public double length_m(int node) {
        return length_m[node];
    }

    /** Series resistance of the line that feeds a node, ohm. */
    public double resistance_ohm(int node) {
        return resistance_ohm[node];
    }

    /** Series reactance of the line that feeds a node, ohm. */
    public double reactance_ohm(int node) {
        return reactance_ohm[node];
    }

    /** Magnitude of the impedance of the line that feeds a node, ohm. */
    public double impedance_ohm(int node) {
        return Math.sqrt(resistance_ohm[node] * resistance_ohm[node] + reactance_ohm[node] * reactance_ohm[node]);
    }

    /** Continuous current of the line that feeds a node, A. */
    public double rating_A(int node) {
        return rating_A[node];
    }

    /** Class of the rating of the line that feeds a node, 0 for the smallest. */
    int ratingClass(int node) {
        return ratingClass[node];
    }

    /** Heights of the nodes with the substation's in front, as a network gives them. */
    int[] heightsWithSubstation() {
        int[] heights = new int[parent.length + 1];
        for (int n = 0; n < parent.length; n++) {
            heights[n + 1] = height[n];
            if (parent[n] == SUBSTATION) {
                heights[0] = Math.max(heights[0], height[n] + 1);
            }
        }
        return heights;
    }

    /** The same tree with other homes and lines, one entry a node. */
    NetworkShape with(
            int[] otherHomes,
            double[] lengths_m,
            double[] resistances_ohm,
            double[] reactances_ohm,
            double[] ratings_A) {
        return new NetworkShape(
                name, homesAtSubstation, parent, otherHomes, lengths_m, resistances_ohm, reactances_ohm, ratings_A);
    }

    /**
     * The nodes depth first, in an order that depends on the network alone and not on how it was written down: of two siblings
     * the one with more nodes below comes first, then the higher one, the one with more homes below, and so on through homes,
     * line and, in turn, their own children. Siblings that still tie are alike in everything.
     */
    public int[] canonicalOrder() {
        int[] rank = canonicalRanks();
        int[][] childrenOf = childrenByRank(rank);
        int[] order = new int[parent.length];
        int[] stack = new int[parent.length];
        int top = 0;
        int placed = 0;
        int[] first = childrenOf[parent.length];
        for (int i = first.length - 1; i >= 0; i--) {
            stack[top++] = first[i];
        }
        while (top > 0) {
            int node = stack[--top];
            order[placed++] = node;
            for (int i = childrenOf[node].length - 1; i >= 0; i--) {
                stack[top++] = childrenOf[node][i];
            }
        }
        return order;
    }

    /**
     * A digest of everything measured, the same for two networks that differ in names and order alone, and for no others
     * (SHA-256 of depth, homes, length, resistance, reactance and rating in canonical order).
     */
    public String fingerprint() {
        ByteBuffer bytes = ByteBuffer.allocate(4 + parent.length * 40);
        bytes.putInt(homesAtSubstation);
        for (int node : canonicalOrder()) {
            bytes.putInt(depth[node]).putInt(homes[node]);
            bytes.putDouble(length_m[node]).putDouble(resistance_ohm[node]);
            bytes.putDouble(reactance_ohm[node]).putDouble(rating_A[node]);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** A number for each node, lower for those that come first; equal for subtrees that are alike in everything. */
    private int[] canonicalRanks() {
        int nodes = parent.length;
        int[] size = new int[nodes];
        for (int n = nodes - 1; n >= 0; n--) {
            size[n]++;
            if (parent[n] != SUBSTATION) {
                size[parent[n]] += size[n];
            }
        }
        int[] rank = new int[nodes];
        Integer[] byHeight = new Integer[nodes];
        Arrays.setAll(byHeight, n -> n);
        Arrays.sort(byHeight, (a, b) -> Integer.compare(height[a], height[b]));
        int[][] ranksBelow = new int[nodes][];
        int from = 0;
        int next = nodes; // ranks are handed out downwards: greater heights come first
        while (from < nodes) {
            int to = from;
            while (to < nodes && height[byHeight[to]] == height[byHeight[from]]) {
                ranksBelow[byHeight[to]] = new int[children[byHeight[to]]];
                to++;
            }
            int level = height[byHeight[from]];
            fillRanksBelow(ranksBelow, rank, level);
            Integer[] group = Arrays.copyOfRange(byHeight, from, to);
            Arrays.sort(group, (a, b) -> compare(a, b, size, ranksBelow));
            next -= group.length;
            for (int i = 0; i < group.length; i++) {
                boolean alike = i > 0 && compare(group[i - 1], group[i], size, ranksBelow) == 0;
                rank[group[i]] = alike ? rank[group[i - 1]] : next + i;
            }
            from = to;
        }
        // Across heights the number of nodes below decides first.
        Integer[] all = new Integer[nodes];
        Arrays.setAll(all, n -> n);
        Arrays.sort(all, (a, b) -> {
            int bySize = Integer.compare(size[b], size[a]);
            return bySize != 0 ? bySize : Integer.compare(rank[a], rank[b]);
        });
        int[] result = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            boolean alike = i > 0 && rank[all[i]] == rank[all[i - 1]] && size[all[i]] == size[all[i - 1]];
            result[all[i]] = alike ? result[all[i - 1]] : i;
        }
        return result;
    }

    private void fillRanksBelow(int[][] ranksBelow, int[] rank, int level) {
        int[] filled = new int[parent.length];
        for (int n = 0; n < parent.length; n++) {
            int above = parent[n];
            if (above != SUBSTATION && height[above] == level) {
                ranksBelow[above][filled[above]++] = rank[n];
            }
        }
        for (int n = 0; n < parent.length; n++) {
            if (height[n] == level) {
                Arrays.sort(ranksBelow[n]);
            }
        }
    }

    /** Two nodes of the same height; negative where the first comes first. */
    private int compare(int a, int b, int[] size, int[][] ranksBelow) {
        int c = Integer.compare(size[b], size[a]);
        c = c != 0 ? c : Integer.compare(homesBelow[b], homesBelow[a]);
        c = c != 0 ? c : Integer.compare(homes[b], homes[a]);
        c = c != 0 ? c : Double.compare(resistance_ohm[b], resistance_ohm[a]);
        c = c != 0 ? c : Double.compare(reactance_ohm[b], reactance_ohm[a]);
        c = c != 0 ? c : Double.compare(length_m[b], length_m[a]);
        c = c != 0 ? c : Double.compare(rating_A[b], rating_A[a]);
        return c != 0 ? c : Arrays.compare(ranksBelow[a], ranksBelow[b]);
    }

    /** Children of each node by rank; in the last place those of the substation. */
    private int[][] childrenByRank(int[] rank) {
        int nodes = parent.length;
        int[][] childrenOf = new int[nodes + 1][];
        for (int n = 0; n < nodes; n++) {
            childrenOf[n] = new int[children[n]];
        }
        childrenOf[nodes] = new int[feeders];
        Integer[] byRank = new Integer[nodes];
        Arrays.setAll(byRank, n -> n);
        Arrays.sort(byRank, (a, b) -> Integer.compare(rank[a], rank[b]));
        int[] filled = new int[nodes + 1];
        for (int node : byRank) {
            int above = parent[node] == SUBSTATION ? nodes : parent[node];
            childrenOf[above][filled[above]++] = node;
        }
        return childrenOf;
    }
}
