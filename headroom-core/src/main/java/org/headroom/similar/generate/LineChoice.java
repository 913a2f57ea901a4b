package org.headroom.similar.generate;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Copies a line's type and length together from one of the most alike real edges, from the substation down (design, Sec. 6, step
 * 3). Alike: below a line of the same class, with as many homes at and below it, at the same height, of the same role
 * (end, through, branch), and on the path of its parent or not. That is what a cable's type goes with: its parent's type and the
 * homes it feeds say four times as much about it as its level does.
 */
final class LineChoice {
    private static final int NEAREST = 10;
    private static final double OTHER_ROLE = 1;
    private static final double MAIN_OR_SIDE = 2;
    /** The line above is of another type, but of the same class. */
    private static final double OTHER_TYPE_ABOVE = 0.5;

    private static final double SCALE = 0.3;

    private final Learned learned;
    /** {@code [class + 1]}: all edges, for lines whose parent's class has none that could carry them. */
    private final int[] allEdges;

    private final double[] distance;
    private final int[] candidates;
    private final double[] nearest = new double[NEAREST];
    private final double[] running;
    private final double[] logHomes;
    private final double[] logHeight;
    private final double[] feederFactor;
    private final double[] homesCarried;

    LineChoice(Learned learned, Counts counts, FlowLimits limits) {
        this.learned = learned;
        this.allEdges = new int[learned.edges];
        this.homesCarried = new double[learned.edges];
        for (int e = 0; e < learned.edges; e++) {
            allEdges[e] = e;
            homesCarried[e] = limits.loading() * learned.capacity_kVA[e] / Transformer.HOME_KVA;
        }
        this.distance = new double[learned.edges];
        this.candidates = new int[learned.edges];
        this.running = new double[learned.edges];
        this.logHomes = new double[counts.homes() + 1];
        for (int homes = 0; homes < logHomes.length; homes++) {
            logHomes[homes] = Learned.logHomes(homes);
        }
        this.logHeight = new double[counts.height() + 1];
        for (int height = 0; height < logHeight.length; height++) {
            logHeight[height] = Learned.logHeight(height);
        }
        this.feederFactor = new double[counts.feeders()];
    }

    void draw(Draft draft, UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        for (int f = 0; f < feederFactor.length; f++) {
            feederFactor[f] = learned.feederSpread * gaussian.sample();
        }
        for (int n = 0; n < draft.nodes; n++) {
            int above = draft.parent[n];
            int group = above < 0 ? 0 : learned.lineClass[draft.edge[above]] + 1;
            int edge = drawAlike(draft, n, learned.edgesBelow[group], random);
            draft.edge[n] = edge < 0 ? drawAlikeOfAll(draft, n, random) : edge;
            draft.length_m[n] = learned.length_m[draft.edge[n]]
                    * StrictMath.exp(Learned.JITTER * gaussian.sample() + feederFactor[draft.feeder[n]]);
        }
    }

    private int drawAlikeOfAll(Draft draft, int node, UniformRandomProvider random) {
        int edge = drawAlike(draft, node, allEdges, random);
        if (edge >= 0) {
            return edge;
        }
        int largest = 0; // nothing carries these homes: the power flow will refuse the network and say so
        for (int e = 1; e < learned.edges; e++) {
            largest = learned.capacity_kVA[e] > learned.capacity_kVA[largest] ? e : largest;
        }
        return largest;
    }

    /** One of the nearest edges and all ties, or -1 where none of those given can carry the homes. */
    private int drawAlike(Draft draft, int node, int[] edges, UniformRandomProvider random) {
        int below = draft.homesBelow[node];
        double homes = logHomes[below];
        double height = logHeight[draft.height[node]];
        int role = Learned.role(draft.children[node]);
        boolean side = draft.side[node];
        int typeAbove = draft.parent[node] < 0 ? -1 : learned.type[draft.edge[draft.parent[node]]];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        double farthest = Double.POSITIVE_INFINITY;
        int count = 0;
        for (int edge : edges) {
            if (homesCarried[edge] < below) {
                continue;
            }
            double away = Math.abs(homes - learned.logHomes[edge])
                    + Math.abs(height - learned.logHeight[edge])
                    + (role == learned.role[edge] ? 0 : OTHER_ROLE)
                    + (typeAbove == learned.typeAbove[edge] ? 0 : OTHER_TYPE_ABOVE)
                    + (side == learned.side[edge] ? 0 : MAIN_OR_SIDE);
            if (away > farthest) {
                continue;
            }
            candidates[count] = edge;
            distance[count++] = away;
            if (away < farthest) {
                int i = NEAREST - 1;
                for (; i > 0 && nearest[i - 1] > away; i--) {
                    nearest[i] = nearest[i - 1];
                }
                nearest[i] = away;
                farthest = nearest[NEAREST - 1];
            }
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (distance[i] <= farthest) {
                sum += StrictMath.exp(-(distance[i] - nearest[0]) / SCALE);
            }
            running[i] = sum;
        }
        if (count == 0) {
            return -1;
        }
        double value = random.nextDouble() * sum;
        int i = 0;
        while (i < count - 1 && running[i] <= value) {
            i++;
        }
        return candidates[i];
    }
}
