package org.headroom.network.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.headroom.network.AssetCosts;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.jspecify.annotations.Nullable;

/**
 * A network as other programs describe it, buses and what lies between them in any order and direction: readers fill it in, and
 * it makes a tree below one busbar of it, or refuses it with the names of those concerned.
 *
 * <p>The busbar is the source's bus, or the bus below the one transformer that hangs on it. What the model does not know
 * (a transformer's impedance) or the file does not say (asset values, limits) is filled in by one rule for all formats, and told.
 */
final class GridDraft {
    /** Highest low voltage, line to line: above it loads are sums of many homes, and British low-voltage costs do not hold. */
    static final double LOW_V = 1000;
    /** Rating of what has none in the file: never reached. */
    static final double UNLIMITED_KVA = 1e6;
    /** Reactance of a line without resistance up to which it is a connector, not a cable. */
    private static final double NEGLIGIBLE_OHM = 1e-4;
    /** Limits of medium-voltage networks (Electricity Safety, Quality and Continuity Regulations 2002, reg. 27). */
    private static final double MEDIUM_VOLTAGE_TOLERANCE = 0.06;

    private final Path file;
    private final ImportReport.Builder report;
    private final List<Bus> buses = new ArrayList<>();
    private final List<Branch> branches = new ArrayList<>();
    private final List<Transformer> transformers = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<Load> loads = new ArrayList<>();
    private final List<int[]> joined = new ArrayList<>();

    /**
     * A bus.
     *
     * @param lower_pu lowest allowed voltage; NaN where the file does not say
     * @param upper_pu highest allowed voltage; NaN where the file does not say
     */
    record Bus(
            String id,
            double base_V,
            @Nullable Position position,
            double lower_pu,
            double upper_pu,
            int publicChargers) {}

    /**
     * A line between two buses, by their numbers.
     *
     * @param capacity_kVA NaN where the file states no limit
     * @param asset_gbpPerYear NaN where the file does not say
     */
    record Branch(
            String id,
            int one,
            int other,
            double length_m,
            String type,
            double resistance_ohm,
            double reactance_ohm,
            double capacity_kVA,
            double asset_gbpPerYear) {}

    /** A transformer in service; asset_gbpPerYear is NaN where the file does not say. */
    record Transformer(String id, int high, int low, double capacity_kVA, double asset_gbpPerYear) {}

    /**
     * A source that holds a voltage.
     *
     * @param limit_kVA most that it gives; NaN where the file does not say
     */
    record Source(String id, int bus, double voltage_pu, double limit_kVA) {}

    /**
     * A load.
     *
     * @param homes how many homes it is; -1 where the file does not say
     */
    record Load(String id, int bus, double power_kW, double reactive_kvar, int homes) {}

    GridDraft(Path file, ImportReport.Builder report) {
        this.file = file;
        this.report = report;
    }

    /** Adds a bus; returns its number. */
    int add(Bus bus) {
        buses.add(bus);
        return buses.size() - 1;
    }

    Bus bus(int number) {
        return buses.get(number);
    }

    /** Adds a line; one without resistance and next to no reactance makes one node of its ends. */
    void add(Branch branch) {
        if (branch.resistance_ohm() == 0 && Math.abs(branch.reactance_ohm()) <= NEGLIGIBLE_OHM) {
            join(branch.one(), branch.other());
            report.add("line %s has no resistance and %s ohm of reactance: its ends made one node"
                    .formatted(branch.id(), Decimals.text(branch.reactance_ohm())));
        } else {
            branches.add(branch);
        }
    }

    void add(Transformer transformer) {
        transformers.add(transformer);
    }

    void add(Source source) {
        sources.add(source);
    }

    void add(Load load) {
        loads.add(load);
    }

    /** Makes one node of two buses, as a closed switch does. */
    void join(int one, int other) {
        joined.add(new int[] {one, other});
    }

    /**
     * The tree.
     *
     * @param substation_gbpPerYear asset value of the substation where there is no transformer to say it; NaN where the file
     *     does not
     * @param ratingKnown whether the source's limit is a rating where there is no transformer
     */
    ImportedNetwork network(String name, double substation_gbpPerYear, boolean ratingKnown) {
        try {
            return made(name, substation_gbpPerYear, ratingKnown);
        } catch (IllegalArgumentException e) { // a figure that the model refuses
            throw new NetworkFormatException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private ImportedNetwork made(String name, double substation_gbpPerYear, boolean ratingKnown) {
        NodeMerger joint = new NodeMerger(buses.size());
        joined.forEach(pair -> joint.merge(pair[0], pair[1]));
        Source source = source(joint);
        int sourceBus = joint.standsFor(source.bus());
        Transformer transformer = findTransformer(joint, sourceBus);
        int busbar = transformer == null ? sourceBus : joint.standsFor(lowEnd(transformer, joint, sourceBus));
        double base_V = buses.get(busbar).base_V();
        refuseOtherVoltages(joint, busbar, base_V);
        if (branches.isEmpty()) {
            throw NetworkFormatException.in(
                    file, "no lines below busbar %s.\nMaybe they are out of service.".formatted(id(busbar)));
        }
        int[][] ends = branches.stream()
                .map(branch -> new int[] {joint.standsFor(branch.one()), joint.standsFor(branch.other())})
                .toArray(int[][]::new);
        RadialTree tree = RadialTree.of(
                busbar,
                buses.size(),
                branches.stream().map(Branch::id).toList(),
                ends,
                (line, message) -> NetworkFormatException.in(file, message));
        refuseOrphans(tree, joint, transformer == null ? -1 : sourceBus);

        boolean low = base_V <= LOW_V;
        StatedLoads.Builder stated = new StatedLoads.Builder();
        int[] homes = homes(joint, stated, low);
        List<Node> nodes = new ArrayList<>();
        int[] chargers = new int[buses.size()];
        for (int b = 0; b < buses.size(); b++) {
            chargers[joint.standsFor(b)] += buses.get(b).publicChargers();
        }
        for (int b : tree.reached()) {
            nodes.add(new Node(id(b), buses.get(b).position(), homes[b], chargers[b]));
        }
        List<Line> lines = new ArrayList<>();
        for (int l = 0; l < branches.size(); l++) {
            lines.add(line(branches.get(l), id(tree.feeding(l)), id(tree.fedBy(l)), base_V));
        }
        Substation substation = substation(source, transformer, id(busbar), substation_gbpPerYear, low, ratingKnown);
        VoltageBand voltage = voltage(tree.reached().subList(1, tree.reached().size()), source, low);
        Network network = new Network(name, base_V, voltage, substation, nodes, lines);
        return new ImportedNetwork(network, report.build(), stated.build(network), transformer != null || ratingKnown);
    }

    private String id(int bus) {
        return buses.get(bus).id();
    }

    private Source source(NodeMerger joint) {
        if (sources.isEmpty()) {
            throw NetworkFormatException.in(
                    file, "no source: no node is held at a voltage.\nMaybe it is out of service.");
        }
        Source first = sources.getFirst();
        if (sources.size() > 1) {
            Source other = sources.get(1);
            throw NetworkFormatException.in(
                    file,
                    "%s at node %s is a second source beside %s at node %s, expected one.\nMaybe switch one of them off, or cut the network between them."
                            .formatted(
                                    other.id(),
                                    id(joint.standsFor(other.bus())),
                                    first.id(),
                                    id(joint.standsFor(first.bus()))));
        }
        return first;
    }

    /** The one transformer that the source's bus hangs on, where no line leaves that bus; null where there is none. */
    private @Nullable Transformer findTransformer(NodeMerger joint, int sourceBus) {
        if (transformers.isEmpty()) {
            return null;
        }
        List<String> named = transformers.stream().map(Transformer::id).toList();
        if (transformers.size() > 1) {
            throw NetworkFormatException.in(
                    file,
                    "transformers %s, expected at most one: mixed voltages or a second supply.\nMaybe cut out the network below one of them."
                            .formatted(RadialTree.named(named)));
        }
        Transformer only = transformers.getFirst();
        boolean atSource = joint.standsFor(only.high()) == sourceBus || joint.standsFor(only.low()) == sourceBus;
        List<String> beside = branches.stream()
                .filter(branch ->
                        joint.standsFor(branch.one()) == sourceBus || joint.standsFor(branch.other()) == sourceBus)
                .map(Branch::id)
                .toList();
        if (!atSource || !beside.isEmpty()) {
            throw NetworkFormatException.in(
                    file,
                    "transformer %s lies between lines (%s leave the source's node %s): mixed voltages, expected one level below the source.\nMaybe cut out the network below the transformer."
                            .formatted(only.id(), beside.isEmpty() ? "none" : RadialTree.named(beside), id(sourceBus)));
        }
        return only;
    }

    private static int lowEnd(Transformer transformer, NodeMerger joint, int sourceBus) {
        return joint.standsFor(transformer.high()) == sourceBus ? transformer.low() : transformer.high();
    }

    private void refuseOtherVoltages(NodeMerger joint, int busbar, double base_V) {
        List<String> others = new ArrayList<>();
        Set<String> voltages = new TreeSet<>();
        for (Branch branch : branches) {
            for (int end : new int[] {branch.one(), branch.other()}) {
                double end_V = buses.get(joint.standsFor(end)).base_V();
                if (end_V != base_V) {
                    others.add(branch.id());
                    voltages.add(Decimals.text(end_V));
                    break;
                }
            }
        }
        if (!others.isEmpty()) {
            throw NetworkFormatException.in(
                    file,
                    "lines %s are at %s V, where busbar %s has %s V: mixed voltages, expected one.\nMaybe cut out the part below one transformer."
                            .formatted(
                                    RadialTree.named(others),
                                    String.join(" and ", voltages),
                                    id(busbar),
                                    Decimals.text(base_V)));
        }
    }

    /** Refuses nodes that no line reaches; the source's own above its transformer is none. */
    private void refuseOrphans(RadialTree tree, NodeMerger joint, int above) {
        List<String> orphans = new ArrayList<>();
        for (int b = 0; b < buses.size(); b++) {
            if (joint.standsFor(b) == b && b != above && !tree.reaches(b)) {
                orphans.add(id(b));
            }
        }
        for (Load load : loads) {
            if (joint.standsFor(load.bus()) == above) {
                throw NetworkFormatException.in(
                        file,
                        "load %s is at node %s, above the transformer, expected all below it."
                                .formatted(load.id(), id(above)));
            }
        }
        if (!orphans.isEmpty()) {
            throw NetworkFormatException.in(
                    file,
                    "%d node(s) have no supply: %s.\nMaybe a line or a switch between is out of service."
                            .formatted(orphans.size(), RadialTree.named(orphans)));
        }
    }

    private int[] homes(NodeMerger joint, StatedLoads.Builder stated, boolean low) {
        int[] homes = new int[buses.size()];
        double counted_kW = 0;
        double sums_kW = 0;
        int counted = 0;
        int sums = 0;
        for (Load load : loads) {
            int node = joint.standsFor(load.bus());
            stated.add(id(node), load.power_kW(), load.reactive_kvar());
            if (load.homes() >= 0) {
                homes[node] += load.homes();
            } else if (low) {
                homes[node]++;
                counted++;
                counted_kW += load.power_kW();
            } else {
                sums++;
                sums_kW += load.power_kW();
            }
        }
        if (counted > 0) {
            report.add(String.format(
                    Locale.ROOT,
                    "%d loads, %.1f kW in all: each one home, whose demand is simulated",
                    counted,
                    counted_kW));
        }
        if (sums > 0) {
            report.add(String.format(
                    Locale.ROOT,
                    "%d loads, %.1f kW in all, are sums of many homes at this voltage: no homes taken (--home-kW counts them)",
                    sums,
                    sums_kW));
        }
        if (loads.isEmpty()) {
            report.add("no loads: no homes");
        }
        return homes;
    }

    private Line line(Branch branch, String from, String to, double base_V) {
        double capacity_kVA = branch.capacity_kVA();
        if (Double.isNaN(capacity_kVA)) {
            report.add("line without a rating: %s kVA taken, which is never reached"
                    .formatted(Decimals.text(UNLIMITED_KVA)));
            capacity_kVA = UNLIMITED_KVA;
        }
        double asset_gbpPerYear = branch.asset_gbpPerYear();
        if (Double.isNaN(asset_gbpPerYear)) {
            boolean low = base_V <= LOW_V;
            report.add(
                    low
                            ? "asset value of a line: British low-voltage costs taken"
                            : "asset value of a line above 1 kV not known: 0 taken");
            double rating_A = capacity_kVA * 1000 / Math.sqrt(3) / base_V;
            asset_gbpPerYear = low ? AssetCosts.BRITISH.line_gbpPerYear(branch.length_m(), rating_A) : 0;
        }
        return new Line(
                branch.id(),
                from,
                to,
                branch.length_m(),
                branch.type(),
                branch.resistance_ohm(),
                branch.reactance_ohm(),
                capacity_kVA,
                asset_gbpPerYear);
    }

    private Substation substation(
            Source source,
            @Nullable Transformer transformer,
            String busbar,
            double substation_gbpPerYear,
            boolean low,
            boolean ratingKnown) {
        double capacity_kVA;
        double asset_gbpPerYear;
        if (transformer != null) {
            capacity_kVA = transformer.capacity_kVA();
            asset_gbpPerYear = transformer.asset_gbpPerYear();
            report.add("transformer's impedance, ratio and taps not modelled: busbar %s held at the source's %s pu"
                    .formatted(busbar, Decimals.text(source.voltage_pu())));
        } else {
            boolean limited = source.limit_kVA() > 0 && source.limit_kVA() < Double.POSITIVE_INFINITY;
            capacity_kVA = limited ? source.limit_kVA() : UNLIMITED_KVA;
            asset_gbpPerYear = substation_gbpPerYear;
            if (!ratingKnown) {
                report.add("no transformer in the file: %s of %s kVA taken as the substation's rating, a placeholder"
                        .formatted(
                                limited ? "the source's limit" : "a limit never reached", Decimals.text(capacity_kVA)));
            }
        }
        if (Double.isNaN(asset_gbpPerYear)) {
            report.add(
                    low
                            ? "asset value of the substation: British low-voltage costs taken"
                            : "asset value of a substation above 1 kV not known: 0 taken");
            asset_gbpPerYear = low ? AssetCosts.BRITISH.substation_gbpPerYear(capacity_kVA) : 0;
        }
        return new Substation(busbar, capacity_kVA, asset_gbpPerYear);
    }

    /** The tightest limits of all nodes below the busbar. */
    private VoltageBand voltage(List<Integer> nodes, Source source, boolean low) {
        double lower_pu = Double.NaN;
        double upper_pu = Double.NaN;
        Set<String> stated = new HashSet<>();
        for (int n : nodes) {
            Bus bus = buses.get(n);
            stated.add(bus.lower_pu() + " " + bus.upper_pu());
            lower_pu = Double.isNaN(lower_pu) || bus.lower_pu() > lower_pu ? bus.lower_pu() : lower_pu;
            upper_pu = Double.isNaN(upper_pu) || bus.upper_pu() < upper_pu ? bus.upper_pu() : upper_pu;
        }
        boolean given = !Double.isNaN(lower_pu) && !Double.isNaN(upper_pu);
        if (!given) {
            VoltageBand usual = VoltageBand.BRITISH;
            lower_pu = low ? usual.lower_pu() : 1 - MEDIUM_VOLTAGE_TOLERANCE;
            upper_pu = low ? usual.upper_pu() : 1 + MEDIUM_VOLTAGE_TOLERANCE;
        }
        if (!given || stated.size() > 1) {
            report.add("%s, %s to %s pu"
                    .formatted(
                            given
                                    ? "voltage limits differ between nodes: the tightest taken for all"
                                    : "no voltage limits: British ones taken",
                            Decimals.text(lower_pu),
                            Decimals.text(upper_pu)));
        }
        return new VoltageBand(lower_pu, upper_pu, source.voltage_pu());
    }
}
