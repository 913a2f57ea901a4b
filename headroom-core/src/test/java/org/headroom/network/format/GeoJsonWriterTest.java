package org.headroom.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;
import org.headroom.network.Substation;
import org.headroom.network.VoltageBand;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GeoJsonWriterTest {
    @TempDir
    Path folder;

    private static Network street(@Nullable Position end) {
        return new Network(
                "street",
                400,
                VoltageBand.BRITISH,
                new Substation("S", 315, 1500),
                List.of(new Node("S", new Position(3, 4), 0, 0), new Node("n\"1", end, 2, 0)),
                List.of(new Line("l1", "S", "n\"1", 50, "95 Al", 0.0161, 0.0037, 136.48, 210)));
    }

    private JsonNode written(Network network, String remark) {
        Path file = folder.resolve("street.geojson");
        assertThat(NetworkFormat.GEOJSON.write(network, file).lines()).anyMatch(line -> line.contains(remark));
        return new JsonMapper().readTree(file.toFile());
    }

    @Test
    void nodes_are_points_and_lines_join_them() {
        JsonNode features =
                written(street(new Position(10, 20.5)), "the plan's metres").get("features");
        assertThat(features.size()).isEqualTo(3);
        assertThat(features.get(1).at("/geometry/coordinates").toString()).isEqualTo("[10.0,20.5]");
        assertThat(features.get(1).at("/properties/id").asString()).isEqualTo("n\"1");
        assertThat(features.get(1).at("/properties/homes").asInt()).isEqualTo(2);
        assertThat(features.get(2).at("/geometry/type").asString()).isEqualTo("LineString");
        assertThat(features.get(2).at("/geometry/coordinates").toString()).isEqualTo("[[3.0,4.0],[10.0,20.5]]");
        assertThat(features.get(2).at("/properties/r_ohm").asDouble()).isEqualTo(0.0161);
    }

    @Test
    void without_positions_the_tree_is_drawn_and_that_is_said() {
        JsonNode features = written(street(null), "a drawing of the tree").get("features");
        assertThat(features.get(1).at("/geometry/coordinates/1").asDouble()).isEqualTo(-50);
        assertThat(features.get(2).at("/geometry/coordinates").size()).isEqualTo(3);
    }

    @Test
    void it_cannot_be_read_back() {
        written(street(null), "cannot be read back");
        assertThatThrownBy(() -> NetworkFiles.read(folder.resolve("street.geojson")))
                .isInstanceOf(NetworkFormatException.class)
                .hasMessageContaining("not a network in a known format");
    }
}
