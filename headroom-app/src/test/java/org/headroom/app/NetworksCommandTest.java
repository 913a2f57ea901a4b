package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.headroom.network.Network;
import org.headroom.network.format.NetworkFiles;
import org.headroom.network.format.NetworkJson;
import org.headroom.similar.EmbeddedNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class NetworksCommandTest {
    private static final String FEEDER = """
            New Circuit.street pu=1.00
            New LineCode.4c_95_SAC_XC nphases=3 R1=0.322 X1=0.074 Units=km
            New LineCode.25_SAC_XC nphases=3 R1=1.2 X1=0.079 Units=km
            New Line.A Bus1=1 Bus2=2 Linecode=4c_95_SAC_XC Length=30 Units=m
            New Line.B Bus1=2 Bus2=3 Linecode=4c_95_SAC_XC Length=20 Units=m
            New Line.H1 Bus1=2 Bus2=4 Linecode=25_SAC_XC Length=8 Units=m
            New Line.H2 Bus1=3 Bus2=5 Linecode=25_SAC_XC Length=9 Units=m
            New Transformer.TR1 Buses=[SourceBus 1] kVs=[11 0.416] kVAs=[500 500]
            New Load.L1 Phases=1 Bus1=4.1
            New Load.L2 Phases=1 Bus1=5.2
            Solve
            """;

    @TempDir
    Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private Path master = Path.of("");

    @BeforeEach
    void writeFeeder() throws IOException {
        master = Files.writeString(folder.resolve("Master.dss"), FEEDER);
    }

    private int headroom(String... arguments) {
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(output, true));
        commands.setErr(new PrintWriter(errors, true));
        return commands.execute(arguments);
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void inspect_prints_levels_and_report_and_writes_statistics() throws IOException {
        assertThat(headroom("networks", "inspect", master.toString(), "--out", in("out")))
                .isZero();
        assertThat(output.toString())
                .contains("street: 3 nodes, 2 homes, 1 feeder", "reduced: joints", "1 near-substation")
                .contains("2 single-phase loads carried as balanced", "command Solve not carried out")
                .contains("2 services merged into their joint: 17 m");
        assertThat(Files.readString(folder.resolve("out/statistics.json"))).contains("headroom-statistics/1");
    }

    @Test
    void inspect_draws_every_node_and_line_on_one_page() throws IOException {
        headroom("networks", "inspect", "british-118", master.toString(), "--out", in("out"));
        String page = Files.readString(folder.resolve("out/networks.html"));
        assertThat(page.split("<circle ", -1)).hasSize(1 + 117 + 2);
        assertThat(page.split("class=\"line s", -1)).hasSize(1 + 117 + 2);
        assertThat(page).contains("<h2>british-118</h2>", "<h2>street</h2>").doesNotContain("NaN", "Infinity", "http");
    }

    @Test
    void inspect_takes_a_network_of_its_substation_alone() throws IOException {
        Path alone = Files.writeString(folder.resolve("alone.json"), """
                { "format": "headroom-network/1", "name": "alone", "base_V": 400, "voltageLimits_pu": [0.94, 1.10],
                  "sourceVoltage_pu": 1.0, "substation": { "node": "S", "capacity_kVA": 315, "asset_gbpPerYear": 1500 },
                  "nodes": [], "lines": [] }
                """);
        assertThat(headroom("networks", "inspect", alone.toString(), "--out", in("out")))
                .as(errors.toString())
                .isZero();
        assertThat(output.toString()).contains("alone: 1 node, 0 homes, 0 feeders");
        assertThat(Files.readString(folder.resolve("out/networks.html"))).contains("Tree of alone");
    }

    @Test
    void inspect_reduces_as_asked() {
        assertThat(headroom("networks", "inspect", master.toString(), "--reduce", "none", "--out", in("out")))
                .isZero();
        assertThat(output.toString()).contains("street: 5 nodes").contains("reduced: none");
    }

    @Test
    void inspect_takes_several_networks_and_embedded_ones_by_name() {
        assertThat(headroom("networks", "inspect", "british-118", master.toString(), "--out", in("out")))
                .isZero();
        assertThat(output.toString()).contains("british-118: 118 nodes", "street: 3 nodes");
    }

    @Test
    void inspect_takes_figures_of_networks_by_name_and_from_a_file_with_the_same_result() throws IOException {
        assertThat(headroom("networks", "inspect", "uk-lv-05", "uk-lv-13", "--out", in("one")))
                .isZero();
        assertThat(output.toString())
                .contains("uk-lv-05: 50 nodes, 64 homes, 7 feeders, height 11, 21 leaves", "uk-lv-13: 55 nodes");
        assertThat(headroom("networks", "inspect", in("one/statistics.json"), "--out", in("two")))
                .isZero();
        assertThat(folder.resolve("two/statistics.json")).hasSameBinaryContentAs(folder.resolve("one/statistics.json"));
        assertThat(folder.resolve("two/networks.html")).hasSameBinaryContentAs(folder.resolve("one/networks.html"));
    }

    @Test
    void inspect_refuses_options_that_figures_cannot_follow() {
        assertThat(headroom("networks", "inspect", "uk-lv-05", "--reduce", "joints", "--out", in("out")))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("uk-lv-05 holds figures of networks, which --reduce cannot change");
    }

    @Test
    void convert_refuses_figures_of_networks_with_a_way_out() {
        assertThat(headroom("networks", "convert", "uk-lv", in("uk.json"))).isEqualTo(2);
        assertThat(errors.toString())
                .contains(
                        "uk-lv holds the figures of 20 networks, not a network.",
                        "Maybe make networks like them first: headroom networks generate --from uk-lv --out FOLDER");
        assertThat(folder.resolve("uk.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "convert", "validate", "generate"})
    void a_name_that_nothing_has_is_refused_with_those_there_are(String command) {
        String[] arguments = switch (command) {
            case "inspect" -> new String[] {"networks", command, "uk-lv-33"};
            case "convert" -> new String[] {"networks", command, "uk-lv-33", in("x.json")};
            case "validate" -> new String[] {"networks", command, "--inputs", "uk-lv-33", "--out", in("x")};
            default -> new String[] {"networks", command, "--from", "uk-lv-33", "--out", in("x")};
        };
        assertThat(headroom(arguments)).isEqualTo(2);
        assertThat(errors.toString())
                .contains("uk-lv-33: no such file or folder.", "Maybe a name was meant: british-118, uk-lv");
    }

    @Test
    void convert_writes_every_segment_and_says_what_was_not_carried_over() {
        assertThat(headroom("networks", "convert", master.toString(), in("deep/street.json")))
                .isZero();
        Network network = NetworkFiles.read(folder.resolve("deep/street.json")).network();
        assertThat(network.lineCount()).isEqualTo(4);
        assertThat(network.homeCount()).isEqualTo(2);
        assertThat(output.toString()).contains("Not carried over, or approximated:", "command Solve not carried out");
    }

    @Test
    void convert_refuses_an_ending_that_stands_for_no_format_and_names_those_that_do() {
        assertThat(headroom("networks", "convert", master.toString(), in("street.svg")))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("the ending stands for no format", "one of json, dss");
        assertThat(folder.resolve("street.svg")).doesNotExist();
    }

    @Test
    void convert_writes_opendss_that_reads_back_and_says_how_homes_were_written() {
        assertThat(headroom("networks", "convert", "british-118", in("opendss"), "--to", "dss"))
                .isZero();
        assertThat(output.toString()).contains("a home is a three-phase load of 0.86 kW");
        assertThat(headroom("networks", "convert", in("opendss"), in("back.json")))
                .isZero();
        assertThat(NetworkJson.text(
                        NetworkFiles.read(folder.resolve("back.json")).network()))
                .isEqualTo(NetworkJson.text(Objects.requireNonNull(EmbeddedNetworks.find("british-118"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.json", "x.pandapower.json", "x.m", "x.dss"})
    void convert_tells_the_format_by_the_ending_and_what_it_wrote_converts_back(String name) {
        assertThat(headroom("networks", "convert", "british-118", in(name))).isZero();
        assertThat(headroom("networks", "convert", in(name), in("back.json"))).isZero();
        assertThat(NetworkJson.text(
                        NetworkFiles.read(folder.resolve("back.json")).network()))
                .isEqualTo(NetworkJson.text(Objects.requireNonNull(EmbeddedNetworks.find("british-118"))));
    }

    @Test
    void homes_are_counted_from_loads_when_asked() {
        headroom("networks", "convert", master.toString(), in("street.m"), "--to", "matpower");
        assertThat(headroom("networks", "inspect", in("street.m"), "--home-kW", "0.43", "--out", in("out")))
                .isZero();
        assertThat(output.toString()).contains("homes counted from the loads: 4 homes for 1.7 kW, at 0.43 kW a home");
        assertThat(headroom("networks", "inspect", in("street.m"), "--home-kW", "-1"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("--home-kW is -1.0, expected > 0.");
    }

    @Test
    void an_unknown_format_is_refused_before_anything_is_read() {
        assertThat(headroom("networks", "convert", in("absent"), in("x"), "--to", "psse"))
                .isEqualTo(2);
        assertThat(errors.toString())
                .contains("format is 'psse', expected one of json, dss, pandapower, matpower, csv, geojson.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "a\0b", "Master.dss/x"})
    void bad_input_is_told_without_a_stack_trace(String name) {
        assertThat(headroom("networks", "inspect", folder + "/" + name, "--out", in("out")))
                .isEqualTo(2);
        assertThat(errors.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void a_broken_feeder_is_told_with_file_and_line() throws IOException {
        Files.writeString(master, FEEDER + "New Line.C Bus1=3 Bus2=");
        assertThat(headroom("networks", "inspect", master.toString(), "--out", in("out")))
                .isEqualTo(2);
        assertThat(errors.toString())
                .isEqualToIgnoringNewLines(
                        master + ":12: Bus2 has no value: 'New Line.C Bus1=3 Bus2='.Maybe the file is cut off here.");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void an_unknown_reduction_is_refused() {
        assertThat(headroom("networks", "inspect", master.toString(), "--reduce", "all"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("expected one of none, chains, joints");
    }

    @Test
    void networks_alone_shows_what_there_is() {
        assertThat(headroom("networks")).isZero();
        assertThat(output.toString()).contains("inspect", "convert");
    }
}
