package org.headroom.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A radial network: a tree of lines below one substation.
 *
 * <p>Node 0 is the substation's; node {@code l + 1} is the one that line {@code l} feeds. Lines stand parents first (and
 * otherwise in the order given), so that a sweep over ascending lines goes down the tree and one over descending lines up.
 */
public final class Network {
    private final String name;
    private final double base_V;
    private final VoltageBand voltage;
    private final Substation substation;
    private final List<Node> nodes;
    private final List<Line> lines;
    private final int[] parentNode;
    private final Map<String, Integer> indexById;

    /**
     * Checks that the lines form a tree and puts them in order.
     *
     * @param base_V line-to-line voltage that per-unit values refer to
     * @param nodes all nodes; the substation's may be left out. A node that no line feeds is a fault
     * @throws IllegalArgumentException for a mesh, an orphan, a duplicate or an unknown node, naming those concerned
     */
    public Network(
            String name,
            double base_V,
            VoltageBand voltage,
            Substation substation,
            List<Node> nodes,
            List<Line> lines) {
        if (!(base_V > 0 && base_V < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("network %s: base_V is %s, expected > 0".formatted(name, base_V));
        }
        this.name = name;
        this.base_V = base_V;
        this.voltage = voltage;
        this.substation = substation;

        Map<String, Node> nodeById = new LinkedHashMap<>();
        for (Node node : nodes) {
            if (nodeById.put(node.id(), node) != null) {
                throw new IllegalArgumentException("node %s is listed twice".formatted(node.id()));
            }
        }
        nodeById.putIfAbsent(substation.node(), new Node(substation.node(), null, 0, 0));
        List<Line> ordered = parentsFirst(substation.node(), nodeById, lines);
        List<Node> orderedNodes = new ArrayList<>(ordered.size() + 1);
        this.indexById = new HashMap<>();
        orderedNodes.add(nodeById.get(substation.node()));
        indexById.put(substation.node(), 0);
        this.parentNode = new int[ordered.size()];
        for (int l = 0; l < ordered.size(); l++) {
            Line line = ordered.get(l);
            Node fed = nodeById.get(line.to());
            Integer parent = indexById.get(line.from());
            if (fed == null || parent == null) {
                throw new IllegalStateException("lines are not in order at " + line.id());
            }
            parentNode[l] = parent;
            indexById.put(line.to(), l + 1);
            orderedNodes.add(fed);
        }
        this.nodes = List.copyOf(orderedNodes);
        this.lines = List.copyOf(ordered);
    }

    /** The lines in an order in which each one's upper end is fed before it; ties keep the order given. */
    private static List<Line> parentsFirst(String root, Map<String, Node> nodeById, List<Line> lines) {
        Map<String, Line> feeding = new HashMap<>();
        Map<String, List<Integer>> leaving = new HashMap<>();
        Map<String, Line> byId = new HashMap<>();
        for (int l = 0; l < lines.size(); l++) {
            Line line = lines.get(l);
            if (byId.put(line.id(), line) != null) {
                throw new IllegalArgumentException("line %s is listed twice".formatted(line.id()));
            }
            for (String end : List.of(line.from(), line.to())) {
                if (!nodeById.containsKey(end)) {
                    throw new IllegalArgumentException(
                            "line %s ends at node %s, which is not among the nodes.\nMaybe its id is misspelt."
                                    .formatted(line.id(), end));
                }
            }
            if (line.to().equals(root)) {
                throw new IllegalArgumentException(
                        "line %s feeds the substation's node %s: the network is meshed or the line is turned round.\nMaybe swap its ends."
                                .formatted(line.id(), root));
            }
            Line other = feeding.put(line.to(), line);
            if (other != null) {
                throw new IllegalArgumentException(
                        "lines %s and %s both feed node %s: the network is meshed, expected a tree.\nMaybe an open point is missing."
                                .formatted(other.id(), line.id(), line.to()));
            }
            leaving.computeIfAbsent(line.from(), key -> new ArrayList<>()).add(l);
        }
        PriorityQueue<Integer> next = new PriorityQueue<>(leaving.getOrDefault(root, List.of()));
        List<Line> ordered = new ArrayList<>(lines.size());
        while (!next.isEmpty()) {
            Line line = lines.get(next.remove());
            ordered.add(line);
            next.addAll(leaving.getOrDefault(line.to(), List.of()));
        }
        if (ordered.size() < nodeById.size() - 1) {
            var fed = ordered.stream().map(Line::to).collect(Collectors.toSet());
            List<String> orphans = nodeById.keySet().stream()
                    .filter(id -> !id.equals(root) && !fed.contains(id))
                    .toList();
            throw new IllegalArgumentException(
                    "%d node(s) have no supply from substation node %s: %s%s.\nMaybe a line is missing, or a loop of lines feeds itself."
                            .formatted(
                                    orphans.size(),
                                    root,
                                    orphans.stream().limit(5).collect(Collectors.joining(", ")),
                                    orphans.size() > 5 ? ", …" : ""));
        }
        return ordered;
    }

    public String name() {
        return name;
    }

    /** Line-to-line voltage that per-unit values refer to. */
    public double base_V() {
        return base_V;
    }

    public VoltageBand voltage() {
        return voltage;
    }

    public Substation substation() {
        return substation;
    }

    /** All nodes; node 0 is the substation's. */
    public List<Node> nodes() {
        return nodes;
    }

    /** All lines, parents first; line {@code l} feeds node {@code l + 1}. */
    public List<Line> lines() {
        return lines;
    }

    public int nodeCount() {
        return nodes.size();
    }

    public int lineCount() {
        return lines.size();
    }

    public Node node(int index) {
        return nodes.get(index);
    }

    public Line line(int index) {
        return lines.get(index);
    }

    /** Index of the node at the substation's side of a line. */
    public int parentNode(int line) {
        return parentNode[line];
    }

    /** Index of the line above a line, or -1 where the line leaves the substation. */
    public int parentLine(int line) {
        return parentNode[line] - 1;
    }

    /** Index of a node, or null where there is none of that id. */
    public @Nullable Integer findNode(String id) {
        return indexById.get(id);
    }

    public int homeCount() {
        return nodes.stream().mapToInt(Node::homes).sum();
    }

    public double length_m() {
        return lines.stream().mapToDouble(Line::length_m).sum();
    }

    /** Number of lines on the longest path from each node down to a leaf (paper, Sec. 5.1); one entry a node. */
    public int[] heights() {
        int[] height = new int[nodes.size()];
        for (int l = lines.size() - 1; l >= 0; l--) {
            height[parentNode[l]] = Math.max(height[parentNode[l]], height[l + 1] + 1);
        }
        return height;
    }

    /** Number of lines that leave each node away from the substation; one entry a node. */
    public int[] childCounts() {
        int[] children = new int[nodes.size()];
        for (int parent : parentNode) {
            children[parent]++;
        }
        return children;
    }

    /** The same network under another name. */
    public Network withName(String other) {
        return new Network(other, base_V, voltage, substation, nodes, lines);
    }

    /** The same network with another substation. */
    public Network withSubstation(Substation other) {
        return new Network(name, base_V, voltage, other, nodes, lines);
    }

    @Override
    public String toString() {
        return "Network[%s, %d nodes, %d homes]".formatted(name, nodes.size(), homeCount());
    }
}
