package org.headroom.mobility;

import java.util.Locale;

/** The cars of the paper's user archetypes (Sec. 3.1). */
public enum Archetype {
    /** The car of a retired household. */
    RET(0),
    /** The car of a professional household. */
    PRO(1),
    /** Short trips and commuting: the smaller car of a household with two. */
    SHO(2),
    /** Family trips: the larger car of a household with two. */
    FAM(3);

    /** Number of archetypes. */
    public static final int COUNT = 4;

    private final int index;

    Archetype(int index) {
        this.index = index;
    }

    /** Place in arrays by archetype, below {@link #COUNT}. */
    public int index() {
        return index;
    }

    /** Lower-case name, as files write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
