package org.headroom.study;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cars of a study do, at homes and in public.
 *
 * @param availability how well stored energy covers unexpected trips, by scenario, mode and archetype
 * @param energy through the chargers, by scenario, mode and place
 * @param findPublicParking use of the public parking lots; null where there are none
 */
public record CarsSummary(
        List<Availability> availability,
        List<CarEnergy> energy,
        @Nullable PublicParkingUse findPublicParking) {
    /** Nothing to tell. */
    public static final CarsSummary NONE = new CarsSummary(List.of(), List.of(), null);

    public CarsSummary {
        availability = List.copyOf(availability);
        energy = List.copyOf(energy);
    }

    /**
     * How well the energy stored in the plugged-in cars of an archetype covers unexpected trips, days weighted to a year.
     *
     * @param uncoveredShare share of unexpected trips, over all cars and steps plugged in, that what is stored at the step's start would
     *     not cover
     * @param cars cars plugged in by step of the day, mean over days and networks
     * @param uncoveredShareByStep the share by step of the day; NaN where no car is plugged in
     * @param stored_kWh mean energy stored in a car at the step's start; NaN likewise
     */
    public record Availability(
            String scenario,
            String mode,
            String archetype,
            Estimate uncoveredShare,
            List<Double> cars,
            List<Double> uncoveredShareByStep,
            List<Double> stored_kWh) {
        public Availability {
            cars = List.copyOf(cars);
            uncoveredShareByStep = List.copyOf(uncoveredShareByStep);
            stored_kWh = List.copyOf(stored_kWh);
        }
    }

    /**
     * Energy through the chargers of a place, of all its cars in a network.
     *
     * @param place home or public
     * @param charged_kWhPerYear taken by the chargers
     * @param discharged_kWhPerYear given back: to homes, to other cars, or to the grid
     */
    public record CarEnergy(
            String scenario, String mode, String place, Estimate charged_kWhPerYear, Estimate discharged_kWhPerYear) {}

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
