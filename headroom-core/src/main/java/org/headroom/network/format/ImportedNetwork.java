package org.headroom.network.format;

import org.headroom.network.Network;

/** A network as read from a file, with what could not be carried over. */
public record ImportedNetwork(Network network, ImportReport report) {}
