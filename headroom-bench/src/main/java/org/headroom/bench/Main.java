package org.headroom.bench;

import java.util.Objects;
import picocli.CommandLine;

/** Entry point of {@code headroom bench}: the application's command line with the benchmarks added. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, ready to execute; tests drive this one. */
    static CommandLine commandLine() {
        CommandLine headroom = org.headroom.app.Main.commandLine();
        CommandLine bench = Objects.requireNonNull(headroom.getSubcommands().get("bench"));
        bench.addSubcommand(new DispatchBench());
        bench.addSubcommand(new MobilityBench());
        bench.addSubcommand(new PowerflowBench());
        bench.addSubcommand(new SimilarBench());
        // those added late do not inherit the way in which mistakes are told
        bench.setParameterExceptionHandler(headroom.getParameterExceptionHandler());
        bench.setExecutionExceptionHandler(headroom.getExecutionExceptionHandler());
        return headroom;
    }
}
