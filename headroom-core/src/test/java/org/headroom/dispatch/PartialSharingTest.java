package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.headroom.dispatch.tree.TreeSolver;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** V-V2V with parts of it switched off, by hand and against the modes at its ends. */
class PartialSharingTest {
    private static final ChargingMode V2G = new ChargingMode.VehicleToGrid();
    private static final ChargingMode SHARED = new ChargingMode.VirtualVehicleToVehicle();

    private static PartialSharing.Solved solved(PartialSharing sharing, DayProblem day) {
        PartialSharing.Solved solved = sharing.findSolved(day);
        if (solved == null) {
            throw new AssertionError(sharing + ": no schedule");
        }
        assertThat(solved.isProved()).as(sharing.toString()).isTrue();
        return solved;
    }

    private static double objective_gbp(DayProblem day, ChargingMode mode) {
        if (TreeSolver.solve(day, mode) instanceof DispatchResult.Solved solved) {
            return solved.outcome().objective_gbp();
        }
        throw new AssertionError(mode.label());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 7, 8, 10, 13})
    void with_everything_off_it_costs_what_v2g_costs(long seed) {
        DayProblem day = RandomDays.generous(seed, 24);

        double expected = objective_gbp(day, V2G);
        assertThat(solved(PartialSharing.of(0), day).objective_gbp())
                .isCloseTo(expected, within(2e-6 * Math.max(1, Math.abs(expected))));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 7, 8, 10, 13})
    void with_everything_on_it_costs_what_v_v2v_costs(long seed) {
        DayProblem day = RandomDays.of(seed, 24, 60, Expansion.NEVER);
        if (!(TreeSolver.solve(day, SHARED) instanceof DispatchResult.Solved shared)) {
            assertThat(PartialSharing.of(7).findSolved(day)).isNull();
            return;
        }

        double expected = shared.outcome().objective_gbp();
        assertThat(solved(PartialSharing.of(7), day).objective_gbp())
                .isCloseTo(expected, within(2e-6 * Math.max(1, Math.abs(expected))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4, 5, 8})
    void sharing_more_never_costs_more(long seed) {
        DayProblem day = RandomDays.generous(seed, 24);
        double[] cost = new double[PartialSharing.COMBINATIONS];
        for (int c = 0; c < cost.length; c++) {
            cost[c] = solved(PartialSharing.of(c), day).objective_gbp();
        }

        for (int c = 0; c < cost.length; c++) {
            for (int part : new int[] {1, 2}) { // counting peaks is another objective
                assertThat(cost[c | part]).isLessThanOrEqualTo(cost[c] + 1e-5);
            }
        }
    }

    @Test
    void where_nothing_counts_but_energy_the_dispatch_of_all_parts_is_v_v2v_without_present_values() {
        DayProblem day = homes();

        assertThat(solved(PartialSharing.of(3), day).objective_gbp())
                .isCloseTo(solved(PartialSharing.of(7), day).objective_gbp(), within(1e-7));
    }

    /**
     * At noon one home has 6 kWh of PV to spare, in the evening the other wants 4 kWh at .30; the car of the first has 20 kWh to
     * come back to. Energy from the grid costs .30 all day, and selling earns .10.
     */
    private static DayProblem homes() {
        double[][] demand = new double[2][24];
        double[][] pv = new double[2][24];
        pv[0][12] = 6;
        demand[1][12] = 2;
        demand[1][20] = 4;
        double[] buy = TwoPriceDays.filled(0.30);
        double[] sell = TwoPriceDays.filled(0.10);
        Session car = new Session("car", 1, 0, 7, 20, 8, 23, 10, 10, 0);
        return new DayProblem(
                new Network(
                        "two homes",
                        400,
                        VoltageBand.BRITISH,
                        new Substation("S", 1000, 0),
                        List.of(new Node("a", null, 1, 0), new Node("b", null, 1, 0)),
                        List.of(
                                new Line("Sa", "S", "a", 10, "x", 1e-6, 0, 1000, 0),
                                new Line("Sb", "S", "b", 10, "x", 1e-6, 0, 1000, 0))),
                DaySteps.HOURLY,
                RandomDays.withoutExpansion(),
                List.of("sunny", "other"),
                new int[] {1, 2},
                demand,
                new double[2][24],
                pv,
                buy,
                sell,
                List.of(car));
    }

    /**
     * Alone, the sunny home sells its 6 kWh and the other buys 2 and 4. Sharing PV serves the 2 at noon. Sharing the car stores
     * 6 kWh, of which .9025 come back: to the 4 of the evening and what is left to noon, since a car may take and give in one
     * step. Sharing both serves noon from the roof and the evening from the 4 kWh left.
     */
    @ParameterizedTest
    @CsvSource({"false, false, 6, 6", "true, false, 4, 4", "false, true, 0.585, 0", "true, true, 0.39, 0"})
    void parts_by_hand(boolean pv, boolean cars, double bought_kWh, double sold_kWh) {
        assertThat(solved(new PartialSharing(pv, cars, false), homes()).energyCost_gbp())
                .isCloseTo(0.30 * bought_kWh - 0.10 * sold_kWh, within(1e-7));
    }

    @Test
    void lines_that_lose_are_refused() {
        DayProblem day = RandomDays.withLosses(RandomDays.generous(1, 24), new Losses.Fixed(0.01));

        assertThatThrownBy(() -> PartialSharing.of(3).findSolved(day)).hasMessageContaining("Maybe losses: none");
    }
}
