package org.headroom.dispatch;

/**
 * By how much a schedule breaks the limits of the network: what both solvers make least on a day that has no schedule.
 *
 * <p>It is the sum of, for every asset, the kVA by which its peak of the day exceeds its capacity (twice that where it is expanded),
 * and for every node and step, each .001 pu by which the voltage lies beyond a limit. Either counts as one.
 */
public final class Breach {
    /** What counts as much as a kVA, per unit. */
    public static final double VOLTAGE_PU = 1e-3;
    /** How much dearer than at first a breach is where a limit may be worth more, and where no schedule keeps all limits. */
    private static final double HIGHER = 100;

    private Breach() {}

    /** The breach of a schedule; 0 where it keeps all limits. */
    public static double of(DayOutcome day) {
        DayProblem problem = day.problem();
        double sum = 0;
        for (int a = 0; a < problem.assetCount(); a++) {
            double limit = problem.assetCapacity_kVA(a) * (day.schedule().expanded(a) ? 2 : 1);
            sum += Math.max(0, day.assetPeak_kVA(a) - limit);
        }
        double lower = problem.network().voltage().lower_pu();
        double upper = problem.network().voltage().upper_pu();
        for (int n = 0; n < problem.network().nodeCount(); n++) {
            for (int t = 0; t < problem.stepCount(); t++) {
                double u = day.voltage_pu(n, t);
                sum += Math.max(0, Math.max(lower - u, u - upper)) / VOLTAGE_PU;
            }
        }
        return sum;
    }

    /** A price of breaches above what any limit is worth on an ordinary day, and above the slope of any asset's cost; GBP. */
    public static double price_gbp(DayProblem problem) {
        double most = 0.5;
        PresentValueCurve curve = PresentValueCurve.of(problem.settings());
        double steepest = curve.slope(curve.segments() - 1);
        for (int a = 0; a < problem.assetCount(); a++) {
            double value = problem.assetValue_gbpPerYear(a)
                    / Math.min(problem.settings().presentValueDays(), DispatchSettings.EXPANSION_DAYS);
            most = Math.max(most, value * steepest / problem.assetCapacity_kVA(a));
        }
        for (int t = 0; t < problem.stepCount(); t++) {
            most = Math.max(most, Math.max(Math.abs(problem.buy_gbpPerKWh(t)), Math.abs(problem.sell_gbpPerKWh(t))));
        }
        return 20 * most;
    }

    /** A price far above that of anything else on the day: the cheapest schedule breaks as little as can be. */
    public static double highPrice_gbp(DayProblem problem) {
        return HIGHER * price_gbp(problem);
    }
}
