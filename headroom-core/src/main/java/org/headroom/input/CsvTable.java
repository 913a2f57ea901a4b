package org.headroom.input;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A CSV file with one header row: UTF-8, comma, '.' decimal. Read with columns in any order; columns nobody asked for are listed in
 * {@link #ignoredColumns()}; every fault is an {@link InputException} that names file, line, column and value. Written alike
 * everywhere ({@link #create}): lines end with LF on all systems.
 */
public final class CsvTable {
    /** A decimal number; what Java alone takes for one (1d, 0x1p3) is none. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?|NaN|[-+]?Infinity");

    private final Path file;
    private final List<Row> rows;
    private final List<String> ignoredColumns;
    private final Set<String> columns;

    private CsvTable(Path file, List<Row> rows, Set<String> columns, List<String> ignoredColumns) {
        this.file = file;
        this.rows = rows;
        this.columns = columns;
        this.ignoredColumns = ignoredColumns;
    }

    /**
     * Reads a table.
     *
     * @param required columns that must be there
     * @param optional columns that may be there; any other column is ignored and listed
     */
    public static CsvTable read(Path file, Collection<String> required, Collection<String> optional) {
        return read(file, ',', required, optional);
    }

    /** The same for a table whose columns are separated otherwise than by a comma. */
    public static CsvTable read(Path file, char separator, Collection<String> required, Collection<String> optional) {
        if (!Files.isRegularFile(file)) {
            throw InputException.in(
                    file,
                    "no such file.\nMaybe it has another name: expected columns " + String.join(",", required) + ".");
        }
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .detectBomHeader(true)
                .skipEmptyLines(true)
                .commentStrategy(CommentStrategy.SKIP)
                .ofNamedCsvRecord(file)) {
            List<Row> rows = new ArrayList<>();
            Set<String> columns = new LinkedHashSet<>();
            Map<String, String> asWritten = new HashMap<>(); // columns as in the header, blanks and all
            for (NamedCsvRecord line : reader) {
                if (rows.isEmpty()) {
                    for (String name : line.getHeader()) {
                        if (!columns.add(name.strip())) {
                            throw InputException.at(file, 1, "column %s is there twice.".formatted(name.strip()));
                        }
                        asWritten.put(name.strip(), name);
                    }
                }
                rows.add(new Row(file, line, asWritten, ""));
            }
            if (rows.isEmpty()) { // the reader gives no header without a record
                try (var lines = Files.lines(file)) {
                    lines.filter(l -> !l.isBlank() && !l.startsWith("#"))
                            .findFirst()
                            .ifPresent(header -> columns.addAll(List.of(header.replace("\uFEFF", "")
                                    .strip()
                                    .split("\\s*" + Pattern.quote(String.valueOf(separator)) + "\\s*", -1))));
                }
            }
            for (String name : required) {
                if (!columns.contains(name)) {
                    throw InputException.at(
                            file,
                            1,
                            "column %s is missing; the columns are %s.\nMaybe the file uses another separator than '%s'."
                                    .formatted(name, String.join(",", columns), separator));
                }
            }
            List<String> ignored = columns.stream()
                    .filter(name -> !required.contains(name) && !optional.contains(name))
                    .toList();
            return new CsvTable(file, List.copyOf(rows), columns, ignored);
        } catch (CsvParseException e) {
            String cause = e.getCause() == null
                    ? String.valueOf(e.getMessage())
                    : e.getMessage() + " " + e.getCause().getMessage();
            throw InputException.in(
                    file, "not a well-formed CSV table: " + cause + "\nMaybe a row has lost or gained a comma.");
        } catch (CharacterCodingException e) {
            throw notUtf8(file, e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException coding ? notUtf8(file, coding) : e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a table, over an earlier file: its header now, its rows by who asks. */
    public static CsvWriter create(Path file, List<String> header) throws IOException {
        CsvWriter csv = lines().build(file);
        csv.writeRecord(header);
        return csv;
    }

    /** Writes rows of a table onto something else than a new file. */
    public static CsvWriter writer(Writer out) {
        return lines().build(out);
    }

    private static CsvWriter.CsvWriterBuilder lines() {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF);
    }

    private static InputException notUtf8(Path file, CharacterCodingException e) {
        return new InputException(file + ": not UTF-8 text.\nMaybe it was saved in another encoding.", e);
    }

    public Path file() {
        return file;
    }

    public List<Row> rows() {
        return rows;
    }

    public boolean hasColumn(String name) {
        return columns.contains(name);
    }

    /** Columns of the file that nobody asked for. */
    public List<String> ignoredColumns() {
        return ignoredColumns;
    }

    /** One row of the table. */
    public static final class Row {
        private final Path file;
        private final NamedCsvRecord fields;
        private final Map<String, String> asWritten;
        /** What faults begin with: the object of the row, or nothing. */
        private final String object;

        private Row(Path file, NamedCsvRecord fields, Map<String, String> asWritten, String object) {
            this.file = file;
            this.fields = fields;
            this.asWritten = asWritten;
            this.object = object;
        }

        /** The same row, whose faults name its object: "session a". */
        public Row named(String object) {
            return new Row(file, fields, asWritten, object + ": ");
        }

        /** Line in the file, from 1. */
        public long line() {
            return fields.getStartingLineNumber();
        }

        /** The text of a field, stripped; empty where the column is absent. */
        public String text(String column) {
            return fields.findField(asWritten.getOrDefault(column, column))
                    .map(String::strip)
                    .orElse("");
        }

        /** The number in a field; not a number, not finite or outside the range is a fault. */
        public double number(String column, double min, double max) {
            String text = text(column);
            if (!NUMBER.matcher(text).matches()) {
                throw fault("%s is '%s', expected a number.\nMaybe %s."
                        .formatted(
                                column,
                                text,
                                text.isEmpty()
                                        ? "a comma too many stands before it"
                                        : "it has a decimal comma or a unit"));
            }
            double value = Double.parseDouble(text);
            if (!(value >= min && value <= max)) {
                throw fault("%s is %s, expected %s.".formatted(column, text, AllowedRange.of(min, max)));
            }
            return value;
        }

        /** The whole number in a field, within a range both ends included. */
        public int integer(String column, int min, int max) {
            double value = number(column, min, max);
            if (value != Math.rint(value)) {
                throw fault("%s is %s, expected a whole number, %s."
                        .formatted(column, text(column), AllowedRange.of(min, max)));
            }
            return (int) value;
        }

        /** A fault of this row, to be thrown. */
        public InputException fault(String message) {
            return InputException.at(file, line(), object + message);
        }
    }
}
