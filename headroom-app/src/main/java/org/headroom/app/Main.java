package org.headroom.app;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.study.StudyStoppedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of the command line. */
@Command(
        name = "headroom",
        description = "How much headroom do electric cars free, or eat, on low-voltage networks like yours?",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            RunCommand.class,
            StudyCommand.class,
            SweepCommand.class,
            NetworksCommand.class,
            FleetCommand.class,
            DispatchCommand.class,
            BenchCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Examples: headroom run",
            "          headroom study init my-study.yaml",
            "          headroom sweep my-sweep.yaml --out my-sweep",
            "          headroom networks inspect british-118",
            "          headroom fleet --archetype pro --households 118 --weeks 4 --out fleet",
            "          headroom dispatch my-day --mode v-v2v --out my-day-result",
            "          headroom bench powerflow",
            "          headroom help run",
            "",
            "Exit codes: 0 done, 2 bad input, 3 stopped before the end (resumable), 1 a bug."
        })
public final class Main implements Runnable {
    /** Exit code for bad input. */
    static final int BAD_INPUT = 2;
    /** Exit code for work stopped before its end. */
    static final int STOPPED = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /** Without a command: what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, ready to execute; tests drive this one, and benchmarks are added to it. */
    public static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Main());
        commands.setExecutionExceptionHandler((problem, command, parsed) -> report(problem, command));
        commands.setParameterExceptionHandler((problem, arguments) -> report(problem));
        CommandLine help = commands.getSubcommands().get("help");
        if (help != null) {
            help.getCommandSpec().usageMessage().footer("", "Example: headroom help run");
        }
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        return commands;
    }

    /** Version of the product, from the jar's manifest. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development build" : version;
    }

    /** An option or argument that is not as it should be: one message, with what it may have meant or where to read on. */
    private static int report(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println(problem.getMessage());
        String nearest = null;
        if (problem instanceof UnmatchedArgumentException unmatched) {
            List<String> known = new ArrayList<>(command.getSubcommands().keySet());
            known.addAll(command.getCommandSpec().optionsMap().keySet());
            nearest = Document.findNearest(unmatched.getUnmatched().getFirst(), known);
        }
        command.getErr()
                .println(
                        nearest == null
                                ? "Maybe see %s --help."
                                        .formatted(command.getCommandSpec().qualifiedName())
                                : "Maybe %s.".formatted(nearest));
        return BAD_INPUT;
    }

    private static int report(Exception problem, CommandLine command) {
        String message = badInputMessage(problem);
        if (message != null) {
            command.getErr().println(message);
            return BAD_INPUT;
        }
        if (problem instanceof StudyStoppedException) {
            command.getErr().println(problem.getMessage());
            return STOPPED;
        }
        problem.printStackTrace(command.getErr());
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The message for the user, or null where the fault is ours. */
    private static @Nullable String badInputMessage(Exception problem) {
        return switch (problem) {
            case InputException e -> e.getMessage();
            case UncheckedIOException e
            when e.getCause() instanceof AccessDeniedException denied ->
                denied.getFile() + ": access denied.\nMaybe choose another folder.";
            case UncheckedIOException e
            when e.getCause() instanceof FileSystemException file ->
                file.getFile() + ": "
                        + (file.getReason() == null ? "cannot be used as a file or folder" : file.getReason()) + ".";
            default -> null;
        };
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"headroom " + version()};
        }
    }
}
