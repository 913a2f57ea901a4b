package org.headroom.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
    void every_chart_of_a_full_study_is_drawn() {
        open(SampleStudy.full());

        assertThat(drawnCharts()).isEqualTo(3 + 4 + 3 + 1);
        assertThat(complaints()).isEmpty();
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

        assertThat(drawnCharts()).isEqualTo(1 + 4 + 3 + 1);
        assertThat(find("body").getText())
                .contains("street", "V-V2V")
                .doesNotContain("NaN")
                .doesNotContain("undefined");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void a_surveyed_map_is_drawn_to_scale() {
        open(SampleStudy.full("street", true));

        assertThat(drawnCharts()).isEqualTo(3 + 4 + 3 + 1);
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
    void hostile_names_are_shown_as_they_are() {
        open(SampleStudy.hostile());

        assertThat(find("h1").getText()).endsWith("on " + SampleStudy.HOSTILE + "?");
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
    void every_chart_has_a_download_and_a_description() {
        open(SampleStudy.full());

        assertThat(find("#week").findElements(By.cssSelector("[data-csv=week]")))
                .hasSize(3);
        assertThat(find("#charging").findElements(By.cssSelector("[data-csv=charging]")))
                .hasSize(3);
        assertThat(find("#day").findElements(By.cssSelector("[data-csv=day]"))).hasSize(1);
        assertThat(find("#network").findElements(By.cssSelector("[data-csv=map]")))
                .hasSize(1);
        assertThat(browser().findElements(By.cssSelector(".chart[role=img][aria-label]")))
                .hasSize(11);
    }

    @Test
    void a_phone_needs_no_scrolling_sideways() {
        open(SampleStudy.full());

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
            assertThat(drawnCharts()).isEqualTo(11);
        } finally {
            browser().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    private ChromeDriver browser() {
        return running.orElseThrow();
    }

    private void open(StudySummary study) {
        Path file = folder.resolve("report.html");
        HtmlReport.write(study, file);
        browser().manage().window().setSize(new Dimension(1280, 900));
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
