package org.headroom.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.headroom.network.Network;
import org.headroom.powerflow.FixedLossFlow;
import org.headroom.powerflow.LosslessFlow;

/**
 * What a schedule does to network and bills, recomputed from the schedule alone: flows, voltages, peaks, present value and
 * every cost of eqs. 2a-3c. No solver's number enters here. Where lines lose a share of their flow, limits and present value look at
 * the end of a line where the power goes in, voltages at what it delivers.
 */
public final class DayOutcome {
    /** A limit counts as broken beyond this share of it: the tolerance of the solvers, not an allowance. */
    private static final double TOLERANCE = 1e-6;
    /** Loads and voltages closer than this look alike in the sentences about them. */
    private static final double SHOWN_kVA = 0.005;

    private static final double SHOWN_pu = 0.00005;
    /** Squares below this share of others are so beyond doubt of rounding. */
    private static final double SURELY_LESS = 1 - 1e-14;

    private final DayProblem problem;
    private final ChargingMode mode;
    private final Schedule schedule;
    private final double[][] nodal_kW;
    private final double[][] delivered_kW;
    private final double[][] lineFlow_kW;
    private final double[] substation_kW;
    private final double[][] voltage_pu;
    private final double[] peak_kVA;
    private final double[] peak_kW;
    private final double energyCost_gbp;
    private final double degradationCost_gbp;
    private final double expansionCost_gbp;
    private final double presentValue_gbpPerYear;
    private final PresentValueCurve curve;

    public DayOutcome(DayProblem problem, ChargingMode mode, Schedule schedule) {
        this.problem = problem;
        this.mode = mode;
        this.schedule = schedule;
        this.curve = PresentValueCurve.of(problem.settings());
        Network network = problem.network();
        int steps = problem.stepCount();
        this.nodal_kW = LosslessFlow.rows(network.nodeCount(), steps);
        for (int h = 0; h < problem.homeCount(); h++) {
            addHome(h, nodal_kW[problem.homeNode(h)]);
        }
        addSessions(nodal_kW, false);
        double lossShare = problem.settings().losses().share();
        this.delivered_kW = FixedLossFlow.delivered_kW(network, nodal_kW, lossShare);
        this.lineFlow_kW = lossShare == 0 ? delivered_kW : FixedLossFlow.entering_kW(delivered_kW, lossShare);
        this.substation_kW = FixedLossFlow.substationFlow_kW(network, nodal_kW, delivered_kW, lossShare);
        this.voltage_pu = LosslessFlow.voltages_pu(network, steps, delivered_kW, problem.lineReactive_kvar());

        this.peak_kVA = new double[problem.assetCount()];
        this.peak_kW = new double[problem.assetCount()];
        double presentValue = 0;
        double expansion = 0;
        for (int a = 0; a < problem.assetCount(); a++) {
            findPeak(a, a == 0 ? substation_kW : lineFlow_kW[a - 1], problem.assetReactive_kvar(a));
            if (schedule.expanded(a)) {
                expansion += problem.assetValue_gbpPerYear(a) / DispatchSettings.EXPANSION_DAYS;
            }
            presentValue += assetPresentValue_gbpPerYear(a);
        }
        this.presentValue_gbpPerYear = presentValue;
        this.expansionCost_gbp = expansion;
        this.energyCost_gbp = energyCost_gbp(mode);
        this.degradationCost_gbp = degradation_gbp();
    }

    private void findPeak(int asset, double[] flow_kW, double[] reactive_kvar) {
        double active = 0;
        double squares = 0;
        for (int t = 0; t < flow_kW.length; t++) {
            double p = flow_kW[t];
            double q = reactive_kvar[t];
            active = Math.max(active, Math.abs(p));
            squares = Math.max(squares, p * p + q * q);
        }
        double apparent = 0;
        for (int t = 0; t < flow_kW.length; t++) {
            double p = flow_kW[t];
            double q = reactive_kvar[t];
            if (!(p * p + q * q
                    < squares * SURELY_LESS)) { // hypot is dear: only where it may be the peak, or not a number
                apparent = Math.max(apparent, Math.hypot(p, q));
            }
        }
        peak_kW[asset] = active;
        peak_kVA[asset] = apparent;
    }

    /** Adds what a home takes beside its cars: demand less the PV used. */
    private void addHome(int home, double[] row) {
        for (int t = 0; t < row.length; t++) {
            row[t] += problem.demand_kW(home, t) - schedule.pvUsed_kW(home, t);
        }
    }

    /** Adds what sessions take to the rows of their nodes, or of their homes. */
    private void addSessions(double[][] rows, boolean byHome) {
        for (int s = 0; s < problem.sessions().size(); s++) {
            Session session = problem.sessions().get(s);
            double[] row = rows[byHome ? session.home() : session.node()];
            int m = session.length(problem.steps());
            int t = session.stepOfDay(0, problem.steps());
            for (int k = 0; k < m; k++) {
                row[t] += schedule.charge_kW(s, k) - schedule.discharge_kW(s, k);
                t = problem.steps().after(t);
            }
        }
    }

    private double energyCost_gbp(ChargingMode mode) {
        return switch (mode) {
            case ChargingMode.VirtualVehicleToVehicle _ -> bill_gbp(substation_kW);
            case ChargingMode.Immediate _, ChargingMode.Smart _, ChargingMode.VehicleToGrid _ -> {
                double[][] home_kW = LosslessFlow.rows(problem.homeCount(), problem.stepCount());
                for (int h = 0; h < home_kW.length; h++) {
                    addHome(h, home_kW[h]);
                }
                addSessions(home_kW, true);
                double cost = 0;
                for (double[] net_kW : home_kW) {
                    cost += bill_gbp(net_kW);
                }
                yield cost;
            }
        };
    }

    /** Import at the buy price less export at the sell price (eqs. 2b, 3b). */
    private double bill_gbp(double[] net_kW) {
        double cost = 0;
        for (int t = 0; t < net_kW.length; t++) {
            cost += net_kW[t] * (net_kW[t] > 0 ? problem.buy_gbpPerKWh(t) : problem.sell_gbpPerKWh(t));
        }
        return cost * problem.steps().step_h();
    }

    private double degradation_gbp() {
        double cost = 0;
        for (int s = 0; s < problem.sessions().size(); s++) {
            Session session = problem.sessions().get(s);
            double discharged_kW = 0;
            int m = session.length(problem.steps());
            for (int k = 0; k < m; k++) {
                discharged_kW += schedule.discharge_kW(s, k);
            }
            cost += discharged_kW * problem.steps().step_h() * problem.degradation_gbpPerKWh(session);
        }
        return cost;
    }

    public DayProblem problem() {
        return problem;
    }

    public ChargingMode mode() {
        return mode;
    }

    public Schedule schedule() {
        return schedule;
    }

    /** The mode's own objective: eq. 2a for V-V2V, eq. 3a for the others. */
    public double objective_gbp() {
        double homes = energyCost_gbp + expansionCost_gbp + degradationCost_gbp;
        return switch (mode) {
            case ChargingMode.VirtualVehicleToVehicle _ -> homes + presentValueCost_gbp();
            case ChargingMode.Immediate _, ChargingMode.Smart _, ChargingMode.VehicleToGrid _ -> homes;
        };
    }

    public double energyCost_gbp() {
        return energyCost_gbp;
    }

    public double degradationCost_gbp() {
        return degradationCost_gbp;
    }

    public double expansionCost_gbp() {
        return expansionCost_gbp;
    }

    /** Present value of all assets that are not expanded, at the day's peaks. */
    public double presentValue_gbpPerYear() {
        return presentValue_gbpPerYear;
    }

    /** A day's share of the present value. */
    public double presentValueCost_gbp() {
        return presentValue_gbpPerYear / problem.settings().presentValueDays();
    }

    /** Net active power that a node takes: demand and charging less PV and discharging. */
    public double nodal_kW(int node, int step) {
        return nodal_kW[node][step];
    }

    /**
     * Active flow of an asset: 0 is the substation, {@code l + 1} is line {@code l}. Where lines lose a share of it, this is the flow
     * at the end where the power goes in.
     */
    public double assetFlow_kW(int asset, int step) {
        return asset == 0 ? substation_kW[step] : lineFlow_kW[asset - 1][step];
    }

    /** Active flow at the lower end of a line: what it delivers. */
    public double delivered_kW(int line, int step) {
        return delivered_kW[line][step];
    }

    /** What all lines lose over the day by the fixed share; 0 where dispatch has no losses. */
    public double lineLosses_kWh() {
        double share = problem.settings().losses().share();
        double sum = 0;
        for (double[] line : delivered_kW) {
            for (double p : line) {
                sum += share * Math.abs(p);
            }
        }
        return sum * problem.steps().step_h();
    }

    /** Highest apparent power of an asset over the day. */
    public double assetPeak_kVA(int asset) {
        return peak_kVA[asset];
    }

    /** Highest active power of an asset over the day, in either direction. */
    public double assetPeak_kW(int asset) {
        return peak_kW[asset];
    }

    /** Headroom rate of an asset (eqs. 18, 20); negative where it is overloaded. */
    public double headroomRate(int asset) {
        return 1 - peak_kVA[asset] / problem.assetCapacity_kVA(asset);
    }

    /** Present value of an asset at the day's peak; none where it is expanded (eq. 2c). */
    public double assetPresentValue_gbpPerYear(int asset) {
        return schedule.expanded(asset)
                ? 0
                : problem.assetValue_gbpPerYear(asset)
                        * curve.share(peak_kVA[asset] / problem.assetCapacity_kVA(asset));
    }

    public double voltage_pu(int node, int step) {
        return voltage_pu[node][step];
    }

    public double lowestVoltage_pu() {
        double lowest = problem.network().voltage().source_pu();
        for (double[] node : voltage_pu) {
            for (double u : node) {
                lowest = Math.min(lowest, u);
            }
        }
        return lowest;
    }

    /** Mean active power of the substation. */
    public double mean_kW() {
        double sum = 0;
        for (double p : substation_kW) {
            sum += p;
        }
        return sum / substation_kW.length;
    }

    public double curtailed_kWh() {
        double sum = 0;
        for (int h = 0; h < problem.homeCount(); h++) {
            for (int t = 0; t < problem.stepCount(); t++) {
                sum += problem.pv_kW(h, t) - schedule.pvUsed_kW(h, t);
            }
        }
        return sum * problem.steps().step_h();
    }

    public double discharged_kWh() {
        double sum = 0;
        for (int s = 0; s < problem.sessions().size(); s++) {
            for (int k = 0; k < problem.sessions().get(s).length(problem.steps()); k++) {
                sum += schedule.discharge_kW(s, k);
            }
        }
        return sum * problem.steps().step_h();
    }

    /** Stored energy of a session at the end of its k-th step plugged in. */
    public double energy_kWh(int session, int k) {
        Session s = problem.sessions().get(session);
        double eta = problem.settings().efficiency();
        double energy = s.arrive_kWh();
        for (int i = 0; i <= k; i++) {
            energy += problem.steps().step_h()
                    * (schedule.charge_kW(session, i) * eta - schedule.discharge_kW(session, i) / eta);
        }
        return energy;
    }

    /** Limits of the network that the schedule breaks, one sentence each; empty where it keeps them all. */
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        for (int a = 0; a < problem.assetCount(); a++) {
            double limit = problem.assetCapacity_kVA(a) * (schedule.expanded(a) ? 2 : 1);
            if (peak_kVA[a] > limit * (1 + TOLERANCE)) {
                violations.add(overload(a, limit));
            }
        }
        double lower = problem.network().voltage().lower_pu();
        double upper = problem.network().voltage().upper_pu();
        for (int n = 0; n < voltage_pu.length; n++) {
            double lowest = Arrays.stream(voltage_pu[n]).min().orElseThrow();
            double highest = Arrays.stream(voltage_pu[n]).max().orElseThrow();
            if (lowest < lower - TOLERANCE) {
                violations.add(beyond(n, lowest, "lower", lower, "below"));
            }
            if (highest > upper + TOLERANCE) {
                violations.add(beyond(n, highest, "upper", upper, "above"));
            }
        }
        return violations;
    }

    /** Named is the first step with what is shown as the worst: on a plateau rounding would decide. */
    private String beyond(int node, double worst_pu, String limit, double limit_pu, String side) {
        int step = 0;
        while (Math.abs(voltage_pu[node][step] - worst_pu) > SHOWN_pu) {
            step++;
        }
        return String.format(
                Locale.ROOT,
                "node %s: %.4f pu at step %d, %s limit %.4f pu, %s by %.4f pu",
                problem.network().node(node).id(),
                worst_pu,
                step,
                limit,
                limit_pu,
                side,
                Math.abs(worst_pu - limit_pu));
    }

    private String overload(int asset, double limit_kVA) {
        int steps = 0;
        for (int t = 0; t < problem.stepCount(); t++) {
            steps += apparent_kVA(asset, t) > limit_kVA * (1 + TOLERANCE) ? 1 : 0;
        }
        int worst = 0;
        while (apparent_kVA(asset, worst) < peak_kVA[asset] - SHOWN_kVA) {
            worst++;
        }
        return String.format(
                Locale.ROOT,
                "%s: %.2f kVA at step %d, capacity %.2f kVA, over by %.2f kVA (%d step%s over)",
                asset == 0 ? "substation" : "line " + problem.assetId(asset),
                peak_kVA[asset],
                worst,
                limit_kVA,
                peak_kVA[asset] - limit_kVA,
                steps,
                steps == 1 ? "" : "s");
    }

    private double apparent_kVA(int asset, int step) {
        return Math.hypot(assetFlow_kW(asset, step), problem.assetReactive_kvar(asset, step));
    }
}
