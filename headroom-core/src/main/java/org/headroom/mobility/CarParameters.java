package org.headroom.mobility;

import java.util.Map;

/**
 * An archetype's car and how it is used.
 *
 * @param capacity_kWh usable capacity of the battery
 * @param consumption_kWhPerMile electricity from the wall for each mile driven; the battery gives η of it
 * @param travel distances and durations by purpose; a purpose the car never travels for may be absent
 */
public record CarParameters(
        double capacity_kWh,
        double consumption_kWhPerMile,
        Map<TripPurpose, PurposeTravel> travel,
        DayPattern weekday,
        DayPattern weekend) {
    public CarParameters {
        if (!(capacity_kWh > 0 && capacity_kWh <= 1000)) {
            throw new IllegalArgumentException(
                    "capacity_kWh is %s, expected above 0 and at most 1000".formatted(capacity_kWh));
        }
        if (!(consumption_kWhPerMile > 0 && consumption_kWhPerMile <= 10)) {
            throw new IllegalArgumentException(
                    "consumption_kWhPerMile is %s, expected above 0 and at most 10".formatted(consumption_kWhPerMile));
        }
        travel = Map.copyOf(travel);
        for (TripPurpose purpose : TripPurpose.values()) {
            if ((weekday.travelsFor(purpose) || weekend.travelsFor(purpose)) && !travel.containsKey(purpose)) {
                throw new IllegalArgumentException(
                        "purposes has no %s, but a day may have that purpose".formatted(purpose.label()));
            }
        }
    }
}
