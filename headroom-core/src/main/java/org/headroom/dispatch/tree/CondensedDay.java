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

    /** Flow of each asset that nothing can change, {@code [asset][step]}. */
    private final double[][] base_kW;

    private final double[][] homeBase_kW;
    private final double[] fixedPower_kW;
    private final boolean[] flexible;

    /** Flow of each asset that sessions and curtailment may add at least and at most. */
    private final double[][] low_kW;

    private final double[][] high_kW;
    private final boolean[][] decided;

    private final double[] constantPeak_kVA;
    private final int[] constantPeakStep;
    private double constant_gbp;
    final TreeProgram program;
    private final int[] assetOfLine;
    private final int[] homeOfStage;
    private final int[] nodeOfStage;

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
        homeBase_kW = new double[problem.homeCount()][steps];
        int assets = problem.assetCount();
        base_kW = new double[assets][steps];
        low_kW = new double[assets][steps];
        high_kW = new double[assets][steps];
        decided = new boolean[assets][steps];
        constantPeak_kVA = new double[assets];
        constantPeakStep = new int[assets];
        classifySessions();
        gatherFlows();
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
            for (int t = 0; t < steps; t++) {
                homeBase_kW[h][t] = problem.demand_kW(h, t) - problem.pv_kW(h, t);
            }
        }
        for (int i = 0; i < flexible.length; i++) {
            Session session = problem.sessions().get(i);
            if (!flexible[i] && session.node() == problem.homeNode(session.home())) {
                for (int k = 0; k < session.length(problem.steps()); k++) {
                    homeBase_kW[session.home()][session.stepOfDay(k, problem.steps())] += fixedPower_kW[i];
                }
            }
        }
        for (int h = 0; h < problem.homeCount(); h++) {
            int asset = problem.homeNode(h);
            for (int t = 0; t < steps; t++) {
                base_kW[asset][t] += homeBase_kW[h][t];
                if (question.curtailable()[h][t]) {
                    high_kW[asset][t] += problem.pv_kW(h, t);
                    decided[asset][t] = true;
                }
            }
        }
        for (int i = 0; i < flexible.length; i++) {
            Session session = problem.sessions().get(i);
            int asset = session.node();
            for (int k = 0; k < session.length(problem.steps()); k++) {
                int t = session.stepOfDay(k, problem.steps());
                if (flexible[i]) {
                    high_kW[asset][t] += session.charger_kW();
                    low_kW[asset][t] -= question.mode().mayDischarge() ? session.charger_kW() : 0;
                    decided[asset][t] = true;
                } else if (session.node() != problem.homeNode(session.home())) {
                    base_kW[asset][t] += fixedPower_kW[i];
                    homeBase_kW[session.home()][t] += fixedPower_kW[i];
                }
            }
        }
        // from the leaves up; the node that line l feeds has the index of its asset, l + 1
        for (int a = network.lineCount(); a > 0; a--) {
            int above = network.parentNode(a - 1);
            for (int t = 0; t < steps; t++) {
                base_kW[above][t] += base_kW[a][t];
                low_kW[above][t] += low_kW[a][t];
                high_kW[above][t] += high_kW[a][t];
                decided[above][t] |= decided[a][t];
            }
        }
    }

    /** Puts the stages together, from the leaves up. */
    private final class Stages {
        private final List<List<Stage>> stagesAt = new ArrayList<>();
        private final List<List<StageSession>> sessionsAt = new ArrayList<>();
        private final List<List<Free>> freeAt = new ArrayList<>();
        private final double @Nullable [][] baseDrop_pu = question.voltageRows().isEmpty() ? null : baseDrops_pu();

        List<Stage> build() {
            for (int n = 0; n < network.nodeCount(); n++) {
                stagesAt.add(new ArrayList<>(2));
                sessionsAt.add(new ArrayList<>(2));
                freeAt.add(new ArrayList<>(0));
            }
            addHomes();
            boolean[][] rowsBelow = rowsBelow();
            for (int a = network.lineCount(); a >= 0; a--) {
                addAsset(a, rowsBelow[a]);
            }
            List<Stage> ordered = new ArrayList<>();
            for (Stage root : stagesAt.get(0)) {
                addInOrder(root, ordered);
            }
            return ordered;
        }

        private void addInOrder(Stage stage, List<Stage> ordered) {
            for (Stage child : stage.children) {
                addInOrder(child, ordered);
            }
            ordered.add(stage);
        }

        private void addHomes() {
            List<List<StageSession>> ofHome = new ArrayList<>();
            List<List<Free>> freeOfHome = new ArrayList<>();
            for (int h = 0; h < problem.homeCount(); h++) {
                ofHome.add(new ArrayList<>(1));
                freeOfHome.add(new ArrayList<>(0));
            }
            for (int i = 0; i < flexible.length; i++) {
                if (flexible[i]) {
                    Session session = problem.sessions().get(i);
                    (question.community() ? sessionsAt.get(session.node()) : ofHome.get(session.home()))
                            .add(stageSession(i, session));
                }
            }
            for (int h = 0; h < problem.homeCount(); h++) {
                for (int t = 0; t < steps; t++) {
                    if (question.curtailable()[h][t]) {
                        (question.community() ? freeAt.get(problem.homeNode(h)) : freeOfHome.get(h))
                                .add(new Free(h, t, problem.pv_kW(h, t)));
                    }
                }
                if (!question.community()) {
                    addHome(h, ofHome.get(h), freeOfHome.get(h));
                }
            }
        }

        private void addHome(int h, List<StageSession> sessions, List<Free> free) {
            boolean[] open = new boolean[steps];
            double[] low = homeBase_kW[h].clone();
            double[] high = low.clone();
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
                    constant_gbp += bill_gbp(homeBase_kW[h][t], t);
                }
            }
            if (!sessions.isEmpty() || !free.isEmpty()) {
                Stage stage = new Stage(List.of(), sessions, free);
                stage.steps = stepsOf(open);
                stage.home = h;
                stage.node = problem.homeNode(h);
                addBill(stage, homeBase_kW[h], low, high);
                stagesAt.get(problem.homeNode(h)).add(stage);
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
            for (int k = 0; k < m; k++) {
                at[k] = session.stepOfDay(k, problem.steps());
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
        private void addAsset(int a, boolean[] rowsBelow) {
            List<Stage> children = stagesAt.get(a);
            List<StageSession> sessions = sessionsAt.get(a);
            List<Free> free = freeAt.get(a);
            boolean[] open = decided[a];
            boolean empty = children.isEmpty() && sessions.isEmpty() && free.isEmpty();
            double most = 0;
            int leastStep = 0;
            double least = 0; // from steps that nothing can change
            for (int t = 0; t < steps; t++) {
                double q = problem.assetReactive_kvar(a, t);
                if (open[t]) {
                    double low = base_kW[a][t] + low_kW[a][t];
                    double high = base_kW[a][t] + high_kW[a][t];
                    most = Math.max(most, apparent_kVA(Math.max(Math.abs(low), Math.abs(high)), q));
                } else {
                    double s = apparent_kVA(base_kW[a][t], q);
                    if (s > least) {
                        least = s;
                        leastStep = t;
                    }
                }
            }
            constantPeak_kVA[a] = least;
            constantPeakStep[a] = leastStep;
            most = Math.max(most, least);
            PeakCost cost = question.peakCost()[a];
            boolean matters = !empty && cost.at(most) > cost.at(least);
            boolean drops = any(rowsBelow);
            boolean bill = a == 0 && question.community();
            if (!matters) {
                constant_gbp += cost.at(least);
            }
            if (bill) {
                for (int t = 0; t < steps; t++) {
                    constant_gbp += open[t] ? 0 : bill_gbp(base_kW[0][t], t);
                }
            }
            Stage stage;
            if (!matters && !drops && !(bill && !empty)) {
                pass(a, children, sessions, free);
                return;
            }
            Stage only = children.size() == 1 && sessions.isEmpty() && free.isEmpty() ? children.getFirst() : null;
            if (only != null
                    && only.drops.isEmpty()
                    && !drops
                    && (!matters || only.lines.size() < TreeProgram.MOST_LINES)) {
                stage = only;
            } else {
                stage = new Stage(children, sessions, free);
                stage.steps = stepsOf(open);
                stage.node = a;
            }
            if (matters) {
                stage.lines.add(stageLine(a, stage.steps, least, most, cost));
            }
            if (bill) {
                double[] low = new double[steps];
                double[] high = new double[steps];
                for (int t = 0; t < steps; t++) {
                    low[t] = base_kW[0][t] + low_kW[0][t];
                    high[t] = base_kW[0][t] + high_kW[0][t];
                }
                addBill(stage, base_kW[0], low, high);
            }
            if (drops) {
                addDrops(stage, a, rowsBelow);
            }
            if (stage != only) {
                stagesAt.set(a, new ArrayList<>(List.of(stage)));
                sessionsAt.set(a, new ArrayList<>(0));
                freeAt.set(a, new ArrayList<>(0));
            }
            pass(a, stagesAt.get(a), List.of(), List.of());
        }

        private void pass(int a, List<Stage> children, List<StageSession> sessions, List<Free> free) {
            if (a > 0) {
                int above = network.parentNode(a - 1);
                stagesAt.get(above).addAll(children);
                sessionsAt.get(above).addAll(sessions);
                freeAt.get(above).addAll(free);
            } else if (!sessions.isEmpty() || !free.isEmpty()) {
                throw new IllegalStateException("sessions without a bill");
            }
        }

        private StageLine stageLine(int a, int[] at, double least, double most, PeakCost cost) {
            double[] base = new double[at.length];
            double[] reactive = new double[at.length];
            for (int i = 0; i < at.length; i++) {
                int t = at[i];
                base[i] = base_kW[a][t];
                reactive[i] = problem.assetReactive_kvar(a, t);
            }
            return new StageLine(a, base, reactive, cost.between(least, most));
        }

        private boolean[][] rowsBelow() {
            boolean[][] rows = new boolean[network.nodeCount()][steps];
            for (VoltageRow row : question.voltageRows()) {
                rows[row.node()][row.step()] = true;
            }
            for (int a = network.lineCount(); a > 0; a--) {
                for (int t = 0; t < steps; t++) {
                    rows[network.parentNode(a - 1)][t] |= rows[a][t];
                }
            }
            Arrays.fill(rows[0], false); // the substation's voltage is given
            return rows;
        }

        private double[][] baseDrops_pu() {
            double[][] drop = new double[network.nodeCount()][steps];
            for (int l = 0; l < network.lineCount(); l++) {
                double perKW = LosslessFlow.dropPerKW_pu(network, l);
                double perKvar = LosslessFlow.dropPerKvar_pu(network, l);
                for (int t = 0; t < steps; t++) {
                    drop[l + 1][t] = drop[network.parentNode(l)][t]
                            + perKW * base_kW[l + 1][t]
                            + perKvar * problem.assetReactive_kvar(l + 1, t);
                }
            }
            return drop;
        }

        private void addDrops(Stage stage, int node, boolean[] rowsBelow) {
            if (baseDrop_pu == null) {
                throw new IllegalStateException("no voltage rows");
            }
            List<Drop> drops = new ArrayList<>();
            double r = PER_MILLE * LosslessFlow.dropPerKW_pu(network, node - 1);
            for (int t = 0; t < steps; t++) {
                if (rowsBelow[t]) {
                    double hinge = 0;
                    double at = 0;
                    for (VoltageRow row : question.voltageRows()) {
                        if (row.node() == node && row.step() == t) {
                            double limit = row.lower()
                                    ? network.voltage().lower_pu()
                                    : network.voltage().upper_pu();
                            hinge = row.lower() ? question.breach_gbp() : -question.breach_gbp();
                            at = PER_MILLE
                                    * (network.voltage().source_pu()
                                            - limit
                                            - baseDrop_pu[node][t]
                                            + (row.lower() ? -VOLTAGE_MARGIN : VOLTAGE_MARGIN));
                        }
                    }
                    drops.add(new Drop(t, r, hinge, at));
                }
            }
            stage.drops = drops;
        }
    }

    /** Without the care that {@link Math#hypot} takes of overflow, which costs more than all the rest here. */
    private static double apparent_kVA(double active_kW, double reactive_kvar) {
        return Math.sqrt(active_kW * active_kW + reactive_kvar * reactive_kvar);
    }

    private static boolean any(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    private static int[] stepsOf(boolean[] open) {
        int count = 0;
        for (boolean one : open) {
            count += one ? 1 : 0;
        }
        int[] at = new int[count];
        int i = 0;
        for (int t = 0; t < open.length; t++) {
            if (open[t]) {
                at[i++] = t;
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
                most = Math.max(most, p * p + program.reactive[c] * program.reactive[c]);
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
            double wear = problem.degradation_gbpPerKWh(problem.sessions().get(program.sessionOfDay[i])) * step_h;
            for (int j = program.entry[i]; j < program.entry[i + 1]; j++) {
                sum += wear * point.discharge[j] + program.chargeCost[j] * (point.charge[j] + point.discharge[j]);
            }
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

    /** Voltages at the kernel's iterate, {@code [node][step]}. */
    double[][] voltages_pu(InteriorPoint point) {
        double[][] flow_kW = new double[network.nodeCount()][];
        for (int a = 0; a < flow_kW.length; a++) {
            flow_kW[a] = base_kW[a].clone();
        }
        for (int i = 0; i < program.sessionCount; i++) {
            Session session = problem.sessions().get(program.sessionOfDay[i]);
            for (int j = program.entry[i]; j < program.entry[i + 1]; j++) {
                int t = session.stepOfDay(j - program.entry[i], problem.steps());
                addUpwards(flow_kW, session.node(), t, point.charge[j] - point.discharge[j]);
            }
        }
        int free = 0;
        for (Stage stage : program.stages) {
            for (Free one : stage.free) {
                addUpwards(flow_kW, problem.homeNode(one.owner()), one.step(), point.free[free++]);
            }
        }
        double[][] voltage = new double[network.nodeCount()][steps];
        Arrays.fill(voltage[0], network.voltage().source_pu());
        for (int l = 0; l < network.lineCount(); l++) {
            double perKW = LosslessFlow.dropPerKW_pu(network, l);
            double perKvar = LosslessFlow.dropPerKvar_pu(network, l);
            for (int t = 0; t < steps; t++) {
                voltage[l + 1][t] = voltage[network.parentNode(l)][t]
                        - perKW * flow_kW[l + 1][t]
                        - perKvar * problem.assetReactive_kvar(l + 1, t);
            }
        }
        return voltage;
    }

    private void addUpwards(double[][] flow_kW, int node, int step, double power_kW) {
        for (int a = node; a > 0; a = network.parentNode(a - 1)) {
            flow_kW[a][step] += power_kW;
        }
    }

    /**
     * The kernel's iterate as a schedule.
     *
     * @param prices where given and above 0, energy that goes around in a battery is taken out
     */
    Schedule schedule(InteriorPoint point, @Nullable Certificate prices) {
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
            Session session = problem.sessions().get(s);
            for (int k = 0; k < charge_kW[s].length; k++) {
                double in = point.charge[program.entry[i] + k];
                double out = point.discharge[program.entry[i] + k];
                int t = session.stepOfDay(k, problem.steps());
                if (prices != null && prices.price_gbpPerKW(session.node(), session.home(), t) > 0) {
                    double around = Math.min(in, out / (eta * eta));
                    in -= around;
                    out -= around * eta * eta;
                }
                charge_kW[s][k] = Math.clamp(in, 0, session.charger_kW());
                discharge_kW[s][k] = Math.clamp(out, 0, session.charger_kW());
            }
        }
        double[][] pvUsed_kW = new double[problem.homeCount()][steps];
        for (int h = 0; h < pvUsed_kW.length; h++) {
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

    /**
     * By how much the price at each node would fall in the steps in which feed-in comes near an asset's highest, were that asset's
     * price on them, {@code [node][step]}. A peak that is curtailed comes down to the next.
     */
    double[][] feedInDiscount_gbpPerKW(Certificate prices) {
        double[][] discount = new double[network.nodeCount()][steps];
        for (int a = 0; a < discount.length; a++) {
            int peakStep = constantPeakStep[a];
            double price = -prices.activePrice_gbpPerKW(a, peakStep);
            boolean feedsIn = base_kW[a][peakStep] < 0 && price < 0;
            for (int t = 0; t < steps; t++) {
                if (a > 0) {
                    discount[a][t] = discount[network.parentNode(a - 1)][t];
                }
                if (feedsIn && t != peakStep && base_kW[a][t] < NEXT_TO_PEAK * base_kW[a][peakStep]) {
                    discount[a][t] -= price;
                }
            }
        }
        return discount;
    }

    /** The iterate's prices, as duals of the full day. */
    Certificate certificate(InteriorPoint point) {
        int assets = problem.assetCount();
        Certificate duals = new Certificate(problem, question.mode(), question.tieCost_gbp());
        for (int t = 0; t < steps; t++) { // the prices of the bills that nothing bends
            if (question.community()) {
                duals.setRootPrice(t, price_gbpPerKW(base_kW[0][t], t));
            } else {
                for (int h = 0; h < homeBase_kW.length; h++) {
                    duals.setHomePrice(h, t, price_gbpPerKW(homeBase_kW[h][t], t));
                }
            }
        }
        for (int l = 0; l < assetOfLine.length; l++) {
            int s = program.stageOfLine[l];
            int asset = assetOfLine[l];
            int[] at = program.stages.get(s).steps;
            for (int i = 0; i < at.length; i++) {
                int c = program.cone[l] + i;
                double onPeak = point.peakDual[c];
                double onFlow = point.flowDual[c];
                double onReactive = Math.sqrt(Math.max(0, (onPeak - onFlow) * (onPeak + onFlow))); // all that it may be
                duals.setCone(asset, at[i], onPeak, onFlow, -Math.copySign(onReactive, program.reactive[c]));
            }
        }
        for (int a = 0; a < assets; a++) {
            double s = constantPeak_kVA[a];
            double missing = s > 0 ? question.peakCost()[a].slopeBelow(s) - duals.peakPrice(a) : 0;
            if (missing > 0) {
                int t = constantPeakStep[a];
                duals.setCone(
                        a, t, missing, -missing * base_kW[a][t] / s, -missing * problem.assetReactive_kvar(a, t) / s);
            }
        }
        for (int s = 0; s < program.stageCount; s++) {
            int[] at = program.stages.get(s).steps;
            for (int i = 0; i < at.length; i++) {
                int p = program.position[s] + i;
                if (program.priced[p]) {
                    if (homeOfStage[s] >= 0) {
                        duals.setHomePrice(homeOfStage[s], at[i], point.flowPrice(p));
                    } else {
                        duals.setRootPrice(at[i], point.flowPrice(p));
                    }
                }
            }
            for (int d = program.drop[s]; d < program.drop[s + 1]; d++) {
                if (program.dropHinge[d] != 0) {
                    int step =
                            program.stages.get(s).drops.get(d - program.drop[s]).step();
                    duals.setVoltage(nodeOfStage[s], step, PER_MILLE * point.dropForce(d));
                }
            }
        }
        duals.settlePrices();
        for (int i = 0; i < program.sessionCount; i++) {
            int session = program.sessionOfDay[i];
            for (int k = 0; k < program.entry[i + 1] - program.entry[i]; k++) {
                duals.setEnergyValue(session, k, point.value[program.entry[i] + k]);
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
