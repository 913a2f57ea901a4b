package org.headroom.network.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Splits a MATPOWER case, a MATLAB file, into its tokens; comments and continued lines are gone. */
final class MatpowerTokens {
    /** Kinds of token. */
    enum Kind {
        NUMBER,
        NAME,
        TEXT,
        SYMBOL,
        END_OF_LINE,
        END
    }

    /**
     * A token.
     *
     * @param spaced whether a blank stands before it: inside brackets that parts elements
     */
    record Token(Kind kind, String text, int line, boolean spaced) {
        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }
    }

    private final Path file;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean spaced;

    private MatpowerTokens(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /** All tokens, ending with one of kind {@code END}. */
    static List<Token> of(Path file, String text) {
        MatpowerTokens all = new MatpowerTokens(file, text);
        while (all.at < text.length()) {
            all.next();
        }
        all.add(Kind.END_OF_LINE, "");
        all.add(Kind.END, "");
        return all.tokens;
    }

    private void add(Kind kind, String token) {
        tokens.add(new Token(kind, token, line, spaced));
        spaced = false;
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '\n') {
            at++;
            add(Kind.END_OF_LINE, "");
            line++;
        } else if (c <= ' ' || c == '\uFEFF') {
            at++;
            spaced = true;
        } else if (c == '%' || c == '#') {
            comment();
        } else if (text.startsWith("...", at)) {
            skipLine();
            at = Math.min(text.length(), at + 1);
            line++;
            spaced = true;
        } else if (Character.isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
            number();
        } else if (Character.isLetter(c)) {
            int start = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            add(Kind.NAME, text.substring(start, at));
        } else if (c == '\'' || c == '"') {
            quoted(c);
        } else {
            String two = at + 1 < text.length() ? text.substring(at, at + 2) : "";
            String symbol = List.of(".*", "./", ".^").contains(two) ? two : String.valueOf(c);
            at += symbol.length();
            add(Kind.SYMBOL, symbol);
        }
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private void comment() {
        int start = at;
        skipLine();
        String whole = text.substring(start, at).strip();
        if (!whole.equals("%{")) {
            return;
        }
        int first = line;
        while (at < text.length()) {
            at++;
            line++;
            int begin = at;
            skipLine();
            if (text.substring(begin, at).strip().equals("%}")) {
                return;
            }
        }
        throw NetworkFormatException.at(
                file, first, "a comment that began with %{ is not closed.\nMaybe the file is cut off.");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void number() {
        int start = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.' && !operatorAt(at)) {
            at++;
            digits();
        }
        if (at < text.length() && "eEdD".indexOf(text.charAt(at)) >= 0) {
            int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 2 : 1;
            if (at + sign < text.length() && isDigit(text.charAt(at + sign))) {
                at += sign;
                digits();
            }
        }
        add(Kind.NUMBER, text.substring(start, at).replaceAll("[dD]", "e"));
    }

    private boolean operatorAt(int point) {
        return point + 1 < text.length() && "*/^".indexOf(text.charAt(point + 1)) >= 0;
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private void quoted(char quote) {
        StringBuilder inside = new StringBuilder();
        for (int i = at + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
            if (text.charAt(i) != quote) {
                inside.append(text.charAt(i));
            } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                inside.append(quote);
                i++;
            } else {
                at = i + 1;
                add(Kind.TEXT, inside.toString());
                return;
            }
        }
        throw NetworkFormatException.at(
                file,
                line,
                "a text in %s is not closed on its line.\nMaybe the file is cut off here.".formatted(quote));
    }
}
