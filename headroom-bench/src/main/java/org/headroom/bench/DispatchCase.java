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
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.VoltageBand;
import org.headroom.powerflow.LosslessFlow;
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
 *
 * @param inMean whether it is one of the V-V2V days of 24 steps, of which the mean ratio is
 */
record DispatchCase(String name, ChargingMode mode, DayProblem day, boolean inMean) {
    private static final StudySeed SEED = new StudySeed(118);
    private static final List<Season> SEASONS = List.of(Season.WINTER, Season.SPRING, Season.SUMMER);
    private static final double CHARGER_KW = 7;
    private static final double[] CAPACITY_KWH = {28, 40, 62};
    private static final double FULL = 0.9;
    private static final double BATTERY_GBP_PER_KWH = 100;
    /** Share of the voltage band that demand alone uses on long feeders. */
    private static final double VOLTAGE_SHARE = 0.73;

    /** All days; those in one list are alike and warm one another up. */
    static List<List<DispatchCase>> all() {
        List<List<DispatchCase>> groups = new ArrayList<>();
        for (int sessions : new int[] {20, 60, 110}) {
            groups.add(IntStream.range(0, SEASONS.size())
                    .mapToObj(i -> community(sessions, DaySteps.HOURLY, i, false))
                    .toList());
        }
        groups.add(List.of(community(110, DaySteps.HOURLY, 0, true)));
        groups.add(List.of(community(20, new DaySteps(48), 0, false)));
        groups.add(List.of(community(20, new DaySteps(96), 0, false)));
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

    /** 118 homes by themselves, 158 cars, on a network that does not bind. */
    private static DispatchCase homes(ChargingMode mode, int index) {
        DayProblem day = HomesSideBySide.day(index, "time-of-use", DaySteps.HOURLY.count(), TieBreak.EARLIEST);
        return new DispatchCase(
                String.format(Locale.ROOT, "%s-%d-homes-%d", mode.label(), day.homeCount(), index + 1),
                mode,
                day,
                false);
    }

    /**
     * V-V2V on british-118, cars at so many of its homes.
     *
     * @param longFeeders whether its feeders are so long that voltage limits bind in most hours
     */
    private static DispatchCase community(int sessionCount, DaySteps steps, int index, boolean longFeeders) {
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
        int[] nodeOf = nodes.stream().mapToInt(n -> n).toArray();
        DayProblem day = new DayProblem(
                longFeeders ? longFeeders(network, nodeOf, demand_kW, demand_kvar, pv_kW) : network,
                steps,
                DispatchSettings.DEFAULT,
                ids,
                nodeOf,
                demand_kW,
                demand_kvar,
                pv_kW,
                buy,
                sell,
                sessions);
        boolean hourly = steps.equals(DaySteps.HOURLY);
        String which = longFeeders ? "voltages" : hourly ? "" + (index + 1) : steps.count() + "-steps";
        ChargingMode mode = new ChargingMode.VirtualVehicleToVehicle();
        return new DispatchCase(mode.label() + "-" + sessionCount + "-" + which, mode, day, hourly && !longFeeders);
    }

    /**
     * The network with the lines of each feeder longer or shorter, all by the same factor, so that the homes without their cars use
     * the same share of the band below the substation's voltage on every feeder.
     */
    private static Network longFeeders(
            Network network, int[] nodeOf, double[][] demand_kW, double[][] demand_kvar, double[][] pv_kW) {
        int steps = demand_kW[0].length;
        double[][] active_kW = new double[network.nodeCount()][steps];
        double[][] reactive_kvar = new double[network.nodeCount()][steps];
        for (int h = 0; h < nodeOf.length; h++) {
            for (int t = 0; t < steps; t++) {
                active_kW[nodeOf[h]][t] += demand_kW[h][t] - pv_kW[h][t];
                reactive_kvar[nodeOf[h]][t] += demand_kvar[h][t];
            }
        }
        double[][] voltage = LosslessFlow.voltages_pu(
                network,
                steps,
                LosslessFlow.lineFlows(network, active_kW),
                LosslessFlow.lineFlows(network, reactive_kvar));
        VoltageBand band = network.voltage();
        int[] feeder = new int[network.nodeCount()]; // the first node below the substation
        double[] drop_pu = new double[network.nodeCount()];
        for (int l = 0; l < network.lineCount(); l++) {
            int above = network.parentNode(l);
            feeder[l + 1] = above == 0 ? l + 1 : feeder[above];
            for (int t = 0; t < steps; t++) {
                drop_pu[feeder[l + 1]] = Math.max(drop_pu[feeder[l + 1]], band.source_pu() - voltage[l + 1][t]);
            }
        }
        List<Line> lines = new ArrayList<>();
        for (int l = 0; l < network.lineCount(); l++) {
            Line line = network.line(l);
            double longer = VOLTAGE_SHARE * (band.source_pu() - band.lower_pu()) / drop_pu[feeder[l + 1]];
            lines.add(new Line(
                    line.id(),
                    line.from(),
                    line.to(),
                    longer * line.length_m(),
                    line.type(),
                    longer * line.resistance_ohm(),
                    longer * line.reactance_ohm(),
                    line.capacity_kVA(),
                    line.asset_gbpPerYear()));
        }
        return new Network(network.name(), network.base_V(), band, network.substation(), network.nodes(), lines);
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
