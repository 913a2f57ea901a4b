package org.headroom.similar;

import java.util.List;
import org.headroom.input.Document;
import org.headroom.network.Network;
import org.headroom.network.format.NetworkJson;
import org.jspecify.annotations.Nullable;

/** The networks that ship with the product, by name. */
public final class EmbeddedNetworks {
    private EmbeddedNetworks() {}

    /** All names. */
    public static List<String> names() {
        return List.of(British118.NAME);
    }

    /** The network of a name, or null where none has it. */
    public static @Nullable Network find(String name) {
        return names().contains(name)
                ? NetworkJson.read(Document.resource(EmbeddedNetworks.class, name + ".json"))
                        .network()
                : null;
    }
}
