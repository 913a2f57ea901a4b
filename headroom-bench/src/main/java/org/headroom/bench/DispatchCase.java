package org.headroom.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchSettings;
import org.headroom.dispatch.Session;
import org.headroom.dispatch.TieBreak;
import org.headroom.household.HomesDay;
import org.headroom.household.HouseholdModel;
import org.headroom.household.Households;
import org.headroom.household.Tariff;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.similar.EmbeddedNetworks;
import org.headroom.time.DaySteps;
import org.headroom.time.DayType;
import org.headroom.time.Season;

/**
 * A day that the solvers are compared on, under one mode; always the same days.
 *
 * <p>Cars are drawn here and not by the mobility model: a study of british-118 sees 15 to 50 plug-ins a day, and the days stay
 * what they are when mobility is calibrated anew.
 */
record DispatchCase(String name, ChargingMode mode, DayProblem day) {
    private static final StudySeed SEED = new StudySeed(118);
    private static final List<Season> SEASONS = List.of(Season.WINTER, Season.SPRING, Season.SUMMER);
    private static final double CHARGER_KW = 7;
    private static final double[] CAPACITY_KWH = {28, 40, 62};
    private static final double FULL = 0.9;
    private static final double BATTERY_GBP_PER_KWH = 100;

    /** All days; those in one list are alike and warm one another up. */
    static List<List<DispatchCase>> all() {
        List<List<DispatchCase>> groups = new ArrayList<>();
        for (int sessions : new int[] {20, 60, 110}) {
            groups.add(IntStream.range(0, SEASONS.size())
                    .mapToObj(i -> community(sessions, DaySteps.HOURLY, i))
                    .toList());
        }
        groups.add(List.of(community(20, new DaySteps(48), 0)));
        groups.add(List.of(community(20, new DaySteps(96), 0)));
        for (ChargingMode mode : List.of(new ChargingMode.Smart(), new ChargingMode.VehicleToGrid())) {
            groups.add(IntStream.range(0, SEASONS.size())
                    .mapToObj(i -> homes(mode, i))
                    .toList());
        }
        return groups;
    }

    int sessions() {
        return day.sessions().size();
    }

    int steps() {
        return day.stepCount();
    }

    /** Whether it is one of the V-V2V days of 24 steps, of which the mean ratio is. */
    boolean inMean() {
        return mode instanceof ChargingMode.VirtualVehicleToVehicle && steps() == DaySteps.HOURLY.count();
    }

    /** 118 homes by themselves, 158 cars, on a network that does not bind. */
    private static DispatchCase homes(ChargingMode mode, int index) {
        DayProblem day = HomesSideBySide.day(index, "time-of-use", DaySteps.HOURLY.count(), TieBreak.EARLIEST);
        return new DispatchCase(
                String.format(Locale.ROOT, "%s-%d-homes-%d", mode.label(), day.homeCount(), index + 1), mode, day);
    }

    /** V-V2V on british-118, cars at so many of its homes. */
    private static DispatchCase community(int sessionCount, DaySteps steps, int index) {
        Network network = Objects.requireNonNull(EmbeddedNetworks.find("british-118"));
        List<String> ids = new ArrayList<>();
        List<Integer> nodes = new ArrayList<>();
        for (int n = 0; n < network.nodeCount(); n++) {
            Node node = network.node(n);
            for (int i = 0; i < node.homes(); i++) {
                ids.add(node.id() + "/" + (i + 1));
                nodes.add(n);
            }
        }
        int homes = ids.size();
        HomesDay drawn = new Households(SEED, index, homes, HouseholdModel.BRITISH)
                .day(SEASONS.get(index), DayType.WEEKDAY, 0, steps);
        double[][] demand_kW = new double[homes][steps.count()];
        double[][] demand_kvar = new double[homes][steps.count()];
        double[][] pv_kW = new double[homes][steps.count()];
        for (int h = 0; h < homes; h++) {
            for (int t = 0; t < steps.count(); t++) {
                demand_kW[h][t] = drawn.demand_kW(h, t);
                demand_kvar[h][t] = drawn.demand_kvar(h, t);
                pv_kW[h][t] = drawn.pv_kW(h, t);
            }
        }
        Tariff tariff = Tariff.named("time-of-use", steps);
        double[] buy = new double[steps.count()];
        double[] sell = new double[steps.count()];
        for (int t = 0; t < steps.count(); t++) {
            buy[t] = tariff.buy_gbpPerKWh(t);
            sell[t] = tariff.sell_gbpPerKWh(t);
        }
        List<Integer> order = new ArrayList<>(IntStream.range(0, homes).boxed().toList());
        ListSampler.shuffle(SEED.stream(Purpose.POPULATION, index, sessionCount), order);
        List<Session> sessions = new ArrayList<>();
        for (int home : order.subList(0, sessionCount)) {
            UniformRandomProvider draws = SEED.stream(Purpose.TRIPS, index, sessionCount, home);
            sessions.add(session(draws, ids.get(home), nodes.get(home), home, steps));
        }
        DayProblem day = new DayProblem(
                network,
                steps,
                DispatchSettings.DEFAULT,
                ids,
                nodes.stream().mapToInt(n -> n).toArray(),
                demand_kW,
                demand_kvar,
                pv_kW,
                buy,
                sell,
                sessions);
        ChargingMode mode = new ChargingMode.VirtualVehicleToVehicle();
        String size = mode.label() + "-" + sessionCount;
        return new DispatchCase(
                steps.equals(DaySteps.HOURLY) ? size + "-" + (index + 1) : size + "-" + steps.count() + "-steps",
                mode,
                day);
    }

    /** Home between 16 and 23 h until 6 to 11 h, 45 to 80 % full, to leave at 90 % or as full as the charger makes it. */
    private static Session session(UniformRandomProvider draws, String id, int node, int home, DaySteps steps) {
        int arrive = (int) ((16 + 7 * draws.nextDouble()) / steps.step_h());
        int depart = (int) ((24 + 6 + 5 * draws.nextDouble()) / steps.step_h());
        double capacity = CAPACITY_KWH[draws.nextInt(CAPACITY_KWH.length)];
        double arriving = capacity * (0.45 + 0.35 * draws.nextDouble());
        double charged = DispatchSettings.DEFAULT.efficiency() * CHARGER_KW * steps.step_h() * (depart - arrive);
        return new Session(
                id,
                node,
                home,
                CHARGER_KW,
                capacity,
                arrive,
                steps.ofDay(depart),
                arriving,
                Math.min(FULL * capacity, arriving + charged),
                BATTERY_GBP_PER_KWH * capacity);
    }
}
