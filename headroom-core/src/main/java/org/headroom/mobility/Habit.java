package org.headroom.mobility;

import java.util.Locale;
import org.headroom.input.Document;
import org.headroom.input.InputException;

/** How low the state of charge is on arrival before a driver plugs in (paper, Sec. 3.3, eq. 1). */
public enum Habit {
    /** Plugs in seldom, when the battery is nearly empty. */
    GUZZLE,
    /** Plugs in often, whenever the battery is not nearly full. */
    GRAZE;

    /** Lower-case name, as files and options write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The habit of a name; a name nobody knows is an {@link InputException}. */
    public static Habit named(String name) {
        return switch (name) {
            case "guzzle" -> GUZZLE;
            case "graze" -> GRAZE;
            default -> {
                String nearest = Document.findNearest(name, java.util.List.of("graze", "guzzle"));
                throw new InputException("habit '%s' is not known, expected graze or guzzle.%s"
                        .formatted(name, nearest == null ? "" : "\nMaybe " + nearest + "."));
            }
        };
    }
}
