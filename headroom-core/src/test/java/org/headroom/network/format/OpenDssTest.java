package org.headroom.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractThrowableAssert;
import org.headroom.input.InputException;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenDssTest {
    private static final String FEEDER = """
            clear
            New Circuit.little bus1=SourceBus BasekV=11 pu=1.00 ! a comment
            New LineCode.4c_95_SAC_XC nphases=3 R1=0.322 X1=0.074 R0=0.804 Units=km
            New LineCode.25_SAC_XC nphases=3 R1=1.2 X1=0.079 Units=km
            // the main is turned round on purpose
            New Line.MAIN Bus1=2 Bus2=1 phases=3 Linecode=4c_95_SAC_XC Length=50 Units=m
            New Line.SPUR Bus1=2 Bus2=3 phases=3 Linecode=25_SAC_XC Length=10 Units=m
            New Line.TAIL Bus1=2.1.2.3 Bus2=4 phases=3
            ~ Linecode=4c_95_sac_xc Length=0.02
            more Units=km
            New Transformer.TR1 Buses=[SourceBus 1] Conns=[Delta Wye] kVs=[11 0.416] kVAs=[500 500] XHL=1
            New Load.L1 Phases=1 Bus1=3.1 kV=0.23 kW=1 PF=0.95 Daily=Shape_1
            New Load.L2 Phases=1 Bus1=4.2 kV=0.23 kW=1 PF=0.95
            New Load.L3 Phases=3 Bus1=4 kV=0.4 kW=3 PF=0.95
            """;

    @TempDir
    Path folder;

    private ImportedNetwork read(String text) {
        return read("Master.dss", text);
    }

    private ImportedNetwork read(String name, String text) {
        write(name, text);
        return NetworkFiles.read(folder);
    }

    private Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Line line(Network network, String id) {
        return network.lines().stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static int homes(Network network, String id) {
        Integer index = network.findNode(id);
        assertThat(index).isNotNull();
        return index == null ? -1 : network.node(index).homes();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String text) {
        return assertThatThrownBy(() -> read(text)).isInstanceOf(NetworkFormatException.class);
    }

    @Test
    void lines_are_turned_away_from_the_busbar_whichever_way_they_stand() {
        Network network = read(FEEDER).network();
        assertThat(network.substation().node()).isEqualTo("1");
        assertThat(line(network, "MAIN").from()).isEqualTo("1");
        assertThat(line(network, "MAIN").to()).isEqualTo("2");
        assertThat(line(network, "TAIL").from()).isEqualTo("2");
    }

    @Test
    void impedance_is_the_line_codes_times_the_length_in_its_units() {
        Line main = line(read(FEEDER).network(), "MAIN");
        assertThat(main.length_m()).isEqualTo(50);
        assertThat(main.resistance_ohm()).isCloseTo(0.0161, within(1e-12));
        assertThat(main.reactance_ohm()).isCloseTo(0.0037, within(1e-12));
    }

    @Test
    void a_command_goes_on_over_tilde_and_more() {
        Line tail = line(read(FEEDER).network(), "TAIL");
        assertThat(tail.length_m()).isEqualTo(20);
        assertThat(tail.type()).isEqualTo("4c_95_SAC_XC");
    }

    @Test
    void a_load_of_one_or_three_phases_is_a_home() {
        Network network = read(FEEDER).network();
        assertThat(homes(network, "3")).isEqualTo(1);
        assertThat(homes(network, "4")).isEqualTo(2);
        assertThat(network.homeCount()).isEqualTo(3);
    }

    @Test
    void ratings_come_from_the_cable_table_and_are_told() {
        ImportedNetwork imported = read(FEEDER);
        assertThat(line(imported.network(), "MAIN").capacity_kVA()).isCloseTo(Math.sqrt(3) * 0.4 * 197, within(1e-9));
        assertThat(imported.report().lines())
                .contains("no rating in the file, taken from the cable table: 25_SAC_XC 75 A, 4c_95_SAC_XC 197 A");
    }

    @Test
    void a_rating_in_the_file_wins() {
        Network network = read(FEEDER.replace("X1=0.074", "X1=0.074 normamps=150")
                        .replace("Length=50", "Length=50 normamps=100"))
                .network();
        assertThat(line(network, "MAIN").capacity_kVA()).isCloseTo(Math.sqrt(3) * 40, within(1e-9));
        assertThat(line(network, "TAIL").capacity_kVA()).isCloseTo(Math.sqrt(3) * 60, within(1e-9));
    }

    @Test
    void the_substation_has_the_transformers_rating_and_its_replacement_cost() {
        ImportedNetwork imported = read(FEEDER);
        double annuity = 0.05 / (1 - Math.pow(1.05, -40));
        assertThat(imported.network().substation().capacity_kVA()).isEqualTo(500);
        assertThat(imported.network().substation().asset_gbpPerYear()).isCloseTo(75_000 * annuity, within(1e-6));
        assertThat(imported.report().lines()).contains("transformer rating 500 kVA as in the file");
    }

    @Test
    void a_main_costs_more_a_metre_than_a_service() {
        Network network = read(FEEDER).network();
        double annuity = 0.05 / (1 - Math.pow(1.05, -40));
        assertThat(line(network, "MAIN").asset_gbpPerYear()).isCloseTo(5000 * annuity, within(1e-9));
        assertThat(line(network, "SPUR").asset_gbpPerYear()).isCloseTo(400 * annuity, within(1e-9));
    }

    @Test
    void what_is_not_carried_is_listed() {
        assertThat(read(FEEDER + "New Monitor.m1 Line.MAIN\nNew Monitor.m2 Line.MAIN\nSolve\nCapacitor.C1.kvar=3\n")
                        .report()
                        .lines())
                .contains(
                        "monitor elements not carried (2 times)",
                        "command Solve not carried out",
                        "assignment to Capacitor.C1.kvar not read",
                        "2 single-phase loads carried as balanced, each one home",
                        "load: properties not used: daily, kv, kw, pf");
    }

    @Test
    void values_without_names_stand_in_opendss_order() {
        Network network = read(FEEDER + "New Line.EXTRA 4 5 4c_95_SAC_XC 7 3 units=m\nNew Load.L4 1 5.1\n")
                .network();
        assertThat(line(network, "EXTRA").length_m()).isEqualTo(7);
        assertThat(homes(network, "5")).isEqualTo(1);
    }

    @Test
    void a_matrix_counts_with_its_positive_sequence() {
        Network network = read(FEEDER.replace(
                        "R1=1.2 X1=0.079", "Rmatrix=(0.5 | 0.1 0.5 | 0.1 0.1 0.5) Xmatrix=[0.3|0.1 0.3|0.1 0.1 0.3]"))
                .network();
        assertThat(line(network, "SPUR").resistance_ohm()).isCloseTo(0.4 * 0.01, within(1e-15));
        assertThat(line(network, "SPUR").reactance_ohm()).isCloseTo(0.2 * 0.01, within(1e-15));
    }

    @Test
    void a_line_may_carry_its_own_impedance() {
        Network network = read(FEEDER.replace("Linecode=25_SAC_XC Length=10", "r1=0.001 x1=0.0002 Length=10"))
                .network();
        assertThat(line(network, "SPUR").resistance_ohm()).isCloseTo(0.01, within(1e-15));
        assertThat(line(network, "SPUR").type()).isEqualTo("1.000 ohm/km");
    }

    @ParameterizedTest
    @CsvSource({"Units=ft, 3.048", "Units=kft, 3048", "Units=mi, 16093.44", "Units=cm, 0.1", "'', 10000"})
    void lengths_are_converted_from_their_unit_or_the_line_codes(String unit, double length_m) {
        Network network =
                read(FEEDER.replace("Length=10 Units=m", "Length=10 " + unit)).network();
        assertThat(line(network, "SPUR").length_m()).isCloseTo(length_m, within(1e-9));
        assertThat(line(network, "SPUR").resistance_ohm()).isCloseTo(1.2 * length_m / 1000, within(1e-9));
    }

    @Test
    void windings_may_be_given_one_by_one() {
        Network network = read(FEEDER.replace(
                        "Buses=[SourceBus 1] Conns=[Delta Wye] kVs=[11 0.416] kVAs=[500 500]",
                        "windings=2 wdg=1 bus=SourceBus kV=11 kVA=500 wdg=2 bus=1.1.2.3 kV=0.416 kVA=500"))
                .network();
        assertThat(network.substation().capacity_kVA()).isEqualTo(500);
    }

    @Test
    void a_closed_switch_makes_its_ends_one_node() {
        Network network = read(FEEDER + "New Line.FUSE 4 5 switch=y\nNew Load.L4 Phases=1 Bus1=5.1\n")
                .network();
        assertThat(network.lineCount()).isEqualTo(3);
        assertThat(homes(network, "4")).isEqualTo(3);
    }

    @Test
    void an_opened_line_opens_a_loop() {
        String loop = FEEDER + "New Line.TIE Bus1=3 Bus2=4 Linecode=25_SAC_XC Length=10 Units=m\n";
        assertThat(read(loop + "Open Line.TIE 1\n").network().lineCount()).isEqualTo(3);
    }

    @Test
    void redirects_find_files_whatever_their_capitals() {
        write("sub/LOADS.TXT", "New Load.L4 Phases=1 Bus1=2.1\n");
        assertThat(read(FEEDER + "Redirect Sub\\Loads.txt\n").network().homeCount())
                .isEqualTo(4);
    }

    @Test
    void bus_coordinates_become_positions() {
        write("XY.csv", "1, 10, 20\n2 11 21\nelsewhere 0 0\n");
        ImportedNetwork imported = read(FEEDER + "BusCoords xy.csv\n");
        assertThat(imported.network().node(0).position()).isEqualTo(new Position(10, 20));
        assertThat(imported.network().nodes()).extracting(Node::position).containsNull();
        assertThat(imported.report().lines())
                .contains("coordinates of a bus that no line reaches not used", "bus coordinates taken as metres");
    }

    @Test
    void feeder_folders_make_one_substation_in_the_order_of_their_numbers() {
        for (String name : new String[] {"F_10", "F_2"}) {
            write(name + "/Master.txt", FEEDER);
        }
        Network network = NetworkFiles.read(folder).network();
        assertThat(network.substation().node()).isEqualTo("busbar");
        assertThat(network.homeCount()).isEqualTo(6);
        assertThat(network.line(0).id()).isEqualTo("F_2/MAIN");
        assertThat(network.findNode("F_10/4")).isNotNull();
    }

    @Test
    void feeders_of_different_transformers_are_refused() {
        write("A/Master.txt", FEEDER);
        write("B/Master.txt", FEEDER.replace("500 500", "800 800"));
        assertThatThrownBy(() -> NetworkFiles.read(folder))
                .isInstanceOf(NetworkFormatException.class)
                .hasMessageContaining("800.0 kVA")
                .hasMessageContaining("500.0 kVA");
    }

    @Test
    void a_loop_is_refused_naming_its_lines() {
        refused(FEEDER + "New Line.TIE Bus1=3 Bus2=4 Linecode=25_SAC_XC Length=10 Units=m\n")
                .hasMessageMatching("(?s).*Master.dss:\\d+: lines (TIE|TAIL|SPUR), .* form a loop.*")
                .hasMessageContaining("TIE")
                .hasMessageContaining("TAIL")
                .hasMessageContaining("SPUR");
    }

    @Test
    void lines_without_supply_are_refused_by_name() {
        refused(FEEDER + "New Line.LOST Bus1=8 Bus2=9 Linecode=25_SAC_XC Length=10 Units=m\n")
                .hasMessageContaining("Master.dss:15: 1 line(s) have no supply")
                .hasMessageContaining("LOST");
    }

    @Test
    void a_load_at_a_bus_that_no_line_mentions_is_refused() {
        refused(FEEDER + "New Load.L9 Phases=1 Bus1=99.1\n")
                .hasMessage(folder.resolve("Master.dss") + ":15: load L9 is at bus 99, which no line supplies.\n"
                        + "Maybe the file of lines is cut off.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Length=50|Length=0|line MAIN has length 0, expected > 0",
                "Length=50|Length=-5|line MAIN has length -5, expected > 0",
                "Length=50|Length=fifty|line MAIN: length is 'fifty', expected a number",
                "Length=50|Length=NaN|line MAIN: length is 'NaN', expected a number",
                "Length=50|Length=1e999|line MAIN: length is 1e999, expected a finite number",
                "Length=50|Length=|has no value",
                "R1=1.2|R1=0|line code 25_SAC_XC has a positive-sequence resistance of 0.0 ohm, expected > 0",
                "R1=1.2|R1=-1|line code 25_SAC_XC has a positive-sequence resistance of -1.0 ohm",
                "X1=0.079|X1=-1|line code 25_SAC_XC has a positive-sequence reactance of -1.0 ohm",
                "Linecode=25_SAC_XC|Linecode=nowhere|line SPUR has line code nowhere, which is not defined",
                "Line.SPUR|Line.main|line main is defined twice, first at Master.dss:6",
                "Load.L2|Load.L1|load L1 is defined twice",
                "kVAs=[500 500]|kVAs=[500 0]|transformer TR1 is rated 0.0 kVA",
                "kVAs=[500 500]|kVAs=[500 500|is not closed, expected ]",
                "Buses=[SourceBus 1]|Buses=[elsewhere 1]|hangs on bus elsewhere, expected the source's bus SourceBus",
                "pu=1.00|pu=1.3|sourceVoltage_pu is 1.3",
                "Linecode=25_SAC_XC Length=10|r1=1e308 x1=1 Length=1|ohm/km, expected > 0",
                "Units=m|Units=furlong|has units furlong",
                "kW=1|kW=one|load L1: kw is 'one', expected a number",
                "Bus2=3|Bus2=2|line SPUR has both ends at one node",
            })
    void a_wrong_value_is_refused_with_file_line_and_object(String what, String by, String message) {
        refused(FEEDER.replaceFirst(java.util.regex.Pattern.quote(what), by))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "New Vsource.second bus1=4",
                "New Circuit.second",
                "New Transformer.TR2 Buses=[SourceBus 4] kVs=[11 0.416] kVAs=[500 500]",
            })
    void a_second_source_is_refused(String element) {
        refused(FEEDER + element + "\n").hasMessageContaining("second");
    }

    @Test
    void a_line_cut_off_in_the_middle_is_refused() {
        refused(FEEDER + "New Line.LINE7 Bus1=7 Bus2=")
                .hasMessageContaining("Master.dss:15: Bus2 has no value")
                .hasMessageContaining("cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.txt", "/etc/hostname", "C:\\\\x.txt", "sub/../../outside.txt", "link.txt"})
    void a_redirect_that_leaves_the_folder_is_refused(String name) throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.txt"), "New Load.X Phases=1 Bus1=4\n");
        Path inside = folder.resolve("inside");
        Files.createDirectories(inside.resolve("sub"));
        Files.createSymbolicLink(inside.resolve("link.txt"), outside);
        Path master = Files.writeString(inside.resolve("Master.dss"), FEEDER + "Redirect " + name + "\n");
        assertThatThrownBy(() -> NetworkFiles.read(master))
                .isInstanceOf(NetworkFormatException.class)
                .hasMessageContaining("outside the network's folder");
    }

    @Test
    void redirects_in_a_circle_are_refused() {
        write("a.txt", "Redirect b.txt\n");
        write("b.txt", "Redirect A.txt\n");
        refused(FEEDER + "Redirect a.txt\n").hasMessageContaining("b.txt:1").hasMessageContaining("circle");
    }

    @Test
    void redirects_that_multiply_are_refused() {
        for (int i = 0; i < 18; i++) {
            write("r" + i, "Redirect r%d\n".formatted(i + 1).repeat(2));
        }
        write("r18", "");
        refused(FEEDER + "Redirect r0\n").hasMessageContaining("Redirects nest deeper");
    }

    @Test
    void a_file_that_is_not_utf_8_is_refused() throws IOException {
        Files.write(
                folder.resolve("Master.dss"),
                FEEDER.replace("little", "caf\u00e9").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> NetworkFiles.read(folder)).hasMessageContaining("not UTF-8 text");
    }

    @Test
    void a_byte_order_mark_and_old_line_ends_do_not_matter() {
        assertThat(read("\uFEFF" + FEEDER.replace("\n", "\r")).network().homeCount())
                .isEqualTo(3);
    }

    @Test
    void line_codes_defined_twice_alike_are_told_and_otherwise_refused() {
        String again = "New LineCode.25_SAC_XC nphases=3 R1=1.2 X1=0.079\n~ Units=km\n";
        assertThat(read(FEEDER + again).report().lines()).contains("line code defined twice, alike");
        refused(FEEDER + again.replace("1.2", "1.3")).hasMessageContaining("defined twice and not alike");
    }

    @Test
    void brackets_without_end_are_refused_in_good_time() {
        refused(FEEDER + "New Line.DEEP Bus1=" + "[".repeat(1_000_000))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void a_missing_file_is_named_where_its_content_is_missed() {
        refused(
                        "New Circuit.c\nNew Transformer.TR1 Buses=[SourceBus 1] kVs=[11 0.416] kVAs=[500 500]\nRedirect Lines.txt\n")
                .hasMessageContaining("no lines.\nMaybe it is in Lines.txt, which is not there.");
    }

    @Test
    void a_file_cut_at_any_byte_reads_or_is_refused_in_a_line_or_two() {
        for (int length = 0; length < FEEDER.length(); length++) {
            readsOrIsRefused(FEEDER.substring(0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_file_that_lost_words_reads_or_is_refused_in_a_line_or_two(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] words = FEEDER.split("(?<=[ =\\n\\[\\].])", -1);
        for (int i = 0; i < 250; i++) {
            StringBuilder left = new StringBuilder();
            double lostShare = random.nextDouble() * 0.1;
            for (String word : words) {
                left.append(random.nextDouble() < lostShare ? "" : word);
            }
            readsOrIsRefused(left.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void a_file_with_changed_letters_reads_or_is_refused_in_a_line_or_two(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String letters = "=.,[](){}\"'!/~ \n\t-+e09Zz|\u00e9\0";
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder(FEEDER);
            for (int k = 0; k < 1 + i % 4; k++) {
                text.setCharAt(random.nextInt(text.length()), letters.charAt(random.nextInt(letters.length())));
            }
            readsOrIsRefused(text.toString());
        }
    }

    private void readsOrIsRefused(String text) {
        try {
            assertThat(read(text).network().homeCount()).isNotNegative();
        } catch (InputException e) {
            assertThat(String.valueOf(e.getMessage()).lines().count())
                    .as(e.getMessage())
                    .isBetween(1L, 2L);
        }
    }
}
