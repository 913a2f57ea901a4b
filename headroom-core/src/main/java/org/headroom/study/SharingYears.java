package org.headroom.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.PartialSharing;
import org.headroom.dispatch.PresentValueCurve;
import org.headroom.dispatch.sharing.EnergyByKind;
import org.headroom.dispatch.sharing.FairSplit;
import org.headroom.dispatch.sharing.SharedEnergy;
import org.headroom.dispatch.sharing.Sink;
import org.headroom.dispatch.sharing.Source;
import org.headroom.mobility.HouseholdKind;
import org.headroom.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * The year of every network whose trials are finished, as far as sharing goes: energy by kind, bills, gains, what they are made of.
 * Networks are added one by one; of each, only sums by kind of household stay in memory, and the bills in a table of the store.
 */
final class SharingYears {
    /** The store's table of every payer's year, networks in order. */
    static final String BILLS = "annualBills";

    private static final String V2G = new ChargingMode.VehicleToGrid().label();
    private static final String V_V2V = new ChargingMode.VirtualVehicleToVehicle().label();

    private final Study study;
    private final TrialStore store;
    private final PresentValueCurve curve;
    private final Map<ModeKey, List<Energy>> energies = new HashMap<>();
    private final Map<ModeKey, Map<Kind, List<Bill>>> bills = new HashMap<>();
    private final Map<String, List<NetworkGain>> gains = new HashMap<>();
    private final Map<String, List<Whole>> wholes = new HashMap<>();
    private final Map<ModeKey, List<Range>> ranges = new HashMap<>();
    private final Map<String, Integer> daysTakenApart = new HashMap<>();
    private final Map<String, Integer> daysBounded = new HashMap<>();

    SharingYears(Study study, TrialStore store) {
        this.study = study;
        this.store = store;
        this.curve = PresentValueCurve.of(study.dispatch());
        store.execute("""
                CREATE TABLE %s(
                  scenario VARCHAR, network INTEGER, mode VARCHAR, home VARCHAR, node VARCHAR, kind VARCHAR, pv_kW DOUBLE,
                  energy_gbpPerYear DOUBLE, wear_gbpPerYear DOUBLE, transfer_gbpPerYear DOUBLE)
                """.formatted(BILLS));
    }

    record ModeKey(String scenario, String mode) {}

    /** Kind of a payer: who lives there, and whether there is PV. */
    record Kind(String name, boolean pv) {}

    /** A network's year under a mode: energy by kind, kWh. */
    record Energy(EnergyByKind own, EnergyByKind between, double batteryLosses) {
        SharedEnergy shared() {
            return SharedEnergy.of(own, between, batteryLosses);
        }
    }

    /** A year of the payers of one kind in a network: how many, and what one of them pays. */
    record Bill(int payers, double energy_gbp, double wear_gbp) {}

    /** What a payer pays in a year. */
    private record Payer(int index, double energy_gbp, double wear_gbp) {
        double cost_gbp() {
            return energy_gbp + wear_gbp;
        }
    }

    /** Gains of one kind of payer in a network; means are of one payer. */
    record GainOfKind(int payers, int gaining, int losing, double gain_gbp, double after_gbp) {}

    record NetworkGain(double sum_gbp, double largestLoss_gbp, boolean fair, Map<Kind, GainOfKind> kinds) {}

    /** Figures of a network by combination of parts, over the days looked at. */
    static final class Whole {
        final double[] peak_kW = new double[PartialSharing.COMBINATIONS];
        final double[] presentValue_gbp = new double[PartialSharing.COMBINATIONS];
        final double[] cost_gbp = new double[PartialSharing.COMBINATIONS];
    }

    record Range(double lowest_kVA, double chosen_kVA, double highest_kVA) {}

    /** Adds the network that was loaded last. */
    void addLoaded(Community community) {
        readEnergies(community.index());
        readBills(community);
        readParts(community);
        readRanges();
        countDays("gainParts", daysTakenApart);
        countDays("peakRanges", daysBounded);
    }

    private void countDays(String table, Map<String, Integer> days) {
        store.query(
                "SELECT scenario, count(DISTINCT day) FROM %s GROUP BY scenario".formatted(table),
                row -> days.merge(row.getString(1), (int) row.getLong(2), Integer::sum));
    }

    /** Energy of each network. */
    List<Energy> energies(ModeKey key) {
        return energies.getOrDefault(key, List.of());
    }

    /** Bills of each network that has payers of the kind. */
    Map<Kind, List<Bill>> bills(ModeKey key) {
        return bills.getOrDefault(key, Map.of());
    }

    /** Gains of each network on which both V2G and V-V2V have bills. */
    List<NetworkGain> gains(String scenario) {
        return gains.getOrDefault(scenario, List.of());
    }

    /** What gains are made of, of each network that has days taken apart. */
    List<Whole> wholes(String scenario) {
        return wholes.getOrDefault(scenario, List.of());
    }

    /** Ranges of the peak of each network that has days bounded. */
    List<Range> ranges(ModeKey key) {
        return ranges.getOrDefault(key, List.of());
    }

    /** Days of all networks on which V-V2V's gain could be taken apart. */
    int daysTakenApart(String scenario) {
        return daysTakenApart.getOrDefault(scenario, 0);
    }

    /** Days of all networks on which the peaks that ties leave open could be bounded. */
    int daysBounded(String scenario) {
        return daysBounded.getOrDefault(scenario, 0);
    }

    private void readEnergies(int network) {
        Map<ModeKey, Energy> ofNetwork = new LinkedHashMap<>();
        store.query(
                """
                SELECT scenario, mode, 365 * sum(weight_days * batteryLosses_kWh) / sum(weight_days)
                FROM (SELECT * FROM settlements ORDER BY scenario, mode, day)
                GROUP BY ALL ORDER BY scenario, mode
                """,
                row -> ofNetwork.put(
                        new ModeKey(row.getString(1), row.getString(2)),
                        new Energy(new EnergyByKind(1), new EnergyByKind(1), row.getDouble(3))));
        store.query("""
                WITH days AS (SELECT scenario, mode, sum(weight_days) AS days
                              FROM (SELECT * FROM settlements ORDER BY scenario, mode, day) GROUP BY ALL)
                SELECT scenario, mode, source, sink, own, 365 * energy_kWh / days FROM (
                  SELECT scenario, mode, source, sink, own, sum(weight_days * list_sum(energy_kWh)) AS energy_kWh
                  FROM (SELECT * FROM ledger WHERE network = %d ORDER BY scenario, mode, source, sink, own, day)
                  GROUP BY ALL) JOIN days USING (scenario, mode)
                """.formatted(network), row -> {
            Energy energy = ofNetwork.get(new ModeKey(row.getString(1), row.getString(2)));
            if (energy == null) {
                throw new IllegalStateException("a ledger without a settlement, network " + network);
            }
            (row.getBoolean(5) ? energy.own() : energy.between())
                    .add(source(row.getString(3)), sink(row.getString(4)), 0, row.getDouble(6));
            return energy;
        });
        ofNetwork.forEach((key, energy) ->
                energies.computeIfAbsent(key, k -> new ArrayList<>()).add(energy));
    }

    private static Source source(String label) {
        return Arrays.stream(Source.values())
                .filter(s -> s.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static Sink sink(String label) {
        return Arrays.stream(Sink.values())
                .filter(s -> s.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private void readBills(Community community) {
        Map<ModeKey, List<Payer>> payers = new LinkedHashMap<>();
        store.query(
                """
                SELECT scenario, mode, payer, 365 * sum(weight_days * energy_gbp) / sum(weight_days),
                       365 * sum(weight_days * wear_gbp) / sum(weight_days)
                FROM (SELECT scenario, mode, weight_days, generate_subscripts(energy_gbp, 1) - 1 AS payer,
                             unnest(energy_gbp) AS energy_gbp, unnest(wear_gbp) AS wear_gbp
                      FROM (SELECT * FROM settlements ORDER BY scenario, mode, day))
                GROUP BY ALL ORDER BY scenario, mode, payer
                """,
                row -> payers.computeIfAbsent(new ModeKey(row.getString(1), row.getString(2)), k -> new ArrayList<>())
                        .add(new Payer((int) row.getLong(3), row.getDouble(4), row.getDouble(5))));
        for (Scenario scenario : study.scenarios()) {
            List<Payer> before = payers.get(new ModeKey(scenario.name(), V2G));
            List<Payer> after = payers.get(new ModeKey(scenario.name(), V_V2V));
            double @Nullable [] transfers_gbp =
                    before == null || after == null ? null : addGains(scenario.name(), community, before, after);
            for (ChargingMode mode : study.modes()) {
                ModeKey key = new ModeKey(scenario.name(), mode.label());
                List<Payer> ofMode = payers.get(key);
                if (ofMode != null) {
                    addBills(key, community, ofMode);
                    insert(key, community, ofMode, mode.label().equals(V_V2V) ? transfers_gbp : null);
                }
            }
        }
    }

    /** Counts who gains in a network; returns what each payer gets by the transfers, or null where no split is fair. */
    private double @Nullable [] addGains(String scenario, Community community, List<Payer> before, List<Payer> after) {
        double[] gain_gbp = new double[Math.min(before.size(), after.size())];
        for (int p = 0; p < gain_gbp.length; p++) {
            gain_gbp[p] = before.get(p).cost_gbp() - after.get(p).cost_gbp();
        }
        boolean fair = FairSplit.exists(gain_gbp);
        double[] split_gbp = fair ? FairSplit.after_gbp(gain_gbp) : gain_gbp;
        Map<Kind, List<Integer>> byKind = new LinkedHashMap<>();
        for (int p = 0; p < gain_gbp.length; p++) {
            byKind.computeIfAbsent(kind(community, p), k -> new ArrayList<>()).add(p);
        }
        Map<Kind, GainOfKind> kinds = new LinkedHashMap<>();
        byKind.forEach((kind, members) -> kinds.put(
                kind,
                new GainOfKind(
                        members.size(),
                        (int) members.stream()
                                .filter(p -> gain_gbp[p] >= FairSplit.HALF_A_PENNY)
                                .count(),
                        (int) members.stream()
                                .filter(p -> gain_gbp[p] <= -FairSplit.HALF_A_PENNY)
                                .count(),
                        members.stream().mapToDouble(p -> gain_gbp[p]).average().orElseThrow(),
                        fair
                                ? members.stream()
                                        .mapToDouble(p -> split_gbp[p])
                                        .average()
                                        .orElseThrow()
                                : Double.NaN)));
        gains.computeIfAbsent(scenario, s -> new ArrayList<>())
                .add(new NetworkGain(
                        Arrays.stream(gain_gbp).sum(),
                        Math.max(0, -Arrays.stream(gain_gbp).min().orElse(0)),
                        fair,
                        kinds));
        if (!fair) {
            return null;
        }
        double[] transfers_gbp = new double[gain_gbp.length];
        for (int p = 0; p < transfers_gbp.length; p++) {
            transfers_gbp[p] = split_gbp[p] - gain_gbp[p];
        }
        return transfers_gbp;
    }

    private void addBills(ModeKey key, Community community, List<Payer> payers) {
        Map<Kind, List<Payer>> byKind = payers.stream()
                .collect(Collectors.groupingBy(
                        payer -> kind(community, payer.index()), LinkedHashMap::new, Collectors.toList()));
        byKind.forEach((kind, members) -> bills.computeIfAbsent(key, k -> new HashMap<>())
                .computeIfAbsent(kind, k -> new ArrayList<>())
                .add(new Bill(
                        members.size(),
                        members.stream()
                                .mapToDouble(Payer::energy_gbp)
                                .average()
                                .orElseThrow(),
                        members.stream().mapToDouble(Payer::wear_gbp).average().orElseThrow())));
    }

    private void insert(ModeKey key, Community community, List<Payer> payers, double @Nullable [] transfers_gbp) {
        List<String> ids = community.payerIds();
        int[] nodes = community.nodesOfPayers();
        store.append(BILLS, rows -> {
            for (Payer payer : payers) {
                rows.beginRow();
                rows.append(key.scenario());
                rows.append(community.index());
                rows.append(key.mode());
                rows.append(ids.get(payer.index()));
                rows.append(community.network().node(nodes[payer.index()]).id());
                rows.append(kind(community, payer.index()).name());
                rows.append(pv_kW(community, payer.index()));
                rows.append(payer.energy_gbp());
                rows.append(payer.wear_gbp());
                if (transfers_gbp == null) {
                    rows.appendNull();
                } else {
                    rows.append(transfers_gbp[payer.index()]);
                }
                rows.endRow();
            }
        });
    }

    private static boolean isHome(Community community, int payer) {
        return payer < community.homeCount();
    }

    private static double pv_kW(Community community, int payer) {
        return isHome(community, payer) ? community.households().home(payer).pv_kW() : 0;
    }

    private static Kind kind(Community community, int payer) {
        if (!isHome(community, payer)) {
            return new Kind(SharingSummary.LOT, false);
        }
        HouseholdKind cars = community.findKind(payer);
        return new Kind(cars == null ? SharingSummary.NO_CAR : cars.label(), pv_kW(community, payer) > 0);
    }

    private void readParts(Community community) {
        Map<String, Whole> ofNetwork = new LinkedHashMap<>();
        store.query("""
                SELECT scenario, combination, max(peak_kW), 365 * sum(weight_days * cost_gbp) / sum(weight_days)
                FROM (SELECT * FROM gainParts ORDER BY scenario, combination, day)
                GROUP BY ALL ORDER BY scenario, combination
                """, row -> {
            Whole whole = ofNetwork.computeIfAbsent(row.getString(1), s -> new Whole());
            whole.peak_kW[row.getInt(2)] = row.getDouble(3);
            whole.cost_gbp[row.getInt(2)] = row.getDouble(4);
            return whole;
        });
        store.query("""
                SELECT scenario, combination, asset, max(peak_kVA)
                FROM (SELECT scenario, combination, generate_subscripts(peaks_kVA, 1) - 1 AS asset, unnest(peaks_kVA) AS peak_kVA
                      FROM gainParts)
                GROUP BY ALL ORDER BY scenario, combination, asset
                """, row -> {
            Whole whole = ofNetwork.computeIfAbsent(row.getString(1), scenario -> new Whole());
            Network network = community.network();
            int asset = (int) row.getLong(3);
            double loading = row.getDouble(4) / StudyYears.capacity_kVA(network, asset);
            whole.presentValue_gbp[row.getInt(2)] += StudyYears.asset_gbpPerYear(network, asset) * curve.share(loading);
            return asset;
        });
        ofNetwork.forEach((scenario, whole) ->
                wholes.computeIfAbsent(scenario, s -> new ArrayList<>()).add(whole));
    }

    private void readRanges() {
        store.query(
                """
                SELECT scenario, mode, max(lowest_kVA), max(chosen_kVA), max(highest_kVA) FROM peakRanges
                GROUP BY ALL ORDER BY scenario, mode
                """,
                row -> ranges.computeIfAbsent(new ModeKey(row.getString(1), row.getString(2)), k -> new ArrayList<>())
                        .add(new Range(row.getDouble(3), row.getDouble(4), row.getDouble(5))));
    }
}
