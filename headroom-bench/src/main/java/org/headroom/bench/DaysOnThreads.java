package org.headroom.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.headroom.dispatch.tree.TreeSolver;

/**
 * The same days solved over and over by the tree solver on some threads, each a day at a time; large days first, so that no
 * thread waits for a last one.
 */
final class DaysOnThreads implements MedianTimes.Work, AutoCloseable {
    /** Rounds of all days that a thread has to solve on average. */
    private static final int REPEATS = 4;

    private final List<DispatchCase> days = new ArrayList<>();
    private final ExecutorService pool;
    private final int threads;

    DaysOnThreads(List<DispatchCase> cases, int threads) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads);
        List<DispatchCase> largestFirst = new ArrayList<>(cases);
        largestFirst.sort(Comparator.comparingInt(DispatchCase::sessions).reversed());
        for (DispatchCase one : largestFirst) {
            days.addAll(Collections.nCopies(REPEATS * threads, one));
        }
    }

    /** Days solved in a run. */
    int dayCount() {
        return days.size();
    }

    @Override
    public double run() {
        AtomicInteger next = new AtomicInteger();
        Callable<Double> worker = () -> {
            double sum = 0;
            for (int i = next.getAndIncrement(); i < days.size(); i = next.getAndIncrement()) {
                sum += TreeSolver.solve(days.get(i).day(), days.get(i).mode()).solve_ms();
            }
            return sum;
        };
        try {
            double sum = 0;
            for (Future<Double> done : pool.invokeAll(Collections.nCopies(threads, worker))) {
                sum += done.get();
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
