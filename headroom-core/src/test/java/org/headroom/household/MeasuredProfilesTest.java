package org.headroom.household;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.headroom.input.InputException;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.DayType;
import org.headroom.time.Season;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredProfilesTest {
    @TempDir
    private Path folder;

    @Test
    void a_file_without_header_but_with_a_byte_order_mark_is_read() throws IOException {
        List<String> lines = hours("0.5,1");
        lines.set(0, "\uFEFF0.25,1");

        MeasuredProfiles profiles = MeasuredProfiles.read(write(lines));

        assertThat(profiles.profileCount()).isEqualTo(2);
        assertThat(day(profiles, 0, 0, 24)[0]).isEqualTo(0.25);
    }

    @Test
    void a_header_row_is_skipped() throws IOException {
        List<String> lines = hours("0.5,1");
        lines.addFirst("home a,home b");

        assertThat(MeasuredProfiles.read(write(lines)).mean_kW(0)).isEqualTo(0.5);
    }

    @Test
    void finer_profiles_are_averaged() throws IOException {
        List<String> lines = hours("0.5");
        lines.addAll(hours("1.5"));
        lines.set(1, "2.5");

        double[] hourly_kW = day(MeasuredProfiles.read(write(lines)), 0, 0, 24);

        assertThat(hourly_kW[0]).isEqualTo(1.5);
        assertThat(hourly_kW[23]).isEqualTo(1.5);
    }

    @Test
    void several_days_are_taken_in_turn() throws IOException {
        List<String> lines = hours("1");
        lines.addAll(hours("2"));

        MeasuredProfiles profiles = MeasuredProfiles.read(write(lines), DaySteps.HOURLY);

        assertThat(profiles.dayCount()).isEqualTo(2);
        assertThat(day(profiles, 0, 1, 24)[5]).isEqualTo(2);
        assertThat(day(profiles, 0, 2, 24)[5]).isEqualTo(1);
    }

    @Test
    void homes_draw_columns_and_use_them_as_they_are() throws IOException {
        MeasuredProfiles profiles = MeasuredProfiles.read(write(hours("0.5,1,2")));
        var model = HouseholdModel.BRITISH.withDemand(DemandSource.Measured.of(profiles));
        Households homes = new Households(new StudySeed(5), 0, 3000, model);

        HomesDay winter = homes.day(Season.WINTER, DayType.WEEKDAY, 0, DaySteps.HOURLY);
        HomesDay summer = homes.day(Season.SUMMER, DayType.SUNDAY, 3, DaySteps.HOURLY);

        int[] drawn = new int[3];
        for (int h = 0; h < 3000; h++) {
            double power_kW = winter.demand_kW(h, 7);
            assertThat(power_kW).isIn(0.5, 1.0, 2.0).isEqualTo(summer.demand_kW(h, 7));
            assertThat(homes.home(h).annual_kWh()).isCloseTo(power_kW * 8760, within(1e-6));
            drawn[power_kW < 0.75 ? 0 : power_kW < 1.5 ? 1 : 2]++;
        }
        assertThat(drawn).satisfies(counts -> {
            for (int count : counts) {
                assertThat(count).isBetween(900, 1100);
            }
        });
    }

    @Test
    void seasons_may_have_their_own_files() throws IOException {
        MeasuredProfiles cold = MeasuredProfiles.read(write(hours("2")));
        MeasuredProfiles warm = MeasuredProfiles.read(write(hours("1")));
        var source = new DemandSource.Measured(cold, warm, warm, cold);
        Households homes = new Households(new StudySeed(5), 0, 1, HouseholdModel.BRITISH.withDemand(source));

        assertThat(homes.day(Season.WINTER, DayType.WEEKDAY, 0, DaySteps.HOURLY).demand_kW(0, 0))
                .isEqualTo(2);
        assertThat(homes.day(Season.SUMMER, DayType.WEEKDAY, 0, DaySteps.HOURLY).demand_kW(0, 0))
                .isEqualTo(1);
        assertThat(homes.home(0).annual_kWh()).isCloseTo(24 * (2 * (147 + 56) + 48 + 114), within(1e-9));
    }

    @Test
    void the_report_says_that_homes_share_profiles() throws IOException {
        MeasuredProfiles profiles = MeasuredProfiles.read(write(hours("0.5,1,2")));

        assertThat(profiles.describe(129))
                .isEqualTo("profiles.csv: 3 profiles of 1 day(s), 24 steps a day; each of 129 homes draws one,"
                        + " with replacement: fewer profiles than homes, some are shared");
    }

    @Test
    void a_text_among_the_numbers_is_refused_with_file_line_and_column() throws IOException {
        List<String> lines = hours("0.5,1");
        lines.set(3, "0.5,oops");

        assertThatThrownBy(() -> MeasuredProfiles.read(write(lines)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("profiles.csv:4: column 2 is 'oops', expected a number of kW.\nMaybe");
    }

    @Test
    void watts_are_refused() throws IOException {
        assertThatThrownBy(() -> MeasuredProfiles.read(write(hours("350"))))
                .hasMessageContaining(
                        "profiles.csv:1: column 1 is 350 kW, expected 0 to 100 kW.\nMaybe the file is in W");
    }

    @Test
    void not_a_number_is_refused() throws IOException {
        assertThatThrownBy(() -> MeasuredProfiles.read(write(hours("NaN"))))
                .hasMessageContaining("profiles.csv:1: column 1 is NaN kW");
    }

    @Test
    void a_row_with_a_field_too_few_is_refused() throws IOException {
        List<String> lines = hours("0.5,1");
        lines.set(9, "0.5");

        assertThatThrownBy(() -> MeasuredProfiles.read(write(lines)))
                .hasMessageContaining("profiles.csv:10: 1 fields, expected 2 as in the first row.");
    }

    @Test
    void rows_that_are_no_day_are_refused() throws IOException {
        List<String> lines = hours("0.5,1");
        lines.removeLast();

        assertThatThrownBy(() -> MeasuredProfiles.read(write(lines)))
                .hasMessageContaining("profiles.csv: 23 rows are not one day of equal steps");
    }

    @Test
    void a_missing_file_is_refused() {
        assertThatThrownBy(() -> MeasuredProfiles.read(folder.resolve("none.csv")))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("none.csv: no such file.");
    }

    @Test
    void the_hundred_measured_homes_of_electricity_north_west_are_read() {
        MeasuredProfiles profiles = MeasuredProfiles.read(ReferenceData.file("enwl-profiles/Winter_Load_Profiles.csv"));

        assertThat(profiles.profileCount()).isEqualTo(100);
        assertThat(profiles.dayCount()).isEqualTo(1);
        double mean_kW = 0;
        for (int p = 0; p < 100; p++) {
            double[] hourly_kW = day(profiles, p, 0, 24);
            double mean = 0;
            for (double power_kW : hourly_kW) {
                mean += power_kW / 24;
            }
            assertThat(mean).isCloseTo(profiles.mean_kW(p), within(1e-9));
            mean_kW += mean / 100;
        }
        assertThat(mean_kW).isBetween(0.3, 0.8);
    }

    private static double[] day(MeasuredProfiles profiles, int profile, int day, int steps) {
        double[] powers_kW = new double[steps];
        profiles.day(profile, day, powers_kW);
        return powers_kW;
    }

    private static List<String> hours(String line) {
        return new ArrayList<>(Collections.nCopies(24, line));
    }

    private Path write(List<String> lines) throws IOException {
        return Files.write(folder.resolve("profiles.csv"), lines);
    }
}
