package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.headroom.study.StudySummary.ChargingCurves;
import org.junit.jupiter.api.Test;

class StudySummaryTest {
    private static final ChargingCurves TWO_WEEKS =
            new ChargingCurves("pro", 100, 7, "guzzle", List.of(List.of(1.0, 2.0, 6.0), List.of(3.0, 0.0, 5.0)));

    @Test
    void the_mean_curve_averages_the_weeks_step_by_step() {
        assertThat(TWO_WEEKS.mean_kW()).containsExactly(2.0, 1.0, 5.5);
    }

    @Test
    void the_maximum_curve_takes_the_highest_week_step_by_step() {
        assertThat(TWO_WEEKS.maximum_kW()).containsExactly(3.0, 2.0, 6.0);
    }

    @Test
    void the_peak_is_the_highest_value_of_all_weeks() {
        assertThat(TWO_WEEKS.peak_kW()).isEqualTo(6.0);
    }

    @Test
    void weeks_of_different_lengths_are_refused() {
        assertThatThrownBy(() -> new ChargingCurves("pro", 100, 7, "guzzle", List.of(List.of(1.0, 2.0), List.of(3.0))))
                .hasMessageContaining("charging curves of pro: a week of 1 steps beside one of 2");
    }
}
