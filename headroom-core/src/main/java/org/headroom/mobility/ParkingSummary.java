package org.headroom.mobility;

/**
 * What happened at a parking lot, over the days that count.
 *
 * @param reserved cars that came below the reservation threshold and found their point
 * @param firstCome cars that came above it and found a free point
 * @param turnedAwayReserved cars below the threshold for which no point was left to reserve
 * @param turnedAway cars above it that found every point taken or reserved
 * @param full cars that came too full to try
 * @param occupiedShare steps in which a point had a car plugged in, over all points and steps
 * @param charged_kWh electricity charged at the lot, from its chargers
 * @param away_kWh electricity that its cars charged elsewhere, at the wall
 */
public record ParkingSummary(
        long reserved,
        long firstCome,
        long turnedAwayReserved,
        long turnedAway,
        long full,
        double occupiedShare,
        double charged_kWh,
        double away_kWh) {}
