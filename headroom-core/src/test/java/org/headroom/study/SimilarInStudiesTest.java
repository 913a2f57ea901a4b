package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.headroom.dispatch.DayProblem;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.network.format.NetworkFiles;
import org.headroom.network.format.NetworkJson;
import org.headroom.random.StudySeed;
import org.headroom.similar.EmbeddedStatistics;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.StatisticsJson;
import org.headroom.similar.generate.GenerateSettings;
import org.headroom.similar.generate.SimilarNetworks;
import org.headroom.study.TrialResult.TrialKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies of networks similar to those of uk-lv, of a statistics file and of several inputs. */
class SimilarInStudiesTest {
    /** Draws its first three networks from small inputs: uk-lv-13, -01 and -05. */
    private static final long SEED = 45;

    @TempDir
    private Path folder;

    private static List<NetworkStatistics> ukLv(String name) {
        return Objects.requireNonNull(EmbeddedStatistics.find(name));
    }

    private Study study(String from, int count, String modes) {
        return StreetStudy.read(
                folder,
                text -> text.replace("seed: 7", "seed: " + SEED)
                        .replace("network.json, count: 2", from + ", similar: true, count: " + count)
                        .replace("modes: [immediate, smart, v2g, v-v2v]", "modes: " + modes));
    }

    private List<String> networksOf(Study study) {
        return new StudyInputs(study)
                .communities().stream()
                        .map(community -> NetworkJson.text(community.network()))
                        .toList();
    }

    private static List<String> generated(List<NetworkStatistics> inputs, int count) {
        SimilarNetworks similar = SimilarNetworks.from(inputs, GenerateSettings.DEFAULT, new StudySeed(SEED));
        List<String> networks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            networks.add(NetworkJson.text(similar.network(i)));
        }
        return networks;
    }

    @Test
    void networks_like_uk_lv_are_those_that_the_generator_draws_with_the_study_s_seed() {
        assertThat(networksOf(study("uk-lv", 3, "[immediate]")))
                .isEqualTo(generated(ukLv("uk-lv"), 3))
                .doesNotHaveDuplicates();
    }

    @Test
    void networks_like_those_of_a_statistics_file_beside_the_study() {
        List<NetworkStatistics> inputs = Stream.of("uk-lv-05", "uk-lv-13")
                .flatMap(name -> ukLv(name).stream())
                .toList();
        StatisticsJson.write(inputs, folder.resolve("statistics.json"));

        assertThat(networksOf(study("statistics.json", 3, "[immediate]"))).isEqualTo(generated(inputs, 3));
    }

    @Test
    void networks_like_several_inputs_of_several_kinds_are_drawn_from_all_of_them() {
        StatisticsJson.write(ukLv("uk-lv-05"), folder.resolve("statistics.json"));
        Network street = NetworkFiles.read(
                        StreetStudy.write(folder, text -> text).resolveSibling("network.json"))
                .network();
        List<NetworkStatistics> inputs =
                List.of(ukLv("uk-lv-13").getFirst(), ukLv("uk-lv-05").getFirst(), NetworkStatistics.of(street));

        List<String> networks = networksOf(study("[uk-lv-13, statistics.json, network.json]", 6, "[immediate]"));

        assertThat(networks).isEqualTo(generated(inputs, 6));
        for (NetworkStatistics input : inputs) {
            assertThat(networks).as("like " + input.name()).anyMatch(text -> text.contains(input.name() + "-similar-"));
        }
    }

    /** Everything of a day that is drawn at random, as text. */
    private static String drawn(DayProblem problem) {
        StringBuilder text = new StringBuilder(problem.sessions().toString());
        for (int home = 0; home < problem.homeCount(); home++) {
            for (int step = 0; step < problem.stepCount(); step++) {
                text.append(' ')
                        .append(problem.demand_kW(home, step))
                        .append(' ')
                        .append(problem.pv_kW(home, step));
            }
        }
        return text.toString();
    }

    @Test
    void every_mode_meets_the_same_people_on_the_same_days_of_the_same_networks() {
        Trials all = new StudyInputs(study("uk-lv-05", 2, "[immediate, smart, v2g, v-v2v]")).trials();
        Trials last = new StudyInputs(study("uk-lv-05", 2, "[v-v2v]")).trials();
        for (TrialKey key : all.keys()) {
            assertThat(drawn(last.problem(key))).isEqualTo(drawn(all.problem(key)));
        }
        TrialKey key = all.keys().getFirst();
        TrialResult together = all.run(key);
        for (int mode = 0; mode < together.modes().size(); mode++) {
            TrialResult.ModeResult alone = all.run(
                            key, List.of(together.modes().get(mode).mode()))
                    .modes()
                    .getFirst();
            assertThat(Objects.requireNonNull(alone.findOutcome()).energyCost_gbp())
                    .isEqualTo(Objects.requireNonNull(together.modes().get(mode).findOutcome())
                            .energyCost_gbp());
        }
    }

    @Test
    void each_network_has_a_stream_of_its_own_whatever_the_number_of_networks() {
        Trials two = new StudyInputs(study("uk-lv-05", 2, "[immediate]")).trials();
        Trials three = new StudyInputs(study("uk-lv-05", 3, "[immediate]")).trials();
        List<String> days = new ArrayList<>();
        for (int network = 0; network < 3; network++) {
            days.add(drawn(three.problem(new TrialKey(network, 0, 0))));
        }
        assertThat(days).doesNotHaveDuplicates();
        assertThat(drawn(two.problem(new TrialKey(0, 0, 0)))).isEqualTo(days.get(0));
        assertThat(drawn(two.problem(new TrialKey(1, 0, 0)))).isEqualTo(days.get(1));
    }

    @Test
    void the_networks_that_a_study_keeps_are_those_it_ran_and_read_back() throws Exception {
        Study study = study("uk-lv-05", 2, "[immediate, v-v2v]");

        StudySummary summary = StreetStudy.run(study, folder.resolve("out"), 2);

        assertThat(summary.networkCount()).isEqualTo(2);
        List<String> generated = generated(ukLv("uk-lv-05"), 2);
        for (int network = 0; network < 2; network++) {
            Path file = folder.resolve("out/networks/network-000%d.json".formatted(network));
            assertThat(Files.readString(file)).isEqualTo(generated.get(network));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uk-lv", "statistics.json"})
    void figures_without_similar_are_refused_with_a_way_out(String from) {
        StatisticsJson.write(ukLv("uk-lv-05"), folder.resolve("statistics.json"));
        Study study = StreetStudy.read(folder, text -> text.replace("network.json, count: 2", from + ", count: 2"));

        assertThatThrownBy(() -> new StudyInputs(study))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds the figures of ")
                .hasMessageContaining("similar: true");
    }
}
