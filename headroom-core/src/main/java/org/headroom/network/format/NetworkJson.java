package org.headroom.network.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.headroom.input.Document;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The format {@code headroom-network/1}, usually a file {@code network.json}. It holds all of a {@link Network}: what is
 * written reads back equal, and the same network gives the same bytes (numbers in their shortest form that reads back equal).
 */
public final class NetworkJson {
    /** Value of the key {@code format}. */
    public static final String FORMAT = "headroom-network/1";

    private static final double ANY = Double.MAX_VALUE;

    private NetworkJson() {}

    /** Reads a file; its keys that nobody knows and its absent optional ones are told in the report. */
    public static ImportedNetwork read(Path file) {
        return read(Document.read(file));
    }

    /** Reads a document that has been parsed already. */
    public static ImportedNetwork read(Document document) {
        ImportReport.Builder report = new ImportReport.Builder();
        if (!document.has("format")) {
            throw new NetworkFormatException(
                    "%s: key format is missing, expected %s.\nMaybe another program wrote it in its own format, which is not read."
                            .formatted(document.source(), FORMAT));
        }
        String format = document.text("format");
        if (!format.equals(FORMAT)) {
            throw new NetworkFormatException("%s: format is '%s', expected %s.\nMaybe a newer version wrote it."
                    .formatted(document.source(), format, FORMAT));
        }
        String name = document.text("name", "");
        if (name.isBlank()) {
            name = "network";
            report.add("no name given: 'network' taken");
        }
        double base_V = document.number("base_V", -ANY, ANY);
        Document station = document.object("substation");
        List<Node> nodes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        try {
            VoltageBand voltage = voltage(document, report);
            Substation substation = new Substation(
                    station.text("node"), number(station, "capacity_kVA"), number(station, "asset_gbpPerYear"));
            unknownKeys(station, "substation", report);
            for (Document entry : document.objects("nodes")) {
                nodes.add(node(entry, report));
            }
            for (Document entry : document.objects("lines")) {
                lines.add(line(entry, report));
            }
            unknownKeys(document, "file", report);
            return new ImportedNetwork(new Network(name, base_V, voltage, substation, nodes, lines), report.build());
        } catch (IllegalArgumentException e) {
            throw new NetworkFormatException("%s: %s".formatted(document.source(), e.getMessage()), e);
        }
    }

    private static VoltageBand voltage(Document document, ImportReport.Builder report) {
        double lower_pu = VoltageBand.BRITISH.lower_pu();
        double upper_pu = VoltageBand.BRITISH.upper_pu();
        if (document.has("voltageLimits_pu")) {
            List<Double> limits = document.numbers("voltageLimits_pu", -ANY, ANY);
            if (limits.size() != 2) {
                throw document.fault("voltageLimits_pu", "has %d numbers, expected 2.".formatted(limits.size()));
            }
            lower_pu = limits.get(0);
            upper_pu = limits.get(1);
        } else {
            report.add("no voltageLimits_pu given: %s to %s taken".formatted(lower_pu, upper_pu));
        }
        if (!document.has("sourceVoltage_pu")) {
            report.add("no sourceVoltage_pu given: 1 taken");
        }
        return new VoltageBand(lower_pu, upper_pu, document.number("sourceVoltage_pu", 1, -ANY, ANY));
    }

    private static Node node(Document entry, ImportReport.Builder report) {
        boolean hasX = entry.has("x_m");
        boolean hasY = entry.has("y_m");
        if (hasX != hasY) {
            throw entry.fault(hasX ? "y_m" : "x_m", "is missing, expected both coordinates or none.");
        }
        Position position = hasX ? new Position(number(entry, "x_m"), number(entry, "y_m")) : null;
        Node node = new Node(
                entry.text("id"), position, count(entry, "homes", report), count(entry, "publicChargers", report));
        unknownKeys(entry, "nodes", report);
        return node;
    }

    private static int count(Document entry, String key, ImportReport.Builder report) {
        if (!entry.has(key)) {
            report.add("nodes: no %s given: 0 taken".formatted(key));
        }
        return entry.integer(key, 0, 0, 1_000_000);
    }

    private static Line line(Document entry, ImportReport.Builder report) {
        Line line = new Line(
                entry.text("id"),
                entry.text("from"),
                entry.text("to"),
                number(entry, "length_m"),
                entry.text("type"),
                number(entry, "r_ohm"),
                number(entry, "x_ohm"),
                number(entry, "capacity_kVA"),
                number(entry, "asset_gbpPerYear"));
        unknownKeys(entry, "lines", report);
        return line;
    }

    private static double number(Document entry, String key) {
        return entry.number(key, -ANY, ANY); // the records check the range and name the object
    }

    private static void unknownKeys(Document entry, String where, ImportReport.Builder report) {
        for (String key : entry.unknownKeys()) {
            report.add("%s: unknown key %s ignored".formatted(where, key));
        }
    }

    /** Writes a network to a file, replacing what stands there. */
    public static void write(Network network, Path file) {
        try {
            Files.writeString(file, text(network));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The network as the text of a file: one node and one line a row. */
    public static String text(Network network) {
        StringBuilder out = new StringBuilder(200 * (network.nodeCount() + 2));
        VoltageBand voltage = network.voltage();
        Substation substation = network.substation();
        out.append("{\n  \"format\": ").append(quoted(FORMAT));
        out.append(",\n  \"name\": ").append(quoted(network.name()));
        out.append(",\n  \"base_V\": ").append(shortest(network.base_V()));
        out.append(",\n  \"voltageLimits_pu\": [").append(shortest(voltage.lower_pu()));
        out.append(", ").append(shortest(voltage.upper_pu()));
        out.append("],\n  \"sourceVoltage_pu\": ").append(shortest(voltage.source_pu()));
        out.append(",\n  \"substation\": { \"node\": ").append(quoted(substation.node()));
        out.append(", \"capacity_kVA\": ").append(shortest(substation.capacity_kVA()));
        out.append(", \"asset_gbpPerYear\": ").append(shortest(substation.asset_gbpPerYear()));
        out.append(" },\n  \"nodes\": [");
        for (int n = 0; n < network.nodeCount(); n++) {
            out.append(n == 0 ? "\n    " : ",\n    ");
            append(out, network.node(n));
        }
        out.append("\n  ],\n  \"lines\": [");
        for (int l = 0; l < network.lineCount(); l++) {
            out.append(l == 0 ? "\n    " : ",\n    ");
            append(out, network.line(l));
        }
        return out.append("\n  ]\n}\n").toString();
    }

    private static void append(StringBuilder out, Node node) {
        out.append("{ \"id\": ").append(quoted(node.id()));
        @Nullable Position position = node.position();
        if (position != null) {
            out.append(", \"x_m\": ").append(shortest(position.x_m()));
            out.append(", \"y_m\": ").append(shortest(position.y_m()));
        }
        out.append(", \"homes\": ").append(node.homes());
        out.append(", \"publicChargers\": ").append(node.publicChargers()).append(" }");
    }

    private static void append(StringBuilder out, Line line) {
        out.append("{ \"id\": ").append(quoted(line.id()));
        out.append(", \"from\": ").append(quoted(line.from()));
        out.append(", \"to\": ").append(quoted(line.to()));
        out.append(", \"length_m\": ").append(shortest(line.length_m()));
        out.append(", \"type\": ").append(quoted(line.type()));
        out.append(", \"r_ohm\": ").append(shortest(line.resistance_ohm()));
        out.append(", \"x_ohm\": ").append(shortest(line.reactance_ohm()));
        out.append(", \"capacity_kVA\": ").append(shortest(line.capacity_kVA()));
        out.append(", \"asset_gbpPerYear\": ")
                .append(shortest(line.asset_gbpPerYear()))
                .append(" }");
    }

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    private static String shortest(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        boolean negativeZero = value == 0 && Double.doubleToRawLongBits(value) != 0;
        return whole && !negativeZero ? Long.toString((long) value) : Double.toString(value);
    }
}
