package org.headroom.mobility.calibration;

import java.util.Arrays;
import org.headroom.mobility.Archetype;
import org.headroom.mobility.HouseholdKind;

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

    /** True where some stage of a calibration can bring the figure of a car, household or fleet to a target. */
    boolean isFittedFor(String scope) {
        return switch (this) {
            case ANNUAL_TRIPS, ANNUAL_MILES, AVAILABILITY -> true;
            case ANNUAL_KWH -> isCar(scope);
            case HOME_SHARE -> scope.equals(CalibrationTargets.FLEET);
            case PEAK, PEAK_WEEKEND, PEAK_HOUR_WEEKDAY, PEAK_HOUR_WEEKEND -> isKind(scope);
            case PLUG_INS, PEAK_PER_DAILY_KWH, PEAK_HOUR -> false;
        };
    }

    /** True where there is such a figure: a curve is a household's, its highest step no fleet's of several kinds. */
    boolean isMeasuredFor(String scope) {
        return switch (this) {
            case ANNUAL_TRIPS, ANNUAL_MILES, AVAILABILITY, ANNUAL_KWH, HOME_SHARE, PLUG_INS -> true;
            case PEAK, PEAK_WEEKEND -> !scope.equals(CalibrationTargets.FLEET);
            case PEAK_HOUR_WEEKDAY, PEAK_HOUR_WEEKEND, PEAK_PER_DAILY_KWH, PEAK_HOUR ->
                isKind(scope) || scope.equals(CalibrationTargets.FLEET);
        };
    }

    private static boolean isKind(String scope) {
        return Arrays.stream(HouseholdKind.values())
                .anyMatch(kind -> kind.label().equals(scope));
    }

    private static boolean isCar(String scope) {
        return Arrays.stream(Archetype.values()).anyMatch(car -> car.label().equals(scope));
    }
}
