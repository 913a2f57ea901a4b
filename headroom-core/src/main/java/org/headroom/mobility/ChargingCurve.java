package org.headroom.mobility;

import java.util.ArrayList;
import java.util.List;
import org.headroom.time.DaySteps;
import org.headroom.time.DayType;

/**
 * Power that a group of households draws under immediate charge, as a mean over their chargers (paper, Figs. 7-9): full
 * power from plug-in until the departure energy is reached, the last step partial.
 *
 * <p>The simulated weeks are closed to a cycle: what a session of the last Sunday charges after midnight counts in the
 * first Monday, so that every session counts once.
 */
public final class ChargingCurve {
    private final double efficiency;
    private final DaySteps steps;
    private final int weeks;
    private final double[] sum_kW;
    private int households;

    /**
     * A curve without households yet.
     *
     * @param efficiency charging efficiency η: the battery gains η of what the charger draws
     */
    public ChargingCurve(double efficiency, DaySteps steps, int weeks) {
        this.efficiency = efficiency;
        this.steps = steps;
        this.weeks = weeks;
        sum_kW = new double[weeks * stepsPerWeek(steps)];
    }

    private static int stepsPerWeek(DaySteps steps) {
        return 7 * steps.count();
    }

    /** Adds a household, which may have no session at all. */
    public void add(List<PlugInSession> sessionsOfHousehold) {
        addHousehold();
        sessionsOfHousehold.forEach(this::addSession);
    }

    /** Counts a household, whose sessions follow. */
    void addHousehold() {
        households++;
    }

    void addSession(PlugInSession session) {
        int step = session.day() * steps.count() + session.arriveStep();
        double rest_kWh = (session.depart_kWh() - session.arrive_kWh()) / efficiency;
        while (rest_kWh > 0) {
            double step_kWh = Math.min(session.charger_kW() * steps.step_h(), rest_kWh);
            sum_kW[step % sum_kW.length] += step_kWh / steps.step_h();
            rest_kWh -= step_kWh;
            step++;
        }
    }

    /** Adds the households of another curve of the same steps and weeks. */
    void addAll(ChargingCurve that) {
        households += that.households;
        for (int step = 0; step < sum_kW.length; step++) {
            sum_kW[step] += that.sum_kW[step];
        }
    }

    /** Households added. */
    public int households() {
        return households;
    }

    public int weeks() {
        return weeks;
    }

    /** Steps a week: 168 when they are hours. */
    public int stepsPerWeek() {
        return stepsPerWeek(steps);
    }

    /** Mean power of a charger in a step of a week; 0 without households. */
    public double mean_kW(int week, int step) {
        return households == 0 ? 0 : sum_kW[week * stepsPerWeek() + step] / households;
    }

    /** Mean power of a charger, {@code [week][step]}, a week beginning on Monday midnight. */
    public List<List<Double>> mean_kW() {
        List<List<Double>> curves = new ArrayList<>();
        for (int week = 0; week < weeks; week++) {
            List<Double> curve = new ArrayList<>(stepsPerWeek());
            for (int step = 0; step < stepsPerWeek(); step++) {
                curve.add(mean_kW(week, step));
            }
            curves.add(List.copyOf(curve));
        }
        return List.copyOf(curves);
    }

    /** The highest of all steps. It grows with the number of weeks. */
    public Peak peak() {
        Peak weekday = peak(false);
        Peak weekend = peak(true);
        return weekend.mean_kW() > weekday.mean_kW() ? weekend : weekday;
    }

    /** The highest of the steps on weekdays, or of those on Saturdays and Sundays; the first of equal ones. */
    public Peak peak(boolean ofWeekend) {
        Peak highest = new Peak(0, 0, 0);
        for (int week = 0; week < weeks; week++) {
            for (int step = 0; step < stepsPerWeek(); step++) {
                boolean weekend = DayType.ofDay(step / steps.count()).isWeekend();
                if (weekend == ofWeekend && mean_kW(week, step) > highest.mean_kW()) {
                    highest = new Peak(mean_kW(week, step), week, step);
                }
            }
        }
        return highest;
    }

    /** Hour of the day, 0..23, that a step of a week lies in. */
    public int hourOfDay(int stepOfWeek) {
        return (int) (steps.ofDay(stepOfWeek) * steps.step_h());
    }

    /**
     * The highest step of a curve.
     *
     * @param step step of the week
     */
    public record Peak(double mean_kW, int week, int step) {}
}
