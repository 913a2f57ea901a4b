package org.headroom.dispatch;

/** Immediate charging: full power from plug-in until the target, whatever the network says (paper, Sec. 6.1). */
final class ImmediateCharging {
    private ImmediateCharging() {}

    /**
     * The schedule of the day. PV is not curtailed. Assets whose capacity it exceeds count as expanded where the settings
     * allow that.
     */
    static Schedule schedule(DayProblem problem) {
        double[][] charge = new double[problem.sessions().size()][];
        double[][] discharge = new double[problem.sessions().size()][];
        double stored_kWhPerKW =
                problem.settings().efficiency() * problem.steps().step_h();
        for (int s = 0; s < charge.length; s++) {
            Session session = problem.sessions().get(s);
            charge[s] = new double[session.length(problem.steps())];
            discharge[s] = new double[charge[s].length];
            double missing_kWh = session.depart_kWh() - session.arrive_kWh();
            for (int k = 0; k < charge[s].length && missing_kWh > 0; k++) {
                charge[s][k] = Math.min(session.charger_kW(), missing_kWh / stored_kWhPerKW);
                missing_kWh -= charge[s][k] * stored_kWhPerKW;
            }
        }
        double[][] pv = new double[problem.homeCount()][problem.stepCount()];
        for (int h = 0; h < pv.length; h++) {
            for (int t = 0; t < pv[h].length; t++) {
                pv[h][t] = problem.pv_kW(h, t);
            }
        }
        boolean[] expanded = new boolean[problem.assetCount()];
        Schedule schedule = new Schedule(charge, discharge, pv, expanded);
        if (problem.settings().expansion() != Expansion.NEVER) {
            DayOutcome outcome = new DayOutcome(problem, new ChargingMode.Immediate(), schedule);
            for (int a = 0; a < expanded.length; a++) {
                expanded[a] = outcome.assetPeak_kVA(a) > problem.assetCapacity_kVA(a);
            }
        }
        return new Schedule(charge, discharge, pv, expanded);
    }
}
