package org.headroom.dispatch.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.HighsSolver;
import org.headroom.dispatch.HomeSolver;
import org.headroom.dispatch.HomesResult;
import org.headroom.dispatch.Schedule;
import org.headroom.dispatch.Session;
import org.headroom.dispatch.TieBreak;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tree solver on random days with all that is hard, against what must hold, against HiGHS, and against its own prices. */
class TreeSolverTest {
    private static final double GAP = 1e-6;
    private static final List<ChargingMode> MODES = List.of(
            new ChargingMode.VirtualVehicleToVehicle(), new ChargingMode.VehicleToGrid(), new ChargingMode.Smart());

    /** 20 blocks of 20 days for each mode. */
    static Stream<Arguments> blocks() {
        return MODES.stream().flatMap(mode -> LongStream.range(0, 8).mapToObj(b -> Arguments.of(mode, 20 * b, 20)));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void every_day_is_solved_to_its_gap_or_has_no_schedule(ChargingMode mode, long first, int count) {
        for (long seed = first; seed < first + count; seed++) {
            holds(seed, RandomCommunities.of(seed, 60), mode);
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void every_day_with_a_reserve_is_solved_and_its_bound_follows_from_the_prices(
            ChargingMode mode, long first, int count) {
        for (long seed = first; seed < first + count / 4; seed++) {
            DayProblem problem = RandomCommunities.withReserve(seed, 40, seed % 3 == 0 ? 1 : 0.3);
            holds(seed, problem, mode);
            followsFromPrices(seed, problem, mode);
        }
    }

    private static void holds(long seed, DayProblem problem, ChargingMode mode) {
        String day = mode.label() + ", seed " + seed;
        switch (TreeSolver.solve(problem, mode)) {
            case DispatchResult.Solved solved -> holds(day, problem, mode, solved);
            case DispatchResult.Infeasible infeasible ->
                assertThat(infeasible.violations()).as(day).isNotEmpty();
            case DispatchResult.Limit limit -> throw new AssertionError(day + ": " + limit.reason());
        }
    }

    /** A schedule within its gap that keeps every limit; no figure that is not a number passes. */
    static void holds(String day, DayProblem problem, ChargingMode mode, DispatchResult.Solved solved) {
        assertThat(solved.relativeGap()).as(day).isLessThanOrEqualTo(GAP);
        assertThat(solved.lowerBound_gbp())
                .as(day)
                .isLessThanOrEqualTo(
                        solved.outcome().objective_gbp() + 1e-9 * Math.max(1, Math.abs(solved.lowerBound_gbp())));
        assertThat(solved.outcome().violations()).as(day).isEmpty();
        keepsEveryLimit(day, problem, mode, solved.outcome());
    }

    private static void keepsEveryLimit(String day, DayProblem problem, ChargingMode mode, DayOutcome outcome) {
        for (int a = 0; a < problem.assetCount(); a++) {
            assertThat(outcome.assetPeak_kVA(a))
                    .as(day)
                    .isLessThanOrEqualTo(problem.assetCapacity_kVA(a) * (1 + (solvedJointly(mode) ? 1e-8 : 1e-6)));
        }
        Schedule schedule = outcome.schedule();
        double eta = problem.settings().efficiency();
        double hours = problem.steps().step_h();
        for (int i = 0; i < problem.sessions().size(); i++) {
            Session session = problem.sessions().get(i);
            double slack = 1e-8 * Math.max(1, session.capacity_kWh());
            double energy = session.arrive_kWh();
            for (int k = 0; k < session.length(problem.steps()); k++) {
                assertThat(schedule.charge_kW(i, k)).as(day).isBetween(0.0, session.charger_kW());
                assertThat(schedule.discharge_kW(i, k))
                        .as(day)
                        .isBetween(0.0, mode.mayDischarge() ? session.charger_kW() : 0.0);
                energy += hours * (eta * schedule.charge_kW(i, k) - schedule.discharge_kW(i, k) / eta);
                double kept_kWh =
                        Math.min(problem.settings().reserveShare() * session.capacity_kWh(), session.arrive_kWh());
                assertThat(energy).as(day).isBetween(kept_kWh - slack, session.capacity_kWh() + slack);
            }
            assertThat(energy).as(day).isCloseTo(session.depart_kWh(), within(slack));
        }
        for (int h = 0; h < problem.homeCount(); h++) {
            for (int t = 0; t < problem.stepCount(); t++) {
                assertThat(schedule.pvUsed_kW(h, t)).as(day).isBetween(0.0, problem.pv_kW(h, t));
            }
        }
    }

    private static boolean solvedJointly(ChargingMode mode) {
        return mode instanceof ChargingMode.VirtualVehicleToVehicle;
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void the_bound_follows_from_the_prices_alone(ChargingMode mode, long first, int count) {
        for (long seed = first; seed < first + count / 2; seed++) {
            followsFromPrices(seed, RandomCommunities.of(seed, 40), mode);
        }
    }

    private static void followsFromPrices(long seed, DayProblem problem, ChargingMode mode) {
        TreeSolver.Proved proved = TreeSolver.prove(problem, mode);
        if (proved.result() instanceof DispatchResult.Solved solved && proved.findCertificate() != null) {
            double bound = LagrangianBound.of(problem, mode, Objects.requireNonNull(proved.findCertificate()));
            double scale = Math.max(1, Math.abs(bound));
            assertThat(solved.lowerBound_gbp())
                    .as("%s, seed %d", mode.label(), seed)
                    .isCloseTo(bound, within(1e-9 * scale));
            assertThat(solved.outcome().objective_gbp() - bound).isLessThanOrEqualTo(GAP * scale);
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void small_days_cost_what_highs_says_and_highs_finds_no_schedule_either(ChargingMode mode, long first, int count) {
        for (long seed = first; seed < first + count / 5; seed++) {
            DayProblem problem = RandomCommunities.of(500 + seed, 12);
            DispatchResult ours = TreeSolver.solve(problem, mode);
            DispatchResult reference = HighsSolver.solve(problem, mode);
            assertThat(ours).as("%s, seed %d", mode.label(), seed).hasSameClassAs(reference);
            if (ours instanceof DispatchResult.Solved one && reference instanceof DispatchResult.Solved other) {
                double cost = other.outcome().objective_gbp();
                assertThat(one.outcome().objective_gbp())
                        .as("%s, seed %d", mode.label(), seed)
                        .isCloseTo(cost, within(2 * GAP * Math.max(1, Math.abs(cost))));
            }
        }
    }

    /** Where a limit binds, earliest means the same to both solvers; which of two cars yields, neither tie-break says. */
    @ParameterizedTest
    @MethodSource("tiedDays")
    void within_a_limit_ties_are_broken_as_highs_breaks_them(ChargingMode mode, long seed) {
        DayProblem problem = RandomCommunities.of(seed, 25);
        if (TreeSolver.solve(problem, mode) instanceof DispatchResult.Solved ours
                && HighsSolver.solve(problem, mode) instanceof DispatchResult.Solved reference) {
            double wanted = steps(problem, reference.outcome().schedule());
            assertThat(steps(problem, ours.outcome().schedule()))
                    .as("%s, seed %d", mode.label(), seed)
                    .isLessThanOrEqualTo(1.03 * wanted + 1);
        }
    }

    static Stream<Arguments> tiedDays() {
        return Stream.of(new ChargingMode.Smart(), new ChargingMode.VehicleToGrid())
                .flatMap(mode -> LongStream.range(700, 730).mapToObj(seed -> Arguments.of(mode, seed)));
    }

    /** What the tie-break counts: every kW by its step after plug-in, before departure, or in an order of the session's own. */
    private static double steps(DayProblem problem, Schedule schedule) {
        double sum = 0;
        for (int i = 0; i < problem.sessions().size(); i++) {
            Session session = problem.sessions().get(i);
            int length = session.length(problem.steps());
            for (int k = 0; k < length; k++) {
                double weight = problem.settings().tieBreak().weight(session, k, length);
                sum += weight * (schedule.charge_kW(i, k) + schedule.discharge_kW(i, k));
            }
        }
        return sum;
    }

    /** The order of steps is each session's own, by its id: the same day the same bits, other ids another schedule, all at one cost. */
    @ParameterizedTest
    @MethodSource("householdModes")
    void within_a_limit_the_arbitrary_order_costs_no_more_and_is_the_ids_alone(ChargingMode mode) {
        int joint = 0;
        int others = 0;
        for (long seed = 700; seed < 790; seed++) {
            DayProblem earliest = RandomCommunities.tied(seed, 25, TieBreak.EARLIEST, "s");
            DayProblem arbitrary = RandomCommunities.tied(seed, 25, TieBreak.ARBITRARY, "s");
            if (!breaksLimits(arbitrary, mode)
                    || !(TreeSolver.solve(earliest, mode) instanceof DispatchResult.Solved early)
                    || !early.solver().equals("tree")) {
                continue;
            }
            joint++;
            String day = mode.label() + ", seed " + seed;
            DispatchResult.Solved once = solved(arbitrary, mode);
            holds(day, arbitrary, mode, once);
            double cost = early.outcome().objective_gbp();
            assertThat(once.outcome().objective_gbp())
                    .as(day)
                    .isCloseTo(cost, within(GAP * Math.max(1, Math.abs(cost))));
            double order = steps(arbitrary, once.outcome().schedule());
            assertThat(order)
                    .as(day)
                    .isLessThanOrEqualTo(1.03 * steps(arbitrary, early.outcome().schedule()) + 1);
            assertThat(once.outcome().schedule())
                    .as(day)
                    .usingRecursiveComparison()
                    .isEqualTo(solved(arbitrary, mode).outcome().schedule());

            DispatchResult.Solved renamed = solved(RandomCommunities.tied(seed, 25, TieBreak.ARBITRARY, "other"), mode);
            assertThat(renamed.outcome().objective_gbp())
                    .as(day)
                    .isCloseTo(cost, within(GAP * Math.max(1, Math.abs(cost))));
            others += order < steps(arbitrary, renamed.outcome().schedule()) - 1 ? 1 : 0;
        }
        assertThat(joint).isGreaterThan(15);
        assertThat(others).isGreaterThan(joint / 3);
    }

    static Stream<ChargingMode> householdModes() {
        return Stream.of(new ChargingMode.Smart(), new ChargingMode.VehicleToGrid());
    }

    private static boolean breaksLimits(DayProblem problem, ChargingMode mode) {
        return HomeSolver.solve(problem, mode) instanceof HomesResult.Solved homes
                && !new DayOutcome(problem, mode, homes.schedule()).violations().isEmpty();
    }

    private static DispatchResult.Solved solved(DayProblem problem, ChargingMode mode) {
        DispatchResult result = TreeSolver.solve(problem, mode);
        if (result instanceof DispatchResult.Solved solved) {
            return solved;
        }
        throw new AssertionError(mode.label() + ": " + result);
    }
}
