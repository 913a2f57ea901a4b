package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.headroom.input.InputException;
import org.headroom.study.TrialResult.TrialKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A study run into a folder: the same bytes on any number of threads and after any stop. */
class StudyRunnerTest {
    @TempDir
    private Path folder;

    private Study street() {
        return StreetStudy.read(folder, UnaryOperator.identity());
    }

    @Test
    void one_thread_and_eight_give_the_same_bytes() throws IOException {
        Study study = street();
        StreetStudy.run(study, folder.resolve("one"), 1);
        StreetStudy.run(study, folder.resolve("eight"), 8);

        assertSameResults(folder.resolve("one"), folder.resolve("eight"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 4"})
    void a_study_stopped_and_gone_on_with_gives_the_bytes_of_an_undisturbed_one(int stopAfter, int threads)
            throws IOException {
        Study study = street();
        StreetStudy.run(study, folder.resolve("whole"), 2);
        Path halves = folder.resolve("halves");
        try (StudyRunner runner = new StudyRunner(study, halves, "test")) {
            assertThat(runner.run(threads, new StopAfter(runner, stopAfter))).isFalse();
        }

        StreetStudy.run(study, halves, threads);

        assertSameResults(folder.resolve("whole"), halves);
    }

    @Test
    void finished_trials_are_not_run_again() {
        Study study = street();
        Path out = folder.resolve("out");
        try (StudyRunner runner = new StudyRunner(study, out, "test")) {
            runner.run(1, new StopAfter(runner, 3));
        }

        Counts counts = new Counts();
        try (StudyRunner runner = new StudyRunner(study, out, "test")) {
            runner.run(1, counts);
        }

        assertThat(counts.before).isEqualTo(3);
        assertThat(counts.finished.get()).isEqualTo(2 * 4 - 3);
    }

    @Test
    void a_finished_study_gone_on_with_writes_the_same_bytes_and_runs_nothing() throws IOException {
        Study study = street();
        Path out = folder.resolve("out");
        StreetStudy.run(study, out, 2);
        copy(out, folder.resolve("first"));
        Counts counts = new Counts();

        try (StudyRunner runner = new StudyRunner(study, out, "test")) {
            assertThat(runner.run(2, counts)).isTrue();
            runner.finish();
        }

        assertThat(counts.finished.get()).isZero();
        assertSameResults(folder.resolve("first"), out);
    }

    @ParameterizedTest
    @CsvSource({
        "'seed: 7', 'seed: 8'",
        "'count: 2', 'count: 3'",
        "'charger_kW: 7', 'charger_kW: 11'",
        "'pvShare: 0.5', 'pvShare: 0.6'",
        "'perSeason: 1', 'perSeason: 2'",
        "'evPenetration: 1.0', 'evPenetration: 0.5'"
    })
    void a_folder_of_another_study_is_refused_naming_the_difference(String before, String after) {
        Path out = folder.resolve("out");
        new StudyRunner(street(), out, "test").close();
        Study other = StreetStudy.read(folder, text -> text.replace(before, after));

        assertThatThrownBy(() -> new StudyRunner(other, out, "test"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds the trials of another study")
                .hasMessageContaining("there, ")
                .hasMessageContaining(after.substring(0, after.indexOf(':')))
                .hasMessageContaining("Maybe choose another folder");
    }

    @Test
    void a_folder_of_the_same_study_on_a_changed_network_is_refused_naming_the_network() {
        Path out = folder.resolve("out");
        new StudyRunner(street(), out, "test").close();
        StreetStudy.write(
                folder,
                StreetStudy.NETWORK.replace("\"capacity_kVA\": 60,", "\"capacity_kVA\": 61,"),
                StreetStudy.STUDY);
        Study same = StudyFile.read(folder.resolve("study.yaml"));

        assertThatThrownBy(() -> new StudyRunner(same, out, "test"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("network street");
    }

    @Test
    void a_folder_of_another_version_is_refused_naming_both() {
        Path out = folder.resolve("out");
        new StudyRunner(street(), out, "1").close();

        assertThatThrownBy(() -> new StudyRunner(street(), out, "2"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'version: 1' there, 'version: 2' now");
    }

    @Test
    void a_store_that_is_none_is_refused_and_left_as_it_is() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        String text = "not finished trials, only text, but a good deal of it".repeat(100);
        Files.writeString(out.resolve("trials.log"), text);

        assertThatThrownBy(() -> new StudyRunner(street(), out, "test"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("trials.log");
        assertThat(out.resolve("trials.log")).hasContent(text);
    }

    @Test
    void a_folder_with_files_of_others_is_refused_and_left_as_it_is() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("study.yaml"), "mine");

        assertThatThrownBy(() -> new StudyRunner(street(), out, "test"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds files, such as study.yaml, but no finished days (trials.log)")
                .hasMessageContaining("Maybe choose a new folder");
        assertThat(out.resolve("study.yaml")).hasContent("mine");
        assertThat(out.resolve("trials.log")).doesNotExist();
    }

    @Test
    void a_folder_with_nothing_but_hidden_files_will_do() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve(".hidden"), "");

        new StudyRunner(street(), out, "test").close();

        assertThat(out.resolve("trials.log")).isNotEmptyFile();
    }

    @Test
    void a_study_whose_store_was_damaged_ends_with_the_bytes_of_an_undisturbed_one() throws IOException {
        Study study = street();
        Path out = folder.resolve("out");
        StreetStudy.run(study, out, 2);
        copy(out, folder.resolve("whole"));
        byte[] store = Files.readAllBytes(out.resolve("trials.log"));
        store[5] ^= 1; // the study's own entry
        store[store.length / 2] ^= 1; // some trial
        Files.write(out.resolve("trials.log"), Arrays.copyOf(store, store.length - 1)); // the last trial
        Counts counts = new Counts();
        List<String> notes = new ArrayList<>();

        try (StudyRunner runner = new StudyRunner(study, out, "test")) {
            runner.run(2, new Counts() {
                @Override
                public void advance() {
                    counts.advance();
                }

                @Override
                public void note(String text) {
                    notes.add(text);
                }
            });
            runner.finish();
        }

        assertThat(counts.finished.get()).isEqualTo(2);
        assertThat(notes).hasSize(3).allSatisfy(note -> assertThat(note).contains("trials.log", "run again"));
        assertSameResults(folder.resolve("whole"), out);
    }

    private static final TrialKey BAD = new TrialKey(1, 0, 2);

    private static TrialResult failing(Trials trials, TrialKey key) {
        if (key.equals(BAD)) {
            throw new IllegalStateException("lost my way\nin the woods");
        }
        return trials.run(key);
    }

    @Test
    void a_trial_that_fails_is_left_out_and_told_and_the_rest_goes_on() throws IOException {
        Path out = folder.resolve("out");
        List<String> told = new ArrayList<>();
        StudySummary summary;
        try (StudyRunner runner = new StudyRunner(street(), out, "test", StudyRunnerTest::failing)) {
            assertThat(runner.run(2, new Counts() {
                        @Override
                        public void note(String text) {
                            told.add(text);
                        }
                    }))
                    .isTrue();
            summary = runner.finish();
        }

        assertThat(told)
                .containsExactly(
                        "Network 1, scenario often, day 2 failed: IllegalStateException: lost my way. The rest goes on; the same command with --only network=1,day=2,scenario=often runs it alone.");
        assertThat(summary.notes().getFirst())
                .startsWith("1 of 8 trials failed and are left out of every mode")
                .contains("IllegalStateException: lost my way", "--only network=1,day=2,scenario=often");
        assertThat(out.resolve("failures.csv")).hasContent("""
                network,scenario,day,cause,alone
                1,often,2,IllegalStateException: lost my way,"--only network=1,day=2,scenario=often"
                """);
        assertThat(summary.ensemble().trials()).isEqualTo(8);
        assertThat(summary.ensemble().failures())
                .containsExactly(new EnsembleSummary.FailedTrial(
                        1, "often", 2, "IllegalStateException: lost my way", "--only network=1,day=2,scenario=often"));
        assertThat(summary.scenarios().getFirst().modes().getFirst().peak_kW().hasInterval())
                .isTrue();
    }

    @Test
    void a_failed_trial_is_run_again_by_the_next_command_and_then_all_is_as_if_it_had_never_failed()
            throws IOException {
        StreetStudy.run(street(), folder.resolve("whole"), 2);
        Path out = folder.resolve("out");
        try (StudyRunner runner = new StudyRunner(street(), out, "test", StudyRunnerTest::failing)) {
            runner.run(2, new Counts());
            runner.finish();
        }
        Counts counts = new Counts();

        try (StudyRunner runner = new StudyRunner(street(), out, "test")) {
            runner.run(2, counts);
            runner.finish();
        }

        assertThat(counts.finished.get()).isEqualTo(1);
        assertThat(out.resolve("failures.csv")).doesNotExist();
        assertSameResults(folder.resolve("whole"), out);
    }

    @Test
    void a_trial_run_alone_is_told_and_kept() throws IOException {
        Path out = folder.resolve("out");
        List<String> told = new ArrayList<>();
        Study study = street();
        try (StudyRunner runner = new StudyRunner(study, out, "test")) {
            runner.runOnly(TrialChoice.parse("network=1,day=2", study), told::add);
        }
        Counts counts = new Counts();
        try (StudyRunner runner = new StudyRunner(study, out, "test")) {
            runner.run(2, counts);
        }

        assertThat(told)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).startsWith("network 1, scenario often, day 2: "));
        assertThat(counts.before).isEqualTo(1);
        assertThat(counts.finished.get()).isEqualTo(7);
    }

    @Test
    void one_mode_run_alone_is_told_and_not_kept() {
        Path out = folder.resolve("out");
        List<String> told = new ArrayList<>();
        Study study = street();
        try (StudyRunner runner = new StudyRunner(study, out, "test")) {
            runner.runOnly(TrialChoice.parse("network=1,day=2,scenario=often,mode=v2g", study), told::add);
        }
        Counts counts = new Counts();
        try (StudyRunner runner = new StudyRunner(study, out, "test")) {
            runner.run(2, counts);
        }

        assertThat(told).hasSize(1).first().asString().contains("v2g: optimal, substation peak ");
        assertThat(counts.before).isZero();
    }

    @Test
    void a_failing_trial_run_alone_fails_with_its_own_fault() {
        Study study = street();
        List<String> told = new ArrayList<>();
        try (StudyRunner runner = new StudyRunner(study, folder.resolve("out"), "test", StudyRunnerTest::failing)) {
            TrialChoice choice = TrialChoice.parse("network=1", study);

            assertThatThrownBy(() -> runner.runOnly(choice, told::add)).hasMessageContaining("lost my way");
        }
        assertThat(told)
                .hasSize(3 * 4 + 1)
                .contains("network 1, scenario often, day 2 failed: IllegalStateException: lost my way");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network=2 | network is 2, expected 0 to 1",
                "network=-1 | network is -1, expected 0 to 1",
                "day=4 | day is 4, expected 0 to 3",
                "day=x | day is x, expected 0 to 3",
                "scenario=II | scenario is 'II', expected one of often",
                "mode=v2v | mode is 'v2v', expected one of immediate, smart, v2g, v-v2v",
                "netwrk=1 | netwrk=1' is none of network=…, day=…, scenario=…, mode=…",
                "nonsense | is none of",
                "day=1,day=2 | day is given twice"
            })
    void a_choice_of_what_there_is_not_is_refused(String text, String message) {
        assertThatThrownBy(() -> TrialChoice.parse(text, street()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_study_all_of_whose_trials_fail_fails_as_the_first_of_them() {
        try (StudyRunner runner = new StudyRunner(street(), folder.resolve("out"), "test", (trials, key) -> {
            throw new IllegalStateException("never again");
        })) {
            assertThatThrownBy(() -> runner.run(2, new Counts())).hasMessage("never again");
        }
    }

    @Test
    void bad_input_met_by_a_trial_ends_the_study() {
        try (StudyRunner runner = new StudyRunner(street(), folder.resolve("out"), "test", (trials, key) -> {
            throw new InputException("mend me");
        })) {
            assertThatThrownBy(() -> runner.run(2, new Counts()))
                    .isInstanceOf(InputException.class)
                    .hasMessage("mend me");
        }
    }

    private Study stopping(String rule) {
        return StreetStudy.read(
                folder,
                text -> text.replace("count: 2", "count: 40")
                                .replace("modes: [immediate, smart, v2g, v-v2v]", "modes: [immediate, smart]")
                        + "stop: " + rule + "\n");
    }

    @Test
    void a_study_ends_when_its_rule_is_met_at_the_same_network_and_bytes_on_any_number_of_threads() throws IOException {
        Study study = stopping("{ metric: energyCost, halfWidth: 0.15, atLeast: 3 }");

        StudySummary one = StreetStudy.run(study, folder.resolve("one"), 1);
        StudySummary eight = StreetStudy.run(study, folder.resolve("eight"), 8);

        assertThat(one.networkCount()).isBetween(3, 39).isEqualTo(eight.networkCount());
        assertSameResults(folder.resolve("one"), folder.resolve("eight"));
        assertThat(one.notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("The study ended after %d of 40 networks, as its rule says: energyCost known to ±"
                                .formatted(one.networkCount())));
        for (StudySummary.ModeSummary mode : one.scenarios().getFirst().modes()) {
            Estimate cost = mode.energyCost_gbpPerYear();
            assertThat((cost.upper() - cost.mean()) / cost.mean()).isLessThanOrEqualTo(0.15);
        }
    }

    @Test
    void a_rule_that_is_never_met_lets_all_networks_run() {
        StudySummary summary = StreetStudy.run(
                StreetStudy.read(
                        folder,
                        text -> text.replace("modes: [immediate, smart, v2g, v-v2v]", "modes: [immediate]")
                                + "stop: { metric: substationPeak, halfWidth: 0.00001, atLeast: 2 }\n"),
                folder.resolve("out"),
                2);

        assertThat(summary.networkCount()).isEqualTo(2);
        assertThat(summary.notes()).anySatisfy(note -> assertThat(note).startsWith("All 2 networks were run: "));
    }

    @Test
    void an_ensemble_of_similar_networks_is_kept_and_named_and_is_the_same_again() throws IOException {
        Study study = StreetStudy.read(
                folder,
                text -> text.replace("network.json, count: 2", "british-118, similar: true, count: 3")
                        .replace("modes: [immediate, smart, v2g, v-v2v]", "modes: [immediate]"));

        StudySummary summary = StreetStudy.run(study, folder.resolve("one"), 1);
        StreetStudy.run(study, folder.resolve("two"), 2);

        assertSameResults(folder.resolve("one"), folder.resolve("two"));
        assertThat(summary.networkCount()).isEqualTo(3);
        assertThat(Files.readAllLines(folder.resolve("one/networks.csv")))
                .hasSize(4)
                .last()
                .asString()
                .startsWith("2,british-118-similar-0003,118,");
        assertThat(folder.resolve("one/networks/network-0002.json"))
                .hasSameBinaryContentAs(folder.resolve("two/networks/network-0002.json"));
        assertThat(summary.notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("Networks are generated, statistically similar to british-118; candidates: ")
                        .contains("3 accepted"));
        assertThat(Files.readString(folder.resolve("one/manifest.json"))).contains("candidatesRefusedByGate");
        EnsembleSummary.Candidates candidates =
                Objects.requireNonNull(summary.ensemble().findCandidates());
        assertThat(candidates.accepted()).isEqualTo(3);
        assertThat(candidates.gates())
                .extracting(EnsembleSummary.GateCount::gate)
                .containsExactly("topology", "homes", "loading", "voltage", "cosine", "spectral", "edit distance");
        assertThat(candidates.gates().stream()
                        .mapToLong(EnsembleSummary.GateCount::refused)
                        .sum())
                .isEqualTo(candidates.drawn() - candidates.accepted());
    }

    @Test
    void a_folder_that_is_a_file_is_refused() throws IOException {
        Path out = Files.writeString(folder.resolve("out"), "");

        assertThatThrownBy(() -> new StudyRunner(street(), out, "test"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be made or written to");
    }

    @ParameterizedTest
    @CsvSource({"it's; fine", "a,b", "ünï — code", "sp ace"})
    void any_folder_name_will_do(String name) {
        Path out = folder.resolve(name);
        StreetStudy.run(StreetStudy.read(folder, text -> text.replace("count: 2", "count: 1")), out, 1);

        assertThat(out.resolve("trials.log")).exists();
        assertThat(out.resolve("metrics.parquet")).isNotEmptyFile();
        assertThat(out.resolve("flows.parquet")).isNotEmptyFile();
    }

    @Test
    void hostile_names_of_network_nodes_lines_and_scenario_are_kept_as_they_are() {
        String network = StreetStudy.NETWORK
                .replace("\"street\"", "\"it's a \\\"street\\\", really; -- <b>\"")
                .replace("\"b\"", "\"b,'\\\"x\"")
                .replace("\"ab\"", "\"a'b,\\\"c; DROP TABLE metrics\"");
        Path file = StreetStudy.write(
                folder, network, StreetStudy.STUDY.replace("name: often", "name: \"o'ft,en \\\"; --\""));

        StudySummary summary = StreetStudy.run(StudyFile.read(file), folder.resolve("out"), 1);

        assertThat(summary.networkMap().lines())
                .extracting(StudySummary.MapLine::id)
                .contains("a'b,\"c; DROP TABLE metrics");
        assertThat(summary.scenarios().getFirst().name()).isEqualTo("o'ft,en \"; --");
        assertThat(summary.scenarios().getFirst().modes().getFirst().peak_kW().mean())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({"48, 1", "96, 1", "24, 14"})
    void finer_steps_and_longer_weeks_run(int stepsPerDay, int perSeason) {
        Study study = StreetStudy.read(
                folder,
                text -> text.replace("perSeason: 1", "perSeason: %d, stepsPerDay: %d".formatted(perSeason, stepsPerDay))
                        .replace("count: 2", "count: 1")
                        .replace("modes: [immediate, smart, v2g, v-v2v]", "modes: [immediate, smart]"));

        StudySummary summary = StreetStudy.run(study, folder.resolve("out"), 2);

        StudySummary.ModeSummary smart = summary.scenarios().getFirst().modes().get(1);
        assertThat(smart.dayLineFlowByLevel_kW())
                .allSatisfy(flow -> assertThat(flow.size() % stepsPerDay).isZero());
        assertThat(smart.weekSubstation_kW()).hasSize(perSeason < 7 ? 0 : 7 * stepsPerDay);
    }

    private static void assertSameResults(Path one, Path other) throws IOException {
        List<String> files = new ArrayList<>(List.of("metrics.parquet", "flows.parquet", "study.yaml"));
        try (Stream<Path> tables = Files.list(one.resolve("tables"))) {
            tables.forEach(table -> files.add("tables/" + table.getFileName()));
        }
        assertThat(files).hasSizeGreaterThan(5);
        for (String file : files) {
            assertThat(Files.mismatch(one.resolve(file), other.resolve(file)))
                    .as(file)
                    .isEqualTo(-1);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    private static class Counts implements StudyProgress {
        final AtomicInteger finished = new AtomicInteger();
        int before;

        @Override
        public void begin(int alreadyFinished, int total) {
            before = alreadyFinished;
        }

        @Override
        public void advance() {
            finished.incrementAndGet();
        }
    }

    /** Stops the study from within, as a signal would at a bad moment. */
    private static final class StopAfter extends Counts {
        private final StudyRunner runner;
        private final int trials;

        StopAfter(StudyRunner runner, int trials) {
            this.runner = runner;
            this.trials = trials;
        }

        @Override
        public void advance() {
            super.advance();
            if (finished.get() == trials) {
                runner.stop();
            }
        }
    }
}
