package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.headroom.SharedData;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Days with optima from an independent model: status and cost, and the written schedule recomputed from its files alone. */
@NullUnmarked
class CasesTest {
    /** Relative to the objective: what the reference optima are good for. */
    private static final double REFERENCE = 1e-6;

    @TestFactory
    Stream<DynamicTest> every_case_gives_its_expected_optimum_and_a_schedule_that_keeps_it(@TempDir Path folder)
            throws IOException {
        Path cases = SharedData.find("cases");
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> folders = Files.list(cases)) {
            for (Path caseFolder : folders.sorted().toList()) {
                JsonNode expected = JsonMapper.shared().readTree(caseFolder.resolve("expected.json"));
                CaseFolder.Case day = CaseFolder.read(caseFolder, false);
                for (ChargingMode mode : ChargingMode.all()) {
                    for (Solver solver : Solver.values()) {
                        String name = "%s %s %s".formatted(caseFolder.getFileName(), mode.label(), solver);
                        Path out = folder.resolve(name.replace(' ', '-'));
                        tests.add(DynamicTest.dynamicTest(
                                name,
                                () -> check(
                                        caseFolder, day.problem(), mode, solver, expected.path(mode.label()), out)));
                    }
                }
            }
        }
        return tests.stream();
    }

    private static void check(
            Path caseFolder, DayProblem problem, ChargingMode mode, Solver solver, JsonNode expected, Path out)
            throws IOException {
        DispatchResult result = solver.solve(problem, mode);
        OutcomeFiles.write(problem, mode, result, List.of(), out);
        JsonNode summary = JsonMapper.shared().readTree(out.resolve("summary.json"));

        if (!expected.isMissingNode() && expected.get("objective_gbp").isNull()) {
            assertThat(summary.get("status").asString()).isEqualTo("infeasible");
            assertThat(summary.get("violations").size()).isPositive();
            assertThat(out.resolve("schedule.csv")).doesNotExist();
            return;
        }
        if (expected.isMissingNode() && summary.get("status").asString().equals("infeasible")) {
            // no reference for this mode; a breach that is named must be there
            assertThat(summary.get("violations").size()).isPositive();
            return;
        }
        assertThat(summary.get("status").asString()).isEqualTo("optimal");
        double objective = summary.get("objective_gbp").asDouble();
        WrittenDay written = new WrittenDay(caseFolder, out, mode.label());
        if (!expected.isMissingNode()) {
            double optimum = expected.get("objective_gbp").asDouble();
            assertThat(objective).isCloseTo(optimum, within(REFERENCE * Math.abs(optimum)));
            assertThat(summary.get("relativeGap").asDouble()).isLessThan(REFERENCE);
            assertThat(summary.get("violations").size()).isZero();
            assertThat(written.worstOverCapacity_kVA).isLessThan(1e-4);
            assertThat(written.lowestVoltageMargin_pu).isGreaterThan(-1e-6);
            expected.get("expanded")
                    .forEach(asset -> assertThat(
                                    written.expanded.get(asset.asInt() == 0 ? "substation" : "l" + asset.asInt()))
                            .as("expansion of asset %d", asset.asInt())
                            .isTrue());
        }
        recomputes(written, summary, mode, objective);
    }

    private static void recomputes(WrittenDay written, JsonNode summary, ChargingMode mode, double objective) {
        double tolerance = 1e-8 * Math.abs(objective);
        assertThat(summary.get("energyCost_gbp").asDouble()).isCloseTo(written.energyCost_gbp, within(tolerance));
        assertThat(summary.get("degradationCost_gbp").asDouble()).isCloseTo(written.degradation_gbp, within(tolerance));
        assertThat(summary.get("expansionCost_gbp").asDouble()).isCloseTo(written.expansion_gbp, within(tolerance));
        assertThat(summary.get("presentValue_gbpPerYear").asDouble())
                .isCloseTo(written.presentValue_gbpPerYear, within(1e-8 * written.presentValue_gbpPerYear));
        assertThat(summary.get("substationPeak_kVA").asDouble())
                .isCloseTo(written.substationPeak_kVA, within(1e-8 * written.substationPeak_kVA));
        double sum = written.energyCost_gbp + written.degradation_gbp + written.expansion_gbp;
        if (mode instanceof ChargingMode.VirtualVehicleToVehicle) {
            sum += written.presentValue_gbpPerYear / 365;
        }
        assertThat(objective).isCloseTo(sum, within(tolerance));

        assertThat(written.worstEnergyRow_kWh).isLessThan(1e-9);
        assertThat(written.lowestOverReserve_kWh).isGreaterThan(-1e-6);
        assertThat(written.highestOverCapacity_kWh).isLessThan(1e-6);
        assertThat(written.highestOverCharger_kW).isLessThanOrEqualTo(0);
        written.wantedAtDeparture_kWh.forEach(
                (session, wanted) -> assertThat(written.energyAtDeparture_kWh.get(session))
                        .as("energy of %s at departure", session)
                        .isCloseTo(wanted, within(1e-6)));
    }
}
