package org.headroom.similar.validate;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.headroom.similar.validate.HeldOutResult.Comparison;
import org.headroom.similar.validate.HeldOutResult.FeatureTest;
import org.headroom.similar.validate.HeldOutResult.Sample;

/**
 * The proof as CSV files: {@code proof.csv}, a row a method or reference; {@code features.csv}, a row a method and feature;
 * {@code samples.csv}, every feeder compared with all its features, to test anew with other tools. What could not be measured is
 * empty.
 */
public final class ProofFiles {
    private ProofFiles() {}

    /** Writes all three into a folder, over earlier ones. */
    public static void write(HeldOutResult result, Path folder) {
        try {
            comparisons(result, folder.resolve("proof.csv"));
            features(result, folder.resolve("features.csv"));
            samples(result, folder.resolve("samples.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void comparisons(HeldOutResult result, Path file) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            csv.writeRecord(
                    "name",
                    "real",
                    "generated",
                    "drawn",
                    "givenUp",
                    "alike",
                    "copies",
                    "aucForest",
                    "aucForestLower",
                    "aucForestUpper",
                    "aucLogistic",
                    "aucLogisticLower",
                    "aucLogisticUpper",
                    "energyDistance",
                    "energyP",
                    "featuresRefusedAt01",
                    "featuresRefusedInPairsAt01",
                    "featuresRefusedTogetherAt05",
                    "covered",
                    "coveredBySingle");
            for (Comparison each : result.comparisons()) {
                csv.writeRecord(
                        each.name(),
                        Integer.toString(result.feeders().size()),
                        Integer.toString(each.generated().size()),
                        Integer.toString(each.drawn()),
                        Integer.toString(each.givenUp()),
                        Integer.toString(each.alike()),
                        Integer.toString(each.copies()),
                        text(each.forest().value()),
                        text(each.forest().lower()),
                        text(each.forest().upper()),
                        text(each.logistic().value()),
                        text(each.logistic().lower()),
                        text(each.logistic().upper()),
                        text(each.energyDistance()),
                        text(each.energyP()),
                        each.features().isEmpty() ? "" : Long.toString(each.refusedAt(0.01)),
                        each.features().isEmpty() ? "" : Long.toString(each.refusedInPairsAt(0.01)),
                        each.features().isEmpty() ? "" : Long.toString(each.refusedTogetherAt(0.05)),
                        text(each.covered()),
                        text(each.coveredBySingle()));
            }
        }
    }

    private static void features(HeldOutResult result, Path file) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            csv.writeRecord(
                    "name",
                    "feature",
                    "unit",
                    "ks",
                    "p",
                    "holmP",
                    "pairedP",
                    "realLowerQuartile",
                    "realMedian",
                    "realUpperQuartile",
                    "generatedLowerQuartile",
                    "generatedMedian",
                    "generatedUpperQuartile");
            for (Comparison each : result.comparisons()) {
                for (FeatureTest test : each.features()) {
                    csv.writeRecord(
                            each.name(),
                            test.feature().label(),
                            test.feature().unit(),
                            text(test.statistic()),
                            text(test.p()),
                            text(test.holmP()),
                            text(test.pairedP()),
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
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            List<String> head = new ArrayList<>(List.of("sample", "feeder", "fold"));
            for (Feature feature : Feature.values()) {
                head.add(feature.label() + (feature.unit().isEmpty() ? "" : ", " + feature.unit()));
            }
            csv.writeRecord(head);
            result.feeders().forEach(sample -> csv.writeRecord(row("real", sample)));
            for (Comparison each : result.comparisons()) {
                each.generated().forEach(sample -> csv.writeRecord(row(each.name(), sample)));
            }
        }
    }

    private static List<String> row(String name, Sample sample) {
        List<String> row = new ArrayList<>(List.of(name, sample.source(), Integer.toString(sample.fold() + 1)));
        for (Feature feature : Feature.values()) {
            row.add(text(sample.value(feature)));
        }
        return row;
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
