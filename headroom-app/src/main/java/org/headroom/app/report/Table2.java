package org.headroom.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.headroom.study.Estimate;
import org.headroom.study.StudySummary;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.ScenarioSummary;

/** Table 2 of the paper with our columns beside it: a row a scenario and mode, a column a metric. */
final class Table2 {
    /** The paper's own columns. */
    static final List<Column> PAPER = List.of(
            new Column(
                    "Peak substation flow",
                    "kW",
                    true,
                    ModeSummary::peak_kW,
                    Numbers::power,
                    "The highest active power through the substation in any step of any day."),
            new Column(
                    "Peak-to-average",
                    "%",
                    true,
                    ModeSummary::peakToAverage,
                    Numbers::percent,
                    "That peak over the mean active power of the substation. 100 % would be a flat line."),
            new Column(
                    "Annual present value",
                    "k£",
                    true,
                    ModeSummary::presentValue_gbpPerYear,
                    Numbers::thousands,
                    "Thousand pounds a year: what it costs today that substation and lines will have to be replaced when"
                            + " growing demand has used up their headroom, summed over all of them at their peaks (paper,"
                            + " eq. 38a). The nearer an asset is to its capacity, the more."),
            new Column(
                    "Annual energy cost",
                    "k£",
                    true,
                    ModeSummary::energyCost_gbpPerYear,
                    Numbers::thousands,
                    "Thousand pounds a year: what all homes pay for energy, less what they earn by"
                            + " selling it. The days simulated are weighted to a year. Battery wear is not in it."));

    /** What the paper's table does not show. */
    static final List<Column> BESIDE = List.of(
            new Column(
                    "Peak apparent power",
                    "kVA",
                    true,
                    ModeSummary::peak_kVA,
                    Numbers::power,
                    "The highest apparent power through the substation, which is what its rating limits. It includes"
                            + " reactive power."),
            new Column(
                    "Battery degradation",
                    "£/year",
                    true,
                    ModeSummary::degradation_gbpPerYear,
                    Numbers::whole,
                    "Pounds a year: the worth of battery life spent on discharging to home or grid. Driving is not"
                            + " counted."),
            new Column(
                    "Lowest voltage",
                    "pu",
                    false,
                    ModeSummary::lowestVoltage_pu,
                    Numbers::perUnit,
                    "The lowest voltage of any node in any step, per unit of the nominal voltage, by the lossless model that"
                            + " charging is planned with."),
            new Column(
                    "Lowest AC voltage",
                    "pu",
                    false,
                    ModeSummary::lowestAcVoltage_pu,
                    Numbers::perUnit,
                    "The same by a full AC power flow of the result, which counts losses in."),
            new Column(
                    "Voltage error",
                    "pu",
                    true,
                    ModeSummary::acVoltageError_pu,
                    Numbers::voltageError,
                    "The largest difference between the two voltages of any node in any step: how wrong the lossless model"
                            + " is."),
            new Column(
                    "Losses",
                    "kWh/year",
                    true,
                    ModeSummary::losses_kWhPerYear,
                    Numbers::whole,
                    "Energy lost in the lines by the AC power flow, in kWh a year. Nobody pays for it in the energy cost."),
            new Column(
                    "PV curtailed",
                    "kWh/year",
                    true,
                    ModeSummary::curtailed_kWhPerYear,
                    Numbers::whole,
                    "Solar energy that could have been generated and was not used, in kWh a year."),
            new Column(
                    "Assets expanded",
                    "number",
                    true,
                    mode -> count(mode.expansions()),
                    Numbers::whole,
                    "Lines and substations that needed more capacity on at least one day."),
            new Column(
                    "Violations",
                    "days",
                    true,
                    mode -> count(mode.violations()),
                    Numbers::whole,
                    "Days on which a limit was broken or no schedule kept all limits."));

    private Table2() {}

    private static Estimate count(int number) {
        return new Estimate(number, Double.NaN, Double.NaN);
    }

    /**
     * One metric.
     *
     * @param definition what it is, in plain words with its unit
     */
    public record Column(
            String heading,
            String unit,
            boolean lowerIsBetter,
            Function<ModeSummary, Estimate> value,
            DoubleFunction<String> print,
            String definition) {}

    /**
     * One number as printed.
     *
     * @param lower lower end of its interval, empty where there is none
     * @param upper upper end likewise
     * @param best true where no other mode of the scenario is better, and some are worse
     */
    public record Cell(String mean, String lower, String upper, boolean best) {
        static Cell of(Estimate estimate, DoubleFunction<String> print, boolean best) {
            boolean interval = Numbers.hasInterval(estimate);
            return new Cell(
                    print.apply(estimate.mean()),
                    interval ? print.apply(estimate.lower()) : "",
                    interval ? print.apply(estimate.upper()) : "",
                    best);
        }

        /** Where there is no number. */
        static final Cell NONE = plain(Numbers.whole(Double.NaN));

        /** A number without an interval. */
        static Cell plain(String number) {
            return new Cell(number, "", "", false);
        }

        public boolean hasInterval() {
            return !lower.isEmpty();
        }
    }

    /** A mode of a scenario. */
    public record Row(String label, List<Cell> cells) {}

    /** A scenario's rows. */
    public record Group(String title, List<Row> rows) {}

    static List<Group> groups(StudySummary summary, List<Column> columns) {
        return summary.scenarios().stream()
                .map(scenario -> new Group(Names.scenario(scenario), rows(scenario, columns)))
                .toList();
    }

    private static List<Row> rows(ScenarioSummary scenario, List<Column> columns) {
        List<String> best =
                columns.stream().map(column -> bestOf(scenario.modes(), column)).toList();
        List<Row> rows = new ArrayList<>();
        for (ModeSummary mode : scenario.modes()) {
            List<Cell> cells = new ArrayList<>();
            for (int c = 0; c < columns.size(); c++) {
                Column column = columns.get(c);
                Estimate estimate = column.value().apply(mode);
                String printed = column.print().apply(estimate.mean());
                cells.add(Cell.of(estimate, column.print(), printed.equals(best.get(c))));
            }
            rows.add(new Row(Names.mode(mode.mode()), List.copyOf(cells)));
        }
        return List.copyOf(rows);
    }

    /** The best number as printed, so that numbers that look alike share the mark; empty where all look alike. */
    private static String bestOf(List<ModeSummary> modes, Column column) {
        double[] means = modes.stream()
                .mapToDouble(mode -> column.value().apply(mode).mean())
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (means.length == 0) {
            return "";
        }
        String lowest = column.print().apply(means[0]);
        String highest = column.print().apply(means[means.length - 1]);
        if (lowest.equals(highest)) {
            return "";
        }
        return column.lowerIsBetter() ? lowest : highest;
    }
}
