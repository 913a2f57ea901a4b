package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.headroom.random.StudySeed;
import org.junit.jupiter.api.Test;

/** The plug-in rules of Secs. 3.3 and 4.3, told with cars whose days hold no chance. */
class PlugInStoriesTest {
    private static List<String> week(HouseholdSimulator simulator, HouseholdKind kind) {
        return simulator.simulate(new StudySeed(1), 0, 0, kind, Weeks.of(1)).stream()
                .map(FixedDays::line)
                .toList();
    }

    @Test
    void a_car_plugs_in_at_the_next_whole_step_and_leaves_at_the_last_before_it_departs() {
        var simulator = new FixedDays().car(Archetype.PRO, 7.7, 18.3, 10).simulator(7);

        assertThat(week(simulator, HouseholdKind.PRO))
                .startsWith("day 0 pro 19-31: 30.0 to 40.0 kWh", "day 1 pro 19-31: 30.0 to 40.0 kWh")
                .hasSize(7);
    }

    @Test
    void a_car_above_the_threshold_stays_unplugged_until_it_falls_below() {
        // From between 25 and 40 kWh, 6 kWh a day: below 25 kWh after one to three days, then every third day.
        var simulator =
                new FixedDays().threshold(0.5).car(Archetype.PRO, 8, 18, 6).simulator(7);

        var sessions = simulator.simulate(new StudySeed(1), 0, 0, HouseholdKind.PRO, Weeks.of(4));

        assertThat(sessions).allMatch(session -> session.arrive_kWh() < 25);
        assertThat(sessions.get(0).day()).isBetween(0, 2);
        for (int i = 1; i < sessions.size(); i++) {
            assertThat(sessions.get(i).day() - sessions.get(i - 1).day()).isEqualTo(3);
            assertThat(sessions.get(i).arrive_kWh()).isCloseTo(40 - 18, within(1e-9));
        }
    }

    @Test
    void a_short_stay_leaves_with_what_the_charger_could_give() {
        // Home from 23 to 5 h: six steps of 1 kW do not make up the day's 10 kWh.
        var simulator = new FixedDays().car(Archetype.PRO, 5, 23, 10).simulator(1);

        assertThat(week(simulator, HouseholdKind.PRO))
                .startsWith("day 0 pro 23-29: 30.0 to 36.0 kWh", "day 1 pro 23-29: 26.0 to 32.0 kWh");
    }

    @Test
    void of_two_cars_the_first_home_takes_the_charger_and_the_other_goes_without() {
        var simulator = new FixedDays()
                .car(Archetype.SHO, 8, 17.5, 10)
                .car(Archetype.FAM, 8, 18.5, 10)
                .simulator(7);

        assertThat(week(simulator, HouseholdKind.TWO_EV))
                .hasSize(7)
                .allMatch(line -> line.contains("sho 18-32: 30.0 to 40.0 kWh"));
    }

    @Test
    void of_two_cars_home_at_once_the_lower_one_takes_the_charger() {
        var simulator = new FixedDays()
                .car(Archetype.SHO, 8, 18, 5.5)
                .car(Archetype.FAM, 8, 18, 10)
                .simulator(7);

        assertThat(week(simulator, HouseholdKind.TWO_EV))
                .startsWith(
                        "day 0 fam 18-32: 30.0 to 40.0 kWh",
                        "day 1 sho 18-32: 29.0 to 40.0 kWh",
                        "day 2 fam 18-32: 20.0 to 40.0 kWh");
    }

    @Test
    void a_car_not_used_on_the_weekend_waits_for_the_charger_and_stays_a_day_at_most() {
        // The family's car is home first every day; the other one sees the charger free on Saturday at 9.
        var simulator = new FixedDays()
                .car(Archetype.SHO, 8, 18, 6, 0)
                .car(Archetype.FAM, 9, 17, 10)
                .simulator(7);

        assertThat(week(simulator, HouseholdKind.TWO_EV))
                .containsExactly(
                        "day 0 fam 17-33: 30.0 to 40.0 kWh",
                        "day 1 fam 17-33: 30.0 to 40.0 kWh",
                        "day 2 fam 17-33: 30.0 to 40.0 kWh",
                        "day 3 fam 17-33: 30.0 to 40.0 kWh",
                        "day 4 fam 17-33: 30.0 to 40.0 kWh",
                        "day 5 sho 9-33: 10.0 to 40.0 kWh",
                        "day 6 fam 17-33: 20.0 to 40.0 kWh");
    }

    @Test
    void a_car_that_stays_at_home_ends_its_session_after_a_day() {
        var simulator = new FixedDays().car(Archetype.PRO, 8, 18, 10, 0).simulator(7);

        assertThat(week(simulator, HouseholdKind.PRO)).hasSize(5).endsWith("day 4 pro 18-42: 30.0 to 40.0 kWh");
    }

    @Test
    void a_car_that_would_fall_below_the_reserve_charges_away_and_comes_home_with_half_a_days_use_gone() {
        // From 40 kWh, a day of 36 kWh would leave 4 of 50 kWh, below the reserve of 5: home with 40 - 18.
        var simulator = new FixedDays().car(Archetype.PRO, 8, 18, 36).simulator(7);

        assertThat(week(simulator, HouseholdKind.PRO)).startsWith("day 0 pro 18-32: 22.0 to 40.0 kWh");
    }
}
