package org.headroom.similar.validate;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;

/** Statistics of whether two samples are of one distribution. */
final class TwoSamples {
    private static final int PERMUTATIONS = 999;
    private static final int EXACT = 10_000;

    private TwoSamples() {}

    /** Greatest difference between the two empirical distributions, and the probability of a greater one by chance. */
    record KolmogorovSmirnov(double statistic, double p) {}

    /**
     * The Kolmogorov-Smirnov test: exact up to {@value #EXACT} pairs, by the limiting distribution beyond. Where values tie, as
     * whole numbers do, the true p is lower than the one given.
     */
    static KolmogorovSmirnov kolmogorovSmirnov(double[] a, double[] b) {
        KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
        double statistic = test.kolmogorovSmirnovStatistic(a, b);
        double p = (long) a.length * b.length <= EXACT
                ? test.exactP(statistic, a.length, b.length, false)
                : test.approximateP(statistic, a.length, b.length);
        return new KolmogorovSmirnov(statistic, Math.min(1, p));
    }

    /**
     * The same test for pairs: probability of a difference as great when a coin decides for each pair which of the two is the
     * real one ({@value #PERMUTATIONS} times). Unlike the test above it knows that what was generated from a feeder goes with it,
     * and so sees smaller differences.
     */
    static double pairedP(double[] real, double[] generated, UniformRandomProvider random) {
        KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
        double measured = test.kolmogorovSmirnovStatistic(real, generated);
        double[] a = new double[real.length];
        double[] b = new double[real.length];
        int asGreat = 1;
        for (int i = 0; i < PERMUTATIONS; i++) {
            for (int pair = 0; pair < a.length; pair++) {
                boolean swap = random.nextBoolean();
                a[pair] = swap ? generated[pair] : real[pair];
                b[pair] = swap ? real[pair] : generated[pair];
            }
            asGreat += test.kolmogorovSmirnovStatistic(a, b) >= measured ? 1 : 0;
        }
        return asGreat / (PERMUTATIONS + 1.0);
    }

    /** Holm's adjustment of p values tested together: below a level, they hold for the family. */
    static double[] holm(double[] p) {
        Integer[] order = new Integer[p.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> Double.compare(p[i], p[j]));
        double[] adjusted = new double[p.length];
        double highest = 0;
        for (int rank = 0; rank < p.length; rank++) {
            highest = Math.max(highest, Math.min(1, (p.length - rank) * p[order[rank]]));
            adjusted[order[rank]] = highest;
        }
        return adjusted;
    }

    /**
     * Area under the receiver's curve: the share of pairs, real and generated, in which the generated one scores higher, ties
     * counting half. .5 where the two cannot be told apart; NaN where there is no pair.
     *
     * @param fold pairs are taken within a fold, as each fold's scores come from another classifier
     */
    static double auc(double[] scores, boolean[] generated, int[] fold) {
        double higher = 0;
        long pairs = 0;
        for (int g = 0; g < scores.length; g++) {
            for (int r = 0; r < scores.length && generated[g]; r++) {
                if (!generated[r] && fold[r] == fold[g]) {
                    pairs++;
                    higher += scores[g] > scores[r] ? 1 : scores[g] == scores[r] ? 0.5 : 0;
                }
            }
        }
        return pairs == 0 ? Double.NaN : higher / pairs;
    }

    /** The quantile of sorted values by linear interpolation; NaN of none. */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** Energy distance of two samples, and the share of relabellings that give one as great. */
    record Energy(double distance, double p) {}

    /**
     * The energy distance (Székely and Rizzo 2013) in Euclidean distance of features standardised by the first sample's scale.
     *
     * @param real {@code [feeder][feature]}
     * @param random of the {@value #PERMUTATIONS} relabellings
     */
    static Energy energy(double[][] real, double[][] generated, UniformRandomProvider random) {
        Standardised scale = Standardised.by(real);
        double[][] all = new double[real.length + generated.length][];
        System.arraycopy(scale.of(real), 0, all, 0, real.length);
        System.arraycopy(scale.of(generated), 0, all, real.length, generated.length);
        double[][] distance = new double[all.length][all.length];
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < i; j++) {
                double squares = 0;
                for (int k = 0; k < all[i].length; k++) {
                    squares += (all[i][k] - all[j][k]) * (all[i][k] - all[j][k]);
                }
                distance[i][j] = Math.sqrt(squares);
                distance[j][i] = distance[i][j];
            }
        }
        int[] label = PermutationSampler.natural(all.length);
        double measured = energy(distance, label, real.length);
        int asGreat = 1;
        for (int i = 0; i < PERMUTATIONS; i++) {
            PermutationSampler.shuffle(random, label);
            asGreat += energy(distance, label, real.length) >= measured ? 1 : 0;
        }
        return new Energy(measured, asGreat / (PERMUTATIONS + 1.0));
    }

    private static double energy(double[][] distance, int[] order, int first) {
        double across = 0;
        double withinFirst = 0;
        double withinSecond = 0;
        int second = order.length - first;
        for (int i = 0; i < order.length; i++) {
            double[] row = distance[order[i]];
            for (int j = 0; j < i; j++) {
                double d = row[order[j]];
                if (i < first) {
                    withinFirst += d;
                } else if (j < first) {
                    across += d;
                } else {
                    withinSecond += d;
                }
            }
        }
        return 2 * across / ((double) first * second)
                - 2 * withinFirst / ((double) first * first)
                - 2 * withinSecond / ((double) second * second);
    }
}
