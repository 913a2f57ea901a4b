package org.headroom.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Reduction;
import org.junit.jupiter.api.Test;

/** All twenty ENWL networks and the IEEE European feeder, against counts that share nothing with the reader. */
class RealNetworksTest {
    /** What plain splitting of the text finds. */
    private record Count(int lines, double length_m, int homes, Set<String> buses) {}

    private static Count count(Path feeder) throws IOException {
        int lines = 0;
        double length_m = 0;
        Set<String> buses = new HashSet<>();
        for (String row : Files.readAllLines(feeder.resolve("Lines.txt"))) {
            if (row.isBlank()) {
                continue;
            }
            lines++;
            assertThat(row).endsWith("Units=m");
            for (String word : row.split(" ", -1)) {
                String value = word.substring(word.indexOf('=') + 1);
                if (word.startsWith("Length=")) {
                    length_m += Double.parseDouble(value);
                } else if (word.startsWith("Bus")) {
                    buses.add(value);
                }
            }
        }
        int homes = 0;
        for (String row : Files.readAllLines(feeder.resolve("Loads.txt"))) {
            homes += row.startsWith("New Load.") ? 1 : 0;
        }
        return new Count(lines, length_m, homes, buses);
    }

    @Test
    void every_enwl_network_reads_as_a_tree_with_its_homes_and_kilometres() throws IOException {
        var networks = SharedData.subfolders(SharedData.folder("enwl-lv"));
        assertThat(networks).hasSize(20);
        for (Path folder : networks) {
            int lines = 0;
            int homes = 0;
            double length_m = 0;
            for (Path feeder : SharedData.subfolders(folder)) {
                Count count = count(feeder);
                lines += count.lines();
                homes += count.homes();
                length_m += count.length_m();
                assertThat(count.buses()).hasSize(count.lines() + 1);
            }
            Network network = NetworkFiles.read(folder).network();
            assertThat(network.lineCount()).as(folder.toString()).isEqualTo(lines);
            assertThat(network.nodeCount()).as(folder.toString()).isEqualTo(lines + 1);
            assertThat(network.homeCount()).as(folder.toString()).isEqualTo(homes);
            assertThat(network.length_m()).as(folder.toString()).isCloseTo(length_m, within(1e-6 * length_m));
            assertThat(network.substation().capacity_kVA()).isEqualTo(800);
        }
    }

    @Test
    void every_reduction_keeps_the_homes_of_every_enwl_network() {
        for (Path folder : SharedData.subfolders(SharedData.folder("enwl-lv"))) {
            Network network = NetworkFiles.read(folder).network();
            for (Reduction reduction : Reduction.values()) {
                Network reduced = reduction.reduce(network).network();
                assertThat(reduced.homeCount()).as("%s %s", folder, reduction).isEqualTo(network.homeCount());
            }
        }
    }

    @Test
    void absent_files_named_by_the_masters_are_told_once() {
        Path folder = SharedData.folder("enwl-lv").resolve("network_1");
        assertThat(NetworkFiles.read(folder).report().lines())
                .contains(
                        "Master.txt: LoadShapes.txt is not there, skipped (4 times)",
                        "Master.txt: Monitors.txt is not there, skipped (4 times)",
                        "transformer rating 800 kVA as in the file");
    }

    @Test
    void the_ieee_european_feeder_has_its_homes_lines_and_positions() {
        Network network =
                NetworkFiles.read(SharedData.folder("ieee-european-lv")).network();
        assertThat(network.name()).isEqualTo("LVTest");
        assertThat(network.homeCount()).isEqualTo(55);
        assertThat(network.lineCount()).isEqualTo(905);
        assertThat(network.voltage().source_pu()).isEqualTo(1.05);
        assertThat(network.nodes()).extracting(Node::position).doesNotContainNull();
    }

    @Test
    void the_ieee_european_feeder_has_the_impedance_of_its_line_codes() throws IOException {
        Path folder = SharedData.folder("ieee-european-lv");
        double expected_ohm = 0;
        for (String row : Files.readAllLines(folder.resolve("Lines.txt"))) {
            if (row.contains("Linecode=4c_70 ")) {
                String length = row.substring(row.indexOf("Length=") + 7, row.indexOf(" Units"));
                expected_ohm += 0.446e-3 * Double.parseDouble(length);
            }
        }
        double read_ohm = NetworkFiles.read(folder).network().lines().stream()
                .filter(line -> line.type().equals("4c_70"))
                .mapToDouble(line -> line.resistance_ohm())
                .sum();
        assertThat(read_ohm).isCloseTo(expected_ohm, within(1e-9));
    }

    @Test
    void the_largest_network_reads_in_well_under_three_seconds() {
        Path folder = SharedData.folder("enwl-lv").resolve("network_15");
        long start = System.nanoTime();
        assertThat(NetworkFiles.read(folder).network().lineCount()).isEqualTo(18_502);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
}
