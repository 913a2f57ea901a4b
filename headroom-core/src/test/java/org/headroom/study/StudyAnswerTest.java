package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.headroom.network.Network;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.ScenarioSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answer in a sentence holds in odd studies too. */
class StudyAnswerTest {
    @TempDir
    private Path folder;

    private String answer(UnaryOperator<String> network, UnaryOperator<String> study) {
        Path file = StreetStudy.write(folder, network.apply(StreetStudy.NETWORK), study.apply(StreetStudy.STUDY));
        return StreetStudy.run(StudyFile.read(file), folder.resolve("out"), 2).answer();
    }

    @Test
    void every_mode_and_the_comparison_are_in_it() {
        assertThat(answer(UnaryOperator.identity(), UnaryOperator.identity()))
                .contains(
                        "60 kVA",
                        "immediate charging eats",
                        "smart charging eats",
                        "Against V2G",
                        "the peak by -",
                        " and the energy bill by ")
                .doesNotContain("NaN")
                .endsWith(" %.");
    }

    @Test
    void a_mode_without_a_schedule_on_any_day_is_said_to_have_none() {
        Study study = StreetStudy.read(folder, UnaryOperator.identity());
        ScenarioSummary whole =
                StreetStudy.run(study, folder.resolve("out"), 2).scenarios().getFirst();
        List<ModeSummary> modes = whole.modes().stream()
                .map(mode -> mode.mode().equals("smart") ? withoutPeak(mode) : mode)
                .toList();
        ScenarioSummary gap =
                new ScenarioSummary(whole.name(), whole.charger_kW(), whole.habit(), modes, whole.differences(), null);
        Network network = new StudyInputs(study).problem(0, "often", 0).network();

        assertThat(new StudyAnswer(study, List.of(network), 10, List.of(gap)).sentence())
                .contains("immediate charging eats", "smart charging has no schedule within the limits, V2G eats")
                .doesNotContain("NaN");
    }

    @Test
    void a_mode_that_leaves_the_peak_where_it_is_without_cars_is_said_to_do_neither() {
        Study study = StreetStudy.read(folder, UnaryOperator.identity());
        ScenarioSummary whole =
                StreetStudy.run(study, folder.resolve("out"), 2).scenarios().getFirst();
        Network network = new StudyInputs(study).problem(0, "often", 0).network();
        double peak_kVA = whole.modes().getLast().peak_kVA().mean();

        assertThat(new StudyAnswer(study, List.of(network), peak_kVA - 0.4, List.of(whole)).sentence())
                .contains("V-V2V neither eats nor frees any");
        assertThat(new StudyAnswer(study, List.of(network), peak_kVA + 0.6, List.of(whole)).sentence())
                .contains("V-V2V frees another 1 kVA");
    }

    private static ModeSummary withoutPeak(ModeSummary mode) {
        return new ModeSummary(
                mode.mode(),
                Estimate.of(new double[0], 0.95),
                Estimate.of(new double[0], 0.95),
                mode.peakToAverage(),
                mode.presentValue_gbpPerYear(),
                mode.energyCost_gbpPerYear(),
                mode.degradation_gbpPerYear(),
                mode.lowestVoltage_pu(),
                mode.lowestAcVoltage_pu(),
                mode.acVoltageError_pu(),
                mode.losses_kWhPerYear(),
                mode.curtailed_kWhPerYear(),
                mode.expansions(),
                mode.violations(),
                mode.linePeakByLevel_kW(),
                mode.weekSubstation_kW(),
                mode.dayLineFlowByLevel_kW(),
                mode.lineLoading(),
                mode.substationLoading(),
                mode.networks(),
                mode.spreads());
    }

    @Test
    void a_substation_that_is_too_small_for_the_homes_alone_has_nothing_left() {
        assertThat(answer(
                        text -> text.replace("\"capacity_kVA\": 60", "\"capacity_kVA\": 1"),
                        text -> text + "dispatch: { expansion: never }\n"))
                .contains("Nothing is left", "immediate charging eats", "smart charging neither eats nor frees any")
                .doesNotContain("NaN");
    }

    @Test
    void assets_without_value_are_not_compared() {
        assertThat(answer(
                        text -> text.replaceAll("\"asset_gbpPerYear\": \\d+", "\"asset_gbpPerYear\": 0"),
                        UnaryOperator.identity()))
                .contains("Against V2G", "the peak by", " and the energy bill by ")
                .doesNotContain("NaN")
                .doesNotContain("present value");
    }

    @Test
    void without_v2g_there_is_nothing_to_compare_with() {
        assertThat(answer(UnaryOperator.identity(), text -> text.replace("v2g, ", "")))
                .doesNotContain("Against");
    }
}
