package org.headroom.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void power_loses_its_decimal_from_a_hundred() {
        assertThat(Numbers.power(99.94)).isEqualTo("99.9");
        assertThat(Numbers.power(99.96)).isEqualTo("100");
        assertThat(Numbers.power(-120.4)).isEqualTo("-120");
    }

    @Test
    void no_number_is_a_dash() {
        assertThat(Numbers.thousands(Double.NaN)).isEqualTo("–");
        assertThat(Numbers.percent(Double.POSITIVE_INFINITY)).isEqualTo("–");
    }

    @Test
    void nothing_is_less_than_zero_after_rounding_to_it() {
        assertThat(Numbers.power(-0.04)).isEqualTo("0.0");
        assertThat(Numbers.difference(-0.0001)).isEqualTo("0.0");
        assertThat(Numbers.difference(0.0001)).isEqualTo("0.0");
    }

    @Test
    void a_difference_shows_its_sign() {
        assertThat(Numbers.difference(0.0815)).isEqualTo("+8.2");
        assertThat(Numbers.difference(-0.28)).isEqualTo("-28.0");
    }

    @Test
    void thousands_are_set_apart() {
        assertThat(Numbers.whole(12345.6)).isEqualTo("12,346");
    }
}
