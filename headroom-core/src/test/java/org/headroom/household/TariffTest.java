package org.headroom.household;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headroom.input.InputException;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class TariffTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "time-of-use,  0, .22, .10",
        "time-of-use,  5, .22, .10",
        "time-of-use,  6, .25, .10",
        "time-of-use, 15, .25, .10",
        "time-of-use, 16, .34, .10",
        "time-of-use, 19, .34, .10",
        "time-of-use, 20, .25, .10",
        "flat, 12, .26, .05",
        "go, 4, .085, .08",
        "go, 5, .228, .08",
        "flux, 1, .2165, .145",
        "flux, 2, .13, .045",
        "flux, 4, .13, .045",
        "flux, 5, .2165, .145",
        "flux, 16, .303, .218",
        "flux, 18, .303, .218",
        "flux, 19, .2165, .145",
        "economy-7, 6, .15, .05",
        "economy-7, 7, .30, .05",
    })
    void a_named_tariff_has_its_hours(String name, int hour, double buy, double sell) {
        Tariff tariff = Tariff.named(name, DaySteps.HOURLY);

        assertThat(tariff.buy_gbpPerKWh(hour)).isEqualTo(buy);
        assertThat(tariff.sell_gbpPerKWh(hour)).isEqualTo(sell);
    }

    @ParameterizedTest
    @FieldSource("org.headroom.household.Tariff#NAMES")
    void quarter_hours_have_the_price_of_their_hour(String name) {
        Tariff hours = Tariff.named(name, DaySteps.HOURLY);
        Tariff quarters = Tariff.named(name, new DaySteps(96));

        for (int step = 0; step < 96; step++) {
            assertThat(quarters.buy_gbpPerKWh(step)).isEqualTo(hours.buy_gbpPerKWh(step / 4));
            assertThat(quarters.sell_gbpPerKWh(step)).isEqualTo(hours.sell_gbpPerKWh(step / 4));
        }
    }

    @Test
    void a_step_across_hours_has_their_mean_price() {
        // 4-6 h: one hour of .085 and one of .228
        assertThat(Tariff.named("go", new DaySteps(12)).buy_gbpPerKWh(2)).isCloseTo(0.1565, within(1e-12));
    }

    @Test
    void an_unknown_name_is_refused_with_the_nearest_one() {
        assertThatThrownBy(() -> Tariff.named("time-of-day", DaySteps.HOURLY))
                .isInstanceOf(InputException.class)
                .hasMessage("tariff 'time-of-day' is not known, expected one of time-of-use, flat, go, flux, economy-7,"
                        + " or a CSV file.\nMaybe time-of-use.");
    }

    @Test
    void selling_above_the_buy_price_is_refused() {
        assertThatThrownBy(() -> Tariff.of("mine", new double[] {0.2, 0.1}, new double[] {0.1, 0.15}))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "tariff mine: step 1 sells at 0.15 GBP/kWh, above its buy price of 0.1 GBP/kWh: buying and selling at once would make money from nothing.");
    }

    @Test
    void a_price_that_is_no_number_is_refused() {
        assertThatThrownBy(() -> Tariff.of("mine", new double[] {Double.NaN}, new double[] {0.1}))
                .hasMessage("tariff mine: step 0 has prices NaN and 0.1 GBP/kWh, expected finite numbers.");
    }

    @Test
    void a_file_gives_prices_by_step_in_any_order_and_of_any_sign() throws IOException {
        Path file = write("sell_gbpPerKWh,step,buy_gbpPerKWh", "-0.2,1,-0.1", "0.05,0,0.3");

        Tariff tariff = Tariff.read(file, new DaySteps(2));

        assertThat(tariff.name()).isEqualTo("tariff.csv");
        assertThat(tariff.buy_gbpPerKWh(0)).isEqualTo(0.3);
        assertThat(tariff.buy_gbpPerKWh(1)).isEqualTo(-0.1);
        assertThat(tariff.sell_gbpPerKWh(1)).isEqualTo(-0.2);
    }

    @Test
    void a_row_of_a_coarser_file_holds_for_several_steps() throws IOException {
        Path file = write("step,buy_gbpPerKWh,sell_gbpPerKWh", "0,0.3,0.1", "1,0.2,0.1");

        Tariff tariff = Tariff.read(file, DaySteps.HOURLY);

        assertThat(tariff.stepCount()).isEqualTo(24);
        assertThat(tariff.buy_gbpPerKWh(11)).isEqualTo(0.3);
        assertThat(tariff.buy_gbpPerKWh(12)).isEqualTo(0.2);
    }

    @Test
    void a_column_that_is_no_part_of_a_tariff_is_listed() throws IOException {
        Path file = write("step,buy_gbpPerKWh,sell_gbpPerKWh,note", "0,0.3,0.1,flat");

        assertThat(Tariff.read(file, DaySteps.HOURLY).ignoredColumns()).containsExactly("note");
    }

    @Test
    void a_file_that_makes_money_from_nothing_is_refused_with_its_line() throws IOException {
        Path file = write("step,buy_gbpPerKWh,sell_gbpPerKWh", "0,0.3,0.1", "1,0.1,0.2");

        assertThatThrownBy(() -> Tariff.read(file, new DaySteps(2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tariff.csv:3: step 1 sells at 0.2 GBP/kWh, above its buy price of 0.1 GBP/kWh");
    }

    @Test
    void a_step_priced_twice_is_refused() throws IOException {
        Path file = write("step,buy_gbpPerKWh,sell_gbpPerKWh", "0,0.3,0.1", "0,0.1,0.1");

        assertThatThrownBy(() -> Tariff.read(file, new DaySteps(2)))
                .hasMessageEndingWith("tariff.csv:3: step 0 is already priced in line 2, expected each step once.");
    }

    @Test
    void a_file_of_another_number_of_steps_is_refused() throws IOException {
        Path file = write("step,buy_gbpPerKWh,sell_gbpPerKWh", "0,0.3,0.1", "1,0.1,0.1", "2,.1,.1");

        assertThatThrownBy(() -> Tariff.read(file, new DaySteps(8)))
                .hasMessageContaining("3 rows do not cover a day of 8 steps, expected 8 rows or a divisor of it.");
    }

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("tariff.csv"), java.util.List.of(lines));
    }
}
