package org.headroom.mobility;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.headroom.input.CsvTable;
import org.headroom.input.InputException;
import org.headroom.time.DaySteps;
import org.jspecify.annotations.Nullable;

/**
 * Charging sessions that were measured, to take the place of simulated ones: a table in the format of {@code sessions.csv}, or a
 * foreign one with a {@link SessionMapping}.
 *
 * <p>A foreign session is plugged in from the first whole step after its arrival to the last before its departure, at most a day, and
 * belongs to the day of that first step; day 0 is the Monday of the week of the first arrival. What was cut or lowered for that is
 * counted.
 */
public final class MeasuredSessions {
    private static final Set<String> COLUMNS =
            Set.of("household", "day", "arrive_step", "depart_step", "arrive_kWh", "depart_kWh", "capacity_kWh");
    private static final Set<String> MORE_COLUMNS = Set.of("ev", "archetype", "charger_kW");
    private static final int MOST_DAYS = 100_000;
    private static final double ROUNDING_KWH = 1e-9;

    private final List<PlugInSession> sessions;
    private final List<Stay> stays;
    private final int households;
    private final List<String> leftOut;
    private final int cut;
    private final int lowered;
    private final List<String> ignoredColumns;
    private final @Nullable LocalDate findMonday;

    private MeasuredSessions(
            List<PlugInSession> sessions,
            List<Stay> stays,
            int households,
            List<String> leftOut,
            int cut,
            int lowered,
            List<String> ignoredColumns,
            @Nullable LocalDate findMonday) {
        this.sessions = List.copyOf(sessions);
        this.stays = List.copyOf(stays);
        this.households = households;
        this.leftOut = List.copyOf(leftOut);
        this.cut = cut;
        this.lowered = lowered;
        this.ignoredColumns = List.copyOf(ignoredColumns);
        this.findMonday = findMonday;
    }

    /**
     * A stay as it was measured, before it is put on steps.
     *
     * @param arrive_h hour of the day of plugging in
     * @param duration_h plugged in, however long
     * @param energy_kWh from the charger
     */
    public record Stay(double arrive_h, double duration_h, double energy_kWh) {}

    /** A session with the line it came from. */
    private record Read(PlugInSession session, Stay stay, long line) {}

    /** Reads a table with the columns of {@code sessions.csv}. The first fault is refused, with its line. */
    public static MeasuredSessions read(Path file, DaySteps steps, double charger_kW, double efficiency) {
        CsvTable table = CsvTable.read(file, COLUMNS, MORE_COLUMNS);
        List<Read> read = new ArrayList<>();
        Map<Integer, Boolean> households = new HashMap<>();
        for (CsvTable.Row row : table.rows()) {
            int household = row.integer("household", 0, Integer.MAX_VALUE);
            int day = row.integer("day", 0, MOST_DAYS);
            int arrive = row.integer("arrive_step", 0, steps.count() - 1);
            int depart = row.integer("depart_step", 0, steps.count());
            double capacity_kWh = row.number("capacity_kWh", 0.1, 1000);
            double arrive_kWh = row.number("arrive_kWh", 0, capacity_kWh);
            double depart_kWh = row.number("depart_kWh", arrive_kWh, capacity_kWh);
            double rated_kW = table.hasColumn("charger_kW") ? row.number("charger_kW", 0.1, 1000) : charger_kW;
            int ev = table.hasColumn("ev") ? row.integer("ev", 0, 9) : 0;
            Archetype archetype = table.hasColumn("archetype") ? archetype(row) : Archetype.PRO;
            int end = depart <= arrive ? depart + steps.count() : depart;
            double gain_kWh = efficiency * rated_kW * steps.step_h() * (end - arrive);
            if (depart_kWh > arrive_kWh + gain_kWh * (1 + 1e-9) + ROUNDING_KWH) {
                throw row.fault(
                        "depart_kWh is %s, expected at most %s: what %s kW can charge in %d steps.\nMaybe the charger is stronger."
                                .formatted(row.text("depart_kWh"), arrive_kWh + gain_kWh, rated_kW, end - arrive));
            }
            PlugInSession session = new PlugInSession(
                    household, ev, archetype, day, arrive, end, arrive_kWh, depart_kWh, capacity_kWh, rated_kW);
            households.put(household, true);
            read.add(new Read(
                    session,
                    new Stay(
                            arrive * steps.step_h(),
                            (end - arrive) * steps.step_h(),
                            (depart_kWh - arrive_kWh) / efficiency),
                    row.line()));
        }
        List<String> leftOut = new ArrayList<>();
        List<Read> kept = withoutOverlaps(file, read, steps, false, leftOut);
        return of(kept, households.size(), leftOut, 0, 0, table.ignoredColumns(), null);
    }

    private static Archetype archetype(CsvTable.Row row) {
        for (Archetype archetype : Archetype.values()) {
            if (archetype.label().equals(row.text("archetype"))) {
                return archetype;
            }
        }
        throw row.fault("archetype is '%s', expected one of ret, pro, sho, fam.".formatted(row.text("archetype")));
    }

    /** Reads a foreign table. Faults are refused with their line, or left out and listed, as the mapping says. */
    public static MeasuredSessions read(Path file, SessionMapping mapping, DaySteps steps) {
        List<String> columns = List.of(mapping.household(), mapping.arrive(), mapping.depart(), mapping.energy_kWh());
        String only = mapping.findColumn();
        CsvTable table = CsvTable.read(
                file,
                mapping.separator(),
                only == null
                        ? columns
                        : List.of(mapping.household(), mapping.arrive(), mapping.depart(), mapping.energy_kWh(), only),
                Set.of());
        Foreign foreign = new Foreign(mapping, steps);
        List<String> leftOut = new ArrayList<>();
        LocalDate monday = null;
        List<CsvTable.Row> rows = new ArrayList<>();
        for (CsvTable.Row row : table.rows()) {
            if (only == null || row.text(only).equals(mapping.keep())) {
                rows.add(row);
                LocalDateTime arrive = foreign.findTime(row, mapping.arrive());
                if (arrive != null && (monday == null || arrive.toLocalDate().isBefore(monday))) {
                    monday = arrive.toLocalDate();
                }
            }
        }
        if (monday == null) {
            throw InputException.in(
                    file,
                    "no row has a time in column %s.\nMaybe the mapping's pattern is another one, or no row has %s in column %s."
                            .formatted(mapping.arrive(), mapping.keep(), only));
        }
        monday = monday.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        List<Read> read = new ArrayList<>();
        for (CsvTable.Row row : rows) {
            try {
                read.add(foreign.read(row, monday));
            } catch (InputException fault) {
                if (!mapping.leavesOut()) {
                    throw fault;
                }
                leftOut.add(
                        String.valueOf(fault.getMessage()).lines().findFirst().orElse(""));
            }
        }
        List<Read> kept = withoutOverlaps(file, read, steps, mapping.leavesOut(), leftOut);
        return of(
                kept, foreign.households.size(), leftOut, foreign.cut, foreign.lowered, table.ignoredColumns(), monday);
    }

    private static MeasuredSessions of(
            List<Read> read,
            int households,
            List<String> leftOut,
            int cut,
            int lowered,
            List<String> ignored,
            @Nullable LocalDate findMonday) {
        return new MeasuredSessions(
                read.stream().map(Read::session).toList(),
                read.stream().map(Read::stay).toList(),
                households,
                leftOut,
                cut,
                lowered,
                ignored,
                findMonday);
    }

    /** Sessions by household and time; of two at one charger at once the later row is a fault. */
    private static List<Read> withoutOverlaps(
            Path file, List<Read> read, DaySteps steps, boolean leavesOut, List<String> leftOut) {
        Comparator<Read> byHousehold = Comparator.comparingLong(r -> r.session().household());
        List<Read> sorted = new ArrayList<>(read);
        sorted.sort(byHousehold.thenComparingLong(r -> start(r.session(), steps)));
        List<Read> kept = new ArrayList<>();
        for (Read next : sorted) {
            Read before = kept.isEmpty() ? null : kept.getLast();
            if (before != null
                    && before.session().household() == next.session().household()
                    && start(next.session(), steps)
                            < start(before.session(), steps) + before.session().steps()) {
                InputException fault = InputException.at(
                        file,
                        next.line(),
                        "the session overlaps with the one of line %d at the same charger.\nMaybe they are two chargers: give them households of their own."
                                .formatted(before.line()));
                if (!leavesOut) {
                    throw fault;
                }
                leftOut.add(
                        String.valueOf(fault.getMessage()).lines().findFirst().orElse(""));
            } else {
                kept.add(next);
            }
        }
        return kept;
    }

    private static long start(PlugInSession session, DaySteps steps) {
        return (long) session.day() * steps.count() + session.arriveStep();
    }

    /** The sessions, by household and time; households are numbered from 0 in the order of a foreign table's rows. */
    public List<PlugInSession> sessions() {
        return sessions;
    }

    /** The same sessions as they were measured. */
    public List<Stay> stays() {
        return stays;
    }

    public int households() {
        return households;
    }

    /** Rows left out, with the reason. */
    public List<String> leftOut() {
        return leftOut;
    }

    /** Sessions of more than a day, of which the first day is kept. */
    public int cutToADay() {
        return cut;
    }

    /** Sessions whose energy the charger could not give in the whole steps left, lowered to what it could. */
    public int lowered() {
        return lowered;
    }

    /** Date of day 0; null where the table has days and no dates. */
    public @Nullable LocalDate findMonday() {
        return findMonday;
    }

    /** Columns that were not read. */
    public List<String> ignoredColumns() {
        return ignoredColumns;
    }

    /** Rows of a foreign table, one by one. */
    private static final class Foreign {
        private final SessionMapping mapping;
        private final DaySteps steps;
        private final Map<String, Integer> households = new LinkedHashMap<>();
        private int cut;
        private int lowered;

        Foreign(SessionMapping mapping, DaySteps steps) {
            this.mapping = mapping;
            this.steps = steps;
        }

        @Nullable
        LocalDateTime findTime(CsvTable.Row row, String column) {
            try {
                return LocalDateTime.parse(row.text(column), mapping.time());
            } catch (DateTimeParseException e) {
                return null;
            }
        }

        private LocalDateTime time(CsvTable.Row row, String column) {
            LocalDateTime time = findTime(row, column);
            if (time == null) {
                throw row.fault("%s is '%s', which the mapping's pattern of times does not fit."
                        .formatted(column, row.text(column)));
            }
            return time;
        }

        private double energy(CsvTable.Row row) {
            String text = row.text(mapping.energy_kWh()).replace(mapping.decimal(), '.');
            try {
                double energy = Double.parseDouble(text);
                if (energy >= 0 && energy <= 1000) {
                    return energy;
                }
            } catch (NumberFormatException e) {
                throw row.fault("%s is '%s', expected a number.".formatted(mapping.energy_kWh(), text));
            }
            throw row.fault("%s is %s kWh, expected 0 to 1000.".formatted(mapping.energy_kWh(), text));
        }

        Read read(CsvTable.Row row, LocalDate monday) {
            LocalDateTime arrive = time(row, mapping.arrive());
            LocalDateTime depart = time(row, mapping.depart());
            if (!depart.isAfter(arrive)) {
                throw row.fault("%s is %s, expected after %s (%s)."
                        .formatted(
                                mapping.depart(),
                                row.text(mapping.depart()),
                                mapping.arrive(),
                                row.text(mapping.arrive())));
            }
            double energy_kWh = energy(row);
            double duration_h = Duration.between(arrive, depart).toSeconds() / 3600.0;
            double arrive_h = ChronoUnit.SECONDS.between(monday.atStartOfDay(), arrive) / 3600.0;
            long first = (long) Math.ceil(arrive_h / steps.step_h());
            long end = (long) Math.floor((arrive_h + duration_h) / steps.step_h());
            if (end <= first) {
                throw row.fault(String.format(
                        Locale.ROOT, "the stay of %.2f h holds no whole step of %s h.", duration_h, steps.step_h()));
            }
            if (end - first > steps.count()) {
                end = first + steps.count();
                cut++;
            }
            double reachable_kWh = mapping.efficiency() * mapping.charger_kW() * steps.step_h() * (end - first);
            double gain_kWh = mapping.efficiency() * energy_kWh;
            if (gain_kWh > mapping.capacity_kWh()) {
                throw row.fault("%s of %s kWh is more than the mapping's battery of %s kWh can take."
                        .formatted(mapping.energy_kWh(), energy_kWh, mapping.capacity_kWh()));
            }
            if (gain_kWh > reachable_kWh) {
                gain_kWh = reachable_kWh;
                lowered++;
            }
            double depart_kWh = Math.max(mapping.departSoc() * mapping.capacity_kWh(), gain_kWh);
            int household = households.computeIfAbsent(row.text(mapping.household()), h -> households.size());
            int day = (int) (first / steps.count());
            int midnight = day * steps.count();
            return new Read(
                    new PlugInSession(
                            household,
                            0,
                            mapping.archetype(),
                            day,
                            (int) first - midnight,
                            (int) end - midnight,
                            depart_kWh - gain_kWh,
                            depart_kWh,
                            mapping.capacity_kWh(),
                            mapping.charger_kW()),
                    new Stay(arrive.getHour() + arrive.getMinute() / 60.0, duration_h, energy_kWh),
                    row.line());
        }
    }
}
