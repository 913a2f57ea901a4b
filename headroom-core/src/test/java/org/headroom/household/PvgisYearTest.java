package org.headroom.household;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.headroom.input.InputException;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.DayType;
import org.headroom.time.Season;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PvgisYearTest {
    @TempDir
    private Path folder;

    @Test
    void output_is_per_kWp_at_clock_time() throws IOException {
        // 2 kWp; every hour's output is 10 W × (UTC hour + 1)
        PvgisYear year = PvgisYear.read(write(2019, 8760, 2));

        assertThat(year.output_kWPerKWp(Season.WINTER, 0, 9)).isCloseTo(0.050, within(1e-12));
        assertThat(year.output_kWPerKWp(Season.SUMMER, 0, 9)).isCloseTo(0.045, within(1e-12));
    }

    @Test
    void every_season_has_its_days() throws IOException {
        PvgisYear year = PvgisYear.read(write(2019, 8760, 1));

        for (Season season : Season.values()) {
            assertThat(year.dayCount(season)).as(season.label()).isEqualTo(season.days());
        }
    }

    @Test
    void a_leap_year_has_one_more_winter_day() throws IOException {
        assertThat(PvgisYear.read(write(2020, 8784, 1)).dayCount(Season.WINTER)).isEqualTo(148);
    }

    @Test
    void consecutive_days_of_a_study_are_consecutive_days_of_the_file() {
        PvgisYear year = PvgisYear.read(ReferenceData.file("pv/wales_51.527_-3.250_1kWp_2019.json"));
        var homes = new Households(new StudySeed(3), 0, 0, HouseholdModel.BRITISH.withPv(year));

        double first = noon(homes, 0);
        double second = noon(homes, 1);

        boolean found = false;
        for (int day = 0; day < year.dayCount(Season.WINTER); day++) {
            found |= year.output_kWPerKWp(Season.WINTER, day, 12) == first
                    && year.output_kWPerKWp(Season.WINTER, (day + 1) % 147, 12) == second;
        }
        assertThat(found).isTrue();
    }

    @Test
    void the_cardiff_year_yields_1054_kWh_per_kWp() {
        PvgisYear year = PvgisYear.read(ReferenceData.file("pv/wales_51.527_-3.250_1kWp_2019.json"));
        double sum = 0;
        for (Season season : Season.values()) {
            for (int day = 0; day < year.dayCount(season); day++) {
                for (int hour = 0; hour < 24; hour++) {
                    sum += year.output_kWPerKWp(season, day, hour);
                }
            }
        }
        assertThat(sum).isCloseTo(1054.06, within(0.01));
    }

    @Test
    void a_file_of_part_of_a_year_is_refused() throws IOException {
        Path file = write(2019, 100, 1);

        assertThatThrownBy(() -> PvgisYear.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("pv.json: outputs.hourly has 100 entries, expected the 8760 (or 8784) hours");
    }

    @Test
    void a_file_that_begins_in_march_is_refused() throws IOException {
        Path file = folder.resolve("pv.json");
        Files.writeString(file, content(LocalDateTime.of(2019, 3, 1, 0, 10), 8760, 1));

        assertThatThrownBy(() -> PvgisYear.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("outputs.hourly[0] is at 20190301:0010, expected hour 0 of 2019-01-01.");
    }

    @Test
    void a_time_of_another_form_is_refused() throws IOException {
        Path file = folder.resolve("pv.json");
        Files.writeString(
                file, content(LocalDateTime.of(2019, 1, 1, 0, 10), 8760, 1).replace("20190101:0010", "1 January"));

        assertThatThrownBy(() -> PvgisYear.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("time is '1 January', expected such as 20190101:0010.");
    }

    private static double noon(Households homes, int day) {
        return homes.day(Season.WINTER, DayType.WEEKDAY, day, DaySteps.HOURLY).pvOutput_kWPerKWp(12);
    }

    private Path write(int year, int hours, double peak_kW) throws IOException {
        Path file = folder.resolve("pv.json");
        return Files.writeString(file, content(LocalDateTime.of(year, 1, 1, 0, 10), hours, peak_kW));
    }

    private static String content(LocalDateTime start, int hours, double peak_kW) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyyMMdd:HHmm", Locale.ROOT);
        StringBuilder text = new StringBuilder(
                "{\"inputs\":{\"pv_module\":{\"peak_power\":%s}},\"outputs\":{\"hourly\":[".formatted(peak_kW));
        for (int i = 0; i < hours; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"time\":\"%s\",\"P\":%d}"
                            .formatted(start.plusHours(i).format(format), 10 * (i % 24 + 1)));
        }
        return text.append("]}}").toString();
    }
}
