package org.headroom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DispatchBenchTest {
    @Test
    void twice_as_fast_and_half_as_fast_are_as_fast_in_the_geometric_mean() {
        assertThat(DispatchBench.geometricMean(new double[] {2, 0.5})).isCloseTo(1, within(1e-12));
        assertThat(DispatchBench.geometricMean(new double[] {300})).isCloseTo(300, within(1e-9));
    }
}
