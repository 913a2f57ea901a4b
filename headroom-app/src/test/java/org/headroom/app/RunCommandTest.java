package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;

/** {@code headroom run} and {@code headroom study} as a user would run them. */
@Isolated
class RunCommandTest {
    @TempDir
    Path folder;

    private final UserAtTheShell user = new UserAtTheShell();

    private String in(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void a_study_ends_with_the_modes_table_and_the_reports_path() throws IOException {
        Path study = TinyStudy.write(folder, 2, 1);

        assertThat(user.types("run", study.toString(), "--out", in("out"))).isZero();

        assertThat(user.out()).contains("Immediate charge", "Smart charge", "V2G", "V-V2V");
        assertThat(user.out().lines().toList().getLast()).isEqualTo("Report: " + folder.resolve("out/report.html"));
        assertThat(user.complaints()).isEmpty();
    }

    @Test
    void a_study_writes_every_file_of_the_contract() throws IOException {
        Path study = TinyStudy.write(folder, 1, 1);

        user.types("run", study.toString(), "--out", in("deep/out"), "--progress", "none");

        assertThat(user.err()).isEmpty();
        for (String file : List.of(
                "study.yaml",
                "manifest.json",
                "metrics.parquet",
                "flows.parquet",
                "report.html",
                "tables/table2.csv",
                "tables/table3.csv")) {
            assertThat(folder.resolve("deep/out").resolve(file)).isNotEmptyFile();
        }
        assertThat(JsonMapper.shared()
                        .readTree(folder.resolve("deep/out/manifest.json"))
                        .propertyNames())
                .contains("version", "seed", "inputs", "counts", "timings", "machine");
    }

    @Test
    void the_same_command_again_runs_nothing_anew() throws IOException {
        Path study = TinyStudy.write(folder, 1, 1);
        user.types("run", study.toString(), "--out", in("out"));
        String first = user.out();

        assertThat(user.types("run", study.toString(), "--out", in("out"))).isZero();

        assertThat(user.err()).contains("4 of 4 days were finished before.").doesNotContain("gone");
        assertThat(user.out()).isEqualTo(first);
    }

    @Test
    void a_finished_folder_may_be_resumed() throws IOException {
        Path study = TinyStudy.write(folder, 1, 1);
        user.types("run", study.toString(), "--out", in("out"));

        assertThat(user.types("run", study.toString(), "--out", in("out"), "--resume"))
                .isZero();
    }

    @Test
    void the_resolved_study_runs_to_the_same_tables() throws IOException {
        Path study = TinyStudy.write(folder, 1, 1);
        user.types("run", study.toString(), "--out", in("first"));

        assertThat(user.types("run", in("first/study.yaml"), "--out", in("second")))
                .isZero();

        assertThat(folder.resolve("second/tables/table2.csv"))
                .hasSameBinaryContentAs(folder.resolve("first/tables/table2.csv"));
        assertThat(folder.resolve("second/study.yaml")).hasSameBinaryContentAs(folder.resolve("first/study.yaml"));
    }

    @Test
    void another_study_in_the_folder_is_refused() throws IOException {
        user.types("run", TinyStudy.write(folder, 1, 1).toString(), "--out", in("out"));

        assertThat(user.types("run", TinyStudy.write(folder, 2, 1).toString(), "--out", in("out")))
                .isEqualTo(2);

        assertThat(user.err()).contains("holds the trials of another study", "'count: 1' there, 'count: 2' now");
    }

    @Test
    void resuming_without_a_folder_is_refused() throws IOException {
        assertThat(user.types("run", TinyStudy.write(folder, 1, 1).toString(), "--out", in("out"), "--resume"))
                .isEqualTo(2);
        assertThat(user.err()).contains("--resume, but there is nothing to go on with");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void a_study_and_networks_together_are_refused() throws IOException {
        Path study = TinyStudy.write(folder, 1, 1);

        assertThat(user.types("run", study.toString(), "--network", in("network.json")))
                .isEqualTo(2);
        assertThat(user.err()).contains("give a study or --network, not both");
    }

    @Test
    void a_transformer_of_the_users_choice_is_taken() throws IOException {
        Path study = TinyStudy.write(folder, 1, 1);

        assertThat(user.types("run", study.toString(), "--transformer", "44", "--out", in("out")))
                .isZero();

        assertThat(Files.readString(folder.resolve("out/study.yaml"))).contains("transformer_kVA: 44");
        assertThat(user.out()).contains("of 44 kVA");
    }

    @Test
    void a_report_that_cannot_be_written_is_bad_input_and_no_stop() throws IOException {
        Path study = TinyStudy.write(folder, 1, 1);
        Files.createDirectories(folder.resolve("out/report.html/in the way"));

        assertThat(user.types("run", study.toString(), "--out", in("out"))).isEqualTo(2);
        assertThat(user.err()).contains("report.html").doesNotContain("\tat ");
    }

    @Test
    void study_init_writes_a_study_that_reads_and_refuses_to_replace_it() throws IOException {
        assertThat(user.types("study", "init", in("mine.yaml"))).isZero();
        assertThat(user.out()).contains("headroom run " + in("mine.yaml"));
        String written = Files.readString(folder.resolve("mine.yaml"));

        assertThat(user.types("study", "init", in("mine.yaml"))).isEqualTo(2);
        assertThat(user.err()).contains("there is a file already");
        assertThat(folder.resolve("mine.yaml")).hasContent(written);
    }

    @Test
    void study_init_then_run_works_once_cut_to_a_small_network() throws IOException {
        TinyStudy.write(folder, 1, 1);
        user.types("study", "init", in("mine.yaml"));
        Path mine = folder.resolve("mine.yaml");
        Files.writeString(
                mine,
                Files.readString(mine)
                        .replaceFirst("from: british-118", "from: network.json")
                        .replaceFirst("count: 5", "count: 1")
                        .replaceFirst("perSeason: 7", "perSeason: 1"));

        assertThat(user.types("run", mine.toString(), "--out", in("out"))).isZero();
        assertThat(user.out()).contains("III");
    }

    @Test
    void a_day_of_a_study_is_a_case_that_dispatches() throws IOException {
        Path study = TinyStudy.write(folder, 1, 1);

        assertThat(user.types(
                        "study", "day", study.toString(), "--scenario", "often", "--day", "2", "--out", in("day")))
                .isZero();
        assertThat(user.types("dispatch", in("day"), "--mode", "v-v2v", "--out", in("day/v-v2v")))
                .isZero();
        assertThat(user.out()).contains("v-v2v: optimal");
    }

    @Test
    void a_run_that_is_interrupted_says_so_ends_with_3_and_is_finished_by_the_same_command() throws Exception {
        Path study = TinyStudy.write(folder, 4, 28);
        Process first = start(study);
        Path store = folder.resolve("out/trials.log");
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        Path log = folder.resolve("log");
        while (!(Files.exists(log) && Files.readString(log).contains(" days, "))) { // some days are finished
            assertThat(System.nanoTime()).isLessThan(patience);
            assertThat(first.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }

        new ProcessBuilder("kill", "-INT", Long.toString(first.pid())).start().waitFor();

        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isEqualTo(3);
        assertThat(Files.readString(log))
                .containsPattern("Stopped after \\d+ of 448 days; finished ones are kept")
                .doesNotContain("\tat ");
        assertThat(store).exists();
        assertThat(folder.resolve("out/report.html")).doesNotExist();

        Process second = start(study);
        assertThat(second.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log))
                .containsPattern("[1-9]\\d* of 448 days were finished before")
                .doesNotContain("\tat ");
        assertThat(second.exitValue()).isZero();
        assertThat(folder.resolve("out/report.html")).isNotEmptyFile();
    }

    @Test
    void two_runs_over_one_folder_at_once_are_refused() throws Exception {
        Path study = TinyStudy.write(folder, 4, 28);
        Process first = start(study);
        try {
            Path log = folder.resolve("log");
            long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!(Files.exists(log) && Files.readString(log).contains(" days, "))) {
                assertThat(System.nanoTime()).isLessThan(patience);
                TimeUnit.MILLISECONDS.sleep(50);
            }

            assertThat(user.types("run", study.toString(), "--out", in("out"))).isEqualTo(2);
            assertThat(user.err())
                    .contains("Maybe another run is using the folder")
                    .doesNotContain("\tat ");
        } finally {
            first.destroyForcibly().waitFor();
        }
    }

    private Process start(Path study) throws IOException {
        List<String> command = new ArrayList<>(List.of(
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
                in("out")));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }
}
