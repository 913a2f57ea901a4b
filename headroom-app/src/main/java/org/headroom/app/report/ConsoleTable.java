package org.headroom.app.report;

import java.util.ArrayList;
import java.util.List;
import org.headroom.study.StudySummary;

/** Table 2 in plain aligned text, for a command to end with. */
public final class ConsoleTable {
    private static final List<String> HEADINGS = List.of("peak kW", "peak/mean %", "APV kGBP/y", "energy kGBP/y");

    private ConsoleTable() {}

    /** The table, each line ended by a newline; the best number of a scenario's column carries an asterisk. */
    public static String of(StudySummary summary) {
        List<Table2.Group> groups = Table2.groups(summary, Table2.PAPER);
        List<List<String>> rows = new ArrayList<>();
        boolean intervals = false;
        boolean marks = false;
        for (Table2.Group group : groups) {
            for (Table2.Row row : group.rows()) {
                List<String> texts = new ArrayList<>(List.of("  " + row.label()));
                for (Table2.Cell cell : row.cells()) {
                    texts.add(text(cell));
                    intervals |= cell.hasInterval();
                    marks |= cell.best();
                }
                rows.add(texts);
            }
        }
        int[] widths = widths(rows);

        StringBuilder table = new StringBuilder();
        append(table, headings(), widths);
        int next = 0;
        for (Table2.Group group : groups) {
            table.append(group.title()).append('\n');
            for (int r = 0; r < group.rows().size(); r++) {
                append(table, rows.get(next++), widths);
            }
        }
        if (marks) {
            table.append("* best of its scenario. ");
        }
        table.append(
                intervals
                        ? "[ ] 95 %% interval over %d networks.\n".formatted(summary.networkCount())
                        : summary.networkCount() == 1 ? "One network: no interval.\n" : "No intervals.\n");
        return table.toString();
    }

    private static List<String> headings() {
        List<String> headings = new ArrayList<>(List.of(""));
        headings.addAll(HEADINGS);
        return headings;
    }

    private static String text(Table2.Cell cell) {
        String interval = cell.hasInterval() ? " [%s, %s]".formatted(cell.lower(), cell.upper()) : "";
        return cell.mean().replace("–", "-") + interval + (cell.best() ? "*" : " ");
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[1 + HEADINGS.size()];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = c == 0 ? 0 : HEADINGS.get(c - 1).length() + 1;
            for (List<String> row : rows) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        return widths;
    }

    private static void append(StringBuilder table, List<String> texts, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String text = texts.get(c);
            String padding = " ".repeat(Math.max(0, widths[c] - text.length()));
            if (c == 0) {
                line.append(text).append(padding);
            } else {
                boolean heading = texts.get(0).isEmpty();
                String right = heading ? text + " " : text;
                line.append("  ")
                        .append(" ".repeat(Math.max(0, widths[c] - right.length())))
                        .append(right);
            }
        }
        table.append(line.toString().stripTrailing()).append('\n');
    }
}
