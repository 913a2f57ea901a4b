package org.headroom.household;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.headroom.input.CsvTable;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.time.DaySteps;

/**
 * A tariff: the prices at which a home buys and sells in each step of a day, GBP/kWh. Prices may be negative; the sell price
 * never exceeds the buy price of the same step.
 */
public final class Tariff {
    /** Names that {@link #named} knows; the first is the default. */
    public static final List<String> NAMES = List.of("time-of-use", "flat", "go", "flux", "economy-7");

    private final String name;
    private final double[] buy_gbpPerKWh;
    private final double[] sell_gbpPerKWh;

    private final List<String> ignoredColumns;

    private Tariff(String name, double[] buy_gbpPerKWh, double[] sell_gbpPerKWh, List<String> ignoredColumns) {
        this.name = name;
        this.buy_gbpPerKWh = buy_gbpPerKWh;
        this.sell_gbpPerKWh = sell_gbpPerKWh;
        this.ignoredColumns = ignoredColumns;
    }

    /**
     * A tariff of the given prices.
     *
     * @param buy_gbpPerKWh {@code [step]}, as many as the day has steps; likewise {@code sell_gbpPerKWh}
     * @throws InputException if a price is not finite, or a step sells dearer than it buys
     */
    public static Tariff of(String name, double[] buy_gbpPerKWh, double[] sell_gbpPerKWh) {
        if (buy_gbpPerKWh.length != sell_gbpPerKWh.length) {
            throw new InputException("tariff %s: %d buy prices but %d sell prices, expected as many."
                    .formatted(name, buy_gbpPerKWh.length, sell_gbpPerKWh.length));
        }
        for (int step = 0; step < buy_gbpPerKWh.length; step++) {
            double buy = buy_gbpPerKWh[step];
            double sell = sell_gbpPerKWh[step];
            if (!Double.isFinite(buy) || !Double.isFinite(sell)) {
                throw new InputException("tariff %s: step %d has prices %s and %s GBP/kWh, expected finite numbers."
                        .formatted(name, step, buy, sell));
            }
            if (sell > buy) {
                throw new InputException(
                        "tariff %s: step %d sells at %s GBP/kWh, above its buy price of %s GBP/kWh: buying and selling at once would make money from nothing.\nMaybe the two columns are swapped."
                                .formatted(name, step, sell, buy));
            }
        }
        return new Tariff(name, buy_gbpPerKWh.clone(), sell_gbpPerKWh.clone(), List.of());
    }

    /**
     * A tariff by name. {@code time-of-use}, {@code flat}, {@code go} and {@code flux}: design, Sec. 4, after British tariffs
     * on offer in 2023 to 2025. {@code economy-7}: buy .15 at 0-7 h, .30 otherwise, sell .05; round figures of our own.
     *
     * @param steps a step that is not within one hour gets the time-weighted mean price
     */
    public static Tariff named(String name, DaySteps steps) {
        double[] buy = new double[24];
        double[] sell = new double[24];
        switch (name) {
            case "time-of-use" -> {
                Arrays.fill(buy, 0.25);
                Arrays.fill(buy, 0, 6, 0.22);
                Arrays.fill(buy, 16, 20, 0.34);
                Arrays.fill(sell, 0.10);
            }
            case "flat" -> {
                Arrays.fill(buy, 0.26);
                Arrays.fill(sell, 0.05);
            }
            case "go" -> {
                Arrays.fill(buy, 0.228);
                Arrays.fill(buy, 0, 5, 0.085);
                Arrays.fill(sell, 0.08);
            }
            case "flux" -> {
                Arrays.fill(buy, 0.2165);
                Arrays.fill(buy, 2, 5, 0.13);
                Arrays.fill(buy, 16, 19, 0.303);
                Arrays.fill(sell, 0.145);
                Arrays.fill(sell, 2, 5, 0.045);
                Arrays.fill(sell, 16, 19, 0.218);
            }
            case "economy-7" -> {
                Arrays.fill(buy, 0.30);
                Arrays.fill(buy, 0, 7, 0.15);
                Arrays.fill(sell, 0.05);
            }
            default -> {
                String nearest = Document.findNearest(name, NAMES);
                throw new InputException("tariff '%s' is not known, expected one of %s, or a CSV file.%s"
                        .formatted(name, String.join(", ", NAMES), nearest == null ? "" : "\nMaybe " + nearest + "."));
            }
        }
        double[] buyOfStep = new double[steps.count()];
        double[] sellOfStep = new double[steps.count()];
        StepMeans.resample(buy, 0, 24, buyOfStep);
        StepMeans.resample(sell, 0, 24, sellOfStep);
        return of(name, buyOfStep, sellOfStep);
    }

    /**
     * Reads {@code step,buy_gbpPerKWh,sell_gbpPerKWh}: one row for each step of the day, in any order.
     *
     * @param steps as many as the file has rows, or a multiple: then each row holds for several steps
     */
    public static Tariff read(Path file, DaySteps steps) {
        CsvTable table = CsvTable.read(file, List.of("step", "buy_gbpPerKWh", "sell_gbpPerKWh"), List.of());
        int count = table.rows().size();
        if (count == 0 || steps.count() % count != 0) {
            throw InputException.in(
                    file,
                    "%d rows do not cover a day of %d steps, expected %d rows or a divisor of it.\nMaybe stepsPerDay is another, or a row is missing."
                            .formatted(count, steps.count(), steps.count()));
        }
        double[] buy = new double[count];
        double[] sell = new double[count];
        long[] line = new long[count];
        for (CsvTable.Row row : table.rows()) {
            int step = row.integer("step", 0, count - 1);
            if (line[step] != 0) {
                throw row.fault(
                        "step %d is already priced in line %d, expected each step once.".formatted(step, line[step]));
            }
            line[step] = row.line();
            buy[step] = row.number("buy_gbpPerKWh", -100, 100);
            sell[step] = row.number("sell_gbpPerKWh", -100, 100);
            if (sell[step] > buy[step]) {
                throw row.fault(
                        "step %d sells at %s GBP/kWh, above its buy price of %s GBP/kWh: buying and selling at once would make money from nothing.\nMaybe the two columns are swapped."
                                .formatted(step, sell[step], buy[step]));
            }
        }
        double[] buyOfStep = new double[steps.count()];
        double[] sellOfStep = new double[steps.count()];
        StepMeans.resample(buy, 0, count, buyOfStep);
        StepMeans.resample(sell, 0, count, sellOfStep);
        return new Tariff(String.valueOf(file.getFileName()), buyOfStep, sellOfStep, table.ignoredColumns());
    }

    /** The known name, or the file's. */
    public String name() {
        return name;
    }

    /** Columns of its file that are no part of a tariff; empty where there is no file. */
    public List<String> ignoredColumns() {
        return ignoredColumns;
    }

    /** Number of steps a day. */
    public int stepCount() {
        return buy_gbpPerKWh.length;
    }

    /** Price of energy drawn from the network. */
    public double buy_gbpPerKWh(int step) {
        return buy_gbpPerKWh[step];
    }

    /** Price paid for energy fed into the network; below {@link #buy_gbpPerKWh} or equal to it. */
    public double sell_gbpPerKWh(int step) {
        return sell_gbpPerKWh[step];
    }
}
