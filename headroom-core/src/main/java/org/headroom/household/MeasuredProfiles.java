package org.headroom.household;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.headroom.input.InputException;
import org.headroom.time.DaySteps;

/**
 * Measured demand profiles of homes, kW: one column a home, one row a step over one or more whole days.
 *
 * <p>A CSV file with or without a header row (the first row is one if none of its fields is a number), with or without a byte
 * order mark. Asked for at other steps than its own, a profile is averaged or held.
 */
public final class MeasuredProfiles {
    /** No home draws more; a larger figure is most likely W. */
    private static final double LARGEST_KW = 100;

    private final Path file;
    private final int rowsPerDay;
    private final int days;
    private final double[][] profiles_kW;

    private MeasuredProfiles(Path file, int rowsPerDay, double[][] profiles_kW) {
        this.file = file;
        this.rowsPerDay = rowsPerDay;
        this.days = profiles_kW[0].length / rowsPerDay;
        this.profiles_kW = profiles_kW;
    }

    /** Reads one day, cut into as many steps as the file has rows: 24 for hours, 288 for five minutes. */
    public static MeasuredProfiles read(Path file) {
        List<double[]> rows = rows(file);
        int count = rows.size();
        if (count < 24 || 1440 % count != 0) {
            throw InputException.in(
                    file,
                    "%d rows are not one day of equal steps (24 to 1440 rows, a divisor of 1440).\nMaybe it holds several days: say how many rows are a day. Or its header row is of numbers."
                            .formatted(count));
        }
        return new MeasuredProfiles(file, count, columns(rows));
    }

    /** Reads whole days of a given number of rows each. */
    public static MeasuredProfiles read(Path file, DaySteps rowsPerDay) {
        List<double[]> rows = rows(file);
        if (rows.isEmpty() || rows.size() % rowsPerDay.count() != 0) {
            throw InputException.in(
                    file,
                    "%d rows are not whole days of %d rows.\nMaybe the number of rows a day is another, or a row is missing."
                            .formatted(rows.size(), rowsPerDay.count()));
        }
        return new MeasuredProfiles(file, rowsPerDay.count(), columns(rows));
    }

    private static List<double[]> rows(Path file) {
        if (!Files.isRegularFile(file)) {
            throw InputException.in(file, "no such file.");
        }
        List<double[]> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .detectBomHeader(true)
                .skipEmptyLines(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(file)) {
            boolean first = true;
            for (CsvRecord row : reader) {
                if (first && row.getFields().stream().noneMatch(MeasuredProfiles::isNumber)) {
                    first = false;
                    continue;
                }
                first = false;
                rows.add(numbers(file, row, rows.isEmpty() ? row.getFieldCount() : rows.getFirst().length));
            }
        } catch (CsvParseException e) {
            throw InputException.in(
                    file, "not a well-formed CSV table: " + e.getMessage() + "\nMaybe a quote is not closed.");
        } catch (MalformedInputException e) {
            throw new InputException(file + ": not UTF-8 text.\nMaybe it was saved in another encoding.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static double[] numbers(Path file, CsvRecord row, int columns) {
        if (row.getFieldCount() != columns) {
            throw InputException.at(
                    file,
                    row.getStartingLineNumber(),
                    "%d fields, expected %d as in the first row.\nMaybe the row has lost or gained a comma."
                            .formatted(row.getFieldCount(), columns));
        }
        double[] values_kW = new double[columns];
        for (int c = 0; c < columns; c++) {
            String text = row.getField(c).strip();
            if (!isNumber(text)) {
                throw InputException.at(
                        file,
                        row.getStartingLineNumber(),
                        "column %d is '%s', expected a number of kW.\nMaybe it is a time stamp or has a decimal comma: one column is one home."
                                .formatted(c + 1, text));
            }
            values_kW[c] = Double.parseDouble(text);
            if (!(values_kW[c] >= 0 && values_kW[c] <= LARGEST_KW)) {
                throw InputException.at(
                        file,
                        row.getStartingLineNumber(),
                        "column %d is %s kW, expected 0 to %.0f kW.\nMaybe the file is in W, or holds net power: give demand and PV apart."
                                .formatted(c + 1, text, LARGEST_KW));
            }
        }
        return values_kW;
    }

    private static boolean isNumber(String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double[][] columns(List<double[]> rows) {
        double[][] profiles_kW = new double[rows.getFirst().length][rows.size()];
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < profiles_kW.length; c++) {
                profiles_kW[c][r] = rows.get(r)[c];
            }
        }
        return profiles_kW;
    }

    public Path file() {
        return file;
    }

    /** Number of homes measured. */
    public int profileCount() {
        return profiles_kW.length;
    }

    /** Number of days measured. */
    public int dayCount() {
        return days;
    }

    /** Mean power of a profile over all its days, kW. */
    public double mean_kW(int profile) {
        double sum = 0;
        for (double value_kW : profiles_kW[profile]) {
            sum += value_kW;
        }
        return sum / profiles_kW[profile].length;
    }

    /** One line for the study's report: what is in the file, and whether homes share profiles. */
    public String describe(int homes) {
        return "%s: %d profiles of %d day(s), %d steps a day; each of %d homes draws one, with replacement%s"
                .formatted(
                        file.getFileName(),
                        profileCount(),
                        days,
                        rowsPerDay,
                        homes,
                        homes > profileCount() ? ": fewer profiles than homes, some are shared" : "");
    }

    /** Means of a profile over the steps of a day, kW; beyond the last day the first follows. */
    void day(int profile, int day, double[] target_kW) {
        StepMeans.resample(profiles_kW[profile], day % days * rowsPerDay, rowsPerDay, target_kW);
    }
}
