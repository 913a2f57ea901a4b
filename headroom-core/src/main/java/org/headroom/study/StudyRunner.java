package org.headroom.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.headroom.input.InputException;
import org.headroom.study.TrialResult.TrialKey;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a study into a folder: every trial on all threads, each kept once finished, then tables and summary. A folder with finished
 * trials of the same study is gone on with.
 */
public final class StudyRunner implements AutoCloseable {
    private static final String STORE = "trials.duckdb";

    private final Study study;
    private final Path folder;
    private final String version;
    private final long started_ns = System.nanoTime();
    private final StudyInputs inputs;
    private final Trials trials;
    private final TrialStore store;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private int alreadyFinished;

    /**
     * Reads everything the study names and opens its folder.
     *
     * @param version of the product, part of what a folder's trials belong to
     * @throws InputException where an input is at fault, or the folder holds another study
     */
    public StudyRunner(Study study, Path folder, String version) {
        this.study = study;
        this.folder = folder;
        this.version = version;
        this.inputs = new StudyInputs(study);
        this.trials = inputs.trials();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException(
                    folder + ": cannot be made or written to.\nMaybe choose another folder with --out.", e);
        }
        this.store = TrialStore.open(study, folder.resolve(STORE));
        String known = store.findFingerprint();
        if (known == null) {
            store.fingerprint(fingerprint());
        } else if (!known.equals(fingerprint())) {
            store.close();
            throw new InputException(
                    "%s holds the trials of another study: %s.\nMaybe choose another folder with --out."
                            .formatted(folder, firstDifference(known, fingerprint())));
        }
    }

    /** Everything that the trials depend on, as text. */
    private String fingerprint() {
        StringBuilder text = new StringBuilder(StudyFile.write(study))
                .append("version: ")
                .append(version)
                .append("\nstore: 4\n"); // goes up when the tables of the store change
        inputs.hashes()
                .forEach((input, hash) ->
                        text.append(input).append(": ").append(hash).append('\n'));
        return text.toString();
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

    /** Number of trials of the study. */
    public int total() {
        return trials.keys().size();
    }

    /**
     * Runs what is not finished yet.
     *
     * @param threads trials run side by side
     * @return true when all trials are finished, false when it was stopped before
     */
    public boolean run(int threads, StudyProgress progress) {
        Set<TrialKey> finished = store.finished();
        List<TrialKey> open =
                trials.keys().stream().filter(key -> !finished.contains(key)).toList();
        alreadyFinished = finished.size();
        progress.begin(finished.size(), total());
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (TrialKey key : open) {
                running.add(executor.submit(() -> runOne(key, progress)));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        } catch (ExecutionException e) {
            stop();
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e.getCause());
        }
        return !stopped.get();
    }

    private void runOne(TrialKey key, StudyProgress progress) {
        if (stopped.get()) {
            return;
        }
        TrialResult result = trials.run(key);
        synchronized (this) {
            if (!stopped.get()) {
                store.add(result, trials);
                progress.advance();
            }
        }
    }

    /** Keeps what is finished and begins nothing more; may be called from any thread. */
    public synchronized void stop() {
        stopped.set(true);
    }

    /** Writes everything but the report, and returns what the report shows. */
    public StudySummary finish() {
        try {
            Files.writeString(folder.resolve("study.yaml"), StudyFile.write(study));
            StudyResults results = new StudyResults(study, inputs, store);
            results.writeParquet(folder);
            SharingSummary sharing = new SharingResults(study, inputs, store).write(folder);
            StudySummary summary = results.summary(sharing);
            StudyTables.write(summary, folder.resolve("tables"));
            writeManifest();
            return summary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeManifest() throws IOException {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("product", "headroom");
        manifest.put("version", version);
        manifest.put("seed", study.seed());
        manifest.put("inputs", inputs.hashes());
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("networks", inputs.communities().size());
        counts.put("scenarios", study.scenarios().size());
        counts.put("days", study.calendar().days().size());
        counts.put("modes", study.modes().size());
        counts.put("trials", total());
        counts.put("trialsFinishedBefore", alreadyFinished);
        manifest.put("counts", counts);
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
