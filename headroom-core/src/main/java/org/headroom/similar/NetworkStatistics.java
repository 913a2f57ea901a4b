package org.headroom.similar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;

/**
 * Topological and electrical features of a network (paper, Sec. 5.1), and the edge list that similar networks are learned
 * from.
 *
 * @param nodes number of nodes, the substation's included
 * @param leaves number of nodes without a line below
 * @param height height of the substation's node
 * @param feeders number of lines that leave the substation
 * @param length_m length of all lines
 * @param levels levels 1 to 3, in this order
 * @param edges one for each line, parents first
 */
public record NetworkStatistics(
        String name,
        int nodes,
        int leaves,
        int height,
        int feeders,
        int homes,
        int publicChargers,
        double length_m,
        double base_V,
        VoltageBand voltage,
        Substation substation,
        List<Level> levels,
        List<Edge> edges) {
    /**
     * Features of the nodes of one level and of the lines that feed them.
     *
     * @param level 1 near-substation, 2 intermediate, 3 near-terminal
     * @param nodes number of nodes; the distributions of a level without nodes are empty
     * @param degree share of nodes by degree
     * @param heights share of nodes by height
     * @param homes share of nodes by homes at them
     * @param lineTypes share of lines by type
     * @param length_m lengths of lines
     * @param capacity_kVA ratings of lines
     */
    public record Level(
            int level,
            int nodes,
            SortedMap<Integer, Double> degree,
            SortedMap<Integer, Double> heights,
            SortedMap<Integer, Double> homes,
            SortedMap<String, Double> lineTypes,
            Spread length_m,
            Spread capacity_kVA) {
        public Level {
            degree = Collections.unmodifiableSortedMap(new TreeMap<>(degree));
            heights = Collections.unmodifiableSortedMap(new TreeMap<>(heights));
            homes = Collections.unmodifiableSortedMap(new TreeMap<>(homes));
            lineTypes = Collections.unmodifiableSortedMap(new TreeMap<>(lineTypes));
        }
    }

    /** Smallest, quartiles, largest and mean of values (quantiles by linear interpolation); all 0 where there are none. */
    public record Spread(
            double min, double lowerQuartile, double median, double upperQuartile, double max, double mean) {
        public static Spread of(double[] values) {
            if (values.length == 0) {
                return new Spread(0, 0, 0, 0, 0, 0);
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return new Spread(
                    sorted[0],
                    quantile(sorted, 0.25),
                    quantile(sorted, 0.5),
                    quantile(sorted, 0.75),
                    sorted[sorted.length - 1],
                    Arrays.stream(sorted).average().orElse(0));
        }

        private static double quantile(double[] sorted, double share) {
            double at = share * (sorted.length - 1);
            int below = (int) at;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
        }
    }

    /**
     * A line with the node that it feeds.
     *
     * @param parent index of the edge above in the list, or -1 below the substation
     * @param height height of the node
     * @param level level of the node
     * @param children number of lines below the node
     * @param homes homes at the node
     * @param homesBelow homes at the node and below it
     */
    public record Edge(
            int parent,
            String type,
            double length_m,
            double resistance_ohm,
            double reactance_ohm,
            double capacity_kVA,
            double asset_gbpPerYear,
            int height,
            int level,
            int children,
            int homes,
            int homesBelow,
            int publicChargers) {}

    public NetworkStatistics {
        levels = List.copyOf(levels);
        edges = List.copyOf(edges);
    }

    public static NetworkStatistics of(Network network) {
        Levels levels = Levels.of(network);
        List<Edge> edges = edges(network, levels);
        List<Level> described = new ArrayList<>();
        for (int level = 1; level <= Levels.COUNT; level++) {
            int which = level;
            described.add(describe(
                    level, edges.stream().filter(edge -> edge.level() == which).toList()));
        }
        int[] children = network.childCounts();
        return new NetworkStatistics(
                network.name(),
                network.nodeCount(),
                (int) Arrays.stream(children).filter(count -> count == 0).count(),
                network.heights()[0],
                children[0],
                network.homeCount(),
                network.nodes().stream().mapToInt(Node::publicChargers).sum(),
                network.length_m(),
                network.base_V(),
                network.voltage(),
                network.substation(),
                described,
                edges);
    }

    /** Homes at the substation's own node. */
    public int homesAtSubstation() {
        return homes - edges.stream().mapToInt(Edge::homes).sum();
    }

    /** Public chargers at the substation's own node. */
    public int publicChargersAtSubstation() {
        return publicChargers - edges.stream().mapToInt(Edge::publicChargers).sum();
    }

    /** The same statistics with another substation. */
    public NetworkStatistics with(Substation other) {
        return new NetworkStatistics(
                name,
                nodes,
                leaves,
                height,
                feeders,
                homes,
                publicChargers,
                length_m,
                base_V,
                voltage,
                other,
                levels,
                edges);
    }

    /** The network that is described, with ids of its own and without positions; its statistics are these. */
    public Network network() {
        String prefix = substation.node().startsWith("n") ? "j" : "n"; // unlike the substation's id
        List<Node> described = new ArrayList<>();
        described.add(new Node(substation.node(), null, homesAtSubstation(), publicChargersAtSubstation()));
        List<Line> lines = new ArrayList<>();
        for (int e = 0; e < edges.size(); e++) {
            Edge edge = edges.get(e);
            String id = prefix + (e + 1);
            described.add(new Node(id, null, edge.homes(), edge.publicChargers()));
            lines.add(new Line(
                    "l" + (e + 1),
                    edge.parent() < 0 ? substation.node() : prefix + (edge.parent() + 1),
                    id,
                    edge.length_m(),
                    edge.type(),
                    edge.resistance_ohm(),
                    edge.reactance_ohm(),
                    edge.capacity_kVA(),
                    edge.asset_gbpPerYear()));
        }
        return new Network(name, base_V, voltage, substation, described, lines);
    }

    private static List<Edge> edges(Network network, Levels levels) {
        int[] children = network.childCounts();
        int[] homesBelow = network.nodes().stream().mapToInt(Node::homes).toArray();
        for (int l = network.lineCount() - 1; l >= 0; l--) {
            homesBelow[network.parentNode(l)] += homesBelow[l + 1];
        }
        List<Edge> edges = new ArrayList<>(network.lineCount());
        for (int l = 0; l < network.lineCount(); l++) {
            Line line = network.line(l);
            Node node = network.node(l + 1);
            edges.add(new Edge(
                    network.parentLine(l),
                    line.type(),
                    line.length_m(),
                    line.resistance_ohm(),
                    line.reactance_ohm(),
                    line.capacity_kVA(),
                    line.asset_gbpPerYear(),
                    levels.height(l),
                    levels.level(l),
                    children[l + 1],
                    node.homes(),
                    homesBelow[l + 1],
                    node.publicChargers()));
        }
        return edges;
    }

    private static Level describe(int level, List<Edge> edges) {
        SortedMap<Integer, Double> degree = new TreeMap<>();
        SortedMap<Integer, Double> heights = new TreeMap<>();
        SortedMap<Integer, Double> homes = new TreeMap<>();
        SortedMap<String, Double> types = new TreeMap<>();
        for (Edge edge : edges) {
            degree.merge(edge.children() + 1, 1.0, Double::sum);
            heights.merge(edge.height(), 1.0, Double::sum);
            homes.merge(edge.homes(), 1.0, Double::sum);
            types.merge(edge.type(), 1.0, Double::sum);
        }
        toShares(degree, edges.size());
        toShares(heights, edges.size());
        toShares(homes, edges.size());
        toShares(types, edges.size());
        return new Level(
                level,
                edges.size(),
                degree,
                heights,
                homes,
                types,
                Spread.of(edges.stream().mapToDouble(Edge::length_m).toArray()),
                Spread.of(edges.stream().mapToDouble(Edge::capacity_kVA).toArray()));
    }

    private static <K> void toShares(SortedMap<K, Double> counts, int total) {
        counts.replaceAll((key, count) -> count / total);
    }
}
