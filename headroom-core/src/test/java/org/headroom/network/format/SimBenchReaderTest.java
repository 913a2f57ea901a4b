package org.headroom.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headroom.input.InputException;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Position;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimBenchReaderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeStreet() {
        write("Node", """
                id;type;vmSetp;vaSetp;vmR;vmMin;vmMax;substation;coordID;subnet;voltLvl
                MV;busbar;1.025;0.0;20;0.965;1.055;NULL;c0;MV1;5
                LV;busbar;NULL;NULL;0.4;0.9;1.1;NULL;c0;LV1;7
                A;busbar;NULL;NULL;0.4;0.9;1.1;NULL;c1;LV1;7
                """);
        write("Coordinates", "id;x;y;subnet;voltLvl\nc0;11.0;54.0;LV1;7\nc1;11.0;54.002;LV1;7\n");
        write("LineType", "id;r;x;b;iMax;type\nNAYY;0.2067;0.0804;260.7;270;cable\n");
        write("Line", "id;nodeA;nodeB;type;length;loadingMax;subnet;voltLvl\nL1;A;LV;NAYY;0.05;100;LV1;7\n");
        write("TransformerType", "id;sR;vmHV;vmLV\nT160;0.16;20;0.4\n");
        write("Transformer", "id;nodeHV;nodeLV;type;tappos\nT;MV;LV;T160;0\n");
        write("ExternalNet", "id;node;calc_type;dspf\nE;MV;vavm;1\n");
        write("Load", "id;node;profile;pLoad;qLoad;sR\nH;A;H0-A;0.003;0.001;0.0032\nG;A;G1-B;0.006;0.002;0.0064\n");
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name + ".csv"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_street_is_read_from_its_tables() {
        ImportedNetwork imported = NetworkFiles.read(folder);
        Network network = imported.network();
        assertThat(network.substation().node()).isEqualTo("LV");
        assertThat(network.substation().capacity_kVA()).isEqualTo(160);
        assertThat(network.voltage().source_pu()).isEqualTo(1.025);
        assertThat(network.voltage().lower_pu()).isEqualTo(0.9);
        assertThat(network.homeCount()).isEqualTo(2);
        Line line = network.line(0);
        assertThat(line.length_m()).isEqualTo(50);
        assertThat(line.resistance_ohm()).isEqualTo(0.010335);
        assertThat(line.capacity_kVA()).isCloseTo(Math.sqrt(3) * 0.4 * 270, within(1e-9));
        assertThat(imported.loads().kW(1)).isEqualTo(9);
    }

    @Test
    void degrees_become_metres() {
        Network network = NetworkFiles.read(folder).network();
        Position busbar = network.node(0).position();
        Position end = network.node(1).position();
        assertThat(busbar).isNotNull();
        assertThat(end).isNotNull();
        if (busbar != null && end != null) {
            assertThat(end.y_m() - busbar.y_m()).isCloseTo(222.4, within(0.1)); // .002° of 40,030 km / 360
        }
    }

    @Test
    void profiles_generators_and_loads_of_trades_are_told() {
        write("RES", "id;node;type\nPV;A;PV\n");
        write("LoadProfile", "time;H0-A_pload\n01.01.2016 00:00;0.3\n");
        assertThat(NetworkFiles.read(folder).report().lines())
                .contains(
                        "RES: 1 not carried",
                        "LoadProfile.csv not read",
                        "line charging not carried",
                        "loads that are no households by their profile (G1-B) count as loads like the rest");
    }

    @Test
    void a_line_of_an_unknown_type_is_refused_with_file_and_line() {
        write("Line", "id;nodeA;nodeB;type;length\nL1;A;LV;other;0.05\n");
        assertThatThrownBy(() -> NetworkFiles.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Line.csv:2: type is 'other', which is not in LineType.csv.");
    }

    @Test
    void a_node_that_is_not_there_is_refused() {
        write("Load", "id;node;profile;pLoad;qLoad\nH;B;H0-A;0.003;0.001\n");
        assertThatThrownBy(() -> NetworkFiles.read(folder))
                .hasMessageContaining("Load.csv:2: node is 'B', which is not in Node.csv.");
    }

    @Test
    void a_second_external_grid_is_refused() {
        write("ExternalNet", "id;node;calc_type\nE;MV;vavm\nF;A;vavm\n");
        assertThatThrownBy(() -> NetworkFiles.read(folder))
                .hasMessageContaining("F at node A is a second source beside E at node MV");
    }

    @Test
    void the_rural_network_has_its_fourteen_nodes_below_one_transformer() {
        Network network =
                NetworkFiles.read(SharedData.folder("simbench-lv-rural1")).network();
        assertThat(network.nodeCount()).isEqualTo(14);
        assertThat(network.substation().capacity_kVA()).isEqualTo(160);
        assertThat(network.length_m()).isCloseTo(559.706, within(0.001));
    }
}
