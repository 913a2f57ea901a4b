package org.headroom.dispatch.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.Feasibility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hard random days under every mode: none fails, no figure is not a number, every gap is met, every limit and departure is kept,
 * and where there is said to be no schedule HiGHS finds none either. What came of them is counted and published, block by block;
 * a block goes on after a failure and names the seeds of all.
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

    /** What came of the days of each mode so far, by mode and size. */
    private static final Map<String, Tally> TALLIES = new LinkedHashMap<>();

    private static final class Tally {
        private int optimal;
        private int infeasible;
        private int handedOver;
        private int failed;
        private double largestGap;

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d optimal, %d infeasible, %d of all handed to HiGHS, %d failed, largest gap %.1e",
                    optimal,
                    infeasible,
                    handedOver,
                    failed,
                    largestGap);
        }
    }

    @AfterAll
    static void publish(TestReporter reporter) {
        TALLIES.forEach((mode, tally) -> reporter.publishEntry(mode, tally.toString()));
    }

    /** 200 days of at most 30 sessions. */
    static LongStream fewBlocks() {
        return blocks(2);
    }

    /** 2,000 days of up to 300 sessions. */
    static LongStream manyBlocks() {
        return blocks(20);
    }

    private static LongStream blocks(int count) {
        return LongStream.range(0, count).map(b -> 300_000 + BLOCK * b);
    }

    @ParameterizedTest
    @MethodSource("fewBlocks")
    void hundreds_of_hard_days_have_an_answer_that_holds(long first) {
        answers(first, 30);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("manyBlocks")
    void thousands_of_hard_days_have_an_answer_that_holds(long first, TestReporter reporter) {
        try {
            answers(first, 300);
        } finally {
            TALLIES.forEach((mode, tally) ->
                    reporter.publishEntry("%s, up to seed %d".formatted(mode, first + BLOCK - 1), tally.toString()));
        }
    }

    private static void answers(long first, int mostSessions) {
        List<String> failures = new ArrayList<>();
        for (ChargingMode mode : MODES) {
            Tally tally = TALLIES.computeIfAbsent(
                    "%s, up to %d sessions".formatted(mode.label(), mostSessions), _ -> new Tally());
            int handedBefore = tally.handedOver;
            for (long seed = first; seed < first + BLOCK; seed++) {
                String day = mode.label() + ", seed " + seed;
                try {
                    answer(day, RandomCommunities.hard(seed, mostSessions, mode), mode, tally);
                } catch (AssertionError | RuntimeException failure) { // the other days are still to be looked at
                    tally.failed++;
                    failures.add(day + ": " + failure);
                }
            }
            if (tally.handedOver - handedBefore > HANDED) {
                failures.add("%s: %d of %d days handed to HiGHS, expected at most %d"
                        .formatted(mode.label(), tally.handedOver - handedBefore, BLOCK, HANDED));
            }
        }
        assertThat(failures).isEmpty();
    }

    private static void answer(String day, DayProblem problem, ChargingMode mode, Tally tally) {
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
                assertThat(Feasibility.hasSchedule(problem, mode))
                        .as("%s: HiGHS finds a schedule", day)
                        .isFalse();
            }
            case DispatchResult.Limit limit -> throw new AssertionError(day + ": " + limit.reason());
        }
    }

    private static void isANumber(String day, DayOutcome outcome) {
        assertThat(outcome.objective_gbp()).as(day).isFinite();
        assertThat(outcome.presentValue_gbpPerYear()).as(day).isFinite();
        for (int a = 0; a < outcome.problem().assetCount(); a++) {
            assertThat(outcome.assetPeak_kVA(a)).as(day).isFinite();
        }
    }
}
