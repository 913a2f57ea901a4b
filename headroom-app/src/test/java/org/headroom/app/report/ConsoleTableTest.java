package org.headroom.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTableTest {
    @Test
    void each_scenario_lists_its_modes_with_intervals_and_the_best() {
        assertThat(ConsoleTable.of(SampleStudy.full()).lines().limit(6))
                .containsExactly(
                        "                              peak kW      peak/mean %          APV kGBP/y          energy kGBP/y",
                        "Scenario I: 7 kW chargers, guzzle (plug in when low)",
                        "  Immediate charge     164 [161, 167]   229 [224, 234]   12.1 [11.6, 12.6]   163.2 [161.6, 164.8]",
                        "  Smart charge         137 [134, 140]   192 [188, 196]      8.5 [8.2, 8.8]   156.6 [155.0, 158.2]",
                        "  V2G                  135 [132, 138]   188 [184, 192]      8.8 [8.4, 9.2]   155.4 [153.8, 157.0]",
                        "  V-V2V                118 [116, 120]*  164 [161, 167]*     5.3 [5.1, 5.5]*  146.3 [144.8, 147.8]*");
    }

    @Test
    void the_footer_explains_marks_and_intervals() {
        assertThat(ConsoleTable.of(SampleStudy.full()))
                .endsWith("* best of its scenario. [ ] 95 % interval over 100 networks.\n");
    }

    @Test
    void one_network_prints_numbers_without_intervals() {
        List<String> lines = ConsoleTable.of(SampleStudy.smallest()).lines().toList();

        assertThat(lines)
                .containsExactly(
                        "                    peak kW   peak/mean %   APV kGBP/y   energy kGBP/y",
                        "Scenario only: 7.4 kW chargers, graze (plug in when not full)",
                        "  Immediate charge      164           229         12.1           163.2",
                        "One network: no interval.");
    }
}
