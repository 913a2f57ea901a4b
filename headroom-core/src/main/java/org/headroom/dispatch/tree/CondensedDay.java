package org.headroom.dispatch.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.Schedule;
import org.headroom.dispatch.Session;
import org.headroom.dispatch.tree.TreeProgram.Drop;
import org.headroom.dispatch.tree.TreeProgram.Free;
import org.headroom.dispatch.tree.TreeProgram.Stage;
import org.headroom.dispatch.tree.TreeProgram.StageLine;
import org.headroom.dispatch.tree.TreeProgram.StageSession;
import org.headroom.network.Network;
import org.headroom.network.VoltageBand;
import org.headroom.powerflow.LosslessFlow;
import org.jspecify.annotations.Nullable;

/**
 * A day condensed to what can still be decided, as a {@link TreeProgram}, and the way back: the schedule and the duals of the full
 * day from an iterate of the kernel.
 *
 * <p>Lines with nothing flexible below are numbers; a run of lines with the same flexible things below shares one flow; sessions that
 * must charge (or discharge) at full power throughout are part of the load.
 */
final class CondensedDay {
    /** Sessions with less freedom than this share of their full energy have none. */
    private static final double NO_FREEDOM = 1e-8;
    /** Feed-in of this share of its peak is next to it. */
    private static final double NEXT_TO_PEAK = 0.9;
    /** Voltage drops are carried in thousandths. */
    private static final double PER_MILLE = 1000;

    /** Voltage limits are kept by this, per unit, so that rounding does not break them. */
    private static final double VOLTAGE_MARGIN = 1e-8;

    /** What is asked of a day beside its problem. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Question(
            ChargingMode mode,
            PeakCost[] peakCost,
            boolean[][] curtailable,
            List<VoltageRow> voltageRows,
            double breach_gbp,
            double tieCost_gbp) {
        boolean community() {
            return mode instanceof ChargingMode.VirtualVehicleToVehicle;
        }
    }

    /** A voltage limit to be kept at a node in a step: the lower one, or the upper one. */
    record VoltageRow(int node, int step, boolean lower) {}

    private final DayProblem problem;
    private final Question question;
    private final Network network;
    private final int steps;
    private final double step_h;
    private final double eta;

    // flat arrays: steps within assets or homes; the node that line l feeds has the index of its asset, l + 1
    /** Flow of each asset that nothing can change, {@code [asset, step]}. */
    private final double[] base_kW;

    private final double[] reactive_kvar;
    /** What each home takes that nothing can change, {@code [home, step]}; empty where the community pays. */
    private final double[] homeBase_kW;

    private final double[] fixedPower_kW;
    private final boolean[] flexible;

    /** Flow of each asset that sessions and curtailment may add at least and at most. */
    private final double[] low_kW;

    private final double[] high_kW;
    /** Voltage drop from the substation to each node under what nothing can change, {@code [node, step]}. */
    private final double[] baseDrop_pu;

    private final double[] dropPerKW_pu;
    /** Whether anything below an asset can be decided, in a step and at all. */
    private final boolean[] decided;

    private final boolean[] everDecided;

    private final double[] constantPeak_kVA;
    private final int[] constantPeakStep;
    /** What a kVA more of the constant peak costs. */
    private final double[] constantPeakSlope;

    private double constant_gbp;
    final TreeProgram program;
    private final int[] assetOfLine;
    private final int[] homeOfStage;
    private final int[] nodeOfStage;
    /** What a look at an iterate fills: its prices, those of the constant peaks, and voltages. */
    private @Nullable NodePrices prices;

    private final double[] constantPeakPrice;
    private final double[] voltage_pu;

    CondensedDay(DayProblem problem, Question question) {
        this.problem = problem;
        this.question = question;
        this.network = problem.network();
        this.steps = problem.stepCount();
        this.step_h = problem.steps().step_h();
        this.eta = problem.settings().efficiency();
        int sessions = problem.sessions().size();
        fixedPower_kW = new double[sessions];
        flexible = new boolean[sessions];
        homeBase_kW = new double[question.community() ? 0 : problem.homeCount() * steps];
        int assets = problem.assetCount();
        base_kW = new double[assets * steps];
        reactive_kvar = new double[assets * steps];
        low_kW = new double[assets * steps];
        high_kW = new double[assets * steps];
        decided = new boolean[assets * steps];
        everDecided = new boolean[assets];
        constantPeak_kVA = new double[assets];
        constantPeakStep = new int[assets];
        constantPeakSlope = new double[assets];
        classifySessions();
        gatherFlows();
        dropPerKW_pu = new double[network.lineCount()];
        baseDrop_pu = new double[network.nodeCount() * steps];
        gatherDrops();
        List<Stage> stages = new Stages().build();
        program = new TreeProgram(stages, eta, question.mode().mayDischarge());
        assetOfLine = new int[program.stageOfLine.length];
        homeOfStage = new int[program.stageCount];
        nodeOfStage = new int[program.stageCount];
        for (int s = 0; s < program.stageCount; s++) {
            Stage stage = stages.get(s);
            homeOfStage[s] = stage.home;
            nodeOfStage[s] = stage.node;
            for (int i = 0; i < stage.lines.size(); i++) {
                assetOfLine[program.line[s] + i] = stage.lines.get(i).asset();
            }
        }
        constantPeakPrice = new double[assets];
        voltage_pu = new double[assets * steps];
    }

    private void classifySessions() {
        boolean discharges = question.mode().mayDischarge();
        for (int i = 0; i < flexible.length; i++) {
            Session session = problem.sessions().get(i);
            int m = session.length(problem.steps());
            double full = eta * session.charger_kW() * m * step_h;
            double wanted = session.depart_kWh() - session.arrive_kWh();
            double emptied = discharges ? session.charger_kW() * m * step_h / eta : 0;
            if (wanted >= full * (1 - NO_FREEDOM)) {
                fixedPower_kW[i] = Math.min(wanted / (eta * m * step_h), session.charger_kW());
            } else if (wanted <= -emptied + NO_FREEDOM * full) {
                fixedPower_kW[i] = discharges ? Math.max(wanted * eta / (m * step_h), -session.charger_kW()) : 0;
            } else {
                flexible[i] = true;
            }
        }
    }

    /** What a kW in the k-th of a session's m steps costs beside its price, so that ties are broken. */
    static double tieCost_gbp(DayProblem problem, double tieCost_gbpPerKWh, Session session, int k, int m) {
        if (tieCost_gbpPerKWh == 0) {
            return 0;
        }
        return problem.settings().tieBreak().weight(session, k, m)
                * tieCost_gbpPerKWh
                * problem.steps().step_h();
    }

    private void gatherFlows() {
        for (int h = 0; h < problem.homeCount(); h++) {
            int asset = problem.homeNode(h);
            boolean[] curtailable = question.curtailable()[h];
            for (int t = 0; t < steps; t++) {
                int at = asset * steps + t;
                double net_kW = problem.demand_kW(h, t) - problem.pv_kW(h, t);
                base_kW[at] += net_kW;
                if (!question.community()) {
                    homeBase_kW[h * steps + t] = net_kW;
                }
                if (curtailable[t]) {
                    high_kW[at] += problem.pv_kW(h, t);
                    decided[at] = true;
                    everDecided[asset] = true;
                }
            }
        }
        for (int i = 0; i < flexible.length; i++) {
            Session session = problem.sessions().get(i);
            int asset = session.node();
            if (flexible[i]) {
                everDecided[asset] = true;
                double discharge_kW = question.mode().mayDischarge() ? session.charger_kW() : 0;
                int m = session.length(problem.steps());
                for (int k = 0, t = firstStep(session);
                        k < m;
                        k++, t = problem.steps().after(t)) {
                    int at = asset * steps + t;
                    high_kW[at] += session.charger_kW();
                    low_kW[at] -= discharge_kW;
                    decided[at] = true;
                }
            } else {
                addFixedPower(base_kW, asset, i);
                if (!question.community()) {
                    addFixedPower(homeBase_kW, session.home(), i);
                }
            }
        }
        for (int a = network.lineCount(); a >= 0; a--) { // from the leaves up
            int here = a * steps;
            for (int t = 0; t < steps; t++) {
                reactive_kvar[here + t] = problem.assetReactive_kvar(a, t);
            }
            if (a > 0) {
                int above = network.parentNode(a - 1);
                addRow(base_kW, a, above);
                if (everDecided[a]) {
                    everDecided[above] = true;
                    addRow(low_kW, a, above);
                    addRow(high_kW, a, above);
                    for (int t = 0; t < steps; t++) {
                        decided[above * steps + t] |= decided[here + t];
                    }
                }
            }
        }
    }

    private void gatherDrops() {
        for (int l = 0; l < network.lineCount(); l++) {
            double perKW = LosslessFlow.dropPerKW_pu(network, l);
            double perKvar = LosslessFlow.dropPerKvar_pu(network, l);
            dropPerKW_pu[l] = perKW;
            int above = network.parentNode(l) * steps;
            int here = (l + 1) * steps;
            for (int t = 0; t < steps; t++) {
                baseDrop_pu[here + t] =
                        baseDrop_pu[above + t] + perKW * base_kW[here + t] + perKvar * reactive_kvar[here + t];
            }
        }
    }

    private int firstStep(Session session) {
        return session.stepOfDay(0, problem.steps());
    }

    /** Adds what a session takes throughout to a row. */
    private void addFixedPower(double[] flow_kW, int row, int i) {
        Session session = problem.sessions().get(i);
        int m = session.length(problem.steps());
        for (int k = 0, t = firstStep(session); k < m; k++, t = problem.steps().after(t)) {
            flow_kW[row * steps + t] += fixedPower_kW[i];
        }
    }

    private void addRow(double[] flow_kW, int from, int to) {
        for (int t = 0; t < steps; t++) {
            flow_kW[to * steps + t] += flow_kW[from * steps + t];
        }
    }

    /** What hangs at a node and is not below a stage yet. */
    private static final class Hanging {
        final List<Stage> stages = new ArrayList<>(2);
        final List<StageSession> sessions = new ArrayList<>(2);
        final List<Free> free = new ArrayList<>(0);
    }

    /** Puts the stages together, from the leaves up. */
    private final class Stages {
        /** Null where nothing can be decided. */
        private final @Nullable Hanging[] hanging = new @Nullable Hanging[network.nodeCount()];

        private final @Nullable VoltageRows rows = question.voltageRows().isEmpty() ? null : new VoltageRows();

        List<Stage> build() {
            addHomes();
            for (int a = network.lineCount(); a >= 0; a--) {
                addAsset(a);
            }
            List<Stage> ordered = new ArrayList<>();
            Hanging top = hanging[0];
            if (top != null) {
                for (Stage root : top.stages) {
                    addInOrder(root, ordered);
                }
            }
            return ordered;
        }

        private Hanging at(int node) {
            Hanging here = hanging[node];
            if (here == null) {
                here = new Hanging();
                hanging[node] = here;
            }
            return here;
        }

        private void addInOrder(Stage stage, List<Stage> ordered) {
            for (Stage child : stage.children) {
                addInOrder(child, ordered);
            }
            ordered.add(stage);
        }

        private void addHomes() {
            if (question.community()) {
                for (int i = 0; i < flexible.length; i++) {
                    if (flexible[i]) {
                        Session session = problem.sessions().get(i);
                        at(session.node()).sessions.add(stageSession(i, session));
                    }
                }
                for (int h = 0; h < problem.homeCount(); h++) {
                    for (int t = 0; t < steps; t++) {
                        if (question.curtailable()[h][t]) {
                            at(problem.homeNode(h)).free.add(new Free(h, t, problem.pv_kW(h, t)));
                        }
                    }
                }
                return;
            }
            List<List<StageSession>> ofHome = new ArrayList<>();
            for (int h = 0; h < problem.homeCount(); h++) {
                ofHome.add(new ArrayList<>(1));
            }
            for (int i = 0; i < flexible.length; i++) {
                if (flexible[i]) {
                    Session session = problem.sessions().get(i);
                    ofHome.get(session.home()).add(stageSession(i, session));
                }
            }
            for (int h = 0; h < problem.homeCount(); h++) {
                List<Free> free = new ArrayList<>(0);
                for (int t = 0; t < steps; t++) {
                    if (question.curtailable()[h][t]) {
                        free.add(new Free(h, t, problem.pv_kW(h, t)));
                    }
                }
                addHome(h, ofHome.get(h), free);
            }
        }

        private void addHome(int h, List<StageSession> sessions, List<Free> free) {
            boolean[] open = new boolean[steps];
            double[] base = Arrays.copyOfRange(homeBase_kW, h * steps, (h + 1) * steps);
            double[] low = base.clone();
            double[] high = base.clone();
            for (StageSession session : sessions) {
                for (int t : session.steps()) {
                    open[t] = true;
                    high[t] += session.power();
                    low[t] -= question.mode().mayDischarge() ? session.power() : 0;
                }
            }
            for (Free one : free) {
                open[one.step()] = true;
                high[one.step()] += one.most();
            }
            for (int t = 0; t < steps; t++) {
                if (!open[t]) {
                    constant_gbp += bill_gbp(base[t], t);
                }
            }
            if (!sessions.isEmpty() || !free.isEmpty()) {
                Stage stage = new Stage(List.of(), sessions, free);
                stage.steps = stepsOf(open, 0, steps);
                stage.home = h;
                stage.node = problem.homeNode(h);
                addBill(stage, base, low, high);
                at(stage.node).stages.add(stage);
            }
        }

        private void addBill(Stage stage, double[] base, double[] low, double[] high) {
            int n = stage.steps.length;
            double[] price = new double[n];
            double[] hinge = new double[n];
            double[] from = new double[n];
            for (int i = 0; i < n; i++) {
                int t = stage.steps[i];
                double buy = problem.buy_gbpPerKWh(t) * step_h;
                double sell = problem.sell_gbpPerKWh(t) * step_h;
                boolean bends = low[t] < 0 && high[t] > 0 && buy > sell;
                price[i] = bends || high[t] <= 0 ? sell : buy;
                hinge[i] = bends ? buy - sell : 0;
                from[i] = base[t];
            }
            stage.price = price;
            stage.hinge = hinge;
            stage.hingeBase = from;
        }

        private StageSession stageSession(int i, Session session) {
            int m = session.length(problem.steps());
            int[] at = new int[m];
            double[] chargeCost = new double[m];
            double[] dischargeCost = new double[m];
            for (int k = 0, t = firstStep(session);
                    k < m;
                    k++, t = problem.steps().after(t)) {
                at[k] = t;
                chargeCost[k] = tieCost_gbp(problem, question.tieCost_gbp(), session, k, m);
                dischargeCost[k] = chargeCost[k] + problem.degradation_gbpPerKWh(session) * step_h;
            }
            double reserve = problem.reserve_kWh(session); // energies count from it
            return new StageSession(
                    i,
                    at,
                    session.charger_kW(),
                    (session.capacity_kWh() - reserve) / step_h,
                    (Math.min(session.arrive_kWh(), session.capacity_kWh()) - reserve) / step_h,
                    (Math.min(session.depart_kWh(), session.capacity_kWh()) - reserve) / step_h,
                    chargeCost,
                    dischargeCost);
        }

        /** The asset that feeds a node, with what hangs there. */
        private void addAsset(int a) {
            Hanging here = hanging[a];
            int row = a * steps;
            double mostSquared = 0;
            int leastStep = 0;
            double leastSquared = 0; // from steps that nothing can change
            for (int t = 0; t < steps; t++) {
                double base = base_kW[row + t];
                double q = reactive_kvar[row + t];
                if (decided[row + t]) {
                    double p = Math.max(Math.abs(base + low_kW[row + t]), Math.abs(base + high_kW[row + t]));
                    mostSquared = Math.max(mostSquared, p * p + q * q);
                } else if (base * base + q * q > leastSquared) {
                    leastSquared = base * base + q * q;
                    leastStep = t;
                }
            }
            double least = Math.sqrt(leastSquared);
            double most = Math.max(Math.sqrt(mostSquared), least);
            PeakCost cost = question.peakCost()[a];
            constantPeak_kVA[a] = least;
            constantPeakStep[a] = leastStep;
            constantPeakSlope[a] = least > 0 ? cost.slopeBelow(least) : 0;
            boolean matters = here != null && cost.at(most) > cost.at(least);
            boolean bill = a == 0 && question.community();
            if (!matters) {
                constant_gbp += cost.at(least);
            }
            if (bill) {
                for (int t = 0; t < steps; t++) {
                    constant_gbp += decided[t] ? 0 : bill_gbp(base_kW[t], t);
                }
            }
            boolean drops = rows != null && rows.below(a);
            if (here == null && !drops) {
                return;
            }
            here = at(a);
            if (matters || drops || bill) {
                Stage stage = stageAbove(a, here, matters, drops);
                if (matters) {
                    stage.lines.add(new StageLine(a, base_kW, reactive_kvar, a * steps, cost.between(least, most)));
                }
                if (bill) {
                    addBill(stage, base_kW, sum(low_kW), sum(high_kW));
                }
                if (drops && rows != null) {
                    stage.drops = rows.drops(a);
                }
            }
            pass(a);
        }

        /** Base flow of the substation and what may be added to it. */
        private double[] sum(double[] added_kW) {
            double[] flow_kW = new double[steps];
            for (int t = 0; t < steps; t++) {
                flow_kW[t] = base_kW[t] + added_kW[t];
            }
            return flow_kW;
        }

        /** The stage that an asset's line joins: the only one below, where the same flow runs through both, or a new one. */
        private Stage stageAbove(int a, Hanging here, boolean matters, boolean drops) {
            if (here.stages.size() == 1 && here.sessions.isEmpty() && here.free.isEmpty()) {
                Stage only = here.stages.getFirst();
                if (only.drops.isEmpty() && !drops && (!matters || only.lines.size() < TreeProgram.MOST_LINES)) {
                    return only;
                }
            }
            Stage stage = new Stage(here.stages, here.sessions, here.free);
            stage.steps = stepsOf(decided, a * steps, (a + 1) * steps);
            stage.node = a;
            Hanging alone = new Hanging();
            alone.stages.add(stage);
            hanging[a] = alone;
            return stage;
        }

        private void pass(int a) {
            Hanging here = at(a);
            if (a == 0) {
                if (!here.sessions.isEmpty() || !here.free.isEmpty()) {
                    throw new IllegalStateException("sessions without a bill");
                }
                return;
            }
            int parent = network.parentNode(a - 1);
            Hanging above = hanging[parent];
            if (above == null) {
                hanging[parent] = here;
            } else {
                above.stages.addAll(here.stages);
                above.sessions.addAll(here.sessions);
                above.free.addAll(here.free);
            }
        }
    }

    /** The voltage limits that are kept, by node and step. */
    private final class VoltageRows {
        /** Whether a limit is kept at a node or below it; not at the substation, whose voltage is given. */
        private final boolean[] below = new boolean[network.nodeCount() * steps];
        /** Price of missing a node's own limit: above 0 for the lower one, below 0 for the upper one, 0 where none is kept. */
        private final double[] hinge_gbp = new double[network.nodeCount() * steps];

        VoltageRows() {
            for (VoltageRow row : question.voltageRows()) {
                int at = row.node() * steps + row.step();
                below[at] = true;
                hinge_gbp[at] = row.lower() ? question.breach_gbp() : -question.breach_gbp();
            }
            for (int a = network.lineCount(); a > 0; a--) {
                int above = network.parentNode(a - 1) * steps;
                for (int t = 0; t < steps; t++) {
                    below[above + t] |= below[a * steps + t];
                }
            }
            Arrays.fill(below, 0, steps, false);
        }

        boolean below(int node) {
            for (int i = node * steps; i < (node + 1) * steps; i++) {
                if (below[i]) {
                    return true;
                }
            }
            return false;
        }

        /** The drops that the stage just above a node carries. */
        List<Drop> drops(int node) {
            List<Drop> drops = new ArrayList<>();
            double r = PER_MILLE * dropPerKW_pu[node - 1];
            VoltageBand band = network.voltage();
            for (int t = 0; t < steps; t++) {
                int i = node * steps + t;
                if (below[i]) {
                    boolean lower = hinge_gbp[i] > 0;
                    double limit = lower ? band.lower_pu() : band.upper_pu();
                    double at = PER_MILLE
                            * (band.source_pu() - limit - baseDrop_pu[i] + (lower ? -VOLTAGE_MARGIN : VOLTAGE_MARGIN));
                    drops.add(new Drop(t, r, hinge_gbp[i], hinge_gbp[i] == 0 ? 0 : at));
                }
            }
            return drops;
        }
    }

    /** Those of the steps from one place to another of a list of them that are open, counted from the first place. */
    private static int[] stepsOf(boolean[] open, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += open[i] ? 1 : 0;
        }
        int[] at = new int[count];
        int k = 0;
        for (int i = from; i < to; i++) {
            if (open[i]) {
                at[k++] = i - from;
            }
        }
        return at;
    }

    private double bill_gbp(double net_kW, int step) {
        return net_kW * price_gbpPerKW(net_kW, step);
    }

    private double price_gbpPerKW(double net_kW, int step) {
        return (net_kW > 0 ? problem.buy_gbpPerKWh(step) : problem.sell_gbpPerKWh(step)) * step_h;
    }

    /** A product of slack and price that is neither large nor small on this day: a first one for the kernel. */
    double typicalProduct_gbp() {
        double price = 0;
        for (int t = 0; t < steps; t++) {
            price += Math.abs(problem.buy_gbpPerKWh(t)) * step_h / steps;
        }
        double power = 0;
        for (double one : program.power) {
            power += one / program.sessionCount;
        }
        double value = 0;
        for (int asset : assetOfLine) {
            PeakCost cost = question.peakCost()[asset];
            value += cost.at(cost.highest()) / assetOfLine.length;
        }
        return Math.max(0.01 * question.breach_gbp(), 0.05 * (price * power + 0.5 * value));
    }

    /** Cost of the kernel's iterate, with true peaks, breaches included at their price. */
    double cost_gbp(InteriorPoint point) {
        double sum = constant_gbp;
        for (int l = 0; l < assetOfLine.length; l++) {
            int s = program.stageOfLine[l];
            int at = program.position[s];
            double most = 0;
            for (int i = 0; i < program.position[s + 1] - at; i++) {
                int c = program.cone[l] + i;
                double p = program.base[c] + point.flow[at + i];
                double squared = p * p + program.reactive[c] * program.reactive[c];
                most = squared > most ? squared : most;
            }
            int asset = assetOfLine[l];
            sum += question.peakCost()[asset].at(Math.max(Math.sqrt(most), constantPeak_kVA[asset]));
        }
        for (int p = 0; p < program.price.length; p++) {
            if (program.priced[p]) {
                double net = program.hingeBase[p] + point.flow[p];
                sum += program.price[p] * net + program.hinge[p] * Math.max(0, net);
            }
        }
        for (int i = 0; i < program.sessionCount; i++) {
            double discharged = 0;
            double ties = 0;
            for (int k = 0; k < program.length[i]; k++) {
                int j = program.entry(i, k);
                discharged += point.discharge[j];
                ties += program.chargeCost[j] * (point.charge[j] + point.discharge[j]);
            }
            Session session = problem.sessions().get(program.sessionOfDay[i]);
            sum += discharged * step_h * problem.degradation_gbpPerKWh(session) + ties;
        }
        for (int d = 0; d < program.dropHinge.length; d++) {
            sum += Math.max(0, program.dropHinge[d] * (point.drop[d] - program.dropAt[d]));
        }
        for (int i = 0; i < flexible.length; i++) {
            if (fixedPower_kW[i] < 0) {
                Session session = problem.sessions().get(i);
                sum -= fixedPower_kW[i]
                        * step_h
                        * session.length(problem.steps())
                        * problem.degradation_gbpPerKWh(session);
            }
        }
        return sum;
    }

    /** Voltages at the kernel's iterate, {@code [node, step]}, where some are beyond their limits by more than given, else null. */
    double @Nullable [] findVoltages_pu(InteriorPoint point, double beyond_pu) {
        double[] flow_kW = voltage_pu; // what is decided, until it has become a voltage
        Arrays.fill(flow_kW, 0);
        for (int i = 0; i < program.sessionCount; i++) {
            Session session = problem.sessions().get(program.sessionOfDay[i]);
            int row = session.node() * steps;
            for (int k = 0, t = firstStep(session);
                    k < program.length[i];
                    k++, t = problem.steps().after(t)) {
                int j = program.entry(i, k);
                flow_kW[row + t] += point.charge[j] - point.discharge[j];
            }
        }
        int free = 0;
        for (Stage stage : program.stages) {
            for (Free one : stage.free) {
                flow_kW[problem.homeNode(one.owner()) * steps + one.step()] += point.free[free++];
            }
        }
        for (int a = network.lineCount(); a > 0; a--) {
            if (everDecided[a]) {
                addRow(flow_kW, a, network.parentNode(a - 1));
            }
        }
        VoltageBand band = network.voltage();
        double most = band.source_pu() - band.lower_pu() + beyond_pu;
        double least = band.source_pu() - band.upper_pu() - beyond_pu;
        boolean broken = false;
        double[] drop_pu = voltage_pu;
        Arrays.fill(drop_pu, 0, steps, 0);
        for (int l = 0; l < network.lineCount(); l++) {
            int above = network.parentNode(l) * steps;
            int here = (l + 1) * steps;
            for (int t = 0; t < steps; t++) {
                double decided_pu = drop_pu[above + t] + dropPerKW_pu[l] * flow_kW[here + t];
                drop_pu[here + t] = decided_pu;
                double drop = baseDrop_pu[here + t] + decided_pu;
                broken |= drop > most || drop < least;
            }
        }
        if (!broken) {
            return null;
        }
        for (int i = 0; i < voltage_pu.length; i++) {
            voltage_pu[i] = band.source_pu() - baseDrop_pu[i] - drop_pu[i];
        }
        return voltage_pu;
    }

    /** The kernel's iterate as a schedule. */
    Schedule schedule(InteriorPoint point) {
        double[][] charge_kW = new double[flexible.length][];
        double[][] discharge_kW = new double[flexible.length][];
        for (int i = 0; i < flexible.length; i++) {
            int m = problem.sessions().get(i).length(problem.steps());
            charge_kW[i] = new double[m];
            discharge_kW[i] = new double[m];
            if (!flexible[i]) {
                Arrays.fill(charge_kW[i], Math.max(0, fixedPower_kW[i]));
                Arrays.fill(discharge_kW[i], Math.max(0, -fixedPower_kW[i]));
            }
        }
        for (int i = 0; i < program.sessionCount; i++) {
            int s = program.sessionOfDay[i];
            double charger_kW = problem.sessions().get(s).charger_kW();
            for (int k = 0; k < charge_kW[s].length; k++) {
                int j = program.entry(i, k);
                charge_kW[s][k] = Math.clamp(point.charge[j], 0, charger_kW);
                discharge_kW[s][k] = Math.clamp(point.discharge[j], 0, charger_kW);
            }
        }
        double[][] pvUsed_kW = new double[problem.homeCount()][];
        for (int h = 0; h < pvUsed_kW.length; h++) {
            pvUsed_kW[h] = new double[steps];
            for (int t = 0; t < steps; t++) {
                pvUsed_kW[h][t] = problem.pv_kW(h, t);
            }
        }
        int free = 0;
        for (Stage stage : program.stages) {
            for (Free one : stage.free) {
                pvUsed_kW[one.owner()][one.step()] -= point.free[free++];
            }
        }
        return new Schedule(charge_kW, discharge_kW, pvUsed_kW, new boolean[problem.assetCount()]);
    }

    /** A schedule without the energy that goes around in a battery where power has a price above 0. */
    Schedule withoutRoundTrips(Schedule schedule, NodePrices prices) {
        double[][] charge_kW = new double[flexible.length][];
        double[][] discharge_kW = new double[flexible.length][];
        for (int s = 0; s < flexible.length; s++) {
            Session session = problem.sessions().get(s);
            int m = session.length(problem.steps());
            charge_kW[s] = new double[m];
            discharge_kW[s] = new double[m];
            for (int k = 0, t = firstStep(session);
                    k < m;
                    k++, t = problem.steps().after(t)) {
                double in = schedule.charge_kW(s, k);
                double out = schedule.discharge_kW(s, k);
                double around = prices.at(session.node(), session.home(), t) > 0 ? Math.min(in, out / (eta * eta)) : 0;
                charge_kW[s][k] = in - around;
                discharge_kW[s][k] = Math.max(0, out - around * eta * eta);
            }
        }
        return schedule.withCars(charge_kW, discharge_kW);
    }

    /**
     * By how much the price at each node would fall in the steps in which feed-in comes near an asset's highest, were that asset's
     * price on them, {@code [node][step]}. A peak that is curtailed comes down to the next.
     */
    double[][] feedInDiscount_gbpPerKW(NodePrices prices) {
        double[][] discount = new double[network.nodeCount()][steps];
        for (int a = 0; a < discount.length; a++) {
            double peak_kW = base_kW[a * steps + constantPeakStep[a]];
            double price = -prices.active(a, constantPeakStep[a]);
            boolean feedsIn = peak_kW < 0 && price < 0;
            for (int t = 0; t < steps; t++) {
                if (a > 0) {
                    discount[a][t] = discount[network.parentNode(a - 1)][t];
                }
                if (feedsIn && t != constantPeakStep[a] && base_kW[a * steps + t] < NEXT_TO_PEAK * peak_kW) {
                    discount[a][t] -= price;
                }
            }
        }
        return discount;
    }

    /** Prices of the bills, where nothing bends them. */
    private NodePrices billPrices() {
        NodePrices bills = new NodePrices(problem, !question.community());
        for (int t = 0; t < steps; t++) {
            if (question.community()) {
                bills.setRoot(t, price_gbpPerKW(base_kW[t], t));
            } else {
                for (int h = 0; h < problem.homeCount(); h++) {
                    bills.setHome(h, t, price_gbpPerKW(homeBase_kW[h * steps + t], t));
                }
            }
        }
        return bills;
    }

    /** The iterate's prices of power; the same object until a certificate takes it. */
    NodePrices prices(InteriorPoint point) {
        NodePrices into = prices == null ? billPrices() : prices;
        prices = into;
        System.arraycopy(constantPeakSlope, 0, constantPeakPrice, 0, constantPeakPrice.length);
        for (int l = 0; l < assetOfLine.length; l++) {
            int asset = assetOfLine[l];
            int[] at = program.stages.get(program.stageOfLine[l]).steps;
            int cone = program.cone[l];
            for (int i = 0; i < at.length; i++) {
                into.setActive(asset, at[i], point.flowDual[cone + i]);
            }
            double left = constantPeakSlope[asset]; // what the other steps' prices leave for that of the constant peak
            for (int c = cone; c < cone + at.length && left > 0; c++) {
                left -= Math.max(point.peakDual[c], Math.abs(point.flowDual[c])); // as the certificate does
            }
            constantPeakPrice[asset] = Math.max(0, left);
        }
        for (int a = 0; a < constantPeak_kVA.length; a++) {
            if (constantPeak_kVA[a] > 0) {
                int t = constantPeakStep[a];
                into.setActive(a, t, -constantPeakPrice[a] * base_kW[a * steps + t] / constantPeak_kVA[a]);
            }
        }
        for (int s = 0; s < program.stageCount; s++) {
            Stage stage = program.stages.get(s);
            for (int i = 0; stage.price != null && i < stage.steps.length; i++) {
                int p = program.position[s] + i;
                if (program.priced[p]) {
                    if (homeOfStage[s] >= 0) {
                        into.setHome(homeOfStage[s], stage.steps[i], point.flowPrice(p));
                    } else {
                        into.setRoot(stage.steps[i], point.flowPrice(p));
                    }
                }
            }
            for (int d = program.drop[s]; d < program.drop[s + 1]; d++) {
                if (program.dropHinge[d] != 0) {
                    int step = stage.drops.get(d - program.drop[s]).step();
                    into.setVoltage(nodeOfStage[s], step, PER_MILLE * point.dropForce(d));
                }
            }
        }
        into.settle();
        return into;
    }

    /** The iterate's prices, as duals of the full day. */
    Certificate certificate(InteriorPoint point) {
        Certificate duals = new Certificate(problem, question.mode(), question.tieCost_gbp(), prices(point));
        prices = null; // they are the certificate's now
        for (int l = 0; l < assetOfLine.length; l++) {
            int[] at = program.stages.get(program.stageOfLine[l]).steps;
            for (int i = 0; i < at.length; i++) {
                int c = program.cone[l] + i;
                double onPeak = point.peakDual[c];
                double onFlow = point.flowDual[c];
                double onReactive = Math.sqrt(Math.max(0, (onPeak - onFlow) * (onPeak + onFlow))); // all that it may be
                duals.setCone(assetOfLine[l], at[i], onPeak, -Math.copySign(onReactive, program.reactive[c]));
            }
        }
        for (int a = 0; a < constantPeak_kVA.length; a++) {
            double onPeak = constantPeakPrice[a];
            if (onPeak > 0) {
                int t = constantPeakStep[a];
                duals.setCone(a, t, onPeak, -onPeak * reactive_kvar[a * steps + t] / constantPeak_kVA[a]);
            }
        }
        for (int i = 0; i < program.sessionCount; i++) {
            int session = program.sessionOfDay[i];
            for (int k = 0; k < program.length[i]; k++) {
                duals.setEnergyValue(session, k, point.value[program.entry(i, k)]);
            }
        }
        for (int i = 0; i < flexible.length; i++) {
            if (!flexible[i]) {
                duals.setFixedEnergyValue(i, fixedPower_kW[i]);
            }
        }
        return duals;
    }
}
