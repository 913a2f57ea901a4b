package org.headroom.network.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Real networks that lie beside the repository, not in it; tests that want them are skipped where they are absent. */
final class SharedData {
    private SharedData() {}

    /** A folder of the data: below the system property {@code headroom.data}, or a {@code shared/data} beside or above. */
    static Path folder(String name) {
        String given = System.getProperty("headroom.data");
        Path found = given == null ? null : Path.of(given, name);
        for (Path at = Path.of("").toAbsolutePath(); found == null && at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data").resolve(name);
            found = Files.isDirectory(candidate) ? candidate : null;
        }
        Assumptions.assumeTrue(
                found != null && Files.isDirectory(found),
                () -> "no folder shared/data/%s beside the repository; set -Dheadroom.data".formatted(name));
        return found == null ? Path.of(name) : found;
    }

    static List<Path> subfolders(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
