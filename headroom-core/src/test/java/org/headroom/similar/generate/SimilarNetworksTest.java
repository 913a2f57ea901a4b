package org.headroom.similar.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.headroom.input.InputException;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.network.format.NetworkJson;
import org.headroom.random.StudySeed;
import org.headroom.similar.EmbeddedNetworks;
import org.headroom.similar.NetworkStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarNetworksTest {
    private static final StudySeed SEED = new StudySeed(5);

    private static Network british118() {
        return Objects.requireNonNull(EmbeddedNetworks.find("british-118"));
    }

    private static SimilarNetworks like(Network network) {
        return like(network, GenerateSettings.DEFAULT);
    }

    private static SimilarNetworks like(Network network, GenerateSettings settings) {
        return SimilarNetworks.from(List.of(NetworkStatistics.of(network)), settings, SEED);
    }

    /** A tree given by the parent of each node 1, 2, …; a line of 10 m of 95 Al each. */
    private static Network tree(double base_V, int homes, int... parents) {
        List<Node> nodes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (int n = 1; n <= parents.length; n++) {
            nodes.add(new Node("n" + n, null, homes, 0));
            lines.add(new Line("l" + n, "n" + parents[n - 1], "n" + n, 10, "95 Al", 0.003, 0.001, 136, 60));
        }
        return new Network("tree", base_V, VoltageBand.BRITISH, new Substation("n0", 500, 1500), nodes, lines);
    }

    @Test
    void counts_are_those_of_the_input() {
        NetworkStatistics input = NetworkStatistics.of(british118());
        for (int i = 0; i < 50; i++) {
            NetworkStatistics drawn = NetworkStatistics.of(like(british118()).network(i));
            assertThat(List.of(drawn.nodes(), drawn.leaves(), drawn.height(), drawn.feeders(), drawn.homes()))
                    .containsExactly(input.nodes(), input.leaves(), input.height(), input.feeders(), input.homes());
        }
    }

    @ParameterizedTest
    @CsvSource({"60,20,12,3,70", "118,30,25,2,129", "300,90,30,8,330", "118,34,20,6,125"})
    void counts_asked_for_are_met_exactly(int nodes, int leaves, int height, int feeders, int homes) {
        SimilarNetworks similar = like(
                british118(),
                GenerateSettings.DEFAULT.with(new RequestedCounts(nodes, leaves, height, feeders, homes)));
        for (int i = 0; i < 5; i++) {
            NetworkStatistics drawn = NetworkStatistics.of(similar.network(i));
            assertThat(List.of(drawn.nodes(), drawn.leaves(), drawn.height(), drawn.feeders(), drawn.homes()))
                    .containsExactly(nodes, leaves, height, feeders, homes);
        }
    }

    @Test
    void other_counts_go_with_the_nodes_asked_for() {
        RequestedCounts asked = new RequestedCounts(235, null, null, null, null);
        NetworkStatistics drawn = NetworkStatistics.of(
                like(british118(), GenerateSettings.DEFAULT.with(asked)).network(0));
        assertThat(drawn.nodes()).isEqualTo(235);
        assertThat(drawn.homes()).isEqualTo(258);
        assertThat(drawn.leaves()).isEqualTo(68);
        assertThat(drawn.feeders()).isEqualTo(4);
    }

    @Test
    void a_network_is_the_same_in_any_order_and_on_any_number_of_threads() throws Exception {
        List<String> alone = new ArrayList<>();
        SimilarNetworks similar = like(british118());
        for (int i = 0; i < 24; i++) {
            alone.add(NetworkJson.text(similar.network(i)));
        }
        List<Integer> order = new ArrayList<>(IntStream.range(0, 24).boxed().toList());
        Collections.reverse(order);
        SimilarNetworks again = like(british118());
        ConcurrentHashMap<Integer, String> texts = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i : order) {
                done.add(threads.submit(() -> texts.put(i, NetworkJson.text(again.network(i)))));
            }
            for (Future<?> future : done) {
                future.get();
            }
        }
        assertThat(IntStream.range(0, 24).mapToObj(texts::get)).isEqualTo(alone);
    }

    @Test
    void no_two_are_equal_and_none_is_the_input() {
        Set<List<Object>> seen = new HashSet<>();
        seen.add(content(british118()));
        SimilarNetworks similar = like(british118());
        for (int i = 0; i < 200; i++) {
            assertThat(seen.add(content(similar.network(i))))
                    .as("network %d is new", i)
                    .isTrue();
        }
    }

    private static List<Object> content(Network network) {
        List<Object> content = new ArrayList<>();
        for (int l = 0; l < network.lineCount(); l++) {
            content.add(List.of(
                    network.parentNode(l),
                    network.line(l).type(),
                    network.line(l).length_m(),
                    network.node(l + 1).homes()));
        }
        return content;
    }

    @Test
    void another_seed_gives_other_networks() {
        NetworkStatistics input = NetworkStatistics.of(british118());
        Network other = SimilarNetworks.from(List.of(input), GenerateSettings.DEFAULT, new StudySeed(6))
                .network(0);
        assertThat(content(other)).isNotEqualTo(content(like(british118()).network(0)));
    }

    @Test
    void accepted_networks_keep_the_limits_that_the_input_sets() {
        FlowLimits limits = FlowLimits.like(NetworkStatistics.of(british118()));
        for (int i = 0; i < 50; i++) {
            FlowLimits.Use use = FlowLimits.use(like(british118()).network(i));
            assertThat(use.loading()).isLessThanOrEqualTo(limits.loading());
            assertThat(use.drop_pu()).isLessThanOrEqualTo(limits.drop_pu());
        }
    }

    @Test
    void candidates_that_were_refused_are_counted_by_gate() {
        // heavily used: many more homes than the input's cables were laid for
        SimilarNetworks similar =
                like(british118(), GenerateSettings.DEFAULT.with(new RequestedCounts(null, null, null, null, 170)));
        Refusals refusals = new Refusals();
        for (int i = 0; i < 20; i++) {
            refusals.add(similar.draw(i));
        }
        assertThat(refusals.refused(Gate.VOLTAGE)).isPositive();
        long refused = Arrays.stream(Gate.values()).mapToLong(refusals::refused).sum();
        assertThat(refusals.accepted() + refused).isEqualTo(refusals.drawn());
    }

    @Test
    void inputs_are_drawn_by_weight() {
        NetworkStatistics large = NetworkStatistics.of(british118());
        NetworkStatistics small = NetworkStatistics.of(tree(400, 1, 0, 1, 1, 3, 0, 5));
        SimilarNetworks similar = SimilarNetworks.from(
                List.of(large, small), GenerateSettings.DEFAULT.withWeights(List.of(1.0, 3.0)), SEED);
        long ofSmall = IntStream.range(0, 400)
                .filter(i -> similar.draw(i).input().equals("tree"))
                .count();
        // binomial of 400 at 3/4: 300, standard deviation 8.7
        assertThat(ofSmall).isBetween(270L, 330L);
    }

    @Test
    void a_gate_that_refuses_everything_stops_after_the_tries_allowed_and_is_named() {
        SimilarNetworks similar = like(
                british118(),
                GenerateSettings.DEFAULT
                        .with(new RequestedCounts(null, null, 84, null, 230)) // too long for so many homes
                        .withMostTries(7));
        assertThat(similar.draw(0)).isInstanceOf(Drawn.GivenUp.class);
        assertThat(similar.draw(0).candidates()).hasSize(7);
        assertThatThrownBy(() -> similar.network(0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no network like british-118 passed the gates: 7 drawn, 0 accepted")
                .hasMessageContaining("refused by");
    }

    @ParameterizedTest
    @CsvSource({
        "10,12,,,at most 9 leaves",
        "10,4,8,,need 12 nodes or more",
        "100,4,10,2,give 39 nodes at most",
        "50,4,,5,at most 4 feeders",
        "1,,,,nodes is 1"
    })
    void counts_that_no_tree_has_are_refused(
            int nodes, Integer leaves, Integer height, Integer feeders, String message) {
        GenerateSettings settings =
                GenerateSettings.DEFAULT.with(new RequestedCounts(nodes, leaves, height, feeders, null));
        assertThatThrownBy(() -> like(british118(), settings))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 20})
    void small_networks_have_as_many_homes_as_their_nodes_can_make_up_and_say_so(int nodes) {
        SimilarNetworks similar = like(
                withTwoHomesOrMoreAtLeaves(british118()),
                GenerateSettings.DEFAULT
                        .with(new RequestedCounts(nodes, null, null, null, null))
                        .withoutSimilarityGate());
        Network drawn = similar.network(0);
        assertThat(drawn.nodeCount()).isEqualTo(nodes);
        assertThat(similar.notes())
                .singleElement()
                .asString()
                .contains("networks like british-118 have %d homes".formatted(drawn.homeCount()));
    }

    private static Network withTwoHomesOrMoreAtLeaves(Network network) {
        int[] children = network.childCounts();
        List<Node> nodes = new ArrayList<>();
        for (int n = 0; n < network.nodeCount(); n++) {
            Node node = network.node(n);
            int homes = children[n] == 0 ? Math.max(2, node.homes()) : node.homes();
            nodes.add(new Node(node.id(), node.position(), homes, node.publicChargers()));
        }
        return new Network(
                network.name(), network.base_V(), network.voltage(), network.substation(), nodes, network.lines());
    }

    @Test
    void fewer_homes_than_nodes_of_their_kinds_have_are_met_all_the_same_and_noted() {
        SimilarNetworks similar = like(
                british118(),
                GenerateSettings.DEFAULT
                        .with(new RequestedCounts(null, null, null, null, 60))
                        .withoutSimilarityGate());
        assertThat(similar.network(0).homeCount()).isEqualTo(60);
        assertThat(similar.notes()).singleElement().asString().contains("60 homes are fewer than 118 nodes");
    }

    @Test
    void more_homes_than_any_nodes_have_are_refused_with_the_range() {
        GenerateSettings settings = GenerateSettings.DEFAULT.with(new RequestedCounts(null, null, null, null, 1000));
        assertThatThrownBy(() -> like(british118(), settings))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("homes is 1,000, expected 0 to ")
                .hasMessageContaining("Maybe ask for more nodes");
    }

    @Test
    void gates_are_made_for_the_inputs_that_are_drawn_from_the_largest_first() {
        NetworkStatistics large = NetworkStatistics.of(british118());
        NetworkStatistics small = NetworkStatistics.of(tree(400, 1, 0, 1, 1, 3, 0, 5));
        assertThat(SimilarNetworks.from(List.of(small, large), GenerateSettings.DEFAULT, SEED)
                        .gatesToMake(0, 50))
                .containsExactly(1, 0);
        assertThat(SimilarNetworks.from(
                                List.of(small, large), GenerateSettings.DEFAULT.withWeights(List.of(1.0, 0.0)), SEED)
                        .gatesToMake(0, 50))
                .containsExactly(0);
        assertThat(SimilarNetworks.from(List.of(small, large), GenerateSettings.DEFAULT.with(Method.LITERAL), SEED)
                        .gatesToMake(0, 50))
                .isEmpty();
    }

    @Test
    void an_input_without_homes_is_refused() {
        assertThatThrownBy(() -> like(tree(400, 0, 0, 1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tree has no homes");
    }

    @Test
    void inputs_of_different_voltages_are_refused() {
        List<NetworkStatistics> inputs =
                List.of(NetworkStatistics.of(british118()), NetworkStatistics.of(tree(11_000, 1, 0, 1)));
        assertThatThrownBy(() -> SimilarNetworks.from(inputs, GenerateSettings.DEFAULT, SEED))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("british-118 is a network of 400 V, tree of 11000 V");
    }

    @Test
    void a_single_line_gives_networks_of_a_single_line_and_a_note() {
        SimilarNetworks similar = like(tree(400, 1, 0));
        assertThat(similar.network(0).nodeCount()).isEqualTo(2);
        assertThat(similar.notes()).singleElement().asString().contains("only 1 line");
    }

    @Test
    void lines_all_of_one_type_are_noted() {
        assertThat(like(tree(400, 1, 0, 1, 2, 3, 4, 5, 2, 3, 4, 1, 0)).notes())
                .singleElement()
                .asString()
                .contains("all lines of tree are of type 95 Al");
    }

    @Test
    void a_network_made_of_statistics_has_these_statistics() {
        NetworkStatistics statistics = NetworkStatistics.of(british118());
        assertThat(NetworkStatistics.of(statistics.network())).isEqualTo(statistics);
    }

    @Test
    void a_transformer_is_that_of_the_input_or_sized_or_given() {
        Network input = british118();
        assertThat(like(input).network(0).substation()).isEqualTo(input.substation());
        // 129 homes at 2.0 kW and .95: 271.6 kVA, times 1.25 = 339
        assertThat(like(input, GenerateSettings.DEFAULT.with(new Transformer.Sized()))
                        .network(0)
                        .substation()
                        .capacity_kVA())
                .isEqualTo(500);
        assertThat(like(input, GenerateSettings.DEFAULT.with(new Transformer.Rated(250)))
                        .network(0)
                        .substation()
                        .capacity_kVA())
                .isEqualTo(250);
    }
}
