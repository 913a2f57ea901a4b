package org.headroom.dispatch.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.DispatchSettings;
import org.headroom.dispatch.Expansion;
import org.headroom.dispatch.HighsSolver;
import org.headroom.dispatch.Session;
import org.headroom.dispatch.TieBreak;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;

/** Kinds of days on which the tree solver once failed, each as small as it goes; HiGHS says what they cost. */
class TreeSolverFailuresTest {
    private static final ChargingMode SHARED = new ChargingMode.VirtualVehicleToVehicle();
    private static final int STEPS = 24;

    private double lineCapacity_kVA = 100;
    private double assetValue_gbpPerYear = 300;
    private double presentValueDays = 365;
    private double demand_kW = 1;
    private double pv_kW;
    private double buy = 0.25;
    private double sell = 0.1;
    private double resistance_ohm = 0.02;
    private VoltageBand band = VoltageBand.BRITISH;
    private final List<Session> sessions = new ArrayList<>();

    /** A substation, two lines in a row, a home at each of the two nodes. */
    private DayProblem day() {
        List<Node> nodes = List.of(new Node("a", null, 1, 0), new Node("b", null, 1, 0));
        List<Line> lines = List.of(line("l1", "S", "a"), line("l2", "a", "b"));
        Network network = new Network("two", 400, band, new Substation("S", 200, assetValue_gbpPerYear), nodes, lines);
        double[][] demand = new double[2][STEPS];
        double[][] reactive = new double[2][STEPS];
        double[][] pv = new double[2][STEPS];
        for (int h = 0; h < 2; h++) {
            for (int t = 0; t < STEPS; t++) {
                demand[h][t] = demand_kW * (1 + 0.3 * Math.sin(t + h));
                reactive[h][t] = 0.3 * demand[h][t];
                pv[h][t] = t > 9 && t < 16 ? pv_kW : 0;
            }
        }
        double[] buys = new double[STEPS];
        double[] sells = new double[STEPS];
        Arrays.fill(buys, buy);
        Arrays.fill(sells, sell);
        DispatchSettings d = DispatchSettings.DEFAULT;
        DispatchSettings settings = new DispatchSettings(
                d.efficiency(),
                d.degradationPercentPerCycle(),
                d.discountRate(),
                d.loadGrowthRate(),
                d.apvSegments(),
                Expansion.NEVER,
                TieBreak.EARLIEST,
                presentValueDays);
        return new DayProblem(
                network,
                DaySteps.HOURLY,
                settings,
                List.of("h1", "h2"),
                new int[] {1, 2},
                demand,
                reactive,
                pv,
                buys,
                sells,
                sessions);
    }

    private Line line(String id, String from, String to) {
        return new Line(id, from, to, 50, "95 Al", resistance_ohm, 0.005, lineCapacity_kVA, assetValue_gbpPerYear);
    }

    private void car(int node, double charger_kW, int arrive, int depart, double arrive_kWh, double depart_kWh) {
        sessions.add(new Session(
                "c" + sessions.size(), node, node - 1, charger_kW, 40, arrive, depart, arrive_kWh, depart_kWh, 4000));
    }

    private void costsWhatHighsSays(ChargingMode mode) {
        DayProblem problem = day();
        DispatchResult ours = TreeSolver.solve(problem, mode);
        DispatchResult reference = HighsSolver.solve(problem, mode);
        assertThat(ours.solver()).isEqualTo("tree");
        assertThat(ours).hasSameClassAs(reference);
        if (ours instanceof DispatchResult.Solved one && reference instanceof DispatchResult.Solved other) {
            double cost = other.outcome().objective_gbp();
            assertThat(one.outcome().objective_gbp()).isCloseTo(cost, within(2e-6 * Math.max(1, Math.abs(cost))));
            assertThat(one.relativeGap()).isLessThanOrEqualTo(1e-6);
            assertThat(one.outcome().violations()).isEmpty();
        }
    }

    @Test
    void a_first_plan_far_beyond_a_limit_is_no_place_to_stay() {
        lineCapacity_kVA = 6;
        car(2, 7, 18, 8, 5, 38);
        costsWhatHighsSays(SHARED);
    }

    @Test
    void voltage_limits_just_below_the_substation() {
        resistance_ohm = 0.3;
        band = new VoltageBand(0.975, 1.1, 1.0);
        car(1, 7, 17, 8, 5, 30);
        car(2, 7, 18, 7, 5, 25);
        costsWhatHighsSays(SHARED);
    }

    @Test
    void an_upper_voltage_limit_bends_what_pv_gives() {
        resistance_ohm = 0.5;
        band = new VoltageBand(0.8, 1.01, 1.0);
        pv_kW = 9;
        car(2, 7, 8, 18, 5, 9);
        costsWhatHighsSays(SHARED);
    }

    @Test
    void a_limit_on_export_kept_by_curtailment_or_by_burning_energy_at_no_price() {
        lineCapacity_kVA = 5;
        pv_kW = 8;
        car(2, 7, 0, 0, 20, 20);
        costsWhatHighsSays(SHARED);
    }

    @Test
    void free_energy_leaves_the_peaks_alone_to_decide() {
        buy = 0;
        sell = 0;
        car(1, 3.6, 20, 7, 2, 33);
        car(2, 22, 12, 12, 0, 40);
        costsWhatHighsSays(SHARED);
    }

    @Test
    void a_peak_that_cars_cannot_avoid() {
        car(2, 7, 20, 0, 5, 5 + 0.95 * 7 * 4 * 0.98);
        costsWhatHighsSays(SHARED);
    }

    @Test
    void present_values_of_a_whole_year_on_one_day() {
        presentValueDays = 1;
        car(1, 7, 18, 8, 5, 38);
        car(2, 7, 17, 7, 5, 38);
        costsWhatHighsSays(SHARED);
    }

    @Test
    void a_base_load_beyond_a_limit_has_no_schedule_with_or_without_cars() {
        lineCapacity_kVA = 0.5;
        costsWhatHighsSays(SHARED);
        car(2, 7, 18, 8, 5, 6);
        costsWhatHighsSays(SHARED);
    }

    @Test
    void no_demand_no_reactive_power_and_flows_that_can_be_nothing() {
        demand_kW = 0;
        car(1, 7, 0, 0, 20, 20);
        car(2, 7, 0, 0, 30, 30);
        costsWhatHighsSays(SHARED);
    }

    @Test
    void one_car_gives_what_the_other_takes_and_the_line_to_the_substation_rests() {
        demand_kW = 0;
        buy = 0.4;
        sell = 0;
        car(1, 7, 0, 12, 30, 10);
        car(2, 7, 0, 12, 10, 10 + 20 * 0.95 * 0.95);
        costsWhatHighsSays(SHARED);
    }

    @Test
    void homes_that_pay_themselves_within_a_limit() {
        lineCapacity_kVA = 8;
        car(1, 7, 18, 8, 5, 30);
        car(2, 7, 17, 7, 5, 30);
        costsWhatHighsSays(new ChargingMode.Smart());
        costsWhatHighsSays(new ChargingMode.VehicleToGrid());
    }

    @Test
    void negative_prices_pay_for_burning_energy() {
        buy = -0.05;
        sell = -0.2;
        pv_kW = 4;
        car(2, 7, 0, 0, 20, 20);
        costsWhatHighsSays(SHARED);
    }
}
