package org.headroom.dispatch;

import java.util.Locale;

/** When the capacity of an asset may be doubled (y of eqs. 15-19). */
public enum Expansion {
    /** Never: a day that needs it has no schedule. */
    NEVER,
    /** Only on days that have no schedule without it. */
    NEEDED,
    /** Wherever it pays, with the proof either way. */
    OPTIMAL;

    /** Name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
