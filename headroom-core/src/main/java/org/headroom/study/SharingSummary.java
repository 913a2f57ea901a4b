package org.headroom.study;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who shares energy with whom, who pays, and where V-V2V's gain comes from; ready to be shown.
 *
 * @param priceShare where in the spread the price inside the community lies: 0 the sell price, 1 the buy price
 */
public record SharingSummary(double priceShare, List<ScenarioSharing> scenarios) {
    /** Kinds of households in bills, beside those of mobility. */
    public static final String NO_CAR = "no-car";

    public static final String LOT = "lot";

    /** Parts of V-V2V's gain, in the order of {@link org.headroom.dispatch.PartialSharing}'s bits. */
    public static final List<String> PARTS = List.of("pv", "cars", "peaks");

    public SharingSummary {
        scenarios = List.copyOf(scenarios);
    }

    /**
     * One scenario.
     *
     * @param bills by mode and kind of household
     * @param findGains V-V2V's gains against V2G; null where the study lacks one of the two
     * @param decomposition what V-V2V's gain over V2G comes from; empty where it was not asked for
     * @param peakRanges peaks that ties leave open; empty where they were not asked for
     */
    public record ScenarioSharing(
            String scenario,
            List<ModeEnergy> modes,
            List<HouseholdBill> bills,
            @Nullable Gains findGains,
            List<GainPart> decomposition,
            List<PeakRange> peakRanges) {
        public ScenarioSharing {
            modes = List.copyOf(modes);
            bills = List.copyOf(bills);
            decomposition = List.copyOf(decomposition);
            peakRanges = List.copyOf(peakRanges);
        }
    }

    /**
     * Where a network's energy comes from and goes to in a year under a mode; figures as in
     * {@link org.headroom.dispatch.sharing.SharedEnergy}.
     *
     * @param flows those above .01 kWh in some network
     */
    public record ModeEnergy(
            String mode,
            List<EnergyFlow> flows,
            Estimate carToCar_kWhPerYear,
            Estimate homeToHome_kWhPerYear,
            Estimate homeToPublic_kWhPerYear,
            Estimate publicToHome_kWhPerYear,
            Estimate pvShared_kWhPerYear,
            Estimate carsShared_kWhPerYear,
            Estimate ownUse_kWhPerYear,
            Estimate bought_kWhPerYear,
            Estimate sold_kWhPerYear,
            Estimate batteryLosses_kWhPerYear) {
        public ModeEnergy {
            flows = List.copyOf(flows);
        }
    }

    /**
     * One arrow of the flow picture.
     *
     * @param from pv, car, lot or grid
     * @param to demand, car, lot, grid or lines
     * @param own true within a household or lot, false between two of them or with the grid
     * @param energy_kWhPerYear of a network
     */
    public record EnergyFlow(String from, String to, boolean own, Estimate energy_kWhPerYear) {}

    /**
     * What a household of a kind pays in a year under a mode.
     *
     * @param kind ret, pro or two-ev; no-car for a home without an electric car; lot for a public lot
     * @param pv whether it has PV
     * @param householdsPerNetwork mean number of such households in a network
     * @param energy_gbpPerYear for energy, a household
     * @param wear_gbpPerYear wear of its own cars by discharging, a household
     */
    public record HouseholdBill(
            String mode,
            String kind,
            boolean pv,
            double householdsPerNetwork,
            Estimate energy_gbpPerYear,
            Estimate wear_gbpPerYear) {}

    /**
     * What V-V2V gains payers against V2G in a year, wear of cars included. Transfers make good whoever loses, paid by those who gain in
     * proportion to their gains; they exist in a network whose payers gain as a whole.
     *
     * @param payers households and lots, over all networks
     * @param gaining those who gain at least half a penny before any transfer
     * @param losing those who lose as much
     * @param community_gbpPerYear gain of all payers of a network
     * @param largestLoss_gbpPerYear largest loss of a payer of a network before any transfer; 0 where no one loses
     * @param networks networks in which both modes have a result
     * @param networksWithFairSplit those of them in which transfers leave no one worse off
     */
    public record Gains(
            int payers,
            int gaining,
            int losing,
            Estimate community_gbpPerYear,
            Estimate largestLoss_gbpPerYear,
            int networks,
            int networksWithFairSplit,
            List<KindGain> kinds) {
        public Gains {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * The gains of one kind of household.
     *
     * @param kind as in {@link HouseholdBill}
     * @param gain_gbpPerYear before transfers, a household
     * @param afterTransfers_gbpPerYear after transfers, a household, in the networks where they exist
     */
    public record KindGain(
            String kind,
            boolean pv,
            int payers,
            int gaining,
            int losing,
            Estimate gain_gbpPerYear,
            Estimate afterTransfers_gbpPerYear) {}

    /**
     * What one part of V-V2V contributes to its gain over V2G: the Shapley value, the mean over all orders in which the parts can
     * be switched on.
     *
     * @param metric peak (kW), presentValue (GBP a year) or cost (energy and wear, GBP a year)
     * @param part pv (sharing PV between homes), cars (sharing what cars give), peaks (counting the present value)
     * @param gain of the part, in the metric's unit; the parts sum to the whole gain
     * @param share of the whole gain, over the networks that gain
     */
    public record GainPart(String metric, String part, Estimate gain, Estimate share) {}

    /**
     * The substation's peak over all equally cheap schedules of a mode, on the days looked at.
     *
     * @param lowest_kVA whichever way ties are broken, it is not less
     * @param chosen_kVA as the study breaks ties
     * @param highest_kVA it is not more
     */
    public record PeakRange(String mode, Estimate lowest_kVA, Estimate chosen_kVA, Estimate highest_kVA) {}
}
