package org.headroom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CableTableTest {
    @ParameterizedTest
    @CsvSource({
        "4c_.06, .469, 130",
        "35_SAC_PC, .868, 96",
        "3c_95_SAC_XC, .322, 197",
        "2c_16, 1.15, 75",
        "2c_.0225, 1.257, 70",
        "4c_.3_AS, .106, 320",
        "4c_120_SAC, .255, 223",
        "95 Al, .322, 197"
    })
    void a_code_takes_the_row_of_the_size_it_names(String code, double resistance_ohmPerKm, double rating_A) {
        CableTable.Rating rating = CableTable.rating(code, resistance_ohmPerKm);
        assertThat(rating.rating_A()).isEqualTo(rating_A);
        assertThat(rating.row()).isNotNull();
    }

    @Test
    void an_aluminium_cable_of_an_imperial_size_is_rated_by_its_resistance() {
        CableTable.Rating rating = CableTable.rating("4c_.3_SAC", 0.15);
        assertThat(rating.row()).isNull();
        assertThat(rating.rating_A()).isEqualTo(245);
    }

    @Test
    void between_rows_the_rating_is_linear_in_logarithms() {
        double middle = Math.sqrt(0.274 * 0.469);
        assertThat(CableTable.rating("4c_.08", middle).rating_A()).isCloseTo(Math.sqrt(175 * 130), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({".007, 3.97, 70, 1.257", "4_XC, 4.61, 75, 1.2"})
    void beyond_the_ends_the_rating_keeps_falling(String code, double ohmPerKm, double last_A, double last_ohmPerKm) {
        double rating_A = CableTable.rating(code, ohmPerKm).rating_A();
        double slope = Math.log(rating_A / last_A) / Math.log(ohmPerKm / last_ohmPerKm);
        assertThat(slope).isBetween(-0.7, -0.55);
    }

    @Test
    void more_resistance_never_gives_a_higher_rating() {
        for (String code : new String[] {"4c_.9", "3c_9999"}) {
            double before = Double.POSITIVE_INFINITY;
            for (double r = 0.02; r < 10; r *= 1.01) {
                double rating_A = CableTable.rating(code, r).rating_A();
                assertThat(rating_A).isLessThanOrEqualTo(before * (1 + 1e-12));
                before = rating_A;
            }
        }
    }

    @Test
    void a_resistance_of_zero_is_refused() {
        assertThatThrownBy(() -> CableTable.rating("4c_95", 0)).hasMessageContaining("expected > 0");
    }

    @Test
    void an_annuity_pays_off_the_sum_over_the_life() {
        double annuity = AssetCosts.BRITISH.annuity();
        double present = 0;
        for (int year = 1; year <= 40; year++) {
            present += annuity / Math.pow(1.05, year);
        }
        assertThat(present).isCloseTo(1, within(1e-12));
    }

    @Test
    void without_discounting_the_annuity_is_an_equal_share() {
        assertThat(new AssetCosts(100, 40, 0, 0, 40, 0).annuity()).isEqualTo(1 / 40.0);
    }

    @Test
    void a_rating_that_went_through_kVA_and_back_still_tells_a_service() {
        double capacity_kVA = Math.sqrt(3) * 0.4 * 100;
        assertThat(AssetCosts.isService(capacity_kVA / (Math.sqrt(3) * 0.4))).isTrue();
        assertThat(AssetCosts.isService(130)).isFalse();
    }
}
