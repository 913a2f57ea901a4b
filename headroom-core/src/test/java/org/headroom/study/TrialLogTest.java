package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.headroom.input.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of entries under every kind of damage: what is left is whole, what is lost is told, and adding goes on. */
class TrialLogTest {
    private static final long STUDY = 42;
    private static final int ENTRIES = 20;

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("trials.log");
        try (TrialLog log = TrialLog.open(file, STUDY, (kind, number, study, content, position) -> {})) {
            for (int i = 0; i < ENTRIES; i++) {
                log.add(1, i, content(i));
            }
        }
    }

    private static byte[] content(int i) {
        byte[] content = new byte[10 + 37 * i];
        new Random(i).nextBytes(content);
        return content;
    }

    /** Contents of the intact entries by number, each checked to be what was written. */
    private Map<Long, byte[]> intact(int expectedDamages) throws IOException {
        Map<Long, byte[]> entries = new TreeMap<>();
        try (TrialLog log =
                TrialLog.open(file, STUDY, (kind, number, study, content, position) -> entries.put(number, content))) {
            assertThat(log.damage())
                    .hasSize(expectedDamages)
                    .allSatisfy(text -> assertThat(text).contains("trials.log", "run again"));
        }
        entries.forEach((number, content) -> assertThat(content).isEqualTo(content(number.intValue())));
        return entries;
    }

    @Test
    void every_entry_is_there_again() throws IOException {
        assertThat(intact(0)).hasSize(ENTRIES);
    }

    @Test
    void cut_off_anywhere_all_entries_before_the_cut_are_there_and_new_ones_are_added_after_them() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            int fit = 0;
            for (int end = 36 + content(0).length; end <= length; end += 36 + content(fit).length) {
                fit++;
            }
            int before = whole.length - (whole.length - length);
            int used = 0;
            for (int i = 0; i < fit; i++) {
                used += 36 + content(i).length;
            }

            assertThat(intact(before == used ? 0 : 1)).hasSize(fit);
            assertThat(intact(0)).as("told once").hasSize(fit);
        }
        try (TrialLog log = TrialLog.open(file, STUDY, (kind, number, study, content, position) -> {})) {
            log.add(1, ENTRIES - 1, content(ENTRIES - 1));
        }
        assertThat(intact(0)).hasSize(ENTRIES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_flipped_bit_costs_the_entry_it_is_in_and_no_other(long seed) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(seed);
        for (int trial = 0; trial < 50; trial++) {
            byte[] damaged = whole.clone();
            int bit = random.nextInt(8 * whole.length);
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);

            assertThat(intact(1)).as("bit %d", bit).hasSize(ENTRIES - 1);
            assertThat(intact(0)).as("told once").hasSize(ENTRIES - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void stretches_of_rubbish_cost_what_they_cover(long seed) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(seed);
        for (int trial = 0; trial < 20; trial++) {
            byte[] damaged = whole.clone();
            int from = random.nextInt(whole.length / 2);
            byte[] rubbish = new byte[random.nextInt(1, 2000)];
            random.nextBytes(rubbish);
            System.arraycopy(rubbish, 0, damaged, from, rubbish.length);
            Files.write(file, damaged);
            long covered = 0;
            for (int i = 0, at = 0; i < ENTRIES; i++) {
                int next = at + 36 + content(i).length;
                covered += next > from && at < from + rubbish.length ? 1 : 0;
                at = next;
            }

            assertThat(intact(1)).hasSize((int) (ENTRIES - covered));
        }
    }

    @Test
    void an_entry_whose_content_looks_like_an_entry_is_one_entry() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Path other = folder.resolve("other.log");
        int[] heard = new int[1];
        try (TrialLog log = TrialLog.open(other, STUDY, (kind, number, study, content, position) -> {})) {
            log.add(1, 7, whole);
        }
        try (TrialLog log = TrialLog.open(other, STUDY, (kind, number, study, content, position) -> heard[0]++)) {
            assertThat(log.damage()).isEmpty();
        }
        assertThat(heard[0]).isEqualTo(1);
    }

    @Test
    void entries_tell_whose_they_are_and_a_refused_file_stays_as_it_is() throws IOException {
        byte[] whole = Arrays.copyOf(Files.readAllBytes(file), 1000); // torn, too
        Files.write(file, whole);

        assertThatThrownBy(() -> TrialLog.open(file, 43, (kind, number, study, content, position) -> {
                    assertThat(study).isEqualTo(STUDY);
                    throw new InputException("another study's");
                }))
                .isInstanceOf(InputException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void a_file_that_is_open_is_refused() throws IOException {
        try (TrialLog log = TrialLog.open(file, STUDY, (kind, number, study, content, position) -> {})) {
            assertThat(log.isEmpty()).isFalse();
            assertThatThrownBy(() -> TrialLog.open(file, STUDY, (kind, number, study, content, position) -> {}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is in use");
        }
    }
}
