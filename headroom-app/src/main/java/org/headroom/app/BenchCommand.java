package org.headroom.app;

import org.headroom.input.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code headroom bench}: measures this machine. The benchmarks themselves need libraries that the application does without, so
 * their module adds them here; the launcher builds and starts it.
 */
@Command(
        name = "bench",
        description = "Measures this machine: how fast the kernels are, each beside what it is compared with.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Both sides of a comparison run in one process, by turns, after a warm-up; figures are medians.",
            "The machine should have nothing else to do meanwhile.",
            "Example: headroom bench powerflow --json powerflow.json"
        })
final class BenchCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    /** Without a benchmark: what there is. */
    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("the command runs without its specification");
        }
        CommandLine command = spec.commandLine();
        if (command.getSubcommands().isEmpty()) {
            throw new InputException(
                    "bench: the benchmarks are not part of the application.\nMaybe start it by the launcher, ./headroom bench, which builds them.");
        }
        command.usage(command.getOut());
    }
}
