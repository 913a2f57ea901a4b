package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.headroom.input.InputException;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.Season;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HouseholdSimulatorTest {
    private static final StudySeed SEED = new StudySeed(20_26);
    private static final MobilityParameters PAPER = MobilityParameterFile.paper();
    private static final GuzzleHomeShares HOME_SHARES = GuzzleHomeShares.of(PAPER);

    private static HouseholdSimulator simulator(Habit habit, double charger_kW, DaySteps steps) {
        return new HouseholdSimulator(PAPER, HOME_SHARES, habit, charger_kW, steps);
    }

    private static Diary year(HouseholdSimulator simulator, int household, HouseholdKind kind) {
        Diary diary = new Diary();
        simulator.simulate(SEED, 0, household, kind, Weeks.of(52), diary);
        return diary;
    }

    private static final class Diary implements TravelObserver {
        private final List<Trip> trips = new ArrayList<>();
        private final List<CarDay> days = new ArrayList<>();
        private final List<PlugInSession> sessions = new ArrayList<>();

        @Override
        public void trip(Trip trip) {
            trips.add(trip);
        }

        @Override
        public void carDay(CarDay day) {
            days.add(day);
        }

        @Override
        public void session(PlugInSession session) {
            sessions.add(session);
        }
    }

    @ParameterizedTest
    @CsvSource({"RET,GUZZLE,24", "PRO,GRAZE,24", "TWO_EV,GUZZLE,48", "TWO_EV,GRAZE,96"})
    void every_cars_energy_balance_closes_over_a_year(HouseholdKind kind, Habit habit, int stepsPerDay) {
        for (int household = 0; household < 20; household++) {
            Diary diary = year(simulator(habit, 7, new DaySteps(stepsPerDay)), household, kind);
            for (int ev = 0; ev < kind.cars().size(); ev++) {
                int number = ev;
                List<CarDay> days =
                        diary.days.stream().filter(day -> day.ev() == number).toList();
                CarDay first = days.getFirst();
                CarDay last = days.getLast();
                // What a session that began before the first departure charged is in its stored energy already, and
                // what
                // one that began after the last return charges is not yet in that.
                double charged_kWh = diary.sessions.stream()
                        .filter(session -> session.ev() == number)
                        .filter(session -> between(session, first, last, stepsPerDay))
                        .mapToDouble(session -> session.depart_kWh() - session.arrive_kWh())
                        .sum();
                double use_kWh = days.stream().mapToDouble(CarDay::use_kWh).sum();
                double away_kWh = days.stream().mapToDouble(CarDay::away_kWh).sum();

                assertThat(first.departure_kWh() + charged_kWh + away_kWh - use_kWh - last.return_kWh())
                        .isCloseTo(0, within(1e-9));
            }
        }
    }

    private static boolean between(PlugInSession session, CarDay first, CarDay last, int stepsPerDay) {
        double start_h = (session.day() * stepsPerDay + session.arriveStep()) * 24.0 / stepsPerDay;
        boolean afterFirst = first.trips() > 0 ? start_h > first.departure_h() : start_h >= 24;
        boolean beforeLast = last.trips() == 0 || start_h < 24 * last.day() + last.departure_h();
        return afterFirst && beforeLast;
    }

    @Test
    void trips_are_the_same_whatever_habit_charger_and_steps() {
        List<Trip> trips = year(simulator(Habit.GUZZLE, 7, DaySteps.HOURLY), 3, HouseholdKind.TWO_EV).trips;

        assertThat(year(simulator(Habit.GUZZLE, 11, DaySteps.HOURLY), 3, HouseholdKind.TWO_EV).trips)
                .isEqualTo(trips);
        assertThat(year(simulator(Habit.GRAZE, 7, new DaySteps(96)), 3, HouseholdKind.TWO_EV).trips)
                .isEqualTo(trips);
    }

    @Test
    void a_household_is_the_same_alone_and_after_others() {
        var simulator = simulator(Habit.GRAZE, 7, DaySteps.HOURLY);
        List<PlugInSession> alone = simulator.simulate(SEED, 0, 7, HouseholdKind.PRO, Weeks.of(4));
        List<List<PlugInSession>> inParallel = IntStream.range(0, 16)
                .parallel()
                .mapToObj(household -> simulator.simulate(SEED, 0, household, HouseholdKind.PRO, Weeks.of(4)))
                .toList();

        assertThat(inParallel.get(7)).isEqualTo(alone);
        assertThat(inParallel.get(8)).isNotEqualTo(alone);
    }

    @Test
    void more_weeks_continue_fewer() {
        var simulator = simulator(Habit.GRAZE, 7, DaySteps.HOURLY);
        List<PlugInSession> four = simulator.simulate(SEED, 0, 7, HouseholdKind.TWO_EV, Weeks.of(4));
        List<PlugInSession> ten = simulator.simulate(SEED, 0, 7, HouseholdKind.TWO_EV, Weeks.of(10));

        assertThat(ten.subList(0, four.size())).isEqualTo(four);
    }

    @Test
    void networks_households_and_seasons_have_people_of_their_own() {
        var simulator = simulator(Habit.GRAZE, 7, DaySteps.HOURLY);
        var here = simulator.simulate(SEED, 0, 1, HouseholdKind.PRO, Weeks.of(4));

        assertThat(simulator.simulate(SEED, 1, 1, HouseholdKind.PRO, Weeks.of(4)))
                .isNotEqualTo(here);
        assertThat(simulator.simulate(SEED, 0, 1, HouseholdKind.PRO, Weeks.of(4, Season.WINTER)))
                .isNotEqualTo(here)
                .isNotEqualTo(simulator.simulate(SEED, 0, 1, HouseholdKind.PRO, Weeks.of(4, Season.SUMMER)));
    }

    @ParameterizedTest
    @EnumSource(Habit.class)
    void a_household_has_one_session_a_day_and_one_car_at_the_charger(Habit habit) {
        for (int household = 0; household < 50; household++) {
            var sessions = year(simulator(habit, 7, DaySteps.HOURLY), household, HouseholdKind.TWO_EV).sessions;
            for (int i = 1; i < sessions.size(); i++) {
                PlugInSession before = sessions.get(i - 1);
                PlugInSession after = sessions.get(i);
                assertThat(after.day()).isGreaterThan(before.day());
                assertThat(24 * after.day() + after.arriveStep())
                        .isGreaterThanOrEqualTo(24 * before.day() + before.departStep());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(HouseholdKind.class)
    void a_session_lies_between_a_return_and_the_next_departure(HouseholdKind kind) {
        for (int household = 0; household < 50; household++) {
            Diary diary = year(simulator(Habit.GRAZE, 7, DaySteps.HOURLY), household, kind);
            for (PlugInSession session : diary.sessions) {
                int start = 24 * session.day() + session.arriveStep();
                int end = 24 * session.day() + session.departStep();
                assertThat(session.arriveStep()).isBetween(0, 23);
                assertThat(session.steps()).isBetween(1, 24);
                assertThat(session.arrive_kWh()).isLessThan(0.75 * session.capacity_kWh());
                assertThat(session.depart_kWh())
                        .isLessThanOrEqualTo(session.arrive_kWh() + 0.95 * 7 * session.steps() + 1e-9)
                        .isLessThanOrEqualTo(0.8 * session.capacity_kWh());
                assertThat(diary.days.stream()
                                .filter(day -> day.ev() == session.ev() && day.trips() > 0)
                                .filter(day -> 24 * day.day() + day.departure_h() < end
                                        && 24 * day.day() + day.return_h() > start))
                        .isEmpty();
            }
        }
    }

    @Test
    void a_single_car_home_below_the_threshold_always_plugs_in() {
        for (int household = 0; household < 50; household++) {
            Diary diary = year(simulator(Habit.GRAZE, 7, DaySteps.HOURLY), household, HouseholdKind.PRO);
            var sessionDays = diary.sessions.stream().map(PlugInSession::day).toList();
            for (CarDay day : diary.days) {
                if (day.trips() > 0 && day.return_h() <= 23 && day.return_kWh() < 0.75 * 60) {
                    assertThat(sessionDays).contains(day.day());
                }
            }
        }
    }

    @Test
    void cars_use_more_in_a_season_with_a_higher_factor() {
        String text = MobilityParameterFile.text("paper-draft").replace("winter: 1.0", "winter: 1.25");
        MobilityParameters cold = MobilityParameterFile.parse("cold.yaml", text);

        Trip usual = firstTrip(MobilityParameterFile.load("paper-draft"));
        Trip winter = firstTrip(cold);

        assertThat(winter.distance_miles()).isEqualTo(usual.distance_miles());
        assertThat(winter.energy_kWh()).isCloseTo(1.25 * usual.energy_kWh(), within(1e-12));
    }

    private static Trip firstTrip(MobilityParameters parameters) {
        Diary diary = new Diary();
        HouseholdSimulator.guzzling(parameters, 7, DaySteps.HOURLY)
                .simulate(SEED, 0, 0, HouseholdKind.PRO, Weeks.of(1, Season.WINTER), diary);
        return diary.trips.getFirst();
    }

    @Test
    void grazing_drivers_charge_about_as_much_at_home_as_guzzling_ones() {
        for (HouseholdKind kind : HouseholdKind.values()) {
            double guzzle_kWh = homeCharged_kWh(Habit.GUZZLE, kind);
            double graze_kWh = homeCharged_kWh(Habit.GRAZE, kind);
            assertThat(graze_kWh).isCloseTo(guzzle_kWh, within(0.05 * guzzle_kWh));
        }
    }

    private static double homeCharged_kWh(Habit habit, HouseholdKind kind) {
        var simulator = simulator(habit, 7, DaySteps.HOURLY);
        return IntStream.range(0, 200)
                .mapToObj(household -> simulator.simulate(SEED, 0, household, kind, Weeks.of(52)))
                .flatMap(List::stream)
                .mapToDouble(session -> session.depart_kWh() - session.arrive_kWh())
                .sum();
    }

    @Test
    void a_charger_without_power_is_refused() {
        assertThatThrownBy(() -> simulator(Habit.GUZZLE, 0, DaySteps.HOURLY)).hasMessageContaining("charger_kW is 0.0");
    }

    @Test
    void hours_that_can_never_fit_are_told_not_searched_for_ever() {
        String text = MobilityParameterFile.text("paper-draft")
                .replace(
                        "longestAway_h: 3.5 }\n      other:    { mean_miles: 12.7",
                        "longestAway_h: 0.01 }\n      other:    { mean_miles: 12.7");
        text = text.replace("firstPurpose: { shopping: 0.69, other: 0.31 }", "firstPurpose: { shopping: 1.0 }")
                .replace(
                        "        shopping: { other: 0.10 }\n        other:    { shopping: 0.10 }\n      postHome: { shopping: 0.215, other: 0.115 }",
                        "        shopping: {}\n      postHome: {}");
        MobilityParameters parameters = MobilityParameterFile.parse("never.yaml", text);

        assertThatThrownBy(() -> HouseholdSimulator.guzzling(parameters, 7, DaySteps.HOURLY)
                        .simulate(SEED, 0, 0, HouseholdKind.RET, Weeks.of(1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("archetype ret")
                .hasMessageContaining("longestAway_h");
    }
}
