package org.headroom.input;

import java.nio.file.Path;

/**
 * Something the user brought cannot be used: a file, a key, a value or an option. The message says what is wrong, with which
 * object, the value and the allowed range; a second line "Maybe …" names the likely mend. The command line prints it as it
 * is and exits with 2.
 */
public class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A fault at a line of a file; {@code line} counts from 1. */
    public static InputException at(Path file, long line, String message) {
        return new InputException("%s:%d: %s".formatted(file, line, message));
    }

    /** A fault of a whole file. */
    public static InputException in(Path file, String message) {
        return new InputException("%s: %s".formatted(file, message));
    }
}
