package org.headroom.dispatch.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.headroom.dispatch.sharing.TwoHomes.ALONE;
import static org.headroom.dispatch.sharing.TwoHomes.OTHER;
import static org.headroom.dispatch.sharing.TwoHomes.SHARED;
import static org.headroom.dispatch.sharing.TwoHomes.STEP_H;
import static org.headroom.dispatch.sharing.TwoHomes.SUNNY;

import org.assertj.core.data.Offset;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.Losses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bills small enough to be written by hand: buying costs .30, selling earns .10. */
class SettlementTest {
    private static final Offset<Double> ROUNDING = within(1e-12);

    private final TwoHomes homes = new TwoHomes();

    private Settlement settled(ChargingMode mode, double priceShare) {
        return Settlement.of(homes.ledger(mode), priceShare);
    }

    private double community_gbp(ChargingMode mode, double priceShare) {
        Settlement settlement = settled(mode, priceShare);
        return settlement.energy_gbp(0) + settlement.energy_gbp(1) + settlement.energy_gbp(2);
    }

    @Test
    void shared_energy_changes_hands_halfway_between_the_prices() {
        homes.pv_kW[SUNNY][1] = 3;
        homes.demand_kW[OTHER][1] = 3;

        Settlement settlement = settled(SHARED, 0.5);

        assertThat(settlement.energy_gbp(SUNNY)).isCloseTo(-3 * STEP_H * 0.20, ROUNDING);
        assertThat(settlement.energy_gbp(OTHER)).isCloseTo(3 * STEP_H * 0.20, ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.10", "0.25, 0.15", "1, 0.30"})
    void the_price_share_moves_the_price_from_sell_to_buy(double share, double price) {
        homes.pv_kW[SUNNY][1] = 3;
        homes.demand_kW[OTHER][1] = 3;

        assertThat(settled(SHARED, share).energy_gbp(OTHER)).isCloseTo(3 * STEP_H * price, ROUNDING);
    }

    @Test
    void without_sharing_each_pays_the_grid() {
        homes.pv_kW[SUNNY][1] = 3;
        homes.demand_kW[OTHER][1] = 3;

        Settlement settlement = settled(ALONE, 0.5);

        assertThat(settlement.energy_gbp(SUNNY)).isCloseTo(-3 * STEP_H * 0.10, ROUNDING);
        assertThat(settlement.energy_gbp(OTHER)).isCloseTo(3 * STEP_H * 0.30, ROUNDING);
    }

    /** Of 4 kW needed 3 come from the neighbour and 1 from the grid. */
    @Test
    void what_the_community_imports_keeps_the_buy_price() {
        homes.pv_kW[SUNNY][1] = 3;
        homes.demand_kW[OTHER][1] = 4;

        assertThat(settled(SHARED, 0.5).energy_gbp(OTHER)).isCloseTo((3 * 0.20 + 1 * 0.30) * STEP_H, ROUNDING);
        assertThat(community_gbp(SHARED, 0.5)).isCloseTo(0.30 * STEP_H, ROUNDING);
    }

    /** Of 3 kW left over 1 goes to the neighbour and 2 to the grid. */
    @Test
    void what_the_community_exports_keeps_the_sell_price() {
        homes.pv_kW[SUNNY][1] = 3;
        homes.demand_kW[OTHER][1] = 1;

        assertThat(settled(SHARED, 0.5).energy_gbp(SUNNY)).isCloseTo(-(1 * 0.20 + 2 * 0.10) * STEP_H, ROUNDING);
        assertThat(community_gbp(SHARED, 0.5)).isCloseTo(-0.20 * STEP_H, ROUNDING);
    }

    /** .4 kW and .2 kW are lost in lines; 4 and 2 kW go through the meters. */
    @Test
    void losses_are_paid_by_all_who_use_the_lines() {
        homes.losses = new Losses.Fixed(0.1);
        homes.pv_kW[SUNNY][1] = 4;
        homes.demand_kW[OTHER][1] = 2;

        Settlement settlement = settled(SHARED, 0.5);

        double lost_gbp = 0.6 * 0.20;
        assertThat(settlement.energy_gbp(SUNNY) / STEP_H)
                .isCloseTo(-2.6 * 0.20 - 1.4 * 0.10 + lost_gbp * 4 / 6, ROUNDING);
        assertThat(settlement.energy_gbp(OTHER) / STEP_H).isCloseTo(2 * 0.20 + lost_gbp * 2 / 6, ROUNDING);
        assertThat(community_gbp(SHARED, 0.5)).isCloseTo(homes.outcome(SHARED).energyCost_gbp(), ROUNDING);
    }

    /** A battery of 100 kWh worth 10,000 GBP loses .01 % in a full cycle: .01 GBP a kWh given. */
    @Test
    void wear_is_paid_by_the_owner_of_the_car() {
        homes.discharge_kW[OTHER][3] = 5;
        homes.demand_kW[SUNNY][3] = 5;

        Settlement settlement = settled(SHARED, 0.5);

        assertThat(settlement.wear_gbp(OTHER)).isCloseTo(5 * STEP_H * 0.01, ROUNDING);
        assertThat(settlement.wear_gbp(SUNNY)).isZero();
    }

    @Test
    void transfers_make_good_whoever_loses_and_keep_the_sum() {
        double[] after = FairSplit.after_gbp(new double[] {30, 10, -20});

        assertThat(after).containsExactly(new double[] {15, 5, 0}, within(1e-12));
    }

    @Test
    void no_split_is_fair_where_the_community_loses() {
        double[] gains = {5, -6};

        assertThat(FairSplit.exists(gains)).isFalse();
        assertThatThrownBy(() -> FairSplit.after_gbp(gains)).hasMessageContaining("expected at least 0");
    }

    @Test
    void where_nobody_gains_or_loses_nothing_is_transferred() {
        assertThat(FairSplit.after_gbp(new double[] {0, 0})).containsExactly(0, 0);
    }
}
