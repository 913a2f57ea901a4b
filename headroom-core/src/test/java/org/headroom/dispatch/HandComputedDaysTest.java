package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headroom.dispatch.TwoPriceDays.ETA;
import static org.headroom.dispatch.TwoPriceDays.session;
import static org.headroom.dispatch.TwoPriceDays.solved;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Days small enough to be dispatched by hand. */
class HandComputedDaysTest {
    private static final ChargingMode IMMEDIATE = new ChargingMode.Immediate();
    private static final ChargingMode SMART = new ChargingMode.Smart();
    private static final ChargingMode V2G = new ChargingMode.VehicleToGrid();
    private static final ChargingMode SHARED = new ChargingMode.VirtualVehicleToVehicle();

    @Test
    void smart_charging_fills_the_cheap_hour_and_takes_the_rest_dear() {
        TwoPriceDays day = new TwoPriceDays();
        day.buy[3] = 0.10;

        // 9.5 kWh stored are 10 kWh from the wall: 7 at .10, 3 at .30
        DayOutcome outcome = solved(day.problem(session(7, 22, 7, 20, 29.5)), SMART);

        assertThat(outcome.objective_gbp()).isCloseTo(7 * 0.10 + 3 * 0.30, within(1e-8));
        assertThat(outcome.schedule().charge_kW(0, 5)).isCloseTo(7, within(1e-6)); // step 3 of a stay from 22
    }

    @Test
    void immediate_charging_pays_the_dear_price_from_plug_in_on_and_ends_with_a_part_step() {
        TwoPriceDays day = new TwoPriceDays();
        day.buy[3] = 0.10;

        DayOutcome outcome = solved(day.problem(session(7, 22, 7, 20, 29.5)), IMMEDIATE);

        assertThat(outcome.objective_gbp()).isCloseTo(10 * 0.30, within(1e-9));
        assertThat(outcome.schedule().charge_kW(0, 0)).isEqualTo(7);
        assertThat(outcome.schedule().charge_kW(0, 1)).isCloseTo(3, within(1e-9));
        assertThat(outcome.schedule().charge_kW(0, 2)).isZero();
    }

    /** Buys at .10 in the first hour, sells in the second: pays above .10 / .9025 + .01 of wear. */
    @ParameterizedTest
    @CsvSource({"0.15, true", "0.1209, true", "0.1207, false", "0.11, false"})
    void a_car_gives_energy_back_only_where_the_spread_pays_losses_and_wear(double sell, boolean pays) {
        TwoPriceDays day = new TwoPriceDays();
        day.buy[10] = 0.10;
        day.sell[11] = sell;

        DayOutcome outcome = solved(day.problem(session(5, 10, 12, 25, 25)), V2G);

        double back_kWh = 5 * ETA * ETA;
        double profit = back_kWh * (sell - 0.01) - 5 * 0.10;
        assertThat(profit > 0).isEqualTo(pays);
        assertThat(outcome.objective_gbp()).isCloseTo(pays ? -profit : 0, within(1e-8));
        assertThat(outcome.discharged_kWh()).isCloseTo(pays ? back_kWh : 0, within(1e-4));
        assertThat(outcome.degradationCost_gbp()).isCloseTo(pays ? 0.01 * back_kWh : 0, within(1e-6));
    }

    @Test
    void a_car_serves_its_own_home_in_the_dear_hour() {
        TwoPriceDays day = new TwoPriceDays();
        day.buy[10] = 0.10;
        day.demand_kW[11] = 2;

        DayOutcome outcome = solved(day.problem(session(5, 10, 12, 25, 25)), V2G);

        assertThat(outcome.objective_gbp()).isCloseTo(2 / (ETA * ETA) * 0.10 + 2 * 0.01, within(1e-8));
    }

    @Test
    void a_car_may_leave_with_less_than_it_brought() {
        TwoPriceDays day = new TwoPriceDays();
        day.sell[4] = 0.20;

        // 4.75 kWh out of the battery are 4.5125 kWh sold
        DayOutcome outcome = solved(day.problem(session(7, 3, 6, 20, 15.25)), V2G);

        assertThat(outcome.objective_gbp()).isCloseTo(-4.5125 * (0.20 - 0.01), within(1e-8));
    }

    @Test
    void smart_charging_of_a_car_that_must_give_energy_back_is_refused_with_its_figures() {
        DispatchResult result = HighsSolver.solve(new TwoPriceDays().problem(session(7, 3, 6, 20, 15.25)), SMART);

        assertThat(result)
                .isInstanceOfSatisfying(
                        DispatchResult.Infeasible.class,
                        infeasible -> assertThat(infeasible.violations())
                                .singleElement()
                                .asString()
                                .contains("session car", "arrives with 20.000 kWh", "leave with 15.250 kWh"));
    }

    @ParameterizedTest
    @EnumSource(Solver.class)
    void departures_out_of_reach_are_named_alike_by_every_mode_and_solver(Solver solver) {
        DayProblem late = new TwoPriceDays().problem(session(7, 3, 5, 20, 40));
        DayProblem emptied = new TwoPriceDays().problem(session(7, 3, 4, 20, 5));

        for (ChargingMode mode : List.of(SMART, V2G, SHARED)) {
            assertThat(solver.solve(late, mode))
                    .isInstanceOfSatisfying(
                            DispatchResult.Infeasible.class,
                            infeasible -> assertThat(infeasible.violations())
                                    .containsExactly(
                                            "session car: must leave with 40.000 kWh, but only %s to 33.300 kWh can be reached"
                                                    .formatted(mode.mayDischarge() ? "5.263" : "20.000")));
        }
        for (ChargingMode mode : List.of(V2G, SHARED)) {
            assertThat(solver.solve(emptied, mode))
                    .isInstanceOfSatisfying(
                            DispatchResult.Infeasible.class,
                            infeasible -> assertThat(infeasible.violations())
                                    .containsExactly(
                                            "session car: must leave with 5.000 kWh, but only 12.632 to 26.650 kWh can be reached"));
        }
    }

    /** Files round: 1e-7 kWh in 40 are not out of reach. */
    @Test
    void a_departure_just_beyond_reach_is_met_as_far_as_it_can_be_where_homes_share() {
        DayProblem problem = new TwoPriceDays().problem(session(7, 3, 5, 20, 20 + 14 * ETA + 1e-7));

        assertThat(Solver.TREE.solve(problem, SHARED)).isInstanceOfSatisfying(DispatchResult.Solved.class, solved -> {
            assertThat(solved.outcome().schedule().charge_kW(0, 0)).isCloseTo(7, within(1e-6));
            assertThat(solved.outcome().schedule().charge_kW(0, 1)).isCloseTo(7, within(1e-6));
        });
    }

    @Test
    void pv_is_turned_off_where_exporting_costs_money() {
        TwoPriceDays day = new TwoPriceDays();
        day.pv_kW[12] = 3;
        day.demand_kW[12] = 1;
        day.sell[12] = -0.05;

        assertThat(solved(day.problem(), SMART).curtailed_kWh()).isCloseTo(2, within(1e-6));
        assertThat(solved(day.problem(), SMART).objective_gbp()).isCloseTo(0, within(1e-8));
        assertThat(solved(day.problem(), IMMEDIATE).objective_gbp()).isCloseTo(2 * 0.05, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"EARLIEST, 7 7 0 0 0", "LATEST, 0 0 0 7 7"})
    void equally_cheap_hours_are_taken_in_the_tie_breaks_order(TieBreak tieBreak, String powers) {
        TwoPriceDays day = new TwoPriceDays();
        day.tieBreak = tieBreak;

        DayOutcome outcome = solved(day.problem(session(7, 22, 3, 20, 20 + 14 * ETA)), SMART);

        assertPowers(outcome, powers, 1e-5);
        assertThat(outcome.objective_gbp()).isCloseTo(14 * 0.30, within(1e-8));
    }

    @Test
    void spread_takes_equally_cheap_hours_evenly() {
        TwoPriceDays day = new TwoPriceDays();
        day.tieBreak = TieBreak.SPREAD;

        // 8.75 kWh over five hours: 1.75 kW, an end of one of the eight pieces of 7 kW
        DayOutcome outcome = solved(day.problem(session(7, 22, 3, 20, 20 + 8.75 * ETA)), SMART);

        assertPowers(outcome, "1.75 1.75 1.75 1.75 1.75", 1e-5);
    }

    @ParameterizedTest
    @EnumSource(TieBreak.class)
    void no_tie_break_costs_more(TieBreak tieBreak) {
        TwoPriceDays day = new TwoPriceDays();
        day.buy[0] = 0.10;
        day.buy[1] = 0.20;
        day.tieBreak = tieBreak;

        DayOutcome outcome = solved(day.problem(session(7, 22, 3, 20, 20 + 10 * ETA)), SMART);

        assertPowers(outcome, "0 0 7 3 0", 1e-4);
    }

    /** Two cars take two whole hours of five each; a line that holds one at a time leaves 30 ways, of which one has the least weights. */
    @ParameterizedTest
    @EnumSource(Solver.class)
    void behind_a_line_that_holds_one_car_two_take_the_arbitrary_hours_of_least_weight(Solver solver) {
        TwoPriceDays day = new TwoPriceDays();
        day.tieBreak = TieBreak.ARBITRARY;
        day.capacity_kVA = 7;
        Set<String> taken = new HashSet<>();
        for (int pair = 0; pair < 12; pair++) {
            Session[] cars = new Session[2];
            for (int c = 0; c < 2; c++) {
                cars[c] = new Session("car" + (2 * pair + c), 1, 0, 7, 50, 22, 3, 20, 20 + 14 * ETA, 5000);
            }
            DayProblem problem = day.problem(cars);
            assertThat(solver.solve(problem, SMART)).isInstanceOfSatisfying(DispatchResult.Solved.class, solved -> {
                assertThat(solved.outcome().objective_gbp()).isCloseTo(28 * 0.30, within(1e-5));
                int best = leastWeighted(cars);
                for (int k = 0; k < 5; k++) {
                    for (int c = 0; c < 2; c++) {
                        assertThat(solved.outcome().schedule().charge_kW(c, k))
                                .as("%s, hour %d", cars[c].id(), k)
                                .isCloseTo(takes(best, c, k) ? 7 : 0, within(0.05));
                    }
                }
                taken.add(Integer.toString(best));
            });
        }
        assertThat(taken).hasSizeGreaterThan(5);
    }

    /** The hours of least weight, by trying all: bit k for the first car, bit 5 + k for the second. */
    private static int leastWeighted(Session[] cars) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int hours = 0; hours < 1 << 10; hours++) {
            double weight = 0;
            for (int k = 0; k < 5; k++) {
                weight += takes(hours, 0, k) ? TieBreak.ARBITRARY.weight(cars[0], k, 5) : 0;
                weight += takes(hours, 1, k) ? TieBreak.ARBITRARY.weight(cars[1], k, 5) : 0;
            }
            int first = hours & 31;
            int second = hours >> 5;
            boolean possible = Integer.bitCount(first) == 2 && Integer.bitCount(second) == 2 && (first & second) == 0;
            if (possible && weight < least) {
                least = weight;
                best = hours;
            }
        }
        return best;
    }

    private static boolean takes(int hours, int car, int k) {
        return (hours >> (5 * car + k) & 1) == 1;
    }

    private static void assertPowers(DayOutcome outcome, String powers, double tolerance) {
        double[] expected = Arrays.stream(powers.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        for (int k = 0; k < expected.length; k++) {
            assertThat(outcome.schedule().charge_kW(0, k)).as("hour %d", k).isCloseTo(expected[k], within(tolerance));
        }
    }

    @Test
    void a_line_that_cannot_carry_what_cars_need_is_named_with_step_and_amount() {
        TwoPriceDays day = new TwoPriceDays();
        day.capacity_kVA = 6;
        day.demand_kW[3] = 2;

        // 7 kW all through both steps is the only way to leave full
        DispatchResult result = HighsSolver.solve(day.problem(session(7, 2, 4, 20, 20 + 14 * ETA)), SHARED);

        assertThat(result)
                .isInstanceOfSatisfying(
                        DispatchResult.Infeasible.class,
                        infeasible -> assertThat(infeasible.violations())
                                .containsExactly(
                                        "line Sa: 9.00 kVA at step 3, capacity 6.00 kVA, over by 3.00 kVA (2 steps over)"));
    }

    @Test
    void a_line_is_expanded_where_nothing_else_will_do() {
        TwoPriceDays day = new TwoPriceDays();
        day.capacity_kVA = 6;
        day.demand_kW[3] = 2;
        day.lineAsset_gbp = 730;
        day.expansion = Expansion.NEEDED;

        DayOutcome outcome = solved(day.problem(session(7, 2, 4, 20, 20 + 14 * ETA)), SHARED);

        assertThat(outcome.schedule().expanded(1)).isTrue();
        assertThat(outcome.schedule().expanded(0)).isFalse();
        assertThat(outcome.expansionCost_gbp()).isCloseTo(2, within(1e-12));
        assertThat(outcome.objective_gbp()).isCloseTo(16 * 0.30 + 2, within(1e-6));
    }

    @Test
    void a_line_is_not_expanded_where_waiting_will_do() {
        TwoPriceDays day = new TwoPriceDays();
        day.capacity_kVA = 6;
        day.demand_kW[3] = 2;
        day.lineAsset_gbp = 730;
        day.expansion = Expansion.NEEDED;

        DayOutcome outcome = solved(day.problem(session(7, 2, 8, 20, 20 + 14 * ETA)), SHARED);

        assertThat(outcome.schedule().expanded(1)).isFalse();
        assertThat(outcome.violations()).isEmpty();
    }

    @Test
    void immediate_charging_reports_the_limits_that_it_breaks() {
        TwoPriceDays day = new TwoPriceDays();
        day.capacity_kVA = 6;

        DayOutcome outcome = solved(day.problem(session(7, 2, 8, 20, 20 + 14 * ETA)), IMMEDIATE);

        assertThat(outcome.violations())
                .containsExactly("line Sa: 7.00 kVA at step 2, capacity 6.00 kVA, over by 1.00 kVA (2 steps over)");
    }

    @Test
    void immediate_charging_reports_the_expansions_that_it_asks_for() {
        TwoPriceDays day = new TwoPriceDays();
        day.capacity_kVA = 6;
        day.lineAsset_gbp = 365;
        day.expansion = Expansion.NEEDED;

        DayOutcome outcome = solved(day.problem(session(7, 2, 8, 20, 20 + 14 * ETA)), IMMEDIATE);

        assertThat(outcome.schedule().expanded(1)).isTrue();
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.objective_gbp()).isCloseTo(14 * 0.30 + 1, within(1e-9));
    }

    /** 0.6 ohm: 10 kW drop 1000 · 10 · .6 / 400² = 3.75 %, so 6 % allow 16 kW. */
    @Test
    void voltage_bounds_what_a_car_may_draw() {
        TwoPriceDays day = new TwoPriceDays();
        day.resistance_ohm = 0.6;
        day.buy[3] = 0.10;
        DayProblem problem = day.problem(session(22, 2, 5, 10, 10 + 22 * ETA));

        DayOutcome immediate = solved(problem, IMMEDIATE);
        assertThat(immediate.lowestVoltage_pu()).isCloseTo(1 - 0.0825, within(1e-12));
        assertThat(immediate.violations())
                .containsExactly("node a: 0.9175 pu at step 2, lower limit 0.9400 pu, below by 0.0225 pu");
        for (ChargingMode mode : List.of(SMART, V2G, SHARED)) {
            DayOutcome outcome = solved(problem, mode);
            assertThat(outcome.violations()).as(mode.label()).isEmpty();
            assertThat(outcome.lowestVoltage_pu()).isCloseTo(0.94, within(1e-6));
            // wall energy 22: 16 cheap, 6 dear
            assertThat(outcome.energyCost_gbp()).as(mode.label()).isCloseTo(16 * 0.10 + 6 * 0.30, within(1e-5));
        }
    }

    @Test
    void a_voltage_that_cannot_be_kept_is_named_with_node_step_and_amount() {
        TwoPriceDays day = new TwoPriceDays();
        day.resistance_ohm = 0.6;
        day.demand_kW[7] = 20;

        DispatchResult result = HighsSolver.solve(day.problem(), SHARED);

        assertThat(result)
                .isInstanceOfSatisfying(
                        DispatchResult.Infeasible.class,
                        infeasible -> assertThat(infeasible.violations())
                                .containsExactly(
                                        "node a: 0.9250 pu at step 7, lower limit 0.9400 pu, below by 0.0150 pu"));
    }

    @Test
    void demand_alone_beyond_a_lines_capacity_is_named() {
        TwoPriceDays day = new TwoPriceDays();
        day.capacity_kVA = 6;
        day.demand_kW[7] = 8;
        day.demand_kvar[7] = 6;

        DispatchResult result = HighsSolver.solve(day.problem(), SMART);

        assertThat(result)
                .isInstanceOfSatisfying(
                        DispatchResult.Infeasible.class,
                        infeasible -> assertThat(infeasible.violations())
                                .containsExactly(
                                        "line Sa: 10.00 kVA at step 7, capacity 6.00 kVA, over by 4.00 kVA (1 step over)"));
    }

    @Test
    void too_much_pv_is_curtailed_for_the_voltage() {
        TwoPriceDays day = new TwoPriceDays();
        day.resistance_ohm = 0.8;
        day.pv_kW[12] = 30;
        day.sell[12] = 0.05;

        // 10 % up allow 20 kW out
        DayOutcome outcome = solved(day.problem(), SMART);

        assertThat(outcome.curtailed_kWh()).isCloseTo(10, within(1e-4));
        assertThat(outcome.violations()).isEmpty();
    }

    @Test
    void sharing_flattens_the_peak_where_its_present_value_outweighs_the_energy() {
        TwoPriceDays day = new TwoPriceDays();
        day.capacity_kVA = 14;
        day.lineAsset_gbp = 36_500;
        Session car = session(7, 2, 6, 20, 20 + 14 * ETA);

        assertThat(solved(day.problem(car), SMART).assetPeak_kVA(1)).isCloseTo(7, within(1e-6));
        assertThat(solved(day.problem(car), SHARED).assetPeak_kVA(1)).isCloseTo(3.5, within(1e-4));
    }

    @Test
    void sharing_minds_the_peak_of_export_too() {
        TwoPriceDays day = new TwoPriceDays();
        day.capacity_kVA = 10;
        day.lineAsset_gbp = 36_500;
        day.pv_kW[12] = 8;
        day.sell[12] = 0.01;

        DayOutcome outcome = solved(day.problem(), SHARED);

        assertThat(outcome.curtailed_kWh())
                .isCloseTo(8, within(1e-4)); // each kW of peak costs far more than its energy earns
    }

    @Test
    void a_substation_without_lines_is_a_network() {
        Network alone = new Network(
                "alone",
                400,
                VoltageBand.BRITISH,
                new Substation("S", 5, 365),
                List.of(new Node("S", null, 1, 0)),
                List.of());
        DayProblem problem = new DayProblem(
                alone,
                DaySteps.HOURLY,
                DispatchSettings.DEFAULT,
                List.of("home"),
                new int[] {0},
                new double[][] {TwoPriceDays.filled(1)},
                new double[1][24],
                new double[1][24],
                TwoPriceDays.filled(0.30),
                new double[24],
                List.of(new Session("car", 0, 0, 7, 50, 2, 8, 20, 20 + 7 * ETA, 5000)));

        for (ChargingMode mode : ChargingMode.all()) {
            DayOutcome outcome = solved(problem, mode);
            assertThat(outcome.energyCost_gbp()).as(mode.label()).isCloseTo(31 * 0.30, within(1e-6));
            assertThat(outcome.voltage_pu(0, 23)).isEqualTo(1);
            assertThat(outcome.violations()).isEmpty();
        }
    }

    @Test
    void powers_too_small_to_be_told_apart_are_no_crash() {
        for (ChargingMode mode : ChargingMode.all()) {
            DispatchResult result =
                    HighsSolver.solve(new TwoPriceDays().problem(session(1e-9, 2, 8, 20, 20 + 6e-9 * ETA)), mode);
            assertThat(result).isNotNull();
        }
    }

    @Test
    void selling_above_buying_is_refused() {
        TwoPriceDays day = new TwoPriceDays();
        day.sell[4] = 0.31;

        org.assertj.core.api.Assertions.assertThatThrownBy(day::problem)
                .hasMessageContaining("step 4: sell_gbpPerKWh (0.31) is above buy_gbpPerKWh (0.3)");
    }
}
