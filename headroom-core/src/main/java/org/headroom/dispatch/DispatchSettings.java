package org.headroom.dispatch;

/**
 * What a day's dispatch assumes beside network, homes and cars; keys of {@code case.yaml}.
 *
 * @param efficiency of charging and of discharging, each way (η)
 * @param degradationPercentPerCycle battery capacity lost per full cycle, percent (θ of eqs. 2e-2f)
 * @param discountRate DR of eq. 38a
 * @param loadGrowthRate LGR of eq. 38a
 * @param apvSegments equal segments of headroom into which the present value is cut (K of eqs. 39-40)
 * @param expansion when assets may be expanded (y of eqs. 15-19)
 * @param tieBreak which of equally cheap schedules homes take
 * @param presentValueDays days over which an annual present value is spread; 1 is the paper's literal eq. 2c
 * @param losses what lines lose
 * @param reserveShare share of usable capacity below which no mode may discharge; a car that arrives with less is not discharged
 */
public record DispatchSettings(
        double efficiency,
        double degradationPercentPerCycle,
        double discountRate,
        double loadGrowthRate,
        int apvSegments,
        Expansion expansion,
        TieBreak tieBreak,
        double presentValueDays,
        Losses losses,
        double reserveShare) {
    /** Days over which the cost of an expansion is spread (eq. 2d). */
    public static final double EXPANSION_DAYS = 365;

    public static final DispatchSettings DEFAULT =
            new DispatchSettings(0.95, 0.01, 0.05, 0.02, 10, Expansion.NEEDED, TieBreak.EARLIEST, 365);

    public DispatchSettings {
        check("efficiency", efficiency, efficiency > 0 && efficiency <= 1, "above 0 and at most 1");
        check(
                "degradationPercentPerCycle",
                degradationPercentPerCycle,
                degradationPercentPerCycle >= 0 && degradationPercentPerCycle <= 100,
                "0 to 100");
        check("discountRate", discountRate, discountRate > 0 && discountRate <= 1, "above 0 and at most 1");
        check("loadGrowthRate", loadGrowthRate, loadGrowthRate > 0 && loadGrowthRate <= 1, "above 0 and at most 1");
        check(
                "discountRate",
                discountRate,
                discountRate >= loadGrowthRate,
                "at least loadGrowthRate (" + loadGrowthRate
                        + "): below it the present value is not convex in the peak");
        check("apvSegments", apvSegments, apvSegments >= 1 && apvSegments <= 1000, "1 to 1000");
        check("presentValueDays", presentValueDays, presentValueDays >= 1 && presentValueDays <= 366, "1 to 366");
        check("reserveShare", reserveShare, reserveShare >= 0 && reserveShare <= 1, "0 to 1");
    }

    /** Settings without losses and without a reserve. */
    public DispatchSettings(
            double efficiency,
            double degradationPercentPerCycle,
            double discountRate,
            double loadGrowthRate,
            int apvSegments,
            Expansion expansion,
            TieBreak tieBreak,
            double presentValueDays) {
        this(
                efficiency,
                degradationPercentPerCycle,
                discountRate,
                loadGrowthRate,
                apvSegments,
                expansion,
                tieBreak,
                presentValueDays,
                new Losses.None(),
                0);
    }

    /** The same settings with other losses. */
    public DispatchSettings withLosses(Losses other) {
        return with(other, reserveShare);
    }

    /** The same settings with another reserve. */
    public DispatchSettings withReserve(double otherShare) {
        return with(losses, otherShare);
    }

    private DispatchSettings with(Losses otherLosses, double otherReserveShare) {
        return new DispatchSettings(
                efficiency,
                degradationPercentPerCycle,
                discountRate,
                loadGrowthRate,
                apvSegments,
                expansion,
                tieBreak,
                presentValueDays,
                otherLosses,
                otherReserveShare);
    }

    private static void check(String key, double value, boolean good, String allowed) {
        if (!good) {
            throw new IllegalArgumentException("%s is %s, expected %s".formatted(key, value, allowed));
        }
    }
}
