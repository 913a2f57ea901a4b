package org.headroom.similar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.headroom.input.Document;
import org.headroom.network.AssetCosts;
import org.headroom.network.Network;
import org.headroom.network.Reduction;
import org.headroom.network.StandardTransformers;
import org.headroom.network.Substation;
import org.headroom.network.format.NetworkFiles;
import org.headroom.similar.NetworkStatistics.Edge;
import org.jspecify.annotations.Nullable;

/**
 * The statistics that ship with the product, by name, so that similar networks need no input: {@value #UK_LV}, learned from the
 * 20 low-voltage networks of the Electricity North West LV Network Models (University of Manchester, 2015).
 *
 * <p>They are the figures that generation learns from, to few digits, without ids, names or coordinates. Recipe: {@link #main} over
 * the folders of the 20 networks, sorted by name; each is read from OpenDSS and reduced to its joints. The source states no
 * transformers but a placeholder; each network has the smallest standard size above 1.25 times 2.0 kW a home at power factor .95.
 */
public final class EmbeddedStatistics {
    /** British low-voltage networks. */
    public static final String UK_LV = "uk-lv";

    private static final double HOME_KVA = 2.0 / 0.95;

    private EmbeddedStatistics() {}

    /** Names of all collections. */
    public static List<String> names() {
        return List.of(UK_LV);
    }

    /**
     * The statistics of a name, one entry a network, or null where none has it: those of a collection ({@value #UK_LV}) or of one of its
     * networks ({@code uk-lv-07}).
     */
    public static @Nullable List<NetworkStatistics> find(String name) {
        for (String collection : names()) {
            if (name.equals(collection)) {
                return read(collection);
            }
            if (name.startsWith(collection + "-")) {
                List<NetworkStatistics> one = read(collection).stream()
                        .filter(statistics -> statistics.name().equals(name))
                        .toList();
                return one.isEmpty() ? null : one;
            }
        }
        return null;
    }

    private static List<NetworkStatistics> read(String collection) {
        String resource = collection + ".json";
        try (InputStream packed = EmbeddedStatistics.class.getResourceAsStream(resource + ".gz")) {
            if (packed == null) {
                throw new IllegalStateException("resource %s.gz is missing".formatted(resource));
            }
            String text = new String(new GZIPInputStream(packed).readAllBytes(), StandardCharsets.UTF_8);
            return StatisticsJson.read(Document.parse(resource, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the resource: the file to write, then the folders of the networks. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            throw new IOException("expected the file to write and the folders of the networks");
        }
        List<NetworkStatistics> networks = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            Network network = Reduction.JOINTS
                    .reduce(NetworkFiles.read(Path.of(arguments[i])).network())
                    .network();
            networks.add(shortened(NetworkStatistics.of(network), String.format(Locale.ROOT, "%s-%02d", UK_LV, i)));
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            out.write(StatisticsJson.text(networks).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The same statistics under another name, with a transformer that suits the homes, to few digits. */
    private static NetworkStatistics shortened(NetworkStatistics statistics, String name) {
        double capacity_kVA = StandardTransformers.sizeFor_kVA(statistics.homes() * HOME_KVA);
        Substation substation =
                new Substation("S", capacity_kVA, rounded(AssetCosts.BRITISH.substation_gbpPerYear(capacity_kVA), 100));
        List<Edge> edges = new ArrayList<>();
        for (Edge edge : statistics.edges()) {
            edges.add(new Edge(
                    edge.parent(),
                    edge.type(),
                    rounded(edge.length_m(), 100),
                    digits(edge.resistance_ohm()),
                    digits(edge.reactance_ohm()),
                    rounded(edge.capacity_kVA(), 10),
                    rounded(edge.asset_gbpPerYear(), 100),
                    edge.height(),
                    edge.level(),
                    edge.children(),
                    edge.homes(),
                    edge.homesBelow(),
                    edge.publicChargers()));
        }
        Network network = new NetworkStatistics(
                        name,
                        statistics.nodes(),
                        statistics.leaves(),
                        statistics.height(),
                        statistics.feeders(),
                        statistics.homes(),
                        statistics.publicChargers(),
                        statistics.length_m(),
                        statistics.base_V(),
                        statistics.voltage(),
                        substation,
                        statistics.levels(),
                        edges)
                .network();
        return NetworkStatistics.of(network); // lengths and levels as they are after rounding
    }

    private static double rounded(double value, double perUnit) {
        return Math.rint(value * perUnit) / perUnit;
    }

    /** Four significant digits. */
    private static double digits(double value) {
        return value == 0 ? 0 : Double.parseDouble(String.format(Locale.ROOT, "%.3e", value));
    }
}
