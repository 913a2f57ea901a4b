package org.headroom.network.format;

import org.headroom.network.Network;

/**
 * A network as read from a file.
 *
 * @param report what could not be carried over
 * @param loads the demand that the file states; none where the format has homes instead
 * @param ratingKnown false where the substation's rating is a placeholder of the file or of the reader
 */
public record ImportedNetwork(Network network, ImportReport report, StatedLoads loads, boolean ratingKnown) {
    /** A network of a format that says all that the model holds. */
    public ImportedNetwork(Network network, ImportReport report) {
        this(network, report, StatedLoads.none(network), true);
    }
}
