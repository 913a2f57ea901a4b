package org.headroom.network.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.network.Node;

/**
 * A network as read from a file.
 *
 * @param report what could not be carried over
 * @param loads the demand that the file states; none where the format has homes instead
 * @param ratingKnown false where the substation's rating is a placeholder of the file or of the reader
 */
public record ImportedNetwork(Network network, ImportReport report, StatedLoads loads, boolean ratingKnown) {
    private static final int MOST_HOMES = 1_000_000;

    /** A network of a format that says all that the model holds. */
    public ImportedNetwork(Network network, ImportReport report) {
        this(network, report, StatedLoads.none(network), true);
    }

    /**
     * The same network with its homes counted anew from the loads that the file states: at each node the number of homes of a
     * given demand that comes nearest, at least one where there is a load.
     *
     * @param home_kW what a home draws in the file's case, above 0
     */
    public ImportedNetwork withHomesOf(double home_kW) {
        List<Node> nodes = new ArrayList<>();
        double loads_kW = 0;
        for (int n = 0; n < network.nodeCount(); n++) {
            Node node = network.node(n);
            double homes = loads.kW(n) > 0 ? Math.max(1, Math.rint(loads.kW(n) / home_kW)) : 0;
            if (!(homes <= MOST_HOMES)) {
                throw new InputException(
                        "node %s: %s kW at %s kW a home are more than %d homes.\nMaybe give a larger demand of a home."
                                .formatted(node.id(), loads.kW(n), home_kW, MOST_HOMES));
            }
            loads_kW += loads.kW(n);
            nodes.add(new Node(node.id(), node.position(), (int) homes, node.publicChargers()));
        }
        Network counted = new Network(
                network.name(), network.base_V(), network.voltage(), network.substation(), nodes, network.lines());
        if (counted.homeCount() == 0) {
            throw new InputException(
                    "%s states no loads that homes could be counted from.\nMaybe its format has homes already."
                            .formatted(network.name()));
        }
        ImportReport remark = new ImportReport.Builder()
                .add(String.format(
                        Locale.ROOT,
                        "homes counted from the loads: %d homes for %.1f kW, at %s kW a home",
                        counted.homeCount(),
                        loads_kW,
                        Decimals.text(home_kW)))
                .build();
        return new ImportedNetwork(counted, report.and(remark), loads, ratingKnown);
    }
}
