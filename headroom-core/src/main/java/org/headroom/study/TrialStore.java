package org.headroom.study;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.headroom.dispatch.AcCheck;
import org.headroom.dispatch.DayOutcome;
import org.headroom.input.InputException;
import org.headroom.study.TrialResult.ModeResult;
import org.headroom.study.TrialResult.TrialKey;
import org.jspecify.annotations.Nullable;

/**
 * Finished trials on disk, in a DuckDB file: a trial is there whole or not at all, whenever the process ends. Memory does not grow
 * with their number.
 */
final class TrialStore implements AutoCloseable {
    private static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS study(fingerprint VARCHAR);
            CREATE TABLE IF NOT EXISTS metrics(
              scenario VARCHAR, network INTEGER, day INTEGER, season VARCHAR, dayType VARCHAR, weight_days DOUBLE, mode VARCHAR,
              status VARCHAR, sessions INTEGER, baseLoadPeak_kVA DOUBLE, baseLoadPeak_kW DOUBLE, objective_gbp DOUBLE, lowerBound_gbp DOUBLE, relativeGap DOUBLE,
              energyCost_gbp DOUBLE, presentValueCost_gbp DOUBLE, expansionCost_gbp DOUBLE, degradationCost_gbp DOUBLE,
              substationPeak_kVA DOUBLE, substationPeak_kW DOUBLE, substationMean_kW DOUBLE, peakToAverage DOUBLE,
              presentValue_gbpPerYear DOUBLE, lowestVoltage_pu DOUBLE, losses_kWh DOUBLE, lowestAcVoltage_pu DOUBLE,
              acVoltageError_pu DOUBLE, acUnsolvedSteps INTEGER, curtailed_kWh DOUBLE, discharged_kWh DOUBLE,
              expansions INTEGER, violations INTEGER, problems VARCHAR, solver VARCHAR);
            CREATE TABLE IF NOT EXISTS peaks(
              scenario VARCHAR, network INTEGER, day INTEGER, mode VARCHAR, asset INTEGER, peak_kVA DOUBLE, peak_kW DOUBLE,
              expanded BOOLEAN);
            CREATE TABLE IF NOT EXISTS hours(
              scenario VARCHAR, network INTEGER, day INTEGER, mode VARCHAR, series VARCHAR, step INTEGER, p_kW DOUBLE);
            """;

    private final Study study;
    private final List<StudyDay> days;
    private final DuckDBConnection connection;
    private final SharingStore sharing;

    private TrialStore(Study study, DuckDBConnection connection) {
        this.study = study;
        this.days = study.calendar().days();
        this.connection = connection;
        this.sharing = new SharingStore(study);
    }

    /**
     * Opens a store, made where it is absent.
     *
     * @throws InputException where the file is none of ours, or another run has it open
     */
    static TrialStore open(Study study, Path file) {
        var properties = new Properties();
        properties.setProperty("memory_limit", "512MB");
        properties.setProperty("threads", "1");
        // attached, since a file name within the address of a connection must not hold a semicolon
        try {
            DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "ATTACH '%s' AS store".formatted(file.toString().replace("'", "''")));
                statement.execute("USE store");
                statement.execute(SCHEMA);
                statement.execute(SharingStore.SCHEMA);
                return new TrialStore(study, connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new InputException(
                    "%s: cannot be opened to keep finished trials: %s\nMaybe another run is using the folder, or the file is damaged: choose another folder with --out."
                            .formatted(
                                    file,
                                    String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")),
                    e);
        }
    }

    /** What the trials in the store were run for, or null where it is new. */
    synchronized @Nullable String findFingerprint() {
        return query("SELECT fingerprint FROM study", row -> row.getString(1)).stream()
                .findFirst()
                .orElse(null);
    }

    synchronized void fingerprint(String fingerprint) {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO study VALUES (?)")) {
            insert.setString(1, fingerprint);
            insert.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trials that are there. */
    synchronized Set<TrialKey> finished() {
        List<String> names = study.scenarios().stream().map(Scenario::name).toList();
        return new HashSet<>(query(
                "SELECT DISTINCT network, scenario, day FROM metrics",
                row -> new TrialKey(row.getInt(1), names.indexOf(row.getString(2)), row.getInt(3))));
    }

    /** Adds a trial, whole. */
    synchronized void add(TrialResult trial, Trials trials) {
        try {
            connection.setAutoCommit(false);
            try (DuckDBAppender metrics = connection.createAppender("metrics");
                    DuckDBAppender peaks = connection.createAppender("peaks");
                    DuckDBAppender hours = connection.createAppender("hours")) {
                for (ModeResult mode : trial.modes()) {
                    appendMetrics(metrics, trial, mode);
                    DayOutcome outcome = mode.findOutcome();
                    if (outcome != null) {
                        appendPeaks(peaks, trial.key(), mode, outcome);
                        appendHours(hours, trial.key(), mode, "substation", substation_kW(outcome));
                        for (int level = 1; level <= 3; level++) {
                            appendHours(
                                    hours,
                                    trial.key(),
                                    mode,
                                    "level " + level,
                                    trials.levelFlow_kW(trial.key(), outcome, level));
                        }
                    }
                }
            }
            sharing.add(connection, trial, trials);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot keep a finished trial: " + e.getMessage(), e);
        }
    }

    private static double[] substation_kW(DayOutcome outcome) {
        double[] flow = new double[outcome.problem().stepCount()];
        for (int t = 0; t < flow.length; t++) {
            flow[t] = outcome.assetFlow_kW(0, t);
        }
        return flow;
    }

    private DuckDBAppender begin(DuckDBAppender row, TrialKey key) throws SQLException {
        row.beginRow();
        row.append(study.scenarios().get(key.scenario()).name());
        row.append(key.network());
        row.append(key.day());
        return row;
    }

    private void appendMetrics(DuckDBAppender row, TrialResult trial, ModeResult mode) throws SQLException {
        StudyDay day = days.get(trial.key().day());
        begin(row, trial.key());
        row.append(day.season().label());
        row.append(day.type().name().toLowerCase(java.util.Locale.ROOT));
        row.append(day.weight_days());
        row.append(mode.mode().label());
        row.append(mode.status());
        row.append(trial.sessions());
        row.append(trial.baseLoad().assetPeak_kVA(0));
        row.append(trial.baseLoad().assetPeak_kW(0));
        DayOutcome o = mode.findOutcome();
        AcCheck ac = mode.findAcCheck();
        if (o == null || ac == null) {
            for (int i = 0; i < 20; i++) {
                row.appendNull();
            }
        } else {
            double mean_kW = o.mean_kW();
            row.append(o.objective_gbp());
            append(row, mode.lowerBound_gbp());
            append(row, mode.relativeGap());
            row.append(o.energyCost_gbp());
            row.append(o.presentValueCost_gbp());
            row.append(o.expansionCost_gbp());
            row.append(o.degradationCost_gbp());
            row.append(o.assetPeak_kVA(0));
            row.append(o.assetPeak_kW(0));
            row.append(mean_kW);
            append(row, mean_kW > 0 ? o.assetPeak_kW(0) / mean_kW : Double.NaN);
            row.append(o.presentValue_gbpPerYear());
            row.append(o.lowestVoltage_pu());
            append(row, ac.losses_kWh());
            append(row, ac.lowestVoltage_pu());
            append(row, ac.voltageError_pu());
            row.append(ac.unsolvedSteps());
            row.append(o.curtailed_kWh());
            row.append(o.discharged_kWh());
            row.append(expansions(o));
        }
        row.append(mode.problems().size());
        row.append(String.join("; ", mode.problems()));
        row.append(mode.solver());
        row.endRow();
    }

    /** Appends a number; not a number is null. */
    private static void append(DuckDBAppender row, double value) throws SQLException {
        if (Double.isNaN(value)) {
            row.appendNull();
        } else {
            row.append(value);
        }
    }

    private static int expansions(DayOutcome outcome) {
        int count = 0;
        for (int a = 0; a < outcome.problem().assetCount(); a++) {
            count += outcome.schedule().expanded(a) ? 1 : 0;
        }
        return count;
    }

    private void appendPeaks(DuckDBAppender row, TrialKey key, ModeResult mode, DayOutcome outcome)
            throws SQLException {
        for (int a = 0; a < outcome.problem().assetCount(); a++) {
            begin(row, key);
            row.append(mode.mode().label());
            row.append(a);
            row.append(outcome.assetPeak_kVA(a));
            row.append(outcome.assetPeak_kW(a));
            row.append(outcome.schedule().expanded(a));
            row.endRow();
        }
    }

    private void appendHours(DuckDBAppender row, TrialKey key, ModeResult mode, String series, double[] flow_kW)
            throws SQLException {
        for (int t = 0; t < flow_kW.length; t++) {
            begin(row, key);
            row.append(mode.mode().label());
            row.append(series);
            row.append(t);
            row.append(flow_kW[t]);
            row.endRow();
        }
    }

    /** A row of an answer to its value. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Answers a query, row by row. */
    synchronized <T> List<T> query(String sql, RowReader<T> reader) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> values = new ArrayList<>();
            while (rows.next()) {
                values.add(reader.read(rows));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
