package org.headroom.time;

/**
 * The steps into which a cyclic day is cut.
 *
 * @param count steps a day: 24 for hours, 48 for half hours, 96 for quarter hours; any divisor of a day in whole minutes
 */
public record DaySteps(int count) {
    public static final DaySteps HOURLY = new DaySteps(24);

    public DaySteps {
        if (count < 1 || count > 1440 || 1440 % count != 0) {
            throw new IllegalArgumentException(
                    "stepsPerDay must divide a day into whole minutes (1 to 1440), but was " + count);
        }
    }

    /** Length of a step in hours (Δt). */
    public double step_h() {
        return 24.0 / count;
    }

    /** The step of the day that a step counted from any midnight falls on. */
    public int ofDay(int step) {
        return Math.floorMod(step, count);
    }

    /** The step of the day after one: the first after the last. */
    public int after(int step) {
        return step + 1 == count ? 0 : step + 1;
    }
}
