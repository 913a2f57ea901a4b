package org.headroom.network.format;

import java.nio.file.Path;
import java.util.List;
import org.headroom.network.format.MatpowerTokens.Kind;
import org.headroom.network.format.MatpowerTokens.Token;

/** A place among the tokens of a MATPOWER case, and faults found there. */
final class MatpowerCursor {
    private final Path file;
    private final List<Token> tokens;
    private int at;

    MatpowerCursor(Path file, String text) {
        this.file = file;
        this.tokens = MatpowerTokens.of(file, text);
    }

    /** The file that is read. */
    Path file() {
        return file;
    }

    /** Goes past a token. */
    void skip() {
        at++;
    }

    /** The token after the next one. */
    Token peekSecond() {
        return tokens.get(at + 1);
    }

    /** The next token, left where it is. */
    Token peek() {
        return tokens.get(at);
    }

    /** The next token, gone past. */
    Token next() {
        return tokens.get(at++);
    }

    /** A fault at a token, to be thrown. */
    NetworkFormatException fault(Token token, String message) {
        return NetworkFormatException.at(file, token.line(), message);
    }

    /** That something else was expected where a token stands, to be thrown. */
    NetworkFormatException unexpected(Token token, String expected) {
        String found = token.kind() == Kind.END_OF_LINE || token.kind() == Kind.END
                ? "the line ends"
                : "'%s' stands".formatted(token.text());
        return fault(
                token,
                "%s where %s is expected.\nMaybe the file is cut off here, or does what only MATLAB can."
                        .formatted(found, expected));
    }

    /** Goes past a symbol that must stand here. */
    void expect(String symbol) {
        Token token = next();
        if (!token.is(symbol)) {
            throw unexpected(token, "'" + symbol + "'");
        }
    }
}
