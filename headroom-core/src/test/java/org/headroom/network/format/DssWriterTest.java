package org.headroom.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headroom.input.InputException;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DssWriterTest {
    private static final Network STREET = new Network(
            "street",
            400,
            VoltageBand.BRITISH,
            new Substation("S", 315, 1500),
            List.of(new Node("n1", new Position(1, 2.5), 2, 0), new Node("n2", null, 0, 1)),
            List.of(
                    new Line("l1", "S", "n1", 50, "95 Al", 0.0161, 0.0037, 136.48, 210),
                    new Line("l2", "n1", "n2", 10, "95 Al", 0.5, 0.0037, 136.48, 42)));

    @TempDir
    Path folder;

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void the_master_opens_as_written_and_names_only_files_that_are_there() throws IOException {
        NetworkFormat.OPENDSS.write(STREET, folder);
        assertThat(text("Master.dss").lines().filter(row -> !row.startsWith("!")))
                .containsExactly(
                        "Clear",
                        "Set DefaultBaseFrequency=50",
                        "New Circuit.street Bus1=SourceBus BasekV=11 pu=1 MVAsc3=1000000 MVAsc1=1000000",
                        "Redirect \"LineCodes.dss\"",
                        "Redirect \"Transformers.dss\"",
                        "Redirect \"Lines.dss\"",
                        "Redirect \"Loads.dss\"",
                        "Set VoltageBases=[11 0.4]",
                        "CalcVoltageBases",
                        "BusCoords \"BusCoords.csv\"",
                        "Solve");
        for (String file : List.of("LineCodes", "Transformers", "Lines", "Loads")) {
            assertThat(folder.resolve(file + ".dss")).exists();
        }
        assertThat(text("BusCoords.csv")).isEqualTo("n1, 1.0, 2.5\n");
    }

    @Test
    void a_line_takes_its_types_figures_and_states_its_own_only_where_they_differ() throws IOException {
        NetworkFormat.OPENDSS.write(STREET, folder);
        assertThat(text("LineCodes.dss"))
                .startsWith("New LineCode.95_Al nphases=3 R1=0.000322 X1=0.000074 R0=0.000322 X0=0.000074 C1=0 C0=0 ");
        assertThat(text("Lines.dss").lines())
                .satisfiesExactly(
                        l1 -> assertThat(l1)
                                .startsWith("New Line.l1 Bus1=S Bus2=n1 Phases=3 LineCode=95_Al Length=50 Units=m !"),
                        l2 -> assertThat(l2).contains("Length=10 Units=m R1=0.05 X1=0.00037 "));
    }

    @Test
    void every_home_is_a_load_of_three_phases() throws IOException {
        NetworkFormat.OPENDSS.write(STREET, folder);
        assertThat(text("Loads.dss").lines().filter(row -> row.startsWith("New Load.")))
                .hasSize(2)
                .allMatch(row -> row.contains("Bus1=n1 Phases=3 Conn=Wye kV=0.4 kW=0.86 PF=0.95"));
    }

    @Test
    void two_masters_of_one_folder_keep_to_files_of_their_own() {
        NetworkFormat.OPENDSS.write(STREET, folder.resolve("one.dss"));
        NetworkFormat.OPENDSS.write(STREET.withSubstation(new Substation("S", 500, 1)), folder.resolve("two.dss"));
        assertThat(NetworkFiles.read(folder.resolve("one.dss")).network().substation())
                .isEqualTo(STREET.substation());
        assertThat(NetworkFiles.read(folder.resolve("two.dss")).network().substation())
                .isEqualTo(new Substation("S", 500, 1));
    }

    @Test
    void without_its_comments_it_reads_with_defaults_that_are_told() throws IOException {
        NetworkFormat.OPENDSS.write(STREET, folder);
        for (String file : List.of("Master.dss", "Lines.dss", "Loads.dss", "Transformers.dss")) {
            Files.writeString(folder.resolve(file), text(file).replaceAll("!headroom.*", ""));
        }
        ImportedNetwork imported = NetworkFiles.read(folder);
        assertThat(imported.ratingKnown()).isFalse();
        assertThat(imported.network().length_m()).isEqualTo(60);
        assertThat(imported.report().lines())
                .contains("voltage limits 0.94 to 1.1 pu and asset values are British defaults");
    }

    private void change(String file, String what, String by) throws IOException {
        assertThat(text(file)).contains(what);
        Files.writeString(folder.resolve(file), text(file).replace(what, by));
    }

    @Test
    void a_key_of_a_comment_that_nobody_knows_is_told() throws IOException {
        NetworkFormat.OPENDSS.write(STREET, folder);
        change("Lines.dss", "\"asset_gbpPerYear\": 42", "\"asset\": 42");
        assertThat(NetworkFiles.read(folder).report().lines()).contains("note: key asset not known, ignored");
    }

    @Test
    void a_broken_comment_is_refused_with_file_and_line() throws IOException {
        NetworkFormat.OPENDSS.write(STREET, folder);
        change("Lines.dss", "\"asset_gbpPerYear\": 42}", "\"asset_gbpPerYear\": }");
        assertThatThrownBy(() -> NetworkFiles.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Lines.dss:2");
    }

    @Test
    void the_loads_that_were_written_are_those_that_are_read() {
        NetworkFormat.OPENDSS.write(STREET, folder);
        StatedLoads loads = NetworkFiles.read(folder).loads();
        assertThat(loads.kW(1)).isEqualTo(2 * HomeLoad.POWER_KW);
        assertThat(loads.kvar(1)).isEqualTo(2 * HomeLoad.REACTIVE_KVAR);
        assertThat(loads.kW(2)).isZero();
    }
}
