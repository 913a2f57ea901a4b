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
        assertThat(out.toString()).contains("Usage: headroom bench", "powerflow", "Example: headroom bench powerflow");
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
}
