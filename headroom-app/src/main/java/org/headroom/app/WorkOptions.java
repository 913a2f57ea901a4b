package org.headroom.app;

import java.io.PrintWriter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

    /** Work on a pool of threads that shows how it comes along. */
    interface Work<T> {
        T on(ExecutorService pool, ProgressDisplay display) throws InterruptedException;
    }

    /** Does work that leaves nothing behind where it is stopped. */
    <T> T leavingNothing(int threads, PrintWriter console, Work<T> work) throws InterruptedException {
        try (ProgressDisplay display = display(console);
                ExecutorService pool = Executors.newFixedThreadPool(threads);
                StopHook _ = StopHook.leavingNothing(display, console)) {
            try {
                return work.on(pool, display);
            } finally {
                pool.shutdownNow(); // after a fault nobody waits for the rest
            }
        }
    }

    /** Whether anything of the work to come is shown. */
    boolean isShown() {
        return !progress.equals("none");
    }
}
