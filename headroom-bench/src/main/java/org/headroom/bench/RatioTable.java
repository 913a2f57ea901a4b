package org.headroom.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of two sides and their ratio, a row a case, as the console shows it. */
final class RatioTable {
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table without rows yet.
     *
     * @param what heading of the first column
     * @param ours heading of our own side
     * @param other heading of what it is compared with
     */
    RatioTable(String what, String ours, String other) {
        rows.add(List.of(what, ours, other, "ratio"));
    }

    /** Adds a case; the ratio is the other side's time over ours. */
    void add(String what, double ours_s, double other_s) {
        double ratio = other_s / ours_s;
        rows.add(List.of(
                what, time(ours_s), time(other_s), String.format(Locale.ROOT, ratio < 100 ? "%.3g" : "%,.0f", ratio)));
    }

    /** A time with three digits, in the unit that suits it. */
    static String time(double time_s) {
        if (time_s < 1e-3) {
            return String.format(Locale.ROOT, "%.3g µs", time_s * 1e6);
        }
        return time_s < 1
                ? String.format(Locale.ROOT, "%.3g ms", time_s * 1e3)
                : String.format(Locale.ROOT, "%.3g s", time_s);
    }

    /** Lines of the table, columns aligned. */
    List<String> lines() {
        int[] width = new int[4];
        for (List<String> row : rows) {
            for (int c = 0; c < width.length; c++) {
                width[c] = Math.max(width[c], row.get(c).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < width.length; c++) {
                String padding = " ".repeat(width[c] - row.get(c).length());
                line.append(c == 0 ? row.get(c) + padding : "  " + padding + row.get(c));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
