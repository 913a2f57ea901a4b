package org.headroom.study;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
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
    static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS ledger(
              scenario VARCHAR, network INTEGER, day INTEGER, mode VARCHAR, weight_days DOUBLE,
              source VARCHAR, sink VARCHAR, own BOOLEAN, energy_kWh DOUBLE[]);
            CREATE TABLE IF NOT EXISTS settlements(
              scenario VARCHAR, network INTEGER, day INTEGER, mode VARCHAR, weight_days DOUBLE,
              batteryLosses_kWh DOUBLE, energy_gbp DOUBLE[], wear_gbp DOUBLE[]);
            """;

    private final Study study;
    private final List<StudyDay> days;

    SharingStore(Study study) {
        this.study = study;
        this.days = study.calendar().days();
    }

    /** Adds a trial, within the transaction that adds the rest of it. */
    void add(DuckDBConnection connection, TrialResult trial, Trials trials) throws SQLException {
        try (DuckDBAppender flows = connection.createAppender("ledger");
                DuckDBAppender bills = connection.createAppender("settlements")) {
            for (ModeResult mode : trial.modes()) {
                DayOutcome outcome = mode.findOutcome();
                if (outcome != null) {
                    Ledger ledger = Ledger.of(outcome, payer -> trials.isLot(trial.key(), payer));
                    appendFlows(flows, trial, mode, ledger);
                    appendBills(bills, trial, mode, ledger);
                }
            }
        }
    }

    private DuckDBAppender begin(DuckDBAppender row, TrialResult trial, ModeResult mode) throws SQLException {
        row.beginRow();
        row.append(study.scenarios().get(trial.key().scenario()).name());
        row.append(trial.key().network());
        row.append(trial.key().day());
        row.append(mode.mode().label());
        row.append(days.get(trial.key().day()).weight_days());
        return row;
    }

    private void appendFlows(DuckDBAppender row, TrialResult trial, ModeResult mode, Ledger ledger)
            throws SQLException {
        for (Source from : Source.values()) {
            for (Sink to : Sink.values()) {
                for (boolean own : new boolean[] {true, false}) {
                    double[] energy_kWh = new double[ledger.stepCount()];
                    for (int t = 0; t < energy_kWh.length; t++) {
                        energy_kWh[t] = own ? ledger.own_kWh(from, to, t) : ledger.between_kWh(from, to, t);
                    }
                    if (Arrays.stream(energy_kWh).anyMatch(e -> e != 0)) {
                        begin(row, trial, mode);
                        row.append(from.label());
                        row.append(to.label());
                        row.append(own);
                        row.append(list(energy_kWh));
                        row.endRow();
                    }
                }
            }
        }
    }

    private void appendBills(DuckDBAppender row, TrialResult trial, ModeResult mode, Ledger ledger)
            throws SQLException {
        Settlement settlement = Settlement.of(ledger, study.sharing().priceShare());
        double[] energy_gbp = new double[settlement.payerCount()];
        double[] wear_gbp = new double[energy_gbp.length];
        for (int h = 0; h < energy_gbp.length; h++) {
            energy_gbp[h] = settlement.energy_gbp(h);
            wear_gbp[h] = settlement.wear_gbp(h);
        }
        begin(row, trial, mode);
        row.append(ledger.batteryLosses_kWh());
        row.append(list(energy_gbp));
        row.append(list(wear_gbp));
        row.endRow();
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
