package org.headroom.network.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits one line of an OpenDSS script into its parameters. Parameters are separated by blanks or commas; a value may stand in
 * {@code "" '' () [] {}}, which do not nest; {@code !} and {@code //} begin a comment.
 */
final class DssTokens {
    private final Path file;
    private final int line;
    private final String text;
    private int at;

    /**
     * One parameter.
     *
     * @param name what stands before the equals sign, or null where there is none
     */
    record Parameter(@Nullable String name, String value) {}

    private DssTokens(Path file, int line, String text, int start) {
        this.file = file;
        this.line = line;
        this.text = text;
        this.at = start;
    }

    /** The parameters of a line from {@code start} on; none for a blank line or a comment. */
    static List<Parameter> of(Path file, int line, String text, int start) {
        return new DssTokens(file, line, text, start).all();
    }

    private List<Parameter> all() {
        List<Parameter> parameters = new ArrayList<>(8);
        while (skipTo(true)) {
            String word = word(null);
            if (!skipTo(false) || text.charAt(at) != '=') {
                parameters.add(new Parameter(null, word));
                continue;
            }
            at++;
            if (!skipTo(false)) {
                throw valueMissing(word);
            }
            String value = word(word);
            int afterValue = at;
            if (skipTo(false) && text.charAt(at) == '=') {
                throw valueMissing(word);
            }
            at = afterValue;
            parameters.add(new Parameter(word, value));
        }
        return parameters;
    }

    private NetworkFormatException valueMissing(String name) {
        return NetworkFormatException.at(
                file, line, "%s has no value: '%s'.\nMaybe the file is cut off here.".formatted(name, shortened(text)));
    }

    /** Moves on over blanks (and commas); false at the end of the line or a comment. */
    private boolean skipTo(boolean overCommas) {
        while (at < text.length() && (isBlank(text.charAt(at)) || (overCommas && text.charAt(at) == ','))) {
            at++;
        }
        return at < text.length() && !commentBegins();
    }

    private boolean commentBegins() {
        return text.charAt(at) == '!' || text.startsWith("//", at);
    }

    private String word(@Nullable String name) {
        int closing = "\"\"''()[]{}".indexOf(text.charAt(at));
        if (closing >= 0 && closing % 2 == 0) {
            char end = "\"\"''()[]{}".charAt(closing + 1);
            int stop = text.indexOf(end, at + 1);
            if (stop < 0) {
                throw NetworkFormatException.at(
                        file,
                        line,
                        "%s is not closed, expected %s: '%s'.\nMaybe the file is cut off here."
                                .formatted(text.charAt(at), end, shortened(text)));
            }
            String inside = text.substring(at + 1, stop);
            at = stop + 1;
            return inside;
        }
        int start = at;
        while (at < text.length()
                && !isBlank(text.charAt(at))
                && text.charAt(at) != ','
                && text.charAt(at) != '='
                && !commentBegins()) {
            at++;
        }
        if (start == at) {
            if (name != null) {
                throw valueMissing(name);
            }
            throw NetworkFormatException.at(
                    file,
                    line,
                    "a value without a name: '%s'.\nMaybe a name is missing before the equals sign."
                            .formatted(shortened(text)));
        }
        return text.substring(start, at);
    }

    static String shortened(String text) {
        String clean = text.strip();
        return clean.length() <= 80 ? clean : clean.substring(0, 80) + "…";
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0';
    }
}
