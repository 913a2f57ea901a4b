package org.headroom.mobility;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.time.Season;
import org.jspecify.annotations.Nullable;

/**
 * Parameter sets as YAML: the shipped {@code paper}, and files that users make from it. Every fault is told with file,
 * key, value and allowed range.
 */
public final class MobilityParameterFile {
    /** The set of the paper's study. */
    public static final String PAPER = "paper";
    /** The set fitted to the National Travel Survey. */
    public static final String UK = "uk";

    /** What ships, drafts included: they are what the calibration of the sets begins from. */
    private static final List<String> SHIPPED = List.of(PAPER, UK, "paper-draft", "uk-draft");

    private static final String FORMAT = "headroom-mobility/1";
    private static final double ANY = Double.MAX_VALUE;

    private MobilityParameterFile() {}

    /** The set of that name if it is shipped, or else the file's. */
    public static MobilityParameters load(String nameOrFile) {
        if (SHIPPED.contains(nameOrFile)) {
            return shipped(nameOrFile);
        }
        Path file = findFile(nameOrFile);
        if (file != null) {
            return read(file);
        }
        throw unknown(nameOrFile);
    }

    /** The shipped set {@code paper} (paper, Table 1 and Figs. 7-9). */
    public static MobilityParameters paper() {
        return shipped(PAPER);
    }

    /** The shipped set {@code uk} (National Travel Survey). */
    public static MobilityParameters uk() {
        return shipped(UK);
    }

    /** A shipped set as text, comments and all, to copy and edit; a name nobody knows is an {@link InputException}. */
    public static String text(String name) {
        if (!SHIPPED.contains(name)) {
            throw unknown(name);
        }
        String resource = name + ".yaml";
        try (InputStream stream = MobilityParameterFile.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("resource %s is missing".formatted(resource));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MobilityParameters shipped(String name) {
        return parse(name + ".yaml", text(name));
    }

    private static InputException unknown(String name) {
        return new InputException("""
                parameter set '%s' is neither shipped nor a file; shipped are: %s.
                Maybe write your own from one: headroom fleet parameters my.yaml""".formatted(name, String.join(", ", SHIPPED)));
    }

    /** Reads a file. */
    public static MobilityParameters read(Path file) {
        return parameters(Document.read(file));
    }

    /** Reads text; {@code source} names it in messages. */
    public static MobilityParameters parse(String source, String text) {
        return parameters(Document.parse(source, text));
    }

    private static @Nullable Path findFile(String name) {
        try {
            Path file = Path.of(name);
            return Files.isRegularFile(file) ? file : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static MobilityParameters parameters(Document document) {
        String format = document.text("format", FORMAT);
        if (!format.equals(FORMAT)) {
            throw document.fault("format", "is '%s', expected %s.".formatted(format, FORMAT));
        }
        String name = document.text("name");
        double efficiency = document.number("efficiency", 0, 1);
        int burnInWeeks = document.integer("burnInWeeks", 0, 520);
        Document thresholds = document.object("plugInBelowSoc");
        double guzzleSoc = thresholds.number("guzzle", 0, 1);
        double grazeSoc = thresholds.number("graze", 0, 1);
        thresholds.refuseUnknownKeys();
        double targetSoc = document.number("targetSoc", 0, 1);
        double reserveSoc = document.number("reserveSoc", 0, 1);
        double awayTargetSoc = document.number("awayTargetSoc", 0, 1);
        double awayDayShare = document.number("awayDayShare", 0.0, 0, 1);
        boolean equalHomeEnergy = document.flag("equalHomeEnergy", false);

        Map<Season, Double> seasonUse = new EnumMap<>(Season.class);
        Document factors = document.findObject("seasonUse");
        for (Season season : Season.values()) {
            seasonUse.put(season, factors == null ? 1.0 : factors.number(season.label(), 1.0, 0, 5));
        }
        if (factors != null) {
            factors.refuseUnknownKeys();
        }
        DayRules rules = rules(document);

        List<ChargerShare> chargers = chargers(document);
        Holidays holidays = holidays(document);

        Document archetypes = document.object("archetypes");
        Map<Archetype, CarParameters> cars = new EnumMap<>(Archetype.class);
        for (Archetype archetype : Archetype.values()) {
            Document car = archetypes.object(archetype.label());
            cars.put(archetype, naming(archetypes, archetype.label(), () -> car(car, reserveSoc)));
        }
        archetypes.refuseUnknownKeys();
        document.refuseUnknownKeys();
        return naming(
                document,
                () -> new MobilityParameters(
                        name,
                        efficiency,
                        targetSoc,
                        guzzleSoc,
                        grazeSoc,
                        awayTargetSoc,
                        awayDayShare,
                        equalHomeEnergy,
                        burnInWeeks,
                        rules,
                        seasonUse,
                        chargers,
                        holidays,
                        cars));
    }

    /** The list {@code chargers}; empty where it is absent. */
    static List<ChargerShare> chargers(Document document) {
        List<ChargerShare> chargers = new ArrayList<>();
        if (document.has("chargers")) {
            for (Document of : document.objects("chargers")) {
                double share = of.number("share", 0, 1);
                double rated_kW = of.number("rated_kW", 0, 1000);
                of.refuseUnknownKeys();
                chargers.add(naming(of, () -> new ChargerShare(share, rated_kW)));
            }
        }
        return chargers;
    }

    /** The key {@code holidays}; none where it is absent. */
    static Holidays holidays(Document document) {
        Document away = document.findObject("holidays");
        if (away == null) {
            return Holidays.NONE;
        }
        double perYear = away.number("perYear", 0.0, 0, 100);
        int days = away.integer("days", 7, 1, 60);
        away.refuseUnknownKeys();
        return naming(document, () -> new Holidays(perYear, days));
    }

    /**
     * A list of batteries; empty where it is absent.
     *
     * @param otherwise_kWhPerMile consumption of a battery that tells none, or null where each has to
     */
    static List<Battery> batteries(Document document, String key, @Nullable Double otherwise_kWhPerMile) {
        List<Battery> batteries = new ArrayList<>();
        if (document.has(key)) {
            for (Document of : document.objects(key)) {
                double share = of.number("share", 0, 1);
                double size_kWh = of.number("capacity_kWh", 0, 1000);
                double use_kWhPerMile = otherwise_kWhPerMile == null
                        ? of.number("consumption_kWhPerMile", 0, 10)
                        : of.number("consumption_kWhPerMile", otherwise_kWhPerMile, 0, 10);
                of.refuseUnknownKeys();
                batteries.add(naming(of, () -> new Battery(share, size_kWh, use_kWhPerMile)));
            }
        }
        return batteries;
    }

    private static DayRules rules(Document document) {
        Document travel = document.object("travel");
        double fixed_h = travel.number("fixed_h", 0, 2);
        double speed_milesPerHour = travel.number("speed_milesPerHour", 1, 100);
        travel.refuseUnknownKeys();
        Document stays = document.object("shortestStay_h");
        Map<TripPurpose, Double> shortestStay_h = new EnumMap<>(TripPurpose.class);
        for (TripPurpose purpose : TripPurpose.values()) {
            shortestStay_h.put(purpose, stays.number(purpose.label(), 0, 12));
        }
        stays.refuseUnknownKeys();
        List<Double> postHome_h = document.numbers("postHome_h", 0, 12);
        if (postHome_h.size() != 2) {
            throw document.fault(
                    "postHome_h", "is %s, expected two numbers: shortest and longest.".formatted(postHome_h));
        }
        double earliestDeparture_h = document.number("earliestDeparture_h", 0, 24);
        double latestDeparture_h = document.number("latestDeparture_h", 0, 24);
        double latestReturn_h = document.number("latestReturn_h", 0, 24);
        double latestPostHomeReturn_h = document.number("latestPostHomeReturn_h", 0, 28);
        int tries = document.integer("tries", 1, 100_000);
        return naming(
                document,
                () -> new DayRules(
                        fixed_h,
                        speed_milesPerHour,
                        shortestStay_h,
                        earliestDeparture_h,
                        latestDeparture_h,
                        latestReturn_h,
                        latestPostHomeReturn_h,
                        postHome_h.get(0),
                        postHome_h.get(1),
                        tries));
    }

    private static CarParameters car(Document document, double commonReserveSoc) {
        double capacity_kWh = document.number("capacity_kWh", 0, 1000);
        double consumption_kWhPerMile = document.number("consumption_kWhPerMile", 0, 10);
        double reserveSoc = document.number("reserveSoc", commonReserveSoc, 0, 1);
        List<Battery> batteries = batteries(document, "batteries", consumption_kWhPerMile);
        Map<TripPurpose, PurposeTravel> travel = new EnumMap<>(TripPurpose.class);
        Document purposes = document.object("purposes");
        for (TripPurpose purpose : TripPurpose.values()) {
            Document of = purposes.findObject(purpose.label());
            if (of != null) {
                travel.put(purpose, naming(purposes, purpose.label(), () -> travel(of)));
            }
        }
        purposes.refuseUnknownKeys();
        Document weekdays = document.object("weekday");
        Document weekends = document.object("weekend");
        DayPattern weekday = naming(document, "weekday", () -> pattern(weekdays, null));
        DayPattern weekend = naming(document, "weekend", () -> pattern(weekends, weekday));
        document.refuseUnknownKeys();
        return new CarParameters(capacity_kWh, consumption_kWhPerMile, batteries, reserveSoc, travel, weekday, weekend);
    }

    private static PurposeTravel travel(Document document) {
        double mean_miles = document.number("mean_miles", 0, 1000);
        double sigma = document.number("sigma", 0, 3);
        double longestTrip_miles = document.number("longestTrip_miles", 0, 2000);
        double longestAway_h = document.number("longestAway_h", 0, 24);
        document.refuseUnknownKeys();
        return new PurposeTravel(mean_miles, sigma, longestTrip_miles, longestAway_h);
    }

    /** A day's pattern; a key that is absent is taken from {@code base}, where there is one. */
    private static DayPattern pattern(Document document, @Nullable DayPattern base) {
        double usedShare = document.number("used", 0, 1);
        Map<TripPurpose, Double> first =
                base != null && !document.has("firstPurpose") ? base.first() : shares(document.object("firstPurpose"));
        Map<TripPurpose, Map<TripPurpose, Double>> adjacent =
                base != null && !document.has("adjacent") ? base.adjacent() : rows(document.object("adjacent"));
        Map<TripPurpose, Double> postHome =
                base != null && !document.has("postHome") ? base.postHome() : shares(document.object("postHome"));
        Map<TripPurpose, HourMixture> departure_h = base != null && !document.has("departure_h")
                ? base.departure_h()
                : mixtures(document.object("departure_h"));
        Map<TripPurpose, HourMixture> return_h =
                base != null && !document.has("return_h") ? base.return_h() : mixtures(document.object("return_h"));
        document.refuseUnknownKeys();
        return new DayPattern(usedShare, first, adjacent, postHome, departure_h, return_h);
    }

    private static Map<TripPurpose, Double> shares(Document document) {
        Map<TripPurpose, Double> shares = new EnumMap<>(TripPurpose.class);
        for (TripPurpose purpose : TripPurpose.values()) {
            shares.put(purpose, document.number(purpose.label(), 0.0, 0, 1));
        }
        document.refuseUnknownKeys();
        return shares;
    }

    private static Map<TripPurpose, Map<TripPurpose, Double>> rows(Document document) {
        Map<TripPurpose, Map<TripPurpose, Double>> rows = new EnumMap<>(TripPurpose.class);
        for (TripPurpose from : TripPurpose.values()) {
            Document row = document.findObject(from.label());
            if (row != null) {
                rows.put(from, shares(row));
            }
        }
        document.refuseUnknownKeys();
        return rows;
    }

    private static Map<TripPurpose, HourMixture> mixtures(Document document) {
        Map<TripPurpose, HourMixture> mixtures = new EnumMap<>(TripPurpose.class);
        for (TripPurpose purpose : TripPurpose.values()) {
            if (document.has(purpose.label())) {
                mixtures.put(purpose, naming(document, purpose.label(), () -> mixture(document, purpose)));
            }
        }
        document.refuseUnknownKeys();
        return mixtures;
    }

    private static HourMixture mixture(Document document, TripPurpose purpose) {
        List<HourMixture.Component> components = new ArrayList<>();
        for (Document normal : document.objects(purpose.label())) {
            double share = normal.number("share", 0, 1);
            double mean_h = normal.number("mean", -ANY, ANY);
            double sd_h = normal.number("sd", 0, ANY);
            normal.refuseUnknownKeys();
            components.add(new HourMixture.Component(share, mean_h, sd_h));
        }
        return new HourMixture(components);
    }

    /** Runs a constructor whose complaints begin with a key, and names the file before it. */
    private static <T> T naming(Document document, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw faultOf(document, "", e);
        }
    }

    /** The same for the value under a key. */
    private static <T> T naming(Document document, String key, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw faultOf(document, key, e);
        }
    }

    private static InputException faultOf(Document document, String key, IllegalArgumentException problem) {
        InputException fault = document.fault(key, problem.getMessage() + ".");
        fault.initCause(problem);
        return fault;
    }
}
