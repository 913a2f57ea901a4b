package org.headroom.similar.generate;

import java.util.Locale;
import org.headroom.input.InputException;
import org.headroom.similar.NetworkStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Counts of a network to be generated.
 *
 * @param nodes the substation's included
 */
record Counts(int nodes, int leaves, int height, int feeders, int homes) {
    /** How the height of real networks grows with their nodes: exponent fitted to 20 British ones of 50 to 816 nodes. */
    private static final double HEIGHT_EXPONENT = 0.35;

    /**
     * The counts of an input, changed as asked for. What is not asked for goes with the nodes: leaves and homes in proportion,
     * height by a power, within what the other counts allow; feeders stay.
     *
     * @throws InputException where no tree has these counts
     */
    static Counts of(NetworkStatistics input, RequestedCounts asked) {
        positive("nodes", asked.nodes(), 2);
        positive("leaves", asked.leaves(), 1);
        positive("height", asked.height(), 1);
        positive("feeders", asked.feeders(), 1);
        positive("homes", asked.homes(), 1);
        int nodes = given(asked.nodes(), input.nodes());
        int lines = nodes - 1;
        double scale = lines / (input.nodes() - 1.0);
        int height = given(
                asked.height(),
                scale == 1 ? input.height() : rounded(input.height() * StrictMath.pow(scale, HEIGHT_EXPONENT)));
        int leaves = given(asked.leaves(), rounded(input.leaves() * scale));
        int feeders = given(asked.feeders(), input.feeders());
        int homes = given(asked.homes(), rounded(input.homes() * scale));
        // What was not asked for gives way to what was.
        if (asked.feeders() == null) {
            feeders = Math.clamp(lines - height + 1, 1, Math.min(feeders, asked.leaves() == null ? lines : leaves));
        }
        if (asked.leaves() == null) {
            leaves = Math.clamp(leaves, feeders, Math.max(feeders, lines - height + 1));
        }
        if (asked.height() == null) {
            height = Math.clamp(height, 1, Math.max(1, lines - leaves + 1));
            while (height < lines && mostLines(leaves, height, feeders) < lines) {
                height++;
            }
        }
        Counts counts = new Counts(nodes, leaves, height, feeders, homes);
        counts.check(input.name());
        return counts;
    }

    /** The same counts with other homes. */
    Counts withHomes(int other) {
        return new Counts(nodes, leaves, height, feeders, other);
    }

    private static int given(@Nullable Integer asked, int otherwise) {
        return asked == null ? otherwise : asked;
    }

    private static int rounded(double value) {
        return Math.max(1, (int) Math.rint(value));
    }

    private static void positive(String name, @Nullable Integer value, int least) {
        if (value != null && (value < least || value > 1_000_000)) {
            throw new InputException("%s is %d, expected %d to 1,000,000.".formatted(name, value, least));
        }
    }

    /** Lines of the largest tree with so many paths: spines as long as the height, side paths one shorter. */
    private static long mostLines(int leaves, int height, int feeders) {
        return (long) feeders * height + (long) (leaves - feeders) * (height - 1);
    }

    private void check(String input) {
        int lines = nodes - 1;
        if (feeders > leaves) {
            throw impossible(input, "every feeder ends in a leaf: expected at most %d feeders".formatted(leaves));
        }
        if (leaves > lines) {
            throw impossible(
                    input, "expected at most %d leaves, one for each node but the substation's".formatted(lines));
        }
        if ((long) height + leaves - 1 > lines) {
            throw impossible(
                    input,
                    "a longest path of %d lines and %d further leaves need %d nodes or more"
                            .formatted(height, leaves - 1, height + leaves));
        }
        if (mostLines(leaves, height, feeders) < lines) {
            throw impossible(
                    input,
                    "paths of at most %d lines to %d leaves give %d nodes at most"
                            .formatted(height, leaves, mostLines(leaves, height, feeders) + 1));
        }
    }

    private InputException impossible(String input, String why) {
        return new InputException(String.format(
                Locale.ROOT,
                "no network like %s has %d nodes, %d leaves, height %d and %d feeders: %s.\nMaybe ask for fewer of these counts; the others then adapt.",
                input,
                nodes,
                leaves,
                height,
                feeders,
                why));
    }
}
