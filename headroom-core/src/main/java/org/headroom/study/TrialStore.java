package org.headroom.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.headroom.dispatch.AcCheck;
import org.headroom.dispatch.DayOutcome;
import org.headroom.input.InputException;
import org.headroom.study.TrialResult.ModeResult;
import org.headroom.study.TrialResult.TrialKey;

/**
 * Finished trials, on disk in a {@link TrialLog}: a trial is there whole or not at all, whenever the process ends. Networks whose
 * trials are all there are loaded one by one into tables (DuckDB), which answer queries. What goes into files stays in the tables, which
 * spill to the folder where they grow beyond {@value #TABLES_MB} MB; what only sums are needed of is there for the network loaded last
 * alone. So memory does not grow with the number of trials.
 */
final class TrialStore implements AutoCloseable {
    /** Name of the file in a study's folder. */
    static final String FILE = "trials.log";

    private static final int TABLES_MB = 512;
    private static final int STUDY = 1;
    private static final int TRIAL = 2;
    private static final long ABSENT = -1;

    /** Tables that keep every network loaded. All begin with scenario, network and day; {@link TrialRows} leaves these out. */
    private static final Map<String, String> KEPT = Map.of(
            "metrics", """
                season VARCHAR, dayType VARCHAR, weight_days DOUBLE, mode VARCHAR,
                status VARCHAR, sessions INTEGER, baseLoadPeak_kVA DOUBLE, baseLoadPeak_kW DOUBLE, objective_gbp DOUBLE, lowerBound_gbp DOUBLE, relativeGap DOUBLE,
                energyCost_gbp DOUBLE, presentValueCost_gbp DOUBLE, expansionCost_gbp DOUBLE, degradationCost_gbp DOUBLE,
                substationPeak_kVA DOUBLE, substationPeak_kW DOUBLE, substationMean_kW DOUBLE, peakToAverage DOUBLE,
                presentValue_gbpPerYear DOUBLE, lowestVoltage_pu DOUBLE, losses_kWh DOUBLE, lowestAcVoltage_pu DOUBLE,
                acVoltageError_pu DOUBLE, acUnsolvedSteps INTEGER, curtailed_kWh DOUBLE, discharged_kWh DOUBLE,
                expansions INTEGER, violations INTEGER, problems VARCHAR, solver VARCHAR""",
            // by asset; the substation's flow by step
            "peaks", "mode VARCHAR, peak_kVA DOUBLE[], peak_kW DOUBLE[], expanded BOOLEAN[], flow_kW DOUBLE[]",
            "ledger", SharingStore.LEDGER);

    /** Tables that hold the network loaded last alone. */
    private static final Map<String, String> LATEST = latest();

    private static Map<String, String> latest() {
        Map<String, String> tables = new TreeMap<>(SharingStore.TABLES);
        tables.put(
                "levels",
                "mode VARCHAR, weight_days DOUBLE, level INTEGER, flow_kW DOUBLE[]"); // mean of its lines, by step
        tables.put("cars", CarDays.COLUMNS); // by step
        return tables;
    }

    private final Study study;
    private final List<StudyDay> days;
    private final TrialLog log;
    private final DuckDBConnection connection;
    private final long[] positions;
    private int finished;
    private final SharingStore sharing;

    private TrialStore(Study study, TrialLog log, long[] positions, DuckDBConnection connection) {
        this.study = study;
        this.days = study.calendar().days();
        this.log = log;
        this.positions = positions;
        this.finished = (int) Arrays.stream(positions).filter(p -> p != ABSENT).count();
        this.connection = connection;
        this.sharing = new SharingStore(study);
    }

    /**
     * Opens the store of a folder, made where it is absent.
     *
     * @param fingerprint everything that the trials depend on, as text
     * @throws InputException where it holds another study's trials, another run has it open, or it is no store
     */
    static TrialStore open(Study study, Path folder, String fingerprint) {
        Path file = folder.resolve(FILE);
        long[] positions = new long[study.trialCount()];
        Arrays.fill(positions, ABSENT);
        long mark = TrialLog.mark(fingerprint);
        try {
            TrialLog log = TrialLog.open(file, mark, (kind, number, owner, content, position) -> {
                if (owner != mark) {
                    throw new InputException(
                            "%s holds the trials of another study%s.\nMaybe choose another folder with --out."
                                    .formatted(
                                            folder,
                                            kind == STUDY
                                                    ? ": "
                                                            + firstDifference(
                                                                    new String(content, StandardCharsets.UTF_8),
                                                                    fingerprint)
                                                    : ""));
                }
                if (kind == TRIAL) {
                    positions[(int) number] = position;
                }
            });
            try {
                if (log.isEmpty()) {
                    log.add(STUDY, 0, fingerprint.getBytes(StandardCharsets.UTF_8));
                }
                return new TrialStore(study, log, positions, openTables(folder));
            } catch (IOException | RuntimeException e) {
                log.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DuckDBConnection openTables(Path folder) {
        var properties = new Properties();
        properties.setProperty("memory_limit", TABLES_MB + "MB");
        properties.setProperty("threads", "1");
        try {
            DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET temp_directory = "
                        + literal(folder.resolve(".spilled").toString()));
                for (var table : KEPT.entrySet()) {
                    statement.execute(create(table));
                }
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String create(Map.Entry<String, String> table) {
        return "CREATE OR REPLACE TABLE %s(scenario VARCHAR, network INTEGER, day INTEGER, %s)"
                .formatted(table.getKey(), table.getValue());
    }

    private static String firstDifference(String before, String now) {
        List<String> old = before.lines().toList();
        List<String> fresh = now.lines().toList();
        for (int i = 0; i < Math.max(old.size(), fresh.size()); i++) {
            String was = i < old.size() ? old.get(i).strip() : "nothing";
            String is = i < fresh.size() ? fresh.get(i).strip() : "nothing";
            if (!was.equals(is)) {
                return "'%s' there, '%s' now".formatted(was, is);
            }
        }
        return "they differ";
    }

    /** What was damaged when the store was opened, one sentence each. */
    List<String> damage() {
        return log.damage();
    }

    private int number(TrialKey key) {
        return (key.network() * study.scenarios().size() + key.scenario()) * days.size() + key.day();
    }

    /** Number of trials that are there. */
    synchronized int finishedCount() {
        return finished;
    }

    boolean isFinished(TrialKey key) {
        return position(key) != ABSENT;
    }

    private synchronized long position(TrialKey key) {
        return positions[number(key)];
    }

    /** What a trial adds to the tables. */
    byte[] rows(TrialResult trial, Trials trials) {
        TrialRows rows = new TrialRows();
        for (ModeResult mode : trial.modes()) {
            appendMetrics(rows, trial, mode);
            DayOutcome outcome = mode.findOutcome();
            if (outcome != null) {
                double weight_days = days.get(trial.key().day()).weight_days();
                appendPeaks(rows, mode, outcome);
                for (int level = 1; level <= StudyYears.LEVELS; level++) {
                    rows.beginRow("levels");
                    rows.append(mode.mode().label());
                    rows.append(weight_days);
                    rows.append(level);
                    rows.append(trials.levelFlow_kW(trial.key(), outcome, level));
                    rows.endRow();
                }
                for (CarDays cars : trials.carDays(trial.key(), outcome)) {
                    rows.beginRow("cars");
                    rows.append(mode.mode().label());
                    rows.append(weight_days);
                    cars.append(rows);
                    rows.endRow();
                }
            }
        }
        sharing.add(rows, trial, trials);
        return rows.toByteArray();
    }

    /**
     * Adds a trial, whole.
     *
     * @throws UncheckedIOException where it cannot be written; the trials before it stay
     */
    synchronized void add(TrialKey key, byte[] rows) {
        int number = number(key);
        try {
            long position = log.add(TRIAL, number, rows);
            finished += positions[number] == ABSENT ? 1 : 0;
            positions[number] = position;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads the finished trials of a network into the tables; networks in their order. */
    void load(int network) {
        Map<String, DuckDBAppender> appenders = new LinkedHashMap<>();
        synchronized (connection) {
            try {
                for (var table : LATEST.entrySet()) {
                    execute(create(table));
                }
                connection.setAutoCommit(false);
                for (String table : KEPT.keySet()) {
                    appenders.put(table, connection.createAppender(table));
                }
                for (String table : LATEST.keySet()) {
                    appenders.put(table, connection.createAppender(table));
                }
                for (int s = 0; s < study.scenarios().size(); s++) {
                    for (StudyDay day : days) {
                        long position = position(new TrialKey(network, s, day.index()));
                        if (position != ABSENT) {
                            TrialRows.replay(
                                    log.content(position),
                                    study.scenarios().get(s).name(),
                                    network,
                                    day.index(),
                                    appenders);
                        }
                    }
                }
                for (DuckDBAppender appender : appenders.values()) {
                    appender.close();
                }
                connection.commit();
                connection.setAutoCommit(true);
            } catch (SQLException e) {
                throw fault(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Writes the rows of a table. */
    interface RowWriter {
        void write(DuckDBAppender rows) throws SQLException;
    }

    /** Appends rows to a table. */
    void append(String table, RowWriter writer) {
        synchronized (connection) {
            try (DuckDBAppender rows = connection.createAppender(table)) {
                writer.write(rows);
            } catch (SQLException e) {
                throw fault(e);
            }
        }
    }

    private static double[] substation_kW(DayOutcome outcome) {
        double[] flow = new double[outcome.problem().stepCount()];
        for (int t = 0; t < flow.length; t++) {
            flow[t] = outcome.assetFlow_kW(0, t);
        }
        return flow;
    }

    private void appendMetrics(TrialRows row, TrialResult trial, ModeResult mode) {
        StudyDay day = days.get(trial.key().day());
        row.beginRow("metrics");
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
            row.append(mode.lowerBound_gbp());
            row.append(mode.relativeGap());
            row.append(o.energyCost_gbp());
            row.append(o.presentValueCost_gbp());
            row.append(o.expansionCost_gbp());
            row.append(o.degradationCost_gbp());
            row.append(o.assetPeak_kVA(0));
            row.append(o.assetPeak_kW(0));
            row.append(mean_kW);
            row.append(mean_kW > 0 ? o.assetPeak_kW(0) / mean_kW : Double.NaN);
            row.append(o.presentValue_gbpPerYear());
            row.append(o.lowestVoltage_pu());
            row.append(ac.losses_kWh());
            row.append(ac.lowestVoltage_pu());
            row.append(ac.voltageError_pu());
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

    private static int expansions(DayOutcome outcome) {
        int count = 0;
        for (int a = 0; a < outcome.problem().assetCount(); a++) {
            count += outcome.schedule().expanded(a) ? 1 : 0;
        }
        return count;
    }

    private static void appendPeaks(TrialRows row, ModeResult mode, DayOutcome outcome) {
        int assets = outcome.problem().assetCount();
        double[] peak_kVA = new double[assets];
        double[] peak_kW = new double[assets];
        for (int a = 0; a < assets; a++) {
            peak_kVA[a] = outcome.assetPeak_kVA(a);
            peak_kW[a] = outcome.assetPeak_kW(a);
        }
        row.beginRow("peaks");
        row.append(mode.mode().label());
        row.append(peak_kVA);
        row.append(peak_kW);
        row.append(outcome.schedule().expanded());
        row.append(substation_kW(outcome));
        row.endRow();
    }

    /** A text as it stands in a query. */
    static String literal(Object text) {
        return "'" + text.toString().replace("'", "''") + "'";
    }

    /** A row of an answer to its value. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Answers a query, row by row. */
    <T> List<T> query(String sql, RowReader<T> reader) {
        synchronized (connection) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<T> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(reader.read(rows));
                }
                return values;
            } catch (SQLException e) {
                throw fault(e);
            }
        }
    }

    void execute(String sql) {
        synchronized (connection) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw fault(e);
            }
        }
    }

    /** A disk that is full is told from a fault of ours. */
    private static RuntimeException fault(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("IO Error") || message.contains("No space left")
                ? new UncheckedIOException(new IOException(message, e))
                : new IllegalStateException(e);
    }

    @Override
    public void close() {
        try {
            synchronized (connection) {
                connection.close();
            }
            log.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
