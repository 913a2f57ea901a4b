package org.headroom.similar;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every figure that the design (Sec. 10) gives for the embedded network. */
class British118Test {
    private static final Network NETWORK = Objects.requireNonNull(EmbeddedNetworks.find("british-118"));
    private static final int[] HEIGHTS = NETWORK.heights();
    private static final int[] CHILDREN = NETWORK.childCounts();

    @Test
    void the_resource_is_what_the_program_writes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("british-118.json");
        British118.main(new String[] {file.toString()});

        try (InputStream resource = British118.class.getResourceAsStream("british-118.json")) {
            assertThat(Files.readString(file))
                    .isEqualTo(new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void it_has_118_nodes_129_homes_34_leaves_and_2_3_km() {
        assertThat(NETWORK.nodeCount()).isEqualTo(118);
        assertThat(NETWORK.homeCount()).isEqualTo(129);
        assertThat(Arrays.stream(CHILDREN).filter(c -> c == 0)).hasSize(34);
        assertThat(NETWORK.length_m()).isCloseTo(2300, within(1e-6));
    }

    @Test
    void nodes_stand_at_the_heights_given() {
        int[] expected = {34, 9, 9, 9, 8, 7, 7, 5, 4, 4, 3, 3, 3, 3, 2, 2, 2, 1, 1, 1, 1};
        int[] counts = new int[expected.length];
        for (int height : HEIGHTS) {
            counts[height]++;
        }
        assertThat(HEIGHTS[0]).isEqualTo(20);
        assertThat(counts).containsExactly(expected);
    }

    @Test
    void the_feeders_have_their_spines_nodes_and_homes() {
        List<List<Integer>> feeders = new ArrayList<>();
        for (int l = 0; l < NETWORK.lineCount(); l++) {
            if (NETWORK.parentLine(l) < 0) {
                List<Integer> below = below(l);
                int homes =
                        below.stream().mapToInt(n -> NETWORK.node(n).homes()).sum();
                feeders.add(List.of(HEIGHTS[l + 1] + 1, below.size(), homes));
            }
        }
        assertThat(feeders)
                .containsExactly(List.of(20, 26, 31), List.of(7, 12, 13), List.of(14, 44, 48), List.of(17, 35, 37));
    }

    @Test
    void homes_follow_the_number_of_children() {
        // The design says 1 and 2 homes at a leaf; only 2 and 3 sum to its 129 homes and to its feeders' homes.
        Map<String, Long> counts = IntStream.range(1, 118)
                .boxed()
                .collect(groupingBy(
                        n -> CHILDREN[n] + " children, " + NETWORK.node(n).homes() + " homes",
                        TreeMap::new,
                        counting()));

        assertThat(counts)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "0 children, 2 homes", 32L,
                        "0 children, 3 homes", 2L,
                        "1 children, 1 homes", 50L,
                        "1 children, 2 homes", 3L,
                        "2 children, 0 homes", 27L,
                        "2 children, 1 homes", 3L));
    }

    @Test
    void cables_have_their_shares_by_level() {
        assertThat(cables(1)).isEqualTo(Map.of("95 Al", 0.71, "185 Al", 0.15, ".06in²", 0.15));
        assertThat(cables(2)).isEqualTo(Map.of("95 Al", 0.50, "185 Al", 0.12, ".06in²", 0.29, "35 Al", 0.10));
        assertThat(cables(3)).isEqualTo(Map.of("95 Al", 0.21, ".06in²", 0.03, "35 Al", 0.03, "25 Al", 0.74));
    }

    @Test
    void cables_never_grow_away_from_the_substation() {
        for (int l = 0; l < NETWORK.lineCount(); l++) {
            if (NETWORK.parentLine(l) >= 0) {
                assertThat(NETWORK.line(l).capacity_kVA())
                        .as(NETWORK.line(l).id())
                        .isLessThanOrEqualTo(NETWORK.line(NETWORK.parentLine(l)).capacity_kVA());
            }
        }
    }

    @Test
    void impedance_and_rating_are_those_of_the_cable() {
        Map<String, double[]> table = Map.of(
                "185 Al", new double[] {0.166, 0.074, 281},
                "95 Al", new double[] {0.322, 0.074, 197},
                ".06in²", new double[] {0.469, 0.075, 130},
                "35 Al", new double[] {0.868, 0.077, 96},
                "25 Al", new double[] {1.20, 0.079, 75});

        for (Line line : NETWORK.lines()) {
            double[] cable = Objects.requireNonNull(table.get(line.type()));
            assertThat(line.resistance_ohm()).isCloseTo(cable[0] * line.length_m() / 1000, within(1e-6));
            assertThat(line.reactance_ohm()).isCloseTo(cable[1] * line.length_m() / 1000, within(1e-6));
            assertThat(line.capacity_kVA()).isCloseTo(Math.sqrt(3) * 0.4 * cable[2], within(0.05));
        }
    }

    @Test
    void lengths_have_their_quartiles_by_level() {
        assertThat(quartiles(1)).containsExactly(new double[] {10, 17, 25}, offset(0.25));
        assertThat(quartiles(2)).containsExactly(new double[] {13, 17, 25}, offset(0.25));
        assertThat(quartiles(3)).containsExactly(new double[] {13, 15, 16}, offset(0.25));
    }

    @Test
    void the_feeders_first_lines_are_31_to_183_m_long() {
        double[] first_m = IntStream.range(0, NETWORK.lineCount())
                .filter(l -> NETWORK.parentLine(l) < 0)
                .mapToDouble(l -> NETWORK.line(l).length_m())
                .sorted()
                .toArray();

        assertThat(first_m).hasSize(4);
        assertThat(first_m[0]).isEqualTo(31);
        assertThat(first_m[3]).isEqualTo(183);
    }

    @Test
    void assets_are_those_of_the_papers_study() {
        assertThat(NETWORK.substation().capacity_kVA()).isEqualTo(200);
        assertThat(NETWORK.substation().asset_gbpPerYear()).isEqualTo(11_700);
        assertThat(NETWORK.lines().stream().mapToDouble(Line::asset_gbpPerYear).sum())
                .isCloseTo(60_000, within(1e-6));
        for (Line line : NETWORK.lines()) {
            assertThat(line.asset_gbpPerYear()).isCloseTo(60_000 * line.length_m() / 2300, within(0.011));
        }
    }

    @Test
    void at_2_kW_a_home_no_line_is_overloaded_and_no_voltage_drops_by_6_percent() {
        double[] powerFlow = powerFlow(2.0, 0.95);

        assertThat(powerFlow[0]).as("highest loading of a line").isBetween(0.3, 1.0);
        assertThat(powerFlow[1]).as("largest voltage drop, per unit").isBetween(0.01, 0.06);
    }

    @Test
    void lines_are_drawn_to_scale() {
        for (int l = 0; l < NETWORK.lineCount(); l++) {
            Position from = position(NETWORK.parentNode(l));
            Position to = position(l + 1);
            assertThat(Math.hypot(to.x_m() - from.x_m(), to.y_m() - from.y_m()))
                    .isCloseTo(NETWORK.line(l).length_m(), within(0.02));
        }
    }

    @Test
    void no_two_lines_cross_on_the_plan() {
        for (int one = 0; one < NETWORK.lineCount(); one++) {
            for (int other = 0; other < one; other++) {
                List<Integer> ends = List.of(one + 1, other + 1, NETWORK.parentNode(one), NETWORK.parentNode(other));
                if (ends.stream().distinct().count() == 4) {
                    assertThat(crosses(one, other))
                            .as("lines %d and %d cross", one, other)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void no_two_nodes_are_nearer_than_3_m_on_the_plan() {
        for (int one = 0; one < NETWORK.nodeCount(); one++) {
            for (int other = 0; other < one; other++) {
                Position a = position(one);
                Position b = position(other);
                assertThat(Math.hypot(a.x_m() - b.x_m(), a.y_m() - b.y_m()))
                        .as("nodes %d and %d", one, other)
                        .isGreaterThan(2.99);
            }
        }
    }

    @Test
    void a_name_that_no_embedded_network_has_is_not_found() {
        assertThat(EmbeddedNetworks.find("british-119")).isNull();
        assertThat(EmbeddedNetworks.names()).containsExactly("british-118");
    }

    private static int level(int node) {
        return HEIGHTS[node] == 0 ? 3 : HEIGHTS[node] <= 5 ? 2 : 1;
    }

    private static List<Integer> below(int line) {
        List<Integer> below = new ArrayList<>(List.of(line + 1));
        for (int l = line + 1; l < NETWORK.lineCount(); l++) {
            if (below.contains(NETWORK.parentNode(l))) {
                below.add(l + 1);
            }
        }
        return below;
    }

    /** Shares of the cables of a level, to two places. */
    private static Map<String, Double> cables(int level) {
        List<Line> lines = lines(level);
        Map<String, Double> shares = new TreeMap<>();
        lines.stream()
                .collect(groupingBy(Line::type, counting()))
                .forEach((type, count) -> shares.put(type, Math.rint(100.0 * count / lines.size()) / 100));
        return shares;
    }

    private static double[] quartiles(int level) {
        double[] sorted =
                lines(level).stream().mapToDouble(Line::length_m).sorted().toArray();
        double[] quartiles = new double[3];
        for (int q = 0; q < 3; q++) {
            double at = (sorted.length - 1) * (q + 1) / 4.0;
            int below = (int) at;
            quartiles[q] = sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
        }
        return quartiles;
    }

    private static List<Line> lines(int level) {
        return IntStream.range(0, NETWORK.lineCount())
                .filter(l -> level(l + 1) == level)
                .mapToObj(NETWORK::line)
                .toList();
    }

    /** Highest loading of a line and largest voltage drop per unit: an AC backward and forward sweep. */
    private static double[] powerFlow(double home_kW, double powerFactor) {
        double tangent = Math.sqrt(1 - powerFactor * powerFactor) / powerFactor;
        int nodes = NETWORK.nodeCount();
        double[] ur = new double[nodes];
        double[] ui = new double[nodes];
        Arrays.fill(ur, NETWORK.base_V());
        double loading = 0;
        for (int sweep = 0; sweep < 50; sweep++) {
            double[] ir = new double[nodes];
            double[] ii = new double[nodes];
            loading = 0;
            for (int l = NETWORK.lineCount() - 1; l >= 0; l--) {
                int n = l + 1;
                double p = NETWORK.node(n).homes() * home_kW * 1000;
                double q = p * tangent;
                // I = conj(S / U), with U line to line and I × √3
                double u2 = ur[n] * ur[n] + ui[n] * ui[n];
                ir[n] += (p * ur[n] + q * ui[n]) / u2;
                ii[n] += (p * ui[n] - q * ur[n]) / u2;
                ir[NETWORK.parentNode(l)] += ir[n];
                ii[NETWORK.parentNode(l)] += ii[n];
                double s_kVA = Math.hypot(ir[n], ii[n]) * NETWORK.base_V() / 1000;
                loading = Math.max(loading, s_kVA / NETWORK.line(l).capacity_kVA());
            }
            for (int l = 0; l < NETWORK.lineCount(); l++) {
                int up = NETWORK.parentNode(l);
                double r = NETWORK.line(l).resistance_ohm();
                double x = NETWORK.line(l).reactance_ohm();
                ur[l + 1] = ur[up] - (r * ir[l + 1] - x * ii[l + 1]);
                ui[l + 1] = ui[up] - (r * ii[l + 1] + x * ir[l + 1]);
            }
        }
        double lowest = 1;
        for (int n = 0; n < nodes; n++) {
            lowest = Math.min(lowest, Math.hypot(ur[n], ui[n]) / NETWORK.base_V());
        }
        return new double[] {loading, 1 - lowest};
    }

    private static Position position(int node) {
        return Objects.requireNonNull(NETWORK.node(node).position());
    }

    private static boolean crosses(int one, int other) {
        return side(one, NETWORK.parentNode(other)) * side(one, other + 1) <= 0
                && side(other, NETWORK.parentNode(one)) * side(other, one + 1) <= 0;
    }

    private static double side(int line, int node) {
        Position from = position(NETWORK.parentNode(line));
        Position to = position(line + 1);
        Position point = position(node);
        return (to.x_m() - from.x_m()) * (point.y_m() - from.y_m())
                - (to.y_m() - from.y_m()) * (point.x_m() - from.x_m());
    }
}
