package org.headroom.mobility;

import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.jspecify.annotations.Nullable;

/**
 * A fleet to simulate: households of one kind or of all.
 *
 * @param findKind the kind of every household; null for the mix of {@link #MIX}, drawn for each
 * @param households from 1
 * @param weeks weeks that count, from 1
 * @param charger_kW rated power of each household's charger
 */
public record FleetRequest(
        @Nullable HouseholdKind findKind,
        int households,
        int weeks,
        Habit habit,
        double charger_kW,
        StudySeed seed,
        DaySteps steps,
        MobilityParameters parameters) {
    /** Name of the mix: .34 retired, .33 professional, .33 with two cars. */
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

    /** Name of the fleet: ret, pro, two-ev or mix. */
    public String archetype() {
        return findKind == null ? MIX : findKind.label();
    }

    /** Kind of one household, numbered from 0. */
    HouseholdKind kind(int household) {
        if (findKind != null) {
            return findKind;
        }
        UniformRandomProvider random = seed.stream(Purpose.POPULATION, NETWORK, household);
        double u = random.nextDouble();
        return u < 0.34 ? HouseholdKind.RET : u < 0.67 ? HouseholdKind.PRO : HouseholdKind.TWO_EV;
    }

    ChargingCurve emptyCurve() {
        return new ChargingCurve(charger_kW, parameters.efficiency(), steps, weeks);
    }

    HouseholdSimulator simulator() {
        return HouseholdSimulator.of(parameters, habit, charger_kW, steps);
    }

    long network() {
        return NETWORK;
    }
}
