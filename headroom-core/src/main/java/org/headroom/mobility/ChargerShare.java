package org.headroom.mobility;

/**
 * One power in the mix of home chargers.
 *
 * @param share of the households
 * @param rated_kW rated power
 */
public record ChargerShare(double share, double rated_kW) {
    public ChargerShare {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share is %s, expected above 0 and at most 1".formatted(share));
        }
        if (!(rated_kW > 0 && rated_kW <= 1000)) {
            throw new IllegalArgumentException("rated_kW is %s, expected above 0 and at most 1000".formatted(rated_kW));
        }
    }
}
