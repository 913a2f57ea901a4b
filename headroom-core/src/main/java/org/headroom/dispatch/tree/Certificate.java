package org.headroom.dispatch.tree;

import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.Session;
import org.headroom.network.Network;
import org.headroom.powerflow.LosslessFlow;

/**
 * Prices that prove how little a day can cost: duals of the full problem, and the Lagrangian bound they give (design, Sec. 7).
 *
 * <p>The bound holds for any prices whose cones hold, {@code conePeak >= |(coneActive, coneReactive)|}; better prices only make it
 * tighter. All are in GBP per kW (or kVA, kvar) and step.
 */
public final class Certificate {
    /** More than what rounding takes from the length of two prices. */
    private static final double ROUNDING = 1e-15;

    private final DayProblem problem;
    private final Network network;
    private final int steps;
    private final double step_h;
    private final double eta;
    private final boolean mayDischarge;
    /** 0 in what is given out. */
    private final double tieCost_gbp;

    private final NodePrices prices;
    /** Of an asset's peak and reactive flow, {@code [asset, step]}. */
    private final double[] conePeak;

    private final double[] coneReactive;
    private final double[][] energyValue;

    /** Takes the prices of power; those of peaks, reactive flows and energies are still to be set. */
    Certificate(DayProblem problem, ChargingMode mode, double tieCost_gbp, NodePrices prices) {
        this.problem = problem;
        this.tieCost_gbp = tieCost_gbp;
        this.prices = prices;
        this.network = problem.network();
        this.steps = problem.stepCount();
        this.step_h = problem.steps().step_h();
        this.eta = problem.settings().efficiency();
        this.mayDischarge = mode.mayDischarge();
        conePeak = new double[problem.assetCount() * steps];
        coneReactive = new double[problem.assetCount() * steps];
        energyValue = new double[problem.sessions().size()][];
        for (int i = 0; i < energyValue.length; i++) {
            energyValue[i] = new double[problem.sessions().get(i).length(problem.steps())];
        }
    }

    /** Price of power at the substation where the community pays one bill, else 0; between the sell and the buy price. */
    public double rootPrice_gbpPerKW(int step) {
        return prices.root(step);
    }

    /** Price of a home's own bill, in the modes in which homes pay, else 0; between the sell and the buy price. */
    public double homePrice_gbpPerKW(int home, int step) {
        return prices.home(home, step);
    }

    /** Price on the peak of an asset in a step; at least the length of the prices on its active and reactive flow. */
    public double peakPrice_gbpPerKVA(int asset, int step) {
        return conePeak[asset * steps + step];
    }

    /** Price on the active flow of an asset in a step. */
    public double activePrice_gbpPerKW(int asset, int step) {
        return prices.active(asset, step);
    }

    /** Price on the reactive flow of an asset in a step. */
    public double reactivePrice_gbpPerKvar(int asset, int step) {
        return coneReactive[asset * steps + step];
    }

    /** Price of the voltage drop at a node: at least 0 where its lower limit is priced, at most 0 where the upper is. */
    public double voltagePrice_gbpPerPu(int node, int step) {
        return prices.voltage(node, step);
    }

    /** Value of a session's stored energy at the start of the k-th step plugged in, for a kW over a step. */
    public double energyValue_gbpPerKW(int session, int k) {
        return energyValue[session][k];
    }

    /** The prices of power that the bound rests on. */
    NodePrices prices() {
        return prices;
    }

    /** Prices the peak and the reactive flow of an asset, beside its active flow, which is priced already. */
    void setCone(int asset, int step, double peak, double reactive) {
        double active = prices.active(asset, step);
        double length = Math.sqrt(active * active + reactive * reactive) * (1 + ROUNDING);
        conePeak[asset * steps + step] = Math.max(peak, length);
        coneReactive[asset * steps + step] = reactive;
    }

    void setEnergyValue(int session, int k, double value) {
        energyValue[session][k] = value;
    }

    /** Value of stored energy under which a session that has no choice costs what it costs. */
    void setFixedEnergyValue(int session, double power_kW) {
        Session s = problem.sessions().get(session);
        double value = power_kW > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        double wear = problem.degradation_gbpPerKWh(s) * step_h;
        for (int k = 0, t = s.stepOfDay(0, problem.steps());
                k < energyValue[session].length;
                k++, t = problem.steps().after(t)) {
            double price = prices.at(s.node(), s.home(), t);
            if (power_kW > 0) {
                value = Math.max(value, Math.max(price / eta, mayDischarge ? (price - wear) * eta : price / eta));
            } else {
                value = Math.min(value, Math.min(price / eta, mayDischarge ? (price - wear) * eta : price / eta));
            }
        }
        java.util.Arrays.fill(energyValue[session], value);
    }

    /** The bound: no schedule within the limits costs less, for the costs of peaks given. */
    double lowerBound_gbp(PeakCost[] peakCost) {
        double sum = 0;
        for (int h = 0; h < problem.homeCount(); h++) {
            int node = problem.homeNode(h);
            double ofHome = 0;
            for (int t = 0; t < steps; t++) {
                double price = prices.at(node, h, t);
                ofHome += price * problem.demand_kW(h, t) - Math.max(0, price) * problem.pv_kW(h, t);
            }
            sum += ofHome;
        }
        for (int a = 0; a < peakCost.length; a++) {
            double peakPrice = 0;
            double reactive = 0;
            for (int t = 0; t < steps; t++) {
                peakPrice += conePeak[a * steps + t];
                reactive += coneReactive[a * steps + t] * problem.assetReactive_kvar(a, t);
            }
            sum += peakCost[a].leastBelow(peakPrice, 0) - reactive;
        }
        sum += prices.voltages() ? voltageTerms_gbp() : 0;
        for (int i = 0; i < energyValue.length; i++) {
            sum += leastOfSession_gbp(i);
        }
        return sum;
    }

    private double voltageTerms_gbp() {
        double sum = 0;
        double[] reactiveDrop = new double[network.nodeCount() * steps];
        for (int l = 0; l < network.lineCount(); l++) {
            double perKvar = LosslessFlow.dropPerKvar_pu(network, l);
            int above = network.parentNode(l) * steps;
            int here = (l + 1) * steps;
            for (int t = 0; t < steps; t++) {
                reactiveDrop[here + t] = reactiveDrop[above + t] + perKvar * problem.assetReactive_kvar(l + 1, t);
                double price = prices.voltage(l + 1, t);
                if (price != 0) {
                    double limit = price > 0
                            ? network.voltage().lower_pu()
                            : network.voltage().upper_pu();
                    sum += price * (reactiveDrop[here + t] - (network.voltage().source_pu() - limit));
                }
            }
        }
        return sum;
    }

    /** What a session costs at least at its prices: powers and energies each at the better of their bounds. */
    private double leastOfSession_gbp(int i) {
        Session s = problem.sessions().get(i);
        double[] value = energyValue[i];
        double wear = problem.degradation_gbpPerKWh(s) * step_h;
        double reserve = problem.reserve_kWh(s);
        int last = value.length - 1;
        double sum = (value[last] * s.depart_kWh() - value[0] * s.arrive_kWh()) / step_h;
        for (int k = 0, t = s.stepOfDay(0, problem.steps());
                k <= last;
                k++, t = problem.steps().after(t)) {
            double price = prices.at(s.node(), s.home(), t);
            double tie = CondensedDay.tieCost_gbp(problem, tieCost_gbp, s, k, value.length);
            sum += Math.min(0, price + tie - eta * value[k]) * s.charger_kW();
            if (mayDischarge) {
                sum += Math.min(0, wear + tie - price + value[k] / eta) * s.charger_kW();
            }
            if (k < last) {
                double kept = value[k] - value[k + 1];
                sum += Math.min(kept * reserve, kept * s.capacity_kWh()) / step_h;
            }
        }
        return sum;
    }
}
