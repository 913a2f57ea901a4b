package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.headroom.dispatch.CaseFolder;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.DispatchSettings;
import org.headroom.dispatch.Session;
import org.headroom.dispatch.tree.TreeSolver;
import org.headroom.input.InputException;
import org.headroom.study.CarsSummary.LotUse;
import org.headroom.study.CarsSummary.PublicParkingUse;
import org.headroom.study.TrialResult.TrialKey;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Public lots in studies: where they are, who parks there, who pays, and what is shared. */
class PublicParkingInStudiesTest {
    private static final String TWO_POINTS_AT_B = StreetStudy.NETWORK.replace(
            "\"id\": \"b\", \"homes\": 5, \"publicChargers\": 0", "\"id\": \"b\", \"homes\": 5, \"publicChargers\": 2");
    private static final String TWO_SCENARIOS = StreetStudy.STUDY.replace(
            "  - { name: often,", "  - { name: fast, charger_kW: 11, habit: guzzle }\n  - { name: often,");

    @TempDir
    private Path folder;

    private StudyInputs inputs(String network, String study) {
        return new StudyInputs(StudyFile.read(StreetStudy.write(folder, network, study)));
    }

    private static List<Session> ofLots(DayProblem problem) {
        return problem.sessions().stream()
                .filter(session -> problem.homeId(session.home()).startsWith("lot at "))
                .toList();
    }

    @Test
    void a_node_with_public_chargers_has_a_lot_that_pays_for_its_cars() {
        StudyInputs inputs = inputs(TWO_POINTS_AT_B, StreetStudy.STUDY);

        DayProblem problem = inputs.problem(0, "often", 0);

        assertThat(problem.homeCount()).isEqualTo(13);
        assertThat(problem.homeId(12)).isEqualTo("lot at b");
        assertThat(ofLots(problem)).isNotEmpty().allSatisfy(session -> {
            assertThat(session.home()).isEqualTo(12);
            assertThat(problem.network().node(session.node()).id()).isEqualTo("b");
            assertThat(session.charger_kW()).isEqualTo(7);
        });
        assertThat(IntStream.range(0, 24).mapToDouble(t -> problem.demand_kW(12, t) + problem.pv_kW(12, t)))
                .containsOnly(0.0);
        assertThat(inputs.notes()).anySatisfy(note -> assertThat(note).contains("Public parking: 2 lot(s)"));
    }

    @Test
    void no_step_of_any_day_has_more_cars_at_a_lot_than_points() {
        StudyInputs inputs = inputs(TWO_POINTS_AT_B, StreetStudy.STUDY.replace("perSeason: 1", "perSeason: 14"));
        int most = 0;
        for (TrialKey key : inputs.trials().keys()) {
            int[] cars = new int[24];
            for (Session session : ofLots(inputs.trials().problem(key))) {
                for (int k = 0; k < session.length(DaySteps.HOURLY); k++) {
                    cars[session.stepOfDay(k, DaySteps.HOURLY)]++;
                }
            }
            most = Math.max(most, Arrays.stream(cars).max().orElseThrow());
        }
        assertThat(most).isEqualTo(2);
    }

    @Test
    void the_cars_of_lots_are_the_same_in_every_scenario_and_other_ones_in_other_networks() {
        StudyInputs inputs = inputs(TWO_POINTS_AT_B, TWO_SCENARIOS);
        for (int day = 0; day < 4; day++) {
            List<Session> often = ofLots(inputs.problem(0, "often", day));
            assertThat(ofLots(inputs.problem(0, "fast", day))).isEqualTo(often);
            assertThat(ofLots(inputs.problem(1, "often", day))).isNotEqualTo(often);
        }
    }

    @Test
    void homes_are_not_changed_by_a_lot() {
        DayProblem without = inputs(StreetStudy.NETWORK, StreetStudy.STUDY).problem(0, "often", 1);
        DayProblem with = inputs(TWO_POINTS_AT_B, StreetStudy.STUDY).problem(0, "often", 1);

        assertThat(with.sessions().subList(0, without.sessions().size())).isEqualTo(without.sessions());
        assertThat(with.demand_kW(5, 18)).isEqualTo(without.demand_kW(5, 18));
    }

    @Test
    void a_study_places_lots_at_nodes_named_and_drawn() {
        StudyInputs inputs = inputs(
                StreetStudy.NETWORK,
                StreetStudy.STUDY
                        + "parking: { nodes: [c], drawn: 1, chargers: 3, charger_kW: 22, carsPerCharger: 2 }\n");

        for (Community community : inputs.communities()) {
            List<String> nodes = community.lots().stream()
                    .map(lot -> community.network().node(lot.node()).id())
                    .toList();
            assertThat(nodes).hasSize(2).contains("c").containsAnyOf("a", "b");
            assertThat(community.lots()).allSatisfy(lot -> {
                assertThat(lot.lot().chargers()).isEqualTo(3);
                assertThat(lot.lot().cars()).isEqualTo(6);
                assertThat(lot.lot().charger_kW()).isEqualTo(22);
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nodes: [bb]              | parking.nodes names 'bb', which is a node of no network.
            nodes: [b]               | parking.nodes names b, which has 2 public chargers already
            nodes: [c, c]            | parking.nodes names c, which has 4 public chargers already
            drawn: 4                 | parking.drawn is 4, but network street has 2 nodes without public chargers
            carsPerCharger: 1        | parking.carsPerCharger is 1.0, expected above 1
            reserveBelowSoc: 0.9     | parking.reserveBelowSoc is 0.9, expected at least 0 and at most topUpBelowSoc
            points: 3                | points
            """)
    void a_lot_that_cannot_be_is_refused(String keys, String message) {
        assertThatThrownBy(() -> inputs(TWO_POINTS_AT_B, StreetStudy.STUDY + "parking: { " + keys + " }\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_study_with_lots_is_written_as_it_is_read() throws IOException {
        Study study = StudyFile.read(
                StreetStudy.write(folder, text -> text + "parking: { nodes: [c], drawn: 1, chargers: 3 }\n"));

        Study again = StudyFile.read(Files.writeString(folder.resolve("resolved.yaml"), StudyFile.write(study)));

        assertThat(again.cars()).isEqualTo(study.cars());
        assertThat(again.cars().parking().chargers()).isEqualTo(3);
    }

    @Test
    void a_day_with_a_lot_reads_back_from_its_folder() {
        DayProblem problem = inputs(TWO_POINTS_AT_B, StreetStudy.STUDY).problem(0, "often", 2);

        CaseFolder.write(problem, folder.resolve("day"));
        DayProblem again = CaseFolder.read(folder.resolve("day"), false).problem();

        assertThat(again.sessions()).isEqualTo(problem.sessions());
        assertThat(again.homeId(12)).isEqualTo("lot at b");
        assertThat(again.homeCount()).isEqualTo(13);
    }

    @Test
    void the_summary_tells_use_and_who_was_turned_away_a_year_and_a_table_each_lot() throws IOException {
        Study study = StudyFile.read(StreetStudy.write(
                folder,
                TWO_POINTS_AT_B,
                StreetStudy.STUDY.replace("modes: [immediate, smart, v2g, v-v2v]", "modes: [immediate]")));

        StudySummary summary = StreetStudy.run(study, folder.resolve("out"), 1);

        PublicParkingUse use = Objects.requireNonNull(summary.cars().findPublicParking());
        assertThat(use.lots()).extracting(LotUse::node).containsExactly("b", "b");
        assertThat(use.occupiedShare().mean()).isBetween(0.2, 1.0);
        assertThat(use.turnedAwayPerYear().mean()).isPositive();
        assertThat(use.charged_kWhPerYear().mean())
                .isCloseTo(
                        use.lots().stream()
                                .mapToDouble(LotUse::charged_kWhPerYear)
                                .average()
                                .orElseThrow(),
                        within(1e-9));
        assertThat(Files.readAllLines(folder.resolve("out/tables/parking.csv")))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("network,node,chargers,charger_kW,cars,occupiedShare");
    }

    /** A home that buys dearly in the evening, and a public car that comes full enough and leaves as it came. */
    private DayProblem eveningWithAPublicCar() {
        DayProblem street = inputs(StreetStudy.NETWORK, StreetStudy.STUDY).problem(0, "often", 0);
        double[][] demand_kW = new double[2][24];
        demand_kW[0][18] = 5;
        double[] buy = new double[24];
        Arrays.fill(buy, 0.22);
        buy[18] = 0.40;
        double[] sell = new double[24];
        Arrays.fill(sell, 0.05);
        Session home = new Session("home car", 1, 0, 7, 50, 20, 7, 20, 40, 0);
        Session lot = new Session("public car", 2, 1, 7, 60, 17, 7, 40, 40, 0);
        return new DayProblem(
                street.network(),
                DaySteps.HOURLY,
                DispatchSettings.DEFAULT,
                List.of("home", "lot at b"),
                new int[] {1, 2},
                demand_kW,
                new double[2][24],
                new double[2][24],
                buy,
                sell,
                List.of(home, lot));
    }

    private static DayOutcome solve(DayProblem problem, ChargingMode mode) {
        return ((DispatchResult.Solved) TreeSolver.solve(problem, mode)).outcome();
    }

    @Test
    void a_public_car_feeds_a_home_under_v_v2v_and_keeps_to_its_lots_bill_under_v2g() {
        DayProblem problem = eveningWithAPublicCar();

        DayOutcome alone = solve(problem, new ChargingMode.VehicleToGrid());
        DayOutcome shared = solve(problem, new ChargingMode.VirtualVehicleToVehicle());

        assertThat(alone.discharged_kWh()).isCloseTo(0, within(1e-6));
        // 5 kWh at 18 h, for which 5 / .95² kWh are bought at .22
        assertThat(shared.schedule().discharge_kW(1, 1)).isCloseTo(5, within(1e-3));
        double saved_gbp = 5 * (0.40 - 0.22 / (0.95 * 0.95));
        assertThat(alone.energyCost_gbp() - shared.energyCost_gbp()).isCloseTo(saved_gbp, within(0.01));
    }
}
