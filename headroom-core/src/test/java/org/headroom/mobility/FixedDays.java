package org.headroom.mobility;

import java.util.Locale;
import org.headroom.time.DaySteps;

/**
 * A parameter set without chance, for stories: every car has 50 kWh, drives on every day it is used to one place and back, and
 * leaves and returns at fixed hours. No energy is lost in charging, and cars begin at the target, 0.8.
 */
final class FixedDays {
    private final StringBuilder archetypes = new StringBuilder();
    private double threshold = 0.8;

    /** Plugs in below this state of charge; cars begin between it and 0.8. */
    FixedDays threshold(double soc) {
        threshold = soc;
        return this;
    }

    /** A car used every day. */
    FixedDays car(Archetype archetype, double departure_h, double return_h, double use_kWh) {
        return car(archetype, departure_h, return_h, use_kWh, 1);
    }

    FixedDays car(Archetype archetype, double departure_h, double return_h, double use_kWh, int usedOnWeekends) {
        archetypes.append("""
                  %s:
                    capacity_kWh: 50
                    consumption_kWhPerMile: %s
                    purposes:
                      other: { mean_miles: 10, sigma: 0, longestTrip_miles: 50, longestAway_h: 24 }
                    weekday:
                      used: 1
                      firstPurpose: { other: 1 }
                      adjacent: {}
                      postHome: {}
                      departure_h: { other: [ { share: 1, mean: %s, sd: 0 } ] }
                      return_h: { other: [ { share: 1, mean: %s, sd: 0 } ] }
                    weekend: { used: %d }
                """.formatted(archetype.label(), use_kWh / 20, departure_h, return_h, usedOnWeekends)
                .indent(0));
        return this;
    }

    HouseholdSimulator simulator(double charger_kW) {
        String text = """
                format: headroom-mobility/1
                name: fixed
                efficiency: 1
                burnInWeeks: 0
                plugInBelowSoc: { guzzle: %s, graze: %s }
                targetSoc: 0.8
                reserveSoc: 0.1
                awayTargetSoc: 0.8
                travel: { fixed_h: 0.1, speed_milesPerHour: 30 }
                shortestStay_h: { work: 1, education: 0.15, shopping: 0.35, other: 0.5 }
                earliestDeparture_h: 4.5
                latestDeparture_h: 21.5
                latestReturn_h: 24
                latestPostHomeReturn_h: 26
                postHome_h: [2, 3]
                tries: 50
                archetypes:
                """.formatted(threshold, threshold);
        for (Archetype archetype : Archetype.values()) {
            if (archetypes.indexOf("  " + archetype.label() + ":") < 0) {
                car(archetype, 9, 17, 10);
            }
        }
        MobilityParameters parameters = MobilityParameterFile.parse("fixed.yaml", text + archetypes);
        return HouseholdSimulator.of(parameters, Habit.GUZZLE, charger_kW, DaySteps.HOURLY);
    }

    static String line(PlugInSession session) {
        return String.format(
                Locale.ROOT,
                "day %d %s %d-%d: %.1f to %.1f kWh",
                session.day(),
                session.archetype().label(),
                session.arriveStep(),
                session.departStep(),
                session.arrive_kWh(),
                session.depart_kWh());
    }
}
