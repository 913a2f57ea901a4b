package org.headroom.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.headroom.input.InputException;
import org.headroom.mobility.ArchetypeSummary;
import org.headroom.mobility.FleetFiles;
import org.headroom.mobility.FleetRequest;
import org.headroom.mobility.FleetSummary;
import org.headroom.mobility.Habit;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.mobility.Population;
import org.headroom.mobility.calibration.CalibrationTargets;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.Season;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom fleet}: trips, plug-in sessions and charging curve of a fleet. */
@Command(
        name = "fleet",
        description = "Simulates households with electric cars: trips, plug-in sessions, charging curve.",
        mixinStandardHelpOptions = true,
        subcommands = {
            FleetCommand.ParametersCommand.class,
            FleetCommand.TargetsCommand.class,
            CalibrateCommand.class,
            SessionsCommand.class,
            ParkingCommand.class
        },
        footer = {
            "",
            "Writes trips.csv, days.csv, sessions.csv, charging.csv and summary.json.",
            "Example: headroom fleet --archetype pro --households 118 --weeks 4 --habit guzzle --charger 7 --out fleet"
        })
final class FleetCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--archetype",
            paramLabel = "KIND",
            defaultValue = FleetRequest.MIX,
            description = "Households: ret, pro, two-ev, or mix for a third of each (default: ${DEFAULT-VALUE}).")
    private String archetype = FleetRequest.MIX;

    @Option(
            names = "--shares",
            split = ",",
            paramLabel = "KIND=SHARE",
            description = "Shares of the mix, such as ret=0.5,pro=0.3,two-ev=0.2 (default: a third of each).")
    private Map<String, Double> shares = Map.of();

    @Option(
            names = "--ev-penetration",
            paramLabel = "SHARE",
            defaultValue = "1",
            description = "Share of the mix's households with electric cars (default: ${DEFAULT-VALUE}).")
    private double evPenetration = 1;

    @Option(
            names = "--season",
            paramLabel = "SEASON",
            description = "winter, spring, summer or autumn, whose factor on consumption counts (default: none).")
    private @Nullable String season;

    @Option(
            names = "--households",
            paramLabel = "N",
            defaultValue = "118",
            description = "Number of households (default: ${DEFAULT-VALUE}).")
    private int households;

    @Option(
            names = "--weeks",
            paramLabel = "W",
            defaultValue = "4",
            description = "Weeks to record, after the burn-in (default: ${DEFAULT-VALUE}).")
    private int weeks;

    @Option(
            names = "--habit",
            paramLabel = "HABIT",
            defaultValue = "guzzle",
            description = "graze: plugs in often; guzzle: only when nearly empty (default: ${DEFAULT-VALUE}).")
    private String habit = "guzzle";

    @Option(
            names = "--charger",
            paramLabel = "KW",
            defaultValue = "7",
            description = "Rated power of each household's charger (default: ${DEFAULT-VALUE}).")
    private double charger_kW;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of all random draws (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "24",
            description = "Steps a day: 24, 48 or 96 (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = {"--parameters", "--set"},
            paramLabel = "NAME|FILE",
            defaultValue = MobilityParameterFile.PAPER,
            description = "Parameter set: paper, uk, or a file made from one (default: ${DEFAULT-VALUE}).")
    private String parameters = MobilityParameterFile.PAPER;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results; it is made if it is not there.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Path folder = out;
        if (folder == null) {
            throw new InputException(
                    "option --out is missing, expected the folder for the results.\nMaybe --out fleet.");
        }
        atLeastOne("--households", households, 10_000_000);
        atLeastOne("--weeks", weeks, 10_000);
        if (!(charger_kW > 0 && charger_kW <= 1000)) {
            throw new InputException("--charger is %s kW, expected above 0 and at most 1000.".formatted(charger_kW));
        }
        if (steps != 24 && steps != 48 && steps != 96) {
            throw new InputException("--steps is %d, expected 24, 48 or 96 steps a day.".formatted(steps));
        }
        FleetRequest request = new FleetRequest(
                archetype.equals(FleetRequest.MIX) ? null : kind(),
                population(),
                findSeason(),
                households,
                weeks,
                habit(),
                charger_kW,
                new StudySeed(seed),
                new DaySteps(steps),
                MobilityParameterFile.load(parameters));
        show(out(), FleetFiles.write(folder, request), folder);
        return 0;
    }

    private HouseholdKind kind() {
        try {
            return HouseholdKind.named(archetype);
        } catch (InputException e) {
            throw new InputException("--archetype: " + e.getMessage() + "\nAlso possible: mix, a third of each.", e);
        }
    }

    private Population population() {
        Map<HouseholdKind, Double> byKind = new EnumMap<>(HouseholdKind.class);
        shares.forEach((kind, share) -> byKind.put(HouseholdKind.named(kind), share));
        if (!shares.isEmpty() && !archetype.equals(FleetRequest.MIX)) {
            throw new InputException(
                    "--shares are given, but --archetype is %s.\nMaybe --archetype mix.".formatted(archetype));
        }
        try {
            return new Population(byKind.isEmpty() ? Population.THIRDS.shares() : byKind, evPenetration);
        } catch (IllegalArgumentException e) {
            throw new InputException("--shares, --ev-penetration: %s.".formatted(e.getMessage()), e);
        }
    }

    private @Nullable Season findSeason() {
        String name = season;
        if (name == null) {
            return null;
        }
        for (Season known : Season.values()) {
            if (known.label().equals(name)) {
                return known;
            }
        }
        throw new InputException("--season is '%s', expected winter, spring, summer or autumn.".formatted(name));
    }

    private Habit habit() {
        try {
            return Habit.named(habit);
        } catch (InputException e) {
            throw new InputException("--habit: " + e.getMessage(), e);
        }
    }

    private static void atLeastOne(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new InputException("%s is %d, expected 1 to %d.".formatted(option, value, most));
        }
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("the command runs without its specification");
        }
        return spec.commandLine().getOut();
    }

    private static void show(PrintWriter out, FleetSummary summary, Path folder) {
        FleetRequest request = summary.request();
        out.printf(
                Locale.ROOT,
                "%s: %d household%s, %d week%s, %s, %s kW, seed %d, parameters %s%n%n",
                request.archetype(),
                request.households(),
                request.households() == 1 ? "" : "s",
                request.weeks(),
                request.weeks() == 1 ? "" : "s",
                request.habit().label(),
                number(request.charger_kW()),
                request.seed().value(),
                summary.parameters());
        out.printf(
                "%-8s %10s %8s %9s %8s %7s %8s %8s %9s %9s %9s %9s%n",
                "",
                "households",
                "kWh/year",
                "away kWh",
                "trips",
                "miles",
                "at home",
                "plug-ins",
                "peak kW",
                "hour",
                "weekend kW",
                "hour");
        for (ArchetypeSummary a : summary.archetypes()) {
            out.printf(
                    Locale.ROOT,
                    "%-8s %10d %8.0f %9.0f %8.0f %7.0f %7.1f%% %8.2f %9.3f %9d %10.3f %8d%n",
                    a.archetype(),
                    a.households(),
                    a.annual_kWh(),
                    a.awayCharged_kWh(),
                    a.annualTrips(),
                    a.annualMiles(),
                    100 * a.availabilityShare(),
                    a.plugInsPerWeek(),
                    a.peak_kW(),
                    a.peakHourWeekday(),
                    a.peakWeekend_kW(),
                    a.peakHourWeekend());
        }
        out.printf(
                "%nA year and car (two-ev: a household); plug-ins a week; peak of the mean charger under immediate charge,%n");
        out.printf(
                "highest step of %d week%s: it grows with the number of weeks.%n",
                request.weeks(), request.weeks() == 1 ? "" : "s");
        long redrawn = summary.archetypes().stream()
                .filter(a -> !isSecondary(a))
                .mapToLong(ArchetypeSummary::redrawnDays)
                .sum();
        long driven = summary.archetypes().stream()
                .filter(a -> !isSecondary(a))
                .mapToLong(ArchetypeSummary::drivenDays)
                .sum();
        out.printf("%d of %d days of use were drawn anew because no hours fitted their trips.%n", redrawn, driven);
        out.printf("Written to %s: trips.csv, days.csv, sessions.csv, charging.csv, summary.json%n", folder);
        out.flush();
    }

    /** The cars of a two-car household are shown beside it and must not count twice. */
    private static boolean isSecondary(ArchetypeSummary summary) {
        return summary.archetype().equals("sho") || summary.archetype().equals("fam");
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** {@code headroom fleet parameters}: a shipped parameter set, to copy and edit. */
    @Command(
            name = "parameters",
            description = "Writes a shipped parameter set with its comments, to copy and edit.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: headroom fleet parameters my.yaml --set uk"})
    static final class ParametersCommand implements Callable<Integer> {
        @Mixin
        private ShippedText shipped = new ShippedText();

        @Override
        public Integer call() {
            shipped.write(MobilityParameterFile::text, "headroom fleet --parameters %s");
            return 0;
        }
    }

    /** {@code headroom fleet targets}: shipped targets of a calibration, to copy and edit. */
    @Command(
            name = "targets",
            description = "Writes the targets that a shipped set was fitted to, to copy and edit.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: headroom fleet targets my-targets.yaml --set uk"})
    static final class TargetsCommand implements Callable<Integer> {
        @Mixin
        private ShippedText shipped = new ShippedText();

        @Override
        public Integer call() {
            shipped.write(CalibrationTargets::shippedText, "headroom fleet calibrate --targets %s --out my-set.yaml");
            return 0;
        }
    }

    /** Options of commands that hand out a shipped text. */
    static final class ShippedText {
        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec = CommandSpec.create();

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "FILE",
                description = "File to write; printed when left out. An existing file is not replaced.")
        private @Nullable Path file;

        @Option(
                names = "--set",
                paramLabel = "NAME",
                defaultValue = MobilityParameterFile.PAPER,
                description = "paper or uk (default: ${DEFAULT-VALUE}).")
        private String set = MobilityParameterFile.PAPER;

        void write(UnaryOperator<String> textOf, String use) {
            PrintWriter out = spec.commandLine().getOut();
            String text = textOf.apply(set);
            Path target = file;
            if (target == null) {
                out.print(text);
                out.flush();
                return;
            }
            if (Files.exists(target)) {
                throw InputException.in(target, "is there already and is not replaced.\nMaybe choose another name.");
            }
            try {
                Files.writeString(target, text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            out.printf("Written to %s. Use it: %s%n", target, use.formatted(target));
            out.flush();
        }
    }
}
