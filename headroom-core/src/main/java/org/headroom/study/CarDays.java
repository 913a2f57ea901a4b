package org.headroom.study;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.Session;
import org.headroom.mobility.Archetype;
import org.headroom.study.StudySessions.Plugged;
import org.headroom.time.Season;

/**
 * What the cars of one archetype and place do on a day under a mode, added up by step of the day. Arrays are by step and belong to this
 * object.
 */
final class CarDays {
    /** Columns of the store's table of them, after scenario, network and day. */
    static final String COLUMNS =
            "mode VARCHAR, weight_days DOUBLE, place VARCHAR, archetype VARCHAR, cars DOUBLE[], uncovered DOUBLE[], stored_kWh DOUBLE[], charged_kWh DOUBLE[], discharged_kWh DOUBLE[]";

    static final String HOME = "home";
    static final String PUBLIC = "public";

    private final String place;
    private final Archetype archetype;
    private final double[] cars;
    private final double[] uncovered;
    private final double[] stored_kWh;
    private final double[] charged_kWh;
    private final double[] discharged_kWh;

    private CarDays(String place, Archetype archetype, int steps) {
        this.place = place;
        this.archetype = archetype;
        cars = new double[steps];
        uncovered = new double[steps];
        stored_kWh = new double[steps];
        charged_kWh = new double[steps];
        discharged_kWh = new double[steps];
    }

    /**
     * Adds up an outcome.
     *
     * @param plugged who is plugged in, in the order of the outcome's sessions
     */
    static List<CarDays> of(DayOutcome outcome, List<Plugged> plugged, TripSafety safety, Season season) {
        Map<Archetype, CarDays> atHome = new EnumMap<>(Archetype.class);
        Map<Archetype, CarDays> inPublic = new EnumMap<>(Archetype.class);
        int steps = outcome.problem().stepCount();
        for (int s = 0; s < plugged.size(); s++) {
            Plugged car = plugged.get(s);
            Archetype archetype = car.stay().archetype();
            CarDays sum = car.isPublic()
                    ? inPublic.computeIfAbsent(archetype, a -> new CarDays(PUBLIC, a, steps))
                    : atHome.computeIfAbsent(archetype, a -> new CarDays(HOME, a, steps));
            sum.add(outcome, s, car, safety, season);
        }
        List<CarDays> all = new ArrayList<>(atHome.values());
        all.addAll(inPublic.values());
        return all;
    }

    private void add(DayOutcome outcome, int s, Plugged car, TripSafety safety, Season season) {
        Session session = car.session();
        var schedule = outcome.schedule();
        var steps = outcome.problem().steps();
        double eta = outcome.problem().settings().efficiency();
        double stored = session.arrive_kWh();
        for (int k = 0; k < session.length(steps); k++) {
            int t = session.stepOfDay(k, steps);
            double charge_kWh = schedule.charge_kW(s, k) * steps.step_h();
            double discharge_kWh = schedule.discharge_kW(s, k) * steps.step_h();
            cars[t]++;
            uncovered[t] += safety.uncoveredShare(car.stay(), season, stored);
            stored_kWh[t] += stored;
            charged_kWh[t] += charge_kWh;
            discharged_kWh[t] += discharge_kWh;
            stored += charge_kWh * eta - discharge_kWh / eta;
        }
    }

    /** Home or public. */
    String place() {
        return place;
    }

    Archetype archetype() {
        return archetype;
    }

    /** Cars plugged in in a step. */
    double cars(int step) {
        return cars[step];
    }

    /** Sum over these cars of the share of unexpected trips that what they have stored at the step's start would not cover. */
    double uncovered(int step) {
        return uncovered[step];
    }

    double charged_kWh(int step) {
        return charged_kWh[step];
    }

    double discharged_kWh(int step) {
        return discharged_kWh[step];
    }

    /** Writes what a row has after mode and weight. */
    void append(TrialRows rows) {
        rows.append(place);
        rows.append(archetype.label());
        rows.append(cars);
        rows.append(uncovered);
        rows.append(stored_kWh);
        rows.append(charged_kWh);
        rows.append(discharged_kWh);
    }
}
