package org.headroom.network.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headroom.network.CableTable;
import org.headroom.network.Position;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what pandapower's {@code to_json} writes: buses, lines, one external grid, at most one transformer, switches and
 * loads. Lines in parallel are one; a load of one or three phases is balanced. Tables of anything else are listed.
 */
final class PandapowerReader {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> READ =
            Set.of("bus", "line", "load", "asymmetric_load", "ext_grid", "gen", "trafo", "switch");
    /** Tables that are no part of the network. */
    private static final Set<String> ASIDE = Set.of(
            "poly_cost",
            "pwl_cost",
            "measurement",
            "controller",
            "group",
            "bus_geodata",
            "line_geodata",
            "characteristic");

    private final Path file;
    private final JsonNode tables;
    private final ImportReport.Builder report = new ImportReport.Builder();
    private final GridDraft draft;
    private final Map<Long, Integer> busNumber = new HashMap<>();
    private final Set<Long> busesOut = new HashSet<>();
    private final Set<Long> openLines = new HashSet<>();
    private final Set<Long> openTransformers = new HashSet<>();

    private PandapowerReader(Path file, JsonNode tables) {
        this.file = file;
        this.tables = tables;
        this.draft = new GridDraft(file, report);
    }

    static ImportedNetwork read(Path file) {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw NetworkFormatException.in(file, e.getOriginalMessage() + ".\nMaybe the file is cut off.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode tables = root.path("_object");
        if (!tables.isObject()) {
            throw NetworkFormatException.in(
                    file, "_object holds no tables.\nMaybe it is encrypted, or of an older pandapower.");
        }
        return new PandapowerReader(file, tables).network();
    }

    private ImportedNetwork network() {
        buses();
        switches();
        lines();
        transformers();
        sources();
        loads("load");
        loads("asymmetric_load");
        others();
        String name = tables.path("name").asString("");
        String stem = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        return draft.network(name.isBlank() ? stem : name, Double.NaN, false);
    }

    private PandapowerTable table(String name) {
        return PandapowerTable.of(file, name, tables.get(name), JSON);
    }

    /** Names where every element has one of its own, else the numbers of the file. */
    private static String id(PandapowerTable.Row row, boolean named) {
        String name = named ? row.findText("name") : null;
        return name == null ? Long.toString(row.index()) : name;
    }

    private boolean named(PandapowerTable table, String kind) {
        boolean named = table.isKey("name");
        if (!named) {
            report.add("%s: names missing or given twice, numbered as in the file".formatted(kind));
        }
        return named;
    }

    private void buses() {
        PandapowerTable table = table("bus");
        if (table.rows().isEmpty()) {
            throw NetworkFormatException.in(file, "no buses.\nMaybe it is no network of pandapower.");
        }
        boolean named = named(table, "buses");
        boolean positions = false;
        for (PandapowerTable.Row row : table.rows()) {
            if (!row.flag("in_service", true)) {
                busesOut.add(row.index());
                report.add("bus out of service: left out");
                continue;
            }
            double base_V = row.number("vn_kv").movePointRight(3).doubleValue();
            Position position = position(row);
            positions |= position != null;
            busNumber.put(
                    row.index(),
                    draft.add(new GridDraft.Bus(
                            id(row, named),
                            base_V,
                            position,
                            row.number("min_vm_pu", Double.NaN),
                            row.number("max_vm_pu", Double.NaN),
                            row.count("publicChargers"))));
        }
        if (positions && !table.has("publicChargers")) {
            report.add("positions taken as metres, as they are");
        }
    }

    private @Nullable Position position(PandapowerTable.Row row) {
        String text = row.findText("geo");
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            JsonNode at = JSON.readTree(text).path("coordinates");
            if (at.size() >= 2 && at.get(0).isNumber() && at.get(1).isNumber()) {
                return new Position(at.get(0).doubleValue(), at.get(1).doubleValue());
            }
        } catch (JacksonException e) {
            // said below
        }
        throw row.fault("geo is %s, expected a GeoJSON point.".formatted(DssTokens.shortened(text)));
    }

    /** The bus under a column; null where it is out of service. */
    private @Nullable Integer findBus(PandapowerTable.Row row, String column) {
        long index = row.element(column);
        Integer number = busNumber.get(index);
        if (number == null && !busesOut.contains(index)) {
            throw row.fault("%s is %d, which is no bus.".formatted(column, index));
        }
        return number;
    }

    private void switches() {
        for (PandapowerTable.Row row : table("switch").rows()) {
            boolean closed = row.flag("closed", true);
            String kind = row.findText("et");
            long element = row.element("element");
            switch (kind == null ? "" : kind) {
                case "b" -> {
                    Integer one = findBus(row, "bus");
                    Integer other = findBus(row, "element");
                    if (closed && one != null && other != null) {
                        draft.join(one, other);
                        report.add("closed switch between buses: its ends made one node");
                    }
                }
                case "l" -> {
                    if (!closed) {
                        openLines.add(element);
                    }
                }
                case "t" -> {
                    if (!closed) {
                        openTransformers.add(element);
                    }
                }
                default -> report.add("switch of kind %s not carried".formatted(kind));
            }
        }
    }

    private void lines() {
        PandapowerTable table = table("line");
        boolean named = named(table, "lines");
        for (PandapowerTable.Row row : table.rows()) {
            Integer one = findBus(row, "from_bus");
            Integer other = findBus(row, "to_bus");
            String id = id(row, named);
            if (!row.flag("in_service", true) || one == null || other == null) {
                report.add("line out of service: left out");
                continue;
            }
            if (openLines.contains(row.index())) {
                report.add("line %s is open: left out".formatted(id));
                continue;
            }
            line(row, id, one, other);
        }
    }

    private void line(PandapowerTable.Row row, String id, int one, int other) {
        BigDecimal parallel = row.findNumber("parallel");
        if (parallel == null || parallel.signum() <= 0) {
            parallel = BigDecimal.ONE;
        }
        BigDecimal length_km = row.number("length_km");
        BigDecimal perSystem = BigDecimal.ONE.divide(parallel, MathContext.DECIMAL128);
        double resistance_ohmPerKm = row.number("r_ohm_per_km").doubleValue();
        String type = row.findText("std_type");
        if (row.number("c_nf_per_km", 0) != 0 || row.number("g_us_per_km", 0) != 0) {
            report.add("shunt admittance of a line not carried");
        }
        BigDecimal base_kV = Decimals.of(draft.bus(one).base_V()).movePointLeft(3);
        BigDecimal rating_kA = row.findNumber("max_i_ka");
        if (rating_kA == null && draft.bus(one).base_V() <= GridDraft.LOW_V && resistance_ohmPerKm > 0) {
            double rating_A = CableTable.rating(type == null ? "" : type, resistance_ohmPerKm)
                    .rating_A();
            report.add("line without a rating: taken from the cable table");
            rating_kA = Decimals.of(rating_A).movePointLeft(3);
        }
        BigDecimal derating = row.findNumber("df");
        double capacity_kVA = rating_kA == null
                ? Double.NaN
                : Decimals.product(
                        Decimals.ROOT_3,
                        base_kV,
                        rating_kA,
                        derating == null ? BigDecimal.ONE : derating,
                        parallel,
                        Decimals.THOUSAND);
        draft.add(new GridDraft.Branch(
                id,
                one,
                other,
                length_km.movePointRight(3).doubleValue(),
                type == null ? "" : type,
                Decimals.product(row.number("r_ohm_per_km"), length_km, perSystem),
                Decimals.product(row.number("x_ohm_per_km"), length_km, perSystem),
                capacity_kVA,
                row.number("asset_gbpPerYear", Double.NaN)));
    }

    private void transformers() {
        PandapowerTable table = table("trafo");
        boolean named = table.isKey("name");
        for (PandapowerTable.Row row : table.rows()) {
            Integer high = findBus(row, "hv_bus");
            Integer low = findBus(row, "lv_bus");
            if (!row.flag("in_service", true)
                    || high == null
                    || low == null
                    || openTransformers.contains(row.index())) {
                report.add("transformer out of service: left out");
                continue;
            }
            double capacity_kVA = row.number("sn_mva").movePointRight(3).doubleValue() * row.number("parallel", 1);
            draft.add(new GridDraft.Transformer(
                    id(row, named), high, low, capacity_kVA, row.number("asset_gbpPerYear", Double.NaN)));
        }
    }

    private void sources() {
        for (String kind : List.of("ext_grid", "gen")) {
            for (PandapowerTable.Row row : table(kind).rows()) {
                Integer bus = findBus(row, "bus");
                if (!row.flag("in_service", true) || bus == null) {
                    report.add("%s out of service: left out".formatted(kind));
                    continue;
                }
                double limit_kVA = row.number("max_p_mw", Double.NaN) * 1000;
                draft.add(new GridDraft.Source(row.label(), bus, row.number("vm_pu", 1), limit_kVA));
            }
        }
    }

    private void loads(String kind) {
        boolean byPhase = kind.equals("asymmetric_load");
        for (PandapowerTable.Row row : table(kind).rows()) {
            Integer bus = findBus(row, "bus");
            if (!row.flag("in_service", true) || bus == null) {
                report.add("load out of service: left out");
                continue;
            }
            double scaling = row.number("scaling", 1) * 1000;
            double power_kW = 0;
            double reactive_kvar = 0;
            for (String phase : byPhase ? List.of("_a", "_b", "_c") : List.of("")) {
                power_kW += row.number("p%s_mw".formatted(phase), 0) * scaling;
                reactive_kvar += row.number("q%s_mvar".formatted(phase), 0) * scaling;
            }
            if (byPhase) {
                report.add("load by phase carried as balanced");
            }
            boolean home = row.flag("home", false);
            draft.add(new GridDraft.Load(row.label(), bus, power_kW, reactive_kvar, home ? 1 : -1));
        }
    }

    /** Tables with elements that the model has no place for. */
    private void others() {
        for (String name : tables.propertyNames()) {
            JsonNode value = tables.get(name);
            boolean results = name.startsWith("res_") || name.startsWith("_");
            if (results
                    || READ.contains(name)
                    || ASIDE.contains(name)
                    || !value.path("_class").asString("").equals("DataFrame")) {
                continue;
            }
            int rows = table(name).rows().size();
            if (rows > 0) {
                report.add("%s: %d not carried".formatted(name, rows));
            }
        }
    }
}
