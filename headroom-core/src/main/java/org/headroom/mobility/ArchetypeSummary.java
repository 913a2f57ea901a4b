package org.headroom.mobility;

/**
 * What one archetype of a fleet did. Annual figures are those of 365 days, a mean per car, or per household for a
 * household with two cars; energies are measured at the wall.
 *
 * @param archetype ret, pro, two-ev (the household), sho or fam (its cars)
 * @param households households of this archetype
 * @param cars cars of this archetype
 * @param annual_kWh electricity that the trips cost
 * @param annualTrips journeys a year
 * @param homeCharged_kWh electricity charged at home a year
 * @param awayCharged_kWh electricity charged away a year
 * @param availabilityShare whole hours between a day's final return and the next departure, over all hours; mean over
 *     cars
 * @param plugInsPerWeek sessions a week
 * @param peak_kW highest mean power of immediate charge over all steps and weeks; it grows with the number of weeks
 * @param peakHourWeekday hour of the day of the highest step on a weekday
 * @param peakHourWeekend hour of the day of the highest step on a Saturday or Sunday
 * @param peakWeekend_kW highest mean power on a Saturday or Sunday
 * @param redrawnDays days drawn anew whole because no hours fitted their trips
 * @param drivenDays days of use
 */
public record ArchetypeSummary(
        String archetype,
        int households,
        int cars,
        double annual_kWh,
        double annualTrips,
        double annualMiles,
        double homeCharged_kWh,
        double awayCharged_kWh,
        double availabilityShare,
        double plugInsPerWeek,
        double peak_kW,
        int peakHourWeekday,
        int peakHourWeekend,
        double peakWeekend_kW,
        long redrawnDays,
        long drivenDays) {}
