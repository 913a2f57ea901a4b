package org.headroom.study;

/**
 * A study that had to stop before its end, because its folder can no longer be written to. What was finished is kept, and the same
 * command goes on from there. The message says what to do.
 */
public final class StudyStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StudyStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
