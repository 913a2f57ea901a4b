package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headroom.study.StudySummary.ModeSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A street on wires too thin: what the AC power flow sees and the lossless model does not. */
class AcNotesTest {
    @TempDir
    Path folder;

    /** Runs the street with another resistance of the line to its largest joint. */
    private StudySummary street(double resistance_ohm, String mode) {
        Path file = StreetStudy.write(
                folder,
                StreetStudy.NETWORK.replace("\"r_ohm\": 0.026", "\"r_ohm\": " + resistance_ohm),
                StreetStudy.STUDY.replace("[immediate, smart, v2g, v-v2v]", "[" + mode + "]"));
        return StreetStudy.run(StudyFile.read(file), folder.resolve("out"), 2);
    }

    @Test
    void days_without_an_ac_solution_are_left_out_and_told() throws IOException {
        StudySummary summary = street(60, "immediate");

        assertThat(summary.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains("Scenario often, immediate: on ", "AC power flow has no solution", "collapses"));
        ModeSummary immediate = summary.scenarios().getFirst().modes().getFirst();
        assertThat(immediate.peak_kW().mean()).isPositive();
        assertThat(immediate.losses_kWhPerYear().mean()).isNaN();
        assertThat(immediate.lowestAcVoltage_pu().mean()).isNaN();
        assertThat(Files.readString(folder.resolve("out/tables/table2.csv"))).doesNotContain("NaN");
    }

    @Test
    void a_limit_that_only_the_ac_voltages_break_is_told() {
        StudySummary summary = street(0.6, "smart"); // the lossless voltage binds at its limit

        ModeSummary smart = summary.scenarios().getFirst().modes().getFirst();
        assertThat(smart.violations()).isZero();
        assertThat(summary.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains("the AC voltages do not: scenario often, smart, on ", "(down to 0.9"));
    }

    @Test
    void a_street_with_room_to_spare_has_no_such_note() {
        assertThat(street(0.026, "immediate").notes())
                .noneSatisfy(note -> assertThat(note).contains("AC "));
    }
}
