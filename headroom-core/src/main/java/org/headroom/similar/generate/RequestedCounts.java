package org.headroom.similar.generate;

import org.jspecify.annotations.Nullable;

/**
 * Counts that generated networks shall have instead of their input's; null where the input decides.
 *
 * @param nodes the substation's included
 */
public record RequestedCounts(
        @Nullable Integer nodes,
        @Nullable Integer leaves,
        @Nullable Integer height,
        @Nullable Integer feeders,
        @Nullable Integer homes) {
    /** The input decides everything. */
    public static final RequestedCounts AS_INPUT = new RequestedCounts(null, null, null, null, null);
}
