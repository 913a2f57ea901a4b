package org.headroom.similar.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.headroom.random.StudySeed;
import org.junit.jupiter.api.Test;

class ClassifierTest {
    /** Two features of 200 examples, with the label that a rule gives them. */
    private static final class Examples {
        private final double[][] values = new double[200][];
        private final boolean[] generated = new boolean[200];

        interface Rule {
            boolean generated(double x, double y, SplittableRandom random);
        }

        static Examples of(long seed, Rule rule) {
            SplittableRandom random = new SplittableRandom(seed);
            Examples examples = new Examples();
            for (int i = 0; i < 200; i++) {
                examples.values[i] = random.doubles(2, -1, 1).toArray();
                examples.generated[i] = rule.generated(examples.values[i][0], examples.values[i][1], random);
            }
            return examples;
        }
    }

    /** Trained on one half, asked about another. */
    private static double auc(Supplier<Classifier> classifier, Examples.Rule rule) {
        Examples learn = Examples.of(1, rule);
        Examples ask = Examples.of(2, rule);
        return TwoSamples.auc(
                classifier.get().scores(learn.values, learn.generated, ask.values), ask.generated, new int[200]);
    }

    private static Classifier forest() {
        return new RandomForest(new StudySeed(1), 0, 0, 0);
    }

    @Test
    void both_see_a_plane_between_the_two() {
        Examples.Rule plane = (x, y, random) -> x + y > 0.2;
        assertThat(auc(LogisticRegression::new, plane)).isGreaterThan(0.99);
        assertThat(auc(ClassifierTest::forest, plane)).isGreaterThan(0.95);
    }

    @Test
    void the_forest_alone_sees_opposite_corners() {
        Examples.Rule corners = (x, y, random) -> x * y > 0;
        assertThat(auc(LogisticRegression::new, corners)).isBetween(0.35, 0.65);
        assertThat(auc(ClassifierTest::forest, corners)).isGreaterThan(0.9);
    }

    @Test
    void neither_sees_what_is_not_there() {
        Examples.Rule coin = (x, y, random) -> random.nextBoolean();
        assertThat(auc(LogisticRegression::new, coin)).isBetween(0.4, 0.6);
        assertThat(auc(ClassifierTest::forest, coin)).isBetween(0.4, 0.6);
    }

    @Test
    void examples_that_a_plane_separates_do_not_break_the_regression() {
        double[][] values = {{0, 1}, {1, 1}, {2, 1}, {3, 1}};
        boolean[] generated = {false, false, true, true};
        assertThat(new LogisticRegression().scores(values, generated, values))
                .isSorted()
                .doesNotContain(Double.NaN);
    }
}
