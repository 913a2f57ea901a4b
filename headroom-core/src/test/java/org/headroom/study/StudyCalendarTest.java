package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.headroom.time.Season;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyCalendarTest {
    static IntStream daysPerSeason() {
        return IntStream.rangeClosed(1, 28);
    }

    @ParameterizedTest
    @MethodSource("daysPerSeason")
    void weights_sum_to_a_year(int perSeason) {
        assertThat(weight(new StudyCalendar(perSeason).days())).isCloseTo(365, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("daysPerSeason")
    void each_season_weighs_its_days(int perSeason) {
        for (Season season : Season.values()) {
            assertThat(weight(ofSeason(perSeason, season))).isCloseTo(season.days(), within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("daysPerSeason")
    void weekend_days_weigh_two_sevenths_of_a_season_where_there_are_any(int perSeason) {
        for (Season season : Season.values()) {
            List<StudyDay> weekend = ofSeason(perSeason, season).stream()
                    .filter(day -> day.type().isWeekend())
                    .toList();
            assertThat(weekend.isEmpty()).isEqualTo(perSeason == 1);
            assertThat(weight(weekend)).isCloseTo(weekend.isEmpty() ? 0 : season.days() * 2 / 7.0, within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("daysPerSeason")
    void days_of_one_type_and_season_weigh_the_same(int perSeason) {
        for (Season season : Season.values()) {
            for (boolean weekend : new boolean[] {false, true}) {
                assertThat(ofSeason(perSeason, season).stream()
                                .filter(day -> day.type().isWeekend() == weekend)
                                .map(StudyDay::weight_days)
                                .distinct())
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("daysPerSeason")
    void days_are_numbered_in_order_and_no_day_comes_twice(int perSeason) {
        List<StudyDay> days = new StudyCalendar(perSeason).days();

        assertThat(days)
                .extracting(StudyDay::index)
                .containsExactlyElementsOf(
                        IntStream.range(0, 4 * perSeason).boxed().toList());
        for (Season season : Season.values()) {
            assertThat(ofSeason(perSeason, season))
                    .hasSize(perSeason)
                    .extracting(StudyDay::ofSeason)
                    .doesNotHaveDuplicates()
                    .isSorted();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 7, 8, 14, 15, 28})
    void mobility_runs_for_as_many_weeks_as_the_days_span(int perSeason) {
        StudyCalendar calendar = new StudyCalendar(perSeason);
        int last = calendar.days().stream().mapToInt(StudyDay::ofSeason).max().orElseThrow();

        assertThat(7 * calendar.weeks()).isGreaterThan(last);
        assertThat(7 * (calendar.weeks() - 1)).isLessThanOrEqualTo(last);
    }

    @Test
    void the_first_week_is_monday_to_sunday_of_winter() {
        assertThat(new StudyCalendar(14).firstWeek())
                .allSatisfy(day -> assertThat(day.season()).isEqualTo(Season.WINTER))
                .extracting(StudyDay::ofSeason)
                .containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 365})
    void a_number_of_days_that_no_season_has_is_refused(int perSeason) {
        assertThatThrownBy(() -> new StudyCalendar(perSeason)).hasMessageContaining("expected 1 to 364");
    }

    private static List<StudyDay> ofSeason(int perSeason, Season season) {
        return new StudyCalendar(perSeason)
                .days().stream().filter(day -> day.season() == season).toList();
    }

    private static double weight(List<StudyDay> days) {
        return days.stream().mapToDouble(StudyDay::weight_days).sum();
    }
}
