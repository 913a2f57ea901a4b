package org.headroom.similar.generate;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.similar.Levels;
import org.headroom.similar.NetworkStatistics.Edge;
import org.jspecify.annotations.Nullable;

/**
 * {@link Method#LITERAL}: the paper's bottom-up scheme (Sec. 5.2). Level by level from the terminals up, as many nodes as the level
 * has in the input (within 10 %) get a degree and a height by the level's pmfs, independently; leaves come first. A node takes
 * as children, among the subtrees that have no parent yet, one that gives it its height and others that are lower; where there are
 * none, its degree and height are drawn again. What is left without a parent at the end leaves the substation. Lengths, types and homes are then drawn by the level's pmfs, each by itself.
 *
 * <p>A topology that cannot be completed, or whose nodes, leaves, height or feeders differ by more than 10 % (by more than one
 * feeder, at least) from what is asked for, is refused.
 */
final class LiteralScheme implements Scheme {
    private static final double TOLERANCE = 0.1;
    private static final int DRAWS = 1000;

    private final Counts counts;
    private final Learned learned;
    private final int homesAtSubstation;
    private final Draft draft;
    /** Edges of each level, 1 to 3; those above the leaves apart. */
    private final int[][] edgesOf = new int[Levels.COUNT + 1][];

    private final int[][] joints = new int[Levels.COUNT + 1][];
    private final double scale;

    private final int[] level;
    private final int[] drawnHeight;
    private final int[] drawnChildren;
    private final Integer[] order;
    private final int[] open;
    private final int[] parent;

    LiteralScheme(Learned learned, Counts counts) {
        this.learned = learned;
        this.counts = counts;
        this.homesAtSubstation = learned.input.homesAtSubstation();
        for (int l = 1; l <= Levels.COUNT; l++) {
            int which = l;
            edgesOf[l] = edges(edge -> edge.level() == which);
            joints[l] = edges(edge -> edge.level() == which && edge.height() > 0);
        }
        scale = (counts.nodes() - 1) / (double) learned.edges;
        int most = (int) Math.ceil((counts.nodes() - 1) * (1 + TOLERANCE)) + Levels.COUNT + 1;
        draft = new Draft(most);
        level = new int[most];
        drawnHeight = new int[most];
        drawnChildren = new int[most];
        order = new Integer[most];
        open = new int[most];
        parent = new int[most];
    }

    private int[] edges(Predicate<Edge> which) {
        return IntStream.range(0, learned.edges)
                .filter(e -> which.test(learned.input.edges().get(e)))
                .toArray();
    }

    @Override
    public @Nullable Gate draw(UniformRandomProvider random) {
        if (!drawTopology(random)) {
            return Gate.TOPOLOGY;
        }
        for (int n = 0; n < draft.nodes; n++) {
            int[] like = edgesOf[level[n]];
            draft.homes[n] = learned.input.edges().get(any(like, random)).homes();
            draft.publicChargers[n] =
                    learned.input.edges().get(any(like, random)).publicChargers();
            draft.edge[n] = any(like, random);
            draft.length_m[n] = learned.length_m[any(like, random)];
        }
        draft.sumHomes();
        return near(draft.totalHomes + homesAtSubstation, counts.homes(), 1) ? null : Gate.HOMES;
    }

    private static int any(int[] edges, UniformRandomProvider random) {
        return edges[random.nextInt(edges.length)];
    }

    @Override
    public Draft draft() {
        return draft;
    }

    /** Draws from the terminals up, then puts parents before their children. */
    private boolean drawTopology(UniformRandomProvider random) {
        int leaves = within(counts.leaves(), random);
        int nodes = 0;
        int opened = 0;
        for (int n = 0; n < leaves; n++) {
            level[n] = Levels.COUNT;
            drawnHeight[n] = 0;
            drawnChildren[n] = 0;
            open[opened++] = nodes++;
        }
        boolean complete = true;
        for (int l = Levels.COUNT; l >= 1 && complete; l--) {
            int[] like = joints[l];
            int wanted = like.length == 0
                    ? 0
                    : Math.min(within((int) Math.rint(like.length * scale), random), level.length - nodes);
            for (int i = 0; i < wanted && complete; i++) {
                complete = drawJoint(nodes, l, opened, random);
                if (complete) {
                    opened -= drawnChildren[nodes] - 1;
                    open[opened - 1] = nodes++;
                }
            }
        }
        for (int i = 0; complete && i < opened; i++) {
            parent[open[i]] = -1;
        }
        draft.nodes = nodes;
        if (!complete) {
            draft.leaves = leaves;
            draft.feeders = 0;
            draft.rootHeight = 0;
            draft.totalHomes = 0;
            return false;
        }
        putParentsFirst();
        draft.totalHomes = 0;
        return near(draft.nodes + 1, counts.nodes(), 1)
                && near(draft.leaves, counts.leaves(), 1)
                && near(draft.rootHeight, counts.height(), 1)
                && near(draft.feeders, counts.feeders(), 1);
    }

    /** Draws height and degree of a node until there are children for them; false where there are none after many draws. */
    private boolean drawJoint(int node, int itsLevel, int opened, UniformRandomProvider random) {
        level[node] = itsLevel;
        for (int t = 0; t < DRAWS; t++) {
            drawnHeight[node] = learned.height[any(joints[itsLevel], random)];
            drawnChildren[node] =
                    learned.input.edges().get(any(joints[itsLevel], random)).children();
            int next = 0;
            int lower = 0;
            for (int i = 0; i < opened; i++) {
                next += drawnHeight[open[i]] == drawnHeight[node] - 1 ? 1 : 0;
                lower += drawnHeight[open[i]] < drawnHeight[node] ? 1 : 0;
            }
            if (next > 0 && lower >= drawnChildren[node]) {
                adopt(node, opened, random);
                return true;
            }
        }
        return false;
    }

    /** Gives a node its children: the first a subtree one lower than the node, the others any that are lower. */
    private void adopt(int node, int opened, UniformRandomProvider random) {
        int left = opened;
        for (int child = 0; child < drawnChildren[node]; child++) {
            int found = 0;
            int seen = 0;
            for (int i = 0; i < left; i++) {
                int height = drawnHeight[open[i]];
                boolean suits = child == 0 ? height == drawnHeight[node] - 1 : height < drawnHeight[node];
                if (suits && random.nextInt(++seen) == 0) {
                    found = i;
                }
            }
            parent[open[found]] = node;
            open[found] = open[--left];
        }
    }

    /** Nodes by height, the highest first, are parents first. */
    private void putParentsFirst() {
        int nodes = draft.nodes;
        for (int n = 0; n < nodes; n++) {
            order[n] = n;
        }
        Arrays.sort(order, 0, nodes, (a, b) -> Integer.compare(drawnHeight[b], drawnHeight[a]));
        int[] place = open; // no longer in use
        for (int i = 0; i < nodes; i++) {
            place[order[i]] = i;
        }
        int[] levels = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            int above = parent[order[i]];
            draft.parent[i] = above < 0 ? -1 : place[above];
            levels[i] = level[order[i]];
        }
        System.arraycopy(levels, 0, level, 0, nodes);
        draft.measure();
    }

    /** A count drawn evenly within the tolerance. */
    private static int within(int count, UniformRandomProvider random) {
        int spread = (int) (count * TOLERANCE);
        return count - spread + random.nextInt(2 * spread + 1);
    }

    private static boolean near(int drawn, int wanted, int least) {
        return Math.abs(drawn - wanted) <= Math.max(least, wanted * TOLERANCE);
    }
}
