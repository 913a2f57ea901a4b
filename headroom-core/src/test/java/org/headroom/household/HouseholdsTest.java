package org.headroom.household;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.DayType;
import org.headroom.time.Season;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HouseholdsTest {
    private static final StudySeed SEED = new StudySeed(2026);
    private static final int MANY = 20_000;
    private static final Households HOMES = new Households(SEED, 0, MANY, HouseholdModel.BRITISH);

    @Test
    void annual_demand_is_log_normal_with_mean_3700_kWh() {
        double[] annual = IntStream.range(0, MANY)
                .mapToDouble(h -> HOMES.home(h).annual_kWh())
                .toArray();

        assertThat(Arrays.stream(annual).average().orElseThrow()).isCloseTo(3700, within(40.0));
        var expected = LogNormalDistribution.of(Math.log(3700) - 0.45 * 0.45 / 2, 0.45);
        assertThat(SkyTest.kolmogorovSmirnov(annual, expected::cumulativeProbability))
                .isLessThan(1.63 / Math.sqrt(MANY)); // 1 % point
    }

    @Test
    void forty_percent_of_homes_have_pv() {
        long owners =
                IntStream.range(0, MANY).filter(h -> HOMES.home(h).pv_kW() > 0).count();

        assertThat(owners / (double) MANY).isCloseTo(0.4, within(0.01));
    }

    @Test
    void pv_sizes_follow_their_shares() {
        double[] size_kW = {1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0};
        double[] share = {.01, .08, .13, .14, .14, .13, .37};
        double owners =
                IntStream.range(0, MANY).filter(h -> HOMES.home(h).pv_kW() > 0).count();

        double chiSquare = 0;
        for (int i = 0; i < share.length; i++) {
            double size = size_kW[i];
            double expected = owners * share[i] / 0.98;
            double seen = IntStream.range(0, MANY)
                    .filter(h -> HOMES.home(h).pv_kW() == size)
                    .count();
            chiSquare += (seen - expected) * (seen - expected) / expected;
        }
        assertThat(chiSquare).isLessThan(16.8); // 1 % point of 6 degrees of freedom
    }

    @Test
    void a_home_uses_its_annual_demand_in_a_year() {
        int homes = 400;
        Households some = new Households(SEED, 7, homes, HouseholdModel.BRITISH);
        double used_kWh = 0;
        for (Season season : Season.values()) {
            // A fortnight stands for the season.
            for (int day = 0; day < 14; day++) {
                HomesDay powers = some.day(season, DayType.ofDay(day), day, DaySteps.HOURLY);
                for (int h = 0; h < homes; h++) {
                    for (int t = 0; t < 24; t++) {
                        used_kWh += powers.demand_kW(h, t) / some.home(h).annual_kWh() * season.days() / 14;
                    }
                }
            }
        }

        assertThat(used_kWh / homes).isCloseTo(1, within(0.003));
    }

    @Test
    void the_hourly_factor_has_mean_one_and_standard_deviation_35_percent() {
        double[] factor = factors(18);

        double mean = Arrays.stream(factor).average().orElseThrow();
        double variance =
                Arrays.stream(factor).map(f -> (f - mean) * (f - mean)).sum() / (MANY - 1);
        assertThat(mean).isCloseTo(1, within(0.008));
        assertThat(Math.sqrt(variance)).isCloseTo(0.35, within(0.01));
    }

    @Test
    void the_hourly_factor_is_log_normal_in_the_first_and_the_last_hour() {
        double s2 = Math.log(1 + 0.35 * 0.35);
        var expected = LogNormalDistribution.of(-s2 / 2, Math.sqrt(s2));

        for (int hour : new int[] {0, 23}) {
            assertThat(SkyTest.kolmogorovSmirnov(factors(hour), expected::cumulativeProbability))
                    .isLessThan(1.63 / Math.sqrt(MANY)); // 1 % point
        }
    }

    @Test
    void consecutive_hours_correlate_by_half_and_distant_ones_do_not() {
        assertThat(SkyTest.correlation(factors(11), factors(12))).isCloseTo(0.5, within(0.02));
        assertThat(SkyTest.correlation(factors(2), factors(20))).isCloseTo(0, within(0.02));
    }

    @Test
    void different_days_and_homes_are_independent() {
        double[] today = factors(19);
        double[] tomorrow = factors(HOMES.day(Season.WINTER, DayType.WEEKDAY, 1, DaySteps.HOURLY), 19);
        double[] neighbour = new double[MANY];
        System.arraycopy(today, 1, neighbour, 0, MANY - 1);
        neighbour[MANY - 1] = today[0];

        assertThat(SkyTest.correlation(today, tomorrow)).isCloseTo(0, within(0.02));
        assertThat(SkyTest.correlation(today, neighbour)).isCloseTo(0, within(0.02));
    }

    @Test
    void reactive_demand_has_power_factor_95_percent() {
        HomesDay day = small().day(Season.WINTER, DayType.WEEKDAY, 0, DaySteps.HOURLY);

        double p = day.demand_kW(3, 18);
        double q = day.demand_kvar(3, 18);
        assertThat(p / Math.hypot(p, q)).isCloseTo(0.95, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {48, 96})
    void finer_steps_hold_the_hour(int count) {
        HomesDay hours = small().day(Season.SPRING, DayType.SATURDAY, 2, DaySteps.HOURLY);
        HomesDay fine = small().day(Season.SPRING, DayType.SATURDAY, 2, new DaySteps(count));

        for (int step = 0; step < count; step++) {
            int hour = step * 24 / count;
            assertThat(fine.demand_kW(5, step)).isEqualTo(hours.demand_kW(5, hour));
            assertThat(fine.pv_kW(5, step)).isEqualTo(hours.pv_kW(5, hour));
        }
    }

    @Test
    void coarser_steps_are_means_of_the_hours() {
        HomesDay hours = small().day(Season.SPRING, DayType.SATURDAY, 2, DaySteps.HOURLY);
        HomesDay coarse = small().day(Season.SPRING, DayType.SATURDAY, 2, new DaySteps(16));

        // 16 steps of 1.5 h: step 1 is half of hour 1 and all of hour 2
        assertThat(coarse.demand_kW(5, 1))
                .isCloseTo((0.5 * hours.demand_kW(5, 1) + hours.demand_kW(5, 2)) / 1.5, within(1e-12));
    }

    @Test
    void all_homes_share_one_sky() {
        HomesDay day = HOMES.day(Season.SUMMER, DayType.WEEKDAY, 0, DaySteps.HOURLY);

        for (int h = 0; h < 200; h++) {
            assertThat(day.pv_kW(h, 13)).isEqualTo(HOMES.home(h).pv_kW() * day.pvOutput_kWPerKWp(13));
        }
    }

    @Test
    void a_years_pv_yields_1054_kWh_per_kWp() {
        double yield_kWh = 0;
        int networks = 400;
        for (int n = 0; n < networks; n++) {
            Households none = new Households(SEED, n, 0, HouseholdModel.BRITISH);
            for (Season season : Season.values()) {
                for (int day = 0; day < 14; day++) {
                    HomesDay powers = none.day(season, DayType.WEEKDAY, day, DaySteps.HOURLY);
                    for (int t = 0; t < 24; t++) {
                        yield_kWh += powers.pvOutput_kWPerKWp(t) * season.days() / 14;
                    }
                }
            }
        }
        assertThat(yield_kWh / networks).isCloseTo(1054, within(12.0));
    }

    @Test
    void a_home_and_its_days_are_the_same_in_any_order_and_company() {
        Households few = new Households(SEED, 3, 5, HouseholdModel.BRITISH);
        Households more = new Households(SEED, 3, 50, HouseholdModel.BRITISH);
        HomesDay late = few.day(Season.AUTUMN, DayType.WEEKDAY, 4, DaySteps.HOURLY);
        few.day(Season.WINTER, DayType.WEEKDAY, 0, DaySteps.HOURLY);
        more.day(Season.AUTUMN, DayType.WEEKDAY, 5, DaySteps.HOURLY);
        HomesDay again = more.day(Season.AUTUMN, DayType.WEEKDAY, 4, DaySteps.HOURLY);

        for (int h = 0; h < 5; h++) {
            assertThat(more.home(h)).isEqualTo(few.home(h));
            for (int t = 0; t < 24; t++) {
                assertThat(again.demand_kW(h, t)).isEqualTo(late.demand_kW(h, t));
                assertThat(again.pv_kW(h, t)).isEqualTo(late.pv_kW(h, t));
            }
        }
    }

    @Test
    void another_pv_share_leaves_demand_as_it_is() {
        Households many = new Households(SEED, 3, 50, HouseholdModel.BRITISH.withPvShare(1));

        assertThat(many.home(9).annual_kWh())
                .isEqualTo(new Households(SEED, 3, 50, HouseholdModel.BRITISH)
                        .home(9)
                        .annual_kWh());
        assertThat(many.home(9).pv_kW()).isPositive();
    }

    @Test
    void a_share_in_percent_is_refused() {
        assertThatThrownBy(() -> HouseholdModel.BRITISH.withPvShare(40))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("households: pvShare is 40.0, expected 0 to 1.\nMaybe it is in percent.");
    }

    @Test
    void a_step_beyond_the_day_is_refused() {
        HomesDay day = small().day(Season.WINTER, DayType.WEEKDAY, 0, DaySteps.HOURLY);

        assertThatThrownBy(() -> day.demand_kW(0, 24))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("step 24 of a day of 24 steps");
    }

    @Test
    void frozen_values_of_home_and_day() {
        // Frozen so that published results can be recomputed: change only with a stated reason.
        Households frozen = new Households(new StudySeed(1), 0, 2, HouseholdModel.BRITISH);
        HomesDay day = frozen.day(Season.WINTER, DayType.WEEKDAY, 0, DaySteps.HOURLY);

        assertThat(frozen.home(0).annual_kWh()).isCloseTo(1985.1498721681653, within(1e-9));
        assertThat(day.demand_kW(0, 18)).isCloseTo(0.7531261583801988, within(1e-9));
        assertThat(day.pvOutput_kWPerKWp(12)).isCloseTo(0.13206359032396736, within(1e-9));
    }

    private static Households small() {
        return new Households(SEED, 1, 10, HouseholdModel.BRITISH);
    }

    /** The random factor of each home in an hour of a winter weekday. */
    private static double[] factors(int hour) {
        return factors(HOMES.day(Season.WINTER, DayType.WEEKDAY, 0, DaySteps.HOURLY), hour);
    }

    private static double[] factors(HomesDay day, int hour) {
        double shape_kW = LoadShape.demand_kW(Season.WINTER, DayType.WEEKDAY, hour);
        return IntStream.range(0, MANY)
                .mapToDouble(h -> day.demand_kW(h, hour)
                        * LoadShape.ANNUAL_KWH
                        / (HOMES.home(h).annual_kWh() * shape_kW))
                .toArray();
    }
}
