package org.headroom.bench;

import com.powsybl.iidm.network.Load;
import com.powsybl.iidm.network.Network;
import com.powsybl.iidm.network.TopologyKind;
import com.powsybl.iidm.network.VoltageLevel;
import com.powsybl.iidm.network.impl.NetworkFactoryImpl;
import com.powsybl.loadflow.LoadFlow;
import com.powsybl.loadflow.LoadFlowParameters;
import com.powsybl.math.matrix.SparseMatrixFactory;
import com.powsybl.openloadflow.OpenLoadFlowParameters;
import com.powsybl.openloadflow.OpenLoadFlowProvider;
import com.powsybl.openloadflow.network.SlackBusSelectionMode;
import java.util.ArrayList;
import java.util.List;
import org.headroom.network.Line;

/**
 * A radial network in powsybl-open-loadflow (Newton-Raphson on sparse matrices). It counts in megawatts and kilovolts: kW are
 * handed over as MW and voltages times the root of 1000, which leaves all per-unit values as they are.
 */
final class OpenLoadFlow {
    /** Largest mismatch of a node, of a base of 100 MVA: a ten-thousandth of a watt, as powers are handed over. */
    private static final double MISMATCH_pu = 1e-9;

    private final Network network;
    private final List<Load> loads = new ArrayList<>();
    private final double base_kV;
    private final LoadFlow.Runner runner = new LoadFlow.Runner(new OpenLoadFlowProvider(new SparseMatrixFactory()));
    private final LoadFlowParameters parameters =
            new LoadFlowParameters().setDistributedSlack(false).setUseReactiveLimits(false);

    OpenLoadFlow(org.headroom.network.Network of) {
        network = new NetworkFactoryImpl().createNetwork(of.name(), "bench");
        base_kV = of.base_V() / 1000 * Math.sqrt(1000);
        for (int n = 0; n < of.nodeCount(); n++) {
            VoltageLevel level = network.newVoltageLevel()
                    .setId("level" + n)
                    .setNominalV(base_kV)
                    .setTopologyKind(TopologyKind.BUS_BREAKER)
                    .add();
            level.getBusBreakerView().newBus().setId("bus" + n).add();
            loads.add(level.newLoad()
                    .setId("load" + n)
                    .setBus("bus" + n)
                    .setP0(0)
                    .setQ0(0)
                    .add());
        }
        network.getVoltageLevel("level0")
                .newGenerator()
                .setId("source")
                .setBus("bus0")
                .setMinP(-1e6)
                .setMaxP(1e6)
                .setTargetP(0)
                .setTargetV(of.voltage().source_pu() * base_kV)
                .setVoltageRegulatorOn(true)
                .add();
        for (int l = 0; l < of.lineCount(); l++) {
            Line line = of.line(l);
            network.newLine()
                    .setId("line" + l)
                    .setBus1("bus" + of.parentNode(l))
                    .setVoltageLevel1("level" + of.parentNode(l))
                    .setBus2("bus" + (l + 1))
                    .setVoltageLevel2("level" + (l + 1))
                    .setR(line.resistance_ohm())
                    .setX(line.reactance_ohm())
                    .add();
        }
        OpenLoadFlowParameters.create(parameters)
                .setSlackBusSelectionMode(SlackBusSelectionMode.NAME)
                .setSlackBusesIds(List.of("level0"))
                .setNewtonRaphsonConvEpsPerEq(MISMATCH_pu);
    }

    /** Solves a step of loads {@code [node * steps + step]}. */
    void solve(double[] nodal_kW, double[] nodal_kvar, int steps, int step) {
        for (int n = 0; n < loads.size(); n++) {
            loads.get(n).setP0(nodal_kW[n * steps + step]).setQ0(nodal_kvar[n * steps + step]);
        }
        if (!runner.run(network, parameters).isFullyConverged()) {
            throw new IllegalStateException("open-loadflow does not converge at step " + step);
        }
    }

    /** Voltage of a node at the step last solved. */
    double voltage_pu(int node) {
        return network.getBusBreakerView().getBus("bus" + node).getV() / base_kV;
    }
}
