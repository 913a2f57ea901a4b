package org.headroom.mobility;

/** One car's drawn day, filled anew for each: scratch space of the simulation. */
final class DayPlan {
    /** Three main trips and a post-home round trip. */
    static final int MOST_TRIPS = 5;

    boolean used;
    double departure_h;
    double return_h;
    double distance_miles;
    int trips;
    int redraws;
    final int[] purpose = new int[MOST_TRIPS];
    final double[] tripDistance_miles = new double[MOST_TRIPS];
    final double[] tripDeparture_h = new double[MOST_TRIPS];
    final double[] tripArrival_h = new double[MOST_TRIPS];
}
