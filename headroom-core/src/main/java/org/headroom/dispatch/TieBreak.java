package org.headroom.dispatch;

import java.util.Locale;

/** Which of several equally cheap schedules a home takes under smart charging and V2G (design, Sec. 2). */
public enum TieBreak {
    /** The earliest steps after plug-in, as a timer would. */
    EARLIEST,
    /** The latest steps before departure. */
    LATEST,
    /** Power as even as the prices allow (least sum of squares, in eight linear pieces a step). */
    SPREAD,
    /** Steps in an order of each session's own, drawn from its id: timers that are set each in its way, or a solver that takes any. */
    ARBITRARY;

    /**
     * What power in a session's k-th step weighs among equally cheap schedules: the less, the better. Not for {@link #SPREAD}, which weighs
     * the power's square.
     *
     * @param k step of the session, from 0
     * @param length steps of the session
     */
    public double weight(Session session, int k, int length) {
        return switch (this) {
            case EARLIEST -> k + 1;
            case LATEST -> length - k;
            case ARBITRARY -> 1 + length * share(31L * session.id().hashCode() + k);
            case SPREAD -> throw new IllegalStateException("spread has no order of steps");
        };
    }

    /** A number in [0, 1) for a key: the mixing function of SplitMix64. */
    private static double share(long key) {
        long z = (key + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }

    /** Name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
