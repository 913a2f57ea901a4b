package org.headroom.mobility;

import java.util.EnumMap;
import java.util.Map;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;

/**
 * On how many of its days of use each archetype leaves its energy to the home charger under graze, so that as much is charged at home
 * as under guzzle. The parameter {@code equalHomeEnergy} holds grazing drivers to it (design, Sec. 5): the use of the other days is
 * charged away whole.
 *
 * @param shares by archetype, 0..1
 */
public record GuzzleHomeShares(Map<Archetype, Double> shares) {
    private static final StudySeed SEED = new StudySeed(0x4755_5A5A_4C45L);
    private static final long NETWORK = -1;
    private static final int HOUSEHOLDS = 200;
    private static final Weeks YEAR = Weeks.of(52);
    private static final double CHARGER_KW = 7;
    private static final int CORRECTIONS = 4;

    public GuzzleHomeShares {
        shares = Map.copyOf(shares);
    }

    /**
     * Measures the shares: 200 households of each kind over a year, 7 kW, hourly, drawn from a seed of their
     * own. They depend on the parameters alone, so scenarios and seeds are compared under the same behaviour. Takes
     * a second on a cold machine: a caller that simulates several scenarios keeps the result.
     */
    public static GuzzleHomeShares of(MobilityParameters parameters) {
        double[] guzzle = homeShares(HouseholdSimulator.guzzling(parameters, CHARGER_KW, DaySteps.HOURLY));
        GuzzleHomeShares shares = new GuzzleHomeShares(Map.of());
        // Days charged away leave a two-car household's charger free more often, so one correction is not enough.
        for (int correction = 0; correction < CORRECTIONS; correction++) {
            double[] graze =
                    homeShares(new HouseholdSimulator(parameters, shares, Habit.GRAZE, CHARGER_KW, DaySteps.HOURLY));
            Map<Archetype, Double> corrected = new EnumMap<>(Archetype.class);
            for (Archetype archetype : Archetype.values()) {
                int a = archetype.index();
                double share = graze[a] > 0 ? shares.share(archetype) * guzzle[a] / graze[a] : 1;
                corrected.put(archetype, Math.min(1, share));
            }
            shares = new GuzzleHomeShares(corrected);
        }
        return shares;
    }

    /** Energy charged at home over all energy charged, by archetype's index; 0 where none is charged. */
    private static double[] homeShares(HouseholdSimulator simulator) {
        double[] home_kWh = new double[Archetype.COUNT];
        double[] all_kWh = new double[Archetype.COUNT];
        TravelObserver observer = new TravelObserver() {
            @Override
            public void carDay(CarDay day) {
                all_kWh[day.archetype().index()] += day.away_kWh();
            }

            @Override
            public void session(PlugInSession session) {
                double charged_kWh = session.depart_kWh() - session.arrive_kWh();
                home_kWh[session.archetype().index()] += charged_kWh;
                all_kWh[session.archetype().index()] += charged_kWh;
            }
        };
        for (HouseholdKind kind : HouseholdKind.values()) {
            for (int household = 0; household < HOUSEHOLDS; household++) {
                simulator.simulate(SEED, NETWORK, household, kind, YEAR, observer);
            }
        }
        double[] shares = new double[Archetype.COUNT];
        for (int a = 0; a < shares.length; a++) {
            shares[a] = all_kWh[a] > 0 ? home_kWh[a] / all_kWh[a] : 0;
        }
        return shares;
    }

    /** Share of a grazing driver's days of use whose energy is left to the home charger. */
    public double share(Archetype archetype) {
        return shares.getOrDefault(archetype, 1.0);
    }
}
