package org.headroom.household;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder of real measurements beside the repository; tests that need it are skipped where it is absent. */
public final class ReferenceData {
    private ReferenceData() {}

    /** A file of the folder: of the system property {@code headroom.data}, or {@code shared/data} at or above here. */
    public static Path file(String name) {
        Path file = find(name);
        assumeThat(file)
                .as("reference data " + name + " is absent: set -Dheadroom.data to its folder")
                .isNotNull();
        return file == null ? Path.of(name) : file;
    }

    private static @Nullable Path find(String name) {
        String property = System.getProperty("headroom.data");
        if (property != null) {
            Path file = Path.of(property, name);
            return Files.exists(file) ? file : null;
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared/data").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        return null;
    }
}
