package org.headroom.similar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.network.format.NetworkJson;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.jspecify.annotations.Nullable;

/**
 * The recipe of the embedded network {@code british-118}: 118 nodes with the substation's, 129 homes, 4 feeders, 2.3 km.
 *
 * <p>A network of our own, drawn from the statistics of real British ones (design, Sec. 10, which gives all counts below),
 * not a copy of any. The counts are met exactly; what they leave open is drawn from {@link #SEED}, which was chosen so that
 * at an after-diversity demand of 2.0 kW a home no line is overloaded and no voltage drops by 6 %.
 *
 * <p>How the counts fit together: following the tallest child cuts the tree into 34 vertical paths, the spines (20, 7, 14, 17
 * nodes) and side paths of 10, 8, 7, 5 and 4 nodes and 25 of a single one; they give exactly the nodes asked for by height.
 * Every branching is into two. Homes: a leaf 2 (32 of 34) or 3, a node with one child 1 (50 of 53) or 2, a node with two
 * children 0 (27 of 30) or 1. (The design says 1 or 2 for a leaf, but then the homes sum to 95. With one more at each leaf
 * they sum to 129, and to each feeder's total.)
 */
public final class British118 {
    /** Name of the network. */
    public static final String NAME = "british-118";

    private static final StudySeed SEED = new StudySeed(118);
    private static final String SUBSTATION = "S";
    private static final double CAPACITY_KVA = 200;
    private static final double SUBSTATION_GBP_PER_YEAR = 11_700;
    private static final double LINES_GBP_PER_YEAR = 60_000;
    private static final double LENGTH_M = 2300;

    private static final int[] SPINE_NODES = {20, 7, 14, 17};
    private static final int[] FEEDER_NODES = {26, 12, 44, 35};
    private static final int[] FEEDER_HOMES = {31, 13, 48, 37};
    private static final int[] LONG_SIDE_PATHS = {10, 8, 7, 5, 4};
    private static final int SINGLE_SIDE_PATHS = 25;

    /** Lines by level (1: height 6 and more, 2: height 1 to 5, 3: leaves) and cable, in the order of {@link Cable}. */
    private static final int[][] CABLES = {{6, 29, 6, 0, 0}, {5, 21, 12, 4, 0}, {0, 7, 1, 1, 25}};

    /** Lengths by level in metres: least, quartiles, greatest; without each feeder's first line. */
    private static final double[][] LENGTHS_M = {{3, 10, 17, 25, 30}, {4, 13, 17, 25, 44}, {6, 13, 15, 16, 24}};

    /** The shortest and the longest of the feeders' first lines. */
    private static final double[] FIRST_LINES_M = {31, 183};

    /** Apparent power of a home at 2.0 kW and power factor .95, kVA. */
    private static final double HOME_KVA = 2.0 / 0.95;

    /** Cables from large to small (design, Sec. 8). */
    private enum Cable {
        AL_185("185 Al", 0.166, 0.074, 281),
        AL_95("95 Al", 0.322, 0.074, 197),
        CU_06(".06in²", 0.469, 0.075, 130),
        AL_35("35 Al", 0.868, 0.077, 96),
        AL_25("25 Al", 1.20, 0.079, 75);

        private final String label;
        private final double resistance_ohmPerKm;
        private final double reactance_ohmPerKm;
        private final double rating_A;

        Cable(String label, double resistance_ohmPerKm, double reactance_ohmPerKm, double rating_A) {
            this.label = label;
            this.resistance_ohmPerKm = resistance_ohmPerKm;
            this.reactance_ohmPerKm = reactance_ohmPerKm;
            this.rating_A = rating_A;
        }

        double capacity_kVA() {
            return Math.rint(Math.sqrt(3) * 0.4 * rating_A * 10) / 10;
        }
    }

    /** A joint and the line into it. */
    private static final class Joint {
        final int feeder;
        final @Nullable Joint parent;
        final List<Joint> children = new ArrayList<>();
        int height;
        int homes;
        int downstream;
        Cable cable = Cable.AL_95;
        double length_m;
        Position position = new Position(0, 0);

        Joint(int feeder, @Nullable Joint parent) {
            this.feeder = feeder;
            this.parent = parent;
            if (parent != null) {
                parent.children.add(this);
            }
        }

        /** 0 for near the substation, 1 for intermediate, 2 for near a terminal. */
        int level() {
            return height >= 6 ? 0 : height >= 1 ? 1 : 2;
        }
    }

    private final List<Joint> joints = new ArrayList<>();

    private British118() {}

    /** Draws the network; always the same. */
    public static Network build() {
        British118 recipe = new British118();
        recipe.growTree(stream(0));
        recipe.settleHomes(stream(1));
        recipe.layCables(stream(2));
        recipe.measureLengths(stream(3));
        recipe.drawPlan(stream(4));
        return recipe.network();
    }

    /** Writes the network; the resource beside this class is what it writes. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IOException("expected one argument: the file to write");
        }
        NetworkJson.write(build(), Path.of(arguments[0]));
    }

    private static UniformRandomProvider stream(int step) {
        return SEED.stream(Purpose.NETWORK, step);
    }

    private void growTree(UniformRandomProvider random) {
        int[] room = FEEDER_NODES.clone();
        List<Joint> grown = new ArrayList<>();
        List<Joint> heads = new ArrayList<>();
        for (int feeder = 0; feeder < room.length; feeder++) {
            heads.add(growPath(grown, feeder, null, SPINE_NODES[feeder]));
            room[feeder] -= SPINE_NODES[feeder];
        }
        int[] paths = Arrays.copyOf(LONG_SIDE_PATHS, LONG_SIDE_PATHS.length + SINGLE_SIDE_PATHS);
        Arrays.fill(paths, LONG_SIDE_PATHS.length, paths.length, 1);
        for (int path : paths) {
            // A path may hang from any joint at least as high as it is long: no height changes. One side path a joint.
            List<Joint> hosts = grown.stream()
                    .filter(joint -> joint.height >= path && joint.children.size() == 1 && room[joint.feeder] >= path)
                    .toList();
            Joint host = hosts.get(random.nextInt(hosts.size()));
            growPath(grown, host.feeder, host, path);
            room[host.feeder] -= path;
        }
        heads.forEach(this::number);
    }

    private static Joint growPath(List<Joint> grown, int feeder, @Nullable Joint host, int nodes) {
        Joint top = new Joint(feeder, host);
        Joint last = top;
        for (int height = nodes - 1; height >= 0; height--) {
            last.height = height;
            grown.add(last);
            if (height > 0) {
                last = new Joint(feeder, last);
            }
        }
        return top;
    }

    /** Feeder by feeder, each path before the side paths that hang from it. */
    private void number(Joint joint) {
        joints.add(joint);
        joint.children.forEach(this::number);
    }

    private void settleHomes(UniformRandomProvider random) {
        int[] missing = FEEDER_HOMES.clone();
        for (Joint joint : joints) {
            joint.homes = 2 - joint.children.size();
            missing[joint.feeder] -= joint.homes;
        }
        // One home more than usual at 2 leaves, 3 joints with one child and 3 with two.
        List<Integer> extras = new ArrayList<>(List.of(0, 0, 1, 1, 1, 2, 2, 2));
        ListSampler.shuffle(random, extras);
        for (int feeder = 0; feeder < missing.length; feeder++) {
            for (; missing[feeder] > 0; missing[feeder]--) {
                int children = extras.removeLast();
                int here = feeder;
                List<Joint> hosts = joints.stream()
                        .filter(joint -> joint.feeder == here
                                && joint.children.size() == children
                                && joint.homes == 2 - children)
                        .toList();
                hosts.get(random.nextInt(hosts.size())).homes++;
            }
        }
        for (int j = joints.size() - 1; j >= 0; j--) {
            Joint joint = joints.get(j);
            joint.downstream += joint.homes;
            if (joint.parent != null) {
                joint.parent.downstream += joint.downstream;
            }
        }
    }

    /** Simulated annealing by swaps within a level, so that the counts hold. */
    private void layCables(UniformRandomProvider random) {
        List<List<Joint>> levels = new ArrayList<>();
        for (int level = 0; level < CABLES.length; level++) {
            int wanted = level;
            List<Joint> members = new ArrayList<>(
                    joints.stream().filter(j -> j.level() == wanted).toList());
            ListSampler.shuffle(random, members);
            int next = 0;
            for (int cable = 0; cable < CABLES[level].length; cable++) {
                for (int i = 0; i < CABLES[level][cable]; i++) {
                    members.get(next++).cable = Cable.values()[cable];
                }
            }
            levels.add(members);
        }
        int swaps = 300_000;
        double cost = cableCost();
        for (int i = 0; i < swaps; i++) {
            double temperature = 4 * StrictMath.pow(0.02, i / (double) swaps);
            List<Joint> members = levels.get(random.nextInt(levels.size()));
            Joint one = members.get(random.nextInt(members.size()));
            Joint other = members.get(random.nextInt(members.size()));
            swapCables(one, other);
            double swapped = cableCost();
            if (swapped <= cost || random.nextDouble() < StrictMath.exp((cost - swapped) / temperature)) {
                cost = swapped;
            } else {
                swapCables(one, other);
            }
        }
    }

    private static void swapCables(Joint one, Joint other) {
        Cable cable = one.cable;
        one.cable = other.cable;
        other.cable = cable;
    }

    /** Mains are laid in runs of one cable, never larger than the one before, and carry their homes. */
    private double cableCost() {
        double cost = 0;
        for (Joint joint : joints) {
            if (joint.downstream * HOME_KVA > joint.cable.capacity_kVA()) {
                cost += 100;
            }
            if (joint.parent != null) {
                int step = joint.cable.compareTo(joint.parent.cable);
                cost += step < 0 ? 10 : step > 0 && joint.cable != Cable.AL_25 ? 1 : 0;
            }
        }
        return cost;
    }

    private void measureLengths(UniformRandomProvider random) {
        double rest_m = LENGTH_M;
        for (int level = 0; level < LENGTHS_M.length; level++) {
            int wanted = level;
            List<Joint> members = joints.stream()
                    .filter(joint -> joint.level() == wanted && joint.parent != null)
                    .toList();
            // The quartiles are those of all lines of the level, of which the feeders' first lines are the longest.
            int all = (int) joints.stream().filter(j -> j.level() == wanted).count();
            List<Double> lengths_m = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                lengths_m.add(tenths(quantile(LENGTHS_M[level], i / (all - 1.0), (members.size() - 1) / (all - 1.0))));
            }
            ListSampler.shuffle(random, lengths_m);
            for (int i = 0; i < members.size(); i++) {
                members.get(i).length_m = lengths_m.get(i);
                rest_m -= lengths_m.get(i);
            }
        }
        // Two of the first lines have the given extremes, the other two share what is left of the total.
        double others_m = rest_m - FIRST_LINES_M[0] - FIRST_LINES_M[1];
        double third_m = tenths(others_m * (0.4 + 0.2 * random.nextDouble()));
        List<Double> firsts_m =
                new ArrayList<>(List.of(FIRST_LINES_M[0], FIRST_LINES_M[1], third_m, tenths(others_m - third_m)));
        ListSampler.shuffle(random, firsts_m);
        for (Joint joint : joints) {
            if (joint.parent == null) {
                joint.length_m = firsts_m.removeLast();
            }
        }
    }

    /** Linear between least value, quartiles and greatest value, which stands at probability {@code last}. */
    private static double quantile(double[] knots, double probability, double last) {
        int i = Math.min((int) (probability * 4), 3);
        double start = i / 4.0;
        double end = i == 3 ? last : start + 0.25;
        return knots[i] + (knots[i + 1] - knots[i]) * (probability - start) / (end - start);
    }

    private static double tenths(double value) {
        return Math.rint(value * 10) / 10;
    }

    private void drawPlan(UniformRandomProvider random) {
        int[] parents = joints.stream().mapToInt(j -> joints.indexOf(j.parent)).toArray();
        int[] heights = joints.stream().mapToInt(j -> j.height).toArray();
        double[] lengths_m = joints.stream().mapToDouble(j -> j.length_m).toArray();
        List<Position> plan = StreetPlan.draw(parents, heights, lengths_m, random);
        for (int j = 0; j < joints.size(); j++) {
            joints.get(j).position = plan.get(j);
        }
    }

    private Network network() {
        List<Node> nodes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        nodes.add(new Node(SUBSTATION, new Position(0, 0), 0, 0));
        double laid_m = 0;
        for (int j = 0; j < joints.size(); j++) {
            Joint joint = joints.get(j);
            String id = "n" + (j + 1);
            nodes.add(new Node(id, joint.position, joint.homes, 0));
            // Pence of the running total, so that the lines' assets sum to the whole.
            double before_gbp = Math.rint(LINES_GBP_PER_YEAR * 100 * laid_m / LENGTH_M);
            laid_m = tenths(laid_m + joint.length_m);
            double asset_gbp = (Math.rint(LINES_GBP_PER_YEAR * 100 * laid_m / LENGTH_M) - before_gbp) / 100;
            lines.add(new Line(
                    "l" + (j + 1),
                    joint.parent == null ? SUBSTATION : "n" + (joints.indexOf(joint.parent) + 1),
                    id,
                    joint.length_m,
                    joint.cable.label,
                    micro(joint.cable.resistance_ohmPerKm * joint.length_m / 1000),
                    micro(joint.cable.reactance_ohmPerKm * joint.length_m / 1000),
                    joint.cable.capacity_kVA(),
                    asset_gbp));
        }
        var substation = new Substation(SUBSTATION, CAPACITY_KVA, SUBSTATION_GBP_PER_YEAR);
        return new Network(NAME, 400, VoltageBand.BRITISH, substation, nodes, lines);
    }

    private static double micro(double value) {
        return Math.rint(value * 1e6) / 1e6;
    }
}
