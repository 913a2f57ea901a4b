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
import java.util.List;
import org.headroom.study.SharingSummary.Gains;
import org.headroom.study.SharingSummary.PeakRange;
import org.headroom.study.SharingSummary.ScenarioSharing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sharing and bills of a study, computed again from its Parquet files by SQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharingResultsTest {
    private static final double PENNY = 0.01;
    private static final List<String> MODES = List.of("immediate", "smart", "v2g", "v-v2v");

    private Path out = Path.of("");
    private SharingSummary sharing = new SharingSummary(0, List.of());

    @BeforeAll
    void runOnce(@TempDir Path folder) {
        out = folder.resolve("out");
        Study study = StreetStudy.read(
                folder,
                text -> text.replace("perSeason: 1", "perSeason: 2")
                        + "sharing: { decomposeDays: 2, boundsDays: 2 }\n");
        sharing = StreetStudy.run(study, out, 2).sharing();
    }

    private List<Double> numbers(String query) {
        String text = query;
        for (String file : List.of("metrics", "ledger", "bills")) {
            text = text.replace(file + ".parquet", "'" + out.resolve(file + ".parquet") + "'");
        }
        try (Connection sql = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = sql.createStatement();
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

    private double number(String query) {
        return numbers(query).getFirst();
    }

    private NamedCsvRecord row(String table, String mode) throws IOException {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(out.resolve("tables").resolve(table))) {
            return reader.stream()
                    .filter(r -> r.getField("mode").equals(mode))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private ScenarioSharing scenario() {
        return sharing.scenarios().getFirst();
    }

    private Gains gains() {
        Gains gains = scenario().findGains();
        if (gains == null) {
            throw new AssertionError("no gains");
        }
        return gains;
    }

    @Test
    void the_bills_of_every_network_and_mode_sum_to_its_cost_to_a_penny_a_year() {
        List<Double> differences = numbers("""
                SELECT bill - cost FROM
                  (SELECT network, mode, sum(energy_gbpPerYear) AS bill FROM bills.parquet GROUP BY ALL)
                JOIN (SELECT network, mode, 365 * sum(weight_days * energyCost_gbp) / sum(weight_days) AS cost
                      FROM metrics.parquet GROUP BY ALL) USING (network, mode)
                """);

        assertThat(differences)
                .hasSize(2 * MODES.size())
                .allSatisfy(d -> assertThat(d).isCloseTo(0, within(PENNY)));
    }

    @Test
    void wear_in_the_bills_sums_to_the_degradation_of_the_network() {
        assertThat(number("SELECT sum(wear_gbpPerYear) FROM bills.parquet WHERE mode = 'v-v2v'"))
                .isPositive()
                .isCloseTo(2 * number("""
                                SELECT 365 * sum(weight_days * degradationCost_gbp) / sum(weight_days)
                                FROM metrics.parquet WHERE mode = 'v-v2v'
                                """), within(PENNY));
    }

    @Test
    void transfers_cancel_out_and_leave_no_one_worse_off_than_v2g() {
        String joined = """
                FROM (SELECT * FROM bills.parquet WHERE mode = 'v-v2v') v JOIN (SELECT * FROM bills.parquet WHERE mode = 'v2g') g
                USING (scenario, network, home)
                """;

        assertThat(gains().networksWithFairSplit()).isEqualTo(2);
        assertThat(number("SELECT sum(abs(v.transfer_gbpPerYear)) " + joined)).isPositive();
        assertThat(numbers("SELECT sum(v.transfer_gbpPerYear) " + joined + " GROUP BY network"))
                .allSatisfy(sum -> assertThat(sum).isCloseTo(0, within(PENNY)));
        assertThat(number("""
                        SELECT min(g.energy_gbpPerYear + g.wear_gbpPerYear + v.transfer_gbpPerYear
                                   - v.energy_gbpPerYear - v.wear_gbpPerYear)
                        """ + joined)).isGreaterThan(-PENNY);
    }

    @Test
    void who_gains_and_who_loses_is_counted_over_all_networks() {
        String gain = """
                FROM (SELECT g.energy_gbpPerYear + g.wear_gbpPerYear - v.energy_gbpPerYear - v.wear_gbpPerYear AS gain
                      FROM (SELECT * FROM bills.parquet WHERE mode = 'v-v2v') v JOIN (SELECT * FROM bills.parquet WHERE mode = 'v2g') g
                      USING (scenario, network, home))
                """;

        assertThat((double) gains().payers()).isEqualTo(number("SELECT count(*) " + gain));
        assertThat((double) gains().gaining()).isEqualTo(number("SELECT count(*) " + gain + " WHERE gain >= .005"));
        assertThat((double) gains().losing()).isEqualTo(number("SELECT count(*) " + gain + " WHERE gain <= -.005"));
        assertThat(gains().community_gbpPerYear().mean())
                .isCloseTo(number("SELECT sum(gain) / 2 " + gain), within(1e-6));
    }

    @Test
    void the_table_of_sharing_is_what_the_ledger_says() throws IOException {
        NamedCsvRecord row = row("sharing.csv", "v-v2v");
        String year = """
                SELECT sum(365 * energy) / 2 FROM
                  (SELECT network, sum(weight_days * list_sum(energy_kWh)) / 365 AS energy FROM ledger.parquet
                   WHERE mode = 'v-v2v' AND %s GROUP BY network)
                """;

        assertThat(Double.parseDouble(row.getField("pvShared_kWhPerYear")))
                .isPositive()
                .isCloseTo(number(year.formatted("NOT own AND \"from\" = 'pv' AND \"to\" <> 'grid'")), within(1e-6));
        assertThat(Double.parseDouble(row.getField("carsShared_kWhPerYear")))
                .isPositive()
                .isCloseTo(number(year.formatted("NOT own AND \"from\" = 'car' AND \"to\" <> 'grid'")), within(1e-6));
        assertThat(Double.parseDouble(row.getField("ownUse_kWhPerYear")))
                .isPositive()
                .isCloseTo(number(year.formatted("own")), within(1e-6));
    }

    @Test
    void the_grid_of_the_ledger_is_the_flow_of_the_substation_where_homes_share() {
        assertThat(number("""
                        SELECT max(abs(ledger_kWh - metrics_kWh)) FROM
                          (SELECT network, day, sum(CASE WHEN "from" = 'grid' THEN list_sum(energy_kWh)
                                                         WHEN "to" = 'grid' THEN -list_sum(energy_kWh) ELSE 0 END) AS ledger_kWh
                           FROM ledger.parquet WHERE mode = 'v-v2v' GROUP BY ALL)
                        JOIN (SELECT network, day, 24 * substationMean_kW AS metrics_kWh FROM metrics.parquet WHERE mode = 'v-v2v')
                        USING (network, day)
                        """)).isLessThan(1e-8);
    }

    @Test
    void households_of_every_kind_have_a_bill_under_every_mode() {
        for (String mode : MODES) {
            assertThat(scenario().bills().stream()
                            .filter(bill -> bill.mode().equals(mode))
                            .mapToDouble(SharingSummary.HouseholdBill::householdsPerNetwork)
                            .sum())
                    .isCloseTo(12, within(1e-9));
        }
    }

    @Test
    void nothing_is_shared_where_homes_keep_to_themselves() {
        assertThat(
                        number(
                                "SELECT count(*) FROM ledger.parquet WHERE mode <> 'v-v2v' AND NOT own AND \"from\" <> 'grid' AND \"to\" <> 'grid'"))
                .isZero();
    }

    /** The whole study is looked into, so the parts sum to what its tables say. */
    @ParameterizedTest
    @CsvSource({"peak, substationPeak_kW", "presentValue, presentValue_gbpPerYear", "cost, energyCost_gbpPerYear"})
    void the_parts_of_the_gain_sum_to_the_difference_of_the_modes(String metric, String column) throws IOException {
        double v2g = Double.parseDouble(row("table2.csv", "v2g").getField(column));
        double shared = Double.parseDouble(row("table2.csv", "v-v2v").getField(column));
        if (metric.equals("cost")) {
            v2g += Double.parseDouble(row("table2.csv", "v2g").getField("degradation_gbpPerYear"));
            shared += Double.parseDouble(row("table2.csv", "v-v2v").getField("degradation_gbpPerYear"));
        }

        double parts = scenario().decomposition().stream()
                .filter(part -> part.metric().equals(metric))
                .mapToDouble(part -> part.gain().mean())
                .sum();

        assertThat(parts).isCloseTo(v2g - shared, within(1e-9 * Math.abs(v2g)));
    }

    @Test
    void shares_of_the_gain_sum_to_one() {
        assertThat(scenario().decomposition().stream()
                        .filter(part -> part.metric().equals("cost"))
                        .mapToDouble(part -> part.share().mean())
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void peaks_lie_within_what_ties_leave_open() throws IOException {
        assertThat(scenario().peakRanges()).extracting(PeakRange::mode).containsExactly("smart", "v2g");
        for (PeakRange range : scenario().peakRanges()) {
            assertThat(range.chosen_kVA().mean())
                    .isCloseTo(
                            Double.parseDouble(row("table2.csv", range.mode()).getField("substationPeak_kVA")),
                            within(1e-9))
                    .isBetween(
                            range.lowest_kVA().mean() - 1e-6,
                            range.highest_kVA().mean() + 1e-6);
        }
        assertThat(scenario().peakRanges().getFirst().lowest_kVA().mean())
                .isLessThan(scenario().peakRanges().getFirst().highest_kVA().mean() - 1);
    }

    /** Public cars that arrive with room to give and take. */
    @Test
    void a_public_lot_pays_its_own_bill(@TempDir Path folder) {
        String network = StreetStudy.NETWORK.replace(
                "\"id\": \"c\", \"homes\": 4, \"publicChargers\": 0",
                "\"id\": \"c\", \"homes\": 4, \"publicChargers\": 2");
        assertThat(network).isNotEqualTo(StreetStudy.NETWORK);
        Path file = StreetStudy.write(folder, network, StreetStudy.STUDY + "parking: { carsPerCharger: 3 }\n");

        SharingSummary withLot =
                StreetStudy.run(StudyFile.read(file), folder.resolve("out"), 2).sharing();

        assertThat(withLot.scenarios().getFirst().bills())
                .filteredOn(bill -> bill.kind().equals(SharingSummary.LOT))
                .hasSize(MODES.size())
                .allSatisfy(bill -> assertThat(bill.energy_gbpPerYear().mean()).isPositive());
        assertThat(withLot.scenarios()
                        .getFirst()
                        .modes()
                        .getLast()
                        .homeToPublic_kWhPerYear()
                        .mean())
                .isPositive();
    }
}
