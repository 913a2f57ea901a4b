package org.headroom.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.headroom.similar.validate.Feature;
import org.headroom.similar.validate.HeldOutProof;
import org.headroom.similar.validate.HeldOutResult;
import org.headroom.similar.validate.HeldOutResult.Auc;
import org.headroom.similar.validate.HeldOutResult.Comparison;
import org.headroom.similar.validate.HeldOutResult.Draw;
import org.headroom.similar.validate.HeldOutResult.Quartiles;
import org.headroom.similar.validate.HeldOutResult.Sample;

/** The held-out proof: a table for the console, and a page with all distributions overlaid that opens without a network. */
public final class ProofReport {
    private static final String FOLDER = "/org/headroom/app/report/";
    private static final String NONE = "–";
    private static final double LEVEL = 0.01;

    /** Colours of the lines: real, then methods and references in order; those of the study's report. */
    private static final List<String> COLOURS = List.of("#1b2430", "#d55e00", "#0072b2", "#008a64", "#b0518a");

    private ProofReport() {}

    /** A comparison as the tables show it. */
    public record Row(String name, String colour, List<String> cells) {}

    /** A feature's panel: its chart and its tests. */
    public record Panel(String title, String unit, String svg, List<String> captions) {}

    private static final List<String> HEADINGS = List.of(
            "generated",
            "AUC forest",
            "its draws",
            "AUC logistic",
            "its draws",
            "differ at .01",
            "in pairs",
            "together at .05",
            "energy distance",
            "p",
            "in 90 % band",
            "from one feeder");

    /** The table, each line ended by a newline. */
    public static String console(HeldOutResult result) {
        StringBuilder out = new StringBuilder(facts(result)).append("\n\n");
        List<Row> rows = rows(result);
        int[] widths = new int[HEADINGS.size()];
        int first = 0;
        for (Row row : rows) {
            first = Math.max(first, row.name().length());
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(
                        HEADINGS.get(c).length(),
                        Math.max(widths[c], row.cells().get(c).length()));
            }
        }
        line(out, "", HEADINGS, first, widths);
        for (Row row : rows) {
            line(out, row.name(), row.cells(), first, widths);
        }
        out.append('\n');
        for (Comparison each : result.comparisons()) {
            List<String> refused = each.tested() ? oftenRefused(each) : List.of();
            if (!refused.isEmpty() && !each.name().equals(HeldOutProof.SHUFFLED)) {
                out.append("Features of %s that differ at .01 in half of the draws or more: %s.%n"
                        .formatted(each.name(), String.join("; ", refused)));
            }
            if (each.alike() + each.copies() > 0 && isGenerated(each)) {
                out.append("%s: %d networks equal to another, %d equal to their input.%n"
                        .formatted(each.name(), each.alike(), each.copies()));
            }
        }
        result.notes().forEach(note -> out.append("Note: ").append(note).append(".\n"));
        return out.toString().replace(NONE, "-");
    }

    private static List<String> oftenRefused(Comparison comparison) {
        return Arrays.stream(Feature.values())
                .filter(feature -> comparison.refusedShare(feature, LEVEL) >= 0.5)
                .map(Feature::label)
                .toList();
    }

    private static void line(StringBuilder out, String name, List<String> cells, int first, int[] widths) {
        StringBuilder line = new StringBuilder(name).append(" ".repeat(first - name.length()));
        for (int c = 0; c < widths.length; c++) {
            line.append("  ")
                    .append(" ".repeat(widths[c] - cells.get(c).length()))
                    .append(cells.get(c));
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    /** Writes the page, over an earlier one. */
    public static void write(HeldOutResult result, Path file) {
        try {
            Files.writeString(file, page(result));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(HeldOutResult result) throws IOException {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("facts", facts(result));
        context.put("answer", answer(result));
        context.put("notes", result.notes());
        context.put("headings", HEADINGS);
        context.put("rows", rows(result));
        context.put("realColour", COLOURS.getFirst());
        context.put("panels", panels(result));
        context.put("tests", tests(result));
        context.put("withinFlowLimits", result.withinFlowLimits());
        context.put("style", ChartLibrary.text(FOLDER + "report.css"));
        return Page.of("proof.html", context);
    }

    private static String facts(HeldOutResult result) {
        return String.format(
                Locale.ROOT,
                "%d real feeders of %d networks%s, each held out once in %d folds, in %d draw%s; %d too small%s; seed %d",
                result.feeders().size(),
                result.networks(),
                result.withinFlowLimits() ? " within flow limits" : "",
                result.folds(),
                result.draws(),
                result.draws() == 1 ? "" : "s",
                result.tooSmall(),
                result.withinFlowLimits() ? ", %d beyond flow limits".formatted(result.beyondFlowLimits()) : "",
                result.seed());
    }

    /** What came out for the first method, in words. */
    private static String answer(HeldOutResult result) {
        Comparison first = result.comparisons().getFirst();
        if (!first.tested()) {
            return "Too few feeders could be generated by %s to compare.".formatted(first.name());
        }
        Auc auc = higher(first);
        return String.format(
                Locale.ROOT,
                "Generated by %s, feeders are told from real ones with an AUC of %.2f (%.2f to %.2f; 0.5 is a coin's toss, 1 never wrong), the mean of %d draws. Of %d features %s differ at .01.",
                first.name(),
                auc.value(),
                auc.lower(),
                auc.upper(),
                result.draws(),
                Feature.values().length,
                refused(first));
    }

    /** How many features differ at .01: mean over draws, and the most in one. */
    private static String refused(Comparison comparison) {
        IntSummaryStatistics counts = comparison.draws().stream()
                .mapToInt(draw -> draw.refusedAt(LEVEL))
                .summaryStatistics();
        return counts.getMin() == counts.getMax()
                ? Integer.toString(counts.getMax())
                : String.format(Locale.ROOT, "%.1f (at most %d)", counts.getAverage(), counts.getMax());
    }

    /** A count's mean over draws. */
    private static String mean(Comparison comparison, ToIntFunction<Draw> count) {
        double mean = comparison.draws().stream().mapToInt(count).average().orElseThrow();
        return String.format(Locale.ROOT, mean == Math.rint(mean) ? "%.0f" : "%.1f", mean);
    }

    private static Auc higher(Comparison comparison) {
        return comparison.forest().value() >= comparison.logistic().value()
                ? comparison.forest()
                : comparison.logistic();
    }

    private static List<Row> rows(HeldOutResult result) {
        List<Row> rows = new ArrayList<>();
        for (Comparison each : result.comparisons()) {
            boolean tested = each.tested();
            rows.add(new Row(
                    each.name(),
                    COLOURS.get(1 + rows.size()),
                    List.of(
                            Integer.toString(each.draws().getFirst().generated().size()),
                            auc(each.forest()),
                            draws(each.forest()),
                            auc(each.logistic()),
                            draws(each.logistic()),
                            tested ? refused(each) + " of " + Feature.values().length : NONE,
                            tested && !each.name().equals(HeldOutProof.REAL)
                                    ? mean(each, draw -> draw.refusedInPairsAt(LEVEL))
                                    : NONE,
                            tested ? mean(each, draw -> draw.refusedTogetherAt(0.05)) : NONE,
                            number("%.3f", each.energyDistance()),
                            number("%.3f", each.energyP()),
                            number("%.0f %%", 100 * each.covered()),
                            number("%.0f %%", 100 * each.coveredBySingle()))));
        }
        return rows;
    }

    private static boolean isGenerated(Comparison comparison) {
        return !comparison.name().equals(HeldOutProof.REAL)
                && !comparison.name().equals(HeldOutProof.SHUFFLED);
    }

    private static String auc(Auc auc) {
        return Double.isNaN(auc.value())
                ? NONE
                : String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", auc.value(), auc.lower(), auc.upper());
    }

    private static String draws(Auc auc) {
        return Double.isNaN(auc.value()) ? NONE : String.format(Locale.ROOT, "%.2f to %.2f", auc.least(), auc.most());
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, format, value);
    }

    /** A row a feature of the first method, the least p first. */
    private static List<Row> tests(HeldOutResult result) {
        List<Row> rows = new ArrayList<>();
        Comparison first = result.comparisons().getFirst();
        if (!first.tested()) {
            return rows;
        }
        Arrays.stream(Feature.values())
                .map(first::test)
                .sorted((a, b) -> Double.compare(a.p(), b.p()))
                .forEach(test -> rows.add(new Row(
                        test.feature().label()
                                + (test.feature().unit().isEmpty()
                                        ? ""
                                        : ", " + test.feature().unit()),
                        "",
                        List.of(
                                quartiles(test.real()),
                                quartiles(test.generated()),
                                number("%.2f", test.statistic()),
                                p(test.p()),
                                p(test.holmP()),
                                p(test.pairedP()),
                                number("%.0f %%", 100 * first.refusedShare(test.feature(), LEVEL)),
                                number("%.3f", test.importance()).replace("-", "−")))));
        return rows;
    }

    private static String quartiles(Quartiles quartiles) {
        return String.format(
                Locale.ROOT, "%.3g / %.3g / %.3g", quartiles.lower(), quartiles.median(), quartiles.upper());
    }

    private static String p(double p) {
        return p < 0.0005 ? "< .001" : String.format(Locale.ROOT, "%.3f", p);
    }

    private static List<Panel> panels(HeldOutResult result) {
        List<Panel> panels = new ArrayList<>();
        for (Feature feature : Feature.values()) {
            List<double[]> samples = new ArrayList<>();
            samples.add(sorted(result.feeders(), feature));
            List<String> captions = new ArrayList<>();
            for (Comparison each : result.comparisons()) {
                samples.add(sorted(
                        each.draws().stream()
                                .flatMap(draw -> draw.generated().stream())
                                .toList(),
                        feature));
                if (each.tested()) {
                    captions.add("%s: p %s"
                            .formatted(each.name(), p(each.test(feature).p())));
                }
            }
            panels.add(new Panel(feature.label(), feature.unit(), svg(feature, samples), captions));
        }
        return panels;
    }

    private static double[] sorted(List<Sample> samples, Feature feature) {
        return samples.stream()
                .mapToDouble(sample -> sample.value(feature))
                .sorted()
                .toArray();
    }

    /** Empirical distributions as steps, from the 1 % to the 99 % quantile of the real ones and a little beyond. */
    private static String svg(Feature feature, List<double[]> samples) {
        double[] all = samples.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        double low = all[all.length / 200];
        double high = all[all.length - 1 - all.length / 50];
        double span = high > low ? high - low : 1;
        int width = 300;
        int height = 130;
        StringBuilder svg = new StringBuilder(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s: cumulative distributions\" class=\"ecdf\">"
                        .formatted(width + 10, height + 22, feature.label()));
        for (int i = 0; i <= 2; i++) {
            int y = 4 + (height - 4) * i / 2;
            svg.append("<path d=\"M5 %dH%d\" stroke=\"#d5dae1\"/>".formatted(y, width + 5));
        }
        for (int s = samples.size() - 1; s >= 0; s--) {
            double[] values = samples.get(s);
            if (values.length == 0) {
                continue;
            }
            StringBuilder path = new StringBuilder("M5 %d".formatted(height));
            for (int i = 0; i < values.length; i++) {
                double x = 5 + width * Math.clamp((values[i] - low) / span, 0, 1);
                double y = height - (height - 4) * (i + 1.0) / values.length;
                path.append(String.format(Locale.ROOT, "H%.1fV%.1f", x, y));
            }
            path.append("H%d".formatted(width + 5));
            svg.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>"
                    .formatted(path, COLOURS.get(s), s == 0 ? "2.5" : "1.5"));
        }
        String unit = feature.unit().isEmpty() ? "" : " " + feature.unit();
        svg.append("<text x=\"5\" y=\"%d\">%s</text>".formatted(height + 17, axis(low)));
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s%s</text>"
                .formatted(width + 5, height + 17, axis(high), unit));
        return svg.append("</svg>").toString();
    }

    private static String axis(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value)
                .replace("-", "−");
    }
}
