package org.headroom.study;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.headroom.similar.NetworkStatistics.Spread;
import org.jspecify.annotations.Nullable;

/**
 * What a study found, ready to be shown: every number of the tables and pictures, and nothing that needs computing.
 *
 * @param answer the question's answer in a sentence
 * @param networkCount networks studied, each with its own draw of homes
 * @param dayCount days simulated a network and scenario
 * @param cars what the cars do, at homes and in public
 * @param resolvedStudy the study with every default spelled out, as YAML
 * @param importRemarks what of the networks' files was ignored or approximated, one sentence each
 * @param notes what the reader must know before trusting a number: failures, violations, choices made by default
 * @param sharing who shares energy with whom, and who pays
 * @param ensemble how networks and days differ, how the networks were drawn, and what failed
 */
public record StudySummary(
        String name,
        long seed,
        String answer,
        int networkCount,
        int dayCount,
        List<ScenarioSummary> scenarios,
        List<ChargingCurves> chargingCurves,
        NetworkMap networkMap,
        CarsSummary cars,
        String resolvedStudy,
        List<String> importRemarks,
        List<String> notes,
        SharingSummary sharing,
        EnsembleSummary ensemble) {
    public StudySummary {
        scenarios = List.copyOf(scenarios);
        chargingCurves = List.copyOf(chargingCurves);
        importRemarks = List.copyOf(importRemarks);
        notes = List.copyOf(notes);
    }

    /**
     * One scenario under every mode.
     *
     * @param habit guzzle or graze
     * @param findHardestDay of all days of the first network, the one on which its substation carries most (kVA) under any mode; null
     *     where no day of it has a result
     */
    public record ScenarioSummary(
            String name,
            double charger_kW,
            String habit,
            List<ModeSummary> modes,
            List<ModeDifference> differences,
            @Nullable HardestDay findHardestDay) {
        public ScenarioSummary {
            modes = List.copyOf(modes);
            differences = List.copyOf(differences);
        }
    }

    /**
     * One charging mode of a scenario: its row of Table 2, its column of Table 3 and its curves.
     *
     * @param mode immediate, smart, v2g or v-v2v
     * @param peak_kW highest active power of the substation over all days
     * @param peak_kVA highest apparent power of the substation over all days
     * @param peakToAverage peak over mean of the substation's active power, as a ratio
     * @param presentValue_gbpPerYear present value of all assets at their peaks over all days
     * @param energyCost_gbpPerYear energy cost of all homes, days weighted to a year
     * @param degradation_gbpPerYear battery degradation, days weighted to a year
     * @param lowestVoltage_pu lowest voltage of any node on any day, by the lossless model
     * @param lowestAcVoltage_pu the same by the AC power flow
     * @param acVoltageError_pu largest difference between the two, of any node on any day
     * @param losses_kWhPerYear energy lost in lines by the AC power flow, days weighted to a year
     * @param curtailed_kWhPerYear PV energy not used
     * @param expansions assets expanded on at least one day, summed over networks
     * @param violations days on which a limit was broken or no schedule was feasible
     * @param linePeakByLevel_kW Table 3: mean over the level's lines of each line's peak active power, levels 1 to 3
     * @param weekSubstation_kW Figs. 10-12: active power of the substation over one week of the first network, in steps from
     *     Monday midnight
     * @param dayLineFlowByLevel_kW Figs. 13-16: {@code [level][step]}, mean active power of the level's lines on a typical day
     * @param lineLoading loading (peak apparent power over capacity) of each line of the network map, in its order; NaN where the
     *     first network has no day with a result
     * @param substationLoading the substation's likewise
     * @param networks what the means are taken over: a row for each network that has a result, in order
     * @param spreads how the figures of these networks spread; none where there are no networks
     */
    public record ModeSummary(
            String mode,
            Estimate peak_kW,
            Estimate peak_kVA,
            Estimate peakToAverage,
            Estimate presentValue_gbpPerYear,
            Estimate energyCost_gbpPerYear,
            Estimate degradation_gbpPerYear,
            Estimate lowestVoltage_pu,
            Estimate lowestAcVoltage_pu,
            Estimate acVoltageError_pu,
            Estimate losses_kWhPerYear,
            Estimate curtailed_kWhPerYear,
            int expansions,
            int violations,
            List<Estimate> linePeakByLevel_kW,
            List<Double> weekSubstation_kW,
            List<List<Double>> dayLineFlowByLevel_kW,
            List<Double> lineLoading,
            double substationLoading,
            List<NetworkFigures> networks,
            List<FigureSpread> spreads) {
        public ModeSummary {
            linePeakByLevel_kW = List.copyOf(linePeakByLevel_kW);
            weekSubstation_kW = List.copyOf(weekSubstation_kW);
            dayLineFlowByLevel_kW =
                    dayLineFlowByLevel_kW.stream().map(List::copyOf).toList();
            lineLoading = List.copyOf(lineLoading);
            networks = List.copyOf(networks);
            spreads = List.copyOf(spreads);
        }
    }

    /**
     * One network's figures under a scenario and mode, over all days.
     *
     * @param network index among the study's networks, from 0
     * @param peakToAverage as a ratio; NaN where the substation's mean power is not above zero
     */
    public record NetworkFigures(
            int network,
            double peak_kW,
            double peakToAverage,
            double presentValue_gbpPerYear,
            double energyCost_gbpPerYear) {}

    /**
     * How one figure spreads over networks.
     *
     * @param metric as {@link NetworkFigures} calls it
     */
    public record FigureSpread(String metric, Spread spread) {}

    /**
     * A day of the first network, step by step, under every mode.
     *
     * @param day index among the study's days, from 0
     * @param season as files write it: winter, spring, summer or autumn
     * @param ofSeason days since the Monday on which the season's weeks begin
     * @param modes in the order of the study, without those that have no schedule on this day
     */
    public record HardestDay(int day, String season, int ofSeason, List<DayByStep> modes) {
        public HardestDay {
            modes = List.copyOf(modes);
        }
    }

    /**
     * Loadings (apparent power over capacity) and voltages of a day, for the network map. A loading is below zero where active power
     * flows towards the substation.
     *
     * @param substationLoading {@code [step]}
     * @param lineLoading {@code [line][step]}, lines in the map's order
     * @param voltage_pu {@code [node][step]}, nodes in the map's order, by the lossless model
     */
    public record DayByStep(
            String mode,
            List<Double> substationLoading,
            List<List<Double>> lineLoading,
            List<List<Double>> voltage_pu) {
        public DayByStep {
            substationLoading = List.copyOf(substationLoading);
            lineLoading = lineLoading.stream().map(List::copyOf).toList();
            voltage_pu = voltage_pu.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Paired difference of two modes on the same people and days: {@code mode} minus {@code against}, as a share of
     * {@code against}.
     *
     * @param metric peak, presentValue or energyCost
     */
    public record ModeDifference(String mode, String against, String metric, Estimate relative) {}

    /**
     * Figs. 7-9: immediate charging of one kind of household, mean kW per household charger.
     *
     * @param archetype pro, ret or two-ev
     * @param weeks {@code [week][step]}, at least one week, all of one length, each beginning on Monday midnight
     * @param households households simulated
     */
    public record ChargingCurves(
            String archetype, int households, double charger_kW, String habit, List<List<Double>> weeks) {
        public ChargingCurves {
            weeks = weeks.stream().map(List::copyOf).toList();
            if (weeks.isEmpty()) {
                throw new IllegalArgumentException("charging curves of %s: no week".formatted(archetype));
            }
            int steps = weeks.getFirst().size();
            for (List<Double> week : weeks) {
                if (week.size() != steps) {
                    throw new IllegalArgumentException("charging curves of %s: a week of %d steps beside one of %d"
                            .formatted(archetype, week.size(), steps));
                }
            }
        }

        /** The blue curve: mean over the weeks, for each step. */
        public List<Double> mean_kW() {
            return overWeeks(DoubleStream::sum)
                    .map(sum -> sum / weeks.size())
                    .boxed()
                    .toList();
        }

        /** The red curve: highest of the weeks, for each step. */
        public List<Double> maximum_kW() {
            return overWeeks(step -> step.max().orElseThrow()).boxed().toList();
        }

        /** The highest value of all steps and weeks; grows with the number of weeks. */
        public double peak_kW() {
            return weeks.stream()
                    .flatMap(List::stream)
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElseThrow();
        }

        private DoubleStream overWeeks(ToDoubleFunction<DoubleStream> statistic) {
            return IntStream.range(0, weeks.getFirst().size())
                    .mapToDouble(step -> statistic.applyAsDouble(weeks.stream().mapToDouble(week -> week.get(step))));
        }
    }

    /**
     * The first network, drawn.
     *
     * @param surveyed true where positions are the file's own, false where they are a drawing of the tree
     *     ({@link org.headroom.network.TreeLayout}, whose lines are elbows)
     * @param substationCapacity_kVA rating of its transformer
     * @param lowerVoltage_pu lower limit of the voltage of every node
     * @param upperVoltage_pu upper limit likewise
     * @param levels Fig. 4: what each level is made of, levels 1 to 3
     */
    public record NetworkMap(
            String name,
            boolean surveyed,
            double substationCapacity_kVA,
            double lowerVoltage_pu,
            double upperVoltage_pu,
            List<MapNode> nodes,
            List<MapLine> lines,
            List<MapLevel> levels) {
        public NetworkMap {
            levels = List.copyOf(levels);
            nodes = List.copyOf(nodes);
            lines = List.copyOf(lines);
        }
    }

    /**
     * A level of the map: its nodes and the lines that feed them, as many as the nodes.
     *
     * @param heights lowest and highest height of its nodes, such as {@code 1-5}; {@code none} where it has none
     * @param nodes without the substation's
     * @param length_m of all its lines
     * @param medianLength_m of its lines
     * @param commonestType type of most of its lines; empty where it has none
     * @param commonestShare share of its lines that are of this type
     */
    public record MapLevel(
            int level,
            String heights,
            int nodes,
            int homes,
            double length_m,
            double medianLength_m,
            String commonestType,
            double commonestShare) {}

    /** A node of the map; the first one is the substation's. */
    public record MapNode(String id, double x, double y, int homes) {}

    /**
     * A line of the map.
     *
     * @param from index of the node at the substation's side
     * @param to index of the node fed
     * @param level 1 near the substation, 2 intermediate, 3 near the terminals; 0 where the network has no levels
     */
    public record MapLine(String id, int from, int to, int level, String type, double length_m, double capacity_kVA) {}
}
