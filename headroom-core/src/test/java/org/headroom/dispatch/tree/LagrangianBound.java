package org.headroom.dispatch.tree;

import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.Session;
import org.headroom.network.Line;
import org.headroom.network.Network;

/**
 * The bound that a certificate's prices give, computed anew from the problem and the prices alone: plain loops over homes, lines and
 * cars, every price a node pays gathered on its own way to the substation. Without expansions.
 */
final class LagrangianBound {
    private LagrangianBound() {}

    static double of(DayProblem problem, ChargingMode mode, Certificate prices) {
        boolean sharing = mode instanceof ChargingMode.VirtualVehicleToVehicle;
        double hours = problem.steps().step_h();
        double bound = 0;
        for (int t = 0; t < problem.stepCount(); t++) {
            double buy = problem.buy_gbpPerKWh(t) * hours;
            double sell = problem.sell_gbpPerKWh(t) * hours;
            for (int h = 0; h < problem.homeCount(); h++) {
                double own = prices.homePrice_gbpPerKW(h, t);
                check(sharing ? own == 0 : within(own, sell, buy), "home price");
                double price = own + nodePrice(problem, prices, problem.homeNode(h), t);
                bound += price * problem.demand_kW(h, t) + Math.min(0, -price * problem.pv_kW(h, t));
            }
            check(
                    sharing ? within(prices.rootPrice_gbpPerKW(t), sell, buy) : prices.rootPrice_gbpPerKW(t) == 0,
                    "price at the substation");
            for (int a = 0; a < problem.assetCount(); a++) {
                double active = prices.activePrice_gbpPerKW(a, t);
                double reactive = prices.reactivePrice_gbpPerKvar(a, t);
                check(
                        prices.peakPrice_gbpPerKVA(a, t)
                                >= Math.sqrt(active * active + reactive * reactive) * (1 - 1e-12),
                        "cone");
                bound -= reactive * problem.assetReactive_kvar(a, t);
            }
            bound += voltages(problem, prices, t);
        }
        for (int a = 0; a < problem.assetCount(); a++) {
            bound += cheapestPeak(problem, sharing, prices, a);
        }
        for (int i = 0; i < problem.sessions().size(); i++) {
            bound += cheapestSession(problem, mode, prices, i);
        }
        return bound;
    }

    private static boolean within(double x, double low, double high) {
        return x >= low - 1e-12 && x <= high + 1e-12;
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("the prices are not feasible: " + what);
        }
    }

    /** What a kW at a node costs the network: down from the substation, line by line. */
    private static double nodePrice(DayProblem problem, Certificate prices, int node, int t) {
        Network network = problem.network();
        double price = prices.rootPrice_gbpPerKW(t) - prices.activePrice_gbpPerKW(0, t);
        for (int n = node; n > 0; n = network.parentNode(n - 1)) {
            price -= prices.activePrice_gbpPerKW(n, t);
        }
        // a kW here lowers the voltage of every node by the resistance of the way they share
        for (int m = 1; m < network.nodeCount(); m++) {
            double voltage = prices.voltagePrice_gbpPerPu(m, t);
            if (voltage != 0) {
                price += voltage * sharedResistance_puPerKW(network, node, m);
            }
        }
        return price;
    }

    private static double sharedResistance_puPerKW(Network network, int one, int other) {
        double sum = 0;
        for (int n = one; n > 0; n = network.parentNode(n - 1)) {
            for (int m = other; m > 0; m = network.parentNode(m - 1)) {
                if (n == m) {
                    sum += 1000 * network.line(n - 1).resistance_ohm() / (network.base_V() * network.base_V());
                }
            }
        }
        return sum;
    }

    private static double voltages(DayProblem problem, Certificate prices, int t) {
        Network network = problem.network();
        double sum = 0;
        for (int n = 1; n < network.nodeCount(); n++) {
            double price = prices.voltagePrice_gbpPerPu(n, t);
            if (price != 0) {
                double drop = 0;
                for (int m = n; m > 0; m = network.parentNode(m - 1)) {
                    Line line = network.line(m - 1);
                    drop += 1000
                            * line.reactance_ohm()
                            * problem.assetReactive_kvar(m, t)
                            / (network.base_V() * network.base_V());
                }
                double limit = price > 0
                        ? network.voltage().lower_pu()
                        : network.voltage().upper_pu();
                sum += price * (drop - (network.voltage().source_pu() - limit));
            }
        }
        return sum;
    }

    /** Least of a day's present value less the price of the peak: at a breakpoint, since both are straight between. */
    private static double cheapestPeak(DayProblem problem, boolean sharing, Certificate prices, int asset) {
        double price = 0;
        for (int t = 0; t < problem.stepCount(); t++) {
            price += prices.peakPrice_gbpPerKVA(asset, t);
        }
        double kappa = Math.log(1 + problem.settings().discountRate())
                / Math.log(1 + problem.settings().loadGrowthRate());
        double value = sharing
                ? problem.assetValue_gbpPerYear(asset) / problem.settings().presentValueDays()
                : 0;
        int segments = problem.settings().apvSegments();
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k <= segments; k++) {
            double loading = (double) k / segments;
            least = Math.min(
                    least, value * Math.pow(loading, kappa) - price * loading * problem.assetCapacity_kVA(asset));
        }
        return least;
    }

    private static double cheapestSession(DayProblem problem, ChargingMode mode, Certificate prices, int i) {
        Session session = problem.sessions().get(i);
        double hours = problem.steps().step_h();
        double eta = problem.settings().efficiency();
        double wear = problem.degradation_gbpPerKWh(session) * hours;
        int last = session.length(problem.steps()) - 1;
        double sum = 0;
        for (int k = 0; k <= last; k++) {
            int t = (session.arriveStep() + k) % problem.stepCount();
            double price = prices.homePrice_gbpPerKW(session.home(), t) + nodePrice(problem, prices, session.node(), t);
            double value = prices.energyValue_gbpPerKW(i, k);
            sum += session.charger_kW() * Math.min(0, price - eta * value);
            if (mode.mayDischarge()) {
                sum += session.charger_kW() * Math.min(0, value / eta + wear - price);
            }
            double stored = value - (k < last ? prices.energyValue_gbpPerKW(i, k + 1) : 0);
            double kept_kWh =
                    Math.min(problem.settings().reserveShare() * session.capacity_kWh(), session.arrive_kWh());
            sum += k < last
                    ? (stored > 0 ? stored * kept_kWh : stored * session.capacity_kWh()) / hours
                    : value * session.depart_kWh() / hours;
        }
        return sum - prices.energyValue_gbpPerKW(i, 0) * session.arrive_kWh() / hours;
    }
}
