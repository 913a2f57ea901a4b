package org.headroom.time;

import java.time.MonthDay;
import java.util.Locale;

/** The seasons of the load profiles, with their lengths (design, Sec. 4, table A). */
public enum Season {
    WINTER(0, 147),
    SPRING(1, 48),
    SUMMER(2, 114),
    AUTUMN(3, 56);

    private final int index;
    private final int days;

    Season(int index, int days) {
        this.index = index;
        this.days = days;
    }

    /** Place in the order above, from 0; it keys random streams, so it never changes. */
    public int index() {
        return index;
    }

    /** Days a year; the four sum to 365. */
    public int days() {
        return days;
    }

    /**
     * The season of a date. Winter runs from 28 October to 23 March, spring to 10 May, summer to 1 September: the dates at
     * which Elexon's seasons (set by clock changes and the August bank holiday) have the lengths above.
     */
    public static Season of(MonthDay date) {
        if (!date.isBefore(MonthDay.of(10, 28)) || date.isBefore(MonthDay.of(3, 24))) {
            return WINTER;
        }
        if (date.isBefore(MonthDay.of(5, 11))) {
            return SPRING;
        }
        return date.isBefore(MonthDay.of(9, 2)) ? SUMMER : AUTUMN;
    }

    /** Lower-case name, as files write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
