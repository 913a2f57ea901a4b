package org.headroom.similar.measure;

import org.jspecify.annotations.Nullable;

/**
 * How similar a network is to the input, and whether it passes.
 *
 * @param cosine see {@link Measure#COSINE}, 0 to 1
 * @param spectral see {@link Measure#SPECTRAL}, at least 0
 * @param editDistance see {@link Measure#EDIT_DISTANCE}, 0 to 2.4
 * @param refusedBy the first measure that refuses it, in the order of {@link Measure}; null where all accept
 */
public record Similarity(
        double cosine,
        double spectral,
        double editDistance,
        @Nullable Measure refusedBy) {
    public boolean accepted() {
        return refusedBy == null;
    }
}
