package org.headroom.network.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder that a script may read from: finds files whatever the case of their names, and lets no path lead out. */
final class DssFolder {
    private static final long LARGEST_BYTES = 256L << 20;

    private final Path root;
    private final Map<Path, List<Path>> listings = new HashMap<>();

    DssFolder(Path root) {
        this.root = root;
    }

    /**
     * Finds a file that a script names, relative to the script's own folder; null where there is none.
     *
     * @throws NetworkFormatException where it lies outside this folder
     */
    @Nullable
    Path find(Path script, int line, String name) {
        try {
            Path wanted = Path.of(name.replace('\\', '/'));
            Path from = script.getParent() == null ? Path.of("") : script.getParent();
            Path plain = from.resolve(wanted).normalize();
            boolean drive = name.length() > 1 && name.charAt(1) == ':';
            if (wanted.isAbsolute()
                    || drive
                    || !plain.toAbsolutePath()
                            .normalize()
                            .startsWith(root.toAbsolutePath().normalize())) {
                throw leaves(script, line, name);
            }
            Path found = from;
            for (Path part : wanted) {
                Path next = part.toString().equals("..") || part.toString().equals(".")
                        ? found.resolve(part).normalize()
                        : findIn(found, part.toString());
                if (next == null) {
                    return null;
                }
                found = next;
            }
            if (!found.toRealPath().startsWith(root.toRealPath())) {
                throw leaves(script, line, name);
            }
            return found;
        } catch (InvalidPathException e) {
            throw NetworkFormatException.at(
                    script, line, "'%s' is not a file name.".formatted(DssTokens.shortened(name)));
        } catch (IOException e) {
            return null;
        }
    }

    private static NetworkFormatException leaves(Path script, int line, String name) {
        return NetworkFormatException.at(
                script,
                line,
                "'%s' lies outside the network's folder, expected a file within it.\nMaybe copy it into the folder."
                        .formatted(DssTokens.shortened(name)));
    }

    /** The entry of a folder with that name, or else with that name in other capitals. */
    private @Nullable Path findIn(Path folder, String name) {
        Path exact = folder.resolve(name);
        if (Files.exists(exact)) {
            return exact;
        }
        return listings.computeIfAbsent(folder, DssFolder::list).stream()
                .filter(entry -> String.valueOf(entry.getFileName()).equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** The entries of a folder in the order of their names; none where it is not a folder. */
    static List<Path> list(Path folder) {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (var stream = Files.newDirectoryStream(folder)) {
                stream.forEach(entries::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        entries.sort(null);
        return entries;
    }

    /** The text of a file, which must be UTF-8. */
    static String text(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw NetworkFormatException.in(file, "not a file.");
            }
            if (Files.size(file) > LARGEST_BYTES) {
                throw NetworkFormatException.in(
                        file,
                        "%d MB large, expected at most %d MB.".formatted(Files.size(file) >> 20, LARGEST_BYTES >> 20));
            }
            byte[] bytes = Files.readAllBytes(file);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw notText(file);
            }
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw notText(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NetworkFormatException notText(Path file) {
        return NetworkFormatException.in(
                file, "not UTF-8 text.\nMaybe it was saved in another encoding: save it as UTF-8.");
    }
}
