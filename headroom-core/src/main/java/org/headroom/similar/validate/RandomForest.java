package org.headroom.similar.validate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;

/**
 * A random forest (Breiman 2001): {@value #TREES} trees, each on a bootstrap sample, split by Gini impurity on the best of √p features
 * drawn at each node, leaves of {@value #LEAST_LEAF} or more. Sees differences that no linear combination shows.
 */
final class RandomForest implements Classifier {
    private static final int TREES = 500;
    private static final int LEAST_LEAF = 3;

    /** Tells forests' streams from the proof's other ones. */
    private static final int STREAM = 1;

    private final StudySeed seed;
    private final int comparison;
    private final int draw;
    private final int fold;

    /** A forest to grow: forests of one seed that differ in comparison, draw or fold are independent. */
    RandomForest(StudySeed seed, int comparison, int draw, int fold) {
        this.seed = seed;
        this.comparison = comparison;
        this.draw = draw;
        this.fold = fold;
    }

    @Override
    public double[] scores(double[][] examples, boolean[] generated, double[][] asked) {
        double[] scores = new double[asked.length];
        int[][] order = order(examples);
        for (int t = 0; t < TREES; t++) {
            UniformRandomProvider random = seed.stream(Purpose.HELD_OUT_PROOF, STREAM, comparison, draw, fold, t);
            int[] sample = new int[examples.length];
            for (int i = 0; i < sample.length; i++) {
                sample[i] = random.nextInt(examples.length);
            }
            new Tree(examples, order, generated, random).addScores(sample, asked, scores);
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= TREES;
        }
        return scores;
    }

    /** The examples in the order of each feature, {@code [feature][rank]}. */
    private static int[][] order(double[][] examples) {
        int[][] order = new int[examples[0].length][];
        for (int j = 0; j < order.length; j++) {
            int feature = j;
            order[j] = IntStream.range(0, examples.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> examples[i][feature]))
                    .mapToInt(i -> i)
                    .toArray();
        }
        return order;
    }

    /** Grows a tree and sends the feeders asked about down it as it grows. */
    private static final class Tree {
        private final double[][] examples;
        private final int[][] order;
        private final int[] often;
        private final boolean[] generated;
        private final UniformRandomProvider random;

        Tree(double[][] examples, int[][] order, boolean[] generated, UniformRandomProvider random) {
            this.examples = examples;
            this.order = order;
            this.often = new int[examples.length];
            this.generated = generated;
            this.random = random;
        }

        void addScores(int[] sample, double[][] asked, double[] scores) {
            int[] all = new int[asked.length];
            Arrays.setAll(all, i -> i);
            grow(sample, all, asked, scores);
        }

        private void grow(int[] sample, int[] here, double[][] asked, double[] scores) {
            if (here.length == 0) {
                return;
            }
            int positive = 0;
            for (int i : sample) {
                positive += generated[i] ? 1 : 0;
            }
            Split split = positive == 0 || positive == sample.length ? Split.NONE : best(sample);
            if (split.feature < 0) {
                for (int i : here) {
                    scores[i] += (double) positive / sample.length;
                }
                return;
            }
            grow(
                    Arrays.stream(sample)
                            .filter(i -> examples[i][split.feature] <= split.at)
                            .toArray(),
                    Arrays.stream(here)
                            .filter(i -> asked[i][split.feature] <= split.at)
                            .toArray(),
                    asked,
                    scores);
            grow(
                    Arrays.stream(sample)
                            .filter(i -> examples[i][split.feature] > split.at)
                            .toArray(),
                    Arrays.stream(here)
                            .filter(i -> asked[i][split.feature] > split.at)
                            .toArray(),
                    asked,
                    scores);
        }

        private Split best(int[] sample) {
            int features = examples[0].length;
            int[] drawn = PermutationSampler.natural(features);
            PermutationSampler.shuffle(random, drawn);
            Split best = Split.NONE;
            double least = Double.POSITIVE_INFINITY;
            Arrays.fill(often, 0);
            int all = 0;
            for (int i : sample) {
                often[i]++;
                all += generated[i] ? 1 : 0;
            }
            int[] sorted = new int[sample.length];
            int tried = (int) Math.ceil(Math.sqrt(features));
            for (int f = 0; f < tried; f++) {
                int feature = drawn[f];
                int next = 0;
                for (int i : order[feature]) {
                    for (int k = 0; k < often[i]; k++) {
                        sorted[next++] = i;
                    }
                }
                int left = 0;
                for (int i = 0; i < sorted.length - 1; i++) {
                    left += generated[sorted[i]] ? 1 : 0;
                    double here = examples[sorted[i]][feature];
                    double above = examples[sorted[i + 1]][feature];
                    int size = i + 1;
                    int rest = sorted.length - size;
                    if (here < above && size >= LEAST_LEAF && rest >= LEAST_LEAF) {
                        double impurity = left
                                - (double) left * left / size
                                + (all - left)
                                - (double) (all - left) * (all - left) / rest;
                        if (impurity < least) {
                            least = impurity;
                            best = new Split(feature, here + (above - here) / 2);
                        }
                    }
                }
            }
            return best;
        }
    }

    private record Split(int feature, double at) {
        static final Split NONE = new Split(-1, 0);
    }
}
