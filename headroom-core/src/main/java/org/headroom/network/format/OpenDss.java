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

    private final ImportReport.Builder report = new ImportReport.Builder();
    private final AssetCosts costs = AssetCosts.BRITISH;

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
        DssFeeder feeder = DssFeeder.of(script, master, "", null, BASE_V, costs, report);
        String circuit = script.findCircuit();
        String name = circuit == null
                ? String.valueOf(folder.toAbsolutePath().normalize().getFileName())
                : circuit;
        return network(name, List.of(feeder));
    }

    private ImportedNetwork readFeeders(Path folder, List<Path> folders) {
        List<DssFeeder> feeders = new ArrayList<>();
        for (Path entry : folders) {
            Path master = findMaster(entry);
            if (master == null) {
                continue;
            }
            DssScript script = new DssScript(new DssFolder(folder), report);
            script.run(master);
            DssFeeder feeder = DssFeeder.of(script, master, entry.getFileName() + "/", BUSBAR, BASE_V, costs, report);
            if (!feeders.isEmpty()) {
                refuseOtherSubstation(feeders.getFirst(), feeder, master);
            }
            feeders.add(feeder);
        }
        for (Path entry : DssFolder.list(folder)) {
            if (!folders.contains(entry)) {
                report.add("%s: not a feeder, skipped".formatted(entry.getFileName()));
            }
        }
        report.add("%d feeders joined at one busbar: their transformers are one".formatted(feeders.size()));
        return network(String.valueOf(folder.toAbsolutePath().normalize().getFileName()), feeders);
    }

    private static void refuseOtherSubstation(DssFeeder first, DssFeeder other, Path master) {
        if (first.capacity_kVA() != other.capacity_kVA()
                || first.secondary_kV() != other.secondary_kV()
                || first.source_pu() != other.source_pu()) {
            throw NetworkFormatException.in(
                    master,
                    "transformer of %s kVA, %s kV at %s pu, expected that of the first feeder, %s kVA, %s kV at %s pu.\nMaybe the feeders belong to two substations: read them one by one."
                            .formatted(
                                    other.capacity_kVA(),
                                    other.secondary_kV(),
                                    other.source_pu(),
                                    first.capacity_kVA(),
                                    first.secondary_kV(),
                                    first.source_pu()));
        }
    }

    private ImportedNetwork network(String name, List<DssFeeder> feeders) {
        DssFeeder first = feeders.getFirst();
        List<Node> nodes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        Map<String, String> tableRatings = new TreeMap<>();
        int busbarHomes = 0;
        int singlePhaseLoads = 0;
        for (DssFeeder feeder : feeders) {
            busbarHomes += feeder.nodes().getFirst().homes();
            nodes.addAll(feeder.nodes().subList(1, feeder.nodes().size()));
            lines.addAll(feeder.lines());
            tableRatings.putAll(feeder.tableRatings());
            singlePhaseLoads += feeder.singlePhaseLoads();
        }
        nodes.add(0, new Node(first.busbar(), first.nodes().getFirst().position(), busbarHomes, 0));
        describe(first, singlePhaseLoads, tableRatings);
        Substation substation =
                new Substation(first.busbar(), first.capacity_kVA(), costs.substation_gbpPerYear(first.capacity_kVA()));
        VoltageBand voltage =
                new VoltageBand(VoltageBand.BRITISH.lower_pu(), VoltageBand.BRITISH.upper_pu(), first.source_pu());
        return new ImportedNetwork(new Network(name, BASE_V, voltage, substation, nodes, lines), report.build());
    }

    private void describe(DssFeeder first, int singlePhaseLoads, Map<String, String> tableRatings) {
        if (singlePhaseLoads > 0) {
            report.add("%d single-phase loads carried as balanced, each one home".formatted(singlePhaseLoads));
        }
        if (!tableRatings.isEmpty()) {
            report.add("no rating in the file, taken from the cable table: %s"
                    .formatted(tableRatings.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", "))));
        }
        report.add("transformer rating %s kVA as in the file".formatted(plain(first.capacity_kVA())));
        report.add(
                "transformer's impedance not modelled: busbar held at the source's %s pu of %s V (%d V); unloaded, the file's own busbar is at %d V"
                        .formatted(
                                plain(first.source_pu()),
                                plain(BASE_V),
                                Math.round(first.source_pu() * BASE_V),
                                Math.round(first.source_pu() * first.secondary_kV() * 1000)));
        report.add("voltage limits %s to %s pu and asset values are British defaults"
                .formatted(VoltageBand.BRITISH.lower_pu(), VoltageBand.BRITISH.upper_pu()));
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
