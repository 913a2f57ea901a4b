package org.headroom.similar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.network.RandomNetworks;
import org.junit.jupiter.api.Test;

class StatisticsJsonTest {
    private static List<NetworkStatistics> read(String text) {
        return StatisticsJson.read(Document.parse("statistics.json", text));
    }

    @Test
    void what_is_written_reads_back_equal() {
        List<NetworkStatistics> networks =
                List.of(NetworkStatistics.of(RandomNetworks.of(1, 40)), NetworkStatistics.of(RandomNetworks.of(2, 7)));
        assertThat(read(StatisticsJson.text(networks))).isEqualTo(networks);
    }

    @Test
    void counts_that_contradict_the_edges_are_refused() {
        String text = StatisticsJson.text(List.of(NetworkStatistics.of(RandomNetworks.of(1, 40))));
        assertThatThrownBy(() -> read(text.replace("\"nodes\": 41", "\"nodes\": 42")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("statistics.json: networks[0].nodes is 42, but its edges make 41");
    }

    @Test
    void a_parent_that_stands_after_its_child_is_refused() {
        String text = StatisticsJson.text(List.of(NetworkStatistics.of(RandomNetworks.of(1, 40))));
        assertThatThrownBy(() -> read(text.replaceFirst("\"parent\":-1", "\"parent\":3")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("edges[0].parent is 3");
    }

    @Test
    void another_format_is_refused() {
        assertThatThrownBy(() -> read("{\"format\": \"headroom-network/1\"}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not headroom-statistics/1");
    }

    @Test
    void the_embedded_statistics_are_of_20_networks_of_50_to_816_nodes() {
        List<NetworkStatistics> networks = Objects.requireNonNull(EmbeddedStatistics.find("uk-lv"));
        assertThat(networks).hasSize(20);
        assertThat(networks.stream().mapToInt(NetworkStatistics::nodes).min()).hasValue(50);
        assertThat(networks.stream().mapToInt(NetworkStatistics::nodes).max()).hasValue(816);
        assertThat(networks.stream().mapToInt(NetworkStatistics::homes).sum()).isEqualTo(6554);
    }

    @Test
    void the_embedded_statistics_name_no_real_network() {
        List<NetworkStatistics> networks = Objects.requireNonNull(EmbeddedStatistics.find("uk-lv"));
        assertThat(networks).allSatisfy(network -> {
            assertThat(network.name()).matches("uk-lv-\\d\\d");
            assertThat(network.substation().node()).isEqualTo("S");
        });
    }
}
