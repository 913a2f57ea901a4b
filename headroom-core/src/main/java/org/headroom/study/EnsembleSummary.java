package org.headroom.study;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a study says of its networks as an ensemble, of how they were drawn, and of what failed.
 *
 * @param quantiles of annual figures over networks, by scenario, mode and figure
 * @param variance of daily figures, split between networks and days, likewise
 * @param findCandidates how the gates judged the networks drawn; null where none were generated
 * @param trials of the networks studied: networks x scenarios x days
 * @param failures trials that failed and are left out of every mode, by network, scenario and day
 */
public record EnsembleSummary(
        List<FigureQuantiles> quantiles,
        List<FigureVariance> variance,
        @Nullable Candidates findCandidates,
        int trials,
        List<FailedTrial> failures) {
    public EnsembleSummary {
        quantiles = List.copyOf(quantiles);
        variance = List.copyOf(variance);
        failures = List.copyOf(failures);
    }

    /**
     * How an annual figure is distributed over networks; quantiles by linear interpolation between the ordered values (type 7), NaN
     * where no network has the figure.
     *
     * @param metric named with its unit, as in {@code tables/quantiles.csv}
     * @param networks that have the figure
     */
    public record FigureQuantiles(
            String scenario,
            String mode,
            String metric,
            int networks,
            double q05,
            double q25,
            double q50,
            double q75,
            double q95) {}

    /**
     * Variance of a daily figure, split between networks, days and a rest; NaN for fewer than two networks or days. A day's effect is
     * what it has in common over all networks: season, weekday; weather is drawn for each network and is in the rest.
     *
     * @param metric named with its unit, as in {@code tables/variance.csv}; variances are in its unit squared
     * @param networks that have a result on every day
     * @param networkShare share of the three variances' sum; NaN where the sum is 0
     */
    public record FigureVariance(
            String scenario,
            String mode,
            String metric,
            int networks,
            int days,
            double mean,
            double networkVariance,
            double dayVariance,
            double restVariance,
            double networkShare,
            double dayShare,
            double restShare) {}

    /**
     * How many networks were drawn as candidates, and what became of them.
     *
     * @param gates every gate in the order in which a candidate meets them
     */
    public record Candidates(long drawn, long accepted, List<GateCount> gates) {
        public Candidates {
            gates = List.copyOf(gates);
        }
    }

    /** How many candidates a gate refused. */
    public record GateCount(String gate, long refused) {}

    /**
     * A trial that failed.
     *
     * @param network index among the study's networks, from 0
     * @param day index among the study's days, from 0
     * @param cause in a line
     * @param alone the option of the same command that runs it alone
     */
    public record FailedTrial(int network, String scenario, int day, String cause, String alone) {}
}
