package org.headroom.study;

import org.headroom.mobility.MobilityChanges;
import org.jspecify.annotations.Nullable;

/**
 * What a study says of cars beyond who has them.
 *
 * @param changes what of the mobility parameters changes
 * @param findMeasured measured sessions that take the place of simulated ones, or null
 * @param parking public parking lots
 * @param unexpectedTrips trips that the energy stored is asked to cover
 */
public record CarSettings(
        MobilityChanges changes,
        @Nullable MeasuredSource findMeasured,
        ParkingPlan parking,
        UnexpectedTrips unexpectedTrips) {}
