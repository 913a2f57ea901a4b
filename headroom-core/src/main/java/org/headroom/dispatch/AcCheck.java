package org.headroom.dispatch;

import org.headroom.network.Network;
import org.headroom.powerflow.AcPowerFlow;

/**
 * A dispatched day under the full AC power flow: what the lossless model of dispatch leaves out (paper, Sec. 4.2). Where a step
 * has no AC solution, the day has no figures: all three are NaN.
 *
 * @param losses_kWh energy lost in all lines over the day
 * @param lowestVoltage_pu lowest AC voltage of any node at any step
 * @param voltageError_pu largest difference, of any node at any step, between AC voltage and that of the lossless model
 * @param unsolvedSteps steps without an AC solution: the voltage collapses, or is at the brink of it
 */
public record AcCheck(double losses_kWh, double lowestVoltage_pu, double voltageError_pu, int unsolvedSteps) {

    /** Solves the AC power flow of every step of a day. */
    public static AcCheck of(DayOutcome day) {
        DayProblem problem = day.problem();
        Network network = problem.network();
        int steps = problem.stepCount();
        double[] nodal_kW = new double[network.nodeCount() * steps];
        double[] nodal_kvar = new double[nodal_kW.length];
        for (int n = 0; n < network.nodeCount(); n++) {
            for (int t = 0; t < steps; t++) {
                nodal_kW[n * steps + t] = day.nodal_kW(n, t);
                nodal_kvar[n * steps + t] = problem.nodal_kvar(n, t);
            }
        }
        AcPowerFlow flow = AcPowerFlow.of(network, steps);
        flow.solve(nodal_kW, nodal_kvar);
        double losses_kW = 0;
        double lowest_pu = Double.POSITIVE_INFINITY;
        double error_pu = 0;
        int unsolved = 0;
        for (int t = 0; t < steps; t++) {
            unsolved += flow.convergence(t) == AcPowerFlow.Convergence.CONVERGED ? 0 : 1;
            losses_kW += flow.losses_kW(t);
            for (int n = 0; n < network.nodeCount(); n++) {
                double voltage_pu = flow.voltage_pu(n, t);
                lowest_pu = Math.min(lowest_pu, voltage_pu);
                error_pu = Math.max(error_pu, Math.abs(voltage_pu - day.voltage_pu(n, t)));
            }
        }
        return unsolved == 0
                ? new AcCheck(losses_kW * problem.steps().step_h(), lowest_pu, error_pu, 0)
                : new AcCheck(Double.NaN, Double.NaN, Double.NaN, unsolved);
    }
}
