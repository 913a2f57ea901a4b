package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A run killed at any moment, or that can write no more, is ended by a second command with the bytes of an undisturbed one. */
@Isolated
class KilledRunTest {
    private static final long SEED = 20261125;

    @TempDir
    private Path folder;

    private final UserAtTheShell user = new UserAtTheShell();
    private Path study = Path.of("");

    @BeforeEach
    void undisturbed() throws IOException {
        study = TinyStudy.write(folder, 3, 7);
        assertThat(user.types(
                        "run",
                        study.toString(),
                        "--out",
                        folder.resolve("whole").toString()))
                .isZero();
    }

    private static List<String> command(Path study, Path out) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "run",
                study.toString(),
                "--threads",
                "2",
                "--progress",
                "plain",
                "--out",
                out.toString()));
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private void assertSameTables(Path out) throws IOException {
        try (Stream<Path> tables = Files.list(folder.resolve("whole/tables"))) {
            List<Path> all = tables.toList();
            assertThat(all).hasSizeGreaterThan(5);
            for (Path table : all) {
                assertThat(out.resolve("tables").resolve(String.valueOf(table.getFileName())))
                        .hasSameBinaryContentAs(table);
            }
        }
    }

    @Test
    void a_run_killed_again_and_again_and_its_store_damaged_between_ends_with_the_same_tables() throws Exception {
        Path out = folder.resolve("out");
        Path store = out.resolve("trials.log");
        Random random = new Random(SEED);
        int kills = 0;
        for (int round = 0; round < 5; round++) {
            Process run = start(command(study, out));
            long before = Files.exists(store) ? Files.size(store) : 0;
            long grown = before + 1000 + random.nextInt(100_000); // kill once so much more is written
            while (run.isAlive() && (!Files.exists(store) || Files.size(store) < grown)) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
            kills += run.isAlive() ? 1 : 0;
            run.destroyForcibly().waitFor();
            byte[] bytes = Files.readAllBytes(store);
            if (round == 1) {
                bytes[random.nextInt(bytes.length)] ^= 1;
                Files.write(store, bytes);
            } else if (round == 2) {
                Files.write(store, java.util.Arrays.copyOf(bytes, bytes.length - 1 - random.nextInt(1000)));
            }
        }
        assertThat(kills).as("the run was killed while it ran").isPositive();

        assertThat(user.types("run", study.toString(), "--out", out.toString())).isZero();

        assertSameTables(out);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_run_that_can_write_no_more_says_so_ends_with_3_and_goes_on_when_there_is_room() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit (util-linux) is not there");
        Path out = folder.resolve("full");
        Path store = out.resolve("trials.log");
        Process run = start(command(study, out));
        while (run.isAlive() && (!Files.exists(store) || Files.size(store) < 50_000)) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        // no file may grow any more, as if the disk were full now
        new ProcessBuilder("/usr/bin/prlimit", "--fsize=50000", "--pid", Long.toString(run.pid()))
                .start()
                .waitFor();

        assertThat(run.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("log")))
                .contains("cannot be written to", "Finished days are kept", "goes on from here")
                .doesNotContain("\tat ");
        assertThat(run.exitValue()).isEqualTo(3);

        assertThat(user.types("run", study.toString(), "--out", out.toString())).isZero();
        assertThat(user.err()).containsPattern("[1-9]\\d* of 84 days were finished before");
        assertSameTables(out);
    }
}
