package org.headroom.similar.validate;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the held-out proof found.
 *
 * @param networks number of real networks
 * @param feeders the real feeders compared, each held out once
 * @param tooSmall feeders left out because they are too small
 * @param beyondFlowLimits feeders left out because they break the flow limits themselves; 0 where all are taken
 * @param withinFlowLimits whether only feeders within flow limits were taken, real and generated
 * @param draws times that all was dealt and chosen anew; figures of a comparison are means over them
 * @param comparisons one for each method, then the references
 * @param notes what to know before trusting a number
 */
public record HeldOutResult(
        int networks,
        List<Sample> feeders,
        int tooSmall,
        int beyondFlowLimits,
        boolean withinFlowLimits,
        int folds,
        int draws,
        long seed,
        List<Comparison> comparisons,
        List<String> notes) {
    public HeldOutResult {
        feeders = List.copyOf(feeders);
        comparisons = List.copyOf(comparisons);
        notes = List.copyOf(notes);
    }

    /** A feeder, real or generated, with all its features. */
    public static final class Sample {
        private final String source;
        private final int network;
        private final double[] values;

        Sample(String source, int network, double[] values) {
            this.source = source;
            this.network = network;
            this.values = values.clone();
        }

        /** Name of the real feeder that it is or was generated from. */
        public String source() {
            return source;
        }

        /** Which of the real networks that feeder belongs to. */
        public int network() {
            return network;
        }

        /** The value of a feature, in its unit. */
        public double value(Feature feature) {
            return values[feature.index()];
        }

        double[] values() {
            return values.clone();
        }
    }

    /**
     * Generated feeders, or a reference, against the real ones.
     *
     * @param name of the method or reference
     * @param draws at least one
     * @param drawn networks generated in all
     * @param givenUp networks that could not be generated, every try being refused
     * @param alike networks drawn that are equal to another one
     * @param copies networks drawn that are equal to the feeder they were generated from
     * @param forest how well a random forest tells real from generated
     * @param logistic how well a logistic regression does
     */
    public record Comparison(
            String name, List<Draw> draws, int drawn, int givenUp, int alike, int copies, Auc forest, Auc logistic) {
        public Comparison {
            draws = List.copyOf(draws);
        }

        /** Whether enough were generated to test anything. */
        public boolean tested() {
            return draws.stream().noneMatch(draw -> draw.features().isEmpty());
        }

        /** Distance between the two, all features together, mean over draws; NaN where too few were generated. */
        public double energyDistance() {
            return mean(Draw::energyDistance);
        }

        /** Probability of a greater energy distance by chance, median over draws. */
        public double energyP() {
            return median(Draw::energyP);
        }

        /** Share of (held-out feeder, feature) within the 90 % band of an ensemble from all other networks. */
        public double covered() {
            return mean(Draw::covered);
        }

        /** The same for ensembles from one feeder each, mean over feeders; NaN where there is no such ensemble. */
        public double coveredBySingle() {
            return mean(Draw::coveredBySingle);
        }

        /** A feature's test, each figure the median over draws; only where enough were generated. */
        public FeatureTest test(Feature feature) {
            return new FeatureTest(
                    feature,
                    median(draw -> draw.test(feature).statistic()),
                    median(draw -> draw.test(feature).p()),
                    median(draw -> draw.test(feature).holmP()),
                    median(draw -> draw.test(feature).pairedP()),
                    mean(draw -> draw.test(feature).importance()),
                    draws.getFirst().test(feature).real(),
                    new Quartiles(
                            median(draw -> draw.test(feature).generated().lower()),
                            median(draw -> draw.test(feature).generated().median()),
                            median(draw -> draw.test(feature).generated().upper())));
        }

        /** Share of draws in which the distributions of a feature, taken by itself, differ at a level. */
        public double refusedShare(Feature feature, double level) {
            return mean(draw -> draw.test(feature).p() < level ? 1 : 0);
        }

        private double mean(ToDoubleFunction<Draw> figure) {
            return draws.stream().mapToDouble(figure).average().orElseThrow();
        }

        private double median(ToDoubleFunction<Draw> figure) {
            return TwoSamples.quantile(
                    draws.stream().mapToDouble(figure).sorted().toArray(), 0.5);
        }
    }

    /**
     * One draw of a comparison.
     *
     * @param foldOfNetwork the fold of each real network, from 0; -1 for one without a feeder to hold out
     * @param generated feeders compared, as many as there are real ones or fewer
     * @param forestAuc of the random forest; NaN, like all figures, where too few were generated
     * @param features one for each {@link Feature}, in their order; none where too few were generated
     */
    public record Draw(
            List<Integer> foldOfNetwork,
            List<Sample> generated,
            double forestAuc,
            double logisticAuc,
            double energyDistance,
            double energyP,
            List<FeatureTest> features,
            double covered,
            double coveredBySingle) {
        public Draw {
            foldOfNetwork = List.copyOf(foldOfNetwork);
            generated = List.copyOf(generated);
            features = List.copyOf(features);
        }

        /** The fold of a feeder, from 0. */
        public int fold(Sample sample) {
            return foldOfNetwork.get(sample.network());
        }

        /** The test of a feature; only where enough were generated. */
        public FeatureTest test(Feature feature) {
            return features.get(feature.index());
        }

        /** Number of features whose distributions differ at a level, each taken by itself. */
        public int refusedAt(double level) {
            return (int) features.stream().filter(test -> test.p() < level).count();
        }

        /** Number of features in which feeders differ at a level from those generated from them, each taken by itself. */
        public int refusedInPairsAt(double level) {
            return (int)
                    features.stream().filter(test -> test.pairedP() < level).count();
        }

        /** Number of features whose distributions differ at a level that holds for all together. */
        public int refusedTogetherAt(double level) {
            return (int) features.stream().filter(test -> test.holmP() < level).count();
        }
    }

    /**
     * Area under the receiver's curve of a classifier, cross-validated: .5 where it cannot tell real from generated.
     *
     * @param value mean over draws
     * @param lower of the mean's 95 % interval (bootstrap over real networks and draws)
     * @param least of a draw
     * @param most of a draw
     */
    public record Auc(double value, double lower, double upper, double least, double most) {
        static final Auc NONE = new Auc(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        /**
         * Of its draws.
         *
         * @param resampled means by bootstrap; NaN are left out
         */
        static Auc of(double[] draws, double[] resampled) {
            double[] known = Arrays.stream(resampled)
                    .filter(auc -> !Double.isNaN(auc))
                    .sorted()
                    .toArray();
            double[] sorted = Arrays.stream(draws).sorted().toArray();
            return new Auc(
                    Arrays.stream(draws).average().orElseThrow(),
                    TwoSamples.quantile(known, 0.025),
                    TwoSamples.quantile(known, 0.975),
                    sorted[0],
                    sorted[sorted.length - 1]);
        }
    }

    /**
     * One feature's distributions compared.
     *
     * @param statistic greatest difference of the two empirical distributions
     * @param p probability of a greater one by chance
     * @param holmP the same, adjusted for the number of features (Holm)
     * @param pairedP the same for pairs of a feeder and one generated from it, which sees smaller differences; NaN where pairs are
     *     always alike
     * @param importance by how much the forest's AUC falls where this feature is permuted among the feeders it is asked about
     */
    public record FeatureTest(
            Feature feature,
            double statistic,
            double p,
            double holmP,
            double pairedP,
            double importance,
            Quartiles real,
            Quartiles generated) {}

    /** Quartiles of a feature, in its unit. */
    public record Quartiles(double lower, double median, double upper) {}
}
