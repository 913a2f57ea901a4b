package org.headroom.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A street of twelve homes on three joints, in files, and a study on it that takes seconds. */
final class StreetStudy {
    static final String NETWORK = """
            { "format": "headroom-network/1", "name": "street", "base_V": 400,
              "voltageLimits_pu": [0.94, 1.10], "sourceVoltage_pu": 1.0,
              "substation": { "node": "S", "capacity_kVA": 60, "asset_gbpPerYear": 3000 },
              "nodes": [ { "id": "a", "homes": 3, "publicChargers": 0 }, { "id": "b", "homes": 5, "publicChargers": 0 },
                         { "id": "c", "homes": 4, "publicChargers": 0 } ],
              "lines": [ { "id": "Sa", "from": "S", "to": "a", "length_m": 40, "type": "95 Al", "r_ohm": 0.013, "x_ohm": 0.003,
                           "capacity_kVA": 60, "asset_gbpPerYear": 300 },
                         { "id": "ab", "from": "a", "to": "b", "length_m": 30, "type": "35 Al", "r_ohm": 0.026, "x_ohm": 0.0023,
                           "capacity_kVA": 50, "asset_gbpPerYear": 200 },
                         { "id": "Sc", "from": "S", "to": "c", "length_m": 25, "type": "35 Al", "r_ohm": 0.022, "x_ohm": 0.002,
                           "capacity_kVA": 50, "asset_gbpPerYear": 150 } ] }
            """;

    static final String STUDY = """
            name: street
            seed: 7
            networks: { from: network.json, count: 2 }
            households: { shares: { ret: 0.3, pro: 0.3, two-ev: 0.4 }, evPenetration: 1.0, pvShare: 0.5 }
            days: { perSeason: 1 }
            scenarios:
              - { name: often, charger_kW: 7, habit: graze }
            modes: [immediate, smart, v2g, v-v2v]
            """;

    private StreetStudy() {}

    /** Writes network and study, the study's text changed first. */
    static Path write(Path folder, UnaryOperator<String> change) {
        return write(folder, NETWORK, change.apply(STUDY));
    }

    static Path write(Path folder, String network, String study) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("network.json"), network);
            return Files.writeString(folder.resolve("study.yaml"), study);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Study read(Path folder, UnaryOperator<String> change) {
        return StudyFile.read(write(folder, change));
    }

    /** Runs a study to its end. */
    static StudySummary run(Study study, Path out, int threads) {
        try (StudyRunner runner = new StudyRunner(study, out, "test")) {
            if (!runner.run(threads, SILENT)) {
                throw new AssertionError("stopped");
            }
            return runner.finish();
        }
    }

    static final StudyProgress SILENT = new StudyProgress() {
        @Override
        public void begin(int finished, int total) {}

        @Override
        public void advance() {}
    };
}
