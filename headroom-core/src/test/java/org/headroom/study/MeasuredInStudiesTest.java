package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.Session;
import org.headroom.household.ReferenceData;
import org.headroom.input.InputException;
import org.headroom.study.TrialResult.TrialKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measured sessions in the place of simulated ones. */
class MeasuredInStudiesTest {
    private static final String HEADER =
            "household,ev,archetype,day,arrive_step,depart_step,arrive_kWh,depart_kWh,capacity_kWh,charger_kW\n";

    @TempDir
    private Path folder;

    /** Household h, on weekday d of every one of five weeks, plugs in at 12 + d with 10 + h kWh. */
    private static String households(int count) {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int h = 0; h < count; h++) {
            for (int day = 0; day < 35; day++) {
                rows.append("%d,0,pro,%d,%d,7,%d,40,60,7%n".formatted(h, day, 12 + day % 7, 10 + h));
            }
        }
        return rows.toString();
    }

    private StudyInputs inputs(String table, String studyChange) throws IOException {
        StreetStudy.write(folder, text -> text);
        Files.writeString(folder.resolve("mine.csv"), table);
        return new StudyInputs(StudyFile.read(StreetStudy.write(
                folder,
                text -> text.replace("pvShare: 0.5 }", "pvShare: 0.5, sessions: mine.csv }")
                        .replace("perSeason: 1", "perSeason: 7")
                        .replace("  - { name: often,", studyChange + "  - { name: often,"))));
    }

    @Test
    void each_home_with_a_car_lives_as_one_measured_household_and_weekdays_stay() throws IOException {
        StudyInputs inputs = inputs(households(30), "");
        for (TrialKey key : inputs.trials().keys()) {
            DayProblem day = inputs.trials().problem(key);
            assertThat(day.sessions()).hasSize(12).allSatisfy(session -> {
                assertThat(session.arriveStep()).isEqualTo(12 + key.day() % 7);
                assertThat(session.depart_kWh()).isEqualTo(40);
            });
            // thirty households for twelve homes: nobody comes twice
            assertThat(day.sessions().stream().map(Session::arrive_kWh)).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_household_comes_again_only_once_all_have_come() throws IOException {
        List<Double> who = inputs(households(5), "").problem(1, "often", 3).sessions().stream()
                .map(Session::arrive_kWh)
                .toList();

        assertThat(who.subList(0, 5)).doesNotHaveDuplicates();
        assertThat(who.subList(5, 10)).doesNotHaveDuplicates();
        assertThat(who).hasSize(12);
    }

    @Test
    void homes_keep_their_household_over_days_and_scenarios_and_networks_draw_their_own() throws IOException {
        StudyInputs inputs = inputs(households(30), "  - { name: fast, charger_kW: 11, habit: guzzle }\n");
        List<Double> first = arrivals(inputs.problem(0, "often", 0));

        assertThat(arrivals(inputs.problem(0, "often", 5))).isEqualTo(first);
        assertThat(inputs.problem(0, "fast", 5).sessions())
                .isEqualTo(inputs.problem(0, "often", 5).sessions());
        assertThat(arrivals(inputs.problem(1, "often", 0))).isNotEqualTo(first);
    }

    private static List<Double> arrivals(DayProblem day) {
        return day.sessions().stream().map(Session::arrive_kWh).toList();
    }

    @Test
    void stays_that_would_meet_in_a_day_by_itself_leave_the_larger_one_and_are_counted() throws IOException {
        // home until 2 h on Monday morning, and from 20 h until 7 h: on a cyclic Monday both would be there at 0 h
        StringBuilder rows = new StringBuilder(HEADER);
        for (int week = 0; week < 5; week++) {
            rows.append("0,0,pro,%d,0,2,20,22,60,7%n".formatted(7 * week));
            rows.append("0,0,pro,%d,9,11,20,25,60,7%n".formatted(7 * week));
            rows.append("0,0,pro,%d,20,7,20,40,60,7%n".formatted(7 * week));
        }
        StudyInputs inputs = inputs(rows.toString(), "");

        List<Session> monday = inputs.problem(0, "often", 0).sessions();
        assertThat(monday).hasSize(24).extracting(Session::arriveStep).containsOnly(9, 20);
        assertThat(inputs.notes())
                .anySatisfy(note -> assertThat(note).contains("5 stay(s), with 7.4 % of the energy, are left out"));
    }

    @Test
    void a_scenarios_charger_stands_in_where_the_table_has_none() throws IOException {
        String noCharger = households(3).replace(",charger_kW", "").replaceAll(",60,7(\\R)", ",60$1");

        StudyInputs inputs = inputs(noCharger, "  - { name: fast, charger_kW: 11, habit: guzzle }\n");

        assertThat(inputs.problem(0, "fast", 0).sessions())
                .extracting(Session::charger_kW)
                .containsOnly(11.0);
        assertThat(inputs.problem(0, "often", 0).sessions())
                .extracting(Session::charger_kW)
                .containsOnly(7.0);
    }

    @Test
    void everything_assumed_is_noted() throws IOException {
        assertThat(inputs(households(3), "").notes())
                .anySatisfy(note ->
                        assertThat(note).contains("3 households (mine.csv)", "each once before one comes again"))
                .anySatisfy(note ->
                        assertThat(note).contains("weekdays stay", "of any season, since the table has no dates"))
                .anySatisfy(note -> assertThat(note).contains("24 a day"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0,0,pro,0,18,7,50,40,60,7 | mine.csv:2 | depart_kWh is 40
            0,0,taxi,0,18,7,5,40,60,7 | mine.csv:2 | archetype is 'taxi'
            0,0,pro,0,18,20,5,40,60,7 | mine.csv:2 | what 7.0 kW can charge in 2 steps
            """)
    void a_row_with_a_fault_is_refused_with_its_line(String row, String line, String reason) {
        assertThatThrownBy(() -> inputs(HEADER + row + "\n", ""))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(line)
                .hasMessageContaining(reason);
    }

    @Test
    void a_mapping_without_measured_sessions_or_at_another_efficiency_is_refused() throws IOException {
        assertThatThrownBy(() -> StreetStudy.read(
                        folder, text -> text.replace("pvShare: 0.5 }", "pvShare: 0.5, sessionMapping: trondheim }")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("sessionMapping is trondheim, but sessions are simulated");

        Files.writeString(folder.resolve("map.yaml"), """
                format: headroom-session-mapping/1
                name: mine
                time: yyyy-MM-dd HH:mm
                columns: { household: who, arrive: in, depart: out, energy_kWh: kWh }
                assumed: { capacity_kWh: 50, departSoc: 0.8, charger_kW: 7, efficiency: 0.9 }
                """);
        Files.writeString(folder.resolve("f.csv"), "who,in,out,kWh\na,2024-05-06 18:00,2024-05-07 07:00,5\n");
        Study study = StreetStudy.read(
                folder,
                text -> text.replace("pvShare: 0.5 }", "pvShare: 0.5, sessions: f.csv, sessionMapping: map.yaml }"));
        assertThatThrownBy(() -> new StudyInputs(study))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("assumed.efficiency is 0.9, but the study dispatches with 0.95");
    }

    @Test
    void a_study_with_measured_sessions_is_written_as_it_is_read() throws IOException {
        Study study = StreetStudy.read(
                folder,
                text -> text.replace("pvShare: 0.5 }", "pvShare: 0.5, sessions: f.csv, sessionMapping: trondheim }"));

        Study again = StudyFile.read(Files.writeString(folder.resolve("resolved.yaml"), StudyFile.write(study)));

        assertThat(again.cars()).isEqualTo(study.cars());
    }

    @Test
    void the_sessions_of_trondheim_run_with_the_shipped_mapping() {
        Path table = ReferenceData.file("ev-sessions/trondheim_home_sessions.csv");
        StudyInputs inputs = new StudyInputs(StreetStudy.read(
                folder,
                text -> text.replace(
                                "pvShare: 0.5 }",
                                "pvShare: 0.5, sessions: '" + table + "', sessionMapping: trondheim }")
                        .replace("perSeason: 1", "perSeason: 7")));
        List<Session> sessions = new ArrayList<>();
        Set<String> days = new HashSet<>();
        for (TrialKey key : inputs.trials().keys()) {
            DayProblem day = inputs.trials().problem(key);
            sessions.addAll(day.sessions());
            days.add(key.toString());
        }

        // 56 users plug in about five thousand times within a year or so: somewhat less than once a day
        double perHomeAndDay = sessions.size() / (12.0 * days.size());
        assertThat(perHomeAndDay).isBetween(0.2, 1.0);
        assertThat(inputs.notes())
                .anySatisfy(note -> assertThat(note).contains("60.0 kWh of usable capacity", "7.4 kW", "archetype pro"))
                .anySatisfy(note -> assertThat(note).contains("of that season where the household was measured in it"))
                .anySatisfy(note -> assertThat(note).contains("row(s) with faults are left out"));
    }
}
