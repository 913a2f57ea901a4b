package org.headroom.network;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random trees with homes, mains and services, for tests of properties. */
public final class RandomNetworks {
    private RandomNetworks() {}

    /** A network of {@code nodes} nodes besides the substation's. */
    public static Network of(long seed, int nodes) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Node> all = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (int n = 1; n <= nodes; n++) {
            int parent = random.nextInt(3) == 0 ? random.nextInt(n) : n - 1;
            int homes = random.nextInt(3) == 0 ? random.nextInt(3) : 0;
            all.add(new Node("n" + n, null, homes, random.nextInt(20) == 0 ? 2 : 0));
            double rating_A = new double[] {75, 100, 197, 320}[random.nextInt(4)];
            lines.add(new Line(
                    "l" + n,
                    parent == 0 ? "S" : "n" + parent,
                    "n" + n,
                    random.nextDouble(0.1, 30),
                    "type " + random.nextInt(4),
                    random.nextDouble(1e-4, 1e-2),
                    random.nextDouble(1e-4, 1e-2),
                    Math.sqrt(3) * 0.4 * rating_A,
                    random.nextDouble(0, 200)));
        }
        return new Network("random", 400, VoltageBand.BRITISH, new Substation("S", 500, 1500), all, lines);
    }
}
