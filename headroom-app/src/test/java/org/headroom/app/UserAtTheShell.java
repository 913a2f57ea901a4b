package org.headroom.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** One who types commands, and what came of them. */
final class UserAtTheShell {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs a command in this process; returns its exit code. */
    int types(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        return commands.execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Lines of the error stream, those of the progress left out. */
    List<String> complaints() {
        return err.toString()
                .lines()
                .filter(line -> !line.matches("\\d+ of \\d+ days.*"))
                .toList();
    }
}
