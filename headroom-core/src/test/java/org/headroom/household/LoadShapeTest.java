package org.headroom.household;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.headroom.input.CsvTable;
import org.headroom.time.DayType;
import org.headroom.time.Season;
import org.junit.jupiter.api.Test;

class LoadShapeTest {
    private static final Map<Season, String> COLUMN =
            Map.of(Season.WINTER, "Wtr", Season.SPRING, "Spr", Season.SUMMER, "Smr", Season.AUTUMN, "Aut");

    @Test
    void the_table_sums_to_2702_9_kWh_a_year() {
        assertThat(LoadShape.ANNUAL_KWH).isCloseTo(2702.947, within(0.001));
    }

    @Test
    void a_winter_evening_is_the_highest_hour() {
        assertThat(LoadShape.demand_kW(Season.WINTER, DayType.WEEKDAY, 17)).isEqualTo(0.63);
    }

    @Test
    void saturday_and_sunday_are_both_the_weekend() {
        assertThat(LoadShape.demand_kW(Season.AUTUMN, DayType.SATURDAY, 12))
                .isEqualTo(LoadShape.demand_kW(Season.AUTUMN, DayType.SUNDAY, 12))
                .isEqualTo(0.39);
    }

    @Test
    void every_figure_is_elexons_profile_class_1_scaled() {
        List<String> columns = COLUMN.values().stream()
                .flatMap(season -> List.of(season + " Wd", season + " Sat", season + " Sun").stream())
                .toList();
        CsvTable elexon = CsvTable.read(ReferenceData.file("demand/ProfileClass1.csv"), columns, List.of("Time"));

        for (Season season : Season.values()) {
            String prefix = COLUMN.get(season);
            for (int hour = 0; hour < 24; hour++) {
                double weekday = hourlyMean(elexon, prefix + " Wd", hour);
                double weekend =
                        (hourlyMean(elexon, prefix + " Sat", hour) + hourlyMean(elexon, prefix + " Sun", hour)) / 2;
                assertThat(LoadShape.demand_kW(season, DayType.WEEKDAY, hour))
                        .as("%s weekday %d h", season, hour)
                        .isCloseTo(weekday * 0.692, within(0.005));
                assertThat(LoadShape.demand_kW(season, DayType.SUNDAY, hour))
                        .as("%s weekend %d h", season, hour)
                        .isCloseTo(weekend * 0.692, within(0.005));
            }
        }
    }

    /** Row k of the file is the half hour that ends k + 1 half hours after midnight. */
    private static double hourlyMean(CsvTable elexon, String column, int hour) {
        double first = elexon.rows().get(2 * hour).number(column, 0, 10);
        return (first + elexon.rows().get(2 * hour + 1).number(column, 0, 10)) / 2;
    }
}
