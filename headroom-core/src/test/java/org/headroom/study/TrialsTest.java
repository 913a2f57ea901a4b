package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.Session;
import org.headroom.mobility.CarDay;
import org.headroom.mobility.Habit;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.HouseholdSimulator;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.mobility.TravelObserver;
import org.headroom.mobility.Trip;
import org.headroom.mobility.Weeks;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.random.StudySeed;
import org.headroom.study.TrialResult.ModeResult;
import org.headroom.study.TrialResult.TrialKey;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Trials as pure functions of study and key, on the same people under every scenario and mode. */
class TrialsTest {
    @TempDir
    private Path folder;

    private StudyInputs inputs(UnaryOperator<String> change) {
        return new StudyInputs(StreetStudy.read(folder, change));
    }

    private StudyInputs twoChargers() {
        return inputs(text -> text.replace(
                "  - { name: often,", "  - { name: fast, charger_kW: 11, habit: graze }\n  - { name: often,"));
    }

    @Test
    void homes_have_names_of_their_own_even_where_a_node_is_called_like_one() {
        Path study = StreetStudy.write(folder, StreetStudy.NETWORK.replace("\"b\"", "\"a/1\""), StreetStudy.STUDY);

        DayProblem day = new StudyInputs(StudyFile.read(study)).problem(0, "often", 0);

        assertThat(IntStream.range(0, day.homeCount()).mapToObj(day::homeId))
                .doesNotHaveDuplicates()
                .contains("a/1'", "a/1/1");
    }

    @Test
    void homes_are_the_same_under_every_scenario() {
        StudyInputs inputs = twoChargers();
        for (int day = 0; day < 4; day++) {
            DayProblem slow = inputs.problem(1, "often", day);
            DayProblem fast = inputs.problem(1, "fast", day);
            assertThat(powers(fast)).isEqualTo(powers(slow)).hasSize(2 * 12 * 24);
        }
    }

    @Test
    void homes_and_cars_differ_between_networks_days_and_seeds() {
        StudyInputs inputs = twoChargers();
        List<Double> first = powers(inputs.problem(0, "often", 0));

        assertThat(powers(inputs.problem(1, "often", 0))).isNotEqualTo(first);
        assertThat(powers(inputs.problem(0, "often", 1))).isNotEqualTo(first);
        assertThat(powers(inputs(text -> text.replace("seed: 7", "seed: 8")).problem(0, "often", 0)))
                .isNotEqualTo(first);
    }

    @Test
    void a_day_asked_for_alone_is_the_day_of_the_whole_study() {
        StudyInputs whole = inputs(UnaryOperator.identity());
        for (TrialKey key : whole.trials().keys()) {
            whole.trials().problem(key);
        }
        DayProblem alone = inputs(UnaryOperator.identity()).problem(1, "often", 3);

        DayProblem among = whole.problem(1, "often", 3);
        assertThat(alone.sessions()).isEqualTo(among.sessions());
        assertThat(powers(alone)).isEqualTo(powers(among));
    }

    @ParameterizedTest
    @EnumSource(HouseholdKind.class)
    void trips_are_the_same_with_any_charger(HouseholdKind kind) {
        List<Trip> slow = trips(kind, Habit.GUZZLE, 7);

        assertThat(trips(kind, Habit.GUZZLE, 11)).isEqualTo(slow);
        assertThat(slow).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(HouseholdKind.class)
    void trips_are_the_same_with_either_habit(HouseholdKind kind) {
        assertThat(trips(kind, Habit.GRAZE, 7)).isEqualTo(trips(kind, Habit.GUZZLE, 7));
    }

    private static List<Trip> trips(HouseholdKind kind, Habit habit, double charger_kW) {
        List<Trip> trips = new ArrayList<>();
        HouseholdSimulator.of(MobilityParameterFile.paper(), habit, charger_kW, DaySteps.HOURLY)
                .simulate(new StudySeed(3), 0, 5, kind, Weeks.of(2), new TravelObserver() {
                    @Override
                    public void trip(Trip trip) {
                        trips.add(trip);
                    }

                    @Override
                    public void carDay(CarDay day) {}
                });
        return trips;
    }

    @Test
    void every_mode_of_a_trial_leaves_every_car_with_the_same_energy() {
        Trials trials = inputs(UnaryOperator.identity()).trials();
        int sessions = 0;
        for (TrialKey key : trials.keys()) {
            for (ModeResult mode : trials.run(key).modes()) {
                DayOutcome outcome = java.util.Objects.requireNonNull(mode.findOutcome());
                List<Session> stays = outcome.problem().sessions();
                for (int s = 0; s < stays.size(); s++) {
                    sessions++;
                    assertThat(outcome.energy_kWh(
                                    s, stays.get(s).length(outcome.problem().steps()) - 1))
                            .isCloseTo(stays.get(s).depart_kWh(), within(1e-6));
                }
            }
        }
        assertThat(sessions).isGreaterThan(20);
    }

    @Test
    void without_electric_cars_there_are_no_sessions() {
        Trials trials = inputs(text -> text.replace("evPenetration: 1.0", "evPenetration: 0"))
                .trials();

        assertThat(trials.keys())
                .allSatisfy(key -> assertThat(trials.problem(key).sessions()).isEmpty());
    }

    @Test
    void without_electric_cars_immediate_smart_and_v2g_are_the_same_day() {
        Trials trials = inputs(text -> text.replace("evPenetration: 1.0", "evPenetration: 0"))
                .trials();
        for (TrialKey key : trials.keys()) {
            List<ModeResult> modes = trials.run(key).modes();
            DayOutcome immediate = java.util.Objects.requireNonNull(modes.get(0).findOutcome());
            for (ModeResult mode : modes.subList(1, 3)) {
                DayOutcome outcome = java.util.Objects.requireNonNull(mode.findOutcome());
                assertThat(outcome.objective_gbp()).isEqualTo(immediate.objective_gbp());
                assertThat(outcome.assetPeak_kVA(0)).isEqualTo(immediate.assetPeak_kVA(0));
                assertThat(outcome.presentValue_gbpPerYear()).isEqualTo(immediate.presentValue_gbpPerYear());
            }
        }
    }

    @Test
    void without_electric_cars_sharing_pv_costs_no_more() {
        Trials trials = inputs(text -> text.replace("evPenetration: 1.0", "evPenetration: 0"))
                .trials();
        for (TrialKey key : trials.keys()) {
            List<ModeResult> modes = trials.run(key).modes();
            DayOutcome immediate = java.util.Objects.requireNonNull(modes.get(0).findOutcome());
            DayOutcome shared = java.util.Objects.requireNonNull(modes.get(3).findOutcome());
            // the same schedule paid for together: what one exports another need not buy
            double together = new org.headroom.dispatch.DayOutcome(
                            immediate.problem(), new ChargingMode.VirtualVehicleToVehicle(), immediate.schedule())
                    .objective_gbp();
            assertThat(shared.objective_gbp()).isLessThanOrEqualTo(together + 1e-6);
            assertThat(together)
                    .isLessThanOrEqualTo(immediate.objective_gbp() + immediate.presentValueCost_gbp() + 1e-9);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 200",
        "159.9, 200",
        "160, 315",
        "251.9, 315",
        "252, 500",
        "399, 500",
        "639, 800",
        "799, 1000",
        "800, 1500",
        "1199, 1500",
        "1200, 2000",
        "4000, 5500"
    })
    void the_smallest_standard_transformer_above_five_quarters_of_the_peak_is_taken(
            double peak_kVA, double chosen_kVA) {
        assertThat(StudyNetworks.standardSize_kVA(peak_kVA)).isEqualTo(chosen_kVA);
    }

    private static final String FEEDER = """
            Clear
            New Circuit.street Bus1=src BasekV=11
            New Transformer.T Buses=[src lv] kVs=[11 0.4] kVAs=[800 800]
            New LineCode.main nphases=3 R1=0.32 X1=0.075 Units=km
            New Line.A Bus1=lv Bus2=1 LineCode=main Length=40 Units=m
            New Line.B Bus1=1 Bus2=2 LineCode=main Length=60 Units=m
            New Load.h1 Bus1=1.1 Phases=1 kV=0.23 kW=1
            New Load.h2 Bus1=2.2 Phases=1 kV=0.23 kW=1
            New Load.h3 Bus1=2.3 Phases=1 kV=0.23 kW=1
            """;

    private StudyInputs openDss(String networkKeys) {
        try {
            Files.writeString(folder.resolve("Master.dss"), FEEDER);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return inputs(text -> text.replace("from: network.json, count: 2", "from: Master.dss" + networkKeys));
    }

    @Test
    void a_placeholder_transformer_is_sized_by_the_highest_peak_of_immediate_charging_and_said_so() {
        StudyInputs inputs = openDss("");
        double peak_kVA = inputs.trials().keys().stream()
                .mapToDouble(key -> inputs.trials().immediatePeak_kVA(key))
                .max()
                .orElseThrow();
        double chosen_kVA = inputs.problem(0, "often", 0).network().substation().capacity_kVA();

        assertThat(peak_kVA).isBetween(1.0, 160.0);
        assertThat(chosen_kVA).isEqualTo(200);
        assertThat(inputs.notes())
                .anySatisfy(note -> assertThat(note).contains("800 kVA", "placeholder", "200 kVA chosen"));
    }

    @Test
    void a_transformer_that_the_study_names_is_taken_as_it_is() {
        StudyInputs inputs = openDss(", transformer_kVA: 12");

        assertThat(inputs.problem(0, "often", 0).network().substation().capacity_kVA())
                .isEqualTo(12);
        assertThat(inputs.notes()).noneSatisfy(note -> assertThat(note).contains("chosen"));
    }

    @Test
    void asset_values_that_the_study_names_hold_for_a_transformer_sized_by_default_too() {
        Network network = openDss(", assetValues_gbpPerYear: [500, 900]")
                .problem(0, "often", 0)
                .network();

        assertThat(network.substation().capacity_kVA()).isEqualTo(200);
        assertThat(network.substation().asset_gbpPerYear()).isEqualTo(500);
        assertThat(network.lines().stream().mapToDouble(Line::asset_gbpPerYear).sum())
                .isCloseTo(900, within(1e-9));
    }

    private static List<Double> powers(DayProblem problem) {
        List<Double> powers = new ArrayList<>();
        for (int h = 0; h < problem.homeCount(); h++) {
            for (int t = 0; t < problem.stepCount(); t++) {
                powers.add(problem.demand_kW(h, t));
                powers.add(problem.pv_kW(h, t));
            }
        }
        return powers;
    }
}
