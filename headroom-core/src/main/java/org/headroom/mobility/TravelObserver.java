package org.headroom.mobility;

/** Sees the trips, days and sessions of a household while they are simulated, each in the order of time. */
public interface TravelObserver {
    default void trip(Trip trip) {}

    /** After the day's trips. */
    default void carDay(CarDay day) {}

    /** When the car plugs in: before its next day. */
    default void session(PlugInSession session) {}
}
