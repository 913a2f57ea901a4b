package org.headroom.household;

import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.time.Season;

/**
 * The clearness of the sky above a network, day by day.
 *
 * <p>A Gaussian copula: a stationary first-order autoregressive normal process over the days of a season, begun at its day 0,
 * whose probabilities are turned into Beta quantiles. The normal correlation 2 sin(π r / 6) gives the rank correlation r
 * (Pearson 1907); the Beta distributions are near enough to uniform that the plain correlation agrees within .01.
 */
final class Sky {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final StudySeed seed;
    private final int network;
    private final double correlation;

    Sky(StudySeed seed, int network, PvSource.Typical model) {
        this.seed = seed;
        this.network = network;
        this.correlation = 2 * StrictMath.sin(Math.PI / 6 * model.clearnessCorrelation());
    }

    /** Clearness of a day over its season's mean: mean 1, at least 0. */
    double relativeClearness(Season season, int day) {
        double innovation = Math.sqrt(1 - correlation * correlation);
        double state = normal(season, 0);
        for (int d = 1; d <= day; d++) {
            state = correlation * state + innovation * normal(season, d);
        }
        double a = SolarShape.clearnessA(season);
        double b = SolarShape.clearnessB(season);
        double clearness = BetaDistribution.of(a, b).inverseCumulativeProbability(NORMAL.cumulativeProbability(state));
        return clearness * (a + b) / a;
    }

    private double normal(Season season, int day) {
        return ZigguratSampler.NormalizedGaussian.of(seed.stream(Purpose.SKY, network, season.index(), day))
                .sample();
    }
}
