package org.headroom.powerflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.headroom.SharedData;
import org.headroom.network.Network;
import org.headroom.network.format.ImportedNetwork;
import org.headroom.network.format.NetworkFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Distribution cases of other programs, with the loads that their files state. */
class PublishedCasesTest {
    /** Milliohms beside ohms at medium voltage: nothing finer is left of a Newton step in double precision. */
    private static final double MISMATCH = 1e-9;

    private static ImportedNetwork read(String path) {
        Path file = SharedData.find("data/" + path);
        return NetworkFiles.read(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "matpower/case15da.m",
                "matpower/case22.m",
                "matpower/case33bw.m",
                "matpower/case69.m",
                "matpower/case118zh.m",
                "matpower/case141.m",
                "pandapower/case33bw.json",
                "pandapower/IEEE_European_LV_Off_Peak_1.json",
                "simbench-lv-rural1",
                "ieee-european-lv",
                "enwl-lv/network_5"
            })
    void every_radial_file_agrees_with_an_independent_load_flow(String path) {
        RadialCase at = RadialCase.stated(path, read(path));
        if (path.contains("Off_Peak")) {
            at = at.scaled(20); // 2.8 kW on 905 lines: losses would be lost in rounding
        }
        OpenLoadFlowAgreementTest.assertAgreement(at, new OpenLoadFlow(at, MISMATCH));
    }

    /**
     * Losses and lowest voltage of the base case. 33 nodes: Baran and Wu (1989); 69: Baran and Wu (1989), as given by Savier and
     * Das (2007); 15: Das, Kothari and Kalam (1995); 118: Zhang, Fu and Zhang (2007).
     */
    @ParameterizedTest
    @CsvSource({
        "matpower/case33bw.m, 202.7, 0.9131",
        "pandapower/case33bw.json, 202.7, 0.9131",
        "matpower/case69.m, 225.0, 0.9092",
        "matpower/case15da.m, 61.8, 0.9445",
        "matpower/case118zh.m, 1298.1, 0.8688"
    })
    void losses_and_lowest_voltage_are_the_published_ones(String path, double losses_kW, double lowest_pu) {
        RadialCase at = RadialCase.stated(path, read(path));
        AcPowerFlow flow = at.solve();
        double lowest = 2;
        for (int n = 0; n < at.kW.length; n++) {
            lowest = Math.min(lowest, flow.voltage_pu(n, 0));
        }
        assertThat(flow.losses_kW(0)).isCloseTo(losses_kW, within(0.06));
        assertThat(lowest).isCloseTo(lowest_pu, within(5e-5));
    }

    @Test
    void the_same_case_is_the_same_from_matpower_and_from_pandapower() {
        ImportedNetwork matpower = read("matpower/case33bw.m");
        ImportedNetwork pandapower = read("pandapower/case33bw.json");
        Network one = matpower.network();
        Network other = pandapower.network();
        assertThat(other.lineCount()).isEqualTo(one.lineCount()).isEqualTo(32);
        for (int n = 0; n < one.nodeCount(); n++) {
            Integer same =
                    other.findNode(Integer.toString(Integer.parseInt(one.node(n).id()) - 1));
            assertThat(same).isNotNull();
            int m = same == null ? 0 : same;
            assertThat(pandapower.loads().kW(m)).isCloseTo(matpower.loads().kW(n), within(1e-9));
            assertThat(pandapower.loads().kvar(m)).isCloseTo(matpower.loads().kvar(n), within(1e-9));
            if (n > 0) {
                assertThat(other.line(m - 1).resistance_ohm())
                        .isCloseTo(one.line(n - 1).resistance_ohm(), within(1e-9));
                assertThat(other.line(m - 1).reactance_ohm())
                        .isCloseTo(one.line(n - 1).reactance_ohm(), within(1e-9));
            }
        }
    }

    @Test
    void the_european_feeder_is_the_same_from_opendss_and_from_pandapower() {
        Network opendss = read("ieee-european-lv").network();
        Network pandapower = read("pandapower/IEEE_European_LV_Off_Peak_1.json").network();
        assertThat(pandapower.homeCount()).isEqualTo(opendss.homeCount()).isEqualTo(55);
        assertThat(pandapower.substation().capacity_kVA()).isCloseTo(800, within(1e-4));
        for (int n = 0; n < opendss.nodeCount(); n++) {
            Integer same = pandapower.findNode(opendss.node(n).id());
            assertThat(same).isNotNull();
            int m = same == null ? 0 : same;
            assertThat(pandapower.node(m).homes()).isEqualTo(opendss.node(n).homes());
            if (n > 0) {
                assertThat(pandapower.line(m - 1).length_m())
                        .isCloseTo(opendss.line(n - 1).length_m(), within(1e-4));
                assertThat(pandapower.line(m - 1).resistance_ohm())
                        .isCloseTo(opendss.line(n - 1).resistance_ohm(), within(1e-6));
            }
        }
    }
}
