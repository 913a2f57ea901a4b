package org.headroom.network.format;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of OpenDSS elements that a low-voltage feeder is read from. Properties stand in OpenDSS's own order, which is
 * what values without a name refer to.
 */
@SuppressWarnings("ImmutableEnumChecker") // the collections are those of List.of and Set.of
enum DssKind {
    SOURCE(
            "voltage source",
            List.of(
                    "bus1",
                    "basekv",
                    "pu",
                    "angle",
                    "frequency",
                    "phases",
                    "mvasc3",
                    "mvasc1",
                    "x1r1",
                    "x0r0",
                    "isc3",
                    "isc1"),
            Set.of("bus1", "pu", "enabled")),
    LINE_CODE(
            "line code",
            List.of(
                    "nphases",
                    "r1",
                    "x1",
                    "r0",
                    "x0",
                    "c1",
                    "c0",
                    "units",
                    "rmatrix",
                    "xmatrix",
                    "cmatrix",
                    "basefreq",
                    "normamps"),
            Set.of("nphases", "r1", "x1", "units", "rmatrix", "xmatrix", "normamps")),
    LINE(
            "line",
            List.of(
                    "bus1",
                    "bus2",
                    "linecode",
                    "length",
                    "phases",
                    "r1",
                    "x1",
                    "r0",
                    "x0",
                    "c1",
                    "c0",
                    "rmatrix",
                    "xmatrix",
                    "cmatrix",
                    "switch",
                    "rg",
                    "xg",
                    "rho",
                    "geometry",
                    "units"),
            Set.of(
                    "bus1",
                    "bus2",
                    "linecode",
                    "length",
                    "phases",
                    "r1",
                    "x1",
                    "rmatrix",
                    "xmatrix",
                    "switch",
                    "units",
                    "normamps",
                    "enabled")),
    TRANSFORMER(
            "transformer",
            List.of(
                    "phases",
                    "windings",
                    "wdg",
                    "bus",
                    "conn",
                    "kv",
                    "kva",
                    "tap",
                    "%r",
                    "rneut",
                    "xneut",
                    "buses",
                    "conns",
                    "kvs",
                    "kvas",
                    "taps",
                    "xhl",
                    "xht",
                    "xlt"),
            Set.of("phases", "windings", "wdg", "bus", "kv", "kva", "buses", "kvs", "kvas", "enabled", "sub")),
    LOAD(
            "load",
            List.of("phases", "bus1", "kv", "kw", "pf", "model", "yearly", "daily", "duty", "growth", "conn", "kvar"),
            Set.of("phases", "bus1", "enabled"));

    private final String label;
    private final List<String> order;
    private final Set<String> used;

    DssKind(String label, List<String> order, Set<String> used) {
        this.label = label;
        this.order = order;
        this.used = used;
    }

    /** The kind's name in messages. */
    String label() {
        return label;
    }

    /** Properties in the order of values without a name. */
    List<String> order() {
        return order;
    }

    /** Whether the reader makes use of a property. */
    boolean uses(String property) {
        return used.contains(property);
    }

    /** The kind of an OpenDSS class in lower case, or null for one that is not read. */
    static @Nullable DssKind find(String className) {
        return switch (className) {
            case "vsource", "circuit" -> SOURCE;
            case "linecode" -> LINE_CODE;
            case "line" -> LINE;
            case "transformer" -> TRANSFORMER;
            case "load" -> LOAD;
            default -> null;
        };
    }
}
