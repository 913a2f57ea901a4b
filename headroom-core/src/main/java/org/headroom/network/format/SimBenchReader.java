package org.headroom.network.format;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.headroom.input.CsvTable;
import org.headroom.network.Position;

/**
 * Reads a folder of SimBench tables (semicolons, {@code NULL} for what is not given): nodes, lines and their types, one
 * external grid, at most one transformer, switches, loads and coordinates. Profiles and generators are listed.
 */
final class SimBenchReader {
    private static final double ANY = Double.MAX_VALUE;
    /** Mean radius of the earth (IUGG), for degrees to metres. */
    private static final double EARTH_M = 6_371_008.8;

    private static final String NOTHING = "NULL";
    private static final List<String> ELEMENTS =
            List.of("RES", "PowerPlant", "Storage", "Shunt", "Transformer3W", "Measurement");
    private static final List<String> PROFILES =
            List.of("LoadProfile", "RESProfile", "PowerPlantProfile", "StorageProfile", "StudyCases", "NodePFResult");

    private final Path folder;
    private final ImportReport.Builder report = new ImportReport.Builder();
    private final GridDraft draft;
    private final Map<String, Integer> busOfNode = new HashMap<>();
    private final Map<Integer, Double> setpoint_pu = new HashMap<>();

    private SimBenchReader(Path folder) {
        this.folder = folder;
        this.draft = new GridDraft(folder, report);
    }

    static boolean recognises(Path folder) {
        return Files.isRegularFile(folder.resolve("Node.csv"))
                && Files.isRegularFile(folder.resolve("Line.csv"))
                && Files.isRegularFile(folder.resolve("LineType.csv"));
    }

    static ImportedNetwork read(Path folder) {
        SimBenchReader reader = new SimBenchReader(folder);
        reader.nodes();
        reader.lines();
        reader.transformers();
        reader.switches();
        reader.sources();
        reader.loads();
        reader.others();
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return reader.draft.network(name, Double.NaN, false);
    }

    /** A table of the folder; columns beyond those asked for are SimBench's own and not told. */
    private CsvTable table(String name, String... columns) {
        return CsvTable.read(folder.resolve(name + ".csv"), ';', List.of(columns), List.of());
    }

    private boolean has(String name) {
        return Files.isRegularFile(folder.resolve(name + ".csv"));
    }

    private static double number(CsvTable.Row row, String column, double fallback) {
        return row.text(column).equals(NOTHING) ? fallback : row.number(column, -ANY, ANY);
    }

    private static BigDecimal decimal(CsvTable.Row row, String column) {
        double value = row.number(column, -ANY, ANY);
        return value == 0 ? BigDecimal.ZERO : new BigDecimal(row.text(column));
    }

    private void nodes() {
        Map<String, Position> coordinates = coordinates();
        for (CsvTable.Row row : table("Node", "id", "vmSetp", "vmR", "vmMin", "vmMax", "coordID")
                .rows()) {
            String id = row.text("id");
            int bus = draft.add(new GridDraft.Bus(
                    id,
                    decimal(row, "vmR").movePointRight(3).doubleValue(),
                    coordinates.get(row.text("coordID")),
                    number(row, "vmMin", Double.NaN),
                    number(row, "vmMax", Double.NaN),
                    0));
            if (busOfNode.put(id, bus) != null) {
                throw row.fault("node %s is there twice.".formatted(id));
            }
            setpoint_pu.put(bus, number(row, "vmSetp", Double.NaN));
        }
    }

    /** Longitude and latitude as metres east and north of their mean. */
    private Map<String, Position> coordinates() {
        Map<String, Position> positions = new HashMap<>();
        if (!has("Coordinates")) {
            return positions;
        }
        List<CsvTable.Row> rows = table("Coordinates", "id", "x", "y").rows();
        double meanLongitude = 0;
        double meanLatitude = 0;
        for (CsvTable.Row row : rows) {
            meanLongitude += row.number("x", -180, 180) / rows.size();
            meanLatitude += row.number("y", -90, 90) / rows.size();
        }
        double perDegree_m = StrictMath.toRadians(EARTH_M);
        double shrink = StrictMath.cos(StrictMath.toRadians(meanLatitude));
        for (CsvTable.Row row : rows) {
            positions.put(
                    row.text("id"),
                    new Position(
                            (row.number("x", -180, 180) - meanLongitude) * perDegree_m * shrink,
                            (row.number("y", -90, 90) - meanLatitude) * perDegree_m));
        }
        report.add("positions: degrees carried as metres from their mean");
        return positions;
    }

    private int bus(CsvTable.Row row, String column) {
        Integer bus = busOfNode.get(row.text(column));
        if (bus == null) {
            throw row.fault("%s is '%s', which is not in Node.csv.".formatted(column, row.text(column)));
        }
        return bus;
    }

    private void lines() {
        Map<String, CsvTable.Row> types = new HashMap<>();
        for (CsvTable.Row row : table("LineType", "id", "r", "x", "b", "iMax").rows()) {
            types.put(row.text("id"), row);
        }
        for (CsvTable.Row row :
                table("Line", "id", "nodeA", "nodeB", "type", "length").rows()) {
            CsvTable.Row type = types.get(row.text("type"));
            if (type == null) {
                throw row.fault("type is '%s', which is not in LineType.csv.".formatted(row.text("type")));
            }
            int one = bus(row, "nodeA");
            BigDecimal length_km = decimal(row, "length");
            if (number(type, "b", 0) != 0) {
                report.add("line charging not carried");
            }
            BigDecimal base_kV = Decimals.of(draft.bus(one).base_V()).movePointLeft(3);
            draft.add(new GridDraft.Branch(
                    row.text("id"),
                    one,
                    bus(row, "nodeB"),
                    length_km.movePointRight(3).doubleValue(),
                    row.text("type"),
                    Decimals.product(decimal(type, "r"), length_km),
                    Decimals.product(decimal(type, "x"), length_km),
                    type.text("iMax").equals(NOTHING)
                            ? Double.NaN
                            : Decimals.product(Decimals.ROOT_3, base_kV, decimal(type, "iMax")),
                    Double.NaN));
        }
    }

    private void transformers() {
        if (!has("Transformer")) {
            return;
        }
        Map<String, CsvTable.Row> types = new HashMap<>();
        for (CsvTable.Row row : table("TransformerType", "id", "sR").rows()) {
            types.put(row.text("id"), row);
        }
        for (CsvTable.Row row :
                table("Transformer", "id", "nodeHV", "nodeLV", "type").rows()) {
            CsvTable.Row type = types.get(row.text("type"));
            if (type == null) {
                throw row.fault("type is '%s', which is not in TransformerType.csv.".formatted(row.text("type")));
            }
            double capacity_kVA = decimal(type, "sR").movePointRight(3).doubleValue();
            draft.add(new GridDraft.Transformer(
                    row.text("id"), bus(row, "nodeHV"), bus(row, "nodeLV"), capacity_kVA, Double.NaN));
        }
    }

    private void switches() {
        if (!has("Switch")) {
            return;
        }
        for (CsvTable.Row row : table("Switch", "id", "nodeA", "nodeB", "cond").rows()) {
            if (row.integer("cond", 0, 1) == 1) {
                draft.join(bus(row, "nodeA"), bus(row, "nodeB"));
                report.add("closed switch: its ends made one node");
            }
        }
    }

    private void sources() {
        for (CsvTable.Row row : table("ExternalNet", "id", "node", "calc_type").rows()) {
            if (!row.text("calc_type").equals("vavm")) {
                report.add("external grid %s holds no voltage: not carried".formatted(row.text("id")));
                continue;
            }
            int bus = bus(row, "node");
            double voltage_pu = setpoint_pu.getOrDefault(bus, Double.NaN);
            if (Double.isNaN(voltage_pu)) {
                report.add("external grid %s without a voltage: 1 pu taken".formatted(row.text("id")));
                voltage_pu = 1;
            }
            draft.add(new GridDraft.Source(row.text("id"), bus, voltage_pu, Double.NaN));
        }
    }

    private void loads() {
        Set<String> others = new TreeSet<>();
        for (CsvTable.Row row :
                table("Load", "id", "node", "profile", "pLoad", "qLoad").rows()) {
            draft.add(new GridDraft.Load(
                    row.text("id"),
                    bus(row, "node"),
                    decimal(row, "pLoad").movePointRight(3).doubleValue(),
                    decimal(row, "qLoad").movePointRight(3).doubleValue(),
                    -1));
            if (!row.text("profile").startsWith("H")) {
                others.add(row.text("profile"));
            }
        }
        if (!others.isEmpty()) {
            report.add("loads that are no households by their profile (%s) count as loads like the rest"
                    .formatted(String.join(", ", others)));
        }
    }

    private void others() {
        for (String name : ELEMENTS) {
            int rows = has(name) ? table(name).rows().size() : 0;
            if (rows > 0) {
                report.add("%s: %d not carried".formatted(name, rows));
            }
        }
        PROFILES.stream().filter(this::has).forEach(name -> report.add("%s.csv not read".formatted(name)));
    }
}
