package org.headroom.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.input.CsvTable;
import org.headroom.input.InputException;
import org.headroom.study.EnsembleSummary.Candidates;
import org.headroom.study.TrialResult.ModeResult;
import org.headroom.study.TrialResult.TrialKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a study into a folder: every trial on all threads, each kept once finished, then tables and summary. A folder with finished
 * trials of the same study is gone on with. A trial that fails is left out and told, and the rest goes on.
 */
public final class StudyRunner implements AutoCloseable {
    private static final String FAILURES = "failures.csv";

    private final Study study;
    private final Path folder;
    private final String version;
    private final long started_ns = System.nanoTime();
    private final StudyInputs inputs;
    private final Function<TrialKey, TrialResult> trial;
    private final TrialStore store;
    private final StudyYears years;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ReentrantLock counting = new ReentrantLock();
    /** Trials of each network that are neither finished nor failed. */
    private final int[] open;

    private final List<TrialFailure> failures = new ArrayList<>();
    private @Nullable RuntimeException findFirstFault;
    private int next;
    private int alreadyFinished;
    /** True once the study's rule says that the networks counted are enough. */
    private boolean enough;

    /**
     * Reads everything the study names and opens its folder.
     *
     * @param version of the product, part of what a folder's trials belong to
     * @throws InputException where an input is at fault, or the folder holds another study or something else
     */
    public StudyRunner(Study study, Path folder, String version) {
        this(study, folder, version, Trials::run);
    }

    /** A runner whose trials are run otherwise, so that tests can let them fail. */
    StudyRunner(Study study, Path folder, String version, TrialRun run) {
        this.study = study;
        this.folder = folder;
        this.version = version;
        refuseForeign(folder);
        this.inputs = new StudyInputs(study);
        this.trial = key -> run.run(inputs.trials(), key);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw cannotBeMade(folder);
        }
        try {
            this.store = TrialStore.open(study, folder, fingerprint());
        } catch (UncheckedIOException e) {
            throw stopped(e);
        }
        this.years = new StudyYears(study, inputs, store);
        this.open = new int[study.draws()];
        try {
            Files.writeString(folder.resolve("study.yaml"), StudyFile.write(study));
        } catch (IOException e) {
            store.close();
            throw stopped(e);
        }
    }

    /** True where a folder holds finished trials of some study. */
    public static boolean isStudyFolder(Path folder) {
        return Files.isRegularFile(folder.resolve(TrialStore.FILE));
    }

    /** How a trial is run. */
    interface TrialRun {
        TrialResult run(Trials trials, TrialKey key);
    }

    private static InputException cannotBeMade(Path folder) {
        return new InputException(folder + ": cannot be made or written to.\nMaybe choose another folder with --out.");
    }

    /** Refuses a folder that cannot be written to, or holds files but no finished trials: nothing in it shall be overwritten. */
    private static void refuseForeign(Path folder) {
        Path above = folder.toAbsolutePath();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        if (above == null || !Files.isDirectory(above) || !Files.isWritable(above)) {
            throw cannotBeMade(folder);
        }
        if (!Files.isDirectory(folder) || isStudyFolder(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .min(Comparator.naturalOrder())
                    .ifPresent(name -> {
                        throw new InputException(
                                "%s holds files, such as %s, but no finished days (%s): they might be yours, and would be overwritten.\nMaybe choose a new folder with --out."
                                        .formatted(folder, name, TrialStore.FILE));
                    });
        } catch (IOException e) {
            throw cannotBeMade(folder);
        }
    }

    private StudyStoppedException stopped(Exception problem) {
        Throwable cause = problem.getCause() instanceof IOException below ? below : problem;
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new StudyStoppedException(
                "%s: cannot be written to: %s.\nFinished days are kept. Maybe the disk is full: make room, and the same command goes on from here."
                        .formatted(folder, reason.lines().findFirst().orElse("")),
                cause);
    }

    /** Everything that the trials depend on, as text. */
    private String fingerprint() {
        StringBuilder text = new StringBuilder(StudyFile.write(study))
                .append("version: ")
                .append(version)
                .append("\nstore: 7\n"); // goes up when what is kept of a trial changes
        inputs.hashes()
                .forEach((input, hash) ->
                        text.append(input).append(": ").append(hash).append('\n'));
        return text.toString();
    }

    /** Number of trials of the study. */
    public int total() {
        return study.trialCount();
    }

    /**
     * Runs what is not finished yet.
     *
     * @param threads trials run side by side
     * @return true when all trials are finished or the study's rule is met, false when it was stopped before
     * @throws StudyStoppedException where the folder can no longer be written to
     */
    public boolean run(int threads, StudyProgress progress) {
        alreadyFinished = store.finishedCount();
        store.damage().forEach(progress::note);
        List<TrialKey> keys = inputs.trials().keys();
        for (TrialKey key : keys) {
            open[key.network()] += store.isFinished(key) ? 0 : 1;
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            countFinishedNetworks(progress);
            progress.begin(alreadyFinished, total()); // last, so that what was there takes no time of this run
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(executor.submit(() -> work(keys, progress)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            if (!stopped.get()) {
                countFinishedNetworks(progress);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException problem
                    ? resumable(problem)
                    : new IllegalStateException(e.getCause());
        } catch (UncheckedIOException e) {
            throw resumable(e);
        }
        if (!stopped.get() && failures.size() == total() && findFirstFault != null) {
            throw findFirstFault; // nothing is left to tell
        }
        return !stopped.get();
    }

    private RuntimeException resumable(RuntimeException problem) {
        return problem instanceof UncheckedIOException e ? stopped(e) : problem;
    }

    /** What one thread does: trial after trial, until there is none left. */
    private void work(List<TrialKey> keys, StudyProgress progress) {
        try {
            for (TrialKey key = findNext(keys); key != null; key = findNext(keys)) {
                runOne(key, progress);
            }
        } catch (Throwable e) {
            stop(); // the other threads end after their trial
            throw e;
        }
    }

    private synchronized @Nullable TrialKey findNext(List<TrialKey> keys) {
        while (next < keys.size() && !stopped.get() && !enough) {
            TrialKey key = keys.get(next++);
            if (!store.isFinished(key)) {
                return key;
            }
        }
        return null;
    }

    private void runOne(TrialKey key, StudyProgress progress) {
        byte[] rows = null;
        RuntimeException fault = null;
        try {
            rows = store.rows(trial.apply(key), inputs.trials());
        } catch (InputException e) {
            throw e; // the user can mend it, and it would fail every trial
        } catch (RuntimeException e) {
            fault = e;
        }
        synchronized (this) {
            if (stopped.get()) {
                return;
            }
            if (rows != null) {
                store.add(key, rows);
                progress.advance();
            } else if (fault != null) {
                TrialFailure failure = TrialFailure.of(
                        key, study.scenarios().get(key.scenario()).name(), fault);
                failures.add(failure);
                findFirstFault = findFirstFault == null ? fault : findFirstFault;
                progress.note(
                        "Network %d, scenario %s, day %d failed: %s. The rest goes on; the same command with %s runs it alone."
                                .formatted(
                                        key.network(), failure.scenario(), key.day(), failure.cause(), failure.only()));
            }
            open[key.network()]--;
        }
        countFinishedNetworks(progress);
    }

    /** Counts in the networks that are finished, in their order; one thread at a time, while the others go on with trials. */
    private void countFinishedNetworks(StudyProgress progress) {
        if (!counting.tryLock()) {
            return; // who is at it takes the networks finished meanwhile; what it misses comes with the next trial, or
            // at the end
        }
        try {
            StopRule rule = study.findStop();
            while (isNextFinished()) {
                years.addNext();
                boolean met = rule != null && rule.isMet(study, years);
                String text = rule == null ? years.estimateInWords() : rule.progress(study, years);
                synchronized (this) {
                    enough = met;
                    progress.estimate(text);
                }
            }
        } finally {
            counting.unlock();
        }
    }

    private synchronized boolean isNextFinished() {
        return !enough && years.networkCount() < study.draws() && open[years.networkCount()] == 0;
    }

    /**
     * Runs some trials alone and keeps those that were not finished.
     *
     * @param tell hears a line for every trial and mode
     * @throws RuntimeException of the first trial that fails, once all have been tried
     */
    public void runOnly(TrialChoice choice, Consumer<String> tell) {
        List<ChargingMode> modes = choice.modes(study);
        RuntimeException fault = null;
        for (TrialKey key : inputs.trials().keys()) {
            if (!choice.contains(key, study)) {
                continue;
            }
            String name = "network %d, scenario %s, day %d"
                    .formatted(
                            key.network(), study.scenarios().get(key.scenario()).name(), key.day());
            try {
                boolean whole = modes.size() == study.modes().size();
                TrialResult result = whole ? trial.apply(key) : inputs.trials().run(key, modes);
                result.modes().forEach(mode -> tell.accept(name + ": " + outcome(mode)));
                if (whole && !store.isFinished(key)) {
                    store.add(key, store.rows(result, inputs.trials()));
                }
            } catch (InputException | UncheckedIOException e) {
                throw resumable(e);
            } catch (RuntimeException e) {
                tell.accept(name + " failed: " + TrialFailure.of(key, "", e).cause());
                fault = fault == null ? e : fault;
            }
        }
        if (fault != null) {
            throw fault;
        }
    }

    private static String outcome(ModeResult mode) {
        DayOutcome outcome = mode.findOutcome();
        String what = outcome == null
                ? "no schedule"
                : String.format(
                        java.util.Locale.ROOT,
                        "substation peak %.2f kW (%.2f kVA), energy %.4f GBP, objective %.4f GBP",
                        outcome.assetPeak_kW(0),
                        outcome.assetPeak_kVA(0),
                        outcome.energyCost_gbp(),
                        outcome.objective_gbp());
        return "%s: %s, %s%s"
                .formatted(
                        mode.mode().label(),
                        mode.status(),
                        what,
                        mode.problems().isEmpty() ? "." : "; " + String.join("; ", mode.problems()));
    }

    /** Keeps what is finished and begins nothing more; may be called from any thread. */
    public synchronized void stop() {
        stopped.set(true);
    }

    /**
     * Writes everything but the report, and returns what the report shows.
     *
     * @throws StudyStoppedException where the folder can no longer be written to
     */
    public StudySummary finish() {
        try {
            failures.removeIf(failure -> failure.key().network() >= years.networkCount()); // run ahead of the rule
            failures.sort(Comparator.comparingInt((TrialFailure f) -> f.key().network())
                    .thenComparingInt(f -> f.key().scenario())
                    .thenComparingInt(f -> f.key().day()));
            writeFailures();
            StudyParquet.write(store, inputs.communities().subList(0, years.networkCount()), folder);
            SharingResults sharing = new SharingResults(study, store, years.sharing(), years.networkCount());
            EnsembleResults ensemble = new EnsembleResults(study, inputs, store, years);
            List<String> notes = new StudyNotes(study, inputs, store, years, failures, sharing.notes()).all();
            StudySummary summary = new StudyResults(study, inputs, store, years)
                    .summary(sharing.write(folder), ensemble.summary(failures), notes);
            StudyTables.write(summary, folder.resolve("tables"));
            ensemble.write(folder, summary.ensemble());
            writeManifest(summary.ensemble().findCandidates());
            return summary;
        } catch (IOException e) {
            throw stopped(e);
        } catch (UncheckedIOException e) {
            throw stopped(e);
        }
    }

    private void writeFailures() throws IOException {
        Path file = folder.resolve(FAILURES);
        if (failures.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        try (CsvWriter csv = CsvTable.create(file, List.of("network", "scenario", "day", "cause", "alone"))) {
            for (TrialFailure failure : failures) {
                csv.writeRecord(
                        Integer.toString(failure.key().network()),
                        failure.scenario(),
                        Integer.toString(failure.key().day()),
                        failure.cause(),
                        failure.only());
            }
        }
    }

    private void writeManifest(@Nullable Candidates candidates) throws IOException {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("product", "headroom");
        manifest.put("version", version);
        manifest.put("seed", study.seed());
        manifest.put("inputs", inputs.hashes());
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("networks", years.networkCount());
        counts.put("scenarios", study.scenarios().size());
        counts.put("days", study.calendar().days().size());
        counts.put("modes", study.modes().size());
        counts.put("trials", total());
        counts.put("trialsFinishedBefore", alreadyFinished);
        counts.put("trialsFailed", failures.size());
        counts.put("networksAskedFor", study.draws());
        manifest.put("counts", counts);
        if (candidates != null) {
            Map<String, Object> gates = new LinkedHashMap<>();
            gates.put("drawn", candidates.drawn());
            gates.put("accepted", candidates.accepted());
            candidates.gates().forEach(gate -> gates.put(gate.gate(), gate.refused()));
            manifest.put("candidatesRefusedByGate", gates);
        }
        manifest.put("timings", Map.of("run_s", (System.nanoTime() - started_ns) / 1e9));
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("java", Runtime.version().toString());
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        manifest.put("machine", machine);
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(folder.resolve("manifest.json"), manifest);
    }

    @Override
    public void close() {
        store.close();
    }
}
