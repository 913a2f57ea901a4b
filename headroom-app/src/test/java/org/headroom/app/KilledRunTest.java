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

    private static List<String> command(String name, Path file, Path out) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                name,
                file.toString(),
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
        assertSameTables(folder.resolve("whole"), out);
    }

    private static void assertSameTables(Path whole, Path out) throws IOException {
        try (Stream<Path> tables = Files.list(whole.resolve("tables"))) {
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
            Process run = start(command("run", study, out));
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
    void a_sweep_killed_in_its_first_and_in_its_second_study_goes_on_and_ends_with_the_same_bytes() throws Exception {
        Path sweep = Files.writeString(
                folder.resolve("sweep.yaml"), "study: study.yaml\nfactors: { pvShare: [0], habit: [guzzle] }\n");
        Path whole = folder.resolve("sweep-whole");
        Path out = folder.resolve("sweep");
        List<String> studies = List.of("base", "001-pvShare=0.0", "002-habit=guzzle");
        assertThat(user.types("sweep", sweep.toString(), "--out", whole.toString()))
                .isZero();

        for (String killedIn : studies.subList(0, 2)) {
            Path store = out.resolve(killedIn).resolve("trials.log");
            Process run = start(command("sweep", sweep, out));
            while (run.isAlive() && (!Files.exists(store) || Files.size(store) < 50_000)) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
            assertThat(run.isAlive())
                    .as("it was killed in the middle of " + killedIn)
                    .isTrue();
            run.destroyForcibly().waitFor();
        }
        assertThat(out.resolve(studies.getLast())).doesNotExist();
        assertThat(out.resolve("sensitivity.csv")).doesNotExist();

        assertThat(user.types("sweep", sweep.toString(), "--out", out.toString()))
                .isZero();

        assertThat(user.err())
                .contains("84 of 84 days were finished before") // the first study, ended by the second command
                .containsPattern("(?m)^[1-7]?\\d of 84 days were finished before");
        assertThat(out.resolve("sensitivity.csv")).hasSameBinaryContentAs(whole.resolve("sensitivity.csv"));
        for (String study : studies) {
            assertSameTables(whole.resolve(study), out.resolve(study));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_run_that_can_write_no_more_says_so_ends_with_3_and_goes_on_when_there_is_room() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit (util-linux) is not there");
        Path out = folder.resolve("full");
        Path store = out.resolve("trials.log");
        Process run = start(command("run", study, out));
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
