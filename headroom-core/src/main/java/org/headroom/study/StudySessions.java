package org.headroom.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headroom.dispatch.Session;
import org.headroom.mobility.GuzzleHomeShares;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.HouseholdSimulator;
import org.headroom.mobility.MeasuredWeeks;
import org.headroom.mobility.MobilityParameters;
import org.headroom.mobility.ParkingObserver;
import org.headroom.mobility.ParkingSummary;
import org.headroom.mobility.PlugInSession;
import org.headroom.mobility.Population;
import org.headroom.mobility.PublicParking;
import org.headroom.mobility.Weeks;
import org.headroom.random.StudySeed;
import org.headroom.study.TrialResult.TrialKey;
import org.headroom.time.Season;

/**
 * The plug-in sessions of a study's days, at homes and at public lots. Those of the latest seasons are kept, since every day of a season
 * needs them. Lots do not depend on the scenario: habits and chargers are the homes'.
 */
final class StudySessions {
    /** Trials come season by season, so a few a thread are enough. */
    private static final int SEASONS_KEPT = 64;

    private final Study study;
    private final StudySeed seed;
    private final List<Community> communities;
    private final MobilityParameters mobility;
    private final GuzzleHomeShares homeShares;
    private final List<MeasuredWeeks> measured;
    private final Latest<HomesKey, Map<Integer, List<PlugInSession>>> homes = new Latest<>(SEASONS_KEPT);
    private final Latest<LotsKey, List<LotSeason>> lots = new Latest<>(SEASONS_KEPT);

    private record HomesKey(int network, int scenario, Season season) {}

    private record LotsKey(int network, Season season) {}

    /** A lot's season: its stays by day, and what happened there over all days simulated. */
    private record LotSeason(Map<Integer, List<PlugInSession>> stays, ParkingSummary summary) {}

    /** A car plugged in: as mobility knows it and as dispatch does. */
    record Plugged(PlugInSession stay, Session session, boolean isPublic) {}

    /**
     * The sessions of a study.
     *
     * @param measured by scenario, in place of simulated ones; empty where they are simulated
     */
    StudySessions(
            Study study,
            List<Community> communities,
            MobilityParameters mobility,
            GuzzleHomeShares homeShares,
            List<MeasuredWeeks> measured) {
        this.study = study;
        this.seed = new StudySeed(study.seed());
        this.communities = communities;
        this.mobility = mobility;
        this.homeShares = homeShares;
        this.measured = List.copyOf(measured);
    }

    /** Who is plugged in on a day: at homes, in their order, then at lots, in theirs. */
    List<Plugged> of(TrialKey key, StudyDay day) {
        Community community = communities.get(key.network());
        List<Plugged> plugged = new ArrayList<>();
        for (PlugInSession stay : homes.get(new HomesKey(key.network(), key.scenario(), day.season()), this::ofHomes)
                .getOrDefault(day.ofSeason(), List.of())) {
            int home = (int) stay.household();
            String id = community.homeIds().get(home) + ":" + stay.archetype().label();
            if (!measured.isEmpty()) {
                id += ":" + stay.arriveStep(); // a measured household may plug in several times a day
            }
            plugged.add(new Plugged(stay, session(id, community.nodeOfHome(home), home, stay), false));
        }
        List<LotSeason> ofSeason = lots(key.network(), day.season());
        for (int l = 0; l < ofSeason.size(); l++) {
            for (PlugInSession stay : ofSeason.get(l).stays().getOrDefault(day.ofSeason(), List.of())) {
                // a car may come twice a day: just after midnight, and in the evening
                String id = "%s:car %d:%d".formatted(community.lotId(l), stay.household(), stay.arriveStep());
                int node = community.lots().get(l).node();
                plugged.add(new Plugged(stay, session(id, node, community.homeCount() + l, stay), true));
            }
        }
        return plugged;
    }

    private Session session(String id, int node, int payer, PlugInSession stay) {
        return new Session(
                id,
                node,
                payer,
                stay.charger_kW(),
                stay.capacity_kWh(),
                stay.arriveStep(),
                study.steps().ofDay(stay.departStep()),
                stay.arrive_kWh(),
                stay.depart_kWh(),
                study.battery_gbpPerKWh() * stay.capacity_kWh());
    }

    /** Sessions of a season by day of arrival, households in order. */
    private Map<Integer, List<PlugInSession>> ofHomes(HomesKey key) {
        Map<Integer, List<PlugInSession>> byDay = new HashMap<>();
        for (PlugInSession stay : measured.isEmpty() ? simulateHomes(key) : measuredHomes(key)) {
            byDay.computeIfAbsent(stay.day(), d -> new ArrayList<>()).add(stay);
        }
        return byDay;
    }

    private List<PlugInSession> measuredHomes(HomesKey key) {
        Community community = communities.get(key.network());
        MeasuredWeeks weeks = measured.get(key.scenario());
        int[] households = weeks.householdOfHomes(seed, community.index(), community.homeCount());
        List<PlugInSession> stays = new ArrayList<>();
        int electric = 0;
        for (int h = 0; h < community.homeCount(); h++) {
            if (community.findKind(h) != null) {
                stays.addAll(weeks.simulate(
                        seed,
                        community.index(),
                        h,
                        households[electric++],
                        key.season(),
                        study.calendar().weeks()));
            }
        }
        return stays;
    }

    private List<PlugInSession> simulateHomes(HomesKey key) {
        Community community = communities.get(key.network());
        Scenario scenario = study.scenarios().get(key.scenario());
        HouseholdSimulator simulator =
                new HouseholdSimulator(mobility, homeShares, scenario.habit(), scenario.charger_kW(), study.steps());
        Weeks weeks = Weeks.of(study.calendar().weeks(), key.season());
        List<PlugInSession> stays = new ArrayList<>();
        for (int h = 0; h < community.homeCount(); h++) {
            HouseholdKind kind = community.findKind(h);
            if (kind != null) {
                stays.addAll(simulator.simulate(seed, community.index(), h, kind, weeks));
            }
        }
        return stays;
    }

    private List<LotSeason> lots(int network, Season season) {
        return lots.get(new LotsKey(network, season), this::simulateLots);
    }

    private List<LotSeason> simulateLots(LotsKey key) {
        Community community = communities.get(key.network());
        PublicParking parking = new PublicParking(mobility, new Population(study.householdShares(), 1), study.steps());
        Weeks weeks = Weeks.of(study.calendar().weeks(), key.season());
        List<LotSeason> seasons = new ArrayList<>();
        for (ParkingPlan.Lot place : community.lots()) {
            Map<Integer, List<PlugInSession>> byDay = new HashMap<>();
            ParkingSummary summary =
                    parking.simulate(seed, community.index(), place.node(), place.lot(), weeks, new ParkingObserver() {
                        @Override
                        public void session(int charger, PlugInSession session) {
                            byDay.computeIfAbsent(session.day(), d -> new ArrayList<>())
                                    .add(session);
                        }
                    });
            seasons.add(new LotSeason(byDay, summary));
        }
        return seasons;
    }

    /** What happened at a lot over the days simulated for a season; their number is that of {@link StudyCalendar#weeks()}. */
    ParkingSummary lotSummary(int network, int lot, Season season) {
        return lots(network, season).get(lot).summary();
    }
}
