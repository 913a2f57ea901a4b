package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchSettings;
import org.headroom.dispatch.HighsSolver;
import org.headroom.dispatch.Session;
import org.headroom.input.InputException;
import org.headroom.mobility.Archetype;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.mobility.PlugInSession;
import org.headroom.study.CarsSummary.Availability;
import org.headroom.study.CarsSummary.CarEnergy;
import org.headroom.study.StudySessions.Plugged;
import org.headroom.study.TrialResult.ModeResult;
import org.headroom.study.TrialResult.TrialKey;
import org.headroom.time.DaySteps;
import org.headroom.time.Season;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the energy stored in cars plugged in would cover an unexpected trip, step by step, under each mode. */
class AvailabilityInStudiesTest {
    @TempDir
    private Path folder;

    /** A trip of 10 miles there and back takes 20 × .2546 × .95 = 4.84 kWh from Pro's battery. */
    private static final UnexpectedTrips TEN_MILES = new UnexpectedTrips(10.0, 0, 100, 2);

    @Test
    void a_car_that_charges_at_once_is_short_in_its_first_hour_alone() {
        PlugInSession stay = new PlugInSession(0, 0, Archetype.PRO, 0, 18, 31, 3, 48, 60, 7);
        Session session = new Session("car", 1, 0, 7, 60, 18, 7, 3, 48, 0);
        DayProblem street = new StudyInputs(StreetStudy.read(folder, text -> text)).problem(0, "often", 0);
        DayProblem problem = new DayProblem(
                street.network(),
                DaySteps.HOURLY,
                DispatchSettings.DEFAULT,
                List.of("home"),
                new int[] {1},
                new double[1][24],
                new double[1][24],
                new double[1][24],
                new double[24],
                new double[24],
                List.of(session));
        TripSafety safety = new TripSafety(TEN_MILES, MobilityParameterFile.paper());

        List<CarDays> days = CarDays.of(
                HighsSolver.immediate(problem), List.of(new Plugged(stay, session, false)), safety, Season.SUMMER);

        assertThat(days).hasSize(1);
        CarDays pro = days.getFirst();
        assertThat(pro.place()).isEqualTo("home");
        assertThat(pro.archetype()).isEqualTo(Archetype.PRO);
        assertThat(pro.uncovered(18)).isEqualTo(1);
        for (int t = 19; t < 31; t++) {
            assertThat(pro.cars(t % 24)).isEqualTo(1);
            assertThat(pro.uncovered(t % 24)).isZero();
        }
        assertThat(pro.cars(12)).isZero();
        assertThat(pro.charged_kWh(18)).isCloseTo(7, within(1e-12));
    }

    @Test
    void a_cold_season_makes_the_same_energy_cover_less() {
        var winter = org.headroom.mobility.MobilityChanges.read(
                org.headroom.input.Document.parse("x.yaml", "seasonUse: { winter: 1.2 }"));
        TripSafety safety = new TripSafety(TEN_MILES, winter.applyTo(MobilityParameterFile.paper()));
        PlugInSession stay = new PlugInSession(0, 0, Archetype.PRO, 0, 18, 31, 3, 48, 60, 7);

        assertThat(safety.uncoveredShare(stay, Season.SUMMER, 5)).isZero();
        assertThat(safety.uncoveredShare(stay, Season.WINTER, 5)).isEqualTo(1);
    }

    @Test
    void the_tables_share_is_what_the_schedules_of_every_trial_add_up_to() throws IOException {
        Study study = StreetStudy.read(
                folder, text -> text + "unexpectedTrips: { mean_miles: 40, sigma: 0.5, longest_miles: 150 }\n");
        StudySummary summary = StreetStudy.run(study, folder.resolve("out"), 2);
        Trials trials = new StudyInputs(study).trials();
        double kWhPerMile = 0.2546 * 0.95;
        double[] shares = new double[2];
        for (int network = 0; network < 2; network++) {
            double uncovered = 0;
            double cars = 0;
            for (int day = 0; day < 4; day++) {
                TrialKey key = new TrialKey(network, 0, day);
                double weight = study.calendar().days().get(day).weight_days();
                ModeResult v2g = trials.run(key).modes().get(2);
                DayOutcome outcome = Objects.requireNonNull(v2g.findOutcome());
                for (int s = 0; s < outcome.problem().sessions().size(); s++) {
                    Session session = outcome.problem().sessions().get(s);
                    if (session.id().endsWith(":pro")) {
                        for (int k = 0; k < session.length(DaySteps.HOURLY); k++) {
                            double stored = k == 0 ? session.arrive_kWh() : outcome.energy_kWh(s, k - 1);
                            uncovered += weight * shareAbove(stored / (2 * kWhPerMile));
                            cars += weight;
                        }
                    }
                }
            }
            shares[network] = uncovered / cars;
        }

        Availability pro = find(summary, "v2g", "pro");
        assertThat(pro.uncoveredShare().mean()).isCloseTo((shares[0] + shares[1]) / 2, within(1e-6));
        assertThat(pro.uncoveredShare().mean()).isBetween(0.001, 0.999);
        assertThat(Files.readAllLines(folder.resolve("out/tables/availability.csv")))
                .hasSizeGreaterThan(24)
                .first()
                .isEqualTo("scenario,mode,archetype,step,cars,uncoveredShare,stored_kWh");
        assertThat(Files.readAllLines(folder.resolve("out/tables/availability-mean.csv")))
                .anyMatch(line ->
                        line.startsWith("often,v2g,pro," + pro.uncoveredShare().mean()));
    }

    /** Log-normal of mean 40 miles and sigma .5, whose cap of 150 miles takes next to nothing from the mean. */
    private static double shareAbove(double miles) {
        if (miles >= 150) {
            return 0;
        }
        var distance = new org.headroom.mobility.PurposeTravel(40, 0.5, 150, 24);
        return org.apache.commons.statistics.distribution.LogNormalDistribution.of(distance.mu(), 0.5)
                .survivalProbability(miles);
    }

    private static Availability find(StudySummary summary, String mode, String archetype) {
        return summary.cars().availability().stream()
                .filter(of -> of.mode().equals(mode) && of.archetype().equals(archetype))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void immediate_charging_covers_most_and_only_v2g_and_v_v2v_give_energy_back() {
        StudySummary summary = StreetStudy.run(
                StreetStudy.read(folder, text -> text + "parking: { nodes: [b] }\n"), folder.resolve("out"), 2);

        for (String archetype : List.of("ret", "pro", "sho", "fam")) {
            double immediate =
                    find(summary, "immediate", archetype).uncoveredShare().mean();
            for (String mode : List.of("smart", "v2g", "v-v2v")) {
                assertThat(find(summary, mode, archetype).uncoveredShare().mean())
                        .isGreaterThanOrEqualTo(immediate - 1e-9);
            }
        }
        for (CarEnergy energy : summary.cars().energy()) {
            boolean mayDischarge = energy.mode().equals("v2g") || energy.mode().equals("v-v2v");
            assertThat(energy.charged_kWhPerYear().mean()).isPositive();
            assertThat(energy.discharged_kWhPerYear().mean() > 1).isEqualTo(mayDischarge && gains(energy));
        }
        // what cars leave with is the same in every mode, so whoever gives back charges that much more, and its losses
        double immediate =
                energy(summary, "immediate", "public").charged_kWhPerYear().mean();
        CarEnergy shared = energy(summary, "v-v2v", "public");
        assertThat(shared.charged_kWhPerYear().mean())
                .isCloseTo(immediate + shared.discharged_kWhPerYear().mean() / (0.95 * 0.95), within(1e-3 * immediate));
    }

    @Test
    void a_reserve_that_no_mode_may_discharge_lowers_the_share_of_trips_not_covered() {
        String far = "unexpectedTrips: { mean_miles: 60, longest_miles: 300 }\n";
        StudySummary free =
                StreetStudy.run(StreetStudy.read(folder.resolve("free"), text -> text + far), folder.resolve("a"), 2);
        StudySummary kept = StreetStudy.run(
                StreetStudy.read(folder.resolve("kept"), text -> text + far + "dispatch: { reserveShare: 0.6 }\n"),
                folder.resolve("b"),
                2);

        int lower = 0;
        for (String archetype : List.of("ret", "pro", "sho", "fam")) {
            // immediate and smart charging discharge nothing: no reserve changes them
            for (String mode : List.of("immediate", "smart")) {
                assertThat(find(kept, mode, archetype)).isEqualTo(find(free, mode, archetype));
            }
            for (String mode : List.of("v2g", "v-v2v")) {
                double without = find(free, mode, archetype).uncoveredShare().mean();
                double with = find(kept, mode, archetype).uncoveredShare().mean();
                lower += with < 0.99 * without ? 1 : 0;
            }
        }
        assertThat(lower).isGreaterThanOrEqualTo(4);
        assertThat(mean(kept, "v-v2v")).isLessThan(0.98 * mean(free, "v-v2v"));
    }

    private static double mean(StudySummary summary, String mode) {
        return summary.cars().availability().stream()
                .filter(of -> of.mode().equals(mode))
                .mapToDouble(of -> of.uncoveredShare().mean())
                .average()
                .orElseThrow();
    }

    /** A lot by itself has no demand to serve, so it gives nothing back under V2G at these prices. */
    private static boolean gains(CarEnergy energy) {
        return energy.place().equals("home") || energy.mode().equals("v-v2v");
    }

    private static CarEnergy energy(StudySummary summary, String mode, String place) {
        return summary.cars().energy().stream()
                .filter(of -> of.mode().equals(mode) && of.place().equals(place))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mean_miles: -3                    | unexpectedTrips.mean_miles
            mean_miles: 120                   | longestTrip_miles 100.0, expected above mean_miles
            legs: 3                           | unexpectedTrips.legs is 3
            miles: 3                          | unknown key unexpectedTrips.miles
            """)
    void trips_that_cannot_be_are_refused(String keys, String message) {
        assertThatThrownBy(() -> StreetStudy.read(folder, text -> text + "unexpectedTrips: { " + keys + " }\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_study_with_unexpected_trips_is_written_as_it_is_read() throws IOException {
        Study study = StreetStudy.read(folder, text -> text + "unexpectedTrips: { mean_miles: 12, legs: 1 }\n");

        Study again = StudyFile.read(Files.writeString(folder.resolve("resolved.yaml"), StudyFile.write(study)));

        assertThat(again.cars()).isEqualTo(study.cars());
        assertThat(again.cars().unexpectedTrips()).isEqualTo(new UnexpectedTrips(12.0, 1, 100, 1));
    }
}
