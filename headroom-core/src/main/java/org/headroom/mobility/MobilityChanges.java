package org.headroom.mobility;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.time.Season;
import org.jspecify.annotations.Nullable;

/**
 * What a study changes of a parameter set, key by key as in the set's file; everything else stays as the set says.
 *
 * @param seasonUse factor on the energy of a mile, of the seasons that change
 * @param findHolidays holidays away, or null
 * @param findChargers powers of home chargers, or null
 * @param batteries sizes of car, of the archetypes that change
 * @param findAwayDayShare share of days of use charged away, or null
 */
public record MobilityChanges(
        Map<Season, Double> seasonUse,
        @Nullable Holidays findHolidays,
        @Nullable List<ChargerShare> findChargers,
        Map<Archetype, List<Battery>> batteries,
        @Nullable Double findAwayDayShare) {
    /** Every parameter as the set says. */
    public static final MobilityChanges NONE = new MobilityChanges(Map.of(), null, null, Map.of(), null);

    public MobilityChanges {
        seasonUse = Map.copyOf(seasonUse);
        findChargers = findChargers == null ? null : List.copyOf(findChargers);
        batteries = Map.copyOf(batteries);
    }

    /** Reads changes; null where there are none. */
    public static MobilityChanges read(@Nullable Document document) {
        if (document == null) {
            return NONE;
        }
        Map<Season, Double> seasonUse = new EnumMap<>(Season.class);
        Document factors = document.findObject("seasonUse");
        if (factors != null) {
            for (Season season : Season.values()) {
                if (factors.has(season.label())) {
                    seasonUse.put(season, factors.number(season.label(), 0, 5));
                }
            }
            factors.refuseUnknownKeys();
        }
        Holidays holidays = document.has("holidays") ? MobilityParameterFile.holidays(document) : null;
        List<ChargerShare> chargers = document.has("chargers") ? MobilityParameterFile.chargers(document) : null;
        Map<Archetype, List<Battery>> batteries = new EnumMap<>(Archetype.class);
        Document sizes = document.findObject("batteries");
        if (sizes != null) {
            for (Archetype archetype : Archetype.values()) {
                if (sizes.has(archetype.label())) {
                    batteries.put(archetype, MobilityParameterFile.batteries(sizes, archetype.label(), null));
                }
            }
            sizes.refuseUnknownKeys();
        }
        Double awayDayShare = document.has("awayDayShare") ? document.number("awayDayShare", 0, 1) : null;
        document.refuseUnknownKeys();
        return new MobilityChanges(seasonUse, holidays, chargers, batteries, awayDayShare);
    }

    /** The keys of what changes, to be read again. */
    public Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        if (!seasonUse.isEmpty()) {
            Map<String, Object> factors = new LinkedHashMap<>();
            for (Season season : Season.values()) {
                if (seasonUse.containsKey(season)) {
                    factors.put(season.label(), seasonUse.get(season));
                }
            }
            keys.put("seasonUse", factors);
        }
        if (findHolidays != null) {
            keys.put("holidays", Map.of("perYear", findHolidays.perYear(), "days", findHolidays.days()));
        }
        if (findChargers != null) {
            List<Map<String, Object>> list = new ArrayList<>();
            for (ChargerShare charger : findChargers) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("share", charger.share());
                entry.put("rated_kW", charger.rated_kW());
                list.add(entry);
            }
            keys.put("chargers", list);
        }
        if (!batteries.isEmpty()) {
            Map<String, Object> byArchetype = new LinkedHashMap<>();
            for (Archetype archetype : Archetype.values()) {
                List<Battery> sizes = batteries.get(archetype);
                if (sizes != null) {
                    byArchetype.put(
                            archetype.label(),
                            sizes.stream().map(MobilityChanges::keys).toList());
                }
            }
            keys.put("batteries", byArchetype);
        }
        if (findAwayDayShare != null) {
            keys.put("awayDayShare", findAwayDayShare);
        }
        return keys;
    }

    private static Map<String, Object> keys(Battery battery) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("share", battery.share());
        keys.put("capacity_kWh", battery.capacity_kWh());
        keys.put("consumption_kWhPerMile", battery.consumption_kWhPerMile());
        return keys;
    }

    /**
     * A set with these changes.
     *
     * @throws InputException where the changed set cannot be
     */
    public MobilityParameters applyTo(MobilityParameters set) {
        try {
            Map<Season, Double> factors = new EnumMap<>(set.seasonUse());
            factors.putAll(seasonUse);
            Map<Archetype, CarParameters> cars = new EnumMap<>(set.cars());
            batteries.forEach(
                    (archetype, sizes) -> cars.put(archetype, set.car(archetype).withBatteries(sizes)));
            return set.with(
                    factors,
                    findChargers == null ? set.chargers() : findChargers,
                    findHolidays == null ? set.holidays() : findHolidays,
                    findAwayDayShare == null ? set.awayDayShare() : findAwayDayShare,
                    cars);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "households.mobilityChanges to set %s: %s.".formatted(set.name(), e.getMessage()), e);
        }
    }
}
