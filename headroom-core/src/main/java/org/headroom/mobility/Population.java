package org.headroom.mobility;

import java.util.EnumMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Who lives in the households of a fleet.
 *
 * @param shares share of each kind among households, summing to 1; the share of two cars is that of {@code two-ev}
 * @param evPenetration share of households whose cars are electric
 */
public record Population(Map<HouseholdKind, Double> shares, double evPenetration) {
    /** .34 retired, .33 professional, .33 with two cars, all electric. */
    public static final Population THIRDS = new Population(thirds(), 1);

    public Population {
        shares = Map.copyOf(shares);
        double sum = 0;
        for (HouseholdKind kind : HouseholdKind.values()) {
            double share = shares.getOrDefault(kind, 0.0);
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share of %s is %s, expected 0 to 1".formatted(kind.label(), share));
            }
            sum += share;
        }
        if (!(Math.abs(sum - 1) < 1e-6)) {
            throw new IllegalArgumentException("shares of households sum to %s, expected 1".formatted(sum));
        }
        if (!(evPenetration >= 0 && evPenetration <= 1)) {
            throw new IllegalArgumentException("evPenetration is %s, expected 0 to 1".formatted(evPenetration));
        }
    }

    private static Map<HouseholdKind, Double> thirds() {
        Map<HouseholdKind, Double> shares = new EnumMap<>(HouseholdKind.class);
        for (HouseholdKind kind : HouseholdKind.values()) {
            shares.put(kind, kind.defaultShare());
        }
        return shares;
    }

    /** The same kinds with electric cars everywhere. */
    Population allElectric() {
        return new Population(shares, 1);
    }

    /** Draws who lives in a household: its kind, or null where no car is electric. */
    @Nullable
    HouseholdKind findKind(UniformRandomProvider random) {
        double u = random.nextDouble();
        HouseholdKind drawn = HouseholdKind.PRO;
        double sum = 0;
        for (HouseholdKind kind : HouseholdKind.values()) {
            double share = shares.getOrDefault(kind, 0.0);
            if (share > 0) {
                drawn = kind; // the last one takes what rounding leaves over
                sum += share;
                if (u < sum) {
                    break;
                }
            }
        }
        return random.nextDouble() < evPenetration ? drawn : null;
    }
}
