package org.headroom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReductionTest {
    private static final double MAIN_KVA = Math.sqrt(3) * 0.4 * 197;
    private static final double SERVICE_KVA = Math.sqrt(3) * 0.4 * 75;

    private static Network network(List<Node> nodes, List<Line> lines) {
        return new Network("n", 400, VoltageBand.BRITISH, new Substation("S", 500, 1500), nodes, lines);
    }

    private static Node node(String id, int homes) {
        return new Node(id, null, homes, 0);
    }

    private static Line line(String from, String to, double length_m, String type, double capacity_kVA) {
        return new Line(from + to, from, to, length_m, type, length_m / 1000, length_m / 4000, capacity_kVA, length_m);
    }

    /** S - a - b - c, where only c has a home. */
    private static Network chain() {
        return network(
                List.of(node("a", 0), node("b", 0), node("c", 1)),
                List.of(
                        line("S", "a", 30, "185 Al", 200),
                        line("a", "b", 20, "95 Al", 100),
                        line("b", "c", 20, "95 Al", 136)));
    }

    /** Resistance, reactance, length and asset value from the substation to each node, and the tightest rating on the way. */
    private static Map<String, double[]> paths(Network network) {
        Map<String, double[]> paths = new HashMap<>();
        paths.put("S", new double[] {0, 0, 0, 0, Double.POSITIVE_INFINITY});
        for (Line line : network.lines()) {
            double[] above = paths.getOrDefault(line.from(), new double[5]);
            paths.put(line.to(), new double[] {
                above[0] + line.resistance_ohm(),
                above[1] + line.reactance_ohm(),
                above[2] + line.length_m(),
                above[3] + line.asset_gbpPerYear(),
                Math.min(above[4], line.capacity_kVA())
            });
        }
        return paths;
    }

    @Test
    void a_chain_becomes_one_line_of_sums_tightest_rating_and_most_common_type() {
        Network reduced = Reduction.CHAINS.reduce(chain()).network();
        assertThat(reduced.lineCount()).isEqualTo(1);
        Line line = reduced.line(0);
        assertThat(line.id()).isEqualTo("bc");
        assertThat(line.from()).isEqualTo("S");
        assertThat(line.to()).isEqualTo("c");
        assertThat(line.length_m()).isEqualTo(70);
        assertThat(line.resistance_ohm()).isCloseTo(0.07, within(1e-15));
        assertThat(line.reactance_ohm()).isCloseTo(0.0175, within(1e-15));
        assertThat(line.capacity_kVA()).isEqualTo(100);
        assertThat(line.asset_gbpPerYear()).isEqualTo(70);
        assertThat(line.type()).isEqualTo("95 Al");
    }

    @Test
    void services_along_a_main_become_homes_of_its_joints() {
        Network street = network(
                List.of(node("j1", 0), node("h1", 1), node("j2", 0), node("h2", 1), node("h3", 1)),
                List.of(
                        line("S", "j1", 30, "main", MAIN_KVA),
                        line("j1", "h1", 8, "service", SERVICE_KVA),
                        line("j1", "j2", 20, "main", MAIN_KVA),
                        line("j2", "h2", 9, "service", SERVICE_KVA),
                        line("j2", "h3", 7, "service", SERVICE_KVA)));
        Reduction.Reduced reduced = Reduction.JOINTS.reduce(street);
        assertThat(reduced.network().nodes()).containsExactly(node("S", 0), node("j1", 1), node("j2", 2));
        assertThat(reduced.mergedServices()).isEqualTo(3);
        assertThat(reduced.droppedLength_m()).isEqualTo(24);
        assertThat(reduced.remarks())
                .containsExactly(
                        "0 nodes of dead ends without homes dropped and 3 services merged into their joint: 24 m and 24 GBP/year of asset value less");
    }

    @Test
    void the_main_above_a_last_service_is_not_dropped_with_it() {
        Network street = network(
                List.of(node("j1", 0), node("h1", 1)),
                List.of(line("S", "j1", 30, "main", MAIN_KVA), line("j1", "h1", 8, "service", SERVICE_KVA)));
        Network reduced = Reduction.JOINTS.reduce(street).network();
        assertThat(reduced.length_m()).isEqualTo(30);
        assertThat(reduced.node(1)).isEqualTo(node("j1", 1));
    }

    @Test
    void a_branching_service_keeps_its_joint() {
        Network pair = network(
                List.of(node("j", 0), node("k", 0), node("h1", 1), node("h2", 1)),
                List.of(
                        line("S", "j", 30, "main", MAIN_KVA),
                        line("j", "k", 8, "service", SERVICE_KVA),
                        line("k", "h1", 3, "service", SERVICE_KVA),
                        line("k", "h2", 4, "service", SERVICE_KVA)));
        Network reduced = Reduction.JOINTS.reduce(pair).network();
        assertThat(reduced.findNode("k")).isNotNull();
        assertThat(reduced.homeCount()).isEqualTo(2);
        assertThat(reduced.lineCount()).isEqualTo(1);
    }

    @Test
    void joints_drop_dead_ends_and_chains_keep_them() {
        Network stub = network(
                List.of(node("j", 0), node("d", 0), node("e", 0), node("h", 1)),
                List.of(
                        line("S", "j", 30, "main", MAIN_KVA),
                        line("j", "d", 2, "main", MAIN_KVA),
                        line("d", "e", 1, "main", MAIN_KVA),
                        line("j", "h", 20, "main", MAIN_KVA)));
        Reduction.Reduced joints = Reduction.JOINTS.reduce(stub);
        assertThat(joints.deadEndNodes()).isEqualTo(2);
        assertThat(joints.droppedLength_m()).isCloseTo(3, within(1e-12));
        assertThat(joints.network().lineCount()).isEqualTo(1);
        assertThat(Reduction.CHAINS.reduce(stub).network().findNode("e")).isNotNull();
    }

    @Test
    void under_joints_somebody_lives_at_every_leaf() {
        for (long seed = 0; seed < 100; seed++) {
            Network reduced =
                    Reduction.JOINTS.reduce(RandomNetworks.of(seed, 80)).network();
            int[] children = reduced.childCounts();
            for (int n = 1; n < reduced.nodeCount(); n++) {
                assertThat(children[n]
                                + reduced.node(n).homes()
                                + reduced.node(n).publicChargers())
                        .isPositive();
            }
        }
    }

    @Test
    void a_service_from_the_busbar_is_kept() {
        Network single = network(List.of(node("h", 1)), List.of(line("S", "h", 8, "service", SERVICE_KVA)));
        assertThat(Reduction.JOINTS.reduce(single).network().lineCount()).isEqualTo(1);
    }

    @Test
    void none_returns_the_network_itself() {
        Network network = chain();
        assertThat(Reduction.NONE.reduce(network).network()).isSameAs(network);
    }

    @ParameterizedTest
    @EnumSource
    void homes_chargers_and_substation_are_preserved(Reduction reduction) {
        for (long seed = 0; seed < 200; seed++) {
            Network network = RandomNetworks.of(seed, 1 + (int) (seed % 60));
            Network reduced = reduction.reduce(network).network();
            assertThat(reduced.homeCount()).isEqualTo(network.homeCount());
            assertThat(reduced.nodes().stream().mapToInt(Node::publicChargers).sum())
                    .isEqualTo(network.nodes().stream()
                            .mapToInt(Node::publicChargers)
                            .sum());
            assertThat(reduced.substation()).isEqualTo(network.substation());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 30, 200})
    void under_chains_the_path_to_every_kept_node_is_unchanged(int nodes) {
        for (long seed = 0; seed < 50; seed++) {
            Network network = RandomNetworks.of(seed, nodes);
            Map<String, double[]> before = paths(network);
            paths(Reduction.CHAINS.reduce(network).network())
                    .forEach((id, path) -> assertThat(path)
                            .as(id)
                            .containsExactly(before.getOrDefault(id, new double[0]), within(1e-9)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAINS", "JOINTS"})
    void no_pass_through_node_is_left(Reduction reduction) {
        for (long seed = 0; seed < 100; seed++) {
            Network reduced = reduction.reduce(RandomNetworks.of(seed, 80)).network();
            int[] children = reduced.childCounts();
            for (int n = 1; n < reduced.nodeCount(); n++) {
                Node node = reduced.node(n);
                assertThat(children[n] == 1 && node.homes() + node.publicChargers() == 0)
                        .isFalse();
            }
        }
    }

    @Test
    void length_is_kept_but_for_the_services_told() {
        for (long seed = 0; seed < 100; seed++) {
            Network network = RandomNetworks.of(seed, 80);
            Reduction.Reduced reduced = Reduction.JOINTS.reduce(network);
            assertThat(reduced.network().length_m() + reduced.droppedLength_m())
                    .isCloseTo(network.length_m(), within(1e-9));
            assertThat(reduced.network().nodeCount()
                            + reduced.contractedNodes()
                            + reduced.deadEndNodes()
                            + reduced.mergedServices())
                    .isEqualTo(network.nodeCount());
        }
    }

    @Test
    void ids_stay_those_of_the_source() {
        Network network = RandomNetworks.of(7, 100);
        var ids = network.lines().stream().map(Line::id).collect(Collectors.toSet());
        assertThat(Reduction.JOINTS.reduce(network).network().lines())
                .extracting(Line::id)
                .isSubsetOf(ids);
    }
}
