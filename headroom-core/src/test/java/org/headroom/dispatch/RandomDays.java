package org.headroom.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.time.DaySteps;

/** Small random days, seeded, with everything that is rare in a study: odd windows, odd prices, shared points. */
final class RandomDays {
    /** What the prices of a day are like. */
    enum Prices {
        TWO_LEVELS,
        BUY_IS_SELL,
        NEGATIVE,
        FLAT,
        RANDOM
    }

    private RandomDays() {}

    /** The kinds of prices in turn with the seed. */
    static Prices prices(long seed) {
        return List.of(Prices.values()).get((int) (seed % Prices.values().length));
    }

    /** A day within a generous network; nothing but homes and cars decides. */
    static DayProblem generous(long seed, int steps) {
        return of(seed, steps, 1000, Expansion.NEVER);
    }

    /** A day on a street of 3 to 6 nodes whose assets have a capacity. */
    static DayProblem of(long seed, int stepCount, double capacity_kVA, Expansion expansion) {
        SplittableRandom random = new SplittableRandom(seed);
        DaySteps steps = new DaySteps(stepCount);
        DispatchSettings d = DispatchSettings.DEFAULT;
        DispatchSettings settings = new DispatchSettings(
                d.efficiency(),
                d.degradationPercentPerCycle(),
                d.discountRate(),
                d.loadGrowthRate(),
                10,
                expansion,
                List.of(TieBreak.values()).get((int) (seed % 3)),
                365);
        Network network = network(random, capacity_kVA);

        List<String> ids = new ArrayList<>();
        List<Integer> nodes = new ArrayList<>();
        for (int n = 1; n < network.nodeCount(); n++) {
            for (int i = 0; i < network.node(n).homes(); i++) {
                ids.add(network.node(n).id() + "/" + (i + 1));
                nodes.add(n);
            }
        }
        int homes = ids.size();
        ids.add("lot");
        nodes.add(network.nodeCount() - 1);
        double[][] demand = new double[homes + 1][stepCount];
        double[][] reactive = new double[homes + 1][stepCount];
        double[][] pv = new double[homes + 1][stepCount];
        for (int h = 0; h < homes; h++) {
            boolean hasPv = random.nextBoolean();
            for (int t = 0; t < stepCount; t++) {
                demand[h][t] = random.nextDouble(0.1, 2);
                reactive[h][t] = 0.33 * demand[h][t];
                double noon = Math.sin(Math.PI * t / stepCount);
                pv[h][t] = hasPv && noon > 0.6 ? 4 * noon * random.nextDouble() : 0;
            }
        }
        double[] buy = new double[stepCount];
        double[] sell = new double[stepCount];
        for (int t = 0; t < stepCount; t++) {
            double u = random.nextDouble();
            switch (prices(seed)) {
                case TWO_LEVELS -> {
                    buy[t] = 4 * t < stepCount ? 0.1 : 0.3;
                    sell[t] = 0.05;
                }
                case BUY_IS_SELL -> {
                    buy[t] = 0.1 + 0.2 * u;
                    sell[t] = buy[t];
                }
                case NEGATIVE -> {
                    buy[t] = u - 0.4;
                    sell[t] = buy[t] - 0.1;
                }
                case FLAT -> {
                    buy[t] = 0.25;
                    sell[t] = 0.1;
                }
                case RANDOM -> {
                    buy[t] = 0.05 + 0.4 * u;
                    sell[t] = buy[t] * random.nextDouble();
                }
            }
        }
        List<Session> sessions = new ArrayList<>();
        if (seed % 7 != 6) { // now and then nobody plugs in
            for (int h = 0; h < homes; h++) {
                int points = random.nextInt(4) == 0 ? 2 : random.nextInt(2);
                for (int i = 0; i < points; i++) {
                    sessions.add(session(random, ids.get(h) + "#" + i, nodes.get(h), h, steps, d.efficiency()));
                }
            }
            for (int i = 0; i < 2; i++) {
                sessions.add(session(random, "lot#" + i, nodes.get(homes), homes, steps, d.efficiency()));
            }
        }
        return new DayProblem(
                network,
                steps,
                settings,
                ids,
                nodes.stream().mapToInt(n -> n).toArray(),
                demand,
                reactive,
                pv,
                buy,
                sell,
                sessions);
    }

    static DispatchSettings withoutExpansion() {
        DispatchSettings d = DispatchSettings.DEFAULT;
        return new DispatchSettings(
                d.efficiency(),
                d.degradationPercentPerCycle(),
                d.discountRate(),
                d.loadGrowthRate(),
                d.apvSegments(),
                Expansion.NEVER,
                d.tieBreak(),
                d.presentValueDays());
    }

    /** The same day on lines that lose. */
    static DayProblem withLosses(DayProblem day, Losses losses) {
        return withSettings(day, day.settings().withLosses(losses));
    }

    /** The same day under other settings. */
    static DayProblem withSettings(DayProblem day, DispatchSettings settings) {
        int homes = day.homeCount();
        int steps = day.stepCount();
        List<String> ids = new ArrayList<>();
        int[] nodes = new int[homes];
        double[][] demand = new double[homes][steps];
        double[][] reactive = new double[homes][steps];
        double[][] pv = new double[homes][steps];
        double[] buy = new double[steps];
        double[] sell = new double[steps];
        for (int h = 0; h < homes; h++) {
            ids.add(day.homeId(h));
            nodes[h] = day.homeNode(h);
            for (int t = 0; t < steps; t++) {
                demand[h][t] = day.demand_kW(h, t);
                reactive[h][t] = day.demand_kvar(h, t);
                pv[h][t] = day.pv_kW(h, t);
                buy[t] = day.buy_gbpPerKWh(t);
                sell[t] = day.sell_gbpPerKWh(t);
            }
        }
        return new DayProblem(
                day.network(), day.steps(), settings, ids, nodes, demand, reactive, pv, buy, sell, day.sessions());
    }

    private static Network network(SplittableRandom random, double capacity_kVA) {
        int count = random.nextInt(3, 7);
        List<Node> nodes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (int n = 1; n <= count; n++) {
            int parent = random.nextInt(n);
            nodes.add(new Node("n" + n, null, n == 1 ? 1 : random.nextInt(3), n == count ? 2 : 0));
            lines.add(new Line(
                    "l" + n,
                    parent == 0 ? "S" : "n" + parent,
                    "n" + n,
                    30,
                    "95 Al",
                    random.nextDouble(0.002, 0.01),
                    0.002,
                    capacity_kVA,
                    random.nextDouble(50, 500)));
        }
        return new Network("random", 400, VoltageBand.BRITISH, new Substation("S", capacity_kVA, 2000), nodes, lines);
    }

    private static Session session(SplittableRandom random, String id, int node, int home, DaySteps steps, double eta) {
        int arrive = random.nextInt(steps.count());
        int kind = random.nextInt(6);
        int length = switch (kind) {
            case 0 -> steps.count(); // the whole day: arrives and departs at the same step
            case 1 -> 1;
            default -> random.nextInt(1, steps.count());
        };
        double charger = new double[] {3.6, 7, 11}[random.nextInt(3)];
        double capacity = kind == 2 ? 0 : random.nextDouble(20, 80);
        double arriving = capacity * random.nextDouble();
        double reachable = Math.min(capacity, arriving + eta * charger * steps.step_h() * length);
        // all the time at full power, or some of it
        double departing = kind == 3 ? reachable : arriving + random.nextDouble() * (reachable - arriving);
        return new Session(
                id,
                node,
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
