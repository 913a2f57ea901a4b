package org.headroom.network;

/**
 * A line (cable or overhead) from its substation's side to the node that it feeds.
 *
 * @param length_m length, above 0
 * @param type name of the cable, free text
 * @param resistance_ohm series resistance of the whole line, per phase, above 0
 * @param reactance_ohm series reactance of the whole line, per phase, at least 0
 * @param capacity_kVA three-phase rating, above 0
 * @param asset_gbpPerYear annualised cost of replacing it (paper: Asset_ij), at least 0
 */
public record Line(
        String id,
        String from,
        String to,
        double length_m,
        String type,
        double resistance_ohm,
        double reactance_ohm,
        double capacity_kVA,
        double asset_gbpPerYear) {
    public Line {
        positive(id, "length_m", length_m, "Maybe it is a closed switch: merge its two ends into one node.");
        positive(id, "resistance_ohm", resistance_ohm, "Maybe its cable type has no impedance in the source.");
        if (!(reactance_ohm >= 0 && reactance_ohm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "line %s: reactance_ohm is %s, expected at least 0".formatted(id, reactance_ohm));
        }
        positive(id, "capacity_kVA", capacity_kVA, "Maybe its cable type has no rating in the source.");
        if (!(asset_gbpPerYear >= 0 && asset_gbpPerYear < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "line %s: asset_gbpPerYear is %s, expected at least 0".formatted(id, asset_gbpPerYear));
        }
    }

    private static void positive(String id, String name, double value, String maybe) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "line %s: %s is %s, expected > 0.\n%s".formatted(id, name, value, maybe));
        }
    }
}
