package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.headroom.dispatch.TwoPriceDays.ETA;

import java.util.List;
import java.util.stream.IntStream;
import org.headroom.dispatch.DayModel.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lowest and highest substation peaks over equally cheap schedules: by hand, by enumeration, and against HiGHS. */
class PeakBoundsTest {
    private static final ChargingMode SMART = new ChargingMode.Smart();
    private static final ChargingMode V2G = new ChargingMode.VehicleToGrid();
    /** Costs are held by HiGHS to 1e-9; what that moves in power depends on the spread of prices. */
    private static final double HIGHS_kVA = 1e-3;

    private static DayOutcome solved(DayProblem problem, ChargingMode mode) {
        return ((DispatchResult.Solved) HighsSolver.solve(problem, mode)).outcome();
    }

    private static Session car(String id, double charger_kW, int arrive, int depart, double charge_kWh) {
        return new Session(id, 1, 0, charger_kW, 50, arrive, depart, 20, 20 + charge_kWh * ETA, 5000);
    }

    @Test
    void one_car_in_a_flat_night_draws_its_mean_at_least_and_its_charger_at_most() {
        TwoPriceDays day = new TwoPriceDays();

        PeakBounds bounds = PeakBounds.of(solved(day.problem(car("a", 7, 22, 2, 10)), SMART));

        assertThat(bounds.lowest_kVA()).isCloseTo(2.5, within(1e-6));
        assertThat(bounds.highest_kVA()).isCloseTo(7, within(1e-9));
    }

    @Test
    void reactive_demand_counts_and_sets_the_floor() {
        TwoPriceDays day = new TwoPriceDays();
        day.demand_kvar[12] = 9;
        day.demand_kvar[23] = 24;

        PeakBounds bounds = PeakBounds.of(solved(day.problem(car("a", 7, 22, 2, 14)), SMART));

        assertThat(bounds.lowest_kVA()).isCloseTo(24, within(1e-6));
        assertThat(bounds.highest_kVA()).isCloseTo(25, within(1e-9));
    }

    @Test
    void without_a_tie_both_are_the_peak() {
        TwoPriceDays day = new TwoPriceDays();
        day.buy[0] = 0.10;
        day.buy[1] = 0.20;

        DayOutcome outcome = solved(day.problem(car("a", 7, 22, 2, 10)), SMART);
        PeakBounds bounds = PeakBounds.of(outcome);

        assertThat(bounds.lowest_kVA()).isCloseTo(outcome.assetPeak_kVA(0), within(1e-6));
        assertThat(bounds.highest_kVA()).isCloseTo(outcome.assetPeak_kVA(0), within(1e-6));
    }

    @Test
    void pv_that_earns_nothing_may_be_fed_in_or_turned_down() {
        TwoPriceDays day = new TwoPriceDays(); // sells at 0
        day.pv_kW[12] = 6;
        day.demand_kW[3] = 1;

        PeakBounds bounds = PeakBounds.of(solved(day.problem(), V2G));

        assertThat(bounds.lowest_kVA()).isCloseTo(1, within(1e-6));
        assertThat(bounds.highest_kVA()).isCloseTo(6, within(1e-9));
    }

    @Test
    void where_the_network_binds_its_limit_is_the_highest() {
        TwoPriceDays day = new TwoPriceDays();
        day.capacity_kVA = 6;

        // 10 kWh over four hours of one price; a timer's 7 kW do not fit through the line
        PeakBounds bounds = PeakBounds.of(solved(day.problem(car("a", 7, 22, 2, 10)), SMART));

        assertThat(bounds.lowest_kVA()).isCloseTo(2.5, within(1e-6));
        assertThat(bounds.highest_kVA()).isCloseTo(6, within(1e-6));
    }

    @Test
    void modes_without_ties_are_refused() {
        DayOutcome outcome = HighsSolver.immediate(new TwoPriceDays().problem());

        assertThatThrownBy(() -> PeakBounds.of(outcome))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("immediate");
    }

    /** Two cars in two homes' worth of whole kilowatts over three hours at one price: every whole schedule is tried. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void the_highest_is_that_of_the_worst_whole_schedule(int charge_kW) {
        TwoPriceDays day = new TwoPriceDays();
        day.demand_kW[1] = 1;
        DayProblem problem = day.problem(car("a", 2, 0, 3, charge_kW), car("b", 3, 1, 3, charge_kW));
        double worst = 0;
        for (int a0 = 0; a0 <= 2; a0++) {
            for (int a1 = 0; a1 <= 2; a1++) {
                for (int b1 = 0; b1 <= 3; b1++) {
                    int a2 = charge_kW - a0 - a1;
                    int b2 = charge_kW - b1;
                    if (a2 >= 0 && a2 <= 2 && b2 >= 0 && b2 <= 3) {
                        worst = Math.max(worst, Math.max(a0, Math.max(1 + a1 + b1, a2 + b2)));
                    }
                }
            }
        }

        assertThat(PeakBounds.of(solved(problem, SMART)).highest_kVA()).isCloseTo(worst, within(1e-9));
    }

    static List<Integer> seeds() {
        return IntStream.range(0, 15).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_tie_break_lies_within_them_and_highs_finds_the_same_highest(int seed) {
        DayProblem problem = RandomDays.generous(seed, 24);
        for (ChargingMode mode : List.of(SMART, V2G)) {
            DayOutcome outcome = solved(problem, mode);
            PeakBounds bounds = PeakBounds.of(outcome);
            double peak = outcome.assetPeak_kVA(0);

            assertThat(peak)
                    .as("%s %s", mode.label(), problem.settings().tieBreak())
                    .isBetween(bounds.lowest_kVA() - HIGHS_kVA, bounds.highest_kVA() + HIGHS_kVA);
            assertThat(bounds.highest_kVA())
                    .as(mode.label())
                    .isCloseTo(PeakBounds.highest_kVA(outcome, Scope.HOMES), within(HIGHS_kVA));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void hard_homes_have_the_same_highest_by_highs(int seed) {
        DayProblem problem = RandomHomes.day(seed, 24, true);
        DayOutcome outcome = solved(problem, V2G);

        assertThat(PeakBounds.of(outcome).highest_kVA())
                .isCloseTo(PeakBounds.highest_kVA(outcome, Scope.HOMES), within(HIGHS_kVA));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void where_the_network_binds_the_schedule_lies_within_them(int seed) {
        DayProblem problem = RandomDays.of(seed, 24, 16, Expansion.NEEDED);
        if (!(HighsSolver.solve(problem, SMART) instanceof DispatchResult.Solved solved)) {
            return;
        }
        PeakBounds bounds = PeakBounds.of(solved.outcome());

        assertThat(solved.outcome().assetPeak_kVA(0))
                .isBetween(bounds.lowest_kVA() - HIGHS_kVA, bounds.highest_kVA() + HIGHS_kVA);
    }
}
