package org.headroom.mobility;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Simulates a fleet household by household, in the order of their numbers. */
public final class Fleet {
    private Fleet() {}

    /** What a fleet did, for who needs no trips and sessions. */
    public static FleetSummary simulate(FleetRequest request) {
        return simulate(request, household -> {});
    }

    /** The same, showing each household when it is done. */
    static FleetSummary simulate(FleetRequest request, Watcher watcher) {
        HouseholdSimulator simulator =
                HouseholdSimulator.of(request.parameters(), request.habit(), request.charger_kW(), request.steps());
        Weeks weeks = Weeks.of(request.weeks());
        Map<HouseholdKind, ArchetypeTally> kinds = new EnumMap<>(HouseholdKind.class);
        Map<Archetype, ArchetypeTally> secondaries = new EnumMap<>(Archetype.class);
        ChargingCurve curve = new ChargingCurve(
                request.charger_kW(), request.parameters().efficiency(), request.steps(), request.weeks());
        for (int household = 0; household < request.households(); household++) {
            HouseholdKind kind = request.kind(household);
            SimulatedHousehold done = new SimulatedHousehold(simulator, request, household, kind, weeks);
            curve.add(done.sessions());
            kinds.computeIfAbsent(kind, k -> new ArchetypeTally(k.label(), request))
                    .addHousehold(kind.cars().size(), done.days(), done.sessions());
            if (kind.cars().size() > 1) {
                for (int ev = 0; ev < kind.cars().size(); ev++) {
                    int number = ev;
                    secondaries
                            .computeIfAbsent(kind.cars().get(ev), car -> new ArchetypeTally(car.label(), request))
                            .addHousehold(
                                    1,
                                    done.days().stream()
                                            .filter(day -> day.ev() == number)
                                            .toList(),
                                    done.sessions().stream()
                                            .filter(session -> session.ev() == number)
                                            .toList());
                }
            }
            watcher.done(done);
        }
        List<ArchetypeSummary> archetypes = new ArrayList<>();
        kinds.values().forEach(tally -> archetypes.add(tally.summary()));
        secondaries.values().forEach(tally -> archetypes.add(tally.summary()));
        return new FleetSummary(request, request.parameters().name(), archetypes, curve);
    }

    /** Sees each household when it is done. */
    interface Watcher {
        void done(SimulatedHousehold household);
    }

    /** One household's trips, days and sessions. */
    static final class SimulatedHousehold implements TravelObserver {
        private final List<Trip> trips = new ArrayList<>();
        private final List<CarDay> days = new ArrayList<>();
        private final List<PlugInSession> sessions;

        SimulatedHousehold(
                HouseholdSimulator simulator, FleetRequest request, int household, HouseholdKind kind, Weeks weeks) {
            sessions = simulator.simulate(request.seed(), request.network(), household, kind, weeks, this);
        }

        @Override
        public void trip(Trip trip) {
            trips.add(trip);
        }

        @Override
        public void carDay(CarDay day) {
            days.add(day);
        }

        List<Trip> trips() {
            return trips;
        }

        List<CarDay> days() {
            return days;
        }

        List<PlugInSession> sessions() {
            return sessions;
        }
    }
}
