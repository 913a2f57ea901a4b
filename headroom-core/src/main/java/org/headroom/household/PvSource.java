package org.headroom.household;

/** Where the output of photovoltaics comes from. */
public sealed interface PvSource permits PvSource.Typical, PvgisYear {
    /**
     * A season's mean output by hour × the day's clearness relative to its season's mean. Clearness is Beta(a, b) by season,
     * one draw a day for the whole network: winter (.86, 1.15), spring (1.49, 1.08), summer (1.90, 1.14), autumn (.95, 1.17).
     *
     * @param clearnessCorrelation rank correlation of the clearness of consecutive days, 0 to below 1
     */
    record Typical(double clearnessCorrelation) implements PvSource {
        /** Lag-1 correlation .29 (design, Sec. 4). */
        public static final Typical BRITISH = new Typical(0.29);

        public Typical {
            if (!(clearnessCorrelation >= 0 && clearnessCorrelation < 1)) {
                throw new IllegalArgumentException(
                        "pv: clearnessCorrelation is %s, expected 0 to below 1".formatted(clearnessCorrelation));
            }
        }
    }
}
