package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drawn days against the distributions they are drawn from; seeds are fixed. */
class DaySamplerTest {
    private static final MobilityParameters PAPER = MobilityParameterFile.load("paper-draft");
    private static final NormalDistribution STANDARD_NORMAL = NormalDistribution.of(0, 1);

    private static List<DayPlan> draw(CarParameters car, DayRules rules, boolean weekend, int days) {
        UniformRandomProvider random = new StudySeed(11).stream(Purpose.TRIPS, 0);
        var gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        DaySampler sampler = new DaySampler(Archetype.PRO, car, rules);
        List<DayPlan> plans = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            DayPlan plan = new DayPlan();
            sampler.draw(random, gaussian, weekend, plan);
            plans.add(plan);
        }
        return plans;
    }

    private static double[] firstDistances(Archetype archetype, TripPurpose purpose, boolean weekend, int days) {
        return draw(PAPER.car(archetype), PAPER.rules(), weekend, days).stream()
                .filter(plan -> plan.used && plan.purpose[0] == purpose.index())
                .mapToDouble(plan -> plan.tripDistance_miles[0])
                .toArray();
    }

    /** Kolmogorov-Smirnov: largest distance of the sample's distribution from the given one, times √n. */
    private static double kolmogorovSmirnov(double[] sample, DoubleUnaryOperator cumulative) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        double largest = 0;
        for (int i = 0; i < sorted.length; i++) {
            double expected = cumulative.applyAsDouble(sorted[i]);
            largest = Math.max(largest, expected - i / (double) sorted.length);
            if (i + 1 == sorted.length || sorted[i + 1] > sorted[i]) { // ties: all at the cap
                largest = Math.max(largest, (i + 1) / (double) sorted.length - expected);
            }
        }
        return largest * Math.sqrt(sorted.length);
    }

    @ParameterizedTest
    @CsvSource({
        "PRO,WORK,false",
        "PRO,OTHER,true",
        "PRO,SHOPPING,true",
        "SHO,WORK,false",
        "RET,SHOPPING,false",
        "FAM,EDUCATION,false"
    })
    void distances_are_log_normal_below_the_cap(Archetype archetype, TripPurpose purpose, boolean weekend) {
        PurposeTravel travel =
                Objects.requireNonNull(PAPER.car(archetype).travel().get(purpose));
        double[] below = Arrays.stream(firstDistances(archetype, purpose, weekend, 60_000))
                .filter(miles -> miles < travel.longestTrip_miles())
                .limit(5_000)
                .toArray();

        double share = STANDARD_NORMAL.cumulativeProbability(
                (Math.log(travel.longestTrip_miles()) - travel.mu()) / travel.sigma());
        double statistic = kolmogorovSmirnov(
                below,
                miles -> STANDARD_NORMAL.cumulativeProbability((Math.log(miles) - travel.mu()) / travel.sigma())
                        / share);

        assertThat(below.length).isGreaterThan(2_000);
        assertThat(statistic).isLessThan(1.63); // the 1 % level
    }

    @ParameterizedTest
    @CsvSource({
        "PRO,WORK,11.0,false",
        "PRO,SHOPPING,4.3,true",
        "PRO,OTHER,11.3,true",
        "SHO,WORK,12.9,false",
        "SHO,OTHER,12.9,false",
        "RET,SHOPPING,4.0,false",
        "FAM,EDUCATION,5.0,false"
    })
    void redrawing_hours_leaves_distances_with_the_mean_asked_for(
            Archetype archetype, TripPurpose purpose, double mean_miles, boolean weekend) {
        double[] distances = firstDistances(archetype, purpose, weekend, 400_000);

        assertThat(Arrays.stream(distances).average().orElseThrow()).isCloseTo(mean_miles, within(0.02 * mean_miles));
    }

    @Test
    void without_a_cap_in_reach_the_parameter_of_the_log_normal_is_the_textbook_one() {
        var travel = new PurposeTravel(12.9, 0.5, 2000, 12);

        assertThat(travel.mu()).isCloseTo(Math.log(12.9) - 0.125, within(1e-9));
    }

    @Test
    void hours_follow_their_mixture_when_every_day_is_consistent() {
        CarParameters car = MobilityParameterFile.parse(
                        "hours.yaml",
                        MobilityParameterFile.text("paper-draft")
                                .replace(
                                        "education: [ { share: 1, mean: 8.25, sd: 0.35 } ]",
                                        "education: [ { share: 0.3, mean: 7, sd: 0.3 }, { share: 0.7, mean: 9, sd: 0.6 } ]")
                                .replace(
                                        "firstPurpose: { work: 0.91, education: 0.05, shopping: 0.01, other: 0.03 }",
                                        "firstPurpose: { education: 1 }")
                                .replace("education: { work: 0.30, shopping: 0.10 }", "education: {}")
                                .replace(
                                        "longestTrip_miles: 20,  longestAway_h: 9 }",
                                        "longestTrip_miles: 20,  longestAway_h: 20 }"))
                .car(Archetype.PRO);
        List<DayPlan> plans = draw(car, PAPER.rules(), false, 5_000);

        double departures = kolmogorovSmirnov(
                plans.stream().mapToDouble(plan -> plan.departure_h).toArray(),
                hour -> 0.3 * STANDARD_NORMAL.cumulativeProbability((hour - 7) / 0.3)
                        + 0.7 * STANDARD_NORMAL.cumulativeProbability((hour - 9) / 0.6));
        double returns = kolmogorovSmirnov(
                plans.stream()
                        .filter(plan -> plan.trips == 2)
                        .mapToDouble(plan -> plan.return_h)
                        .toArray(),
                hour -> STANDARD_NORMAL.cumulativeProbability((hour - 15.9) / 0.7));

        assertThat(departures).isLessThan(1.63);
        assertThat(returns).isLessThan(1.63);
    }

    @Test
    void purposes_and_adjacent_trips_come_in_the_shares_of_the_transition_matrix() {
        List<DayPlan> plans = draw(PAPER.car(Archetype.PRO), PAPER.rules(), false, 100_000);
        int work = TripPurpose.WORK.index();
        int shopping = TripPurpose.SHOPPING.index();
        long worked = plans.stream().filter(plan -> plan.purpose[0] == work).count();
        // Three trips, or five: an adjacent one; its purpose is that of the second trip.
        long thenShopped = plans.stream()
                .filter(plan -> plan.purpose[0] == work && plan.trips % 2 == 1 && plan.purpose[1] == shopping)
                .count();
        long wentOutAgain = plans.stream().filter(plan -> plan.trips >= 4).count();

        assertThat(worked / 1e5).isCloseTo(0.91, within(0.004));
        assertThat(thenShopped / (double) worked).isCloseTo(0.21, within(0.005));
        assertThat(wentOutAgain / 1e5).isCloseTo(0.14, within(0.005));
    }

    @ParameterizedTest
    @CsvSource({"PRO,false", "PRO,true", "RET,false", "SHO,false", "FAM,false", "FAM,true"})
    void every_day_is_consistent(Archetype archetype, boolean weekend) {
        CarParameters car = PAPER.car(archetype);
        for (DayPlan plan : draw(car, PAPER.rules(), weekend, 20_000)) {
            if (!plan.used) {
                continue;
            }
            int main = plan.trips >= 4 ? plan.trips - 2 : plan.trips;
            assertThat(plan.departure_h).isBetween(4.5, 21.5).isEqualTo(plan.tripDeparture_h[0]);
            assertThat(plan.return_h)
                    .isLessThanOrEqualTo(plan.trips > 3 ? 26 : 24)
                    .isCloseTo(plan.tripArrival_h[plan.trips - 1], within(1e-9));
            assertThat(plan.tripDistance_miles[main - 1])
                    .isEqualTo(Math.max(plan.tripDistance_miles[0], plan.tripDistance_miles[main - 2]));
            for (int trip = 0; trip < plan.trips; trip++) {
                assertThat(plan.tripArrival_h[trip] - plan.tripDeparture_h[trip])
                        .isCloseTo(0.1 + plan.tripDistance_miles[trip] / 30, within(1e-9));
                if (trip > 0 && trip != main) {
                    double stay_h = plan.tripDeparture_h[trip] - plan.tripArrival_h[trip - 1];
                    assertThat(stay_h)
                            .isGreaterThanOrEqualTo(PAPER.rules()
                                            .shortestStay_h()
                                            .getOrDefault(TripPurpose.of(plan.purpose[trip - 1]), 1e9)
                                    - 1e-9);
                }
            }
        }
    }
}
