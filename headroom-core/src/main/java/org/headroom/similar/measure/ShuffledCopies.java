package org.headroom.similar.measure;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.similar.Levels;

/**
 * The null model: copies of a network with its electrical parameters shuffled within levels, each kept as often as before. Lines
 * (length, impedance and rating together) change places, and so, apart from them, do homes. The tree, the levels and all
 * distributions by level stay; what is lost is how topology and electrics go together.
 */
public final class ShuffledCopies {
    private final NetworkShape network;
    private final StudySeed seed;
    private final int[][] nodesByLevel = new int[Levels.COUNT][];

    public ShuffledCopies(NetworkShape network, StudySeed seed) {
        this.network = network;
        this.seed = seed;
        Levels levels = Levels.ofHeights(network.heightsWithSubstation());
        for (int level = 1; level <= Levels.COUNT; level++) {
            int[] nodes = new int[levels.lineCount(level)];
            int next = 0;
            for (int n = 0; n < network.nodes(); n++) {
                if (levels.level(n) == level) {
                    nodes[next++] = n;
                }
            }
            nodesByLevel[level - 1] = nodes;
        }
    }

    /** The copy of an index; the same index gives the same copy. */
    public NetworkShape copy(int index) {
        UniformRandomProvider random = seed.stream(Purpose.SHUFFLED_COPY, index);
        int nodes = network.nodes();
        int[] homes = new int[nodes];
        double[] length_m = new double[nodes];
        double[] resistance_ohm = new double[nodes];
        double[] reactance_ohm = new double[nodes];
        double[] rating_A = new double[nodes];
        for (int[] level : nodesByLevel) {
            int[] lines = PermutationSampler.natural(level.length);
            PermutationSampler.shuffle(random, lines);
            int[] loads = PermutationSampler.natural(level.length);
            PermutationSampler.shuffle(random, loads);
            for (int i = 0; i < level.length; i++) {
                int node = level[i];
                int line = level[lines[i]];
                homes[node] = network.homes(level[loads[i]]);
                length_m[node] = network.length_m(line);
                resistance_ohm[node] = network.resistance_ohm(line);
                reactance_ohm[node] = network.reactance_ohm(line);
                rating_A[node] = network.rating_A(line);
            }
        }
        return network.with(homes, length_m, resistance_ohm, reactance_ohm, rating_A);
    }
}
