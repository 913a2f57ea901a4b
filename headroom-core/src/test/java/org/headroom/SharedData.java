package org.headroom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds real networks, measurements and cases beside the repository; a test that needs them is skipped where they are absent. */
public final class SharedData {
    private SharedData() {}

    /** A folder or file such as {@code cases} or {@code data/enwl-lv}. */
    public static Path find(String path) {
        Path found = search(path);
        assumeTrue(found != null, "skipped: no folder shared/" + path + " beside the repository");
        return java.util.Objects.requireNonNull(found);
    }

    private static @Nullable Path search(String path) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("shared").resolve(path);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
