package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.headroom.dispatch.ChargingMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tables of a study, computed again from its Parquet files by SQL and plain sums. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StudyResultsTest {
    private static final List<String> MODES = List.of("immediate", "smart", "v2g", "v-v2v");
    private static final int NETWORKS = 3;
    /** Student's t, two degrees of freedom, 97.5 %: from a printed table. */
    private static final double T2 = 4.302652729911275;

    private static final Map<String, Double> ASSET_GBP =
            Map.of("substation", 3000.0, "Sa", 300.0, "ab", 200.0, "Sc", 150.0);
    private static final Map<String, Double> CAPACITY_KVA =
            Map.of("substation", 60.0, "Sa", 60.0, "ab", 50.0, "Sc", 50.0);

    private Path folder = Path.of("");
    private Path out = Path.of("");
    private Connection sql = connect();
    private List<StudySummary> run = List.of();

    @BeforeAll
    void runOnce(@TempDir Path temporary) {
        folder = temporary;
        out = folder.resolve("out");
        Study study = StreetStudy.read(
                folder, text -> text.replace("perSeason: 1", "perSeason: 2").replace("count: 2", "count: 3"));
        run = List.of(StreetStudy.run(study, out, 2));
    }

    private StudySummary summary() {
        return run.getFirst();
    }

    @AfterAll
    void close() throws SQLException {
        sql.close();
    }

    private static Connection connect() {
        try {
            return DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Double> numbers(String query) {
        String text = query.replace("METRICS", "'" + out.resolve("metrics.parquet") + "'")
                .replace("FLOWS", "'" + out.resolve("flows.parquet") + "'");
        try (Statement statement = sql.createStatement();
                ResultSet rows = statement.executeQuery(text)) {
            List<Double> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getDouble(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<NamedCsvRecord> table(String name) throws IOException {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(out.resolve("tables").resolve(name))) {
            return reader.stream().toList();
        }
    }

    private static double cell(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }

    /** Mean and interval in a row of a table against the values of the networks. */
    private static void assertEstimate(NamedCsvRecord row, String metric, List<Double> values) {
        assertThat(values).hasSize(NETWORKS);
        double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
        double variance =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (NETWORKS - 1);
        double half = T2 * Math.sqrt(variance / NETWORKS);
        double tolerance = 1e-9 * Math.max(1, Math.abs(mean));
        assertThat(cell(row, metric)).as(metric).isCloseTo(mean, within(tolerance));
        assertThat(cell(row, metric + "_lower")).isCloseTo(mean - half, within(1e-6 * Math.max(1, half)));
        assertThat(cell(row, metric + "_upper")).isCloseTo(mean + half, within(1e-6 * Math.max(1, half)));
    }

    private NamedCsvRecord row(String mode) throws IOException {
        return table("table2.csv").stream()
                .filter(r -> r.getField("mode").equals(mode))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void there_is_one_row_a_network_day_and_mode() {
        assertThat(numbers("SELECT count(*) FROM METRICS")).containsExactly((double) NETWORKS * 8 * MODES.size());
        assertThat(numbers("SELECT count(DISTINCT (scenario, network, day, mode)) FROM METRICS"))
                .containsExactly((double) NETWORKS * 8 * MODES.size());
    }

    @Test
    void cars_are_plugged_in_on_most_days() {
        assertThat(numbers("SELECT avg(sessions) FROM METRICS").getFirst()).isGreaterThan(1);
    }

    @Test
    void every_mode_of_a_day_has_the_same_sessions_and_base_load() {
        assertThat(numbers("""
                SELECT count(DISTINCT (sessions, baseLoadPeak_kVA)) FROM METRICS GROUP BY scenario, network, day
                """)).hasSize(NETWORKS * 8).containsOnly(1.0);
    }

    @Test
    void weights_of_a_network_and_mode_sum_to_a_year() {
        assertThat(numbers("SELECT sum(weight_days) FROM METRICS GROUP BY scenario, network, mode"))
                .hasSize(NETWORKS * MODES.size())
                .allSatisfy(sum -> assertThat(sum).isCloseTo(365, within(1e-9)));
    }

    @Test
    void the_substations_row_of_the_flows_holds_its_hours() {
        assertThat(numbers("""
                SELECT max(abs(m.substationMean_kW - list_avg(f.flow_kW))) + max(abs(f.peak_kW - greatest(list_max(f.flow_kW), -list_min(f.flow_kW))))
                       + max(abs(m.substationPeak_kW - f.peak_kW)) + max(abs(m.substationPeak_kVA - f.peak_kVA))
                FROM METRICS m JOIN FLOWS f USING (scenario, network, day, mode) WHERE asset = 'substation'
                """).getFirst()).isLessThan(1e-9);
        assertThat(numbers("SELECT count(*) FROM FLOWS WHERE (asset = 'substation') <> (flow_kW IS NOT NULL)"))
                .containsExactly(0.0);
    }

    @Test
    void the_modes_costs_add_up_to_its_objective() {
        assertThat(numbers("""
                SELECT abs(objective_gbp - energyCost_gbp - degradationCost_gbp - expansionCost_gbp
                           - CASE WHEN mode = 'v-v2v' THEN presentValueCost_gbp ELSE 0 END) FROM METRICS
                """))
                .hasSize(NETWORKS * 8 * 4)
                .allSatisfy(rest -> assertThat(rest).isLessThan(1e-9));
    }

    @Test
    void no_schedule_beats_its_own_bound() {
        assertThat(numbers("SELECT min(objective_gbp - lowerBound_gbp) FROM METRICS")
                        .getFirst())
                .isGreaterThan(-1e-6);
        assertThat(numbers("SELECT max(relativeGap) FROM METRICS").getFirst()).isLessThan(1e-6);
    }

    @Test
    void peaks_are_the_highest_of_all_days() throws IOException {
        for (String mode : MODES) {
            for (String unit : List.of("kW", "kVA")) {
                assertEstimate(
                        row(mode),
                        "substationPeak_" + unit,
                        numbers(
                                "SELECT max(substationPeak_%s) FROM METRICS WHERE mode = '%s' GROUP BY network ORDER BY network"
                                        .formatted(unit, mode)));
            }
        }
    }

    @Test
    void peak_to_average_is_the_highest_peak_over_the_years_mean() throws IOException {
        for (String mode : MODES) {
            assertEstimate(row(mode), "peakToAverage", numbers("""
                    SELECT max(substationPeak_kW) / (sum(weight_days * substationMean_kW) / 365) FROM METRICS WHERE mode = '%s'
                    GROUP BY network ORDER BY network
                    """.formatted(mode)));
        }
    }

    @Test
    void costs_are_those_of_the_days_weighted_to_a_year() throws IOException {
        for (String mode : MODES) {
            for (var column : Map.of(
                            "energyCost_gbpPerYear", "energyCost_gbp",
                            "degradation_gbpPerYear", "degradationCost_gbp",
                            "curtailed_kWhPerYear", "curtailed_kWh",
                            "losses_kWhPerYear", "losses_kWh")
                    .entrySet()) {
                assertEstimate(
                        row(mode),
                        column.getKey(),
                        numbers(
                                "SELECT sum(weight_days * %s) FROM METRICS WHERE mode = '%s' GROUP BY network ORDER BY network"
                                        .formatted(column.getValue(), mode)));
            }
        }
    }

    @Test
    void voltages_are_the_worst_of_all_days() throws IOException {
        for (String mode : MODES) {
            for (String column :
                    List.of("min(lowestVoltage_pu)", "min(lowestAcVoltage_pu)", "max(acVoltageError_pu)")) {
                assertEstimate(
                        row(mode),
                        column.substring(4, column.length() - 1),
                        numbers("SELECT %s FROM METRICS WHERE mode = '%s' GROUP BY network ORDER BY network"
                                .formatted(column, mode)));
            }
        }
    }

    @Test
    void every_day_loses_a_little_and_its_voltages_are_a_little_off() {
        assertThat(numbers("SELECT losses_kWh / (24 * substationMean_kW) FROM METRICS WHERE substationMean_kW > 5"))
                .isNotEmpty()
                .allSatisfy(share -> assertThat(share).isBetween(1e-4, 0.05));
        assertThat(numbers("SELECT acVoltageError_pu FROM METRICS"))
                .hasSize(NETWORKS * 8 * 4)
                .allSatisfy(error -> assertThat(error).isBetween(1e-7, 0.01));
        assertThat(numbers("SELECT max(acUnsolvedSteps) FROM METRICS")).containsExactly(0.0);
    }

    @Test
    void the_present_value_is_that_of_every_assets_peak_over_all_days() throws IOException {
        for (String mode : MODES) {
            List<Double> values = new ArrayList<>();
            for (int network = 0; network < NETWORKS; network++) {
                double sum = 0;
                for (String asset : ASSET_GBP.keySet()) {
                    double peak = numbers(
                                    "SELECT max(peak_kVA) FROM FLOWS WHERE mode = '%s' AND network = %d AND asset = '%s'"
                                            .formatted(mode, network, asset))
                            .getFirst();
                    sum += ASSET_GBP.getOrDefault(asset, 0.0)
                            * presentValueShare(peak / CAPACITY_KVA.getOrDefault(asset, 0.0));
                }
                values.add(sum);
            }
            assertEstimate(row(mode), "presentValue_gbpPerYear", values);
        }
    }

    /** Loading to the power of ln 1.05 / ln 1.02, in ten straight pieces; 1 where overloaded. */
    private static double presentValueShare(double loading) {
        if (loading >= 1) {
            return 1;
        }
        double kappa = Math.log(1.05) / Math.log(1.02);
        double below = Math.floor(loading * 10) / 10;
        double low = Math.pow(below, kappa);
        double high = Math.pow(below + 0.1, kappa);
        return low + (high - low) * (loading - below) / 0.1;
    }

    @Test
    void table_3_is_the_mean_over_a_levels_lines_of_each_lines_highest_peak() throws IOException {
        List<NamedCsvRecord> rows = table("table3.csv");
        assertThat(rows).hasSize(3 * MODES.size());
        for (NamedCsvRecord row : rows) {
            if (row.getField("level").equals("2")) { // lines of two heights leave the middle level empty
                assertThat(cell(row, "linePeak_kW")).isZero();
                continue;
            }
            assertEstimate(row, "linePeak_kW", numbers("""
                    SELECT avg(peak) FROM (SELECT network, asset, max(peak_kW) AS peak FROM FLOWS
                      WHERE mode = '%s' AND level = %s AND asset <> 'substation' GROUP BY network, asset)
                    GROUP BY network ORDER BY network
                    """.formatted(row.getField("mode"), row.getField("level"))));
        }
    }

    @Test
    void differences_are_relative_and_paired_network_by_network() throws IOException {
        Map<String, String> metrics = new HashMap<>();
        metrics.put("peak", "max(substationPeak_kW)");
        metrics.put("energyCost", "sum(weight_days * energyCost_gbp)");
        List<NamedCsvRecord> rows = table("differences.csv");
        assertThat(rows).hasSize(6 * 3);
        int checked = 0;
        for (NamedCsvRecord row : rows) {
            String metric = metrics.get(row.getField("metric"));
            if (metric == null) {
                continue;
            }
            checked++;
            String ofMode = "SELECT network, %s AS x FROM METRICS WHERE mode = '%s' GROUP BY network";
            assertEstimate(
                    row,
                    "relativeDifference",
                    numbers("SELECT a.x / b.x - 1 FROM (%s) a JOIN (%s) b USING (network) ORDER BY network"
                            .formatted(
                                    ofMode.formatted(metric, row.getField("mode")),
                                    ofMode.formatted(metric, row.getField("against")))));
        }
        assertThat(checked).isEqualTo(6 * 2);
    }

    @Test
    void every_network_is_listed_with_its_own_figures() {
        for (StudySummary.ModeSummary mode : summary().scenarios().getFirst().modes()) {
            String from = " FROM METRICS WHERE mode = '%s' GROUP BY network ORDER BY network".formatted(mode.mode());
            assertThat(mode.networks())
                    .extracting(StudySummary.NetworkFigures::network)
                    .containsExactly(0, 1, 2);
            assertThat(mode.networks())
                    .extracting(StudySummary.NetworkFigures::peak_kW)
                    .isEqualTo(numbers("SELECT max(substationPeak_kW)" + from));
            List<Double> costs = numbers("SELECT sum(weight_days * energyCost_gbp)" + from);
            for (int n = 0; n < NETWORKS; n++) {
                assertThat(mode.networks().get(n).energyCost_gbpPerYear()).isCloseTo(costs.get(n), within(1e-6));
            }
            assertThat(mode.presentValue_gbpPerYear().mean())
                    .isCloseTo(
                            mode.networks().stream()
                                    .mapToDouble(StudySummary.NetworkFigures::presentValue_gbpPerYear)
                                    .average()
                                    .orElseThrow(),
                            within(1e-6));
        }
    }

    @Test
    void figures_spread_between_the_quartiles_of_the_networks() {
        for (StudySummary.ModeSummary mode : summary().scenarios().getFirst().modes()) {
            for (String share : List.of("0", "0.25", "0.5", "0.75", "1")) {
                double quantile = numbers(
                                "SELECT quantile_cont(peak, %s) FROM (SELECT max(substationPeak_kW) AS peak FROM METRICS WHERE mode = '%s' GROUP BY network)"
                                        .formatted(share, mode.mode()))
                        .getFirst();
                var spread = mode.spreads().getFirst().spread();
                double ours = switch (share) {
                    case "0" -> spread.min();
                    case "0.25" -> spread.lowerQuartile();
                    case "0.5" -> spread.median();
                    case "0.75" -> spread.upperQuartile();
                    default -> spread.max();
                };
                assertThat(ours).as(mode.mode() + " " + share).isCloseTo(quantile, within(1e-9));
            }
            assertThat(mode.spreads())
                    .extracting(StudySummary.FigureSpread::metric)
                    .containsExactly("peak_kW", "peakToAverage", "presentValue_gbpPerYear", "energyCost_gbpPerYear");
        }
    }

    @Test
    void the_hardest_day_is_the_one_on_which_the_first_networks_substation_carries_most() {
        StudySummary.HardestDay hardest =
                Objects.requireNonNull(summary().scenarios().getFirst().findHardestDay());

        assertThat(List.of((double) hardest.day()))
                .isEqualTo(numbers(
                        "SELECT day FROM METRICS WHERE network = 0 ORDER BY substationPeak_kVA DESC, day LIMIT 1"));
        assertThat(hardest.modes()).extracting(StudySummary.DayByStep::mode).containsExactlyElementsOf(MODES);
    }

    @Test
    void the_steps_of_the_hardest_day_reach_the_peaks_that_were_kept() {
        StudySummary.HardestDay hardest =
                Objects.requireNonNull(summary().scenarios().getFirst().findHardestDay());

        for (StudySummary.DayByStep mode : hardest.modes()) {
            String peak = "SELECT peak_kVA / capacity_kVA FROM FLOWS WHERE network = 0 AND day = %d AND mode = '%s'"
                    .formatted(hardest.day(), mode.mode());
            List<List<Double>> loadings = new ArrayList<>(List.of(mode.substationLoading()));
            loadings.addAll(mode.lineLoading());
            for (int a = 0; a < loadings.size(); a++) {
                String asset = List.of("substation", "Sa", "ab", "Sc").get(a);
                assertThat(loadings.get(a)).hasSize(24);
                assertThat(loadings.get(a).stream().mapToDouble(Math::abs).max().orElseThrow())
                        .as(mode.mode() + " " + asset)
                        .isCloseTo(
                                numbers(peak + " AND asset = '%s'".formatted(asset))
                                        .getFirst(),
                                within(1e-12));
            }
            assertThat(mode.voltage_pu().stream()
                            .flatMap(List::stream)
                            .mapToDouble(v -> v)
                            .min()
                            .orElseThrow())
                    .isCloseTo(
                            numbers(
                                            "SELECT lowestVoltage_pu FROM METRICS WHERE network = 0 AND day = %d AND mode = '%s'"
                                                    .formatted(hardest.day(), mode.mode()))
                                    .getFirst(),
                            within(1e-12));
        }
    }

    @Test
    void a_loading_is_negative_where_power_flows_to_the_substation() {
        StudySummary.HardestDay hardest =
                Objects.requireNonNull(summary().scenarios().getFirst().findHardestDay());

        for (StudySummary.DayByStep mode : hardest.modes()) {
            List<Double> flow = numbers(
                    "SELECT unnest(flow_kW) FROM FLOWS WHERE network = 0 AND asset = 'substation' AND day = %d AND mode = '%s'"
                            .formatted(hardest.day(), mode.mode()));
            for (int t = 0; t < 24; t++) {
                assertThat(mode.substationLoading().get(t) < 0).isEqualTo(flow.get(t) < 0);
            }
        }
    }

    @Test
    void the_maps_levels_hold_all_nodes_homes_and_lines() {
        assertThat(summary().networkMap().levels())
                .containsExactly(
                        new StudySummary.MapLevel(1, "1", 1, 3, 40, 40, "95 Al", 1),
                        new StudySummary.MapLevel(2, "none", 0, 0, 0, 0, "", 0),
                        new StudySummary.MapLevel(3, "0", 2, 9, 55, 27.5, "35 Al", 1));
    }

    @Test
    void expansions_and_violations_are_counted_over_networks_and_days() throws IOException {
        for (String mode : MODES) {
            assertThat(cell(row(mode), "violations"))
                    .isEqualTo(
                            numbers("SELECT count(*) FROM METRICS WHERE violations > 0 AND mode = '%s'".formatted(mode))
                                    .getFirst());
            assertThat(cell(row(mode), "expansions"))
                    .isEqualTo(numbers(expandedAssets(mode)).getFirst());
        }
    }

    /** Assets expanded on at least one day, counted in the written file. */
    private static String expandedAssets(String mode) {
        return "SELECT count(DISTINCT (network, asset)) FROM FLOWS WHERE expanded AND mode = '%s'".formatted(mode);
    }

    @Test
    void differences_of_present_value_are_relative_and_paired_too() throws IOException {
        for (NamedCsvRecord row : table("differences.csv")) {
            if (row.getField("metric").equals("presentValue")) {
                List<Double> ours = presentValues(row.getField("mode"));
                List<Double> theirs = presentValues(row.getField("against"));
                List<Double> relative = new ArrayList<>();
                for (int n = 0; n < NETWORKS; n++) {
                    relative.add(ours.get(n) / theirs.get(n) - 1);
                }
                assertEstimate(row, "relativeDifference", relative);
            }
        }
    }

    private List<Double> presentValues(String mode) {
        return numbers("""
                WITH peaks AS (SELECT network, asset, max(peak_kVA / capacity_kVA) AS loading FROM FLOWS WHERE mode = '%s' GROUP BY ALL),
                     value(asset, gbp) AS (VALUES ('substation', 3000), ('Sa', 300), ('ab', 200), ('Sc', 150)),
                     piece AS (SELECT network, gbp, loading, least(floor(loading * 10), 9) AS k FROM peaks JOIN value USING (asset))
                SELECT sum(gbp * CASE WHEN loading >= 1 THEN 1
                                 ELSE pow(k / 10, ln(1.05) / ln(1.02))
                                      + (pow((k + 1) / 10, ln(1.05) / ln(1.02)) - pow(k / 10, ln(1.05) / ln(1.02))) * (loading * 10 - k) END)
                FROM piece GROUP BY network ORDER BY network
                """.formatted(mode));
    }

    @Test
    void quantiles_over_networks_are_those_that_sql_finds() throws IOException {
        List<NamedCsvRecord> rows = table("quantiles.csv");
        assertThat(rows).hasSize(MODES.size() * 9);
        Map<String, String> figures = Map.of(
                "substationPeak_kW", "max(substationPeak_kW)",
                "substationPeak_kVA", "max(substationPeak_kVA)",
                "peakToAverage", "max(substationPeak_kW) / (sum(weight_days * substationMean_kW) / 365)",
                "energyCost_gbpPerYear", "sum(weight_days * energyCost_gbp)",
                "degradation_gbpPerYear", "sum(weight_days * degradationCost_gbp)",
                "lowestVoltage_pu", "min(lowestVoltage_pu)",
                "losses_kWhPerYear", "sum(weight_days * losses_kWh)",
                "curtailed_kWhPerYear", "sum(weight_days * curtailed_kWh)");
        for (NamedCsvRecord row : rows) {
            String figure = figures.get(row.getField("metric"));
            for (int percent : new int[] {5, 25, 50, 75, 95}) {
                double expected;
                if (figure == null) {
                    assertThat(row.getField("metric")).isEqualTo("presentValue_gbpPerYear");
                    expected = numbers("SELECT quantile_cont(x, %s) FROM (SELECT unnest(%s) AS x)"
                                    .formatted(percent / 100.0, presentValues(row.getField("mode"))))
                            .getFirst();
                } else {
                    expected = numbers(
                                    "SELECT quantile_cont(x, %s) FROM (SELECT %s AS x FROM METRICS WHERE mode = '%s' GROUP BY network)"
                                            .formatted(percent / 100.0, figure, row.getField("mode")))
                            .getFirst();
                }
                assertThat(cell(row, "q%02d".formatted(percent)))
                        .as("%s %s", row.getField("metric"), percent)
                        .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
            }
        }
    }

    @Test
    void the_variance_of_daily_figures_splits_as_sql_finds() throws IOException {
        List<NamedCsvRecord> rows = table("variance.csv");
        assertThat(rows).hasSize(MODES.size() * 2);
        for (NamedCsvRecord row : rows) {
            List<Double> expected = numbers("""
                    WITH v AS (SELECT network, day, %s AS x FROM METRICS WHERE mode = '%s'),
                         g AS (SELECT avg(x) AS m, count(DISTINCT network) AS n, count(DISTINCT day) AS d FROM v),
                         a AS (SELECT network, avg(x) AS m FROM v GROUP BY network),
                         b AS (SELECT day, avg(x) AS m FROM v GROUP BY day),
                         ms AS (SELECT (SELECT g.d * sum((a.m - g.m) ** 2) / (g.n - 1) FROM a, g GROUP BY g.d, g.n) AS network,
                                       (SELECT g.n * sum((b.m - g.m) ** 2) / (g.d - 1) FROM b, g GROUP BY g.n, g.d) AS day,
                                       (SELECT sum((x - a.m - b.m + g.m) ** 2) / ((g.n - 1) * (g.d - 1))
                                        FROM v JOIN a USING (network) JOIN b USING (day), g GROUP BY g.n, g.d) AS rest)
                    SELECT unnest([g.m, greatest(0, (ms.network - rest) / g.d), greatest(0, (ms.day - rest) / g.n), rest]) FROM ms, g
                    """.formatted(row.getField("metric"), row.getField("mode")));
            List<String> columns = List.of("mean", "networkVariance", "dayVariance", "restVariance");
            for (int i = 0; i < 4; i++) {
                assertThat(cell(row, columns.get(i)))
                        .as(columns.get(i))
                        .isCloseTo(expected.get(i), within(1e-9 * Math.max(1, expected.get(i))));
            }
            assertThat(cell(row, "networkShare") + cell(row, "dayShare") + cell(row, "restShare"))
                    .isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void a_known_variance_is_split_as_it_was_made() {
        // network effects 0 and 10, day effects 0, 1, 2: no rest
        EnsembleResults.VarianceSplit split =
                EnsembleResults.VarianceSplit.of(new double[][] {{0, 1, 2}, {10, 11, 12}});

        assertThat(split.network()).isCloseTo(50, within(1e-12));
        assertThat(split.day()).isCloseTo(1, within(1e-12));
        assertThat(split.rest()).isCloseTo(0, within(1e-12));
    }

    @Test
    void networks_are_paired_by_number_where_modes_have_days_without_a_schedule_on_different_ones()
            throws SQLException {
        Study study = StreetStudy.read(
                folder.resolve("gaps"),
                text -> text.replace("count: 2", "count: 3")
                        .replace("modes: [immediate, smart, v2g, v-v2v]", "modes: [immediate, smart]"));
        Path gaps = folder.resolve("gaps/out");
        StudySummary summary;
        try (StudyRunner runner = new StudyRunner(study, gaps, "test", (trials, key) -> {
            TrialResult whole = trials.run(key);
            int missing = key.network() == 0 ? 0 : key.network() == 2 ? 1 : 2; // immediate, smart, none
            List<TrialResult.ModeResult> modes = new ArrayList<>(whole.modes());
            if (missing < 2) {
                modes.set(missing, withoutSchedule(modes.get(missing).mode()));
            }
            return new TrialResult(key, whole.sessions(), whole.baseLoad(), modes, whole.details());
        })) {
            runner.run(2, StreetStudy.SILENT);
            summary = runner.finish();
        }

        StudySummary.ModeDifference peak = summary.scenarios().getFirst().differences().stream()
                .filter(difference -> difference.metric().equals("peak"))
                .findFirst()
                .orElseThrow();
        Path whole = out;
        out = gaps;
        double paired = numbers("""
                SELECT max(substationPeak_kW) FILTER (mode = 'smart') / max(substationPeak_kW) FILTER (mode = 'immediate') - 1
                FROM METRICS WHERE network = 1
                """).getFirst();
        out = whole;
        assertThat(peak.relative().mean()).isCloseTo(paired, within(1e-12));
        assertThat(peak.relative().hasInterval()).isFalse();
        StudySummary.ModeSummary immediate =
                summary.scenarios().getFirst().modes().getFirst();
        assertThat(immediate.lineLoading()).as("network 0 has no day").containsOnly(Double.NaN);
        assertThat(immediate.networks())
                .extracting(StudySummary.NetworkFigures::network)
                .containsExactly(1, 2);
    }

    private static TrialResult.ModeResult withoutSchedule(ChargingMode mode) {
        return new TrialResult.ModeResult(
                mode, "limit", "none", Double.NaN, Double.NaN, null, null, List.of("no schedule was found in time"));
    }

    @Test
    void an_asset_expanded_on_several_days_counts_once() {
        Path file = StreetStudy.write(
                folder.resolve("weak"),
                StreetStudy.NETWORK.replace(
                        "\"capacity_kVA\": 50, \"asset_gbpPerYear\": 200",
                        "\"capacity_kVA\": 2, \"asset_gbpPerYear\": 200"),
                StreetStudy.STUDY.replace("[immediate, smart, v2g, v-v2v]", "[immediate]"));
        Path whole = out;
        out = folder.resolve("weak/out");
        try {
            StudySummary summary = StreetStudy.run(StudyFile.read(file), out, 2);

            assertThat(numbers("SELECT sum(expansions) FROM METRICS").getFirst())
                    .isGreaterThan(2);
            assertThat(
                            numbers(
                                    "SELECT network, day, count(*) FILTER (expanded) - any_value(expansions) FROM FLOWS JOIN METRICS USING (scenario, network, day, mode) GROUP BY ALL HAVING count(*) FILTER (expanded) <> any_value(expansions)"))
                    .as("days on which the two files differ")
                    .isEmpty();
            assertThat(numbers(expandedAssets("immediate"))).containsExactly(2.0);
            assertThat(summary.scenarios().getFirst().modes().getFirst().expansions())
                    .isEqualTo(2); // one line on two networks
        } finally {
            out = whole;
        }
    }

    @Test
    void the_week_is_the_first_seven_days_of_the_first_network_in_a_row() throws IOException {
        Study study = StreetStudy.read(
                folder.resolve("week"),
                text -> text.replace("perSeason: 1", "perSeason: 7")
                        .replace("modes: [immediate, smart, v2g, v-v2v]", "modes: [immediate]"));
        Path whole = out;
        out = folder.resolve("week/out");
        try {
            StreetStudy.run(study, out, 2);
            List<Double> week = table("substation-week.csv").stream()
                    .map(row -> cell(row, "p_kW"))
                    .toList();

            assertThat(week).hasSize(168);
            assertThat(week).isEqualTo(numbers("""
                    SELECT unnest(flow_kW) FROM (SELECT flow_kW FROM FLOWS
                      WHERE asset = 'substation' AND network = 0 AND day < 7 ORDER BY day)
                    """));
        } finally {
            out = whole;
        }
    }

    @Test
    void a_home_pays_no_more_with_more_freedom() throws IOException {
        // the network does not bind here, so each mode may do all that the one before it does
        assertThat(cell(row("smart"), "energyCost_gbpPerYear"))
                .isLessThanOrEqualTo(cell(row("immediate"), "energyCost_gbpPerYear") + 1e-6);
        double v2g = cell(row("v2g"), "energyCost_gbpPerYear") + cell(row("v2g"), "degradation_gbpPerYear");
        assertThat(v2g).isLessThanOrEqualTo(cell(row("smart"), "energyCost_gbpPerYear") + 1e-6);
    }

    @Test
    void an_estimate_of_one_network_has_no_interval() {
        assertThat(Estimate.of(new double[] {5}, 0.95).hasInterval()).isFalse();
        assertThat(Estimate.of(new double[] {5}, 0.95).mean()).isEqualTo(5);
    }

    @Test
    void an_estimate_is_students_interval() {
        Estimate estimate = Estimate.of(new double[] {1, 2, 3}, 0.95);

        assertThat(estimate.mean()).isEqualTo(2);
        assertThat(estimate.upper()).isCloseTo(2 + T2 / Math.sqrt(3), within(1e-9));
        assertThat(estimate.lower()).isCloseTo(2 - T2 / Math.sqrt(3), within(1e-9));
    }
}
