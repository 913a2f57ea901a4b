package org.headroom.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eqs. 38a-40c. */
class PresentValueCurveTest {
    private static final double KAPPA = Math.log(1.05) / Math.log(1.02);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10, 100})
    void it_is_exact_at_every_breakpoint(int segments) {
        PresentValueCurve curve = new PresentValueCurve(0.05, 0.02, segments);
        for (int k = 0; k <= segments; k++) {
            double loading = (double) k / segments;
            assertThat(curve.share(loading)).isCloseTo(Math.pow(loading, KAPPA), within(1e-14));
            assertThat(curve.shareAtBreakpoint(k)).isCloseTo(Math.pow(loading, KAPPA), within(1e-14));
        }
    }

    @Test
    void between_breakpoints_it_is_the_chord_above_the_curve() {
        PresentValueCurve curve = new PresentValueCurve(0.05, 0.02, 10);

        assertThat(curve.share(0.75)).isCloseTo((Math.pow(0.7, KAPPA) + Math.pow(0.8, KAPPA)) / 2, within(1e-14));
        assertThat(curve.share(0.75)).isGreaterThan(Math.pow(0.75, KAPPA));
    }

    @Test
    void it_is_the_highest_of_its_lines_and_so_convex() {
        PresentValueCurve curve = new PresentValueCurve(0.05, 0.02, 10);
        for (double loading = 0; loading <= 1; loading += 0.013) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < 10; k++) {
                highest = Math.max(highest, curve.intercept(k) + curve.slope(k) * loading);
            }
            assertThat(curve.share(loading)).isCloseTo(highest, within(1e-14));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.0001, 2, 1e9, Double.POSITIVE_INFINITY})
    void an_asset_at_or_over_capacity_is_worth_replacing_whole(double loading) {
        assertThat(new PresentValueCurve(0.05, 0.02, 10).share(loading)).isEqualTo(1);
    }

    @Test
    void an_asset_without_load_costs_nothing() {
        assertThat(new PresentValueCurve(0.05, 0.02, 10).share(0)).isZero();
    }

    @Test
    void it_grows_with_the_loading() {
        PresentValueCurve curve = new PresentValueCurve(0.05, 0.02, 10);
        for (int i = 1; i <= 1000; i++) {
            assertThat(curve.share(i / 1000.0)).isGreaterThan(curve.share((i - 1) / 1000.0));
        }
    }
}
