package org.headroom.powerflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.RandomNetworks;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eqs. 4-7 and 13 against figures worked out by hand. */
class LosslessFlowTest {
    /** S -(0.10 + j0.05 ohm)- a -(0.20 + j0.04)- b, and S -(0.15 + j0.02)- c; 400 V, source 1.02. */
    private static final Network NETWORK = new Network(
            "hand",
            400,
            new VoltageBand(0.94, 1.10, 1.02),
            new Substation("S", 100, 0),
            List.of(new Node("a", null, 1, 0), new Node("b", null, 1, 0), new Node("c", null, 1, 0)),
            List.of(
                    new Line("Sa", "S", "a", 1, "x", 0.10, 0.05, 100, 0),
                    new Line("ab", "a", "b", 1, "x", 0.20, 0.04, 100, 0),
                    new Line("Sc", "S", "c", 1, "x", 0.15, 0.02, 100, 0)));

    /** kW of S, a, b, c in two steps; b gives back in the second. */
    private static final double[][] KW = {{1, 0}, {4, 2}, {6, -8}, {3, 3}};

    private static final double[][] KVAR = {{0, 0}, {2, 1}, {2, 0}, {1, 1}};

    @Test
    void a_line_carries_what_lies_below_it() {
        assertThat(LosslessFlow.lineFlows(NETWORK, KW)).isDeepEqualTo(new double[][] {{10, -6}, {6, -8}, {3, 3}});
    }

    @Test
    void the_substation_carries_its_lines_and_its_own_node() {
        assertThat(LosslessFlow.substationFlow(NETWORK, KW, LosslessFlow.lineFlows(NETWORK, KW)))
                .containsExactly(14, -3);
    }

    @Test
    void voltages_fall_by_the_flows_through_the_impedances() {
        double[][] u = LosslessFlow.voltages_pu(
                NETWORK, 2, LosslessFlow.lineFlows(NETWORK, KW), LosslessFlow.lineFlows(NETWORK, KVAR));

        // (10 kW · .10 + 4 kvar · .05) / 160 = .0075, then (6 · .20 + 2 · .04) / 160 = .008
        assertThat(u[0]).containsExactly(1.02, 1.02);
        assertThat(u[1][0]).isCloseTo(1.02 - 0.0075, within(1e-12));
        assertThat(u[2][0]).isCloseTo(1.02 - 0.0075 - 0.008, within(1e-12));
        assertThat(u[3][0]).isCloseTo(1.02 - 0.47 / 160, within(1e-12));
        // feeding in raises it: (−6 · .10 + 1 · .05) / 160, then −8 · .20 / 160
        assertThat(u[1][1]).isCloseTo(1.02 + 0.55 / 160, within(1e-12));
        assertThat(u[2][1]).isCloseTo(1.02 + 0.55 / 160 + 0.01, within(1e-12));
    }

    @Test
    void a_substation_without_lines_keeps_its_voltage_at_every_step() {
        Network alone = new Network("alone", 400, VoltageBand.BRITISH, new Substation("S", 5, 0), List.of(), List.of());
        double[][] nodal = {{1, 2, 3}};
        double[][] flows = LosslessFlow.lineFlows(alone, nodal);

        assertThat(LosslessFlow.substationFlow(alone, nodal, flows)).containsExactly(1, 2, 3);
        assertThat(LosslessFlow.voltages_pu(alone, 3, flows, flows)).isDeepEqualTo(new double[][] {{1, 1, 1}});
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void flows_agree_with_adding_each_node_to_every_line_above_it(long seed) {
        Network network = RandomNetworks.of(seed, 60);
        double[][] nodal = new double[network.nodeCount()][2];
        double[][] expected = new double[network.lineCount()][2];
        for (int n = 0; n < nodal.length; n++) {
            nodal[n][0] = n - 20;
            nodal[n][1] = 0.5 * n;
            for (int l = n - 1; l >= 0; l = network.parentLine(l)) {
                expected[l][0] += nodal[n][0];
                expected[l][1] += nodal[n][1];
            }
        }

        assertThat(LosslessFlow.lineFlows(network, nodal)).isDeepEqualTo(expected);
    }
}
