package org.headroom.network.format;

import java.nio.file.Path;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.TreeLayout;

/**
 * Writes a network as a GeoJSON feature collection: a point for each node, a line string for each line, with the properties of
 * {@code network.json}. Coordinates are the plan's own metres, or a drawing where not every node has a position
 * ({@link TreeLayout}); neither is the longitude and latitude that RFC 7946 asks for, and the report says so.
 */
final class GeoJsonWriter {
    private GeoJsonWriter() {}

    static ImportReport write(Network network, Path file) {
        TreeLayout layout = TreeLayout.of(network);
        TextFiles.write(file, text(network, layout));
        return new ImportReport.Builder()
                .add(
                        layout.surveyed()
                                ? "coordinates are the plan's metres, not longitude and latitude: tell your viewer which grid they are in"
                                : "not every node has a position: coordinates are a drawing of the tree, y minus the metres from the substation")
                .add("GeoJSON is for maps: it cannot be read back")
                .build();
    }

    private static String text(Network network, TreeLayout layout) {
        StringBuilder out = new StringBuilder("{ \"type\": \"FeatureCollection\",\n  \"features\": [");
        for (int n = 0; n < network.nodeCount(); n++) {
            Node node = network.node(n);
            out.append(n == 0 ? "\n" : ",\n")
                    .append("    { \"type\": \"Feature\", \"geometry\": { \"type\": \"Point\", \"coordinates\": ")
                    .append(point(layout, n))
                    .append(" },\n      \"properties\": { \"kind\": ")
                    .append(n == 0 ? "\"substation\"" : "\"node\"")
                    .append(", \"id\": ")
                    .append(NetworkJson.quoted(node.id()))
                    .append(", \"homes\": ")
                    .append(node.homes())
                    .append(", \"publicChargers\": ")
                    .append(node.publicChargers());
            if (n == 0) {
                out.append(", \"capacity_kVA\": ")
                        .append(Decimals.text(network.substation().capacity_kVA()))
                        .append(", \"asset_gbpPerYear\": ")
                        .append(Decimals.text(network.substation().asset_gbpPerYear()));
            }
            out.append(" } }");
        }
        for (int l = 0; l < network.lineCount(); l++) {
            Line line = network.line(l);
            int parent = network.parentNode(l);
            out.append(",\n    { \"type\": \"Feature\", \"geometry\": { \"type\": \"LineString\", \"coordinates\": [")
                    .append(point(layout, parent));
            if (!layout.surveyed()) { // an elbow, as the drawing is meant: across, then down
                out.append(", [%s, %s]".formatted(Double.toString(layout.x(l + 1)), Double.toString(layout.y(parent))));
            }
            out.append(", ")
                    .append(point(layout, l + 1))
                    .append("] },\n      \"properties\": { \"kind\": \"line\", \"id\": ")
                    .append(NetworkJson.quoted(line.id()))
                    .append(", \"from\": ")
                    .append(NetworkJson.quoted(line.from()))
                    .append(", \"to\": ")
                    .append(NetworkJson.quoted(line.to()))
                    .append(", \"length_m\": ")
                    .append(Decimals.text(line.length_m()))
                    .append(", \"type\": ")
                    .append(NetworkJson.quoted(line.type()))
                    .append(", \"r_ohm\": ")
                    .append(Decimals.text(line.resistance_ohm()))
                    .append(", \"x_ohm\": ")
                    .append(Decimals.text(line.reactance_ohm()))
                    .append(", \"capacity_kVA\": ")
                    .append(Decimals.text(line.capacity_kVA()))
                    .append(", \"asset_gbpPerYear\": ")
                    .append(Decimals.text(line.asset_gbpPerYear()))
                    .append(" } }");
        }
        return out.append("\n  ]\n}\n").toString();
    }

    private static String point(TreeLayout layout, int node) {
        return "[%s, %s]".formatted(Double.toString(layout.x(node)), Double.toString(layout.y(node)));
    }
}
