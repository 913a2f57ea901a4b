package org.headroom.powerflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.headroom.network.Network;
import org.headroom.network.RandomNetworks;
import org.headroom.powerflow.AcPowerFlow.Convergence;
import org.headroom.powerflow.RadialCase.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** AC power flow: closed forms of two nodes, and what must hold on any tree. */
class AcPowerFlowTest {
    static Stream<RadialCase> networks() {
        List<RadialCase> cases = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (int nodes : new int[] {3, 25, 118}) {
                cases.add(RadialCase.random(shape, nodes, 100 + cases.size()));
            }
            cases.add(RadialCase.random(shape, 30, 100 + cases.size()).withPerfectConductors());
        }
        return cases.stream();
    }

    private static RadialCase twoNodes(double kW, double kvar, double resistance_ohm, double reactance_ohm) {
        return new RadialCase(
                "two nodes",
                400,
                1.05,
                new int[] {0},
                new double[] {resistance_ohm},
                new double[] {reactance_ohm},
                new double[] {0, kW},
                new double[] {0, kvar});
    }

    /** The same, every node a consumer. */
    private static RadialCase consumers(RadialCase at) {
        RadialCase copy = at.scaled(1);
        for (int n = 0; n < copy.kW.length; n++) {
            copy.kW[n] = Math.abs(copy.kW[n]);
            copy.kvar[n] = Math.abs(copy.kvar[n]);
        }
        return copy;
    }

    @ParameterizedTest
    @CsvSource({
        "10, 3, 0.1, 0.05",
        "150, 40, 0.1, 0.05",
        "300, 0, 0.1, 0.05",
        "-80, 10, 0.2, 0.01",
        "-80, -30, 0.2, 0.4",
        "0, 0, 0.1, 0.1",
        "60, 20, 0, 0.2"
    })
    void two_nodes_meet_the_quadratic_of_the_squared_voltage(double kW, double kvar, double r_ohm, double x_ohm) {
        double source_V2 = 420 * 420;
        double p = 1000 * kW;
        double q = 1000 * kvar;
        double b = source_V2 - 2 * (r_ohm * p + x_ohm * q);
        double far_V2 = (b + Math.sqrt(b * b - 4 * (r_ohm * r_ohm + x_ohm * x_ohm) * (p * p + q * q))) / 2;
        double loss_kW = r_ohm * (p * p + q * q) / far_V2 / 1000;

        AcPowerFlow flow = twoNodes(kW, kvar, r_ohm, x_ohm).solve();

        assertThat(flow.convergence(0)).isEqualTo(Convergence.CONVERGED);
        assertThat(flow.voltage_pu(1, 0)).isCloseTo(Math.sqrt(far_V2) / 400, within(1e-12));
        assertThat(flow.loss_kW(0, 0)).isCloseTo(loss_kW, within(1e-12 * Math.max(1, loss_kW)));
        assertThat(flow.substation_kW(0)).isCloseTo(kW + loss_kW, within(1e-12 * Math.max(1, Math.abs(kW))));
    }

    /** From the far end: a voltage and a load there give the current, and that the source which it takes. */
    @Test
    void a_line_worked_out_from_its_far_end_is_found_from_its_source() {
        double far_V = 225;
        double r_ohm = 0.15;
        double x_ohm = 0.08;
        double active_A = 110;
        double reactive_A = 35;
        double source_V =
                Math.hypot(far_V + r_ohm * active_A + x_ohm * reactive_A, x_ohm * active_A - r_ohm * reactive_A);
        AcPowerFlow flow = new RadialCase(
                        "one phase, three times",
                        230 * Math.sqrt(3),
                        source_V / 230,
                        new int[] {0},
                        new double[] {r_ohm},
                        new double[] {x_ohm},
                        new double[] {0, 3 * far_V * active_A / 1000},
                        new double[] {0, 3 * far_V * reactive_A / 1000})
                .solve();

        assertThat(flow.voltage_pu(1, 0)).isCloseTo(far_V / 230, within(1e-12));
        double current_A2 = active_A * active_A + reactive_A * reactive_A;
        assertThat(flow.loss_kW(0, 0)).isCloseTo(3 * r_ohm * current_A2 / 1000, within(1e-10));
        assertThat(flow.loss_kvar(0, 0)).isCloseTo(3 * x_ohm * current_A2 / 1000, within(1e-10));
    }

    @Test
    void more_than_a_line_can_carry_is_a_voltage_collapse() {
        // a resistance carries at most U²/4R to a load without reactive power
        double most_kW = 420 * 420 / (4 * 0.1) / 1000;

        assertThat(twoNodes(most_kW * 0.999999, 0, 0.1, 0).solve().convergence(0))
                .isEqualTo(Convergence.CONVERGED);
        AcPowerFlow beyond = twoNodes(most_kW * 1.000001, 0, 0.1, 0).solve();
        assertThat(beyond.convergence(0)).isEqualTo(Convergence.COLLAPSED);
        assertThat(beyond.voltage_pu(1, 0)).isNaN();
        assertThat(beyond.losses_kW(0)).isNaN();
        assertThat(beyond.substation_kW(0)).isNaN();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void a_growing_load_ends_in_collapse_and_stays_there(RadialCase network) {
        RadialCase at = consumers(network);
        double holds = 1;
        while (at.scaled(2 * holds).solve().convergence(0) == Convergence.CONVERGED) {
            holds *= 2;
        }
        double fails = 2 * holds;
        for (int halving = 0; halving < 30; halving++) {
            double between = (holds + fails) / 2;
            if (at.scaled(between).solve().convergence(0) == Convergence.CONVERGED) {
                holds = between;
            } else {
                fails = between;
            }
        }
        assertThat(at.scaled(1.001 * fails).solve().convergence(0)).isEqualTo(Convergence.COLLAPSED);
        assertThat(at.scaled(10 * fails).solve().convergence(0)).isEqualTo(Convergence.COLLAPSED);
        assertThat(at.scaled(1e6 * fails).solve().convergence(0)).isEqualTo(Convergence.COLLAPSED);
    }

    @Test
    void a_collapse_at_one_step_leaves_the_others_as_they_are() {
        RadialCase at = consumers(RadialCase.random(Shape.SPINES, 50, 3));
        AcPowerFlow alone = at.solve();
        AcPowerFlow flow = at.flow(3);
        double[] kW = new double[150];
        double[] kvar = new double[150];
        for (int n = 0; n < 50; n++) {
            for (int t = 0; t < 3; t++) {
                kW[3 * n + t] = at.kW[n] * (t == 1 ? 1000 : 1);
                kvar[3 * n + t] = at.kvar[n];
            }
        }

        assertThat(flow.solve(kW, kvar)).isFalse();
        assertThat(flow.convergence(0)).isEqualTo(Convergence.CONVERGED);
        assertThat(flow.convergence(1)).isEqualTo(Convergence.COLLAPSED);
        assertThat(flow.convergence(2)).isEqualTo(Convergence.CONVERGED);
        for (int n = 0; n < 50; n++) {
            assertThat(flow.voltage_pu(n, 1)).isNaN();
            assertThat(flow.voltage_pu(n, 2)).isCloseTo(alone.voltage_pu(n, 0), within(1e-10));
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void power_balances_at_every_node_and_no_line_loses_less_than_nothing(RadialCase at) {
        AcPowerFlow flow = at.solve();
        int nodes = at.kW.length;
        double[] left_kW = new double[nodes];
        double[] left_kvar = new double[nodes];
        left_kW[0] = flow.substation_kW(0);
        left_kvar[0] = flow.substation_kvar(0);
        double taken_kW = flow.losses_kW(0);
        for (int n = 0; n < nodes; n++) {
            left_kW[n] -= at.kW[n];
            left_kvar[n] -= at.kvar[n];
            taken_kW += at.kW[n];
        }
        for (int l = 0; l < nodes - 1; l++) {
            left_kW[l + 1] += flow.delivered_kW(l, 0);
            left_kvar[l + 1] += flow.delivered_kvar(l, 0);
            left_kW[at.parentNode[l]] -= flow.delivered_kW(l, 0) + flow.loss_kW(l, 0);
            left_kvar[at.parentNode[l]] -= flow.delivered_kvar(l, 0) + flow.loss_kvar(l, 0);
            assertThat(flow.loss_kW(l, 0)).isNotNegative();
        }
        assertThat(left_kW).containsOnly(new double[] {0}, within(1e-10));
        assertThat(left_kvar).containsOnly(new double[] {0}, within(1e-10));
        assertThat(flow.substation_kW(0)).isCloseTo(taken_kW, within(1e-9));
    }

    /** What a line delivers at its ends must be what its current carries; worked out here with complex voltages. */
    @ParameterizedTest
    @MethodSource("networks")
    void every_line_obeys_ohm(RadialCase at) {
        AcPowerFlow flow = at.solve();
        for (int l = 0; l < at.parentNode.length; l++) {
            double far_V = flow.voltage_pu(l + 1, 0) * at.base_V / Math.sqrt(3);
            double active_A = 1000 * flow.delivered_kW(l, 0) / (3 * far_V);
            double reactive_A = 1000 * flow.delivered_kvar(l, 0) / (3 * far_V);
            double r = at.resistance_ohm[l];
            double x = at.reactance_ohm[l];
            double near_V = Math.hypot(far_V + r * active_A + x * reactive_A, x * active_A - r * reactive_A);
            assertThat(near_V * Math.sqrt(3) / at.base_V).isCloseTo(flow.voltage_pu(at.parentNode[l], 0), within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void a_heavier_load_lowers_every_voltage_and_raises_every_loss(RadialCase network) {
        RadialCase at = consumers(network);
        AcPowerFlow light = at.solve();
        AcPowerFlow heavy = at.scaled(1.1).solve();
        assertThat(heavy.losses_kW(0)).isGreaterThan(light.losses_kW(0));
        for (int l = 0; l < at.parentNode.length; l++) {
            boolean carries = light.loss_kW(l, 0) > 0;
            assertThat(heavy.loss_kW(l, 0)).isGreaterThanOrEqualTo(light.loss_kW(l, 0));
            if (carries) {
                assertThat(heavy.voltage_pu(l + 1, 0)).isLessThan(light.voltage_pu(l + 1, 0));
            } else {
                assertThat(heavy.voltage_pu(l + 1, 0)).isLessThanOrEqualTo(light.voltage_pu(l + 1, 0));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4"})
    void as_loads_vanish_it_becomes_the_lossless_flow(long seed) {
        Network network = RandomNetworks.of(seed, 80);
        double tenth = largestDifference_pu(network, 0.1);
        double hundredth = largestDifference_pu(network, 0.01);

        assertThat(tenth).isPositive().isLessThan(1e-4);
        // what the lossless model leaves out grows with the square of the load
        assertThat(hundredth).isCloseTo(tenth / 100, within(0.03 * tenth / 100));
    }

    /** At a source of 1 pu, where the linear model touches the exact one at no load. */
    private static double largestDifference_pu(Network network, double home_kW) {
        double[][] kW = new double[network.nodeCount()][1];
        double[][] kvar = new double[network.nodeCount()][1];
        for (int n = 0; n < network.nodeCount(); n++) {
            kW[n][0] = home_kW * network.node(n).homes();
            kvar[n][0] = 0.3 * kW[n][0];
        }
        double[][] lossless = LosslessFlow.voltages_pu(
                network, 1, LosslessFlow.lineFlows(network, kW), LosslessFlow.lineFlows(network, kvar));
        AcPowerFlow flow = AcPowerFlow.of(network, 1);
        flow.solve(column(kW), column(kvar));
        double largest = 0;
        for (int n = 0; n < network.nodeCount(); n++) {
            largest = Math.max(largest, Math.abs(flow.voltage_pu(n, 0) - lossless[n][0]));
        }
        return largest;
    }

    private static double[] column(double[][] rows) {
        return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
    }

    @Test
    void a_line_without_impedance_loses_nothing_and_keeps_the_voltage() {
        RadialCase at = RadialCase.random(Shape.SPINES, 60, 5).withPerfectConductors();
        AcPowerFlow flow = at.solve();
        int perfect = 0;
        for (int l = 0; l < at.parentNode.length; l++) {
            if (at.resistance_ohm[l] == 0) {
                perfect++;
                assertThat(flow.loss_kW(l, 0)).isZero();
                assertThat(flow.voltage_pu(l + 1, 0)).isEqualTo(flow.voltage_pu(at.parentNode[l], 0));
            }
        }
        assertThat(perfect).isGreaterThan(10);
    }

    @Test
    void a_substation_without_lines_has_its_voltage_and_its_own_load() {
        AcPowerFlow flow = new AcPowerFlow(new int[0], new double[0], new double[0], 1.02, 2);

        assertThat(flow.solve(new double[] {3, 4}, new double[] {1, 0})).isTrue();
        assertThat(flow.voltage_pu(0, 1)).isEqualTo(1.02);
        assertThat(flow.substation_kW(1)).isEqualTo(4);
        assertThat(flow.losses_kW(1)).isZero();
    }

    @Test
    void the_same_input_gives_the_same_bits_whatever_was_solved_before() {
        RadialCase at = RadialCase.random(Shape.RANDOM, 118, 8);
        AcPowerFlow fresh = at.solve();
        AcPowerFlow used = at.flow(1);
        assertThat(used.solve(at.scaled(1e6).kW, at.kvar)).isFalse();
        assertThat(used.solve(at.kW, at.kvar)).isTrue();

        for (int n = 0; n < at.kW.length; n++) {
            assertThat(used.voltage_pu(n, 0)).isEqualTo(fresh.voltage_pu(n, 0));
        }
        assertThat(used.substation_kW(0)).isEqualTo(fresh.substation_kW(0));
        assertThat(used.losses_kW(0)).isEqualTo(fresh.losses_kW(0));
    }

    @Test
    void a_solve_allocates_nothing() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RadialCase at = RadialCase.random(Shape.SPINES, 118, 9);
        AcPowerFlow flow = at.flow(1);
        flow.solve(at.kW, at.kvar);
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            flow.solve(at.kW, at.kvar);
        }
        // what asking itself may cost; a single array a solve would be a megabyte
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    @Test
    void lines_out_of_order_are_refused() {
        assertThatThrownBy(() -> new AcPowerFlow(new int[] {0, 2}, new double[2], new double[2], 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 1: its upper node is 2, expected 0 to 1");
    }

    @Test
    void loads_of_another_shape_are_refused() {
        AcPowerFlow flow = new AcPowerFlow(new int[] {0}, new double[1], new double[1], 1, 24);
        assertThatThrownBy(() -> flow.solve(new double[24], new double[48]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("24 kW and 48 kvar, expected 48 of each");
    }
}
