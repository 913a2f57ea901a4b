package org.headroom.network.format;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;

/**
 * Writes a network as pandapower's {@code from_json} reads it (format 3.1). Homes are loads; the external grid feeds the busbar
 * through a transformer of next to no impedance. Asset values, public chargers and which loads are homes stand in columns of
 * our own, which pandapower keeps; so {@link PandapowerReader} reads the very same network back.
 */
final class PandapowerWriter {
    private static final String FORMAT_VERSION = "3.1.0";
    private static final String VERSION = "3.0.0";

    private final Network network;
    private final BigDecimal base_kV;

    private PandapowerWriter(Network network) {
        this.network = network;
        this.base_kV = Decimals.of(network.base_V()).movePointLeft(3);
    }

    static ImportReport write(Network network, Path file) {
        TextFiles.write(file, new PandapowerWriter(network).text());
        return new ImportReport.Builder()
                .add(HomeLoad.REMARK)
                .add("transformer written with next to no impedance: the busbar is held at the source's voltage")
                .add("asset values and public chargers stand in columns that pandapower keeps but does not use")
                .build();
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        out.append("{\n  \"_module\": \"pandapower.auxiliary\",\n  \"_class\": \"pandapowerNet\",\n  \"_object\": {\n");
        frame(out, "bus", buses());
        frame(out, "load", loads());
        frame(out, "ext_grid", source());
        frame(out, "line", lines());
        frame(out, "trafo", transformer());
        out.append("    \"version\": ").append(NetworkJson.quoted(VERSION));
        out.append(",\n    \"format_version\": ").append(NetworkJson.quoted(FORMAT_VERSION));
        out.append(",\n    \"name\": ").append(NetworkJson.quoted(network.name()));
        out.append(",\n    \"f_hz\": 50.0,\n    \"sn_mva\": 1.0\n  }\n}\n");
        return out.toString();
    }

    private static void frame(StringBuilder out, String name, Frame frame) {
        out.append("    \"%s\": {\"_module\": \"pandas.core.frame\", \"_class\": \"DataFrame\", \"_object\": "
                .formatted(name));
        out.append(NetworkJson.quoted(frame.text()));
        out.append(", \"orient\": \"split\", \"dtype\": ").append(frame.types());
        out.append(", \"is_multiindex\": false, \"is_multicolumn\": false},\n");
    }

    /** Rows being written under named and typed columns. */
    private static final class Frame {
        private final Map<String, String> types = new LinkedHashMap<>();
        private final StringBuilder rows = new StringBuilder();
        private int count;

        Frame column(String name, String type) {
            types.put(name, type);
            return this;
        }

        /** Adds a row of values that are JSON already. */
        void row(String... values) {
            rows.append(count == 0 ? "[" : ",[")
                    .append(String.join(",", values))
                    .append(']');
            count++;
        }

        String text() {
            StringBuilder index = new StringBuilder();
            for (int i = 0; i < count; i++) {
                index.append(i == 0 ? "" : ",").append(i);
            }
            StringBuilder names = new StringBuilder();
            types.keySet()
                    .forEach(name -> names.append(names.isEmpty() ? "" : ",").append(NetworkJson.quoted(name)));
            return "{\"columns\":[" + names + "],\"index\":[" + index + "],\"data\":[" + rows + "]}";
        }

        String types() {
            StringBuilder out = new StringBuilder();
            types.forEach((name, type) -> out.append(out.isEmpty() ? "{" : ", ")
                    .append(NetworkJson.quoted(name))
                    .append(": ")
                    .append(NetworkJson.quoted(type)));
            return out.append('}').toString();
        }
    }

    private Frame buses() {
        Frame frame = new Frame()
                .column("name", "object")
                .column("vn_kv", "float64")
                .column("type", "object")
                .column("zone", "object")
                .column("in_service", "bool")
                .column("min_vm_pu", "float64")
                .column("max_vm_pu", "float64")
                .column("geo", "object")
                .column("publicChargers", "int64");
        String lower_pu = number(network.voltage().lower_pu());
        String upper_pu = number(network.voltage().upper_pu());
        Set<String> names = new HashSet<>();
        for (Node node : network.nodes()) {
            names.add(node.id());
            Position position = node.position();
            String geo = position == null
                    ? "null"
                    : NetworkJson.quoted("{\"coordinates\": [%s, %s], \"type\": \"Point\"}"
                            .formatted(Double.toString(position.x_m()), Double.toString(position.y_m())));
            frame.row(
                    NetworkJson.quoted(node.id()),
                    number(base_kV),
                    "\"b\"",
                    "null",
                    "true",
                    lower_pu,
                    upper_pu,
                    geo,
                    Integer.toString(node.publicChargers()));
        }
        String grid = "grid";
        while (names.contains(grid)) {
            grid += "_";
        }
        frame.row(NetworkJson.quoted(grid), number(primary_kV()), "\"b\"", "null", "true", "null", "null", "null", "0");
        return frame;
    }

    private BigDecimal primary_kV() {
        return network.base_V() <= GridDraft.LOW_V ? BigDecimal.valueOf(11) : base_kV.movePointRight(1);
    }

    private Frame loads() {
        Frame frame = new Frame()
                .column("name", "object")
                .column("bus", "uint32")
                .column("p_mw", "float64")
                .column("q_mvar", "float64")
                .column("const_z_p_percent", "float64")
                .column("const_i_p_percent", "float64")
                .column("const_z_q_percent", "float64")
                .column("const_i_q_percent", "float64")
                .column("sn_mva", "float64")
                .column("scaling", "float64")
                .column("in_service", "bool")
                .column("type", "object")
                .column("home", "bool");
        String power_MW = number(Decimals.of(HomeLoad.POWER_KW).movePointLeft(3));
        String reactive_Mvar = number(Decimals.of(HomeLoad.REACTIVE_KVAR).movePointLeft(3));
        for (int n = 0; n < network.nodeCount(); n++) {
            for (int home = 1; home <= network.node(n).homes(); home++) {
                frame.row(
                        NetworkJson.quoted(
                                "%s home %d".formatted(network.node(n).id(), home)),
                        Integer.toString(n),
                        power_MW,
                        reactive_Mvar,
                        "0.0",
                        "0.0",
                        "0.0",
                        "0.0",
                        "null",
                        "1.0",
                        "true",
                        "\"wye\"",
                        "true");
            }
        }
        return frame;
    }

    private Frame source() {
        Frame frame = new Frame()
                .column("name", "object")
                .column("bus", "uint32")
                .column("vm_pu", "float64")
                .column("va_degree", "float64")
                .column("slack_weight", "float64")
                .column("in_service", "bool")
                .column("controllable", "bool");
        frame.row(
                "\"grid\"",
                Integer.toString(network.nodeCount()),
                number(network.voltage().source_pu()),
                "0.0",
                "1.0",
                "true",
                "false");
        return frame;
    }

    private Frame lines() {
        Frame frame = new Frame()
                .column("name", "object")
                .column("std_type", "object")
                .column("from_bus", "uint32")
                .column("to_bus", "uint32")
                .column("length_km", "float64")
                .column("r_ohm_per_km", "float64")
                .column("x_ohm_per_km", "float64")
                .column("c_nf_per_km", "float64")
                .column("g_us_per_km", "float64")
                .column("max_i_ka", "float64")
                .column("df", "float64")
                .column("parallel", "uint32")
                .column("type", "object")
                .column("in_service", "bool")
                .column("max_loading_percent", "float64")
                .column("geo", "object")
                .column("asset_gbpPerYear", "float64");
        BigDecimal kVAperKA = Decimals.ROOT_3.multiply(base_kV).multiply(Decimals.THOUSAND);
        for (int l = 0; l < network.lineCount(); l++) {
            Line line = network.line(l);
            BigDecimal length_km = Decimals.of(line.length_m()).movePointLeft(3);
            frame.row(
                    NetworkJson.quoted(line.id()),
                    NetworkJson.quoted(line.type()),
                    Integer.toString(network.parentNode(l)),
                    Integer.toString(l + 1),
                    number(length_km),
                    number(Decimals.cofactor(line.resistance_ohm(), length_km)),
                    number(Decimals.cofactor(line.reactance_ohm(), length_km)),
                    "0.0",
                    "0.0",
                    number(Decimals.cofactor(line.capacity_kVA(), kVAperKA)),
                    "1.0",
                    "1",
                    "\"cs\"",
                    "true",
                    "100.0",
                    "null",
                    number(line.asset_gbpPerYear()));
        }
        return frame;
    }

    private Frame transformer() {
        Frame frame = new Frame()
                .column("name", "object")
                .column("std_type", "object")
                .column("hv_bus", "uint32")
                .column("lv_bus", "uint32")
                .column("sn_mva", "float64")
                .column("vn_hv_kv", "float64")
                .column("vn_lv_kv", "float64")
                .column("vk_percent", "float64")
                .column("vkr_percent", "float64")
                .column("pfe_kw", "float64")
                .column("i0_percent", "float64")
                .column("shift_degree", "float64")
                .column("tap_side", "object")
                .column("tap_neutral", "float64")
                .column("tap_min", "float64")
                .column("tap_max", "float64")
                .column("tap_step_percent", "float64")
                .column("tap_step_degree", "float64")
                .column("tap_pos", "float64")
                .column("tap_changer_type", "object")
                .column("parallel", "uint32")
                .column("df", "float64")
                .column("in_service", "bool")
                .column("asset_gbpPerYear", "float64");
        frame.row(
                "\"substation\"",
                "null",
                Integer.toString(network.nodeCount()),
                "0",
                number(Decimals.of(network.substation().capacity_kVA()).movePointLeft(3)),
                number(primary_kV()),
                number(base_kV),
                "0.001",
                "0.0001",
                "0.0",
                "0.0",
                "0.0",
                "null",
                "null",
                "null",
                "null",
                "null",
                "null",
                "null",
                "null",
                "1",
                "1.0",
                "true",
                number(network.substation().asset_gbpPerYear()));
        return frame;
    }

    private static String number(double value) {
        return number(Decimals.of(value));
    }

    /** A number with a point, as pandas writes floats. */
    private static String number(BigDecimal value) {
        String text = Decimals.text(value);
        return text.matches("-?\\d+") ? text + ".0" : text;
    }
}
