package org.headroom.dispatch.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headroom.dispatch.sharing.TwoHomes.ALONE;
import static org.headroom.dispatch.sharing.TwoHomes.LOT;
import static org.headroom.dispatch.sharing.TwoHomes.OTHER;
import static org.headroom.dispatch.sharing.TwoHomes.SHARED;
import static org.headroom.dispatch.sharing.TwoHomes.STEP_H;
import static org.headroom.dispatch.sharing.TwoHomes.SUNNY;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.headroom.dispatch.Losses;
import org.headroom.dispatch.sharing.Ledger.Flow;
import org.junit.jupiter.api.Test;

/** Ledgers small enough to be kept by hand. */
class LedgerTest {
    private static final Offset<Double> ROUNDING = within(1e-12);

    private final TwoHomes homes = new TwoHomes();

    private static List<Flow> flows(Ledger ledger) {
        List<Flow> flows = new ArrayList<>();
        ledger.forEachFlow(flows::add);
        return flows;
    }

    private static double between(Ledger ledger, Source from, Sink to, int step) {
        return ledger.between_kWh(from, to, step) / STEP_H;
    }

    private static double own(Ledger ledger, Source from, Sink to, int step) {
        return ledger.own_kWh(from, to, step) / STEP_H;
    }

    @Test
    void a_home_serves_itself_first_and_shares_the_rest() {
        homes.pv_kW[SUNNY][1] = 5;
        homes.demand_kW[SUNNY][1] = 2;
        homes.demand_kW[OTHER][1] = 1;

        Ledger ledger = homes.ledger(SHARED);

        assertThat(own(ledger, Source.PV, Sink.DEMAND, 1)).isCloseTo(2, ROUNDING);
        assertThat(between(ledger, Source.PV, Sink.DEMAND, 1)).isCloseTo(1, ROUNDING);
        assertThat(between(ledger, Source.PV, Sink.GRID, 1)).isCloseTo(2, ROUNDING);
        assertThat(ledger.import_kWh(1)).isZero();
    }

    @Test
    void without_sharing_a_surplus_goes_to_the_grid_and_a_need_comes_from_it() {
        homes.pv_kW[SUNNY][1] = 5;
        homes.demand_kW[SUNNY][1] = 2;
        homes.demand_kW[OTHER][1] = 1;

        Ledger ledger = homes.ledger(ALONE);

        assertThat(own(ledger, Source.PV, Sink.DEMAND, 1)).isCloseTo(2, ROUNDING);
        assertThat(between(ledger, Source.PV, Sink.DEMAND, 1)).isZero();
        assertThat(between(ledger, Source.PV, Sink.GRID, 1)).isCloseTo(3, ROUNDING);
        assertThat(between(ledger, Source.GRID, Sink.DEMAND, 1)).isCloseTo(1, ROUNDING);
    }

    /** 4 kW of PV and 2 of a car are left over; demand, a car and the lot want 3, 6 and 3: half of each comes from the grid. */
    @Test
    void the_pool_gives_every_taker_the_same_mixture() {
        homes.pv_kW[SUNNY][2] = 4;
        homes.discharge_kW[SUNNY][2] = 2;
        homes.demand_kW[OTHER][2] = 3;
        homes.charge_kW[OTHER][2] = 6;
        homes.charge_kW[LOT][2] = 3;

        Ledger ledger = homes.ledger(SHARED);

        assertThat(ledger.import_kWh(2)).isCloseTo(6 * STEP_H, ROUNDING);
        assertThat(between(ledger, Source.PV, Sink.DEMAND, 2)).isCloseTo(1, ROUNDING);
        assertThat(between(ledger, Source.PV, Sink.CAR, 2)).isCloseTo(2, ROUNDING);
        assertThat(between(ledger, Source.PV, Sink.LOT, 2)).isCloseTo(1, ROUNDING);
        assertThat(between(ledger, Source.CAR, Sink.DEMAND, 2)).isCloseTo(0.5, ROUNDING);
        assertThat(between(ledger, Source.CAR, Sink.CAR, 2)).isCloseTo(1, ROUNDING);
        assertThat(between(ledger, Source.CAR, Sink.LOT, 2)).isCloseTo(0.5, ROUNDING);
        assertThat(between(ledger, Source.GRID, Sink.CAR, 2)).isCloseTo(3, ROUNDING);
    }

    @Test
    void the_summary_tells_sharing_between_homes_from_sharing_with_the_public() {
        homes.pv_kW[SUNNY][2] = 4;
        homes.discharge_kW[SUNNY][2] = 2;
        homes.demand_kW[OTHER][2] = 3;
        homes.charge_kW[OTHER][2] = 6;
        homes.charge_kW[LOT][2] = 3;
        homes.discharge_kW[LOT][3] = 2;
        homes.demand_kW[OTHER][3] = 5;

        SharedEnergy energy = SharedEnergy.of(homes.ledger(SHARED));

        assertThat(energy.carToCar_kWh()).isCloseTo(1 * STEP_H, ROUNDING);
        assertThat(energy.homeToHome_kWh()).isCloseTo((1 + 2 + 0.5 + 1) * STEP_H, ROUNDING);
        assertThat(energy.homeToPublic_kWh()).isCloseTo(1.5 * STEP_H, ROUNDING);
        assertThat(energy.publicToHome_kWh()).isCloseTo(2 * STEP_H, ROUNDING);
        assertThat(energy.pvShared_kWh()).isCloseTo(4 * STEP_H, ROUNDING);
        assertThat(energy.carsShared_kWh()).isCloseTo(2 * STEP_H, ROUNDING);
        assertThat(energy.ownUse_kWh()).isZero();
        assertThat(energy.bought_kWh()).isCloseTo((6 + 3) * STEP_H, ROUNDING);
    }

    @Test
    void own_sources_meet_own_needs_pro_rata() {
        homes.pv_kW[SUNNY][0] = 3;
        homes.discharge_kW[SUNNY][0] = 1;
        homes.demand_kW[SUNNY][0] = 2;

        Ledger ledger = homes.ledger(SHARED);

        assertThat(own(ledger, Source.PV, Sink.DEMAND, 0)).isCloseTo(1.5, ROUNDING);
        assertThat(own(ledger, Source.CAR, Sink.DEMAND, 0)).isCloseTo(0.5, ROUNDING);
        assertThat(between(ledger, Source.PV, Sink.GRID, 0)).isCloseTo(1.5, ROUNDING);
        assertThat(between(ledger, Source.CAR, Sink.GRID, 0)).isCloseTo(0.5, ROUNDING);
    }

    @Test
    void flows_name_the_car_the_home_and_the_grid() {
        homes.discharge_kW[SUNNY][2] = 2;
        homes.demand_kW[OTHER][2] = 3;

        assertThat(flows(homes.ledger(SHARED)))
                .containsExactlyInAnyOrder(
                        new Flow(2, "car 1", Source.CAR, "sunny", "other", Sink.DEMAND, "other", 2 * STEP_H),
                        new Flow(2, "grid", Source.GRID, "", "other", Sink.DEMAND, "other", 1 * STEP_H));
    }

    /** Charging 10 kW for 6 h stores 57 kWh at 95 %; giving 3.8 kW for 6 h takes 24 kWh from the battery. */
    @Test
    void batteries_lose_a_share_both_ways() {
        homes.charge_kW[SUNNY][0] = 10;
        homes.discharge_kW[SUNNY][1] = 3.8;

        assertThat(homes.ledger(ALONE).batteryLosses_kWh()).isCloseTo((60 - 57) + (24 - 22.8), within(1e-9));
    }

    @Test
    void lines_that_lose_take_from_the_pool_like_everyone() {
        homes.losses = new Losses.Fixed(0.1);
        homes.pv_kW[SUNNY][1] = 4;
        homes.demand_kW[OTHER][1] = 2;

        Ledger ledger = homes.ledger(SHARED);

        // the line of the sunny home carries 4 kW and loses .4, that of the other delivers 2 and loses .2
        assertThat(ledger.lines_kWh(1)).isCloseTo(0.6 * STEP_H, ROUNDING);
        assertThat(between(ledger, Source.PV, Sink.LINES, 1)).isCloseTo(0.6, ROUNDING);
        assertThat(between(ledger, Source.PV, Sink.GRID, 1)).isCloseTo(1.4, ROUNDING);
        assertThat(-ledger.outcome().assetFlow_kW(0, 1)).isCloseTo(1.4, ROUNDING);
    }

    @Test
    void a_negative_demand_counts_as_pv() {
        homes.demand_kW[SUNNY][1] = -2;
        homes.demand_kW[OTHER][1] = 3;

        assertThat(between(homes.ledger(SHARED), Source.PV, Sink.DEMAND, 1)).isCloseTo(2, ROUNDING);
    }
}
