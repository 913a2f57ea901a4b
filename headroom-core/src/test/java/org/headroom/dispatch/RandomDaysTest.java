package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headroom.network.Network;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every dispatched day, on seeded random ones; recomputed here by plain sums. */
class RandomDaysTest {
    private static final double SOLVER = 1e-6;

    static Stream<Arguments> days() {
        return Stream.of(Solver.values())
                .flatMap(solver -> Stream.of(
                                IntStream.range(0, 28).mapToObj(seed -> Arguments.of(solver, seed, 24)),
                                IntStream.range(28, 35).mapToObj(seed -> Arguments.of(solver, seed, 48)),
                                IntStream.range(35, 38).mapToObj(seed -> Arguments.of(solver, seed, 96)))
                        .flatMap(s -> s));
    }

    private static DayOutcome solved(Solver solver, DayProblem problem, ChargingMode mode) {
        DispatchResult result = solver.solve(problem, mode);
        assertThat(result).as(mode.label()).isInstanceOf(DispatchResult.Solved.class);
        DispatchResult.Solved solved = (DispatchResult.Solved) result;
        assertThat(solved.relativeGap()).as(mode.label()).isLessThan(SOLVER);
        return solved.outcome();
    }

    @ParameterizedTest
    @MethodSource("days")
    void every_mode_keeps_every_cars_limits_and_departure(Solver solver, int seed, int steps) {
        DayProblem problem = RandomDays.generous(seed, steps);
        for (ChargingMode mode : ChargingMode.all()) {
            Schedule schedule = solved(solver, problem, mode).schedule();
            for (int s = 0; s < problem.sessions().size(); s++) {
                Session session = problem.sessions().get(s);
                int length = Math.floorMod(session.departStep() - session.arriveStep() - 1, steps) + 1;
                double energy = session.arrive_kWh();
                for (int k = 0; k < length; k++) {
                    double charge = schedule.charge_kW(s, k);
                    double discharge = schedule.discharge_kW(s, k);
                    assertThat(charge).isBetween(0.0, session.charger_kW());
                    assertThat(discharge).isBetween(0.0, mode.mayDischarge() ? session.charger_kW() : 0.0);
                    energy += 24.0 / steps * (0.95 * charge - discharge / 0.95);
                    assertThat(energy).isBetween(-SOLVER, session.capacity_kWh() + SOLVER);
                }
                assertThat(energy)
                        .as("%s of %s", session.id(), mode.label())
                        .isCloseTo(session.depart_kWh(), within(SOLVER));
            }
            for (int h = 0; h < problem.homeCount(); h++) {
                for (int t = 0; t < steps; t++) {
                    assertThat(schedule.pvUsed_kW(h, t)).isBetween(0.0, problem.pv_kW(h, t));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("days")
    void flows_balance_at_every_node_and_bills_add_up(Solver solver, int seed, int steps) {
        DayProblem problem = RandomDays.generous(seed, steps);
        for (ChargingMode mode : ChargingMode.all()) {
            DayOutcome day = solved(solver, problem, mode);
            double[][] home = homes_kW(problem, day.schedule());
            Network network = problem.network();
            double[] total = new double[steps];
            for (int t = 0; t < steps; t++) {
                for (int n = 0; n < network.nodeCount(); n++) {
                    double balance = n == 0 ? day.assetFlow_kW(0, t) : day.assetFlow_kW(n, t);
                    for (int l = 0; l < network.lineCount(); l++) {
                        balance -= network.parentNode(l) == n ? day.assetFlow_kW(l + 1, t) : 0;
                    }
                    for (int h = 0; h < home.length; h++) {
                        balance -= problem.homeNode(h) == n ? home[h][t] : 0;
                    }
                    assertThat(balance).as("node %d step %d", n, t).isCloseTo(0, within(1e-9));
                }
                total[t] = day.assetFlow_kW(0, t);
            }
            double cost = 0;
            for (double[] net : mode instanceof ChargingMode.VirtualVehicleToVehicle ? new double[][] {total} : home) {
                for (int t = 0; t < steps; t++) {
                    cost += 24.0
                            / steps
                            * (Math.max(net[t], 0) * problem.buy_gbpPerKWh(t)
                                    - Math.max(-net[t], 0) * problem.sell_gbpPerKWh(t));
                }
            }
            assertThat(day.energyCost_gbp()).isCloseTo(cost, within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("days")
    void more_freedom_never_costs_a_home_more(Solver solver, int seed, int steps) {
        DayProblem problem = RandomDays.generous(seed, steps);
        double immediate = solved(solver, problem, new ChargingMode.Immediate()).objective_gbp();
        double smart = solved(solver, problem, new ChargingMode.Smart()).objective_gbp();
        double v2g = solved(solver, problem, new ChargingMode.VehicleToGrid()).objective_gbp();

        assertThat(smart).isLessThanOrEqualTo(immediate + SOLVER);
        assertThat(v2g).isLessThanOrEqualTo(smart + SOLVER);
    }

    @ParameterizedTest
    @MethodSource("days")
    void sharing_costs_the_community_no_more_than_any_other_modes_schedule(Solver solver, int seed, int steps) {
        for (DayProblem problem :
                List.of(RandomDays.generous(seed, steps), RandomDays.of(seed, steps, 60, Expansion.NEVER))) {
            ChargingMode sharing = new ChargingMode.VirtualVehicleToVehicle();
            if (!(solver.solve(problem, sharing) instanceof DispatchResult.Solved best)) {
                continue; // a small network may bear no schedule at all
            }
            for (ChargingMode mode : ChargingMode.all()) {
                if (solver.solve(problem, mode) instanceof DispatchResult.Solved other
                        && other.outcome().violations().isEmpty()) {
                    double community =
                            new DayOutcome(problem, sharing, other.outcome().schedule()).objective_gbp();
                    assertThat(best.outcome().objective_gbp())
                            .as(mode.label())
                            .isLessThanOrEqualTo(community + SOLVER * Math.max(1, Math.abs(community)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("days")
    void no_car_charges_and_discharges_at_once_where_prices_are_positive(Solver solver, int seed, int steps) {
        if (RandomDays.prices(seed) == RandomDays.Prices.NEGATIVE) {
            return; // the linear model lets a car burn energy that it is paid to take
        }
        DayProblem problem = RandomDays.generous(seed, steps);
        for (ChargingMode mode :
                List.of(new ChargingMode.VehicleToGrid(), new ChargingMode.VirtualVehicleToVehicle())) {
            Schedule schedule = solved(solver, problem, mode).schedule();
            for (int s = 0; s < problem.sessions().size(); s++) {
                for (int k = 0; k < problem.sessions().get(s).length(problem.steps()); k++) {
                    assertThat(Math.min(schedule.charge_kW(s, k), schedule.discharge_kW(s, k)))
                            .isLessThan(1e-4);
                }
            }
        }
    }

    /** Smart charging of a home with one car is a merit order: its own surplus first where that is cheapest, then the cheapest steps. */
    @ParameterizedTest
    @MethodSource("days")
    void smart_charging_of_single_cars_is_their_merit_order(Solver solver, int seed, int steps) {
        DayProblem day = RandomDays.generous(seed, steps);
        List<Session> single = new ArrayList<>();
        for (int h = 0; h < day.homeCount(); h++) {
            int home = h;
            day.sessions().stream().filter(s -> s.home() == home).limit(1).forEach(single::add);
        }
        DayProblem problem = withSessions(day, single);

        double expected = 0;
        for (int h = 0; h < problem.homeCount(); h++) {
            int home = h;
            expected += cheapest_gbp(
                    problem, h, single.stream().filter(s -> s.home() == home).toList());
        }

        assertThat(solved(solver, problem, new ChargingMode.Smart()).objective_gbp())
                .isCloseTo(expected, within(SOLVER));
    }

    private record Offer(double price, double energy_kWh) {}

    /** Bill of a home with at most one car: power offered in each step at its price, the cheapest taken until the car is full. */
    private static double cheapest_gbp(DayProblem problem, int home, List<Session> cars) {
        int steps = problem.stepCount();
        double hours = 24.0 / steps;
        double cost = 0;
        double[] surplus_kW = new double[steps];
        for (int t = 0; t < steps; t++) {
            double buy = problem.buy_gbpPerKWh(t);
            double sell = problem.sell_gbpPerKWh(t);
            // PV is turned off where it would cost: below a sell price of 0 when exported, below a buy price of 0
            // always
            double net = problem.demand_kW(home, t) - (buy < 0 ? 0 : problem.pv_kW(home, t));
            cost += hours * (net > 0 ? net * buy : net * Math.max(0, sell));
            surplus_kW[t] = Math.max(0, -net);
        }
        for (Session car : cars) {
            List<Offer> offers = new ArrayList<>();
            for (int k = 0; k < car.length(problem.steps()); k++) {
                int t = car.stepOfDay(k, problem.steps());
                double own = Math.min(surplus_kW[t], car.charger_kW());
                offers.add(new Offer(Math.max(0, problem.sell_gbpPerKWh(t)), own * hours));
                offers.add(new Offer(problem.buy_gbpPerKWh(t), (car.charger_kW() - own) * hours));
            }
            offers.sort(java.util.Comparator.comparingDouble(Offer::price));
            double missing =
                    (car.depart_kWh() - car.arrive_kWh()) / problem.settings().efficiency();
            for (Offer offer : offers) {
                double taken = Math.min(missing, offer.energy_kWh());
                cost += taken * offer.price();
                missing -= taken;
            }
            assertThat(missing).isLessThan(1e-9);
        }
        return cost;
    }

    @ParameterizedTest
    @MethodSource("days")
    void a_day_written_as_a_case_reads_back_and_dispatches_to_the_same_bits(
            Solver solver, int seed, int steps, @TempDir Path folder) {
        DayProblem problem = RandomDays.of(seed, steps, 80, Expansion.NEEDED);
        CaseFolder.write(problem, folder);
        CaseFolder.Case read = CaseFolder.read(folder, false);

        assertThat(read.lowered()).isEmpty();
        assertThat(read.problem().sessions()).isEqualTo(problem.sessions());
        assertThat(read.problem().settings()).isEqualTo(problem.settings());
        for (ChargingMode mode : ChargingMode.all()) {
            DispatchResult here = solver.solve(problem, mode);
            DispatchResult there = solver.solve(read.problem(), mode);
            assertThat(there).hasSameClassAs(here);
            if (here instanceof DispatchResult.Solved one && there instanceof DispatchResult.Solved other) {
                assertThat(other.outcome().objective_gbp())
                        .isEqualTo(one.outcome().objective_gbp());
                assertThat(other.lowerBound_gbp()).isEqualTo(one.lowerBound_gbp());
                assertThat(other.outcome().presentValue_gbpPerYear())
                        .isEqualTo(one.outcome().presentValue_gbpPerYear());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("days")
    void a_small_network_is_kept_within_its_limits_or_what_breaks_is_named(Solver solver, int seed, int steps) {
        DayProblem problem = RandomDays.of(seed, steps, 12, Expansion.NEVER);
        for (ChargingMode mode : ChargingMode.all().subList(1, 4)) {
            switch (solver.solve(problem, mode)) {
                case DispatchResult.Solved solved ->
                    assertThat(solved.outcome().violations()).isEmpty();
                case DispatchResult.Infeasible infeasible ->
                    assertThat(infeasible.violations())
                            .isNotEmpty()
                            .allSatisfy(v -> assertThat(v).containsPattern("at step \\d+"));
                case DispatchResult.Limit limit -> throw new AssertionError(limit.reason());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("days")
    void an_asset_bears_its_capacity_and_twice_that_once_expanded(Solver solver, int seed, int steps) {
        DayProblem problem = RandomDays.of(seed, steps, 20, Expansion.NEEDED);
        ChargingMode mode = new ChargingMode.VirtualVehicleToVehicle();
        switch (solver.solve(problem, mode)) {
            case DispatchResult.Solved solved -> {
                assertThat(solved.outcome().violations()).isEmpty();
                for (int a = 0; a < problem.assetCount(); a++) {
                    assertThat(solved.outcome().assetPeak_kVA(a))
                            .isLessThanOrEqualTo((solved.outcome().schedule().expanded(a) ? 40 : 20) * (1 + SOLVER));
                }
            }
            case DispatchResult.Infeasible infeasible ->
                assertThat(infeasible.violations()).isNotEmpty();
            case DispatchResult.Limit limit -> throw new AssertionError(limit.reason());
        }
    }

    private static double[][] homes_kW(DayProblem problem, Schedule schedule) {
        double[][] net = new double[problem.homeCount()][problem.stepCount()];
        for (int h = 0; h < net.length; h++) {
            for (int t = 0; t < net[h].length; t++) {
                net[h][t] = problem.demand_kW(h, t) - schedule.pvUsed_kW(h, t);
            }
        }
        for (int s = 0; s < problem.sessions().size(); s++) {
            Session session = problem.sessions().get(s);
            for (int k = 0; k < session.length(problem.steps()); k++) {
                net[session.home()][(session.arriveStep() + k) % problem.stepCount()] +=
                        schedule.charge_kW(s, k) - schedule.discharge_kW(s, k);
            }
        }
        return net;
    }

    private static DayProblem withSessions(DayProblem day, List<Session> sessions) {
        int homes = day.homeCount();
        int steps = day.stepCount();
        List<String> ids = new ArrayList<>();
        int[] nodes = new int[homes];
        double[][] demand = new double[homes][steps];
        double[][] reactive = new double[homes][steps];
        double[][] pv = new double[homes][steps];
        double[] buy = new double[steps];
        double[] sell = new double[steps];
        for (int h = 0; h < homes; h++) {
            ids.add(day.homeId(h));
            nodes[h] = day.homeNode(h);
            for (int t = 0; t < steps; t++) {
                demand[h][t] = day.demand_kW(h, t);
                reactive[h][t] = day.demand_kvar(h, t);
                pv[h][t] = day.pv_kW(h, t);
                buy[t] = day.buy_gbpPerKWh(t);
                sell[t] = day.sell_gbpPerKWh(t);
            }
        }
        return new DayProblem(
                day.network(), day.steps(), day.settings(), ids, nodes, demand, reactive, pv, buy, sell, sessions);
    }
}
