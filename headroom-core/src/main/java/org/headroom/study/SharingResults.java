package org.headroom.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.PartialSharing;
import org.headroom.dispatch.PresentValueCurve;
import org.headroom.dispatch.sharing.EnergyByKind;
import org.headroom.dispatch.sharing.FairSplit;
import org.headroom.dispatch.sharing.Shapley;
import org.headroom.dispatch.sharing.SharedEnergy;
import org.headroom.dispatch.sharing.Sink;
import org.headroom.dispatch.sharing.Source;
import org.headroom.mobility.HouseholdKind;
import org.headroom.network.Network;
import org.headroom.study.SharingSummary.EnergyFlow;
import org.headroom.study.SharingSummary.GainPart;
import org.headroom.study.SharingSummary.Gains;
import org.headroom.study.SharingSummary.HouseholdBill;
import org.headroom.study.SharingSummary.KindGain;
import org.headroom.study.SharingSummary.ModeEnergy;
import org.headroom.study.SharingSummary.PeakRange;
import org.headroom.study.SharingSummary.ScenarioSharing;
import org.jspecify.annotations.Nullable;

/**
 * From finished trials to who shares with whom: {@code ledger.parquet}, {@code bills.parquet}, their tables and the summary. Networks
 * are taken one by one; of each, only sums by kind of household stay in memory.
 */
final class SharingResults {
    /** Flows below this are dust of the solvers and no arrow of the picture, kWh a year. */
    private static final double DUST_kWh = 0.01;

    private static final String V2G = new ChargingMode.VehicleToGrid().label();
    private static final String V_V2V = new ChargingMode.VirtualVehicleToVehicle().label();

    private final Study study;
    private final List<Community> communities;
    private final TrialStore store;
    private final Map<ModeKey, List<Energy>> energies = new HashMap<>();
    private final Map<ModeKey, Map<Kind, List<Bill>>> bills = new HashMap<>();
    private final Map<String, List<NetworkGain>> gains = new HashMap<>();
    private final Map<String, List<Whole>> wholes = new HashMap<>();
    private final Map<ModeKey, List<Range>> ranges = new HashMap<>();

    private record ModeKey(String scenario, String mode) {}

    /** Kind of a payer: who lives there, and whether there is PV. */
    private record Kind(String name, boolean pv) {}

    /** A network's year under a mode: energy by kind, kWh. */
    private record Energy(EnergyByKind own, EnergyByKind between, double batteryLosses) {
        SharedEnergy shared() {
            return SharedEnergy.of(own, between, batteryLosses);
        }
    }

    /** A year of the payers of one kind in a network: how many, and what one of them pays. */
    private record Bill(int payers, double energy_gbp, double wear_gbp) {}

    /** What a payer pays in a year. */
    private record Payer(int index, double energy_gbp, double wear_gbp) {
        double cost_gbp() {
            return energy_gbp + wear_gbp;
        }
    }

    /** Gains of one kind of payer in a network; means are of one payer. */
    private record GainOfKind(int payers, int gaining, int losing, double gain_gbp, double after_gbp) {}

    private record NetworkGain(double sum_gbp, double largestLoss_gbp, boolean fair, Map<Kind, GainOfKind> kinds) {}

    /** Figures of a network by combination of parts, over the days looked at. */
    private static final class Whole {
        private final double[] peak_kW = new double[PartialSharing.COMBINATIONS];
        private final double[] presentValue_gbp = new double[PartialSharing.COMBINATIONS];
        private final double[] cost_gbp = new double[PartialSharing.COMBINATIONS];
    }

    private record Range(double lowest_kVA, double chosen_kVA, double highest_kVA) {}

    /** The results of the networks counted, the first ones. */
    SharingResults(Study study, StudyInputs inputs, TrialStore store, int networks) {
        this.study = study;
        this.communities = inputs.communities().subList(0, networks);
        this.store = store;
    }

    /** Writes the two Parquet files and the tables into a study's folder, and returns what is shown. */
    SharingSummary write(Path folder) throws IOException {
        store.execute("""
                CREATE OR REPLACE TABLE annualBills(
                  scenario VARCHAR, network INTEGER, mode VARCHAR, home VARCHAR, node VARCHAR, kind VARCHAR, pv_kW DOUBLE,
                  energy_gbpPerYear DOUBLE, wear_gbpPerYear DOUBLE, transfer_gbpPerYear DOUBLE)
                """);
        for (Community community : communities) {
            readEnergies(community.index());
            readBills(community);
            readParts(community);
            readRanges(community.index());
        }
        store.execute("""
                COPY (SELECT scenario, network, day, mode, source AS "from", sink AS "to", own, weight_days, energy_kWh FROM ledger
                      ORDER BY scenario, network, day, mode, source, sink, own)
                TO '%s' (FORMAT parquet)
                """.formatted(quoted(folder.resolve("ledger.parquet").toString())));
        store.execute("COPY (SELECT * FROM annualBills ORDER BY rowid) TO '%s' (FORMAT parquet)"
                .formatted(quoted(folder.resolve("bills.parquet").toString())));
        store.execute("DROP TABLE annualBills");
        SharingSummary summary = summary();
        Path tables = folder.resolve("tables");
        Files.createDirectories(tables);
        SharingTables.write(summary, tables);
        return summary;
    }

    /** What the reader must know of these figures, one sentence each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            List<NetworkGain> networks = gains.getOrDefault(scenario.name(), List.of());
            long unfair = networks.stream().filter(network -> !network.fair()).count();
            if (unfair > 0) {
                notes.add(
                        "Scenario %s: in %d of %d network(s) homes as a whole pay more under V-V2V than under V2G, so no split leaves no one worse off; V-V2V also counts the network's present value, which is in no bill."
                                .formatted(scenario.name(), unfair, networks.size()));
            }
            addSampleNote(
                    notes,
                    scenario.name(),
                    "V-V2V's gain is taken apart",
                    "gainParts",
                    study.sharing().decomposeDays());
            addSampleNote(
                    notes,
                    scenario.name(),
                    "the peaks that ties leave open are bounded",
                    "peakRanges",
                    study.sharing().boundsDays());
        }
        return notes;
    }

    private void addSampleNote(List<String> notes, String scenario, String what, String table, int sampleDays) {
        if (sampleDays == 0) {
            return;
        }
        int asked = new StudyCalendar(sampleDays).days().size() * communities.size();
        long found = store.query(
                        "SELECT count(DISTINCT (network, day)) FROM %s WHERE scenario = '%s'"
                                .formatted(table, quoted(scenario)),
                        row -> row.getLong(1))
                .getFirst();
        if (found < asked) {
            notes.add(
                    "Scenario %s: %s on %d of %d days asked for; on the others a schedule is missing or not proved to be the best."
                            .formatted(scenario, what, found, asked));
        }
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }

    private void readEnergies(int network) {
        Map<ModeKey, Energy> ofNetwork = new LinkedHashMap<>();
        store.query(
                """
                SELECT scenario, mode, 365 * sum(weight_days * batteryLosses_kWh) / sum(weight_days)
                FROM (SELECT * FROM settlements WHERE network = %d ORDER BY scenario, mode, day)
                GROUP BY ALL ORDER BY scenario, mode
                """.formatted(network),
                row -> ofNetwork.put(
                        new ModeKey(row.getString(1), row.getString(2)),
                        new Energy(new EnergyByKind(1), new EnergyByKind(1), row.getDouble(3))));
        store.query("""
                WITH days AS (SELECT scenario, mode, sum(weight_days) AS days
                              FROM (SELECT * FROM settlements WHERE network = %1$d ORDER BY scenario, mode, day) GROUP BY ALL)
                SELECT scenario, mode, source, sink, own, 365 * energy_kWh / days FROM (
                  SELECT scenario, mode, source, sink, own, sum(weight_days * list_sum(energy_kWh)) AS energy_kWh
                  FROM (SELECT * FROM ledger WHERE network = %1$d ORDER BY scenario, mode, source, sink, own, day)
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
                      FROM (SELECT * FROM settlements WHERE network = %d ORDER BY scenario, mode, day))
                GROUP BY ALL ORDER BY scenario, mode, payer
                """.formatted(community.index()),
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
        store.execute("INSERT INTO annualBills VALUES "
                + payers.stream()
                        .map(payer -> "('%s', %d, '%s', '%s', '%s', '%s', %s, %s, %s, %s)"
                                .formatted(
                                        quoted(key.scenario()),
                                        community.index(),
                                        key.mode(),
                                        quoted(ids.get(payer.index())),
                                        quoted(community
                                                .network()
                                                .node(nodes[payer.index()])
                                                .id()),
                                        kind(community, payer.index()).name(),
                                        pv_kW(community, payer.index()),
                                        payer.energy_gbp(),
                                        payer.wear_gbp(),
                                        transfers_gbp == null ? "NULL" : transfers_gbp[payer.index()]))
                        .collect(Collectors.joining(", ")));
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

    private SharingSummary summary() {
        List<ScenarioSharing> scenarios = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            List<ModeEnergy> modes = new ArrayList<>();
            List<HouseholdBill> households = new ArrayList<>();
            for (ChargingMode mode : study.modes()) {
                ModeKey key = new ModeKey(scenario.name(), mode.label());
                modes.add(energy(mode.label(), energies.getOrDefault(key, List.of())));
                households.addAll(households(mode.label(), bills.getOrDefault(key, Map.of())));
            }
            scenarios.add(new ScenarioSharing(
                    scenario.name(),
                    modes,
                    households,
                    findGains(scenario.name()),
                    decomposition(scenario.name()),
                    peakRanges(scenario.name())));
        }
        return new SharingSummary(study.sharing().priceShare(), scenarios);
    }

    private static ModeEnergy energy(String mode, List<Energy> networks) {
        List<EnergyFlow> flows = new ArrayList<>();
        for (Source from : Source.values()) {
            for (Sink to : Sink.values()) {
                for (boolean own : new boolean[] {true, false}) {
                    double[] values = networks.stream()
                            .mapToDouble(e -> (own ? e.own() : e.between()).sum_kWh(from, to))
                            .toArray();
                    if (Arrays.stream(values).anyMatch(v -> v > DUST_kWh)) {
                        flows.add(new EnergyFlow(from.label(), to.label(), own, StudyResults.estimate(values)));
                    }
                }
            }
        }
        List<SharedEnergy> shared = networks.stream().map(Energy::shared).toList();
        return new ModeEnergy(
                mode,
                flows,
                estimate(shared, SharedEnergy::carToCar_kWh),
                estimate(shared, SharedEnergy::homeToHome_kWh),
                estimate(shared, SharedEnergy::homeToPublic_kWh),
                estimate(shared, SharedEnergy::publicToHome_kWh),
                estimate(shared, SharedEnergy::pvShared_kWh),
                estimate(shared, SharedEnergy::carsShared_kWh),
                estimate(shared, SharedEnergy::ownUse_kWh),
                estimate(shared, SharedEnergy::bought_kWh),
                estimate(shared, SharedEnergy::sold_kWh),
                estimate(shared, SharedEnergy::batteryLosses_kWh));
    }

    /** All kinds in the order in which they are shown. */
    private static List<Kind> kinds() {
        List<String> names = new ArrayList<>();
        for (HouseholdKind kind : HouseholdKind.values()) {
            names.add(kind.label());
        }
        names.add(SharingSummary.NO_CAR);
        names.add(SharingSummary.LOT);
        List<Kind> kinds = new ArrayList<>();
        for (String name : names) {
            kinds.add(new Kind(name, false));
            kinds.add(new Kind(name, true));
        }
        return kinds;
    }

    private List<HouseholdBill> households(String mode, Map<Kind, List<Bill>> byKind) {
        List<HouseholdBill> rows = new ArrayList<>();
        for (Kind kind : kinds()) {
            List<Bill> networks = byKind.getOrDefault(kind, List.of());
            if (!networks.isEmpty()) {
                rows.add(new HouseholdBill(
                        mode,
                        kind.name(),
                        kind.pv(),
                        networks.stream().mapToInt(Bill::payers).sum() / (double) communities.size(),
                        estimate(networks, Bill::energy_gbp),
                        estimate(networks, Bill::wear_gbp)));
            }
        }
        return rows;
    }

    private @Nullable Gains findGains(String scenario) {
        List<NetworkGain> networks = gains.get(scenario);
        if (networks == null) {
            return null;
        }
        List<KindGain> rows = new ArrayList<>();
        for (Kind kind : kinds()) {
            List<GainOfKind> members = networks.stream()
                    .map(network -> network.kinds().get(kind))
                    .filter(Objects::nonNull)
                    .toList();
            if (!members.isEmpty()) {
                rows.add(new KindGain(
                        kind.name(),
                        kind.pv(),
                        members.stream().mapToInt(GainOfKind::payers).sum(),
                        members.stream().mapToInt(GainOfKind::gaining).sum(),
                        members.stream().mapToInt(GainOfKind::losing).sum(),
                        estimate(members, GainOfKind::gain_gbp),
                        StudyResults.estimate(members.stream()
                                .mapToDouble(GainOfKind::after_gbp)
                                .filter(gain -> !Double.isNaN(gain))
                                .toArray())));
            }
        }
        return new Gains(
                rows.stream().mapToInt(KindGain::payers).sum(),
                rows.stream().mapToInt(KindGain::gaining).sum(),
                rows.stream().mapToInt(KindGain::losing).sum(),
                estimate(networks, NetworkGain::sum_gbp),
                estimate(networks, NetworkGain::largestLoss_gbp),
                networks.size(),
                (int) networks.stream().filter(NetworkGain::fair).count(),
                rows);
    }

    private void readParts(Community community) {
        Map<String, Whole> ofNetwork = new LinkedHashMap<>();
        store.query("""
                SELECT scenario, combination, max(peak_kW), 365 * sum(weight_days * cost_gbp) / sum(weight_days)
                FROM (SELECT * FROM gainParts WHERE network = %d ORDER BY scenario, combination, day)
                GROUP BY ALL ORDER BY scenario, combination
                """.formatted(community.index()), row -> {
            Whole whole = ofNetwork.computeIfAbsent(row.getString(1), s -> new Whole());
            whole.peak_kW[row.getInt(2)] = row.getDouble(3);
            whole.cost_gbp[row.getInt(2)] = row.getDouble(4);
            return whole;
        });
        PresentValueCurve curve = PresentValueCurve.of(study.dispatch());
        store.query("""
                SELECT scenario, combination, asset, max(peak_kVA)
                FROM (SELECT scenario, combination, generate_subscripts(peaks_kVA, 1) - 1 AS asset, unnest(peaks_kVA) AS peak_kVA
                      FROM gainParts WHERE network = %d)
                GROUP BY ALL ORDER BY scenario, combination, asset
                """.formatted(community.index()), row -> {
            Whole whole = ofNetwork.computeIfAbsent(row.getString(1), scenario -> new Whole());
            Network network = community.network();
            int asset = (int) row.getLong(3);
            double value = asset == 0
                    ? network.substation().asset_gbpPerYear()
                    : network.line(asset - 1).asset_gbpPerYear();
            double capacity = asset == 0
                    ? network.substation().capacity_kVA()
                    : network.line(asset - 1).capacity_kVA();
            whole.presentValue_gbp[row.getInt(2)] += value * curve.share(row.getDouble(4) / capacity);
            return asset;
        });
        ofNetwork.forEach((scenario, whole) ->
                wholes.computeIfAbsent(scenario, s -> new ArrayList<>()).add(whole));
    }

    private void readRanges(int network) {
        store.query(
                """
                SELECT scenario, mode, max(lowest_kVA), max(chosen_kVA), max(highest_kVA) FROM peakRanges
                WHERE network = %d GROUP BY ALL ORDER BY scenario, mode
                """.formatted(network),
                row -> ranges.computeIfAbsent(new ModeKey(row.getString(1), row.getString(2)), k -> new ArrayList<>())
                        .add(new Range(row.getDouble(3), row.getDouble(4), row.getDouble(5))));
    }

    private List<GainPart> decomposition(String scenario) {
        List<Whole> networks = wholes.getOrDefault(scenario, List.of());
        if (networks.isEmpty()) {
            return List.of();
        }
        List<GainPart> rows = new ArrayList<>();
        addParts(rows, "peak", networks, whole -> whole.peak_kW);
        addParts(rows, "presentValue", networks, whole -> whole.presentValue_gbp);
        addParts(rows, "cost", networks, whole -> whole.cost_gbp);
        return rows;
    }

    private static void addParts(
            List<GainPart> rows, String metric, List<Whole> networks, Function<Whole, double[]> values) {
        List<double[]> gains = new ArrayList<>();
        List<double[]> shares = new ArrayList<>();
        for (Whole network : networks) {
            double[] saved = Arrays.stream(values.apply(network)).map(v -> -v).toArray();
            double[] gain = Shapley.contributions(saved);
            double whole = saved[saved.length - 1] - saved[0];
            gains.add(gain);
            if (whole > 0) {
                shares.add(Arrays.stream(gain).map(g -> g / whole).toArray());
            }
        }
        for (int part = 0; part < SharingSummary.PARTS.size(); part++) {
            int index = part;
            rows.add(new GainPart(
                    metric,
                    SharingSummary.PARTS.get(part),
                    estimate(gains, gain -> gain[index]),
                    estimate(shares, share -> share[index])));
        }
    }

    private List<PeakRange> peakRanges(String scenario) {
        List<PeakRange> rows = new ArrayList<>();
        for (ChargingMode mode : study.modes()) {
            List<Range> networks = ranges.getOrDefault(new ModeKey(scenario, mode.label()), List.of());
            if (!networks.isEmpty()) {
                rows.add(new PeakRange(
                        mode.label(),
                        estimate(networks, Range::lowest_kVA),
                        estimate(networks, Range::chosen_kVA),
                        estimate(networks, Range::highest_kVA)));
            }
        }
        return rows;
    }

    private static <T> Estimate estimate(List<T> networks, ToDoubleFunction<T> metric) {
        return StudyResults.estimate(networks.stream().mapToDouble(metric).toArray());
    }
}
