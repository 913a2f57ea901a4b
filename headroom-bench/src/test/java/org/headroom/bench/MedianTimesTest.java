package org.headroom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTimesTest {
    @Test
    void the_median_is_the_middle_value_or_the_mean_of_the_two() {
        assertThat(MedianTimes.median(new double[] {9, 1, 5})).isEqualTo(5);
        assertThat(MedianTimes.median(new double[] {9, 1, 5, 3})).isEqualTo(4);
    }

    @Test
    void sides_are_measured_by_turns_and_the_slower_takes_longer() {
        List<String> order = new ArrayList<>();

        List<Double> medians_s = new MedianTimes(5, 0)
                .measure_s(List.of(() -> sleeper("short", 20, order), () -> sleeper("long", 210, order)));

        assertThat(medians_s.get(0)).isGreaterThanOrEqualTo(0.02).isLessThan(medians_s.get(1));
        assertThat(medians_s.get(1)).isGreaterThanOrEqualTo(0.21);
        // once to warm up, then a round of one at a time
        assertThat(order).filteredOn("long"::equals).hasSize(6);
        int firstRound = order.indexOf("long") + 1;
        int secondOfLong = firstRound + order.subList(firstRound, order.size()).indexOf("long");
        assertThat(order.subList(firstRound, secondOfLong)).isNotEmpty().containsOnly("short");
    }

    private static double sleeper(String name, long ms, List<String> order) {
        order.add(name);
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return 1;
    }

    @Test
    void a_side_that_fails_is_not_measured_as_fast() {
        assertThatThrownBy(() -> new MedianTimes(5, 0).measure_s(List.of(() -> Double.NaN)))
                .isInstanceOf(IllegalStateException.class);
    }
}
