package org.headroom.similar.validate;

import java.util.ArrayList;
import java.util.List;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;

/** The feeders of a network, each as a network of its own below the same substation. */
public final class Feeders {
    private Feeders() {}

    /** One network a line that leaves the substation, in order; homes at the substation's own node are left out. */
    public static List<Network> of(Network network) {
        int[] feeder = new int[network.lineCount()];
        List<List<Line>> lines = new ArrayList<>();
        List<List<Node>> nodes = new ArrayList<>();
        Node busbar = network.node(0);
        for (int l = 0; l < network.lineCount(); l++) {
            int above = network.parentLine(l);
            if (above < 0) {
                feeder[l] = lines.size();
                lines.add(new ArrayList<>());
                nodes.add(new ArrayList<>(List.of(new Node(busbar.id(), busbar.position(), 0, 0))));
            } else {
                feeder[l] = feeder[above];
            }
            lines.get(feeder[l]).add(network.line(l));
            nodes.get(feeder[l]).add(network.node(l + 1));
        }
        List<Network> feeders = new ArrayList<>();
        for (int f = 0; f < lines.size(); f++) {
            feeders.add(new Network(
                    "%s feeder %d".formatted(network.name(), f + 1),
                    network.base_V(),
                    network.voltage(),
                    network.substation(),
                    nodes.get(f),
                    lines.get(f)));
        }
        return feeders;
    }
}
