package org.headroom.household;

/**
 * How the homes of a study are drawn.
 *
 * @param demand where demand comes from
 * @param powerFactor of the demand, lagging, above 0 and at most 1
 * @param pvShare share of homes that have photovoltaics, 0..1
 * @param pv where their output comes from
 */
public record HouseholdModel(DemandSource demand, double powerFactor, double pvShare, PvSource pv) {
    /** The homes of the design, Sec. 4: 40 % with photovoltaics, power factor .95. */
    public static final HouseholdModel BRITISH =
            new HouseholdModel(DemandSource.Typical.BRITISH, 0.95, 0.4, PvSource.Typical.BRITISH);

    public HouseholdModel {
        if (!(powerFactor > 0 && powerFactor <= 1)) {
            throw new IllegalArgumentException(
                    "households: powerFactor is %s, expected above 0 and at most 1".formatted(powerFactor));
        }
        if (!(pvShare >= 0 && pvShare <= 1)) {
            throw new IllegalArgumentException(
                    "households: pvShare is %s, expected 0 to 1.\nMaybe it is in percent.".formatted(pvShare));
        }
    }

    public HouseholdModel withDemand(DemandSource other) {
        return new HouseholdModel(other, powerFactor, pvShare, pv);
    }

    public HouseholdModel withPv(PvSource other) {
        return new HouseholdModel(demand, powerFactor, pvShare, other);
    }

    public HouseholdModel withPvShare(double other) {
        return new HouseholdModel(demand, powerFactor, other, pv);
    }
}
