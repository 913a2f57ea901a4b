package org.headroom.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.headroom.input.InputException;

/**
 * How a network of thousands of short segments is brought down to its joints before it is computed on.
 *
 * <p>Homes, public chargers, their total and the substation are the same before and after.
 */
public enum Reduction {
    /** Keeps every node. */
    NONE,
    /**
     * Contracts pass-through nodes: those without homes or chargers and with exactly one line below. The lines above and below
     * become one whose length, resistance, reactance and asset value are their sums, whose rating is the tightest and whose type
     * is the one that most of its metres have; it keeps the id of the part at its lower end. The impedance of the path to every kept node
     * is unchanged.
     */
    CHAINS,
    /**
     * Also drops dead ends, below which nobody lives, and merges services into their joint: a leaf that a service feeds (see
     * {@link AssetCosts#isService}) gives its homes and chargers to the node above, and its service is dropped; then chains
     * are contracted again. Leaves are taken once, so that a branching service keeps its joint, and none is merged into the
     * substation's node. Before the merge a service is contracted by itself, so that no part of a main is dropped with it.
     *
     * <p>Dead ends carry no current. Real maps are full of them (disused services, ends of a metre or two): in an ENWL
     * network, up to four leaves in five.
     */
    JOINTS;

    /**
     * A reduced network.
     *
     * @param contractedNodes pass-through nodes taken out
     * @param deadEndNodes nodes dropped because nobody lives there or below
     * @param mergedServices services dropped
     * @param droppedLength_m length of dead ends and merged services in all
     * @param droppedAsset_gbpPerYear their asset value in all
     */
    public record Reduced(
            Network network,
            int contractedNodes,
            int deadEndNodes,
            int mergedServices,
            double droppedLength_m,
            double droppedAsset_gbpPerYear) {
        /** What was changed, in plain words; none where nothing was. */
        public List<String> remarks() {
            List<String> remarks = new ArrayList<>();
            if (contractedNodes > 0) {
                remarks.add("%d pass-through nodes contracted".formatted(contractedNodes));
            }
            if (deadEndNodes + mergedServices > 0) {
                remarks.add(String.format(
                        Locale.ROOT,
                        "%d nodes of dead ends without homes dropped and %d services merged into their joint: %.0f m and %.0f GBP/year of asset value less",
                        deadEndNodes,
                        mergedServices,
                        droppedLength_m,
                        droppedAsset_gbpPerYear));
            }
            return List.copyOf(remarks);
        }
    }

    /** Name in files and on the command line: {@code none}, {@code chains} or {@code joints}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reduction of a name, whatever its capitals. */
    public static Reduction named(String name) {
        for (Reduction reduction : values()) {
            if (reduction.label().equalsIgnoreCase(name)) {
                return reduction;
            }
        }
        throw new InputException("reduction is '%s', expected one of none, chains, joints.".formatted(name));
    }

    /** Reduces a network. */
    public Reduced reduce(Network network) {
        return switch (this) {
            case NONE -> new Reduced(network, 0, 0, 0, 0, 0);
            case CHAINS -> {
                Network contracted = contracted(network, false);
                yield new Reduced(contracted, network.nodeCount() - contracted.nodeCount(), 0, 0, 0, 0);
            }
            case JOINTS -> joints(network);
        };
    }

    private static Reduced joints(Network network) {
        Network live = withoutDeadEnds(network);
        Network services = contracted(live, true);
        boolean[] service = services(services);
        int[] children = services.childCounts();
        int[] homes = services.nodes().stream().mapToInt(Node::homes).toArray();
        int[] chargers =
                services.nodes().stream().mapToInt(Node::publicChargers).toArray();
        List<Line> kept = new ArrayList<>();
        boolean[] gone = new boolean[services.nodeCount()];
        double length_m = network.length_m() - live.length_m();
        double asset_gbpPerYear = asset_gbpPerYear(network) - asset_gbpPerYear(live);
        int merged = 0;
        for (int l = 0; l < services.lineCount(); l++) {
            int parent = services.parentNode(l);
            if (service[l] && children[l + 1] == 0 && parent > 0) {
                homes[parent] += homes[l + 1];
                chargers[parent] += chargers[l + 1];
                gone[l + 1] = true;
                length_m += services.line(l).length_m();
                asset_gbpPerYear += services.line(l).asset_gbpPerYear();
                merged++;
            } else {
                kept.add(services.line(l));
            }
        }
        List<Node> nodes = IntStream.range(0, services.nodeCount())
                .filter(n -> !gone[n])
                .mapToObj(n -> {
                    Node node = services.node(n);
                    return new Node(node.id(), node.position(), homes[n], chargers[n]);
                })
                .toList();
        Network joints = contracted(with(services, nodes, kept), false);
        int deadEnds = network.nodeCount() - live.nodeCount();
        int contractedNodes = live.nodeCount() - joints.nodeCount() - merged;
        return new Reduced(joints, contractedNodes, deadEnds, merged, length_m, asset_gbpPerYear);
    }

    private static double asset_gbpPerYear(Network network) {
        return network.lines().stream().mapToDouble(Line::asset_gbpPerYear).sum();
    }

    private static Network withoutDeadEnds(Network network) {
        boolean[] live = new boolean[network.nodeCount()];
        live[0] = true;
        for (int l = network.lineCount() - 1; l >= 0; l--) {
            Node node = network.node(l + 1);
            live[l + 1] |= node.homes() + node.publicChargers() > 0;
            live[network.parentNode(l)] |= live[l + 1];
        }
        return with(
                network,
                IntStream.range(0, live.length)
                        .filter(n -> live[n])
                        .mapToObj(network::node)
                        .toList(),
                IntStream.range(0, network.lineCount())
                        .filter(l -> live[l + 1])
                        .mapToObj(network::line)
                        .toList());
    }

    private static boolean[] services(Network network) {
        double kVAperA = Math.sqrt(3) * network.base_V() / 1000;
        boolean[] service = new boolean[network.lineCount()];
        for (int l = 0; l < service.length; l++) {
            service[l] = AssetCosts.isService(network.line(l).capacity_kVA() / kVAperA);
        }
        return service;
    }

    /** The network without its pass-through nodes; between a main and a service they are kept where asked. */
    private static Network contracted(Network network, boolean keepEndsOfServices) {
        boolean[] service = services(network);
        int[] children = network.childCounts();
        int[] onlyChild = new int[network.nodeCount()];
        Arrays.fill(onlyChild, -1);
        for (int l = 0; l < network.lineCount(); l++) {
            onlyChild[network.parentNode(l)] = l;
        }
        boolean[] gone = new boolean[network.nodeCount()];
        for (int n = 1; n < gone.length; n++) {
            Node node = network.node(n);
            gone[n] = node.homes() == 0
                    && node.publicChargers() == 0
                    && children[n] == 1
                    && (!keepEndsOfServices || service[n - 1] == service[onlyChild[n]]);
        }
        List<Line> lines = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        nodes.add(network.node(0));
        for (int l = 0; l < network.lineCount(); l++) {
            if (!gone[l + 1]) {
                lines.add(inSeries(network, l, gone));
                nodes.add(network.node(l + 1));
            }
        }
        return with(network, nodes, lines);
    }

    private static Network with(Network network, List<Node> nodes, List<Line> lines) {
        return new Network(network.name(), network.base_V(), network.voltage(), network.substation(), nodes, lines);
    }

    /** A line and those above it up to the next kept node, as one. */
    private static Line inSeries(Network network, int lowest, boolean[] gone) {
        Line line = network.line(lowest);
        if (!gone[network.parentNode(lowest)]) {
            return line;
        }
        Map<String, Double> lengthByType = new HashMap<>();
        double length_m = 0;
        double resistance_ohm = 0;
        double reactance_ohm = 0;
        double capacity_kVA = Double.POSITIVE_INFINITY;
        double asset_gbpPerYear = 0;
        String type = line.type();
        int at = lowest;
        while (true) {
            Line part = network.line(at);
            length_m += part.length_m();
            resistance_ohm += part.resistance_ohm();
            reactance_ohm += part.reactance_ohm();
            capacity_kVA = Math.min(capacity_kVA, part.capacity_kVA());
            asset_gbpPerYear += part.asset_gbpPerYear();
            double ofType_m = lengthByType.merge(part.type(), part.length_m(), Double::sum);
            if (ofType_m > lengthByType.getOrDefault(type, 0.0)) {
                type = part.type();
            }
            if (!gone[network.parentNode(at)]) {
                break;
            }
            at = network.parentLine(at);
        }
        return new Line(
                line.id(),
                network.line(at).from(),
                line.to(),
                length_m,
                type,
                resistance_ohm,
                reactance_ohm,
                capacity_kVA,
                asset_gbpPerYear);
    }
}
