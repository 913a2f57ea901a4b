package org.headroom.household;

import org.headroom.time.DaySteps;

/** The powers of a network's homes on one day: kW and kvar, means over each step, at least 0. */
public final class HomesDay {
    private final DaySteps steps;
    private final double[] demand_kW;
    private final double[] pv_kW;
    private final double tangent;
    private final double[] output_kWPerKWp;

    /**
     * @param demand_kW {@code [home × steps + step]}, kept
     * @param pv_kW {@code [home × steps + step]}, kept
     * @param tangent kvar per kW of demand
     * @param output_kWPerKWp {@code [step]}, kept
     */
    HomesDay(DaySteps steps, double[] demand_kW, double[] pv_kW, double tangent, double[] output_kWPerKWp) {
        this.steps = steps;
        this.demand_kW = demand_kW;
        this.pv_kW = pv_kW;
        this.tangent = tangent;
        this.output_kWPerKWp = output_kWPerKWp;
    }

    public int homeCount() {
        return demand_kW.length / steps.count();
    }

    public DaySteps steps() {
        return steps;
    }

    /** Active demand of a home without its car. */
    public double demand_kW(int home, int step) {
        return demand_kW[index(home, step)];
    }

    /** Reactive demand of a home, drawn from the network. */
    public double demand_kvar(int home, int step) {
        return demand_kW[index(home, step)] * tangent;
    }

    /** Power that a home's photovoltaics could give. */
    public double pv_kW(int home, int step) {
        return pv_kW[index(home, step)];
    }

    /** Output of 1 kWp, kW: the same sky for all homes of the network. */
    public double pvOutput_kWPerKWp(int step) {
        return output_kWPerKWp[step];
    }

    private int index(int home, int step) {
        if (step < 0 || step >= steps.count()) {
            throw new IndexOutOfBoundsException("step %d of a day of %d steps".formatted(step, steps.count()));
        }
        return home * steps.count() + step;
    }
}
