package org.headroom.random;

/**
 * What a random stream is drawn for. The key is part of every published result: a constant never changes its number, and new
 * ones take new numbers.
 */
public enum Purpose {
    /** Which household lives in which home: archetype, two cars, electric or not. */
    POPULATION(1),
    /** Trips of a household: purposes, distances, times. */
    TRIPS(2),
    /** Annual consumption and PV size of a home. */
    HOME(3),
    /** Hour-by-hour demand of a home on a day. */
    DEMAND(4),
    /** Clearness of the sky, day by day. */
    SKY(5),
    /** Topology and electrics of generated networks. */
    NETWORK(6),
    /** Charging away from home. */
    AWAY(7),
    /** The search of a calibration. */
    CALIBRATION(20),
    /** Weeks a household is away on holiday. */
    HOLIDAY(21),
    /** Battery of a car and power of a household's charger, where they are mixed. */
    EQUIPMENT(22),
    /** Cars that park at public charging points. */
    PARKING(23),
    /** Networks that thresholds of similarity are learned from. */
    SIMILARITY_CALIBRATION(26),
    /** Which measured household lives in which home, and in which weeks. */
    MEASURED(29),
    /** Copies of a network with its electrical parameters shuffled, which a gate must refuse. */
    SHUFFLED_COPY(27),
    /** The held-out proof of generated networks. */
    HELD_OUT_PROOF(28);

    private final int key;

    Purpose(int key) {
        this.key = key;
    }

    int key() {
        return key;
    }
}
