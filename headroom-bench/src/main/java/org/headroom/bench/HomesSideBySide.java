package org.headroom.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.DispatchSettings;
import org.headroom.dispatch.Expansion;
import org.headroom.dispatch.HighsSolver;
import org.headroom.dispatch.HomeSolver;
import org.headroom.dispatch.HomesResult;
import org.headroom.dispatch.Session;
import org.headroom.dispatch.TieBreak;
import org.headroom.household.Tariff;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;

/**
 * Smart charging and V2G of 118 homes by {@link HomeSolver} and by HiGHS, side by side in one process: medians on one warm thread,
 * from a problem to a schedule with its bound. Every home has a car plugged in, every third has two; four in ten have PV. The
 * network is too large to bind.
 */
public final class HomesSideBySide {
    private static final int HOMES = 118;
    private static final int DAYS = 9;
    private static final int WARM_UP = 2000;
    private static final int RUNS = 15;

    private HomesSideBySide() {}

    /** Prints one line for each tariff, step length, tie-break and mode. */
    public static void main(String[] arguments) {
        System.out.printf(
                "%-12s %5s %-8s %-5s %9s %9s %7s %10s%n",
                "tariff", "steps", "ties", "mode", "own_ms", "highs_ms", "ratio", "difference");
        for (TieBreak tieBreak : TieBreak.values()) {
            for (String tariff : List.of("time-of-use", "go", "flux", "economy-7", "flat")) {
                compare(tariff, 24, tieBreak);
            }
        }
        compare("time-of-use", 48, TieBreak.EARLIEST);
        compare("time-of-use", 96, TieBreak.EARLIEST);
    }

    private static void compare(String tariff, int steps, TieBreak tieBreak) {
        List<DayProblem> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(day(day, tariff, steps, tieBreak));
        }
        for (ChargingMode mode : List.of(new ChargingMode.Smart(), new ChargingMode.VehicleToGrid())) {
            double sink = 0;
            for (int i = 0; i < WARM_UP; i++) {
                sink += own_gbp(days.get(i % DAYS), mode);
            }
            sink += highs_gbp(days.getFirst(), mode);
            double own = median_ms(days, RUNS, day -> own_gbp(day, mode));
            double highs = median_ms(days, 1, day -> highs_gbp(day, mode));
            double worst = 0;
            for (DayProblem day : days) {
                double cost = highs_gbp(day, mode);
                worst = Math.max(worst, Math.abs(own_gbp(day, mode) - cost) / Math.max(1, Math.abs(cost)));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %5d %-8s %-5s %9.3f %9.1f %7.0f %10.1e%s%n",
                    tariff,
                    steps,
                    tieBreak.label(),
                    mode.label(),
                    own,
                    highs,
                    highs / own,
                    worst,
                    Double.isNaN(sink) ? " not a number" : "");
        }
    }

    private static double own_gbp(DayProblem day, ChargingMode mode) {
        return ((HomesResult.Solved) HomeSolver.solve(day, mode)).lowerBound_gbp();
    }

    private static double highs_gbp(DayProblem day, ChargingMode mode) {
        DayOutcome outcome = ((DispatchResult.Solved) HighsSolver.solve(day, mode)).outcome();
        return outcome.objective_gbp();
    }

    private static double median_ms(List<DayProblem> days, int runs, ToDoubleFunction<DayProblem> solver) {
        double[] times = new double[days.size() * runs];
        double sink = 0;
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            sink += solver.applyAsDouble(days.get(i % days.size()));
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        return Double.isNaN(sink) ? Double.NaN : times[times.length / 2];
    }

    /** A day of 118 homes by themselves, its own for every index. */
    static DayProblem day(int index, String tariffName, int count, TieBreak tieBreak) {
        DaySteps steps = new DaySteps(count);
        StudySeed seed = new StudySeed(1);
        Tariff tariff = Tariff.named(tariffName, steps);
        double[] buy = new double[count];
        double[] sell = new double[count];
        for (int t = 0; t < count; t++) {
            buy[t] = tariff.buy_gbpPerKWh(t);
            sell[t] = tariff.sell_gbpPerKWh(t);
        }
        List<String> ids = new ArrayList<>();
        int[] nodeOfHome = new int[HOMES];
        List<Node> nodes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        double[][] demand_kW = new double[HOMES][count];
        double[][] pv_kW = new double[HOMES][count];
        List<Session> sessions = new ArrayList<>();
        double sky = seed.stream(Purpose.SKY, index).nextDouble();
        DispatchSettings d = DispatchSettings.DEFAULT;
        for (int h = 0; h < HOMES; h++) {
            ids.add("h" + h);
            nodeOfHome[h] = h + 1;
            nodes.add(new Node("n" + (h + 1), null, 1, 0));
            lines.add(new Line(
                    "l" + (h + 1), h == 0 ? "S" : "n" + (h + 1) / 2, "n" + (h + 1), 30, "", 1e-4, 1e-4, 1e4, 100));
            UniformRandomProvider draws = seed.stream(Purpose.DEMAND, index, h);
            boolean hasPv = draws.nextDouble() < 0.4;
            for (int t = 0; t < count; t++) {
                double hour = t * steps.step_h();
                double busy = hour > 16 && hour < 22 ? 2 : hour > 6 ? 1 : 0.3;
                demand_kW[h][t] = 0.2 + 0.8 * draws.nextDouble() * busy;
                pv_kW[h][t] = hasPv ? Math.max(0, 3.5 * sky * Math.sin(Math.PI * (hour - 6) / 12)) : 0;
            }
            for (int car = 0; car < (h % 3 == 0 ? 2 : 1); car++) {
                sessions.add(session(seed.stream(Purpose.TRIPS, index, h, car), h, car, steps, d.efficiency()));
            }
        }
        DispatchSettings settings = new DispatchSettings(
                d.efficiency(),
                d.degradationPercentPerCycle(),
                d.discountRate(),
                d.loadGrowthRate(),
                d.apvSegments(),
                Expansion.NEVER,
                tieBreak,
                d.presentValueDays());
        Network network = new Network("wide", 400, VoltageBand.BRITISH, new Substation("S", 1e4, 1000), nodes, lines);
        return new DayProblem(
                network,
                steps,
                settings,
                ids,
                nodeOfHome,
                demand_kW,
                new double[HOMES][count],
                pv_kW,
                buy,
                sell,
                sessions);
    }

    /** Home between 15 and 23 h for 9 to 15 h, 15 to 75 % full, to be as full as 7 kW make it. */
    private static Session session(UniformRandomProvider draws, int home, int car, DaySteps steps, double efficiency) {
        int arrive = (int) ((15 + 8 * draws.nextDouble()) / steps.step_h());
        int length = (int) ((9 + 6 * draws.nextDouble()) / steps.step_h());
        double capacity = 0.9 * new double[] {28, 40, 62}[draws.nextInt(3)];
        double arriving = capacity * (0.15 + 0.6 * draws.nextDouble());
        double departing = Math.min(capacity, arriving + efficiency * 7 * steps.step_h() * length);
        return new Session(
                "h" + home + "#" + car,
                home + 1,
                home,
                7,
                capacity,
                arrive,
                steps.ofDay(arrive + length),
                arriving,
                departing,
                100 * capacity);
    }
}
