package org.headroom.similar.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.NetworkStatistics.Edge;
import org.headroom.similar.measure.NetworkShape;

/** What is learned from one input once, as tables to draw from. Never changed afterwards. */
final class Learned {
    /** Bins of the length of a path: 1, 2, 3-4, 5-8, 9-16, 17 and more nodes. */
    static final int LENGTH_BINS = 6;
    /** Bins of the relative position on a path. */
    static final int POSITION_BINS = 5;
    /** A path that leaves the substation, one that hangs from such a spine, and any deeper one. */
    static final int SPINE = 0;

    static final int LATERAL = 1;
    static final int DEEPER = 2;
    static final int PATH_KINDS = 3;

    /** A node without, with one, and with more lines below. */
    static final int ROLES = 3;

    /** Spread of ln(length) among lines copied from the same real one (design, Sec. 6). */
    static final double JITTER = 0.12;

    private static final double PRIOR = 4;
    private static final double SECOND_SIDE_PATH = 0.02;
    private static final StudySeed FIT = new StudySeed(0);
    private static final int FIT_ROUNDS = 8;
    private static final int FIT_TREES = 10;

    final NetworkStatistics input;
    final int edges;
    final int[] parent;
    final int[] height;
    final int[] role;
    /** Number of the type of the line above; equal for equal types, -1 below the substation. */
    final int[] typeAbove;

    final int[] type;
    final boolean[] side;
    final int[] homesBelow;
    /** ln(homes below + .5) */
    final double[] logHomes;
    /** .5 ln(1 + height) */
    final double[] logHeight;

    final int[] lineClass;
    final double[] length_m;
    final double[] capacity_kVA;
    /** Edges below a line of each class; those of feeders' first lines at index 0, class c at c + 1. */
    final int[][] edgesBelow;

    /** Nodes of each feeder's spine, and of the whole feeder. */
    final int[] spine;

    final int[] feederNodes;
    /** Nodes of each side path. */
    final int[] sidePath;
    /** {@code [length bin][position bin][kind of path]}: how often a side path hangs where it could. */
    final double[][][] attachment;
    /** What a node that has a side path is worth as host of another. */
    final double secondSidePath;

    /** {@code [role][homes]}: number of nodes. */
    final double[][] homesOf;
    /** Public chargers of the nodes that have any. */
    final int[] chargers;

    final int[] chargerRole;
    /** Spread of the mean ln(length) between feeders. */
    final double feederSpread;

    Learned(NetworkStatistics input) {
        this.input = input;
        List<Edge> list = input.edges();
        edges = list.size();
        parent = new int[edges];
        height = new int[edges];
        role = new int[edges];
        type = new int[edges];
        typeAbove = new int[edges];
        Map<String, Integer> types = new HashMap<>();
        side = new boolean[edges];
        homesBelow = new int[edges];
        logHomes = new double[edges];
        logHeight = new double[edges];
        lineClass = new int[edges];
        length_m = new double[edges];
        capacity_kVA = new double[edges];
        double kVAperA = Math.sqrt(3) * input.base_V() / 1000;
        for (int e = 0; e < edges; e++) {
            Edge edge = list.get(e);
            parent[e] = edge.parent();
            height[e] = edge.height();
            role[e] = role(edge.children());
            type[e] = types.computeIfAbsent(edge.type(), name -> types.size());
            typeAbove[e] = parent[e] < 0 ? -1 : type[parent[e]];
            homesBelow[e] = edge.homesBelow();
            logHomes[e] = logHomes(edge.homesBelow());
            logHeight[e] = logHeight(edge.height());
            lineClass[e] = NetworkShape.ratingClass(edge.capacity_kVA() / kVAperA);
            length_m[e] = edge.length_m();
            capacity_kVA[e] = edge.capacity_kVA();
        }
        edgesBelow = edgesBelow();

        // Following the tallest child, the first of equals, cuts the tree into paths.
        int[] path = new int[edges]; // index of the path's first node
        int[] position = new int[edges];
        int[] kind = new int[edges];
        int[] feeder = new int[edges];
        int[] sidePathsAt = new int[edges];
        boolean[] continued = new boolean[edges];
        List<Integer> feeders = new ArrayList<>();
        List<Integer> sidePaths = new ArrayList<>();
        for (int e = 0; e < edges; e++) {
            int above = parent[e];
            if (above < 0) {
                path[e] = e;
                kind[e] = SPINE;
                feeder[e] = feeders.size();
                feeders.add(e);
            } else if (height[e] == height[above] - 1 && !continued[above]) {
                continued[above] = true;
                path[e] = path[above];
                position[e] = position[above] + 1;
                kind[e] = kind[above];
                feeder[e] = feeder[above];
            } else {
                side[e] = true;
                path[e] = e;
                kind[e] = Math.min(kind[above] + 1, DEEPER);
                feeder[e] = feeder[above];
                sidePathsAt[above]++;
                sidePaths.add(e);
            }
        }
        spine = feeders.stream().mapToInt(e -> height[e] + 1).toArray();
        feederNodes = new int[feeders.size()];
        for (int e = 0; e < edges; e++) {
            feederNodes[feeder[e]]++;
        }
        sidePath = sidePaths.stream().mapToInt(e -> height[e] + 1).toArray();
        int[] positionBin = new int[edges];
        for (int e = 0; e < edges; e++) {
            positionBin[e] = positionBin(position[e], height[path[e]] + 1);
        }
        attachment = attachment(sidePaths, positionBin, kind);
        secondSidePath = secondSidePath(sidePathsAt);
        homesOf = homesOf(list);
        int[] lots = list.stream().mapToInt(Edge::publicChargers).toArray();
        chargers = Arrays.stream(lots).filter(count -> count > 0).toArray();
        chargerRole = IntStream.range(0, edges)
                .filter(e -> lots[e] > 0)
                .map(e -> role[e])
                .toArray();
        feederSpread = feederSpread(feeder, feeders.size());
    }

    static int role(int children) {
        return Math.min(children, ROLES - 1);
    }

    static double logHomes(int homesBelow) {
        return StrictMath.log(homesBelow + 0.5);
    }

    static double logHeight(int height) {
        return 0.5 * StrictMath.log(1.0 + height);
    }

    static int lengthBin(int nodes) {
        return nodes <= 2 ? nodes - 1 : nodes <= 4 ? 2 : nodes <= 8 ? 3 : nodes <= 16 ? 4 : 5;
    }

    static int positionBin(int position, int pathNodes) {
        return POSITION_BINS * position / pathNodes;
    }

    private int[][] edgesBelow() {
        List<List<Integer>> below = new ArrayList<>();
        for (int c = 0; c <= NetworkShape.RATING_CLASSES; c++) {
            below.add(new ArrayList<>());
        }
        for (int e = 0; e < edges; e++) {
            below.get(parent[e] < 0 ? 0 : lineClass[parent[e]] + 1).add(e);
        }
        return below.stream()
                .map(list -> list.stream().mapToInt(e -> e).toArray())
                .toArray(int[][]::new);
    }

    /**
     * Attached over available, each cell drawn to the share of its length bin and kind of path, and that to the share of its
     * length bin, as far as it is rare.
     */
    private double[][][] attachment(List<Integer> sidePaths, int[] positionBin, int[] kind) {
        double[][][] attached = new double[LENGTH_BINS][POSITION_BINS][PATH_KINDS];
        double[][][] available = new double[LENGTH_BINS][POSITION_BINS][PATH_KINDS];
        for (int top : sidePaths) {
            int length = height[top] + 1;
            int bin = lengthBin(length);
            attached[bin][positionBin[parent[top]]][kind[parent[top]]]++;
            for (int e = 0; e < edges; e++) {
                if (height[e] >= length) {
                    available[bin][positionBin[e]][kind[e]]++;
                }
            }
        }
        double allAttached = sidePaths.size();
        double allAvailable = Arrays.stream(available)
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .sum();
        double overall = allAvailable == 0 ? 1 : allAttached / allAvailable;
        double[][][] share = new double[LENGTH_BINS][POSITION_BINS][PATH_KINDS];
        for (int bin = 0; bin < LENGTH_BINS; bin++) {
            double binAttached = 0;
            double binAvailable = 0;
            double[] kindAttached = new double[PATH_KINDS];
            double[] kindAvailable = new double[PATH_KINDS];
            for (int p = 0; p < POSITION_BINS; p++) {
                for (int k = 0; k < PATH_KINDS; k++) {
                    binAttached += attached[bin][p][k];
                    binAvailable += available[bin][p][k];
                    kindAttached[k] += attached[bin][p][k];
                    kindAvailable[k] += available[bin][p][k];
                }
            }
            double ofBin = backedOff(binAttached, binAvailable, overall);
            for (int k = 0; k < PATH_KINDS; k++) {
                double ofKind = backedOff(kindAttached[k], kindAvailable[k], ofBin);
                for (int p = 0; p < POSITION_BINS; p++) {
                    share[bin][p][k] = backedOff(attached[bin][p][k], available[bin][p][k], ofKind);
                }
            }
        }
        return share;
    }

    /** A share whose prior counts as much as {@value #PRIOR} side paths. */
    private static double backedOff(double attached, double available, double prior) {
        double weight = PRIOR / prior;
        return (attached + PRIOR) / (available + weight);
    }

    /**
     * How much rarer a second side path at a node must be than a first one, so that trees with the input's counts have as many nodes with
     * several as the input; by trial, a few trees at a time. The design's .02 is where it starts.
     */
    private double secondSidePath(int[] sidePathsAt) {
        double wanted = 0;
        for (int here : sidePathsAt) {
            wanted += Math.max(0, here - 1);
        }
        Counts counts = Counts.of(input, RequestedCounts.AS_INPUT);
        Draft draft = new Draft(edges);
        UniformRandomProvider random = FIT.stream(Purpose.SIMILARITY_CALIBRATION, edges);
        double share = SECOND_SIDE_PATH;
        for (int round = 0; round < FIT_ROUNDS; round++) {
            PathTopology topology = new PathTopology(this, counts, share);
            double drawn = 0;
            for (int tree = 0; tree < FIT_TREES; tree++) {
                topology.draw(draft, random);
                for (int n = 0; n < draft.nodes; n++) {
                    drawn += Math.max(0, draft.children[n] - 2) / (double) FIT_TREES;
                }
            }
            share = Math.clamp(share * (wanted + 0.5) / (drawn + 0.5), 1e-4, 1);
        }
        return share;
    }

    private double[][] homesOf(List<Edge> list) {
        int most = list.stream().mapToInt(Edge::homes).max().orElse(0);
        double[][] counts = new double[ROLES][most + 1];
        double[] all = new double[most + 1];
        for (int e = 0; e < edges; e++) {
            counts[role[e]][list.get(e).homes()]++;
            all[list.get(e).homes()]++;
        }
        for (int r = 0; r < ROLES; r++) {
            if (Arrays.stream(counts[r]).sum() == 0) {
                counts[r] = all; // a role that the input has not
            }
        }
        return counts;
    }

    /** Between-feeder spread of mean ln(length): the variance of the means less what chance within feeders gives them. */
    private double feederSpread(int[] feeder, int feeders) {
        double[] sum = new double[feeders];
        double[] squares = new double[feeders];
        for (int e = 0; e < edges; e++) {
            double log = StrictMath.log(length_m[e]);
            sum[feeder[e]] += log;
            squares[feeder[e]] += log * log;
        }
        double mean = 0;
        double within = 0;
        int counted = 0;
        for (int f = 0; f < feeders; f++) {
            if (feederNodes[f] > 1) {
                double n = feederNodes[f];
                mean += sum[f] / n;
                within += (squares[f] - sum[f] * sum[f] / n) / (n - 1) / n;
                counted++;
            }
        }
        if (counted < 2) {
            return JITTER;
        }
        mean /= counted;
        double between = 0;
        for (int f = 0; f < feeders; f++) {
            if (feederNodes[f] > 1) {
                between += (sum[f] / feederNodes[f] - mean) * (sum[f] / feederNodes[f] - mean);
            }
        }
        return Math.sqrt(Math.max(0, between / (counted - 1) - within / counted));
    }
}
