package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code headroom fleet} as a user would run it. */
class FleetCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("fleet"));
        all.addAll(List.of(arguments));
        return commands.execute(all.toArray(String[]::new));
    }

    @Test
    void a_fleet_is_simulated_into_a_new_folder_and_summed_up() {
        Path target = folder.resolve("new/fleet");

        int code = run(
                "--archetype",
                "two-ev",
                "--households",
                "5",
                "--weeks",
                "2",
                "--habit",
                "graze",
                "--charger",
                "11",
                "--seed",
                "3",
                "--out",
                target.toString());

        assertThat(code).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("two-ev: 5 households, 2 weeks, graze, 11 kW, seed 3, parameters paper")
                .contains("sho")
                .contains("grows with the number of weeks")
                .contains("Written to " + target);
        assertThat(target).isDirectoryContaining("glob:**/trips.csv").isDirectoryContaining("glob:**/summary.json");
    }

    @Test
    void the_shipped_set_is_printed_to_be_copied() {
        assertThat(run("parameters")).isZero();
        assertThat(out.toString()).startsWith("# Mobility parameters").contains("name: paper\n", "reserveSoc: ");
    }

    @Test
    void a_written_copy_can_be_used_at_once_and_gives_the_same_fleet() throws IOException {
        Path copy = folder.resolve("mine.yaml");

        assertThat(run("parameters", copy.toString())).isZero();
        assertThat(run(
                        "--households",
                        "3",
                        "--weeks",
                        "1",
                        "--out",
                        folder.resolve("a").toString()))
                .isZero();
        assertThat(run(
                        "--households",
                        "3",
                        "--weeks",
                        "1",
                        "--parameters",
                        copy.toString(),
                        "--out",
                        folder.resolve("b").toString()))
                .isZero();
        assertThat(folder.resolve("b/sessions.csv")).hasSameBinaryContentAs(folder.resolve("a/sessions.csv"));
    }

    @Test
    void a_written_copy_never_replaces_a_file() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "mine");

        assertThat(run("parameters", file.toString())).isEqualTo(2);
        assertThat(file).hasContent("mine");
        assertThat(err.toString()).contains("is there already and is not replaced");
    }

    @Test
    void without_a_folder_the_missing_option_is_named() {
        assertThat(run("--archetype", "pro")).isEqualTo(2);
        assertThat(err.toString()).startsWith("option --out is missing");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "--archetype,sho,household 'sho' is not known",
        "--habit,grase,Maybe graze",
        "--households,0,--households is 0",
        "--weeks,-1,--weeks is -1",
        "--charger,0,--charger is 0.0 kW",
        "--charger,NaN,--charger is NaN kW",
        "--steps,25,--steps is 25",
        "--season,sommer,--season is 'sommer'",
        "--ev-penetration,1.5,evPenetration is 1.5",
        "--parameters,nowhere.yaml,is neither shipped nor a file",
        "--households,many,is not an int"
    })
    void a_bad_option_is_refused_with_its_name_and_code_2(String option, String value, String message) {
        Path target = folder.resolve("out");

        assertThat(run("--out", target.toString(), option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(target).doesNotExist();
    }

    @Test
    void a_bad_parameter_file_is_named_with_its_key() throws IOException {
        Path copy = folder.resolve("mine.yaml");
        run("parameters", copy.toString());
        Files.writeString(copy, Files.readString(copy).replace("tries: 50", "tires: 50"));

        assertThat(run(
                        "--parameters",
                        copy.toString(),
                        "--out",
                        folder.resolve("out").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("mine.yaml: key tries is missing");
    }

    @Test
    void the_uk_set_is_one_option_away() {
        assertThat(run(
                        "--set",
                        "uk",
                        "--households",
                        "4",
                        "--weeks",
                        "1",
                        "--season",
                        "winter",
                        "--out",
                        folder.resolve("uk").toString()))
                .isZero();
        assertThat(out.toString()).contains("parameters uk");
    }

    @Test
    void a_mix_has_the_shares_asked_for() {
        assertThat(run(
                        "--shares",
                        "ret=1",
                        "--households",
                        "6",
                        "--out",
                        folder.resolve("r").toString()))
                .isZero();
        assertThat(out.toString()).contains("ret               6").doesNotContain("\npro ");
        assertThat(run("--shares", "ret=0.5", "--out", folder.resolve("x").toString()))
                .isEqualTo(2);
        assertThat(run("--shares", "rat=1", "--out", folder.resolve("x").toString()))
                .isEqualTo(2);
        assertThat(run(
                        "--shares",
                        "ret=1",
                        "--archetype",
                        "pro",
                        "--out",
                        folder.resolve("x").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("sum to 0.5, expected 1", "Maybe ret", "Maybe --archetype mix");
    }

    private Path smallTargets() throws IOException {
        return Files.writeString(folder.resolve("t.yaml"), """
                format: headroom-targets/1
                name: mine
                measured: { households: 20, weeks: 1, samples: 5 }
                search: { evaluations: 20 }
                targets:
                  pro:
                    annual_kWh: { value: 2000 }
                    annualTrips: { value: 950, within: 0.2 }
                """);
    }

    @Test
    void a_set_is_calibrated_written_and_used() throws IOException {
        Path targets = smallTargets();
        Path set = folder.resolve("set.yaml");

        assertThat(run("calibrate", "--targets", targets.toString(), "--out", set.toString(), "--progress", "plain"))
                .isZero();
        assertThat(err.toString()).contains("20 of 20 travel trials, 100 %");
        assertThat(out.toString()).contains("Fit of set mine, seed 1", "annual_kWh", "Written: " + set);
        assertThat(folder.resolve("set.fit.txt")).content().contains("annualTrips");
        assertThat(run(
                        "--parameters",
                        set.toString(),
                        "--households",
                        "2",
                        "--out",
                        folder.resolve("f").toString()))
                .isZero();
    }

    @Test
    void a_calibration_is_refused_before_it_begins_where_it_could_not_be_written() throws IOException {
        Path targets = smallTargets();

        assertThat(run("calibrate", "--targets", targets.toString(), "--out", targets.toString()))
                .isEqualTo(2);
        assertThat(run(
                        "calibrate",
                        "--targets",
                        "nowhere",
                        "--out",
                        folder.resolve("s.yaml").toString()))
                .isEqualTo(2);
        assertThat(run(
                        "calibrate",
                        "--targets",
                        targets.toString(),
                        "--out",
                        folder.resolve("no/s.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("is not replaced", "shipped are: paper, uk", "its folder is not there")
                .doesNotContain("\tat ");
    }

    @Test
    void shipped_targets_are_handed_out() {
        assertThat(run("targets", "--set", "uk")).isZero();
        assertThat(out.toString()).contains("name: uk", "startHours");
    }

    @Test
    void sessions_of_a_fleet_are_inspected_and_written_again() throws IOException {
        run(
                "--households",
                "10",
                "--habit",
                "graze",
                "--out",
                folder.resolve("f").toString());
        Path sessions = folder.resolve("f/sessions.csv");
        Path again = folder.resolve("again.csv");

        assertThat(run("sessions", sessions.toString(), "--compare", "uk", "--out", again.toString()))
                .isZero();
        assertThat(out.toString()).contains("hours plugged in", "set uk, graze", "overlap of hours");
        assertThat(Files.readAllLines(again)).hasSameSizeAs(Files.readAllLines(sessions));
    }

    @Test
    void a_foreign_table_needs_a_mapping_and_shows_one() throws IOException {
        Path table = Files.writeString(folder.resolve("s.csv"), "User_ID;Start_plugin\n1;x\n");

        assertThat(run("sessions", table.toString())).isEqualTo(2);
        assertThat(run("sessions", table.toString(), "--mapping", "trondheim")).isEqualTo(2);
        assertThat(err.toString()).contains("column ", " is missing");
        assertThat(run("sessions", "--show-mapping")).isZero();
        assertThat(out.toString()).contains("format: headroom-session-mapping/1");
    }

    @Test
    void a_parking_lot_says_who_found_a_point_and_who_was_turned_away() {
        Path lot = folder.resolve("lot");

        assertThat(run("parking", "--cars", "12", "--chargers", "3", "--out", lot.toString()))
                .isZero();
        assertThat(out.toString()).contains("12 cars, 3 points of 7.0 kW", "turned away");
        assertThat(lot).isDirectoryContaining("glob:**/sessions.csv").isDirectoryContaining("glob:**/turned-away.csv");
        assertThat(run("parking", "--cars", "3", "--chargers", "3", "--out", lot.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("cars is 3, expected more than chargers (3)");
    }
}
