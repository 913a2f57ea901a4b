package org.headroom.mobility;

import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.headroom.input.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Draws the days of one archetype: purposes by the transition matrix τ, distances, and hours by ρ (paper, Sec. 3.2).
 * Parameters are laid out in arrays by {@link TripPurpose#index()}; draws depend on nothing but the stream.
 */
final class DaySampler {
    /** Whole days drawn anew in a row before the parameters are to blame. */
    private static final int MOST_REDRAWS = 1000;

    private static final int NONE = -1;

    private final Archetype archetype;
    private final DayRules rules;
    private final double[] mu = new double[TripPurpose.COUNT];
    private final double[] sigma = new double[TripPurpose.COUNT];
    private final double[] longestTrip_miles = new double[TripPurpose.COUNT];
    private final double[] longestAway_h = new double[TripPurpose.COUNT];
    private final double[] shortestStay_h = new double[TripPurpose.COUNT];
    /** {@code [first][other]}: true where the first purpose rules the hours of a day with both. */
    private final boolean[][] rulesOver = new boolean[TripPurpose.COUNT][TripPurpose.COUNT];

    private final Pattern weekday;
    private final Pattern weekend;

    DaySampler(Archetype archetype, CarParameters car, DayRules rules) {
        this.archetype = archetype;
        this.rules = rules;
        for (TripPurpose purpose : TripPurpose.values()) {
            int p = purpose.index();
            PurposeTravel travel = car.travel().get(purpose);
            if (travel != null) {
                mu[p] = travel.mu();
                sigma[p] = travel.sigma();
                longestTrip_miles[p] = travel.longestTrip_miles();
                longestAway_h[p] = travel.longestAway_h();
            }
            shortestStay_h[p] = rules.shortestStay_h().getOrDefault(purpose, 0.0);
            for (TripPurpose other : TripPurpose.values()) {
                rulesOver[p][other.index()] = purpose.rulesOver(other);
            }
        }
        weekday = new Pattern(car.weekday());
        weekend = new Pattern(car.weekend());
    }

    /** Draws a day into {@code plan}. */
    void draw(UniformRandomProvider random, NormalizedGaussianSampler gaussian, boolean onWeekend, DayPlan plan) {
        Pattern pattern = onWeekend ? weekend : weekday;
        plan.redraws = 0;
        plan.trips = 0;
        plan.distance_miles = 0;
        plan.used = random.nextDouble() < pattern.usedShare;
        if (!plan.used) {
            return;
        }
        // A day that is drawn anew stays a day of use: the share of days used is not the hours' to bend.
        while (!drawTripsAndHours(random, gaussian, pattern, plan)) {
            if (++plan.redraws >= MOST_REDRAWS) {
                throw new InputException("""
                        archetype %s: no day of trips was consistent in %d whole draws of %d tries each.
                        Maybe longestAway_h is too short for the distances, or the hours of departure_h and return_h are in the \
                        wrong order.""".formatted(archetype.label(), MOST_REDRAWS, rules.tries()));
            }
        }
    }

    private boolean drawTripsAndHours(
            UniformRandomProvider random, NormalizedGaussianSampler gaussian, Pattern pattern, DayPlan plan) {
        int first = choice(random, pattern.first);
        int second = choice(random, pattern.adjacent[first]);
        int postHome = choice(random, pattern.postHome);
        double first_miles = distance(gaussian, first);
        double second_miles = second == NONE ? 0 : distance(gaussian, second);
        double home_miles = Math.max(first_miles, second_miles);
        double postHome_miles = postHome == NONE ? 0 : distance(gaussian, postHome);

        int ruling = second == NONE || rulesOver[first][second] ? first : second;
        double toFirst_h = rules.travelTime_h(first_miles);
        double toSecond_h = second == NONE ? 0 : rules.travelTime_h(second_miles);
        double home_h = rules.travelTime_h(home_miles);
        double postHomeTravel_h = postHome == NONE ? 0 : 2 * rules.travelTime_h(postHome_miles);
        double stays_h = shortestStay_h[first] + (second == NONE ? 0 : shortestStay_h[second]);
        double needed_h = toFirst_h + toSecond_h + home_h + stays_h;
        // The adjacent place is on the way there when the ruling one comes second, else on the way home.
        double earlier_h = ruling == first ? 0 : toFirst_h / 2 + shortestStay_h[first];
        double later_h = second == NONE || ruling == second ? 0 : toSecond_h / 2 + shortestStay_h[second];
        double latest_h = postHome == NONE ? rules.latestReturn_h() : rules.latestPostHomeReturn_h();
        Hours departures = pattern.departure(ruling);
        Hours returns = pattern.returning(ruling);

        for (int attempt = 0; attempt < rules.tries(); attempt++) {
            double departure_h = departures.draw(random, gaussian) - earlier_h;
            double mainReturn_h = returns.draw(random, gaussian) + later_h;
            double postHomeStay_h = postHome == NONE
                    ? 0
                    : rules.postHomeShortest_h()
                            + random.nextDouble() * (rules.postHomeLongest_h() - rules.postHomeShortest_h());
            double return_h = mainReturn_h + postHomeStay_h + postHomeTravel_h;
            double away_h = mainReturn_h - departure_h;
            if (departure_h < rules.earliestDeparture_h()
                    || departure_h > rules.latestDeparture_h()
                    || away_h < needed_h
                    || away_h > longestAway_h[ruling]
                    || return_h > latest_h) {
                continue;
            }
            plan.departure_h = departure_h;
            plan.return_h = return_h;
            plan.trips = 0;
            plan.distance_miles = 0;
            // The ruling place takes the time left over; the other one keeps its shortest stay.
            double spare_h = away_h - needed_h;
            add(plan, first, first_miles, departure_h, toFirst_h);
            double left_h = departure_h + toFirst_h + shortestStay_h[first] + (ruling == first ? spare_h : 0);
            if (second != NONE) {
                add(plan, second, second_miles, left_h, toSecond_h);
            }
            add(plan, second == NONE ? first : second, home_miles, mainReturn_h - home_h, home_h);
            if (postHome != NONE) {
                // Half of the extra time is spent at home before, half at the place.
                double oneWay_h = postHomeTravel_h / 2;
                add(plan, postHome, postHome_miles, mainReturn_h + postHomeStay_h / 2, oneWay_h);
                add(plan, postHome, postHome_miles, return_h - oneWay_h, oneWay_h);
            }
            return true;
        }
        return false;
    }

    private static void add(DayPlan plan, int purpose, double distance_miles, double departure_h, double travel_h) {
        int trip = plan.trips++;
        plan.purpose[trip] = purpose;
        plan.tripDistance_miles[trip] = distance_miles;
        plan.tripDeparture_h[trip] = departure_h;
        plan.tripArrival_h[trip] = departure_h + travel_h;
        plan.distance_miles += distance_miles;
    }

    private double distance(NormalizedGaussianSampler gaussian, int purpose) {
        return Math.min(StrictMath.exp(mu[purpose] + sigma[purpose] * gaussian.sample()), longestTrip_miles[purpose]);
    }

    /** A purpose by cumulative shares, or {@link #NONE} for their rest. */
    private static int choice(UniformRandomProvider random, double[] cumulative) {
        double u = random.nextDouble();
        for (int p = 0; p < cumulative.length; p++) {
            if (u < cumulative[p]) {
                return p;
            }
        }
        return NONE;
    }

    private static double[] cumulative(Map<TripPurpose, Double> shares) {
        double[] cumulative = new double[TripPurpose.COUNT];
        double sum = 0;
        for (TripPurpose purpose : TripPurpose.values()) {
            sum += shares.getOrDefault(purpose, 0.0);
            cumulative[purpose.index()] = sum;
        }
        return cumulative;
    }

    /** A day pattern as arrays by purpose. */
    private static final class Pattern {
        final double usedShare;
        final double[] first;
        final double[][] adjacent = new double[TripPurpose.COUNT][];
        final double[] postHome;
        private final @Nullable Hours[] departures = new @Nullable Hours[TripPurpose.COUNT];
        private final @Nullable Hours[] returns = new @Nullable Hours[TripPurpose.COUNT];

        Pattern(DayPattern pattern) {
            usedShare = pattern.usedShare();
            first = cumulative(pattern.first());
            // The row sums to 1 but for rounding, which must not leave a day without a purpose.
            for (int p = TripPurpose.COUNT - 1; p >= 0 && first[p] > 1 - 1e-6; p--) {
                first[p] = 1;
            }
            postHome = cumulative(pattern.postHome());
            for (TripPurpose purpose : TripPurpose.values()) {
                int p = purpose.index();
                adjacent[p] = cumulative(pattern.adjacent().getOrDefault(purpose, Map.of()));
                HourMixture departure = pattern.departure_h().get(purpose);
                HourMixture returning = pattern.return_h().get(purpose);
                departures[p] = departure == null ? null : new Hours(departure);
                returns[p] = returning == null ? null : new Hours(returning);
            }
        }

        Hours departure(int purpose) {
            return present(departures[purpose], purpose);
        }

        Hours returning(int purpose) {
            return present(returns[purpose], purpose);
        }

        private static Hours present(@Nullable Hours hours, int purpose) {
            if (hours == null) {
                throw new IllegalStateException("pattern passed validation without hours for purpose " + purpose);
            }
            return hours;
        }
    }

    /** A normal mixture as arrays. */
    private static final class Hours {
        private final double[] cumulative;
        private final double[] mean_h;
        private final double[] sd_h;

        Hours(HourMixture mixture) {
            int n = mixture.components().size();
            cumulative = new double[n];
            mean_h = new double[n];
            sd_h = new double[n];
            double sum = 0;
            for (int i = 0; i < n; i++) {
                HourMixture.Component component = mixture.components().get(i);
                sum += component.share();
                cumulative[i] = sum;
                mean_h[i] = component.mean_h();
                sd_h[i] = component.sd_h();
            }
        }

        double draw(UniformRandomProvider random, NormalizedGaussianSampler gaussian) {
            int i = 0;
            if (cumulative.length > 1) {
                double u = random.nextDouble();
                while (i < cumulative.length - 1 && u >= cumulative[i]) {
                    i++;
                }
            }
            return mean_h[i] + sd_h[i] * gaussian.sample();
        }
    }
}
