package org.headroom.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headroom.study.StudySummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final Pattern ELEMENT =
            Pattern.compile("<script[^>]*>(.*?)</script>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    @TempDir
    Path folder;

    static StudySummary[] studies() {
        return new StudySummary[] {SampleStudy.full(), SampleStudy.smallest(), SampleStudy.hostile(), SampleStudy.gaps()
        };
    }

    @ParameterizedTest
    @MethodSource("studies")
    void the_page_loads_nothing_from_elsewhere(StudySummary study) throws IOException {
        String markup = markup(page(study));

        assertThat(markup).doesNotContainPattern("(?i)<(link|img|iframe|object|embed|base|source|video|audio)\\b");
        assertThat(markup)
                .doesNotContainPattern("(?i)\\b(src|srcset|action|poster|data)\\s*=\\s*[\"']?\\s*(https?:|//)");
        assertThat(markup).doesNotContainPattern("(?i)\\bhref\\s*=\\s*+[\"']?+(?!#)");
        assertThat(markup).doesNotContainPattern("(?i)@import");
        assertThat(markup).doesNotContainPattern("(?i)url\\s*\\(");
    }

    @Test
    void the_page_forbids_itself_any_connection() throws IOException {
        assertThat(page(SampleStudy.full()))
                .contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';");
    }

    @ParameterizedTest
    @MethodSource("studies")
    void the_page_is_below_five_mebibytes(StudySummary study) throws IOException {
        HtmlReport.write(study, folder.resolve("report.html"));

        assertThat(Files.size(folder.resolve("report.html"))).isLessThan(5L * MEBIBYTE);
    }

    @Test
    void a_large_network_leaves_out_hours_rather_than_growing_the_page() throws IOException {
        StudySummary large = SampleStudy.large(2000);
        String page = page(large);

        assertThat(Files.size(folder.resolve("report.html"))).isLessThan(5L * MEBIBYTE);
        assertThat(markup(page)).contains("Hour by hour left out to keep this file small: scenario II, III.");
        assertThat(data(page).at("/scenarios/0/hardestDay/modes/3/lineLoading")).hasSize(2000);
        assertThat(data(page).get("scenarios").get(1).has("hardestDay")).isFalse();
        assertThat(page(SampleStudy.full())).doesNotContain("Hour by hour left out");
    }

    @Test
    void hours_are_kept_to_four_decimals() throws IOException {
        StudySummary study = SampleStudy.full();
        StudySummary.HardestDay day =
                Objects.requireNonNull(study.scenarios().getFirst().findHardestDay());

        double written = data(page(study))
                .at("/scenarios/0/hardestDay/modes/0/voltage_pu/60/18")
                .asDouble();

        assertThat(written)
                .isCloseTo(day.modes().getFirst().voltage_pu().get(60).get(18), within(5.0001e-5));
    }

    @Test
    void the_page_holds_the_data() throws IOException {
        JsonNode data = data(page(SampleStudy.full()));

        assertThat(data.get("scenarios")).hasSize(3);
        assertThat(data.at("/scenarios/2/modes/3/weekSubstation_kW")).hasSize(168);
        assertThat(data.at("/scenarios/0/modes/3/peak_kW/mean").asDouble()).isEqualTo(118);
        assertThat(data.at("/networkMap/nodes")).hasSize(118);
        assertThat(data.at("/chargingCurves/2/maximum_kW")).hasSize(168);
    }

    @ParameterizedTest
    @MethodSource("studies")
    void no_cell_says_that_it_is_not_a_number(StudySummary study) throws IOException {
        String page = page(study);

        assertThat(markup(page)).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(data(page).toString()).doesNotContain("NaN");
    }

    @Test
    void names_from_files_stay_text() throws IOException {
        String page = page(SampleStudy.hostile());

        assertThat(markup(page)).doesNotContain("<b>");
        assertThat(page).contains("&lt;/script&gt;&lt;b&gt;");
        assertThat(data(page).get("name").asString()).isEqualTo(SampleStudy.HOSTILE);
        assertThat(ELEMENT.matcher(page).results()).hasSize(3);
    }

    @Test
    void a_script_cannot_end_its_element() {
        assertThat(HtmlReport.insideScript("x('</script>', '</SCRIPT >', '<!--')"))
                .isEqualTo("x('<\\/script>', '<\\/SCRIPT >', '<\\!--')");
    }

    @Test
    void an_interval_stands_under_its_mean() throws IOException {
        assertThat(page(SampleStudy.full()))
                .contains("<span class=\"mean\">164</span><span class=\"interval\">161 to 167</span>");
    }

    @Test
    void the_best_of_a_scenario_carries_a_star() throws IOException {
        assertThat(page(SampleStudy.full()))
                .contains("<td class=\"best\"><span class=\"mean\"><span class=\"mark\" aria-hidden=\"true\">★</span>"
                        + "<span class=\"spoken\">best: </span>93.0</span>");
    }

    @Test
    void who_shares_and_who_pays_is_told_in_words_and_tables() throws IOException {
        String page = page(SampleStudy.full());

        assertThat(page)
                .contains(
                        "Scenario II: against V2G, V-V2V gains the payers of a network 15,400 GBP a year (95 % interval 13,860 to 16,940), wear of cars included."
                                + " Of 12,900 households and lots 12,600 gain before any transfer and 180 lose, the hardest hit 21 GBP a year."
                                + " In 100 of 100 networks transfers leave no one worse off.")
                .contains(
                        "<th scope=\"row\">One car, professional (Pro-EV), with PV</th><td><span class=\"mean\">700</span>")
                .contains("<th scope=\"row\">From car to car</th>")
                .contains("<th scope=\"row\">… share of the gain, %</th><td><span class=\"mean\">−20</span>");
        assertThat(page).doesNotContain("From homes to public lots");
    }

    @Test
    void a_study_without_a_ledger_is_silent_on_sharing() throws IOException {
        assertThat(markup(page(SampleStudy.smallest())))
                .doesNotContain("Who shares with whom")
                .doesNotContain("Who pays");
    }

    @Test
    void public_parking_is_told_where_there_is_some() throws IOException {
        assertThat(page(SampleStudy.full()))
                .contains("<th scope=\"row\">Turned away</th><td><span class=\"mean\">340</span>"
                        + "<span class=\"interval\">306 to 374</span></td>")
                .containsOnlyOnce("At node n80");
        assertThat(page(SampleStudy.smallest())).doesNotContain("Public parking");
    }

    @Test
    void quantiles_and_the_split_of_variance_stand_beside_the_networks() throws IOException {
        String page = page(SampleStudy.full());

        assertThat(row(page, "quantiles-heading", "II: V-V2V", 0)).containsExactly("93.5", "105", "110", "116", "132");
        assertThat(row(page, "quantiles-heading", "II: V-V2V", 1)).containsExactly("129", "144", "152", "160", "182");
        assertThat(row(page, "variance-heading", "I: Smart charge", 0)).containsExactly("92.0", "25", "63", "13");
        assertThat(row(page, "variance-heading", "I: Smart charge", 1)).containsExactly("430", "10", "80", "10");
        assertThat(page(SampleStudy.smallest()))
                .doesNotContain("quantiles-heading")
                .doesNotContain("variance-heading");
    }

    @Test
    void energy_through_the_chargers_is_told_by_place() throws IOException {
        String page = page(SampleStudy.full());

        assertThat(page).contains(">Given back in public <span");
        assertThat(row(page, "chargers-heading", "V2G", 2))
                .containsExactly(
                        "321,000",
                        "288,900 to 353,100",
                        "61,000",
                        "54,900 to 67,100",
                        "55,600",
                        "50,040 to 61,160",
                        "6,100",
                        "5,490 to 6,710");
        assertThat(page(SampleStudy.smallest())).doesNotContain("chargers-heading");
    }

    @Test
    void what_each_gate_refused_is_told_where_networks_were_generated() throws IOException {
        String page = page(SampleStudy.full());

        assertThat(row(page, "candidates-heading", "Drawn", 0)).containsExactly("131");
        assertThat(row(page, "candidates-heading", "Refused by loading", 0)).containsExactly("24");
        assertThat(page(SampleStudy.smallest())).doesNotContain("candidates-heading");
    }

    @Test
    void a_failed_trial_is_told_with_how_to_run_it_alone() throws IOException {
        assertThat(page(SampleStudy.full()))
                .contains("2 of 8,400 trials failed and are left out of every mode. The same command")
                .contains("<th scope=\"row\">40</th><td class=\"text\">III</td><td>27</td>"
                        + "<td class=\"text\">IllegalStateException: no pivot, again</td>"
                        + "<td class=\"text\"><code>--only network=40,day=27,scenario=III</code></td>");
        assertThat(page(SampleStudy.smallest()))
                .contains("None of 4 trials failed.")
                .doesNotContain("--only");
    }

    /** Cells of a row of the table below a heading; of rows of one label, the one of this number, from 0. */
    private static List<String> row(String page, String heading, String label, int number) {
        String table = page.substring(page.indexOf("aria-labelledby=\"" + heading + "\" tabindex"));
        String row = table.substring(0, table.indexOf("</table>"))
                .split("<th scope=\"row\">" + Pattern.quote(label) + "</th>", -1)[number + 1];
        return Pattern.compile("<span class=\"(?:mean|interval)\">([^<]*)</span>")
                .matcher(row.substring(0, row.indexOf("</tr>")))
                .results()
                .map(cell -> cell.group(1))
                .toList();
    }

    @Test
    void a_mode_alone_is_not_the_best() throws IOException {
        assertThat(page(SampleStudy.smallest())).doesNotContain("class=\"best\"");
    }

    @Test
    void one_network_is_said_to_have_no_interval() throws IOException {
        assertThat(page(SampleStudy.smallest()))
                .containsOnlyOnce("One network: no interval.")
                .doesNotContain("class=\"interval\"");
    }

    @Test
    void a_drawn_network_is_said_to_be_drawn() throws IOException {
        assertThat(page(SampleStudy.full())).contains("Drawn, not surveyed");
        assertThat(page(SampleStudy.full("street", true))).doesNotContain("Drawn, not surveyed");
    }

    @Test
    void the_same_study_gives_the_same_page() throws IOException {
        assertThat(page(SampleStudy.full())).isEqualTo(page(SampleStudy.full()));
    }

    @Test
    void a_folder_that_is_not_there_is_reported_as_a_file_fault() {
        assertThatThrownBy(() -> HtmlReport.write(SampleStudy.smallest(), folder.resolve("none/report.html")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("report.html");
    }

    private String page(StudySummary study) throws IOException {
        Path file = folder.resolve("report.html");
        HtmlReport.write(study, file);
        return Files.readString(file);
    }

    /** The page without what its script elements hold. */
    private static String markup(String page) {
        return ELEMENT.matcher(page).replaceAll("<script></script>");
    }

    private static JsonNode data(String page) {
        Matcher element = Pattern.compile("<script type=\"application/json\"[^>]*>([^<]*)</script>")
                .matcher(page);
        assertThat(element.find()).isTrue();
        return JsonMapper.shared().readTree(element.group(1));
    }
}
