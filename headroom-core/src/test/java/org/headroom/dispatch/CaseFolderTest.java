package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headroom.input.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A case folder as a user writes it by hand: what it says and how faults are told. */
class CaseFolderTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        file("network.json", """
                { "format": "headroom-network/1", "name": "two", "base_V": 400,
                  "substation": { "node": "S", "capacity_kVA": 100, "asset_gbpPerYear": 1500 },
                  "nodes": [ { "id": "n1", "homes": 1, "publicChargers": 0 }, { "id": "n2", "homes": 2, "publicChargers": 1 } ],
                  "lines": [ { "id": "l1", "from": "S", "to": "n1", "length_m": 30, "type": "x", "r_ohm": 0.01, "x_ohm": 0.002,
                               "capacity_kVA": 100, "asset_gbpPerYear": 200 },
                             { "id": "l2", "from": "n1", "to": "n2", "length_m": 30, "type": "x", "r_ohm": 0.01, "x_ohm": 0.002,
                               "capacity_kVA": 100, "asset_gbpPerYear": 200 } ] }
                """);
        file("case.yaml", "stepsPerDay: 4\nefficiency: 0.95\n");
        file("tariff.csv", "step,buy_gbpPerKWh,sell_gbpPerKWh\n0,.2,.1\n1,.3,.1\n2,.25,.1\n3,.2,.1\n");
        file("profiles.csv", """
                node,home,step,demand_kW,demand_kvar,pv_kW
                n1,,0,1,.3,0
                n2,left,1,2,.5,0
                n2,right,1,3,.5,1
                """);
        file("sessions.csv", """
                id,node,home,charger_kW,capacity_kWh,arrive_step,depart_step,arrive_kWh,depart_kWh,battery_gbp
                a,n1,,7,50,3,1,10,40,5000
                b,n2,left,7,50,2,2,10,50,5000
                c,n2,,22,50,0,1,45,50,5000
                """);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void change(String name, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(name));
        assertThat(text).contains(from);
        file(name, text.replace(from, to));
    }

    private DayProblem read() {
        return CaseFolder.read(folder, false).problem();
    }

    @Test
    void rows_that_are_missing_are_zero() {
        DayProblem problem = read();

        assertThat(problem.demand_kW(0, 0)).isEqualTo(1);
        assertThat(problem.demand_kW(0, 1)).isZero();
    }

    @Test
    void homes_of_one_node_are_told_apart_by_their_column() {
        DayProblem problem = read();

        assertThat(problem.homeId(1)).isEqualTo("left");
        assertThat(problem.homeId(2)).isEqualTo("right");
        assertThat(problem.homeNode(1)).isEqualTo(problem.homeNode(2));
        assertThat(problem.sessions().get(1).home()).isEqualTo(1);
    }

    @Test
    void a_session_without_a_home_is_paid_for_by_its_lot() {
        DayProblem problem = read();

        assertThat(problem.homeId(problem.sessions().get(2).home())).isEqualTo("lot at n2");
    }

    @Test
    void without_the_column_a_node_is_a_home() throws IOException {
        file("profiles.csv", "node,step,demand_kW,demand_kvar,pv_kW\nn2,1,2,.5,0\n");
        file("sessions.csv", """
                id,node,charger_kW,capacity_kWh,arrive_step,depart_step,arrive_kWh,depart_kWh,battery_gbp
                a,n2,7,50,3,1,10,40,5000
                b,n2,7,50,3,1,10,40,5000
                """);

        assertThat(read().homeCount()).isEqualTo(1);
        assertThat(read().sessions()).extracting(Session::home).containsOnly(0);
    }

    @Test
    void a_window_from_a_step_to_itself_is_the_whole_day() {
        DayProblem problem = read();

        assertThat(problem.sessions().get(1).length(problem.steps())).isEqualTo(4);
        assertThat(problem.sessions().get(0).length(problem.steps())).isEqualTo(2);
    }

    @Test
    void tables_without_a_row_are_a_day_without_anything() throws IOException {
        file("profiles.csv", "node,step,demand_kW,demand_kvar,pv_kW\n");
        file(
                "sessions.csv",
                "id,node,charger_kW,capacity_kWh,arrive_step,depart_step,arrive_kWh,depart_kWh,battery_gbp\n");

        for (ChargingMode mode : ChargingMode.all()) {
            assertThat(TwoPriceDays.solved(read(), mode).objective_gbp()).isZero();
        }
    }

    @Test
    void columns_in_any_order_and_unknown_ones_are_read_with_a_note() throws IOException {
        file("tariff.csv", "sell_gbpPerKWh,remark,step,buy_gbpPerKWh\n.1,x,3,.2\n.1,y,2,.25\n.1,,1,.3\n.1,,0,.2\n");

        CaseFolder.Case day = CaseFolder.read(folder, false);

        assertThat(day.problem().buy_gbpPerKWh(1)).isEqualTo(0.3);
        assertThat(day.report().lines())
                .anySatisfy(line -> assertThat(line).contains("tariff.csv", "columns not used: remark"));
    }

    @Test
    void line_ends_byte_order_mark_and_spaces_of_a_spreadsheet_are_read() throws IOException {
        file(
                "tariff.csv",
                "\uFEFFstep, buy_gbpPerKWh ,sell_gbpPerKWh\r\n0, .2,.1\r\n1,.3 ,.1\r\n2,.25,.1\r\n3,\".2\",.1\r\n\r\n");

        assertThat(read().buy_gbpPerKWh(1)).isEqualTo(0.3);
    }

    @Test
    void best_effort_lowers_what_cannot_be_reached_and_says_so() throws IOException {
        change("sessions.csv", "c,n2,,22,50,0,1,45,50", "c,n2,,2,50,0,1,20,50");

        CaseFolder.Case day = CaseFolder.read(folder, true);

        assertThat(day.problem().sessions().get(2).depart_kWh()).isEqualTo(20 + 0.95 * 2 * 6);
        assertThat(day.lowered())
                .containsExactly(
                        "session c cannot leave with 50.000 kWh: 31.400 kWh is the most that 1 step(s) at 2.0 kW reach, 18.600 kWh short; lowered");
    }

    /** File | what is changed in it | what it becomes | file:line and what the message must hold. */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tariff.csv   | step,buy      | step,bye       | tariff.csv:1: column buy_gbpPerKWh is missing
            tariff.csv   | 1,.3,.1       | 1,.3           | tariff.csv; lost or gained a comma
            tariff.csv   | 1,.3,.1       | 0,.3,.1        | tariff.csv:3: step 0 has a price already
            tariff.csv   | 3,.2,.1       | 4,.2,.1        | tariff.csv:5: step is 4; 0 to 3
            tariff.csv   | 3,.2,.1       | 2.5,.2,.1      | tariff.csv:5: step is 2.5; whole number
            tariff.csv   | 3,.2,.1       | `-1,.2,.1`     | tariff.csv:5: step is -1; 0 to 3
            tariff.csv   | 3,.2,.1       | ``             | tariff.csv: step 3 has no price
            tariff.csv   | 1,.3,.1       | 1,cheap,.1     | tariff.csv:3: step 1: buy_gbpPerKWh is 'cheap', expected a number
            tariff.csv   | 1,.3,.1       | 1,.3 GBP,.1    | tariff.csv:3: step 1: buy_gbpPerKWh is '.3 GBP', expected a number
            tariff.csv   | 1,.3,.1       | 1,.3d,.1       | tariff.csv:3: step 1: buy_gbpPerKWh is '.3d', expected a number
            tariff.csv   | 1,.3,.1       | 1,,.1          | tariff.csv:3: step 1: buy_gbpPerKWh is ''
            tariff.csv   | 1,.3,.1       | 1,NaN,.1       | tariff.csv:3: step 1: buy_gbpPerKWh is NaN; 1000000000
            tariff.csv   | 1,.3,.1       | 1,Infinity,.1  | tariff.csv:3: step 1: buy_gbpPerKWh is Infinity; 1000000000
            tariff.csv   | 1,.3,.1       | 1,.3,.4        | tariff.csv:3: step 1 sells at 0.4 GBP/kWh, above its buy price of 0.3
            tariff.csv   | step,buy_gbpPerKWh,sell | step,sell_gbpPerKWh,sell | tariff.csv; sell_gbpPerKWh
            profiles.csv | n2,right      | n3,right       | profiles.csv:4: node 'n3' is not in the network two; Maybe n
            profiles.csv | n2,right,1    | n2,right,4     | profiles.csv:4: home right: step is 4; 0 to 3
            profiles.csv | n2,right      | n2,left        | profiles.csv:4: home left has a row for step 1 already
            profiles.csv | 3,.5,1        | 3,.5,-1        | profiles.csv:4: home right: pv_kW is -1; 0 to 1000000000
            profiles.csv | 3,.5,1        | many,.5,1      | profiles.csv:4: home right: demand_kW is 'many'
            profiles.csv | 3,.5,1        | 1e999,.5,1     | profiles.csv:4: home right: demand_kW is 1e999; 1000000000
            profiles.csv | 3,.5,1        | 1e300,.5,1     | profiles.csv:4: home right: demand_kW is 1e300
            profiles.csv | demand_kvar   | demand_kVAr    | profiles.csv:1: column demand_kvar is missing
            sessions.csv | b,n2          | a,n2           | sessions.csv:3: session a is listed twice
            sessions.csv | b,n2          | ,n2            | sessions.csv:3: the session has no id
            sessions.csv | b,n2,left,7   | b,n2,left,     | sessions.csv:3: session b: charger_kW is '', expected a number; Maybe a comma too many
            sessions.csv | b,n2,left,7   | b,n2,left,1e10 | sessions.csv:3: session b: charger_kW is 1e10, expected 0 to 1000000000
            sessions.csv | b,n2          | b,            | sessions.csv:3: session b: node is '', expected a node of the network two
            case.yaml    | stepsPerDay: 4 | stepsPerDay: 4\\nefficiency: 0.9 | case.yaml:; key efficiency is there twice, expected once; Maybe one of them is left over
            case.yaml    | stepsPerDay: 4 | loadGrowthRate: 0 | case.yaml: loadGrowthRate is 0.0, expected above 0 and at most 1.
            sessions.csv | b,n2          | b,n9           | sessions.csv:3: session b: node 'n9' is not in the network two
            sessions.csv | b,n2,left,7   | b,n2,left,0    | sessions.csv:3: session b: charger_kW is 0
            sessions.csv | b,n2,left,7   | b,n2,left,-7   | sessions.csv:3: session b: charger_kW is -7
            sessions.csv | b,n2,left,7,50 | b,n2,left,7,-1 | sessions.csv:3: session b: capacity_kWh is -1
            sessions.csv | 2,2,10,50     | 2,4,10,50      | sessions.csv:3: session b: depart_step is 4; 0 to 3
            sessions.csv | 2,2,10,50     | 2,2,60,50      | sessions.csv:3: session b: arrive_kWh is 60; 0 to capacity_kWh (50
            sessions.csv | 2,2,10,50     | 2,2,10,51      | sessions.csv:3: session b: depart_kWh is 51; 0 to capacity_kWh (50
            sessions.csv | 2,2,10,50     | 2,2,ten,50     | sessions.csv:3: session b: arrive_kWh is 'ten', expected a number
            sessions.csv | c,n2,,22,50,0,1,45,50 | c,n2,,2,50,0,1,20,50 | sessions.csv:4: session c cannot leave with 50.000 kWh; 18.600 kWh short; Maybe lower depart_kWh; --best-effort
            sessions.csv | c,n2,,22,50,0,1,45,50 | c,n2,,2,50,0,1,45,10 | sessions.csv:4: session c cannot leave with as little as 10.000 kWh; 32.368; Maybe raise depart_kWh
            sessions.csv | 50,5000       | 50,-1          | sessions.csv:3: session b: battery_gbp is -1; 0 to 1000000000
            case.yaml    | efficiency    | eficiency      | case.yaml: unknown key eficiency; Maybe efficiency
            case.yaml    | efficiency: 0.95 | efficiency: 95 | case.yaml: efficiency is 95; 0 to 1
            case.yaml    | efficiency: 0.95 | efficiency: 0 | case.yaml: efficiency is 0.0; above 0
            case.yaml    | stepsPerDay: 4 | stepsPerDay: 5000 | case.yaml: stepsPerDay is 5000; 1 to 1440
            case.yaml    | stepsPerDay: 4 | stepsPerDay: 7 | case.yaml: stepsPerDay is 7; Maybe 24, 48 or 96
            case.yaml    | stepsPerDay: 4 | stepsPerDay: 8 | tariff.csv: step 4 has no price
            case.yaml    | stepsPerDay: 4 | tieBreak: never | case.yaml: tieBreak is 'never'; earliest, latest, spread
            case.yaml    | stepsPerDay: 4 | allowExpansion: maybe | case.yaml: allowExpansion is "maybe"; true or false
            case.yaml    | stepsPerDay: 4 | reserveShare: 20 | case.yaml: reserveShare is 20; 0 to 1
            case.yaml    | stepsPerDay: 4 | losses: some  | case.yaml: losses is 'some', expected one of none, fixed
            case.yaml    | stepsPerDay: 4 | losses: fixed | case.yaml: lossShare is missing, expected 0 to 0.2; Maybe 0.001
            case.yaml    | stepsPerDay: 4 | lossShare: 0.05 | case.yaml: lossShare is 0.05, but losses is none; Maybe losses: fixed
            case.yaml    | stepsPerDay: 4 | losses: fixed\\nlossShare: 2 | case.yaml: lossShare is 2.0, expected 0 to 0.2; Maybe 0.02: a share, not percent
            case.yaml    | stepsPerDay: 4 | losses: fixed\\nlossShare: -1 | case.yaml: lossShare is -1.0, expected 0 to 0.2; Maybe 0.001
            case.yaml    | stepsPerDay: 4 | losses: fixed\\nlossShare: much | case.yaml: lossShare is "much", expected a number
            case.yaml    | stepsPerDay: 4 | network: other.json | other.json; no such file
            case.yaml    | stepsPerDay: 4 | network: [a]   | case.yaml: network is; expected a text
            network.json | "l2"          | "l1"           | network.json: line l1 is listed twice
            network.json | "from": "n1"  | "from": "n7"   | network.json: line l2 ends at node n7
            network.json | "format": "headroom-network/1" | "format": "other/1" | network.json: format is 'other/1', expected headroom-network/1
            network.json | "homes": 1    | "homes": -1    | network.json: nodes[0].homes is -1
            network.json | "length_m": 30 | "length_m": 0 | network.json: line l1: length_m is 0.0, expected > 0
            """)
    void a_fault_is_told_with_file_place_and_value(String name, String good, String bad, String parts)
            throws IOException {
        change(name, good, bad.replace("\\n", "\n"));

        Throwable fault = catchThrowable(this::read);

        assertThat(fault).isInstanceOf(InputException.class);
        assertThat(fault.getMessage()).startsWith(folder.toString()).contains(parts.split("; "));
    }

    @Test
    void a_reserve_above_what_a_session_leaves_with_is_told_with_its_row_and_what_would_do() throws IOException {
        change("case.yaml", "efficiency", "reserveShare: 0.75\nefficiency");
        change("sessions.csv", "c,n2,,22,50,0,1,45,50", "c,n2,,22,50,0,1,45,36.5");

        assertThatThrownBy(this::read)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("sessions.csv:4: session c: reserveShare is 0.75, which keeps 37.500 kWh")
                .hasMessageContaining("must leave with 36.500 kWh, expected 0 to 0.7300")
                .hasMessageContaining("Maybe raise depart_kWh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"network.json", "case.yaml", "tariff.csv", "profiles.csv", "sessions.csv"})
    void a_missing_file_is_named(String name) throws IOException {
        Files.delete(folder.resolve(name));

        assertThatThrownBy(this::read)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(folder.resolve(name) + ": no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"network.json", "case.yaml", "tariff.csv", "profiles.csv", "sessions.csv"})
    void an_empty_file_is_refused_by_name(String name) throws IOException {
        file(name, "");

        assertThatThrownBy(this::read)
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.resolve(name).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"network.json", "case.yaml", "tariff.csv", "profiles.csv", "sessions.csv"})
    void a_folder_in_a_files_place_is_refused_by_name(String name) throws IOException {
        Files.delete(folder.resolve(name));
        Files.createDirectory(folder.resolve(name));

        assertThatThrownBy(this::read)
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.resolve(name).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"network.json", "case.yaml", "tariff.csv", "profiles.csv", "sessions.csv"})
    void bytes_that_are_no_text_are_refused_by_name(String name) throws IOException {
        Files.write(
                folder.resolve(name), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 'x', '\n', (byte) 0xC3, '(', '"', '\n'});

        assertThatThrownBy(this::read)
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.resolve(name).toString());
    }

    @Test
    void a_folder_that_is_not_there_is_told_with_what_a_case_is() {
        assertThatThrownBy(() -> CaseFolder.read(folder.resolve("nowhere"), false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such folder", "case.yaml");
    }
}
