package org.headroom.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.time.DaySteps;

/**
 * Small random days, seeded, that are hard on a home's own problem: round prices with many ties, prices of 0 and below, free
 * batteries, no losses, up to five cars a home, more PV than anyone needs.
 */
final class RandomHomes {
    private static final double[] ROUND = {-0.1, 0, 0, 0.1, 0.2, 0.3};

    private RandomHomes() {}

    /** Three homes; departures may lie below arrivals where cars may discharge. */
    static DayProblem day(long seed, int stepCount, boolean mayDischarge) {
        SplittableRandom random = new SplittableRandom(seed);
        DaySteps steps = new DaySteps(stepCount);
        double eta = new double[] {0.95, 1, 0.8}[random.nextInt(3)];
        DispatchSettings d = DispatchSettings.DEFAULT;
        DispatchSettings settings = new DispatchSettings(
                eta,
                new double[] {0, 0.01, 1}[random.nextInt(3)],
                d.discountRate(),
                d.loadGrowthRate(),
                10,
                Expansion.NEVER,
                List.of(TieBreak.values()).get(random.nextInt(3)),
                365);
        double[] buy = new double[stepCount];
        double[] sell = new double[stepCount];
        int kind = random.nextInt(5);
        for (int t = 0; t < stepCount; t++) {
            double a = kind == 4 ? random.nextDouble(-0.1, 0.4) : ROUND[random.nextInt(ROUND.length)];
            double b = kind == 4 ? random.nextDouble(-0.1, 0.4) : ROUND[random.nextInt(ROUND.length)];
            buy[t] = kind == 0 ? 0.3 : Math.max(a, b);
            sell[t] = kind == 1 ? buy[t] : kind == 2 ? Math.min(0, buy[t]) : Math.min(a, b);
        }
        int homes = 3;
        double[][] demand = new double[homes][stepCount];
        double[][] pv = new double[homes][stepCount];
        List<String> ids = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        List<Session> sessions = new ArrayList<>();
        for (int h = 0; h < homes; h++) {
            ids.add("h" + h);
            nodes.add(new Node("n" + h, null, 1, 0));
            lines.add(new Line("l" + h, "S", "n" + h, 30, "x", 1e-6, 0, 1e5, 0));
            boolean whole = random.nextBoolean(); // whole kilowatts meet the ends of ranges
            for (int t = 0; t < stepCount; t++) {
                demand[h][t] = whole ? random.nextInt(3) : random.nextDouble(2);
                pv[h][t] = h == 0 ? 0 : whole ? random.nextInt(9) : random.nextDouble(9);
            }
            for (int i = random.nextInt(h == 2 ? 6 : 3); i > 0; i--) {
                sessions.add(session(random, "h" + h + "#" + i, h, steps, eta, whole, mayDischarge));
            }
        }
        int[] homeNode = {1, 2, 3};
        return new DayProblem(
                new Network("star", 400, VoltageBand.BRITISH, new Substation("S", 1e5, 0), nodes, lines),
                steps,
                settings,
                ids,
                Arrays.copyOf(homeNode, homes),
                demand,
                new double[homes][stepCount],
                pv,
                buy,
                sell,
                sessions);
    }

    private static Session session(
            SplittableRandom random,
            String id,
            int home,
            DaySteps steps,
            double eta,
            boolean whole,
            boolean mayDischarge) {
        int arrive = random.nextInt(steps.count());
        int kind = random.nextInt(8);
        int length = kind == 0 ? steps.count() : kind == 1 ? 1 : random.nextInt(1, steps.count());
        double charger = new double[] {3, 3.6, 7}[random.nextInt(whole ? 1 : 3)];
        double capacity = kind == 2 ? 0 : whole ? random.nextInt(60) : random.nextDouble(60);
        double arriving = kind == 3 ? capacity : capacity * random.nextInt(5) / 4;
        double most = Math.min(capacity, arriving + eta * charger * steps.step_h() * length);
        double least = mayDischarge ? Math.max(0, arriving - charger * steps.step_h() * length / eta) : arriving;
        double departing = switch (kind) {
            case 4 -> most;
            case 5 -> least;
            default -> least + random.nextDouble() * (most - least);
        };
        return new Session(
                id,
                home + 1,
                home,
                charger,
                capacity,
                arrive,
                steps.ofDay(arrive + length),
                arriving,
                departing,
                100 * capacity);
    }
}
