package org.headroom.similar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.headroom.input.Document;
import org.headroom.network.Network;
import org.headroom.network.Position;

/** By which rule the seed of british-118 was chosen (british-118-recipe.yaml), worked out by means of its own. */
record SeedRule(
        double shortest_m,
        double longest_m,
        double mostLoading,
        double mostDrop_pu,
        List<Double> feederNodes,
        List<Double> feederHomes,
        int crossings) {
    private static final int NEAR = 5;

    /**
     * A line that leaves the substation, with all below it.
     *
     * @param spine nodes on its longest path
     */
    record Feeder(int spine, int nodes, int homes) {}

    static SeedRule ofRecipe() {
        Document seed = recipe().object("seed");
        List<Double> length_m = seed.numbers("length_m", 0, 1e6);
        Document feeders = seed.object("feeders");
        return new SeedRule(
                length_m.getFirst(),
                length_m.getLast(),
                seed.number("mostLoading", 0, 10),
                seed.number("mostDrop_pu", 0, 1),
                feeders.numbers("nodes", 1, 1000),
                feeders.numbers("homes", 0, 1000),
                seed.integer("crossings", 0, 1000));
    }

    static Document recipe() {
        return Document.resource(EmbeddedNetworks.class, "british-118-recipe.yaml");
    }

    boolean keeps(Network network) {
        if (!(network.length_m() >= shortest_m && network.length_m() <= longest_m)) {
            return false;
        }
        List<Feeder> feeders = feeders(network);
        for (int f = 0; f < feeders.size(); f++) {
            if (Math.abs(feeders.get(f).nodes() - feederNodes.get(f)) > NEAR
                    || Math.abs(feeders.get(f).homes() - feederHomes.get(f)) > NEAR) {
                return false;
            }
        }
        double[] use = powerFlow(network, 2.0, 0.95);
        return use[0] <= mostLoading && use[1] <= mostDrop_pu && crossings(network) <= crossings;
    }

    /** In order of their nodes. */
    static List<Feeder> feeders(Network network) {
        int[] heights = network.heights();
        List<Feeder> feeders = new ArrayList<>();
        for (int l = 0; l < network.lineCount(); l++) {
            if (network.parentLine(l) < 0) {
                List<Integer> below = below(network, l);
                feeders.add(new Feeder(
                        heights[l + 1] + 1,
                        below.size(),
                        below.stream().mapToInt(n -> network.node(n).homes()).sum()));
            }
        }
        feeders.sort(Comparator.comparingInt(Feeder::nodes));
        return feeders;
    }

    private static List<Integer> below(Network network, int line) {
        List<Integer> below = new ArrayList<>(List.of(line + 1));
        for (int l = line + 1; l < network.lineCount(); l++) {
            if (below.contains(network.parentNode(l))) {
                below.add(l + 1);
            }
        }
        return below;
    }

    /** Highest loading of a line and largest voltage drop per unit: an AC backward and forward sweep. */
    static double[] powerFlow(Network network, double home_kW, double powerFactor) {
        double tangent = Math.sqrt(1 - powerFactor * powerFactor) / powerFactor;
        int nodes = network.nodeCount();
        double[] ur = new double[nodes];
        double[] ui = new double[nodes];
        Arrays.fill(ur, network.base_V());
        double loading = 0;
        for (int sweep = 0; sweep < 50; sweep++) {
            double[] ir = new double[nodes];
            double[] ii = new double[nodes];
            loading = 0;
            for (int l = network.lineCount() - 1; l >= 0; l--) {
                int n = l + 1;
                double p = network.node(n).homes() * home_kW * 1000;
                double q = p * tangent;
                // I = conj(S / U), with U line to line and I × √3
                double u2 = ur[n] * ur[n] + ui[n] * ui[n];
                ir[n] += (p * ur[n] + q * ui[n]) / u2;
                ii[n] += (p * ui[n] - q * ur[n]) / u2;
                ir[network.parentNode(l)] += ir[n];
                ii[network.parentNode(l)] += ii[n];
                double s_kVA = Math.hypot(ir[n], ii[n]) * network.base_V() / 1000;
                loading = Math.max(loading, s_kVA / network.line(l).capacity_kVA());
            }
            for (int l = 0; l < network.lineCount(); l++) {
                int up = network.parentNode(l);
                double r = network.line(l).resistance_ohm();
                double x = network.line(l).reactance_ohm();
                ur[l + 1] = ur[up] - (r * ir[l + 1] - x * ii[l + 1]);
                ui[l + 1] = ui[up] - (r * ii[l + 1] + x * ir[l + 1]);
            }
        }
        double lowest = 1;
        for (int n = 0; n < nodes; n++) {
            lowest = Math.min(lowest, Math.hypot(ur[n], ui[n]) / network.base_V());
        }
        return new double[] {loading, 1 - lowest};
    }

    /** Pairs of lines without a common end that cross or touch on the plan. */
    static int crossings(Network network) {
        int crossings = 0;
        for (int one = 0; one < network.lineCount(); one++) {
            for (int other = 0; other < one; other++) {
                boolean apart = IntStream.of(one + 1, other + 1, network.parentNode(one), network.parentNode(other))
                                .distinct()
                                .count()
                        == 4;
                crossings += apart && crosses(network, one, other) ? 1 : 0;
            }
        }
        return crossings;
    }

    static Position position(Network network, int node) {
        return Objects.requireNonNull(network.node(node).position());
    }

    private static boolean crosses(Network network, int one, int other) {
        return side(network, one, network.parentNode(other)) * side(network, one, other + 1) <= 0
                && side(network, other, network.parentNode(one)) * side(network, other, one + 1) <= 0;
    }

    private static double side(Network network, int line, int node) {
        Position from = position(network, network.parentNode(line));
        Position to = position(network, line + 1);
        Position point = position(network, node);
        return (to.x_m() - from.x_m()) * (point.y_m() - from.y_m())
                - (to.y_m() - from.y_m()) * (point.x_m() - from.x_m());
    }
}
