package org.headroom.similar.measure;

/**
 * What two nodes are told apart by, as whole numbers of 1/{@value #SCALE}: the weights are in them, so that the cost of taking
 * one node for another is the sum of absolute differences, plus {@link #CLASS_COST} where the rating class of the line differs and
 * {@link #PARENT_CLASS_COST} where that of the parent's does; at most {@link #HIGHEST_COST}, a deletion and an insertion.
 */
final class NodeFeatures {
    /** Units of a cost of 1. */
    static final int SCALE = 1 << 16;

    /** Cost of a node more or less. */
    static final int GAP_COST = cost(1.2);

    /** Cost from which two nodes are not alike at all. */
    static final int HIGHEST_COST = 2 * GAP_COST;

    /** Most nodes of a network: with more, sums of costs could overflow (and the matrix would need a gigabyte). */
    static final int MOST_NODES = (int) (Assignment.RANGE / HIGHEST_COST) - 1;

    private static final int CLASS_COST = cost(0.35);
    private static final int PARENT_CLASS_COST = cost(0.25);
    private static final double HOMES_BELOW = 1;
    private static final double HEIGHT = 0.5;
    private static final double HOMES = 0.5;
    private static final double IMPEDANCE = 0.35;
    private static final double DEPTH = 0.3;
    private static final double CHILDREN = 0.3;

    /** The class of the line above a feeder's first line: none. */
    private static final int NO_CLASS = -1;

    private int nodes;
    private int[] homesBelow = new int[0];
    private int[] height = new int[0];
    private int[] homes = new int[0];
    private int[] impedance = new int[0];
    private int[] depth = new int[0];
    private int[] children = new int[0];
    private int[] ratingClass = new int[0];
    private int[] parentClass = new int[0];

    /** Takes the features of a network, instead of those held before. */
    void fill(NetworkShape shape) {
        nodes = shape.nodes();
        if (homes.length < nodes) {
            homesBelow = new int[nodes];
            height = new int[nodes];
            homes = new int[nodes];
            impedance = new int[nodes];
            depth = new int[nodes];
            children = new int[nodes];
            ratingClass = new int[nodes];
            parentClass = new int[nodes];
        }
        for (int n = 0; n < nodes; n++) {
            homesBelow[n] = cost(HOMES_BELOW * StrictMath.log1p(shape.homesBelow(n)));
            height[n] = cost(HEIGHT * StrictMath.log1p(shape.height(n)));
            homes[n] = cost(HOMES * shape.homes(n));
            impedance[n] = cost(IMPEDANCE * StrictMath.log(shape.impedance_ohm(n)));
            depth[n] = cost(DEPTH * StrictMath.log1p(shape.depth(n)));
            children[n] = cost(CHILDREN * shape.children(n));
            ratingClass[n] = shape.ratingClass(n);
            parentClass[n] = shape.parent(n) == NetworkShape.SUBSTATION ? NO_CLASS : shape.ratingClass(shape.parent(n));
        }
    }

    int nodes() {
        return nodes;
    }

    /**
     * Costs of taking a node (row) for one of another network (column); beyond either's nodes, of leaving it out.
     *
     * @param cost filled, {@code [row * n + column]}
     * @param n the greater of the two numbers of nodes
     */
    void costs(NodeFeatures other, int[] cost, int n) {
        for (int row = 0; row < nodes; row++) {
            int at = row * n;
            int d = homesBelow[row];
            int h = height[row];
            int own = homes[row];
            int z = impedance[row];
            int deep = depth[row];
            int kids = children[row];
            int line = ratingClass[row];
            int above = parentClass[row];
            for (int column = 0; column < other.nodes; column++) {
                int sum = Math.abs(d - other.homesBelow[column])
                        + Math.abs(h - other.height[column])
                        + Math.abs(own - other.homes[column])
                        + Math.abs(z - other.impedance[column])
                        + Math.abs(deep - other.depth[column])
                        + Math.abs(kids - other.children[column])
                        + (line == other.ratingClass[column] ? 0 : CLASS_COST)
                        + (above == other.parentClass[column] ? 0 : PARENT_CLASS_COST);
                cost[at + column] = Math.min(sum, HIGHEST_COST);
            }
            for (int column = other.nodes; column < n; column++) {
                cost[at + column] = GAP_COST;
            }
        }
        for (int i = nodes * n; i < n * n; i++) {
            cost[i] = GAP_COST;
        }
    }

    private static int cost(double value) {
        return (int) Math.rint(value * SCALE);
    }
}
