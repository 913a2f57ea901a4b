package org.headroom.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * An object of a YAML or JSON file, read key by key. Each key that is asked for is remembered, so that
 * {@link #refuseUnknownKeys()} can name the ones nobody knows, with the nearest known one.
 */
public final class Document {
    /** How the parsers say that a key is there twice. */
    private static final Pattern TWICE = Pattern.compile("Duplicate (?:property|Object property|field) \"([^\"]*)\"");

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String source;
    private final String path;
    private final JsonNode node;
    private final Set<String> asked = new LinkedHashSet<>();

    private Document(String source, String path, JsonNode node) {
        this.source = source;
        this.path = path;
        this.node = node;
    }

    /** Reads a YAML file, or a JSON one when its name ends in {@code .json}. */
    public static Document read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw InputException.in(file, Files.isDirectory(file) ? "is a folder, expected a file." : "no such file.");
        }
        try {
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new InputException(file + ": not UTF-8 text.\nMaybe it was saved in another encoding.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a resource of the class path that ships with the product. */
    public static Document resource(Class<?> owner, String name) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("resource %s of %s is missing".formatted(name, owner));
            }
            return parse(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses text; {@code source} names it in messages and decides the syntax: JSON if it ends in {@code .json}. */
    public static Document parse(String source, String text) {
        return parse(source, text, source.endsWith(".json") ? JSON : YAML);
    }

    /** Parses JSON, whatever the source's name. */
    public static Document parseJson(String source, String text) {
        return parse(source, text, JSON);
    }

    private static Document parse(String source, String text, ObjectMapper mapper) {
        try {
            JsonNode node = mapper.readTree(text);
            if (node == null || node.isMissingNode() || node.isNull()) {
                throw new InputException(source + ": the file is empty.");
            }
            if (!node.isObject()) {
                throw new InputException(source + ": expected keys and values at the top, but found "
                        + node.getNodeType().toString().toLowerCase(java.util.Locale.ROOT) + ".");
            }
            return new Document(source, "", node);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new InputException(
                    source + (line > 0 ? ":" + line : "") + ": " + whatIsWrong(e.getOriginalMessage()), e);
        }
    }

    /** A parser's message without what it says of its own settings, which helps nobody. */
    private static String whatIsWrong(String message) {
        Matcher twice = TWICE.matcher(message);
        return twice.find()
                ? "key %s is there twice, expected once.\nMaybe one of them is left over.".formatted(twice.group(1))
                : message.replaceAll(" \\(start marker at \\[.*]\\)", "")
                        + "\nMaybe the file is cut off or a bracket, quote or indent is missing.";
    }

    /** Name of the file or resource. */
    public String source() {
        return source;
    }

    public boolean has(String key) {
        asked.add(key);
        return node.hasNonNull(key);
    }

    /** A finite number within a range; a fault where the key is absent. */
    public double number(String key, double min, double max) {
        return checkedNumber(key, required(key), min, max);
    }

    /** A finite number within a range, or the default where the key is absent. */
    public double number(String key, double fallback, double min, double max) {
        return has(key) ? checkedNumber(key, required(key), min, max) : fallback;
    }

    public int integer(String key, int min, int max) {
        double value = number(key, min, max);
        if (value != Math.rint(value)) {
            throw fault(key, "is %s, expected a whole number, %s.".formatted(value, AllowedRange.of(min, max)));
        }
        return (int) value;
    }

    public int integer(String key, int fallback, int min, int max) {
        return has(key) ? integer(key, min, max) : fallback;
    }

    public boolean flag(String key, boolean fallback) {
        if (!has(key)) {
            return fallback;
        }
        JsonNode value = required(key);
        if (!value.isBoolean()) {
            throw fault(key, "is %s, expected true or false.".formatted(value));
        }
        return value.booleanValue();
    }

    public String text(String key) {
        JsonNode value = required(key);
        if (value.isContainer()) {
            throw fault(key, "is %s, expected a text.".formatted(value));
        }
        return value.asString();
    }

    public String text(String key, String fallback) {
        return has(key) ? text(key) : fallback;
    }

    /** One of a closed choice of words, or the default where the key is absent. */
    public String choice(String key, String fallback, Collection<String> allowed) {
        return has(key) ? choice(key, allowed) : fallback;
    }

    /** One of a closed choice of words; a fault where the key is absent. */
    public String choice(String key, Collection<String> allowed) {
        String value = text(key);
        if (!allowed.contains(value)) {
            throw fault(
                    key,
                    "is '%s', expected one of %s.%s"
                            .formatted(value, String.join(", ", allowed), maybe(value, allowed)));
        }
        return value;
    }

    public List<Double> numbers(String key, double min, double max) {
        List<Double> values = new ArrayList<>();
        for (JsonNode element : array(key)) {
            values.add(checkedNumber(key, element, min, max));
        }
        return List.copyOf(values);
    }

    /** The texts of a list; a single text stands for a list of one. */
    public List<String> texts(String key) {
        if (!required(key).isContainer()) {
            return List.of(text(key));
        }
        List<String> values = new ArrayList<>();
        for (JsonNode element : array(key)) {
            if (element.isContainer() || element.isNull()) {
                throw fault(key, "element %d is %s, expected a text.".formatted(values.size(), element));
            }
            values.add(element.asString());
        }
        return List.copyOf(values);
    }

    /** The object under a key; a fault where it is absent. */
    public Document object(String key) {
        JsonNode value = required(key);
        if (!value.isObject()) {
            throw fault(key, "is %s, expected keys and values.".formatted(value));
        }
        return new Document(source, path + key + ".", value);
    }

    /** The object under a key, or null where it is absent. */
    public @Nullable Document findObject(String key) {
        return has(key) ? object(key) : null;
    }

    /** The objects of the list under a key; a fault where it is absent. */
    public List<Document> objects(String key) {
        List<Document> values = new ArrayList<>();
        int index = 0;
        for (JsonNode element : array(key)) {
            if (!element.isObject()) {
                throw fault(key, "element %d is %s, expected keys and values.".formatted(index, element));
            }
            values.add(new Document(source, "%s%s[%d].".formatted(path, key, index++), element));
        }
        return List.copyOf(values);
    }

    /** All keys with a number each, in the file's order. */
    public Map<String, Double> numberMap(double min, double max) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String key : node.propertyNames()) {
            values.put(key, number(key, min, max));
        }
        return values;
    }

    public Set<String> keys() {
        return new LinkedHashSet<>(node.propertyNames());
    }

    /** Refuses keys of this object that were never asked for, naming the nearest known one. */
    public void refuseUnknownKeys() {
        for (String key : node.propertyNames()) {
            if (!asked.contains(key)) {
                throw new InputException("%s: unknown key %s%s; known are %s.%s"
                        .formatted(source, path, key, String.join(", ", asked), maybe(key, asked)));
            }
        }
    }

    /** Keys of this object that were never asked for. */
    public List<String> unknownKeys() {
        return node.propertyNames().stream().filter(key -> !asked.contains(key)).toList();
    }

    /** A fault of the value under a key, to be thrown. */
    public InputException fault(String key, String message) {
        return new InputException("%s: %s%s %s".formatted(source, path, key, message));
    }

    private JsonNode required(String key) {
        asked.add(key);
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            String meant = findMisspelt(key);
            throw new InputException("%s: key %s%s is missing.%s"
                    .formatted(source, path, key, meant == null ? "" : "\nMaybe " + meant + " is meant to be it."));
        }
        return value;
    }

    /** A key that is there and may be a missing one misspelt; short ones are not guessed, since known ones differ by as little. */
    private @Nullable String findMisspelt(String key) {
        String nearest = findNearest(key, unknownKeys());
        return nearest != null && key.length() >= 8 && editDistance(key, nearest) <= 2 ? nearest : null;
    }

    private List<JsonNode> array(String key) {
        JsonNode value = required(key);
        if (!value.isArray()) {
            throw fault(key, "is %s, expected a list.".formatted(value));
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        return elements;
    }

    private double checkedNumber(String key, JsonNode value, double min, double max) {
        if (!value.isNumber()) {
            throw fault(key, "is %s, expected a number.".formatted(value));
        }
        double number = value.doubleValue();
        if (!(number >= min && number <= max)) {
            throw fault(key, "is %s, expected %s.".formatted(value, AllowedRange.of(min, max)));
        }
        return number;
    }

    private static String maybe(String word, Collection<String> known) {
        String nearest = findNearest(word, known);
        return nearest == null ? "" : "\nMaybe " + nearest + ".";
    }

    /** The known word nearest to a mistyped one, or null where none is near (edit distance above half its length). */
    public static @Nullable String findNearest(String word, Collection<String> known) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance =
                    editDistance(word.toLowerCase(java.util.Locale.ROOT), candidate.toLowerCase(java.util.Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best != null && bestDistance <= Math.max(2, word.length() / 2) ? best : null;
    }

    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
