package org.headroom.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headroom networks}: what a network is made of, networks like it, and conversion. */
@Command(
        name = "networks",
        description = "Describes low-voltage networks, generates similar ones and validates them, converts.",
        mixinStandardHelpOptions = true,
        subcommands = {
            NetworksInspectCommand.class,
            NetworksGenerateCommand.class,
            NetworksValidateCommand.class,
            NetworksConvertCommand.class
        },
        footer = {"", "Example: headroom networks inspect british-118"})
final class NetworksCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    /** Prints what was not carried over. */
    static void remarks(PrintWriter out, List<String> remarks) {
        if (remarks.isEmpty()) {
            out.println("Carried over whole.");
        } else {
            out.println("Not carried over, or approximated:");
            remarks.forEach(remark -> out.println("  " + remark));
        }
        out.println();
    }

    /** A number of things: 1 node, 2 nodes. */
    static String count(int number, String thing) {
        return String.format(Locale.ROOT, "%d %s%s", number, thing, number == 1 ? "" : "s");
    }

    /** Makes a folder and those above it, where they are not there yet. */
    static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file, replacing what stands there. */
    static void writeText(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a sub-command prints. */
    static PrintWriter out(@Nullable CommandSpec spec) {
        CommandLine line = spec == null ? new CommandLine(new NetworksCommand()) : spec.commandLine();
        return line.getOut();
    }
}
