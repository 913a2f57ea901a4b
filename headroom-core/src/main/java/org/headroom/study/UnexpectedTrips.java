package org.headroom.study;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.headroom.input.Document;
import org.headroom.mobility.Archetype;
import org.headroom.mobility.MobilityParameters;
import org.headroom.mobility.PurposeTravel;
import org.headroom.mobility.TripDistances;
import org.jspecify.annotations.Nullable;

/**
 * Trips that nobody planned, which a car plugged in might have to make at any hour: how far they go.
 *
 * @param findMean_miles mean distance of one leg, log-normal; null for the trips that the car's archetype makes anyway
 * @param sigma standard deviation of the distance's natural logarithm, before the cap
 * @param longest_miles cap of the distance
 * @param legs 2 there and back, 1 one way
 */
public record UnexpectedTrips(@Nullable Double findMean_miles, double sigma, double longest_miles, int legs) {
    private static final String OWN = "own";
    /** The archetype's own trips, there and back. */
    public static final UnexpectedTrips DEFAULT = new UnexpectedTrips(null, 1, 100, 2);

    public UnexpectedTrips {
        if (legs < 1 || legs > 2) {
            throw new IllegalArgumentException("unexpectedTrips.legs is %d, expected 1 or 2".formatted(legs));
        }
        if (findMean_miles != null) {
            distance(findMean_miles, sigma, longest_miles);
        }
    }

    private static PurposeTravel distance(double mean_miles, double sigma, double longest_miles) {
        try {
            return new PurposeTravel(mean_miles, sigma, longest_miles, 24);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("unexpectedTrips " + e.getMessage(), e);
        }
    }

    /** Reads the key {@code unexpectedTrips} of a study. */
    static UnexpectedTrips read(@Nullable Document yaml) {
        if (yaml == null) {
            return DEFAULT;
        }
        UnexpectedTrips trips = new UnexpectedTrips(
                yaml.text("mean_miles", OWN).equals(OWN) ? null : yaml.number("mean_miles", 0, 1000),
                yaml.number("sigma", DEFAULT.sigma, 0, 3),
                yaml.number("longest_miles", DEFAULT.longest_miles, 0, 2000),
                yaml.integer("legs", DEFAULT.legs, 1, 2));
        yaml.refuseUnknownKeys();
        return trips;
    }

    /** Its keys, to be read again. */
    Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("mean_miles", findMean_miles == null ? OWN : findMean_miles);
        keys.put("sigma", sigma);
        keys.put("longest_miles", longest_miles);
        keys.put("legs", legs);
        return keys;
    }

    /** How far they go, for a note. */
    String inWords() {
        String distance = findMean_miles == null
                ? "as far as the trips of its archetype"
                : "%s miles on average".formatted(findMean_miles);
        return distance + (legs == 2 ? ", there and back" : ", one way");
    }

    /** Distances of one leg, by archetype. */
    Map<Archetype, TripDistances> distances(MobilityParameters mobility) {
        Map<Archetype, TripDistances> distances = new EnumMap<>(Archetype.class);
        for (Archetype archetype : Archetype.values()) {
            distances.put(
                    archetype,
                    findMean_miles == null
                            ? TripDistances.own(archetype, mobility.car(archetype), mobility.rules())
                            : TripDistances.logNormal(distance(findMean_miles, sigma, longest_miles)));
        }
        return distances;
    }
}
