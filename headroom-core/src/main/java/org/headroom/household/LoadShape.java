package org.headroom.household;

import org.headroom.time.DayType;
import org.headroom.time.Season;

/**
 * Hourly mean demand of a typical British home by season and day type (design, Sec. 4, table A).
 *
 * <p>Elexon profile class 1 (UKERC Energy Data Centre, 1997): mean of an hour's two half hours, × 0.692, rounded to .01 kW.
 * Summer is Elexon's summer without its high summer. Weekend is the mean of Saturday and Sunday. With the season lengths of
 * {@link Season} and two weekend days in seven the table sums to {@link #ANNUAL_KWH}, 2,702.9 kWh.
 */
final class LoadShape {
    private static final double[][] WEEKDAY_KW = {
        {
            .21, .17, .15, .14, .14, .16, .24, .40, .41, .35, .34, .33, .34, .32, .31, .35, .49, .63, .63, .60, .55,
            .52, .44, .31
        },
        {
            .19, .15, .13, .13, .13, .14, .21, .31, .32, .29, .28, .26, .29, .26, .26, .27, .35, .41, .40, .39, .43,
            .45, .39, .28
        },
        {
            .17, .14, .13, .12, .12, .13, .20, .29, .29, .27, .26, .26, .27, .25, .24, .26, .33, .38, .37, .34, .33,
            .36, .36, .26
        },
        {
            .18, .14, .13, .12, .13, .14, .21, .32, .33, .29, .28, .27, .28, .26, .25, .26, .35, .42, .46, .47, .47,
            .44, .38, .26
        },
    };
    private static final double[][] WEEKEND_KW = {
        {
            .25, .19, .16, .15, .15, .15, .19, .27, .35, .40, .44, .45, .47, .44, .40, .41, .50, .60, .62, .60, .54,
            .50, .43, .33
        },
        {
            .22, .17, .15, .13, .13, .14, .17, .23, .30, .35, .37, .39, .40, .35, .31, .31, .35, .40, .40, .40, .44,
            .44, .39, .29
        },
        {
            .20, .16, .14, .13, .13, .13, .16, .22, .28, .32, .34, .35, .37, .33, .30, .30, .32, .35, .35, .34, .33,
            .35, .35, .27
        },
        {
            .21, .16, .14, .13, .13, .13, .16, .23, .30, .34, .35, .36, .39, .35, .30, .31, .34, .40, .44, .48, .46,
            .43, .37, .28
        },
    };

    /** What the table sums to over a year of 365 days, kWh; a home's demand is the table × its annual kWh / this. */
    static final double ANNUAL_KWH = annual_kWh();

    private LoadShape() {}

    /** Mean demand in an hour of the day, kW. */
    static double demand_kW(Season season, DayType type, int hour) {
        return (type.isWeekend() ? WEEKEND_KW : WEEKDAY_KW)[season.index()][hour];
    }

    private static double annual_kWh() {
        double sum = 0;
        for (Season season : Season.values()) {
            double week_kWh = 0;
            for (int hour = 0; hour < 24; hour++) {
                week_kWh += 5 * WEEKDAY_KW[season.index()][hour] + 2 * WEEKEND_KW[season.index()][hour];
            }
            sum += season.days() * week_kWh / 7;
        }
        return sum;
    }
}
