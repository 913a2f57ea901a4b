package org.headroom.similar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.headroom.input.Document;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.RandomNetworks;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.junit.jupiter.api.Test;

class NetworkStatisticsTest {
    /** A tree given by the parent of each node 1, 2, …; every node has one home, every line is 10 m. */
    private static Network tree(int... parents) {
        List<Node> nodes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (int n = 1; n <= parents.length; n++) {
            nodes.add(new Node("n" + n, null, 1, 0));
            lines.add(new Line("l" + n, "n" + parents[n - 1], "n" + n, 10, "95 Al", 0.003, 0.001, 136, 60));
        }
        return new Network("tree", 400, VoltageBand.BRITISH, new Substation("n0", 500, 1500), nodes, lines);
    }

    /** 21 nodes below the substation: six of height 0, nine of height 1 or 2, six of height 3 to 5, as in Fig. 4. */
    private static Network figure4() {
        return tree(
                0, 1, 2, 3, 4, 5, // heights 5 to 0
                0, 7, 8, 9, 10, // heights 4 to 0
                1, 12, 13, 14, // heights 3 to 0
                7, 16, 17, // heights 2 to 0
                12, 19, // heights 1 and 0
                3); // height 0
    }

    @Test
    void the_example_of_figure_4_is_cut_as_in_the_paper() {
        Network network = figure4();
        int[] nodesByLevel = new int[4];
        Levels levels = Levels.of(network);
        for (int l = 0; l < network.lineCount(); l++) {
            nodesByLevel[levels.level(l)]++;
        }
        assertThat(network.lineCount()).isEqualTo(21);
        assertThat(levels).hasToString("0 | 1-2 | 3-5");
        assertThat(nodesByLevel).containsExactly(0, 6, 9, 6);
    }

    @Test
    void no_other_cuts_balance_the_levels_better() {
        for (long seed = 0; seed < 100; seed++) {
            Network network = RandomNetworks.of(seed, 40);
            Levels levels = Levels.of(network);
            int highest = network.heights()[network.parentNode(0) + 1];
            long taken = squares(network, levels.highestOfLevel3(), levels.highestOfLevel2());
            for (int cut3 = 0; cut3 < highest - 1; cut3++) {
                for (int cut2 = cut3 + 1; cut2 < highest; cut2++) {
                    assertThat(taken).isLessThanOrEqualTo(squares(network, cut3, cut2));
                }
            }
        }
    }

    private static long squares(Network network, int cut3, int cut2) {
        long[] sizes = new long[3];
        int[] heights = network.heights();
        for (int n = 1; n < heights.length; n++) {
            sizes[heights[n] <= cut3 ? 0 : heights[n] <= cut2 ? 1 : 2]++;
        }
        return sizes[0] * sizes[0] + sizes[1] * sizes[1] + sizes[2] * sizes[2];
    }

    @Test
    void two_heights_are_near_terminal_and_near_substation() {
        Levels levels = Levels.of(tree(0, 1));
        assertThat(levels.level(0)).isEqualTo(1);
        assertThat(levels.level(1)).isEqualTo(3);
        assertThat(levels).hasToString("0 | none | 1");
    }

    @Test
    void one_height_is_near_terminal() {
        assertThat(Levels.of(tree(0, 0)).level(1)).isEqualTo(3);
    }

    @Test
    void counts_are_those_of_the_tree() {
        NetworkStatistics statistics = NetworkStatistics.of(tree(0, 1, 1, 2, 0));
        assertThat(statistics.nodes()).isEqualTo(6);
        assertThat(statistics.leaves()).isEqualTo(3);
        assertThat(statistics.height()).isEqualTo(3);
        assertThat(statistics.feeders()).isEqualTo(2);
        assertThat(statistics.homes()).isEqualTo(5);
        assertThat(statistics.length_m()).isEqualTo(50);
    }

    @Test
    void distributions_of_a_level_are_shares_of_its_nodes() {
        NetworkStatistics.Level near =
                NetworkStatistics.of(tree(0, 1, 1, 2, 0)).levels().getFirst();
        assertThat(near.degree()).containsExactly(entry(3, 1.0));
        NetworkStatistics.Level terminal =
                NetworkStatistics.of(tree(0, 1, 1, 2, 0)).levels().getLast();
        assertThat(terminal.degree()).containsExactly(entry(1, 1.0));
        assertThat(terminal.homes()).containsExactly(entry(1, 1.0));
        assertThat(terminal.lineTypes()).containsExactly(entry("95 Al", 1.0));
        assertThat(terminal.length_m().median()).isEqualTo(10);
    }

    @Test
    void shares_of_every_level_add_up_to_one() {
        for (long seed = 0; seed < 50; seed++) {
            for (NetworkStatistics.Level level :
                    NetworkStatistics.of(RandomNetworks.of(seed, 50)).levels()) {
                assertThat(level.heights().values().stream()
                                .mapToDouble(share -> share)
                                .sum())
                        .isCloseTo(1, within(1e-12));
                assertThat(level.degree().values().stream()
                                .mapToDouble(share -> share)
                                .sum())
                        .isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void quartiles_lie_between_the_values() {
        assertThat(NetworkStatistics.Spread.of(new double[] {4, 1, 3, 2, 5}))
                .isEqualTo(new NetworkStatistics.Spread(1, 2, 3, 4, 5, 3));
    }

    @Test
    void an_edge_knows_its_parent_and_the_homes_below() {
        NetworkStatistics statistics = NetworkStatistics.of(tree(0, 1, 1, 2, 0));
        NetworkStatistics.Edge first = statistics.edges().getFirst();
        assertThat(first.parent()).isEqualTo(-1);
        assertThat(first.homesBelow()).isEqualTo(4);
        assertThat(first.children()).isEqualTo(2);
        assertThat(statistics.edges().get(1).parent()).isZero();
    }

    @Test
    void the_file_holds_every_network_and_edge() {
        var networks = List.of(NetworkStatistics.of(figure4()), NetworkStatistics.of(tree(0)));
        Document read = Document.parse("statistics.json", StatisticsJson.text(networks));
        assertThat(read.text("format")).isEqualTo("headroom-statistics/1");
        Document first = read.objects("networks").getFirst();
        assertThat(first.objects("edges")).hasSize(21);
        assertThat(first.objects("levels").get(2).object("heights").numberMap(0, 1))
                .containsExactly(entry("0", 1.0));
        assertThat(first.object("substation").number("capacity_kVA", 0, 1000)).isEqualTo(500);
    }
}
