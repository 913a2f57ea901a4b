package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.headroom.dispatch.TwoPriceDays.ETA;
import static org.headroom.dispatch.TwoPriceDays.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reserve that no mode may discharge: by hand, both solvers against each other, and recomputed from the files. */
class ReserveTest {
    private static final ChargingMode SMART = new ChargingMode.Smart();
    private static final ChargingMode V2G = new ChargingMode.VehicleToGrid();
    private static final ChargingMode SHARED = new ChargingMode.VirtualVehicleToVehicle();

    private static DayProblem withReserve(DayProblem day, double reserveShare) {
        return RandomDays.withSettings(day, day.settings().withReserve(reserveShare));
    }

    private static DayOutcome solved(Solver solver, DayProblem problem, ChargingMode mode) {
        DispatchResult result = solver.solve(problem, mode);
        assertThat(result).as("%s %s", solver, mode.label()).isInstanceOf(DispatchResult.Solved.class);
        DispatchResult.Solved solved = (DispatchResult.Solved) result;
        assertThat(solved.relativeGap()).isLessThanOrEqualTo(1e-6);
        return solved.outcome();
    }

    /**
     * 20 of 50 kWh on board, 7 kW, one hour that pays for giving back, then hours to fill up again. What the car may give is the
     * least of its charger's hour (7.37 kWh out of the battery) and what lies above the reserve.
     */
    @ParameterizedTest
    @CsvSource({"0, 7.368421", "0.2, 7.368421", "0.3, 5", "0.36, 2", "0.4, 0", "0.9, 0"})
    void a_car_gives_what_lies_above_its_reserve_and_no_more(double reserveShare, double given_kWh) {
        TwoPriceDays day = new TwoPriceDays();
        day.sell[10] = 0.60;
        day.buy[10] = 0.60;
        DayProblem problem = withReserve(day.problem(session(7, 10, 16, 20, 45)), reserveShare);

        double cost = (25 + given_kWh) / ETA * 0.30 - given_kWh * ETA * (0.60 - 0.01);
        for (Solver solver : Solver.values()) {
            for (ChargingMode mode : List.of(V2G, SHARED)) {
                DayOutcome outcome = solved(solver, problem, mode);
                assertThat(outcome.objective_gbp()).as(mode.label()).isCloseTo(cost, within(1e-6 * cost));
                assertThat(outcome.energy_kWh(0, 0)).isCloseTo(20 - given_kWh, within(1e-4));
            }
        }
    }

    /** A car below its reserve may still be charged, and what it has got then may be given up to what it arrived with. */
    @ParameterizedTest
    @EnumSource(Solver.class)
    void a_car_that_arrives_below_its_reserve_keeps_what_it_arrived_with(Solver solver) {
        TwoPriceDays day = new TwoPriceDays();
        day.buy[10] = 0.10;
        day.sell[11] = 0.50;
        day.buy[11] = 0.50;
        DayProblem problem = withReserve(day.problem(session(5, 10, 14, 8, 15)), 0.5);

        DayOutcome outcome = solved(solver, problem, V2G);

        assertThat(outcome.energy_kWh(0, 0)).isCloseTo(8 + 5 * ETA, within(1e-4));
        assertThat(outcome.energy_kWh(0, 1)).isCloseTo(8, within(1e-4));
        assertThat(outcome.energy_kWh(0, 3)).isCloseTo(15, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(Solver.class)
    void charging_alone_does_not_mind_a_reserve(Solver solver) {
        DayProblem day = RandomDays.generous(3, 24);

        assertThat(solved(solver, withReserve(day, 0.8), SMART).objective_gbp())
                .isEqualTo(solved(solver, day, SMART).objective_gbp());
    }

    static Stream<Arguments> days() {
        return IntStream.range(0, 24)
                .boxed()
                .flatMap(seed -> Stream.of(0.15, 0.4, 1.0).map(share -> Arguments.of(seed, share)));
    }

    @ParameterizedTest
    @MethodSource("days")
    void both_solvers_find_the_same_cost_and_keep_the_reserve(int seed, double reserveShare) {
        // generous networks and such that bind now and then
        DayProblem free = RandomDays.of(seed, seed % 5 == 0 ? 48 : 24, seed % 2 == 0 ? 1000 : 40, Expansion.NEVER);
        DayProblem problem = withReserve(free, reserveShare);
        for (ChargingMode mode : List.of(V2G, SHARED)) {
            DispatchResult tree = Solver.TREE.solve(problem, mode);
            DispatchResult highs = Solver.HIGHS.solve(problem, mode);
            assertThat(tree).as(mode.label()).hasSameClassAs(highs);
            if (tree instanceof DispatchResult.Solved one && highs instanceof DispatchResult.Solved other) {
                double cost = other.outcome().objective_gbp();
                assertThat(one.outcome().objective_gbp())
                        .as(mode.label())
                        .isCloseTo(cost, within(2e-6 * Math.max(1, Math.abs(cost))));
                keepsReserve(one.outcome());
                keepsReserve(other.outcome());
                assertThat(cost)
                        .as("%s: a reserve is no gain", mode.label())
                        .isGreaterThanOrEqualTo(
                                solved(Solver.TREE, free, mode).objective_gbp() - 2e-6 * Math.max(1, Math.abs(cost)));
            }
        }
    }

    private static void keepsReserve(DayOutcome outcome) {
        DayProblem problem = outcome.problem();
        for (int s = 0; s < problem.sessions().size(); s++) {
            Session session = problem.sessions().get(s);
            double kept_kWh =
                    Math.min(problem.settings().reserveShare() * session.capacity_kWh(), session.arrive_kWh());
            for (int k = 0; k < session.length(problem.steps()); k++) {
                assertThat(outcome.energy_kWh(s, k)).as(session.id()).isGreaterThanOrEqualTo(kept_kWh - 1e-6);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, V2G", "2, V2G", "4, V2G", "1, SHARED", "2, SHARED", "4, SHARED"})
    void the_files_of_a_day_with_a_reserve_recompute(int seed, String mode, @TempDir Path folder) throws IOException {
        ChargingMode charging = mode.equals("V2G") ? V2G : SHARED;
        CaseFolder.write(withReserve(RandomDays.generous(seed, 24), 0.35), folder);
        DayProblem problem = CaseFolder.read(folder, false).problem();
        assertThat(problem.settings().reserveShare()).isEqualTo(0.35);
        for (Solver solver : Solver.values()) {
            Path out = folder.resolve(solver.name());
            OutcomeFiles.write(problem, charging, solver.solve(problem, charging), List.of(), out);

            WrittenDay written = new WrittenDay(folder, out, charging.label());

            assertThat(written.lowestOverReserve_kWh).isBetween(-1e-6, 1e-3); // somebody's binds
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "0.3", "1"})
    void bounds_of_the_peak_are_over_schedules_that_keep_it(double reserveShare) {
        TwoPriceDays day = new TwoPriceDays(); // sells at 0, so that energy moves for its own home alone
        day.sell[10] = 0.3;
        day.sell[11] = 0.3;
        Session car = new Session("car", 1, 0, 7, 50, 10, 12, 20, 20, 0);
        DayProblem problem = withReserve(
                RandomDays.withSettings(day.problem(car), lossless(day.problem().settings())), reserveShare);

        // what is given in one hour is taken in the other, at one price; taking first is free of the reserve
        PeakBounds bounds = PeakBounds.of(solved(Solver.HIGHS, problem, V2G));

        assertThat(bounds.lowest_kVA()).isCloseTo(0, within(1e-6));
        assertThat(bounds.highest_kVA()).isCloseTo(7, within(1e-9));
        DayProblem leaving = withReserve(
                RandomDays.withSettings(
                        day.problem(new Session("car", 1, 0, 7, 50, 10, 12, 20, 15, 0)),
                        lossless(day.problem().settings())),
                0.3);
        // 5 kWh go out and none below 15: the most in one hour is 7 after 2 were taken
        assertThat(PeakBounds.of(solved(Solver.HIGHS, leaving, V2G)).highest_kVA())
                .isCloseTo(7, within(1e-6));
    }

    private static DispatchSettings lossless(DispatchSettings d) {
        return new DispatchSettings(
                1,
                d.degradationPercentPerCycle(),
                d.discountRate(),
                d.loadGrowthRate(),
                d.apvSegments(),
                d.expansion(),
                d.tieBreak(),
                d.presentValueDays());
    }

    @ParameterizedTest
    @CsvSource({"-0.1", "1.01", "NaN"})
    void a_share_that_is_none_is_refused(double reserveShare) {
        assertThatThrownBy(() -> DispatchSettings.DEFAULT.withReserve(reserveShare))
                .hasMessageContaining("reserveShare is " + reserveShare)
                .hasMessageContaining("expected 0 to 1");
    }

    @ParameterizedTest
    @CsvSource({"0.3, true", "0.31, false"})
    void a_reserve_above_what_a_car_must_leave_with_is_refused(double reserveShare, boolean good) {
        DayProblem day = new TwoPriceDays().problem(session(7, 10, 12, 20, 15));
        if (good) {
            assertThat(solved(Solver.TREE, withReserve(day, reserveShare), V2G).energy_kWh(0, 1))
                    .isCloseTo(15, within(1e-6));
        } else {
            assertThatThrownBy(() -> withReserve(day, reserveShare))
                    .hasMessageContaining(
                            "session car: reserveShare is 0.31, which keeps 15.500 kWh, but it must leave with 15.000 kWh, expected 0 to 0.3000")
                    .hasMessageContaining("Maybe");
        }
    }
}
