package org.headroom.study;

import java.util.ArrayList;
import java.util.List;
import org.headroom.time.DayType;
import org.headroom.time.Season;

/**
 * The days of a study: the same number in each season, weighted to a year.
 *
 * <p>Up to six days a season are taken from one week so that a weekend day comes second (Wednesday, Saturday, Monday, Sunday,
 * Friday, Tuesday); seven or more run on from a Monday. Weekdays stand for 5/7 of the season and weekend days for 2/7; without a
 * weekend day the weekdays stand for all of it.
 */
public final class StudyCalendar {
    private static final List<Integer> FIRST = List.of(2, 5, 0, 6, 4, 1);

    private final List<StudyDay> days;
    private final int weeks;

    public StudyCalendar(int perSeason) {
        if (perSeason < 1 || perSeason > 7 * 52) {
            throw new IllegalArgumentException("days.perSeason is %d, expected 1 to 364".formatted(perSeason));
        }
        List<Integer> ofSeason = new ArrayList<>();
        for (int d = 0; d < perSeason; d++) {
            ofSeason.add(perSeason < 7 ? FIRST.get(d) : d);
        }
        ofSeason.sort(null);
        long weekend =
                ofSeason.stream().filter(d -> DayType.ofDay(d).isWeekend()).count();
        double weekdayShare = weekend == 0 ? 1 : 5.0 / 7;
        List<StudyDay> all = new ArrayList<>();
        for (Season season : Season.values()) {
            for (int d : ofSeason) {
                double share = DayType.ofDay(d).isWeekend()
                        ? (1 - weekdayShare) / weekend
                        : weekdayShare / (perSeason - weekend);
                all.add(new StudyDay(all.size(), season, d, share * season.days()));
            }
        }
        this.days = List.copyOf(all);
        this.weeks = (ofSeason.getLast() + 7) / 7;
    }

    public List<StudyDay> days() {
        return days;
    }

    /** Weeks of mobility to simulate a season. */
    public int weeks() {
        return weeks;
    }

    /** Days of the first whole week that the study holds, from its Monday; empty where it holds none. */
    public List<StudyDay> firstWeek() {
        return days.size() / Season.values().length < 7 ? List.of() : days.subList(0, 7);
    }
}
