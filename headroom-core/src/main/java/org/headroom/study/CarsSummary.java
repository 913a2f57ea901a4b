package org.headroom.study;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cars of a study do, at homes and in public.
 *
 * @param findPublicParking use of the public parking lots; null where there are none
 */
public record CarsSummary(@Nullable PublicParkingUse findPublicParking) {
    /** Nothing to tell. */
    public static final CarsSummary NONE = new CarsSummary(null);

    /**
     * What happens at the public parking lots, the same in every scenario and mode: figures of all lots of a network together, a year,
     * from the weeks simulated for each season; means and intervals over networks.
     *
     * @param lots every lot of every network
     * @param occupiedShare time in which a charging point has a car plugged in
     * @param reservedPerYear stays of cars that came below the reservation threshold
     * @param firstComePerYear stays of cars that came above it and found a free point
     * @param turnedAwayReservedPerYear cars below the threshold for which no point was left to reserve
     * @param turnedAwayPerYear cars above it that found every point taken or reserved
     * @param charged_kWhPerYear electricity from the lots' chargers that cars leave with; what they share meanwhile is not in it
     * @param away_kWhPerYear electricity that the lots' cars charge elsewhere
     */
    public record PublicParkingUse(
            List<LotUse> lots,
            Estimate occupiedShare,
            Estimate reservedPerYear,
            Estimate firstComePerYear,
            Estimate turnedAwayReservedPerYear,
            Estimate turnedAwayPerYear,
            Estimate charged_kWhPerYear,
            Estimate away_kWhPerYear) {
        public PublicParkingUse {
            lots = List.copyOf(lots);
        }
    }

    /**
     * One public parking lot; figures as in {@link PublicParkingUse}.
     *
     * @param network index of the network among the study's draws, from 0
     * @param node name of its node
     * @param chargers charging points
     * @param cars cars of its pool
     */
    public record LotUse(
            int network,
            String node,
            int chargers,
            double charger_kW,
            int cars,
            double occupiedShare,
            double reservedPerYear,
            double firstComePerYear,
            double turnedAwayReservedPerYear,
            double turnedAwayPerYear,
            double charged_kWhPerYear,
            double away_kWhPerYear) {}
}
