package org.headroom.app;

import java.nio.file.Path;
import org.headroom.dispatch.CaseFolder;
import org.headroom.study.Study;
import org.headroom.study.StudyFile;
import org.headroom.study.StudyInputs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom study}: study files. */
@Command(
        name = "study",
        description = "Writes study files, and days of a study as case folders.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: headroom study init my-study.yaml"})
final class StudyCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "init",
            description = "Writes a commented study to copy and edit.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: headroom study init my-study.yaml && headroom run my-study.yaml"})
    void init(@Parameters(paramLabel = "FILE", description = "File to write.") Path file) {
        StudyFile.init(file);
        spec.commandLine().getOut().println("Written to " + file + "; run it with: headroom run " + file);
        spec.commandLine().getOut().flush();
    }

    @Command(
            name = "day",
            description = {
                "Writes one day of a study as a case folder, to look into or to dispatch by itself.",
                "The study is the embedded one where none is named."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example: headroom study day --scenario I --day 2 --out day-2 && headroom dispatch day-2 --mode v-v2v --out day-2/v-v2v"
            })
    void day(
            @Parameters(paramLabel = "STUDY.yaml", arity = "0..1", description = "The study.") @Nullable Path file,
            @Option(
                            names = "--network",
                            defaultValue = "0",
                            paramLabel = "N",
                            description = "Which of the study's networks, from 0 (default: 0).")
                    int network,
            @Option(names = "--scenario", required = true, paramLabel = "NAME", description = "Which scenario.")
                    String scenario,
            @Option(
                            names = "--day",
                            required = true,
                            paramLabel = "D",
                            description = "Which day, from 0: seasons from winter on, days from Monday on.")
                    int day,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the case.")
                    Path out) {
        Study study = file == null ? StudyFile.embedded() : StudyFile.read(file);
        CaseFolder.write(new StudyInputs(study).problem(network, scenario, day), out);
        spec.commandLine().getOut().println("Written to " + out);
        spec.commandLine().getOut().flush();
    }
}
