package org.headroom.similar.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.measure.NetworkShape;
import org.headroom.similar.measure.Similarity;
import org.headroom.similar.measure.SimilarityGate;
import org.jspecify.annotations.Nullable;

/**
 * One input with all that is made for it once: what was learned, the counts asked for, limits and thresholds. Safe for use by
 * several threads; arrays to draw with are kept for as many threads as have drawn at once.
 */
final class Source {
    final NetworkStatistics input;
    final FlowLimits limits;
    private final Learned learned;
    final HomeFit fit;
    private final GenerateSettings settings;
    private final StudySeed seed;
    private final ConcurrentLinkedQueue<Workspace> workspaces = new ConcurrentLinkedQueue<>();
    private @Nullable SimilarityGate gate;

    /** What one thread draws with. */
    private static final class Workspace {
        private final Scheme scheme;
        private SimilarityGate.@Nullable Comparison comparison;

        private Workspace(Scheme scheme) {
            this.scheme = scheme;
        }
    }

    Source(NetworkStatistics input, GenerateSettings settings, StudySeed seed) {
        this.input = input;
        this.settings = settings;
        this.seed = seed;
        this.learned = new Learned(input);
        Counts counts = Counts.of(input, settings.counts());
        if (settings.similarityGate() && counts.nodes() - 1 > SimilarityGate.mostLines()) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "networks like %s would have %,d nodes, expected at most %,d to be compared node by node.\nMaybe ask for fewer nodes.",
                    input.name(),
                    counts.nodes(),
                    SimilarityGate.mostLines() + 1));
        }
        this.fit = HomeFit.of(learned, counts, settings.counts());
        this.limits = FlowLimits.like(input);
    }

    /** Draws candidates until one passes all gates, or as many as allowed were refused. */
    Drawn draw(String name, UniformRandomProvider random) {
        Workspace workspace = workspaces.poll();
        if (workspace == null) {
            workspace = new Workspace(scheme(settings.method()));
        }
        List<Candidate> candidates = new ArrayList<>(1);
        Network accepted = null;
        while (accepted == null && candidates.size() < settings.mostTries()) {
            accepted = attempt(name, workspace, candidates, random);
        }
        workspaces.add(workspace);
        return accepted == null
                ? new Drawn.GivenUp(input.name(), candidates)
                : new Drawn.Accepted(input.name(), candidates, accepted);
    }

    private Scheme scheme(Method method) {
        return switch (method) {
            case PATHS -> new PathScheme(learned, fit, limits);
            case LITERAL -> new LiteralScheme(learned, fit.counts);
        };
    }

    /** Draws one candidate and adds it to the others; the network where it passed all gates. */
    private @Nullable Network attempt(
            String name, Workspace workspace, List<Candidate> candidates, UniformRandomProvider random) {
        Gate refusedBy = workspace.scheme.draw(random);
        Draft draft = workspace.scheme.draft();
        Network network = null;
        Similarity similarity = null;
        if (refusedBy == null) {
            network = Assembly.network(name, draft, input, settings.transformer());
            refusedBy = limits.refusing(network);
        }
        if (network != null && refusedBy == null && settings.similarityGate()) {
            if (workspace.comparison == null) {
                workspace.comparison = similarityGate().comparison();
            }
            similarity = workspace.comparison.check(NetworkShape.of(network));
            refusedBy = similarity.refusedBy() == null ? null : Gate.of(similarity.refusedBy());
        }
        candidates.add(new Candidate(
                refusedBy,
                draft.nodes + 1,
                draft.leaves,
                draft.rootHeight,
                draft.feeders,
                draft.totalHomes + input.homesAtSubstation(),
                similarity));
        return refusedBy == null ? network : null;
    }

    /**
     * The gate of similarity, made when it is first asked for. It is calibrated on networks by {@link Method#PATHS}, whatever the
     * method, so that both methods meet the same gates.
     */
    synchronized SimilarityGate similarityGate() {
        SimilarityGate made = gate;
        if (made == null) {
            Scheme scheme = scheme(Method.PATHS);
            made = SimilarityGate.of(NetworkShape.of(input), i -> calibration(scheme, i), seed);
            gate = made;
        }
        return made;
    }

    /** The gate of similarity, or null where it was not asked for yet. */
    synchronized @Nullable SimilarityGate findSimilarityGate() {
        return gate;
    }

    /** A network that passed every gate but that of similarity. */
    private NetworkShape calibration(Scheme scheme, int index) {
        UniformRandomProvider random = seed.stream(Purpose.SIMILARITY_CALIBRATION, index);
        Refusals refusals = new Refusals();
        for (int t = 0; t < GenerateSettings.MOST_TRIES; t++) {
            Gate refusedBy = scheme.draw(random);
            if (refusedBy == null) {
                Network network = Assembly.network(input.name(), scheme.draft(), input, settings.transformer());
                refusedBy = limits.refusing(network);
                if (refusedBy == null) {
                    return NetworkShape.of(network);
                }
            }
            refusals.add(refusedBy);
        }
        throw new InputException(SimilarNetworks.whyGivenUp(input.name(), refusals));
    }
}
