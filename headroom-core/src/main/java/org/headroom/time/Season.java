package org.headroom.time;

import java.util.Locale;

/** The seasons of the load profiles, with their lengths (design, Sec. 4, table A). */
public enum Season {
    WINTER(147),
    SPRING(48),
    SUMMER(114),
    AUTUMN(56);

    private final int days;

    Season(int days) {
        this.days = days;
    }

    /** Days a year; the four sum to 365. */
    public int days() {
        return days;
    }

    /** Lower-case name, as files write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
