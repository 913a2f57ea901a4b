package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.headroom.study.StudySummary.ModeSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A street on a wire so thin that no AC voltage can carry its cars. */
class VoltageCollapseTest {
    @TempDir
    Path folder;

    @Test
    void days_without_an_ac_solution_are_left_out_and_told() throws Exception {
        Path file = StreetStudy.write(
                folder,
                StreetStudy.NETWORK.replace("\"r_ohm\": 0.026", "\"r_ohm\": 60"),
                StreetStudy.STUDY.replace("[immediate, smart, v2g, v-v2v]", "[immediate]"));

        StudySummary summary = StreetStudy.run(StudyFile.read(file), folder.resolve("out"), 2);

        assertThat(summary.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains("Scenario often, immediate: on ", "AC power flow has no solution", "collapses"));
        ModeSummary immediate = summary.scenarios().getFirst().modes().getFirst();
        assertThat(immediate.peak_kW().mean()).isPositive();
        assertThat(immediate.losses_kWhPerYear().mean()).isNaN();
        assertThat(immediate.lowestAcVoltage_pu().mean()).isNaN();
        assertThat(Files.readString(folder.resolve("out/tables/table2.csv"))).doesNotContain("NaN");
    }
}
