package org.headroom.similar.generate;

import org.jspecify.annotations.Nullable;

/**
 * A network that was drawn, and what became of it.
 *
 * @param refusedBy the gate that refused it, or null where it passed all
 */
public record Candidate(@Nullable Gate refusedBy, int nodes, int leaves, int height, int feeders, int homes) {
    public boolean accepted() {
        return refusedBy == null;
    }
}
