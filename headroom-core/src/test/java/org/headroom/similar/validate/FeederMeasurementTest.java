package org.headroom.similar.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.headroom.network.Network;
import org.headroom.network.RandomNetworks;
import org.headroom.powerflow.AcPowerFlow;
import org.headroom.similar.measure.NetworkShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeederMeasurementTest {
    /**
     * <pre>
     *   S — 0 — 1 — 2 (1 home)
     *           |— 3 — 4 (2 homes)
     * </pre>
     * Node 0 has a home. Lines are 10, 20, 30, 40 and 50 m long at 1 ohm/km, and rated 200 A but for 2 and 4: 75 A.
     */
    private static final NetworkShape STREET = new NetworkShape(
            "street",
            0,
            new int[] {-1, 0, 1, 1, 3},
            new int[] {1, 0, 1, 0, 2},
            new double[] {10, 20, 30, 40, 50},
            new double[] {.01, .02, .03, .04, .05},
            new double[] {.001, .002, .003, .004, .005},
            new double[] {200, 200, 75, 200, 75});

    private static double value(Feature feature) {
        return FeederMeasurement.of(STREET, 400).values()[feature.index()];
    }

    @Test
    void distances_of_a_street_by_hand() {
        // Homes at 10, 60 and, twice, 120 m.
        assertThat(value(Feature.HOME_DISTANCE)).isCloseTo(77.5, within(1e-9));
        assertThat(value(Feature.FARTHEST_HOME)).isCloseTo(120, within(1e-9));
        assertThat(value(Feature.HOME_DISTANCE_SPREAD))
                .isCloseTo(Math.sqrt((67.5 * 67.5 + 17.5 * 17.5 + 2 * 42.5 * 42.5) / 4) / 77.5, within(1e-9));
        assertThat(value(Feature.GREATEST_RESISTANCE)).isCloseTo(0.12, within(1e-9));
        assertThat(value(Feature.HOME_DEPTH)).isCloseTo((1 + 3 + 4 + 4) / 4.0, within(1e-9));
        assertThat(value(Feature.OUTER_HOMES)).isCloseTo(50, within(1e-9));
        assertThat(value(Feature.REACTANCE_RATIO)).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void the_mean_distance_between_two_homes_is_that_over_all_pairs() {
        // 10-60: 50 m, 10-120: 110 m twice, 60-120: 30 + 90 m twice, the two at one node: 0.
        assertThat(value(Feature.BETWEEN_HOMES)).isCloseTo((50 + 2 * 110 + 2 * 120) / 6.0, within(1e-9));
    }

    @Test
    void branchings_of_a_street_by_hand() {
        assertThat(value(Feature.BRANCH_DEPTH)).isCloseTo(2 / 4.0, within(1e-9));
        assertThat(value(Feature.IMBALANCE)).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(value(Feature.MOST_CHILDREN)).isEqualTo(2);
        assertThat(value(Feature.STRAHLER)).isEqualTo(2);
        assertThat(value(Feature.LEAF_DEPTH_SPREAD)).isCloseTo(0.5 / 3.5, within(1e-9));
    }

    @Test
    void homes_below_the_lines_of_a_street_by_hand() {
        // Below: 4, 3, 1, 2, 2.
        assertThat(value(Feature.HOMES_BELOW)).isCloseTo(12 / 5.0 / 4, within(1e-9));
        assertThat(value(Feature.SHARED_LENGTH)).isCloseTo(77.5 / 150, within(1e-9));
        assertThat(value(Feature.HOMES_BELOW_GINI))
                .isCloseTo((3 + 2 + 1 + 1 + 2 + 1 + 1 + 0 + 1 + 2) * 2.0 / (2 * 25 * 2.4), within(1e-9));
    }

    @Test
    void cables_of_a_street_by_hand() {
        assertThat(value(Feature.CLASS_CHANGES)).isCloseTo(3 / 4.0, within(1e-9));
        assertThat(value(Feature.WIDENING)).isZero();
        assertThat(value(Feature.LONGEST_RUN)).isCloseTo(70 / 150.0, within(1e-9));
        assertThat(value(Feature.MAINS_PER_HOME)).isCloseTo(70 / 4.0, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void voltages_and_losses_are_those_of_the_network_s_power_flow(long seed) {
        Network network = RandomNetworks.of(seed, 40);
        double[] kW = new double[network.nodeCount()];
        double[] kvar = new double[network.nodeCount()];
        for (int n = 0; n < kW.length; n++) {
            kW[n] = 2 * network.node(n).homes();
            kvar[n] = kW[n] * Math.tan(Math.acos(0.95));
        }
        AcPowerFlow flow = AcPowerFlow.of(network, 1);
        assertThat(flow.solve(kW, kvar)).isTrue();
        double lowest = 2;
        for (int n = 0; n < kW.length; n++) {
            lowest = Math.min(lowest, flow.voltage_pu(n, 0));
        }
        FeederMeasurement measured = FeederMeasurement.of(NetworkShape.of(network), network.base_V());
        double source = network.voltage().source_pu();
        // The measurement's substation stands at 1 per unit; drops and losses go with the inverse of voltage, nearly.
        assertThat(measured.values()[Feature.LARGEST_DROP.index()])
                .isCloseTo(100 * (source - lowest) * source, within(0.02 * 100 * (source - lowest)));
        assertThat(measured.values()[Feature.LOSSES.index()])
                .isCloseTo(
                        100 * flow.losses_kW(0) * source * source / (2 * network.homeCount()),
                        within(0.02 * 100 * flow.losses_kW(0) / network.homeCount()));
    }
}
