package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.headroom.dispatch.tree.TreeSolver;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dispatch where every line loses a fixed share of its flow. */
class FixedLossesTest {
    private static final ChargingMode SHARED = new ChargingMode.VirtualVehicleToVehicle();
    private static final double SOLVER = 1e-6;

    /** S - a - b, a home at a and one at b, 10 % lost in each line; flat prices. */
    private static final class TwoLines {
        final double[] buy = TwoPriceDays.filled(0.30);
        final double[] sell = TwoPriceDays.filled(0.10);
        final double[] demandA_kW = new double[24];
        final double[] demandB_kW = new double[24];
        final double[] pvB_kW = new double[24];
        double capacityA_kVA = 100;
        double capacityB_kVA = 100;

        DayProblem problem(Session... sessions) {
            return new DayProblem(
                    new Network(
                            "two lines",
                            400,
                            new VoltageBand(0.90, 1.10, 1),
                            new Substation("S", 100, 1000),
                            List.of(new Node("a", null, 1, 0), new Node("b", null, 1, 0)),
                            List.of(
                                    new Line("Sa", "S", "a", 10, "x", 0.16, 0, capacityA_kVA, 100),
                                    new Line("ab", "a", "b", 10, "x", 0.16, 0, capacityB_kVA, 100))),
                    DaySteps.HOURLY,
                    RandomDays.withoutExpansion().withLosses(new Losses.Fixed(0.1)),
                    List.of("A", "B"),
                    new int[] {1, 2},
                    new double[][] {demandA_kW, demandB_kW},
                    new double[2][24],
                    new double[][] {new double[24], pvB_kW},
                    buy,
                    sell,
                    List.of(sessions));
        }
    }

    /** A car of the home at b. */
    private static Session car(double charger_kW, int arrive, int depart, double arrive_kWh, double depart_kWh) {
        return new Session("car", 2, 1, charger_kW, 50, arrive, depart, arrive_kWh, depart_kWh, 5000);
    }

    @Test
    void a_line_takes_a_tenth_more_than_it_delivers_downwards() {
        TwoLines day = new TwoLines();
        day.demandA_kW[3] = 2;
        day.demandB_kW[3] = 10;

        DayOutcome outcome = TwoPriceDays.solved(day.problem(), SHARED);

        // ab delivers 10 and takes 11; Sa delivers 13 and takes 14.3
        assertThat(outcome.delivered_kW(1, 3)).isCloseTo(10, within(1e-12));
        assertThat(outcome.delivered_kW(0, 3)).isCloseTo(13, within(1e-12));
        assertThat(outcome.assetFlow_kW(2, 3)).isCloseTo(11, within(1e-12));
        assertThat(outcome.assetPeak_kVA(1)).isCloseTo(14.3, within(1e-12));
        assertThat(outcome.assetPeak_kVA(0)).isCloseTo(14.3, within(1e-12));
        assertThat(outcome.energyCost_gbp()).isCloseTo(14.3 * 0.30, within(1e-12));
        assertThat(outcome.lineLosses_kWh()).isCloseTo(2.3, within(1e-12));
        // 160 mohm drop .001 pu a kW of what is delivered
        assertThat(outcome.voltage_pu(2, 3)).isCloseTo(1 - 0.013 - 0.010, within(1e-12));
    }

    @Test
    void a_line_hands_up_a_tenth_less_than_it_is_given_from_below() {
        TwoLines day = new TwoLines();
        day.demandA_kW[12] = 2;
        day.pvB_kW[12] = 10;

        DayOutcome outcome = TwoPriceDays.solved(day.problem(), SHARED);

        // ab is given 10 and hands up 9; Sa is given 7 and hands up 6.3
        assertThat(outcome.delivered_kW(1, 12)).isCloseTo(-10, within(1e-6));
        assertThat(outcome.assetPeak_kVA(2)).isCloseTo(10, within(1e-6));
        assertThat(outcome.assetFlow_kW(1, 12)).isCloseTo(-7, within(1e-6));
        assertThat(outcome.assetFlow_kW(0, 12)).isCloseTo(-6.3, within(1e-6));
        assertThat(outcome.energyCost_gbp()).isCloseTo(-6.3 * 0.10, within(1e-6));
        assertThat(outcome.lineLosses_kWh()).isCloseTo(1.7, within(1e-6));
        assertThat(outcome.voltage_pu(2, 12)).isCloseTo(1 + 0.007 + 0.010, within(1e-8));
    }

    @Test
    void homes_pay_for_their_own_use_and_nobody_for_losses() {
        TwoLines day = new TwoLines();
        day.demandB_kW[3] = 10;

        assertThat(TwoPriceDays.solved(day.problem(), new ChargingMode.Smart()).energyCost_gbp())
                .isCloseTo(3, within(1e-9));
    }

    @Test
    void sharing_pays_for_what_is_lost_on_the_way_to_a_car() {
        TwoLines day = new TwoLines();
        day.buy[5] = 0.10;

        // 9.5 kWh stored are 10 from the wall, 11 into ab, 12.1 into Sa
        DayOutcome outcome = TwoPriceDays.solved(day.problem(car(10, 5, 6, 20, 29.5)), SHARED);

        assertThat(outcome.energyCost_gbp()).isCloseTo(12.1 * 0.10, within(1e-6));
    }

    @Test
    void a_lines_capacity_bounds_the_end_where_the_power_goes_in() {
        TwoLines day = new TwoLines();
        day.buy[5] = 0.10;
        day.capacityB_kVA = 5.5; // lets 5 kW through

        DayOutcome outcome = TwoPriceDays.solved(day.problem(car(10, 5, 7, 20, 29.5)), SHARED);

        assertThat(outcome.schedule().charge_kW(0, 0)).isCloseTo(5, within(1e-6));
        assertThat(outcome.assetPeak_kVA(2)).isCloseTo(5.5, within(1e-6));
        assertThat(outcome.violations()).isEmpty();
    }

    /** Burning 10 kW of PV would pay where the sell price is negative, if the lines could; the PV is turned down instead. */
    @Test
    void no_line_burns_energy_that_costs_money_to_get_rid_of() {
        TwoLines day = new TwoLines();
        Arrays.fill(day.sell, -0.10);
        day.demandA_kW[12] = 2;
        day.pvB_kW[12] = 10;

        DispatchResult.Solved solved = (DispatchResult.Solved) HighsSolver.solve(day.problem(), SHARED);

        assertThat(solved.isProved()).isTrue();
        // 2 kW are wanted at a, so b may give 2 / .9
        assertThat(solved.outcome().delivered_kW(1, 12)).isCloseTo(-2 / 0.9, within(1e-5));
    }

    /** Paid to take energy, a line would rather carry both ways at once: the exact problem has a choice of direction. */
    @Test
    void where_taking_energy_is_paid_the_schedule_is_still_proved_to_be_the_best() {
        TwoLines day = new TwoLines();
        day.buy[5] = -0.20;
        day.sell[5] = -0.20;

        DayProblem problem = day.problem(car(10, 5, 6, 20, 20));
        DispatchResult.Solved solved = (DispatchResult.Solved) HighsSolver.solve(problem, SHARED);

        assertThat(solved.outcome().violations()).isEmpty();
        assertThat(solved.isProved()).as("gap %s", solved.relativeGap()).isTrue();
        try (DayModel relaxed = new DayModel(
                problem, SHARED, DayModel.Scope.NETWORK, true, DayModel.Expanding.NO, DayModel.Directions.RELAXED)) {
            assertThat(relaxed.solve()).isEqualTo(LinearProgram.Status.OPTIMAL);
            assertThat(relaxed.objective_gbp()).isLessThan(solved.outcome().objective_gbp() - 0.1);
        }
    }

    /** The car must give back 9 kWh in one hour, of which 8 reach a; the linear program alone would burn them in the line. */
    @Test
    void a_limit_that_only_burning_keeps_is_named() {
        TwoLines day = new TwoLines();
        day.capacityA_kVA = 5;

        DispatchResult result =
                HighsSolver.solve(day.problem(car(10, 5, 6, 20, 20 - 9 / 0.95)), new ChargingMode.VehicleToGrid());

        assertThat(result)
                .isInstanceOfSatisfying(
                        DispatchResult.Infeasible.class,
                        infeasible -> assertThat(infeasible.violations())
                                .singleElement()
                                .asString()
                                .startsWith("line Sa: 8.0"));
    }

    @Test
    void a_schedule_that_is_not_proved_is_not_called_optimal(@TempDir Path out) {
        TwoLines day = new TwoLines();
        day.demandB_kW[3] = 10;
        DayOutcome outcome = TwoPriceDays.solved(day.problem(), SHARED);
        DispatchResult open = new DispatchResult.Solved(outcome, outcome.objective_gbp() - 0.5, "highs", 1);

        OutcomeFiles.write(day.problem(), SHARED, open, List.of(), out);

        JsonNode summary = JsonMapper.shared().readTree(out.resolve("summary.json"));
        assertThat(summary.get("status").asString()).isEqualTo("limit");
        assertThat(summary.get("reason").asString()).contains("burning energy");
        assertThat(summary.get("relativeGap").asDouble()).isGreaterThan(0.05);
    }

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_share_of_0_is_no_loss_to_the_bit(int seed) {
        DayProblem none = RandomDays.of(seed, 24, 40, Expansion.NEEDED);
        DayProblem zero = RandomDays.withLosses(none, new Losses.Fixed(0));
        for (ChargingMode mode : ChargingMode.all()) {
            same(HighsSolver.solve(none, mode), HighsSolver.solve(zero, mode));
            same(TreeSolver.solve(none, mode), TreeSolver.solve(zero, mode));
        }
    }

    private static void same(DispatchResult none, DispatchResult zero) {
        assertThat(zero).hasSameClassAs(none);
        assertThat(zero.solver()).isEqualTo(none.solver());
        if (none instanceof DispatchResult.Solved one && zero instanceof DispatchResult.Solved other) {
            assertThat(other.outcome().objective_gbp()).isEqualTo(one.outcome().objective_gbp());
            assertThat(other.lowerBound_gbp()).isEqualTo(one.lowerBound_gbp());
            assertThat(other.outcome().presentValue_gbpPerYear())
                    .isEqualTo(one.outcome().presentValue_gbpPerYear());
            assertThat(other.outcome().lowestVoltage_pu())
                    .isEqualTo(one.outcome().lowestVoltage_pu());
            assertThat(other.outcome().lineLosses_kWh()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_schedule_is_proved_and_keeps_its_limits_or_what_breaks_is_named(int seed) {
        for (double capacity_kVA : new double[] {12, 25, 1000}) {
            DayProblem problem =
                    RandomDays.withLosses(RandomDays.of(seed, 24, capacity_kVA, Expansion.NEVER), share(seed));
            for (ChargingMode mode : ChargingMode.all().subList(1, 4)) {
                switch (HighsSolver.solve(problem, mode)) {
                    case DispatchResult.Solved solved -> {
                        assertThat(solved.outcome().violations())
                                .as(mode.label())
                                .isEmpty();
                        assertThat(solved.relativeGap()).as(mode.label()).isLessThan(SOLVER);
                    }
                    case DispatchResult.Infeasible infeasible ->
                        assertThat(infeasible.violations()).as(mode.label()).isNotEmpty();
                    case DispatchResult.Limit limit -> throw new AssertionError(mode.label() + ": " + limit.reason());
                }
            }
        }
    }

    private static Losses share(int seed) {
        return new Losses.Fixed(new double[] {0.01, 0.05, 0.2}[seed % 3]);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void energy_in_is_energy_out_and_energy_lost(int seed) {
        DayProblem problem = RandomDays.withLosses(RandomDays.generous(seed, 24), share(seed));
        for (ChargingMode mode : ChargingMode.all()) {
            DayOutcome day = TwoPriceDays.solved(problem, mode);
            double balance_kWh = -day.lineLosses_kWh();
            for (int t = 0; t < 24; t++) {
                balance_kWh += day.assetFlow_kW(0, t);
                for (int n = 0; n < problem.network().nodeCount(); n++) {
                    balance_kWh -= day.nodal_kW(n, t);
                }
            }
            assertThat(balance_kWh).as(mode.label()).isCloseTo(0, within(1e-9));
            assertThat(day.lineLosses_kWh()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void losses_never_make_sharing_cheaper(int seed) {
        if (RandomDays.prices(seed) == RandomDays.Prices.NEGATIVE) {
            return; // losing energy is then paid for
        }
        DayProblem without = RandomDays.generous(seed, 24);
        double last = TwoPriceDays.solved(without, SHARED).objective_gbp();
        for (double share : new double[] {0.01, 0.05, 0.2}) {
            double cost = TwoPriceDays.solved(RandomDays.withLosses(without, new Losses.Fixed(share)), SHARED)
                    .objective_gbp();
            assertThat(cost).isGreaterThanOrEqualTo(last - SOLVER * Math.max(1, Math.abs(cost)));
            last = cost;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_tree_solver_hands_joint_days_over_and_says_so(int seed) {
        DayProblem problem = RandomDays.withLosses(RandomDays.generous(seed, 24), share(seed));
        DispatchResult shared = TreeSolver.solve(problem, SHARED);
        DispatchResult smart = TreeSolver.solve(problem, new ChargingMode.Smart());

        assertThat(shared.solver()).isEqualTo("highs");
        assertThat(smart).isInstanceOfSatisfying(DispatchResult.Solved.class, solved -> {
            assertThat(solved.outcome().violations()).isEmpty();
            assertThat(solved.relativeGap()).isLessThan(SOLVER);
            if (solved.solver().equals("tree")) { // homes by themselves: no limit binds
                assertThat(solved.outcome().objective_gbp())
                        .isCloseTo(
                                TwoPriceDays.solved(problem, new ChargingMode.Smart())
                                        .objective_gbp(),
                                within(SOLVER));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_written_files_recompute_to_the_summary(int seed, @TempDir Path folder) throws IOException {
        DayProblem problem = RandomDays.withLosses(RandomDays.of(seed, 24, 60, Expansion.NEEDED), share(seed));
        CaseFolder.write(problem, folder);
        assertThat(CaseFolder.read(folder, false).problem().settings()).isEqualTo(problem.settings());
        for (ChargingMode mode : ChargingMode.all()) {
            if (!(TreeSolver.solve(problem, mode) instanceof DispatchResult.Solved solved)) {
                continue;
            }
            Path out = folder.resolve(mode.label());
            OutcomeFiles.write(problem, mode, solved, List.of(), out);
            JsonNode summary = JsonMapper.shared().readTree(out.resolve("summary.json"));
            WrittenDay written = new WrittenDay(folder, out, mode.label());

            assertThat(summary.get("lineLosses_kWh").asDouble()).isCloseTo(written.lineLosses_kWh, within(1e-8));
            assertThat(summary.get("substationPeak_kVA").asDouble())
                    .isCloseTo(written.substationPeak_kVA, within(1e-8));
            assertThat(summary.get("presentValue_gbpPerYear").asDouble())
                    .isCloseTo(written.presentValue_gbpPerYear, within(1e-6));
            if (mode.equals(SHARED)) {
                assertThat(summary.get("energyCost_gbp").asDouble()).isCloseTo(written.energyCost_gbp, within(1e-8));
            }
            if (!(mode instanceof ChargingMode.Immediate)) {
                assertThat(written.worstOverCapacity_kVA).isLessThan(1e-4);
                assertThat(written.lowestVoltageMargin_pu).isGreaterThan(-SOLVER);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 0.2001, Double.NaN})
    void a_share_beyond_its_range_is_refused(double share) {
        assertThatThrownBy(() -> new Losses.Fixed(share)).hasMessageContainingAll("lossShare is " + share, "0 to 0.2");
    }

    @Test
    void bounds_of_the_peak_are_refused_since_they_count_no_losses() {
        DayOutcome outcome = TwoPriceDays.solved(new TwoLines().problem(), new ChargingMode.Smart());

        assertThatThrownBy(() -> PeakBounds.of(outcome)).hasMessageContainingAll("lossShare is 0.1", "Maybe");
    }
}
