package org.headroom.mobility;

import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.Season;
import org.jspecify.annotations.Nullable;

/**
 * A fleet to simulate: households of one kind or of all.
 *
 * @param findKind the kind of every household; null for the mix of the population, drawn for each
 * @param population who lives in the households, where {@code findKind} does not say
 * @param findSeason season of the weeks; null for weeks of no season
 * @param households from 1
 * @param weeks weeks that count, from 1
 * @param charger_kW rated power of each household's charger
 */
public record FleetRequest(
        @Nullable HouseholdKind findKind,
        Population population,
        @Nullable Season findSeason,
        int households,
        int weeks,
        Habit habit,
        double charger_kW,
        StudySeed seed,
        DaySteps steps,
        MobilityParameters parameters) {
    /** Name of a fleet of several kinds. */
    public static final String MIX = "mix";

    private static final long NETWORK = 0;

    public FleetRequest {
        if (households < 1) {
            throw new IllegalArgumentException("households is %d, expected at least 1".formatted(households));
        }
        if (weeks < 1) {
            throw new IllegalArgumentException("weeks is %d, expected at least 1".formatted(weeks));
        }
    }

    /** A fleet of the default population, in weeks of no season. */
    public FleetRequest(
            @Nullable HouseholdKind findKind,
            int households,
            int weeks,
            Habit habit,
            double charger_kW,
            StudySeed seed,
            DaySteps steps,
            MobilityParameters parameters) {
        this(findKind, Population.THIRDS, null, households, weeks, habit, charger_kW, seed, steps, parameters);
    }

    /** Name of the fleet: ret, pro, two-ev or mix. */
    public String archetype() {
        return findKind == null ? MIX : findKind.label();
    }

    /** Kind of one household, numbered from 0; null where no car is electric. */
    @Nullable
    HouseholdKind findKind(int household) {
        return findKind != null ? findKind : population.findKind(seed.stream(Purpose.POPULATION, NETWORK, household));
    }

    /** The weeks, of the season if there is one. */
    Weeks simulatedWeeks() {
        return new Weeks(weeks, findSeason);
    }

    ChargingCurve emptyCurve() {
        return new ChargingCurve(parameters.efficiency(), steps, weeks);
    }

    HouseholdSimulator simulator() {
        return HouseholdSimulator.of(parameters, habit, charger_kW, steps);
    }

    long network() {
        return NETWORK;
    }
}
