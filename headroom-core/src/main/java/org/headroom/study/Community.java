package org.headroom.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.household.HouseholdModel;
import org.headroom.household.Households;
import org.headroom.mobility.HouseholdKind;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.similar.Levels;
import org.jspecify.annotations.Nullable;

/**
 * The homes of one network of a study: which node they are at and who lives in them; and its public parking lots. Drawn from the study's seed and the
 * network's index alone, so that every scenario and mode meets the same people.
 */
final class Community {
    private final int index;
    private final Network network;
    private final Levels levels;
    private final Households households;
    private final int[] nodeOfHome;
    private final List<String> homeIds = new ArrayList<>();
    private final List<@Nullable HouseholdKind> kinds = new ArrayList<>();
    private final List<ParkingPlan.Lot> lots;

    Community(Study study, int index, Network network, HouseholdModel model) {
        StudySeed seed = new StudySeed(study.seed());
        this.index = index;
        this.network = network;
        this.levels = Levels.of(network);
        this.households = new Households(seed, index, network.homeCount(), model);
        this.nodeOfHome = new int[network.homeCount()];
        for (int n = 0; n < network.nodeCount(); n++) {
            for (int i = 0; i < network.node(n).homes(); i++) {
                int home = homeIds.size();
                nodeOfHome[home] = n;
                homeIds.add(homeId(network.node(n), i));
                kinds.add(kind(study, seed.stream(Purpose.POPULATION, index, home)));
            }
        }
        this.lots = study.cars().parking().lots(seed, index, network);
    }

    /** Name of the i-th home at a node: the node's own for a single home; another node of that name makes it take a longer one. */
    private String homeId(Node node, int i) {
        if (node.homes() == 1) {
            return node.id();
        }
        String id = node.id() + "/" + (i + 1);
        while (network.findNode(id) != null) {
            id = id + "'";
        }
        return id;
    }

    /** Who lives in a home, or null where there is no electric car. */
    private static @Nullable HouseholdKind kind(Study study, UniformRandomProvider random) {
        double electric = random.nextDouble();
        double share = random.nextDouble();
        HouseholdKind drawn = null;
        for (HouseholdKind kind : HouseholdKind.values()) {
            double ofKind = study.householdShares().getOrDefault(kind, 0.0);
            if (ofKind > 0) {
                drawn = kind; // the last one takes what rounding leaves over
                share -= ofKind;
                if (share < 0) {
                    break;
                }
            }
        }
        return electric < study.evPenetration() ? drawn : null;
    }

    int index() {
        return index;
    }

    Network network() {
        return network;
    }

    Levels levels() {
        return levels;
    }

    Households households() {
        return households;
    }

    int homeCount() {
        return nodeOfHome.length;
    }

    /** Public parking lots, by node. */
    List<ParkingPlan.Lot> lots() {
        return lots;
    }

    /** Name of a lot; the same as that of a session without a home in a case folder. */
    String lotId(int lot) {
        return "lot at " + network.node(lots.get(lot).node()).id();
    }

    /** Names of who pays a bill: the homes, then the lots. */
    List<String> payerIds() {
        List<String> ids = new ArrayList<>(homeIds);
        for (int l = 0; l < lots.size(); l++) {
            ids.add(lotId(l));
        }
        return ids;
    }

    /** Nodes of who pays a bill: of the homes, then of the lots. */
    int[] nodesOfPayers() {
        int[] nodes = Arrays.copyOf(nodeOfHome, nodeOfHome.length + lots.size());
        for (int l = 0; l < lots.size(); l++) {
            nodes[nodeOfHome.length + l] = lots.get(l).node();
        }
        return nodes;
    }

    int nodeOfHome(int home) {
        return nodeOfHome[home];
    }

    List<String> homeIds() {
        return homeIds;
    }

    /** Who lives in a home, or null where there is no electric car. */
    @Nullable
    HouseholdKind findKind(int home) {
        return kinds.get(home);
    }

    /** The same homes on a network whose substation differs. */
    Community on(Study study, Network other, HouseholdModel model) {
        return new Community(study, index, other, model);
    }
}
