package org.headroom.mobility;

import java.util.EnumMap;
import java.util.Map;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;

/**
 * How much of each archetype's energy is charged at home under guzzle. Under graze, the parameter {@code
 * equalHomeEnergy} holds drivers to the same (design, Sec. 5).
 *
 * @param shares by archetype, 0..1
 */
public record GuzzleHomeShares(Map<Archetype, Double> shares) {
    private static final StudySeed SEED = new StudySeed(0x4755_5A5A_4C45L);
    private static final long NETWORK = -1;
    private static final int HOUSEHOLDS = 200;
    private static final Weeks YEAR = Weeks.of(52);
    private static final double CHARGER_KW = 7;

    public GuzzleHomeShares {
        shares = Map.copyOf(shares);
    }

    /**
     * Measures the shares: 200 households of each kind over a year, guzzle, 7 kW, hourly, drawn from a seed of their
     * own. They depend on the parameters alone, so scenarios and seeds are compared under the same behaviour. Takes
     * half a second on a cold machine: a caller that simulates several scenarios keeps the result.
     */
    public static GuzzleHomeShares of(MobilityParameters parameters) {
        HouseholdSimulator simulator = HouseholdSimulator.guzzling(parameters, CHARGER_KW, DaySteps.HOURLY);
        double[] home_kWh = new double[Archetype.COUNT];
        double[] away_kWh = new double[Archetype.COUNT];
        TravelObserver observer = new TravelObserver() {
            @Override
            public void carDay(CarDay day) {
                away_kWh[day.archetype().index()] += day.away_kWh();
            }

            @Override
            public void session(PlugInSession session) {
                home_kWh[session.archetype().index()] += session.depart_kWh() - session.arrive_kWh();
            }
        };
        for (HouseholdKind kind : HouseholdKind.values()) {
            for (int household = 0; household < HOUSEHOLDS; household++) {
                simulator.simulate(SEED, NETWORK, household, kind, YEAR, observer);
            }
        }
        Map<Archetype, Double> shares = new EnumMap<>(Archetype.class);
        for (Archetype archetype : Archetype.values()) {
            double home = home_kWh[archetype.index()];
            double total = home + away_kWh[archetype.index()];
            shares.put(archetype, total > 0 ? home / total : 1.0);
        }
        return new GuzzleHomeShares(shares);
    }

    /** Share of the archetype's energy charged at home under guzzle. */
    public double share(Archetype archetype) {
        return shares.getOrDefault(archetype, 1.0);
    }
}
