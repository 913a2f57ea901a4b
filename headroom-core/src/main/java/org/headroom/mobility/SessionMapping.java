package org.headroom.mobility;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.jspecify.annotations.Nullable;

/**
 * How a foreign table of charging sessions is to be read: its columns, and what it does not say.
 *
 * @param name of the mapping, for messages
 * @param separator between columns
 * @param decimal sign of numbers
 * @param time pattern of arrival and departure
 * @param household column that tells households, or charging points, apart
 * @param arrive column of the time of plugging in
 * @param depart column of the time of plugging out
 * @param energy_kWh column of the energy charged, measured at the charger
 * @param findColumn column that says which rows count, or null where all do
 * @param keep value of that column in rows that count
 * @param capacity_kWh usable capacity of a car, which such tables do not say
 * @param departSoc state of charge on leaving, likewise
 * @param charger_kW rated power of a charger
 * @param efficiency charging efficiency η: the battery gains η of what the charger gives
 * @param archetype archetype that the cars pass for
 * @param leavesOut true where rows with faults are left out and listed, false where the first one is refused
 */
public record SessionMapping(
        String name,
        char separator,
        char decimal,
        DateTimeFormatter time,
        String household,
        String arrive,
        String depart,
        String energy_kWh,
        @Nullable String findColumn,
        String keep,
        double capacity_kWh,
        double departSoc,
        double charger_kW,
        double efficiency,
        Archetype archetype,
        boolean leavesOut) {
    private static final String FORMAT = "headroom-session-mapping/1";
    /** Mapping of the home sessions of Trondheim (Sørensen et al. 2021). */
    public static final String TRONDHEIM = "trondheim";

    /** The mapping of that name if it is shipped, or else the file's. */
    public static SessionMapping load(String nameOrFile) {
        if (nameOrFile.equals(TRONDHEIM)) {
            return mapping(Document.parse("sessions-trondheim.yaml", trondheimText()));
        }
        Path file = Path.of(nameOrFile);
        if (!Files.exists(file)) {
            throw new InputException(
                    "mapping '%s' is neither shipped nor a file; shipped is: %s.\nMaybe write your own from it: headroom fleet sessions --show-mapping"
                            .formatted(nameOrFile, TRONDHEIM));
        }
        return mapping(Document.read(file));
    }

    /** The shipped mapping as text, to copy and edit. */
    public static String trondheimText() {
        try (InputStream stream = SessionMapping.class.getResourceAsStream("sessions-trondheim.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("resource sessions-trondheim.yaml is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads text; {@code source} names it in messages. */
    static SessionMapping parse(String source, String text) {
        return mapping(Document.parse(source, text));
    }

    private static SessionMapping mapping(Document document) {
        document.choice("format", List.of(FORMAT));
        String name = document.text("name");
        char separator = sign(document, "separator", ",");
        char decimal = sign(document, "decimal", ".");
        String pattern = document.text("time");
        Document columns = document.object("columns");
        String household = columns.text("household");
        String arrive = columns.text("arrive");
        String depart = columns.text("depart");
        String energy = columns.text("energy_kWh");
        columns.refuseUnknownKeys();
        Document only = document.findObject("only");
        String column = only == null ? null : only.text("column");
        String keep = only == null ? "" : only.text("value");
        if (only != null) {
            only.refuseUnknownKeys();
        }
        Document assumed = document.object("assumed");
        double capacity_kWh = assumed.number("capacity_kWh", 1, 1000);
        double departSoc = assumed.number("departSoc", 0.01, 1);
        double charger_kW = assumed.number("charger_kW", 0.1, 1000);
        double efficiency = assumed.number("efficiency", 0.01, 1);
        String archetype = assumed.choice("archetype", "pro", List.of("ret", "pro", "sho", "fam"));
        assumed.refuseUnknownKeys();
        boolean leavesOut = document.choice("faults", "refuse", List.of("refuse", "leave-out"))
                .equals("leave-out");
        document.refuseUnknownKeys();
        DateTimeFormatter time;
        try {
            time = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        } catch (IllegalArgumentException e) {
            InputException fault =
                    document.fault("time", "is '%s', expected a pattern such as dd.MM.yyyy HH:mm.".formatted(pattern));
            fault.initCause(e);
            throw fault;
        }
        return new SessionMapping(
                name,
                separator,
                decimal,
                time,
                household,
                arrive,
                depart,
                energy,
                column,
                keep,
                capacity_kWh,
                departSoc,
                charger_kW,
                efficiency,
                Archetype.valueOf(archetype.toUpperCase(Locale.ROOT)),
                leavesOut);
    }

    private static char sign(Document document, String key, String fallback) {
        String text = document.text(key, fallback);
        if (text.length() != 1) {
            throw document.fault(key, "is '%s', expected one character.".formatted(text));
        }
        return text.charAt(0);
    }
}
