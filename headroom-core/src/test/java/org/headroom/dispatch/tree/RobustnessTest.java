package org.headroom.dispatch.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.HighsSolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hard random days under every mode: none fails, no figure is not a number, every gap is met, every limit and departure is kept,
 * and where there is said to be no schedule HiGHS finds none either. What came of them is counted and published.
 */
class RobustnessTest {
    private static final List<ChargingMode> MODES = List.of(
            new ChargingMode.VirtualVehicleToVehicle(),
            new ChargingMode.VehicleToGrid(),
            new ChargingMode.Smart(),
            new ChargingMode.Immediate());
    private static final int BLOCK = 100;
    /** Days in a hundred that may be handed to HiGHS. */
    private static final int HANDED = 3;

    private static final Map<String, Tally> TALLIES = new TreeMap<>();

    private static final class Tally {
        private int optimal;
        private int infeasible;
        private int handedOver;
        private double largestGap;

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d optimal, %d infeasible, %d of all handed to HiGHS, largest gap %.1e",
                    optimal,
                    infeasible,
                    handedOver,
                    largestGap);
        }
    }

    @AfterAll
    static void publish(TestReporter reporter) {
        TALLIES.forEach((mode, tally) -> reporter.publishEntry(mode, tally.toString()));
    }

    /** 200 days of at most 30 sessions a mode. */
    static Stream<Arguments> fewBlocks() {
        return blocks(2);
    }

    /** 2,000 days of up to 300 sessions a mode. */
    static Stream<Arguments> manyBlocks() {
        return blocks(20);
    }

    private static Stream<Arguments> blocks(int count) {
        return MODES.stream()
                .flatMap(mode -> LongStream.range(0, count).mapToObj(b -> Arguments.of(mode, 300_000 + BLOCK * b)));
    }

    @ParameterizedTest
    @MethodSource("fewBlocks")
    void hundreds_of_hard_days_have_an_answer_that_holds(ChargingMode mode, long first) {
        answers(mode, first, 30);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("manyBlocks")
    void thousands_of_hard_days_have_an_answer_that_holds(ChargingMode mode, long first) {
        answers(mode, first, 300);
    }

    private static void answers(ChargingMode mode, long first, int mostSessions) {
        Tally tally = TALLIES.computeIfAbsent(
                "%s, up to %d sessions".formatted(mode.label(), mostSessions), _ -> new Tally());
        int handedBefore = tally.handedOver;
        for (long seed = first; seed < first + BLOCK; seed++) {
            String day = mode.label() + ", seed " + seed;
            DayProblem problem = RandomCommunities.hard(seed, mostSessions, mode);
            DispatchResult result = TreeSolver.solve(problem, mode);
            tally.handedOver += result.solver().equals("highs") ? 1 : 0;
            switch (result) {
                case DispatchResult.Solved solved -> {
                    tally.optimal++;
                    tally.largestGap = Math.max(tally.largestGap, solved.relativeGap());
                    if (mode instanceof ChargingMode.Immediate) {
                        isANumber(day, solved.outcome());
                    } else {
                        TreeSolverTest.holds(day, problem, mode, solved);
                    }
                }
                case DispatchResult.Infeasible infeasible -> {
                    tally.infeasible++;
                    assertThat(infeasible.violations()).as(day).isNotEmpty();
                    assertThat(hasNoSchedule(problem, mode))
                            .as("%s: no schedule", day)
                            .isTrue();
                }
                case DispatchResult.Limit limit -> throw new AssertionError(day + ": " + limit.reason());
            }
        }
        assertThat(tally.handedOver - handedBefore).as("days handed to HiGHS").isLessThanOrEqualTo(HANDED);
    }

    private static void isANumber(String day, DayOutcome outcome) {
        assertThat(outcome.objective_gbp()).as(day).isFinite();
        assertThat(outcome.presentValue_gbpPerYear()).as(day).isFinite();
        for (int a = 0; a < outcome.problem().assetCount(); a++) {
            assertThat(outcome.assetPeak_kVA(a)).as(day).isFinite();
        }
    }

    /** Whether HiGHS finds no schedule: prices do not matter to that, and it is quickest where there are none. */
    private static boolean hasNoSchedule(DayProblem problem, ChargingMode mode) {
        ChargingMode asFree = mode.mayDischarge() ? new ChargingMode.VehicleToGrid() : mode;
        return HighsSolver.solve(problem.withoutPrices(), asFree) instanceof DispatchResult.Infeasible;
    }
}
