package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.Season;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who lives where, what they drive and when they are away. */
class PopulationTest {
    private static final MobilityParameters DRAFT = MobilityParameterFile.load("paper-draft");

    private static MobilityParameters changed(String shipped, String other) {
        String text = MobilityParameterFile.text("paper-draft");
        assertThat(text).contains(shipped);
        return MobilityParameterFile.parse("mine.yaml", text.replace(shipped, other));
    }

    private static FleetSummary fleet(Population population, Season season, MobilityParameters parameters) {
        return Fleet.simulate(new FleetRequest(
                null, population, season, 2000, 4, Habit.GUZZLE, 7, new StudySeed(8), DaySteps.HOURLY, parameters));
    }

    private static List<PlugInSession> sessions(MobilityParameters parameters, HouseholdKind kind, int households) {
        List<PlugInSession> sessions = new ArrayList<>();
        Fleet.simulate(
                new FleetRequest(kind, households, 26, Habit.GUZZLE, 7, new StudySeed(8), DaySteps.HOURLY, parameters),
                new TravelObserver() {
                    @Override
                    public void session(PlugInSession session) {
                        sessions.add(session);
                    }
                });
        return sessions;
    }

    @Test
    void households_come_in_the_shares_asked_for_and_not_all_of_them_are_electric() {
        var population =
                new Population(Map.of(HouseholdKind.RET, 0.6, HouseholdKind.PRO, 0.1, HouseholdKind.TWO_EV, 0.3), 0.5);

        FleetSummary summary = fleet(population, Season.WINTER, DRAFT);

        int electric = summary.curve().households();
        assertThat(electric / 2000.0).isCloseTo(0.5, within(0.03));
        for (ArchetypeSummary archetype : summary.archetypes()) {
            double expected = switch (archetype.archetype()) {
                case "ret" -> 0.6;
                case "pro" -> 0.1;
                default -> 0.3;
            };
            assertThat(archetype.households() / (double) electric).isCloseTo(expected, within(0.04));
        }
    }

    @Test
    void a_winter_with_a_fifth_more_consumption_takes_a_fifth_more_energy() {
        MobilityParameters cold = changed("winter: 1.0", "winter: 1.2");

        double winter = fleet(Population.THIRDS, Season.WINTER, cold)
                .archetypes()
                .getFirst()
                .annual_kWh();
        double usual = fleet(Population.THIRDS, Season.WINTER, DRAFT)
                .archetypes()
                .getFirst()
                .annual_kWh();

        assertThat(winter).isCloseTo(1.2 * usual, within(1e-6 * usual));
    }

    @Test
    void batteries_and_chargers_come_in_their_mixes() {
        MobilityParameters mixed = changed(
                "    consumption_kWhPerMile: 0.2475\n",
                "    consumption_kWhPerMile: 0.2475\n    batteries: [ { share: 0.25, capacity_kWh: 30, consumption_kWhPerMile: 0.2 }, { share: 0.25, capacity_kWh: 90 } ]\n");
        MobilityParameters charged = MobilityParameterFile.parse(
                "mine.yaml",
                MobilityParameterFile.text("paper-draft")
                        .replace("targetSoc: 0.80 ", "chargers: [ { share: 0.3, rated_kW: 3.6 } ]\ntargetSoc: 0.80 "));

        assertThat(shareOfHouseholds(sessions(mixed, HouseholdKind.RET, 600), session -> session.capacity_kWh() == 30))
                .isCloseTo(0.25, within(0.05));
        assertThat(shareOfHouseholds(sessions(mixed, HouseholdKind.RET, 600), session -> session.capacity_kWh() == 60))
                .isCloseTo(0.5, within(0.06));
        assertThat(shareOfHouseholds(sessions(charged, HouseholdKind.RET, 600), session -> session.charger_kW() == 3.6))
                .isCloseTo(0.3, within(0.05));
    }

    private static double shareOfHouseholds(
            List<PlugInSession> sessions, java.util.function.Predicate<PlugInSession> which) {
        long all = sessions.stream().map(PlugInSession::household).distinct().count();
        return sessions.stream()
                        .filter(which)
                        .map(PlugInSession::household)
                        .distinct()
                        .count()
                / (double) all;
    }

    @Test
    void a_mix_leaves_trips_as_they_were() {
        MobilityParameters mixed = changed(
                "    consumption_kWhPerMile: 0.2475\n",
                "    consumption_kWhPerMile: 0.2475\n    batteries: [ { share: 0.5, capacity_kWh: 30 } ]\n");

        assertThat(summary(mixed).annualMiles()).isEqualTo(summary(DRAFT).annualMiles());
    }

    private static ArchetypeSummary summary(MobilityParameters parameters) {
        return Fleet.simulate(new FleetRequest(
                        HouseholdKind.RET, 50, 4, Habit.GUZZLE, 7, new StudySeed(1), DaySteps.HOURLY, parameters))
                .archetypes()
                .getFirst();
    }

    @Test
    void on_holiday_nobody_drives_from_home_and_nothing_is_plugged_in() {
        MobilityParameters away = changed("burnInWeeks: 5", "holidays: { perYear: 6, days: 10 }\nburnInWeeks: 5");
        HouseholdSimulator simulator = HouseholdSimulator.of(away, Habit.GRAZE, 7, DaySteps.HOURLY);
        int holidayDays = 0;
        int days = 0;
        for (int household = 0; household < 200; household++) {
            List<CarDay> diary = new ArrayList<>();
            List<PlugInSession> sessions = new ArrayList<>();
            simulator.simulate(new StudySeed(2), 0, household, HouseholdKind.PRO, Weeks.of(52), new TravelObserver() {
                @Override
                public void carDay(CarDay day) {
                    diary.add(day);
                }

                @Override
                public void session(PlugInSession session) {
                    sessions.add(session);
                }
            });
            days += diary.size();
            for (CarDay day : diary) {
                if (day.homeHours() == 0 && day.trips() == 0) {
                    holidayDays++;
                    assertThat(sessions)
                            .noneMatch(session -> session.day() == day.day()
                                    || (session.day() == day.day() - 1 && session.departStep() > 24));
                }
            }
        }

        assertThat(holidayDays / (double) days).isCloseTo(60 / 365.0, within(0.015));
    }

    @Test
    void days_charged_away_are_as_many_as_asked_for() {
        MobilityParameters atWork = changed("awayTargetSoc: 0.80", "awayTargetSoc: 0.80\nawayDayShare: 0.4");
        long[] days = new long[2];
        Fleet.simulate(
                new FleetRequest(
                        HouseholdKind.RET, 2000, 8, Habit.GUZZLE, 7, new StudySeed(1), DaySteps.HOURLY, atWork),
                new TravelObserver() {
                    @Override
                    public void carDay(CarDay day) {
                        if (day.trips() > 0) {
                            days[0]++;
                            days[1] += day.away_kWh() == day.use_kWh() ? 1 : 0;
                        }
                    }
                });

        assertThat(days[1] / (double) days[0]).isCloseTo(0.4, within(0.01));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            burnInWeeks: 5 | holidays: { perYear: 20, days: 10 } | perYear is 20.0 of 10 days each
            burnInWeeks: 5 | holidays: { perYear: 2, days: 0 }   | holidays.days is 0
            burnInWeeks: 5 | chargers: [ { share: 0.6, rated_kW: 3 }, { share: 0.6, rated_kW: 11 } ] | chargers has shares that sum to 1.2
            burnInWeeks: 5 | chargers: [ { share: 0.6, rated_kW: 0 } ] | rated_kW is 0.0, expected above 0
            burnInWeeks: 5 | awayDayShare: 1.5                   | awayDayShare is 1.5
            """)
    void a_bad_mix_is_refused_with_the_reason(String shipped, String more, String message) {
        assertThatThrownBy(() -> changed(shipped, more + "\n" + shipped)).hasMessageContaining(message);
    }

    @Test
    void shares_that_do_not_sum_to_1_are_refused() {
        assertThatThrownBy(() -> new Population(Map.of(HouseholdKind.RET, 0.6), 1))
                .hasMessageContaining("sum to 0.6, expected 1");
        assertThatThrownBy(() -> new Population(Map.of(HouseholdKind.RET, 1.0), 1.2))
                .hasMessageContaining("evPenetration is 1.2");
    }
}
