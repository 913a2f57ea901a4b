package org.headroom.similar.validate;

/** What tells real feeders from generated ones, learned from examples. */
sealed interface Classifier permits LogisticRegression, RandomForest {
    /**
     * How much each of some feeders looks generated, higher for more so, after learning from others.
     *
     * @param examples {@code [feeder][feature]}
     * @param generated what each example is
     * @param asked {@code [feeder][feature]}
     */
    double[] scores(double[][] examples, boolean[] generated, double[][] asked);
}
