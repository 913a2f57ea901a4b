package org.headroom.mobility;

/** Sees the trips and days of a household while they are simulated; a car's days come in order. */
public interface TravelObserver {
    void trip(Trip trip);

    /** After the day's trips. */
    void carDay(CarDay day);
}
