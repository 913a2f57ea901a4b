package org.headroom.similar.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.headroom.random.StudySeed;
import org.headroom.similar.EmbeddedStatistics;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.NetworkStatistics.Edge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two schemes keep of an input, measured on ensembles. */
class SchemesTest {
    private static final StudySeed SEED = new StudySeed(11);
    private static final int NETWORKS = 60;

    private static NetworkStatistics ukLv(int number) {
        return Objects.requireNonNull(EmbeddedStatistics.find("uk-lv")).get(number - 1);
    }

    private static List<NetworkStatistics> ensemble(NetworkStatistics input) {
        SimilarNetworks similar =
                SimilarNetworks.from(List.of(input), GenerateSettings.DEFAULT.withoutSimilarityGate(), SEED);
        return IntStream.range(0, NETWORKS)
                .mapToObj(i -> NetworkStatistics.of(similar.network(i)))
                .toList();
    }

    private static String type(NetworkStatistics network, int edge) {
        return edge < 0 ? "substation" : network.edges().get(edge).type();
    }

    /** Shares of lines by something of theirs, over several networks. */
    private static Map<String, Double> shares(List<NetworkStatistics> networks, Function<Edge, String> what) {
        Map<String, Double> shares = new HashMap<>();
        double lines = networks.stream().mapToInt(n -> n.edges().size()).sum();
        networks.forEach(n -> n.edges().forEach(e -> shares.merge(what.apply(e), 1 / lines, Double::sum)));
        return shares;
    }

    /** How much a line's type tells of something else, bits. */
    private static double mutualInformation_bits(NetworkStatistics network, Function<Edge, String> other) {
        Map<String, Double> both = shares(List.of(network), e -> e.type() + "|" + other.apply(e));
        Map<String, Double> types = shares(List.of(network), Edge::type);
        Map<String, Double> others = shares(List.of(network), other);
        double bits = 0;
        for (Map.Entry<String, Double> cell : both.entrySet()) {
            String[] keys = cell.getKey().split("\\|", -1);
            bits += cell.getValue()
                    * Math.log(cell.getValue() / types.getOrDefault(keys[0], 0.0) / others.getOrDefault(keys[1], 0.0))
                    / Math.log(2);
        }
        return bits;
    }

    private static double mean(List<NetworkStatistics> networks, Function<NetworkStatistics, Double> what) {
        return networks.stream().mapToDouble(what::apply).average().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 11, 15})
    void a_type_tells_of_its_parents_type_most_of_what_it_tells_in_the_input(int number) {
        NetworkStatistics input = ukLv(number);
        Function<NetworkStatistics, Double> bits = n -> mutualInformation_bits(n, e -> type(n, e.parent()));
        assertThat(mean(ensemble(input), bits)).isBetween(0.6 * bits.apply(input), 1.25 * bits.apply(input));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 11, 15})
    void a_type_tells_as_much_of_the_homes_below_as_in_the_input(int number) {
        NetworkStatistics input = ukLv(number);
        Function<NetworkStatistics, Double> bits = n ->
                mutualInformation_bits(n, e -> Integer.toString(32 - Integer.numberOfLeadingZeros(e.homesBelow())));
        assertThat(mean(ensemble(input), bits)).isBetween(0.7 * bits.apply(input), 1.25 * bits.apply(input));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 11, 15})
    void degrees_are_spread_as_in_the_input(int number) {
        NetworkStatistics input = ukLv(number);
        Map<String, Double> real = shares(List.of(input), e -> Integer.toString(e.children()));
        Map<String, Double> drawn = shares(ensemble(input), e -> Integer.toString(e.children()));
        real.forEach((children, share) -> assertThat(drawn.getOrDefault(children, 0.0))
                .as("share of nodes with %s children", children)
                .isBetween(share - 0.04, share + 0.04));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 11, 15})
    void leaves_lie_about_as_far_from_the_substation_as_in_the_input(int number) {
        NetworkStatistics input = ukLv(number);
        double real = meanDepthOfLeaves(input);
        assertThat(mean(ensemble(input), SchemesTest::meanDepthOfLeaves)).isBetween(0.8 * real, 1.25 * real);
    }

    private static double meanDepthOfLeaves(NetworkStatistics network) {
        int[] depth = new int[network.edges().size()];
        double sum = 0;
        for (int e = 0; e < depth.length; e++) {
            Edge edge = network.edges().get(e);
            depth[e] = edge.parent() < 0 ? 1 : depth[edge.parent()] + 1;
            sum += edge.children() == 0 ? depth[e] : 0;
        }
        return sum / network.leaves();
    }

    @Test
    void homes_at_a_node_go_with_its_branching_as_in_the_input() {
        NetworkStatistics input = ukLv(11);
        List<NetworkStatistics> drawn = ensemble(input);
        for (int role = 0; role < 3; role++) {
            int wanted = role;
            Map<Integer, Long> counts = new HashMap<>();
            drawn.forEach(n -> n.edges().stream()
                    .filter(e -> Math.min(e.children(), 2) == wanted)
                    .forEach(e -> counts.merge(e.homes(), 1L, Long::sum)));
            Map<Integer, Long> real = new HashMap<>();
            input.edges().stream()
                    .filter(e -> Math.min(e.children(), 2) == wanted)
                    .forEach(e -> real.merge(e.homes(), 1L, Long::sum));
            assertThat(real.keySet()).as("homes where %d lines go on", role).containsAll(counts.keySet());
            double total = counts.values().stream().mapToLong(c -> c).sum();
            double ofReal = real.values().stream().mapToLong(c -> c).sum();
            real.forEach((homes, count) -> assertThat(counts.getOrDefault(homes, 0L) / total)
                    .isBetween(count / ofReal - 0.03, count / ofReal + 0.03));
        }
    }

    @Test
    void the_literal_scheme_draws_types_by_their_level_and_by_nothing_else() {
        NetworkStatistics input = ukLv(5);
        Learned learned = new Learned(input);
        LiteralScheme scheme = new LiteralScheme(learned, Counts.of(input, RequestedCounts.AS_INPUT));
        var random = SEED.stream(org.headroom.random.Purpose.NETWORK, 0);
        NetworkStatistics.Level level3 = input.levels().get(2);
        Map<String, Long> counts = new HashMap<>();
        for (int built = 0; built < 200; ) {
            if (scheme.draw(random) == null) {
                built++;
                Draft draft = scheme.draft();
                for (int n = 0; n < draft.nodes; n++) {
                    if (draft.height[n] == 0) { // level 3 of this input: the leaves
                        counts.merge(input.edges().get(draft.edge[n]).type(), 1L, Long::sum);
                    }
                }
            }
        }
        double total = counts.values().stream().mapToLong(c -> c).sum();
        double chiSquare = 0;
        for (Map.Entry<String, Double> type : level3.lineTypes().entrySet()) {
            double expected = type.getValue() * total;
            double difference = counts.getOrDefault(type.getKey(), 0L) - expected;
            chiSquare += difference * difference / expected;
        }
        assertThat(ChiSquaredDistribution.of(level3.lineTypes().size() - 1.0).survivalProbability(chiSquare))
                .isGreaterThan(0.01);
    }

    @Test
    void the_literal_scheme_keeps_counts_within_a_tenth() {
        NetworkStatistics input = ukLv(5);
        LiteralScheme scheme = new LiteralScheme(new Learned(input), Counts.of(input, RequestedCounts.AS_INPUT));
        var random = SEED.stream(org.headroom.random.Purpose.NETWORK, 1);
        for (int built = 0; built < 50; ) {
            if (scheme.draw(random) == null) {
                built++;
                Draft draft = scheme.draft();
                draft.measure();
                assertThat(draft.nodes + 1).isBetween(45, 55);
                assertThat(draft.leaves).isBetween(19, 23);
                assertThat(draft.rootHeight).isBetween(10, 12);
                assertThat(draft.feeders).isBetween(6, 8);
            }
        }
    }
}
