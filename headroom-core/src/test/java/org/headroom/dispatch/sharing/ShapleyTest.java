package org.headroom.dispatch.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShapleyTest {
    /** Glove game: part 0 holds a left glove, parts 1 and 2 a right one each; a pair is worth 1. Its values are 2/3, 1/6, 1/6. */
    @Test
    void the_glove_game_has_its_published_values() {
        double[] value = {0, 0, 0, 1, 0, 1, 0, 1};

        assertThat(Shapley.contributions(value))
                .containsExactly(new double[] {2.0 / 3, 1.0 / 6, 1.0 / 6}, within(1e-15));
    }

    @Test
    void contributions_are_the_mean_over_all_orders_and_sum_to_the_whole() {
        SplittableRandom random = new SplittableRandom(3);
        double[] value = random.doubles(8).toArray();
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        double[] mean = new double[3];
        for (int[] order : orders) {
            int on = 0;
            for (int part : order) {
                mean[part] += (value[on | 1 << part] - value[on]) / orders.length;
                on |= 1 << part;
            }
        }

        double[] contributions = Shapley.contributions(value);

        assertThat(contributions).containsExactly(mean, within(1e-15));
        assertThat(Arrays.stream(contributions).sum()).isCloseTo(value[7] - value[0], within(1e-15));
    }

    @Test
    void values_that_are_not_of_all_combinations_are_refused() {
        assertThatThrownBy(() -> Shapley.contributions(new double[6])).hasMessageContaining("power of two");
    }
}
