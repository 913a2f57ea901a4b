package org.headroom.dispatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A dispatched day recomputed from its files alone: the case folder and the written schedule, by plain sums over maps, sharing
 * nothing with the product but the file formats.
 */
@NullUnmarked
final class WrittenDay {
    final Map<String, Double> energyAtDeparture_kWh = new HashMap<>();
    final Map<String, Double> wantedAtDeparture_kWh = new HashMap<>();
    final Map<String, Boolean> expanded = new HashMap<>();
    double lowestOverReserve_kWh = Double.MAX_VALUE;
    double highestOverCapacity_kWh = -Double.MAX_VALUE;
    double highestOverCharger_kW = -Double.MAX_VALUE;
    double worstEnergyRow_kWh;
    double energyCost_gbp;
    double degradation_gbp;
    double expansion_gbp;
    double presentValue_gbpPerYear;
    double substationPeak_kVA;
    double worstOverCapacity_kVA = -Double.MAX_VALUE;
    double lineLosses_kWh;
    double lowestVoltageMargin_pu = Double.MAX_VALUE;

    WrittenDay(Path caseFolder, Path result, String mode) throws IOException {
        JsonNode network = JsonMapper.shared().readTree(caseFolder.resolve("network.json"));
        JsonNode settings = new YAMLMapper().readTree(caseFolder.resolve("case.yaml"));
        int steps = settings.get("stepsPerDay").asInt();
        double hours = 24.0 / steps;
        double eta = settings.get("efficiency").asDouble();
        double reserveShare =
                settings.has("reserveShare") ? settings.get("reserveShare").asDouble() : 0;
        List<Map<String, String>> tariff = table(caseFolder.resolve("tariff.csv"));
        double[] buy = new double[steps];
        double[] sell = new double[steps];
        tariff.forEach(row -> {
            buy[step(row)] = number(row, "buy_gbpPerKWh");
            sell[step(row)] = number(row, "sell_gbpPerKWh");
        });

        Map<String, double[]> net_kW = new LinkedHashMap<>();
        Map<String, double[]> net_kvar = new LinkedHashMap<>();
        for (Map<String, String> row : table(result.resolve("pv.csv"))) {
            net_kW.computeIfAbsent(row.get("node"), key -> new double[steps])[step(row)] -= number(row, "used_kW");
        }
        for (Map<String, String> row : table(caseFolder.resolve("profiles.csv"))) {
            String node = row.get("node");
            net_kW.computeIfAbsent(node, key -> new double[steps])[step(row)] += number(row, "demand_kW");
            net_kvar.computeIfAbsent(node, key -> new double[steps])[step(row)] += number(row, "demand_kvar");
        }

        Map<String, Map<String, String>> sessions = new LinkedHashMap<>();
        table(caseFolder.resolve("sessions.csv")).forEach(row -> sessions.put(row.get("id"), row));
        Map<String, Double> energy = new HashMap<>();
        for (Map<String, String> row : table(result.resolve("schedule.csv"))) {
            Map<String, String> session = sessions.get(row.get("session"));
            double charge = number(row, "charge_kW");
            double discharge = number(row, "discharge_kW");
            double before = energy.getOrDefault(row.get("session"), number(session, "arrive_kWh"));
            double after = before + hours * (charge * eta - discharge / eta);
            energy.put(row.get("session"), after);
            worstEnergyRow_kWh = Math.max(worstEnergyRow_kWh, Math.abs(after - number(row, "energy_kWh")));
            double kept_kWh = Math.min(reserveShare * number(session, "capacity_kWh"), number(session, "arrive_kWh"));
            lowestOverReserve_kWh = Math.min(lowestOverReserve_kWh, after - kept_kWh);
            highestOverCapacity_kWh = Math.max(highestOverCapacity_kWh, after - number(session, "capacity_kWh"));
            highestOverCharger_kW =
                    Math.max(highestOverCharger_kW, Math.max(charge, discharge) - number(session, "charger_kW"));
            net_kW.computeIfAbsent(session.get("node"), key -> new double[steps])[step(row)] += charge - discharge;
            degradation_gbp += discharge
                    * hours
                    * settings.get("degradationPercentPerCycle").asDouble()
                    / 100
                    / number(session, "capacity_kWh")
                    * number(session, "battery_gbp");
        }
        energyAtDeparture_kWh.putAll(energy);
        sessions.forEach((id, row) -> wantedAtDeparture_kWh.put(id, number(row, "depart_kWh")));

        String root = network.get("substation").get("node").asString();
        Map<String, JsonNode> feeding = new HashMap<>();
        network.get("lines").forEach(line -> feeding.put(line.get("to").asString(), line));
        Map<String, double[]> flow_kW = new HashMap<>();
        Map<String, double[]> flow_kvar = new HashMap<>();
        carry(net_kW, feeding, root, flow_kW, steps);
        carry(net_kvar, feeding, root, flow_kvar, steps);
        // lines below their parents come last in the file, so a walk from the end meets every line after those below it
        double share = settings.has("lossShare") ? settings.get("lossShare").asDouble() : 0;
        if (share > 0) {
            flow_kW.values().forEach(row -> Arrays.fill(row, 0));
            net_kW.forEach((node, row) -> add(flow_kW.get(node), row));
            List<JsonNode> lines = new ArrayList<>();
            network.get("lines").forEach(lines::add);
            for (JsonNode line : lines.reversed()) {
                double[] delivered = flow_kW.get(line.get("to").asString());
                double[] lost = new double[steps];
                for (int t = 0; t < steps; t++) {
                    lost[t] = share * (delivered[t] < 0 ? -delivered[t] : delivered[t]);
                    lineLosses_kWh += hours * lost[t];
                }
                add(flow_kW.get(line.get("from").asString()), delivered);
                add(flow_kW.get(line.get("from").asString()), lost);
            }
        }
        if (mode.equals("v-v2v")) {
            energyCost_gbp = bill(flow_kW.get(root), buy, sell, hours);
        } else {
            net_kW.values().forEach(row -> energyCost_gbp += bill(row, buy, sell, hours));
        }

        table(result.resolve("assets.csv"))
                .forEach(row -> expanded.put(row.get("asset"), Boolean.parseBoolean(row.get("expanded"))));
        double kappa = Math.log(1 + settings.get("discountRate").asDouble())
                / Math.log(1 + settings.get("loadGrowthRate").asDouble());
        int segments = settings.get("apvSegments").asInt();
        substationPeak_kVA = peak(flow_kW.get(root), flow_kvar.get(root));
        asset(network.get("substation"), substationPeak_kVA, expanded.get("substation"), kappa, segments);
        network.get("lines").forEach(line -> {
            String node = line.get("to").asString();
            double peak_kVA = peak(entering(flow_kW.get(node), share), flow_kvar.get(node));
            asset(line, peak_kVA, expanded.get(line.get("id").asString()), kappa, segments);
        });

        double base_V = network.get("base_V").asDouble();
        for (JsonNode line : network.get("lines")) {
            for (int t = 0; t < steps; t++) {
                double u = network.get("sourceVoltage_pu").asDouble();
                for (String node = line.get("to").asString(); !node.equals(root); ) {
                    JsonNode above = feeding.get(node);
                    u -= 1000
                            * (above.get("r_ohm").asDouble() * flow_kW.get(node)[t]
                                    + above.get("x_ohm").asDouble() * flow_kvar.get(node)[t])
                            / (base_V * base_V);
                    node = above.get("from").asString();
                }
                lowestVoltageMargin_pu = Math.min(
                        lowestVoltageMargin_pu,
                        Math.min(
                                u - network.get("voltageLimits_pu").get(0).asDouble(),
                                network.get("voltageLimits_pu").get(1).asDouble() - u));
            }
        }
    }

    private void asset(JsonNode asset, double peak_kVA, boolean expanded, double kappa, int segments) {
        double capacity = asset.get("capacity_kVA").asDouble();
        double value = asset.get("asset_gbpPerYear").asDouble();
        worstOverCapacity_kVA = Math.max(worstOverCapacity_kVA, peak_kVA - capacity * (expanded ? 2 : 1));
        if (expanded) {
            expansion_gbp += value / 365;
            return;
        }
        double x = Math.min(peak_kVA / capacity, 1) * segments;
        double lower = Math.min(Math.floor(x), segments - 1);
        double low = Math.pow(lower / segments, kappa);
        double high = Math.pow((lower + 1) / segments, kappa);
        presentValue_gbpPerYear += value * (low + (high - low) * (x - lower));
    }

    /** Adds every node's power to each line on its way to the substation; the root's entry is the substation. */
    private static void carry(
            Map<String, double[]> nodal,
            Map<String, JsonNode> feeding,
            String root,
            Map<String, double[]> flow,
            int steps) {
        feeding.keySet().forEach(node -> flow.put(node, new double[steps]));
        flow.put(root, new double[steps]);
        nodal.forEach((node, row) -> {
            for (String at = node; ; at = feeding.get(at).get("from").asString()) {
                for (int t = 0; t < steps; t++) {
                    flow.get(at)[t] += row[t];
                }
                if (at.equals(root)) {
                    break;
                }
            }
        });
    }

    private static void add(double[] sum, double[] row) {
        for (int t = 0; t < sum.length; t++) {
            sum[t] += row[t];
        }
    }

    /** Flow at the upper end where it goes down, at the lower end where it goes up. */
    private static double[] entering(double[] delivered, double share) {
        return Arrays.stream(delivered).map(p -> p > 0 ? (1 + share) * p : p).toArray();
    }

    private static double peak(double[] kW, double[] kvar) {
        double peak = 0;
        for (int t = 0; t < kW.length; t++) {
            peak = Math.max(peak, Math.sqrt(kW[t] * kW[t] + kvar[t] * kvar[t]));
        }
        return peak;
    }

    private static double bill(double[] net, double[] buy, double[] sell, double hours) {
        double cost = 0;
        for (int t = 0; t < net.length; t++) {
            cost += hours * (net[t] >= 0 ? buy[t] * net[t] : sell[t] * net[t]);
        }
        return cost;
    }

    private static int step(Map<String, String> row) {
        return Integer.parseInt(row.get("step"));
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    /** Rows of a plain CSV table, by column name. */
    static List<Map<String, String>> table(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] header = lines.getFirst().split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], fields[i]);
            }
            rows.add(row);
        }
        assert Arrays.stream(header).distinct().count() == header.length;
        return rows;
    }
}
