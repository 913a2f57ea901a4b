package org.headroom.study;

import org.headroom.time.DayType;
import org.headroom.time.Season;

/**
 * A day of a study.
 *
 * @param index place among all days of the study, from 0
 * @param ofSeason days since the Monday on which the season's weeks begin
 * @param weight_days days of the year that it stands for; the weights of a study sum to 365
 */
public record StudyDay(int index, Season season, int ofSeason, double weight_days) {
    public DayType type() {
        return DayType.ofDay(ofSeason);
    }
}
