package org.headroom.similar.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.headroom.input.InputException;
import org.headroom.network.CableTable;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.RandomNetworks;
import org.headroom.network.Substation;
import org.headroom.similar.NetworkStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkShapeTest {
    /** The same network with its lines in another order and every id replaced. */
    private static Network rewritten(Network network, long seed) {
        List<Line> lines = new ArrayList<>();
        for (Line line : network.lines()) {
            lines.add(new Line(
                    "x" + line.id(),
                    "x" + line.from(),
                    "x" + line.to(),
                    line.length_m(),
                    line.type(),
                    line.resistance_ohm(),
                    line.reactance_ohm(),
                    line.capacity_kVA(),
                    line.asset_gbpPerYear()));
        }
        Collections.shuffle(lines, new Random(seed));
        List<Node> nodes = network.nodes().stream()
                .map(node -> new Node("x" + node.id(), node.position(), node.homes(), node.publicChargers()))
                .toList();
        return new Network(
                "rewritten", network.base_V(), network.voltage(), new Substation("xS", 500, 1500), nodes, lines);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_fingerprint_does_not_depend_on_names_and_order(long seed) {
        Network network = RandomNetworks.of(seed, 80);
        assertThat(NetworkShape.of(rewritten(network, seed)).fingerprint())
                .isEqualTo(NetworkShape.of(network).fingerprint());
    }

    @Test
    void a_home_that_moves_to_the_next_node_changes_the_fingerprint() {
        NetworkShape shape = NetworkShape.of(RandomNetworks.of(1, 80));
        int[] homes = new int[80];
        double[] length_m = new double[80];
        double[] resistance_ohm = new double[80];
        double[] reactance_ohm = new double[80];
        double[] rating_A = new double[80];
        for (int n = 0; n < 80; n++) {
            homes[n] = shape.homes(n);
            length_m[n] = shape.length_m(n);
            resistance_ohm[n] = shape.resistance_ohm(n);
            reactance_ohm[n] = shape.reactance_ohm(n);
            rating_A[n] = shape.rating_A(n);
        }
        assertThat(shape.with(homes, length_m, resistance_ohm, reactance_ohm, rating_A)
                        .fingerprint())
                .isEqualTo(shape.fingerprint());
        homes[40]++;
        assertThat(shape.with(homes, length_m, resistance_ohm, reactance_ohm, rating_A)
                        .fingerprint())
                .isNotEqualTo(shape.fingerprint());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void statistics_give_the_shape_of_their_network(long seed) {
        Network network = RandomNetworks.of(seed, 60);
        assertThat(NetworkShape.of(NetworkStatistics.of(network)).fingerprint())
                .isEqualTo(NetworkShape.of(network).fingerprint());
    }

    @Test
    void the_canonical_order_goes_depth_first() {
        NetworkShape shape = NetworkShape.of(RandomNetworks.of(9, 100));
        int[] order = shape.canonicalOrder();
        assertThat(order.clone()).doesNotHaveDuplicates().hasSize(100);
        List<Integer> path = new ArrayList<>();
        for (int node : order) {
            while (!path.isEmpty() && path.getLast() != shape.parent(node)) {
                path.removeLast();
            }
            assertThat(path).hasSize(shape.depth(node) - 1);
            path.add(node);
        }
    }

    @Test
    void cables_of_about_the_same_rating_are_of_one_class_whatever_their_system() {
        assertThat(classOf(".0225in²")).isEqualTo(classOf("25 Al"));
        assertThat(classOf(".04in²")).isEqualTo(classOf("35 Al"));
        assertThat(classOf(".1in²")).isEqualTo(classOf("70 Al"));
        assertThat(classOf(".25in²")).isEqualTo(classOf("185 Al"));
        assertThat(classOf(".3in²")).isEqualTo(classOf("240 Al"));
        assertThat(classOf("300 Al")).isGreaterThan(classOf("240 Al"));
        assertThat(classOf("95 Al")).isGreaterThan(classOf(".06in²"));
    }

    private static int classOf(String cable) {
        return CableTable.ROWS.stream()
                .filter(row -> row.name().equals(cable))
                .mapToInt(row -> NetworkShape.ratingClass(row.rating_A()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_network_without_homes_is_refused() {
        int[] parent = {NetworkShape.SUBSTATION, 0};
        double[] ones = {1, 1};
        assertThatThrownBy(() -> new NetworkShape("empty street", 0, parent, new int[2], ones, ones, ones, ones))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("network empty street: no home")
                .hasMessageContaining("Maybe");
    }

    @Test
    void a_network_without_lines_is_refused() {
        assertThatThrownBy(() -> new NetworkShape(
                        "dot", 3, new int[0], new int[0], new double[0], new double[0], new double[0], new double[0]))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("network dot: no line");
    }
}
