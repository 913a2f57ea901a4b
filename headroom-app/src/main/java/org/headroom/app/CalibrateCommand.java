package org.headroom.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.headroom.input.InputException;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.mobility.MobilityParameters;
import org.headroom.mobility.calibration.Calibration;
import org.headroom.mobility.calibration.CalibrationTargets;
import org.headroom.mobility.calibration.FitReport;
import org.headroom.random.StudySeed;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headroom fleet calibrate}: fits a parameter set to targets. */
@Command(
        name = "calibrate",
        description = "Fits a mobility parameter set to targets; writes the set and a report of the fit.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The report lands beside the set, with the ending .fit.txt. The same targets and seed give the same set on any number of",
            "threads. Ctrl-C leaves nothing half written.",
            "Example: headroom fleet calibrate --targets paper --out my-set.yaml"
        })
final class CalibrateCommand implements Callable<Integer> {
    @Option(
            names = "--targets",
            required = true,
            paramLabel = "NAME|FILE",
            description = "Targets: paper, uk, or a file made from them (headroom fleet targets).")
    private String targets = "";

    @Option(names = "--out", required = true, paramLabel = "SET.yaml", description = "File for the fitted set.")
    private Path out = Path.of("set.yaml");

    @Option(
            names = "--start",
            paramLabel = "NAME|FILE",
            description = "Set the fit begins from, instead of the one that the targets name.")
    private @Nullable String start;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the search and its samples (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        int threads = work.threads();
        if (Files.exists(out)) {
            throw InputException.in(out, "is there already and is not replaced.\nMaybe choose another name.");
        }
        Path parent = out.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw InputException.in(out, "its folder is not there.\nMaybe make it first.");
        }
        CalibrationTargets aims = CalibrationTargets.load(targets);
        String from = start;
        MobilityParameters begin = MobilityParameterFile.load(from == null ? aims.start() : from);
        write(fit(aims, begin, threads));
        return 0;
    }

    private FitReport fit(CalibrationTargets aims, MobilityParameters begin, int threads) throws InterruptedException {
        return work.leavingNothing(
                threads,
                spec.commandLine().getErr(),
                (pool, display) -> Calibration.run(aims, begin, new StudySeed(seed), pool, display));
    }

    private void write(FitReport report) {
        Path fit = out.resolveSibling(out.getFileName().toString().replaceFirst("\\.ya?ml$", "") + ".fit.txt");
        try {
            Files.writeString(fit, report.toText(), StandardCharsets.UTF_8);
            Files.writeString(out, report.text(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PrintWriter console = spec.commandLine().getOut();
        console.print(report.toText());
        console.printf("%nWritten: %s and %s. Use it: headroom fleet --parameters %s%n", out, fit, out);
        console.flush();
    }
}
