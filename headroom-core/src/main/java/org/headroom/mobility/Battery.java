package org.headroom.mobility;

/**
 * One size of car in an archetype's mix.
 *
 * @param share of the archetype's cars
 * @param capacity_kWh usable capacity
 * @param consumption_kWhPerMile electricity from the wall for each mile driven; the battery gives η of it
 */
public record Battery(double share, double capacity_kWh, double consumption_kWhPerMile) {
    public Battery {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share is %s, expected above 0 and at most 1".formatted(share));
        }
        if (!(capacity_kWh > 0 && capacity_kWh <= 1000)) {
            throw new IllegalArgumentException(
                    "capacity_kWh is %s, expected above 0 and at most 1000".formatted(capacity_kWh));
        }
        if (!(consumption_kWhPerMile > 0 && consumption_kWhPerMile <= 10)) {
            throw new IllegalArgumentException(
                    "consumption_kWhPerMile is %s, expected above 0 and at most 10".formatted(consumption_kWhPerMile));
        }
    }
}
