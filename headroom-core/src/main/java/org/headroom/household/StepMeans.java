package org.headroom.household;

/** Means over the steps of a day of values given over other equal steps of it. */
final class StepMeans {
    private StepMeans() {}

    /**
     * Time-weighted means: a finer target holds the value within the source's step, a coarser one averages.
     *
     * @param source values of one day lie at {@code from .. from + count - 1}
     * @param count equal steps of the source's day
     * @param target values of the day, one each step, overwritten
     */
    static void resample(double[] source, int from, int count, double[] target) {
        int steps = target.length;
        // In units of day / (count * steps), a step of the source is `steps` long and one of the target `count`.
        for (int t = 0; t < steps; t++) {
            long start = (long) t * count;
            long end = start + count;
            int first = (int) (start / steps);
            int last = (int) ((end - 1) / steps);
            if (first == last) {
                target[t] = source[from + first];
                continue;
            }
            double sum = 0;
            for (int s = first; s <= last; s++) {
                long overlap = Math.min(end, (s + 1L) * steps) - Math.max(start, (long) s * steps);
                sum += source[from + s] * overlap;
            }
            target[t] = sum / count;
        }
    }
}
