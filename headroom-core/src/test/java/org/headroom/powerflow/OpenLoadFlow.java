package org.headroom.powerflow;

import com.powsybl.iidm.network.Bus;
import com.powsybl.iidm.network.Line;
import com.powsybl.iidm.network.Network;
import com.powsybl.iidm.network.TopologyKind;
import com.powsybl.iidm.network.VoltageLevel;
import com.powsybl.iidm.network.impl.NetworkFactoryImpl;
import com.powsybl.loadflow.LoadFlow;
import com.powsybl.loadflow.LoadFlowParameters;
import com.powsybl.loadflow.LoadFlowResult;
import com.powsybl.math.matrix.SparseMatrixFactory;
import com.powsybl.openloadflow.OpenLoadFlowParameters;
import com.powsybl.openloadflow.OpenLoadFlowProvider;
import com.powsybl.openloadflow.network.SlackBusSelectionMode;
import java.util.List;

/**
 * The AC load flow of powsybl-open-loadflow, a full Newton-Raphson that shares nothing with ours, on the same arrays. It counts
 * in megawatts and kilovolts: kW are handed over as MW and voltages times the root of 1000, which leaves impedances per unit and
 * all voltages per unit as they are.
 */
final class OpenLoadFlow {
    final boolean converged;
    /** By node. */
    final double[] voltage_pu;
    /** By line. */
    final double[] loss_kW;

    final double substation_kW;

    OpenLoadFlow(RadialCase at) {
        this(at, 1e-11);
    }

    /** Solves until no node's powers miss by more than {@code mismatch} of 100 MW; very short lines leave more to rounding. */
    OpenLoadFlow(RadialCase at, double mismatch) {
        double base_kV = at.base_V / 1000 * Math.sqrt(1000);
        Network network = new NetworkFactoryImpl().createNetwork("radial", "test");
        int nodes = at.kW.length;
        for (int n = 0; n < nodes; n++) {
            VoltageLevel level = network.newVoltageLevel() // one a node, since the slack is named by its level
                    .setId("level" + n)
                    .setNominalV(base_kV)
                    .setTopologyKind(TopologyKind.BUS_BREAKER)
                    .add();
            level.getBusBreakerView().newBus().setId("bus" + n).add();
            level.newLoad()
                    .setId("load" + n)
                    .setBus("bus" + n)
                    .setP0(at.kW[n])
                    .setQ0(at.kvar[n])
                    .add();
        }
        network.getVoltageLevel("level0")
                .newGenerator()
                .setId("source")
                .setBus("bus0")
                .setMinP(-1e6)
                .setMaxP(1e6)
                .setTargetP(0)
                .setTargetV(at.source_pu * base_kV)
                .setVoltageRegulatorOn(true)
                .add();
        for (int l = 0; l < nodes - 1; l++) {
            network.newLine()
                    .setId("line" + l)
                    .setBus1("bus" + at.parentNode[l])
                    .setVoltageLevel1("level" + at.parentNode[l])
                    .setBus2("bus" + (l + 1))
                    .setVoltageLevel2("level" + (l + 1))
                    .setR(at.resistance_ohm[l])
                    .setX(at.reactance_ohm[l])
                    .add();
        }
        LoadFlowParameters parameters =
                new LoadFlowParameters().setDistributedSlack(false).setUseReactiveLimits(false);
        OpenLoadFlowParameters.create(parameters)
                .setSlackBusSelectionMode(SlackBusSelectionMode.NAME)
                .setSlackBusesIds(List.of("level0"))
                .setNewtonRaphsonConvEpsPerEq(mismatch)
                .setMaxNewtonRaphsonIterations(50);
        LoadFlowResult result =
                new LoadFlow.Runner(new OpenLoadFlowProvider(new SparseMatrixFactory())).run(network, parameters);
        this.converged = result.isFullyConverged();
        this.voltage_pu = new double[nodes];
        this.loss_kW = new double[nodes - 1];
        double substation = at.kW[0];
        for (int n = 0; n < nodes; n++) {
            Bus bus = network.getBusBreakerView().getBus("bus" + n);
            voltage_pu[n] = bus.getV() / base_kV;
        }
        for (int l = 0; l < nodes - 1; l++) {
            Line line = network.getLine("line" + l);
            loss_kW[l] = line.getTerminal1().getP() + line.getTerminal2().getP();
            substation += at.parentNode[l] == 0 ? line.getTerminal1().getP() : 0;
        }
        this.substation_kW = substation;
    }
}
