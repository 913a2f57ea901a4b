package org.headroom.dispatch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.headroom.network.Network;
import org.headroom.powerflow.LosslessFlow;
import org.headroom.time.DaySteps;

/**
 * One day to dispatch on one network: what every mode starts from.
 *
 * <p>A home is whoever pays a bill: a household, or the operator of a public lot. Homes and steps are indices from 0; arrays
 * are {@code [home][step]} or {@code [step]} and are not handed out.
 */
public final class DayProblem {
    private final Network network;
    private final DaySteps steps;
    private final DispatchSettings settings;
    private final List<String> homeIds;
    private final int[] homeNode;
    private final double[][] demand_kW;
    private final double[][] pv_kW;
    private final double[] buy;
    private final double[] sell;
    private final List<Session> sessions;
    private final double[][] demand_kvar;
    private final double[][] nodal_kvar;
    private final double[][] reactiveFlow_kvar;
    private final double[] substationReactive_kvar;

    /**
     * Checks and takes a day.
     *
     * @param homeNode node of each home
     * @param demand_kW active demand, {@code [home][step]}
     * @param demand_kvar reactive demand, {@code [home][step]}
     * @param pv_kW available PV power, {@code [home][step]}, at least 0
     * @param buy_gbpPerKWh {@code [step]}
     * @param sell_gbpPerKWh {@code [step]}, nowhere above the buy price
     */
    public DayProblem(
            Network network,
            DaySteps steps,
            DispatchSettings settings,
            List<String> homeIds,
            int[] homeNode,
            double[][] demand_kW,
            double[][] demand_kvar,
            double[][] pv_kW,
            double[] buy_gbpPerKWh,
            double[] sell_gbpPerKWh,
            List<Session> sessions) {
        this.network = network;
        this.steps = steps;
        this.settings = settings;
        this.homeIds = List.copyOf(homeIds);
        this.homeNode = homeNode.clone();
        this.demand_kW = copy(demand_kW);
        this.demand_kvar = copy(demand_kvar);
        this.pv_kW = copy(pv_kW);
        this.buy = buy_gbpPerKWh.clone();
        this.sell = sell_gbpPerKWh.clone();
        this.sessions = List.copyOf(sessions);
        for (int t = 0; t < steps.count(); t++) {
            if (!(sell[t] <= buy[t])) {
                throw new IllegalArgumentException(
                        "step %d: sell_gbpPerKWh (%s) is above buy_gbpPerKWh (%s): buying and selling at once would earn money without end.\nMaybe the two columns are swapped."
                                .formatted(t, sell[t], buy[t]));
            }
        }
        Set<String> ids = new HashSet<>();
        for (Session session : sessions) {
            if (!ids.add(session.id())) {
                throw new IllegalArgumentException("session %s is listed twice".formatted(session.id()));
            }
            String fault = session.findReserveFault(settings.reserveShare());
            if (fault != null) {
                throw new IllegalArgumentException(fault);
            }
        }
        this.nodal_kvar = new double[network.nodeCount()][steps.count()];
        for (int h = 0; h < this.homeNode.length; h++) {
            for (int t = 0; t < steps.count(); t++) {
                nodal_kvar[this.homeNode[h]][t] += demand_kvar[h][t];
            }
        }
        this.reactiveFlow_kvar = LosslessFlow.lineFlows(network, nodal_kvar);
        this.substationReactive_kvar = LosslessFlow.substationFlow(network, nodal_kvar, reactiveFlow_kvar);
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }

    /** The same day with every car away. */
    public DayProblem withoutSessions() {
        return new DayProblem(
                network, steps, settings, homeIds, homeNode, demand_kW, demand_kvar, pv_kW, buy, sell, List.of());
    }

    /** The same day at prices of 0: whether it has a schedule at all. */
    public DayProblem withoutPrices() {
        double[] zero = new double[steps.count()];
        List<Session> worthless =
                sessions.stream().map(Session::withoutBatteryValue).toList();
        return new DayProblem(
                network, steps, settings, homeIds, homeNode, demand_kW, demand_kvar, pv_kW, zero, zero, worthless);
    }

    public Network network() {
        return network;
    }

    public DaySteps steps() {
        return steps;
    }

    public int stepCount() {
        return steps.count();
    }

    public DispatchSettings settings() {
        return settings;
    }

    public List<Session> sessions() {
        return sessions;
    }

    public int homeCount() {
        return homeNode.length;
    }

    public String homeId(int home) {
        return homeIds.get(home);
    }

    /** Node of a home. */
    public int homeNode(int home) {
        return homeNode[home];
    }

    public double demand_kW(int home, int step) {
        return demand_kW[home][step];
    }

    public double demand_kvar(int home, int step) {
        return demand_kvar[home][step];
    }

    /** PV power available (before curtailment). */
    public double pv_kW(int home, int step) {
        return pv_kW[home][step];
    }

    public double buy_gbpPerKWh(int step) {
        return buy[step];
    }

    public double sell_gbpPerKWh(int step) {
        return sell[step];
    }

    /** Number of assets: the substation and every line. */
    public int assetCount() {
        return network.lineCount() + 1;
    }

    /** Capacity of an asset: 0 is the substation, {@code l + 1} is line {@code l}. */
    public double assetCapacity_kVA(int asset) {
        return asset == 0
                ? network.substation().capacity_kVA()
                : network.line(asset - 1).capacity_kVA();
    }

    /** Annualised value of an asset (Asset_i, Asset_ij): 0 is the substation, {@code l + 1} is line {@code l}. */
    public double assetValue_gbpPerYear(int asset) {
        return asset == 0
                ? network.substation().asset_gbpPerYear()
                : network.line(asset - 1).asset_gbpPerYear();
    }

    /** Share of its flow that an asset loses: lines may, the transformer does not. */
    public double assetLossShare(int asset) {
        return asset == 0 ? 0 : settings.losses().share();
    }

    /** Name of an asset in files: {@code substation}, or the line's id. */
    public String assetId(int asset) {
        return asset == 0 ? "substation" : network.line(asset - 1).id();
    }

    /** Reactive flow of an asset; the same in every mode, since cars and PV have none and no losses are counted. */
    public double assetReactive_kvar(int asset, int step) {
        return asset == 0 ? substationReactive_kvar[step] : reactiveFlow_kvar[asset - 1][step];
    }

    /** Reactive power that a node takes; the same in every mode. */
    public double nodal_kvar(int node, int step) {
        return nodal_kvar[node][step];
    }

    /** Cost of degradation per kWh discharged by a session (eqs. 2e-2f). */
    public double degradation_gbpPerKWh(Session session) {
        return session.capacity_kWh() == 0
                ? 0
                : settings.degradationPercentPerCycle() / 100 * session.battery_gbp() / session.capacity_kWh();
    }

    /** Stored energy below which a session may not be discharged. */
    public double reserve_kWh(Session session) {
        return session.reserve_kWh(settings.reserveShare());
    }

    /** Reactive flow of an asset, {@code [step]}. */
    double[] assetReactive_kvar(int asset) {
        return asset == 0 ? substationReactive_kvar : reactiveFlow_kvar[asset - 1];
    }

    /** Reactive flows of all lines, {@code [line][step]}. */
    double[][] lineReactive_kvar() {
        return reactiveFlow_kvar;
    }
}
