package org.headroom.similar.validate;

import java.util.List;

/**
 * What the held-out proof found.
 *
 * @param networks number of real networks
 * @param feeders the real feeders compared, each held out once
 * @param tooSmall feeders left out because they are too small
 * @param beyondFlowLimits feeders left out because they break the flow limits themselves; 0 where all are taken
 * @param withinFlowLimits whether only feeders within flow limits were taken, real and generated
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
        private final int fold;
        private final double[] values;

        Sample(String source, int network, int fold, double[] values) {
            this.source = source;
            this.network = network;
            this.fold = fold;
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

        /** Fold that this network was dealt into, from 0. */
        public int fold() {
            return fold;
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
     * @param generated those compared, as many as there are real ones or fewer
     * @param drawn networks generated in all
     * @param givenUp networks that could not be generated, every try being refused
     * @param alike networks drawn that are equal to another one
     * @param copies networks drawn that are equal to the feeder they were generated from
     * @param forest how well a random forest tells real from generated
     * @param logistic how well a logistic regression does
     * @param energyDistance between the two, all features together; NaN where too few were generated
     * @param energyP probability of a greater one by chance
     * @param features one for each {@link Feature}, in their order
     * @param covered share of (held-out feeder, feature) within the 90 % band of an ensemble from all other networks
     * @param coveredBySingle the same for ensembles from one feeder each, mean over feeders; NaN where there is no such ensemble
     */
    public record Comparison(
            String name,
            List<Sample> generated,
            int drawn,
            int givenUp,
            int alike,
            int copies,
            Auc forest,
            Auc logistic,
            double energyDistance,
            double energyP,
            List<FeatureTest> features,
            double covered,
            double coveredBySingle) {
        public Comparison {
            generated = List.copyOf(generated);
            features = List.copyOf(features);
        }

        /** The test of a feature; only where enough were generated. */
        public FeatureTest test(Feature feature) {
            return features.get(feature.index());
        }

        /** Number of features whose distributions differ at a level, each taken by itself. */
        public long refusedAt(double level) {
            return features.stream().filter(test -> test.p() < level).count();
        }

        /** Number of features in which feeders differ at a level from those generated from them, each taken by itself. */
        public long refusedInPairsAt(double level) {
            return features.stream().filter(test -> test.pairedP() < level).count();
        }

        /** Number of features whose distributions differ at a level that holds for all together. */
        public long refusedTogetherAt(double level) {
            return features.stream().filter(test -> test.holmP() < level).count();
        }
    }

    /**
     * Area under the receiver's curve of a classifier, cross-validated: .5 where it cannot tell real from generated.
     *
     * @param lower of the 95 % interval (bootstrap over real networks)
     */
    public record Auc(double value, double lower, double upper) {}

    /**
     * One feature's distributions compared.
     *
     * @param statistic greatest difference of the two empirical distributions
     * @param p probability of a greater one by chance
     * @param holmP the same, adjusted for the number of features (Holm)
     * @param pairedP the same for pairs of a feeder and one generated from it, which sees smaller differences; NaN where pairs are
     *     always alike
     */
    public record FeatureTest(
            Feature feature,
            double statistic,
            double p,
            double holmP,
            double pairedP,
            Quartiles real,
            Quartiles generated) {}

    /** Quartiles of a feature, in its unit. */
    public record Quartiles(double lower, double median, double upper) {}
}
