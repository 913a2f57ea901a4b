package org.headroom.dispatch.sharing;

/** Where energy of a ledger comes from. */
public enum Source {
    /** The photovoltaics of a home, as far as used. */
    PV("pv"),
    /** Cars of homes, discharging. */
    CAR("car"),
    /** A public lot: its cars, discharging, and its photovoltaics. */
    LOT("lot"),
    /** What lies above the substation. */
    GRID("grid");

    private final String label;

    Source(String label) {
        this.label = label;
    }

    /** Name in files. */
    public String label() {
        return label;
    }

    /** True for what belongs to a home. */
    boolean isHousehold() {
        return this == PV || this == CAR;
    }
}
