package org.headroom.similar.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.junit.jupiter.api.Test;

class TwoSamplesTest {
    @Test
    void the_auc_counts_pairs_of_a_fold_that_are_in_order() {
        double[] scores = {1, 2, 3, 2, 0, 9};
        boolean[] generated = {false, false, true, true, true, false};
        // Fold 0: (3 over 1, 2), (2 over 1, ties with 2); fold 1: 0 is below 9.
        assertThat(TwoSamples.auc(scores, generated, new int[] {0, 0, 0, 0, 1, 1}))
                .isCloseTo(3.5 / 5, within(1e-12));
    }

    @Test
    void without_pairs_there_is_no_auc() {
        assertThat(TwoSamples.auc(new double[] {1, 2}, new boolean[] {true, false}, new int[] {0, 1}))
                .isNaN();
    }

    @Test
    void the_exact_p_is_the_share_of_orders_that_differ_as_much() {
        // 12 of the 20 ways to place three among six have a difference of 2/3 or more.
        TwoSamples.KolmogorovSmirnov test =
                TwoSamples.kolmogorovSmirnov(new double[] {1, 2, 4}, new double[] {3, 5, 6});
        assertThat(test.statistic()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(test.p()).isCloseTo(12.0 / 20, within(1e-9));
    }

    @Test
    void p_is_below_a_twentieth_about_once_in_twenty_where_nothing_differs() {
        SplittableRandom random = new SplittableRandom(7);
        int below = 0;
        for (int i = 0; i < 400; i++) {
            double[] a = random.doubles(60).toArray();
            double[] b = random.doubles(60).toArray();
            below += TwoSamples.kolmogorovSmirnov(a, b).p() < 0.05 ? 1 : 0;
        }
        assertThat(below).isBetween(5, 32);
    }

    @Test
    void pairs_that_go_together_show_a_shift_that_two_samples_do_not() {
        SplittableRandom random = new SplittableRandom(3);
        double[] real = random.doubles(60, 0, 10).toArray();
        double[] shifted = new double[60];
        for (int i = 0; i < 60; i++) {
            shifted[i] = real[i] + 0.6 + 0.2 * random.nextDouble();
        }
        assertThat(TwoSamples.kolmogorovSmirnov(real, shifted).p()).isGreaterThan(0.05);
        assertThat(TwoSamples.pairedP(real, shifted, new StudySeed(1).stream(Purpose.HELD_OUT_PROOF)))
                .isLessThan(0.01);
    }

    @Test
    void holm_multiplies_the_least_p_by_all_the_next_by_one_less_and_keeps_their_order() {
        assertThat(TwoSamples.holm(new double[] {0.04, 0.01, 0.03, 0.005}))
                .containsExactly(new double[] {0.06, 0.03, 0.06, 0.02}, within(1e-12));
    }

    @Test
    void the_energy_distance_of_single_features_is_twice_the_squared_area_between_the_distributions() {
        // Székely's identity in one dimension; the scale is the first sample's, of mean 1.5 and deviation ½.
        double[][] real = {{1}, {2}};
        double[][] generated = {{2}, {4}};
        double area = 0.5 * 0.5 * 1 + 0.5 * 0.5 * 2; // differences of ½ from 1 to 2 and from 2 to 4
        TwoSamples.Energy energy = TwoSamples.energy(real, generated, new StudySeed(1).stream(Purpose.HELD_OUT_PROOF));
        assertThat(energy.distance()).isCloseTo(2 * area / 0.5, within(1e-12));
    }

    @Test
    void the_energy_p_is_small_where_samples_differ() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] real = new double[30][];
        double[][] same = new double[30][];
        double[][] other = new double[30][];
        for (int i = 0; i < 30; i++) {
            real[i] = random.doubles(4).toArray();
            same[i] = random.doubles(4).toArray();
            other[i] = random.doubles(4, 0.3, 1.3).toArray();
        }
        assertThat(TwoSamples.energy(real, same, new StudySeed(1).stream(Purpose.HELD_OUT_PROOF))
                        .p())
                .isGreaterThan(0.05);
        assertThat(TwoSamples.energy(real, other, new StudySeed(1).stream(Purpose.HELD_OUT_PROOF))
                        .p())
                .isLessThan(0.01);
    }
}
