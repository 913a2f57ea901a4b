package org.headroom.dispatch;

import java.util.Locale;
import org.headroom.random.StudySeed;

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
            case ARBITRARY -> 1 + length * StudySeed.shareOf(31L * session.id().hashCode() + k);
            case SPREAD -> throw new IllegalStateException("spread has no order of steps");
        };
    }

    /** Name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
