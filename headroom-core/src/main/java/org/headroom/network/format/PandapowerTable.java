package org.headroom.network.format;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One table of elements in a pandapower file, a pandas DataFrame in split orientation; rows stand by ascending index. */
final class PandapowerTable {
    private final Path file;
    private final String name;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    private PandapowerTable(Path file, String name) {
        this.file = file;
        this.name = name;
    }

    /** Reads a table; one without rows where {@code frame} is null. */
    static PandapowerTable of(Path file, String name, @Nullable JsonNode frame, ObjectMapper json) {
        PandapowerTable table = new PandapowerTable(file, name);
        if (frame != null && !frame.isNull()) {
            table.read(frame, json);
        }
        return table;
    }

    private void read(JsonNode frame, ObjectMapper json) {
        JsonNode object = frame.path("_object");
        JsonNode content;
        try {
            content = object.isString() ? json.readTree(object.asString()) : object;
        } catch (JacksonException e) {
            throw fault("its content is no JSON: %s.\nMaybe the file is cut off.".formatted(e.getOriginalMessage()));
        }
        JsonNode names = content.path("columns");
        JsonNode index = content.path("index");
        JsonNode data = content.path("data");
        if (!names.isArray() || !index.isArray() || !data.isArray() || index.size() != data.size()) {
            throw fault(
                    "expected columns, index and as many rows of data.\nMaybe it is of an older pandapower: load and save it with a newer one.");
        }
        for (JsonNode column : names) {
            columns.put(column.asString(), columns.size());
        }
        for (int r = 0; r < data.size(); r++) {
            JsonNode at = index.get(r);
            JsonNode values = data.get(r);
            if (!at.isIntegralNumber() || !values.isArray() || values.size() != columns.size()) {
                throw fault("row %d has index %s and %d values, expected a whole number and %d values."
                        .formatted(r, at, values.size(), columns.size()));
            }
            rows.add(new Row(at.longValue(), values));
        }
        rows.sort(Comparator.comparingLong(Row::index));
    }

    List<Row> rows() {
        return rows;
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    private NetworkFormatException fault(String message) {
        return NetworkFormatException.in(file, "table %s: %s".formatted(name, message));
    }

    /** Whether every row has a text of its own in a column. */
    boolean isKey(String column) {
        return rows.stream()
                        .map(row -> row.findText(column))
                        .filter(text -> text != null && !text.isBlank())
                        .distinct()
                        .count()
                == rows.size();
    }

    /** One element. */
    final class Row {
        private final long index;
        private final JsonNode values;

        private Row(long index, JsonNode values) {
            this.index = index;
            this.values = values;
        }

        long index() {
            return index;
        }

        /** What messages call it. */
        String label() {
            return name + " " + index;
        }

        private @Nullable JsonNode find(String column) {
            Integer at = columns.get(column);
            JsonNode value = at == null ? null : values.get(at);
            return value == null || value.isNull() ? null : value;
        }

        @Nullable
        String findText(String column) {
            JsonNode value = find(column);
            return value == null ? null : value.isValueNode() ? value.asString() : value.toString();
        }

        /** The number in a column, or null where there is none. */
        @Nullable
        BigDecimal findNumber(String column) {
            JsonNode value = find(column);
            if (value == null) {
                return null;
            }
            if (!value.isNumber()) {
                throw fault(column, value.toString());
            }
            if (!Double.isFinite(value.doubleValue())) {
                throw fault(column, value.toString());
            }
            return value.doubleValue() == 0 ? BigDecimal.ZERO : value.decimalValue();
        }

        BigDecimal number(String column) {
            BigDecimal value = findNumber(column);
            if (value == null) {
                throw fault(column, "missing");
            }
            return value;
        }

        double number(String column, double fallback) {
            BigDecimal value = findNumber(column);
            return value == null ? fallback : value.doubleValue();
        }

        /** A whole number of at least 0; 0 where there is none. */
        int count(String column) {
            double value = number(column, 0);
            if (!(value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
                throw fault(column, Double.toString(value));
            }
            return (int) value;
        }

        /** The index of another element. */
        long element(String column) {
            BigDecimal value = number(column);
            if (value.stripTrailingZeros().scale() > 0 || value.abs().compareTo(BigDecimal.valueOf(1L << 53)) > 0) {
                throw fault(column, value.toString());
            }
            return value.longValue();
        }

        boolean flag(String column, boolean fallback) {
            JsonNode value = find(column);
            if (value == null) {
                return fallback;
            }
            if (value.isNumber()) {
                return value.doubleValue() != 0;
            }
            if (!value.isBoolean()) {
                throw fault(column, value.toString());
            }
            return value.booleanValue();
        }

        private NetworkFormatException fault(String column, String value) {
            return PandapowerTable.this.fault("%s of row %d is %s, expected a value that fits."
                    .formatted(column, index, DssTokens.shortened(value)));
        }

        /** A fault of the element, to be thrown. */
        NetworkFormatException fault(String message) {
            return PandapowerTable.this.fault("row %d: %s".formatted(index, message));
        }
    }
}
