package org.headroom.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkJsonTest {
    private static final String SMALL = """
            { "format": "headroom-network/1", "name": "small", "base_V": 400,
              "voltageLimits_pu": [0.94, 1.10], "sourceVoltage_pu": 1.0,
              "substation": { "node": "S", "capacity_kVA": 315, "asset_gbpPerYear": 1500 },
              "nodes": [ { "id": "n1", "x_m": 0, "y_m": 0.5, "homes": 2, "publicChargers": 1 } ],
              "lines": [ { "id": "l1", "from": "S", "to": "n1", "length_m": 30, "type": "95 Al",
                           "r_ohm": 0.0097, "x_ohm": 0.0022, "capacity_kVA": 136, "asset_gbpPerYear": 210 } ] }
            """;

    @TempDir
    Path folder;

    private static ImportedNetwork parse(String text) {
        return NetworkJson.read(Document.parse("network.json", text));
    }

    @Test
    void every_key_is_carried_over() {
        ImportedNetwork imported = parse(SMALL);
        Network network = imported.network();
        assertThat(imported.report().lines()).isEmpty();
        assertThat(network.name()).isEqualTo("small");
        assertThat(network.base_V()).isEqualTo(400);
        assertThat(network.voltage()).isEqualTo(new VoltageBand(0.94, 1.10, 1.0));
        assertThat(network.substation()).isEqualTo(new Substation("S", 315, 1500));
        assertThat(network.nodes())
                .containsExactly(new Node("S", null, 0, 0), new Node("n1", new Position(0, 0.5), 2, 1));
        assertThat(network.lines()).containsExactly(new Line("l1", "S", "n1", 30, "95 Al", 0.0097, 0.0022, 136, 210));
    }

    @Test
    void what_is_written_reads_back_equal_and_gives_the_same_bytes_again() {
        Network network = new Network(
                "odd \"names\" \\ \u00e9\n",
                416,
                new VoltageBand(0.9, 1.1, 1.05 + 1e-15),
                new Substation("S", 1e20, 0.1 + 0.2),
                List.of(new Node("S", new Position(-0.0, 1e-300), 3, 0), new Node("a", null, 0, 0)),
                List.of(new Line("l", "S", "a", 1.0 / 3, "", Double.MIN_VALUE, 0, Double.MAX_VALUE, 4.9E-324)));
        String text = NetworkJson.text(network);
        Network back = parse(text).network();
        assertThat(back.nodes()).isEqualTo(network.nodes());
        assertThat(back.lines()).isEqualTo(network.lines());
        assertThat(back.substation()).isEqualTo(network.substation());
        assertThat(back.name()).isEqualTo(network.name());
        assertThat(NetworkJson.text(back)).isEqualTo(text);
    }

    @Test
    void an_unknown_key_of_many_lines_is_one_remark() {
        String text = SMALL.replace("\"publicChargers\": 1", "\"publicChargers\": 1, \"colour\": 3")
                .replace("\"base_V\"", "\"owner\": {}, \"base_V\"");
        assertThat(parse(text).report().lines())
                .containsExactlyInAnyOrder("nodes: unknown key colour ignored", "file: unknown key owner ignored");
    }

    @Test
    void defaults_that_were_taken_are_told() {
        String text = SMALL.replace("\"voltageLimits_pu\": [0.94, 1.10], \"sourceVoltage_pu\": 1.0,", "")
                .replace(", \"publicChargers\": 1", "");
        ImportedNetwork imported = parse(text);
        assertThat(imported.network().voltage()).isEqualTo(VoltageBand.BRITISH);
        assertThat(imported.report().lines())
                .containsExactly(
                        "no voltageLimits_pu given: 0.94 to 1.1 taken",
                        "no sourceVoltage_pu given: 1 taken",
                        "nodes: no publicChargers given: 0 taken");
    }

    @Test
    void a_line_of_no_length_is_refused_with_file_and_line() {
        assertThatThrownBy(() -> parse(SMALL.replace("\"length_m\": 30", "\"length_m\": 0")))
                .isInstanceOf(NetworkFormatException.class)
                .hasMessageStartingWith("network.json: line l1: length_m is 0.0, expected > 0.");
    }

    @Test
    void a_node_without_supply_is_refused_by_name() {
        assertThatThrownBy(() -> parse(SMALL.replace("\"nodes\": [", "\"nodes\": [ { \"id\": \"lost\" },")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lost");
    }

    @Test
    void a_newer_format_is_refused() {
        assertThatThrownBy(() -> parse(SMALL.replace("network/1", "network/2")))
                .hasMessage("network.json: format is 'headroom-network/2', expected headroom-network/1.\n"
                        + "Maybe a newer version wrote it.");
    }

    @Test
    void one_coordinate_alone_is_refused() {
        assertThatThrownBy(() -> parse(SMALL.replace("\"y_m\": 0.5, ", "")))
                .hasMessage("network.json: nodes[0].y_m is missing, expected both coordinates or none.");
    }

    @Test
    void a_file_cut_at_any_byte_is_refused_with_a_short_message() {
        for (int length = 0; length < SMALL.strip().length(); length++) {
            String cut = SMALL.substring(0, length);
            assertThatThrownBy(() -> parse(cut))
                    .isInstanceOf(InputException.class)
                    .satisfies(e -> assertThat(
                                    String.valueOf(e.getMessage()).lines().count())
                            .isBetween(1L, 2L));
        }
    }

    @Test
    void the_format_is_told_by_the_name() throws IOException {
        Path file = folder.resolve("small.json");
        NetworkJson.write(parse(SMALL).network(), file);
        assertThat(NetworkFiles.read(file).network().homeCount()).isEqualTo(2);
    }

    @Test
    void a_file_of_another_format_is_refused() throws IOException {
        Path file = folder.resolve("drawing.svg");
        Files.writeString(file, "<svg/>");
        assertThatThrownBy(() -> NetworkFiles.read(file))
                .isInstanceOf(NetworkFormatException.class)
                .hasMessageStartingWith(file + ": not a network in a known format.\nMaybe ");
    }
}
