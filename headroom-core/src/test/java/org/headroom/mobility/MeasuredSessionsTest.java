package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.headroom.household.ReferenceData;
import org.headroom.input.InputException;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuredSessionsTest {
    private static final String HEADER =
            "household,ev,archetype,day,arrive_step,depart_step,arrive_kWh,depart_kWh,capacity_kWh\n";

    @TempDir
    Path folder;

    private MeasuredSessions own(String rows) throws IOException {
        Path file = folder.resolve("mine.csv");
        Files.writeString(file, HEADER + rows);
        return MeasuredSessions.read(file, DaySteps.HOURLY, 7, 0.95);
    }

    private MeasuredSessions foreign(String mapping, String rows) throws IOException {
        Path file = folder.resolve("foreign.csv");
        Files.writeString(file, "who;in;out;kWh;note\n" + rows);
        return MeasuredSessions.read(file, SessionMapping.parse("map.yaml", mapping), DaySteps.HOURLY);
    }

    private static String mapping(String faults) {
        return """
                format: headroom-session-mapping/1
                name: mine
                separator: ";"
                decimal: ","
                time: yyyy-MM-dd HH:mm
                columns: { household: who, arrive: in, depart: out, energy_kWh: kWh }
                assumed: { capacity_kWh: 50, departSoc: 0.8, charger_kW: 7, efficiency: 1 }
                faults: %s
                """.formatted(faults);
    }

    @Test
    void what_a_fleet_wrote_is_read_as_it_was_simulated() throws IOException {
        List<PlugInSession> simulated = new ArrayList<>();
        FleetRequest request = new FleetRequest(
                null, 40, 3, Habit.GRAZE, 7, new StudySeed(1), DaySteps.HOURLY, MobilityParameterFile.paper());
        Fleet.simulate(request, new TravelObserver() {
            @Override
            public void session(PlugInSession session) {
                simulated.add(session);
            }
        });
        Path file = folder.resolve("sessions.csv");
        FleetFiles.writeSessions(file, simulated, DaySteps.HOURLY);

        assertThat(MeasuredSessions.read(file, DaySteps.HOURLY, 7, 0.95).sessions())
                .containsExactlyElementsOf(simulated);
    }

    @Test
    void a_foreign_table_is_put_on_whole_steps_from_the_first_monday() throws IOException {
        // 2024-05-08 is a Wednesday.
        MeasuredSessions read = foreign(mapping("refuse"), """
                anna;2024-05-08 17:20;2024-05-09 07:50;12,5;x
                bert;2024-05-10 23:10;2024-05-11 06:00;7;y
                """);

        assertThat(read.sessions())
                .containsExactly(
                        new PlugInSession(0, 0, Archetype.PRO, 2, 18, 31, 27.5, 40, 50, 7),
                        new PlugInSession(1, 0, Archetype.PRO, 5, 0, 6, 33, 40, 50, 7));
        assertThat(read.households()).isEqualTo(2);
        assertThat(read.ignoredColumns()).containsExactly("note");
        assertThat(read.stays().getFirst().duration_h()).isCloseTo(14.5, within(1e-9));
    }

    @Test
    void a_stay_of_days_keeps_its_first_and_energy_beyond_the_charger_is_lowered_and_both_are_counted()
            throws IOException {
        MeasuredSessions read = foreign(mapping("refuse"), """
                anna;2024-05-06 18:00;2024-05-09 08:00;20;
                bert;2024-05-06 18:00;2024-05-06 20:30;16;
                """);

        assertThat(read.cutToADay()).isEqualTo(1);
        assertThat(read.sessions().getFirst().steps()).isEqualTo(24);
        assertThat(read.lowered()).isEqualTo(1);
        assertThat(read.sessions().get(1).depart_kWh() - read.sessions().get(1).arrive_kWh())
                .isEqualTo(14);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            a;2024-05-08 17:20;2024-05-08 16:00;5;  | out is 2024-05-08 16:00, expected after in
            a;2024-05-08 17:20;2024-05-08 17:50;5;  | holds no whole step
            a;2024-05-08 17:20;;5;                  | out is ''
            a;2024-05-08 17:20;2024-05-09 07:00;-5; | kWh is -5 kWh, expected 0 to 1000
            a;2024-05-08 17:20;2024-05-09 07:00;x;  | kWh is 'x', expected a number
            a;2024-05-08 17:20;2024-05-09 07:00;60; | more than the mapping's battery of 50.0 kWh
            """)
    void a_foreign_row_with_a_fault_is_refused_with_its_line_or_left_out_and_listed(String row, String reason)
            throws IOException {
        String good = "b;2024-05-08 17:20;2024-05-09 07:00;5;\n";

        assertThatThrownBy(() -> foreign(mapping("refuse"), good + row))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("foreign.csv:3")
                .hasMessageContaining(reason);
        MeasuredSessions read = foreign(mapping("leave-out"), good + row);
        assertThat(read.sessions()).hasSize(1);
        assertThat(read.leftOut()).hasSize(1).first().asString().contains("foreign.csv:3", reason);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            0,0,pro,1,18,7,45,40,60    | depart_kWh is 40, expected 45 to 60
            0,0,pro,1,18,7,-5,40,60    | arrive_kWh is -5, expected 0 to 60
            0,0,pro,1,18,7,5,70,60     | depart_kWh is 70
            0,0,pro,1,24,7,5,40,60     | arrive_step is 24, expected 0 to 23
            0,0,prof,1,18,7,5,40,60    | archetype is 'prof', expected one of ret, pro, sho, fam
            0,0,pro,1,18,20,5,40,60    | what 7.0 kW can charge in 2 steps
            0,1,pro,0,20,22,5,6,60     | overlaps with the one of line 2 at the same charger
            """)
    void a_row_of_ones_own_with_a_fault_is_refused_with_its_line(String row, String reason) {
        assertThatThrownBy(() -> own("0,0,pro,0,18,7,30,40,60\n" + row + "\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("mine.csv:3")
                .hasMessageContaining(reason);
    }

    @Test
    void the_sessions_of_trondheim_are_read_with_the_shipped_mapping() {
        Path file = ReferenceData.file("ev-sessions/trondheim_home_sessions.csv");

        MeasuredSessions read =
                MeasuredSessions.read(file, SessionMapping.load(SessionMapping.TRONDHEIM), new DaySteps(96));

        // 5,466 rows of charging points with one user each; the rest of them end before they begin, or have no end.
        assertThat(read.sessions().size() + read.leftOut().size()).isEqualTo(5466);
        assertThat(read.sessions()).hasSizeGreaterThan(5000);
        SessionStatistics measured = SessionStatistics.of("measured", read.households(), read.stays());
        assertThat(measured.duration_h().get(2)).isBetween(8.0, 14.0);
    }

    @Test
    void the_uk_set_plugs_in_at_hours_like_trondheims() {
        Path file = ReferenceData.file("ev-sessions/trondheim_home_sessions.csv");
        MeasuredSessions read =
                MeasuredSessions.read(file, SessionMapping.load(SessionMapping.TRONDHEIM), DaySteps.HOURLY);
        SessionStatistics measured = SessionStatistics.of("measured", read.households(), read.stays());

        // Shown in docs/decisions/072, not tuned: a bound far below what is there, so that a change is seen.
        for (Habit habit : Habit.values()) {
            SessionStatistics simulated = SessionStatistics.simulated(MobilityParameterFile.uk(), habit, 7.4);
            assertThat(measured.arrivalOverlap(simulated)).isGreaterThan(0.7);
        }
    }
}
