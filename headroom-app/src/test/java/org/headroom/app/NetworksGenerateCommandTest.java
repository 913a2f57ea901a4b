package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.format.NetworkFiles;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.measure.LiteralSimilarity;
import org.headroom.similar.measure.NetworkShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class NetworksGenerateCommandTest {
    @TempDir
    Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int generate(String out, String... options) {
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(output, true));
        commands.setErr(new PrintWriter(errors, true));
        String[] first = {"networks", "generate", "--progress", "none", "--out", in(out).toString()};
        return commands.execute(
                Stream.concat(Stream.of(first), Stream.of(options)).toArray(String[]::new));
    }

    private Path in(String name) {
        return folder.resolve(name);
    }

    private SortedMap<String, String> files(String name) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(in(name))) {
            files.forEach(file -> texts.put(file.getFileName().toString(), text(file)));
        }
        return texts;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void networks_and_a_table_of_candidates_are_written() throws IOException {
        assertThat(generate("out", "--from", "british-118", "--count", "3")).isZero();
        assertThat(files("out"))
                .containsOnlyKeys(
                        "network-0001.json", "network-0002.json", "network-0003.json", "recipe.txt", "similarity.csv");
        List<String> rows = text(in("out/similarity.csv")).lines().toList();
        assertThat(rows.getFirst())
                .startsWith("network,accepted,gate,nodes,leaves,height,cosine,spectral,editDistance");
        assertThat(rows).filteredOn(row -> row.contains(",true,,118,34,20,0.")).hasSize(3);
        assertThat(output.toString())
                .contains("Candidates: ")
                .contains("3 accepted")
                .contains("Wrote 3 networks to");
    }

    @Test
    void files_are_the_same_on_one_thread_and_on_eight() throws IOException {
        generate("one", "--from", "british-118", "--count", "40", "--threads", "1");
        generate("eight", "--from", "british-118", "--count", "40", "--threads", "8");
        assertThat(files("eight")).hasSize(42).isEqualTo(files("one"));
    }

    @Test
    void files_are_the_same_whether_the_gates_of_several_inputs_are_made_side_by_side_or_not() throws IOException {
        String[] options = {"--from", "uk-lv-05", "uk-lv-13", "uk-lv-02", "--count", "20", "--seed", "2"};
        for (String threads : List.of("1", "4")) {
            assertThat(generate(
                            "on" + threads,
                            Stream.concat(Stream.of(options), Stream.of("--threads", threads))
                                    .toArray(String[]::new)))
                    .isZero();
        }
        assertSameFiles("on4", "on1");
        for (String input : List.of("uk-lv-05", "uk-lv-13", "uk-lv-02")) {
            assertThat(text(in("on1/similarity.csv"))).contains(",true,").contains("," + input + "\n");
        }
    }

    @Test
    void a_run_that_gave_up_gives_up_again_with_the_same_files() throws IOException {
        String[] options = {"--from", "british-118", "--count", "64", "--homes", "180", "--tries", "1"};
        assertThat(generate("once", options)).isEqualTo(2);
        generate("twice", options);
        assertThat(generate("twice", options)).isEqualTo(2);
        assertSameFiles("twice", "once");
    }

    @Test
    void counts_are_as_asked_for() {
        generate("out", "--from", "british-118", "--count", "1", "--nodes", "80", "--homes", "90", "--feeders", "3");
        NetworkStatistics drawn = NetworkStatistics.of(
                NetworkFiles.read(in("out/network-0001.json")).network());
        assertThat(drawn.nodes()).isEqualTo(80);
        assertThat(drawn.homes()).isEqualTo(90);
        assertThat(drawn.feeders()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void the_smallest_networks_are_drawn_or_refused_by_a_gate_not_by_counts_that_no_one_asked_for(int nodes)
            throws IOException {
        generate("out", "--from", "british-118", "--count", "1", "--nodes", Integer.toString(nodes), "--tries", "5");
        assertThat(errors.toString()).doesNotContain("at most");
        assertThat(text(in("out/similarity.csv")).lines().skip(1).toList())
                .isNotEmpty()
                .allMatch(row -> row.split(",", -1)[3].equals(Integer.toString(nodes)));
    }

    @Test
    void statistics_that_inspect_wrote_are_learned_from() throws IOException {
        Main.commandLine()
                .setOut(new PrintWriter(output))
                .execute("networks", "inspect", "british-118", "--out", folder.toString());
        generate("of-file", "--from", in("statistics.json").toString(), "--count", "2");
        generate("of-network", "--from", "british-118", "--count", "2");
        assertThat(files("of-file")).hasSize(4).isEqualTo(files("of-network"));
    }

    @Test
    void equations_41_to_43_are_those_of_the_networks_written_against_the_input_of_each() throws IOException {
        String[] options = {"--from", "british-118", "uk-lv", "--count", "6", "--seed", "3"};
        assertThat(generate("plain", options)).isZero();
        assertThat(generate(
                        "out",
                        Stream.concat(Stream.of(options), Stream.of("--equations"))
                                .toArray(String[]::new)))
                .isZero();
        List<String> rows = text(in("out/similarity.csv")).lines().toList();
        assertThat(rows.getFirst()).endsWith(",input,cosineEq41,spectralEq42,editDistanceEq43");
        assertThat(rows)
                .as("what stands before is as without the option")
                .extracting(row -> row.replaceFirst("(,[^,]*){3}$", ""))
                .isEqualTo(text(in("plain/similarity.csv")).lines().toList());
        assertThat(rows).filteredOn(row -> row.contains(",false,")).allMatch(row -> row.endsWith(",,,"));
        Map<String, NetworkStatistics> inputs =
                NetworkArgument.inputs(List.of("british-118", "uk-lv"), null).statistics().stream()
                        .collect(Collectors.toMap(NetworkStatistics::name, input -> input));
        List<String> accepted =
                rows.stream().filter(row -> row.contains(",true,")).toList();
        assertThat(accepted).hasSize(6);
        assertThat(accepted.stream().map(row -> row.split(",", -1)[11]).distinct())
                .as("inputs drawn from")
                .hasSizeGreaterThan(1);
        for (String row : accepted) {
            String[] cells = row.split(",", -1);
            LiteralSimilarity expected = LiteralSimilarity.of(
                    NetworkShape.of(
                            NetworkFiles.read(in("out/" + cells[0] + ".json")).network()),
                    NetworkShape.of(Objects.requireNonNull(inputs.get(cells[11]))));
            assertThat(Double.parseDouble(cells[12])).isCloseTo(expected.cosine(), within(1e-5));
            assertThat(Double.parseDouble(cells[13])).isCloseTo(expected.spectral(), within(1e-4));
            assertThat(Double.parseDouble(cells[14])).isCloseTo(expected.editDistance(), within(1e-3));
        }
    }

    @Test
    void asset_values_and_a_name_are_as_asked_for() {
        assertThat(generate(
                        "out", "--from", "uk-lv-14", "--count", "2", "--name", "ours", "--asset-values", "900,7000.5"))
                .isZero();
        Network second = NetworkFiles.read(in("out/network-0002.json")).network();
        assertThat(second.name()).isEqualTo("ours-0002");
        assertThat(second.substation().asset_gbpPerYear()).isEqualTo(900);
        assertThat(second.lines().stream().mapToDouble(Line::asset_gbpPerYear).sum())
                .isCloseTo(7000.5, within(1e-6));
        assertThat(generate("one", "--from", "uk-lv-14", "--count", "1", "--name", "ours"))
                .isZero();
        assertThat(NetworkFiles.read(in("one/network-0001.json")).network().name())
                .isEqualTo("ours");
    }

    @Test
    void networks_are_written_as_opendss() {
        assertThat(generate("out", "--from", "british-118", "--count", "1", "--format", "dss"))
                .isZero();
        assertThat(NetworkFiles.read(in("out/network-0001")).network().homeCount())
                .isEqualTo(129);
    }

    @Test
    void a_gate_that_refuses_everything_is_named_and_what_was_accepted_is_kept() throws IOException {
        // at 180 homes most candidates are refused, and with one try each the first refused one ends it
        int exit = generate("out", "--from", "british-118", "--count", "64", "--homes", "180", "--tries", "1");
        assertThat(exit).isEqualTo(2);
        assertThat(errors.toString())
                .contains("no network like british-118 passed the gates: 1 drawn, 0 accepted; refused by ")
                .contains("Maybe ");
        List<String> rows = text(in("out/similarity.csv")).lines().skip(1).toList();
        assertThat(rows).hasSize(32);
        assertThat(files("out").keySet())
                .filteredOn(name -> name.startsWith("network-"))
                .hasSize((int)
                        rows.stream().filter(row -> row.contains(",true,")).count());
    }

    @ParameterizedTest
    @CsvSource({
        "--leaves,200,at most 117 leaves",
        "--height,200,a longest path of 200 lines and 0 further leaves need 201 nodes or more",
        "--nodes,20000,'20,000 nodes, expected at most 13,653'",
        "--count,0,--count is 0",
        "--method,magic,'--method is ''magic'''",
        "--transformer,large,'--transformer is ''large'''",
        "--format,vsdx,format is 'vsdx'",
        "--weights,'1,2',2 weights for 1 inputs",
        "--tries,0,tries is 0",
        "--asset-values,11700,'--asset-values has 1 value, expected two: SUBSTATION,LINES'",
        "--asset-values,'1,-2',asset value of the lines is -2.0 GBP a year"
    })
    void bad_options_are_refused_with_one_message(String option, String value, String message) {
        assertThat(generate("out", "--from", "british-118", option, value)).isEqualTo(2);
        assertThat(errors.toString()).contains(message.replace("''", "'")).doesNotContain("\tat ");
    }

    private void assertSameFiles(String one, String other) throws IOException {
        assertThat(files(one)).containsOnlyKeys(files(other).keySet());
        for (String name : files(one).keySet()) {
            assertThat(in(one).resolve(name)).hasSameBinaryContentAs(in(other).resolve(name));
        }
    }

    /** A folder as a kill leaves it: the table cut off anywhere, networks of the batch that was being drawn there or not. */
    private void interrupt(String from, String to, int bytesOfTable, int networks) throws IOException {
        Files.createDirectory(in(to));
        for (Map.Entry<String, String> file : files(from).entrySet()) {
            String name = file.getKey();
            if (name.equals("similarity.csv")) {
                Files.writeString(in(to).resolve(name), file.getValue().substring(0, bytesOfTable));
            } else if (name.equals("recipe.txt") || Integer.parseInt(name.substring(8, 12)) <= networks) {
                Files.writeString(in(to).resolve(name), file.getValue());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 40", "1, 0", "30, 5", "2100, 40", "2500, 64", "4000, 70", "5200, 70"})
    void what_was_interrupted_goes_on_to_the_bytes_of_an_undisturbed_run(int bytesOfTable, int networks)
            throws IOException {
        String[] options = {"--from", "british-118", "--count", "70", "--seed", "3"};
        assertThat(generate("whole", options)).isZero();
        for (String threads : List.of("1", "4")) {
            interrupt("whole", "again" + threads, bytesOfTable, networks);
            assertThat(generate(
                            "again" + threads,
                            Stream.concat(Stream.of(options), Stream.of("--threads", threads))
                                    .toArray(String[]::new)))
                    .isZero();
            assertSameFiles("again" + threads, "whole");
        }
    }

    @Test
    void a_larger_count_adds_networks_to_those_that_are_there_and_a_smaller_one_is_refused() throws IOException {
        generate("whole", "--from", "british-118", "--count", "50");
        generate("grown", "--from", "british-118", "--count", "36");
        assertThat(generate("grown", "--from", "british-118", "--count", "50")).isZero();
        assertThat(output.toString()).contains("32 were there before");
        assertSameFiles("grown", "whole");
        assertThat(generate("grown", "--from", "british-118", "--count", "9")).isEqualTo(2);
        assertThat(errors.toString()).contains("holds 50 networks, and --count is 9");
    }

    @ParameterizedTest
    @CsvSource({
        "--seed, 2, 'seed: 1 there, 2 here'",
        "--nodes, 80, 'nodes: as the input''s there, 80 here'",
        "--format, csv, 'format: json there, csv here'",
        "--transformer, 500, 'transformer: as the input''s there, 500 here'"
    })
    void a_folder_of_networks_made_otherwise_is_refused_saying_how(String option, String value, String difference)
            throws IOException {
        generate("out", "--from", "british-118", "--count", "2");
        SortedMap<String, String> before = files("out");
        assertThat(generate("out", "--from", "british-118", "--count", "2", option, value))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("holds networks made otherwise: " + difference, "Maybe choose another");
        assertThat(files("out")).isEqualTo(before);
    }

    @Test
    void a_folder_of_networks_of_another_input_is_refused_naming_both() throws IOException {
        generate("out", "--from", "british-118", "--count", "1");
        generate("other", "--from", "uk-lv", "--count", "1", "--weights", "0,0,0,0,1" + ",0".repeat(15));
        Path file = in("other/network-0001.json");
        assertThat(generate("out", "--from", file.toString(), "--count", "1")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("input 1: british-118, digest ")
                .contains(" there, uk-lv-05-similar-0001, digest ");
    }

    @Test
    void a_process_that_is_killed_keeps_what_it_has_and_the_same_command_goes_on() throws Exception {
        String[] options = {"--from", "british-118", "--count", "600", "--format", "csv", "--threads", "2"};
        Path table = in("killed/similarity.csv");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "networks",
                "generate",
                "--out",
                in("killed").toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(in("log").toFile())
                .start();
        while (process.isAlive() && (!Files.exists(table) || Files.size(table) < 10_000)) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        boolean killed = process.isAlive();
        process.destroy(); // as Ctrl-C does
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(killed).as("it was killed while it ran").isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        assertThat(text(in("log")))
                .contains("Stopped; finished networks are kept. The same command goes on from here.");

        assertThat(generate("killed", options)).isZero();
        assertThat(output.toString()).containsPattern("[1-9][0-9]* were there before");
        assertThat(generate("whole", options)).isZero();
        assertThat(text(table)).isEqualTo(text(in("whole/similarity.csv")));
        for (String name : List.of("network-0001", "network-0300", "network-0600")) {
            assertThat(in("killed/" + name + "/lines.csv")).hasSameTextualContentAs(in("whole/" + name + "/lines.csv"));
        }
    }
}
