/**
 * Benchmarks: our kernels beside what they are compared with.
 *
 * <p>{@code headroom bench NAME} runs a comparison: a picocli command of its own, added in {@link org.headroom.bench.Main}, that
 * measures both sides with {@link org.headroom.bench.MedianTimes}, prints a {@link org.headroom.bench.RatioTable} and takes
 * {@link org.headroom.bench.BenchOptions}. Classes with JMH's annotations are for work on a single kernel.
 */
@NullMarked
package org.headroom.bench;

import org.jspecify.annotations.NullMarked;
