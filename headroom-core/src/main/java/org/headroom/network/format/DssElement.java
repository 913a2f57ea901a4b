package org.headroom.network.format;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.headroom.input.Document;
import org.jspecify.annotations.Nullable;

/** An element of an OpenDSS circuit with its properties as text; names of properties are in lower case. */
final class DssElement {
    private final DssKind kind;
    private final String name;
    private final Path file;
    private final int line;
    private final Map<String, Property> properties = new LinkedHashMap<>();
    private @Nullable Document note;

    /** The text of a property, and where it stands. */
    record Property(String value, Path file, int line) {}

    DssElement(DssKind kind, String name, Path file, int line) {
        this.kind = kind;
        this.name = name;
        this.file = file;
        this.line = line;
    }

    DssKind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    /** File and line where it is defined. */
    String place() {
        return "%s:%d".formatted(file.getFileName(), line);
    }

    /** Whether another element has the same properties with the same texts. */
    boolean sameProperties(DssElement other) {
        return texts().equals(other.texts());
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        properties.forEach((property, value) -> texts.put(property, value.value()));
        return texts;
    }

    /** Kind and name, as messages call it. */
    String label() {
        return kind.label() + " " + name;
    }

    /** Sets a property; returns whether it replaced another value. */
    boolean set(String property, Property value) {
        return properties.put(property, value) != null;
    }

    void copyFrom(DssElement other) {
        properties.putAll(other.properties);
    }

    /** What a {@link DssNotes note} says of the element, or null. */
    @Nullable
    Document findNote() {
        return note;
    }

    void setNote(Document said) {
        this.note = said;
    }

    boolean has(String property) {
        return properties.containsKey(property);
    }

    @Nullable
    String findText(String property) {
        Property found = properties.get(property);
        return found == null ? null : found.value();
    }

    String text(String property, String likelyReason) {
        return required(property, likelyReason).value();
    }

    double number(String property, String likelyReason) {
        Property found = required(property, likelyReason);
        return parsed(property, found.value(), found);
    }

    double number(String property, double fallback) {
        Property found = properties.get(property);
        return found == null ? fallback : parsed(property, found.value(), found);
    }

    /** The number exactly as it is written. */
    BigDecimal decimal(String property, String likelyReason) {
        double value = number(property, likelyReason);
        return value == 0
                ? BigDecimal.ZERO
                : new BigDecimal(required(property, likelyReason).value());
    }

    /** The bus under a property, without its terminals: {@code 34} of {@code 34.1}. */
    String bus(String property) {
        String bus = plainBus(text(property, "the file is cut off here"));
        if (bus.isEmpty()) {
            throw fault(property, "%s: %s is empty, expected a bus.".formatted(label(), property));
        }
        return bus;
    }

    /** A bus without its terminals. */
    static String plainBus(String bus) {
        int point = bus.indexOf('.');
        return (point < 0 ? bus : bus.substring(0, point)).strip();
    }

    /** A yes or no. */
    boolean flag(String property, boolean fallback) {
        Property found = properties.get(property);
        if (found == null) {
            return fallback;
        }
        return switch (found.value().toLowerCase(Locale.ROOT)) {
            case "y", "yes", "t", "true" -> true;
            case "n", "no", "f", "false" -> false;
            default ->
                throw at(found, "%s: %s is '%s', expected yes or no.".formatted(label(), property, found.value()));
        };
    }

    /** The words of an array, separated by blanks or commas. */
    List<String> words(String property, String likelyReason) {
        List<String> words = new ArrayList<>();
        for (String word : required(property, likelyReason).value().split("[\\s,]+", -1)) {
            if (!word.isEmpty()) {
                words.add(unquoted(word));
            }
        }
        return words;
    }

    List<Double> numbers(String property, String likelyReason) {
        Property found = required(property, likelyReason);
        List<Double> numbers = new ArrayList<>();
        for (String word : words(property, likelyReason)) {
            numbers.add(parsed(property, word, found));
        }
        return numbers;
    }

    /** The rows of a matrix, separated by bars; only the part up to the diagonal need be given. */
    List<List<Double>> matrix(String property) {
        Property found = required(property, "");
        List<List<Double>> rows = new ArrayList<>();
        for (String row : found.value().split("\\|", -1)) {
            List<Double> numbers = new ArrayList<>();
            for (String word : row.split("[\\s,]+", -1)) {
                if (!word.isEmpty()) {
                    numbers.add(parsed(property, word, found));
                }
            }
            rows.add(numbers);
        }
        return rows;
    }

    private static String unquoted(String word) {
        return word.replace("\"", "").replace("'", "");
    }

    private double parsed(String property, String text, Property where) {
        try {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (!((c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E')) {
                    throw new NumberFormatException(text); // parseDouble would take NaN, 1d and 0x1p3
                }
            }
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
            throw at(where, "%s: %s is %s, expected a finite number.".formatted(label(), property, text));
        } catch (NumberFormatException e) {
            throw at(
                    where,
                    "%s: %s is '%s', expected a number.\nMaybe a word is missing or the file is cut off here."
                            .formatted(label(), property, DssTokens.shortened(text)));
        }
    }

    private Property required(String property, String likelyReason) {
        Property found = properties.get(property);
        if (found == null) {
            throw fault("%s has no %s.\nMaybe %s.".formatted(label(), property, likelyReason));
        }
        return found;
    }

    /** A fault of the element, to be thrown. */
    NetworkFormatException fault(String message) {
        return NetworkFormatException.at(file, line, message);
    }

    /** A fault of one property, to be thrown; of the element where the property is not given. */
    NetworkFormatException fault(String property, String message) {
        Property found = properties.get(property);
        return found == null ? fault(message) : at(found, message);
    }

    private static NetworkFormatException at(Property where, String message) {
        return NetworkFormatException.at(where.file(), where.line(), message);
    }
}
