package org.headroom.similar.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.headroom.network.RandomNetworks;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralSimilarityTest {
    /** The modified adjacency matrix, dense and padded. */
    private static double[][] adjacency(NetworkShape shape, int size) {
        double[][] a = new double[size][size];
        int[] order = shape.canonicalOrder();
        int[] position = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            position[order[i]] = i + 1;
        }
        a[0][0] = 2 * shape.homesAtSubstation();
        for (int node : order) {
            int row = position[node];
            int column = shape.parent(node) < 0 ? 0 : position[shape.parent(node)];
            a[row][row] = 2 * shape.homes(node);
            a[row][column] = Math.hypot(shape.resistance_ohm(node), shape.reactance_ohm(node));
            a[column][row] = a[row][column];
        }
        return a;
    }

    private static double[][] laplacian(double[][] adjacency) {
        double[][] l = new double[adjacency.length][adjacency.length];
        for (int m = 0; m < l.length; m++) {
            int degree = 0;
            for (int n = 0; n < l.length; n++) {
                l[m][n] = -adjacency[m][n];
                degree += n != m && adjacency[m][n] != 0 ? 1 : 0;
            }
            l[m][m] += degree;
        }
        return l;
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 55})
    void equations_41_to_43_are_as_written_on_dense_matrices(int nodes) {
        NetworkShape g = NetworkShape.of(RandomNetworks.of(nodes, nodes));
        NetworkShape i = NetworkShape.of(RandomNetworks.of(1, 40));
        int size = Math.max(nodes, 40) + 1;
        double[][] a = adjacency(g, size);
        double[][] b = adjacency(i, size);
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        double halved = 0;
        double diagonal = 0;
        double[][] lg = laplacian(a);
        double[][] li = laplacian(b);
        for (int m = 0; m < size; m++) {
            for (int n = 0; n < size; n++) {
                product += a[m][n] * b[m][n];
                squaresA += a[m][n] * a[m][n];
                squaresB += b[m][n] * b[m][n];
                halved += Math.abs(lg[m][n] - li[m][n]) / 2;
            }
            diagonal += Math.abs(lg[m][m] - li[m][m]);
        }
        double squares = 0;
        double[] eigenG = eigenvalues(lg);
        double[] eigenI = eigenvalues(li);
        for (int k = 0; k < size; k++) {
            squares += Math.pow(eigenG[k] - eigenI[k], 2);
        }

        LiteralSimilarity similarity = LiteralSimilarity.of(g, i);
        assertThat(similarity.cosine()).isCloseTo(product / Math.sqrt(squaresA * squaresB), within(1e-12));
        assertThat(similarity.spectral()).isCloseTo(Math.sqrt(squares), within(1e-9));
        assertThat(similarity.editDistance()).isCloseTo(halved + diagonal, within(1e-9));
    }

    private static double[] eigenvalues(double[][] matrix) {
        double[] eigenvalues = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(matrix)).getEigenvalues();
        Arrays.sort(eigenvalues);
        return eigenvalues;
    }

    @Test
    void one_home_more_on_a_single_line_by_hand() {
        double[] three = {3};
        double[] four = {4};
        double[] ones = {1};
        int[] parent = {NetworkShape.SUBSTATION};
        NetworkShape one = new NetworkShape("one", 0, parent, new int[] {1}, ones, three, four, ones);
        NetworkShape two = new NetworkShape("two", 0, parent, new int[] {2}, ones, three, four, ones);
        // A = [0 5; 5 2] and [0 5; 5 4]; L = [1 -5; -5 -1] and [1 -5; -5 -3], eigenvalues ±√26 and −1 ± √29.
        LiteralSimilarity similarity = LiteralSimilarity.of(two, one);
        assertThat(similarity.cosine()).isCloseTo(58 / Math.sqrt(54 * 66), within(1e-12));
        assertThat(similarity.spectral())
                .isCloseTo(
                        Math.hypot(Math.sqrt(29) - 1 - Math.sqrt(26), Math.sqrt(26) - 1 - Math.sqrt(29)),
                        within(1e-12));
        assertThat(similarity.editDistance()).isCloseTo(3, within(1e-12));
    }
}
