package org.headroom.similar;

import java.util.List;
import org.headroom.input.Document;
import org.headroom.network.Network;
import org.headroom.network.format.NetworkJson;
import org.jspecify.annotations.Nullable;

/**
 * The networks that ship with the product, by name: {@value #BRITISH_118}, which {@code headroom networks generate} drew from the
 * statistics of British networks. The file {@code british-118-recipe.yaml} beside it has the command and how its seed was chosen.
 */
public final class EmbeddedNetworks {
    /** 118 nodes, 129 homes, 4 feeders, 2.3 km, with the asset values of the paper's study. */
    public static final String BRITISH_118 = "british-118";

    private EmbeddedNetworks() {}

    /** All names. */
    public static List<String> names() {
        return List.of(BRITISH_118);
    }

    /** The network of a name, or null where none has it. */
    public static @Nullable Network find(String name) {
        return names().contains(name)
                ? NetworkJson.read(Document.resource(EmbeddedNetworks.class, name + ".json"))
                        .network()
                : null;
    }
}
