package org.headroom.network.format;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.jspecify.annotations.Nullable;

/** A format that networks are written in. */
public enum NetworkFormat {
    /** The product's own {@code network.json}, which holds all of a network. */
    JSON("json", ".json"),
    /** OpenDSS: a master file with all that it redirects to, beside it. */
    OPENDSS("dss", ".dss"),
    /** The JSON of pandapower. */
    PANDAPOWER("pandapower", ".pandapower.json"),
    /** A MATPOWER case. */
    MATPOWER("matpower", ".m"),
    /** A folder of three CSV tables. */
    CSV("csv", ""),
    /** GeoJSON, for maps; it cannot be read back. */
    GEOJSON("geojson", ".geojson");

    private final String label;
    private final String ending;

    NetworkFormat(String label, String ending) {
        this.label = label;
        this.ending = ending;
    }

    /** Name in commands. */
    public String label() {
        return label;
    }

    /** The format of a name, whatever its capitals. */
    public static NetworkFormat named(String name) {
        for (NetworkFormat format : values()) {
            if (format.label.equalsIgnoreCase(name)) {
                return format;
            }
        }
        throw new InputException("format is '%s', expected one of %s.".formatted(name, labels()));
    }

    /** All labels, separated by commas. */
    public static String labels() {
        return Arrays.stream(values()).map(NetworkFormat::label).collect(Collectors.joining(", "));
    }

    /** The format that a target's ending stands for, or null where it stands for none. */
    public static @Nullable NetworkFormat findByEnding(Path target) {
        String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
        NetworkFormat longest = null;
        for (NetworkFormat format : values()) {
            if (!format.ending.isEmpty()
                    && name.endsWith(format.ending)
                    && (longest == null || format.ending.length() > longest.ending.length())) {
                longest = format;
            }
        }
        return longest;
    }

    /**
     * Where a network of that name goes in a folder: a file with the format's ending, or a folder of its own where the format
     * needs several files.
     */
    public Path target(Path folder, String name) {
        return switch (this) {
            case JSON -> folder.resolve(name + ".json");
            case OPENDSS, CSV -> folder.resolve(name);
            case PANDAPOWER -> folder.resolve(name + ".json");
            case MATPOWER -> folder.resolve(MatpowerWriter.functionName(name) + ".m");
            case GEOJSON -> folder.resolve(name + ".geojson");
        };
    }

    /**
     * Writes a network, replacing what stands there; the folders above are made.
     *
     * @param target a file, or a folder where the format needs several files
     * @return what the format cannot carry, or carries in a way of its own
     */
    public ImportReport write(Network network, Path target) {
        return switch (this) {
            case JSON -> {
                TextFiles.write(target, NetworkJson.text(network));
                yield ImportReport.NOTHING;
            }
            case OPENDSS -> DssWriter.write(network, target);
            case PANDAPOWER -> PandapowerWriter.write(network, target);
            case MATPOWER -> MatpowerWriter.write(network, target);
            case CSV -> CsvFolder.write(network, target);
            case GEOJSON -> GeoJsonWriter.write(network, target);
        };
    }
}
