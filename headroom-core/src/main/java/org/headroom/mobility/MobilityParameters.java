package org.headroom.mobility;

import java.util.Map;
import org.headroom.time.Season;

/**
 * A parameter set of the mobility model: everything the simulation knows about drivers and cars. States of charge are
 * shares of usable capacity.
 *
 * @param name name that results carry
 * @param efficiency charging efficiency η, each way
 * @param targetSoc state of charge that drivers want on leaving a charger
 * @param guzzleSoc state of charge on arrival below which a guzzling driver plugs in (SOC threshold of eq. 1)
 * @param grazeSoc the same of a grazing driver
 * @param reserveSoc state of charge below which no driver lets a day's trips take the battery: the car charges away
 *     first (Sec. 4.3)
 * @param awayTargetSoc state of charge that a car charging away leaves with, half a day's use before it is home
 * @param equalHomeEnergy true where a grazing driver charges as much at home as a guzzling one, by charging some whole
 *     days' use away; false where habits differ in that as they may
 * @param burnInWeeks weeks simulated and thrown away before the first that counts
 * @param seasonUse factor on the energy of each mile, by season; every season has one
 * @param cars every archetype's car
 */
public record MobilityParameters(
        String name,
        double efficiency,
        double targetSoc,
        double guzzleSoc,
        double grazeSoc,
        double reserveSoc,
        double awayTargetSoc,
        boolean equalHomeEnergy,
        int burnInWeeks,
        DayRules rules,
        Map<Season, Double> seasonUse,
        Map<Archetype, CarParameters> cars) {
    public MobilityParameters {
        if (!(efficiency > 0 && efficiency <= 1)) {
            throw new IllegalArgumentException(
                    "efficiency is %s, expected above 0 and at most 1".formatted(efficiency));
        }
        if (!(targetSoc > 0 && targetSoc <= 1)) {
            throw new IllegalArgumentException("targetSoc is %s, expected above 0 and at most 1".formatted(targetSoc));
        }
        if (!(reserveSoc >= 0 && reserveSoc < targetSoc)) {
            throw new IllegalArgumentException(
                    "reserveSoc is %s, expected at least 0 and below targetSoc (%s)".formatted(reserveSoc, targetSoc));
        }
        if (!(awayTargetSoc >= reserveSoc && awayTargetSoc <= 1)) {
            throw new IllegalArgumentException("awayTargetSoc is %s, expected at least reserveSoc (%s) and at most 1"
                    .formatted(awayTargetSoc, reserveSoc));
        }
        requireThreshold("guzzle", guzzleSoc, reserveSoc, targetSoc);
        requireThreshold("graze", grazeSoc, reserveSoc, targetSoc);
        if (guzzleSoc > grazeSoc) {
            throw new IllegalArgumentException("plugInBelowSoc.guzzle is %s, expected at most plugInBelowSoc.graze (%s)"
                    .formatted(guzzleSoc, grazeSoc));
        }
        if (burnInWeeks < 0 || burnInWeeks > 520) {
            throw new IllegalArgumentException("burnInWeeks is %d, expected 0 to 520".formatted(burnInWeeks));
        }
        seasonUse = Map.copyOf(seasonUse);
        for (Season season : Season.values()) {
            Double factor = seasonUse.get(season);
            if (factor == null || !(factor > 0 && factor <= 5)) {
                throw new IllegalArgumentException(
                        "seasonUse.%s is %s, expected above 0 and at most 5".formatted(season.label(), factor));
            }
        }
        cars = Map.copyOf(cars);
        for (Archetype archetype : Archetype.values()) {
            if (!cars.containsKey(archetype)) {
                throw new IllegalArgumentException("archetypes has no %s".formatted(archetype.label()));
            }
        }
    }

    /** State of charge below which a driver of this habit plugs in on arrival. */
    public double plugInBelowSoc(Habit habit) {
        return switch (habit) {
            case GUZZLE -> guzzleSoc;
            case GRAZE -> grazeSoc;
        };
    }

    /** The car of an archetype. */
    public CarParameters car(Archetype archetype) {
        CarParameters car = cars.get(archetype);
        if (car == null) {
            throw new IllegalStateException("archetype %s passed validation but has no car".formatted(archetype));
        }
        return car;
    }

    private static void requireThreshold(String habit, double soc, double reserveSoc, double targetSoc) {
        if (!(soc > reserveSoc && soc <= targetSoc)) {
            // At or below the reserve nobody would ever plug in; above the target a full car would.
            throw new IllegalArgumentException(
                    "plugInBelowSoc.%s is %s, expected above reserveSoc (%s) and at most targetSoc (%s)"
                            .formatted(habit, soc, reserveSoc, targetSoc));
        }
    }
}
