package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.headroom.input.CsvTable;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FleetFilesTest {
    @TempDir
    Path folder;

    private static FleetRequest request(
            @Nullable HouseholdKind kind, int households, Habit habit, double charger_kW, int steps) {
        return new FleetRequest(
                kind,
                households,
                2,
                habit,
                charger_kW,
                new StudySeed(5),
                new DaySteps(steps),
                MobilityParameterFile.paper());
    }

    private JsonNode summary(Path in) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(in.resolve("summary.json")));
    }

    @Test
    void tables_have_the_columns_of_the_contract() throws IOException {
        FleetFiles.write(folder, request(null, 10, Habit.GRAZE, 7, 24));

        assertThat(folder.resolve("trips.csv"))
                .content()
                .startsWith("household,ev,archetype,day,leg,purpose,depart_h,arrive_h,distance_miles,energy_kWh\n");
        assertThat(folder.resolve("sessions.csv"))
                .content()
                .startsWith(
                        "household,ev,archetype,day,arrive_step,depart_step,arrive_kWh,depart_kWh,capacity_kWh,charger_kW\n");
        assertThat(folder.resolve("charging.csv")).content().startsWith("week,step,mean_kW\n0,0,");
        assertThat(Files.readAllLines(folder.resolve("charging.csv"))).hasSize(1 + 2 * 168);
    }

    @Test
    void half_hours_double_the_steps_of_the_curve_and_sessions_stay_within_the_day() throws IOException {
        FleetFiles.write(folder, request(HouseholdKind.TWO_EV, 30, Habit.GRAZE, 7, 48));

        assertThat(Files.readAllLines(folder.resolve("charging.csv"))).hasSize(1 + 2 * 336);
        var sessions = CsvTable.read(folder.resolve("sessions.csv"), Set.of("arrive_step", "depart_step"), Set.of());
        assertThat(sessions.rows()).hasSizeGreaterThan(50).allSatisfy(row -> {
            assertThat(row.integer("arrive_step", 0, 47)).isNotNegative();
            assertThat(row.integer("depart_step", 0, 47)).isNotNegative();
        });
    }

    @Test
    void the_summary_has_every_archetype_of_a_mix_with_the_contracts_keys() throws IOException {
        FleetFiles.write(folder, request(null, 60, Habit.GUZZLE, 7, 24));
        JsonNode summary = summary(folder);

        JsonNode run = summary.get("run");
        assertThat(run.get("households").intValue()).isEqualTo(60);
        assertThat(run.get("weeks").intValue()).isEqualTo(2);
        assertThat(run.get("seed").intValue()).isEqualTo(5);
        assertThat(run.get("notes").toString()).contains("grows with the number of weeks");
        assertThat(summary.propertyNames()).containsExactly("run", "ret", "pro", "two-ev", "sho", "fam");
        for (String archetype : List.of("ret", "pro", "two-ev", "sho", "fam")) {
            assertThat(summary.get(archetype).propertyNames())
                    .contains(
                            "annual_kWh",
                            "annualTrips",
                            "annualMiles",
                            "awayCharged_kWh",
                            "availabilityShare",
                            "plugInsPerWeek",
                            "peak_kW",
                            "peakHourWeekday",
                            "peakHourWeekend",
                            "peakWeekend_kW",
                            "redrawnDays");
        }
    }

    @Test
    void the_summary_agrees_with_the_tables() throws IOException {
        FleetFiles.write(folder, request(HouseholdKind.PRO, 20, Habit.GUZZLE, 7, 24));
        JsonNode pro = summary(folder).get("pro");
        var trips = CsvTable.read(folder.resolve("trips.csv"), Set.of("energy_kWh"), Set.of());
        var curve = CsvTable.read(folder.resolve("charging.csv"), Set.of("mean_kW"), Set.of());

        double energy_kWh = trips.rows().stream()
                .mapToDouble(row -> row.number("energy_kWh", 0, 1000))
                .sum();
        double peak_kW = curve.rows().stream()
                .mapToDouble(row -> row.number("mean_kW", 0, 1000))
                .max()
                .orElseThrow();
        assertThat(pro.get("annual_kWh").doubleValue()).isCloseTo(energy_kWh / 20 / 14 * 365, within(1e-6));
        assertThat(pro.get("annualTrips").doubleValue()).isCloseTo(trips.rows().size() / 20.0 / 14 * 365, within(1e-6));
        assertThat(pro.get("peak_kW").doubleValue()).isEqualTo(peak_kW);
    }

    @Test
    void the_same_request_gives_the_same_bytes() throws IOException {
        FleetFiles.write(folder.resolve("a"), request(null, 12, Habit.GRAZE, 7, 24));
        FleetFiles.write(folder.resolve("b"), request(null, 12, Habit.GRAZE, 7, 24));

        for (String name : List.of("trips.csv", "days.csv", "sessions.csv", "charging.csv", "summary.json")) {
            assertThat(folder.resolve("b").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("a").resolve(name));
        }
    }

    @Test
    void more_households_leave_the_first_as_they_were() throws IOException {
        FleetFiles.write(folder.resolve("few"), request(null, 5, Habit.GRAZE, 7, 24));
        FleetFiles.write(folder.resolve("many"), request(null, 15, Habit.GRAZE, 7, 24));

        for (String name : List.of("trips.csv", "sessions.csv")) {
            assertThat(folder.resolve("many").resolve(name))
                    .content()
                    .startsWith(Files.readString(folder.resolve("few").resolve(name)));
        }
    }

    @Test
    void trips_are_the_same_bytes_for_any_charger_and_habit() throws IOException {
        FleetFiles.write(folder.resolve("a"), request(null, 12, Habit.GUZZLE, 7, 24));
        FleetFiles.write(folder.resolve("b"), request(null, 12, Habit.GRAZE, 11, 24));

        assertThat(folder.resolve("b/trips.csv")).hasSameBinaryContentAs(folder.resolve("a/trips.csv"));
    }

    @Test
    void a_fleet_without_households_is_refused() {
        assertThatThrownBy(() -> request(null, 0, Habit.GUZZLE, 7, 24)).hasMessageContaining("households is 0");
    }
}
