package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.PartialSharing;
import org.headroom.dispatch.sharing.Ledger;
import org.headroom.dispatch.sharing.Settlement;
import org.headroom.dispatch.sharing.SharedEnergy;
import org.headroom.dispatch.tree.TreeSolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A summer day of the embedded study: V-V2V against V2G. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharingOnBritish118Test {
    private final DayProblem day = new StudyInputs(StudyFile.embedded()).problem(0, "III", 14);
    private final Ledger alone = ledger(day, new ChargingMode.VehicleToGrid());
    private final Ledger shared = ledger(day, new ChargingMode.VirtualVehicleToVehicle());

    private static Ledger ledger(DayProblem day, ChargingMode mode) {
        return Ledger.of(outcome(day, mode), payer -> false);
    }

    private static DayOutcome outcome(DayProblem day, ChargingMode mode) {
        if (TreeSolver.solve(day, mode) instanceof DispatchResult.Solved solved) {
            return solved.outcome();
        }
        throw new AssertionError(mode.label());
    }

    private static double bills_gbp(Ledger ledger, double priceShare) {
        Settlement settlement = Settlement.of(ledger, priceShare);
        double sum = 0;
        for (int h = 0; h < settlement.payerCount(); h++) {
            sum += settlement.energy_gbp(h);
        }
        return sum;
    }

    @Test
    void homes_that_share_sell_less_to_the_grid_and_buy_less_from_it() {
        SharedEnergy before = SharedEnergy.of(alone);
        SharedEnergy after = SharedEnergy.of(shared);

        assertThat(before.homeToHome_kWh()).isZero();
        assertThat(after.pvShared_kWh()).isGreaterThan(100);
        assertThat(after.carsShared_kWh()).isGreaterThan(10);
        assertThat(after.sold_kWh()).isLessThan(before.sold_kWh() / 2);
        assertThat(after.bought_kWh()).isLessThan(before.bought_kWh());
    }

    @Test
    void what_is_bought_and_used_makes_up_what_is_sold_and_lost() {
        for (Ledger ledger : new Ledger[] {alone, shared}) {
            SharedEnergy energy = SharedEnergy.of(ledger);
            double pv_kWh = 0;
            double demand_kWh = 0;
            for (int h = 0; h < day.homeCount(); h++) {
                for (int t = 0; t < day.stepCount(); t++) {
                    pv_kWh += ledger.outcome().schedule().pvUsed_kW(h, t);
                    demand_kWh += day.demand_kW(h, t);
                }
            }
            double stored_kWh = day.sessions().stream()
                    .mapToDouble(s -> s.depart_kWh() - s.arrive_kWh())
                    .sum();

            assertThat(energy.bought_kWh() + pv_kWh)
                    .isCloseTo(energy.sold_kWh() + demand_kWh + stored_kWh + energy.batteryLosses_kWh(), within(1e-5));
        }
    }

    @Test
    void the_price_inside_moves_money_between_homes_and_none_in_or_out() {
        for (double priceShare : new double[] {0, 0.5, 1}) {
            assertThat(bills_gbp(shared, priceShare)).isCloseTo(shared.outcome().energyCost_gbp(), within(1e-9));
        }
        assertThat(Settlement.of(shared, 0).energy_gbp(0))
                .isNotEqualTo(Settlement.of(shared, 1).energy_gbp(0));
        assertThat(bills_gbp(alone, 0.5)).isCloseTo(alone.outcome().energyCost_gbp(), within(1e-9));
    }

    @Test
    void between_v2g_and_v_v2v_lies_sharing_pv_alone() {
        PartialSharing.Solved pv = new PartialSharing(true, false, false).findSolved(day);

        if (pv == null) {
            throw new AssertionError("no schedule");
        }
        assertThat(pv.isProved()).isTrue();
        assertThat(pv.objective_gbp()).isLessThan(alone.outcome().objective_gbp() - 1);
        assertThat(pv.objective_gbp())
                .isGreaterThan(
                        shared.outcome().energyCost_gbp() + shared.outcome().degradationCost_gbp() - 1e-3);
    }
}
