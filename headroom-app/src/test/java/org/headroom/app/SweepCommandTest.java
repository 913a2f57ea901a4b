package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code headroom sweep} as a user would run it. */
class SweepCommandTest {
    @TempDir
    private Path folder;

    private final UserAtTheShell user = new UserAtTheShell();

    private int sweep(String text) throws IOException {
        TinyStudy.write(folder, 2, 1);
        Path file = Files.writeString(folder.resolve("sweep.yaml"), "study: study.yaml\n" + text);
        return user.types(
                "sweep", file.toString(), "--out", folder.resolve("out").toString());
    }

    private List<NamedCsvRecord> table() throws IOException {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(folder.resolve("out/sensitivity.csv"))) {
            return reader.stream().toList();
        }
    }

    @Test
    void one_factor_at_a_time_is_the_base_and_a_study_for_every_other_level() throws IOException {
        assertThat(sweep("factors: { pvShare: [0, 0.5], habit: [guzzle] }\n")).isZero();

        assertThat(table()).hasSize(3 * 2 * 3); // studies x modes x metrics; pvShare 0.5 is the base's own
        assertThat(folder.resolve("out/base/tables/table2.csv")).isNotEmptyFile();
        assertThat(folder.resolve("out/001-pvShare=0.0/tables/table2.csv")).isNotEmptyFile();
        assertThat(folder.resolve("out/002-habit=guzzle/tables/table2.csv")).isNotEmptyFile();
        assertThat(user.out()).contains("002-habit=guzzle", "sensitivity.csv");
    }

    @Test
    void gains_and_their_changes_are_paired_network_by_network() throws IOException, SQLException {
        assertThat(sweep("factors: { pvShare: [0] }\n")).isZero();

        String gain = """
                SELECT network, max(substationPeak_kW) FILTER (mode = 'v-v2v') / max(substationPeak_kW) FILTER (mode = 'v2g') - 1 AS gain
                FROM '%s' GROUP BY network""";
        try (Connection sql = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet row = sql.createStatement()
                        .executeQuery("SELECT avg(a.gain), avg(a.gain - b.gain) FROM (%s) a JOIN (%s) b USING (network)"
                                .formatted(
                                        gain.formatted(folder.resolve("out/001-pvShare=0.0/metrics.parquet")),
                                        gain.formatted(folder.resolve("out/base/metrics.parquet"))))) {
            row.next();
            NamedCsvRecord ours = table().stream()
                    .filter(r -> r.getField("study").startsWith("001")
                            && r.getField("against").equals("v2g")
                            && r.getField("metric").equals("peak"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Double.parseDouble(ours.getField("gain"))).isCloseTo(row.getDouble(1), within(1e-12));
            assertThat(Double.parseDouble(ours.getField("change"))).isCloseTo(row.getDouble(2), within(1e-12));
        }
    }

    @Test
    void a_full_factorial_takes_every_combination_and_the_same_command_again_changes_nothing() throws IOException {
        String text = "design: full-factorial\nfactors: { evPenetration: [0.5, 1], charger_kW: [3.7, 11] }\n";
        assertThat(sweep(text)).isZero();
        byte[] first = Files.readAllBytes(folder.resolve("out/sensitivity.csv"));

        assertThat(sweep(text)).isZero();

        assertThat(table()).hasSize(5 * 2 * 3);
        assertThat(user.err()).contains("8 of 8 days were finished before");
        assertThat(folder.resolve("out/sensitivity.csv")).hasBinaryContent(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "factors: { evPenetraton: [1] } | unknown key factors.evPenetraton; Maybe evPenetration",
                "factors: { evPenetration: [2] } | households.evPenetration is 2",
                "factors: { evPenetration: [] } | evPenetration has no level",
                "factors: { habit: [grase] } | habit is 'grase'; Maybe graze",
                "factors: { tariff: [nonsense] } | nonsense",
                "factors: {} | factors names none",
                "factors: { habit: [graze], pvShare: [x] } | pvShare is",
                "design: full } | line"
            })
    void bad_input_is_refused_before_anything_runs(String text, String message) throws IOException {
        assertThat(sweep(text + "\n")).isEqualTo(2);
        for (String part : message.equals("line") ? List.of(":") : List.of(message.split("; "))) {
            assertThat(user.err()).contains(part);
        }
        assertThat(user.err()).doesNotContain("\tat ");
        assertThat(folder.resolve("out/base/tables")).doesNotExist();
    }

    @Test
    void a_folder_of_something_else_is_refused() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/mine.txt"), "mine");

        assertThat(sweep("factors: { pvShare: [0] }\n")).isEqualTo(2);
        assertThat(user.err()).contains("not of this sweep, such as mine.txt");
    }
}
