package org.headroom.mobility;

import java.util.Locale;

/** What a trip is made for (paper, Sec. 3.2). */
public enum TripPurpose {
    WORK(0),
    EDUCATION(1),
    SHOPPING(2),
    OTHER(3);

    private static final TripPurpose[] ALL = values();
    /** Number of purposes. */
    public static final int COUNT = ALL.length;

    private final int index;

    TripPurpose(int index) {
        this.index = index;
    }

    /** Place in arrays by purpose, below {@link #COUNT}. */
    public int index() {
        return index;
    }

    /** The purpose of an {@link #index()}. */
    static TripPurpose of(int index) {
        return ALL[index];
    }

    /** Lower-case name, as files write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * True where the hours of a day with both purposes follow this one: work before education before other before
     * shopping.
     */
    boolean rulesOver(TripPurpose that) {
        return precedence() < that.precedence();
    }

    private int precedence() {
        return switch (this) {
            case WORK -> 0;
            case EDUCATION -> 1;
            case OTHER -> 2;
            case SHOPPING -> 3;
        };
    }
}
