package org.headroom.network.format;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;

/**
 * Writes a network as OpenDSS scripts: a master with everything that it redirects to. Homes are loads; source and transformer
 * have next to no impedance, since the model holds the busbar at the source's voltage. What OpenDSS has no word for stands in
 * {@link DssNotes notes}, so that {@link OpenDss} reads the very same network back.
 */
final class DssWriter {
    private static final String SOURCE_BUS = "SourceBus";
    private static final String NEXT_TO_NONE = "XHL=0.001 %Rs=[0.0005 0.0005]";

    private final Network network;
    private final String[] busOfNode;
    private final Map<String, Code> codes = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final String base_kV;
    private int renamed;

    /** A line code: the figures of the first line of its type, per metre. */
    private record Code(String name, BigDecimal resistance_ohm, BigDecimal reactance_ohm, BigDecimal rating_A) {
        String figures() {
            String r = Decimals.text(resistance_ohm);
            String x = Decimals.text(reactance_ohm);
            return "R1=%s X1=%s R0=%s X0=%s C1=0 C0=0 normamps=%s".formatted(r, x, r, x, Decimals.text(rating_A));
        }
    }

    private DssWriter(Network network) {
        this.network = network;
        this.base_kV = Decimals.text(Decimals.of(network.base_V()).movePointLeft(3));
        names.add(SOURCE_BUS.toLowerCase(Locale.ROOT));
        this.busOfNode = new String[network.nodeCount()];
        for (int n = 0; n < busOfNode.length; n++) {
            busOfNode[n] = name(network.node(n).id(), names);
        }
    }

    /**
     * Writes the scripts.
     *
     * @param target the master's file where its name ends in {@code .dss}, else a folder that gets a {@code Master.dss}
     */
    static ImportReport write(Network network, Path target) {
        String name = String.valueOf(target.getFileName());
        boolean isFile = name.toLowerCase(Locale.ROOT).endsWith(".dss");
        Path master = isFile ? target : target.resolve("Master.dss");
        String stem = isFile ? name.substring(0, name.length() - ".dss".length()) : "Master";
        String prefix = stem.equalsIgnoreCase("Master") ? "" : stem + "-";
        return new DssWriter(network).write(master, prefix);
    }

    private ImportReport write(Path master, String prefix) {
        String lines = lines(); // before the codes, which it gathers
        TextFiles.write(master.resolveSibling(prefix + "LineCodes.dss"), lineCodes());
        TextFiles.write(master.resolveSibling(prefix + "Transformers.dss"), transformer());
        TextFiles.write(master.resolveSibling(prefix + "Lines.dss"), lines);
        TextFiles.write(master.resolveSibling(prefix + "Loads.dss"), loads());
        boolean anyPosition = network.nodes().stream().anyMatch(node -> node.position() != null);
        if (anyPosition) {
            TextFiles.write(master.resolveSibling(prefix + "BusCoords.csv"), coordinates());
        }
        TextFiles.write(master, master(prefix, anyPosition));

        ImportReport.Builder report = new ImportReport.Builder();
        report.add(HomeLoad.REMARK);
        report.add(
                "source and transformer written with next to no impedance: the busbar is held at the source's voltage");
        report.add("asset values, voltage limits and public chargers stand in comments, which only Headroom reads");
        if (renamed > 0) {
            report.add("%d names changed to letters that OpenDSS allows; the old ones stand in comments"
                    .formatted(renamed));
        }
        return report.build();
    }

    private String master(String prefix, boolean coordinates) {
        StringBuilder out = new StringBuilder();
        out.append("! ").append(oneLine(network.name())).append(", written by Headroom\n");
        out.append(DssNotes.MARK)
                .append("\"network\": ")
                .append(NetworkJson.quoted(network.name()))
                .append(", \"base_V\": ")
                .append(Decimals.text(network.base_V()))
                .append(", \"voltageLimits_pu\": [")
                .append(Decimals.text(network.voltage().lower_pu()))
                .append(", ")
                .append(Decimals.text(network.voltage().upper_pu()))
                .append("]}\n");
        out.append("Clear\nSet DefaultBaseFrequency=50\n");
        out.append("New Circuit.").append(name(network.name(), new HashSet<>()));
        out.append(" Bus1=%s BasekV=%s pu=%s MVAsc3=1000000 MVAsc1=1000000\n"
                .formatted(
                        SOURCE_BUS,
                        primary_kV(),
                        Decimals.text(network.voltage().source_pu())));
        for (String file : new String[] {"LineCodes", "Transformers", "Lines", "Loads"}) {
            out.append("Redirect \"").append(prefix).append(file).append(".dss\"\n");
        }
        out.append("Set VoltageBases=[%s %s]\nCalcVoltageBases\n".formatted(primary_kV(), base_kV));
        if (coordinates) {
            out.append("BusCoords \"").append(prefix).append("BusCoords.csv\"\n");
        }
        return out.append("Solve\n").toString();
    }

    private String primary_kV() {
        return network.base_V() <= 1000
                ? "11"
                : Decimals.text(Decimals.of(network.base_V()).movePointLeft(2)); // ten times the base
    }

    private String transformer() {
        String capacity_kVA = Decimals.text(network.substation().capacity_kVA());
        return "New Transformer.substation Phases=3 Windings=2 Buses=[%s %s] Conns=[Delta Wye] kVs=[%s %s] kVAs=[%s %s] %s %s\"asset_gbpPerYear\": %s}\n"
                .formatted(
                        SOURCE_BUS,
                        busOfNode[0],
                        primary_kV(),
                        base_kV,
                        capacity_kVA,
                        capacity_kVA,
                        NEXT_TO_NONE,
                        DssNotes.MARK,
                        Decimals.text(network.substation().asset_gbpPerYear()));
    }

    private String lines() {
        StringBuilder out = new StringBuilder();
        Set<String> lineNames = new HashSet<>();
        Set<String> codeNames = new HashSet<>();
        BigDecimal kVAperA =
                Decimals.ROOT_3.multiply(Decimals.of(network.base_V()).movePointLeft(3));
        for (int l = 0; l < network.lineCount(); l++) {
            Line line = network.line(l);
            BigDecimal length_m = Decimals.of(line.length_m());
            Code own = new Code(
                    "",
                    Decimals.cofactor(line.resistance_ohm(), length_m),
                    Decimals.cofactor(line.reactance_ohm(), length_m),
                    Decimals.cofactor(line.capacity_kVA(), kVAperA));
            Code code = codes.computeIfAbsent(
                    line.type(),
                    type -> new Code(name(type, codeNames), own.resistance_ohm(), own.reactance_ohm(), own.rating_A()));
            String lineName = name(line.id(), lineNames);
            out.append("New Line.%s Bus1=%s Bus2=%s Phases=3 LineCode=%s Length=%s Units=m"
                    .formatted(
                            lineName,
                            busOfNode[network.parentNode(l)],
                            busOfNode[l + 1],
                            code.name(),
                            Decimals.text(length_m)));
            boolean asCode = Decimals.product(code.resistance_ohm(), length_m) == line.resistance_ohm()
                    && Decimals.product(code.reactance_ohm(), length_m) == line.reactance_ohm()
                    && Decimals.product(code.rating_A(), kVAperA) == line.capacity_kVA();
            if (!asCode) {
                out.append(' ').append(own.figures());
            }
            out.append(' ').append(DssNotes.MARK);
            note(out, "id", line.id(), lineName);
            note(out, "type", line.type(), code.name());
            out.append("\"asset_gbpPerYear\": ")
                    .append(Decimals.text(line.asset_gbpPerYear()))
                    .append("}\n");
        }
        return out.toString();
    }

    private String lineCodes() {
        StringBuilder out = new StringBuilder();
        for (Code code : codes.values()) {
            out.append("New LineCode.%s nphases=3 %s Units=m\n".formatted(code.name(), code.figures()));
        }
        return out.toString();
    }

    private String loads() {
        StringBuilder out = new StringBuilder();
        Set<String> loadNames = new HashSet<>();
        for (int n = 0; n < network.nodeCount(); n++) {
            Node node = network.node(n);
            for (int home = 1; home <= node.homes(); home++) {
                out.append("New Load.%s Bus1=%s Phases=3 Conn=Wye kV=%s kW=%s PF=%s Model=1 Vminpu=0.5 Vmaxpu=1.5\n"
                        .formatted(
                                name(busOfNode[n] + "_home" + home, loadNames),
                                busOfNode[n],
                                base_kV,
                                HomeLoad.POWER_KW,
                                HomeLoad.POWER_FACTOR));
            }
            if (node.publicChargers() > 0 || !node.id().equals(busOfNode[n])) {
                out.append(DssNotes.MARK);
                note(out, "id", node.id(), busOfNode[n]);
                if (node.publicChargers() > 0) {
                    out.append("\"publicChargers\": ")
                            .append(node.publicChargers())
                            .append(", ");
                }
                out.append("\"bus\": \"").append(busOfNode[n]).append("\"}\n");
            }
        }
        return out.toString();
    }

    private static void note(StringBuilder out, String key, String text, String written) {
        if (!text.equals(written)) {
            out.append('"')
                    .append(key)
                    .append("\": ")
                    .append(NetworkJson.quoted(text))
                    .append(", ");
        }
    }

    private String coordinates() {
        StringBuilder out = new StringBuilder();
        for (int n = 0; n < network.nodeCount(); n++) {
            Position position = network.node(n).position();
            if (position != null) {
                out.append("%s, %s, %s\n"
                        .formatted(busOfNode[n], Double.toString(position.x_m()), Double.toString(position.y_m())));
            }
        }
        return out.toString();
    }

    /** A name of letters that OpenDSS allows everywhere, which no other has whatever its capitals. */
    private String name(String text, Set<String> taken) {
        String plain = text.replaceAll("[^A-Za-z0-9_-]", "_");
        String name = plain.isEmpty() ? "_" : plain;
        for (int copy = 2; !taken.add(name.toLowerCase(Locale.ROOT)); copy++) {
            name = plain + "_" + copy;
        }
        renamed += name.equals(text) ? 0 : 1;
        return name;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
