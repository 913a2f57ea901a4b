package org.headroom.network.format;

import java.nio.file.Path;
import java.util.List;
import org.headroom.input.Document;
import org.jspecify.annotations.Nullable;

/**
 * What feeds an OpenDSS circuit: its one source and the one transformer on it.
 *
 * @param busbar the transformer's low-voltage bus
 * @param capacity_kVA rating of the transformer, above 0
 * @param secondary_kV voltage of its low-voltage winding, above 0
 * @param source_pu voltage of the source
 * @param note what a {@link DssNotes note} says of the transformer, or null
 */
record DssSource(
        String busbar,
        double capacity_kVA,
        double secondary_kV,
        double source_pu,
        @Nullable Document note) {

    /** Finds source and transformer. */
    static DssSource of(DssScript script, Path master, ImportReport.Builder report) {
        List<DssElement> sources = script.enabled(DssKind.SOURCE, report);
        if (sources.isEmpty()) {
            throw NetworkFormatException.in(
                    master, "no source, expected New Circuit or Edit Vsource.Source.\nMaybe the file is cut off.");
        }
        if (sources.size() > 1) {
            throw sources.get(1)
                    .fault(
                            "%s is a second source beside %s at %s, expected one.\nMaybe it is a generator, or the network is fed from two sides."
                                    .formatted(
                                            sources.get(1).label(),
                                            sources.get(0).name(),
                                            sources.get(0).place()));
        }
        DssElement source = sources.getFirst();
        List<DssElement> transformers = script.enabled(DssKind.TRANSFORMER, report);
        if (transformers.isEmpty()) {
            throw NetworkFormatException.in(
                    master,
                    "no transformer, expected one that feeds the busbar.%s"
                            .formatted(script.likelyMissing("a file is cut off")));
        }
        if (transformers.size() > 1) {
            throw transformers
                    .get(1)
                    .fault(
                            "%s is a second source beside %s at %s, expected one transformer.\nMaybe split the network by transformer."
                                    .formatted(
                                            transformers.get(1).label(),
                                            transformers.get(0).name(),
                                            transformers.get(0).place()));
        }
        return of(transformers.getFirst(), source.has("bus1") ? source.bus("bus1") : "sourcebus", source);
    }

    private static DssSource of(DssElement transformer, String sourceBus, DssElement source) {
        if (transformer.number("phases", 3) != 3) {
            throw transformer.fault(
                    "phases",
                    "%s has %s phases, expected 3.".formatted(transformer.label(), transformer.findText("phases")));
        }
        String cut = "the file is cut off here";
        List<String> buses = transformer.has("buses")
                ? transformer.words("buses", cut)
                : List.of(transformer.text("bus1", cut), transformer.text("bus2", cut));
        List<Double> voltages_kV = both(transformer, "kv");
        List<Double> ratings_kVA = both(transformer, "kva");
        if (transformer.number("windings", 2) != 2
                || buses.size() != 2
                || voltages_kV.size() != 2
                || ratings_kVA.size() != 2) {
            throw transformer.fault("%s has %d buses, %d voltages and %d ratings, expected two windings with one each."
                    .formatted(transformer.label(), buses.size(), voltages_kV.size(), ratings_kVA.size()));
        }
        int low = voltages_kV.get(0) < voltages_kV.get(1) ? 0 : 1;
        double capacity_kVA = ratings_kVA.get(low);
        double secondary_kV = voltages_kV.get(low);
        if (!(capacity_kVA > 0 && secondary_kV > 0)) {
            throw transformer.fault("%s is rated %s kVA at %s kV, expected > 0."
                    .formatted(transformer.label(), capacity_kVA, secondary_kV));
        }
        if (!DssElement.plainBus(buses.get(1 - low)).equalsIgnoreCase(sourceBus)) {
            throw transformer.fault(
                    "%s hangs on bus %s, expected the source's bus %s.\nMaybe the source's bus1 is missing."
                            .formatted(transformer.label(), buses.get(1 - low), sourceBus));
        }
        String busbar = DssElement.plainBus(buses.get(low));
        if (busbar.isEmpty() || busbar.equalsIgnoreCase(sourceBus)) {
            throw transformer.fault("%s has both windings on bus %s, expected two buses."
                    .formatted(transformer.label(), buses.get(low)));
        }
        return new DssSource(busbar, capacity_kVA, secondary_kV, source.number("pu", 1), transformer.findNote());
    }

    /** A figure of both windings, given as an array or winding by winding. */
    private static List<Double> both(DssElement transformer, String property) {
        String cut = "the file is cut off here";
        return transformer.has(property + "s")
                ? transformer.numbers(property + "s", cut)
                : List.of(transformer.number(property + 1, cut), transformer.number(property + 2, cut));
    }
}
