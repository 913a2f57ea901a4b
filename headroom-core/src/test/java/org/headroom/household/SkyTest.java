package org.headroom.household;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.headroom.random.StudySeed;
import org.headroom.time.Season;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkyTest {
    private static final int NETWORKS = 10_000;

    @ParameterizedTest
    @EnumSource(Season.class)
    void clearness_follows_the_seasons_beta_distribution(Season season) {
        double a = SolarShape.clearnessA(season);
        double b = SolarShape.clearnessB(season);
        double[] clearness = day(season, 3);
        for (int i = 0; i < NETWORKS; i++) {
            clearness[i] *= a / (a + b);
        }

        assertThat(kolmogorovSmirnov(clearness, BetaDistribution.of(a, b)::cumulativeProbability))
                .isLessThan(1.63 / Math.sqrt(NETWORKS)); // 1 % point
    }

    @ParameterizedTest
    @EnumSource(Season.class)
    void clearness_has_mean_one(Season season) {
        assertThat(Arrays.stream(day(season, 0)).average().orElseThrow()).isCloseTo(1, within(0.025));
    }

    @ParameterizedTest
    @EnumSource(Season.class)
    void consecutive_days_correlate_by_29_percent(Season season) {
        assertThat(correlation(day(season, 4), day(season, 5))).isCloseTo(0.29, within(0.03));
    }

    @Test
    void days_two_apart_correlate_by_about_the_square() {
        assertThat(correlation(day(Season.SUMMER, 1), day(Season.SUMMER, 3))).isCloseTo(0.085, within(0.03));
    }

    @Test
    void the_sky_of_one_day_does_not_depend_on_what_was_asked_before() {
        Sky asked = new Sky(new StudySeed(1), 0, PvSource.Typical.BRITISH);
        double later = asked.relativeClearness(Season.SPRING, 6);
        double earlier = asked.relativeClearness(Season.SPRING, 2);

        Sky fresh = new Sky(new StudySeed(1), 0, PvSource.Typical.BRITISH);
        assertThat(fresh.relativeClearness(Season.SPRING, 2)).isEqualTo(earlier);
        assertThat(fresh.relativeClearness(Season.SPRING, 6)).isEqualTo(later);
    }

    private static double[] day(Season season, int day) {
        double[] clearness = new double[NETWORKS];
        for (int n = 0; n < NETWORKS; n++) {
            clearness[n] = new Sky(new StudySeed(42), n, PvSource.Typical.BRITISH).relativeClearness(season, day);
        }
        return clearness;
    }

    static double kolmogorovSmirnov(double[] sample, java.util.function.DoubleUnaryOperator distribution) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        double worst = 0;
        for (int i = 0; i < sorted.length; i++) {
            double p = distribution.applyAsDouble(sorted[i]);
            worst = Math.max(worst, Math.max(p - i / (double) sorted.length, (i + 1) / (double) sorted.length - p));
        }
        return worst;
    }

    static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }
}
