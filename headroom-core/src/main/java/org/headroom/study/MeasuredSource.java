package org.headroom.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.mobility.MeasuredSessions;
import org.headroom.mobility.MeasuredWeeks;
import org.headroom.mobility.SessionMapping;
import org.headroom.time.Season;
import org.jspecify.annotations.Nullable;

/**
 * A table of measured sessions that a study takes in place of simulated ones.
 *
 * @param file the table
 * @param findMapping name or file of the mapping of its columns; null where they are those of {@code sessions.csv}
 */
public record MeasuredSource(Path file, @Nullable String findMapping) {
    private static final String SIMULATED = "simulated";
    private static final String OWN_COLUMNS = "none";
    private static final int SHOWN = 3;

    /** Reads the keys of {@code households} about it; null where sessions are simulated. */
    static @Nullable MeasuredSource find(Document households, Path folder) {
        String sessions = households.text("sessions", SIMULATED);
        String mapping = households.text("sessionMapping", OWN_COLUMNS);
        if (sessions.equals(SIMULATED)) {
            if (!mapping.equals(OWN_COLUMNS)) {
                throw households.fault(
                        "sessionMapping",
                        "is %s, but sessions are simulated.\nMaybe sessions: FILE is missing.".formatted(mapping));
            }
            return null;
        }
        boolean isFile = mapping.matches(".*\\.ya?ml");
        return new MeasuredSource(
                folder.resolve(sessions).normalize(),
                mapping.equals(OWN_COLUMNS)
                        ? null
                        : isFile ? folder.resolve(mapping).normalize().toString() : mapping);
    }

    /** The keys of {@code households} about a source, or about there being none. */
    static Map<String, Object> keys(@Nullable MeasuredSource source) {
        Map<String, Object> keys = new LinkedHashMap<>();
        String mapping = source == null ? null : source.findMapping;
        keys.put("sessions", source == null ? SIMULATED : source.file.toString());
        keys.put("sessionMapping", mapping == null ? OWN_COLUMNS : mapping);
        return keys;
    }

    /** Files that it is read from. */
    List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(file));
        if (findMapping != null && Files.isRegularFile(Path.of(findMapping))) {
            files.add(Path.of(findMapping));
        }
        return files;
    }

    /**
     * Reads it for every scenario, whose charger stands in where the table tells none, and notes everything that was assumed.
     *
     * @return by scenario
     * @throws InputException where a row is at fault, or the mapping charges at another efficiency than the study
     */
    List<MeasuredWeeks> read(Study study, List<String> notes) {
        double efficiency = study.dispatch().efficiency();
        List<MeasuredWeeks> byScenario = new ArrayList<>();
        MeasuredSessions measured = null;
        if (findMapping != null) {
            SessionMapping mapping = SessionMapping.load(findMapping);
            if (mapping.efficiency() != efficiency) {
                throw new InputException(
                        "mapping %s: assumed.efficiency is %s, but the study dispatches with %s, so cars could not leave as measured.\nMaybe set it to %s."
                                .formatted(mapping.name(), mapping.efficiency(), efficiency, efficiency));
            }
            measured = MeasuredSessions.read(file, mapping, study.steps());
            MeasuredWeeks weeks = new MeasuredWeeks(requireSome(measured), study.steps());
            study.scenarios().forEach(_ -> byScenario.add(weeks));
            notes.add(String.format(
                    Locale.ROOT,
                    "Measured sessions: assumed for every car by mapping %s: %s kWh of usable capacity, leaving at %s of it (or with what it charged, if that is more), chargers of %s kW, efficiency %s, archetype %s.",
                    mapping.name(),
                    mapping.capacity_kWh(),
                    mapping.departSoc(),
                    mapping.charger_kW(),
                    mapping.efficiency(),
                    mapping.archetype().label()));
        } else {
            for (Scenario scenario : study.scenarios()) {
                measured = MeasuredSessions.read(file, study.steps(), scenario.charger_kW(), efficiency);
                byScenario.add(new MeasuredWeeks(requireSome(measured), study.steps()));
            }
            notes.add(
                    "Measured sessions: steps are read as %d a day; where the table has no column charger_kW, the scenario's stands in."
                            .formatted(study.steps().count()));
        }
        if (measured != null) {
            addNotes(measured, byScenario.getFirst(), notes);
        }
        return byScenario;
    }

    private MeasuredSessions requireSome(MeasuredSessions measured) {
        if (measured.sessions().isEmpty()) {
            throw InputException.in(file, "no session is left.\nMaybe the mapping leaves all rows out.");
        }
        return measured;
    }

    private void addNotes(MeasuredSessions measured, MeasuredWeeks weeks, List<String> notes) {
        notes.add(
                "Measured sessions: those of %d households (%s) take the place of simulated ones. Each home with an electric car is given one of them, drawn, each once before one comes again; shares of households, habits, mobility and (but for the note above) chargers of scenarios change nothing for homes. Public lots and the charging curves of Figs. 7-9 are simulated all the same."
                        .formatted(weeks.households(), file.getFileName()));
        StringBuilder seasons = new StringBuilder(
                "Measured sessions: weekdays stay what they were; a home's weeks are drawn for each season, one after the other from there, ");
        if (weeks.hasDates()) {
            seasons.append("of that season where the household was measured in it (");
            for (Season season : Season.values()) {
                seasons.append(season == Season.WINTER ? "" : ", ")
                        .append(season.label())
                        .append(' ')
                        .append(weeks.householdsIn(season));
            }
            seasons.append(" of %d households), else of any.".formatted(weeks.households()));
        } else {
            seasons.append("of any season, since the table has no dates.");
        }
        notes.add(seasons.toString());
        if (weeks.leftOut() > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Measured sessions: %d stay(s), with %.1f %% of the energy, are left out because they would meet another one at the same charger in a day dispatched by itself (its early hours stand for the next morning's).",
                    weeks.leftOut(),
                    100 * weeks.leftOutEnergyShare()));
        }
        if (measured.cutToADay() > 0) {
            notes.add("Measured sessions: %d stay(s) of more than a day keep their first day."
                    .formatted(measured.cutToADay()));
        }
        if (measured.lowered() > 0) {
            notes.add(
                    "Measured sessions: %d charged more than the charger gives in their whole steps, and are lowered to that."
                            .formatted(measured.lowered()));
        }
        if (!measured.ignoredColumns().isEmpty()) {
            notes.add("Measured sessions: columns not used: " + String.join(", ", measured.ignoredColumns()));
        }
        if (!measured.leftOut().isEmpty()) {
            notes.add("Measured sessions: %d row(s) with faults are left out, for example: %s"
                    .formatted(
                            measured.leftOut().size(),
                            String.join(
                                    "; ",
                                    measured.leftOut().stream().limit(SHOWN).toList())));
        }
    }
}
