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
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import tools.jackson.databind.json.JsonMapper;

/** A parking lot's results as files, written while it is simulated: {@code sessions.csv}, {@code turned-away.csv}, {@code summary.json}. */
public final class ParkingFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> SESSIONS = List.of(
            "car",
            "archetype",
            "charger",
            "day",
            "arrive_step",
            "depart_step",
            "arrive_kWh",
            "depart_kWh",
            "capacity_kWh",
            "charger_kW");

    private ParkingFiles() {}

    /** Simulates a lot into a folder, which is made if it is not there. */
    public static ParkingSummary write(
            Path folder, MobilityParameters parameters, DaySteps steps, StudySeed seed, ParkingLot lot, Weeks weeks) {
        try {
            Files.createDirectories(folder);
            ParkingSummary summary;
            try (CsvWriter sessions = CsvTable.create(folder.resolve("sessions.csv"), SESSIONS);
                    CsvWriter away =
                            CsvTable.create(folder.resolve("turned-away.csv"), List.of("car", "day", "reserved"))) {
                summary = new PublicParking(parameters, Population.THIRDS, steps)
                        .simulate(seed, 0, 0, lot, weeks, new ParkingObserver() {
                            @Override
                            public void session(int charger, PlugInSession session) {
                                sessions.writeRecord(
                                        Long.toString(session.household()),
                                        session.archetype().label(),
                                        Integer.toString(charger),
                                        Integer.toString(session.day()),
                                        Integer.toString(session.arriveStep()),
                                        Integer.toString(steps.ofDay(session.departStep())),
                                        Double.toString(session.arrive_kWh()),
                                        Double.toString(session.depart_kWh()),
                                        Double.toString(session.capacity_kWh()),
                                        Double.toString(session.charger_kW()));
                            }

                            @Override
                            public void turnedAway(int car, int day, boolean reserved) {
                                away.writeRecord(
                                        Integer.toString(car), Integer.toString(day), Boolean.toString(reserved));
                            }
                        });
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("format", "headroom-parking/1");
            json.put("parameters", parameters.name());
            json.put("seed", seed.value());
            json.put("weeks", weeks.count());
            json.put("chargers", lot.chargers());
            json.put("charger_kW", lot.charger_kW());
            json.put("cars", lot.cars());
            json.put("reserveBelowSoc", lot.reserveBelowSoc());
            json.put("topUpBelowSoc", lot.topUpBelowSoc());
            json.put("reserved", summary.reserved());
            json.put("firstCome", summary.firstCome());
            json.put("turnedAwayReserved", summary.turnedAwayReserved());
            json.put("turnedAway", summary.turnedAway());
            json.put("full", summary.full());
            json.put("occupiedShare", summary.occupiedShare());
            json.put("charged_kWh", summary.charged_kWh());
            json.put("away_kWh", summary.away_kWh());
            Files.writeString(
                    folder.resolve("summary.json"),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n",
                    StandardCharsets.UTF_8);
            return summary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
