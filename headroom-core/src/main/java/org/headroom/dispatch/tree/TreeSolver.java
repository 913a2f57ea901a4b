package org.headroom.dispatch.tree;

import org.headroom.dispatch.*;
public final class TreeSolver {
    public static void probe(DayProblem problem, int repeats) {
        PeakCost[] cost = new PeakCost[problem.assetCount()];
        PresentValueCurve curve = PresentValueCurve.of(problem.settings());
        for (int a = 0; a < cost.length; a++) {
            cost[a] = PeakCost.within(problem.assetCapacity_kVA(a), problem.assetValue_gbpPerYear(a) / problem.settings().presentValueDays(), curve, 10);
        }
        boolean[][] none = new boolean[problem.homeCount()][problem.stepCount()];
        var q = new CondensedDay.Question(new ChargingMode.VirtualVehicleToVehicle(), cost, none, java.util.List.of(), 10);
        for (int r = 0; r < repeats; r++) {
        long t0 = System.nanoTime();
        CondensedDay day = new CondensedDay(problem, q);
        long t1 = System.nanoTime();
        InteriorPoint point = new InteriorPoint(day.program);
        point.start(0.1);
        double ub = 0, lb = 0;
        for (int i = 0; i < 60; i++) {
            if (r == 0) { ub = day.cost_gbp(point); lb = day.certificate(point).lowerBound_gbp(cost);
              System.out.printf("%d mu %.3e ub %.8f lb %.8f%n", i, point.mu(), ub, lb);
            }
            if (!point.iterate()) break;
            if (point.complementarity_gbp() < 3e-6 * Math.abs(ub == 0 ? 300 : ub)) { ub = day.cost_gbp(point); lb = day.certificate(point).lowerBound_gbp(cost); if (ub - lb < 1e-6 * ub) break; }
        }
        long t2 = System.nanoTime();
        if (r % 20 == 0) System.out.printf("stages %d setup %.3f ms solve %.3f ms iterations %d ub %.8f lb %.8f%n", day.program.stageCount, (t1 - t0) / 1e6, (t2 - t1) / 1e6, point.iterations(), ub, lb);
        }
    }

    public static double[] tune(DayProblem problem, int repeats) {
        PeakCost[] cost = new PeakCost[problem.assetCount()];
        PresentValueCurve curve = PresentValueCurve.of(problem.settings());
        for (int a = 0; a < cost.length; a++) {
            cost[a] = PeakCost.within(problem.assetCapacity_kVA(a), problem.assetValue_gbpPerYear(a) / problem.settings().presentValueDays(), curve, 10);
        }
        boolean[][] none = new boolean[problem.homeCount()][problem.stepCount()];
        var q = new CondensedDay.Question(new ChargingMode.VirtualVehicleToVehicle(), cost, none, java.util.List.of(), 10);
        double best = 1e9, bestSetup = 1e9, gap = 0; int its = 0;
        var bean = java.lang.management.ManagementFactory.getThreadMXBean();
        for (int r = 0; r < repeats; r++) {
            long t0 = bean.getCurrentThreadCpuTime();
            CondensedDay day = new CondensedDay(problem, q);
            InteriorPoint point = new InteriorPoint(day.program);
            long t1 = bean.getCurrentThreadCpuTime();
            point.start(Double.parseDouble(System.getProperty("mu0", "0.1")));
            double ub = 300, lb = 0;
            for (int i = 0; i < 60; i++) {
                if (!point.iterate()) break;
                if (point.complementarity_gbp() < 3e-6 * Math.abs(ub)) { ub = day.cost_gbp(point); lb = day.certificate(point).lowerBound_gbp(cost); if (ub - lb < 1e-6 * ub) break; }
            }
            long t2 = bean.getCurrentThreadCpuTime();
            best = Math.min(best, (t2 - t0) / 1e6); bestSetup = Math.min(bestSetup, (t1 - t0) / 1e6);
            gap = (ub - lb) / ub; its = point.iterations();
        }
        return new double[] {its, best, bestSetup, gap};
    }
}
