package org.headroom.study;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.sharing.Ledger;
import org.headroom.dispatch.sharing.Settlement;
import org.headroom.dispatch.sharing.Sink;
import org.headroom.dispatch.sharing.Source;
import org.headroom.study.TrialResult.ModeResult;

/**
 * Who shared with whom in finished trials: the tables of the store beside those of {@link TrialStore}. A ledger is kept by kinds of
 * sources and sinks, by the step; bills by payer, of the day.
 */
final class SharingStore {
    /** Columns of the table of flows, after scenario, network and day. */
    static final String LEDGER =
            "mode VARCHAR, weight_days DOUBLE, source VARCHAR, sink VARCHAR, own BOOLEAN, energy_kWh DOUBLE[]";

    /** The other tables and their columns. */
    static final SortedMap<String, String> TABLES = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            "settlements",
            "mode VARCHAR, weight_days DOUBLE, batteryLosses_kWh DOUBLE, energy_gbp DOUBLE[], wear_gbp DOUBLE[]",
            "gainParts",
            "weight_days DOUBLE, combination INTEGER, cost_gbp DOUBLE, peak_kW DOUBLE, peaks_kVA DOUBLE[]",
            "peakRanges",
            "mode VARCHAR, lowest_kVA DOUBLE, chosen_kVA DOUBLE, highest_kVA DOUBLE")));

    private final Study study;
    private final List<StudyDay> days;

    SharingStore(Study study) {
        this.study = study;
        this.days = study.calendar().days();
    }

    /** Adds the rows of a trial. */
    void add(TrialRows rows, TrialResult trial, Trials trials) {
        for (ModeResult mode : trial.modes()) {
            DayOutcome outcome = mode.findOutcome();
            if (outcome != null) {
                Ledger ledger = Ledger.of(outcome, payer -> trials.isLot(trial.key(), payer));
                appendFlows(rows, trial, mode, ledger);
                appendBills(rows, trial, mode, ledger);
            }
        }
        trial.details().parts().forEach(part -> appendPart(rows, trial, part));
        trial.details().ranges().forEach(range -> appendRange(rows, range));
    }

    private void appendPart(TrialRows row, TrialResult trial, DayDetails.Part part) {
        DayOutcome outcome = part.outcome();
        double[] peaks_kVA = new double[outcome.problem().assetCount()];
        for (int a = 0; a < peaks_kVA.length; a++) {
            peaks_kVA[a] = outcome.assetPeak_kVA(a);
        }
        row.beginRow("gainParts");
        row.append(DayDetails.weight_days(
                study.sharing().decomposeDays(), days.get(trial.key().day())));
        row.append(part.combination());
        row.append(part.energyCost_gbp() + outcome.degradationCost_gbp());
        row.append(outcome.assetPeak_kW(0));
        row.append(peaks_kVA);
        row.endRow();
    }

    private static void appendRange(TrialRows row, DayDetails.Range range) {
        row.beginRow("peakRanges");
        row.append(range.mode().label());
        row.append(range.lowest_kVA());
        row.append(range.chosen_kVA());
        row.append(range.highest_kVA());
        row.endRow();
    }

    private void begin(TrialRows row, String table, TrialResult trial, ModeResult mode) {
        row.beginRow(table);
        row.append(mode.mode().label());
        row.append(days.get(trial.key().day()).weight_days());
    }

    private void appendFlows(TrialRows row, TrialResult trial, ModeResult mode, Ledger ledger) {
        for (Source from : Source.values()) {
            for (Sink to : Sink.values()) {
                for (boolean own : new boolean[] {true, false}) {
                    double[] energy_kWh = new double[ledger.stepCount()];
                    for (int t = 0; t < energy_kWh.length; t++) {
                        energy_kWh[t] = own ? ledger.own_kWh(from, to, t) : ledger.between_kWh(from, to, t);
                    }
                    if (Arrays.stream(energy_kWh).anyMatch(e -> e != 0)) {
                        begin(row, "ledger", trial, mode);
                        row.append(from.label());
                        row.append(to.label());
                        row.append(own);
                        row.append(energy_kWh);
                        row.endRow();
                    }
                }
            }
        }
    }

    private void appendBills(TrialRows row, TrialResult trial, ModeResult mode, Ledger ledger) {
        Settlement settlement = Settlement.of(ledger, study.sharing().priceShare());
        double[] energy_gbp = new double[settlement.payerCount()];
        double[] wear_gbp = new double[energy_gbp.length];
        for (int h = 0; h < energy_gbp.length; h++) {
            energy_gbp[h] = settlement.energy_gbp(h);
            wear_gbp[h] = settlement.wear_gbp(h);
        }
        begin(row, "settlements", trial, mode);
        row.append(ledger.batteryLosses_kWh());
        row.append(energy_gbp);
        row.append(wear_gbp);
        row.endRow();
    }
}
