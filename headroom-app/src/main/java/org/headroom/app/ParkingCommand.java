package org.headroom.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.headroom.input.InputException;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.mobility.ParkingFiles;
import org.headroom.mobility.ParkingLot;
import org.headroom.mobility.ParkingSummary;
import org.headroom.mobility.Weeks;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headroom fleet parking}: cars that share a public parking lot's charging points. */
@Command(
        name = "parking",
        description = "Simulates a public parking lot with more cars than charging points.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Cars that come nearly empty have reserved a point; others take what is free, first come, first served.",
            "Writes sessions.csv, turned-away.csv and summary.json.",
            "Example: headroom fleet parking --cars 40 --chargers 10 --out lot"
        })
final class ParkingCommand implements Callable<Integer> {
    @Option(
            names = "--cars",
            paramLabel = "N",
            defaultValue = "40",
            description = "Cars that charge there alone (default: ${DEFAULT-VALUE}).")
    private int cars = 40;

    @Option(
            names = "--chargers",
            paramLabel = "M",
            defaultValue = "10",
            description = "Charging points, fewer than cars (default: ${DEFAULT-VALUE}).")
    private int chargers = 10;

    @Option(
            names = "--charger",
            paramLabel = "KW",
            defaultValue = "7",
            description = "Rated power of each (default: ${DEFAULT-VALUE}).")
    private double charger_kW = 7;

    @Option(
            names = "--reserve-below",
            paramLabel = "SOC",
            defaultValue = "0.25",
            description = "State of charge below which a car has reserved (default: ${DEFAULT-VALUE}).")
    private double reserveBelowSoc = 0.25;

    @Option(
            names = "--top-up-below",
            paramLabel = "SOC",
            defaultValue = "0.85",
            description = "State of charge below which a car takes a free point (default: ${DEFAULT-VALUE}).")
    private double topUpBelowSoc = 0.85;

    @Option(
            names = "--weeks",
            paramLabel = "W",
            defaultValue = "4",
            description = "Weeks to record, after the burn-in (default: ${DEFAULT-VALUE}).")
    private int weeks = 4;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of all random draws (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = {"--parameters", "--set"},
            paramLabel = "NAME|FILE",
            defaultValue = MobilityParameterFile.PAPER,
            description = "Parameter set: paper, uk, or a file made from one (default: ${DEFAULT-VALUE}).")
    private String parameters = MobilityParameterFile.PAPER;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the results.")
    private Path out = Path.of("lot");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (weeks < 1 || weeks > 10_000) {
            throw new InputException("--weeks is %d, expected 1 to 10000.".formatted(weeks));
        }
        ParkingLot lot;
        try {
            lot = new ParkingLot(chargers, charger_kW, cars, reserveBelowSoc, topUpBelowSoc);
        } catch (IllegalArgumentException e) {
            throw new InputException("parking lot: %s.".formatted(e.getMessage()), e);
        }
        ParkingSummary summary = ParkingFiles.write(
                out,
                MobilityParameterFile.load(parameters),
                DaySteps.HOURLY,
                new StudySeed(seed),
                lot,
                Weeks.of(weeks));
        PrintWriter console = spec.commandLine().getOut();
        console.printf(
                Locale.ROOT,
                """
                %d cars, %d points of %s kW, %d weeks, seed %d, parameters %s
                  %6d stays reserved, %d cars with a reservation turned away
                  %6d stays first come, first served, %d cars turned away
                  %6d times a car came too full to try
                  points occupied %.0f %% of the time; %.0f kWh charged there, %.0f kWh elsewhere
                Written to %s: sessions.csv, turned-away.csv, summary.json
                """,
                cars,
                chargers,
                charger_kW,
                weeks,
                seed,
                parameters,
                summary.reserved(),
                summary.turnedAwayReserved(),
                summary.firstCome(),
                summary.turnedAway(),
                summary.full(),
                100 * summary.occupiedShare(),
                summary.charged_kWh(),
                summary.away_kWh(),
                out);
        console.flush();
        return 0;
    }
}
