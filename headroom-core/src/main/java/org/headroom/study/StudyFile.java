package org.headroom.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DispatchSettings;
import org.headroom.dispatch.Expansion;
import org.headroom.dispatch.Losses;
import org.headroom.dispatch.TieBreak;
import org.headroom.household.DemandSource;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.mobility.Habit;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.MobilityChanges;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.network.AssetValues;
import org.headroom.network.Reduction;
import org.headroom.similar.EmbeddedNetworks;
import org.headroom.similar.EmbeddedStatistics;
import org.headroom.time.DaySteps;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/** Reader and writer of {@code STUDY.yaml}. */
public final class StudyFile {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .stringQuotingChecker(new QuotedNumbers())
                    .build())
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .build();
    private static final String FILE_SAYS = "file";

    private static final String ASSET_VALUES = "assetValues_gbpPerYear";

    private StudyFile() {}

    /** Quotes every text that a reader might take for a number, such as the name 1e3. */
    private static final class QuotedNumbers extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || value.matches("[-+.0-9].*");
        }
    }

    /** Reads a study; paths in it are relative to the file's folder. */
    public static Study read(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return parse(Document.read(file), folder == null ? Path.of("") : folder);
    }

    /** The study that runs where the user names none: the embedded network. */
    public static Study embedded() {
        return parse(Document.resource(StudyFile.class, "default-study.yaml"), Path.of(""));
    }

    /** The default study on the user's own networks. */
    public static Study onNetworks(List<String> networks) {
        Study study = embedded();
        String name = networks.stream()
                .map(n -> EmbeddedNetworks.find(n) == null
                        ? String.valueOf(Path.of(n).getFileName())
                        : n)
                .reduce((a, b) -> a + ", " + b)
                .orElse(study.name());
        return study.on(
                name,
                networks.stream().map(n -> resolved(n, Path.of(""))).toList(),
                Math.max(study.draws(), networks.size()),
                study.reduction(),
                study.transformer_kVA());
    }

    /** The commented study that ships with the product, to copy and edit. */
    public static String template() {
        try (var stream = StudyFile.class.getResourceAsStream("default-study.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("default-study.yaml is missing");
            }
            return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Study parse(Document yaml, Path folder) {
        try {
            String name = yaml.text("name", "study");
            double seed = yaml.number("seed", 1, -9e15, 9e15);
            if (seed != Math.rint(seed)) {
                throw yaml.fault("seed", "is %s, expected a whole number.".formatted(seed));
            }

            Document networks = yaml.object("networks");
            List<String> from = networks.texts("from").stream()
                    .map(n -> resolved(n, folder))
                    .toList();
            boolean similar = networks.flag("similar", false);
            int draws = networks.integer("count", from.size(), 1, 1_000_000);
            Reduction reduction = Reduction.named(networks.choice(
                    "reduce",
                    Reduction.JOINTS.label(),
                    Arrays.stream(Reduction.values()).map(Reduction::label).toList()));
            Double transformer_kVA = networks.text("transformer_kVA", FILE_SAYS).equals(FILE_SAYS)
                    ? null
                    : networks.number("transformer_kVA", 1, 1e6);
            AssetValues assetValues = assetValues(networks);
            networks.refuseUnknownKeys();

            Map<HouseholdKind, Double> shares = new EnumMap<>(HouseholdKind.class);
            double penetration = 1;
            double pvShare = 0.4;
            String mobility = MobilityParameterFile.PAPER;
            double annualDemand_kWh = DemandSource.Typical.BRITISH.meanAnnual_kWh();
            Path demand = null;
            Path pv = null;
            MobilityChanges changes = MobilityChanges.NONE;
            MeasuredSource measured = null;
            Document households = yaml.findObject("households");
            if (households != null) {
                changes = MobilityChanges.read(households.findObject("mobilityChanges"));
                measured = MeasuredSource.find(households, folder);
                penetration = households.number("evPenetration", penetration, 0, 1);
                pvShare = households.number("pvShare", pvShare, 0, 1);
                mobility = file(households.text("mobility", mobility), folder);
                demand = findPath(households, "demand", folder);
                if (demand != null && households.has("annualDemand_kWh")) {
                    throw households.fault(
                            "annualDemand_kWh",
                            "stands beside measured profiles, which say how much homes use.\nMaybe leave it out, or demand: typical.");
                }
                annualDemand_kWh = households.number("annualDemand_kWh", annualDemand_kWh, 100, 100_000);
                pv = findPath(households, "pv", folder);
                Document given = households.findObject("shares");
                if (given != null) {
                    List<String> kinds = Arrays.stream(HouseholdKind.values())
                            .map(HouseholdKind::label)
                            .toList();
                    for (var entry : given.numberMap(0, 1).entrySet()) {
                        if (!kinds.contains(entry.getKey())) {
                            String nearest = Document.findNearest(entry.getKey(), kinds);
                            throw households.fault(
                                    "shares",
                                    "names '%s', expected some of %s.%s"
                                            .formatted(
                                                    entry.getKey(),
                                                    String.join(", ", kinds),
                                                    nearest == null ? "" : "\nMaybe " + nearest + "."));
                        }
                        shares.put(HouseholdKind.named(entry.getKey()), entry.getValue());
                    }
                }
                households.refuseUnknownKeys();
            }
            if (shares.isEmpty() && households != null && households.has("shares")) {
                throw households.fault("shares", "is empty, expected a share for ret, pro or two-ev.");
            }
            if (shares.isEmpty()) {
                shares.putAll(Map.of(HouseholdKind.RET, 0.34, HouseholdKind.PRO, 0.33, HouseholdKind.TWO_EV, 0.33));
            }

            Document days = yaml.object("days");
            int perSeason = days.integer("perSeason", 1, 364);
            DaySteps steps = new DaySteps(days.integer("stepsPerDay", 24, 1, 1440));
            days.refuseUnknownKeys();

            List<Scenario> scenarios = new ArrayList<>();
            for (Document scenario : yaml.objects("scenarios")) {
                scenarios.add(new Scenario(
                        scenario.text("name"),
                        scenario.number("charger_kW", 0, 1000),
                        Habit.named(scenario.choice(
                                "habit",
                                Arrays.stream(Habit.values()).map(Habit::label).toList()))));
                scenario.refuseUnknownKeys();
            }
            List<ChargingMode> modes = new ArrayList<>();
            List<String> known =
                    ChargingMode.all().stream().map(ChargingMode::label).toList();
            if (yaml.has("modes")) {
                for (String label : yaml.texts("modes")) {
                    ChargingMode mode = ChargingMode.find(label);
                    if (mode == null) {
                        String nearest = Document.findNearest(label, known);
                        throw yaml.fault(
                                "modes",
                                "names '%s', expected some of %s.%s"
                                        .formatted(
                                                label,
                                                String.join(", ", known),
                                                nearest == null ? "" : "\nMaybe " + nearest + "."));
                    }
                    modes.add(mode);
                }
            } else {
                modes.addAll(ChargingMode.all());
            }
            StopRule stop = StopRule.findIn(yaml.findObject("stop"));
            String tariff = file(yaml.text("tariff", "time-of-use"), folder);
            Dispatch dispatch = dispatch(yaml.findObject("dispatch"));
            CarSettings cars = new CarSettings(
                    changes,
                    measured,
                    ParkingPlan.read(yaml.findObject("parking")),
                    UnexpectedTrips.read(yaml.findObject("unexpectedTrips")));
            SharingSettings sharing = sharing(yaml.findObject("sharing"));
            yaml.refuseUnknownKeys();
            return new Study(
                    name,
                    (long) seed,
                    from,
                    draws,
                    similar,
                    reduction,
                    transformer_kVA,
                    assetValues,
                    shares,
                    penetration,
                    pvShare,
                    tariff,
                    mobility,
                    annualDemand_kWh,
                    demand,
                    pv,
                    perSeason,
                    steps,
                    scenarios,
                    modes,
                    stop,
                    dispatch.settings(),
                    dispatch.battery_gbpPerKWh(),
                    cars,
                    sharing);
        } catch (IllegalArgumentException e) {
            throw new InputException(yaml.source() + ": " + e.getMessage() + ".", e);
        }
    }

    private static @Nullable AssetValues assetValues(Document networks) {
        if (!networks.has(ASSET_VALUES) || networks.texts(ASSET_VALUES).equals(List.of(FILE_SAYS))) {
            return null;
        }
        List<Double> values = networks.numbers(ASSET_VALUES, 0, 1e9);
        if (values.size() != 2) {
            throw networks.fault(
                    ASSET_VALUES,
                    "has %d elements, expected two: of the substation, and of all lines together."
                            .formatted(values.size()));
        }
        return new AssetValues(values.getFirst(), values.getLast());
    }

    private record Dispatch(DispatchSettings settings, double battery_gbpPerKWh) {}

    private static Dispatch dispatch(@Nullable Document yaml) {
        DispatchSettings defaults = DispatchSettings.DEFAULT;
        if (yaml == null) {
            return new Dispatch(defaults, 100);
        }
        List<String> expansions =
                Arrays.stream(Expansion.values()).map(Expansion::label).toList();
        List<String> tieBreaks =
                Arrays.stream(TieBreak.values()).map(TieBreak::label).toList();
        DispatchSettings settings = new DispatchSettings(
                yaml.number("efficiency", defaults.efficiency(), 0, 1),
                yaml.number("degradationPercentPerCycle", defaults.degradationPercentPerCycle(), 0, 100),
                yaml.number("discountRate", defaults.discountRate(), 0, 1),
                yaml.number("loadGrowthRate", defaults.loadGrowthRate(), 0, 1),
                yaml.integer("apvSegments", defaults.apvSegments(), 1, 1000),
                Expansion.valueOf(yaml.choice("expansion", defaults.expansion().label(), expansions)
                        .toUpperCase(Locale.ROOT)),
                TieBreak.valueOf(yaml.choice("tieBreak", defaults.tieBreak().label(), tieBreaks)
                        .toUpperCase(Locale.ROOT)),
                yaml.number("presentValueDays", defaults.presentValueDays(), 1, 366),
                Losses.read(yaml),
                yaml.number("reserveShare", defaults.reserveShare(), 0, 1));
        double battery = yaml.number("battery_gbpPerKWh", 100, 0, 1e6);
        yaml.refuseUnknownKeys();
        return new Dispatch(settings, battery);
    }

    private static SharingSettings sharing(@Nullable Document yaml) {
        SharingSettings defaults = SharingSettings.DEFAULT;
        if (yaml == null) {
            return defaults;
        }
        SharingSettings settings = new SharingSettings(
                yaml.number("priceShare", defaults.priceShare(), 0, 1),
                yaml.integer("decomposeDays", defaults.decomposeDays(), 0, 364),
                yaml.integer("boundsDays", defaults.boundsDays(), 0, 364));
        yaml.refuseUnknownKeys();
        return settings;
    }

    /** A name as it is, a file's path from the study's folder. */
    static String file(String nameOrFile, Path folder) {
        boolean isFile = nameOrFile.matches(".*\\.(csv|ya?ml)");
        return isFile ? folder.resolve(nameOrFile).normalize().toString() : nameOrFile;
    }

    private static @Nullable Path findPath(Document yaml, String key, Path folder) {
        return yaml.text(key, "typical").equals("typical")
                ? null
                : folder.resolve(yaml.text(key)).normalize();
    }

    private static String resolved(String network, Path folder) {
        return EmbeddedNetworks.find(network) != null || EmbeddedStatistics.find(network) != null
                ? network
                : folder.resolve(network).toAbsolutePath().normalize().toString();
    }

    /** The study as YAML, every default spelled out; reading it back gives the same study. */
    public static String write(Study study) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("name", study.name());
        root.put("seed", study.seed());
        Map<String, Object> networks = new LinkedHashMap<>();
        networks.put("from", study.networks());
        networks.put("similar", study.similar());
        networks.put("count", study.draws());
        networks.put("reduce", study.reduction().label());
        Double transformer_kVA = study.transformer_kVA();
        networks.put("transformer_kVA", transformer_kVA == null ? FILE_SAYS : transformer_kVA);
        AssetValues values = study.findAssetValues();
        networks.put(
                ASSET_VALUES,
                values == null ? FILE_SAYS : List.of(values.substation_gbpPerYear(), values.lines_gbpPerYear()));
        root.put("networks", networks);
        Map<String, Object> households = new LinkedHashMap<>();
        Map<String, Object> shares = new LinkedHashMap<>();
        for (HouseholdKind kind : HouseholdKind.values()) {
            Double share = study.householdShares().get(kind);
            if (share != null) {
                shares.put(kind.label(), share);
            }
        }
        households.put("shares", shares);
        households.put("evPenetration", study.evPenetration());
        households.put("pvShare", study.pvShare());
        households.put("mobility", study.mobility());
        households.put("mobilityChanges", study.cars().changes().keys());
        households.putAll(MeasuredSource.keys(study.cars().findMeasured()));
        Path demand = study.findDemand();
        Path pv = study.findPv();
        households.put("demand", demand == null ? "typical" : demand.toString());
        if (demand == null) {
            households.put("annualDemand_kWh", study.annualDemand_kWh());
        }
        households.put("pv", pv == null ? "typical" : pv.toString());
        root.put("households", households);
        root.put("parking", study.cars().parking().keys());
        root.put("unexpectedTrips", study.cars().unexpectedTrips().keys());
        root.put("tariff", study.tariff());
        Map<String, Object> days = new LinkedHashMap<>();
        days.put("perSeason", study.daysPerSeason());
        days.put("stepsPerDay", study.steps().count());
        root.put("days", days);

        List<Map<String, Object>> scenarios = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("name", scenario.name());
            keys.put("charger_kW", scenario.charger_kW());
            keys.put("habit", scenario.habit().label());
            scenarios.add(keys);
        }
        root.put("scenarios", scenarios);
        root.put("modes", study.modes().stream().map(ChargingMode::label).toList());
        StopRule stop = study.findStop();
        if (stop != null) {
            root.put("stop", stop.keys());
        }
        Map<String, Object> dispatch = new LinkedHashMap<>();
        DispatchSettings settings = study.dispatch();
        dispatch.put("efficiency", settings.efficiency());
        dispatch.put("degradationPercentPerCycle", settings.degradationPercentPerCycle());
        dispatch.put("discountRate", settings.discountRate());
        dispatch.put("loadGrowthRate", settings.loadGrowthRate());
        dispatch.put("apvSegments", settings.apvSegments());
        dispatch.put("expansion", settings.expansion().label());
        dispatch.put("tieBreak", settings.tieBreak().label());
        dispatch.put("presentValueDays", settings.presentValueDays());
        dispatch.put("reserveShare", settings.reserveShare());
        dispatch.putAll(settings.losses().keys());
        dispatch.put("battery_gbpPerKWh", study.battery_gbpPerKWh());
        root.put("dispatch", dispatch);
        Map<String, Object> sharing = new LinkedHashMap<>();
        sharing.put("priceShare", study.sharing().priceShare());
        sharing.put("decomposeDays", study.sharing().decomposeDays());
        sharing.put("boundsDays", study.sharing().boundsDays());
        root.put("sharing", sharing);
        return YAML.writeValueAsString(root);
    }

    /**
     * A study with some keys set otherwise, checked as if they stood in its file.
     *
     * @param source what messages name as the place of a fault
     * @param changes sets keys of the resolved study
     */
    static Study with(Study study, String source, Consumer<ObjectNode> changes) {
        ObjectNode root = (ObjectNode) YAML.readTree(write(study));
        changes.accept(root);
        return parse(Document.parse(source, YAML.writeValueAsString(root)), Path.of(""));
    }

    /** Writes the commented template; refuses to overwrite a file. */
    public static void init(Path file) {
        if (Files.exists(file)) {
            throw InputException.in(file, "there is a file already.\nMaybe choose another name.");
        }
        try {
            Files.writeString(file, template());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
