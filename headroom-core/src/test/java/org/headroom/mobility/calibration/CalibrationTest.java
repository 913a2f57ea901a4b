package org.headroom.mobility.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.headroom.mobility.Archetype;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.mobility.MobilityParameters;
import org.headroom.random.StudySeed;
import org.headroom.work.WorkProgress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
    private static final MobilityParameters DRAFT = MobilityParameterFile.load("paper-draft");
    private static final WorkProgress NOBODY_WATCHES = new WorkProgress() {
        @Override
        public void begin(String stage, int total) {}

        @Override
        public void advance() {}
    };

    private static FitReport run(String targets, int threads) throws InterruptedException {
        return run(targets, threads, NOBODY_WATCHES);
    }

    private static FitReport run(String targets, int threads, WorkProgress progress) throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            return Calibration.run(
                    CalibrationTargets.parse("t.yaml", targets), DRAFT, new StudySeed(4), pool, progress);
        }
    }

    private static String targets(int evaluations, String targets) {
        return """
                format: headroom-targets/1
                name: mine
                about: |
                  A set for a test.
                measured: { households: 60, weeks: 2, samples: 20 }
                search: { evaluations: %d }
                targets:
                %s""".formatted(evaluations, targets.indent(2));
    }

    private static FitReport.Line line(FitReport report, String of, String name) {
        return report.lines().stream()
                .filter(line ->
                        line.target().of().equals(of) && line.target().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_search_finds_a_travel_that_was_asked_for() throws InterruptedException {
        FitReport report = run(targets(250, """
                ret:
                  annualTrips: { value: 900 }
                  annualMiles: { value: 6000 }
                  availabilityShare: { value: 0.84, within: 0.02 }
                """), 2);

        assertThat(report.isMet()).isTrue();
        assertThat(report.set().name()).isEqualTo("mine");
        assertThat(report.text()).startsWith("# A set for a test.\n");
    }

    @Test
    void annual_energy_is_closed_by_the_consumption() throws InterruptedException {
        FitReport report = run(targets(0, """
                fam:
                  annual_kWh: { value: 2500 }
                """), 1);

        assertThat(line(report, "fam", "annual_kWh").achieved()).isCloseTo(2500, within(40.0));
        assertThat(report.set().car(Archetype.FAM).weekday())
                .isEqualTo(DRAFT.car(Archetype.FAM).weekday());
    }

    @Test
    void a_higher_peak_is_reached_by_a_lower_reserve() throws InterruptedException {
        FitReport report = run(targets(0, """
                pro:
                  peak_kW: { value: 1.0 }
                """), 2);

        assertThat(line(report, "pro", "peak_kW").achieved()).isCloseTo(1.0, within(0.1));
        assertThat(report.set().car(Archetype.PRO).reserveSoc()).isLessThan(0.18);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void the_same_seed_gives_the_same_set_on_any_number_of_threads(int threads) throws InterruptedException {
        String targets = targets(40, """
                pro:
                  annual_kWh: { value: 2000 }
                  annualTrips: { value: 950 }
                  peak_kW: { value: 0.9 }
                """);

        FitReport alone = run(targets, 1);
        FitReport together = run(targets, threads);

        assertThat(together.text()).isEqualTo(alone.text());
        assertThat(together.toText()).isEqualTo(alone.toText());
    }

    @Test
    void targets_that_contradict_each_other_are_told_with_what_holding_one_costs_the_others()
            throws InterruptedException {
        // Two trips of 30 minutes at least: a car out every day for twice as many trips is not at home 95 % of the
        // time.
        FitReport report = run(targets(120, """
                pro:
                  annualTrips: { value: 1400, weight: 1 }
                  availabilityShare: { value: 0.95, within: 0.02, weight: 5 }
                """), 2);

        assertThat(report.isMet()).isFalse();
        assertThat(report.conflicts())
                .extracting(FitReport.Conflict::held)
                .anyMatch(held -> held.startsWith("pro annualTrips"));
        FitReport.Conflict held = report.conflicts().getFirst();
        assertThat(held.lines()).hasSize(2);
        assertThat(report.toText()).contains("Targets that contradict each other", "not met");
    }

    @Test
    void every_trial_is_counted() throws InterruptedException {
        List<String> stages = new ArrayList<>();
        int[] announced = new int[1];
        int[] done = new int[1];
        run(targets(30, """
                pro:
                  annualTrips: { value: 900 }
                  peak_kW: { value: 0.9 }
                """), 1, new WorkProgress() {
            @Override
            public void begin(String stage, int total) {
                stages.add(stage);
                announced[0] += total;
            }

            @Override
            public void advance() {
                done[0]++;
            }
        });

        assertThat(stages).startsWith("travel trials", "charging trials");
        assertThat(done[0]).isEqualTo(announced[0]);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"paper", "uk"})
    void the_shipped_sets_are_what_their_targets_give(String name) throws InterruptedException {
        CalibrationTargets targets = CalibrationTargets.load(name);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            FitReport report = Calibration.run(
                    targets, MobilityParameterFile.load(targets.start()), new StudySeed(1), pool, NOBODY_WATCHES);

            assertThat(report.text()).isEqualTo(MobilityParameterFile.text(name));
            assertThat(report.isMet()).isTrue();
        }
    }
}
