package org.headroom.powerflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.headroom.SharedData;
import org.headroom.network.Network;
import org.headroom.network.Reduction;
import org.headroom.network.format.NetworkFiles;
import org.headroom.powerflow.RadialCase.Shape;
import org.headroom.similar.EmbeddedNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ours against an independent Newton-Raphson: voltages within 1e-6 pu, losses within 1e-6 of themselves. */
class OpenLoadFlowAgreementTest {
    private static final double TOLERANCE = 1e-6;

    static Stream<RadialCase> randomNetworks() {
        List<RadialCase> cases = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (int nodes : new int[] {2, 12, 60, 118, 300}) {
                cases.add(RadialCase.random(shape, nodes, cases.size()));
            }
            cases.add(RadialCase.random(shape, 40, cases.size()).withPerfectConductors());
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("randomNetworks")
    void random_radial_networks_agree(RadialCase at) {
        assertAgreement(at);
    }

    @ParameterizedTest
    @MethodSource("randomNetworks")
    void random_radial_networks_agree_when_loaded_heavily(RadialCase at) {
        assertAgreement(at.scaled(1.6));
    }

    @Test
    void the_embedded_network_agrees() {
        Network network = Objects.requireNonNull(EmbeddedNetworks.find("british-118"));
        assertAgreement(RadialCase.of("british-118", network, 2));
        assertAgreement(RadialCase.of("british-118", network, 0.3));
        assertAgreement(RadialCase.of("british-118", network, -2));
    }

    @Test
    void real_networks_agree() {
        Path folder = SharedData.find("data/enwl-lv");
        int networks = 0;
        try (var entries = Files.list(folder)) {
            for (Path each : entries.filter(Files::isDirectory).sorted().toList()) {
                Network network = Reduction.JOINTS
                        .reduce(NetworkFiles.read(each).network())
                        .network();
                assertAgreement(RadialCase.of(each.getFileName().toString(), network, 1));
                networks++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(networks).isEqualTo(20);
    }

    @Test
    void the_ieee_european_feeder_agrees_with_every_segment_kept() {
        Network network =
                NetworkFiles.read(SharedData.find("data/ieee-european-lv")).network();
        assertAgreement(RadialCase.of("IEEE European LV", network, 2));
    }

    private static void assertAgreement(RadialCase at) {
        assertAgreement(at, new OpenLoadFlow(at));
    }

    static void assertAgreement(RadialCase at, OpenLoadFlow reference) {
        AcPowerFlow ours = at.solve();
        assertThat(reference.converged).as("%s", at).isTrue();
        assertThat(ours.convergence(0)).as("%s", at).isEqualTo(AcPowerFlow.Convergence.CONVERGED);
        double losses_kW = 0;
        for (int n = 0; n < at.kW.length; n++) {
            assertThat(ours.voltage_pu(n, 0))
                    .as("%s, node %d", at, n)
                    .isCloseTo(reference.voltage_pu[n], within(TOLERANCE));
        }
        for (int l = 0; l < at.parentNode.length; l++) {
            losses_kW += reference.loss_kW[l];
        }
        assertThat(ours.losses_kW(0)).as("%s, losses", at).isCloseTo(losses_kW, within(TOLERANCE * losses_kW));
        assertThat(ours.substation_kW(0))
                .as("%s, substation", at)
                .isCloseTo(reference.substation_kW, within(TOLERANCE * Math.max(1, Math.abs(reference.substation_kW))));
    }
}
