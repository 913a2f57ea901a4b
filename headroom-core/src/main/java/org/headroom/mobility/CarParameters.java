package org.headroom.mobility;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An archetype's car and how it is used.
 *
 * @param capacity_kWh usable capacity of the battery
 * @param consumption_kWhPerMile electricity from the wall for each mile driven; the battery gives η of it
 * @param batteries other sizes of car in the archetype, whose shares sum to at most 1; the rest has the capacity and
 *     consumption above
 * @param reserveSoc state of charge below which the driver lets no day's trips take the battery: the car charges away
 *     first (Sec. 4.3)
 * @param travel distances and durations by purpose; a purpose the car never travels for may be absent
 */
public record CarParameters(
        double capacity_kWh,
        double consumption_kWhPerMile,
        List<Battery> batteries,
        double reserveSoc,
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
        batteries = List.copyOf(batteries);
        double mixed = batteries.stream().mapToDouble(Battery::share).sum();
        if (!(mixed <= 1 + 1e-9)) {
            throw new IllegalArgumentException(
                    "batteries has shares that sum to %s, expected at most 1".formatted(mixed));
        }
        travel = Map.copyOf(travel);
        for (TripPurpose purpose : TripPurpose.values()) {
            if ((weekday.travelsFor(purpose) || weekend.travelsFor(purpose)) && !travel.containsKey(purpose)) {
                throw new IllegalArgumentException(
                        "purposes has no %s, but a day may have that purpose".formatted(purpose.label()));
            }
        }
    }

    /**
     * The size of car that a household has, by a number drawn evenly from 0 to 1.
     *
     * @return null for the archetype's own capacity and consumption
     */
    @Nullable
    Battery findBattery(double drawn) {
        for (Battery battery : batteries) {
            drawn -= battery.share();
            if (drawn < 0) {
                return battery;
            }
        }
        return null;
    }

    /** Electricity from the wall for each mile of the archetype's car of a capacity; of a capacity that it has not, its own. */
    public double consumption_kWhPerMile(double ofCapacity_kWh) {
        return batteries.stream()
                .filter(battery -> battery.capacity_kWh() == ofCapacity_kWh)
                .mapToDouble(Battery::consumption_kWhPerMile)
                .findFirst()
                .orElse(consumption_kWhPerMile);
    }

    /** The same car in other sizes. */
    CarParameters withBatteries(List<Battery> others) {
        return new CarParameters(capacity_kWh, consumption_kWhPerMile, others, reserveSoc, travel, weekday, weekend);
    }

    /** The same car with another consumption. */
    public CarParameters withConsumption(double kWhPerMile) {
        return new CarParameters(capacity_kWh, kWhPerMile, batteries, reserveSoc, travel, weekday, weekend);
    }

    /** The same car with another reserve. */
    public CarParameters withReserve(double soc) {
        return new CarParameters(capacity_kWh, consumption_kWhPerMile, batteries, soc, travel, weekday, weekend);
    }

    /** The same car, used otherwise. */
    public CarParameters withPatterns(DayPattern otherWeekday, DayPattern otherWeekend) {
        return withTravel(travel, otherWeekday, otherWeekend);
    }

    /** The same car, used otherwise and for other distances. */
    public CarParameters withTravel(
            Map<TripPurpose, PurposeTravel> otherTravel, DayPattern otherWeekday, DayPattern otherWeekend) {
        return new CarParameters(
                capacity_kWh, consumption_kWhPerMile, batteries, reserveSoc, otherTravel, otherWeekday, otherWeekend);
    }
}
