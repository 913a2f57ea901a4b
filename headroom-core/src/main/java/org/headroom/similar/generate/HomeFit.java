package org.headroom.similar.generate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.input.InputException;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.jspecify.annotations.Nullable;

/**
 * Whether trees of the counts asked for can hold the homes, with as many at a node as nodes of its kind have in the input, and what
 * gives way where they cannot. Found on {@value #TREES} trees, always the same.
 */
final class HomeFit {
    private static final int TREES = 10;
    private static final StudySeed FIT = new StudySeed(0);

    /** With homes that can be met. */
    final Counts counts;
    /** {@code [role][homes]}: number of nodes of the input. */
    final double[][] homesOf;
    /** What gave way; null where nothing did. */
    final @Nullable String note;

    private HomeFit(Counts counts, double[][] homesOf, @Nullable String note) {
        this.counts = counts;
        this.homesOf = homesOf;
        this.note = note;
    }

    /**
     * The homes of networks.
     *
     * @throws InputException where more or fewer homes are asked for than any node of the input could make up
     */
    static HomeFit of(Learned learned, Counts counts, RequestedCounts asked) {
        if (asked.equals(RequestedCounts.AS_INPUT)) {
            return new HomeFit(counts, learned.homesOf, null);
        }
        int atSubstation = learned.input.homesAtSubstation();
        int[] least = new int[TREES];
        int[] most = new int[TREES];
        boolean held = false;
        PathTopology topology = new PathTopology(learned, counts);
        Draft draft = new Draft(counts.nodes() - 1);
        UniformRandomProvider random = FIT.stream(Purpose.SIMILARITY_CALIBRATION, learned.edges, counts.nodes());
        for (int tree = 0; tree < TREES; tree++) {
            topology.draw(draft, random);
            least[tree] = atSubstation;
            most[tree] = atSubstation;
            for (int n = 0; n < draft.nodes; n++) {
                double[] here = learned.homesOf[Learned.role(draft.children[n])];
                least[tree] += fewest(here);
                most[tree] += most(here);
            }
            held |= least[tree] <= counts.homes() && counts.homes() <= most[tree];
        }
        if (held) {
            return new HomeFit(counts, learned.homesOf, null);
        }
        Arrays.sort(least);
        Arrays.sort(most);
        String name = learned.input.name();
        if (asked.homes() == null) {
            int homes = Math.clamp(counts.homes(), least[TREES / 2], Math.max(least[TREES / 2], most[TREES / 2]));
            return new HomeFit(
                    counts.withHomes(homes),
                    learned.homesOf,
                    "networks like %s have %d homes: in proportion to the nodes it would be %d, which nodes of their kinds cannot make up"
                            .formatted(name, homes, counts.homes()));
        }
        double[] alike = new double[learned.homesOf[0].length];
        for (int e = 0; e < learned.edges; e++) {
            alike[learned.input.edges().get(e).homes()]++;
        }
        int lines = counts.nodes() - 1;
        int fewest = atSubstation + lines * fewest(alike);
        int highest = atSubstation + lines * most(alike);
        if (counts.homes() < fewest || counts.homes() > highest) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "homes is %,d, expected %,d to %,d: networks like %s of %,d nodes have %d to %d homes at a node.\nMaybe ask for %s nodes, or learn from other networks.",
                    counts.homes(),
                    fewest,
                    highest,
                    name,
                    counts.nodes(),
                    fewest(alike),
                    most(alike),
                    counts.homes() > highest ? "more" : "fewer"));
        }
        double[][] forAll = new double[Learned.ROLES][];
        Arrays.fill(forAll, alike);
        return new HomeFit(
                counts,
                forAll,
                "networks like %s: %d homes are %s than %d nodes of their kinds have (%d to %d): at leaves and joints alike as many are drawn as at any node of %s"
                        .formatted(
                                name,
                                counts.homes(),
                                counts.homes() < least[TREES / 2] ? "fewer" : "more",
                                counts.nodes(),
                                least[TREES / 2],
                                most[TREES / 2],
                                name));
    }

    private static int fewest(double[] counts) {
        return IntStream.range(0, counts.length)
                .filter(homes -> counts[homes] > 0)
                .min()
                .orElseThrow();
    }

    private static int most(double[] counts) {
        return IntStream.range(0, counts.length)
                .filter(homes -> counts[homes] > 0)
                .max()
                .orElseThrow();
    }
}
