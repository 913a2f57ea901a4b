package org.headroom.app;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.headroom.input.InputException;
import org.headroom.mobility.FleetFiles;
import org.headroom.mobility.Habit;
import org.headroom.mobility.MeasuredSessions;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.mobility.SessionMapping;
import org.headroom.mobility.SessionStatistics;
import org.headroom.time.DaySteps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom fleet sessions}: what measured sessions are made of, beside simulated ones. */
@Command(
        name = "sessions",
        description = "Reads measured charging sessions, says what they are made of, and compares them with a set.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without --mapping the file has the columns of the sessions.csv that headroom fleet writes.",
            "Example: headroom fleet sessions trondheim_home_sessions.csv --mapping trondheim --compare uk --out sessions.csv"
        })
final class SessionsCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "Table of sessions (CSV).")
    private @Nullable Path file;

    @Option(
            names = "--mapping",
            paramLabel = "NAME|FILE",
            description = "How to read a foreign table: trondheim, or a file made from it.")
    private @Nullable String mapping;

    @Option(names = "--show-mapping", description = "Prints the mapping trondheim, to copy and edit, and ends.")
    private boolean showMapping;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "24",
            description = "Steps a day: 24, 48 or 96 (default: ${DEFAULT-VALUE}).")
    private int steps = 24;

    @Option(
            names = "--charger",
            paramLabel = "KW",
            defaultValue = "7",
            description = "Rated power of chargers, where the table does not say (default: ${DEFAULT-VALUE}).")
    private double charger_kW = 7;

    @Option(names = "--compare", paramLabel = "NAME|FILE", description = "Parameter set to simulate beside them.")
    private @Nullable String compare;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Writes them with the columns of sessions.csv; an existing file is not replaced.")
    private @Nullable Path out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter console = spec.commandLine().getOut();
        if (showMapping) {
            console.print(SessionMapping.trondheimText());
            console.flush();
            return 0;
        }
        Path table = file;
        if (table == null) {
            throw new InputException("a table of sessions is missing.\nMaybe headroom fleet sessions my-sessions.csv.");
        }
        if (steps != 24 && steps != 48 && steps != 96) {
            throw new InputException("--steps is %d, expected 24, 48 or 96 steps a day.".formatted(steps));
        }
        if (!(charger_kW > 0 && charger_kW <= 1000)) {
            throw new InputException("--charger is %s kW, expected above 0 and at most 1000.".formatted(charger_kW));
        }
        Path target = out;
        if (target != null && Files.exists(target)) {
            throw InputException.in(target, "is there already and is not replaced.\nMaybe choose another name.");
        }
        DaySteps ofDay = new DaySteps(steps);
        String how = mapping;
        MeasuredSessions measured = how == null
                ? MeasuredSessions.read(table, ofDay, charger_kW, 0.95)
                : MeasuredSessions.read(table, SessionMapping.load(how), ofDay);
        if (measured.sessions().isEmpty()) {
            throw InputException.in(table, "no session is left.\nMaybe the mapping leaves all rows out.");
        }
        show(console, measured, how);
        if (target != null) {
            FleetFiles.writeSessions(target, measured.sessions(), ofDay);
            console.printf("Written to %s.%n", target);
        }
        console.flush();
        return 0;
    }

    private void show(PrintWriter console, MeasuredSessions measured, @Nullable String how) {
        List<SessionStatistics> columns = new ArrayList<>();
        columns.add(SessionStatistics.of("measured", measured.households(), measured.stays()));
        String set = compare;
        if (set != null) {
            double power_kW =
                    how == null ? charger_kW : SessionMapping.load(how).charger_kW();
            for (Habit habit : Habit.values()) {
                columns.add(SessionStatistics.simulated(MobilityParameterFile.load(set), habit, power_kW));
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            SessionStatistics of = columns.get(i);
            console.printf(
                    "%-20s %6d sessions of %d households%n    hours plugged in  %s%n    kWh a session     %s%n    %% begun by hour   %s%n",
                    of.name(),
                    of.sessions(),
                    of.households(),
                    quantiles(of.duration_h()),
                    quantiles(of.energy_kWh()),
                    of.arriveShare().stream()
                            .map(share -> String.format(Locale.ROOT, "%.0f", 100 * share))
                            .collect(Collectors.joining(" ")));
            if (i > 0) {
                console.printf(
                        Locale.ROOT,
                        "    overlap of hours  %.2f with measured%n",
                        columns.getFirst().arrivalOverlap(of));
            }
        }
        console.printf("Five figures: 5, 25, 50, 75 and 95 %% lie below.%n");
        if (measured.cutToADay() > 0) {
            console.printf("%d sessions of more than a day: only their first day is kept.%n", measured.cutToADay());
        }
        if (measured.lowered() > 0) {
            console.printf(
                    "%d sessions charged more than the charger can give in their whole steps: lowered to that.%n",
                    measured.lowered());
        }
        if (!measured.ignoredColumns().isEmpty()) {
            console.printf("Columns not read: %s.%n", String.join(", ", measured.ignoredColumns()));
        }
        if (!measured.leftOut().isEmpty()) {
            console.printf("%d rows were left out:%n", measured.leftOut().size());
            measured.leftOut().stream().limit(SHOWN).forEach(line -> console.printf("  %s%n", line));
            if (measured.leftOut().size() > SHOWN) {
                console.printf("  and %d more.%n", measured.leftOut().size() - SHOWN);
            }
        }
    }

    private static String quantiles(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%6.1f", value))
                .collect(Collectors.joining(" "));
    }
}
