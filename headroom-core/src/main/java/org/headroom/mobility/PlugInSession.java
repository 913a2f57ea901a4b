package org.headroom.mobility;

/**
 * One stay of a car at its household's charger (paper, eqs. 26-27). It belongs to the day of its arrival; the departure
 * may be on the next one. Its energies do not depend on how the car is charged meanwhile.
 *
 * @param household number of the household, as the caller keyed it
 * @param ev the car's place in its household, from 0
 * @param day day of arrival; 0 is the Monday of the first week that counts
 * @param arriveStep first step plugged in, counted from that day's midnight, below the steps of a day
 * @param departStep first step no longer plugged in, counted from the same midnight: above {@code arriveStep}, by at
 *     most a day
 * @param arrive_kWh stored energy at the start of the first step
 * @param depart_kWh stored energy at the end of the last step, at least {@code arrive_kWh}
 * @param capacity_kWh usable capacity of the battery
 * @param charger_kW rated power of the household's charger
 */
public record PlugInSession(
        long household,
        int ev,
        Archetype archetype,
        int day,
        int arriveStep,
        int departStep,
        double arrive_kWh,
        double depart_kWh,
        double capacity_kWh,
        double charger_kW) {
    public PlugInSession {
        if (!(arriveStep >= 0 && departStep > arriveStep)) {
            throw new IllegalArgumentException(
                    "session of household %d, day %d: steps %d to %d, expected 0 <= arriveStep < departStep"
                            .formatted(household, day, arriveStep, departStep));
        }
        if (!(0 <= arrive_kWh && arrive_kWh <= depart_kWh && depart_kWh <= capacity_kWh)) {
            throw new IllegalArgumentException(
                    "session of household %d, day %d: %s kWh to %s kWh of %s kWh, expected 0 <= arrive <= depart <= capacity"
                            .formatted(household, day, arrive_kWh, depart_kWh, capacity_kWh));
        }
        if (!(charger_kW > 0)) {
            throw new IllegalArgumentException("session of household %d, day %d: charger_kW is %s, expected above 0"
                    .formatted(household, day, charger_kW));
        }
    }

    /** Steps plugged in, at least 1 and at most a day. */
    public int steps() {
        return departStep - arriveStep;
    }
}
