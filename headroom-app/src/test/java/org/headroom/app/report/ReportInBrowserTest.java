package org.headroom.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.headroom.app.TinyStudy;
import org.headroom.study.StudyFile;
import org.headroom.study.StudyProgress;
import org.headroom.study.StudyRunner;
import org.headroom.study.StudySummary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The report as a reader meets it: opened from disk in Chromium, no server and no network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportInBrowserTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Weeks, typical days, charging curves, the map, differences, spreads, flows of energy, gains, availability. */
    private static final int FULL_CHARTS = 3 + 4 + 3 + 1 + 3 + 4 + 1 + 3 + 1;

    /** Warns that Selenium knows no typed DevTools for this Chromium; none are used here. */
    private static final Logger NO_DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    private Path folder = Path.of("target");
    private Optional<ChromeDriver> running = Optional.empty();

    @BeforeAll
    void start() throws IOException {
        Optional<Path> browser = onPath("chromium", "chromium-browser", "google-chrome", "chrome");
        Optional<Path> driver = onPath("chromedriver");
        assumeTrue(browser.isPresent() && driver.isPresent(), "Chromium and chromedriver are not on the PATH");

        folder = Path.of("target", "browser").toAbsolutePath();
        delete(folder);
        Files.createDirectories(folder);
        NO_DEVTOOLS.setLevel(Level.OFF);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow().toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.setExperimentalOption(
                "prefs",
                Map.of("download.default_directory", folder.toString(), "download.prompt_for_download", false));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .build();
        running = Optional.of(new ChromeDriver(service, options));
    }

    @AfterAll
    void stop() {
        running.ifPresent(ChromeDriver::quit);
    }

    @Test
    void the_report_of_a_study_just_run_is_drawn() throws IOException {
        Path study = TinyStudy.write(folder.resolve("study"), 2, 7);
        StudySummary summary;
        try (StudyRunner runner = new StudyRunner(StudyFile.read(study), folder.resolve("study/out"), "test")) {
            runner.run(2, new StudyProgress() {
                @Override
                public void begin(int finished, int total) {}

                @Override
                public void advance() {}
            });
            summary = runner.finish();
        }

        open(summary);

        assertThat(drawnCharts())
                .isEqualTo(1
                        + 4
                        + 3
                        + 1
                        + 3
                        + 4
                        + 1
                        + 1
                        + find("#availability")
                                .findElements(By.cssSelector("figure"))
                                .size());
        assertThat(find("body").getText())
                .contains("street", "V-V2V")
                .doesNotContain("NaN")
                .doesNotContain("undefined");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void a_surveyed_map_is_drawn_to_scale() {
        open(SampleStudy.full("street", true));

        assertThat(drawnCharts()).isEqualTo(FULL_CHARTS);
        assertThat(find("#map svg").getText()).containsPattern("\\d+ m\\b");
        assertThat(metresPerPixel("xAxis")).isEqualTo(metresPerPixel("yAxis"));
        assertThat(complaints()).isEmpty();
    }

    @Test
    void the_smallest_study_says_what_it_lacks() {
        open(SampleStudy.smallest());

        assertThat(drawnCharts()).isEqualTo(1 + 1 + 1);
        assertThat(find("#charging").getText()).contains("no charging curves");
        assertThat(find("body").getText())
                .contains("One network: no interval.")
                .doesNotContain("NaN")
                .doesNotContain("undefined")
                .doesNotContain("null");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void what_has_no_result_is_said_and_breaks_nothing_else() {
        open(SampleStudy.gaps());

        assertThat(drawnCharts()).isEqualTo(FULL_CHARTS - 2); // no typical day for smart, no gains in Scenario II
        choose("#map-mode", 1);
        assertThat(find("#map-reading").getText()).startsWith("Highest of all days: substation – %");
        choose("#map-when", 1);
        assertThat(find("#map-reading").getText()).contains("Smart charge has no schedule on this day");
        choose("#map-scenario", 1);
        assertThat(find("#map-when option[value=hour]").isEnabled()).isFalse();
        assertThat(find("#map-reading").getText()).startsWith("Highest of all days: substation 69 %");
        choose("#sharing-scenario", 1);
        assertThat(find("#flows-missing").isDisplayed()).isTrue();
        choose("#sharing-scenario", 2);
        assertThat(find("#flows-missing").isDisplayed()).isFalse();
        assertThat(find("#flows svg").getText()).contains("MWh");
        assertThat(find("body").getText())
                .doesNotContain("NaN")
                .doesNotContain("undefined")
                .doesNotContain("null");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void hostile_names_are_shown_as_they_are() {
        open(SampleStudy.hostile());

        assertThat(find("h1").getText()).endsWith("on networks like " + SampleStudy.HOSTILE + "?");
        assertThat(browser().findElements(By.cssSelector("h1 b, #week b, .notes b")))
                .isEmpty();
        assertThat(complaints()).isEmpty();
    }

    @Test
    void another_mode_and_another_scenario_change_the_map() {
        open(SampleStudy.full());
        String first = map();

        choose("#map-mode", 3);
        String mode = map();
        choose("#map-scenario", 2);
        String scenario = map();

        assertThat(mode).isNotEqualTo(first);
        assertThat(scenario).isNotEqualTo(mode);
        assertThat(find("#fullest caption").getText()).contains("Scenario III").contains("V-V2V");
        assertThat(find("#map-mode option:checked").getText()).isEqualTo("V-V2V");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void lines_over_capacity_are_told_apart() {
        open(SampleStudy.full());
        assertThat(find("#map-key").getText()).containsPattern("over capacity, up to 1\\d\\d %");

        open(SampleStudy.smallest());
        assertThat(find("#map-key").getText()).doesNotContain("over capacity");
    }

    @Test
    void another_scenario_changes_the_typical_day() {
        open(SampleStudy.full());
        String first = label("#day-panels .chart");

        find("#day-scenario").sendKeys(Keys.ARROW_DOWN);

        assertThat(label("#day-panels .chart")).isNotEqualTo(first).contains("Scenario II");
        assertThat(browser().findElements(By.cssSelector("#day-panels svg"))).hasSize(4);
    }

    @Test
    void zooming_in_and_back_restores_the_map() {
        open(SampleStudy.full());
        String whole = map();

        find("[data-zoom=in]").click();
        String zoomed = map();
        find("[data-zoom=reset]").click();

        assertThat(zoomed).isNotEqualTo(whole);
        assertThat(map()).isEqualTo(whole);
    }

    @Test
    void pointing_at_a_line_names_it() {
        open(SampleStudy.smallest());
        WebElement map = find("#map");

        new Actions(browser()).scrollToElement(map).moveToElement(map, 17, 0).perform();

        waitFor(() -> map.getText().contains("Line l1"));
        assertThat(map.getText())
                .contains("300 Al", "Length 30 m", "Capacity 1,000 kVA", "Loading", "Level 3, near the terminals");
    }

    @Test
    void a_download_holds_the_week_as_csv() throws IOException {
        open(SampleStudy.full());

        find("[data-csv=week]").click();
        Path file = folder.resolve("paper-week-I.csv");
        waitFor(() -> Files.exists(file));

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(169);
        assertThat(lines.getFirst()).isEqualTo("step,immediate_kW,smart_kW,v2g_kW,v-v2v_kW");
        assertThat(lines.getLast()).matches("167(,-?\\d+(\\.\\d+)?){4}");
    }

    @Test
    void every_download_holds_the_numbers_of_the_study() {
        StudySummary study = SampleStudy.full();
        open(study);
        script("""
                window.kept = [];
                const create = URL.createObjectURL;
                URL.createObjectURL = (blob) => { window.kept.push(blob); return create(blob); };
                HTMLAnchorElement.prototype.click = () => {};
                return '';""");

        Map<String, List<String>> files = new HashMap<>();
        for (WebElement button : browser().findElements(By.cssSelector("[data-csv]"))) {
            button.sendKeys(Keys.ENTER);
            files.put(
                    button.getAttribute("data-csv") + button.getAttribute("data-index"),
                    String.valueOf(browser().executeAsyncScript("window.kept.pop().text().then(arguments[0])"))
                            .lines()
                            .toList());
        }

        assertThat(lines(files, "modes0"))
                .hasSize(1 + 12)
                .contains("III,v-v2v," + "93,91.14,94.86,1.21,1.1858,1.2342,2100,2016,2184,124500,123255,125745,"
                        + "95.79,93.8742,97.7058,1350,1309.5,1390.5,0.973,0.970081,0.975919,0.97,0.96709,0.97291,"
                        + "0.0016,0.00144,0.00176,7100,6958,7242,130,104,156,0,0");
        assertThat(lines(files, "differences0"))
                .hasSize(1 + 3 * 6 * 3)
                .contains("I,v-v2v,v2g,peak,-0.125926,-0.146926,-0.104926");
        assertThat(lines(files, "networks0")).hasSize(1 + 12 * 100);
        assertThat(lines(files, "networks0").get(1)).startsWith("I,immediate,0,");
        assertThat(lines(files, "lines0")).hasSize(1 + 12 * 3).contains("II,smart,2,15.7,14.915,16.485");
        assertThat(lines(files, "week2")).hasSize(1 + 168);
        assertThat(lines(files, "day0")).hasSize(1 + 12 * 3 * 24);
        assertThat(lines(files, "charging1")).hasSize(1 + 4 * 168);
        assertThat(lines(files, "map0")).hasSize(1 + 12 * 118).contains("I,immediate,substation,,S,,,,200,0.82");
        assertThat(lines(files, "hours0")).hasSize(1 + 12 * 24 * (1 + 117 + 118));
        double loading = Objects.requireNonNull(study.scenarios().get(1).findHardestDay())
                .modes()
                .get(3)
                .lineLoading()
                .get(40)
                .get(18);
        assertThat(lines(files, "hours0"))
                .filteredOn(line -> line.startsWith("II,2,v-v2v,line,l41,18,"))
                .singleElement()
                .satisfies(line ->
                        assertThat(Double.parseDouble(line.split(",", -1)[6])).isCloseTo(loading, within(6e-5)));
        assertThat(lines(files, "flows0"))
                .hasSize(1 + 3 * (3 * 4 + 6))
                .contains("II,v-v2v,pv,demand,true,64000,57600,70400");
        assertThat(lines(files, "bills0"))
                .hasSize(1 + 3 * 4 * 2)
                .contains("III,smart,pro,true,25,700,630,770,4,3.6,4.4");
        assertThat(lines(files, "gains0"))
                .hasSize(1 + 3 * 2)
                .contains("I,pro,false,6500,6300,150,91,81.9,100.1,92,82.8,101.2");
        assertThat(lines(files, "parts0")).hasSize(1 + 3 * 9).contains("I,cost,cars,12,9.6,14.4,0.6,0.48,0.72");
        assertThat(lines(files, "ties0"))
                .hasSize(1 + 3)
                .contains("I,smart,120,117.6,122.4,140,137.2,142.8,171,167.58,174.42");
        assertThat(lines(files, "availability0"))
                .hasSize(1 + 12 * 24)
                .contains("II,smart,pro,6,20,0.0625,34", "II,smart,pro,12,0,,");
        assertThat(lines(files, "parking0")).hasSize(1 + 4).contains("1,n80,4,7.4,12,0.39,610,350,9,80,13100,6200");
        assertThat(lines(files, "quantiles0"))
                .hasSize(1 + 12 * 5)
                .contains("scenario,mode,metric,networks,q05,q25,q50,q75,q95")
                .contains("II,smart,losses_kWhPerYear,100,8000,8800,9000,9200,9900");
        assertThat(lines(files, "variance0"))
                .hasSize(1 + 12 * 2)
                .contains("III,v2g,energyCost_gbp,100,28,430,900,7200,900,0.1,0.8,0.1");
        assertThat(lines(files, "chargers0"))
                .hasSize(1 + 12 * 2)
                .contains("I,v2g,public,55600,50040,61160,6100,5490,6710");
        assertThat(lines(files, "candidates0"))
                .containsExactly(
                        "outcome,candidates",
                        "drawn,131",
                        "accepted,100",
                        "refused by topology,0",
                        "refused by homes,0",
                        "refused by loading,24",
                        "refused by voltage,7",
                        "refused by cosine,0",
                        "refused by spectral,0",
                        "refused by edit distance,0");
        assertThat(lines(files, "failures0"))
                .containsExactly(
                        "network,scenario,day,cause,alone",
                        "17,II,3,IllegalStateException: no pivot,\"--only network=17,day=3,scenario=II\"",
                        "40,III,27,\"IllegalStateException: no pivot, again\",\"--only network=40,day=27,scenario=III\"");
        assertThat(lines(files, "levels0")).hasSize(1 + 3).contains("1,6-19,41,40,900,17,95 Al,0.71");
        assertThat(complaints()).isEmpty();
    }

    private static List<String> lines(Map<String, List<String>> files, String name) {
        return files.getOrDefault(name, List.of());
    }

    @Test
    void the_numbers_of_a_picture_open_and_close_below_it() {
        open(SampleStudy.full());
        WebElement button = find("#week [data-numbers=week][data-index='2']");

        button.sendKeys(Keys.ENTER);

        assertThat(button.getAttribute("aria-expanded")).isEqualTo("true");
        assertThat(find("#week").findElements(By.cssSelector(".shown-numbers tbody tr")))
                .hasSize(168);
        assertThat(find("#week .shown-numbers").getAttribute("aria-label")).contains("Scenario III");

        button.sendKeys(Keys.ENTER);

        assertThat(find("#week").findElements(By.cssSelector(".shown-numbers"))).isEmpty();
    }

    @Test
    void a_long_table_of_numbers_says_how_many_rows_are_left_to_the_csv() {
        open(SampleStudy.full());

        find("[data-numbers=networks]").sendKeys(Keys.ENTER);

        assertThat(find("#spread .shown-numbers").getText()).contains("800 more rows are in the CSV.");
    }

    @Test
    void another_mode_changes_the_flows_of_energy() {
        open(SampleStudy.full());
        String shared = label("#flows");

        choose("#sharing-scenario", 1);
        choose("#sharing-mode", 2);

        assertThat(shared)
                .contains(
                        "Scenario I:",
                        "V-V2V",
                        "PV of homes to homes but for cars of the same household or lot 64.0 MWh")
                .contains("Cars, discharging to homes but for cars 42.0 MWh");
        assertThat(label("#flows")).contains("Scenario II:", "V2G").doesNotContain("Cars, discharging to");
        assertThat(find("#flows svg").getText()).contains("260.0 MWh");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void the_map_follows_the_hour_by_keyboard() {
        open(SampleStudy.full());
        choose("#map-when", 1);
        String evening = map();
        String reading = find("#map-reading").getText();

        find("#map-hour").sendKeys(Keys.HOME);

        assertThat(reading).startsWith("18:00 to 19:00: substation 80 %");
        assertThat(find("#map-hour-shown").getText()).isEqualTo("00:00 to 01:00");
        assertThat(find("#map-reading").getText())
                .containsPattern(
                        "^00:00 to 01:00: substation 21 %, fullest line l\\d+ \\d+ %, lowest voltage 0\\.\\d+ pu at node n\\d+\\.$");
        assertThat(map()).isNotEqualTo(evening);
        assertThat(find("#fullest caption").getText()).contains("00:00 to 01:00");
        assertThat(label("#map")).contains("00:00 to 01:00: substation 21 %");

        choose("#map-mode", 3);
        find("#map-hour").sendKeys(Keys.ARROW_RIGHT);

        assertThat(find("#map-reading").getText()).startsWith("01:00 to 02:00: substation 30 %");
        assertThat(find("#map-key").getText()).contains("Voltage", "towards the substation");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void the_peak_of_all_days_needs_no_hour() {
        open(SampleStudy.full());

        assertThat(find("#map-hour").isDisplayed()).isFalse();
        choose("#map-when", 1);
        assertThat(find("#map-hour").isDisplayed()).isTrue();
        choose("#map-when", 0);
        assertThat(find("#map-hour").isDisplayed()).isFalse();
        assertThat(find("#map-reading").getText()).startsWith("Highest of all days: substation 82 %");
    }

    @Test
    void the_keyboard_skips_to_the_results_and_shows_where_it_is() {
        open(SampleStudy.full());

        new Actions(browser()).sendKeys(Keys.TAB).perform();

        WebElement skip = browser().switchTo().activeElement();
        assertThat(skip.getText()).isEqualTo("Skip to the results");
        assertThat(skip.getRect().getX()).isNotNegative();
        assertThat(skip.getCssValue("outline-style")).isEqualTo("solid");

        skip.sendKeys(Keys.ENTER);
        new Actions(browser()).sendKeys(Keys.TAB).perform();

        assertThat(script("return document.activeElement.dataset.csv")).isEqualTo("modes");
    }

    @Test
    void paper_is_white_and_without_what_cannot_be_pressed_on_it() {
        open(SampleStudy.full());

        media("print", "prefers-color-scheme:dark");

        assertThat(find("body").getCssValue("background-color")).isIn("rgba(255, 255, 255, 1)", "rgb(255, 255, 255)");
        assertThat(browser().findElements(By.cssSelector("button, nav, input"))).noneMatch(WebElement::isDisplayed);
        media("", "");
        script(
                "addEventListener('beforeprint', () => (window.onPaper = document.querySelectorAll('.chart svg[viewBox]').length)); return ''");
        Object pdf = browser()
                .executeCdpCommand("Page.printToPDF", Map.of("preferCSSPageSize", true))
                .get("data");
        assertThat(String.valueOf(pdf)).startsWith("JVBERi0"); // %PDF-
        assertThat(script("return window.onPaper")).isEqualTo((long) FULL_CHARTS);
        assertThat(complaints()).isEmpty();
        assertThat(drawnCharts()).isEqualTo(FULL_CHARTS);
    }

    @Test
    void a_phone_needs_no_scrolling_sideways() {
        open(SampleStudy.full());
        choose("#map-when", 1);
        find("[data-numbers=week]").sendKeys(Keys.ENTER);

        // A window cannot be made as narrow as a phone's screen; the screen can.
        browser()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        try {
            waitFor(
                    () -> Boolean.TRUE.equals(
                            script(
                                    "return [...document.querySelectorAll('.chart svg')].every(s => s.getBoundingClientRect().width <= 390)")));
            assertThat(script("return window.innerWidth")).isEqualTo(390L);
            assertThat(script("return document.documentElement.scrollWidth")).isEqualTo(390L);
            assertThat(
                            script(
                                    "return document.querySelector('.table2').scrollWidth <= document.querySelector('.wide').clientWidth"))
                    .as("the main table fits")
                    .isEqualTo(true);
            assertThat(drawnCharts()).isEqualTo(FULL_CHARTS);
        } finally {
            browser().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    /** What is looked at and not touched: one page for all. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Untouched {
        @BeforeAll
        void openOnce() {
            open(SampleStudy.full());
        }

        @BeforeEach
        void preferNothing() {
            media("", "");
        }

        @Test
        void every_chart_of_a_full_study_is_drawn() {
            assertThat(drawnCharts()).isEqualTo(FULL_CHARTS);
            assertThat(complaints()).isEmpty();
        }

        @Test
        void every_chart_has_its_numbers_and_a_description() {
            assertThat(browser().findElements(By.cssSelector(".chart[role=img][aria-label]")))
                    .hasSize(FULL_CHARTS);
            assertThat(script("""
                    return [...document.querySelectorAll('section')]
                      .filter((section) => section.querySelector('.chart') && !section.querySelector('[data-csv]'))
                      .map((section) => section.id).join()""")).isEqualTo("");
        }

        @Test
        void everything_to_press_can_be_reached_in_reading_order() {
            assertThat(script("""
                    const all = [...document.querySelectorAll('button, select, input, a, summary')];
                    return all.filter((each) => each.tabIndex !== 0).map((each) => each.outerHTML).join()""")).isEqualTo("");
            assertThat(script("""
                    const unnamed = [...document.querySelectorAll('button, select, input')]
                      .filter((each) => !(each.getAttribute('aria-label') || each.textContent.trim() || each.labels?.length));
                    const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map((heading) => Number(heading.tagName[1]));
                    const skipped = levels.filter((level, at) => at > 0 && level > levels[at - 1] + 1);
                    return unnamed.length + skipped.length""")).isEqualTo(0L);
        }

        @Test
        void words_and_curves_stand_out_in_light_dark_and_high_contrast() {
            for (String preference :
                    List.of("prefers-color-scheme:light", "prefers-color-scheme:dark", "prefers-contrast:more")) {
                media("", preference);
                for (String name : List.of("ink", "quiet", "accent")) {
                    assertThat(contrast(name)).as(preference + " " + name).isGreaterThan(4.5);
                }
                for (String name : List.of(
                        "immediate",
                        "smart",
                        "v2g",
                        "v-v2v",
                        "alarm",
                        "level-1",
                        "level-2",
                        "level-3",
                        "faint",
                        "edge")) {
                    assertThat(contrast(name)).as(preference + " " + name).isGreaterThan(3);
                }
            }
            media("", "prefers-contrast:more");
            assertThat(contrast("quiet")).isGreaterThan(7);
        }

        @Test
        void dark_charts_follow_the_page() {
            media("", "prefers-color-scheme:dark");

            assertThat(find("body").getCssValue("background-color")).isEqualTo("rgba(20, 24, 30, 1)");
            assertThat(find("#map svg text").getCssValue("fill")).isEqualTo("rgb(169, 179, 192)");
        }

        @Test
        void nothing_is_asked_of_a_network() {
            assertThat(script("return performance.getEntriesByType('resource').length"))
                    .isEqualTo(0L);
        }
    }

    /** Emulates a medium and one preference of the reader, such as {@code prefers-contrast:more}; empty for none. */
    private void media(String medium, String preference) {
        int colon = preference.indexOf(':');
        List<Map<String, String>> features = colon < 0
                ? List.of()
                : List.of(Map.of("name", preference.substring(0, colon), "value", preference.substring(colon + 1)));
        browser().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", medium, "features", features));
    }

    /** Contrast of a colour of the style with its paper, 1 to 21 (WCAG 2). */
    private double contrast(String name) {
        Object ratio = script("""
                const probe = document.createElement('i');
                document.body.append(probe);
                const luminance = (name) => {
                  probe.style.color = `var(--${name})`;
                  const [r, g, b] = getComputedStyle(probe).color.match(/[\\d.]+/g).map((each) => each / 255)
                    .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const [a, b] = [luminance('%s'), luminance('paper')];
                probe.remove();
                return String((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));""".formatted(name));
        return Double.parseDouble(ratio.toString());
    }

    private ChromeDriver browser() {
        return running.orElseThrow();
    }

    private void open(StudySummary study) {
        Path file = folder.resolve("report.html");
        HtmlReport.write(study, file);
        browser().manage().window().setSize(new Dimension(1280, 900));
        media("", "");
        browser().manage().logs().get(LogType.BROWSER);
        browser().get(file.toUri().toString());
    }

    private WebElement find(String selector) {
        return browser().findElement(By.cssSelector(selector));
    }

    private void choose(String selector, int index) {
        find(selector).findElements(By.tagName("option")).get(index).click();
    }

    private static void waitFor(BooleanSupplier event) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!event.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private Object script(String script) {
        Object result = browser().executeScript(script);
        return result == null ? "" : result;
    }

    /** The map's drawing. */
    private String map() {
        return script("return document.querySelector('#map svg').innerHTML.replace(/zr\\d+-?[\\w-]*/g, '')")
                .toString();
    }

    private String label(String selector) {
        String label = find(selector).getAttribute("aria-label");
        return label == null ? "" : label;
    }

    private double metresPerPixel(String axis) {
        boolean across = axis.equals("xAxis");
        Object pixels = script("""
                const chart = echarts.getInstanceByDom(document.getElementById('map'));
                const at = (x, y) => chart.convertToPixel({ gridIndex: 0 }, [x, y]);
                const a = at(400000, 300000), b = at(400100, 300100);
                return Math.round(1000 * Math.abs(%s));""".formatted(across ? "b[0] - a[0]" : "b[1] - a[1]"));
        return ((Number) pixels).doubleValue();
    }

    /** Charts that show at least one path in a picture of some size. */
    private long drawnCharts() {
        return ((Number) script("""
                return [...document.querySelectorAll('.chart')].filter((chart) => {
                  const svg = chart.querySelector('svg');
                  const box = svg?.getBoundingClientRect();
                  return svg && svg.querySelectorAll('path').length > 3 && box.width > 200 && box.height > 150;
                }).length;""")).longValue();
    }

    /** Warnings and errors of the browser's console. */
    private List<String> complaints() {
        return browser().manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static Optional<Path> onPath(String... names) {
        String path = System.getenv("PATH");
        return Stream.of(names)
                .flatMap(name -> Stream.of((path == null ? "" : path).split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
