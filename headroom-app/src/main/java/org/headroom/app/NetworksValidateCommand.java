package org.headroom.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.headroom.app.report.ProofReport;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.random.StudySeed;
import org.headroom.similar.generate.Method;
import org.headroom.similar.validate.HeldOutProof;
import org.headroom.similar.validate.HeldOutResult;
import org.headroom.similar.validate.ProofFiles;
import org.headroom.similar.validate.ProofSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headroom networks validate}: whether generated networks are like real ones that were held out. */
@Command(
        name = "validate",
        description =
                "Proves, or refutes, that generated networks are like real ones: generates from some of the networks given, and compares with the others, feeder by feeder, on features that no generator looks at.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: headroom networks validate --inputs feeders/network_* --folds 5 --out proof"})
final class NetworksValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--inputs",
            arity = "1..*",
            required = true,
            paramLabel = "NETWORK",
            description =
                    "Real networks, at least as many as folds: in any format that can be read, or their figures (uk-lv, a statistics.json).")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Parts that the networks are dealt into, each held out in turn (default: ${DEFAULT-VALUE}).")
    private int folds;

    @Option(
            names = "--method",
            split = ",",
            paramLabel = "METHOD",
            defaultValue = "paths",
            description = "paths, literal, or both with a comma between (default: ${DEFAULT-VALUE}).")
    private List<String> methods = new ArrayList<>();

    @Option(
            names = "--per-feeder",
            paramLabel = "N",
            defaultValue = "20",
            description = "Networks generated from each feeder (default: ${DEFAULT-VALUE}).")
    private int perFeeder;

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "Times that folds are dealt and generated feeders chosen anew: means over draws are reported (default: ${DEFAULT-VALUE}).")
    private int draws;

    @Option(
            names = "--all-feeders",
            description =
                    "Take feeders that break the flow limits at 2 kW a home (a line overloaded, or a drop above 8 %%) as well.")
    private boolean allFeeders;

    @Option(
            names = "--reduce",
            paramLabel = "HOW",
            description = "none, chains or joints, as for inspect; joints by default for OpenDSS, otherwise none.")
    private @Nullable String reduce;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "The same seed gives the same result (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description =
                    "Folder for proof.html, proof.csv, draws.csv, features.csv and samples.csv; made if it is not there.")
    private Path folder = Path.of(".");

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Override
    public Integer call() throws InterruptedException {
        int threads = work.threads();
        List<Method> wanted =
                methods.stream().map(NetworksValidateCommand::method).distinct().toList();
        ProofSettings settings = new ProofSettings(wanted, folds, perFeeder, draws, !allFeeders);
        List<Network> networks = NetworkArgument.distinct(inputs, reduce);
        HeldOutResult result = prove(networks, settings, threads);
        NetworksCommand.makeFolder(folder);
        ProofFiles.write(result, folder);
        ProofReport.write(result, folder.resolve("proof.html"));
        PrintWriter out = spec.commandLine().getOut();
        out.print(ProofReport.console(result));
        out.println("Wrote " + folder.resolve("proof.html"));
        out.flush();
        return 0;
    }

    private HeldOutResult prove(List<Network> networks, ProofSettings settings, int threads)
            throws InterruptedException {
        return work.leavingNothing(
                threads,
                spec.commandLine().getErr(),
                (pool, display) -> HeldOutProof.run(networks, settings, new StudySeed(seed), pool, display));
    }

    private static Method method(String name) {
        return Arrays.stream(Method.values())
                .filter(method -> method.label().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InputException("--method is '%s', expected %s."
                        .formatted(
                                name,
                                Arrays.stream(Method.values())
                                        .map(Method::label)
                                        .collect(Collectors.joining(" or ")))));
    }
}
