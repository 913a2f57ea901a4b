package org.headroom.similar.generate;

import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** A way to draw candidates like one input; keeps its arrays from try to try, so that it serves one thread. */
interface Scheme {
    /** Draws a candidate into {@link #draft()}; the gate that refuses it where it is not as asked for, or null. */
    @Nullable
    Gate draw(UniformRandomProvider random);

    Draft draft();
}
