package org.headroom.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.sharing.Shapley;
import org.headroom.dispatch.sharing.SharedEnergy;
import org.headroom.dispatch.sharing.Sink;
import org.headroom.dispatch.sharing.Source;
import org.headroom.mobility.HouseholdKind;
import org.headroom.study.SharingSummary.EnergyFlow;
import org.headroom.study.SharingSummary.GainPart;
import org.headroom.study.SharingSummary.Gains;
import org.headroom.study.SharingSummary.HouseholdBill;
import org.headroom.study.SharingSummary.KindGain;
import org.headroom.study.SharingSummary.ModeEnergy;
import org.headroom.study.SharingSummary.PeakRange;
import org.headroom.study.SharingSummary.ScenarioSharing;
import org.headroom.study.SharingYears.Bill;
import org.headroom.study.SharingYears.Energy;
import org.headroom.study.SharingYears.GainOfKind;
import org.headroom.study.SharingYears.Kind;
import org.headroom.study.SharingYears.ModeKey;
import org.headroom.study.SharingYears.NetworkGain;
import org.headroom.study.SharingYears.Range;
import org.headroom.study.SharingYears.Whole;
import org.jspecify.annotations.Nullable;

/** From the years of finished networks to who shares with whom: {@code ledger.parquet}, {@code bills.parquet}, their tables and the summary. */
final class SharingResults {
    /** Flows below this are dust of the solvers and no arrow of the picture, kWh a year. */
    private static final double DUST_kWh = 0.01;

    private final Study study;
    private final TrialStore store;
    private final SharingYears years;
    private final int networks;

    /** The results of the networks counted. */
    SharingResults(Study study, TrialStore store, SharingYears years, int networks) {
        this.study = study;
        this.store = store;
        this.years = years;
        this.networks = networks;
    }

    /** Writes the two Parquet files and the tables into a study's folder, and returns what is shown. */
    SharingSummary write(Path folder) throws IOException {
        store.execute("""
                COPY (SELECT scenario, network, day, mode, source AS "from", sink AS "to", own, weight_days, energy_kWh FROM ledger
                      ORDER BY scenario, network, day, mode, source, sink, own)
                TO %s (FORMAT parquet)
                """.formatted(TrialStore.literal(folder.resolve("ledger.parquet"))));
        store.execute("COPY (SELECT * FROM %s ORDER BY rowid) TO %s (FORMAT parquet)"
                .formatted(SharingYears.BILLS, TrialStore.literal(folder.resolve("bills.parquet"))));
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
            List<NetworkGain> gains = years.gains(scenario.name());
            long unfair = gains.stream().filter(network -> !network.fair()).count();
            if (unfair > 0) {
                notes.add(
                        "Scenario %s: in %d of %d network(s) homes as a whole pay more under V-V2V than under V2G, so no split leaves no one worse off; V-V2V also counts the network's present value, which is in no bill."
                                .formatted(scenario.name(), unfair, gains.size()));
            }
            addSampleNote(
                    notes,
                    scenario.name(),
                    "V-V2V's gain is taken apart",
                    years.daysTakenApart(scenario.name()),
                    study.sharing().decomposeDays());
            addSampleNote(
                    notes,
                    scenario.name(),
                    "the peaks that ties leave open are bounded",
                    years.daysBounded(scenario.name()),
                    study.sharing().boundsDays());
        }
        return notes;
    }

    private void addSampleNote(List<String> notes, String scenario, String what, int found, int sampleDays) {
        if (sampleDays == 0) {
            return;
        }
        int asked = new StudyCalendar(sampleDays).days().size() * networks;
        if (found < asked) {
            notes.add(
                    "Scenario %s: %s on %d of %d days asked for; on the others a schedule is missing or not proved to be the best."
                            .formatted(scenario, what, found, asked));
        }
    }

    private SharingSummary summary() {
        List<ScenarioSharing> scenarios = new ArrayList<>();
        for (Scenario scenario : study.scenarios()) {
            List<ModeEnergy> modes = new ArrayList<>();
            List<HouseholdBill> households = new ArrayList<>();
            for (ChargingMode mode : study.modes()) {
                ModeKey key = new ModeKey(scenario.name(), mode.label());
                modes.add(energy(mode.label(), years.energies(key)));
                households.addAll(households(mode.label(), years.bills(key)));
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
            List<Bill> ofKind = byKind.getOrDefault(kind, List.of());
            if (!ofKind.isEmpty()) {
                rows.add(new HouseholdBill(
                        mode,
                        kind.name(),
                        kind.pv(),
                        ofKind.stream().mapToInt(Bill::payers).sum() / (double) networks,
                        estimate(ofKind, Bill::energy_gbp),
                        estimate(ofKind, Bill::wear_gbp)));
            }
        }
        return rows;
    }

    private @Nullable Gains findGains(String scenario) {
        List<NetworkGain> gains = years.gains(scenario);
        if (gains.isEmpty()) {
            return null;
        }
        List<KindGain> rows = new ArrayList<>();
        for (Kind kind : kinds()) {
            List<GainOfKind> members = gains.stream()
                    .map(gain -> gain.kinds().get(kind))
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
                estimate(gains, NetworkGain::sum_gbp),
                estimate(gains, NetworkGain::largestLoss_gbp),
                gains.size(),
                (int) gains.stream().filter(NetworkGain::fair).count(),
                rows);
    }

    private List<GainPart> decomposition(String scenario) {
        List<Whole> wholes = years.wholes(scenario);
        if (wholes.isEmpty()) {
            return List.of();
        }
        List<GainPart> rows = new ArrayList<>();
        addParts(rows, "peak", wholes, whole -> whole.peak_kW);
        addParts(rows, "presentValue", wholes, whole -> whole.presentValue_gbp);
        addParts(rows, "cost", wholes, whole -> whole.cost_gbp);
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
            List<Range> ranges = years.ranges(new ModeKey(scenario, mode.label()));
            if (!ranges.isEmpty()) {
                rows.add(new PeakRange(
                        mode.label(),
                        estimate(ranges, Range::lowest_kVA),
                        estimate(ranges, Range::chosen_kVA),
                        estimate(ranges, Range::highest_kVA)));
            }
        }
        return rows;
    }

    private static <T> Estimate estimate(List<T> networks, ToDoubleFunction<T> metric) {
        return StudyResults.estimate(networks.stream().mapToDouble(metric).toArray());
    }
}
