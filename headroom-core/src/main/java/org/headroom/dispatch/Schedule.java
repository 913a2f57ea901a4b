package org.headroom.dispatch;

/**
 * What cars and PV do on a day, and which assets are expanded for it: the decision of a mode, from which everything else is
 * recomputed. Sessions' arrays run over the steps plugged in, {@code [session][k]}.
 */
public final class Schedule {
    private final double[][] charge_kW;
    private final double[][] discharge_kW;
    private final double[][] pvUsed_kW;
    private final boolean[] expanded;

    /**
     * Takes the arrays as they are.
     *
     * @param charge_kW {@code [session][k]}
     * @param discharge_kW {@code [session][k]}
     * @param pvUsed_kW {@code [home][step]}
     * @param expanded {@code [asset]}
     */
    public Schedule(double[][] charge_kW, double[][] discharge_kW, double[][] pvUsed_kW, boolean[] expanded) {
        this.charge_kW = charge_kW;
        this.discharge_kW = discharge_kW;
        this.pvUsed_kW = pvUsed_kW;
        this.expanded = expanded;
    }

    /** Charging power of a session in its k-th step plugged in. */
    public double charge_kW(int session, int k) {
        return charge_kW[session][k];
    }

    /** Discharging power of a session in its k-th step plugged in. */
    public double discharge_kW(int session, int k) {
        return discharge_kW[session][k];
    }

    public double pvUsed_kW(int home, int step) {
        return pvUsed_kW[home][step];
    }

    /** Whether an asset is expanded: 0 is the substation, {@code l + 1} is line {@code l}. */
    public boolean expanded(int asset) {
        return expanded[asset];
    }

    /** Whether each asset is expanded, {@code [asset]}; a copy. */
    public boolean[] expanded() {
        return expanded.clone();
    }

    /** The same use of PV and the same expansions with other powers of cars, which are taken as they are. */
    public Schedule withCars(double[][] otherCharge_kW, double[][] otherDischarge_kW) {
        return new Schedule(otherCharge_kW, otherDischarge_kW, pvUsed_kW, expanded);
    }

    /** The same powers with other assets expanded. */
    public Schedule withExpanded(boolean[] other) {
        return new Schedule(charge_kW, discharge_kW, pvUsed_kW, other.clone());
    }
}
