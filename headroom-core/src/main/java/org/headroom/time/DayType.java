package org.headroom.time;

/** Weekday or one of the two weekend days. */
public enum DayType {
    WEEKDAY,
    SATURDAY,
    SUNDAY;

    /** Type of a day counted from a Monday numbered 0. */
    public static DayType ofDay(int dayFromMonday) {
        return switch (Math.floorMod(dayFromMonday, 7)) {
            case 5 -> SATURDAY;
            case 6 -> SUNDAY;
            default -> WEEKDAY;
        };
    }

    public boolean isWeekend() {
        return this != WEEKDAY;
    }
}
