package org.headroom.similar.generate;

import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.powerflow.AcPowerFlow;
import org.headroom.similar.NetworkStatistics;
import org.jspecify.annotations.Nullable;

/**
 * How heavily a network may be used at after-diversity demand (2.0 kW a home, power factor .95), by AC power flow. The limits are
 * relative to the input's own, as a third of real feeders break absolute ones: loading at most 1 or 1.05 times the input's, drop at
 * most 8 % or 1.1 times the input's (design, Sec. 6, step 4). The transformer is not judged.
 *
 * @param loading apparent power at the upper end of a line over its capacity
 * @param drop_pu voltage of the substation less the lowest
 */
record FlowLimits(double loading, double drop_pu) {
    private static final double HOME_KW = 2.0;
    private static final double HOME_KVAR = HOME_KW * StrictMath.tan(StrictMath.acos(0.95));

    /** The most that a network is used; infinite where its voltage collapses. */
    record Use(double loading, double drop_pu) {}

    /** Limits for networks like an input. */
    static FlowLimits like(NetworkStatistics input) {
        Use use = use(input.network());
        if (use.drop_pu() == Double.POSITIVE_INFINITY) {
            throw new InputException(
                    "%s: its voltage collapses at %s kW a home, so nothing can be held against it.\nMaybe a line's impedance or the number of homes is wrong."
                            .formatted(input.name(), HOME_KW));
        }
        return new FlowLimits(Math.max(1, 1.05 * use.loading()), Math.max(0.08, 1.1 * use.drop_pu()));
    }

    /** The gate that refuses a network, or null where it keeps the limits. */
    @Nullable
    Gate refusing(Network network) {
        Use use = use(network);
        if (!(use.loading() <= loading)) {
            return Gate.LOADING;
        }
        return use.drop_pu() <= drop_pu ? null : Gate.VOLTAGE;
    }

    static Use use(Network network) {
        double[] nodal_kW = new double[network.nodeCount()];
        double[] nodal_kvar = new double[network.nodeCount()];
        for (int n = 0; n < network.nodeCount(); n++) {
            nodal_kW[n] = network.node(n).homes() * HOME_KW;
            nodal_kvar[n] = network.node(n).homes() * HOME_KVAR;
        }
        AcPowerFlow flow = AcPowerFlow.of(network, 1);
        if (!flow.solve(nodal_kW, nodal_kvar)) {
            return new Use(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double source_pu = network.voltage().source_pu();
        double loading = 0;
        double lowest_pu = source_pu;
        for (int l = 0; l < network.lineCount(); l++) {
            double p = flow.delivered_kW(l, 0) + flow.loss_kW(l, 0);
            double q = flow.delivered_kvar(l, 0) + flow.loss_kvar(l, 0);
            loading =
                    Math.max(loading, Math.sqrt(p * p + q * q) / network.line(l).capacity_kVA());
            lowest_pu = Math.min(lowest_pu, flow.voltage_pu(l + 1, 0));
        }
        return new Use(loading, source_pu - lowest_pu);
    }
}
