package org.headroom.similar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Position;
import org.headroom.random.StudySeed;
import org.headroom.similar.NetworkStatistics.Edge;
import org.headroom.similar.generate.GenerateSettings;
import org.headroom.similar.generate.RequestedCounts;
import org.headroom.similar.generate.SimilarNetworks;
import org.headroom.similar.measure.NetworkShape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the embedded network promises (design, Sec. 10), and how its seed was chosen. {@code British118RecipeTest} runs the recipe again. */
class British118Test {
    private static final Network NETWORK = Objects.requireNonNull(EmbeddedNetworks.find("british-118"));
    private static final NetworkStatistics DRAWN = NetworkStatistics.of(NETWORK);
    private static final NetworkStatistics INPUT =
            Objects.requireNonNull(EmbeddedStatistics.find("uk-lv-07")).getFirst();
    private static final GenerateSettings SETTINGS =
            GenerateSettings.DEFAULT.with(new RequestedCounts(118, 34, 20, 4, 129));
    private static final int SEED = 286;

    @Test
    void it_has_118_nodes_129_homes_4_feeders_height_20_and_34_leaves() {
        int[] children = NETWORK.childCounts();
        assertThat(NETWORK.nodeCount()).isEqualTo(118);
        assertThat(NETWORK.homeCount()).isEqualTo(129);
        assertThat(children[0]).isEqualTo(4);
        assertThat(NETWORK.heights()[0]).isEqualTo(20);
        assertThat(Arrays.stream(children).filter(c -> c == 0)).hasSize(34);
    }

    @Test
    void it_is_2_3_km_long_within_2_percent() {
        assertThat(NETWORK.lines().stream().mapToDouble(Line::length_m).sum()).isCloseTo(2300, within(46.0));
    }

    @Test
    void its_feeders_are_near_those_of_the_design() {
        assertThat(SeedRule.feeders(NETWORK))
                .containsExactly(
                        new SeedRule.Feeder(7, 9, 12),
                        new SeedRule.Feeder(13, 22, 26),
                        new SeedRule.Feeder(15, 37, 39),
                        new SeedRule.Feeder(20, 49, 52));
    }

    @Test
    void its_levels_are_those_of_the_design() {
        assertThat(Levels.of(NETWORK)).hasToString("0 | 1-5 | 6-19");
        assertThat(DRAWN.levels()).extracting(NetworkStatistics.Level::nodes).containsExactly(42, 41, 34);
    }

    @Test
    void assets_are_those_of_the_papers_study() {
        assertThat(NETWORK.substation().capacity_kVA()).isEqualTo(200);
        assertThat(NETWORK.substation().asset_gbpPerYear()).isEqualTo(11_700);
        assertThat(NETWORK.lines().stream().mapToDouble(Line::asset_gbpPerYear).sum())
                .isCloseTo(60_000, within(1e-6));
        for (Line line : NETWORK.lines()) {
            assertThat(line.asset_gbpPerYear()).isCloseTo(60_000 * line.length_m() / NETWORK.length_m(), within(0.011));
        }
    }

    @Test
    void at_2_kW_a_home_no_line_is_overloaded_and_no_voltage_drops_by_6_percent() {
        double[] use = SeedRule.powerFlow(NETWORK, 2.0, 0.95);

        assertThat(use[0]).as("highest loading of a line").isBetween(0.3, 1.0);
        assertThat(use[1]).as("largest voltage drop, per unit").isBetween(0.01, 0.06);
    }

    @Test
    void lines_of_a_cable_of_the_designs_table_have_its_reactance_and_rating() {
        // ohm/km, ohm/km, A (design, Sec. 8); a line of several pieces has a mean resistance and the lowest rating
        List<double[]> table = List.of(
                new double[] {0.102, 0.073, 365},
                new double[] {0.166, 0.074, 281},
                new double[] {0.322, 0.074, 197},
                new double[] {0.868, 0.077, 96},
                new double[] {1.20, 0.079, 75},
                new double[] {1.15, 0.088, 75},
                new double[] {0.124, 0.069, 285},
                new double[] {0.469, 0.075, 130},
                new double[] {1.257, 0.085, 70});
        int found = 0;
        for (Line line : NETWORK.lines()) {
            double km = line.length_m() / 1000;
            for (double[] cable : table) {
                if (Math.abs(line.resistance_ohm() / km - cable[0]) < 0.0015 * cable[0]) {
                    found++;
                    assertThat(line.reactance_ohm() / km).as(line.id()).isCloseTo(cable[1], within(0.0062));
                    assertThat(line.capacity_kVA()).as(line.id()).isCloseTo(Math.sqrt(3) * 0.4 * cable[2], within(0.1));
                }
            }
        }
        assertThat(found).as("lines of one cable").isGreaterThan(90);
    }

    @Test
    void homes_and_cables_lie_as_in_the_real_network_that_was_learned_from() {
        for (int children = 0; children <= 2; children++) {
            assertThat(meanHomes(DRAWN, children))
                    .as("homes at a node with %d children", children)
                    .isCloseTo(meanHomes(INPUT, children), within(0.25));
        }
        assertThat(medianRating_kVA(DRAWN, 0)).as("of lines to leaves").isEqualTo(medianRating_kVA(INPUT, 0));
        assertThat(medianRating_kVA(DRAWN, 2)).as("of lines to branchings").isEqualTo(medianRating_kVA(INPUT, 2));
    }

    @Test
    void it_passes_the_gate_of_similarity_to_that_network() {
        SimilarNetworks similar = SimilarNetworks.from(List.of(INPUT), SETTINGS, new StudySeed(SEED));

        assertThat(similar.similarityGate(0)
                        .comparison()
                        .check(NetworkShape.of(NETWORK))
                        .refusedBy())
                .isNull();
    }

    @Test
    void it_keeps_the_rule_that_its_seed_was_chosen_by() {
        assertThat(SeedRule.ofRecipe().keeps(NETWORK)).isTrue();
    }

    @Tag("long")
    @Test
    void no_seed_before_its_own_gives_a_network_that_keeps_the_rule() {
        SeedRule rule = SeedRule.ofRecipe();
        for (int seed = 1; seed < SEED; seed++) {
            assertThat(rule.keeps(SimilarNetworks.from(List.of(INPUT), SETTINGS, new StudySeed(seed))
                            .network(0)))
                    .as("seed %d", seed)
                    .isFalse();
        }
    }

    @Test
    void lines_are_drawn_to_scale() {
        for (int l = 0; l < NETWORK.lineCount(); l++) {
            Position from = SeedRule.position(NETWORK, NETWORK.parentNode(l));
            Position to = SeedRule.position(NETWORK, l + 1);
            assertThat(Math.hypot(to.x_m() - from.x_m(), to.y_m() - from.y_m()))
                    .isCloseTo(NETWORK.line(l).length_m(), within(0.02));
        }
    }

    @Test
    void no_two_lines_cross_on_the_plan() {
        assertThat(SeedRule.crossings(NETWORK)).isZero();
    }

    @Test
    void nodes_that_no_line_joins_are_4_m_apart_or_more_on_the_plan() {
        for (int one = 0; one < NETWORK.nodeCount(); one++) {
            for (int other = 0; other < one; other++) {
                if (NETWORK.parentNode(one - 1) != other) {
                    Position a = SeedRule.position(NETWORK, one);
                    Position b = SeedRule.position(NETWORK, other);
                    assertThat(Math.hypot(a.x_m() - b.x_m(), a.y_m() - b.y_m()))
                            .as("nodes %d and %d", one, other)
                            .isGreaterThan(4);
                }
            }
        }
    }

    @Test
    void a_name_that_nothing_embedded_has_is_not_found() {
        assertThat(EmbeddedNetworks.find("british-119")).isNull();
        assertThat(EmbeddedNetworks.names()).containsExactly("british-118");
        assertThat(EmbeddedStatistics.find("uk-lv-21")).isNull();
        assertThat(EmbeddedStatistics.find("uk-lv-")).isNull();
    }

    /** At nodes with so many lines below; 2 stands for 2 and more. */
    private static double meanHomes(NetworkStatistics statistics, int children) {
        return statistics.edges().stream()
                .filter(edge -> Math.min(edge.children(), 2) == children)
                .mapToInt(Edge::homes)
                .average()
                .orElseThrow();
    }

    private static double medianRating_kVA(NetworkStatistics statistics, int children) {
        return NetworkStatistics.Spread.of(statistics.edges().stream()
                        .filter(edge -> Math.min(edge.children(), 2) == children)
                        .mapToDouble(Edge::capacity_kVA)
                        .toArray())
                .median();
    }
}
