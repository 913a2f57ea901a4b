package org.headroom.study;

import java.util.EnumMap;
import java.util.Map;
import org.headroom.mobility.Archetype;
import org.headroom.mobility.MobilityParameters;
import org.headroom.mobility.PlugInSession;
import org.headroom.mobility.TripDistances;
import org.headroom.time.Season;

/** Whether the energy stored in a car would cover an unexpected trip. Immutable. */
final class TripSafety {
    private final MobilityParameters mobility;
    private final int legs;
    private final Map<Archetype, TripDistances> distances;

    TripSafety(UnexpectedTrips trips, MobilityParameters mobility) {
        this.mobility = mobility;
        this.legs = trips.legs();
        this.distances = new EnumMap<>(trips.distances(mobility));
    }

    /**
     * Share of unexpected trips that a car could not make with what it has stored, down to an empty battery.
     *
     * @param season whose factor on the energy of a mile counts
     */
    double uncoveredShare(PlugInSession car, Season season, double stored_kWh) {
        Archetype archetype = car.archetype();
        double kWhPerMile = mobility.car(archetype).consumption_kWhPerMile(car.capacity_kWh())
                * mobility.efficiency()
                * mobility.seasonUse().getOrDefault(season, 1.0);
        TripDistances ofArchetype = distances.get(archetype);
        if (ofArchetype == null) {
            throw new IllegalStateException("no distances of archetype " + archetype.label());
        }
        return ofArchetype.shareAbove(stored_kWh / (legs * kWhPerMile));
    }
}
