package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code headroom dispatch} as a user would run it. */
class DispatchCommandTest {
    private static final Map<String, String> COLUMNS = Map.of(
            "schedule.csv", "session,step,charge_kW,discharge_kW,energy_kWh",
            "flows.csv", "line,step,p_kW,q_kvar,s_kVA",
            "voltages.csv", "node,step,u_pu",
            "assets.csv", "asset,capacity_kVA,peak_kVA,headroomRate,presentValue_gbpPerYear,expanded",
            "ledger.csv", "step,from,fromKind,fromHome,to,toKind,toHome,energy_kWh",
            "bills.csv", "node,home,energy_gbp,wear_gbp");

    @TempDir
    Path folder;

    private final UserAtTheShell user = new UserAtTheShell();
    private Path day = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void write() throws IOException {
        day = TinyStudy.writeCase(folder.resolve("day"));
        out = folder.resolve("new/out");
    }

    private int dispatch(String mode, String... more) {
        List<String> arguments =
                new java.util.ArrayList<>(List.of("dispatch", day.toString(), "--mode", mode, "--out", out.toString()));
        arguments.addAll(List.of(more));
        return user.types(arguments.toArray(String[]::new));
    }

    private JsonNode summary() {
        return JsonMapper.shared().readTree(out.resolve("summary.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"immediate", "smart", "v2g", "v-v2v"})
    void every_file_is_written_with_its_columns(String mode) throws IOException {
        assertThat(dispatch(mode)).isZero();

        assertThat(user.err()).isEmpty();
        assertThat(user.out()).contains(mode + ": optimal", "Written to " + out);
        for (var file : COLUMNS.entrySet()) {
            assertThat(Files.readAllLines(out.resolve(file.getKey())).getFirst())
                    .isEqualTo(file.getValue());
        }
        assertThat(Files.readAllLines(out.resolve("pv.csv")).getFirst().split(","))
                .contains("node", "step", "available_kW", "used_kW");
    }

    private double bills_gbp() throws IOException {
        return Files.readAllLines(out.resolve("bills.csv")).stream()
                .skip(1)
                .mapToDouble(row -> Double.parseDouble(row.split(",", -1)[2]))
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.5", "1"})
    void bills_sum_to_the_energy_cost_at_any_price_inside_the_community(String priceShare) throws IOException {
        assertThat(dispatch("v-v2v", "--price-share", priceShare)).isZero();

        assertThat(bills_gbp()).isCloseTo(summary().get("energyCost_gbp").asDouble(), within(1e-9));
        assertThat(user.out()).contains("Shared with others: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "50", "NaN"})
    void a_price_outside_the_spread_is_refused(String priceShare) {
        assertThat(dispatch("v-v2v", "--price-share", priceShare)).isEqualTo(2);

        assertThat(user.err()).contains("--price-share is", "expected 0 to 1");
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"immediate", "smart", "v2g", "v-v2v"})
    void the_summary_holds_every_key_of_the_contract(String mode) {
        dispatch(mode);

        assertThat(summary().propertyNames())
                .contains(
                        "mode",
                        "status",
                        "objective_gbp",
                        "lowerBound_gbp",
                        "relativeGap",
                        "energyCost_gbp",
                        "presentValueCost_gbp",
                        "expansionCost_gbp",
                        "degradationCost_gbp",
                        "substationPeak_kVA",
                        "substationPeak_kW",
                        "peakToAverage",
                        "presentValue_gbpPerYear",
                        "losses_kWh",
                        "lowestAcVoltage_pu",
                        "acVoltageError_pu",
                        "solver",
                        "solve_ms",
                        "violations");
        assertThat(summary().get("mode").asString()).isEqualTo(mode);
        assertThat(summary().get("solver").asString()).isEqualTo("tree");
        assertThat(summary().get("violations").isArray()).isTrue();
    }

    @Test
    void tables_have_a_row_for_every_step_of_what_they_list() throws IOException {
        dispatch("smart");

        assertThat(Files.readAllLines(out.resolve("schedule.csv"))).hasSize(1 + 4);
        assertThat(Files.readAllLines(out.resolve("flows.csv"))).hasSize(1 + 3 * 6);
        assertThat(Files.readAllLines(out.resolve("voltages.csv"))).hasSize(1 + 3 * 6);
        assertThat(Files.readAllLines(out.resolve("assets.csv"))).hasSize(1 + 3);
        assertThat(Files.readString(out.resolve("flows.csv"))).contains("\nsubstation,0,");
    }

    @Test
    void a_day_without_a_schedule_says_why_and_leaves_no_old_tables() throws IOException {
        dispatch("smart");
        Files.writeString(
                day.resolve("network.json"),
                Files.readString(day.resolve("network.json")).replace("\"capacity_kVA\": 60", "\"capacity_kVA\": 1"));

        assertThat(dispatch("smart")).isZero();
        assertThat(summary().get("status").asString()).isEqualTo("infeasible");
        assertThat(summary().get("violations").get(0).asString()).contains("capacity 1.00 kVA", "at step");
        assertThat(summary().get("objective_gbp").isNull()).isTrue();
        assertThat(user.out()).contains("no schedule keeps every limit", "over by");
        COLUMNS.keySet().forEach(table -> assertThat(out.resolve(table)).doesNotExist());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tree", "highs"})
    void a_car_that_would_have_to_give_energy_back_is_named_without_a_schedule(String solver) throws IOException {
        Path sessions = day.resolve("sessions.csv");
        Files.writeString(sessions, Files.readString(sessions).replace("4,2,10,40", "4,2,10,9"));

        assertThat(dispatch("smart", "--solver", solver)).isZero();
        assertThat(user.out())
                .contains("What cannot be met:" + System.lineSeparator() + "  session car: arrives with 10.000 kWh")
                .doesNotContain("under the schedule");
    }

    @Test
    void both_solvers_find_the_same_cost() throws IOException {
        assertThat(dispatch("v-v2v", "--solver", "tree")).isZero();
        double tree = summary().get("objective_gbp").asDouble();
        assertThat(dispatch("v-v2v", "--solver", "highs")).isZero();

        assertThat(summary().get("solver").asString()).isEqualTo("highs");
        assertThat(summary().get("objective_gbp").asDouble()).isCloseTo(tree, within(1e-6 * Math.abs(tree)));
    }

    @Test
    void an_unknown_solver_is_refused_with_the_nearest_one() {
        assertThat(dispatch("smart", "--solver", "high")).isEqualTo(2);
        assertThat(user.err())
                .contains("--solver is 'high', expected one of tree, highs")
                .contains("Maybe highs");
        assertThat(out).doesNotExist();
    }

    @Test
    void a_mistyped_mode_is_told_the_nearest() {
        assertThat(dispatch("vv2v")).isEqualTo(2);
        assertThat(user.err()).contains("--mode is 'vv2v'", "immediate, smart, v2g, v-v2v", "Maybe v-v2v");
    }

    @Test
    void an_energy_out_of_reach_is_refused_with_file_and_line() throws IOException {
        outOfReach();

        assertThat(dispatch("smart")).isEqualTo(2);
        assertThat(user.err())
                .contains(
                        day.resolve("sessions.csv") + ":2: session car cannot leave with 50.000 kWh", "--best-effort");
        assertThat(out).doesNotExist();
    }

    @Test
    void best_effort_lowers_an_energy_out_of_reach_and_lists_it() throws IOException {
        outOfReach();

        assertThat(dispatch("smart", "--best-effort")).isZero();
        assertThat(user.out()).contains("Note: session car cannot leave with 50.000 kWh");
        assertThat(summary().get("lowered").get(0).asString()).contains("session car", "lowered");
    }

    private void outOfReach() throws IOException {
        Path sessions = day.resolve("sessions.csv");
        Files.writeString(sessions, Files.readString(sessions).replace("4,2,10,40", "4,5,10,50"));
    }

    @Test
    void an_out_that_is_a_file_is_refused() throws IOException {
        out = Files.writeString(folder.resolve("file"), "precious");

        assertThat(dispatch("smart")).isEqualTo(2);
        assertThat(user.complaints()).hasSizeBetween(1, 2);
        assertThat(out).hasContent("precious");
    }

    @Test
    void an_out_below_a_file_is_refused() throws IOException {
        out = Files.writeString(folder.resolve("file"), "precious").resolve("below");

        assertThat(dispatch("smart")).isEqualTo(2);
        assertThat(user.err()).doesNotContain("\tat ");
    }

    @Test
    void a_column_that_is_not_used_is_noted() throws IOException {
        Path tariff = day.resolve("tariff.csv");
        Files.writeString(tariff, Files.readString(tariff).replace("\n", ",x\n").replaceFirst(",x\n", ",remark\n"));

        assertThat(dispatch("smart")).isZero();
        assertThat(user.out()).contains("columns not used: remark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "v2g"})
    void bounds_are_printed_and_written_around_the_peak(String mode) {
        assertThat(dispatch(mode, "--bounds")).isZero();

        assertThat(user.out()).contains("over all equally cheap schedules: lowest", "highest");
        double peak = summary().get("substationPeak_kVA").asDouble();
        assertThat(summary().get("substationPeakLowest_kVA").asDouble()).isLessThanOrEqualTo(peak + 1e-4);
        assertThat(summary().get("substationPeakHighest_kVA").asDouble()).isGreaterThanOrEqualTo(peak - 1e-4);
    }

    @Test
    void without_bounds_the_summary_has_none() {
        dispatch("smart");

        assertThat(summary().propertyNames()).doesNotContain("substationPeakLowest_kVA", "substationPeakHighest_kVA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"immediate", "v-v2v"})
    void bounds_are_refused_where_nothing_ties(String mode) {
        assertThat(dispatch(mode, "--bounds")).isEqualTo(2);

        assertThat(user.err()).contains("--bounds with --mode " + mode, "expected smart or v2g", "Maybe");
        assertThat(out).doesNotExist();
    }

    private void loseAShare() throws IOException {
        Path yaml = day.resolve("case.yaml");
        Files.writeString(yaml, Files.readString(yaml) + "\nlosses: fixed\nlossShare: 0.002\n");
    }

    @Test
    void bounds_are_refused_where_lines_lose_a_share() throws IOException {
        loseAShare();

        assertThat(dispatch("smart", "--bounds")).isEqualTo(2);

        assertThat(user.err()).contains("--bounds with lossShare 0.002", "expected losses: none", "Maybe");
        assertThat(out).doesNotExist();
    }

    @Test
    void what_lines_lose_is_in_the_summary_where_they_lose_a_fixed_share() throws IOException {
        loseAShare();

        assertThat(dispatch("v-v2v")).isZero();

        assertThat(summary().get("lineLosses_kWh").asDouble()).isPositive();
        assertThat(summary().get("solver").asString()).isEqualTo("highs");
    }
}
