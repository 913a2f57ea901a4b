package org.headroom.mobility;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.headroom.time.Season;
import org.jspecify.annotations.Nullable;

/**
 * A parameter set of the mobility model: everything the simulation knows about drivers and cars. States of charge are
 * shares of usable capacity.
 *
 * @param name name that results carry
 * @param efficiency charging efficiency η, each way
 * @param targetSoc state of charge that drivers want on leaving a charger
 * @param guzzleSoc state of charge on arrival below which a guzzling driver plugs in (SOC threshold of eq. 1)
 * @param grazeSoc the same of a grazing driver
 * @param awayTargetSoc state of charge that a car charging away leaves with, half a day's use before it is home
 * @param awayDayShare share of days of use whose whole use is charged away, at work or on the way
 * @param equalHomeEnergy true where a grazing driver charges as much at home as a guzzling one, by charging some whole
 *     days' use away; false where habits differ in that as they may
 * @param burnInWeeks weeks simulated and thrown away before the first that counts
 * @param seasonUse factor on the energy of each mile, by season; every season has one
 * @param chargers powers of home chargers that differ from the one that a study or command asks for; shares sum to at
 *     most 1, the rest has that one
 * @param holidays holidays away
 * @param cars every archetype's car
 */
public record MobilityParameters(
        String name,
        double efficiency,
        double targetSoc,
        double guzzleSoc,
        double grazeSoc,
        double awayTargetSoc,
        double awayDayShare,
        boolean equalHomeEnergy,
        int burnInWeeks,
        DayRules rules,
        Map<Season, Double> seasonUse,
        List<ChargerShare> chargers,
        Holidays holidays,
        Map<Archetype, CarParameters> cars) {
    public MobilityParameters {
        if (!(efficiency > 0 && efficiency <= 1)) {
            throw new IllegalArgumentException(
                    "efficiency is %s, expected above 0 and at most 1".formatted(efficiency));
        }
        if (!(targetSoc > 0 && targetSoc <= 1)) {
            throw new IllegalArgumentException("targetSoc is %s, expected above 0 and at most 1".formatted(targetSoc));
        }
        if (!(awayTargetSoc >= 0 && awayTargetSoc <= 1)) {
            throw new IllegalArgumentException("awayTargetSoc is %s, expected 0 to 1".formatted(awayTargetSoc));
        }
        if (!(awayDayShare >= 0 && awayDayShare <= 1)) {
            throw new IllegalArgumentException("awayDayShare is %s, expected 0 to 1".formatted(awayDayShare));
        }
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
        chargers = List.copyOf(chargers);
        double mixed = chargers.stream().mapToDouble(ChargerShare::share).sum();
        if (!(mixed <= 1 + 1e-9)) {
            throw new IllegalArgumentException(
                    "chargers has shares that sum to %s, expected at most 1".formatted(mixed));
        }
        cars = Map.copyOf(cars);
        for (Archetype archetype : Archetype.values()) {
            if (!cars.containsKey(archetype)) {
                throw new IllegalArgumentException("archetypes has no %s".formatted(archetype.label()));
            }
            requireReserve(archetype, cars.get(archetype), targetSoc, awayTargetSoc, guzzleSoc, grazeSoc);
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

    /** The same set with another car of an archetype. */
    public MobilityParameters withCar(Archetype archetype, CarParameters car) {
        Map<Archetype, CarParameters> others = new EnumMap<>(cars);
        others.put(archetype, car);
        return with(name, awayDayShare, others);
    }

    /** The same set under another name. */
    public MobilityParameters named(String otherName) {
        return with(otherName, awayDayShare, cars);
    }

    /** The same set with another share of days charged away. */
    public MobilityParameters withAwayDayShare(double share) {
        return with(name, share, cars);
    }

    private MobilityParameters with(String otherName, double otherAwayDayShare, Map<Archetype, CarParameters> others) {
        return with(otherName, seasonUse, chargers, holidays, otherAwayDayShare, others);
    }

    /** The same set for other households. */
    MobilityParameters with(
            Map<Season, Double> otherSeasonUse,
            List<ChargerShare> otherChargers,
            Holidays otherHolidays,
            double otherAwayDayShare,
            Map<Archetype, CarParameters> others) {
        return with(name, otherSeasonUse, otherChargers, otherHolidays, otherAwayDayShare, others);
    }

    private MobilityParameters with(
            String otherName,
            Map<Season, Double> otherSeasonUse,
            List<ChargerShare> otherChargers,
            Holidays otherHolidays,
            double otherAwayDayShare,
            Map<Archetype, CarParameters> others) {
        return new MobilityParameters(
                otherName,
                efficiency,
                targetSoc,
                guzzleSoc,
                grazeSoc,
                awayTargetSoc,
                otherAwayDayShare,
                equalHomeEnergy,
                burnInWeeks,
                rules,
                otherSeasonUse,
                otherChargers,
                otherHolidays,
                others);
    }

    private static void requireReserve(
            Archetype archetype,
            @Nullable CarParameters car,
            double targetSoc,
            double awayTargetSoc,
            double guzzleSoc,
            double grazeSoc) {
        double reserveSoc = car == null ? 0 : car.reserveSoc();
        if (!(reserveSoc >= 0 && reserveSoc < targetSoc)) {
            throw new IllegalArgumentException(
                    "archetypes.%s: reserveSoc is %s, expected at least 0 and below targetSoc (%s)"
                            .formatted(archetype.label(), reserveSoc, targetSoc));
        }
        if (awayTargetSoc < reserveSoc) {
            throw new IllegalArgumentException(
                    "awayTargetSoc is %s, expected at least reserveSoc of archetypes.%s (%s) and at most 1"
                            .formatted(awayTargetSoc, archetype.label(), reserveSoc));
        }
        requireThreshold("guzzle", guzzleSoc, archetype, reserveSoc, targetSoc);
        requireThreshold("graze", grazeSoc, archetype, reserveSoc, targetSoc);
    }

    private static void requireThreshold(
            String habit, double soc, Archetype archetype, double reserveSoc, double targetSoc) {
        if (!(soc > reserveSoc && soc <= targetSoc)) {
            // At or below the reserve nobody would ever plug in; above the target a full car would.
            throw new IllegalArgumentException(
                    "plugInBelowSoc.%s is %s, expected above reserveSoc (%s for %s) and at most targetSoc (%s)"
                            .formatted(habit, soc, reserveSoc, archetype.label(), targetSoc));
        }
    }
}
