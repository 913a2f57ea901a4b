package org.headroom.mobility.calibration;

import java.util.Arrays;
import java.util.List;

/** A figure of a fleet that a calibration can aim at. Annual figures are a mean per car (two-ev: per household). */
public enum Quantity {
    ANNUAL_KWH("annual_kWh", true, 0.01),
    ANNUAL_TRIPS("annualTrips", true, 0.03),
    ANNUAL_MILES("annualMiles", true, 0.03),
    /** Whole hours at home over all hours. */
    AVAILABILITY("availabilityShare", false, 0.05),
    /** Energy charged at home over all energy charged. */
    HOME_SHARE("homeShare", false, 0.03),
    PLUG_INS("plugInsPerWeek", true, 0.1),
    /** Highest step of the mean charger, all weeks: median over samples. */
    PEAK("peak_kW", true, 0.05),
    /** The same of Saturdays and Sundays. */
    PEAK_WEEKEND("peakWeekend_kW", true, 0.05),
    /** Hour of the highest step of the mean weekday, over all samples. */
    PEAK_HOUR_WEEKDAY("peakHourWeekday", false, 1),
    /** The same of the mean Saturday or Sunday. */
    PEAK_HOUR_WEEKEND("peakHourWeekend", false, 1),
    /** Highest hour of the mean day, over all samples, by the energy charged at home a day. */
    PEAK_PER_DAILY_KWH("peakPerDaily_kWh", true, 0.15),
    /** Hour of that highest hour, its middle. */
    PEAK_HOUR("peakHour", false, 1);

    private final String key;
    private final boolean relative;
    private final double within;

    Quantity(String key, boolean relative, double within) {
        this.key = key;
        this.relative = relative;
        this.within = within;
    }

    /** Key in targets files. */
    public String key() {
        return key;
    }

    /** True where a deviation is a share of the target, false where it is a difference. */
    public boolean isRelative() {
        return relative;
    }

    /** Deviation that a target without {@code within} tolerates. */
    double usualTolerance() {
        return within;
    }

    /** True for what travel alone decides. */
    boolean isOfTravel() {
        return this == ANNUAL_TRIPS || this == ANNUAL_MILES || this == AVAILABILITY;
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Quantity::key).toList();
    }
}
