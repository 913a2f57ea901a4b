package org.headroom.dispatch.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.headroom.dispatch.Breach;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.HighsSolver;
import org.headroom.network.VoltageBand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random days without a schedule: what is broken least, by the tree solver and by HiGHS, counted from flows and voltages here. */
class LeastBreachTest {
    private static final List<ChargingMode> MODES = List.of(
            new ChargingMode.VirtualVehicleToVehicle(), new ChargingMode.VehicleToGrid(), new ChargingMode.Smart());
    /** What either solver's least is good for, relative. */
    private static final double LEAST = 1e-4;
    /** Share of the least breach that an element must have to be named by both. */
    private static final double NAMED = 1e-3;

    private int days;
    private int voltageDays;

    @ParameterizedTest
    @CsvSource({"0, 25", "100, 125"})
    void overloads_are_the_same_by_either_solver(long from, long to) {
        for (long seed = from; seed < to; seed++) {
            agree(seed, RandomCommunities.of(seed, 12));
        }
        assertThat(days).isGreaterThan(10);
    }

    /** Cables of ten times the resistance, within 1 % of the nominal voltage: some nodes are too low at night and too high at noon. */
    @ParameterizedTest
    @CsvSource({"100, 116", "131, 141"})
    void voltages_out_of_their_band_are_the_same_by_either_solver(long from, long to) {
        for (long seed = from; seed < to; seed++) {
            agree(seed, RandomCommunities.onThinCables(seed, 12, 10, new VoltageBand(0.99, 1.01, 1.0)));
        }
        assertThat(voltageDays).isGreaterThan(3);
    }

    @ParameterizedTest
    @CsvSource({"500, 520"})
    void what_no_expansion_helps_is_the_same_by_either_solver(long from, long to) {
        for (long seed = from; seed < to; seed++) {
            agree(seed, RandomCommunities.expanding(seed, 8));
        }
        assertThat(days).isGreaterThan(5);
    }

    private void agree(long seed, DayProblem problem) {
        for (ChargingMode mode : MODES) {
            if (TreeSolver.solve(problem, mode) instanceof DispatchResult.Infeasible ours
                    && ours.findLeastBreach() != null) {
                agree("%s, seed %d".formatted(mode.label(), seed), ours, HighsSolver.solve(problem, mode));
            }
        }
    }

    private void agree(String day, DispatchResult.Infeasible ours, DispatchResult reference) {
        assertThat(ours.solver()).as(day).isEqualTo("tree");
        assertThat(reference).as(day).isInstanceOfSatisfying(DispatchResult.Infeasible.class, infeasible -> {
            DayOutcome one = Objects.requireNonNull(ours.findLeastBreach());
            DayOutcome other = Objects.requireNonNull(infeasible.findLeastBreach());
            double least = Arrays.stream(byElement(other)).sum();
            assertThat(Arrays.stream(byElement(one)).sum())
                    .as(day)
                    .isCloseTo(least, within(LEAST * Math.max(1, least)))
                    .isCloseTo(Breach.of(one), within(1e-9 * Math.max(1, least)));
            assertThat(named(infeasible)).as(day).containsAll(named(one, least));
            assertThat(named(ours)).as(day).containsAll(named(other, least));
            days++;
            voltageDays += named(infeasible).stream().anyMatch(name -> name.startsWith("node")) ? 1 : 0;
        });
    }

    /** What the peak of each asset lies beyond its capacity, kVA, then what each node's voltages lie beyond their band, .001 pu. */
    private static double[] byElement(DayOutcome day) {
        DayProblem problem = day.problem();
        int assets = problem.assetCount();
        double[] sum = new double[assets + problem.network().nodeCount()];
        for (int t = 0; t < problem.stepCount(); t++) {
            for (int a = 0; a < assets; a++) {
                double load = Math.hypot(day.assetFlow_kW(a, t), problem.assetReactive_kvar(a, t));
                double capacity = problem.assetCapacity_kVA(a);
                sum[a] = Math.max(sum[a], load - (day.schedule().expanded(a) ? 2 * capacity : capacity));
            }
            for (int n = 0; n < problem.network().nodeCount(); n++) {
                double u = day.voltage_pu(n, t);
                VoltageBand band = problem.network().voltage();
                sum[assets + n] +=
                        1000 * (u < band.lower_pu() ? band.lower_pu() - u : Math.max(0, u - band.upper_pu()));
            }
        }
        return sum;
    }

    /** Elements that have a good share of the breach. */
    private static Set<String> named(DayOutcome day, double least) {
        DayProblem problem = day.problem();
        double[] sum = byElement(day);
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < sum.length; i++) {
            if (sum[i] > NAMED * Math.max(1, least)) {
                int node = i - problem.assetCount();
                names.add(
                        node >= 0
                                ? "node " + problem.network().node(node).id()
                                : i == 0 ? "substation" : "line " + problem.assetId(i));
            }
        }
        return names;
    }

    private static Set<String> named(DispatchResult.Infeasible infeasible) {
        Set<String> names = new TreeSet<>();
        for (String sentence : infeasible.violations()) {
            names.add(sentence.substring(0, sentence.indexOf(':')));
        }
        return names;
    }
}
