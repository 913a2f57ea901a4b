package org.headroom.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.headroom.input.InputException;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatpowerReaderTest {
    private static final String CASE = """
            function mpc = small
            %SMALL  four buses
            %{
            a comment of several lines; mpc.bus = 3
            %}
            mpc.version = '2';
            mpc.baseMVA = 10;
            mpc.bus = [ %% kW
            \t1\t3\t0\t0\t0\t0\t1\t1\t0\t10\t1\t1\t1;
            \t2\t1\t100\t60\t0\t0\t1\t1\t0\t10\t1\t1.1\t.9;
            \t3\t1\t90\t-40\t0\t0\t1\t1\t0\t10\t1\t1.1\t.9;
            \t4\t1\t0\t0\t0\t0\t1\t1\t0\t10\t1\t1.1\t.9;
            ];
            mpc.gen = [ 1 0 0 10 -10 1.02 100 1 Inf 0 ];
            mpc.branch = [
            \t1\t2\t.5\t.25\t0\t5\t0\t0\t0\t0\t1;
            \t3\t2\t2\t1\t0\t0\t0\t0\t0\t0\t1;
            \t3\t4\t1\t1\t0\t0\t0\t0\t0\t0\t1;
            \t4\t2\t1\t1\t0\t0\t0\t0\t0\t0\t0; % a tie
            ];
            [PQ, PV, REF, NONE, BUS_I, BUS_TYPE, PD, QD, GS, BS, BUS_AREA, VM, ...
                VA, BASE_KV] = idx_bus;
            [F_BUS, T_BUS, BR_R, BR_X] = idx_brch;
            Vbase = mpc.bus(1, BASE_KV) * 1e3;
            Sbase = mpc.baseMVA * 1e6;
            mpc.branch(:, [BR_R BR_X]) = mpc.branch(:, [BR_R BR_X]) / (Vbase^2 / Sbase);
            mpc.bus(:, [PD, QD]) = mpc.bus(:, [PD, QD]) / 1e3;
            """;

    @TempDir
    Path folder;

    private ImportedNetwork read(String text) {
        try {
            return NetworkFiles.read(Files.writeString(folder.resolve("small.m"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(Network network, String id) {
        return network.lines().stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void formulas_at_the_end_turn_ohms_and_kilowatts_into_per_unit_and_back() {
        ImportedNetwork imported = read(CASE);
        assertThat(line(imported.network(), "1-2").resistance_ohm()).isCloseTo(0.5, within(1e-12));
        assertThat(line(imported.network(), "3-2").reactance_ohm()).isCloseTo(1, within(1e-12));
        assertThat(imported.loads().kW(1)).isCloseTo(100, within(1e-9));
        assertThat(imported.loads().kvar(2)).isCloseTo(-40, within(1e-9));
    }

    @Test
    void a_power_factor_is_applied_column_by_column() {
        ImportedNetwork imported = read(CASE + """
                pf = 0.8;
                mpc.bus(:, QD) = mpc.bus(:, PD) * sin(acos(pf));
                mpc.bus(:, PD) = mpc.bus(:, PD) * pf;
                """);
        assertThat(imported.loads().kW(1)).isCloseTo(80, within(1e-9));
        assertThat(imported.loads().kvar(1)).isCloseTo(60, within(1e-9));
    }

    @Test
    void lines_are_turned_away_from_the_reference_bus() {
        Network network = read(CASE).network();
        assertThat(network.base_V()).isEqualTo(10_000);
        assertThat(network.voltage().source_pu()).isEqualTo(1.02);
        assertThat(line(network, "3-2").from()).isEqualTo("2");
        assertThat(line(network, "1-2").capacity_kVA()).isEqualTo(5000);
    }

    @Test
    void what_the_format_does_not_say_is_told() {
        assertThat(read(CASE).report().lines())
                .contains(
                        "branch out of service left out",
                        "the format has no lengths: 1000 m taken for every line, and an asset value of 0",
                        "2 loads, 190.0 kW in all, are sums of many homes at this voltage: no homes taken (--home-kW counts them)",
                        "line without a rating: 1000000 kVA taken, which is never reached (2 times)",
                        "no transformer in the file: a limit never reached of 1000000 kVA taken as the substation's rating, a placeholder");
        assertThat(read(CASE).ratingKnown()).isFalse();
    }

    @Test
    void homes_are_counted_from_loads_when_asked() {
        ImportedNetwork counted = read(CASE).withHomesOf(30);
        assertThat(counted.network().nodes()).extracting(node -> node.homes()).containsExactly(0, 3, 3, 0);
        assertThat(counted.report().lines())
                .contains("homes counted from the loads: 6 homes for 190.0 kW, at 30 kW a home");
        assertThat(read(CASE).withHomesOf(1e6).network().homeCount()).isEqualTo(2);
    }

    @Test
    void a_closed_tie_is_refused_with_the_lines_of_its_loop() {
        assertThatThrownBy(() -> read(CASE.replace("\t0; % a tie", "\t1;")))
                .isInstanceOf(NetworkFormatException.class)
                .hasMessageMatching("(?s).*small.m: lines (3-4|4-2|3-2), .* form a loop, expected a tree.*")
                .hasMessageContaining("3-4")
                .hasMessageContaining("4-2")
                .hasMessageContaining("3-2");
    }

    @Test
    void a_published_case_with_all_its_ties_closed_is_refused_with_their_number() throws IOException {
        String text = Files.readString(SharedData.folder("matpower").resolve("case118zh.m"));
        int branches = text.indexOf("mpc.branch");
        int end = text.indexOf("];", branches);
        String closed = text.substring(branches, end).replaceAll("\t0\t(-360\t360;)", "\t1\t$1");
        assertThatThrownBy(() -> read(text.substring(0, branches) + closed + text.substring(end)))
                .hasMessageContaining("and 14 more do, expected a tree: the network is meshed")
                .hasMessageContaining("Maybe 15 open points are missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\t3\t2\t2\t1\t0\t0\t0\t0\t0\t0\t1; | \t3\t2\t2\t1\t0\t0\t0\t0\t0\t0\t0; | 1 line(s) have no supply from the busbar: 3-4",
                "\t2\t1\t100 | \t2\t3\t100 | reference bus 2 at node 2 is a second source",
                "\t3\t4\t1\t1 | \t3\t7\t1\t1 | row 3 is at bus 7, which is not there",
                "\t2\t1\t100 | \t3\t1\t100 | bus 3 is there twice",
                "mpc.baseMVA = 10; | mpc.baseMVA = 0; | mpc.baseMVA is 0, expected > 0",
                "\t.5\t.25 | \t0\t.25 | line 1-2: resistance_ohm is 0.0, expected > 0",
                "mpc.version = '2'; | mpc = loadcase('other'); | 'loadcase' is not known",
                "mpc.version = '2'; | for k = 1:3 | the statement 'for …' cannot be carried out",
                "/ (Vbase^2 / Sbase) | / (Wbase^2 / Sbase) | 'Wbase' is not known",
                "[BR_R BR_X]) / | [BR_R BR_X BR_R]) / | 4 by 3 values for 4 by 2 of branch",
                "\t1\t2\t.5\t.25 | \t1\t2\t.5 | values, expected 10 as in the first"
            })
    void a_wrong_value_is_refused_with_what_is_wrong(String what, String by, String message) {
        String text = CASE.replace(what, by);
        assertThat(text).isNotEqualTo(CASE);
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("small.m")
                .hasMessageContaining(message);
    }

    @Test
    void a_reference_bus_without_a_generator_is_held_at_its_own_voltage() {
        ImportedNetwork imported = read(CASE.replace("1.02 100 1 Inf", "1.02 100 0 Inf"));
        assertThat(imported.network().voltage().source_pu()).isEqualTo(1);
        assertThat(imported.report().lines())
                .contains("reference bus without a generator: held at its voltage in mpc.bus");
    }

    @Test
    void mixed_voltages_are_refused_with_the_lines_concerned() {
        String text = CASE.replace("\t4\t1\t0\t0\t0\t0\t1\t1\t0\t10", "\t4\t1\t0\t0\t0\t0\t1\t1\t0\t.4");
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(NetworkFormatException.class)
                .hasMessageContaining(
                        "transformer 3-4 lies between lines (1-2 leave the source's node 1): mixed voltages");
    }

    @Test
    void a_transformer_at_the_reference_bus_makes_its_other_side_the_busbar() {
        String text = CASE.replace("\t1\t3\t0\t0\t0\t0\t1\t1\t0\t10", "\t1\t3\t0\t0\t0\t0\t1\t1\t0\t33");
        Network network = read(text).network();
        assertThat(network.substation().node()).isEqualTo("2");
        assertThat(network.substation().capacity_kVA()).isEqualTo(5000);
        assertThat(network.nodeCount()).isEqualTo(3);
    }

    @Test
    void a_file_cut_at_any_byte_reads_or_is_refused_in_a_line_or_two() {
        for (int length = 0; length < CASE.length(); length += 3) {
            readsOrIsRefused(CASE.substring(0, length));
        }
    }

    @Test
    void a_file_with_changed_letters_reads_or_is_refused_in_a_line_or_two() {
        SplittableRandom random = new SplittableRandom(7);
        String letters = "=.,[](){}\"'%/~ \n\t-+e09Zz:;^*\u00e9";
        for (int i = 0; i < 600; i++) {
            StringBuilder text = new StringBuilder(CASE);
            for (int k = 0; k < 1 + i % 4; k++) {
                text.setCharAt(random.nextInt(text.length()), letters.charAt(random.nextInt(letters.length())));
            }
            readsOrIsRefused(text.toString());
        }
    }

    private void readsOrIsRefused(String text) {
        try {
            assertThat(read(text).network().nodeCount()).isPositive();
        } catch (InputException e) {
            assertThat(String.valueOf(e.getMessage()).lines().count())
                    .as(e.getMessage())
                    .isBetween(1L, 2L);
        }
    }
}
