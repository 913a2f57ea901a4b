package org.headroom.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.headroom.study.CarsSummary.Availability;
import org.headroom.study.CarsSummary.PublicParkingUse;
import org.headroom.study.Estimate;
import org.headroom.study.StudySummary;
import org.headroom.study.StudySummary.ModeDifference;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.ScenarioSummary;

/** The report of a study: one HTML file with its tables, charts and data, which opens from disk without a network. */
public final class HtmlReport {
    private static final String FOLDER = "/org/headroom/app/report/";
    /** Each uses those before it. */
    private static final List<String> SCRIPTS = List.of("base", "curves", "spread", "map", "sharing", "tables", "page");

    private static final Estimate ABSENT = new Estimate(Double.NaN, Double.NaN, Double.NaN);

    private HtmlReport() {}

    /**
     * Writes the report, over an earlier one.
     *
     * @param file the page to write, such as {@code report.html}; its folder must exist
     * @throws UncheckedIOException where the file cannot be written
     */
    public static void write(StudySummary summary, Path file) {
        try {
            Files.writeString(file, page(summary));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(StudySummary summary) throws IOException {
        ChartLibrary charts = ChartLibrary.load();
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("study", summary);
        context.put("network", summary.networkMap().name());
        context.put("facts", facts(summary));
        context.put("intervals", summary.networkCount() > 1);
        context.put("paperColumns", Table2.PAPER);
        context.put("besideColumns", Table2.BESIDE);
        context.put("table2", Table2.groups(summary, Table2.PAPER));
        context.put("beside", Table2.groups(summary, Table2.BESIDE));
        context.put("differences", differences(summary));
        context.put(
                "spreadMetrics",
                List.of("peak_kW", "peakToAverage", "presentValue_gbpPerYear", "energyCost_gbpPerYear"));
        context.put(
                "spreadRows",
                summary.scenarios().stream()
                        .mapToInt(scenario -> scenario.modes().size())
                        .sum());
        context.put("ensemble", EnsembleTables.of(summary.ensemble()));
        context.put("quantileColumns", EnsembleTables.QUANTILES);
        context.put("varianceColumns", EnsembleTables.VARIANCE);
        context.put("failedTrials", summary.ensemble().failures().size());
        context.put("chargers", ChargerTable.of(summary));
        PublicParkingUse parking = summary.cars().findPublicParking();
        context.put("parking", parking == null ? List.of() : List.of(ParkingTables.of(parking)));
        context.put(
                "sharing",
                SharingView.isIn(summary.sharing()) ? List.of(SharingView.of(summary, modes(summary))) : List.of());
        context.put("sharingTitles", SharingView.titles(summary));
        context.put("priceShare", Numbers.percent(summary.sharing().priceShare()));
        context.put("gainColumns", SharingView.GAIN_COLUMNS);
        context.put("partColumns", SharingView.PART_COLUMNS);
        context.put("peakColumns", SharingView.PEAK_COLUMNS);
        context.put("archetypes", archetypes(summary));
        context.put("lotColumns", ParkingTables.LOT_COLUMNS);
        context.put(
                "levels",
                summary.networkMap().levels().stream().map(HtmlReport::level).toList());
        context.put("modes", modes(summary).stream().map(Names::mode).toList());
        context.put("table3", table3(summary));
        context.put(
                "scenarioTitles",
                summary.scenarios().stream().map(Names::scenario).toList());
        context.put(
                "curves",
                summary.chargingCurves().stream().map(HtmlReport::curve).toList());
        context.put("chartsVersion", charts.version());
        context.put("style", ChartLibrary.text(FOLDER + "report.css"));
        context.put("chartLibrary", insideScript(charts.script()));
        context.put("script", insideScript(script()));
        context.put("data", ReportData.json(summary));
        context.put("withoutHours", String.join(", ", ReportData.withoutHours(summary)));

        return Page.of("report.html", context);
    }

    /** The page's own script: its files in order, in a scope of their own. */
    private static String script() throws IOException {
        StringBuilder script = new StringBuilder("(() => {\n'use strict';\n");
        for (String name : SCRIPTS) {
            script.append(ChartLibrary.text(FOLDER + name + ".js"));
        }
        return script.append("})();").toString();
    }

    /** JavaScript in which neither an end tag nor a comment's start ends the element early; both occur in strings alone. */
    static String insideScript(String script) {
        return script.replaceAll("(?i)</(script)", "<\\\\/$1").replace("<!--", "<\\!--");
    }

    private static String facts(StudySummary summary) {
        return "Study %s · %s · %s a network and scenario · %s · seed %d"
                .formatted(
                        summary.name(),
                        counted(summary.networkCount(), "network"),
                        counted(summary.dayCount(), "day"),
                        counted(summary.scenarios().size(), "scenario"),
                        summary.seed());
    }

    private static String counted(int number, String noun) {
        return Numbers.whole(number) + " " + (number == 1 ? noun : noun + "s");
    }

    /** Household's kind, and what its chart shows. */
    public record Curve(String title, String sample, String peak) {}

    private static Curve curve(StudySummary.ChargingCurves curves) {
        return new Curve(
                Names.archetype(curves.archetype()),
                "%s, %s, %s kW chargers, %s"
                        .formatted(
                                counted(curves.households(), "household"),
                                counted(curves.weeks().size(), "week"),
                                Numbers.plain(curves.charger_kW()),
                                Names.habit(curves.habit())),
                String.format(Locale.ROOT, "%.2f", curves.peak_kW()));
    }

    /** A kind of car as the data calls it and as printed. */
    public record Archetype(String key, String title) {}

    /** The kinds of cars whose availability the first scenario tells, in order. */
    private static List<Archetype> archetypes(StudySummary summary) {
        return summary.cars().availability().stream()
                .filter(row ->
                        row.scenario().equals(summary.scenarios().getFirst().name()))
                .map(Availability::archetype)
                .distinct()
                .map(archetype -> new Archetype(archetype, Names.archetype(archetype)))
                .toList();
    }

    private static Set<String> modes(StudySummary summary) {
        Set<String> modes = new LinkedHashSet<>();
        for (ScenarioSummary scenario : summary.scenarios()) {
            scenario.modes().forEach(mode -> modes.add(mode.mode()));
        }
        return modes;
    }

    /**
     * Paired differences: a row a pair of modes.
     *
     * @param scenarios the column groups
     * @param metrics the columns of each group
     * @param metricKeys the same as the data calls them
     */
    public record Differences(
            List<String> scenarios, List<String> metrics, List<String> metricKeys, List<Table2.Row> rows) {}

    private static Differences differences(StudySummary summary) {
        Set<String> pairs = new LinkedHashSet<>();
        Set<String> metrics = new LinkedHashSet<>();
        Map<List<String>, Estimate> relative = new HashMap<>();
        List<String> scenarios = new ArrayList<>();
        for (ScenarioSummary scenario : summary.scenarios()) {
            if (!scenario.differences().isEmpty()) {
                scenarios.add(scenario.name());
            }
            for (ModeDifference difference : scenario.differences()) {
                String pair = Names.mode(difference.mode()) + " against " + Names.mode(difference.against());
                pairs.add(pair);
                metrics.add(difference.metric());
                relative.put(List.of(pair, scenario.name(), difference.metric()), difference.relative());
            }
        }
        List<Table2.Row> rows = new ArrayList<>();
        for (String pair : pairs) {
            List<Table2.Cell> cells = new ArrayList<>();
            for (String scenario : scenarios) {
                for (String metric : metrics) {
                    Estimate estimate = relative.getOrDefault(List.of(pair, scenario, metric), ABSENT);
                    cells.add(Table2.Cell.of(estimate, Numbers::difference, false));
                }
            }
            rows.add(new Table2.Row(pair, cells));
        }
        return new Differences(
                scenarios.stream().map(name -> "Scenario " + name).toList(),
                metrics.stream().map(Names::metric).toList(),
                List.copyOf(metrics),
                rows);
    }

    /** A level of the first network as printed. */
    public record Level(
            String name, String heights, String nodes, String homes, String length, String median, String type) {}

    private static Level level(StudySummary.MapLevel level) {
        boolean some = level.nodes() > 0;
        return new Level(
                Names.level(level.level()),
                level.heights().replace("-", "–"),
                Numbers.whole(level.nodes()),
                Numbers.whole(level.homes()),
                Numbers.whole(level.length_m()),
                some ? Numbers.whole(level.medianLength_m()) : Numbers.whole(Double.NaN),
                some ? "%s (%s %%)".formatted(level.commonestType(), Numbers.percent(level.commonestShare())) : "");
    }

    /** Table 3: a row a level, a column a mode. */
    private static List<Table2.Group> table3(StudySummary summary) {
        Set<String> modes = modes(summary);
        List<Table2.Group> groups = new ArrayList<>();
        for (ScenarioSummary scenario : summary.scenarios()) {
            int levels = scenario.modes().stream()
                    .mapToInt(mode -> mode.linePeakByLevel_kW().size())
                    .max()
                    .orElse(0);
            List<Table2.Row> rows = new ArrayList<>();
            for (int level = 0; level < levels; level++) {
                List<Table2.Cell> cells = new ArrayList<>();
                for (String mode : modes) {
                    cells.add(Table2.Cell.of(linePeak(scenario, mode, level), Numbers::power, false));
                }
                rows.add(new Table2.Row(Names.level(level + 1), cells));
            }
            groups.add(new Table2.Group(Names.scenario(scenario), rows));
        }
        return groups;
    }

    private static Estimate linePeak(ScenarioSummary scenario, String mode, int level) {
        for (ModeSummary summary : scenario.modes()) {
            if (summary.mode().equals(mode)
                    && level < summary.linePeakByLevel_kW().size()) {
                return summary.linePeakByLevel_kW().get(level);
            }
        }
        return ABSENT;
    }
}
