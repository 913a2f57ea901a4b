package org.headroom.network.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.headroom.input.Document;
import org.headroom.network.AssetCosts;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.jspecify.annotations.Nullable;

/**
 * Low-voltage feeders in OpenDSS text: a master file, a folder with {@code Master.dss} or {@code Master.txt}, or a folder of
 * such folders, whose feeders then share one substation.
 *
 * <p>Read are the source, the transformer, line codes, lines, loads and bus coordinates; a load is a home. R and X always
 * come from the file (the positive sequence of matrices), ampere ratings from {@code normamps} or else from the
 * {@link org.headroom.network.CableTable}, asset values from {@link AssetCosts}. All the rest is listed in the report.
 *
 * <p>The model's base is 400 V. The transformer's impedance is not modelled: the busbar is held at the source's per-unit
 * voltage.
 */
public final class OpenDss {
    /** Line-to-line base voltage of British low-voltage networks; the limits refer to it. */
    public static final double BASE_V = 400;

    private static final String BUSBAR = "busbar";
    /** How far from it a transformer's secondary voltage may be to count as such a network: 416 and 433 V are. */
    private static final double NEAR_BASE = 0.1;

    private final ImportReport.Builder report = new ImportReport.Builder();
    private final AssetCosts costs = AssetCosts.BRITISH;
    private final StatedLoads.Builder loads = new StatedLoads.Builder();

    private OpenDss() {}

    /** Whether a path looks like an OpenDSS network: a script, or a folder with a master file or with folders of such. */
    static boolean recognises(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return Files.isDirectory(path)
                ? findMaster(path) != null || !feeders(path).isEmpty()
                : name.endsWith(".dss") || name.endsWith(".txt");
    }

    /** Reads a master file or a folder. */
    public static ImportedNetwork read(Path path) {
        try {
            return readAny(path);
        } catch (IllegalArgumentException e) { // a figure that the model refuses
            throw new NetworkFormatException("%s: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static ImportedNetwork readAny(Path path) {
        if (!Files.isDirectory(path)) {
            Path parent = path.toAbsolutePath().getParent();
            return new OpenDss().readOne(path, parent == null ? path : parent);
        }
        Path master = findMaster(path);
        if (master != null) {
            return new OpenDss().readOne(master, path);
        }
        List<Path> feeders = feeders(path);
        if (feeders.isEmpty()) {
            throw NetworkFormatException.in(
                    path,
                    "neither Master.dss or Master.txt nor folders with one.\nMaybe the network lies one folder deeper.");
        }
        return new OpenDss().readFeeders(path, feeders);
    }

    /** The master file of a folder, or null where there is none. */
    private static @Nullable Path findMaster(Path folder) {
        Path found = null;
        for (Path entry : DssFolder.list(folder)) {
            String name = String.valueOf(entry.getFileName()).toLowerCase(Locale.ROOT);
            if (name.equals("master.dss") && Files.isRegularFile(entry)) {
                return entry;
            }
            if (name.equals("master.txt") && Files.isRegularFile(entry)) {
                found = entry;
            }
        }
        return found;
    }

    /** Folders with a master file, by name, numbers in their order. */
    private static List<Path> feeders(Path folder) {
        List<Path> feeders = new ArrayList<>(DssFolder.list(folder));
        feeders.removeIf(entry -> !Files.isDirectory(entry) || findMaster(entry) == null);
        feeders.sort(Comparator.comparing(OpenDss::sortKey));
        return feeders;
    }

    private static String sortKey(Path folder) {
        String name = String.valueOf(folder.getFileName());
        String digits = name.replaceAll("^.*?(\\d{0,9})$", "$1");
        return digits.isEmpty()
                ? name
                : name.substring(0, name.length() - digits.length())
                        + String.format(Locale.ROOT, "%09d", Long.parseLong(digits));
    }

    private ImportedNetwork readOne(Path master, Path folder) {
        DssScript script = new DssScript(new DssFolder(folder), report);
        script.run(master);
        Frame frame = frame(script, master);
        DssFeeder feeder = DssFeeder.of(script, master, frame.source(), frame.base_V(), "", null, costs, loads, report);
        String circuit = script.findCircuit();
        Document note = script.notes().findNetwork();
        String name = note != null
                ? note.text("network")
                : circuit != null
                        ? circuit
                        : String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return network(name, frame, List.of(feeder), List.of(script.notes()));
    }

    private ImportedNetwork readFeeders(Path folder, List<Path> folders) {
        List<DssFeeder> feeders = new ArrayList<>();
        List<DssNotes> notes = new ArrayList<>();
        Frame frame = null;
        for (Path entry : folders) {
            Path master = findMaster(entry);
            if (master == null) {
                continue;
            }
            DssScript script = new DssScript(new DssFolder(folder), report);
            script.run(master);
            Frame here = frame(script, master);
            frame = frame == null ? here : frame;
            refuseOtherSubstation(frame, here, master);
            notes.add(script.notes());
            String prefix = entry.getFileName() + "/";
            feeders.add(
                    DssFeeder.of(script, master, here.source(), here.base_V(), prefix, BUSBAR, costs, loads, report));
        }
        if (frame == null) {
            throw NetworkFormatException.in(folder, "no feeders.");
        }
        for (Path entry : DssFolder.list(folder)) {
            if (!folders.contains(entry)) {
                report.add("%s: not a feeder, skipped".formatted(entry.getFileName()));
            }
        }
        report.add("%d feeders joined at one busbar: their transformers are one".formatted(feeders.size()));
        return network(String.valueOf(folder.toAbsolutePath().normalize().getFileName()), frame, feeders, notes);
    }

    /** What the whole network is set in. */
    private record Frame(DssSource source, double base_V, VoltageBand voltage) {}

    private Frame frame(DssScript script, Path master) {
        DssSource source = DssSource.of(script, master, report);
        Document note = script.notes().findNetwork();
        if (note != null) {
            List<Double> limits = note.numbers("voltageLimits_pu", 0, 2);
            if (limits.size() != 2) {
                throw note.fault("voltageLimits_pu", "has %d numbers, expected two.".formatted(limits.size()));
            }
            double base_V = note.number("base_V", 0, Double.MAX_VALUE);
            return new Frame(source, base_V, new VoltageBand(limits.get(0), limits.get(1), source.source_pu()));
        }
        double secondary_V = source.secondary_kV() * 1000;
        double base_V = Math.abs(secondary_V / BASE_V - 1) < NEAR_BASE ? BASE_V : secondary_V;
        VoltageBand voltage =
                new VoltageBand(VoltageBand.BRITISH.lower_pu(), VoltageBand.BRITISH.upper_pu(), source.source_pu());
        report.add(
                "transformer's impedance not modelled: busbar held at the source's %s pu of %s V (%d V); unloaded, the file's own busbar is at %d V"
                        .formatted(
                                Decimals.text(source.source_pu()),
                                Decimals.text(base_V),
                                Math.round(source.source_pu() * base_V),
                                Math.round(source.source_pu() * secondary_V)));
        return new Frame(source, base_V, voltage);
    }

    private static void refuseOtherSubstation(Frame first, Frame other, Path master) {
        DssSource one = first.source();
        DssSource two = other.source();
        if (one.capacity_kVA() != two.capacity_kVA()
                || one.secondary_kV() != two.secondary_kV()
                || first.base_V() != other.base_V()
                || !first.voltage().equals(other.voltage())) {
            throw NetworkFormatException.in(
                    master,
                    "transformer of %s kVA, %s kV at %s pu, expected that of the first feeder, %s kVA, %s kV at %s pu.\nMaybe the feeders belong to two substations: read them one by one."
                            .formatted(
                                    two.capacity_kVA(),
                                    two.secondary_kV(),
                                    two.source_pu(),
                                    one.capacity_kVA(),
                                    one.secondary_kV(),
                                    one.source_pu()));
        }
    }

    private ImportedNetwork network(String name, Frame frame, List<DssFeeder> feeders, List<DssNotes> notes) {
        Node busbar = feeders.getFirst().nodes().getFirst();
        List<Node> nodes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        Map<String, String> tableRatings = new TreeMap<>();
        int busbarHomes = 0;
        int busbarChargers = 0;
        int singlePhaseLoads = 0;
        for (DssFeeder feeder : feeders) {
            busbarHomes += feeder.nodes().getFirst().homes();
            busbarChargers += feeder.nodes().getFirst().publicChargers();
            nodes.addAll(feeder.nodes().subList(1, feeder.nodes().size()));
            lines.addAll(feeder.lines());
            tableRatings.putAll(feeder.tableRatings());
            singlePhaseLoads += feeder.singlePhaseLoads();
        }
        nodes.add(0, new Node(busbar.id(), busbar.position(), busbarHomes, busbarChargers));
        DssSource source = frame.source();
        Document note = source.note();
        describe(source, singlePhaseLoads, tableRatings, note != null);
        double usual_gbpPerYear = costs.substation_gbpPerYear(source.capacity_kVA());
        double asset_gbpPerYear = note == null
                ? usual_gbpPerYear
                : note.number("asset_gbpPerYear", usual_gbpPerYear, 0, Double.MAX_VALUE);
        notes.forEach(said -> said.tellUnknownKeys(report));
        Substation substation = new Substation(busbar.id(), source.capacity_kVA(), asset_gbpPerYear);
        Network network = new Network(name, frame.base_V(), frame.voltage(), substation, nodes, lines);
        return new ImportedNetwork(network, report.build(), loads.build(network), note != null);
    }

    private void describe(DssSource source, int singlePhaseLoads, Map<String, String> tableRatings, boolean written) {
        if (singlePhaseLoads > 0) {
            report.add("%d single-phase loads carried as balanced, each one home".formatted(singlePhaseLoads));
        }
        if (!tableRatings.isEmpty()) {
            report.add("no rating in the file, taken from the cable table: %s"
                    .formatted(tableRatings.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", "))));
        }
        if (!written) {
            report.add("transformer rating %s kVA as in the file".formatted(Decimals.text(source.capacity_kVA())));
            report.add("voltage limits %s to %s pu and asset values are British defaults"
                    .formatted(VoltageBand.BRITISH.lower_pu(), VoltageBand.BRITISH.upper_pu()));
        }
    }
}
