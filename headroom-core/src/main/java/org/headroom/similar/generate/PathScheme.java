package org.headroom.similar.generate;

import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** {@link Method#PATHS}: topology, then homes, then lines. */
final class PathScheme implements Scheme {
    private final Draft draft;
    private final PathTopology topology;
    private final HomePlacement homes;
    private final LineChoice lines;

    PathScheme(Learned learned, HomeFit fit, FlowLimits limits) {
        Counts counts = fit.counts;
        draft = new Draft(counts.nodes() - 1);
        topology = new PathTopology(learned, counts);
        homes = new HomePlacement(learned, fit.homesOf, counts.homes() - learned.input.homesAtSubstation());
        lines = new LineChoice(learned, counts, limits);
    }

    @Override
    public @Nullable Gate draw(UniformRandomProvider random) {
        topology.draw(draft, random);
        if (!homes.draw(draft, random)) {
            return Gate.HOMES;
        }
        lines.draw(draft, random);
        return null;
    }

    @Override
    public Draft draft() {
        return draft;
    }
}
