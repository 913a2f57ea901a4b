package org.headroom.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.headroom.input.InputException;
import org.headroom.network.AssetCosts;
import org.headroom.network.Network;
import org.headroom.network.StandardTransformers;
import org.headroom.network.Substation;
import org.headroom.network.format.ImportedNetwork;
import org.headroom.network.format.NetworkFiles;
import org.headroom.similar.EmbeddedNetworks;

/** The networks of a study, read, reduced and with a transformer each. */
final class StudyNetworks {
    private StudyNetworks() {}

    /**
     * A network as read.
     *
     * @param transformerKnown false where the file's rating is a placeholder
     */
    record Input(Network network, boolean transformerKnown, List<String> remarks) {}

    static List<Input> read(Study study) {
        List<Input> inputs = new ArrayList<>();
        for (String name : study.networks()) {
            Input input = read(study, name);
            if (input.network().homeCount() == 0) {
                throw new InputException(
                        "network %s has no homes: there is nobody to charge a car.\nMaybe its loads are missing, or are sums of many homes: count them with networks convert --home-kW."
                                .formatted(input.network().name()));
            }
            Double rating = study.transformer_kVA();
            if (rating != null) {
                input = new Input(withTransformer(input.network(), rating), true, input.remarks());
            }
            inputs.add(input);
        }
        return inputs;
    }

    private static Input read(Study study, String name) {
        Network embedded = EmbeddedNetworks.find(name);
        if (embedded != null) {
            return new Input(embedded, true, List.of());
        }
        Path path = Path.of(name);
        ImportedNetwork imported = NetworkFiles.read(path);
        boolean openDss = NetworkFiles.isOpenDss(path);
        List<String> remarks = new ArrayList<>(imported.report().lines());
        Network network = imported.network();
        if (openDss) {
            var reduced = study.reduction().reduce(network);
            remarks.addAll(reduced.remarks());
            network = reduced.network();
        }
        String prefix = network.name() + ": ";
        return new Input(
                network,
                imported.ratingKnown(),
                remarks.stream().map(prefix::concat).toList());
    }

    /** The same network with a transformer of another rating, at its replacement cost. */
    static Network withTransformer(Network network, double capacity_kVA) {
        return network.withSubstation(new Substation(
                network.substation().node(), capacity_kVA, AssetCosts.BRITISH.substation_gbpPerYear(capacity_kVA)));
    }

    /** The smallest transformer on sale above 1.25 times a peak; above the largest, the next multiple of 500 kVA. */
    static double standardSize_kVA(double peak_kVA) {
        return StandardTransformers.sizeFor_kVA(peak_kVA);
    }

    static String sizingNote(Network network, double peak_kVA, double chosen_kVA) {
        return String.format(
                Locale.ROOT,
                "%s: the file's transformer rating (%.0f kVA) is a placeholder; %.0f kVA chosen, the smallest standard size above 1.25 times the peak of immediate charging (%.0f kVA)",
                network.name(),
                network.substation().capacity_kVA(),
                chosen_kVA,
                peak_kVA);
    }
}
