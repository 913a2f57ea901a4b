package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
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
                .containsOnlyKeys("network-0001.json", "network-0002.json", "network-0003.json", "similarity.csv");
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
        assertThat(files("eight")).hasSize(41).isEqualTo(files("one"));
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
        assertThat(files("of-file")).hasSize(3).isEqualTo(files("of-network"));
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
}
