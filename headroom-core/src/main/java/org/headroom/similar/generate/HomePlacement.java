package org.headroom.similar.generate;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Puts homes on the nodes of a tree (design, Sec. 6, step 2): the number at a node is drawn given its lines below (0, 1, 2 and
 * more), all three distributions tilted by one exponential factor so that the total asked for is the expected one, and then
 * redrawn node by node until it is met.
 */
final class HomePlacement {
    private static final double STEEPEST = 30;

    private final Learned learned;
    private final double[][] homesOf;
    private final int homes;
    private final int[] nodesOf = new int[Learned.ROLES];
    private final double[][] running;

    /**
     * Places homes.
     *
     * @param homesOf {@code [role][homes]}: how many nodes have them
     * @param homes on all nodes but the substation's
     */
    HomePlacement(Learned learned, double[][] homesOf, int homes) {
        this.learned = learned;
        this.homesOf = homesOf;
        this.homes = homes;
        this.running = new double[Learned.ROLES][homesOf[0].length];
    }

    /** Draws homes and public chargers; false where the tree cannot hold the homes. */
    boolean draw(Draft draft, UniformRandomProvider random) {
        Arrays.fill(nodesOf, 0);
        for (int n = 0; n < draft.nodes; n++) {
            nodesOf[Learned.role(draft.children[n])]++;
        }
        tilt();
        int missing = homes;
        for (int n = 0; n < draft.nodes; n++) {
            draft.homes[n] = drawHomes(Learned.role(draft.children[n]), random);
            missing -= draft.homes[n];
        }
        for (int tries = 200 * draft.nodes; missing != 0 && tries > 0; tries--) {
            int n = random.nextInt(draft.nodes);
            int other = drawHomes(Learned.role(draft.children[n]), random);
            int then = missing + draft.homes[n] - other;
            if (Math.abs(then) < Math.abs(missing)) {
                draft.homes[n] = other;
                missing = then;
            }
        }
        draft.sumHomes();
        placeChargers(draft, random);
        return missing == 0;
    }

    /** Finds the factor by bisection; the expected total grows with it. */
    private void tilt() {
        double low = -STEEPEST;
        double high = STEEPEST;
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            double expected = 0;
            for (int r = 0; r < Learned.ROLES; r++) {
                if (nodesOf[r] > 0) {
                    expected += nodesOf[r] * expectedHomes(homesOf[r], middle);
                }
            }
            if (expected < homes) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double tilt = (low + high) / 2;
        for (int r = 0; r < Learned.ROLES; r++) {
            double[] counts = homesOf[r];
            double sum = 0;
            for (int h = 0; h < counts.length; h++) {
                sum += weight(counts, h, tilt);
                running[r][h] = sum;
            }
        }
    }

    private static double expectedHomes(double[] counts, double tilt) {
        double sum = 0;
        double weighted = 0;
        for (int h = 0; h < counts.length; h++) {
            double weight = weight(counts, h, tilt);
            sum += weight;
            weighted += h * weight;
        }
        return weighted / sum;
    }

    /** Relative to the most homes, so that nothing overflows upwards; a distribution of one value stays one. */
    private static double weight(double[] counts, int homes, double tilt) {
        if (counts[homes] == 0) {
            return 0;
        }
        double from = tilt > 0 ? counts.length - 1 : 0;
        return Math.max(counts[homes] * StrictMath.exp(tilt * (homes - from)), Double.MIN_NORMAL);
    }

    private int drawHomes(int role, UniformRandomProvider random) {
        double[] sums = running[role];
        double value = random.nextDouble() * sums[sums.length - 1];
        int h = 0;
        while (h < sums.length - 1 && sums[h] <= value) {
            h++;
        }
        return h;
    }

    /** Each lot of the input on a node with as many lines below as its own, while there is one without a lot. */
    private void placeChargers(Draft draft, UniformRandomProvider random) {
        Arrays.fill(draft.publicChargers, 0, draft.nodes, 0);
        for (int lot = 0; lot < learned.chargers.length; lot++) {
            int free = 0;
            int chosen = -1;
            for (int pass = 0; pass < 2 && chosen < 0; pass++) {
                for (int n = 0; n < draft.nodes; n++) {
                    boolean suits = pass == 1 || Learned.role(draft.children[n]) == learned.chargerRole[lot];
                    if (suits && draft.publicChargers[n] == 0 && random.nextInt(++free) == 0) {
                        chosen = n;
                    }
                }
            }
            if (chosen >= 0) {
                draft.publicChargers[chosen] = learned.chargers[lot];
            }
        }
    }
}
