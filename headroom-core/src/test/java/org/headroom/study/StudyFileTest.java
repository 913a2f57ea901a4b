package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.Expansion;
import org.headroom.dispatch.Losses;
import org.headroom.dispatch.TieBreak;
import org.headroom.input.InputException;
import org.headroom.network.AssetValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A study's file: what it says, what it refuses and how. */
class StudyFileTest {
    @TempDir
    private Path folder;

    private Study read(String text) throws IOException {
        return StudyFile.read(Files.writeString(folder.resolve("study.yaml"), text));
    }

    @Test
    void the_default_study_is_the_embedded_network_under_three_scenarios_and_four_modes() {
        Study study = StudyFile.embedded();

        assertThat(study.networks()).containsExactly("british-118");
        assertThat(study.scenarios()).extracting(Scenario::name).containsExactly("I", "II", "III");
        assertThat(study.modes()).extracting(ChargingMode::label).containsExactly("immediate", "smart", "v2g", "v-v2v");
        assertThat(study.daysPerSeason()).isEqualTo(7);
    }

    @Test
    void the_template_is_the_default_study() throws IOException {
        Path file = folder.resolve("mine.yaml");
        StudyFile.init(file);

        assertThat(StudyFile.read(file)).isEqualTo(StudyFile.embedded());
    }

    @Test
    void the_template_does_not_replace_a_file() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "precious");

        assertThatThrownBy(() -> StudyFile.init(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is a file already");
        assertThat(file).hasContent("precious");
    }

    @Test
    void the_resolved_default_study_reads_back_the_same() throws IOException {
        String resolved = StudyFile.write(StudyFile.embedded());

        assertThat(read(resolved)).isEqualTo(StudyFile.embedded());
        assertThat(StudyFile.write(read(resolved))).isEqualTo(resolved);
    }

    @Test
    void a_resolved_study_with_no_default_left_reads_back_the_same() throws IOException {
        Study study = read("""
                name: all
                seed: -12
                networks: { from: [british-118, n.json], count: 5, reduce: chains, transformer_kVA: 315, assetValues_gbpPerYear: [1, 2.5] }
                households:
                  shares: { two-ev: 1 }
                  evPenetration: 0.25
                  pvShare: 0
                  mobility: paper
                  demand: demand.csv
                  pv: pv.json
                tariff: prices.csv
                days: { perSeason: 3, stepsPerDay: 48 }
                scenarios: [ { name: x, charger_kW: 3.6, habit: graze } ]
                modes: [v-v2v, smart]
                dispatch:
                  degradationPercentPerCycle: 0.02
                  discountRate: 0.06
                  loadGrowthRate: 0.03
                  apvSegments: 7
                  expansion: optimal
                  tieBreak: spread
                  presentValueDays: 1
                  losses: fixed
                  lossShare: 0.03
                  reserveShare: 0.15
                  battery_gbpPerKWh: 55.5
                sharing: { priceShare: 0.25 }
                """);
        String resolved = StudyFile.write(study);

        assertThat(study.findAssetValues()).isEqualTo(new AssetValues(1, 2.5));
        assertThat(study.dispatch().expansion()).isEqualTo(Expansion.OPTIMAL);
        assertThat(study.dispatch().tieBreak()).isEqualTo(TieBreak.SPREAD);
        assertThat(study.dispatch().losses()).isEqualTo(new Losses.Fixed(0.03));
        assertThat(study.dispatch().reserveShare()).isEqualTo(0.15);
        assertThat(study.findDemand()).isEqualTo(folder.resolve("demand.csv"));
        assertThat(read(resolved)).isEqualTo(study);
        assertThat(StudyFile.write(read(resolved))).isEqualTo(resolved);
    }

    @Test
    void the_mean_demand_of_homes_can_be_set_and_reads_back() throws IOException {
        String text = StudyFile.write(StudyFile.embedded())
                .replaceFirst("annualDemand_kWh: [0-9.]+", "annualDemand_kWh: 4200");
        Study study = read(text);

        assertThat(study.annualDemand_kWh()).isEqualTo(4200);
        assertThat(read(StudyFile.write(study))).isEqualTo(study);
    }

    @Test
    void a_mean_demand_beside_measured_profiles_is_refused() {
        String text = StudyFile.write(StudyFile.embedded()).replaceFirst("demand: typical", "demand: demand.csv");

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("annualDemand_kWh")
                .hasMessageContaining("measured profiles");
    }

    @Test
    void days_that_are_looked_into_read_back() throws IOException {
        Study study = read(StreetStudy.STUDY.replace("perSeason: 1", "perSeason: 4")
                + "sharing: { decomposeDays: 2, boundsDays: 3 }\n");

        assertThat(study.sharing()).isEqualTo(new SharingSettings(0.5, 2, 3));
        assertThat(read(StudyFile.write(study))).isEqualTo(study);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1", "007", "1e3", "1_000", "0x1F", "1.0", ".5", "12:30:45", "2024-01-01", "true", "no", "null", "~",
                        "-", "a: b",
                "# x", "it's", "\\\"q\\\"", "two\\nlines", " lead", "trail ", "[x]", "{x}", "&a", "*a", "!t", "%", "@",
                        "`", "ünï",
                "-7", "+1", "NaN", ".inf", "y"
            })
    void any_scenario_name_reads_back_from_the_resolved_study(String name) throws IOException {
        Study study = read(StreetStudy.STUDY.replace("name: often", "name: \"%s\"".formatted(name)));

        assertThat(read(StudyFile.write(study))).isEqualTo(study);
    }

    @Test
    void a_network_is_found_beside_the_study_wherever_that_lies() throws IOException {
        Path sub = Files.createDirectories(folder.resolve("deep"));
        Path file = Files.writeString(
                sub.resolve("study.yaml"), StreetStudy.STUDY.replace("network.json", "../street/network.json"));

        assertThat(StudyFile.read(file).networks())
                .containsExactly(
                        folder.resolve("street/network.json").toAbsolutePath().toString());
    }

    @Test
    void every_network_is_studied_where_no_count_is_given() throws IOException {
        assertThat(read(StreetStudy.STUDY.replace("from: network.json, count: 2", "from: [a.json, b.json, c.json]"))
                        .draws())
                .isEqualTo(3);
    }

    @Test
    void own_networks_give_the_default_study_their_names() {
        Study study = StudyFile.onNetworks(List.of(folder.resolve("x.json").toString(), "british-118"));

        assertThat(study.name()).isEqualTo("x.json, british-118");
        assertThat(study.draws()).isEqualTo(5);
        assertThat(study.scenarios()).isEqualTo(StudyFile.embedded().scenarios());
    }

    /** What is changed in a good study | what it becomes | what the message must hold, separated by semicolons. */
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name: street                | nmae: street                    | unknown key nmae; Maybe name
            perSeason: 1                | perSeason: 1, stepPerDay: 48    | unknown key days.stepPerDay; Maybe stepsPerDay
            count: 2                    | count: 2, cuont: 3              | unknown key networks.cuont; Maybe count
            pvShare: 0.5                | pvshare: 0.5                    | unknown key households.pvshare; Maybe pvShare
            habit: graze                | habit: graze, hobby: x          | unknown key scenarios[0].hobby; known are name, charger_kW, habit
            ret: 0.3                    | ret: 0.4                        | households.shares; 1.1; expected 1
            ret: 0.3                    | rat: 0.3                        | households.shares names 'rat'; ret, pro, two-ev; Maybe ret
            ret: 0.3                    | ret: -0.3                       | shares.ret is -0.3; expected 0 to 1
            ret: 0.3                    | ret: much                       | shares.ret is "much"; expected a number
            count: 2                    | similar: 1                      | networks.similar is 1; true or false
            count: 2                    | count: 0                        | networks.count is 0; expected 1 to
            count: 2                    | count: 2.5                      | networks.count is 2.5; expected a whole number
            count: 2                    | reduce: joint                   | networks.reduce is 'joint'; none, chains, joints
            count: 2                    | transformer_kVA: -5             | networks.transformer_kVA is -5; expected 1 to
            count: 2                    | assetValues_gbpPerYear: [1]     | networks.assetValues_gbpPerYear has 1 elements; expected two
            count: 2                    | assetValues_gbpPerYear: [1, -2] | networks.assetValues_gbpPerYear is -2; expected 0 to
            count: 2                    | transformer_kVA: big            | networks.transformer_kVA is "big"; expected a number
            from: network.json, count: 2 | from: []                       | networks.from names no network
            from: network.json, count: 2 | count: 2                       | key networks.from is missing
            from: network.json, count: 2 | from: [a, b, c], count: 2      | networks.count is 2; expected at least 1 for each of the 3 networks
            from: network.json          | from: [[network.json]]          | networks.from; expected
            from: network.json          | from: { a: b }                  | networks.from; expected a list
            modes: [immediate, smart, v2g, v-v2v] | stop: { metric: energyCost }    | stop.halfWidth is missing
            modes: [immediate, smart, v2g, v-v2v] | stop: { metric: energyCost, halfWidth: 2 } | stop.halfWidth is 2
            modes: [immediate, smart, v2g, v-v2v] | stop: { metric: energyCost, halfWidth: 0.1, wide: 1 } | unknown key stop.wide
            modes: [immediate, smart, v2g, v-v2v] | stop: { metric: substationPek, halfWidth: 0.1 } | stop.metric is 'substationPek'; Maybe substationPeak
            perSeason: 1                | perSeason: 0                    | days.perSeason is 0; expected 1 to 364
            perSeason: 1                | perSeason: 365                  | days.perSeason is 365; expected 1 to 364
            perSeason: 1                | perSeason: one                  | days.perSeason is "one"; expected a number
            perSeason: 1                | perSeason: .nan                 | days.perSeason is; expected
            perSeason: 1                | perSeason: 1e999                | days.perSeason is; expected 1 to 364
            perSeason: 1                | stepsPerDay: 24                 | key days.perSeason is missing
            perSeason: 1                | perSeason: 1, stepsPerDay: 0    | days.stepsPerDay is 0; expected 1 to 1440
            perSeason: 1                | perSeason: 1, stepsPerDay: 25   | stepsPerDay must divide a day; 25
            days: { perSeason: 1 }      | days: 7                         | days is 7; expected keys and values
            v2g, v-v2v                  | v2g, vv2v                       | modes; 'vv2v'; immediate, smart, v2g, v-v2v; Maybe v-v2v
            v2g, v-v2v                  | v2g, v2g                        | modes lists a mode twice
            [immediate, smart, v2g, v-v2v] | []                           | at least one scenario and one mode
            [immediate, smart, v2g, v-v2v] | [ { a: b } ]                 | modes; expected
            [immediate, smart, v2g, v-v2v] | [ null ]                     | modes; expected
            habit: graze                | habit: grase                    | scenarios[0].habit is 'grase'; guzzle, graze; Maybe graze
            charger_kW: 7               | charger_kW: -7                  | scenarios[0].charger_kW is -7; expected 0 to 1000
            charger_kW: 7               | charger_kW: 0                   | scenario often: charger_kW is 0; expected above 0
            charger_kW: 7               | charger_kW: 7 kW                | scenarios[0].charger_kW is "7 kW"; expected a number
            charger_kW: 7,              | charger_W: 7000,                | key scenarios[0].charger_kW is missing; Maybe charger_W is meant
            name: often,                | ``                              | key scenarios[0].name is missing
            name: often                 | name: ''                        | name must not be blank
            habit: graze }              | habit: graze }\\n  - { name: often, charger_kW: 3, habit: graze } | scenario often is listed twice
            evPenetration: 1.0          | evPenetration: 100              | households.evPenetration is 100; expected 0 to 1
            pvShare: 0.5                | pvShare: 50                     | households.pvShare is 50; expected 0 to 1
            seed: 7                     | seed: 1.5                       | seed is 1.5; expected a whole number
            seed: 7                     | seed: 1e30                      | seed is; expected
            seed: 7                     | tariff: [a]                     | tariff is; expected a text
            seed: 7                     | dispatch: { tieBreak: first }   | dispatch.tieBreak is 'first'; earliest, latest, spread
            seed: 7                     | dispatch: { expansion: yes }    | dispatch.expansion; never, needed, optimal
            seed: 7                     | dispatch: { discountRate: 5 }   | dispatch.discountRate is 5; expected 0 to 1
            seed: 7                     | dispatch: { discountRate: 0.01 } | discountRate is 0.01; at least loadGrowthRate
            seed: 7                     | dispatch: { apvSegments: 0 }    | dispatch.apvSegments is 0; expected 1 to 1000
            seed: 7                     | dispatch: { presentValueDays: 0 } | dispatch.presentValueDays is 0; expected 1 to 366
            seed: 7                     | dispatch: { losses: fixed, lossShare: 3 } | dispatch.lossShare is 3.0; expected 0 to 0.2; Maybe 0.03
            seed: 7                     | dispatch: { reserveShare: 1.5 } | dispatch.reserveShare is 1.5; expected 0 to 1
            seed: 7                     | dispatch: { battery_gbpPerKWh: -1 } | dispatch.battery_gbpPerKWh is -1; expected 0 to
            seed: 7                     | sharing: { priceShare: 2 }      | sharing.priceShare is 2; expected 0 to 1
            seed: 7                     | sharing: { decomposeDays: 2 }   | sharing.decomposeDays is 2; expected 0 to days.perSeason (1)
            seed: 7                     | sharing: { boundsDays: -1 }     | sharing.boundsDays is -1; expected 0 to 364
            [immediate, smart, v2g, v-v2v] | [immediate, v-v2v]\\nsharing: { decomposeDays: 1 } | sharing.decomposeDays is 1; unless modes has v2g and v-v2v
            [immediate, smart, v2g, v-v2v] | [immediate, v-v2v]\\nsharing: { boundsDays: 1 } | sharing.boundsDays is 1; unless modes has smart or v2g
            seed: 7                     | sharing: { boundsDays: 1 }\\ndispatch: { losses: fixed, lossShare: 0.01 } | 0 and 1, expected 0 with losses: fixed
            seed: 7                     | sharing: { priceshare: 0.5 }    | unknown key sharing.priceshare; Maybe priceShare
            seed: 7                     | seed: 7                         | ``
            """)
    void a_fault_is_one_message_naming_key_value_and_what_is_expected(String good, String bad, String parts)
            throws IOException {
        assertThat(StreetStudy.STUDY).contains(good);
        String text = StreetStudy.STUDY.replace(good, bad.replace("\\n", "\n"));
        if (parts.isEmpty()) { // the study that all of these change is good
            assertThat(read(text).name()).isEqualTo("street");
            return;
        }

        Throwable fault = catchThrowable(() -> read(text));

        assertThat(fault).isInstanceOf(InputException.class);
        assertThat(fault.getMessage())
                .contains(folder.resolve("study.yaml").toString())
                .contains(parts.split("; "));
    }

    /** What is at fault only once the inputs are read. */
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            from: network.json    | from: nowhere.json             | nowhere.json; no such file or folder
            from: network.json    | from: .                        | not a network in a known format
            seed: 7               | dispatch: { reserveShare: 0.81 } | dispatch.reserveShare is 0.81, expected 0 to 0.8; targetSoc of mobility paper
            from: network.json    | from: study.yaml               | not a network in a known format
            seed: 7               | tariff: time-of-us             | tariff 'time-of-us' is not known; Maybe time-of-use
            seed: 7               | tariff: prices.csv             | prices.csv; no such file
            evPenetration: 1.0    | mobility: papr                 | papr; shipped are: paper, uk
            evPenetration: 1.0    | mobility: nowhere.yaml         | nowhere.yaml; neither shipped nor a file
            evPenetration: 1.0    | demand: nowhere.csv            | nowhere.csv; no such file
            evPenetration: 1.0    | pv: nowhere.json               | nowhere.json; no such file
            evPenetration: 1.0    | demand: .                      | no such file
            """)
    void an_input_that_is_missing_is_named(String good, String bad, String parts) throws IOException {
        assertThat(StreetStudy.STUDY).contains(good);
        Study study = StudyFile.read(StreetStudy.write(folder, text -> text.replace(good, bad)));

        Throwable fault = catchThrowable(() -> new StudyInputs(study));

        assertThat(fault).isInstanceOf(InputException.class);
        assertThat(fault.getMessage()).contains(parts.split("; "));
    }

    @Test
    void a_network_without_homes_is_refused() throws IOException {
        Study study = StudyFile.read(StreetStudy.write(
                folder, StreetStudy.NETWORK.replaceAll("\"homes\": \\d", "\"homes\": 0"), StreetStudy.STUDY));

        assertThatThrownBy(() -> new StudyInputs(study))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("network street has no homes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "# only a comment\n",
                "just text",
                "[1, 2]",
                "a: [",
                "a: b: c",
                "\t- x",
                "a: 1\na: 2",
                "\u0000"
            })
    void text_that_is_no_study_is_refused_with_the_files_name(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class).hasMessageContaining("study.yaml");
    }

    @Test
    void a_network_cut_off_is_told_with_its_line_and_nothing_of_the_parser() throws IOException {
        Study study =
                StudyFile.read(StreetStudy.write(folder, StreetStudy.NETWORK.substring(0, 300), StreetStudy.STUDY));

        assertThatThrownBy(() -> new StudyInputs(study))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("network.json:4: ")
                .hasMessageContaining("Maybe the file is cut off")
                .hasMessageNotContaining("REDACTED");
    }

    @Test
    void bytes_that_are_no_text_are_refused() throws IOException {
        Path file = Files.write(folder.resolve("study.yaml"), new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF});

        assertThatThrownBy(() -> StudyFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void shares_of_no_household_are_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("study.yaml"), """
                networks: { from: british-118 }
                households: { shares: {} }
                days: { perSeason: 1 }
                scenarios: [ { name: I, charger_kW: 7, habit: guzzle } ]
                """);

        assertThatThrownBy(() -> StudyFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("households.shares is empty");
    }

    @Test
    void a_folder_is_no_study() {
        assertThatThrownBy(() -> StudyFile.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a folder");
    }
}
