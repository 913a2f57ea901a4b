package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TripDistancesTest {
    private static final MobilityParameters UK = MobilityParameterFile.uk();

    @Test
    void half_of_log_normal_trips_are_longer_than_their_median_and_none_than_the_cap() {
        TripDistances trips = TripDistances.logNormal(new PurposeTravel(10, 1, 1000, 24));

        // median = mean / exp(sigma²/2); the cap at 1000 miles is out of reach
        assertThat(trips.shareAbove(10 / Math.exp(0.5))).isCloseTo(0.5, within(1e-3));
        // P(ln X > mu + 1) = 1 - Φ(1)
        assertThat(trips.shareAbove(10 / Math.exp(0.5) * Math.E)).isCloseTo(0.15866, within(1e-3));
        assertThat(trips.shareAbove(0)).isEqualTo(1);
        assertThat(trips.shareAbove(1000)).isZero();
    }

    @Test
    void trips_without_spread_are_all_as_long() {
        TripDistances trips = TripDistances.logNormal(new PurposeTravel(10, 0, 20, 24));

        assertThat(trips.shareAbove(9.99)).isEqualTo(1);
        assertThat(trips.shareAbove(10.01)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Archetype.class)
    void own_trips_have_the_mean_of_the_fleets(Archetype archetype) {
        TripDistances trips = TripDistances.own(archetype, UK.car(archetype), UK.rules());
        // E[X] is the integral of P(X > x)
        double mean_miles = 0;
        for (double x = 0.05; x < 200; x += 0.1) {
            mean_miles += 0.1 * trips.shareAbove(x);
        }
        double[] fleet = new double[2];
        HouseholdKind kind = switch (archetype) {
            case RET -> HouseholdKind.RET;
            case PRO -> HouseholdKind.PRO;
            case SHO, FAM -> HouseholdKind.TWO_EV;
        };
        HouseholdSimulator simulator = HouseholdSimulator.of(UK, Habit.GUZZLE, 7, org.headroom.time.DaySteps.HOURLY);
        for (int household = 0; household < 60; household++) {
            simulator.simulate(
                    new org.headroom.random.StudySeed(4), 0, household, kind, Weeks.of(20), new TravelObserver() {
                        @Override
                        public void trip(Trip trip) {
                            if (trip.archetype() == archetype) {
                                fleet[0] += trip.distance_miles();
                                fleet[1]++;
                            }
                        }
                    });
        }
        assertThat(mean_miles).isCloseTo(fleet[0] / fleet[1], within(0.05 * mean_miles));
    }
}
