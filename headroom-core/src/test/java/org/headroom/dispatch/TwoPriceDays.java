package org.headroom.dispatch;

import java.util.Arrays;
import java.util.List;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.time.DaySteps;

/** One home at the end of one line, for days that can be worked out by hand. */
final class TwoPriceDays {
    /** Charging takes 1 kWh from the wall for each .95 stored. */
    static final double ETA = 0.95;

    final double[] buy = filled(0.30);
    final double[] sell = filled(0);
    final double[] demand_kW = new double[24];
    final double[] demand_kvar = new double[24];
    final double[] pv_kW = new double[24];
    double capacity_kVA = 1000;
    double resistance_ohm = 1e-6;
    double lineAsset_gbp = 0;
    double substationAsset_gbp = 0;
    TieBreak tieBreak = TieBreak.EARLIEST;
    Expansion expansion = Expansion.NEVER;

    static double[] filled(double value) {
        double[] array = new double[24];
        Arrays.fill(array, value);
        return array;
    }

    /** A session of the home, whose battery wears by .01 GBP a kWh given back. */
    static Session session(double charger_kW, int arrive, int depart, double arrive_kWh, double depart_kWh) {
        return new Session("car", 1, 0, charger_kW, 50, arrive, depart, arrive_kWh, depart_kWh, 5000);
    }

    DayProblem problem(Session... sessions) {
        DispatchSettings d = DispatchSettings.DEFAULT;
        return new DayProblem(
                new Network(
                        "one line",
                        400,
                        new VoltageBand(0.94, 1.10, 1),
                        new Substation("S", 1000, substationAsset_gbp),
                        List.of(new Node("a", null, 1, 0)),
                        List.of(new Line("Sa", "S", "a", 10, "x", resistance_ohm, 0, capacity_kVA, lineAsset_gbp))),
                DaySteps.HOURLY,
                new DispatchSettings(
                        ETA,
                        d.degradationPercentPerCycle(),
                        d.discountRate(),
                        d.loadGrowthRate(),
                        10,
                        expansion,
                        tieBreak,
                        365),
                List.of("home"),
                new int[] {1},
                new double[][] {demand_kW},
                new double[][] {demand_kvar},
                new double[][] {pv_kW},
                buy,
                sell,
                List.of(sessions));
    }

    static DayOutcome solved(DayProblem problem, ChargingMode mode) {
        DispatchResult result = HighsSolver.solve(problem, mode);
        if (result instanceof DispatchResult.Solved solved) {
            return solved.outcome();
        }
        throw new AssertionError(mode.label() + ": " + result);
    }
}
