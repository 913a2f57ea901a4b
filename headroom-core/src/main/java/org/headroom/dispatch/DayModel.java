package org.headroom.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.headroom.dispatch.LinearProgram.Status;
import org.headroom.network.Network;
import org.headroom.powerflow.LosslessFlow;

/**
 * The day's problem as a linear program, eqs. 4-40 with the cones replaced by tangent cuts.
 *
 * <p>Flows are nodal balances. A flow that nothing flexible can change is a number, and a run of lines with the same flexible
 * sessions below shares one variable. Since reactive flows are given, the apparent power of a line is a convex function of its
 * active flow alone: capacities are exact bounds on that flow, and only the peaks that carry a present value (V-V2V) need
 * tangents, added round by round where the apparent power is underestimated. Voltage rows are added where they are violated.
 */
final class DayModel implements AutoCloseable {
    /** Relative error allowed on the apparent power behind a peak. */
    private static final double CONE_TOLERANCE = 1e-7;
    /** Share of the objective that peaks may be underestimated by in all, where their cones do not hold to the letter. */
    private static final double OBJECTIVE_TOLERANCE = 1e-7;
    /** Violation allowed of a voltage limit, per unit. */
    private static final double VOLTAGE_TOLERANCE = 1e-9;

    private static final int NONE = -1;
    private static final int MAX_ROUNDS = 60;

    /** What the model is to hold beside homes and cars. */
    enum Scope {
        /** Homes and cars alone: the network sets no limit. */
        HOMES,
        /** Homes and cars within the limits of the network. */
        NETWORK,
        /** Limits of the network may be broken, at a price: the least breach is sought, nothing else. */
        ELASTIC
    }

    private final DayProblem problem;
    private final ChargingMode mode;
    private final Scope scope;
    private final boolean[] expandable;
    private final boolean integer;
    private final Network network;
    private final int steps;
    private final double step_h;
    private final LinearProgram lp = new LinearProgram();

    private final int[][] charge;
    private final int[][] discharge;
    private final int[][] pv;
    private final int[][] homeIn;
    private final int[][] homeOut;
    private final int[] expand;
    private final int[] peak;
    private final int[] expandedPeak;
    private final int[] presentValue;

    /** Flow of an asset = value of a variable (or none) + a number, with the range that flexible things below allow. */
    private final int[][] flowVariable;

    private final double[][] flowOffset;
    private final double[][] flowLow;
    private final double[][] flowHigh;
    private final double[] fixedPeak_kVA;
    private double constantCost;

    /**
     * Builds the model.
     *
     * @param curtailAlways whether PV may be curtailed at every step, or only where the sell price is negative
     * @param expandable assets whose expansion is a decision, {@code [asset]}
     * @param integer whether these decisions are integer or relaxed to the convex hull of the two choices
     */
    DayModel(
            DayProblem problem,
            ChargingMode mode,
            Scope scope,
            boolean curtailAlways,
            boolean[] expandable,
            boolean integer) {
        this.problem = problem;
        this.mode = mode;
        this.scope = scope;
        this.expandable = expandable;
        this.integer = integer;
        this.network = problem.network();
        this.steps = problem.stepCount();
        this.step_h = problem.steps().step_h();
        int sessions = problem.sessions().size();
        charge = new int[sessions][];
        discharge = new int[sessions][];
        pv = filled(problem.homeCount(), steps);
        homeIn = filled(problem.homeCount(), steps);
        homeOut = filled(problem.homeCount(), steps);
        flowVariable = filled(problem.assetCount(), steps);
        flowOffset = new double[problem.assetCount()][steps];
        flowLow = new double[problem.assetCount()][steps];
        flowHigh = new double[problem.assetCount()][steps];
        fixedPeak_kVA = new double[problem.assetCount()];
        expand = new int[problem.assetCount()];
        peak = new int[problem.assetCount()];
        expandedPeak = new int[problem.assetCount()];
        presentValue = new int[problem.assetCount()];
        Arrays.fill(expand, NONE);
        Arrays.fill(peak, NONE);
        Arrays.fill(expandedPeak, NONE);

        addSessions();
        addPv(curtailAlways);
        if (!isCommunity()) {
            addBills();
        }
        if (scope != Scope.HOMES || isCommunity()) {
            addFlows();
        }
        if (isCommunity()) {
            addCommunityBill();
        }
        if (scope != Scope.HOMES) {
            addCapacities();
        }
    }

    private static int[][] filled(int rows, int columns) {
        int[][] array = new int[rows][columns];
        for (int[] row : array) {
            Arrays.fill(row, NONE);
        }
        return array;
    }

    private boolean isCommunity() {
        return mode instanceof ChargingMode.VirtualVehicleToVehicle;
    }

    /** In the elastic model only breaches cost. */
    private double priced(double cost) {
        return scope == Scope.ELASTIC ? 0 : cost;
    }

    private void addSessions() {
        double eta = problem.settings().efficiency();
        for (int s = 0; s < charge.length; s++) {
            Session session = problem.sessions().get(s);
            int length = session.length(problem.steps());
            charge[s] = new int[length];
            discharge[s] = new int[length];
            Arrays.fill(discharge[s], NONE);
            double wear = priced(problem.degradation_gbpPerKWh(session) * step_h);
            int before = NONE;
            for (int k = 0; k < length; k++) {
                charge[s][k] = lp.variable(0, session.charger_kW(), 0);
                if (mode.mayDischarge()) {
                    discharge[s][k] = lp.variable(0, session.charger_kW(), wear);
                }
                boolean last = k == length - 1;
                int energy = lp.variable(
                        last ? session.depart_kWh() : 0, last ? session.depart_kWh() : session.capacity_kWh(), 0);
                double known = before == NONE ? session.arrive_kWh() : 0;
                int row = lp.row(known, known);
                lp.term(row, energy, 1);
                lp.term(row, charge[s][k], -eta * step_h);
                if (discharge[s][k] != NONE) {
                    lp.term(row, discharge[s][k], step_h / eta);
                }
                if (before != NONE) {
                    lp.term(row, before, -1);
                }
                before = energy;
            }
        }
    }

    private void addPv(boolean always) {
        for (int h = 0; h < problem.homeCount(); h++) {
            for (int t = 0; t < steps; t++) {
                if (problem.pv_kW(h, t) > 0 && (always || problem.sell_gbpPerKWh(t) < 0)) {
                    pv[h][t] = lp.variable(0, problem.pv_kW(h, t), 0);
                }
            }
        }
    }

    /** One bill a home (eq. 3b); a home that nothing can change pays a known sum. */
    private void addBills() {
        for (int h = 0; h < problem.homeCount(); h++) {
            for (int t = 0; t < steps; t++) {
                double fixed = problem.demand_kW(h, t) - (pv[h][t] == NONE ? problem.pv_kW(h, t) : 0);
                double low = fixed - (pv[h][t] == NONE ? 0 : problem.pv_kW(h, t));
                double high = fixed;
                List<int[]> terms = new ArrayList<>();
                for (int s = 0; s < charge.length; s++) {
                    Session session = problem.sessions().get(s);
                    int k = session.home() == h ? stepOfStay(session, t) : NONE;
                    if (k != NONE) {
                        terms.add(new int[] {charge[s][k], 1});
                        high += session.charger_kW();
                        if (discharge[s][k] != NONE) {
                            terms.add(new int[] {discharge[s][k], -1});
                            low -= session.charger_kW();
                        }
                    }
                }
                if (pv[h][t] != NONE) {
                    terms.add(new int[] {pv[h][t], -1});
                }
                double buy = priced(problem.buy_gbpPerKWh(t) * step_h);
                double sell = priced(problem.sell_gbpPerKWh(t) * step_h);
                if (terms.isEmpty()) {
                    constantCost += fixed * (fixed > 0 ? buy : sell);
                    continue;
                }
                homeIn[h][t] = lp.variable(0, Math.max(0, high), buy);
                homeOut[h][t] = lp.variable(0, Math.max(0, -low), -sell);
                int row = lp.row(fixed, fixed);
                lp.term(row, homeIn[h][t], 1);
                lp.term(row, homeOut[h][t], -1);
                for (int[] term : terms) {
                    lp.term(row, term[0], -term[1]);
                }
            }
        }
    }

    /** Index of a step of the day within a stay, or NONE. */
    private int stepOfStay(Session session, int step) {
        int k = problem.steps().ofDay(step - session.arriveStep());
        return k < session.length(problem.steps()) ? k : NONE;
    }

    /** Flows as nodal balances, from the leaves up; asset 0, the substation, last (eqs. 4-6). */
    private void addFlows() {
        List<List<Integer>> homesAt = new ArrayList<>();
        List<List<Integer>> sessionsAt = new ArrayList<>();
        List<List<Integer>> linesBelow = new ArrayList<>();
        for (int n = 0; n < network.nodeCount(); n++) {
            homesAt.add(new ArrayList<>());
            sessionsAt.add(new ArrayList<>());
            linesBelow.add(new ArrayList<>());
        }
        for (int h = 0; h < problem.homeCount(); h++) {
            homesAt.get(problem.homeNode(h)).add(h);
        }
        for (int s = 0; s < charge.length; s++) {
            sessionsAt.get(problem.sessions().get(s).node()).add(s);
        }
        for (int l = 0; l < network.lineCount(); l++) {
            linesBelow.get(network.parentNode(l)).add(l);
        }
        for (int node = network.nodeCount() - 1; node >= 0; node--) {
            for (int t = 0; t < steps; t++) {
                addFlow(node, t, homesAt.get(node), sessionsAt.get(node), linesBelow.get(node));
            }
        }
    }

    private void addFlow(int node, int t, List<Integer> homes, List<Integer> sessions, List<Integer> linesBelow) {
        double known = 0;
        double low = 0;
        double high = 0;
        int onlyVariable = NONE;
        List<int[]> terms = new ArrayList<>();
        for (int line : linesBelow) {
            int asset = line + 1;
            known += flowOffset[asset][t];
            low += flowLow[asset][t];
            high += flowHigh[asset][t];
            if (flowVariable[asset][t] != NONE) {
                terms.add(new int[] {flowVariable[asset][t], 1});
                onlyVariable = flowVariable[asset][t];
            }
        }
        boolean shared = terms.size() == 1;
        double own = 0;
        for (int h : homes) {
            own += problem.demand_kW(h, t);
            if (pv[h][t] == NONE) {
                own -= problem.pv_kW(h, t);
            } else {
                terms.add(new int[] {pv[h][t], -1});
                low -= problem.pv_kW(h, t);
                shared = false;
            }
        }
        for (int s : sessions) {
            Session session = problem.sessions().get(s);
            int k = stepOfStay(session, t);
            if (k == NONE) {
                continue;
            }
            shared = false;
            terms.add(new int[] {charge[s][k], 1});
            high += session.charger_kW();
            if (discharge[s][k] != NONE) {
                terms.add(new int[] {discharge[s][k], -1});
                low -= session.charger_kW();
            }
        }
        flowLow[node][t] = low + own;
        flowHigh[node][t] = high + own;
        if (terms.isEmpty()) {
            flowOffset[node][t] = known + own;
        } else if (shared) {
            flowVariable[node][t] = onlyVariable;
            flowOffset[node][t] = known + own;
        } else {
            int flow = lp.variable(-LinearProgram.INFINITY, LinearProgram.INFINITY, 0);
            int row = lp.row(0, 0);
            lp.term(row, flow, 1);
            for (int[] term : terms) {
                lp.term(row, term[0], -term[1]);
            }
            flowVariable[node][t] = flow;
            flowOffset[node][t] = known + own;
        }
    }

    /** One bill for the community (eqs. 2b, 10). */
    private void addCommunityBill() {
        for (int t = 0; t < steps; t++) {
            double buyPrice = priced(problem.buy_gbpPerKWh(t) * step_h);
            double sellPrice = priced(problem.sell_gbpPerKWh(t) * step_h);
            if (flowVariable[0][t] == NONE) {
                constantCost += flowOffset[0][t] * (flowOffset[0][t] > 0 ? buyPrice : sellPrice);
                continue;
            }
            int buy = lp.variable(0, Math.max(0, flowHigh[0][t]), buyPrice);
            int sell = lp.variable(0, Math.max(0, -flowLow[0][t]), -sellPrice);
            int row = lp.row(flowOffset[0][t], flowOffset[0][t]);
            lp.term(row, buy, 1);
            lp.term(row, sell, -1);
            lp.term(row, flowVariable[0][t], -1);
        }
    }

    private void addCapacities() {
        PresentValueCurve curve = PresentValueCurve.of(problem.settings());
        for (int a = 0; a < problem.assetCount(); a++) {
            if (expandable[a] && mayExceedCapacity(a)) {
                double cost = problem.assetValue_gbpPerYear(a) / DispatchSettings.EXPANSION_DAYS;
                expand[a] = integer ? lp.binary(priced(cost)) : lp.variable(0, 1, priced(cost));
            }
            for (int t = 0; t < steps; t++) {
                addCapacity(a, t);
            }
            if (isCommunity() && scope == Scope.NETWORK) {
                addPeak(a, curve);
            }
        }
    }

    /** An asset that nothing can load beyond its capacity is never worth expanding: its present value is below its value. */
    private boolean mayExceedCapacity(int asset) {
        for (int t = 0; t < steps; t++) {
            double reach = farthest(flowLow[asset][t], flowHigh[asset][t]);
            if (Math.hypot(reach, problem.assetReactive_kvar(asset, t)) > problem.assetCapacity_kVA(asset)) {
                return true;
            }
        }
        return false;
    }

    /** Eqs. 15-16: with the reactive flow given, a bound on the active one. */
    private void addCapacity(int asset, int t) {
        double capacity = problem.assetCapacity_kVA(asset);
        double reactive = problem.assetReactive_kvar(asset, t);
        double reach = farthest(flowLow[asset][t], flowHigh[asset][t]);
        double limit = activeLimit(capacity, reactive);
        if (reach <= limit) {
            return;
        }
        int breach = NONE;
        if (scope == Scope.ELASTIC) {
            breach = lp.variable(0, LinearProgram.INFINITY, 1);
        }
        double expandedLimit = activeLimit(2 * capacity, reactive);
        boolean expands = expand[asset] != NONE;
        // an overload by reactive power alone leaves a negative limit, which no active flow meets unless the asset
        // expands
        for (int sign : new int[] {1, -1}) {
            int row = lp.row(-LinearProgram.INFINITY, limit - sign * flowOffset[asset][t]);
            if (flowVariable[asset][t] != NONE) {
                lp.term(row, flowVariable[asset][t], sign);
            }
            if (expands) {
                lp.term(row, expand[asset], -(expandedLimit - limit));
            }
            if (breach != NONE) {
                lp.term(row, breach, -1);
            }
        }
    }

    /** Largest active power at which the apparent power meets a capacity; negative where the reactive power alone exceeds it. */
    private static double activeLimit(double capacity, double reactive) {
        double q = Math.abs(reactive);
        return q <= capacity ? Math.sqrt((capacity - q) * (capacity + q)) : capacity - q;
    }

    private static double farthest(double low, double high) {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    private static double nearest(double low, double high) {
        return low > 0 ? low : high < 0 ? -high : 0;
    }

    /** Eqs. 17-20 and 39-40: the peak of an asset and its present value. */
    private void addPeak(int asset, PresentValueCurve curve) {
        double capacity = problem.assetCapacity_kVA(asset);
        double value = problem.assetValue_gbpPerYear(asset) / problem.settings().presentValueDays();
        double least = 0;
        double most = 0;
        boolean fixed = true;
        for (int t = 0; t < steps; t++) {
            double q = problem.assetReactive_kvar(asset, t);
            least = Math.max(least, Math.hypot(nearest(flowLow[asset][t], flowHigh[asset][t]), q));
            most = Math.max(most, Math.hypot(farthest(flowLow[asset][t], flowHigh[asset][t]), q));
            fixed &= flowVariable[asset][t] == NONE;
        }
        fixedPeak_kVA[asset] = least;
        if (value == 0) {
            return;
        }
        boolean expands = expand[asset] != NONE;
        if (fixed && !expands) {
            constantCost += value * curve.share(least / capacity);
            return;
        }
        peak[asset] = lp.variable(expands ? 0 : Math.min(least, capacity), Math.min(most, capacity), 0);
        presentValue[asset] = lp.variable(0, LinearProgram.INFINITY, 1);
        if (expands) {
            // two choices, a convex hull: either the peak within capacity, or the expanded one without a present value
            expandedPeak[asset] = lp.variable(0, 2 * capacity, 0);
            double expandedMost = Math.min(most, 2 * capacity);
            int within = lp.row(-LinearProgram.INFINITY, capacity);
            lp.term(within, peak[asset], 1);
            lp.term(within, expand[asset], capacity);
            int beyond = lp.row(-LinearProgram.INFINITY, 0);
            lp.term(beyond, expandedPeak[asset], 1);
            lp.term(beyond, expand[asset], -expandedMost);
            int both = lp.row(least, LinearProgram.INFINITY);
            lp.term(both, peak[asset], 1);
            lp.term(both, expandedPeak[asset], 1);
        }
        for (int k = 0; k < curve.segments(); k++) {
            boolean below = (k + 1.0) / curve.segments() * capacity <= least && k < curve.segments() - 1;
            boolean above = (double) k / curve.segments() * capacity >= most && k > 0;
            if ((below || above) && !expands) {
                continue;
            }
            int row = lp.row(expands ? 0 : value * curve.intercept(k), LinearProgram.INFINITY);
            lp.term(row, presentValue[asset], 1);
            lp.term(row, peak[asset], -value * curve.slope(k) / capacity);
            if (expands) { // intercept · (1 - y)
                constantBy(row, asset, value * curve.intercept(k));
            }
        }
        for (int t = 0; t < steps; t++) {
            if (flowVariable[asset][t] == NONE || cannotSetPeak(asset, t)) {
                continue;
            }
            addTangent(asset, t, flowHigh[asset][t]);
            if (flowLow[asset][t] < 0) {
                addTangent(asset, t, flowLow[asset][t]);
            }
        }
    }

    /** Makes a row's lower bound {@code intercept · (1 - y)} of an expandable asset. */
    private void constantBy(int row, int asset, double intercept) {
        lp.term(row, expand[asset], intercept);
        lp.lowerBound(row, intercept);
    }

    private boolean cannotSetPeak(int asset, int t) {
        double q = problem.assetReactive_kvar(asset, t);
        return Math.hypot(farthest(flowLow[asset][t], flowHigh[asset][t]), q) <= fixedPeak_kVA[asset];
    }

    /** S ≥ √(P² + q²), linearised at an active power. */
    private void addTangent(int asset, int t, double at_kW) {
        double q = problem.assetReactive_kvar(asset, t);
        double apparent = Math.hypot(at_kW, q);
        double slope = apparent == 0 ? 0 : at_kW / apparent;
        double height = apparent == 0 ? 0 : q * (q / apparent);
        int row = lp.row(height + slope * flowOffset[asset][t], LinearProgram.INFINITY);
        lp.term(row, peak[asset], 1);
        if (expandedPeak[asset] != NONE) {
            lp.term(row, expandedPeak[asset], 1);
        }
        lp.term(row, flowVariable[asset][t], -slope);
    }

    /** Solves, adding tangents and voltage rows until every cone and voltage holds. */
    Status solve() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Status status = lp.solve();
            if (status != Status.OPTIMAL) {
                return status;
            }
            if (scope == Scope.HOMES || addCuts() + addVoltageRows() == 0) {
                return Status.OPTIMAL;
            }
        }
        return Status.UNFINISHED;
    }

    /** Tangents where peaks are underestimated; none once that no longer matters to the objective. */
    private int addCuts() {
        if (understatement_gbp() <= OBJECTIVE_TOLERANCE * Math.max(1, Math.abs(objective_gbp()))) {
            return 0;
        }
        int cuts = 0;
        for (int a = 0; a < peak.length; a++) {
            if (peak[a] == NONE) {
                continue;
            }
            double claimed = lp.value(peak[a]) + (expandedPeak[a] == NONE ? 0 : lp.value(expandedPeak[a]));
            for (int t = 0; t < steps; t++) {
                if (flowVariable[a][t] == NONE) {
                    continue;
                }
                double flow = flow_kW(a, t);
                double apparent = Math.hypot(flow, problem.assetReactive_kvar(a, t));
                if (apparent > claimed + CONE_TOLERANCE * Math.max(1, apparent)) {
                    addTangent(a, t, flow);
                    cuts++;
                }
            }
        }
        return cuts;
    }

    /**
     * How much more present value the flows found would really carry: the gap between the model's objective, which is a lower
     * bound, and that of its own schedule.
     */
    private double understatement_gbp() {
        PresentValueCurve curve = PresentValueCurve.of(problem.settings());
        double sum = 0;
        for (int a = 0; a < peak.length; a++) {
            if (peak[a] == NONE || (expand[a] != NONE && lp.value(expand[a]) > 0.5)) {
                continue;
            }
            double apparent = 0;
            for (int t = 0; t < steps; t++) {
                apparent = Math.max(apparent, Math.hypot(flow_kW(a, t), problem.assetReactive_kvar(a, t)));
            }
            double share = curve.share(apparent / problem.assetCapacity_kVA(a));
            sum += problem.assetValue_gbpPerYear(a) / problem.settings().presentValueDays() * share
                    - lp.value(presentValue[a]);
        }
        return sum;
    }

    private double flow_kW(int asset, int t) {
        int v = flowVariable[asset][t];
        return flowOffset[asset][t] + (v == NONE ? 0 : lp.value(v));
    }

    /** Adds a row for every violated voltage limit (eqs. 13-14); returns how many. */
    private int addVoltageRows() {
        int rows = 0;
        double[] voltage = new double[network.nodeCount()];
        for (int t = 0; t < steps; t++) {
            voltage[0] = network.voltage().source_pu();
            for (int l = 0; l < network.lineCount(); l++) {
                voltage[l + 1] = voltage[network.parentNode(l)]
                        - LosslessFlow.dropPerKW_pu(network, l) * flow_kW(l + 1, t)
                        - LosslessFlow.dropPerKvar_pu(network, l) * problem.assetReactive_kvar(l + 1, t);
            }
            for (int n = 1; n < voltage.length; n++) {
                boolean low = voltage[n] < network.voltage().lower_pu() - VOLTAGE_TOLERANCE;
                boolean high = voltage[n] > network.voltage().upper_pu() + VOLTAGE_TOLERANCE;
                if ((low || high) && !relaxed(n, t)) {
                    addVoltageRow(n, t, low);
                    rows++;
                }
            }
        }
        return rows;
    }

    private final Set<Long> voltageRows = new HashSet<>();

    /** True where the row is there already, so that what is left is the solver's tolerance or, in the elastic model, a breach. */
    private boolean relaxed(int node, int t) {
        return voltageRows.contains((long) node * steps + t);
    }

    private void addVoltageRow(int node, int t, boolean low) {
        voltageRows.add((long) node * steps + t);
        double dropAllowed = network.voltage().source_pu()
                - (low ? network.voltage().lower_pu() : network.voltage().upper_pu());
        double known = 0;
        Map<Integer, Double> dropByVariable = new TreeMap<>();
        int row = lp.row(-LinearProgram.INFINITY, LinearProgram.INFINITY);
        for (int l = node - 1; l >= 0; l = network.parentLine(l)) {
            double perKW = LosslessFlow.dropPerKW_pu(network, l);
            known += perKW * flowOffset[l + 1][t]
                    + LosslessFlow.dropPerKvar_pu(network, l) * problem.assetReactive_kvar(l + 1, t);
            if (flowVariable[l + 1][t] != NONE) { // a run of lines shares one variable
                dropByVariable.merge(flowVariable[l + 1][t], PER_UNIT_SCALE * perKW, Double::sum);
            }
        }
        dropByVariable.forEach((variable, drop) -> lp.term(row, variable, drop));
        double bound = PER_UNIT_SCALE * (dropAllowed - known);
        if (low) {
            lp.upperBound(row, bound);
        } else {
            lp.lowerBound(row, bound);
        }
        if (scope == Scope.ELASTIC) {
            lp.term(row, lp.variable(0, LinearProgram.INFINITY, 1), low ? -1 : 1);
        }
    }

    /** Voltage rows in tenths of a percent, of the size of the other rows. */
    private static final double PER_UNIT_SCALE = 1000;

    /** Objective of the model, including the costs that nothing can change. */
    double objective_gbp() {
        return lp.objective() + constantCost;
    }

    /** Lower bound on the objective. */
    double bound_gbp() {
        return lp.bound() + constantCost;
    }

    String statusText() {
        return lp.statusText();
    }

    /**
     * Among the schedules as cheap as the one found, asks for the one that the tie-break prefers: each home keeps its own cost
     * (the homes together, where the network binds), and the order of its steps is what is minimised.
     */
    Status breakTies() {
        for (int v : expand) {
            if (v != NONE) {
                lp.fix(v, Math.rint(lp.value(v)));
            }
        }
        double eta = problem.settings().efficiency();
        List<List<double[]>> costs = new ArrayList<>();
        for (int h = 0; h < problem.homeCount(); h++) {
            costs.add(new ArrayList<>());
            for (int t = 0; t < steps; t++) {
                if (homeIn[h][t] != NONE) {
                    costs.get(h).add(new double[] {homeIn[h][t], problem.buy_gbpPerKWh(t) * step_h});
                    costs.get(h).add(new double[] {homeOut[h][t], -problem.sell_gbpPerKWh(t) * step_h});
                }
            }
        }
        for (int s = 0; s < charge.length; s++) {
            Session session = problem.sessions().get(s);
            for (int v : discharge[s]) {
                if (v != NONE) {
                    costs.get(session.home()).add(new double[] {v, problem.degradation_gbpPerKWh(session) * step_h});
                }
            }
        }
        if (scope == Scope.NETWORK) {
            costs = List.of(costs.stream().flatMap(List::stream).toList());
        }
        List<int[]> rows = new ArrayList<>();
        for (List<double[]> terms : costs) {
            double total = 0;
            for (double[] term : terms) {
                total += term[1] * lp.value((int) term[0]);
            }
            if (!terms.isEmpty()) {
                int row = lp.row(-LinearProgram.INFINITY, total + COST_SLACK * Math.max(1, Math.abs(total)));
                rows.add(new int[] {row, rows.size()});
                for (double[] term : terms) {
                    lp.term(row, (int) term[0], term[1]);
                }
            }
        }
        lp.clearCosts();
        for (int s = 0; s < charge.length; s++) {
            int length = charge[s].length;
            for (int k = 0; k < length; k++) {
                switch (problem.settings().tieBreak()) {
                    case EARLIEST -> prefer(s, k, k + 1);
                    case LATEST -> prefer(s, k, length - k);
                    case SPREAD -> spread(s, k, eta);
                }
            }
        }
        return solve();
    }

    /** Cost of a home that the tie-break may add, GBP: the solver's tolerance. */
    private static final double COST_SLACK = 1e-9;

    private void prefer(int s, int k, double weight) {
        lp.cost(charge[s][k], weight);
        if (discharge[s][k] != NONE) {
            lp.cost(discharge[s][k], weight);
        }
    }

    /** Sum of squares of the power, in linear pieces. */
    private void spread(int s, int k, double eta) {
        double most = problem.sessions().get(s).charger_kW();
        int square = lp.variable(0, LinearProgram.INFINITY, 1);
        int pieces = 8;
        for (int i = 0; i < pieces; i++) {
            double at = most * (i + 0.5) / pieces;
            int row = lp.row(-at * at, LinearProgram.INFINITY);
            lp.term(row, square, 1);
            lp.term(row, charge[s][k], -2 * at);
            if (discharge[s][k] != NONE) {
                lp.term(row, discharge[s][k], -2 * at / eta);
            }
        }
    }

    /** The schedule of the last solve, cleaned of the solver's rounding. */
    Schedule schedule() {
        double[][] charge_kW = new double[charge.length][];
        double[][] discharge_kW = new double[charge.length][];
        for (int s = 0; s < charge.length; s++) {
            double most = problem.sessions().get(s).charger_kW();
            charge_kW[s] = new double[charge[s].length];
            discharge_kW[s] = new double[charge[s].length];
            for (int k = 0; k < charge[s].length; k++) {
                charge_kW[s][k] = Math.clamp(lp.value(charge[s][k]), 0, most);
                if (discharge[s][k] != NONE) {
                    discharge_kW[s][k] = Math.clamp(lp.value(discharge[s][k]), 0, most);
                }
            }
        }
        double[][] pvUsed_kW = new double[problem.homeCount()][steps];
        for (int h = 0; h < pvUsed_kW.length; h++) {
            for (int t = 0; t < steps; t++) {
                double available = problem.pv_kW(h, t);
                pvUsed_kW[h][t] = pv[h][t] == NONE ? available : Math.clamp(lp.value(pv[h][t]), 0, available);
            }
        }
        boolean[] expanded = new boolean[problem.assetCount()];
        for (int a = 0; a < expanded.length; a++) {
            expanded[a] = expand[a] != NONE && lp.value(expand[a]) > 0.5;
        }
        return new Schedule(charge_kW, discharge_kW, pvUsed_kW, expanded);
    }

    @Override
    public void close() {
        lp.close();
    }
}
