package org.headroom.dispatch.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.Feasibility;
import org.headroom.dispatch.HighsSolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Days on which assets are expanded as needed: what they cost, against HiGHS, and how soon it is known that nothing helps. */
class ExpansionSearchTest {
    private static final ChargingMode SHARED = new ChargingMode.VirtualVehicleToVehicle();
    private static final double GAP = 1e-6;
    /** Of the interior point method, over all solves of a day; a search takes thousands. */
    private static final int FEW_ITERATIONS = 400;

    static LongStream smallDays() {
        return LongStream.range(500, 530);
    }

    /** Seeds of days that no expansion helps. */
    static LongStream hopelessDays() {
        return LongStream.of(903, 907, 915, 916, 920, 921, 927, 929);
    }

    @ParameterizedTest
    @MethodSource("smallDays")
    void expansions_cost_what_highs_says_and_highs_finds_no_schedule_either(long seed) {
        agrees(RandomCommunities.expanding(seed, 8));
    }

    private static void agrees(DayProblem problem) {
        DispatchResult ours = TreeSolver.solve(problem, SHARED);
        DispatchResult reference = HighsSolver.solve(problem, SHARED);
        assertThat(ours).hasSameClassAs(reference);
        if (ours instanceof DispatchResult.Solved one && reference instanceof DispatchResult.Solved other) {
            double cost = other.outcome().objective_gbp();
            assertThat(one.relativeGap()).isLessThanOrEqualTo(GAP);
            assertThat(one.outcome().violations()).isEmpty();
            assertThat(one.outcome().objective_gbp()).isCloseTo(cost, within(2 * GAP * Math.max(1, Math.abs(cost))));
        }
    }

    /** Once given as solved with a gap of a quarter of a pound: the bound was that of a choice without a schedule. */
    @Test
    void what_breaking_a_limit_costs_is_no_bound_on_a_choice_that_has_no_schedule() {
        agrees(RandomCommunities.expanding(524, 12));
    }

    /** Once a cost 500 times too high by HiGHS: an asset that is never overloaded was not expanded. */
    @Test
    void present_values_of_a_whole_year_on_one_day_make_expansions_pay() {
        DayProblem problem = RandomCommunities.expanding(500, 8);
        assertThat(problem.settings().presentValueDays()).isEqualTo(1);
        agrees(problem);
    }

    @ParameterizedTest
    @MethodSource("hopelessDays")
    void where_no_expansion_helps_there_is_no_schedule_at_once(long seed) {
        DayProblem problem = RandomCommunities.expanding(seed, 60);
        assertThat(Feasibility.hasSchedule(problem, SHARED)).isFalse();
        TreeSolver.Proved proved = TreeSolver.prove(problem, SHARED);
        assertThat(proved.result()).isInstanceOfSatisfying(DispatchResult.Infeasible.class, infeasible -> {
            assertThat(infeasible.violations()).isNotEmpty();
            assertThat(infeasible.solver()).isEqualTo("tree");
        });
        assertThat(proved.iterations()).isLessThanOrEqualTo(FEW_ITERATIONS);
    }

    /** 79 nodes with most of them overloaded: HiGHS was given it, and had no answer after minutes. */
    @Test
    void where_too_many_choices_are_open_the_best_found_says_how_far_it_is_proved() {
        DayProblem problem = RandomCommunities.expanding(908, 60);
        assertThat(TreeSolver.solve(problem, SHARED)).isInstanceOfSatisfying(DispatchResult.Solved.class, solved -> {
            assertThat(solved.solver()).isEqualTo("tree");
            assertThat(solved.outcome().violations()).isEmpty();
            assertThat(solved.isProved()).isFalse();
            assertThat(solved.relativeGap()).isLessThan(0.05);
        });
    }
}
