package org.headroom.mobility.calibration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.mobility.Archetype;
import org.headroom.mobility.Habit;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.TripPurpose;
import org.headroom.time.DayType;

/**
 * What a calibration aims at, read from a YAML file.
 *
 * @param name name that the fitted set carries
 * @param about what the set is and where its targets come from, line by line
 * @param start parameter set the fit begins from: a shipped one or a file
 * @param habit habit under which charging is measured
 * @param charger_kW charger under which charging is measured
 * @param households households of one sample
 * @param weeks weeks of one sample
 * @param samples samples that medians and intervals are taken over
 * @param evaluations most trials of the search for each archetype and sweep
 * @param sweeps how often each archetype is fitted in turn: 1 where no target is the fleet's, else 2 or more
 */
public record CalibrationTargets(
        String name,
        List<String> about,
        String start,
        Habit habit,
        double charger_kW,
        int households,
        int weeks,
        int samples,
        int evaluations,
        int sweeps,
        List<Target> targets) {
    private static final String FORMAT = "headroom-targets/1";
    /** All cars together, in the shares of the default population. */
    public static final String FLEET = "fleet";

    private static final List<String> SHIPPED = List.of("paper", "uk");

    public CalibrationTargets {
        about = List.copyOf(about);
        targets = List.copyOf(targets);
    }

    /** The targets of that name if they are shipped, or else the file's. */
    public static CalibrationTargets load(String nameOrFile) {
        if (SHIPPED.contains(nameOrFile)) {
            return parse("targets-" + nameOrFile + ".yaml", shippedText(nameOrFile));
        }
        Path file = Path.of(nameOrFile);
        if (!Files.exists(file)) {
            throw new InputException(
                    "targets '%s' are neither shipped nor a file; shipped are: %s.\nMaybe begin from shipped ones: headroom fleet targets my-targets.yaml"
                            .formatted(nameOrFile, String.join(", ", SHIPPED)));
        }
        return targets(Document.read(file));
    }

    /** Shipped targets as text, comments and all, to copy and edit. */
    public static String shippedText(String name) {
        String resource = "targets-" + name + ".yaml";
        try (InputStream stream = CalibrationTargets.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new InputException(
                        "targets '%s' are not shipped; shipped are: %s.".formatted(name, String.join(", ", SHIPPED)));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads text; {@code source} names it in messages. */
    public static CalibrationTargets parse(String source, String text) {
        return targets(Document.parse(source, text));
    }

    private static CalibrationTargets targets(Document document) {
        document.choice("format", List.of(FORMAT));
        String name = document.text("name");
        List<String> about = document.text("about", "").lines().toList();
        String start = document.text("start", "paper-draft");
        Document measured = document.object("measured");
        Habit habit = Habit.named(measured.choice("habit", "guzzle", List.of("guzzle", "graze")));
        double charger_kW = measured.number("charger_kW", 7.0, 0.1, 1000);
        int households = measured.integer("households", 118, 2, 100_000);
        int weeks = measured.integer("weeks", 4, 1, 520);
        int samples = measured.integer("samples", 200, 5, 10_000);
        measured.refuseUnknownKeys();
        Document search = document.object("search");
        int evaluations = search.integer("evaluations", 1500, 0, 1_000_000);
        int sweeps = search.integer("sweeps", 1, 1, 20);
        search.refuseUnknownKeys();

        List<Target> targets = new ArrayList<>();
        List<String> scopes = scopes();
        Document all = document.object("targets");
        for (String scope : scopes) {
            Document of = all.findObject(scope);
            if (of != null) {
                readScope(of, scope, targets);
            }
        }
        all.refuseUnknownKeys();
        document.refuseUnknownKeys();
        if (targets.isEmpty()) {
            throw document.fault("targets", "are empty, expected at least one.");
        }
        return new CalibrationTargets(
                name, about, start, habit, charger_kW, households, weeks, samples, evaluations, sweeps, targets);
    }

    /** Whose targets there may be. */
    static List<String> scopes() {
        List<String> scopes = new ArrayList<>(List.of(FLEET, HouseholdKind.TWO_EV.label()));
        for (Archetype archetype : Archetype.values()) {
            scopes.add(archetype.label());
        }
        return scopes;
    }

    private static void readScope(Document document, String scope, List<Target> targets) {
        for (Quantity quantity : Quantity.values()) {
            Document of = document.findObject(quantity.key());
            if (of != null) {
                if (!quantity.isMeasuredFor(scope)) {
                    throw document.fault(
                            quantity.key(),
                            "is no figure of %s.\nMaybe it belongs to ret, pro or two-ev.".formatted(scope));
                }
                double weight = of.number("weight", quantity.isFittedFor(scope) ? 1.0 : 0.0, 0, 1e6);
                if (weight > 0 && !quantity.isFittedFor(scope)) {
                    throw of.fault(
                            "weight",
                            "is %s, but no stage of the fit brings %s of %s to a target.\nMaybe leave it out: the target is then shown, not fitted."
                                    .formatted(Numbers.shown(weight), quantity.key(), scope));
                }
                double most = quantity.isRelative()
                        ? 1e6
                        : quantity == Quantity.AVAILABILITY || quantity == Quantity.HOME_SHARE ? 1 : 24;
                List<Double> bounds = of.has("from")
                        ? List.of(of.number("from", 0, most), of.number("to", 0, most))
                        : List.of(of.number("value", 0, most), of.number("value", 0, most));
                if (bounds.get(0) > bounds.get(1)) {
                    throw of.fault("from", "is %s, expected at most to (%s).".formatted(bounds.get(0), bounds.get(1)));
                }
                if (quantity.isRelative() && bounds.get(0) == 0) {
                    throw of.fault(of.has("from") ? "from" : "value", "is 0, expected above 0.");
                }
                targets.add(new Target.Figure(
                        scope,
                        quantity,
                        bounds.get(0),
                        bounds.get(1),
                        of.number("within", quantity.usualTolerance(), 1e-6, 24),
                        weight));
                of.refuseUnknownKeys();
            }
        }
        Document miles = document.findObject("meanMiles");
        if (miles != null) {
            for (TripPurpose purpose : TripPurpose.values()) {
                Document of = miles.findObject(purpose.label());
                if (of != null) {
                    targets.add(new Target.MeanMiles(
                            scope,
                            purpose,
                            of.number("value", 0.01, 1000),
                            of.number("within", 0.03, 1e-6, 10),
                            of.number("weight", 1.0, 0, 1e6)));
                    of.refuseUnknownKeys();
                }
            }
            miles.refuseUnknownKeys();
        }
        if (document.has("startHours")) {
            for (Document of : document.objects("startHours")) {
                targets.add(startHours(of, scope));
            }
        }
        document.refuseUnknownKeys();
    }

    private static Target startHours(Document document, String scope) {
        List<String> purposes = new ArrayList<>();
        for (TripPurpose purpose : TripPurpose.values()) {
            purposes.add(purpose.label());
        }
        String purpose = document.choice("purpose", purposes);
        String days = document.choice("days", "weekday", List.of("weekday", "saturday", "sunday"));
        List<Double> given = document.numbers("percent", 0, 100);
        double sum = given.stream().mapToDouble(Double::doubleValue).sum();
        if (given.size() != 24) {
            throw document.fault("percent", "has %d numbers, expected 24: one for each hour.".formatted(given.size()));
        }
        if (!(Math.abs(sum - 100) <= 2)) {
            throw document.fault(
                    "percent", "sums to %s, expected 100, but for rounding.".formatted(Numbers.shown(sum)));
        }
        double within = document.number("within", 0.15, 1e-6, 1);
        double weight = document.number("weight", 1.0, 0, 1e6);
        document.refuseUnknownKeys();
        return new Target.StartHours(
                scope,
                TripPurpose.valueOf(purpose.toUpperCase(Locale.ROOT)),
                DayType.valueOf(days.toUpperCase(Locale.ROOT)),
                given.stream().map(percent -> percent / sum).toList(),
                within,
                weight);
    }
}
