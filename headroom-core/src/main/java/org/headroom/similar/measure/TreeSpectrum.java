package org.headroom.similar.measure;

import java.util.Arrays;

/**
 * Quantiles of the eigenvalues of a tree's weighted Laplacian with loads on its diagonal, by counting eigenvalues below a
 * number: eliminating a tree from its leaves up fills nothing in, and by Sylvester's law the negative pivots of L − xI are as
 * many as the eigenvalues below x. One sweep counts at all quantiles' own x at once; bisection does the rest.
 *
 * <p>Keeps its arrays from one network to the next; not for several threads at a time.
 */
final class TreeSpectrum {
    /** Number of quantiles, at (k + ½)/{@value}. */
    static final int QUANTILES = 17;

    /** Added to eigenvalues before the logarithm is taken. */
    static final double OFFSET = 0.02;

    /** Halvings of the range of the logarithm, which is about 8 wide: less than 1e-5 is left. */
    private static final int HALVINGS = 20;

    private double[] diagonal = new double[0];
    private double[] weight = new double[0];
    private int[] parent = new int[0];
    private double[] filled = new double[0];
    private final double[] low = new double[QUANTILES];
    private final double[] high = new double[QUANTILES];
    private final double[] middle = new double[QUANTILES];
    private final int[] below = new int[QUANTILES];

    /**
     * Quantiles of ln(λ + {@value #OFFSET}), ascending: of N eigenvalues the one of rank ⌈N (k + ½)/{@value #QUANTILES}⌉. The
     * Laplacian is weighted by ohm/km, the substation's node included; loads are homes, scaled so that they sum to the weights.
     *
     * @param quantiles filled, [{@value #QUANTILES}]
     */
    void logQuantiles(NetworkShape shape, double[] quantiles) {
        fill(shape);
        int nodes = shape.nodes() + 1;
        double greatest = 0;
        for (int n = 0; n < nodes; n++) {
            greatest = Math.max(greatest, diagonal[n]);
        }
        // Gershgorin: the weights beside a diagonal entry sum to at most the entry.
        Arrays.fill(low, OFFSET);
        Arrays.fill(high, 2 * greatest * (1 + 1e-12) + OFFSET);
        for (int halving = 0; halving < HALVINGS; halving++) {
            for (int k = 0; k < QUANTILES; k++) {
                middle[k] = Math.sqrt(low[k] * high[k]);
            }
            countBelow(nodes);
            for (int k = 0; k < QUANTILES; k++) {
                if (below[k] >= rank(k, nodes)) {
                    high[k] = middle[k];
                } else {
                    low[k] = middle[k];
                }
            }
        }
        for (int k = 0; k < QUANTILES; k++) {
            quantiles[k] = StrictMath.log(Math.sqrt(low[k] * high[k]));
        }
    }

    /** Rank, from 1, of the eigenvalue that is quantile {@code k} of {@code count}. */
    static int rank(int k, int count) {
        return (count * (2 * k + 1) + 2 * QUANTILES - 1) / (2 * QUANTILES);
    }

    /** Weight of the line that feeds a node: ohm/km. */
    static double weight_ohmPerKm(NetworkShape shape, int node) {
        return 1000 * shape.impedance_ohm(node) / shape.length_m(node);
    }

    private void fill(NetworkShape shape) {
        int nodes = shape.nodes() + 1;
        if (diagonal.length < nodes) {
            diagonal = new double[nodes];
            weight = new double[nodes];
            parent = new int[nodes];
            filled = new double[nodes * QUANTILES];
        }
        Arrays.fill(diagonal, 0, nodes, 0);
        double weights = 0;
        for (int n = 1; n < nodes; n++) {
            parent[n] = shape.parent(n - 1) + 1;
            weight[n] = weight_ohmPerKm(shape, n - 1);
            diagonal[n] += weight[n];
            diagonal[parent[n]] += weight[n];
            weights += weight[n];
        }
        double perHome = weights / shape.totalHomes();
        diagonal[0] += shape.homesAtSubstation() * perHome;
        for (int n = 1; n < nodes; n++) {
            diagonal[n] += shape.homes(n - 1) * perHome;
        }
    }

    /** For each k the number of eigenvalues below middle[k] − OFFSET. */
    private void countBelow(int nodes) {
        Arrays.fill(below, 0);
        Arrays.fill(filled, 0, nodes * QUANTILES, 0);
        for (int n = nodes - 1; n > 0; n--) {
            double shifted = diagonal[n] + OFFSET;
            double square = weight[n] * weight[n];
            int at = n * QUANTILES;
            int above = parent[n] * QUANTILES;
            for (int k = 0; k < QUANTILES; k++) {
                // A pivot of 0 gives infinity, then one negative pivot above and no more from below: the right count.
                double pivot = shifted - middle[k] - filled[at + k];
                below[k] += pivot < 0 ? 1 : 0;
                filled[above + k] += square / pivot;
            }
        }
        for (int k = 0; k < QUANTILES; k++) {
            below[k] += diagonal[0] + OFFSET - middle[k] - filled[k] < 0 ? 1 : 0;
        }
    }
}
