package org.headroom.dispatch;

/**
 * What energy is worth to the homes of a day under smart charging or V2G: a dual solution of eqs. 3a-3c. Any prices give a lower
 * bound on the homes' costs; those of {@link HomeSolver} give the optimum.
 */
public final class HomePrices {
    private final double[][] home;
    private final double[][] stored;

    /**
     * Takes the arrays as they are.
     *
     * @param home_gbpPerKWh {@code [home][step]}, between the sell and the buy price
     * @param stored_gbpPerKWh {@code [session][k]}
     */
    HomePrices(double[][] home_gbpPerKWh, double[][] stored_gbpPerKWh) {
        this.home = home_gbpPerKWh;
        this.stored = stored_gbpPerKWh;
    }

    /** What one more kWh of demand costs a home in a step; between the sell and the buy price. */
    public double home_gbpPerKWh(int home, int step) {
        return this.home[home][step];
    }

    /** What one more kWh stored by a session during its k-th step plugged in is worth. */
    public double stored_gbpPerKWh(int session, int k) {
        return stored[session][k];
    }

    /**
     * Cost of a home below which none of its schedules is: the Lagrangian of eqs. 3a-3c and 8-29 with the home's balances and its
     * cars' energy steps priced, every power, energy and PV output then at the bound that it prefers.
     *
     * @param sessions indices of the home's sessions
     */
    double lowerBound_gbp(DayProblem problem, int home, int[] sessions, boolean mayDischarge) {
        double step_h = problem.steps().step_h();
        double eta = problem.settings().efficiency();
        double power = 0;
        for (int t = 0; t < problem.stepCount(); t++) {
            double price = this.home[home][t];
            power += price * problem.demand_kW(home, t) - Math.max(0, price) * problem.pv_kW(home, t);
        }
        double energy = 0;
        for (int s : sessions) {
            Session session = problem.sessions().get(s);
            double[] value = stored[s];
            double reserve_kWh = problem.reserve_kWh(session);
            double wear = problem.degradation_gbpPerKWh(session);
            int t = session.arriveStep();
            for (int k = 0; k < value.length; k++) {
                double price = this.home[home][t];
                double best = Math.min(0, price - eta * value[k]);
                if (mayDischarge) {
                    best += Math.min(0, wear + value[k] / eta - price);
                }
                power += best * session.charger_kW();
                if (k + 1 < value.length) {
                    double kept = value[k] - value[k + 1];
                    energy += Math.min(kept * reserve_kWh, kept * session.capacity_kWh());
                }
                t = t + 1 == problem.stepCount() ? 0 : t + 1;
            }
            energy += value[value.length - 1] * session.depart_kWh() - value[0] * session.arrive_kWh();
        }
        return power * step_h + energy;
    }
}
