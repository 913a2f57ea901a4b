package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;

class ChargingCurveTest {
    private static PlugInSession session(int day, int arriveStep, int departStep, double charged_kWh) {
        return new PlugInSession(0, 0, Archetype.PRO, day, arriveStep, departStep, 10, 10 + charged_kWh, 60, 7);
    }

    @Test
    void a_session_charges_at_full_power_and_its_last_step_is_partial() {
        var curve = new ChargingCurve(0.95, DaySteps.HOURLY, 1);
        curve.add(List.of(session(1, 18, 31, 2.5 * 7 * 0.95)));

        assertThat(curve.mean_kW(0, 24 + 17)).isZero();
        assertThat(curve.mean_kW(0, 24 + 18)).isEqualTo(7);
        assertThat(curve.mean_kW(0, 24 + 19)).isEqualTo(7);
        assertThat(curve.mean_kW(0, 24 + 20)).isCloseTo(3.5, within(1e-9));
        assertThat(curve.mean_kW(0, 24 + 21)).isZero();
    }

    @Test
    void it_is_the_mean_over_all_households_also_those_that_never_charge() {
        var curve = new ChargingCurve(0.95, DaySteps.HOURLY, 1);
        curve.add(List.of(session(0, 18, 31, 7 * 0.95)));
        curve.add(List.of());

        assertThat(curve.mean_kW(0, 18)).isCloseTo(3.5, within(1e-9));
    }

    @Test
    void the_last_sunday_night_goes_on_in_the_first_monday() {
        var curve = new ChargingCurve(1, DaySteps.HOURLY, 2);
        curve.add(List.of(session(13, 23, 31, 14)));

        assertThat(curve.mean_kW(1, 167)).isEqualTo(7);
        assertThat(curve.mean_kW(0, 0)).isEqualTo(7);
    }

    @Test
    void half_hours_hold_half_the_energy_each() {
        var curve = new ChargingCurve(1, new DaySteps(48), 1);
        curve.add(List.of(session(0, 36, 60, 5.25)));

        assertThat(curve.stepsPerWeek()).isEqualTo(336);
        assertThat(curve.mean_kW().getFirst().subList(35, 39)).containsExactly(0.0, 7.0, 3.5, 0.0);
        assertThat(curve.hourOfDay(37)).isEqualTo(18);
    }

    @Test
    void weekday_and_weekend_have_peaks_of_their_own() {
        var curve = new ChargingCurve(1, DaySteps.HOURLY, 2);
        curve.add(List.of(session(2, 21, 30, 7), session(12, 19, 30, 3)));

        assertThat(curve.peak()).isEqualTo(new ChargingCurve.Peak(7, 0, 2 * 24 + 21));
        assertThat(curve.peak(true)).isEqualTo(new ChargingCurve.Peak(3, 1, 5 * 24 + 19));
        assertThat(curve.hourOfDay(curve.peak(true).step())).isEqualTo(19);
    }
}
