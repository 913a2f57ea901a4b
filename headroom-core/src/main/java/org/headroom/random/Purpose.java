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
    AWAY(7);

    private final int key;

    Purpose(int key) {
        this.key = key;
    }

    int key() {
        return key;
    }
}
