package org.headroom.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of a street of six homes, and of a study and a day on it that take moments. */
public final class TinyStudy {
    private static final String NETWORK = """
            { "format": "headroom-network/1", "name": "street", "base_V": 400,
              "voltageLimits_pu": [0.94, 1.10], "sourceVoltage_pu": 1.0,
              "substation": { "node": "S", "capacity_kVA": 60, "asset_gbpPerYear": 3000 },
              "nodes": [ { "id": "a", "homes": 3, "publicChargers": 0 }, { "id": "b", "homes": 3, "publicChargers": 0 } ],
              "lines": [ { "id": "Sa", "from": "S", "to": "a", "length_m": 40, "type": "95 Al", "r_ohm": 0.013, "x_ohm": 0.003,
                           "capacity_kVA": 60, "asset_gbpPerYear": 300 },
                         { "id": "ab", "from": "a", "to": "b", "length_m": 30, "type": "35 Al", "r_ohm": 0.026, "x_ohm": 0.0023,
                           "capacity_kVA": 50, "asset_gbpPerYear": 200 } ] }
            """;

    private static final String STUDY = """
            name: street
            seed: 7
            networks: { from: network.json, count: COUNT }
            households: { shares: { ret: 0.3, pro: 0.3, two-ev: 0.4 }, pvShare: 0.5 }
            days: { perSeason: DAYS }
            scenarios:
              - { name: often, charger_kW: 7, habit: graze }
            modes: [immediate, smart, v2g, v-v2v]
            """;

    private TinyStudy() {}

    /** Writes network and study; returns the study's file. */
    public static Path write(Path folder, int networks, int daysPerSeason) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("network.json"), NETWORK);
        return Files.writeString(
                folder.resolve("study.yaml"),
                STUDY.replace("COUNT", Integer.toString(networks)).replace("DAYS", Integer.toString(daysPerSeason)));
    }

    /** Writes a case of six steps: one car, a little PV. */
    static Path writeCase(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("network.json"), NETWORK);
        Files.writeString(folder.resolve("case.yaml"), "stepsPerDay: 6\n");
        Files.writeString(
                folder.resolve("tariff.csv"),
                "step,buy_gbpPerKWh,sell_gbpPerKWh\n0,.1,.05\n1,.1,.05\n2,.3,.05\n3,.3,.05\n4,.4,.05\n5,.3,.05\n");
        Files.writeString(
                folder.resolve("profiles.csv"),
                "node,step,demand_kW,demand_kvar,pv_kW\na,4,2,.6,0\nb,4,1,.3,0\nb,3,.5,.1,2\n");
        Files.writeString(folder.resolve("sessions.csv"), """
                id,node,charger_kW,capacity_kWh,arrive_step,depart_step,arrive_kWh,depart_kWh,battery_gbp
                car,a,7,50,4,2,10,40,5000
                """);
        return folder;
    }
}
