package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.headroom.dispatch.sharing.Ledger;
import org.headroom.dispatch.sharing.Settlement;
import org.headroom.dispatch.sharing.Sink;
import org.headroom.dispatch.sharing.Source;
import org.headroom.dispatch.tree.TreeSolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ledgers and bills of random days, against the schedule and costs of the day itself. */
class SharingOnRandomDaysTest {
    private static final Offset<Double> CLOSED = within(1e-9);

    private static DayOutcome outcome(long seed, ChargingMode mode) {
        DayProblem day = RandomDays.generous(seed, 24);
        if (seed % 3 == 0) {
            day = RandomDays.withLosses(day, new Losses.Fixed(0.01));
        }
        if (mode instanceof ChargingMode.Immediate) {
            return HighsSolver.immediate(day);
        }
        return switch (TreeSolver.solve(day, mode)) {
            case DispatchResult.Solved solved -> solved.outcome();
            case DispatchResult.Infeasible infeasible -> throw new AssertionError(infeasible.violations());
            case DispatchResult.Limit limit -> throw new AssertionError(limit.reason());
        };
    }

    /** The last payer of these days is a public lot. */
    private static Ledger ledger(DayOutcome outcome) {
        return Ledger.of(outcome, payer -> payer == outcome.problem().homeCount() - 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12})
    void in_every_step_each_source_is_used_up_and_each_sink_served(long seed) {
        for (ChargingMode mode : ChargingMode.all()) {
            DayOutcome outcome = outcome(seed, mode);
            DayProblem problem = outcome.problem();
            double step_h = problem.steps().step_h();
            Map<String, Double> given = new HashMap<>();
            Map<String, Double> taken = new HashMap<>();
            ledger(outcome).forEachFlow(flow -> {
                given.merge(flow.from() + "@" + flow.step(), flow.energy_kWh(), Double::sum);
                taken.merge(flow.to() + "@" + flow.step(), flow.energy_kWh(), Double::sum);
            });
            for (int t = 0; t < problem.stepCount(); t++) {
                for (int h = 0; h < problem.homeCount(); h++) {
                    String key = problem.homeId(h) + "@" + t;
                    assertThat(given.getOrDefault(key, 0.0))
                            .isCloseTo(outcome.schedule().pvUsed_kW(h, t) * step_h, CLOSED);
                    assertThat(taken.getOrDefault(key, 0.0)).isCloseTo(problem.demand_kW(h, t) * step_h, CLOSED);
                }
                if (mode instanceof ChargingMode.VirtualVehicleToVehicle) {
                    double net = given.getOrDefault("grid@" + t, 0.0) - taken.getOrDefault("grid@" + t, 0.0);
                    assertThat(net).isCloseTo(outcome.assetFlow_kW(0, t) * step_h, CLOSED);
                }
            }
            for (int s = 0; s < problem.sessions().size(); s++) {
                Session session = problem.sessions().get(s);
                for (int k = 0; k < session.length(problem.steps()); k++) {
                    String key = session.id() + "@" + session.stepOfDay(k, problem.steps());
                    assertThat(given.getOrDefault(key, 0.0))
                            .isCloseTo(outcome.schedule().discharge_kW(s, k) * step_h, CLOSED);
                    assertThat(taken.getOrDefault(key, 0.0))
                            .isCloseTo(outcome.schedule().charge_kW(s, k) * step_h, CLOSED);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4, 7, 11})
    void the_kinds_are_the_sums_of_the_flows(long seed) {
        Ledger ledger = ledger(outcome(seed, new ChargingMode.VirtualVehicleToVehicle()));
        Map<String, Double> own = new HashMap<>();
        Map<String, Double> between = new HashMap<>();
        ledger.forEachFlow(flow -> (flow.fromPayer().equals(flow.toPayer()) ? own : between)
                .merge(flow.fromKind() + " " + flow.toKind() + " " + flow.step(), flow.energy_kWh(), Double::sum));

        for (Source from : Source.values()) {
            for (Sink to : Sink.values()) {
                for (int t = 0; t < ledger.stepCount(); t++) {
                    String key = from + " " + to + " " + t;
                    assertThat(ledger.own_kWh(from, to, t)).isCloseTo(own.getOrDefault(key, 0.0), CLOSED);
                    assertThat(ledger.between_kWh(from, to, t)).isCloseTo(between.getOrDefault(key, 0.0), CLOSED);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12})
    void bills_sum_to_what_the_day_costs_at_any_price_inside(long seed) {
        for (ChargingMode mode : ChargingMode.all()) {
            DayOutcome outcome = outcome(seed, mode);
            for (double priceShare : new double[] {0, 0.5, 0.8}) {
                Settlement settlement = Settlement.of(ledger(outcome), priceShare);
                double energy = 0;
                double wear = 0;
                for (int h = 0; h < settlement.payerCount(); h++) {
                    energy += settlement.energy_gbp(h);
                    wear += settlement.wear_gbp(h);
                }
                assertThat(energy).isCloseTo(outcome.energyCost_gbp(), CLOSED);
                assertThat(wear).isCloseTo(outcome.degradationCost_gbp(), CLOSED);
            }
        }
    }
}
