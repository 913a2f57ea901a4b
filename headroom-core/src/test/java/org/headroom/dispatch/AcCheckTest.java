package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headroom.dispatch.TwoPriceDays.ETA;
import static org.headroom.dispatch.TwoPriceDays.session;
import static org.headroom.dispatch.TwoPriceDays.solved;

import java.nio.file.Path;
import java.util.List;
import org.headroom.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Losses and AC voltages of a dispatched day. */
class AcCheckTest {
    private static final ChargingMode IMMEDIATE = new ChargingMode.Immediate();

    /** One car, one hour, 22 kW through 0.6 ohm. */
    private static DayOutcome oneHour(double resistance_ohm) {
        TwoPriceDays day = new TwoPriceDays();
        day.resistance_ohm = resistance_ohm;
        return solved(day.problem(session(22, 2, 5, 10, 10 + 22 * ETA)), IMMEDIATE);
    }

    @Test
    void one_car_on_one_line_loses_what_the_closed_form_says() {
        double b = 400.0 * 400 - 2 * 0.6 * 22_000;
        double far_V2 = (b + Math.sqrt(b * b - 4 * 0.36 * 22_000.0 * 22_000)) / 2;
        double far_pu = Math.sqrt(far_V2) / 400;

        AcCheck check = AcCheck.of(oneHour(0.6));

        assertThat(check.unsolvedSteps()).isZero();
        assertThat(check.losses_kWh()).isCloseTo(0.6 * 22_000 * 22_000 / far_V2 / 1000, within(1e-9));
        assertThat(check.lowestVoltage_pu()).isCloseTo(far_pu, within(1e-12));
        assertThat(check.voltageError_pu()).isCloseTo(1 - 0.0825 - far_pu, within(1e-12));
    }

    @Test
    void a_day_whose_voltage_collapses_has_no_figures() {
        AcCheck check = AcCheck.of(oneHour(10));

        assertThat(check.unsolvedSteps()).isEqualTo(1);
        assertThat(check.losses_kWh()).isNaN();
        assertThat(check.lowestVoltage_pu()).isNaN();
        assertThat(check.voltageError_pu()).isNaN();
    }

    @Test
    void the_summary_of_a_day_whose_voltage_collapses_has_null_for_what_is_not_known(@TempDir Path folder) {
        DayOutcome day = oneHour(10);
        OutcomeFiles.write(day.problem(), IMMEDIATE, HighsSolver.solve(day.problem(), IMMEDIATE), List.of(), folder);

        JsonNode summary = JsonMapper.shared().readTree(folder.resolve("summary.json"));
        assertThat(summary.get("acUnsolvedSteps").asInt()).isEqualTo(1);
        for (String key : List.of("losses_kWh", "lowestAcVoltage_pu", "acVoltageError_pu")) {
            assertThat(summary.get(key).isNull()).as(key).isTrue();
        }
    }

    /** Against a plain sweep over complex currents, step by step, which shares nothing with ours. */
    @ParameterizedTest
    @CsvSource({"1, 24", "2, 24", "3, 48", "4, 96"})
    void a_random_day_agrees_with_a_sweep_over_currents(long seed, int stepCount) {
        DayProblem problem = RandomDays.generous(seed, stepCount);
        DayOutcome day = solved(problem, IMMEDIATE);
        Network network = problem.network();
        double losses_kWh = 0;
        double lowest_pu = 2;
        double error_pu = 0;
        for (int t = 0; t < stepCount; t++) {
            double[] re = new double[network.nodeCount()];
            double[] im = new double[network.nodeCount()];
            double phase_V = network.base_V() / Math.sqrt(3);
            java.util.Arrays.fill(re, network.voltage().source_pu() * phase_V);
            double loss_W = 0;
            for (int sweep = 0; sweep < 60; sweep++) {
                double[] currentRe = new double[network.lineCount()];
                double[] currentIm = new double[network.lineCount()];
                loss_W = 0;
                for (int l = network.lineCount() - 1; l >= 0; l--) {
                    int n = l + 1;
                    double p = 1000 * day.nodal_kW(n, t) / 3;
                    double q = 1000 * problem.nodal_kvar(n, t) / 3;
                    double squared = re[n] * re[n] + im[n] * im[n];
                    currentRe[l] += (p * re[n] + q * im[n]) / squared;
                    currentIm[l] += (p * im[n] - q * re[n]) / squared;
                    int parent = network.parentLine(l);
                    if (parent >= 0) {
                        currentRe[parent] += currentRe[l];
                        currentIm[parent] += currentIm[l];
                    }
                    loss_W += 3
                            * network.line(l).resistance_ohm()
                            * (currentRe[l] * currentRe[l] + currentIm[l] * currentIm[l]);
                }
                for (int l = 0; l < network.lineCount(); l++) {
                    double r = network.line(l).resistance_ohm();
                    double x = network.line(l).reactance_ohm();
                    int parent = network.parentNode(l);
                    re[l + 1] = re[parent] - r * currentRe[l] + x * currentIm[l];
                    im[l + 1] = im[parent] - r * currentIm[l] - x * currentRe[l];
                }
            }
            losses_kWh += loss_W / 1000 * 24 / stepCount;
            for (int n = 0; n < network.nodeCount(); n++) {
                double voltage_pu = Math.hypot(re[n], im[n]) / phase_V;
                lowest_pu = Math.min(lowest_pu, voltage_pu);
                error_pu = Math.max(error_pu, Math.abs(voltage_pu - day.voltage_pu(n, t)));
            }
        }

        AcCheck check = AcCheck.of(day);

        assertThat(check.unsolvedSteps()).isZero();
        assertThat(losses_kWh).isPositive();
        assertThat(check.losses_kWh()).isCloseTo(losses_kWh, within(1e-8 * losses_kWh));
        assertThat(check.lowestVoltage_pu()).isCloseTo(lowest_pu, within(1e-9));
        assertThat(check.voltageError_pu()).isCloseTo(error_pu, within(1e-9));
    }
}
