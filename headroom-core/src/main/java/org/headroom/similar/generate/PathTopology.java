package org.headroom.similar.generate;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Draws a tree with exactly the counts asked for (design, Sec. 6, step 1). Following the tallest child cuts a tree into as many
 * vertical paths as it has leaves; a path may hang from any node at least as high as it has nodes without changing a
 * height. So the spines of the feeders are drawn first, then the lengths of side paths, and these are attached, the longest
 * first, where paths of their length hang in the input.
 */
final class PathTopology {
    private static final double LEAST_ROOM = 0.05;

    private final Learned learned;
    private final Counts counts;
    private final double secondSidePath;
    private final int lines;
    private final int[] spine;
    private final double[] feederNodes;
    private final int[] sidePath;
    private final int[] positionBin;
    private final int[] kind;
    private final boolean[] hasSidePath;
    private final double[] room;
    private final double[] weight;

    PathTopology(Learned learned, Counts counts) {
        this(learned, counts, learned.secondSidePath);
    }

    /** With another worth of a node that has a side path as the host of a further one. */
    PathTopology(Learned learned, Counts counts, double secondSidePath) {
        this.secondSidePath = secondSidePath;
        this.learned = learned;
        this.counts = counts;
        this.lines = counts.nodes() - 1;
        this.spine = new int[counts.feeders()];
        this.feederNodes = new double[counts.feeders()];
        this.sidePath = new int[counts.leaves() - counts.feeders()];
        this.positionBin = new int[lines];
        this.kind = new int[lines];
        this.hasSidePath = new boolean[lines];
        this.room = new double[counts.feeders()];
        this.weight = new double[lines];
    }

    /** Draws a tree: parents, heights, children, feeders and sides. */
    void draw(Draft draft, UniformRandomProvider random) {
        drawSpines(random);
        drawSidePaths(random);
        draft.nodes = 0;
        draft.feeders = counts.feeders();
        draft.leaves = counts.leaves();
        draft.rootHeight = counts.height();
        for (int f = 0; f < spine.length; f++) {
            room[f] = feederNodes[f];
            grow(draft, -1, f, spine[f]);
        }
        for (int i = sidePath.length - 1; i >= 0; i--) {
            int host = drawHost(draft, sidePath[i], random);
            hasSidePath[host] = true;
            grow(draft, host, draft.feeder[host], sidePath[i]);
        }
    }

    /** Adds a path of nodes below a host. */
    private void grow(Draft draft, int host, int feeder, int pathNodes) {
        if (host >= 0) {
            draft.children[host]++;
        }
        int pathKind = host < 0 ? Learned.SPINE : Math.min(kind[host] + 1, Learned.DEEPER);
        int first = draft.nodes;
        for (int p = 0; p < pathNodes; p++) {
            int n = first + p;
            draft.parent[n] = p == 0 ? host : n - 1;
            draft.height[n] = pathNodes - 1 - p;
            draft.children[n] = p < pathNodes - 1 ? 1 : 0;
            draft.feeder[n] = feeder;
            draft.side[n] = p == 0 && host >= 0;
            kind[n] = pathKind;
            positionBin[n] = Learned.positionBin(p, pathNodes);
            hasSidePath[n] = false;
        }
        draft.nodes += pathNodes;
        room[feeder] -= pathNodes;
    }

    /** Feeders of the input, drawn anew: the one with the longest spine, and any of the others for the rest. */
    private void drawSpines(UniformRandomProvider random) {
        int[] real = learned.spine;
        int longest = 0;
        for (int f = 1; f < real.length; f++) {
            longest = real[f] > real[longest] ? f : longest;
        }
        double scale = counts.height() / (double) real[longest];
        double all = 0;
        for (int f = 0; f < spine.length; f++) {
            int from = longest;
            if (f > 0) {
                from = random.nextInt(Math.max(1, real.length - 1));
                from += real.length > 1 && from >= longest ? 1 : 0;
            }
            int drawn = (int) Math.rint(real[from] * scale * jitter(random));
            spine[f] = f == 0 ? counts.height() : Math.clamp(drawn, 1, counts.height());
            feederNodes[f] = learned.feederNodes[from] * jitter(random);
            all += feederNodes[f];
        }
        shuffle(random);
        for (int f = 0; f < spine.length; f++) {
            feederNodes[f] *= lines / all;
        }
        // The spines must leave a node for each side path, and no more than side paths can take.
        int left = lines - Arrays.stream(spine).sum();
        int most = sidePath.length * (counts.height() - 1);
        while (left < sidePath.length) {
            int f = random.nextInt(spine.length);
            if (spine[f] > 1 && (spine[f] < counts.height() || another(f))) {
                spine[f]--;
                left++;
            }
        }
        while (left > most) {
            int f = random.nextInt(spine.length);
            if (spine[f] < counts.height()) {
                spine[f]++;
                left--;
            }
        }
    }

    /** Whether a feeder other than this one is as high as asked for. */
    private boolean another(int feeder) {
        for (int f = 0; f < spine.length; f++) {
            if (f != feeder && spine[f] == counts.height()) {
                return true;
            }
        }
        return false;
    }

    /** So that the longest feeder has no place of its own. */
    private void shuffle(UniformRandomProvider random) {
        for (int f = spine.length - 1; f > 0; f--) {
            int other = random.nextInt(f + 1);
            int spineHere = spine[f];
            spine[f] = spine[other];
            spine[other] = spineHere;
            double nodesHere = feederNodes[f];
            feederNodes[f] = feederNodes[other];
            feederNodes[other] = nodesHere;
        }
    }

    /** Lengths of the input's side paths, drawn again until they sum to the nodes left; sorted, the shortest first. */
    private void drawSidePaths(UniformRandomProvider random) {
        if (sidePath.length == 0) {
            return;
        }
        int missing = lines - Arrays.stream(spine).sum();
        for (int i = 0; i < sidePath.length; i++) {
            sidePath[i] = drawLength(random);
            missing -= sidePath[i];
        }
        for (int tries = 50 * sidePath.length; missing != 0 && tries > 0; tries--) {
            int i = random.nextInt(sidePath.length);
            int other = drawLength(random);
            int then = missing + sidePath[i] - other;
            if (Math.abs(then) < Math.abs(missing)) {
                sidePath[i] = other;
                missing = then;
            }
        }
        while (missing != 0) {
            int i = random.nextInt(sidePath.length);
            if (missing > 0 && sidePath[i] < counts.height() - 1) {
                sidePath[i]++;
                missing--;
            } else if (missing < 0 && sidePath[i] > 1) {
                sidePath[i]--;
                missing++;
            }
        }
        Arrays.sort(sidePath);
    }

    private int drawLength(UniformRandomProvider random) {
        int[] real = learned.sidePath;
        int drawn = real.length == 0 ? 1 : real[random.nextInt(real.length)];
        if (drawn > 2) { // shorter ones are too frequent to be shifted
            drawn = (int) Math.rint(drawn * jitter(random));
        }
        return Math.clamp(drawn, 1, counts.height() - 1);
    }

    private int drawHost(Draft draft, int pathNodes, UniformRandomProvider random) {
        double[][] share = learned.attachment[Learned.lengthBin(pathNodes)];
        double sum = 0;
        for (int n = 0; n < draft.nodes; n++) {
            if (draft.height[n] >= pathNodes) {
                double free = Math.max(LEAST_ROOM, room[draft.feeder[n]] - pathNodes + 1);
                double one = share[positionBin[n]][kind[n]] * free;
                sum += hasSidePath[n] ? one * secondSidePath : one;
            }
            weight[n] = sum;
        }
        return firstAbove(weight, draft.nodes, random.nextDouble() * sum);
    }

    /** Index of the first running sum above a value. */
    private static int firstAbove(double[] sums, int count, double value) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle] > value) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    static double jitter(UniformRandomProvider random) {
        return StrictMath.exp(
                Learned.JITTER * ZigguratSampler.NormalizedGaussian.of(random).sample());
    }
}
