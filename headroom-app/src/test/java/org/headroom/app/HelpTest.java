package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command line says of itself, and how it takes a slip of the fingers. */
class HelpTest {
    private final UserAtTheShell user = new UserAtTheShell();

    /** Every command and subcommand, as one types it. */
    static Stream<String> commands() {
        List<String> all = new ArrayList<>();
        collect(Main.commandLine(), "", all);
        return all.stream();
    }

    private static void collect(CommandLine command, String path, List<String> all) {
        command.getSubcommands().forEach((name, below) -> {
            all.add((path + " " + name).strip());
            collect(below, path + " " + name, all);
        });
    }

    @Test
    void there_are_the_commands_that_the_contract_names() {
        assertThat(commands())
                .contains(
                        "run",
                        "study",
                        "study init",
                        "study day",
                        "sweep",
                        "networks inspect",
                        "networks convert",
                        "networks validate",
                        "fleet",
                        "dispatch",
                        "bench");
    }

    @Test
    void headroom_alone_shows_every_command_with_an_example() {
        assertThat(user.types()).isZero();
        assertThat(user.err()).isEmpty();
        for (String command : List.of("run", "study", "networks", "fleet", "dispatch", "bench", "help")) {
            assertThat(user.out()).contains("  " + command + " ").contains(" headroom " + command);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_of_every_command_shows_its_use_and_an_example(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--help");

        assertThat(user.types(arguments.toArray(String[]::new))).isZero();
        assertThat(user.err()).isEmpty();
        assertThat(user.out()).contains("Usage: headroom " + command).containsPattern("Examples?: headroom ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void an_unknown_option_of_any_command_is_one_message(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--frobnicate");

        if (command.equals("help")) {
            return; // takes any word for a command, and shows what there is
        }
        assertThat(user.types(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(user.out()).isEmpty();
        assertThat(user.complaints()).hasSize(2);
        assertThat(user.complaints().get(0)).containsPattern("Unknown option: '--frobnicate'|Missing required");
        assertThat(user.complaints().get(1)).startsWith("Maybe ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --threads x",
                "run --threads 0",
                "run --threads -1",
                "run --threads 1e3",
                "run --threads 99999999999",
                "run --progress fancy",
                "run --out",
                "run --out a --out b",
                "run --transformer x",
                "run --transformer -3",
                "run --transformer NaN",
                "run --transformer 1e999",
                "run --network",
                "run --network nowhere.json",
                "run --network /",
                "run nowhere.yaml",
                "run .",
                "run a.yaml b.yaml",
                "run --network british-118 --threads",
                "run --resume --out nowhere",
                "run --only",
                "run --only nonsense",
                "run --only network=5",
                "run --only mode=v2v",
                "sweep",
                "sweep nowhere.yaml --out x",
                "sweep nowhere.yaml",
                "study init",
                "study init a b",
                "study init /",
                "study nonsense",
                "study day",
                "study day --scenario I --out x",
                "study day --scenario I --day one --out x",
                "study day --scenario I --day 28 --out x",
                "study day --scenario I --day -1 --out x",
                "study day --scenario IV --day 1 --out x",
                "study day --scenario I --day 1 --network 5 --out x",
                "study day nowhere.yaml --scenario I --day 1 --out x",
                "dispatch",
                "dispatch nowhere --mode smart --out x",
                "dispatch / --mode smart --out x",
                "dispatch nowhere --out x",
                "dispatch nowhere --mode smart",
                "dispatch nowhere --mode smrt --out x",
                "dispatch nowhere --mode smart --solver tree --out x",
                "dispatch nowhere --mode smart --solver hghs --out x",
                "dispatch nowhere --mode smart --mode v2g --out x",
                "fleet",
                "fleet --households 0 --out x",
                "fleet --households x --out x",
                "fleet --weeks -1 --out x",
                "fleet --charger 0 --out x",
                "fleet --charger NaN --out x",
                "fleet --habit grase --out x",
                "fleet --archetype prof --out x",
                "fleet --steps 25 --out x",
                "fleet --parameters papr --out x",
                "networks inspect",
                "networks inspect nowhere",
                "networks convert a",
                "networks convert nowhere x.json",
                "bench",
                "bench powerflow",
                "nonsense",
                "--nonsense",
                "rnu"
            })
    void bad_input_ends_with_2_and_a_message_without_a_stack_trace(String line) {
        assertThat(user.types(line.split(" "))).isEqualTo(2);
        assertThat(user.complaints()).hasSizeBetween(1, 3);
        assertThat(user.err())
                .doesNotContain("\tat ")
                .doesNotContain("Exception")
                .doesNotContain("Usage:");
        assertThat(Path.of("headroom-out")).doesNotExist();
        assertThat(Path.of("x")).doesNotExist();
    }

    @Test
    void a_mistyped_command_is_mended() {
        assertThat(user.types("rnu")).isEqualTo(2);
        assertThat(user.err()).contains("'rnu'").contains("Maybe run");
    }

    @Test
    void a_mistyped_option_is_mended() {
        assertThat(user.types("run", "--thread", "2")).isEqualTo(2);
        assertThat(user.err()).contains("'--thread'").contains("Maybe --threads");
    }

    @Test
    void the_version_is_told() {
        assertThat(user.types("--version")).isZero();
        assertThat(user.out()).startsWith("headroom ");
    }
}
