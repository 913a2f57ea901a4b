package org.headroom.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.headroom.input.InputException;
import org.headroom.network.AssetCosts;
import org.headroom.network.Network;
import org.headroom.network.Reduction;
import org.headroom.network.StandardTransformers;
import org.headroom.network.Substation;
import org.headroom.network.format.NetworkFiles;
import org.headroom.random.StudySeed;
import org.headroom.similar.EmbeddedNetworks;
import org.headroom.similar.NamedNetworks;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.generate.Drawn;
import org.headroom.similar.generate.GenerateSettings;
import org.headroom.similar.generate.LearningInputs;
import org.headroom.similar.generate.Refusals;
import org.headroom.similar.generate.SimilarNetworks;
import org.headroom.similar.generate.Transformer;
import org.jspecify.annotations.Nullable;

/** The networks of a study, read, reduced and with a transformer each. */
final class StudyNetworks {
    private StudyNetworks() {}

    /**
     * A network as read.
     *
     * @param transformerKnown false where the file's rating is a placeholder
     */
    record Input(Network network, boolean transformerKnown, List<String> remarks) {}

    /**
     * The networks of a study.
     *
     * @param inputs draw i takes the i-th, in turn
     * @param refusals what the gates refused, where networks were generated; else null
     * @param notes what to know of generated networks
     */
    record Networks(List<Input> inputs, @Nullable Refusals refusals, List<String> notes) {}

    static Networks of(Study study) {
        return study.similar() ? generate(study) : new Networks(read(study), null, List.of());
    }

    /** Networks statistically similar to those named, one a draw; each a function of the study's seed and its index alone. */
    private static Networks generate(Study study) {
        LearningInputs learned = LearningInputs.of(study.networks().stream()
                .map(name -> NamedNetworks.find(name, reduction(study, name), null))
                .toList());
        List<NetworkStatistics> statistics = learned.statistics();
        List<String> notes = new ArrayList<>(learned.remarks());
        Double rating = study.transformer_kVA();
        GenerateSettings settings = rating == null
                ? GenerateSettings.DEFAULT
                : GenerateSettings.DEFAULT.with(new Transformer.Rated(rating));
        SimilarNetworks similar = SimilarNetworks.from(statistics, settings, new StudySeed(study.seed()));
        similar.gatesToMake(0, study.draws()).parallelStream().forEach(similar::makeGate);
        List<Drawn> drawn = IntStream.range(0, study.draws())
                .parallel() // each is a function of its index
                .mapToObj(similar::draw)
                .toList();
        Refusals refusals = new Refusals();
        List<Input> inputs = new ArrayList<>();
        for (Drawn one : drawn) {
            refusals.add(one);
            switch (one) {
                case Drawn.Accepted accepted -> inputs.add(new Input(accepted.network(), true, List.of()));
                case Drawn.GivenUp givenUp -> throw new InputException(SimilarNetworks.whyGivenUp(givenUp));
            }
        }
        notes.addAll(similar.notes());
        notes.addAll(similar.similarityWarnings());
        notes.add("Networks are generated, statistically similar to %s; candidates: %s."
                .formatted(
                        statistics.size() == 1
                                ? statistics.getFirst().name()
                                : statistics.size() + " networks, each drawn from one of them",
                        refusals));
        return new Networks(inputs, refusals, notes);
    }

    private static List<Input> read(Study study) {
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
        NamedNetworks.Whole read = NamedNetworks.network(name, reduction(study, name), null);
        String prefix = read.network().name() + ": ";
        return new Input(
                read.network(),
                read.ratingKnown(),
                read.remarks().stream().map(prefix::concat).toList());
    }

    /** A study's reduction is for OpenDSS; other networks are taken as they are. */
    private static Reduction reduction(Study study, String name) {
        return EmbeddedNetworks.find(name) == null && NetworkFiles.isOpenDss(Path.of(name))
                ? study.reduction()
                : Reduction.NONE;
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
