package org.headroom.dispatch.sharing;

import java.util.Arrays;

/**
 * Transfers between payers after which no one is worse off than in another mode: whoever would lose is made whole, and those who
 * gain pay for it in proportion to their gains. It exists where the community as a whole does not lose.
 */
public final class FairSplit {
    /** Sums below this are rounding, GBP: bills are settled to a penny. */
    public static final double HALF_A_PENNY = 0.005;

    private FairSplit() {}

    /** Whether there is a split that leaves no one worse off: whether gains sum to at least 0, up to half a penny. */
    public static boolean exists(double[] gain_gbp) {
        return Arrays.stream(gain_gbp).sum() > -HALF_A_PENNY;
    }

    /**
     * Gains after the transfers; they sum to what they did before, or to 0 where that was less.
     *
     * @param gain_gbp what each payer gains before them, negative where it loses
     * @throws IllegalArgumentException if no split leaves no one worse off
     */
    public static double[] after_gbp(double[] gain_gbp) {
        if (!exists(gain_gbp)) {
            throw new IllegalArgumentException("gains sum to %s GBP, expected at least 0"
                    .formatted(Arrays.stream(gain_gbp).sum()));
        }
        double gained = Arrays.stream(gain_gbp).filter(gain -> gain > 0).sum();
        double kept = gained == 0 ? 0 : Math.max(0, Arrays.stream(gain_gbp).sum()) / gained;
        return Arrays.stream(gain_gbp).map(gain -> Math.max(0, gain) * kept).toArray();
    }
}
