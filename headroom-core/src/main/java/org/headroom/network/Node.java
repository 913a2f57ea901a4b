package org.headroom.network;

import org.jspecify.annotations.Nullable;

/**
 * A node: a joint, with the homes and public chargers connected at it.
 *
 * @param homes number of homes, at least 0
 * @param publicChargers number of public charging points, at least 0
 * @param position where it lies, or null where the source does not say
 */
public record Node(String id, @Nullable Position position, int homes, int publicChargers) {
    public Node {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a node's id must not be blank");
        }
        if (homes < 0 || publicChargers < 0) {
            throw new IllegalArgumentException(
                    "node %s: homes and publicChargers must be at least 0, but were %d and %d"
                            .formatted(id, homes, publicChargers));
        }
    }
}
