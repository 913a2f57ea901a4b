package org.headroom.similar.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.headroom.network.RandomNetworks;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeSpectrumTest {
    /** Quantiles from all eigenvalues of the full matrix, found by another library. */
    private static double[] fromAllEigenvalues(NetworkShape shape) {
        int nodes = shape.nodes() + 1;
        RealMatrix laplacian = new Array2DRowRealMatrix(nodes, nodes);
        double weights = 0;
        for (int n = 0; n < shape.nodes(); n++) {
            int parent = shape.parent(n) + 1;
            double weight = 1000 * Math.hypot(shape.resistance_ohm(n), shape.reactance_ohm(n)) / shape.length_m(n);
            laplacian.addToEntry(n + 1, n + 1, weight);
            laplacian.addToEntry(parent, parent, weight);
            laplacian.addToEntry(n + 1, parent, -weight);
            laplacian.addToEntry(parent, n + 1, -weight);
            weights += weight;
        }
        laplacian.addToEntry(0, 0, shape.homesAtSubstation() * weights / shape.totalHomes());
        for (int n = 0; n < shape.nodes(); n++) {
            laplacian.addToEntry(n + 1, n + 1, shape.homes(n) * weights / shape.totalHomes());
        }
        double[] eigenvalues = new EigenDecompositionSymmetric(laplacian).getEigenvalues();
        Arrays.sort(eigenvalues);
        double[] quantiles = new double[17];
        for (int k = 0; k < 17; k++) {
            quantiles[k] = Math.log(Math.max(0, eigenvalues[(int) Math.ceil(nodes * (k + 0.5) / 17) - 1]) + 0.02);
        }
        return quantiles;
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 34, 60, 118, 300})
    void quantiles_are_those_of_the_full_matrix(int nodes) {
        TreeSpectrum spectrum = new TreeSpectrum();
        for (long seed = 0; seed < 20; seed++) {
            NetworkShape shape = NetworkShape.of(RandomNetworks.of(seed * 1000 + nodes, nodes));
            double[] quantiles = new double[TreeSpectrum.QUANTILES];
            spectrum.logQuantiles(shape, quantiles);
            assertThat(quantiles).containsExactly(fromAllEigenvalues(shape), within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50})
    void equal_stars_whose_pivots_vanish_are_counted_right(int leaves) {
        // A star with equal lines and no load at the hub: eigenvalues repeat, and a bisection point can hit them
        // exactly.
        int[] parent = new int[leaves + 1];
        int[] homes = new int[leaves + 1];
        double[] ones = new double[leaves + 1];
        parent[0] = NetworkShape.SUBSTATION;
        Arrays.fill(homes, 1, leaves + 1, 1);
        Arrays.fill(ones, 1);
        NetworkShape star = new NetworkShape("star", 0, parent, homes, ones, ones, new double[leaves + 1], ones);
        double[] quantiles = new double[TreeSpectrum.QUANTILES];
        new TreeSpectrum().logQuantiles(star, quantiles);
        assertThat(quantiles).containsExactly(fromAllEigenvalues(star), within(1e-5));
    }
}
