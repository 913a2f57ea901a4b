package org.headroom.app;

import java.io.PrintWriter;
import org.headroom.input.InputException;
import picocli.CommandLine.Option;

/** The options of every command that works for a while: on how many threads, and how it shows how it comes along. */
final class WorkOptions {
    private static final int MOST_THREADS = 1024;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; the results do not depend on them (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--progress",
            defaultValue = "auto",
            paramLabel = "HOW",
            description = "auto (a bar on a terminal, else plain), plain or none.")
    private String progress = "auto";

    /**
     * Number of threads.
     *
     * @throws InputException where it is out of range
     */
    int threads() {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new InputException("--threads is %d, expected 1 to %d.".formatted(threads, MOST_THREADS));
        }
        return threads;
    }

    /**
     * A display of the work to come.
     *
     * @throws InputException where there is no such way to show it
     */
    ProgressDisplay display(PrintWriter console) {
        return ProgressDisplay.of(progress, console);
    }

    /** Whether anything of the work to come is shown. */
    boolean isShown() {
        return !progress.equals("none");
    }
}
