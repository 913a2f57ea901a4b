package org.headroom.network;

/**
 * The substation that feeds the network.
 *
 * @param node id of the node at its low-voltage busbar
 * @param capacity_kVA rating of the transformer, above 0
 * @param asset_gbpPerYear annualised cost of replacing it (paper: Asset_i), at least 0
 */
public record Substation(String node, double capacity_kVA, double asset_gbpPerYear) {
    public Substation {
        if (!(capacity_kVA > 0 && capacity_kVA < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "substation %s: capacity_kVA is %s, expected > 0".formatted(node, capacity_kVA));
        }
        if (!(asset_gbpPerYear >= 0 && asset_gbpPerYear < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "substation %s: asset_gbpPerYear is %s, expected at least 0".formatted(node, asset_gbpPerYear));
        }
    }
}
