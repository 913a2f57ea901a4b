package org.headroom.household;

import org.headroom.time.Season;

/**
 * Mean output of a British photovoltaic system by season and hour, and how clear its days are (design, Sec. 4, table B).
 *
 * <p>PVGIS-SARAH2 for Cardiff (51.53° N, 3.25° W), 35° south, 14 % loss, 2019 (European Commission, Joint Research Centre),
 * averaged over the dates of {@link Season#of}. The design's table is of calendar seasons (90, 92, 92 and 91 days) and loses
 * 6 % of the year's yield under the seasons used here. With the latter this one sums to 1,054 kWh/kWp a year.
 */
final class SolarShape {
    /** W per kWp by UTC hour 0-23; one row a season. */
    private static final double[][] OUTPUT_W = {
        {0, 0, 0, 0, 0, 0, 0, 2, 35, 138, 222, 257, 266, 267, 216, 153, 55, 8, 0, 0, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 0, 21, 115, 251, 376, 514, 545, 560, 528, 477, 422, 286, 135, 23, 0, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 11, 48, 149, 266, 358, 424, 482, 512, 481, 464, 398, 286, 168, 58, 14, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 0, 2, 55, 167, 238, 317, 337, 344, 359, 303, 241, 133, 43, 2, 0, 0, 0, 0, 0},
    };

    private SolarShape() {}

    /** Mean output of 1 kWp in an hour of clock time, kW; summer time (UTC + 1 h) holds outside winter. */
    static double output_kWPerKWp(Season season, int clockHour) {
        return OUTPUT_W[season.index()][Math.floorMod(clockHour - summerTime_h(season), 24)] / 1000;
    }

    /** How far British clocks are ahead of UTC, hours; Elexon's winter is the part of the year without summer time. */
    static int summerTime_h(Season season) {
        return season == Season.WINTER ? 0 : 1;
    }

    /** First parameter of the daily clearness, Beta(a, b). */
    static double clearnessA(Season season) {
        return switch (season) {
            case WINTER -> 0.86;
            case SPRING -> 1.49;
            case SUMMER -> 1.90;
            case AUTUMN -> 0.95;
        };
    }

    /** Second parameter of the daily clearness, Beta(a, b). */
    static double clearnessB(Season season) {
        return switch (season) {
            case WINTER -> 1.15;
            case SPRING -> 1.08;
            case SUMMER -> 1.14;
            case AUTUMN -> 1.17;
        };
    }
}
