package org.headroom.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Independent computations on a pool of threads, their results in the order they were asked for. */
public final class Parallel {
    private Parallel() {}

    /** Runs all; what one of them throws is thrown here, after the others were told to stop. */
    public static <T> List<T> inOrder(ExecutorService threads, List<Callable<T>> tasks) throws InterruptedException {
        List<T> results = new ArrayList<>(tasks.size());
        for (Future<T> future : threads.invokeAll(tasks)) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException problem) {
                    throw problem;
                }
                throw new IllegalStateException(e.getCause());
            } catch (CancellationException e) {
                throw new IllegalStateException(e);
            }
        }
        return results;
    }
}
