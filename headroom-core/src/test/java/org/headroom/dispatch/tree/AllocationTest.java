package org.headroom.dispatch.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.headroom.dispatch.Breach;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.tree.CondensedDay.Question;
import org.headroom.dispatch.tree.CondensedDay.VoltageRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel allocates nothing while it iterates, on days with all that it can meet. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Random days of 9 to 110 sessions, trees of all shapes. */
    @ParameterizedTest
    @ValueSource(ints = {3, 8, 12, 17, 23, 29})
    void an_iteration_allocates_nothing(int seed) {
        DayProblem problem = RandomCommunities.of(seed, 110);
        for (ChargingMode mode : List.of(new ChargingMode.VirtualVehicleToVehicle(), new ChargingMode.Smart())) {
            CondensedDay day = condensed(problem, mode);
            InteriorPoint point = new InteriorPoint(day.program);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            point.start(day.typicalProduct_gbp());
            long after = THREADS.getCurrentThreadAllocatedBytes();
            assertThat(after - before)
                    .as("what a start allocates, so that it is seen")
                    .isPositive();
            iterate(day, point, 2); // loads what is not loaded yet

            before = THREADS.getCurrentThreadAllocatedBytes();
            double cost_gbp = iterate(day, point, 6);
            after = THREADS.getCurrentThreadAllocatedBytes();

            assertThat(after - before).as("bytes allocated").isZero();
            assertThat(cost_gbp).isFinite();
            assertThat(point.iterations()).isEqualTo(8);
        }
    }

    /** As {@link CertifiedSolve} does it. */
    private static double iterate(CondensedDay day, InteriorPoint point, int times) {
        double sum = 0;
        for (int i = 0; i < times; i++) {
            if (!point.iterate()) {
                return Double.NaN;
            }
            sum += day.cost_gbp(point) + point.complementarity_gbp();
        }
        return sum;
    }

    /** The day with curtailment wherever there is PV, and with voltage limits at every fifth node. */
    private static CondensedDay condensed(DayProblem problem, ChargingMode mode) {
        double breach_gbp = Breach.price_gbp(problem);
        boolean[][] curtailable = new boolean[problem.homeCount()][problem.stepCount()];
        for (int h = 0; h < curtailable.length; h++) {
            for (int t = 0; t < curtailable[h].length; t++) {
                curtailable[h][t] = problem.pv_kW(h, t) > 0;
            }
        }
        List<VoltageRow> rows = new ArrayList<>();
        for (int n = 1; n < problem.network().nodeCount(); n += 5) {
            rows.add(new VoltageRow(n, n % problem.stepCount(), n % 2 == 0));
        }
        return new CondensedDay(
                problem,
                new Question(
                        mode,
                        PeakCost.ofAll(problem, mode, new boolean[problem.assetCount()], breach_gbp),
                        curtailable,
                        rows,
                        breach_gbp,
                        0));
    }
}
