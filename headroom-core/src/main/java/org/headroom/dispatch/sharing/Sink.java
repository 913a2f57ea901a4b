package org.headroom.dispatch.sharing;

/** Where energy of a ledger goes. */
public enum Sink {
    /** The demand of a home without its cars. */
    DEMAND("demand"),
    /** Cars of homes, charging. */
    CAR("car"),
    /** A public lot: its cars, charging, and its own demand. */
    LOT("lot"),
    /** What lies above the substation. */
    GRID("grid"),
    /** Losses of lines, where dispatch counts them. */
    LINES("lines");

    private final String label;

    Sink(String label) {
        this.label = label;
    }

    /** Name in files. */
    public String label() {
        return label;
    }

    /** True for what belongs to a home. */
    boolean isHousehold() {
        return this == DEMAND || this == CAR;
    }
}
