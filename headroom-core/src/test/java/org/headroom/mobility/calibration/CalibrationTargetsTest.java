package org.headroom.mobility.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.headroom.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTargetsTest {
    @ParameterizedTest
    @ValueSource(strings = {"paper", "uk"})
    void shipped_targets_are_read(String name) {
        CalibrationTargets targets = CalibrationTargets.load(name);

        assertThat(targets.name()).isEqualTo(name);
        assertThat(targets.targets()).hasSizeGreaterThan(10);
    }

    @Test
    void hours_of_the_survey_are_shares_of_a_day() {
        assertThat(CalibrationTargets.load("uk").targets())
                .filteredOn(target -> target instanceof Target.StartHours)
                .hasSize(6)
                .allSatisfy(target -> assertThat(((Target.StartHours) target)
                                .shares().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .sum())
                        .isBetween(1 - 1e-9, 1 + 1e-9));
    }

    @ParameterizedTest(name = "{1} for {0}")
    @CsvSource(delimiter = '|', textBlock = """
                    name: uk                      | nmae: uk                     | key name is missing
                    annualMiles: { value: 7200    | annualMile: { value: 7200    | Maybe annualMiles
                    annualMiles: { value: 7200    | annualMiles: { value: 0      | annualMiles.value is 0
                    annualMiles: { value: 7200    | annualMiles: { value: -1     | annualMiles.value is -1
                    homeShare: { value: 0.85      | homeShare: { value: 85       | homeShare.value is 85
                    from: 20.5, to: 21.5          | from: 21.5, to: 20.5         | peakHour.from is 21.5, expected at most to (20.5)
                    from: 20.5, to: 21.5          | from: 20.5                   | peakHour.to is missing
                    purpose: work                 | purpose: wrok                | Maybe work
                    days: saturday                | days: saterday               | Maybe saturday
                    [ 0.3, 0.2, 0.2,              | [ 0.2, 0.2,                  | percent has 23 numbers, expected 24
                    [ 0.3, 0.2, 0.2,              | [ 30, 0.2, 0.2,              | percent sums to 130
                    weight: 2 }                   | weight: -2 }                 | annualMiles.weight is -2
                    homeShare: { value: 0.85      | peak_kW: { value: 0.85       | fleet.peak_kW is no figure of fleet
                    homeShare: { value: 0.85      | plugInsPerWeek: { weight: 1, value: 3 | no stage of the fit brings plugInsPerWeek of fleet
                    homeShare: { value: 0.85      | annual_kWh: { weight: 1, value: 3 | no stage of the fit brings annual_kWh of fleet
                    samples: 100                  | samples: 1                   | measured.samples is 1
                    fleet:                        | fleat:                       | Maybe fleet
                    format: headroom-targets/1    | format: headroom-targets/7   | format is 'headroom-targets/7'
                    """)
    void a_bad_value_is_refused_with_key_and_reason(String shipped, String bad, String message) {
        String text = CalibrationTargets.shippedText("uk");
        assertThat(text).contains(shipped.strip());
        int at = text.indexOf(shipped.strip());
        String changed = text.substring(0, at)
                + bad.strip()
                + text.substring(at + shipped.strip().length());

        assertThatThrownBy(() -> CalibrationTargets.parse("mine.yaml", changed))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("mine.yaml: ")
                .hasMessageContaining(message);
    }

    @Test
    void targets_nobody_ships_are_told() {
        assertThatThrownBy(() -> CalibrationTargets.load("nowhere"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("paper, uk");
    }
}
