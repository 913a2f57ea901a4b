package org.headroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code headroom bench} as a user would type it; what is measured is no matter here. */
class BenchCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int types(String... arguments) {
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        return commands.execute(arguments);
    }

    @Test
    void bench_alone_shows_what_there_is() {
        assertThat(types("bench")).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains(
                        "Usage: headroom bench",
                        "dispatch",
                        "mobility",
                        "powerflow",
                        "Example: headroom bench powerflow");
    }

    @Test
    void help_of_the_power_flow_says_what_its_ratio_is() {
        assertThat(types("bench", "powerflow", "--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "Usage: headroom bench powerflow",
                        "Ratio: time of open-loadflow for a solve over ours.",
                        "Example: headroom bench powerflow --json");
    }

    @Test
    void mobility_is_measured_in_days_of_cars_a_second_and_core() throws Exception {
        Path json = folder.resolve("mobility.json");

        assertThat(types("bench", "mobility", "--rounds", "5", "--warm-up", "0", "--json", json.toString()))
                .isZero();
        assertThat(out.toString()).contains("sessions, graze", "EV-days a second and core in the slowest case");
        JsonNode figures = JsonMapper.builder().build().readTree(json.toFile());
        double slowest = figures.get("evDaysPerSecondPerCore").asDouble();
        assertThat(slowest).isPositive();
        for (JsonNode one : figures.get("cases")) {
            assertThat(one.asDouble()).isGreaterThanOrEqualTo(slowest);
        }
    }

    @Test
    void help_of_similar_networks_says_what_is_measured() {
        assertThat(types("bench", "similar", "--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: headroom bench similar", "all gates and positions included", "acceptedPerSecond");
    }

    @Test
    void help_of_the_dispatch_says_what_its_ratio_is_and_what_iterations_count() {
        assertThat(types("bench", "dispatch", "--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "Usage: headroom bench dispatch",
                        "Ratio: time of HiGHS for a day over that of the tree solver.",
                        "interior point method",
                        "Example: headroom bench dispatch --json");
    }

    @Test
    void cases_that_are_not_there_are_mended_with_those_that_are() {
        assertThat(types("bench", "dispatch", "--cases", "v2v")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--cases is 'v2v'", "v-v2v-20-1", "v-v2v-110-3", "smart-118-homes-1", "Maybe ")
                .doesNotContain("\tat ", "warming up");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_mistyped_benchmark_is_mended() {
        assertThat(types("bench", "powrflow")).isEqualTo(2);
        assertThat(err.toString()).contains("'powrflow'", "Maybe powerflow.").doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_mistyped_option_is_mended() {
        assertThat(types("bench", "powerflow", "--jsn", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("Maybe --json.").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "--rounds, 4, '--rounds is 4, expected 5 to 1000.'",
        "--rounds, many, many",
        "--warm-up, NaN, '--warm-up is NaN s, expected 0 to 600.'",
        "--warm-up, -1, '--warm-up is -1.0 s, expected 0 to 600.'",
        "--json, nowhere/x.json, 'there is no folder'",
        "--json, ., 'is a folder, expected a file.'"
    })
    void bad_options_are_one_message_before_anything_is_measured(String option, String value, String message) {
        assertThat(types("bench", "powerflow", option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(message, "Maybe ").doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void the_power_flow_prints_its_ratio_and_writes_the_keys_of_the_contract() {
        Path file = folder.resolve("powerflow.json");

        assertThat(types("bench", "powerflow", "--rounds", "5", "--warm-up", "0", "--json", file.toString()))
                .isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("a solve of 118 nodes", "open-loadflow", "ratio", "british-118", "medians of 5 rounds");
        JsonNode figures = JsonMapper.shared().readTree(file);
        assertThat(figures.get("nodes").asInt()).isEqualTo(118);
        assertThat(figures.get("solvesPerSecond").asDouble()).isPositive();
        assertThat(figures.get("openLoadFlow_ms").asDouble()).isPositive();
        assertThat(figures.get("largestDifference_pu").asDouble()).isLessThan(1e-6);
        // the ratio is of the same two times that are told
        assertThat(figures.get("ratio").asDouble())
                .isCloseTo(
                        figures.get("openLoadFlow_ms").asDouble()
                                / 1000
                                * figures.get("solvesPerSecond").asDouble(),
                        org.assertj.core.api.Assertions.withinPercentage(1e-6));
    }

    @Test
    void a_day_of_v_v2v_prints_its_ratio_and_what_it_is_of_and_writes_the_keys_of_the_contract() {
        JsonNode day = dispatched("v-v2v-20-1").get(0);

        assertThat(out.toString())
                .contains(
                        "v-v2v-20-1",
                        "Geometric mean of the ratios of the V-V2V days of 24 steps (1):",
                        "tangent cuts that stop once the objective is known to 1e-7",
                        "Side by side: ",
                        "; gain ");
        assertThat(day.propertyNames())
                .containsExactly(
                        "case",
                        "sessions",
                        "steps",
                        "tree_ms",
                        "highs_ms",
                        "ratio",
                        "objectiveDifference",
                        "relativeGap",
                        "iterations",
                        "mode");
        assertThat(day.get("case").asString()).isEqualTo("v-v2v-20-1");
        assertThat(day.get("mode").asString()).isEqualTo("v-v2v");
        assertThat(day.get("sessions").asInt()).isEqualTo(20);
        assertThat(day.get("steps").asInt()).isEqualTo(24);
        assertThat(day.get("iterations").asInt()).isBetween(5, 200);
        assertThat(day.get("objectiveDifference").asDouble()).isBetween(0.0, 1e-6);
        assertThat(day.get("relativeGap").asDouble()).isBetween(0.0, 1e-6);
        assertThat(day.get("tree_ms").asDouble()).isPositive();
        assertThat(day.get("ratio").asDouble())
                .isCloseTo(
                        day.get("highs_ms").asDouble() / day.get("tree_ms").asDouble(),
                        org.assertj.core.api.Assertions.withinPercentage(1e-6));
    }

    @Test
    void homes_by_themselves_need_no_iteration_and_are_in_no_mean() {
        JsonNode day = dispatched("smart-118-homes-2").get(0);

        assertThat(out.toString()).contains("smart-118-homes-2").doesNotContain("Geometric mean", "Side by side");
        assertThat(day.get("mode").asString()).isEqualTo("smart");
        assertThat(day.get("iterations").asInt()).isZero();
        assertThat(day.get("objectiveDifference").asDouble()).isBetween(0.0, 1e-6);
    }

    private JsonNode dispatched(String cases) {
        Path file = folder.resolve("dispatch.json");
        assertThat(types(
                        "bench",
                        "dispatch",
                        "--cases",
                        cases,
                        "--rounds",
                        "5",
                        "--warm-up",
                        "0",
                        "--json",
                        file.toString()))
                .isZero();
        JsonNode rows = JsonMapper.shared().readTree(file);
        assertThat(rows.isArray()).isTrue();
        assertThat(rows).hasSize(1);
        return rows;
    }
}
