package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.headroom.dispatch.Session;
import org.headroom.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a study changes of a set of mobility parameters. */
class MobilityChangesInStudiesTest {
    @TempDir
    private Path folder;

    private Study study(String changes) {
        return StreetStudy.read(
                folder,
                text -> text.replace("pvShare: 0.5 }", "pvShare: 0.5, mobilityChanges: { " + changes + " } }")
                        .replace("perSeason: 1", "perSeason: 7"));
    }

    /** Sessions of a season of the first network. */
    private List<Session> sessions(String changes, int season) {
        StudyInputs inputs = new StudyInputs(study(changes));
        return IntStream.range(7 * season, 7 * season + 7)
                .mapToObj(day -> inputs.problem(0, "often", day).sessions())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void nothing_changes_where_nothing_is_said() {
        assertThat(sessions("", 0)).isEqualTo(sessions("seasonUse: { winter: 1 }", 0));
    }

    @Test
    void winter_takes_more_energy_and_leaves_the_other_seasons_as_they_are() {
        String cold = "seasonUse: { winter: 1.2 }";

        assertThat(sessions(cold, 0)).isNotEqualTo(sessions("", 0));
        assertThat(sessions(cold, 2)).isEqualTo(sessions("", 2));
    }

    @Test
    void chargers_and_batteries_are_mixed() {
        List<Session> mixed = sessions(
                "chargers: [ { share: 0.5, rated_kW: 3.6 } ], batteries: { pro: [ { share: 1, capacity_kWh: 44, consumption_kWhPerMile: 0.2 } ] }",
                1);

        assertThat(mixed).extracting(Session::charger_kW).contains(3.6, 7.0);
        assertThat(mixed)
                .filteredOn(session -> session.id().endsWith(":pro"))
                .isNotEmpty()
                .extracting(Session::capacity_kWh)
                .containsOnly(44.0);
    }

    @Test
    void who_is_on_holiday_half_of_the_year_plugs_in_less() {
        assertThat(sessions("holidays: { perYear: 20, days: 9 }", 3).size())
                .isLessThan(8 * sessions("", 3).size() / 10);
    }

    @Test
    void a_study_with_changes_is_written_as_it_is_read() throws IOException {
        Study study = study(
                "seasonUse: { winter: 1.2 }, holidays: { perYear: 2, days: 7 }, awayDayShare: 0.1, chargers: [ { share: 0.5, rated_kW: 3.6 } ],"
                        + " batteries: { fam: [ { share: 0.5, capacity_kWh: 60, consumption_kWhPerMile: 0.3 } ] }");

        Study again = StudyFile.read(Files.writeString(folder.resolve("resolved.yaml"), StudyFile.write(study)));

        assertThat(again.cars()).isEqualTo(study.cars());
        assertThat(again.cars().changes().keys())
                .containsOnlyKeys("seasonUse", "holidays", "chargers", "batteries", "awayDayShare");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seasonUse: { winters: 1.2 }                                         | unknown key households.mobilityChanges.seasonUse.winters
            chargers: [ { share: 0.7, rated_kW: 3 }, { share: 0.6, rated_kW: 11 } ] | chargers has shares that sum to 1.29
            batteries: { pro: [ { share: 0.5, capacity_kWh: -3, consumption_kWhPerMile: 0.2 } ] } | capacity_kWh
            holidays: { perYear: 40, days: 10 }                                 | at most 180 days in all
            reserveSoc: 0.2                                                     | unknown key households.mobilityChanges.reserveSoc
            """)
    void changes_that_cannot_be_are_refused(String changes, String message) {
        assertThatThrownBy(() -> new StudyInputs(study(changes)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_set_that_charges_at_another_efficiency_than_the_dispatch_is_refused_with_the_mend() throws IOException {
        Files.writeString(
                folder.resolve("mine.yaml"),
                org.headroom.mobility.MobilityParameterFile.text("paper")
                        .replace("efficiency: 0.95", "efficiency: 0.9"));
        String mine = "pvShare: 0.5, mobility: mine.yaml }";

        assertThatThrownBy(
                        () -> new StudyInputs(StreetStudy.read(folder, text -> text.replace("pvShare: 0.5 }", mine))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("dispatch.efficiency is 0.95, but mobility")
                .hasMessageContaining("Maybe dispatch: { efficiency: 0.9 }");
        Study mended = StreetStudy.read(
                folder, text -> text.replace("pvShare: 0.5 }", mine) + "dispatch: { efficiency: 0.9 }\n");
        assertThat(new StudyInputs(mended).problem(0, "often", 0).settings().efficiency())
                .isEqualTo(0.9);
    }
}
