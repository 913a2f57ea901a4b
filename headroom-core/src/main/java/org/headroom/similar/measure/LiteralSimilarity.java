package org.headroom.similar.measure;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/**
 * The paper's three measures as written (Sec. 5.3), on the modified adjacency matrix: impedances (ohm) off the diagonal, loads (kW,
 * {@value #HOME_KW} a home) on it. Reported, but no gate: kW swamp ohms, and all depends on the order of nodes.
 *
 * <p>What the paper leaves open: nodes stand depth first in {@linkplain NetworkShape#canonicalOrder canonical order}, the
 * substation's node in front; the smaller matrix is padded with zeros; the degree of a node is its number of lines.
 *
 * @param cosine cosine between the flattened matrices (eq. 41)
 * @param spectral Euclidean distance between the sorted eigenvalues of L = D − A (eq. 42)
 * @param editDistance half the sum of absolute differences of L and the sum of those of its diagonal (eq. 43)
 */
public record LiteralSimilarity(double cosine, double spectral, double editDistance) {
    /** Load of a home, kW: its after-diversity demand. */
    public static final double HOME_KW = 2.0;

    /** A modified adjacency matrix: a tree has an entry beside the diagonal for each line, and its mirror image. */
    private static final class Matrix {
        private final double[] load_kW;
        private final int[] parent;
        private final double[] impedance_ohm;
        private final int[] degree;

        private Matrix(int size) {
            load_kW = new double[size];
            parent = new int[size];
            impedance_ohm = new double[size];
            degree = new int[size];
        }

        static Matrix of(NetworkShape shape) {
            int[] order = shape.canonicalOrder();
            int[] position = new int[order.length];
            for (int i = 0; i < order.length; i++) {
                position[order[i]] = i + 1;
            }
            int size = order.length + 1;
            Matrix matrix = new Matrix(size);
            matrix.load_kW[0] = shape.homesAtSubstation() * HOME_KW;
            matrix.degree[0] = shape.feeders();
            for (int i = 1; i < size; i++) {
                int node = order[i - 1];
                matrix.load_kW[i] = shape.homes(node) * HOME_KW;
                matrix.parent[i] = shape.parent(node) == NetworkShape.SUBSTATION ? 0 : position[shape.parent(node)];
                matrix.impedance_ohm[i] = shape.impedance_ohm(node);
                matrix.degree[i] = shape.children(node) + 1;
            }
            return matrix;
        }

        int size() {
            return parent.length;
        }

        double norm() {
            double squares = 0;
            for (int i = 0; i < size(); i++) {
                squares += load_kW[i] * load_kW[i] + 2 * impedance_ohm[i] * impedance_ohm[i];
            }
            return Math.sqrt(squares);
        }

        /** Diagonal of L, 0 where padded. */
        double diagonal(int i) {
            return i < size() ? degree[i] - load_kW[i] : 0;
        }

        /** Eigenvalues of L and those of the padding, ascending. */
        double[] eigenvalues(int padded) {
            RealMatrix laplacian = new Array2DRowRealMatrix(size(), size());
            for (int i = 0; i < size(); i++) {
                laplacian.setEntry(i, i, diagonal(i));
                if (i > 0) {
                    laplacian.setEntry(i, parent[i], -impedance_ohm[i]);
                    laplacian.setEntry(parent[i], i, -impedance_ohm[i]);
                }
            }
            double[] eigenvalues = Arrays.copyOf(new EigenDecompositionSymmetric(laplacian).getEigenvalues(), padded);
            Arrays.sort(eigenvalues);
            return eigenvalues;
        }
    }

    /** Compares a generated network with the input; takes the time of two full eigenvalue problems. */
    public static LiteralSimilarity of(NetworkShape generated, NetworkShape input) {
        Matrix g = Matrix.of(generated);
        Matrix i = Matrix.of(input);
        int size = Math.max(g.size(), i.size());
        return new LiteralSimilarity(
                cosine(g, i), distance(g.eigenvalues(size), i.eigenvalues(size)), editDistance(g, i, size));
    }

    private static double cosine(Matrix g, Matrix i) {
        double product = 0;
        for (int n = 0; n < Math.min(g.size(), i.size()); n++) {
            product += g.load_kW[n] * i.load_kW[n];
            if (n > 0 && g.parent[n] == i.parent[n]) {
                product += 2 * g.impedance_ohm[n] * i.impedance_ohm[n];
            }
        }
        return product / (g.norm() * i.norm());
    }

    private static double distance(double[] a, double[] b) {
        double squares = 0;
        for (int k = 0; k < a.length; k++) {
            squares += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return Math.sqrt(squares);
    }

    private static double editDistance(Matrix g, Matrix i, int size) {
        double sum = 0;
        for (int n = 0; n < size; n++) {
            // The diagonal is in both sums; every line is twice in the halved one.
            sum += 1.5 * Math.abs(g.diagonal(n) - i.diagonal(n));
            double inG = n > 0 && n < g.size() ? g.impedance_ohm[n] : 0;
            double inI = n > 0 && n < i.size() ? i.impedance_ohm[n] : 0;
            boolean samePlace = n < g.size() && n < i.size() && g.parent[n] == i.parent[n];
            sum += samePlace ? Math.abs(inG - inI) : inG + inI;
        }
        return sum;
    }
}
