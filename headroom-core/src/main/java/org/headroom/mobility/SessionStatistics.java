package org.headroom.mobility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.headroom.mobility.MeasuredSessions.Stay;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;

/**
 * What sessions look like, measured or simulated: how many, how long, how much, when.
 *
 * @param name whose sessions
 * @param duration_h 5, 25, 50, 75 and 95 % of the stays are shorter
 * @param energy_kWh 5, 25, 50, 75 and 95 % of the stays charge less, from the charger
 * @param arriveShare share of stays that begin in each hour of the day, 24
 */
public record SessionStatistics(
        String name,
        int sessions,
        int households,
        List<Double> duration_h,
        List<Double> energy_kWh,
        List<Double> arriveShare) {
    private static final double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.95};
    private static final int HOURS = 24;

    public SessionStatistics {
        duration_h = List.copyOf(duration_h);
        energy_kWh = List.copyOf(energy_kWh);
        arriveShare = List.copyOf(arriveShare);
    }

    /** Statistics of stays; there must be one. */
    public static SessionStatistics of(String name, int households, List<Stay> stays) {
        if (stays.isEmpty()) {
            throw new IllegalArgumentException(name + " has no session, expected at least one");
        }
        double[] arrive = new double[HOURS];
        for (Stay stay : stays) {
            arrive[(int) stay.arrive_h() % HOURS] += 1.0 / stays.size();
        }
        return new SessionStatistics(
                name,
                stays.size(),
                households,
                quantiles(stays.stream().mapToDouble(Stay::duration_h).toArray()),
                quantiles(stays.stream().mapToDouble(Stay::energy_kWh).toArray()),
                Arrays.stream(arrive).boxed().toList());
    }

    /** Statistics of simulated households: the default population over eight weeks of no season. */
    public static SessionStatistics simulated(MobilityParameters parameters, Habit habit, double charger_kW) {
        List<Stay> stays = new ArrayList<>();
        DaySteps steps = new DaySteps(96);
        FleetRequest request = new FleetRequest(null, 500, 8, habit, charger_kW, new StudySeed(1), steps, parameters);
        Fleet.simulate(request, new TravelObserver() {
            @Override
            public void session(PlugInSession session) {
                stays.add(new Stay(
                        session.arriveStep() * steps.step_h(),
                        session.steps() * steps.step_h(),
                        (session.depart_kWh() - session.arrive_kWh()) / parameters.efficiency()));
            }
        });
        return of("set " + parameters.name() + ", " + habit.label(), request.households(), stays);
    }

    /** Sum over hours of the smaller share of arrivals: 1 where both arrive alike. */
    public double arrivalOverlap(SessionStatistics that) {
        double overlap = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            overlap += Math.min(arriveShare.get(hour), that.arriveShare.get(hour));
        }
        return overlap;
    }

    private static List<Double> quantiles(double[] values) {
        Arrays.sort(values);
        List<Double> quantiles = new ArrayList<>();
        for (double of : QUANTILES) {
            quantiles.add(values[(int) Math.round(of * (values.length - 1))]);
        }
        return quantiles;
    }
}
