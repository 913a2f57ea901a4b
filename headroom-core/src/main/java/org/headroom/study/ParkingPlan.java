package org.headroom.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.mobility.ParkingLot;
import org.headroom.network.Network;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.jspecify.annotations.Nullable;

/**
 * Where a study has public parking lots, and what they are like (paper, Sec. 4.4): at nodes with public chargers in the network's file,
 * at nodes that the study names, and at nodes drawn.
 *
 * @param nodes names of nodes; a name that a network lacks counts for the other networks alone
 * @param drawn lots a network at nodes drawn among those without one, the substation's left out
 * @param chargers charging points of a lot that is named or drawn
 * @param charger_kW rated power of every public charging point
 * @param carsPerCharger cars that charge at a lot alone, over its charging points
 * @param reserveBelowSoc state of charge on arrival below which a car has reserved a point
 * @param topUpBelowSoc state of charge below which a car takes a free point
 */
public record ParkingPlan(
        List<String> nodes,
        int drawn,
        int chargers,
        double charger_kW,
        double carsPerCharger,
        double reserveBelowSoc,
        double topUpBelowSoc) {
    /** No lots but those of the network's file. */
    public static final ParkingPlan DEFAULT = new ParkingPlan(List.of(), 0, 4, 7, 3, 0.25, 0.85);

    public ParkingPlan {
        nodes = List.copyOf(nodes);
        if (!(carsPerCharger > 1 && carsPerCharger <= 100)) {
            throw new IllegalArgumentException(
                    "parking.carsPerCharger is %s, expected above 1 and at most 100: with a point for each car nobody competes"
                            .formatted(carsPerCharger));
        }
        try {
            new ParkingLot(chargers, charger_kW, cars(chargers, carsPerCharger), reserveBelowSoc, topUpBelowSoc);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("parking." + e.getMessage(), e);
        }
    }

    private static int cars(int chargers, double carsPerCharger) {
        return Math.max(chargers + 1, (int) Math.round(chargers * carsPerCharger));
    }

    /** A lot at a node of a network. */
    record Lot(int node, ParkingLot lot) {}

    /** Reads the key {@code parking} of a study. */
    static ParkingPlan read(@Nullable Document yaml) {
        if (yaml == null) {
            return DEFAULT;
        }
        ParkingPlan plan = new ParkingPlan(
                yaml.has("nodes") ? yaml.texts("nodes") : List.of(),
                yaml.integer("drawn", DEFAULT.drawn, 0, 10_000),
                yaml.integer("chargers", DEFAULT.chargers, 1, 10_000),
                yaml.number("charger_kW", DEFAULT.charger_kW, 0, 1000),
                yaml.number("carsPerCharger", DEFAULT.carsPerCharger, 1, 100),
                yaml.number("reserveBelowSoc", DEFAULT.reserveBelowSoc, 0, 1),
                yaml.number("topUpBelowSoc", DEFAULT.topUpBelowSoc, 0, 1));
        yaml.refuseUnknownKeys();
        return plan;
    }

    /** Its keys, to be read again. */
    Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("nodes", nodes);
        keys.put("drawn", drawn);
        keys.put("chargers", chargers);
        keys.put("charger_kW", charger_kW);
        keys.put("carsPerCharger", carsPerCharger);
        keys.put("reserveBelowSoc", reserveBelowSoc);
        keys.put("topUpBelowSoc", topUpBelowSoc);
        return keys;
    }

    /**
     * The lots of a network, by node.
     *
     * @param index of the network among the study's draws, which keys the draw of nodes
     * @throws InputException where a node is named that has public chargers anyway, or more are to be drawn than there are
     */
    List<Lot> lots(StudySeed seed, int index, Network network) {
        int[] points = new int[network.nodeCount()];
        for (int n = 0; n < points.length; n++) {
            points[n] = network.node(n).publicChargers();
        }
        for (String name : nodes) {
            Integer node = network.findNode(name);
            if (node != null) {
                if (points[node] > 0) {
                    throw new InputException(
                            "parking.nodes names %s, which has %d public chargers already, in network %s or by another mention.\nMaybe leave it out."
                                    .formatted(name, points[node], network.name()));
                }
                points[node] = chargers;
            }
        }
        List<Integer> free = new ArrayList<>();
        for (int n = 1; n < points.length; n++) {
            if (points[n] == 0) {
                free.add(n);
            }
        }
        if (drawn > free.size()) {
            throw new InputException("parking.drawn is %d, but network %s has %d nodes without public chargers."
                    .formatted(drawn, network.name(), free.size()));
        }
        UniformRandomProvider random = seed.stream(Purpose.PARKING, index);
        for (int i = 0; i < drawn; i++) {
            int drawnNode = free.remove(/* index */ random.nextInt(free.size()));
            points[drawnNode] = chargers;
        }
        List<Lot> lots = new ArrayList<>();
        for (int n = 0; n < points.length; n++) {
            if (points[n] > 0) {
                lots.add(new Lot(
                        n,
                        new ParkingLot(
                                points[n],
                                charger_kW,
                                cars(points[n], carsPerCharger),
                                reserveBelowSoc,
                                topUpBelowSoc)));
            }
        }
        return lots;
    }
}
