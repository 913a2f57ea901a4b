package org.headroom.household;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.headroom.time.Season;
import org.junit.jupiter.api.Test;

class SolarShapeTest {
    @Test
    void a_year_yields_1054_kWh_per_kWp() {
        double sum = 0;
        for (Season season : Season.values()) {
            for (int hour = 0; hour < 24; hour++) {
                sum += season.days() * SolarShape.output_kWPerKWp(season, hour);
            }
        }
        assertThat(sum).isCloseTo(1054, within(0.5));
    }

    @Test
    void summer_noon_by_the_sun_is_at_one_by_the_clock() {
        assertThat(SolarShape.output_kWPerKWp(Season.SUMMER, 13)).isEqualTo(0.512);
        assertThat(SolarShape.output_kWPerKWp(Season.WINTER, 13)).isEqualTo(0.267);
    }

    @Test
    void every_figure_is_the_mean_of_the_pvgis_file_over_the_season() {
        PvgisYear year = PvgisYear.read(ReferenceData.file("pv/wales_51.527_-3.250_1kWp_2019.json"));

        for (Season season : Season.values()) {
            for (int hour = 0; hour < 24; hour++) {
                double sum = 0;
                for (int day = 0; day < year.dayCount(season); day++) {
                    sum += year.output_kWPerKWp(season, day, hour);
                }
                assertThat(SolarShape.output_kWPerKWp(season, hour))
                        .as("%s %d h", season, hour)
                        .isCloseTo(sum / year.dayCount(season), within(0.0005001));
            }
        }
    }
}
