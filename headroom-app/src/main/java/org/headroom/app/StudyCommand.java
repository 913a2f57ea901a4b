package org.headroom.app;

import java.nio.file.Path;
import org.headroom.study.StudyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom study}: study files. */
@Command(
        name = "study",
        description = "Writes study files.",
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
}
