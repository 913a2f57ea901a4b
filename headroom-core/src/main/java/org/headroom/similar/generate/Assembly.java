package org.headroom.similar.generate;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;
import org.headroom.network.Substation;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.NetworkStatistics.Edge;
import org.headroom.similar.StreetPlan;

/** Makes a network of a draft: feeder by feeder, each path before the side paths that hang from it. */
final class Assembly {
    private static final String SUBSTATION = "S";
    private static final double LEAST_M = 0.01;

    private Assembly() {}

    /** A network without positions. */
    static Network network(String name, Draft draft, NetworkStatistics input, Transformer transformer) {
        int[] order = order(draft);
        int[] place = new int[draft.nodes];
        for (int i = 0; i < draft.nodes; i++) {
            place[order[i]] = i;
        }
        List<Node> nodes = new ArrayList<>(draft.nodes + 1);
        List<Line> lines = new ArrayList<>(draft.nodes);
        nodes.add(new Node(SUBSTATION, null, input.homesAtSubstation(), input.publicChargersAtSubstation()));
        for (int i = 0; i < draft.nodes; i++) {
            int n = order[i];
            String id = "n" + (i + 1);
            nodes.add(new Node(id, null, draft.homes[n], draft.publicChargers[n]));
            lines.add(line(
                    "l" + (i + 1),
                    draft.parent[n] < 0 ? SUBSTATION : "n" + (place[draft.parent[n]] + 1),
                    id,
                    input.edges().get(draft.edge[n]),
                    draft.length_m[n]));
        }
        Substation station = transformer.substation(input.substation(), draft.totalHomes + input.homesAtSubstation());
        return new Network(
                name,
                input.base_V(),
                input.voltage(),
                new Substation(SUBSTATION, station.capacity_kVA(), station.asset_gbpPerYear()),
                nodes,
                lines);
    }

    /** A line like another, of its own length: impedance and asset value per metre are the same. */
    private static Line line(String id, String from, String to, Edge edge, double drawn_m) {
        double length_m = Math.max(LEAST_M, rounded(drawn_m, 100));
        double scale = length_m / edge.length_m();
        return new Line(
                id,
                from,
                to,
                length_m,
                edge.type(),
                significant(edge.resistance_ohm() * scale),
                significant(edge.reactance_ohm() * scale),
                edge.capacity_kVA(),
                rounded(edge.asset_gbpPerYear() * scale, 100));
    }

    private static double rounded(double value, double perUnit) {
        return Math.rint(value * perUnit) / perUnit;
    }

    /** To .1 micro-ohm, but never to nothing. */
    private static double significant(double value) {
        double short_ = rounded(value, 1e7);
        return short_ > 1e-5 ? short_ : value;
    }

    /** Nodes in the order of the network: each followed by what lies below it, its own path first. */
    private static int[] order(Draft draft) {
        int[] below = new int[draft.nodes]; // nodes at and below
        for (int n = draft.nodes - 1; n >= 0; n--) {
            below[n]++;
            if (draft.parent[n] >= 0) {
                below[draft.parent[n]] += below[n];
            }
        }
        int[] next = new int[draft.nodes]; // place of the next child
        int[] order = new int[draft.nodes];
        int nextFeeder = 0;
        for (int n = 0; n < draft.nodes; n++) {
            int above = draft.parent[n];
            int place = above < 0 ? nextFeeder : next[above];
            if (above < 0) {
                nextFeeder += below[n];
            } else {
                next[above] += below[n];
            }
            order[place] = n;
            next[n] = place + 1;
        }
        return order;
    }

    /** The same network laid out as streets. */
    static Network withPositions(Network network, UniformRandomProvider random) {
        int lines = network.lineCount();
        int[] parents = new int[lines];
        int[] heights = new int[lines];
        double[] lengths_m = new double[lines];
        int[] ofNode = network.heights();
        for (int l = 0; l < lines; l++) {
            parents[l] = network.parentLine(l);
            heights[l] = ofNode[l + 1];
            lengths_m[l] = network.line(l).length_m();
        }
        List<Position> plan = StreetPlan.draw(parents, heights, lengths_m, random);
        List<Node> nodes = new ArrayList<>(lines + 1);
        Node station = network.node(0);
        nodes.add(new Node(station.id(), new Position(0, 0), station.homes(), station.publicChargers()));
        for (int l = 0; l < lines; l++) {
            Node node = network.node(l + 1);
            nodes.add(new Node(node.id(), plan.get(l), node.homes(), node.publicChargers()));
        }
        return new Network(
                network.name(), network.base_V(), network.voltage(), network.substation(), nodes, network.lines());
    }
}
