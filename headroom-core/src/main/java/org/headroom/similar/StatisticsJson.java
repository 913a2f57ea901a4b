package org.headroom.similar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.headroom.similar.NetworkStatistics.Edge;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file {@code statistics.json}: the statistics of one or more networks; the same ones give the same bytes. */
public final class StatisticsJson {
    /** Value of the key {@code format}. */
    public static final String FORMAT = "headroom-statistics/1";

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private StatisticsJson() {}

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
