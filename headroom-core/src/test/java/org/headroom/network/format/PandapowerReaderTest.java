package org.headroom.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.headroom.input.InputException;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PandapowerReaderTest {
    /** A street as pandapower 3 saves it, its tables by name; rows stand as pandas orders them. */
    private final Map<String, String> tables = new TreeMap<>(Map.of(
            "bus", """
                    {"columns":["name","vn_kv","in_service","geo"],"index":[0,1,10,2],"data":[["grid",20.0,true,null],\
                    ["busbar",0.4,true,"{\\"coordinates\\": [1.5, 2.0], \\"type\\": \\"Point\\"}"],\
                    ["end",0.4,true,null],["joint",0.4,true,null]]}""",
            "line", """
                    {"columns":["name","std_type","from_bus","to_bus","length_km","r_ohm_per_km","x_ohm_per_km","max_i_ka","df","parallel","in_service"],\
                    "index":[0,1],"data":[["main","NAYY 4x150",1,2,0.1,0.2,0.08,0.27,0.5,2,true],\
                    ["service",null,10,2,0.01,1.2,0.079,null,1.0,1,true]]}""",
            "trafo", """
                    {"columns":["name","hv_bus","lv_bus","sn_mva","parallel","in_service"],"index":[0],"data":[["T",0,1,0.4,1,true]]}""",
            "ext_grid", """
                    {"columns":["name","bus","vm_pu","in_service"],"index":[0],"data":[["G",0,1.02,true]]}""",
            "load", """
                    {"columns":["name","bus","p_mw","q_mvar","scaling","in_service"],"index":[0,1,2],\
                    "data":[["a",2,0.002,0.001,0.5,true],["b",10,0.003,0.0,1.0,true],["c",10,0.009,0.0,1.0,false]]}"""));

    @TempDir
    Path folder;

    private ImportedNetwork read() {
        return read(text());
    }

    private ImportedNetwork read(String text) {
        try {
            return NetworkFiles.read(Files.writeString(folder.resolve("street.json"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() {
        StringBuilder out = new StringBuilder(
                "{\"_module\": \"pandapower.auxiliary\", \"_class\": \"pandapowerNet\", \"_object\": {\"name\": \"\"");
        tables.forEach((name, content) -> out.append(
                ", \"%s\": {\"_module\": \"pandas.core.frame\", \"_class\": \"DataFrame\", \"_object\": %s, \"orient\": \"split\"}"
                        .formatted(name, NetworkJson.quoted(content))));
        return out.append("}}").toString();
    }

    private void change(String table, String what, String by) {
        String before = tables.getOrDefault(table, "");
        assertThat(before).contains(what);
        tables.put(table, before.replace(what, by));
    }

    private static Line line(Network network, String id) {
        return network.lines().stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_transformer_on_the_external_grid_feeds_the_busbar() {
        ImportedNetwork imported = read();
        Network network = imported.network();
        assertThat(network.name()).isEqualTo("street");
        assertThat(network.substation().node()).isEqualTo("busbar");
        assertThat(network.substation().capacity_kVA()).isEqualTo(400);
        assertThat(network.voltage().source_pu()).isEqualTo(1.02);
        assertThat(network.nodeCount()).isEqualTo(3);
        assertThat(imported.ratingKnown()).isTrue();
        assertThat(imported.report().lines())
                .contains(
                        "transformer's impedance, ratio and taps not modelled: busbar busbar held at the source's 1.02 pu");
    }

    @Test
    void lines_in_parallel_are_one_of_half_the_impedance_and_twice_the_derated_rating() {
        Line main = line(read().network(), "main");
        assertThat(main.resistance_ohm()).isEqualTo(0.01);
        assertThat(main.reactance_ohm()).isEqualTo(0.004);
        assertThat(main.length_m()).isEqualTo(100);
        assertThat(main.capacity_kVA()).isCloseTo(Math.sqrt(3) * 0.4 * 270 * 0.5 * 2, within(1e-9));
        assertThat(main.type()).isEqualTo("NAYY 4x150");
    }

    @Test
    void a_line_without_a_rating_takes_the_cable_tables() {
        ImportedNetwork imported = read();
        assertThat(line(imported.network(), "service").capacity_kVA())
                .isCloseTo(Math.sqrt(3) * 0.4 * 75, within(0.5)); // 1.2 ohm/km is 25 mm² of aluminium
        assertThat(imported.report().lines()).contains("line without a rating: taken from the cable table");
    }

    @Test
    void a_load_in_service_is_a_home_and_its_power_is_kept_aside() {
        ImportedNetwork imported = read();
        assertThat(imported.network().homeCount()).isEqualTo(2);
        assertThat(imported.loads().kW(1)).isEqualTo(1);
        assertThat(imported.loads().kvar(1)).isEqualTo(0.5);
        assertThat(imported.report().lines())
                .contains(
                        "load out of service: left out",
                        "2 loads, 4.0 kW in all: each one home, whose demand is simulated");
    }

    @Test
    void a_load_by_phase_is_carried_as_balanced() {
        tables.put("asymmetric_load", """
                {"columns":["bus","p_a_mw","q_a_mvar","p_b_mw","q_b_mvar","p_c_mw","q_c_mvar"],"index":[0],\
                "data":[[10,0.001,0.0,0.002,0.0005,0.0,0.0]]}""");
        ImportedNetwork imported = read();
        assertThat(imported.network().homeCount()).isEqualTo(3);
        assertThat(imported.loads().kW(2)).isCloseTo(6, within(1e-12));
        assertThat(imported.report().lines()).contains("load by phase carried as balanced");
    }

    @Test
    void an_open_switch_opens_its_line_and_a_closed_one_between_buses_makes_them_one() {
        change("bus", "[\"joint\",0.4,true,null]]", "[\"joint\",0.4,true,null],[\"twin\",0.4,true,null]]");
        change("bus", "[0,1,10,2]", "[0,1,10,2,3]");
        change("line", "[0,1]", "[0,1,2]");
        change("line", "1.0,1,true]]", "1.0,1,true],[\"tie\",null,10,1,0.1,0.2,0.08,0.27,1.0,1,true]]");
        change("load", "[\"b\",10", "[\"b\",3");
        tables.put("switch", """
                {"columns":["bus","element","et","closed"],"index":[0,1,2],"data":[[1,2,"l",false],[2,3,"b",true],[1,3,"b",false]]}""");
        ImportedNetwork imported = read();
        assertThat(imported.network().lineCount()).isEqualTo(2);
        assertThat(imported.network().node(1).homes()).isEqualTo(2);
        assertThat(imported.report().lines())
                .contains("line tie is open: left out", "closed switch between buses: its ends made one node");
    }

    @Test
    void elements_without_a_place_in_the_model_are_listed_with_their_number() {
        tables.put("sgen", "{\"columns\":[\"bus\",\"p_mw\"],\"index\":[0,1],\"data\":[[2,0.004],[10,0.004]]}");
        tables.put("storage", "{\"columns\":[\"bus\"],\"index\":[],\"data\":[]}");
        tables.put("res_bus", "{\"columns\":[\"vm_pu\"],\"index\":[0],\"data\":[[1.0]]}");
        assertThat(read().report().lines())
                .contains("sgen: 2 not carried")
                .noneMatch(line -> line.contains("storage") || line.contains("res_bus"));
    }

    @Test
    void voltage_limits_of_the_nodes_are_taken_the_tightest_for_all() {
        change("bus", "\"geo\"]", "\"geo\",\"min_vm_pu\",\"max_vm_pu\"]");
        change("bus", "true,null],[\"busbar\"", "true,null,null,null],[\"busbar\"");
        change("bus", "Point\\\"}\"]", "Point\\\"}\",0.99,1.03]");
        change("bus", "[\"end\",0.4,true,null]", "[\"end\",0.4,true,null,0.9,1.1]");
        change("bus", "[\"joint\",0.4,true,null]", "[\"joint\",0.4,true,null,0.95,1.15]");
        ImportedNetwork imported = read();
        assertThat(imported.network().voltage().lower_pu()).isEqualTo(0.95);
        assertThat(imported.network().voltage().upper_pu()).isEqualTo(1.1);
        assertThat(imported.report().lines())
                .contains("voltage limits differ between nodes: the tightest taken for all, 0.95 to 1.1 pu");
    }

    private void refused(String message) {
        assertThatThrownBy(this::read)
                .isInstanceOf(NetworkFormatException.class)
                .hasMessageContaining("street.json: ")
                .hasMessageContaining(message);
    }

    @Test
    void a_second_external_grid_is_refused() {
        tables.put("ext_grid", """
                {"columns":["bus","vm_pu"],"index":[0,1],"data":[[0,1.0],[10,1.0]]}""");
        refused("ext_grid 1 at node end is a second source beside ext_grid 0 at node grid");
    }

    @Test
    void a_generator_that_holds_a_voltage_is_a_second_source() {
        tables.put("gen", "{\"columns\":[\"bus\",\"p_mw\",\"vm_pu\"],\"index\":[4],\"data\":[[10,0.1,1.0]]}");
        refused("gen 4 at node end is a second source");
    }

    @Test
    void no_source_at_all_is_refused() {
        change("ext_grid", "true", "false");
        refused("no source: no node is held at a voltage");
    }

    @Test
    void a_mesh_is_refused_with_the_lines_of_its_loop() {
        change("line", "[0,1]", "[0,1,2]");
        change("line", "1.0,1,true]]", "1.0,1,true],[\"tie\",null,10,1,0.1,0.2,0.08,0.27,1.0,1,true]]");
        refused("form a loop, expected a tree: the network is meshed");
        assertThatThrownBy(this::read)
                .hasMessageContaining("tie")
                .hasMessageContaining("main")
                .hasMessageContaining("service");
    }

    @Test
    void a_node_without_supply_is_refused_by_name() {
        change(
                "line",
                "[\"service\",null,10,2,0.01,1.2,0.079,null,1.0,1,true]",
                "[\"service\",null,10,2,0.01,1.2,0.079,null,1.0,1,false]");
        refused("1 node(s) have no supply: end.");
    }

    @Test
    void lines_at_two_voltages_are_refused_with_their_names() {
        change("bus", "[\"end\",0.4", "[\"end\",0.23");
        refused("lines service are at 230 V, where busbar busbar has 400 V: mixed voltages");
    }

    @Test
    void a_single_transformer_without_lines_is_refused() {
        change("bus", "[\"end\",0.4,true", "[\"end\",0.4,false");
        change("bus", "[\"joint\",0.4,true", "[\"joint\",0.4,false");
        refused("no lines below busbar busbar");
    }

    @Test
    void a_bus_that_is_not_there_is_refused() {
        change("line", "[\"main\",\"NAYY 4x150\",1,2", "[\"main\",\"NAYY 4x150\",1,77");
        refused("table line: row 0: to_bus is 77, which is no bus.");
    }

    @Test
    void a_word_for_a_number_is_refused_with_table_column_and_row() {
        change("line", "0.01,1.2", "0.01,\"much\"");
        refused("table line: r_ohm_per_km of row 1 is \"much\"");
    }

    @Test
    void an_older_encoding_is_refused_with_what_to_do() {
        tables.put("bus", "{\"name\":{\"0\":\"a\"}}");
        refused("Maybe it is of an older pandapower: load and save it with a newer one.");
    }

    @Test
    void a_file_with_changed_letters_reads_or_is_refused_in_a_line_or_two() {
        SplittableRandom random = new SplittableRandom(11);
        String whole = text();
        String letters = "=.,[]{}\"'\\ -+e09Zz:tn";
        for (int i = 0; i < 600; i++) {
            StringBuilder text = new StringBuilder(whole);
            for (int k = 0; k < 1 + i % 4; k++) {
                text.setCharAt(random.nextInt(text.length()), letters.charAt(random.nextInt(letters.length())));
            }
            if (i % 5 == 0) {
                text.setLength(random.nextInt(text.length()));
            }
            try {
                assertThat(read(text.toString()).network().nodeCount()).isPositive();
            } catch (InputException e) {
                assertThat(String.valueOf(e.getMessage()).lines().count())
                        .as(e.getMessage())
                        .isBetween(1L, 2L);
            }
        }
    }
}
