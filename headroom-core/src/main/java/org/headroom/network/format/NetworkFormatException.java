package org.headroom.network.format;

import java.nio.file.Path;
import org.headroom.input.InputException;

/** A network file that cannot be used: the message names file, line and object, what was found and what is allowed. */
public final class NetworkFormatException extends InputException {
    private static final long serialVersionUID = 1L;

    public NetworkFormatException(String message) {
        super(message);
    }

    public NetworkFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A fault at a line of a file; {@code line} counts from 1. */
    public static NetworkFormatException at(Path file, long line, String message) {
        return new NetworkFormatException("%s:%d: %s".formatted(file, line, message));
    }

    /** A fault of a whole file or folder. */
    public static NetworkFormatException in(Path file, String message) {
        return new NetworkFormatException("%s: %s".formatted(file, message));
    }
}
