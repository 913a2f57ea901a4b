package org.headroom.similar.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.similar.validate.HeldOutResult.Draw;
import org.headroom.similar.validate.HeldOutResult.FeatureTest;
import org.headroom.similar.validate.HeldOutResult.Quartiles;
import org.headroom.similar.validate.HeldOutResult.Sample;

/**
 * One draw of the held-out proof: real feeders and generated ones, dealt into folds, compared in every way. Classifiers are trained
 * and asked fold by fold, a network and all that was generated from it always on the same side.
 */
final class ProofDraw {
    private static final int LEAST_GENERATED = 10;
    private static final double BAND = 0.9;

    // Streams of the proof; the others are HeldOutProof's and the forests'.
    private static final int RELABEL = 3;
    private static final int PAIR = 7;
    private static final int PERMUTE = 8;

    private final List<Sample> reals;
    private final List<List<double[]>> pools;
    private final List<Sample> all;
    private final int[] foldOfNetwork;
    private final int folds;
    private final StudySeed seed;
    private final int comparison;
    private final int draw;
    private final boolean[] generated;
    private final Scores forest;
    private final Scores logistic;
    private final Draw result;

    /** What a classifier says of every feeder that it was not trained with. */
    static final class Scores {
        private final double[][] score;
        private final boolean[] generated;
        private final int[] fold;
        private final int[] network;

        /** Scores, then those with one feature at a time permuted among the feeders asked about, where that was asked. */
        private Scores(double[][] score, boolean[] generated, int[] fold, int[] network) {
            this.score = score;
            this.generated = generated;
            this.fold = fold;
            this.network = network;
        }

        private static Scores none() {
            return new Scores(new double[1][0], new boolean[0], new int[0], new int[0]);
        }

        double auc() {
            return TwoSamples.auc(score[0], generated, fold);
        }

        /** The AUC over some networks, each as often as it is named. */
        double auc(int[] networks) {
            int[] drawn = Arrays.stream(networks)
                    .flatMap(n -> IntStream.range(0, network.length).filter(i -> network[i] == n))
                    .toArray();
            return TwoSamples.auc(of(score[0], drawn), of(generated, drawn), of(fold, drawn));
        }

        /** By how much the AUC falls where a feature is permuted; NaN where that was not asked. */
        double importance(int feature) {
            return score.length == 1 ? Double.NaN : auc() - TwoSamples.auc(score[1 + feature], generated, fold);
        }
    }

    /**
     * Compares.
     *
     * @param pools what was generated from each real feeder
     * @param chosen those that stand against the real ones
     * @param ensembles whether pools hold more than the feeder itself
     * @param comparison of the streams
     * @param draw of the streams, and which of the pools' stand in pairs
     */
    ProofDraw(
            List<Sample> reals,
            List<List<double[]>> pools,
            List<Sample> chosen,
            int[] foldOfNetwork,
            int folds,
            boolean ensembles,
            StudySeed seed,
            int comparison,
            int draw) {
        this.reals = reals;
        this.pools = pools;
        this.foldOfNetwork = foldOfNetwork;
        this.folds = folds;
        this.seed = seed;
        this.comparison = comparison;
        this.draw = draw;
        this.all = new ArrayList<>(reals);
        all.addAll(chosen);
        this.generated = new boolean[all.size()];
        Arrays.fill(generated, reals.size(), generated.length, true);
        boolean enough = chosen.size() >= LEAST_GENERATED;
        forest = enough ? scores(fold -> new RandomForest(seed, comparison, draw, fold), true) : Scores.none();
        logistic = enough ? scores(fold -> new LogisticRegression(), false) : Scores.none();
        double[][] real = reals.stream().map(Sample::values).toArray(double[][]::new);
        double[][] made = chosen.stream().map(Sample::values).toArray(double[][]::new);
        TwoSamples.Energy energy = enough
                ? TwoSamples.energy(real, made, seed.stream(Purpose.HELD_OUT_PROOF, RELABEL, comparison, draw))
                : new TwoSamples.Energy(Double.NaN, Double.NaN);
        result = new Draw(
                Arrays.stream(foldOfNetwork).boxed().toList(),
                chosen,
                forest.auc(),
                logistic.auc(),
                energy.distance(),
                energy.p(),
                enough ? features(real, made, ensembles) : List.of(),
                coverage(),
                ensembles ? singleCoverage() : Double.NaN);
    }

    Draw result() {
        return result;
    }

    Scores forest() {
        return forest;
    }

    Scores logistic() {
        return logistic;
    }

    private int fold(Sample sample) {
        return foldOfNetwork[sample.network()];
    }

    private Scores scores(IntFunction<Classifier> classifierOfFold, boolean permuting) {
        int count = all.size();
        int features = permuting ? Feature.ALL.size() : 0;
        double[][] values = all.stream().map(Sample::values).toArray(double[][]::new);
        int[] fold = all.stream().mapToInt(this::fold).toArray();
        double[][] scores = new double[1 + features][count];
        for (int f = 0; f < folds; f++) {
            int held = f;
            int[] learn = IntStream.range(0, count).filter(i -> fold[i] != held).toArray();
            int[] ask = IntStream.range(0, count).filter(i -> fold[i] == held).toArray();
            double[][] asked = of(values, ask);
            double[][] withPermuted = Arrays.copyOf(asked, asked.length * (1 + features));
            UniformRandomProvider random = seed.stream(Purpose.HELD_OUT_PROOF, PERMUTE, comparison, draw, f);
            for (int j = 0; j < features; j++) {
                int[] order = PermutationSampler.natural(asked.length);
                PermutationSampler.shuffle(random, order);
                for (int i = 0; i < asked.length; i++) {
                    double[] permuted = asked[i].clone();
                    permuted[j] = asked[order[i]][j];
                    withPermuted[(1 + j) * asked.length + i] = permuted;
                }
            }
            double[] found = classifierOfFold.apply(f).scores(of(values, learn), of(generated, learn), withPermuted);
            for (int i = 0; i < found.length; i++) {
                scores[i / ask.length][ask[i % ask.length]] = found[i];
            }
        }
        return new Scores(
                scores, generated, fold, all.stream().mapToInt(Sample::network).toArray());
    }

    private List<FeatureTest> features(double[][] real, double[][] made, boolean inPairs) {
        int count = Feature.ALL.size();
        int[] paired = IntStream.range(0, reals.size())
                .filter(i -> !pools.get(i).isEmpty())
                .toArray();
        double[][] firsts = of(real, paired);
        double[][] seconds = Arrays.stream(paired)
                .mapToObj(i -> pools.get(i).get(draw % pools.get(i).size()))
                .toArray(double[][]::new);
        TwoSamples.KolmogorovSmirnov[] tests = new TwoSamples.KolmogorovSmirnov[count];
        double[] p = new double[count];
        for (int j = 0; j < count; j++) {
            tests[j] = TwoSamples.kolmogorovSmirnov(column(real, j), column(made, j));
            p[j] = tests[j].p();
        }
        double[] holm = TwoSamples.holm(p);
        List<FeatureTest> features = new ArrayList<>();
        for (int j = 0; j < count; j++) {
            features.add(new FeatureTest(
                    Feature.ALL.get(j),
                    tests[j].statistic(),
                    p[j],
                    holm[j],
                    inPairs
                            ? TwoSamples.pairedP(
                                    column(firsts, j),
                                    column(seconds, j),
                                    seed.stream(Purpose.HELD_OUT_PROOF, PAIR, comparison, draw, j))
                            : Double.NaN,
                    forest.importance(j),
                    quartiles(column(real, j)),
                    quartiles(column(made, j))));
        }
        return features;
    }

    /** Share of (held-out feeder, feature) in the band of everything generated from the other folds. */
    private double coverage() {
        long within = 0;
        long asked = 0;
        for (int fold = 0; fold < folds; fold++) {
            List<double[]> held = heldOut(fold);
            List<double[]> ensemble = new ArrayList<>();
            for (int i = 0; i < reals.size(); i++) {
                if (fold(reals.get(i)) != fold) {
                    ensemble.addAll(pools.get(i));
                }
            }
            if (!ensemble.isEmpty()) {
                within += countWithin(ensemble, held);
                asked += (long) held.size() * Feature.ALL.size();
            }
        }
        return asked == 0 ? Double.NaN : (double) within / asked;
    }

    /** The same with the ensemble of one feeder of the other folds at a time, mean over them. */
    private double singleCoverage() {
        long within = 0;
        long asked = 0;
        for (int i = 0; i < reals.size(); i++) {
            int own = fold(reals.get(i));
            List<double[]> others = reals.stream()
                    .filter(real -> fold(real) != own)
                    .map(Sample::values)
                    .toList();
            if (!pools.get(i).isEmpty()) {
                within += countWithin(pools.get(i), others);
                asked += (long) others.size() * Feature.ALL.size();
            }
        }
        return asked == 0 ? Double.NaN : (double) within / asked;
    }

    private List<double[]> heldOut(int fold) {
        return reals.stream()
                .filter(real -> fold(real) == fold)
                .map(Sample::values)
                .toList();
    }

    private static long countWithin(List<double[]> ensemble, List<double[]> feeders) {
        long within = 0;
        double[][] made = ensemble.toArray(double[][]::new);
        for (int j = 0; j < Feature.ALL.size(); j++) {
            double[] sorted = column(made, j);
            Arrays.sort(sorted);
            double low = TwoSamples.quantile(sorted, (1 - BAND) / 2);
            double high = TwoSamples.quantile(sorted, (1 + BAND) / 2);
            for (double[] feeder : feeders) {
                within += feeder[j] >= low && feeder[j] <= high ? 1 : 0;
            }
        }
        return within;
    }

    private static Quartiles quartiles(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Quartiles(
                TwoSamples.quantile(sorted, 0.25), TwoSamples.quantile(sorted, 0.5), TwoSamples.quantile(sorted, 0.75));
    }

    private static double[] column(double[][] rows, int j) {
        return Arrays.stream(rows).mapToDouble(row -> row[j]).toArray();
    }

    private static double[][] of(double[][] rows, int[] which) {
        return Arrays.stream(which).mapToObj(i -> rows[i]).toArray(double[][]::new);
    }

    private static double[] of(double[] values, int[] which) {
        return Arrays.stream(which).mapToDouble(i -> values[i]).toArray();
    }

    private static int[] of(int[] values, int[] which) {
        return Arrays.stream(which).map(i -> values[i]).toArray();
    }

    private static boolean[] of(boolean[] values, int[] which) {
        boolean[] some = new boolean[which.length];
        for (int i = 0; i < which.length; i++) {
            some[i] = values[which[i]];
        }
        return some;
    }
}
