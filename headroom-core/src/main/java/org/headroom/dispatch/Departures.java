package org.headroom.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Departure energies that no schedule of a mode reaches, whatever the network allows (eqs. 22-29). */
public final class Departures {
    /** Departure energies may be this far out of reach, relative: rounding in the files. */
    private static final double ROUNDING = 1e-8;

    private Departures() {}

    /** Sessions that cannot leave as asked, one sentence each; the same for every solver. */
    public static List<String> outOfReach(DayProblem problem, ChargingMode mode) {
        List<String> sentences = new ArrayList<>();
        for (Session session : problem.sessions()) {
            double rounding = ROUNDING * Math.max(1, session.capacity_kWh());
            double most =
                    session.reachable_kWh(problem.steps(), problem.settings().efficiency());
            double least = least_kWh(problem, session, mode);
            if (!mode.mayDischarge() && session.depart_kWh() < least) {
                sentences.add(String.format(
                        Locale.ROOT,
                        "session %s: arrives with %.3f kWh and must leave with %.3f kWh, but %s charging does not discharge",
                        session.id(),
                        session.arrive_kWh(),
                        session.depart_kWh(),
                        mode.label()));
            } else if (session.depart_kWh() > most + rounding || session.depart_kWh() < least - rounding) {
                sentences.add(String.format(
                        Locale.ROOT,
                        "session %s: must leave with %.3f kWh, but only %.3f to %.3f kWh can be reached",
                        session.id(),
                        session.depart_kWh(),
                        least,
                        most));
            }
        }
        return sentences;
    }

    /** The least energy that a session can leave with. */
    static double least_kWh(DayProblem problem, Session session, ChargingMode mode) {
        return mode.mayDischarge()
                ? session.leastReachable_kWh(problem.steps(), problem.settings())
                : session.arrive_kWh();
    }
}
