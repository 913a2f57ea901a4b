package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.headroom.network.Network;
import org.headroom.network.format.NetworkJson;
import org.headroom.random.StudySeed;
import org.headroom.similar.EmbeddedNetworks;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.generate.GenerateSettings;
import org.headroom.similar.generate.SimilarNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksValidateCommandTest {
    @TempDir
    private Path folder;

    private final UserAtTheShell user = new UserAtTheShell();
    private final List<String> inputs = new ArrayList<>();

    /** Three networks that pass for real ones. */
    @BeforeEach
    void writeNetworks() {
        Network british = Objects.requireNonNull(EmbeddedNetworks.find("british-118"));
        SimilarNetworks similar = SimilarNetworks.from(
                List.of(NetworkStatistics.of(british)), GenerateSettings.DEFAULT, new StudySeed(1));
        for (int i = 0; i < 3; i++) {
            Path file = folder.resolve("network-" + i + ".json");
            NetworkJson.write(similar.network(i), file);
            inputs.add(file.toString());
        }
    }

    private int validate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("networks", "validate", "--inputs"));
        arguments.addAll(inputs);
        arguments.addAll(List.of(more));
        return user.types(arguments.toArray(String[]::new));
    }

    @Test
    void a_proof_is_a_table_a_page_and_four_csv_files() throws IOException {
        Path out = folder.resolve("proof");
        int exitCode = validate("--folds", "3", "--per-feeder", "2", "--draws", "3", "--out", out.toString());
        assertThat(exitCode).isZero();
        assertThat(user.err()).containsPattern("(\\d+) of \\1 feeders and draws, 100 %");
        assertThat(user.out())
                .contains(
                        "real feeders of 3 networks within flow limits, each held out once in 3 folds, in 3 draws;",
                        "AUC forest",
                        "paths",
                        "shuffled real feeders");
        assertThat(out.resolve("proof.csv"))
                .content()
                .startsWith("name,real,generated")
                .contains("\npaths,");
        assertThat(out.resolve("draws.csv")).content().contains("\npaths,1,", "\npaths,3,");
        assertThat(out.resolve("features.csv")).content().contains("distance to a home, mean");
        assertThat(out.resolve("samples.csv")).content().contains("real,").contains("\npaths,");
        assertThat(out.resolve("proof.html"))
                .content()
                .contains("<svg", "Are generated networks like real ones?")
                .doesNotContain("src=\"http", "href=\"http", "<script");
    }

    @Test
    void threads_out_of_range_are_refused_before_any_work() {
        assertThat(validate("--threads", "0", "--out", folder.resolve("proof").toString()))
                .isEqualTo(2);
        assertThat(user.err()).contains("--threads is 0, expected 1 to 1024");
    }

    @Test
    void fewer_networks_than_folds_are_refused_with_a_way_out() {
        int exitCode = validate("--folds", "4", "--out", folder.resolve("proof").toString());
        assertThat(exitCode).isEqualTo(2);
        assertThat(user.err()).contains("3 networks for 4 folds", "Maybe --folds 3");
        assertThat(Files.exists(folder.resolve("proof"))).isFalse();
    }

    @Test
    void a_method_that_is_not_known_is_refused_with_those_that_are() {
        int exitCode =
                validate("--method", "magic", "--out", folder.resolve("proof").toString());
        assertThat(exitCode).isEqualTo(2);
        assertThat(user.err()).contains("--method is 'magic', expected paths or literal");
    }

    @Test
    void a_network_that_is_named_twice_is_refused_naming_both_places() throws IOException {
        Path copy = Files.copy(Path.of(inputs.getFirst()), folder.resolve("copy.json"));
        inputs.add(copy.toString());
        int exitCode = validate("--folds", "3", "--out", folder.resolve("proof").toString());
        assertThat(exitCode).isEqualTo(2);
        assertThat(user.err())
                .contains(inputs.getFirst() + " and " + copy + " hold the same network, ")
                .contains("Maybe a copy of it is among the inputs.");
    }

    @Test
    void figures_of_networks_are_taken_for_the_networks_they_describe() {
        inputs.clear();
        inputs.addAll(List.of("uk-lv-05", "uk-lv-13", "uk-lv-02"));
        int exitCode = validate(
                "--folds",
                "2",
                "--per-feeder",
                "1",
                "--draws",
                "2",
                "--all-feeders",
                "--out",
                folder.resolve("proof").toString());
        assertThat(exitCode).as(user.err()).isZero();
        assertThat(user.out()).contains("real feeders of 3 networks, each held out once in 2 folds, in 2 draws;");
    }
}
