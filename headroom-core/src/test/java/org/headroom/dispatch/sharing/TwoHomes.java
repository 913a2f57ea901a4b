package org.headroom.dispatch.sharing;

import java.util.Arrays;
import java.util.List;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchSettings;
import org.headroom.dispatch.Losses;
import org.headroom.dispatch.Schedule;
import org.headroom.dispatch.Session;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.time.DaySteps;

/** Two homes and a public lot, each at the end of a line of its own, in four steps of six hours; schedules are given, not solved. */
final class TwoHomes {
    static final ChargingMode SHARED = new ChargingMode.VirtualVehicleToVehicle();
    static final ChargingMode ALONE = new ChargingMode.VehicleToGrid();
    static final int SUNNY = 0;
    static final int OTHER = 1;
    static final int LOT = 2;
    static final int STEPS = 4;
    static final double STEP_H = 6;

    final double[][] demand_kW = new double[3][STEPS];
    final double[][] pv_kW = new double[3][STEPS];
    /** Of the car of the sunny home, of that of the other, and of a car at the lot. */
    final double[][] charge_kW = new double[3][STEPS];

    final double[][] discharge_kW = new double[3][STEPS];
    final double[] buy = filled(0.30);
    final double[] sell = filled(0.10);
    Losses losses = new Losses.None();

    private static double[] filled(double value) {
        double[] array = new double[STEPS];
        Arrays.fill(array, value);
        return array;
    }

    private static Session session(String id, int payer) {
        return new Session(id, payer + 1, payer, 10, 100, 0, 0, 50, 50, 10_000);
    }

    DayOutcome outcome(ChargingMode mode) {
        List<Node> nodes = List.of(new Node("a", null, 1, 0), new Node("b", null, 1, 0), new Node("c", null, 0, 1));
        List<Line> lines = nodes.stream()
                .map(n -> new Line("S" + n.id(), "S", n.id(), 10, "x", 1e-6, 0, 1000, 0))
                .toList();
        DayProblem problem = new DayProblem(
                new Network("two homes", 400, VoltageBand.BRITISH, new Substation("S", 1000, 0), nodes, lines),
                new DaySteps(STEPS),
                DispatchSettings.DEFAULT.withLosses(losses),
                List.of("sunny", "other", "lot"),
                new int[] {1, 2, 3},
                demand_kW,
                new double[3][STEPS],
                pv_kW,
                buy,
                sell,
                List.of(session("car 1", SUNNY), session("car 2", OTHER), session("car 3", LOT)));
        return new DayOutcome(problem, mode, new Schedule(charge_kW, discharge_kW, pv_kW, new boolean[4]));
    }

    Ledger ledger(ChargingMode mode) {
        return Ledger.of(outcome(mode), payer -> payer == LOT);
    }
}
