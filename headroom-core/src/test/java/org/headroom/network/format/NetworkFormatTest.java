package org.headroom.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.headroom.input.InputException;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;
import org.headroom.network.RandomNetworks;
import org.headroom.network.Reduction;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.similar.EmbeddedNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written reads back as the very same network, to the last bit, in every format that can be read. */
class NetworkFormatTest {
    @TempDir
    Path folder;

    static Stream<NetworkFormat> readable() {
        return EnumSet.complementOf(EnumSet.of(NetworkFormat.GEOJSON)).stream();
    }

    private Network roundTrip(Network network, NetworkFormat format) {
        Path target = format.target(folder, "written");
        format.write(network, target);
        return NetworkFiles.read(target).network();
    }

    private void assertRoundTrip(Network network, NetworkFormat format) {
        assertThat(NetworkJson.text(roundTrip(network, format))).isEqualTo(NetworkJson.text(network));
    }

    /** Names that other programs have no room for, a medium voltage, public chargers, homes at the busbar, some positions. */
    private static Network odd() {
        return new Network(
                "Odd \"name\", \\ é; it's {bad}\n%d",
                6600,
                new VoltageBand(0.9, 1.05, 1.0 + 1.0 / 3e4),
                new Substation("Busbar 1.2", 1000.0 / 3, 0.1 + 0.2),
                List.of(
                        new Node("Busbar 1.2", new Position(-0.5, 1e-7), 3, 0),
                        new Node("sourcebus", null, 0, 2),
                        new Node("A", new Position(390872.663, 1.0 / 7), 2, 1),
                        new Node("#a", null, 0, 0),
                        new Node("a", null, 0, 3),
                        new Node("[x] 'y' \"z\" {w}", null, 1, 0)),
                List.of(
                        new Line("1.1", "Busbar 1.2", "sourcebus", 1.0 / 3, "3 × 95 Al", 1e-5 / 3, 0, 1e6 / 7, 1.0 / 9),
                        new Line("l", "sourcebus", "A", 27.3, "", 0.2 / 3, 0.1 / 3, 99.9, 0),
                        new Line("L", "sourcebus", "#a", 1234.5, "3 × 95 Al", 7.0 / 3, 0.7, 100.0 / 3, 1e-3),
                        new Line("k", "#a", "a", 3, "x,y;z", 1e-6, 1e-6, 12, 3),
                        new Line("!headroom {", "#a", "[x] 'y' \"z\" {w}", 1e-3, "a_b", 1e-6, 1e-6, 12, 3)));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void the_embedded_network_reads_back_equal(NetworkFormat format) {
        assertRoundTrip(Objects.requireNonNull(EmbeddedNetworks.find("british-118")), format);
    }

    @ParameterizedTest
    @MethodSource("readable")
    void a_network_with_odd_names_and_figures_reads_back_equal(NetworkFormat format) {
        String text = NetworkJson.text(odd());
        if (format == NetworkFormat.MATPOWER) {
            text = text.replace("{bad}\\n", "{bad} "); // a MATLAB text has no line breaks
        }
        assertThat(NetworkJson.text(roundTrip(odd(), format))).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("readable")
    void random_networks_read_back_equal(NetworkFormat format) {
        for (int seed = 0; seed < 20; seed++) {
            assertRoundTrip(RandomNetworks.of(seed, 1 + 7 * seed), format);
        }
    }

    @ParameterizedTest
    @MethodSource("readable")
    void a_real_network_reads_back_equal_reduced_or_whole(NetworkFormat format) {
        Network whole = NetworkFiles.read(SharedData.folder("enwl-lv").resolve("network_5"))
                .network();
        assertRoundTrip(whole, format);
        assertRoundTrip(Reduction.JOINTS.reduce(whole).network(), format);
    }

    @ParameterizedTest
    @MethodSource("readable")
    void a_written_network_is_read_without_a_remark_about_its_rating(NetworkFormat format) {
        Path target = format.target(folder, "written");
        format.write(odd(), target);
        assertThat(NetworkFiles.read(target).ratingKnown()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(NetworkFormat.class)
    void the_same_network_gives_the_same_bytes(NetworkFormat format) throws IOException {
        List<String> first = written(odd(), format, "once");
        assertThat(written(odd(), format, "twice")).isEqualTo(first).isNotEmpty();
    }

    private List<String> written(Network network, NetworkFormat format, String where) throws IOException {
        format.write(network, format.target(folder.resolve(where), "net"));
        List<String> files = new ArrayList<>();
        try (var paths = Files.walk(folder.resolve(where))) {
            for (Path file : paths.filter(Files::isRegularFile).sorted().toList()) {
                files.add(folder.resolve(where).relativize(file) + "\n" + Files.readString(file));
            }
        }
        return files;
    }

    @Test
    void the_ending_tells_the_format() {
        assertThat(NetworkFormat.findByEnding(Path.of("a/b.JSON"))).isEqualTo(NetworkFormat.JSON);
        assertThat(NetworkFormat.findByEnding(Path.of("a/Master.dss"))).isEqualTo(NetworkFormat.OPENDSS);
        assertThat(NetworkFormat.findByEnding(Path.of("a.json/b"))).isNull();
    }

    @Test
    void an_unknown_name_is_refused_with_those_that_there_are() {
        assertThatThrownBy(() -> NetworkFormat.named("psse"))
                .isInstanceOf(InputException.class)
                .hasMessage("format is 'psse', expected one of %s.", NetworkFormat.labels());
    }
}
