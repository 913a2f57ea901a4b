package org.headroom.mobility;

import java.util.Arrays;
import java.util.List;
import org.headroom.input.Document;
import org.headroom.input.InputException;

/** The households of the paper (Sec. 3.1): one charger and one or two cars. */
public enum HouseholdKind {
    /** Retired, one car. */
    RET("ret"),
    /** Professional, one car. */
    PRO("pro"),
    /** Two cars that share one charger. */
    TWO_EV("two-ev");

    private final String label;

    HouseholdKind(String label) {
        this.label = label;
    }

    /** Name as files and options write it: ret, pro or two-ev. */
    public String label() {
        return label;
    }

    /** Share of the kind among households where nobody says otherwise: the paper's third of each. */
    public double defaultShare() {
        return switch (this) {
            case RET -> 0.34;
            case PRO, TWO_EV -> 0.33;
        };
    }

    /** The household's cars; a car's place here is its {@code ev} number. */
    public List<Archetype> cars() {
        return switch (this) {
            case RET -> List.of(Archetype.RET);
            case PRO -> List.of(Archetype.PRO);
            case TWO_EV -> List.of(Archetype.SHO, Archetype.FAM);
        };
    }

    /** The kind of a name; a name nobody knows is an {@link InputException}. */
    public static HouseholdKind named(String name) {
        for (HouseholdKind kind : values()) {
            if (kind.label.equals(name)) {
                return kind;
            }
        }
        List<String> labels = Arrays.stream(values()).map(HouseholdKind::label).toList();
        String nearest = Document.findNearest(name, labels);
        throw new InputException("household '%s' is not known, expected one of %s.%s"
                .formatted(name, String.join(", ", labels), nearest == null ? "" : "\nMaybe " + nearest + "."));
    }
}
