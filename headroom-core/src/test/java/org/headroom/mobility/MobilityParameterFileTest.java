package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headroom.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MobilityParameterFileTest {
    @Test
    void the_paper_set_is_shipped() {
        MobilityParameters paper = MobilityParameterFile.load("paper");

        assertThat(paper.name()).isEqualTo("paper");
        assertThat(paper.awayTargetSoc()).isEqualTo(0.80);
        assertThat(paper.targetSoc()).isEqualTo(0.80);
        assertThat(paper.plugInBelowSoc(Habit.GUZZLE)).isEqualTo(0.25);
        assertThat(paper.plugInBelowSoc(Habit.GRAZE)).isEqualTo(0.75);
        assertThat(paper.equalHomeEnergy()).isTrue();
        assertThat(paper.burnInWeeks()).isEqualTo(5);
    }

    @Test
    void a_key_left_out_of_the_weekend_is_the_weekdays() {
        CarParameters retired = MobilityParameterFile.paper().car(Archetype.RET);

        assertThat(retired.weekend()).isEqualTo(retired.weekday());
    }

    @Test
    void a_copy_of_the_shipped_set_reads_as_the_same(@TempDir Path folder) throws IOException {
        Path copy = folder.resolve("mine.yaml");
        Files.writeString(copy, MobilityParameterFile.text("paper-draft"));

        assertThat(MobilityParameterFile.load(copy.toString())).isEqualTo(MobilityParameterFile.load("paper-draft"));
    }

    @Test
    void the_uk_set_is_shipped_too() {
        MobilityParameters uk = MobilityParameterFile.load("uk");

        assertThat(uk.name()).isEqualTo("uk");
        assertThat(uk.car(Archetype.SHO).capacity_kWh()).isEqualTo(30);
    }

    @Test
    void a_name_that_is_no_file_is_refused() {
        assertThatThrownBy(() -> MobilityParameterFile.load("nowhere.yaml"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'nowhere.yaml' is neither shipped nor a file")
                .hasMessageContaining("paper, uk");
    }

    @ParameterizedTest(name = "{1} for {0}")
    @CsvSource(delimiter = '|', textBlock = """
                    targetSoc: 0.80           #       | tragetSoc: 0.80 #             | key targetSoc is missing
                    burnInWeeks: 5            #       | burnInWeeks: 5\\nburnInWeek: 3 # | unknown key burnInWeek; known are
                    burnInWeeks: 5            #       | burnInWeeks: 5\\nburnInWeek: 3 # | Maybe burnInWeeks
                    format: headroom-mobility/1       | format: headroom-mobility/9   | format is 'headroom-mobility/9'
                    reserveSoc: 0.185                 | reserveSoc: 0.85              | reserveSoc is 0.85, expected at least 0 and below targetSoc (0.8)
                    reserveSoc: 0.185                 | reserveSoc: 0.30              | plugInBelowSoc.guzzle is 0.25, expected above reserveSoc (0.3 for ret)
                    reserveSoc: 0.185                 | reserveSoc: -0.1              | reserveSoc is -0.1, expected 0
                    guzzle: 0.25, graze: 0.75         | guzzle: 0.25, graze: 0.85     | plugInBelowSoc.graze is 0.85
                    guzzle: 0.25, graze: 0.75         | guzzle: 0.5, graze: 0.4       | plugInBelowSoc.guzzle is 0.5, expected at most
                    guzzle: 0.25, graze: 0.75         | guzzle: 0.25, grase: 0.75     | key plugInBelowSoc.graze is missing
                    awayTargetSoc: 0.80               | awayTargetSoc: 0.1            | awayTargetSoc is 0.1
                    equalHomeEnergy: true             | equalHomeEnergy: often        | equalHomeEnergy is "often", expected true or false
                    efficiency: 0.95                  | efficiency: 0                 | efficiency is 0.0, expected above 0
                    efficiency: 0.95                  | efficiency: 95                | efficiency is 95, expected 0 to 1
                    winter: 1.0                       | winter: 0                     | seasonUse.winter is 0.0
                    winter: 1.0                       | wintre: 1.0                   | unknown key seasonUse.wintre
                    speed_milesPerHour: 30            | speed_milesPerHour: 0         | travel.speed_milesPerHour is 0
                    work: 1.0, education: 0.15        | work: 1.0, education: -1      | shortestStay_h.education is -1
                    latestDeparture_h: 21.5           | latestDeparture_h: 4          | latestDeparture_h is 4.0, expected 4.5 to 24.0
                    earliestDeparture_h: 4.5          | earliestDeparture_h: 1        | earliestDeparture_h is 1.0, expected 2.0
                    postHome_h: [2, 3]                | postHome_h: [3, 2]            | postHome_h[1] is 2.0, expected 3.0
                    postHome_h: [2, 3]                | postHome_h: [2]               | postHome_h is [2.0], expected two numbers
                    tries: 50                         | tries: 0                      | tries is 0
                    capacity_kWh: 30                  | capacity_kWh: 0               | archetypes.sho capacity_kWh is 0.0
                    consumption_kWhPerMile: 0.2859    | consumption_kWhPerMile: -1    | archetypes.sho.consumption_kWhPerMile is -1
                    mean_miles: 11.0                  | mean_miles: -11.0             | archetypes.pro.purposes.work.mean_miles is -11.0
                    mean_miles: 11.0                  | mean_miles: 61                | archetypes.pro.purposes.work has longestTrip_miles 60.0, expected above mean_miles (61.0)
                    work: 0.91, education: 0.05       | work: 0.95, education: 0.05   | archetypes.pro.weekday firstPurpose has shares that sum to 1.04
                    work: 0.91, education: 0.05       | wrok: 0.91, education: 0.05   | unknown key archetypes.pro.weekday.firstPurpose.wrok
                    work: 0.91, education: 0.05       | wrok: 0.91, education: 0.05   | Maybe work
                    shopping: 0.21, other: 0.05       | shopping: 0.99, other: 0.05   | archetypes.pro.weekday adjacent.work has shares that sum to 1.04, expected at most 1
                    shopping: 0.21, other: 0.05       | work: 0.21, other: 0.05       | adjacent.work leads to work itself
                    shopping: 0.09, other: 0.05       | shopping: 1.09, other: 0.05   | archetypes.pro.weekday.postHome.shopping is 1.09
                    { share: 0.75, mean: 6.7, sd: 0.9 } | { share: 0.5, mean: 6.7, sd: 0.9 } | archetypes.pro.weekday.departure_h.work has shares that sum to 0.75, expected 1
                    { share: 0.75, mean: 6.7, sd: 0.9 } | { share: 0.75, mean: 67, sd: 0.9 } | archetypes.pro.weekday.departure_h.work has mean 67.0 h, expected 0 to 24
                    { share: 0.75, mean: 6.7, sd: 0.9 } | { share: 0.75, maen: 6.7, sd: 0.9 } | archetypes.pro.weekday.departure_h.work[0].mean is missing
                    used: 0.98                        | used: 1.98                    | archetypes.pro.weekend.used is 1.98
                    sho:                              | shop:                         | key archetypes.sho is missing
                    """)
    void a_bad_value_is_refused_with_key_and_reason(String shipped, String bad, String message) {
        String text = MobilityParameterFile.text("paper-draft");
        assertThat(text).contains(shipped.strip());

        assertThatThrownBy(() -> MobilityParameterFile.parse(
                        "mine.yaml", replaceFirst(text, shipped.strip(), bad.replace("\\n", "\n"))))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("mine.yaml: ")
                .hasMessageContaining(message);
    }

    private static String replaceFirst(String text, String old, String replacement) {
        int at = text.indexOf(old);
        return text.substring(0, at) + replacement + text.substring(at + old.length());
    }
}
