package org.headroom.mobility;

import java.util.List;

/**
 * What a fleet did.
 *
 * @param parameters name of the parameter set
 * @param archetypes households by kind, and the cars of two-car households
 * @param curve immediate charge of all households
 */
public record FleetSummary(
        FleetRequest request, String parameters, List<ArchetypeSummary> archetypes, ChargingCurve curve) {
    public FleetSummary {
        archetypes = List.copyOf(archetypes);
    }
}
