package org.headroom.app;

import java.io.Console;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.headroom.input.InputException;
import org.headroom.study.StudyProgress;
import org.headroom.work.WorkProgress;
import org.jspecify.annotations.Nullable;

/** Shows how work comes along, with an estimate of the time left: a bar, a line now and then, or nothing. */
final class ProgressDisplay implements StudyProgress, WorkProgress, AutoCloseable {
    private static final long LINE_EVERY_NS = 5_000_000_000L;

    private final boolean asBar;
    private final boolean asLines;
    private final PrintWriter console;
    private final LongSupplier clock_ns;
    private long start_ns;
    private String unit = "days";
    private @Nullable ProgressBar bar;
    private int before;
    private int finished;
    private int total;
    private long lastLine_ns;
    private String estimate = "";

    private ProgressDisplay(boolean asBar, boolean asLines, PrintWriter console, LongSupplier clock_ns) {
        this.asBar = asBar;
        this.asLines = asLines;
        this.console = console;
        this.clock_ns = clock_ns;
    }

    /** The display for an option {@code --progress auto|plain|none}. */
    @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where nobody watches
    static ProgressDisplay of(String how, PrintWriter console) {
        Console attached = System.console();
        boolean terminal = attached != null && attached.isTerminal();
        return switch (how) {
            case "auto" -> new ProgressDisplay(terminal, !terminal, console, System::nanoTime);
            case "plain" -> plain(console, System::nanoTime);
            case "none" -> new ProgressDisplay(false, false, console, System::nanoTime);
            default ->
                throw new InputException("--progress is '%s', expected one of %s."
                        .formatted(how, String.join(", ", List.of("auto", "plain", "none"))));
        };
    }

    /** Lines now and then, by a clock. */
    static ProgressDisplay plain(PrintWriter console, LongSupplier clock_ns) {
        return new ProgressDisplay(false, true, console, clock_ns);
    }

    @Override
    public synchronized void begin(int already, int all) {
        if (already > 0 && (asBar || asLines)) {
            console.printf("%d of %d days were finished before.%n", already, all);
            console.flush();
        }
        begin("days", already, all);
    }

    @Override
    public synchronized void begin(String things, int all) {
        begin(things, 0, all);
    }

    /** What was there already took none of the time that is counted from now. */
    private void begin(String things, int already, int all) {
        end();
        unit = things;
        before = already;
        finished = already;
        total = all;
        start_ns = clock_ns.getAsLong();
        lastLine_ns = start_ns;
        open();
    }

    private void open() {
        if (asBar) {
            bar = new ProgressBarBuilder()
                    .setTaskName(unit)
                    .setInitialMax(total)
                    .startsFrom(before, Duration.ZERO)
                    .setStyle(ProgressBarStyle.ASCII)
                    .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                    .setUpdateIntervalMillis(500)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build();
        }
    }

    @Override
    public synchronized void advance() {
        finished++;
        ProgressBar shown = bar;
        if (shown != null) {
            shown.step();
        }
        long now = clock_ns.getAsLong();
        if (asLines && (now - lastLine_ns > LINE_EVERY_NS || finished == total)) {
            lastLine_ns = now;
            double elapsed_s = (now - start_ns) / 1e9;
            double left_s = elapsed_s / (finished - before) * (total - finished);
            console.printf(
                    Locale.ROOT,
                    "%d of %d %s, %.0f %%, %.0f s gone, %.1f %s a second, about %.0f s left%s%n",
                    finished,
                    total,
                    unit,
                    100.0 * finished / total,
                    elapsed_s,
                    (finished - before) / Math.max(elapsed_s, 1e-3),
                    unit,
                    left_s,
                    estimate.isEmpty() ? "" : "; " + estimate);
            console.flush();
        }
    }

    @Override
    public synchronized void note(String text) {
        ProgressBar shown = bar;
        if (shown != null) {
            shown.pause(); // a line of its own above the bar
            console.println();
        }
        console.println(text);
        console.flush();
        if (shown != null) {
            shown.resume();
        }
    }

    @Override
    public synchronized void estimate(String text) {
        estimate = text;
        ProgressBar shown = bar;
        if (shown != null) {
            shown.setExtraMessage(" " + text);
        }
    }

    /** Trials finished so far. */
    synchronized int finished() {
        return finished;
    }

    @Override
    public void close() {
        end();
    }

    /** Takes the bar off, so that other text may follow. */
    synchronized void end() {
        ProgressBar shown = bar;
        if (shown != null) {
            shown.close();
            bar = null;
        }
    }
}
