package org.headroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatioTableTest {
    @Test
    void columns_are_aligned_and_the_ratio_is_the_others_time_over_ours() {
        RatioTable table = new RatioTable("a day", "headroom", "other");
        table.add("20 sessions", 0.004, 0.8);
        table.add("110", 0.000012, 24);

        assertThat(table.lines())
                .containsExactly(
                        "a day        headroom   other      ratio",
                        "20 sessions   4.00 ms  800 ms        200",
                        "110           12.0 µs  24.0 s  2,000,000");
    }

    @Test
    void a_ratio_below_a_hundred_keeps_three_digits() {
        RatioTable table = new RatioTable("", "headroom", "other");
        table.add("x", 2, 3);

        assertThat(table.lines().getLast()).endsWith("1.50");
    }
}
