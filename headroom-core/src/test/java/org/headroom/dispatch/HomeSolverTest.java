package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.headroom.dispatch.TwoPriceDays.ETA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.headroom.SharedData;
import org.headroom.time.DaySteps;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Homes solved one by one: against HiGHS, against hand-made and enumerated optima, and against their own dual bound. */
class HomeSolverTest {
    private static final ChargingMode SMART = new ChargingMode.Smart();
    private static final ChargingMode V2G = new ChargingMode.VehicleToGrid();
    /** What our own optimum is good for, relative. */
    private static final double EXACT = 1e-9;
    /** What HiGHS' schedule is good for: its tolerance and the cost that its tie-break may add. */
    private static final double HIGHS = 2e-6;
    /** What HiGHS' second objective is good for, relative. */
    private static final double RANK = 1e-6;

    private static HomesResult.Solved solved(DayProblem problem, ChargingMode mode) {
        HomesResult result = HomeSolver.solve(problem, mode);
        if (result instanceof HomesResult.Solved homes) {
            return homes;
        }
        throw new AssertionError(mode.label() + ": " + result);
    }

    private static double cost_gbp(DayProblem problem, ChargingMode mode) {
        return new DayOutcome(problem, mode, solved(problem, mode).schedule()).objective_gbp();
    }

    // ---- what must hold of every solution ----

    private static void holds(String name, DayProblem problem, ChargingMode mode) {
        HomesResult.Solved homes = solved(problem, mode);
        DayOutcome outcome = new DayOutcome(problem, mode, homes.schedule());
        double scale = Math.max(1, Math.abs(outcome.objective_gbp()));
        assertThat(outcome.objective_gbp())
                .as("%s: bound met", name)
                .isCloseTo(homes.lowerBound_gbp(), within(EXACT * scale));
        assertThat(boundOf(problem, mode, homes.prices()))
                .as("%s: bound from the prices alone", name)
                .isCloseTo(homes.lowerBound_gbp(), within(1e-11 * scale));
        keepsLimits(name, problem, mode, homes.schedule());

        DispatchResult.Solved highs = (DispatchResult.Solved) HighsSolver.solve(problem, mode);
        assertThat(outcome.objective_gbp())
                .as("%s: no dearer than HiGHS", name)
                .isLessThanOrEqualTo(highs.outcome().objective_gbp() + EXACT * scale)
                .isCloseTo(highs.outcome().objective_gbp(), within(HIGHS * scale));
        double rank = rank(problem, homes.schedule());
        double other = rank(problem, highs.outcome().schedule());
        double tolerance = RANK * Math.max(1, other)
                + strayed(problem, mode, homes.prices(), highs.outcome().schedule());
        assertThat(rank).as("%s: tie-break", name).isLessThanOrEqualTo(other + tolerance);
        if (problem.settings().tieBreak() != TieBreak.SPREAD) {
            assertThat(rank).as("%s: tie-break", name).isCloseTo(other, within(tolerance));
        }
    }

    /** The Lagrangian at given prices, its minimum taken over import, export, PV, charge, discharge and energy one at a time. */
    private static double boundOf(DayProblem problem, ChargingMode mode, HomePrices prices) {
        double step_h = 24.0 / problem.stepCount();
        double eta = problem.settings().efficiency();
        double bound = 0;
        for (int h = 0; h < problem.homeCount(); h++) {
            for (int t = 0; t < problem.stepCount(); t++) {
                double price = prices.home_gbpPerKWh(h, t);
                assertThat(price).isBetween(problem.sell_gbpPerKWh(t), problem.buy_gbpPerKWh(t));
                bound += step_h * (price * problem.demand_kW(h, t) + Math.min(0, -price * problem.pv_kW(h, t)));
            }
        }
        for (int s = 0; s < problem.sessions().size(); s++) {
            Session session = problem.sessions().get(s);
            int length = Math.floorMod(session.departStep() - session.arriveStep() - 1, problem.stepCount()) + 1;
            for (int k = 0; k < length; k++) {
                double price = prices.home_gbpPerKWh(session.home(), (session.arriveStep() + k) % problem.stepCount());
                double stored = prices.stored_gbpPerKWh(s, k);
                bound += Math.min(0, (price - eta * stored) * session.charger_kW() * step_h);
                if (mode.mayDischarge()) {
                    double wear = problem.degradation_gbpPerKWh(session);
                    bound += Math.min(0, (wear - price + stored / eta) * session.charger_kW() * step_h);
                }
                double next = k + 1 < length ? prices.stored_gbpPerKWh(s, k + 1) : 0;
                bound += k + 1 < length
                        ? (stored > next ? kept_kWh(problem, session) : session.capacity_kWh()) * (stored - next)
                        : stored * session.depart_kWh();
            }
            bound -= prices.stored_gbpPerKWh(s, 0) * session.arrive_kWh();
        }
        return bound;
    }

    private static double kept_kWh(DayProblem problem, Session session) {
        return Math.min(problem.settings().reserveShare() * session.capacity_kWh(), session.arrive_kWh());
    }

    /**
     * The most that a schedule's rank can be below that of the best among the cheapest schedules, because it is not one of them: the
     * reference may pay a little more than the optimum, and where prices nearly tie that little moves much.
     *
     * <p>By complementary slackness the cheapest schedules are those with each power, energy and PV output at the end of its range that
     * the prices (whose bound is met) prefer. What lies between the schedule and that end is moved back along cycles, which
     * go from one power of a car to another of its powers, and by way of the meter to the home's other cars; a kW on one side is at most
     * 1/η² kW on the other.
     */
    private static double strayed(DayProblem problem, ChargingMode mode, HomePrices prices, Schedule schedule) {
        double step_h = 24.0 / problem.stepCount();
        double eta = problem.settings().efficiency();
        double sum = 0;
        for (int h = 0; h < problem.homeCount(); h++) {
            double[] net_kW = new double[problem.stepCount()];
            double astray_kW = 0;
            double steepest = 0;
            int cars = 0;
            for (int s = 0; s < problem.sessions().size(); s++) {
                Session session = problem.sessions().get(s);
                if (session.home() != h) {
                    continue;
                }
                cars++;
                steepest = Math.max(steepest, steepest(problem, session));
                double wear = problem.degradation_gbpPerKWh(session);
                double energy = session.arrive_kWh();
                int length = session.length(problem.steps());
                for (int k = 0; k < length; k++) {
                    int t = session.stepOfDay(k, problem.steps());
                    double charge = schedule.charge_kW(s, k);
                    double discharge = schedule.discharge_kW(s, k);
                    double price = prices.home_gbpPerKWh(h, t);
                    double stored = prices.stored_gbpPerKWh(s, k);
                    net_kW[t] += charge - discharge;
                    energy += step_h * (eta * charge - discharge / eta);
                    astray_kW += astray(price - eta * stored, charge, 0, session.charger_kW());
                    if (mode.mayDischarge()) {
                        astray_kW += astray(wear - price + stored / eta, discharge, 0, session.charger_kW());
                    }
                    if (k + 1 < length) {
                        double kept = stored - prices.stored_gbpPerKWh(s, k + 1);
                        astray_kW += astray(kept, energy, kept_kWh(problem, session), session.capacity_kWh()) / step_h;
                    }
                }
            }
            for (int t = 0; t < problem.stepCount(); t++) {
                double price = prices.home_gbpPerKWh(h, t);
                double used = schedule.pvUsed_kW(h, t);
                double net = net_kW[t] + problem.demand_kW(h, t) - used;
                astray_kW += astray(-price, used, 0, problem.pv_kW(h, t));
                astray_kW += astray(problem.buy_gbpPerKWh(t) - price, Math.max(0, net), 0, Double.MAX_VALUE);
                astray_kW += astray(price - problem.sell_gbpPerKWh(t), Math.max(0, -net), 0, Double.MAX_VALUE);
            }
            sum += cars * steepest * (1 + 1 / (eta * eta)) * astray_kW;
        }
        return sum;
    }

    /** How far a quantity is from the end of its range that it prefers at a reduced cost; 0 where it is free to choose. */
    private static double astray(double reducedCost, double value, double least, double most) {
        return Math.abs(reducedCost) < 1e-11 ? 0 : Math.abs(reducedCost > 0 ? value - least : most - value);
    }

    /** The most that a kW of a session counts in {@link #rank}. */
    private static double steepest(DayProblem problem, Session session) {
        int length = session.length(problem.steps());
        return switch (problem.settings().tieBreak()) {
            case EARLIEST, LATEST -> length;
            case ARBITRARY -> 1 + length;
            case SPREAD -> session.charger_kW() * 15 / 8;
        };
    }

    private static void keepsLimits(String name, DayProblem problem, ChargingMode mode, Schedule schedule) {
        for (int s = 0; s < problem.sessions().size(); s++) {
            Session session = problem.sessions().get(s);
            int length = Math.floorMod(session.departStep() - session.arriveStep() - 1, problem.stepCount()) + 1;
            double rounding = 1e-8 * Math.max(1, session.capacity_kWh());
            double energy = session.arrive_kWh();
            for (int k = 0; k < length; k++) {
                double charge = schedule.charge_kW(s, k);
                double discharge = schedule.discharge_kW(s, k);
                assertThat(charge).as(name).isBetween(0.0, session.charger_kW());
                assertThat(discharge).as(name).isBetween(0.0, mode.mayDischarge() ? session.charger_kW() : 0.0);
                double eta = problem.settings().efficiency();
                energy += 24.0 / problem.stepCount() * (eta * charge - discharge / eta);
                assertThat(energy)
                        .as("%s: %s after %d steps", name, session.id(), k + 1)
                        .isBetween(kept_kWh(problem, session) - rounding, session.capacity_kWh() + rounding);
            }
            assertThat(energy)
                    .as("%s: %s leaves", name, session.id())
                    .isCloseTo(session.depart_kWh(), within(rounding));
        }
    }

    /** The tie-break's own objective, squares as chords between eighths of the charger's power. */
    private static double rank(DayProblem problem, Schedule schedule) {
        double sum = 0;
        for (int s = 0; s < problem.sessions().size(); s++) {
            Session session = problem.sessions().get(s);
            int length = session.length(problem.steps());
            double most = session.charger_kW();
            for (int k = 0; k < length; k++) {
                double charge = schedule.charge_kW(s, k);
                double discharge = schedule.discharge_kW(s, k);
                sum += switch (problem.settings().tieBreak()) {
                    case EARLIEST -> (charge + discharge) * (k + 1);
                    case LATEST -> (charge + discharge) * (length - k);
                    case ARBITRARY -> (charge + discharge) * TieBreak.ARBITRARY.weight(session, k, length);
                    case SPREAD -> square(charge, most) + square(discharge, most);
                };
            }
        }
        return sum;
    }

    private static double square(double power, double most) {
        double width = most / 8;
        int i = Math.min(7, (int) (power / width));
        return i * width * i * width + (power - i * width) * (2 * i + 1) * width;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 200, 300, 400, 500, 600, 700, 800, 900})
    void random_days_cost_what_highs_finds_and_not_more_than_their_bound(int from) {
        for (int seed = from; seed < from + 100; seed++) {
            DayProblem problem = RandomDays.generous(seed, 24);
            holds("day %d smart".formatted(seed), problem, SMART);
            holds("day %d v2g".formatted(seed), problem, V2G);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 200, 300, 400})
    void hard_homes_cost_what_highs_finds_and_not_more_than_their_bound(int from) {
        for (int seed = from; seed < from + 100; seed++) {
            holds("homes %d smart".formatted(seed), RandomHomes.day(seed, 24, false), SMART);
            holds("homes %d v2g".formatted(seed), RandomHomes.day(seed, 24, true), V2G);
        }
    }

    @ParameterizedTest
    @CsvSource({"48, 30", "96, 12"})
    void finer_steps_cost_what_highs_finds_and_not_more_than_their_bound(int steps, int days) {
        for (int seed = 0; seed < days; seed++) {
            DayProblem problem = RandomDays.generous(seed, steps);
            holds("day %d smart".formatted(seed), problem, SMART);
            holds("day %d v2g".formatted(seed), problem, V2G);
            holds("homes %d smart".formatted(seed), RandomHomes.day(seed, steps, false), SMART);
            holds("homes %d v2g".formatted(seed), RandomHomes.day(seed, steps, true), V2G);
        }
    }

    /** Enough rows and pivots for the inverse to be computed afresh on the way. */
    @ParameterizedTest
    @EnumSource(TieBreak.class)
    void thirty_cars_behind_one_meter_cost_what_highs_finds(TieBreak tieBreak) {
        SplittableRandom random = new SplittableRandom(30);
        TwoPriceDays day = new TwoPriceDays();
        day.tieBreak = tieBreak;
        for (int t = 0; t < 24; t++) {
            day.buy[t] = 0.1 + 0.3 * random.nextDouble();
            day.sell[t] = day.buy[t] * random.nextDouble();
            day.demand_kW[t] = 5;
        }
        Session[] cars = new Session[30];
        for (int c = 0; c < cars.length; c++) {
            int arrive = random.nextInt(24);
            int length = random.nextInt(1, 24);
            double arriving = random.nextDouble(50);
            double departing = arriving + random.nextDouble() * Math.min(50 - arriving, 7 * ETA * length);
            cars[c] = car("c" + c, 7, arrive, (arrive + length) % 24, arriving, departing);
        }

        holds("lot smart", day.problem(cars), SMART);
        holds("lot v2g", day.problem(cars), V2G);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void random_days_with_a_reserve_cost_what_highs_finds(int seed) {
        DayProblem day = RandomDays.generous(seed, 24);
        for (double reserveShare : new double[] {0.1, 0.5, 1}) {
            DayProblem problem = RandomDays.withSettings(day, day.settings().withReserve(reserveShare));
            holds("day %d smart".formatted(seed), problem, SMART);
            holds("day %d v2g".formatted(seed), problem, V2G);
        }
    }

    /** Two hours' prices are 5e-7 apart: HiGHS moves .01 kW from one to the other for less than it takes for equal cost. */
    @Test
    void a_day_of_prices_that_nearly_tie_costs_what_highs_finds() {
        holds("day 14666 smart", RandomDays.generous(14_666, 24), SMART);
        holds("day 14666 v2g", RandomDays.generous(14_666, 24), V2G);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"24, 10000", "48, 1000", "96, 300"})
    void many_more_random_days_cost_what_highs_finds(int steps, int days) {
        for (int seed = 10_000; seed < 10_000 + days; seed++) {
            DayProblem problem = RandomDays.generous(seed, steps);
            holds("day %d smart".formatted(seed), problem, SMART);
            holds("day %d v2g".formatted(seed), problem, V2G);
            holds("homes %d smart".formatted(seed), RandomHomes.day(seed, steps, false), SMART);
            holds("homes %d v2g".formatted(seed), RandomHomes.day(seed, steps, true), V2G);
        }
    }

    // ---- the shared cases ----

    /** Cases whose network binds have a dearer optimum; their homes alone are a lower bound to it. */
    @NullUnmarked
    @TestFactory
    Stream<DynamicTest> every_shared_case_costs_what_is_expected_of_it() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> folders = Files.list(SharedData.find("cases"))) {
            for (Path folder : folders.sorted().toList()) {
                DayProblem problem = CaseFolder.read(folder, false).problem();
                JsonNode expected = JsonMapper.shared().readTree(folder.resolve("expected.json"));
                for (ChargingMode mode : List.of(SMART, V2G)) {
                    tests.add(DynamicTest.dynamicTest(
                            folder.getFileName() + " " + mode.label(),
                            () -> checkCase(
                                    problem, mode, expected.path(mode.label()).path("objective_gbp"))));
                }
            }
        }
        return tests.stream();
    }

    private static void checkCase(DayProblem problem, ChargingMode mode, JsonNode expected) {
        HomesResult.Solved homes = solved(problem, mode);
        DayOutcome outcome = new DayOutcome(problem, mode, homes.schedule());
        double scale = Math.max(1, Math.abs(outcome.objective_gbp()));
        assertThat(outcome.objective_gbp()).isCloseTo(homes.lowerBound_gbp(), within(EXACT * scale));
        assertThat(boundOf(problem, mode, homes.prices())).isCloseTo(homes.lowerBound_gbp(), within(1e-11 * scale));
        keepsLimits("case", problem, mode, homes.schedule());
        if (outcome.violations().isEmpty()) {
            DispatchResult.Solved highs = (DispatchResult.Solved) HighsSolver.solve(problem, mode);
            assertThat(outcome.objective_gbp())
                    .isCloseTo(highs.outcome().objective_gbp(), within(HIGHS * scale))
                    .isLessThanOrEqualTo(highs.outcome().objective_gbp() + EXACT * scale);
            if (expected.isNumber()) {
                assertThat(outcome.objective_gbp()).isCloseTo(expected.asDouble(), within(HIGHS * scale));
            }
        } else if (expected.isNumber()) {
            assertThat(homes.lowerBound_gbp()).isLessThanOrEqualTo(expected.asDouble() + HIGHS * scale);
        }
    }

    // ---- by hand ----

    private static Session car(
            String id, double charger_kW, int arrive, int depart, double arrive_kWh, double depart_kWh) {
        return new Session(id, 1, 0, charger_kW, 50, arrive, depart, arrive_kWh, depart_kWh, 5000);
    }

    @Test
    void two_cars_share_the_homes_surplus_and_buy_the_rest_in_the_cheap_hour() {
        TwoPriceDays day = new TwoPriceDays();
        day.sell[10] = 0.05;
        day.pv_kW[10] = 10;
        day.buy[11] = 0.10;

        // 7 + 7 kW fit into hour 10 but only 10 kW are the home's own; 24 in all, 14 of them in hour 11
        double cost = cost_gbp(
                day.problem(car("a", 7, 10, 12, 20, 20 + 12 * ETA), car("b", 7, 10, 12, 20, 20 + 12 * ETA)), SMART);

        assertThat(cost).isCloseTo(14 * 0.10, within(1e-12));
    }

    @Test
    void one_car_feeds_another_of_the_same_home() {
        TwoPriceDays day = new TwoPriceDays();
        day.buy[10] = 0.10;

        // b must take 7 kW in hour 11; a stores 7 in hour 10 and gives 7 · .9025 of them back, at .01 of wear
        double cost = cost_gbp(day.problem(car("a", 7, 10, 12, 20, 20), car("b", 7, 11, 12, 20, 20 + 7 * ETA)), V2G);

        double back = 7 * ETA * ETA;
        assertThat(cost).isCloseTo(7 * 0.10 + back * 0.01 + (7 - back) * 0.30, within(1e-12));
    }

    @Test
    void cars_of_two_homes_do_not_feed_one_another() {
        TwoPriceDays day = new TwoPriceDays();
        day.buy[10] = 0.10;
        day.sell[11] = 0.10;

        double together =
                cost_gbp(day.problem(car("a", 7, 10, 12, 20, 20), car("b", 7, 11, 12, 20, 20 + 7 * ETA)), V2G);
        double apart = cost_gbp(day.problem(car("a", 7, 10, 12, 20, 20)), V2G)
                + cost_gbp(day.problem(car("b", 7, 11, 12, 20, 20 + 7 * ETA)), V2G);

        assertThat(apart).isGreaterThan(together + 0.1);
    }

    @Test
    void a_car_that_is_paid_for_taking_energy_burns_it_by_charging_and_discharging_at_once() {
        TwoPriceDays day = new TwoPriceDays();
        day.buy[3] = -0.20;
        day.sell[3] = -0.20;

        HomesResult.Solved homes = solved(day.problem(car("a", 7, 3, 4, 20, 20)), V2G);

        assertThat(homes.schedule().charge_kW(0, 0)).isCloseTo(7, within(1e-12));
        assertThat(homes.schedule().discharge_kW(0, 0)).isCloseTo(7 * ETA * ETA, within(1e-12));
        assertThat(homes.lowerBound_gbp()).isCloseTo(-0.20 * 7 * (1 - ETA * ETA) + 0.01 * 7 * ETA * ETA, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"EARLIEST, 7 7 0 0 0", "LATEST, 0 0 0 7 7", "SPREAD, 2.625 2.625 2.625 2.625 3.5"})
    void equally_cheap_hours_are_taken_in_the_tie_breaks_order(TieBreak tieBreak, String powers) {
        TwoPriceDays day = new TwoPriceDays();
        day.tieBreak = tieBreak;
        double[] expected = Arrays.stream(powers.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double sum = Arrays.stream(expected).sum();

        Schedule schedule = solved(day.problem(car("a", 7, 22, 3, 20, 20 + sum * ETA)), SMART)
                .schedule();

        double[] sorted = new double[5];
        for (int k = 0; k < 5; k++) {
            sorted[k] = schedule.charge_kW(0, k);
        }
        if (tieBreak == TieBreak.SPREAD) { // which hour takes the odd piece is not said
            Arrays.sort(sorted);
        }
        assertThat(sorted).containsExactly(expected, within(1e-9));
    }

    @Test
    void arbitrary_order_fills_whole_hours_which_differ_from_car_to_car() {
        TwoPriceDays day = new TwoPriceDays();
        day.tieBreak = TieBreak.ARBITRARY;
        Map<List<Integer>, Integer> taken = new HashMap<>();
        for (int car = 0; car < 200; car++) {
            Schedule schedule = solved(day.problem(car("car" + car, 7, 22, 3, 20, 20 + 14 * ETA)), SMART)
                    .schedule();
            List<Integer> hours = new ArrayList<>();
            for (int k = 0; k < 5; k++) {
                if (schedule.charge_kW(0, k) > 1e-9) {
                    assertThat(schedule.charge_kW(0, k)).isCloseTo(7, within(1e-9));
                    hours.add(k);
                }
            }
            taken.merge(hours, 1, Integer::sum);
        }
        // ten pairs of five hours, equally likely: chi-squared of 9 degrees of freedom, 99.9 % below 27.9
        assertThat(taken).hasSize(10);
        assertThat(taken.values().stream()
                        .mapToDouble(n -> (n - 20) * (n - 20) / 20.0)
                        .sum())
                .isLessThan(27.9);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void the_same_day_gives_the_same_bits(int seed) {
        DayProblem problem = RandomHomes.day(seed, 24, true);
        Schedule one = solved(problem, V2G).schedule();
        Schedule other = solved(problem, V2G).schedule();

        for (int s = 0; s < problem.sessions().size(); s++) {
            for (int k = 0; k < problem.sessions().get(s).length(problem.steps()); k++) {
                assertThat(other.charge_kW(s, k)).isEqualTo(one.charge_kW(s, k));
                assertThat(other.discharge_kW(s, k)).isEqualTo(one.discharge_kW(s, k));
            }
        }
    }

    @Test
    void smart_charging_of_a_car_that_must_give_energy_back_is_refused_as_by_highs() {
        DayProblem problem = new TwoPriceDays().problem(car("a", 7, 3, 6, 20, 15.25));

        assertThat(HomeSolver.solve(problem, SMART))
                .isInstanceOfSatisfying(
                        HomesResult.Infeasible.class,
                        mine -> assertThat(HighsSolver.solve(problem, SMART))
                                .isInstanceOfSatisfying(
                                        DispatchResult.Infeasible.class,
                                        highs -> assertThat(mine.violations()).isEqualTo(highs.violations())));
    }

    @Test
    void a_departure_out_of_reach_is_named_with_what_can_be_reached() {
        DayProblem problem = new TwoPriceDays().problem(car("a", 7, 3, 5, 20, 40));

        assertThat(HomeSolver.solve(problem, V2G))
                .isInstanceOfSatisfying(
                        HomesResult.Infeasible.class,
                        infeasible -> assertThat(infeasible.violations())
                                .containsExactly(
                                        "session a: must leave with 40.000 kWh, but only 5.263 to 33.300 kWh can be reached"));
    }

    /** Files round; a battery may be full beyond its capacity by 1e-9 kWh. */
    @Test
    void a_battery_full_beyond_rounding_stays_as_it_is() {
        Session full = new Session("a", 1, 0, 7, 50, 3, 9, 50 + 9e-10, 50 + 9e-10, 5000);

        assertThat(cost_gbp(new TwoPriceDays().problem(full), SMART)).isCloseTo(0, within(1e-8));
        assertThat(cost_gbp(new TwoPriceDays().problem(full), V2G)).isCloseTo(0, within(1e-8));
    }

    @Test
    void a_departure_just_beyond_reach_is_met_as_far_as_it_can_be() {
        Session late = car("a", 7, 3, 5, 20, 20 + 14 * ETA + 1e-9);

        Schedule schedule = solved(new TwoPriceDays().problem(late), SMART).schedule();

        assertThat(schedule.charge_kW(0, 0)).isCloseTo(7, within(1e-12));
        assertThat(schedule.charge_kW(0, 1)).isCloseTo(7, within(1e-12));
    }

    @Test
    void other_modes_are_refused() {
        assertThatThrownBy(() -> HomeSolver.solve(new TwoPriceDays().problem(), new ChargingMode.Immediate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("immediate");
    }

    // ---- by enumeration ----

    /** Without losses and with whole numbers everywhere, some optimum is whole: all whole schedules of two cars are tried. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void two_cars_over_three_steps_cost_the_least_of_all_whole_schedules(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DayProblem problem = wholeDay(random);

        assertThat(cost_gbp(problem, V2G)).isCloseTo(leastOfWhole(problem, true), within(1e-9));
        if (problem.sessions().stream().allMatch(s -> s.depart_kWh() >= s.arrive_kWh())) {
            assertThat(cost_gbp(problem, SMART)).isCloseTo(leastOfWhole(problem, false), within(1e-9));
        }
    }

    /** Two cars in the first three hours of a day, 2 kW each, batteries of 3 kWh. */
    private static DayProblem wholeDay(SplittableRandom random) {
        TwoPriceDays day = new TwoPriceDays();
        for (int t = 0; t < 3; t++) {
            day.buy[t] = random.nextInt(6) / 10.0 - 0.1;
            day.sell[t] = Math.min(day.buy[t], random.nextInt(6) / 10.0 - 0.1);
            day.demand_kW[t] = random.nextInt(3);
            day.pv_kW[t] = random.nextInt(5);
        }
        Session[] cars = new Session[2];
        for (int s = 0; s < 2; s++) {
            int arrive = random.nextInt(4);
            cars[s] = new Session("c" + s, 1, 0, 2, 3, 0, 3, arrive, random.nextInt(4), 60 * random.nextInt(2));
        }
        return withEfficiency(day.problem(cars), day, 1, cars);
    }

    private static DayProblem withEfficiency(DayProblem lossy, TwoPriceDays day, double efficiency, Session... cars) {
        DispatchSettings d = lossy.settings();
        return new DayProblem(
                lossy.network(),
                DaySteps.HOURLY,
                new DispatchSettings(
                        efficiency,
                        d.degradationPercentPerCycle(),
                        d.discountRate(),
                        d.loadGrowthRate(),
                        d.apvSegments(),
                        d.expansion(),
                        d.tieBreak(),
                        d.presentValueDays()),
                List.of("home"),
                new int[] {1},
                new double[][] {day.demand_kW},
                new double[][] {day.demand_kvar},
                new double[][] {day.pv_kW},
                day.buy,
                day.sell,
                List.of(cars));
    }

    private static double leastOfWhole(DayProblem problem, boolean mayDischarge) {
        double least = Double.POSITIVE_INFINITY;
        for (int code = 0; code < 15_625; code++) {
            double[] net = new double[3];
            double cost = 0;
            boolean possible = true;
            int rest = code;
            for (int s = 0; s < 2; s++) {
                Session session = problem.sessions().get(s);
                double energy = session.arrive_kWh();
                for (int t = 0; t < 3; t++) {
                    int power = rest % 5 - 2;
                    rest /= 5;
                    energy += power;
                    net[t] += power;
                    possible &= energy >= 0 && energy <= session.capacity_kWh() && (mayDischarge || power >= 0);
                    cost += Math.max(0, -power) * problem.degradation_gbpPerKWh(session);
                }
                possible &= energy == session.depart_kWh();
            }
            if (!possible) {
                continue;
            }
            for (int t = 0; t < 3; t++) {
                double cheapest = Double.POSITIVE_INFINITY;
                for (int pv = 0; pv <= problem.pv_kW(0, t); pv++) {
                    double grid = problem.demand_kW(0, t) + net[t] - pv;
                    cheapest = Math.min(
                            cheapest, grid * (grid > 0 ? problem.buy_gbpPerKWh(t) : problem.sell_gbpPerKWh(t)));
                }
                cost += cheapest;
            }
            least = Math.min(least, cost);
        }
        return least;
    }
}
