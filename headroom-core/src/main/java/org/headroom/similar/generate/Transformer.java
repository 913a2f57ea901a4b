package org.headroom.similar.generate;

import org.headroom.input.InputException;
import org.headroom.network.AssetCosts;
import org.headroom.network.StandardTransformers;
import org.headroom.network.Substation;

/** Which transformer generated networks get. */
public sealed interface Transformer {
    /** Apparent power of a home after diversity, kVA: 2.0 kW at power factor .95 (design, Sec. 6). */
    double HOME_KVA = 2.0 / 0.95;

    /** That of the input which the network is drawn from, with its asset value. */
    record OfInput() implements Transformer {
        @Override
        public Substation substation(Substation input, int homes) {
            return input;
        }
    }

    /** The smallest standard size above 1.25 times the after-diversity demand of its homes, at its replacement cost. */
    record Sized() implements Transformer {
        @Override
        public Substation substation(Substation input, int homes) {
            return new Rated(StandardTransformers.sizeFor_kVA(homes * HOME_KVA)).substation(input, homes);
        }
    }

    /** A given rating, at its replacement cost. */
    record Rated(double capacity_kVA) implements Transformer {
        public Rated {
            if (!(capacity_kVA > 0 && capacity_kVA <= 100_000)) {
                throw new InputException(
                        "transformer is %s kVA, expected above 0, to 100,000 kVA.".formatted(capacity_kVA));
            }
        }

        @Override
        public Substation substation(Substation input, int homes) {
            return new Substation(input.node(), capacity_kVA, AssetCosts.BRITISH.substation_gbpPerYear(capacity_kVA));
        }
    }

    /** The substation of a network with so many homes, drawn from an input with the substation given. */
    Substation substation(Substation input, int homes);
}
