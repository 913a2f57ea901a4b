package org.headroom.mobility;

/** Sees what cars at a parking lot do, day by day. */
public interface ParkingObserver {
    /**
     * A car plugs in.
     *
     * @param charger charging point, from 0
     * @param session its stay; {@code household} is the number of the car in the pool
     */
    default void session(int charger, PlugInSession session) {}

    /** A car finds no point that is free for its whole stay. */
    default void turnedAway(int car, int day, boolean reserved) {}
}
