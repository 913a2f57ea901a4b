package org.headroom.household;

import org.headroom.time.Season;

/** Where the demand of homes comes from. */
public sealed interface DemandSource {
    /**
     * A typical home's hourly shape × the home's annual energy × an hourly log-normal factor of mean 1.
     *
     * <p>The logarithm of the factor is a stationary first-order autoregressive process, begun afresh each day, such that the
     * factor itself (not its logarithm) has the standard deviation and the lag-1 correlation given. Within an hour shape and
     * factor are held.
     *
     * @param meanAnnual_kWh mean annual demand of homes, above 0
     * @param annualSpread standard deviation of the logarithm of the annual demand (log-normal), 0 to 2
     * @param hourlySpread standard deviation of the hourly factor, 0 to 2
     * @param hourlyCorrelation correlation of the factor between consecutive hours, 0 to below 1
     */
    record Typical(double meanAnnual_kWh, double annualSpread, double hourlySpread, double hourlyCorrelation)
            implements DemandSource {
        /** Mean 3,700 kWh a year, sd of ln .45; hourly sd .35, lag-1 .5 (design, Sec. 4). */
        public static final Typical BRITISH = new Typical(3700, 0.45, 0.35, 0.5);

        public Typical {
            if (!(meanAnnual_kWh > 0 && meanAnnual_kWh <= 1e6)) {
                throw new IllegalArgumentException(
                        "demand: meanAnnual_kWh is %s, expected above 0 and at most 1000000".formatted(meanAnnual_kWh));
            }
            spread("annualSpread", annualSpread);
            spread("hourlySpread", hourlySpread);
            if (!(hourlyCorrelation >= 0 && hourlyCorrelation < 1)) {
                throw new IllegalArgumentException(
                        "demand: hourlyCorrelation is %s, expected 0 to below 1".formatted(hourlyCorrelation));
            }
        }

        /** The same homes, using more or less in all. */
        public Typical withMeanAnnual_kWh(double other_kWh) {
            return new Typical(other_kWh, annualSpread, hourlySpread, hourlyCorrelation);
        }

        private static void spread(String name, double value) {
            if (!(value >= 0 && value <= 2)) {
                throw new IllegalArgumentException("demand: %s is %s, expected 0 to 2".formatted(name, value));
            }
        }
    }

    /**
     * Measured profiles, used as they are; each home draws one column. One file may stand for several seasons. Days of the
     * study take the file's days in turn.
     */
    record Measured(MeasuredProfiles winter, MeasuredProfiles spring, MeasuredProfiles summer, MeasuredProfiles autumn)
            implements DemandSource {
        /** The same profiles all year. */
        public static Measured of(MeasuredProfiles allYear) {
            return new Measured(allYear, allYear, allYear, allYear);
        }

        public MeasuredProfiles of(Season season) {
            return switch (season) {
                case WINTER -> winter;
                case SPRING -> spring;
                case SUMMER -> summer;
                case AUTUMN -> autumn;
            };
        }
    }
}
