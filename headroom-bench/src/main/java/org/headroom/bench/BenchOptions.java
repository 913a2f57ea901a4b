package org.headroom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headroom.input.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What every benchmark takes. */
final class BenchOptions {
    private static final int FEWEST_ROUNDS = 5;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file.")
    private @Nullable Path json;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "Rounds that the median is of, at least 5 (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "4",
            description = "Warm-up of each side (default: ${DEFAULT-VALUE}).")
    private double warmUp_s;

    /**
     * Checks the options before anything is measured.
     *
     * @throws InputException where one is at fault
     */
    MedianTimes medianTimes() {
        if (rounds < FEWEST_ROUNDS || rounds > 1000) {
            throw new InputException(
                    "--rounds is %d, expected %d to 1000.\nMaybe leave it out.".formatted(rounds, FEWEST_ROUNDS));
        }
        if (!(warmUp_s >= 0 && warmUp_s <= 600)) {
            throw new InputException("--warm-up is %s s, expected 0 to 600.\nMaybe leave it out.".formatted(warmUp_s));
        }
        Path file = json;
        if (file != null) {
            if (Files.isDirectory(file)) {
                throw new InputException("--json: %s is a folder, expected a file.\nMaybe %s."
                        .formatted(file, file.resolve("bench.json")));
            }
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                throw new InputException("--json: there is no folder %s.\nMaybe make it first.".formatted(folder));
            }
        }
        return new MedianTimes(rounds, warmUp_s);
    }

    /** Writes figures to the file asked for, if one was. */
    void write(Object figures) {
        Path file = json;
        if (file == null) {
            return;
        }
        String text = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(figures);
        try {
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
