package org.headroom.bench;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.headroom.random.StudySeed;
import org.headroom.similar.EmbeddedNetworks;
import org.headroom.similar.EmbeddedStatistics;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.generate.GenerateSettings;
import org.headroom.similar.generate.Refusals;
import org.headroom.similar.generate.RequestedCounts;
import org.headroom.similar.generate.SimilarNetworks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headroom bench similar}: how many similar networks are generated in a second. */
@Command(
        name = "similar",
        description = "Similar networks generated in a second, all gates and positions included.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Networks like british-118 (118 nodes); of 128 nodes; and of 900 nodes, like the largest of uk-lv. Every network passes"
                    + " topology, power flow and all three measures of similarity, and is laid out as streets. Thresholds of"
                    + " similarity are found before the clock starts; what that takes is told beside (learning). The processor time of a network does not"
                    + " depend on what else the machine does. Nothing else is"
                    + " measured to compare with: PowerGridSynth, which has no gates, states 43 networks of 128 nodes a second.",
            "",
            "JSON: acceptedPerSecond, acceptanceRate, nodes of the first; all of them in cases, with cpu_ms and learn_ms; threads and rounds.",
            "Example: headroom bench similar --json similar.json"
        })
final class SimilarBench implements Callable<Integer> {
    private static final double ROUND_S = 1;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Networks of one kind to be generated. */
    private record Kind(String name, NetworkStatistics input, RequestedCounts counts) {}

    @Override
    public Integer call() throws InterruptedException {
        MedianTimes times = options.medianTimes();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Map<String, Object>> cases = new ArrayList<>();
        out.printf(
                Locale.ROOT,
                "%-28s %18s %15s %15s %11s%n",
                "networks",
                "accepted a second",
                "CPU of one",
                "accepted share",
                "learning");
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Kind kind : kinds()) {
                cases.add(measure(kind, times, pool, out));
            }
        }
        out.printf(Locale.ROOT, "On %d threads; medians of %d rounds.%n", threads, times.rounds());
        Map<String, Object> figures = new LinkedHashMap<>();
        for (String key : List.of("acceptedPerSecond", "acceptanceRate", "nodes")) {
            figures.put(key, Objects.requireNonNull(cases.getFirst().get(key)));
        }
        figures.put("threads", threads);
        figures.put("rounds", times.rounds());
        figures.put("cases", cases);
        options.write(figures);
        return 0;
    }

    private static List<Kind> kinds() {
        NetworkStatistics british = NetworkStatistics.of(Objects.requireNonNull(EmbeddedNetworks.find("british-118")));
        NetworkStatistics largest = Objects.requireNonNull(EmbeddedStatistics.find(EmbeddedStatistics.UK_LV)).stream()
                .max((a, b) -> Integer.compare(a.nodes(), b.nodes()))
                .orElseThrow();
        return List.of(
                new Kind("like british-118", british, RequestedCounts.AS_INPUT),
                new Kind("british-118, 128 nodes", british, new RequestedCounts(128, null, null, null, null)),
                new Kind(largest.name() + ", 900 nodes", largest, new RequestedCounts(900, null, null, null, null)));
    }

    private Map<String, Object> measure(Kind kind, MedianTimes times, ExecutorService pool, PrintWriter out)
            throws InterruptedException {
        long start = System.nanoTime();
        SimilarNetworks similar = SimilarNetworks.from(
                List.of(kind.input()), GenerateSettings.DEFAULT.with(kind.counts()), new StudySeed(1));
        similar.similarityGate(0);
        double learn_ms = (System.nanoTime() - start) / 1e6;
        AtomicInteger next = new AtomicInteger();
        AtomicLong cpu_ns = new AtomicLong();
        Refusals refusals = new Refusals();
        round(similar, next, times.warmUp_s(), pool, new Refusals(), cpu_ns);
        cpu_ns.set(0);
        double[] perSecond = new double[times.rounds()];
        for (int round = 0; round < perSecond.length; round++) {
            perSecond[round] = round(similar, next, ROUND_S, pool, refusals, cpu_ns);
        }
        double accepted = MedianTimes.median(perSecond);
        double rate = refusals.accepted() / (double) refusals.drawn();
        double cpu_ms = cpu_ns.get() / 1e6 / refusals.accepted();
        int nodes = similar.network(0).nodeCount();
        out.printf(
                Locale.ROOT,
                "%-28s %,18.0f %12.2f ms %14.1f%% %8.0f ms%n",
                kind.name(),
                accepted,
                cpu_ms,
                100 * rate,
                learn_ms);
        out.flush();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("networks", kind.name());
        figures.put("acceptedPerSecond", accepted);
        figures.put("acceptanceRate", rate);
        figures.put("nodes", nodes);
        figures.put("cpu_ms", cpu_ms);
        figures.put("learn_ms", learn_ms);
        return figures;
    }

    /** Generates on all threads for a while; accepted networks a second. */
    private double round(
            SimilarNetworks similar,
            AtomicInteger next,
            double atLeast_s,
            ExecutorService pool,
            Refusals refusals,
            AtomicLong cpu_ns)
            throws InterruptedException {
        long start = System.nanoTime();
        List<Future<Refusals>> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            running.add(pool.submit(() -> {
                Refusals own = new Refusals();
                long before_ns = THREADS.getCurrentThreadCpuTime();
                do {
                    own.add(similar.draw(next.getAndIncrement()));
                } while ((System.nanoTime() - start) / 1e9 < atLeast_s);
                cpu_ns.addAndGet(THREADS.getCurrentThreadCpuTime() - before_ns);
                return own;
            }));
        }
        long accepted = 0;
        for (Future<Refusals> one : running) {
            try {
                refusals.add(one.get());
                accepted += one.get().accepted();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return accepted / ((System.nanoTime() - start) / 1e9);
    }
}
