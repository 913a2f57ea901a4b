package org.headroom.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.headroom.app.report.ConsoleTable;
import org.headroom.app.report.HtmlReport;
import org.headroom.input.InputException;
import org.headroom.network.Reduction;
import org.headroom.study.Study;
import org.headroom.study.StudyFile;
import org.headroom.study.StudyRunner;
import org.headroom.study.StudySummary;
import org.headroom.study.TrialChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom run}: a study, from its file or the embedded one. */
@Command(
        name = "run",
        description = {
            "Runs a study: scenarios x networks x days under each charging mode, with tables and a report.",
            "Without a study it runs the embedded example; with --network the same on your own networks.",
            "Run again over the same folder to go on after a stop: finished days are kept."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples: headroom run",
            "          headroom run --network my-feeders --out my-feeders-result",
            "          headroom run my-study.yaml --out my-result",
            "          headroom run my-study.yaml --out my-result --only network=17,day=203"
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "STUDY.yaml", arity = "0..1", description = "The study; headroom study init writes one.")
    private @Nullable Path studyFile;

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            arity = "1..*",
            description = "Run the default study on these networks: files or folders.")
    private List<String> networks = List.of();

    @Option(
            names = "--transformer",
            paramLabel = "KVA",
            description = "Rating of the substation, instead of the file's or the one chosen by peak.")
    private @Nullable Double transformer_kVA;

    @Option(
            names = "--reduce",
            paramLabel = "HOW",
            description =
                    "Reduction of networks read from OpenDSS: none, chains or joints (default: as the study says).")
    private @Nullable String reduce;

    @Option(
            names = "--out",
            defaultValue = "headroom-out",
            paramLabel = "DIR",
            description = "Folder for the results (default: headroom-out).")
    private Path out = Path.of("headroom-out");

    @Option(names = "--resume", description = "Go on with a folder that must hold finished days of this study.")
    private boolean resume;

    @Option(
            names = "--only",
            paramLabel = "WHICH",
            description = {
                "Run only these trials, print what comes of them and keep them; such as network=17,day=203,scenario=II,mode=v2g.",
                "Networks and days count from 0; what is left out stands for all."
            })
    private @Nullable String only;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        int threads = work.threads();
        Study study = study();
        TrialChoice choice = only == null ? null : TrialChoice.parse(only, study);
        if (resume && !StudyRunner.isStudyFolder(out)) {
            throw new InputException(
                    out
                            + ": --resume, but there is nothing to go on with.\nMaybe leave --resume out, or name the folder with --out.");
        }
        PrintWriter console = spec.commandLine().getOut();
        try (ProgressDisplay display = work.display(spec.commandLine().getErr());
                StudyRunner runner = new StudyRunner(study, out, Main.version());
                StopHook _ = StopHook.on(() -> stop(runner, display))) {
            if (choice != null) {
                runner.runOnly(choice, console::println);
                console.flush();
                return 0;
            }
            if (!runner.run(threads, display)) {
                return Main.STOPPED;
            }
            display.end();
            show(runner.finish(), console);
            return 0;
        }
    }

    private void show(StudySummary summary, PrintWriter console) {
        Path report = out.resolve("report.html");
        HtmlReport.write(summary, report);
        console.println(summary.answer());
        console.println();
        console.print(ConsoleTable.of(summary));
        console.println();
        summary.notes().forEach(note -> console.println("Note: " + note));
        if (!summary.importRemarks().isEmpty()) {
            console.printf(
                    "Note: %d remarks on what of the networks' files was ignored or approximated stand at the end of the report.%n",
                    summary.importRemarks().size());
        }
        console.println();
        console.println("Report: " + report.toAbsolutePath());
        console.flush();
    }

    private Study study() {
        Path file = studyFile;
        if (file != null && !networks.isEmpty()) {
            throw new InputException(
                    "give a study or --network, not both.\nMaybe name the networks in the study, under networks: from.");
        }
        Study study = file != null
                ? StudyFile.read(file)
                : networks.isEmpty() ? StudyFile.embedded() : StudyFile.onNetworks(networks);
        String reduction = reduce;
        if (reduction != null) {
            study = study.withReduction(Reduction.named(reduction));
        }
        Double rating = transformer_kVA;
        if (rating == null) {
            return study;
        }
        if (!(rating >= 1 && rating <= 1e6)) {
            throw new InputException("--transformer is %s kVA, expected 1 to 1000000.".formatted(rating));
        }
        return study.withTransformer(rating);
    }

    /** On Ctrl-C or a termination signal: finished days are on disk already, so say so. */
    private void stop(StudyRunner runner, ProgressDisplay display) {
        runner.stop();
        display.end();
        spec.commandLine()
                .getErr()
                .printf(
                        "Stopped after %d of %d days; finished ones are kept. The same command goes on from here.%n",
                        display.finished(), runner.total());
        spec.commandLine().getErr().flush();
    }
}
