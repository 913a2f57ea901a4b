package org.headroom.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Median times of several pieces of work, measured by turns so that what else the machine does meets all of them alike. Each is
 * first warmed up; then each of the rounds repeats it for at least {@value #ROUND_S} s.
 *
 * @param rounds times that a median is taken of
 * @param warmUp_s warm-up of each piece
 */
record MedianTimes(int rounds, double warmUp_s) {
    private static final double ROUND_S = 0.2;

    /** A piece of work; what it returns is used, so that the compiler cannot leave it out. */
    interface Work {
        double run();
    }

    /** Median time of one run of each, in seconds. */
    List<Double> measure_s(List<Work> sides) {
        double unused = 0;
        for (Work side : sides) {
            long start = System.nanoTime();
            do {
                unused += side.run();
            } while (since_s(start) < warmUp_s);
        }
        double[][] times_s = new double[sides.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int side = 0; side < sides.size(); side++) {
                int runs = 0;
                long start = System.nanoTime();
                do {
                    unused += sides.get(side).run();
                    runs++;
                } while (since_s(start) < ROUND_S);
                times_s[side][round] = since_s(start) / runs;
            }
        }
        if (Double.isNaN(unused)) {
            throw new IllegalStateException("a side of the comparison answered with not a number");
        }
        List<Double> medians = new ArrayList<>();
        for (double[] times : times_s) {
            medians.add(median(times));
        }
        return medians;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double since_s(long start_ns) {
        return (System.nanoTime() - start_ns) / 1e9;
    }
}
