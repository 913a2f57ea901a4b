package org.headroom.mobility;

/**
 * One journey of a car from a place to the next.
 *
 * @param household number of the household, as the caller keyed it
 * @param ev the car's place in its household, from 0
 * @param day day on which the car left home; 0 is the Monday of the first week that counts
 * @param leg place among the day's trips, from 0
 * @param purpose what it is made for; on the way home, that of the place it leaves
 * @param depart_h hours after that day's midnight; a post-home trip may be above 24
 * @param arrive_h hours after that day's midnight
 * @param energy_kWh electricity from the wall that the trip costs; the battery gives η of it
 */
public record Trip(
        long household,
        int ev,
        Archetype archetype,
        int day,
        int leg,
        TripPurpose purpose,
        double depart_h,
        double arrive_h,
        double distance_miles,
        double energy_kWh) {}
