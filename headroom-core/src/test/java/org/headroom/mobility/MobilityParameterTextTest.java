package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MobilityParameterTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"paper", "uk", "paper-draft", "uk-draft"})
    void a_written_set_reads_as_the_same(String name) {
        MobilityParameters set = MobilityParameterFile.load(name);
        String text = MobilityParameterText.of(set, List.of("A set."));
        MobilityParameters again = MobilityParameterFile.parse("again.yaml", text);

        assertThat(MobilityParameterText.of(again, List.of("A set."))).isEqualTo(text);
        assertThat(again.rules()).isEqualTo(set.rules());
        assertThat(again.cars().keySet()).isEqualTo(set.cars().keySet());
        for (Archetype archetype : Archetype.values()) {
            assertThat(again.car(archetype).travel())
                    .isEqualTo(set.car(archetype).travel());
            assertThat(again.car(archetype).weekday().departure_h())
                    .isEqualTo(set.car(archetype).weekday().departure_h());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "uk"})
    void a_shipped_set_is_as_it_was_written(String name) {
        MobilityParameters set = MobilityParameterFile.load(name);
        String about = MobilityParameterFile.text(name);

        assertThat(about).endsWith(bodyOf(MobilityParameterText.of(set, List.of())));
    }

    private static String bodyOf(String text) {
        return text.substring(text.indexOf("format:"));
    }
}
