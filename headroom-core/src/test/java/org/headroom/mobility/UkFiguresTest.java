package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.DayType;
import org.headroom.time.Season;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The set {@code uk} against what it was fitted to, counted here anew: the National Travel Survey 2023/24 (car drivers; trip starts
 * by hour, % of the day type) and Electric Nation's diversified curve.
 */
class UkFiguresTest {
    private static final MobilityParameters UK = MobilityParameterFile.uk();
    private static final List<Trip> TRIPS = new ArrayList<>();
    private static final FleetSummary FLEET = Fleet.simulate(request(Habit.GUZZLE, 7.36), new TravelObserver() {
        @Override
        public void trip(Trip trip) {
            TRIPS.add(trip);
        }
    });

    private static FleetRequest request(Habit habit, double charger_kW) {
        return new FleetRequest(null, 2000, 8, habit, charger_kW, new StudySeed(77), DaySteps.HOURLY, UK);
    }

    private static double overlap(TripPurpose purpose, DayType days, String percent) {
        double[] survey = List.of(percent.strip().split("\\s+")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
        double[] starts = new double[24];
        for (Trip trip : TRIPS) {
            int day = trip.day() + (int) (trip.depart_h() / 24);
            if (trip.purpose() == purpose && DayType.ofDay(day) == days) {
                starts[(int) trip.depart_h() % 24]++;
            }
        }
        double sum = java.util.Arrays.stream(starts).sum();
        double overlap = 0;
        for (int hour = 0; hour < 24; hour++) {
            overlap += Math.min(starts[hour] / sum, survey[hour] / 100);
        }
        return overlap;
    }

    @ParameterizedTest
    @CsvSource({
        "WORK,WEEKDAY,.3 .2 .2 .5 1.6 2.3 8.0 16.5 12.0 3.3 1.7 1.6 2.3 3.0 3.6 5.5 11.2 13.0 5.7 2.4 1.7 1.3 1.3 .6",
        "EDUCATION,WEEKDAY,0 0 0 0 0 0 0 4.3 37.7 4.9 .1 .5 .2 .4 9.4 32.7 5.5 3.5 .7 .1 0 0 0 0",
        "SHOPPING,WEEKDAY,.1 0 0 .1 .2 .3 1.2 3.3 6.8 7.8 9.1 9.7 8.7 7.5 7.4 7.2 7.5 7.0 6.0 4.3 2.5 1.9 1.0 .5",
        "SHOPPING,SATURDAY,.2 .2 .1 .1 .1 .1 .6 1.9 5.3 8.5 11.5 11.8 9.9 8.3 8.5 7.5 6.6 5.7 4.6 3.3 1.7 1.3 1.3 1.0",
        "SHOPPING,SUNDAY,.4 .3 .2 .2 .2 .2 .5 1.5 3.6 7.0 12.4 12.8 12.4 10.8 9.8 8.6 5.9 4.3 3.4 2.4 1.4 .9 .6 .4",
        "OTHER,WEEKDAY,.2 .1 .1 .1 .1 .1 .5 1.7 2.9 4.9 5.6 5.7 6.2 5.6 6.3 7.9 9.9 11.2 10.7 8.5 5.1 3.4 2.2 1.2"
    })
    void trips_start_when_the_survey_says(TripPurpose purpose, DayType days, String percent) {
        assertThat(overlap(purpose, days, percent)).isGreaterThan(0.85);
    }

    @ParameterizedTest
    @CsvSource({"WORK,1.82,1.01", "EDUCATION,.63,.84", "SHOPPING,1.37,1.09", "OTHER,1.52,1.03"})
    void mean_distances_are_the_surveys(TripPurpose purpose, double mu, double sigma) {
        double survey_miles = Math.exp(mu + sigma * sigma / 2);
        double mean_miles = TRIPS.stream()
                .filter(trip -> trip.purpose() == purpose)
                .mapToDouble(Trip::distance_miles)
                .average()
                .orElseThrow();

        assertThat(mean_miles).isCloseTo(survey_miles, within(0.03 * survey_miles));
    }

    @Test
    void a_car_drives_as_far_in_a_year_as_the_survey_says() {
        double miles = TRIPS.stream().mapToDouble(Trip::distance_miles).sum();
        long cars = TRIPS.stream()
                .map(trip -> 10 * trip.household() + trip.ev())
                .distinct()
                .count();

        assertThat(miles / cars / 56 * 365).isCloseTo(7200, within(0.03 * 7200));
    }

    @ParameterizedTest
    @CsvSource({"GUZZLE,7.36", "GRAZE,7.36", "GUZZLE,11"})
    void eighty_five_percent_of_energy_is_charged_at_home(Habit habit, double charger_kW) {
        double home = 0;
        double away = 0;
        for (ArchetypeSummary archetype :
                Fleet.simulate(request(habit, charger_kW)).archetypes()) {
            if (!archetype.archetype().equals("two-ev")) {
                home += archetype.homeCharged_kWh() * archetype.cars();
                away += archetype.awayCharged_kWh() * archetype.cars();
            }
        }

        assertThat(home / (home + away)).isCloseTo(0.85, within(0.03));
    }

    /** 1.55 kW a car at 21:18 for 15 kWh a day, chargers of 7.36 kW (Electric Nation, final report). */
    @Test
    void the_mean_charging_curve_scaled_to_its_energy_is_electric_nations() {
        double[] day = new double[24];
        for (int week = 0; week < FLEET.curve().weeks(); week++) {
            for (int step = 0; step < 168; step++) {
                day[step % 24] += FLEET.curve().mean_kW(week, step);
            }
        }
        int highest = 0;
        double sum = 0;
        for (int hour = 0; hour < 24; hour++) {
            sum += day[hour];
            highest = day[hour] > day[highest] ? hour : highest;
        }

        assertThat(day[highest] / sum * 15).isCloseTo(1.55, within(0.15 * 1.55));
        assertThat(highest + 0.5).isBetween(20.0, 22.0);
    }

    @Test
    void winter_takes_a_fifth_more_than_the_other_seasons_and_the_year_what_it_takes_without_seasons() {
        double year_kWh = 0;
        for (Season season : Season.values()) {
            year_kWh += annual_kWh(season) * season.days() / 365;
        }

        assertThat(annual_kWh(Season.WINTER) / annual_kWh(Season.SUMMER)).isCloseTo(1.2, within(0.03));
        assertThat(year_kWh).isCloseTo(annual_kWh(null), within(0.01 * year_kWh));
    }

    /** What a car takes in a year that is all of a season. */
    private static double annual_kWh(@Nullable Season season) {
        FleetRequest request = new FleetRequest(
                null, Population.THIRDS, season, 2000, 8, Habit.GRAZE, 7.36, new StudySeed(77), DaySteps.HOURLY, UK);
        double sum_kWh = 0;
        double cars = 0;
        for (ArchetypeSummary archetype : Fleet.simulate(request).archetypes()) {
            if (!archetype.archetype().equals("two-ev")) { // these cars are also counted as sho and fam
                sum_kWh += (archetype.homeCharged_kWh() + archetype.awayCharged_kWh()) * archetype.cars();
                cars += archetype.cars();
            }
        }
        return sum_kWh / cars;
    }
}
