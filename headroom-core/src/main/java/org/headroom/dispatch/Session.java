package org.headroom.dispatch;

import java.util.Locale;
import org.headroom.time.DaySteps;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a car at one charging point (eqs. 22-37): plugged in during steps {@code arriveStep … departStep-1}, cyclic over
 * midnight when {@code departStep <= arriveStep} (equal: the whole day).
 *
 * @param node index of the node where it charges
 * @param home index of the home that pays
 * @param charger_kW rated power both ways, above 0
 * @param capacity_kWh usable battery capacity, at least 0 (0: a home without a car, eq. 21)
 * @param arrive_kWh stored energy at the start of the first step
 * @param depart_kWh stored energy at the end of the last step
 * @param battery_gbp value of the battery, for degradation
 */
public record Session(
        String id,
        int node,
        int home,
        double charger_kW,
        double capacity_kWh,
        int arriveStep,
        int departStep,
        double arrive_kWh,
        double depart_kWh,
        double battery_gbp) {
    /** Slack allowed where energies meet their bounds, kWh: rounding in the files, not a physical allowance. */
    private static final double ROUNDING_kWh = 1e-9;

    public Session {
        if (!(charger_kW > 0 && charger_kW < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("session %s: charger_kW is %s, expected > 0".formatted(id, charger_kW));
        }
        if (!(capacity_kWh >= 0 && capacity_kWh < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "session %s: capacity_kWh is %s, expected at least 0".formatted(id, capacity_kWh));
        }
        if (!(arrive_kWh >= 0 && arrive_kWh <= capacity_kWh + ROUNDING_kWh)) {
            throw new IllegalArgumentException("session %s: arrive_kWh is %s, expected 0 to capacity_kWh (%s)"
                    .formatted(id, arrive_kWh, capacity_kWh));
        }
        if (!(depart_kWh >= 0 && depart_kWh <= capacity_kWh + ROUNDING_kWh)) {
            throw new IllegalArgumentException("session %s: depart_kWh is %s, expected 0 to capacity_kWh (%s)"
                    .formatted(id, depart_kWh, capacity_kWh));
        }
        if (!(battery_gbp >= 0 && battery_gbp < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "session %s: battery_gbp is %s, expected at least 0".formatted(id, battery_gbp));
        }
    }

    /** Steps plugged in. */
    public int length(DaySteps steps) {
        int length = Math.floorMod(departStep - arriveStep, steps.count());
        return length == 0 ? steps.count() : length;
    }

    /** Step of the day of the k-th step plugged in. */
    public int stepOfDay(int k, DaySteps steps) {
        return steps.ofDay(arriveStep + k);
    }

    /** The most energy that can be stored at departure. */
    public double reachable_kWh(DaySteps steps, double efficiency) {
        return Math.min(capacity_kWh, arrive_kWh + efficiency * charger_kW * steps.step_h() * length(steps));
    }

    /**
     * Stored energy below which it may not be discharged: a share of its capacity, or what it arrives with where that is less.
     *
     * @param reserveShare 0 to 1
     */
    public double reserve_kWh(double reserveShare) {
        return Math.min(reserveShare * capacity_kWh, arrive_kWh);
    }

    /** What is wrong where a session must leave with less than its reserve, or null. */
    @Nullable
    String findReserveFault(double reserveShare) {
        double reserve_kWh = reserve_kWh(reserveShare);
        if (depart_kWh >= reserve_kWh - ROUNDING_kWh) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "session %s: reserveShare is %s, which keeps %.3f kWh, but it must leave with %.3f kWh, expected 0 to %.4f.\nMaybe raise depart_kWh.",
                id,
                reserveShare,
                reserve_kWh,
                depart_kWh,
                Math.floor(1e4 * depart_kWh / capacity_kWh) / 1e4);
    }

    /** The least energy that can be stored at departure, by discharging all the time, but not below the reserve. */
    public double leastReachable_kWh(DaySteps steps, DispatchSettings settings) {
        double discharged_kWh = charger_kW * steps.step_h() * length(steps) / settings.efficiency();
        return Math.max(reserve_kWh(settings.reserveShare()), arrive_kWh - discharged_kWh);
    }

    /** The same session leaving with another energy. */
    public Session departingWith(double other_kWh) {
        return new Session(
                id, node, home, charger_kW, capacity_kWh, arriveStep, departStep, arrive_kWh, other_kWh, battery_gbp);
    }

    /** The same session with a battery that wears for free. */
    Session withoutBatteryValue() {
        return new Session(id, node, home, charger_kW, capacity_kWh, arriveStep, departStep, arrive_kWh, depart_kWh, 0);
    }
}
