package org.headroom.mobility;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet does, added up as it happens: by kind of household, by car of two-car households, and all in one curve.
 * It holds sums alone, so that only its curves grow with the weeks, and nothing with the households.
 */
final class FleetTally implements TravelObserver {
    private final FleetRequest request;
    private final ChargingCurve curve;
    private final Map<HouseholdKind, ArchetypeTally> kinds = new EnumMap<>(HouseholdKind.class);
    private final Map<Archetype, ArchetypeTally> secondaries = new EnumMap<>(Archetype.class);
    private boolean twoCars;
    private @Nullable ArchetypeTally current;

    FleetTally(FleetRequest request) {
        this.request = request;
        curve = request.emptyCurve();
    }

    /** The days and sessions that follow are those of a household of this kind. */
    void beginHousehold(HouseholdKind ofKind) {
        twoCars = ofKind.cars().size() > 1;
        curve.addHousehold();
        ArchetypeTally tally = ofKind(ofKind);
        tally.addHousehold(ofKind.cars().size());
        current = tally;
        if (twoCars) {
            ofKind.cars().forEach(car -> ofCar(car).addHousehold(1));
        }
    }

    private ArchetypeTally ofKind(HouseholdKind ofKind) {
        return kinds.computeIfAbsent(ofKind, k -> new ArchetypeTally(k.label(), request));
    }

    private ArchetypeTally ofCar(Archetype car) {
        return secondaries.computeIfAbsent(car, c -> new ArchetypeTally(c.label(), request));
    }

    private ArchetypeTally current() {
        ArchetypeTally tally = current;
        if (tally == null) {
            throw new IllegalStateException("a day or session came before any household");
        }
        return tally;
    }

    @Override
    public void carDay(CarDay day) {
        current().addDay(day);
        if (twoCars) {
            ofCar(day.archetype()).addDay(day);
        }
    }

    @Override
    public void session(PlugInSession session) {
        curve.addSession(session);
        current().addSession(session);
        if (twoCars) {
            ofCar(session.archetype()).addSession(session);
        }
    }

    /** Adds what another tally of the same request holds. */
    void addAll(FleetTally that) {
        curve.addAll(that.curve);
        that.kinds.forEach((of, tally) -> ofKind(of).addAll(tally));
        that.secondaries.forEach((car, tally) -> ofCar(car).addAll(tally));
    }

    FleetSummary summary() {
        List<ArchetypeSummary> archetypes = new ArrayList<>();
        kinds.values().forEach(tally -> archetypes.add(tally.summary()));
        secondaries.values().forEach(tally -> archetypes.add(tally.summary()));
        return new FleetSummary(request, request.parameters().name(), archetypes, curve);
    }
}
