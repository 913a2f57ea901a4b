package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.headroom.input.Document;
import org.headroom.similar.EmbeddedNetworks;
import org.headroom.similar.EmbeddedStatistics;
import org.headroom.similar.NetworkStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The recipe of british-118, run again. */
class British118RecipeTest {
    private static final Document RECIPE = Document.resource(EmbeddedNetworks.class, "british-118-recipe.yaml");

    @TempDir
    Path folder;

    @Test
    void the_command_writes_the_network_that_ships() throws IOException {
        List<String> words = new ArrayList<>(List.of(RECIPE.text("command").split(" ")));
        assertThat(words.removeFirst()).isEqualTo("headroom");
        words.set(words.indexOf("--out") + 1, folder.toString());
        StringWriter output = new StringWriter();
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(output, true));
        commands.setErr(new PrintWriter(output, true));

        int exit = commands.execute(words.toArray(String[]::new));

        assertThat(exit).as(output.toString()).isZero();
        assertThat(output.toString()).contains("Candidates: " + RECIPE.text("candidates") + ".");
        assertThat(Files.readAllBytes(folder.resolve(RECIPE.text("file")))).isEqualTo(resource("british-118.json"));
    }

    @Test
    void checksums_and_figures_are_those_of_the_files_beside_it() throws IOException {
        Document statistics = RECIPE.object("statistics");
        NetworkStatistics input = Objects.requireNonNull(EmbeddedStatistics.find(statistics.text("name")))
                .getFirst();

        assertThat(sha256(resource("british-118.json"))).isEqualTo(RECIPE.text("sha256"));
        assertThat(sha256(resource(statistics.text("resource")))).isEqualTo(statistics.text("sha256"));
        assertThat(RECIPE.text("command")).contains("--from " + statistics.text("name") + " ");
        assertThat(input.nodes()).isEqualTo(statistics.integer("nodes", 1, 1000));
        assertThat(input.homes()).isEqualTo(statistics.integer("homes", 1, 1000));
        assertThat(input.feeders()).isEqualTo(statistics.integer("feeders", 1, 1000));
        assertThat(input.height()).isEqualTo(statistics.integer("height", 1, 1000));
        assertThat(input.leaves()).isEqualTo(statistics.integer("leaves", 1, 1000));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = EmbeddedNetworks.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
