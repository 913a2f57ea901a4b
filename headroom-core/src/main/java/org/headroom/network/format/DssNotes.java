package org.headroom.network.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link org.headroom.network.Network} says that OpenDSS has no word for, kept in comments: {@code !headroom {…}} with JSON in the braces. At
 * the end of a New command it speaks of that element ({@code id}, {@code type}, {@code asset_gbpPerYear}); on a line of its
 * own, of a node ({@code bus}, {@code id}, {@code publicChargers}) or of the whole network ({@code network},
 * {@code base_V}, {@code voltageLimits_pu}). Other programs see comments; a file without them reads with defaults.
 */
final class DssNotes {
    static final String MARK = "!headroom {";

    private final List<Document> all = new ArrayList<>();
    private final Map<String, Document> byBus = new HashMap<>();
    private @Nullable Document network;

    /** The note in a row of a script, or null where there is none. */
    static @Nullable Document find(Path file, int line, String row) {
        int start = row.indexOf(MARK);
        return start < 0 ? null : Document.parseJson(file + ":" + line, row.substring(start + MARK.length() - 1));
    }

    /** Takes a note in; {@code element} is what its row defines, or null. */
    void add(Document note, @Nullable DssElement element) {
        all.add(note);
        if (element != null) {
            element.setNote(note);
        } else if (note.has("bus")) {
            byBus.put(note.text("bus").toLowerCase(Locale.ROOT), note);
        } else if (note.has("network")) {
            network = note;
        } else {
            throw new InputException(
                    "%s: the note speaks of no element, bus or network.\nMaybe the command that it belongs to was deleted."
                            .formatted(note.source()));
        }
    }

    /** Tells what no reader asked for, once all is read. */
    void tellUnknownKeys(ImportReport.Builder report) {
        for (Document note : all) {
            note.unknownKeys().forEach(key -> report.add("note: key %s not known, ignored".formatted(key)));
        }
    }

    /** What is said of the whole network, or null. */
    @Nullable
    Document findNetwork() {
        return network;
    }

    /** What is said of the node at a bus, or null. */
    @Nullable
    Document findNode(String bus) {
        return byBus.get(bus.toLowerCase(Locale.ROOT));
    }
}
