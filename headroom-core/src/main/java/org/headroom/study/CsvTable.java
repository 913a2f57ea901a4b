package org.headroom.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How every CSV table of a study is written: lines end alike on all systems, numbers read back as they are, an estimate takes three columns. */
final class CsvTable {
    private CsvTable() {}

    static CsvWriter open(Path file, List<String> header) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
        csv.writeRecord(header);
        return csv;
    }

    /** Adds the columns of an estimate: mean, lower and upper end of its interval. */
    static void addColumns(List<String> header, String metric) {
        header.addAll(List.of(metric, metric + "_lower", metric + "_upper"));
    }

    /** Adds the cells of an estimate. */
    static void addCells(List<String> row, Estimate estimate) {
        row.addAll(List.of(cell(estimate.mean()), cell(estimate.lower()), cell(estimate.upper())));
    }

    /** A number as it reads back; empty where there is none. */
    static String cell(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value == 0 ? 0 : value);
    }
}
