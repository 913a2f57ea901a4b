package org.headroom.similar.generate;

import org.headroom.similar.measure.Similarity;
import org.jspecify.annotations.Nullable;

/**
 * A network that was drawn, and what became of it.
 *
 * @param refusedBy the gate that refused it, or null where it passed all
 * @param similarity how similar it is, or null where another gate refused it before, or similarity is no gate
 */
public record Candidate(
        @Nullable Gate refusedBy,
        int nodes,
        int leaves,
        int height,
        int feeders,
        int homes,
        @Nullable Similarity similarity) {
    public boolean accepted() {
        return refusedBy == null;
    }
}
