package org.headroom.network.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.headroom.input.Document;

/** Reads a network from a file or folder of any format that is known, telling the format by itself. */
public final class NetworkFiles {
    private static final String READABLE =
            "Maybe convert it: what can be read is network.json (%s), OpenDSS (a master file, a folder with Master.dss or Master.txt, or a folder of such folders), pandapower JSON, MATPOWER (.m), a SimBench folder and a folder of nodes.csv, lines.csv and network.csv."
                    .formatted(NetworkJson.FORMAT);

    private NetworkFiles() {}

    /** Reads a network; a path that is of no known format is refused. */
    public static ImportedNetwork read(Path path) {
        if (!Files.exists(path)) {
            throw NetworkFormatException.in(path, "no such file or folder.");
        }
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (Files.isRegularFile(path) && name.endsWith(".json")) {
            Document document = Document.read(path);
            return document.has("_class") ? PandapowerReader.read(path) : NetworkJson.read(document);
        }
        if (Files.isRegularFile(path) && name.endsWith(".m")) {
            return MatpowerReader.read(path);
        }
        if (CsvFolder.recognises(path)) {
            return CsvFolder.read(path);
        }
        if (SimBenchReader.recognises(path)) {
            return SimBenchReader.read(path);
        }
        if (OpenDss.recognises(path)) {
            return OpenDss.read(path);
        }
        throw NetworkFormatException.in(path, "not a network in a known format.\n" + READABLE);
    }

    /** Whether a path holds OpenDSS, whose thousands of short segments are reduced by default where that makes sense. */
    public static boolean isOpenDss(Path path) {
        return OpenDss.recognises(path);
    }
}
