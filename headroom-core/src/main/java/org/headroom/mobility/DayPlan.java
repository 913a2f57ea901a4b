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

    /** Forgets the day's trips. */
    void stayAtHome() {
        used = false;
        trips = 0;
        distance_miles = 0;
        redraws = 0;
    }

    /** Whole hours at home between midnight and midnight, when the car came home at {@code lastReturn_h} of this day or before. */
    int homeHours(double lastReturn_h) {
        int cameHome = (int) Math.max(0, Math.ceil(lastReturn_h));
        return used
                ? Math.max(0, (int) Math.floor(departure_h) - cameHome) + Math.max(0, 24 - (int) Math.ceil(return_h))
                : 24 - cameHome;
    }

    /** One of its trips. */
    Trip trip(int leg, long household, int ev, Archetype archetype, int day, double kWhPerMile) {
        return new Trip(
                household,
                ev,
                archetype,
                day,
                leg,
                TripPurpose.of(purpose[leg]),
                tripDeparture_h[leg],
                tripArrival_h[leg],
                tripDistance_miles[leg],
                tripDistance_miles[leg] * kWhPerMile);
    }
}
