package org.headroom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeLayoutTest {
    @Test
    void positions_of_all_nodes_are_the_drawing() {
        Network network = network(
                List.of(new Node("S", new Position(10, 20), 0, 0), new Node("a", new Position(30, 5), 1, 0)),
                List.of(line("S", "a", 40)));

        TreeLayout layout = TreeLayout.of(network);

        assertThat(layout.surveyed()).isTrue();
        assertThat(List.of(layout.x(0), layout.y(0), layout.x(1), layout.y(1))).containsExactly(10.0, 20.0, 30.0, 5.0);
    }

    @Test
    void one_missing_position_makes_it_a_drawing_of_the_tree() {
        Network network =
                network(List.of(new Node("S", new Position(10, 20), 0, 0), node("a")), List.of(line("S", "a", 40)));

        assertThat(TreeLayout.of(network).surveyed()).isFalse();
    }

    @Test
    void the_longest_way_down_stands_straight_and_its_laterals_hang_to_both_sides() {
        Network network = network(
                List.of(node("S"), node("a"), node("b"), node("c"), node("d")),
                List.of(line("S", "a", 10), line("a", "b", 70), line("a", "c", 20), line("a", "d", 30)));

        TreeLayout layout = TreeLayout.of(network);

        assertThat(xy(layout, network, "a")).containsExactly(1.0, -10.0);
        assertThat(xy(layout, network, "b")).containsExactly(1.0, -80.0);
        assertThat(xy(layout, network, "c")).containsExactly(2.0, -30.0);
        assertThat(xy(layout, network, "d")).containsExactly(0.0, -40.0);
    }

    @Test
    void feeders_stand_in_order_with_the_substation_above_their_middle() {
        Network network = network(
                List.of(node("S"), node("a"), node("b"), node("c")),
                List.of(line("S", "a", 90), line("S", "b", 20), line("S", "c", 30)));

        TreeLayout layout = TreeLayout.of(network);

        assertThat(xy(layout, network, "S")).containsExactly(1.0, 0.0);
        assertThat(xy(layout, network, "a")[0]).isEqualTo(0.0);
        assertThat(xy(layout, network, "b")[0]).isEqualTo(1.0);
        assertThat(xy(layout, network, "c")[0]).isEqualTo(2.0);
    }

    @Test
    void a_substation_alone_is_a_point() {
        TreeLayout layout = TreeLayout.of(network(List.of(), List.of()));

        assertThat(layout.surveyed()).isFalse();
        assertThat(layout.x(0)).isEqualTo(0.0);
        assertThat(layout.y(0)).isEqualTo(0.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void depth_is_the_path_length(long seed) {
        Network network = randomNetwork(seed, 150);
        TreeLayout layout = TreeLayout.of(network);

        for (int l = 0; l < network.lineCount(); l++) {
            assertThat(layout.y(network.parentNode(l)) - layout.y(l + 1))
                    .isCloseTo(network.line(l).length_m(), within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_two_nodes_coincide(long seed) {
        Network network = randomNetwork(seed, 150);
        TreeLayout layout = TreeLayout.of(network);

        Set<List<Double>> points = new HashSet<>();
        for (int n = 0; n < network.nodeCount(); n++) {
            points.add(List.of(layout.x(n), layout.y(n)));
        }
        assertThat(points).hasSize(network.nodeCount());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_two_lines_cross(long seed) {
        Network network = randomNetwork(seed, 150);
        TreeLayout layout = TreeLayout.of(network);

        for (int a = 0; a < network.lineCount(); a++) {
            for (int b = 0; b < network.lineCount(); b++) {
                assertThat(acrossMeetsDown(layout, network, a, b))
                        .as("lines %d and %d", a, b)
                        .isFalse();
                assertThat(a != b && downCoversDown(layout, network, a, b))
                        .as("lines %d and %d", a, b)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_drawing_is_as_wide_as_its_leaves(long seed) {
        Network network = randomNetwork(seed, 150);
        TreeLayout layout = TreeLayout.of(network);

        Set<Double> places = new HashSet<>();
        int leaves = 0;
        int[] children = network.childCounts();
        for (int n = 0; n < network.nodeCount(); n++) {
            if (children[n] == 0) {
                leaves++;
                places.add(layout.x(n));
            }
        }
        assertThat(places).hasSize(leaves).allMatch(place -> place >= 0);
        assertThat(places.stream().mapToDouble(Double::doubleValue).max()).hasValue(leaves - 1);
    }

    /** Whether the level part of line a, strictly inside, meets the hanging part of line b, strictly inside. */
    private static boolean acrossMeetsDown(TreeLayout layout, Network network, int a, int b) {
        double y = layout.y(network.parentNode(a));
        double from = Math.min(layout.x(network.parentNode(a)), layout.x(a + 1));
        double to = Math.max(layout.x(network.parentNode(a)), layout.x(a + 1));
        double x = layout.x(b + 1);
        return from < x && x < to && y < layout.y(network.parentNode(b)) && y > layout.y(b + 1);
    }

    /** Whether the hanging parts of two lines lie on each other. */
    private static boolean downCoversDown(TreeLayout layout, Network network, int a, int b) {
        return layout.x(a + 1) == layout.x(b + 1)
                && layout.y(a + 1) < layout.y(network.parentNode(b))
                && layout.y(b + 1) < layout.y(network.parentNode(a));
    }

    private static double[] xy(TreeLayout layout, Network network, String id) {
        int node = Objects.requireNonNull(network.findNode(id));
        return new double[] {layout.x(node), layout.y(node)};
    }

    private static Network randomNetwork(long seed, int nodes) {
        Random random = new Random(seed);
        List<Node> all = new ArrayList<>(List.of(node("S")));
        List<Line> lines = new ArrayList<>();
        for (int n = 1; n < nodes; n++) {
            all.add(node("n" + n));
            int parent = Math.max(0, n - 1 - random.nextInt(Math.min(n, 12)));
            lines.add(line(all.get(parent).id(), "n" + n, 5 + 60 * random.nextDouble()));
        }
        return network(all, lines);
    }

    private static Network network(List<Node> nodes, List<Line> lines) {
        return new Network("drawn", 400, new VoltageBand(0.94, 1.10, 1.0), new Substation("S", 200, 0), nodes, lines);
    }

    private static Node node(String id) {
        return new Node(id, null, 0, 0);
    }

    private static Line line(String from, String to, double length_m) {
        return new Line(from + "-" + to, from, to, length_m, "95 Al", 0.01, 0.01, 136, 0);
    }
}
