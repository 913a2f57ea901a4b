package org.headroom.similar.measure;

import java.util.Arrays;

/**
 * How often which type of node feeds which, and where the homes are: a node's type is the rating class of its line and whether
 * it has no, one or more children. A vector of shares: half of them those of (parent's type, child's type) among the lines,
 * half those of the homes by type of their node.
 */
final class TypeShares {
    private static final int BRANCHINGS = 3;
    private static final int TYPES = 1 + NetworkShape.RATING_CLASSES * BRANCHINGS; // the substation's node is type 0

    private final double[] roots = new double[TYPES * TYPES + TYPES];

    TypeShares(NetworkShape shape) {
        count(shape, roots);
        for (int i = 0; i < roots.length; i++) {
            roots[i] = Math.sqrt(roots[i]);
        }
    }

    /** An array for {@link #cosine}. */
    static double[] newCounts() {
        return new double[TYPES * TYPES + TYPES];
    }

    /** Cosine between the elementwise roots of these shares and another network's: 1 for equal shares, 0 for nothing shared. */
    double cosine(NetworkShape other, double[] counts) {
        count(other, counts);
        double cosine = 0;
        for (int i = 0; i < roots.length; i++) {
            if (counts[i] > 0) {
                cosine += roots[i] * Math.sqrt(counts[i]);
            }
        }
        return Math.min(1, cosine); // the shares sum to 1, so do the squares of their roots
    }

    private static void count(NetworkShape shape, double[] shares) {
        Arrays.fill(shares, 0);
        double line = 0.5 / shape.nodes();
        double home = 0.5 / shape.totalHomes();
        shares[TYPES * TYPES] += shape.homesAtSubstation() * home;
        for (int n = 0; n < shape.nodes(); n++) {
            int type = type(shape, n);
            int parentType = shape.parent(n) == NetworkShape.SUBSTATION ? 0 : type(shape, shape.parent(n));
            shares[parentType * TYPES + type] += line;
            shares[TYPES * TYPES + type] += shape.homes(n) * home;
        }
    }

    private static int type(NetworkShape shape, int node) {
        return 1 + shape.ratingClass(node) * BRANCHINGS + Math.min(shape.children(node), BRANCHINGS - 1);
    }
}
