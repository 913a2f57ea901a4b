package org.headroom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.headroom.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetValuesTest {
    private static Network network(double... lengths_m) {
        List<Line> lines = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        for (int l = 0; l < lengths_m.length; l++) {
            nodes.add(new Node("n" + l, null, 1, 0));
            lines.add(new Line(
                    "l" + l, l == 0 ? "S" : "n" + (l - 1), "n" + l, lengths_m[l], "95 Al", 0.01, 0.002, 136.5, 5));
        }
        return new Network("n", 400, VoltageBand.BRITISH, new Substation("S", 315, 1500), nodes, lines);
    }

    @Test
    void lines_have_their_shares_by_length_and_the_rating_stays() {
        Network valued = new AssetValues(11_700, 1000).of(network(10, 30, 60));

        assertThat(valued.lines()).extracting(Line::asset_gbpPerYear).containsExactly(100.0, 300.0, 600.0);
        assertThat(valued.lines()).extracting(Line::length_m).containsExactly(10.0, 30.0, 60.0);
        assertThat(valued.substation()).isEqualTo(new Substation("S", 315, 11_700));
    }

    @Test
    void shares_are_whole_pence_and_sum_up() {
        Network valued = new AssetValues(0, 100).of(network(1, 1, 1));

        assertThat(valued.lines()).extracting(Line::asset_gbpPerYear).containsExactly(33.33, 33.34, 33.33);
        assertThat(valued.lines().stream().mapToDouble(Line::asset_gbpPerYear).sum())
                .isCloseTo(100, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_value_below_0_or_without_end_is_refused(double value) {
        assertThatThrownBy(() -> new AssetValues(1, value))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("asset value of the lines is ");
        assertThatThrownBy(() -> new AssetValues(value, 1))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("asset value of the substation is ");
    }
}
