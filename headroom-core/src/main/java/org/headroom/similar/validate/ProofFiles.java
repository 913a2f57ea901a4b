package org.headroom.similar.validate;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.headroom.input.CsvTable;
import org.headroom.similar.validate.HeldOutResult.Comparison;
import org.headroom.similar.validate.HeldOutResult.Draw;
import org.headroom.similar.validate.HeldOutResult.FeatureTest;
import org.headroom.similar.validate.HeldOutResult.Sample;

/**
 * The proof as CSV files: {@code proof.csv}, a row a method or reference, means over draws; {@code draws.csv}, a row a method and
 * draw; {@code features.csv}, a row a method and feature, medians over draws; {@code samples.csv}, every feeder compared in every
 * draw with all its features, to test anew with other tools. What could not be measured is
 * empty.
 */
public final class ProofFiles {
    /** What is said of a method over all draws, and of each draw alone. */
    private static final List<String> MEASURES = List.of(
            "energyDistance",
            "energyP",
            "featuresRefusedAt01",
            "featuresRefusedInPairsAt01",
            "featuresRefusedTogetherAt05",
            "covered",
            "coveredBySingle");

    private ProofFiles() {}

    /** Writes all into a folder, over earlier ones. */
    public static void write(HeldOutResult result, Path folder) {
        try {
            comparisons(result, folder.resolve("proof.csv"));
            draws(result, folder.resolve("draws.csv"));
            features(result, folder.resolve("features.csv"));
            samples(result, folder.resolve("samples.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void comparisons(HeldOutResult result, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of(
                "name",
                "real",
                "generated",
                "drawn",
                "givenUp",
                "alike",
                "copies",
                "draws",
                "aucForest",
                "aucForestLower",
                "aucForestUpper",
                "aucLogistic",
                "aucLogisticLower",
                "aucLogisticUpper"));
        header.addAll(MEASURES);
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (Comparison each : result.comparisons()) {
                csv.writeRecord(
                        each.name(),
                        Integer.toString(result.feeders().size()),
                        Integer.toString(each.draws().getFirst().generated().size()),
                        Integer.toString(each.drawn()),
                        Integer.toString(each.givenUp()),
                        Integer.toString(each.alike()),
                        Integer.toString(each.copies()),
                        Integer.toString(each.draws().size()),
                        text(each.forest().value()),
                        text(each.forest().lower()),
                        text(each.forest().upper()),
                        text(each.logistic().value()),
                        text(each.logistic().lower()),
                        text(each.logistic().upper()),
                        text(each.energyDistance()),
                        text(each.energyP()),
                        mean(each, draw -> draw.refusedAt(0.01)),
                        mean(each, draw -> draw.refusedInPairsAt(0.01)),
                        mean(each, draw -> draw.refusedTogetherAt(0.05)),
                        text(each.covered()),
                        text(each.coveredBySingle()));
            }
        }
    }

    private static String mean(Comparison comparison, ToIntFunction<Draw> count) {
        return comparison.tested()
                ? text(comparison.draws().stream().mapToInt(count).average().orElseThrow())
                : "";
    }

    private static void draws(HeldOutResult result, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of("name", "draw", "aucForest", "aucLogistic"));
        header.addAll(MEASURES);
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (Comparison each : result.comparisons()) {
                for (int d = 0; d < each.draws().size(); d++) {
                    Draw draw = each.draws().get(d);
                    boolean tested = !draw.features().isEmpty();
                    csv.writeRecord(
                            each.name(),
                            Integer.toString(d + 1),
                            text(draw.forestAuc()),
                            text(draw.logisticAuc()),
                            text(draw.energyDistance()),
                            text(draw.energyP()),
                            tested ? Integer.toString(draw.refusedAt(0.01)) : "",
                            tested ? Integer.toString(draw.refusedInPairsAt(0.01)) : "",
                            tested ? Integer.toString(draw.refusedTogetherAt(0.05)) : "",
                            text(draw.covered()),
                            text(draw.coveredBySingle()));
                }
            }
        }
    }

    private static void features(HeldOutResult result, Path file) throws IOException {
        List<String> header = List.of(
                "name",
                "feature",
                "unit",
                "ks",
                "p",
                "holmP",
                "pairedP",
                "shareOfDrawsRefusedAt01",
                "importance",
                "realLowerQuartile",
                "realMedian",
                "realUpperQuartile",
                "generatedLowerQuartile",
                "generatedMedian",
                "generatedUpperQuartile");
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (Comparison each : result.comparisons()) {
                for (Feature feature : each.tested() ? Feature.ALL : List.<Feature>of()) {
                    FeatureTest test = each.test(feature);
                    csv.writeRecord(
                            each.name(),
                            test.feature().label(),
                            test.feature().unit(),
                            text(test.statistic()),
                            text(test.p()),
                            text(test.holmP()),
                            text(test.pairedP()),
                            text(each.refusedShare(feature, 0.01)),
                            text(test.importance()),
                            text(test.real().lower()),
                            text(test.real().median()),
                            text(test.real().upper()),
                            text(test.generated().lower()),
                            text(test.generated().median()),
                            text(test.generated().upper()));
                }
            }
        }
    }

    private static void samples(HeldOutResult result, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of("sample", "draw", "feeder", "fold"));
        for (Feature feature : Feature.values()) {
            header.add(feature.label() + (feature.unit().isEmpty() ? "" : ", " + feature.unit()));
        }
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (int d = 0; d < result.draws(); d++) {
                Draw first = result.comparisons().getFirst().draws().get(d); // folds are the same in every comparison
                for (Sample sample : result.feeders()) {
                    csv.writeRecord(row("real", d, first, sample));
                }
                for (Comparison each : result.comparisons()) {
                    Draw draw = each.draws().get(d);
                    for (Sample sample : draw.generated()) {
                        csv.writeRecord(row(each.name(), d, draw, sample));
                    }
                }
            }
        }
    }

    private static List<String> row(String name, int number, Draw draw, Sample sample) {
        List<String> row = new ArrayList<>(
                List.of(name, Integer.toString(number + 1), sample.source(), Integer.toString(draw.fold(sample) + 1)));
        for (Feature feature : Feature.values()) {
            row.add(text(sample.value(feature)));
        }
        return row;
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
