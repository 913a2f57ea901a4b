package org.headroom.dispatch.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchSettings;
import org.headroom.dispatch.Expansion;
import org.headroom.dispatch.Session;
import org.headroom.dispatch.TieBreak;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.time.DaySteps;
import org.jspecify.annotations.Nullable;

/**
 * Random days, seeded, with all that is hard for a solver: from no session to 300, trees from a star to a single line, limits from
 * generous to impossible, odd tariffs, and sessions without freedom, without battery, of one step or of a whole day.
 */
final class RandomCommunities {
    private enum Tariff {
        TWO_LEVELS,
        FLAT,
        BUY_IS_SELL,
        NEGATIVE,
        RANDOM,
        FREE
    }

    private final SplittableRandom random;
    private final DaySteps steps;
    private final int count;
    private final double reserveShare;
    private @Nullable SplittableRandom harder;
    private boolean leaving;
    private Expansion expansion = Expansion.NEVER;
    private @Nullable TieBreak tieBreak;
    private String sessionPrefix = "s";
    private double resistances = 1;
    private @Nullable VoltageBand band;

    private RandomCommunities(long seed, int mostSessions, int mostInFineSteps, double reserveShare) {
        this.reserveShare = reserveShare;
        random = new SplittableRandom(seed);
        int kind = random.nextInt(10);
        steps = new DaySteps(kind < 7 ? 24 : kind < 9 ? 48 : 96);
        int size = random.nextInt(6);
        int most = steps.count() > 24 ? Math.min(mostSessions, mostInFineSteps) : mostSessions;
        count = Math.min(
                most, size == 0 ? random.nextInt(3) : size < 4 ? random.nextInt(1, 30) : random.nextInt(20, 301));
    }

    /** A day of its own for every seed. */
    static DayProblem of(long seed, int mostSessions) {
        return withReserve(seed, mostSessions, 0);
    }

    /** The same day, on which assets are expanded where there is no schedule without. */
    static DayProblem expanding(long seed, int mostSessions) {
        RandomCommunities community = new RandomCommunities(seed, mostSessions, 40, 0);
        community.expansion = Expansion.NEEDED;
        return community.day();
    }

    /** The same day on cables of so many times the resistance, within a band of voltages. */
    static DayProblem onThinCables(long seed, int mostSessions, double resistances, VoltageBand band) {
        RandomCommunities community = new RandomCommunities(seed, mostSessions, 40, 0);
        community.resistances = resistances;
        community.band = band;
        return community.day();
    }

    /** The same day under another tie-break, its sessions named by a prefix and a number. */
    static DayProblem tied(long seed, int mostSessions, TieBreak tieBreak, String sessionPrefix) {
        RandomCommunities community = new RandomCommunities(seed, mostSessions, 40, 0);
        community.tieBreak = tieBreak;
        community.sessionPrefix = sessionPrefix;
        return community.day();
    }

    /**
     * The same day, made harder still: 48 and 96 steps with up to 120 sessions, cars that must charge at full power throughout, cars
     * that leave with less than they brought where the mode may discharge, and reserves.
     */
    static DayProblem hard(long seed, int mostSessions, ChargingMode mode) {
        SplittableRandom random = new SplittableRandom(~seed);
        boolean leaving = mode.mayDischarge() && random.nextInt(8) == 0;
        double reserveShare = !leaving && random.nextInt(6) == 0 ? random.nextDouble() : 0;
        RandomCommunities community = new RandomCommunities(seed, mostSessions, 120, reserveShare);
        community.harder = random;
        community.leaving = leaving;
        return community.day();
    }

    /** The same day with a reserve that no car may be discharged below. */
    static DayProblem withReserve(long seed, int mostSessions, double reserveShare) {
        return new RandomCommunities(seed, mostSessions, 40, reserveShare).day();
    }

    private DayProblem day() {
        int nodes = Math.max(1, random.nextInt(count / 3 + 1, 2 * count + 3));
        Network network = network(nodes);
        int homes = Math.max(1, random.nextInt(nodes / 2 + 1, nodes + 2));
        boolean idle = random.nextInt(12) == 0;
        boolean noReactive = random.nextInt(6) == 0;
        List<String> ids = new ArrayList<>();
        int[] nodeOf = new int[homes];
        double[][] demand = new double[homes][steps.count()];
        double[][] reactive = new double[homes][steps.count()];
        double[][] pv = new double[homes][steps.count()];
        double pvShare = random.nextInt(3) == 0 ? 0 : random.nextDouble();
        for (int h = 0; h < homes; h++) {
            ids.add("h" + h);
            nodeOf[h] = 1 + random.nextInt(nodes);
            boolean hasPv = random.nextDouble() < pvShare;
            double size = random.nextDouble(1, 6);
            for (int t = 0; t < steps.count(); t++) {
                demand[h][t] = idle ? 0 : random.nextDouble(0.05, 1.5);
                reactive[h][t] = noReactive ? 0 : 0.33 * demand[h][t];
                double sun = Math.sin(Math.PI * t / steps.count()) - 0.5;
                pv[h][t] = hasPv && sun > 0 ? size * 2 * sun * random.nextDouble(0.3, 1) : 0;
            }
        }
        double[] buy = new double[steps.count()];
        double[] sell = new double[steps.count()];
        prices(buy, sell);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int home = random.nextInt(homes); // several at one home now and then
            sessions.add(session(sessionPrefix + i, nodeOf[home], home));
        }
        DispatchSettings d = DispatchSettings.DEFAULT;
        DispatchSettings settings = new DispatchSettings(
                        random.nextInt(8) == 0 ? 1 : random.nextDouble(0.85, 0.99),
                        random.nextInt(3) == 0 ? 0 : random.nextDouble(0.05),
                        d.discountRate(),
                        d.loadGrowthRate(),
                        random.nextInt(1, 13),
                        expansion,
                        tieBreakOr(random.nextBoolean() ? TieBreak.EARLIEST : TieBreak.LATEST),
                        random.nextInt(5) == 0 ? 1 : 365)
                .withReserve(reserveShare);
        if (harder != null) {
            SplittableRandom draws = harder;
            sessions.replaceAll(session -> harder(session, settings, draws));
        }
        return new DayProblem(network, steps, settings, ids, nodeOf, demand, reactive, pv, buy, sell, sessions);
    }

    private TieBreak tieBreakOr(TieBreak drawn) {
        return tieBreak == null ? drawn : tieBreak;
    }

    private Session harder(Session s, DispatchSettings settings, SplittableRandom draws) {
        double full_kWh = settings.efficiency() * s.charger_kW() * s.length(steps) * steps.step_h();
        boolean throughout = draws.nextInt(10) == 0 && s.capacity_kWh() > 0;
        boolean less = leaving && draws.nextInt(5) == 0;
        double capacity_kWh = throughout ? Math.max(s.capacity_kWh(), s.arrive_kWh() + full_kWh) : s.capacity_kWh();
        double least_kWh = s.leastReachable_kWh(steps, settings);
        double depart_kWh = throughout
                ? s.arrive_kWh() + full_kWh
                : less ? least_kWh + draws.nextDouble() * (s.arrive_kWh() - least_kWh) : s.depart_kWh();
        return new Session(
                s.id(),
                s.node(),
                s.home(),
                s.charger_kW(),
                capacity_kWh,
                s.arriveStep(),
                s.departStep(),
                s.arrive_kWh(),
                depart_kWh,
                s.battery_gbp());
    }

    private void prices(double[] buy, double[] sell) {
        Tariff tariff = Tariff.values()[random.nextInt(Tariff.values().length)];
        for (int t = 0; t < buy.length; t++) {
            double u = random.nextDouble();
            switch (tariff) {
                case TWO_LEVELS -> {
                    buy[t] = 4 * t < buy.length ? 0.1 : 0.3;
                    sell[t] = 0.05;
                }
                case FLAT -> {
                    buy[t] = 0.25;
                    sell[t] = 0.1;
                }
                case BUY_IS_SELL -> {
                    buy[t] = 0.05 + 0.3 * u;
                    sell[t] = buy[t];
                }
                case NEGATIVE -> {
                    buy[t] = u - 0.4;
                    sell[t] = buy[t] - 0.2 * random.nextDouble();
                }
                case RANDOM -> {
                    buy[t] = 0.4 * u;
                    sell[t] = buy[t] * random.nextDouble();
                }
                case FREE -> {
                    buy[t] = 0;
                    sell[t] = 0;
                }
            }
        }
    }

    private Network network(int count) {
        double tightness = Math.exp(random.nextDouble(-1.5, 2.5));
        int shape = random.nextInt(4);
        int[] parent = new int[count + 1];
        int[] below = new int[count + 1];
        for (int n = 1; n <= count; n++) {
            parent[n] = switch (shape) {
                case 0 -> 0; // a star
                case 1 -> n - 1; // a single line
                case 2 -> random.nextInt(n);
                default -> Math.max(0, n - 1 - random.nextInt(3));
            };
        }
        int deepest = 1;
        int[] depth = new int[count + 1];
        for (int n = 1; n <= count; n++) {
            depth[n] = depth[parent[n]] + 1;
            deepest = Math.max(deepest, depth[n]);
        }
        for (int n = count; n > 0; n--) {
            below[n]++;
            below[parent[n]] += below[n];
        }
        List<Node> nodes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (int n = 1; n <= count; n++) {
            nodes.add(new Node("n" + n, null, 1, 0));
            double capacity = tightness * (4 + 3 * below[n]) * random.nextDouble(0.5, 1.5);
            double value = random.nextInt(6) == 0 ? 0 : random.nextDouble(10, 800);
            lines.add(new Line(
                    "l" + n,
                    parent[n] == 0 ? "S" : "n" + parent[n],
                    "n" + n,
                    30,
                    "95 Al",
                    resistances
                            * (random.nextInt(20) == 0
                                    ? 1e-9
                                    : random.nextDouble(0.0005, 0.006)
                                            * Math.min(1, 80.0 / (deepest * (double) count))),
                    0.002,
                    capacity,
                    value));
        }
        VoltageBand drawn = random.nextInt(3) == 0 ? new VoltageBand(0.97, 1.02, 1.0) : new VoltageBand(0.9, 1.1, 1.0);
        return new Network(
                "random",
                400,
                band == null ? drawn : band,
                new Substation("S", tightness * (6 + 3 * count), random.nextDouble(100, 5000)),
                nodes,
                lines);
    }

    private Session session(String id, int node, int home) {
        double eta = 0.95;
        int n = steps.count();
        int arrive = random.nextInt(n);
        int length = switch (random.nextInt(8)) {
            case 0 -> 1;
            case 1 -> n;
            default -> random.nextInt(1, Math.max(2, 3 * n / 4));
        };
        double charger = List.of(2.3, 3.6, 7.0, 11.0, 22.0).get(random.nextInt(5));
        double capacity = random.nextInt(25) == 0 ? 0 : random.nextDouble(5, 90);
        double arriving = random.nextInt(6) == 0 ? 0 : random.nextDouble() * capacity;
        double reachable = Math.min(capacity, arriving + eta * charger * length * steps.step_h() * 0.89);
        double departing = switch (random.nextInt(6)) {
            case 0 -> arriving;
            case 1, 2, 3 -> reachable;
            default -> arriving + random.nextDouble() * Math.max(0, reachable - arriving);
        };
        return new Session(
                id,
                node,
                home,
                charger,
                capacity,
                arrive,
                (arrive + length) % n,
                arriving,
                Math.max(arriving, departing),
                random.nextInt(4) == 0 ? 0 : 5000);
    }
}
