package org.headroom.network.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.headroom.network.AssetCosts;
import org.headroom.network.CableTable;
import org.headroom.network.Line;
import org.headroom.network.Node;
import org.jspecify.annotations.Nullable;

/**
 * One feeder made of the elements of an OpenDSS circuit: its busbar, and its lines turned away from it by a breadth-first
 * search from the transformer's low-voltage bus.
 */
final class DssFeeder {
    private static final int NAMED_AT_MOST = 6;

    private final DssScript script;
    private final Path master;
    private final double base_V;
    private final AssetCosts costs;
    private final ImportReport.Builder report;

    private final Map<String, Integer> busIndex = new HashMap<>();
    private final List<String> busNames = new ArrayList<>();
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, TableRating> codeRatings = new HashMap<>();
    private final Map<String, String> tableRatings = new TreeMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private int singlePhaseLoads;

    private double capacity_kVA;
    private double secondary_kV;
    private double source_pu;
    private String busbar = "";

    /** Impedance per unit of length and rating of a line code; {@code unit_m} is 0 where the code names no unit. */
    private record Code(String name, double resistance_ohm, double reactance_ohm, double unit_m, double rating_A) {}

    /** A rating from the cable table; the remark is null where a row of it applies. */
    private record TableRating(double rating_A, @Nullable String remark) {}

    private DssFeeder(DssScript script, Path master, double base_V, AssetCosts costs, ImportReport.Builder report) {
        this.script = script;
        this.master = master;
        this.base_V = base_V;
        this.costs = costs;
        this.report = report;
    }

    /**
     * Makes the feeder of a circuit.
     *
     * @param prefix put before the ids of nodes and lines
     * @param busbarId id of the node at the busbar; its bus's name where null
     */
    static DssFeeder of(
            DssScript script,
            Path master,
            String prefix,
            @Nullable String busbarId,
            double base_V,
            AssetCosts costs,
            ImportReport.Builder report) {
        DssFeeder feeder = new DssFeeder(script, master, base_V, costs, report);
        feeder.readSource();
        feeder.readWiring(prefix, busbarId);
        return feeder;
    }

    /** Id of the node at the low-voltage busbar. */
    String busbar() {
        return busbar;
    }

    /** Rating of the transformer. */
    double capacity_kVA() {
        return capacity_kVA;
    }

    /** Voltage of the transformer's low-voltage winding. */
    double secondary_kV() {
        return secondary_kV;
    }

    double source_pu() {
        return source_pu;
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
        return tableRatings;
    }

    private void readSource() {
        List<DssElement> sources = enabled(DssKind.SOURCE);
        if (sources.isEmpty()) {
            throw NetworkFormatException.in(
                    master, "no source, expected New Circuit or Edit Vsource.Source.\nMaybe the file is cut off.");
        }
        if (sources.size() > 1) {
            throw sources.get(1)
                    .fault(
                            "%s is a second source beside %s at %s, expected one.\nMaybe it is a generator, or the network is fed from two sides."
                                    .formatted(
                                            sources.get(1).label(),
                                            sources.get(0).name(),
                                            sources.get(0).place()));
        }
        DssElement source = sources.getFirst();
        source_pu = source.number("pu", 1);
        String sourceBus = source.has("bus1") ? bus(source, "bus1") : "sourcebus";

        List<DssElement> transformers = enabled(DssKind.TRANSFORMER);
        if (transformers.isEmpty()) {
            throw NetworkFormatException.in(
                    master,
                    "no transformer, expected one that feeds the busbar.%s"
                            .formatted(likelyMissing("a file is cut off")));
        }
        if (transformers.size() > 1) {
            throw transformers
                    .get(1)
                    .fault(
                            "%s is a second source beside %s at %s, expected one transformer.\nMaybe split the network by transformer."
                                    .formatted(
                                            transformers.get(1).label(),
                                            transformers.get(0).name(),
                                            transformers.get(0).place()));
        }
        readTransformer(transformers.getFirst(), sourceBus);
    }

    private void readTransformer(DssElement transformer, String sourceBus) {
        if (transformer.number("phases", 3) != 3) {
            throw transformer.fault(
                    "phases",
                    "%s has %s phases, expected 3.".formatted(transformer.label(), transformer.findText("phases")));
        }
        String cut = "the file is cut off here";
        List<String> buses = transformer.has("buses")
                ? transformer.words("buses", cut)
                : List.of(transformer.text("bus1", cut), transformer.text("bus2", cut));
        List<Double> voltages_kV = transformer.has("kvs")
                ? transformer.numbers("kvs", cut)
                : List.of(transformer.number("kv1", cut), transformer.number("kv2", cut));
        List<Double> ratings_kVA = transformer.has("kvas")
                ? transformer.numbers("kvas", cut)
                : List.of(transformer.number("kva1", cut), transformer.number("kva2", cut));
        if (transformer.number("windings", 2) != 2
                || buses.size() != 2
                || voltages_kV.size() != 2
                || ratings_kVA.size() != 2) {
            throw transformer.fault("%s has %d buses, %d voltages and %d ratings, expected two windings with one each."
                    .formatted(transformer.label(), buses.size(), voltages_kV.size(), ratings_kVA.size()));
        }
        int low = voltages_kV.get(0) < voltages_kV.get(1) ? 0 : 1;
        capacity_kVA = ratings_kVA.get(low);
        secondary_kV = voltages_kV.get(low);
        if (!(capacity_kVA > 0 && secondary_kV > 0)) {
            throw transformer.fault("%s is rated %s kVA at %s kV, expected > 0."
                    .formatted(transformer.label(), capacity_kVA, secondary_kV));
        }
        if (!plainBus(buses.get(1 - low)).equalsIgnoreCase(sourceBus)) {
            throw transformer.fault(
                    "%s hangs on bus %s, expected the source's bus %s.\nMaybe the source's bus1 is missing."
                            .formatted(transformer.label(), buses.get(1 - low), sourceBus));
        }
        busbar = plainBus(buses.get(low));
        if (busbar.isEmpty() || busbar.equalsIgnoreCase(sourceBus)) {
            throw transformer.fault("%s has both windings on bus %s, expected two buses."
                    .formatted(transformer.label(), buses.get(low)));
        }
    }

    private List<DssElement> enabled(DssKind kind) {
        List<DssElement> enabled = new ArrayList<>();
        for (DssElement element : script.elements(kind).values()) {
            if (!element.has("enabled") || element.flag("enabled", true)) {
                enabled.add(element);
            } else {
                report.add(element.label() + " is not enabled: left out");
            }
        }
        return enabled;
    }

    private String likelyMissing(String otherwise) {
        return "\nMaybe %s."
                .formatted(
                        script.missingFiles().isEmpty()
                                ? otherwise
                                : "it is in " + String.join(" or ", script.missingFiles()) + ", which is not there");
    }

    private static String bus(DssElement element, String property) {
        String bus = plainBus(element.text(property, "the file is cut off here"));
        if (bus.isEmpty()) {
            throw element.fault(property, "%s: %s is empty, expected a bus.".formatted(element.label(), property));
        }
        return bus;
    }

    /** A bus without its terminals: {@code 34} of {@code 34.1}. */
    private static String plainBus(String bus) {
        int point = bus.indexOf('.');
        return (point < 0 ? bus : bus.substring(0, point)).strip();
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

    private void readWiring(String prefix, @Nullable String busbarId) {
        index(busbar);
        List<DssElement> cables = new ArrayList<>();
        List<int[]> ends = new ArrayList<>();
        List<DssElement> switches = new ArrayList<>();
        List<int[]> switchEnds = new ArrayList<>();
        for (DssElement line : enabled(DssKind.LINE)) {
            int[] between = {index(bus(line, "bus1")), index(bus(line, "bus2"))};
            if (script.openLines().contains(line.name().toLowerCase(Locale.ROOT))) {
                report.add(line.label() + " is open: left out");
            } else if (line.flag("switch", false)) {
                switches.add(line);
                switchEnds.add(between);
            } else {
                cables.add(line);
                ends.add(between);
            }
        }
        if (cables.isEmpty()) {
            throw NetworkFormatException.in(master, "no lines.%s".formatted(likelyMissing("a file is cut off")));
        }
        int[] joint = joints(switches, switchEnds);
        for (int[] between : ends) {
            between[0] = joint[between[0]];
            between[1] = joint[between[1]];
        }
        Tree tree = new Tree(busNames.size(), cables, ends);
        tree.grow(joint[0]);

        String[] ids = new String[busNames.size()];
        for (int b = 0; b < ids.length; b++) {
            ids[b] = prefix + busNames.get(b);
        }
        if (busbarId != null) {
            ids[joint[0]] = busbarId;
        }
        busbar = ids[joint[0]];
        int[] homes = readHomes(tree, joint);
        for (int b : tree.reached()) {
            var position = script.positions().get(busNames.get(b).toLowerCase(Locale.ROOT));
            nodes.add(new Node(ids[b], position, homes[b], 0));
        }
        for (String bus : script.positions().keySet()) {
            if (!busIndex.containsKey(bus)) {
                report.add("coordinates of a bus that no line reaches not used");
            }
        }
        for (int e = 0; e < cables.size(); e++) {
            int to = tree.fedBy(e);
            int from = ends.get(e)[0] == to ? ends.get(e)[1] : ends.get(e)[0];
            lines.add(line(cables.get(e), prefix, ids[from], ids[to]));
        }
    }

    /** The bus that stands for each bus once closed switches have made one node of their ends; the busbar's stays its own. */
    private int[] joints(List<DssElement> switches, List<int[]> switchEnds) {
        int[] joint = new int[busNames.size()];
        Arrays.setAll(joint, b -> b);
        for (int s = 0; s < switches.size(); s++) {
            int a = root(joint, switchEnds.get(s)[0]);
            int b = root(joint, switchEnds.get(s)[1]);
            joint[Math.max(a, b)] = Math.min(a, b);
            report.add("closed switch %s: its ends made one node"
                    .formatted(switches.get(s).name()));
        }
        for (int b = 0; b < joint.length; b++) {
            joint[b] = root(joint, b);
        }
        return joint;
    }

    private static int root(int[] joint, int bus) {
        int at = bus;
        while (joint[at] != at) {
            joint[at] = joint[joint[at]];
            at = joint[at];
        }
        return at;
    }

    private int[] readHomes(Tree tree, int[] joint) {
        int[] homes = new int[busNames.size()];
        List<DssElement> loads = enabled(DssKind.LOAD);
        for (DssElement load : loads) {
            String bus = bus(load, "bus1");
            Integer index = busIndex.get(bus.toLowerCase(Locale.ROOT));
            if (index == null || !tree.reaches(joint[index])) {
                throw load.fault(
                        "bus1",
                        "%s is at bus %s, which no line supplies.%s"
                                .formatted(load.label(), bus, likelyMissing("the file of lines is cut off")));
            }
            homes[joint[index]]++;
            for (String property : List.of("kv", "kw", "pf")) {
                load.number(property, 1); // not used, but words for numbers are a sign of a broken file
            }
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

    private Line line(DssElement element, String prefix, String from, String to) {
        String cut = "the file is cut off here";
        double length = element.number("length", cut);
        if (!(length > 0)) {
            throw element.fault(
                    "length",
                    "%s has length %s, expected > 0.\nMaybe it is a closed switch: model it with Switch=y."
                            .formatted(element.label(), element.findText("length")));
        }
        double lineUnit_m = unit_m(element);
        String codeName = element.findText("linecode");
        Code code = codeName == null ? null : code(element, codeName);
        double unit_m = lineUnit_m > 0 ? lineUnit_m : code == null ? 0 : code.unit_m();
        if (!(unit_m > 0)) {
            throw element.fault(
                    "%s has length %s without a unit, expected Units=m or another.\nMaybe its line code should name one."
                            .formatted(element.label(), element.findText("length")));
        }
        double length_m = length * unit_m;
        boolean ownResistance = element.has("r1") || element.has("rmatrix");
        boolean ownReactance = element.has("x1") || element.has("xmatrix");
        double codeLength = code == null || !(code.unit_m() > 0) ? length : length_m / code.unit_m();
        double resistance_ohm = ownResistance || code == null
                ? positiveSequence(element, "r1", "rmatrix") * length
                : code.resistance_ohm() * codeLength;
        double reactance_ohm = ownReactance || code == null
                ? positiveSequence(element, "x1", "xmatrix") * length
                : code.reactance_ohm() * codeLength;
        checkImpedance(element, resistance_ohm, reactance_ohm);

        double resistance_ohmPerKm = resistance_ohm / length_m * 1000;
        double rating_A;
        if (element.has("normamps")) {
            rating_A = positiveRating(element);
        } else if (code != null && !ownResistance && code.rating_A() > 0) {
            rating_A = code.rating_A();
        } else {
            TableRating rating;
            if (code != null && !ownResistance && code.unit_m() > 0) {
                double codes_ohmPerKm = code.resistance_ohm() / code.unit_m() * 1000;
                rating = codeRatings.computeIfAbsent(code.name(), name -> tableRating(name, codes_ohmPerKm));
            } else {
                rating = tableRating(code == null ? "" : code.name(), resistance_ohmPerKm);
            }
            if (rating.remark() != null) {
                report.add(rating.remark());
            }
            rating_A = rating.rating_A();
        }
        double phases = element.number("phases", 3);
        if (phases != 3) {
            report.add("line of %s phases carried as balanced three-phase".formatted(element.findText("phases")));
        }
        return new Line(
                prefix + element.name(),
                from,
                to,
                length_m,
                code == null ? String.format(Locale.ROOT, "%.3f ohm/km", resistance_ohmPerKm) : code.name(),
                resistance_ohm,
                reactance_ohm,
                Math.sqrt(3) * base_V / 1000 * rating_A,
                costs.line_gbpPerYear(length_m, rating_A));
    }

    private Code code(DssElement line, String name) {
        String key = name.toLowerCase(Locale.ROOT);
        Code known = codes.get(key);
        if (known != null) {
            return known;
        }
        DssElement element = script.elements(DssKind.LINE_CODE).get(key);
        if (element == null) {
            throw line.fault(
                    "linecode",
                    "%s has line code %s, which is not defined.%s"
                            .formatted(line.label(), name, likelyMissing("its name is misspelt")));
        }
        double resistance_ohm = positiveSequence(element, "r1", "rmatrix");
        double reactance_ohm = positiveSequence(element, "x1", "xmatrix");
        checkImpedance(element, resistance_ohm, reactance_ohm);
        Code code = new Code(
                element.name(),
                resistance_ohm,
                reactance_ohm,
                unit_m(element),
                element.has("normamps") ? positiveRating(element) : 0);
        codes.put(key, code);
        return code;
    }

    private static void checkImpedance(DssElement element, double resistance_ohm, double reactance_ohm) {
        if (!(resistance_ohm > 0 && resistance_ohm < Double.POSITIVE_INFINITY)) {
            throw element.fault(
                    element.has("r1") ? "r1" : "rmatrix",
                    "%s has a positive-sequence resistance of %s ohm, expected > 0."
                            .formatted(element.label(), resistance_ohm));
        }
        if (!(reactance_ohm >= 0 && reactance_ohm < Double.POSITIVE_INFINITY)) {
            throw element.fault(
                    element.has("x1") ? "x1" : "xmatrix",
                    "%s has a positive-sequence reactance of %s ohm, expected at least 0."
                            .formatted(element.label(), reactance_ohm));
        }
    }

    private static double positiveRating(DssElement element) {
        double rating_A = element.number("normamps", "");
        if (!(rating_A > 0)) {
            throw element.fault("normamps", "%s has normamps %s, expected > 0 A.".formatted(element.label(), rating_A));
        }
        return rating_A;
    }

    /** The rating that the cable table gives, and what the report says of it. */
    private TableRating tableRating(String code, double resistance_ohmPerKm) {
        CableTable.Rating rating = CableTable.rating(code, resistance_ohmPerKm);
        String rounded = String.format(Locale.ROOT, "%.0f A", rating.rating_A());
        if (rating.row() != null) {
            tableRatings.put(code, rounded);
            return new TableRating(rating.rating_A(), null);
        }
        return new TableRating(
                rating.rating_A(),
                String.format(
                        Locale.ROOT,
                        "%s: no rating in the file, %s interpolated from %.3f ohm/km",
                        code.isEmpty() ? "line without line code" : "line code " + code,
                        rounded,
                        resistance_ohmPerKm));
    }

    /** The property of that name, or else the mean of the matrix's diagonal less that of the rest. */
    private static double positiveSequence(DssElement element, String property, String matrix) {
        if (element.has(property) || !element.has(matrix)) {
            return element.number(property, "the file is cut off here, or it is given in a way that is not read");
        }
        List<List<Double>> rows = element.matrix(matrix);
        double diagonal = 0;
        double rest = 0;
        int restCount = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() < i + 1 || rows.get(i).size() > rows.size()) {
                throw element.fault(
                        matrix,
                        "%s: row %d of %s has %d numbers, expected %d."
                                .formatted(
                                        element.label(),
                                        i + 1,
                                        matrix,
                                        rows.get(i).size(),
                                        i + 1));
            }
            diagonal += rows.get(i).get(i);
            for (int j = 0; j < i; j++) {
                rest += rows.get(i).get(j);
                restCount++;
            }
        }
        return diagonal / rows.size() - (restCount == 0 ? 0 : rest / restCount);
    }

    /** Metres in the element's unit of length; 0 where it names none. */
    private static double unit_m(DssElement element) {
        String unit = element.findText("units");
        if (unit == null) {
            return 0;
        }
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "none" -> 0;
            case "m" -> 1;
            case "km" -> 1000;
            case "ft" -> 0.3048;
            case "kft" -> 304.8;
            case "mi" -> 1609.344;
            case "in" -> 0.0254;
            case "cm" -> 0.01;
            case "mm" -> 0.001;
            default ->
                throw element.fault(
                        "units",
                        "%s has units %s, expected one of m, km, ft, kft, mi, in, cm, mm, none."
                                .formatted(element.label(), unit));
        };
    }

    /** The lines between buses, and the order in which a search from the busbar reaches them. */
    private static final class Tree {
        private final List<DssElement> cables;
        private final List<int[]> ends;
        private final int[] firstEnd;
        private final int[] edgeOfEnd;
        private final int[] feedingEdge;
        private final int[] fed;
        private final List<Integer> reached = new ArrayList<>();

        Tree(int busCount, List<DssElement> cables, List<int[]> ends) {
            this.cables = cables;
            this.ends = ends;
            this.firstEnd = new int[busCount + 1];
            this.edgeOfEnd = new int[2 * cables.size()];
            this.feedingEdge = new int[busCount];
            this.fed = new int[cables.size()];
            Arrays.fill(feedingEdge, -1);
            Arrays.fill(fed, -1);
            for (int[] between : ends) {
                firstEnd[between[0] + 1]++;
                firstEnd[between[1] + 1]++;
            }
            for (int b = 0; b < busCount; b++) {
                firstEnd[b + 1] += firstEnd[b];
            }
            int[] next = firstEnd.clone();
            for (int e = 0; e < ends.size(); e++) {
                edgeOfEnd[next[ends.get(e)[0]]++] = e;
                edgeOfEnd[next[ends.get(e)[1]]++] = e;
            }
        }

        /** Buses in the order reached. */
        List<Integer> reached() {
            return reached;
        }

        boolean reaches(int bus) {
            return feedingEdge[bus] >= 0 || bus == reached.getFirst();
        }

        /** The bus that a line feeds. */
        int fedBy(int edge) {
            return fed[edge];
        }

        void grow(int root) {
            reached.add(root);
            for (int at = 0; at < reached.size(); at++) {
                int bus = reached.get(at);
                for (int i = firstEnd[bus]; i < firstEnd[bus + 1]; i++) {
                    int edge = edgeOfEnd[i];
                    if (edge == feedingEdge[bus]) {
                        continue;
                    }
                    int other = other(edge, bus);
                    if (reaches(other)) {
                        throw mesh(edge, bus, other);
                    }
                    feedingEdge[other] = edge;
                    fed[edge] = other;
                    reached.add(other);
                }
            }
            refuseOrphans();
        }

        private int other(int edge, int bus) {
            int[] between = ends.get(edge);
            return between[0] == bus ? between[1] : between[0];
        }

        private NetworkFormatException mesh(int closing, int bus, int other) {
            if (bus == other) {
                return cables.get(closing)
                        .fault("%s has both ends at one bus, expected two."
                                .formatted(cables.get(closing).label()));
            }
            List<String> around = new ArrayList<>(List.of(cables.get(closing).name()));
            boolean[] above = new boolean[feedingEdge.length];
            for (int b = bus; ; b = other(feedingEdge[b], b)) {
                above[b] = true;
                if (feedingEdge[b] < 0) {
                    break;
                }
            }
            int meeting = other;
            while (!above[meeting]) {
                around.add(cables.get(feedingEdge[meeting]).name());
                meeting = other(feedingEdge[meeting], meeting);
            }
            for (int b = bus; b != meeting; b = other(feedingEdge[b], b)) {
                around.add(cables.get(feedingEdge[b]).name());
            }
            return cables.get(closing)
                    .fault(
                            "lines %s form a loop, expected a tree: the network is meshed.\nMaybe an open point is missing."
                                    .formatted(named(around)));
        }

        private void refuseOrphans() {
            List<String> orphans = new ArrayList<>();
            DssElement first = null;
            for (int e = 0; e < fed.length; e++) {
                if (fed[e] < 0) {
                    first = first == null ? cables.get(e) : first;
                    orphans.add(cables.get(e).name());
                }
            }
            if (first != null) {
                throw first.fault(
                        "%d line(s) have no supply from the transformer's low-voltage bus: %s.\nMaybe a line between is missing."
                                .formatted(orphans.size(), named(orphans)));
            }
        }

        private static String named(List<String> names) {
            return String.join(", ", names.subList(0, Math.min(NAMED_AT_MOST, names.size())))
                    + (names.size() > NAMED_AT_MOST ? ", … (%d in all)".formatted(names.size()) : "");
        }
    }
}
