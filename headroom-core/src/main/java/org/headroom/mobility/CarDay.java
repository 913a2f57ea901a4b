package org.headroom.mobility;

/**
 * One day of one car: its trips in sum and what they did to the battery. Energies are the battery's:
 * {@code return_kWh = departure_kWh - use_kWh + away_kWh}.
 *
 * @param household number of the household, as the caller keyed it
 * @param ev the car's place in its household, from 0
 * @param day 0 is the Monday of the first week that counts
 * @param trips trips of the day; 0 when the car stays at home
 * @param departure_h hour of leaving home; NaN when the car stays
 * @param return_h hour of the final return, above 24 after midnight; NaN when the car stays
 * @param departure_kWh stored energy on leaving home (when the car stays: at the day's first midnight)
 * @param use_kWh energy the trips take from the battery
 * @param away_kWh energy charged into the battery away from home
 * @param return_kWh stored energy on the final return
 * @param homeHours whole hours between midnight and midnight in which the car is at home: after a day's final return
 *     and before the next departure
 * @param redraws how often the day was drawn anew whole because its hours did not fit its trips
 */
public record CarDay(
        long household,
        int ev,
        Archetype archetype,
        int day,
        int trips,
        double distance_miles,
        double departure_h,
        double return_h,
        double departure_kWh,
        double use_kWh,
        double away_kWh,
        double return_kWh,
        int homeHours,
        int redraws) {}
