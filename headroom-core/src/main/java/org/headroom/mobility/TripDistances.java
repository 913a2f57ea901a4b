package org.headroom.mobility;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.headroom.random.StudySeed;

/** How far one trip goes: what an unexpected trip is drawn from. */
public sealed interface TripDistances {
    /** Share of trips that are longer than a distance. */
    double shareAbove(double distance_miles);

    /** The trips that an archetype's cars make anyway: as far, and as often as far, over years of days drawn from a seed of their own. */
    static TripDistances own(Archetype archetype, CarParameters car, DayRules rules) {
        DoubleStream.Builder miles = DoubleStream.builder();
        new CarTravel(archetype, car, rules)
                .simulate(Sample.SEED, archetype.index(), Sample.WEEKS, new TravelObserver() {
                    @Override
                    public void trip(Trip trip) {
                        miles.add(trip.distance_miles());
                    }
                });
        return new Sample(miles.build().sorted().toArray());
    }

    /**
     * Log-normal distances, capped at the longest.
     *
     * @param distance mean after the cap, sigma and cap; its time away does not matter
     */
    static TripDistances logNormal(PurposeTravel distance) {
        return new LogNormal(distance.mu(), distance.sigma(), distance.longestTrip_miles());
    }

    /** Distances that were drawn. */
    final class Sample implements TripDistances {
        private static final StudySeed SEED = new StudySeed(0x5452_4950_53L);
        private static final int WEEKS = 500;

        private final double[] sorted_miles;

        private Sample(double[] sorted_miles) {
            this.sorted_miles = sorted_miles;
        }

        @Override
        public double shareAbove(double distance_miles) {
            if (sorted_miles.length == 0) {
                return 0; // a car that never drives
            }
            int place = Arrays.binarySearch(sorted_miles, distance_miles);
            int notAbove = place < 0 ? -place - 1 : place + 1;
            while (notAbove < sorted_miles.length && sorted_miles[notAbove] == distance_miles) {
                notAbove++; // capped trips are equally long
            }
            return (sorted_miles.length - notAbove) / (double) sorted_miles.length;
        }
    }

    /** Capped log-normal distances in closed form. */
    final class LogNormal implements TripDistances {
        private static final NormalDistribution STANDARD_NORMAL = NormalDistribution.of(0, 1);

        private final double mu;
        private final double sigma;
        private final double longest_miles;

        private LogNormal(double mu, double sigma, double longest_miles) {
            this.mu = mu;
            this.sigma = sigma;
            this.longest_miles = longest_miles;
        }

        @Override
        public double shareAbove(double distance_miles) {
            if (distance_miles >= longest_miles) {
                return 0;
            }
            if (distance_miles <= 0) {
                return 1;
            }
            double above = StrictMath.log(distance_miles) - mu;
            return sigma == 0 ? (above < 0 ? 1 : 0) : STANDARD_NORMAL.survivalProbability(above / sigma);
        }
    }
}
