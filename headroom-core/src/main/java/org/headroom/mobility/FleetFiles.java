package org.headroom.mobility;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headroom.input.CsvTable;
import org.headroom.time.DaySteps;
import org.headroom.time.Season;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fleet's results as files, written while it is simulated: {@code trips.csv}, {@code days.csv}, {@code sessions.csv},
 * {@code charging.csv} and {@code summary.json}. Numbers are written as they are, unrounded.
 */
public final class FleetFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> TRIPS = List.of(
            "household",
            "ev",
            "archetype",
            "day",
            "leg",
            "purpose",
            "depart_h",
            "arrive_h",
            "distance_miles",
            "energy_kWh");
    private static final List<String> DAYS = List.of(
            "household", "ev", "archetype", "day", "trips", "departure_kWh", "use_kWh", "away_kWh", "return_kWh");
    private static final List<String> SESSIONS = List.of(
            "household",
            "ev",
            "archetype",
            "day",
            "arrive_step",
            "depart_step",
            "arrive_kWh",
            "depart_kWh",
            "capacity_kWh",
            "charger_kW");

    private FleetFiles() {}

    /** Simulates a fleet into a folder, which is made if it is not there; files of an earlier fleet are replaced. */
    public static FleetSummary write(Path folder, FleetRequest request) {
        try {
            Files.createDirectories(folder);
            FleetSummary summary;
            try (CsvWriter trips = CsvTable.create(folder.resolve("trips.csv"), TRIPS);
                    CsvWriter days = CsvTable.create(folder.resolve("days.csv"), DAYS);
                    CsvWriter sessions = CsvTable.create(folder.resolve("sessions.csv"), SESSIONS)) {
                summary = Fleet.simulate(request, new TravelObserver() {
                    @Override
                    public void trip(Trip trip) {
                        write(trips, trip);
                    }

                    @Override
                    public void carDay(CarDay day) {
                        write(days, day);
                    }

                    @Override
                    public void session(PlugInSession session) {
                        write(sessions, session, request.steps());
                    }
                });
            }
            writeCurve(folder, summary.curve());
            Files.writeString(
                    folder.resolve("summary.json"),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json(summary)) + "\n",
                    StandardCharsets.UTF_8);
            return summary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes sessions as {@code sessions.csv} has them, into any file. */
    public static void writeSessions(Path file, List<PlugInSession> sessions, DaySteps steps) {
        try (CsvWriter rows = CsvTable.create(file, SESSIONS)) {
            sessions.forEach(session -> write(rows, session, steps));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(CsvWriter trips, Trip trip) {
        trips.writeRecord(
                Long.toString(trip.household()),
                Integer.toString(trip.ev()),
                trip.archetype().label(),
                Integer.toString(trip.day()),
                Integer.toString(trip.leg()),
                trip.purpose().label(),
                Double.toString(trip.depart_h()),
                Double.toString(trip.arrive_h()),
                Double.toString(trip.distance_miles()),
                Double.toString(trip.energy_kWh()));
    }

    private static void write(CsvWriter days, CarDay day) {
        days.writeRecord(
                Long.toString(day.household()),
                Integer.toString(day.ev()),
                day.archetype().label(),
                Integer.toString(day.day()),
                Integer.toString(day.trips()),
                Double.toString(day.departure_kWh()),
                Double.toString(day.use_kWh()),
                Double.toString(day.away_kWh()),
                Double.toString(day.return_kWh()));
    }

    private static void write(CsvWriter sessions, PlugInSession session, DaySteps steps) {
        sessions.writeRecord(
                Long.toString(session.household()),
                Integer.toString(session.ev()),
                session.archetype().label(),
                Integer.toString(session.day()),
                Integer.toString(session.arriveStep()),
                Integer.toString(steps.ofDay(session.departStep())),
                Double.toString(session.arrive_kWh()),
                Double.toString(session.depart_kWh()),
                Double.toString(session.capacity_kWh()),
                Double.toString(session.charger_kW()));
    }

    private static void writeCurve(Path folder, ChargingCurve curve) throws IOException {
        try (CsvWriter rows = CsvTable.create(folder.resolve("charging.csv"), List.of("week", "step", "mean_kW"))) {
            for (int week = 0; week < curve.weeks(); week++) {
                for (int step = 0; step < curve.stepsPerWeek(); step++) {
                    rows.writeRecord(
                            Integer.toString(week), Integer.toString(step), Double.toString(curve.mean_kW(week, step)));
                }
            }
        }
    }

    private static Map<String, Object> json(FleetSummary summary) {
        FleetRequest request = summary.request();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", "headroom-fleet/1");
        json.put("archetype", request.archetype());
        json.put("households", request.households());
        json.put("weeks", request.weeks());
        Season season = request.findSeason();
        json.put("season", season == null ? "none" : season.label());
        if (request.findKind() == null) {
            Map<String, Double> shares = new LinkedHashMap<>();
            for (HouseholdKind kind : HouseholdKind.values()) {
                shares.put(kind.label(), request.population().shares().getOrDefault(kind, 0.0));
            }
            json.put("shares", shares);
            json.put("evPenetration", request.population().evPenetration());
        }
        json.put("habit", request.habit().label());
        json.put("charger_kW", request.charger_kW());
        json.put("seed", request.seed().value());
        json.put("stepsPerDay", request.steps().count());
        json.put("parameters", summary.parameters());
        json.put(
                "notes",
                List.of(
                        "Annual figures are those of 365 days, per car; of two-ev per household. "
                                + "Energies are measured at the wall.",
                        ("peak_kW is the highest of all steps of %d weeks of the mean over the archetype's households; "
                                        + "it grows with the number of weeks.")
                                .formatted(request.weeks())));
        Map<String, Object> byName = new LinkedHashMap<>();
        byName.put("run", json);
        for (ArchetypeSummary archetype : summary.archetypes()) {
            byName.put(archetype.archetype(), json(archetype));
        }
        return byName;
    }

    private static Map<String, Object> json(ArchetypeSummary archetype) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("households", archetype.households());
        json.put("cars", archetype.cars());
        json.put("annual_kWh", archetype.annual_kWh());
        json.put("annualTrips", archetype.annualTrips());
        json.put("annualMiles", archetype.annualMiles());
        json.put("homeCharged_kWh", archetype.homeCharged_kWh());
        json.put("awayCharged_kWh", archetype.awayCharged_kWh());
        json.put("availabilityShare", archetype.availabilityShare());
        json.put("plugInsPerWeek", archetype.plugInsPerWeek());
        json.put("peak_kW", archetype.peak_kW());
        json.put("peakHourWeekday", archetype.peakHourWeekday());
        json.put("peakHourWeekend", archetype.peakHourWeekend());
        json.put("peakWeekend_kW", archetype.peakWeekend_kW());
        json.put("redrawnDays", archetype.redrawnDays());
        json.put("drivenDays", archetype.drivenDays());
        return json;
    }
}
