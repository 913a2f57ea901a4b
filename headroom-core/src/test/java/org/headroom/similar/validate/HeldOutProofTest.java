package org.headroom.similar.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.headroom.SharedData;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.network.RandomNetworks;
import org.headroom.network.Reduction;
import org.headroom.network.format.NetworkFiles;
import org.headroom.random.StudySeed;
import org.headroom.similar.generate.Method;
import org.headroom.similar.validate.HeldOutResult.Comparison;
import org.headroom.similar.validate.HeldOutResult.Draw;
import org.headroom.work.WorkProgress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldOutProofTest {
    private static ProofSettings settings(int folds) {
        return new ProofSettings(List.of(Method.PATHS), folds, 3, 2, false);
    }

    private static HeldOutResult prove(List<Network> networks, ProofSettings settings, long seed)
            throws InterruptedException {
        return prove(networks, settings, seed, 2);
    }

    private static HeldOutResult prove(List<Network> networks, ProofSettings settings, long seed, int threads)
            throws InterruptedException {
        AtomicInteger awaited = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            return HeldOutProof.run(networks, settings, new StudySeed(seed), pool, new WorkProgress() {
                @Override
                public void begin(String things, int total) {
                    assertThat(awaited.getAndSet(total))
                            .as("left before %s", things)
                            .isZero();
                }

                @Override
                public void advance() {
                    awaited.decrementAndGet();
                }
            });
        } finally {
            assertThat(awaited).hasValue(0);
        }
    }

    private static List<Network> randomNetworks() {
        return Stream.of(11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L)
                .map(seed -> RandomNetworks.of(seed, 60))
                .toList();
    }

    @Test
    void the_feeders_of_a_network_have_its_lines_and_homes() {
        for (long seed = 1; seed < 20; seed++) {
            Network network = RandomNetworks.of(seed, 60);
            List<Network> feeders = Feeders.of(network);
            assertThat(feeders).hasSize(network.childCounts()[0]);
            assertThat(feeders.stream().mapToInt(Network::lineCount).sum()).isEqualTo(network.lineCount());
            assertThat(feeders.stream().mapToInt(Network::homeCount).sum()).isEqualTo(network.homeCount());
            assertThat(feeders)
                    .allSatisfy(feeder -> assertThat(feeder.childCounts()[0]).isEqualTo(1));
        }
    }

    @Test
    void the_result_does_not_depend_on_the_number_of_threads(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path one = Files.createDirectory(folder.resolve("1"));
        Path four = Files.createDirectory(folder.resolve("4"));
        ProofFiles.write(prove(randomNetworks(), settings(4), 3, 1), one);
        ProofFiles.write(prove(randomNetworks(), settings(4), 3, 4), four);
        for (String file : List.of("proof.csv", "draws.csv", "features.csv", "samples.csv")) {
            assertThat(four.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
            assertThat(four.resolve(file)).content().doesNotContain("\r");
        }
    }

    @Test
    void every_feeder_is_held_out_once_in_every_draw_with_all_of_its_network() throws InterruptedException {
        HeldOutResult result = prove(randomNetworks(), settings(4), 3);
        assertThat(result.feeders())
                .extracting(sample -> sample.network() + " " + sample.source())
                .doesNotHaveDuplicates();
        assertThat(result.comparisons())
                .extracting(Comparison::name)
                .containsExactly("paths", HeldOutProof.REAL, HeldOutProof.SHUFFLED);
        for (Comparison comparison : result.comparisons()) {
            assertThat(comparison.draws()).hasSize(2);
            for (Draw draw : comparison.draws()) {
                assertThat(result.feeders().stream().map(draw::fold).distinct()).containsExactlyInAnyOrder(0, 1, 2, 3);
                assertThat(draw.foldOfNetwork()).hasSize(8); // a network has one fold, and so have its feeders
                assertThat(draw.generated()).hasSameSizeAs(result.feeders());
            }
        }
    }

    @Test
    void draws_deal_anew_and_take_networks_that_no_other_draw_took() throws InterruptedException {
        Comparison paths = prove(randomNetworks(), new ProofSettings(List.of(Method.PATHS), 4, 12, 3, false), 3)
                .comparisons()
                .getFirst();
        assertThat(paths.draws()).extracting(Draw::foldOfNetwork).doesNotHaveDuplicates();
        assertThat(paths.draws().stream()
                        .flatMap(draw -> draw.generated().stream())
                        .map(sample -> List.of(sample.source(), sample.value(Feature.HOME_DISTANCE))))
                .doesNotHaveDuplicates();
    }

    @Test
    void an_auc_is_the_mean_of_its_draws_and_its_interval_holds_it() throws InterruptedException {
        for (Comparison each : prove(randomNetworks(), settings(4), 3).comparisons()) {
            double mean =
                    each.draws().stream().mapToDouble(Draw::forestAuc).average().orElseThrow();
            assertThat(each.forest().value())
                    .isEqualTo(mean)
                    .isBetween(each.forest().least(), each.forest().most());
            assertThat(mean).isBetween(each.forest().lower(), each.forest().upper());
        }
    }

    @Test
    void fewer_networks_than_folds_are_refused() {
        assertThatThrownBy(() -> prove(List.of(RandomNetworks.of(1, 60)), settings(5), 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 network for 5 folds")
                .hasMessageContaining("Maybe");
    }

    @Test
    void networks_whose_feeders_are_all_too_small_are_refused() {
        List<Network> tiny = List.of(RandomNetworks.of(1, 5), RandomNetworks.of(2, 5));
        assertThatThrownBy(() -> prove(tiny, settings(2), 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("0 of 2 networks have a feeder to hold out, for 2 folds")
                .hasMessageContaining("fewer than 10 lines");
    }

    @Test
    void a_single_fold_is_refused() {
        assertThatThrownBy(() -> settings(1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("folds is 1, expected at least 2");
    }

    private static List<Network> realNetworks() throws IOException {
        try (Stream<Path> folders = Files.list(SharedData.find("data/enwl-lv"))) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(folder -> Reduction.JOINTS
                            .reduce(NetworkFiles.read(folder).network())
                            .network())
                    .toList();
        }
    }

    @Tag("long")
    @Test
    void feeders_by_paths_pass_for_real_ones_and_shuffled_ones_do_not() throws IOException, InterruptedException {
        HeldOutResult result = prove(realNetworks(), new ProofSettings(List.of(Method.PATHS), 5, 10, 10, true), 1);
        Comparison paths = result.comparisons().get(0);
        Comparison real = result.comparisons().get(1);
        Comparison shuffled = result.comparisons().get(2);
        assertThat(paths.forest().value()).isLessThan(0.65);
        assertThat(paths.logistic().value()).isLessThan(0.65);
        assertThat(paths.draws())
                .allSatisfy(draw -> assertThat(draw.refusedAt(0.01)).isLessThanOrEqualTo(1));
        assertThat(paths.alike() + paths.copies()).isZero();
        assertThat(real.forest().value()).isCloseTo(0.5, within(0.1));
        assertThat(shuffled.forest().value()).isGreaterThan(0.8);
        assertThat(shuffled.draws())
                .allSatisfy(draw -> assertThat(draw.refusedAt(0.01)).isGreaterThan(4));
    }
}
