package org.headroom.app;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a command does on Ctrl-C or a termination signal while it works: say what is kept, and leave with the exit code for it. Once
 * closed, done or failed but not stopped, the exit code is decided and nothing is said.
 */
final class StopHook implements AutoCloseable {
    private final AtomicBoolean done = new AtomicBoolean();
    private final Thread hook;

    private StopHook(Runnable tell) {
        hook = new Thread(
                () -> {
                    if (!done.get()) {
                        tell.run();
                        Runtime.getRuntime().halt(Main.STOPPED);
                    }
                },
                "stop");
    }

    /** Begins to listen. */
    static StopHook on(Runnable tell) {
        StopHook stop = new StopHook(tell);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Begins to listen for work that leaves nothing behind where it is stopped. */
    static StopHook leavingNothing(ProgressDisplay display, PrintWriter console) {
        return on(() -> {
            display.end();
            console.printf("Stopped before the end; nothing was written.%n");
            console.flush();
        });
    }

    @Override
    public void close() {
        done.set(true);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // the process ends already; the hook sees that the work is done
            Thread.currentThread().interrupt();
        }
    }
}
