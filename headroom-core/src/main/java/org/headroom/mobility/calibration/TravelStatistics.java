package org.headroom.mobility.calibration;

import org.headroom.mobility.Archetype;
import org.headroom.mobility.CarDay;
import org.headroom.mobility.TravelObserver;
import org.headroom.mobility.Trip;
import org.headroom.mobility.TripPurpose;
import org.headroom.time.DayType;

/**
 * Trips and days of cars, added up by archetype: how often, how far, when they start, how long the cars are at home. An hour
 * after midnight counts as an hour of the day it lies in.
 */
final class TravelStatistics implements TravelObserver {
    private static final int HOURS = 24;
    /** Weekdays, Saturdays, Sundays. */
    private static final int DAY_TYPES = 3;

    private final double[][] starts = new double[Archetype.COUNT][TripPurpose.COUNT * DAY_TYPES * HOURS];
    private final double[][] trips = new double[Archetype.COUNT][TripPurpose.COUNT];
    private final double[][] miles = new double[Archetype.COUNT][TripPurpose.COUNT];
    private final double[] homeHours = new double[Archetype.COUNT];
    private final double[] days = new double[Archetype.COUNT];

    private static int place(TripPurpose purpose, DayType type, int hour) {
        int ofType = switch (type) {
            case WEEKDAY -> 0;
            case SATURDAY -> 1;
            case SUNDAY -> 2;
        };
        return (purpose.index() * DAY_TYPES + ofType) * HOURS + hour;
    }

    @Override
    public void trip(Trip trip) {
        int a = trip.archetype().index();
        int hour = (int) Math.floor(trip.depart_h());
        int day = trip.day() + hour / HOURS;
        starts[a][place(trip.purpose(), DayType.ofDay(day), hour % HOURS)]++;
        trips[a][trip.purpose().index()]++;
        miles[a][trip.purpose().index()] += trip.distance_miles();
    }

    @Override
    public void carDay(CarDay day) {
        days[day.archetype().index()]++;
        homeHours[day.archetype().index()] += day.homeHours();
    }

    /** Adds one archetype of other statistics, {@code weight} times. */
    void add(TravelStatistics that, Archetype archetype, double weight) {
        int a = archetype.index();
        for (int i = 0; i < starts[a].length; i++) {
            starts[a][i] += weight * that.starts[a][i];
        }
        for (int p = 0; p < TripPurpose.COUNT; p++) {
            trips[a][p] += weight * that.trips[a][p];
            miles[a][p] += weight * that.miles[a][p];
        }
        homeHours[a] += weight * that.homeHours[a];
        days[a] += weight * that.days[a];
    }

    /** Adds all of other statistics. */
    void addAll(TravelStatistics that) {
        for (Archetype archetype : Archetype.values()) {
            add(that, archetype, 1);
        }
    }

    /** Days of all cars. */
    double days() {
        return sum(days);
    }

    double days(Archetype archetype) {
        return days[archetype.index()];
    }

    double tripsPerYear() {
        double sum = 0;
        for (double[] ofCar : trips) {
            sum += sum(ofCar);
        }
        return sum * 365 / days();
    }

    double milesPerYear() {
        double sum = 0;
        for (double[] ofCar : miles) {
            sum += sum(ofCar);
        }
        return sum * 365 / days();
    }

    double availabilityShare() {
        return sum(homeHours) / (HOURS * days());
    }

    /** Mean distance of a trip of a purpose; NaN where there is none. */
    double meanMiles(TripPurpose purpose) {
        double count = 0;
        double distance = 0;
        for (int a = 0; a < Archetype.COUNT; a++) {
            count += trips[a][purpose.index()];
            distance += miles[a][purpose.index()];
        }
        return distance / count;
    }

    /** Overlap of the start hours with a target's: the sum over hours of the smaller share; 0 where there is no such trip. */
    double overlap(Target.StartHours target) {
        double[] count = new double[HOURS];
        for (int hour = 0; hour < HOURS; hour++) {
            for (int a = 0; a < Archetype.COUNT; a++) {
                count[hour] += starts[a][place(target.purpose(), target.days(), hour)];
            }
        }
        double sum = sum(count);
        double overlap = 0;
        for (int hour = 0; hour < HOURS && sum > 0; hour++) {
            overlap += Math.min(count[hour] / sum, target.shares().get(hour));
        }
        return overlap;
    }

    /** What travel achieves of a target that {@link Target#isOfTravel()}. */
    double achieved(Target target) {
        return switch (target) {
            case Target.MeanMiles mean -> meanMiles(mean.purpose());
            case Target.StartHours hours -> overlap(hours);
            case Target.Figure figure ->
                switch (figure.quantity()) {
                    case ANNUAL_TRIPS -> tripsPerYear();
                    case ANNUAL_MILES -> milesPerYear();
                    case AVAILABILITY -> availabilityShare();
                    case ANNUAL_KWH,
                            HOME_SHARE,
                            PLUG_INS,
                            PEAK,
                            PEAK_WEEKEND,
                            PEAK_HOUR_WEEKDAY,
                            PEAK_HOUR_WEEKEND,
                            PEAK_PER_DAILY_KWH,
                            PEAK_HOUR -> throw new IllegalArgumentException(figure.name() + " is not of travel alone");
                };
        };
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
