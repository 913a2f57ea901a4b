package org.headroom.mobility;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.Season;
import org.jspecify.annotations.Nullable;

/**
 * Measured households week by week, to live in homes that nobody measured: a home is given a measured household, and its weeks are given
 * weeks of that household's. Immutable; what a home is given depends on (seed, network, home, season) alone.
 *
 * <p>A day is to be dispatched by itself, its early hours standing for the next morning's. Where two stays of a household that begin on one
 * day would meet in it, the one with less energy is left out and counted.
 */
public final class MeasuredWeeks {
    private static final int WEEK = 7;

    private final List<Household> households = new ArrayList<>();
    private final @Nullable LocalDate findMonday;
    private int leftOut;
    private double leftOut_kWh;
    private double kept_kWh;

    /** A household's sessions by day, and the first and the last week that it was measured in whole. */
    private record Household(TreeMap<Integer, List<PlugInSession>> byDay, int firstWeek, int lastWeek) {}

    public MeasuredWeeks(MeasuredSessions measured, DaySteps steps) {
        findMonday = measured.findMonday();
        TreeMap<Long, TreeMap<Integer, List<PlugInSession>>> byHousehold = new TreeMap<>();
        for (PlugInSession session : measured.sessions()) {
            byHousehold
                    .computeIfAbsent(session.household(), h -> new TreeMap<>())
                    .computeIfAbsent(session.day(), d -> new ArrayList<>())
                    .add(session);
        }
        for (TreeMap<Integer, List<PlugInSession>> byDay : byHousehold.values()) {
            byDay.replaceAll((day, stays) -> apart(stays, steps));
            int first = byDay.firstKey() / WEEK;
            int last = byDay.lastKey() / WEEK;
            // the first and the last week were hardly measured whole
            boolean more = last - first >= 2;
            households.add(new Household(byDay, more ? first + 1 : first, more ? last - 1 : last));
        }
    }

    private List<PlugInSession> apart(List<PlugInSession> stays, DaySteps steps) {
        List<PlugInSession> byEnergy = new ArrayList<>(stays);
        byEnergy.sort(Comparator.comparingDouble((PlugInSession stay) -> stay.arrive_kWh() - stay.depart_kWh())
                .thenComparingInt(PlugInSession::arriveStep));
        List<PlugInSession> kept = new ArrayList<>();
        for (PlugInSession stay : byEnergy) {
            double energy_kWh = stay.depart_kWh() - stay.arrive_kWh();
            if (kept.stream().anyMatch(other -> meet(other, stay, steps.count()))) {
                leftOut++;
                leftOut_kWh += energy_kWh;
            } else {
                kept.add(stay);
                kept_kWh += energy_kWh;
            }
        }
        kept.sort(Comparator.comparingInt(PlugInSession::arriveStep));
        return List.copyOf(kept);
    }

    private static boolean meet(PlugInSession one, PlugInSession other, int perDay) {
        return overlap(one, other, 0) || overlap(one, other, perDay) || overlap(one, other, -perDay);
    }

    private static boolean overlap(PlugInSession one, PlugInSession other, int shift) {
        return one.arriveStep() + shift < other.departStep() && other.arriveStep() < one.departStep() + shift;
    }

    /** Households that have a session. */
    public int households() {
        return households.size();
    }

    /** Stays left out because they would meet another of the same household and day. */
    public int leftOut() {
        return leftOut;
    }

    /** Share of all energy that was charged in them. */
    public double leftOutEnergyShare() {
        return leftOut_kWh / Math.max(leftOut_kWh + kept_kWh, Double.MIN_NORMAL);
    }

    /** True where weeks of a season can be told, since the table has dates. */
    public boolean hasDates() {
        return findMonday != null;
    }

    /**
     * The measured households of a network's homes with cars, in their order: each of them once, in an order drawn, before one comes
     * again. Fewer homes have the first ones of more.
     */
    public int[] householdOfHomes(StudySeed seed, long network, int homes) {
        UniformRandomProvider random = seed.stream(Purpose.MEASURED, network);
        int[] ofHome = new int[homes];
        int[] order = new int[0];
        for (int home = 0; home < homes; home++) {
            int place = home % households.size();
            if (place == 0) {
                order = PermutationSampler.natural(households.size());
                PermutationSampler.shuffle(random, order);
            }
            ofHome[home] = order[place];
        }
        return ofHome;
    }

    /**
     * The sessions of a home over weeks of a season: weeks of its household's that follow each other from one drawn, of that season
     * where the household was measured in it. Weekdays stay what they are.
     *
     * @param household as {@link #householdOfHomes} gave it
     * @param home number of the home, which the sessions carry
     */
    public List<PlugInSession> simulate(
            StudySeed seed, long network, int home, int household, Season season, int weeks) {
        Household of = households.get(household);
        List<Integer> candidates = weeks(of, season);
        int first = seed.stream(Purpose.MEASURED, network, home, season.index()).nextInt(candidates.size());
        List<PlugInSession> sessions = new ArrayList<>();
        for (int week = 0; week < weeks; week++) {
            int measured = candidates.get((first + week) % candidates.size());
            for (int day = 0; day < WEEK; day++) {
                for (PlugInSession stay : of.byDay().getOrDefault(WEEK * measured + day, List.of())) {
                    sessions.add(new PlugInSession(
                            home,
                            stay.ev(),
                            stay.archetype(),
                            WEEK * week + day,
                            stay.arriveStep(),
                            stay.departStep(),
                            stay.arrive_kWh(),
                            stay.depart_kWh(),
                            stay.capacity_kWh(),
                            stay.charger_kW()));
                }
            }
        }
        return sessions;
    }

    /** Weeks of a household that lie in a season by their Thursday, or all of them where none does or nobody knows. */
    private List<Integer> weeks(Household household, Season season) {
        List<Integer> all = new ArrayList<>();
        List<Integer> ofSeason = new ArrayList<>();
        for (int week = household.firstWeek(); week <= household.lastWeek(); week++) {
            all.add(week);
            if (findMonday != null && Season.of(MonthDay.from(findMonday.plusDays((long) WEEK * week + 3))) == season) {
                ofSeason.add(week);
            }
        }
        return ofSeason.isEmpty() ? all : ofSeason;
    }

    /** Households that were measured in a season. */
    public int householdsIn(Season season) {
        if (findMonday == null) {
            return 0;
        }
        LocalDate monday = findMonday;
        return (int) households.stream()
                .filter(of -> {
                    for (int week = of.firstWeek(); week <= of.lastWeek(); week++) {
                        if (Season.of(MonthDay.from(monday.plusDays((long) WEEK * week + 3))) == season) {
                            return true;
                        }
                    }
                    return false;
                })
                .count();
    }
}
