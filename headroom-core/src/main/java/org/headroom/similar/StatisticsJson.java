package org.headroom.similar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.headroom.similar.NetworkStatistics.Edge;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file {@code statistics.json}: the statistics of one or more networks; the same ones give the same bytes. */
public final class StatisticsJson {
    /** Value of the key {@code format}. */
    public static final String FORMAT = "headroom-statistics/1";

    private static final double ANY = Double.MAX_VALUE;
    private static final int MOST = 1_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private StatisticsJson() {}

    /** Whether a file holds statistics rather than a network. */
    public static boolean recognises(Path file) {
        if (!Files.isRegularFile(file) || !file.toString().endsWith(".json")) {
            return false;
        }
        Document document = Document.read(file);
        return document.has("format") && document.text("format").equals(FORMAT);
    }

    /** Reads a file: the statistics of each of its networks. */
    public static List<NetworkStatistics> read(Path file) {
        return read(Document.read(file));
    }

    /**
     * Reads a document. What follows from the edges (counts, heights, levels, distributions) is computed from them anew; counts that
     * contradict them are refused.
     */
    public static List<NetworkStatistics> read(Document document) {
        if (!document.text("format", "").equals(FORMAT)) {
            throw document.fault("format", "is not %s.\nMaybe it is another kind of file.".formatted(FORMAT));
        }
        List<NetworkStatistics> networks = new ArrayList<>();
        for (Document entry : document.objects("networks")) {
            networks.add(network(entry));
        }
        if (networks.isEmpty()) {
            throw document.fault("networks", "is empty, expected at least one.");
        }
        return networks;
    }

    private static NetworkStatistics network(Document entry) {
        List<Edge> edges = new ArrayList<>();
        int homes = 0;
        int chargers = 0;
        for (Document row : entry.objects("edges")) {
            Edge edge = new Edge(
                    row.integer("parent", -1, edges.size() - 1),
                    row.text("type"),
                    row.number("length_m", 0, ANY),
                    row.number("resistance_ohm", 0, ANY),
                    row.number("reactance_ohm", 0, ANY),
                    row.number("capacity_kVA", 0, ANY),
                    row.number("asset_gbpPerYear", 0, ANY),
                    0,
                    0,
                    0,
                    row.integer("homes", 0, MOST),
                    0,
                    row.integer("publicChargers", 0, 0, MOST));
            edges.add(edge);
            homes += edge.homes();
            chargers += edge.publicChargers();
        }
        Document band = entry.object("voltage");
        Document station = entry.object("substation");
        try {
            NetworkStatistics bare = new NetworkStatistics(
                    entry.text("name"),
                    edges.size() + 1,
                    0,
                    0,
                    0,
                    entry.integer("homes", homes, MOST),
                    entry.integer("publicChargers", chargers, chargers, MOST),
                    0,
                    entry.number("base_V", 0, ANY),
                    new VoltageBand(
                            band.number("lower_pu", 0, 2),
                            band.number("upper_pu", 0, 2),
                            band.number("source_pu", 0, 2)),
                    new Substation(
                            station.text("node"),
                            station.number("capacity_kVA", 0, ANY),
                            station.number("asset_gbpPerYear", 0, ANY)),
                    List.of(),
                    edges);
            NetworkStatistics whole = NetworkStatistics.of(bare.network());
            agree(entry, "nodes", whole.nodes());
            agree(entry, "leaves", whole.leaves());
            agree(entry, "height", whole.height());
            agree(entry, "feeders", whole.feeders());
            return whole;
        } catch (IllegalArgumentException e) {
            throw new InputException("%s: %s".formatted(entry.source(), e.getMessage()), e);
        }
    }

    private static void agree(Document entry, String key, int counted) {
        int said = entry.integer(key, counted, 0, MOST);
        if (said != counted) {
            throw entry.fault(
                    key, "is %d, but its edges make %d.\nMaybe edges were left out.".formatted(said, counted));
        }
    }

    /** Writes a file, replacing what stands there. */
    public static void write(List<NetworkStatistics> networks, Path file) {
        try {
            Files.writeString(file, text(networks));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The statistics as text, one edge a row. */
    public static String text(List<NetworkStatistics> networks) {
        return networks.stream()
                .map(StatisticsJson::text)
                .collect(Collectors.joining(
                        ",\n", "{ \"format\": \"%s\",\n  \"networks\": [\n".formatted(FORMAT), "\n] }\n"));
    }

    /** A digest of a network's statistics, 16 hexadecimal digits of SHA-256: other statistics, another digest. */
    public static String digest(NetworkStatistics statistics) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(text(List.of(statistics)).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private static String text(NetworkStatistics statistics) {
        StringBuilder out = new StringBuilder();
        add(out, "  { ", "name", statistics.name());
        add(out, ",\n    ", "nodes", statistics.nodes());
        add(out, ", ", "leaves", statistics.leaves());
        add(out, ", ", "height", statistics.height());
        add(out, ", ", "feeders", statistics.feeders());
        add(out, ", ", "homes", statistics.homes());
        add(out, ", ", "publicChargers", statistics.publicChargers());
        add(out, ", ", "length_m", statistics.length_m());
        add(out, ",\n    ", "base_V", statistics.base_V());
        add(out, ", ", "voltage", statistics.voltage());
        add(out, ",\n    ", "substation", statistics.substation());
        out.append(",\n    \"levels\": [\n      ");
        out.append(statistics.levels().stream().map(JSON::writeValueAsString).collect(Collectors.joining(",\n      ")));
        out.append("\n    ],\n    \"edges\": [\n      ");
        for (int e = 0; e < statistics.edges().size(); e++) {
            Edge edge = statistics.edges().get(e);
            out.append(e == 0 ? "" : ",\n      ").append(JSON.writeValueAsString(edge));
        }
        return out.append("\n    ] }").toString();
    }

    private static void add(StringBuilder out, String before, String key, Object value) {
        out.append(before).append('"').append(key).append("\": ").append(JSON.writeValueAsString(value));
    }
}
