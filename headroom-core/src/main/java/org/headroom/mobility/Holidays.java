package org.headroom.mobility;

/**
 * Holidays that a household spends away with its cars: no trips from home, no sessions, and energy that is charged elsewhere and not
 * counted.
 *
 * @param perYear mean number of holidays a year; 0 for none
 * @param days length of each
 */
public record Holidays(double perYear, int days) {
    /** Nobody goes on holiday. */
    public static final Holidays NONE = new Holidays(0, 7);

    public Holidays {
        if (!(perYear >= 0 && perYear * days <= 180)) {
            throw new IllegalArgumentException(
                    "holidays: perYear is %s of %d days each, expected at least 0 and at most 180 days in all"
                            .formatted(perYear, days));
        }
        if (days < 1 || days > 60) {
            throw new IllegalArgumentException("holidays: days is %d, expected 1 to 60".formatted(days));
        }
    }

    /** Probability that a holiday begins on a day at home, such that there are {@link #perYear} on average. */
    double beginShare() {
        double atHome = 365 - perYear * days;
        return perYear / (atHome + perYear);
    }
}
