package org.headroom.dispatch;

import java.util.Locale;

/** Which of several equally cheap schedules a home takes under smart charging and V2G (design, Sec. 2). */
public enum TieBreak {
    /** The earliest steps after plug-in, as a timer would. */
    EARLIEST,
    /** The latest steps before departure. */
    LATEST,
    /** Power as even as the prices allow (least sum of squares, in eight linear pieces a step). */
    SPREAD;

    /** Name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
