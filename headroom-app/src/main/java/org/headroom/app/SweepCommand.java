package org.headroom.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.headroom.study.Estimate;
import org.headroom.study.Sweep;
import org.headroom.study.SweepRunner;
import org.headroom.study.SweepRunner.Gain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom sweep}: how V-V2V's gain depends on what a study assumes. */
@Command(
        name = "sweep",
        description = {
            "Runs a study again and again with other levels of some factors, and tells how the gain of V-V2V depends on them.",
            "SWEEP.yaml holds study (a file; the embedded one where left out), design (one-at-a-time or full-factorial) and",
            "factors: lists of levels of evPenetration, pvShare, charger_kW, habit, tariff.",
            "Run again over the same folder to go on after a stop."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: headroom sweep my-sweep.yaml --out my-sweep"})
final class SweepCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SWEEP.yaml", description = "The sweep.")
    private Path file = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder; each study gets one below it.")
    private Path out = Path.of("");

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        int threads = work.threads();
        Sweep sweep = Sweep.read(file);
        SweepRunner runner = new SweepRunner(sweep, out, Main.version());
        PrintWriter console = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Runnable stop = () -> {
            runner.stop();
            err.println("Stopped; finished days are kept. The same command goes on from here.");
            err.flush();
        };
        try (ProgressDisplay display = work.display(err);
                StopHook _ = StopHook.on(stop)) {
            List<Gain> gains = runner.run(threads, name -> {
                display.end();
                if (work.isShown()) {
                    err.println("Study " + name);
                }
                return display;
            });
            if (gains == null) {
                return Main.STOPPED;
            }
            display.end();
            show(sweep, gains, console);
            return 0;
        }
    }

    private void show(Sweep sweep, List<Gain> gains, PrintWriter console) {
        int first =
                sweep.points().stream().mapToInt(p -> p.name().length()).max().orElse(0);
        int second =
                gains.stream().mapToInt(gain -> gain.scenario().length()).max().orElse(0);
        int[] widths = {first, Math.max(second, "scenario".length()), 9, 12, 24, 0};
        console.println(
                "The gain of V-V2V against another mode, percent; the change is that against the base study's gain,");
        console.println("network by network. [ ] 95 % interval over networks.");
        String last = "";
        for (Gain gain : gains) {
            if (!gain.point().equals(last)) {
                last = gain.point();
                console.println();
                boolean base = last.equals("base");
                print(console, widths, last, "scenario", "against", "metric", "gain", base ? "" : "change");
            }
            String change = gain.point().equals("base") ? "" : percent(gain.change());
            print(console, widths, "", gain.scenario(), gain.against(), gain.metric(), percent(gain.gain()), change);
        }
        console.println();
        console.println("Table: " + out.resolve("sensitivity.csv").toAbsolutePath());
        console.flush();
    }

    private static void print(PrintWriter console, int[] widths, String... cells) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            row.append(cells[i])
                    .repeat(' ', Math.max(0, widths[i] - cells[i].length()))
                    .append("  ");
        }
        console.println(row.toString().stripTrailing());
    }

    private static String percent(Estimate estimate) {
        return estimate.hasInterval()
                ? String.format(
                        Locale.ROOT,
                        "%+.1f [%+.1f, %+.1f]",
                        100 * estimate.mean(),
                        100 * estimate.lower(),
                        100 * estimate.upper())
                : String.format(Locale.ROOT, "%+.1f", 100 * estimate.mean());
    }
}
