package org.headroom.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headroom.input.InputException;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeStreet() {
        Network street = new Network(
                "street",
                400,
                VoltageBand.BRITISH,
                new Substation("S", 315, 1500),
                List.of(new Node("n 1", null, 2, 0)),
                List.of(new Line("l1", "S", "n 1", 50, "95 Al", 0.0161, 0.0037, 136.48, 210)));
        assertThat(NetworkFormat.CSV.write(street, folder).lines()).isEmpty();
    }

    private void change(String file, String what, String by) throws IOException {
        String before = Files.readString(folder.resolve(file));
        assertThat(before).contains(what);
        Files.writeString(folder.resolve(file), before.replace(what, by));
    }

    @Test
    void the_tables_have_the_words_of_network_json() throws IOException {
        assertThat(Files.readString(folder.resolve("nodes.csv"))).isEqualTo("""
                        id,x_m,y_m,homes,publicChargers
                        S,,,0,0
                        n 1,,,2,0
                        """);
        assertThat(Files.readString(folder.resolve("lines.csv"))).isEqualTo("""
                        id,from,to,length_m,type,r_ohm,x_ohm,capacity_kVA,asset_gbpPerYear
                        l1,S,n 1,50,95 Al,0.0161,0.0037,136.48,210
                        """);
    }

    @Test
    void an_unknown_column_is_told() throws IOException {
        change("nodes.csv", "publicChargers\nS,,,0,0\nn 1,,,2,0", "publicChargers,colour\nS,,,0,0,red\nn 1,,,2,0,red");
        assertThat(NetworkFiles.read(folder).report().lines())
                .containsExactly("nodes.csv: unknown column colour ignored");
    }

    @Test
    void a_wrong_value_is_refused_with_file_and_line() throws IOException {
        change("lines.csv", ",50,", ",fifty,");
        assertThatThrownBy(() -> NetworkFiles.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lines.csv:2: length_m is 'fifty', expected a number.");
    }

    @Test
    void one_coordinate_alone_is_refused() throws IOException {
        change("nodes.csv", "n 1,,,2", "n 1,3,,2");
        assertThatThrownBy(() -> NetworkFiles.read(folder))
                .hasMessageContaining("nodes.csv:3: one coordinate alone, expected both or none.");
    }

    @Test
    void a_node_without_supply_is_refused_by_name() throws IOException {
        change("nodes.csv", "n 1,,,2,0", "n 1,,,2,0\nlost,,,1,0");
        assertThatThrownBy(() -> NetworkFiles.read(folder))
                .isInstanceOf(NetworkFormatException.class)
                .hasMessageContaining("1 node(s) have no supply from substation node S: lost.");
    }
}
