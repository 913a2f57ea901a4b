package org.headroom.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An asset that is expanded on several days is one asset expanded. */
class ExpandedAssetsTest {
    private static final String NETWORK = """
            { "format": "headroom-network/1", "name": "undersized", "base_V": 400,
              "voltageLimits_pu": [0.94, 1.10], "sourceVoltage_pu": 1.0,
              "substation": { "node": "S", "capacity_kVA": 1, "asset_gbpPerYear": 1000 },
              "nodes": [ { "id": "a", "homes": 6, "publicChargers": 0 } ],
              "lines": [ { "id": "Sa", "from": "S", "to": "a", "length_m": 30, "type": "95 Al", "r_ohm": 0.01, "x_ohm": 0.002,
                           "capacity_kVA": 136, "asset_gbpPerYear": 100 } ] }
            """;

    private static final String STUDY = """
            name: undersized
            networks: { from: network.json, count: 2 }
            households: { shares: { ret: 1.0 }, evPenetration: 0.0, pvShare: 0.0 }
            days: { perSeason: 2 }
            scenarios:
              - { name: only, charger_kW: 7, habit: guzzle }
            modes: [immediate]
            """;

    @Test
    void an_asset_expanded_on_every_day_counts_once_a_network(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("network.json"), NETWORK);
        Study study = StudyFile.read(Files.writeString(folder.resolve("study.yaml"), STUDY));
        try (StudyRunner runner = new StudyRunner(study, folder.resolve("out"), "test")) {
            runner.run(1, new StudyProgress() {
                @Override
                public void begin(int finished, int total) {}

                @Override
                public void advance() {}
            });
            var modes = runner.finish().scenarios().getFirst().modes();
            assertThat(modes.getFirst().expansions()).isEqualTo(2);
        }
    }
}
