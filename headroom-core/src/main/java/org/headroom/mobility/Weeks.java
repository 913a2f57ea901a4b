package org.headroom.mobility;

import org.headroom.time.Season;
import org.jspecify.annotations.Nullable;

/**
 * The weeks to simulate, each from a Monday.
 *
 * @param count weeks that count, after the burn-in
 * @param findSeason the season they lie in, which scales the energy of a mile and gives them a stream of their own;
 *     null for weeks of no season
 */
public record Weeks(int count, @Nullable Season findSeason) {
    public Weeks {
        if (count < 1 || count > 10_000) {
            throw new IllegalArgumentException("weeks is %d, expected 1 to 10000".formatted(count));
        }
    }

    /** Weeks of no season. */
    public static Weeks of(int count) {
        return new Weeks(count, null);
    }

    /** Weeks of a season. */
    public static Weeks of(int count, Season season) {
        return new Weeks(count, season);
    }

    /** Days from the first Monday to the last Sunday. */
    public int days() {
        return 7 * count;
    }
}
