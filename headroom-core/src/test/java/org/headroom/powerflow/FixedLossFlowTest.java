package org.headroom.powerflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.headroom.network.Network;
import org.headroom.network.RandomNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that lose a fixed share of their flow. */
class FixedLossFlowTest {
    @Test
    void a_line_takes_more_than_it_delivers_down_and_hands_up_less_than_it_is_given() {
        assertThat(FixedLossFlow.taken_kW(10, 0.1)).isCloseTo(11, within(1e-12));
        assertThat(FixedLossFlow.taken_kW(-10, 0.1)).isCloseTo(-9, within(1e-12));
    }

    @Test
    void a_flow_is_largest_where_it_goes_in() {
        assertThat(FixedLossFlow.entering_kW(10, 0.1)).isCloseTo(11, within(1e-12));
        assertThat(FixedLossFlow.entering_kW(-10, 0.1)).isEqualTo(-10);
        assertThat(FixedLossFlow.entering_kW(new double[][] {{-10, 20}, {0, -3}}, 0.5))
                .isDeepEqualTo(new double[][] {{-10, 30}, {0, -3}});
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_share_of_0_is_the_lossless_flow_to_the_bit(long seed) {
        Network network = RandomNetworks.of(seed, 60);
        double[][] nodal = nodal(network);
        double[][] lossless = LosslessFlow.lineFlows(network, nodal);
        double[][] flow = FixedLossFlow.delivered_kW(network, nodal, 0);

        assertThat(flow).isDeepEqualTo(lossless);
        assertThat(FixedLossFlow.substationFlow_kW(network, nodal, flow, 0))
                .containsExactly(LosslessFlow.substationFlow(network, nodal, lossless));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void every_nodes_power_and_every_lines_loss_come_from_the_substation(long seed) {
        Network network = RandomNetworks.of(seed, 60);
        double[][] nodal = nodal(network);
        double[][] flow = FixedLossFlow.delivered_kW(network, nodal, 0.03);
        double[] substation = FixedLossFlow.substationFlow_kW(network, nodal, flow, 0.03);

        for (int t = 0; t < 2; t++) {
            double sum = 0;
            for (double[] node : nodal) {
                sum += node[t];
            }
            for (double[] line : flow) {
                sum += 0.03 * Math.abs(line[t]);
            }
            assertThat(substation[t]).isCloseTo(sum, within(1e-9));
        }
    }

    private static double[][] nodal(Network network) {
        double[][] nodal = new double[network.nodeCount()][2];
        for (int n = 0; n < nodal.length; n++) {
            nodal[n][0] = 0.7 * (n - 20);
            nodal[n][1] = 0.31 * n;
        }
        return nodal;
    }
}
