package org.headroom.study;

import java.util.List;

/** Cells of a study's tables: numbers read back as they are, an estimate takes three columns. */
final class Cells {
    private Cells() {}

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
