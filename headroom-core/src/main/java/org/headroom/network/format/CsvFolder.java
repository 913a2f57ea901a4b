package org.headroom.network.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.headroom.input.CsvTable;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.jspecify.annotations.Nullable;

/**
 * A network as a folder of three CSV tables, with the words of {@code network.json}: {@code network.csv} (one row),
 * {@code nodes.csv} and {@code lines.csv}. It holds all of a network but blanks around names.
 */
final class CsvFolder {
    private static final List<String> NETWORK = List.of(
            "name",
            "base_V",
            "lower_pu",
            "upper_pu",
            "sourceVoltage_pu",
            "substation",
            "capacity_kVA",
            "asset_gbpPerYear");
    private static final List<String> NODES = List.of("id", "x_m", "y_m", "homes", "publicChargers");
    private static final List<String> LINES =
            List.of("id", "from", "to", "length_m", "type", "r_ohm", "x_ohm", "capacity_kVA", "asset_gbpPerYear");
    private static final double ANY = Double.MAX_VALUE;

    private CsvFolder() {}

    static boolean recognises(Path folder) {
        return Files.isRegularFile(folder.resolve("network.csv"))
                && Files.isRegularFile(folder.resolve("nodes.csv"))
                && Files.isRegularFile(folder.resolve("lines.csv"));
    }

    static ImportedNetwork read(Path folder) {
        ImportReport.Builder report = new ImportReport.Builder();
        CsvTable whole = table(folder.resolve("network.csv"), NETWORK, report);
        if (whole.rows().size() != 1) {
            throw NetworkFormatException.in(
                    whole.file(),
                    "%d rows, expected one.".formatted(whole.rows().size()));
        }
        CsvTable.Row row = whole.rows().getFirst();
        try {
            VoltageBand voltage =
                    new VoltageBand(number(row, "lower_pu"), number(row, "upper_pu"), number(row, "sourceVoltage_pu"));
            Substation substation = new Substation(
                    row.text("substation"), number(row, "capacity_kVA"), number(row, "asset_gbpPerYear"));
            List<Node> nodes = new ArrayList<>();
            for (CsvTable.Row node :
                    table(folder.resolve("nodes.csv"), NODES, report).rows()) {
                nodes.add(new Node(
                        node.text("id"),
                        findPosition(node),
                        node.integer("homes", 0, Integer.MAX_VALUE),
                        node.integer("publicChargers", 0, Integer.MAX_VALUE)));
            }
            List<Line> lines = new ArrayList<>();
            for (CsvTable.Row line :
                    table(folder.resolve("lines.csv"), LINES, report).rows()) {
                lines.add(new Line(
                        line.text("id"),
                        line.text("from"),
                        line.text("to"),
                        number(line, "length_m"),
                        line.text("type"),
                        number(line, "r_ohm"),
                        number(line, "x_ohm"),
                        number(line, "capacity_kVA"),
                        number(line, "asset_gbpPerYear")));
            }
            double base_V = number(row, "base_V");
            return new ImportedNetwork(
                    new Network(row.text("name"), base_V, voltage, substation, nodes, lines), report.build());
        } catch (IllegalArgumentException e) {
            throw new NetworkFormatException("%s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static CsvTable table(Path file, List<String> columns, ImportReport.Builder report) {
        CsvTable table = CsvTable.read(file, columns, List.of());
        table.ignoredColumns()
                .forEach(name -> report.add("%s: unknown column %s ignored".formatted(file.getFileName(), name)));
        return table;
    }

    private static double number(CsvTable.Row row, String column) {
        return row.number(column, -ANY, ANY); // the records check the range and name the object
    }

    private static @Nullable Position findPosition(CsvTable.Row row) {
        boolean x = row.text("x_m").isEmpty();
        boolean y = row.text("y_m").isEmpty();
        if (x != y) {
            throw row.fault("one coordinate alone, expected both or none.");
        }
        return x ? null : new Position(number(row, "x_m"), number(row, "y_m"));
    }

    static ImportReport write(Network network, Path folder) {
        VoltageBand voltage = network.voltage();
        Substation substation = network.substation();
        ImportReport.Builder report = new ImportReport.Builder();
        List<String> whole = List.of(
                network.name(),
                Decimals.text(network.base_V()),
                Decimals.text(voltage.lower_pu()),
                Decimals.text(voltage.upper_pu()),
                Decimals.text(voltage.source_pu()),
                substation.node(),
                Decimals.text(substation.capacity_kVA()),
                Decimals.text(substation.asset_gbpPerYear()));
        TextFiles.write(folder.resolve("network.csv"), text(NETWORK, List.of(whole), report));
        List<List<String>> nodes = new ArrayList<>();
        for (Node node : network.nodes()) {
            Position position = node.position();
            nodes.add(List.of(
                    node.id(),
                    position == null ? "" : Double.toString(position.x_m()),
                    position == null ? "" : Double.toString(position.y_m()),
                    Integer.toString(node.homes()),
                    Integer.toString(node.publicChargers())));
        }
        TextFiles.write(folder.resolve("nodes.csv"), text(NODES, nodes, report));
        List<List<String>> lines = new ArrayList<>();
        for (Line line : network.lines()) {
            lines.add(List.of(
                    line.id(),
                    line.from(),
                    line.to(),
                    Decimals.text(line.length_m()),
                    line.type(),
                    Decimals.text(line.resistance_ohm()),
                    Decimals.text(line.reactance_ohm()),
                    Decimals.text(line.capacity_kVA()),
                    Decimals.text(line.asset_gbpPerYear())));
        }
        TextFiles.write(folder.resolve("lines.csv"), text(LINES, lines, report));
        return report.build();
    }

    private static String text(List<String> columns, List<List<String>> rows, ImportReport.Builder report) {
        StringWriter out = new StringWriter();
        try (CsvWriter csv = CsvTable.writer(out)) {
            csv.writeRecord(columns);
            for (List<String> row : rows) {
                if (row.stream().anyMatch(text -> !text.equals(text.strip()))) {
                    report.add("blanks around a name are not kept by a reader of CSV");
                }
                csv.writeRecord(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
