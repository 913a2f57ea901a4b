package org.headroom.network.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.headroom.input.Document;
import org.headroom.network.AssetCosts;
import org.headroom.network.Line;
import org.headroom.network.Node;
import org.jspecify.annotations.Nullable;

/**
 * One feeder made of the elements of an OpenDSS circuit: its busbar, and its lines turned away from it by a search from the
 * transformer's low-voltage bus.
 */
final class DssFeeder {
    private final DssScript script;
    private final Path master;
    private final ImportReport.Builder report;
    private final DssSource source;
    private final DssCables cables;
    private final Map<String, Integer> busIndex = new HashMap<>();
    private final List<String> busNames = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private int singlePhaseLoads;

    private DssFeeder(DssScript script, Path master, DssSource source, DssCables cables, ImportReport.Builder report) {
        this.script = script;
        this.master = master;
        this.source = source;
        this.cables = cables;
        this.report = report;
    }

    /**
     * Makes the feeder of a circuit.
     *
     * @param base_V line-to-line base voltage that ratings refer to
     * @param prefix put before the ids of nodes and lines
     * @param busbarId id of the node at the busbar; its bus's name where null
     * @param loads takes in what the file's loads draw
     */
    static DssFeeder of(
            DssScript script,
            Path master,
            DssSource source,
            double base_V,
            String prefix,
            @Nullable String busbarId,
            AssetCosts costs,
            StatedLoads.Builder loads,
            ImportReport.Builder report) {
        DssCables cables = new DssCables(script, base_V, costs, report);
        DssFeeder feeder = new DssFeeder(script, master, source, cables, report);
        feeder.readWiring(prefix, busbarId, loads);
        return feeder;
    }

    DssSource source() {
        return source;
    }

    /** Nodes with their homes, the busbar's first. */
    List<Node> nodes() {
        return nodes;
    }

    List<Line> lines() {
        return lines;
    }

    int singlePhaseLoads() {
        return singlePhaseLoads;
    }

    /** Line codes whose rating is a row of the cable table, with that rating. */
    Map<String, String> tableRatings() {
        return cables.tableRatings();
    }

    private int index(String bus) {
        String key = bus.toLowerCase(Locale.ROOT);
        Integer known = busIndex.putIfAbsent(key, busNames.size());
        if (known != null) {
            return known;
        }
        busNames.add(bus);
        return busNames.size() - 1;
    }

    private void readWiring(String prefix, @Nullable String busbarId, StatedLoads.Builder loads) {
        int busbar = index(source.busbar());
        List<DssElement> wires = new ArrayList<>();
        List<int[]> ends = new ArrayList<>();
        List<int[]> switchEnds = new ArrayList<>();
        for (DssElement line : script.enabled(DssKind.LINE, report)) {
            int[] between = {index(line.bus("bus1")), index(line.bus("bus2"))};
            if (script.openLines().contains(line.name().toLowerCase(Locale.ROOT))) {
                report.add(line.label() + " is open: left out");
            } else if (line.flag("switch", false)) {
                switchEnds.add(between);
                report.add("closed switch %s: its ends made one node".formatted(line.name()));
            } else {
                wires.add(line);
                ends.add(between);
            }
        }
        if (wires.isEmpty()) {
            throw NetworkFormatException.in(master, "no lines.%s".formatted(script.likelyMissing("a file is cut off")));
        }
        NodeMerger joint = new NodeMerger(busNames.size());
        switchEnds.forEach(between -> joint.merge(between[0], between[1]));
        for (int[] between : ends) {
            between[0] = joint.standsFor(between[0]);
            between[1] = joint.standsFor(between[1]);
        }
        RadialTree tree = RadialTree.of(
                busbar,
                busNames.size(),
                wires.stream().map(DssElement::name).toList(),
                ends.toArray(int[][]::new),
                (line, message) -> wires.get(line).fault(message));

        String[] ids = new String[busNames.size()];
        for (int b : tree.reached()) {
            Document note = script.notes().findNode(busNames.get(b));
            ids[b] = prefix + (note == null ? busNames.get(b) : note.text("id", busNames.get(b)));
        }
        if (busbarId != null) {
            ids[busbar] = busbarId;
        }
        int[] homes = readHomes(tree, joint, ids, loads);
        for (int b : tree.reached()) {
            Document note = script.notes().findNode(busNames.get(b));
            int chargers = note == null ? 0 : note.integer("publicChargers", 0, 0, Integer.MAX_VALUE);
            var position = script.positions().get(busNames.get(b).toLowerCase(Locale.ROOT));
            nodes.add(new Node(ids[b], position, homes[b], chargers));
        }
        for (String bus : script.positions().keySet()) {
            if (!busIndex.containsKey(bus)) {
                report.add("coordinates of a bus that no line reaches not used");
            }
        }
        for (int l = 0; l < wires.size(); l++) {
            lines.add(cables.line(wires.get(l), prefix, ids[tree.feeding(l)], ids[tree.fedBy(l)]));
        }
    }

    private int[] readHomes(RadialTree tree, NodeMerger joint, String[] ids, StatedLoads.Builder stated) {
        int[] homes = new int[busNames.size()];
        List<DssElement> loads = script.enabled(DssKind.LOAD, report);
        for (DssElement load : loads) {
            String bus = load.bus("bus1");
            Integer index = busIndex.get(bus.toLowerCase(Locale.ROOT));
            if (index == null || !tree.reaches(joint.standsFor(index))) {
                throw load.fault(
                        "bus1",
                        "%s is at bus %s, which no line supplies.%s"
                                .formatted(load.label(), bus, script.likelyMissing("the file of lines is cut off")));
            }
            int node = joint.standsFor(index);
            homes[node]++;
            load.number("kv", 1); // not used, but a word for a number is a sign of a broken file
            double power_kW = load.number("kw", 10); // OpenDSS's own defaults
            stated.add(ids[node], power_kW, load.number("kvar", power_kW * reactiveShare(load.number("pf", 0.88))));
            double phases = load.number("phases", 3);
            if (phases == 1) {
                singlePhaseLoads++;
            } else if (phases != 3) {
                report.add("%s of %s phases counted as one home".formatted(load.label(), load.findText("phases")));
            }
        }
        if (loads.isEmpty()) {
            report.add("no loads: no homes on %s".formatted(master.getFileName()));
        }
        return homes;
    }

    /** Reactive over active power at a power factor, whose sign it has: 0 at 1 and at what is no power factor. */
    private static double reactiveShare(double powerFactor) {
        double magnitude = Math.abs(powerFactor);
        if (!(magnitude > 0 && magnitude < 1)) {
            return 0;
        }
        return Math.signum(powerFactor) * Math.sqrt(1 - magnitude * magnitude) / magnitude;
    }
}
