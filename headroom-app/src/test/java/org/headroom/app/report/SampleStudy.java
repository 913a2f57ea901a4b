package org.headroom.app.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;
import org.headroom.network.Substation;
import org.headroom.network.TreeLayout;
import org.headroom.network.VoltageBand;
import org.headroom.similar.NetworkStatistics.Spread;
import org.headroom.study.CarsSummary;
import org.headroom.study.CarsSummary.CarEnergy;
import org.headroom.study.EnsembleSummary;
import org.headroom.study.EnsembleSummary.Candidates;
import org.headroom.study.EnsembleSummary.FailedTrial;
import org.headroom.study.EnsembleSummary.FigureQuantiles;
import org.headroom.study.EnsembleSummary.FigureVariance;
import org.headroom.study.EnsembleSummary.GateCount;
import org.headroom.study.Estimate;
import org.headroom.study.SharingSummary;
import org.headroom.study.SharingSummary.EnergyFlow;
import org.headroom.study.SharingSummary.GainPart;
import org.headroom.study.SharingSummary.Gains;
import org.headroom.study.SharingSummary.HouseholdBill;
import org.headroom.study.SharingSummary.KindGain;
import org.headroom.study.SharingSummary.ModeEnergy;
import org.headroom.study.SharingSummary.PeakRange;
import org.headroom.study.SharingSummary.ScenarioSharing;
import org.headroom.study.StudySummary;
import org.headroom.study.StudySummary.ChargingCurves;
import org.headroom.study.StudySummary.DayByStep;
import org.headroom.study.StudySummary.FigureSpread;
import org.headroom.study.StudySummary.HardestDay;
import org.headroom.study.StudySummary.MapLevel;
import org.headroom.study.StudySummary.MapLine;
import org.headroom.study.StudySummary.MapNode;
import org.headroom.study.StudySummary.ModeDifference;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.NetworkFigures;
import org.headroom.study.StudySummary.NetworkMap;
import org.headroom.study.StudySummary.ScenarioSummary;

/** Made-up study results of the paper's size, near the paper's figures; the same on every run. */
final class SampleStudy {
    /** A name as hostile as a file can make it. */
    static final String HOSTILE = "</script><b>\"&'";

    private static final Estimate NOTHING = new Estimate(Double.NaN, Double.NaN, Double.NaN);
    private static final List<String> MODES = List.of("immediate", "smart", "v2g", "v-v2v");
    /** Table 2 of the paper: peak kW, peak-to-average, present value GBP, energy cost GBP. */
    private static final double[][][] TABLE_2 = {
        {{164, 2.29, 12100, 163200}, {137, 1.92, 8500, 156600}, {135, 1.88, 8800, 155400}, {118, 1.64, 5300, 146300}},
        {{169, 2.36, 13800, 164300}, {137, 1.92, 9400, 156500}, {134, 1.88, 10200, 155300}, {110, 1.52, 5200, 143900}},
        {{164, 2.29, 12000, 164100}, {137, 1.92, 8500, 157400}, {146, 2.01, 10700, 145400}, {93, 1.21, 2100, 124500}}
    };
    /** Table 3 of the paper, by mode and level, kW. */
    private static final double[][] TABLE_3 = {
        {28.8, 16.9, 10.7}, {25.4, 15.7, 10.3}, {28.4, 17.8, 11.9}, {12.5, 7.2, 4.8}
    };
    /** Power of 118 homes without cars by hour, kW. */
    private static final double[] BASE_KW = {
        38, 33, 30, 29, 30, 36, 52, 68, 62, 48, 36, 30, 28, 30, 34, 46, 70, 92, 98, 92, 84, 72, 58, 46
    };
    /** What the cars add, by mode and hour, kW. */
    private static final double[][] CARS_KW = {
        {4, 2, 1, 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 10, 18, 34, 52, 62, 60, 48, 34, 20, 10},
        {62, 58, 48, 36, 22, 10, 2, 0, 0, 2, 4, 6, 8, 8, 6, 2, 0, 0, 2, 20, 40, 52, 66, 66},
        {90, 84, 70, 52, 34, 16, 2, -8, -6, 2, 6, 12, 16, 14, 8, -10, -34, -52, -48, -10, 20, 44, 68, 84},
        {46, 50, 50, 48, 44, 34, 16, 2, 8, 18, 28, 34, 36, 34, 28, 12, -14, -36, -40, -30, -16, 4, 22, 38}
    };

    private SampleStudy() {}

    /** Three scenarios, four modes, 100 networks, 118 nodes that are drawn, three kinds of household. */
    static StudySummary full() {
        return full("british-118", false);
    }

    /** The same on a network of another name, with positions or without. */
    static StudySummary full(String networkName, boolean surveyed) {
        Random random = new Random(1);
        return full(network(networkName, surveyed, random), random);
    }

    /** The same on one long street of as many lines as given. */
    static StudySummary large(int lines) {
        List<Node> nodes = new ArrayList<>(List.of(node("S", 0, 0, 0, false)));
        List<Line> street = new ArrayList<>();
        for (int l = 1; l <= lines; l++) {
            street.add(line("l" + l, nodes.getLast().id(), "n" + l, 2, "300 Al", 100_000));
            nodes.add(node("n" + l, 0, 0, 1, false));
        }
        return full(
                new Network("long street", 400, VoltageBand.BRITISH, new Substation("S", 5000, 11700), nodes, street),
                new Random(1));
    }

    private static StudySummary full(Network network, Random random) {
        return new StudySummary(
                "paper",
                1,
                "V-V2V frees headroom: it lowers the substation's peak by 28 % against immediate charge (95 % interval 25 to 31 %),"
                        + " where V2G lowers it by 18 %.",
                100,
                28,
                List.of(
                        scenario("I", 7, "guzzle", 0, MODES, network, true, random),
                        scenario("II", 11, "guzzle", 1, MODES, network, true, random),
                        scenario("III", 7, "graze", 2, MODES, network, true, random)),
                List.of(curves("pro", 0.83, random), curves("ret", 0.65, random), curves("two-ev", 1.14, random)),
                map(network),
                new CarsSummary(availability(), energy(), parking()),
                "name: paper\nseed: 1\nnetworks: { from: british-118, similar: true, count: 100 }\ndays: { perSeason: 7 }\n",
                List.of("british-118: line code 2c_.007: no rating in the file, 35 A interpolated (133 times)"),
                List.of(
                        "The substation's capacity and the asset values were fitted to the paper's tables; the paper does not give them.",
                        "2 of 33,600 trials found no schedule within all limits; they count as violations."),
                sharing(),
                ensemble());
    }

    /** One scenario, one mode, one network, one day a season, no charging curves, no notes. */
    static StudySummary smallest() {
        Random random = new Random(2);
        Network network = new Network(
                "two nodes",
                400,
                VoltageBand.BRITISH,
                new Substation("S", 1000, 0),
                List.of(new Node("a", null, 1, 0)),
                List.of(line("l1", "S", "a", 30, "300 Al", 1000)));
        return new StudySummary(
                "small",
                2,
                "Electric cars eat 40 % of the substation's headroom.",
                1,
                4,
                List.of(scenario("only", 7.4, "graze", 0, List.of("immediate"), network, false, random)),
                List.of(),
                map(network),
                CarsSummary.NONE,
                "name: small\n",
                List.of(),
                List.of(),
                new SharingSummary(0.5, List.of()),
                new EnsembleSummary(List.of(), List.of(), null, 4, List.of()));
    }

    /** The full study where smart charging has no result in Scenario I, and Scenario II has no hardest day and no ledger. */
    static StudySummary gaps() {
        StudySummary sample = full();
        List<ScenarioSummary> scenarios = new ArrayList<>(sample.scenarios());
        ScenarioSummary first = scenarios.getFirst();
        HardestDay day = Objects.requireNonNull(first.findHardestDay());
        scenarios.set(
                0,
                new ScenarioSummary(
                        first.name(),
                        first.charger_kW(),
                        first.habit(),
                        first.modes().stream()
                                .map(mode -> mode.mode().equals("smart") ? withoutResult(mode) : mode)
                                .toList(),
                        first.differences().stream()
                                .map(each -> each.mode().equals("smart")
                                                || each.against().equals("smart")
                                        ? new ModeDifference(each.mode(), each.against(), each.metric(), NOTHING)
                                        : each)
                                .toList(),
                        new HardestDay(
                                day.day(),
                                day.season(),
                                day.ofSeason(),
                                day.modes().stream()
                                        .filter(mode -> !mode.mode().equals("smart"))
                                        .toList())));
        ScenarioSummary second = scenarios.get(1);
        scenarios.set(
                1,
                new ScenarioSummary(
                        second.name(),
                        second.charger_kW(),
                        second.habit(),
                        second.modes(),
                        second.differences(),
                        null));
        List<ScenarioSharing> sharing = new ArrayList<>(sample.sharing().scenarios());
        sharing.set(1, new ScenarioSharing("II", List.of(), List.of(), null, List.of(), List.of()));
        return new StudySummary(
                sample.name(),
                sample.seed(),
                sample.answer(),
                sample.networkCount(),
                sample.dayCount(),
                scenarios,
                sample.chargingCurves(),
                sample.networkMap(),
                sample.cars(),
                sample.resolvedStudy(),
                sample.importRemarks(),
                sample.notes(),
                new SharingSummary(0.5, sharing),
                sample.ensemble());
    }

    private static ModeSummary withoutResult(ModeSummary mode) {
        return new ModeSummary(
                mode.mode(),
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                0,
                28,
                List.of(NOTHING, NOTHING, NOTHING),
                List.of(),
                List.of(List.of(), List.of(), List.of()),
                Collections.nCopies(mode.lineLoading().size(), Double.NaN),
                Double.NaN,
                List.of(),
                List.of());
    }

    /** A study whose free texts would break out of the page if they were not escaped. */
    static StudySummary hostile() {
        StudySummary sample = full(HOSTILE, true);
        ScenarioSummary first = sample.scenarios().getFirst();
        return new StudySummary(
                HOSTILE,
                sample.seed(),
                HOSTILE,
                sample.networkCount(),
                sample.dayCount(),
                List.of(new ScenarioSummary(
                        HOSTILE, 7, HOSTILE, first.modes(), first.differences(), first.findHardestDay())),
                sample.chargingCurves(),
                sample.networkMap(),
                sample.cars(),
                HOSTILE,
                List.of(HOSTILE),
                List.of(HOSTILE),
                new SharingSummary(
                        0.5, List.of(renamed(sample.sharing().scenarios().getFirst()))),
                new EnsembleSummary(
                        List.of(new FigureQuantiles(HOSTILE, HOSTILE, HOSTILE, 1, 1, 1, 1, 1, 1)),
                        List.of(),
                        new Candidates(1, 1, List.of(new GateCount(HOSTILE, 0))),
                        1,
                        List.of(new FailedTrial(0, HOSTILE, 0, HOSTILE, HOSTILE))));
    }

    private static ScenarioSummary scenario(
            String name,
            double charger_kW,
            String habit,
            int table,
            List<String> modes,
            Network network,
            boolean intervals,
            Random random) {
        List<ModeSummary> summaries = new ArrayList<>();
        for (int m = 0; m < modes.size(); m++) {
            summaries.add(mode(modes.get(m), m, TABLE_2[table][m], network, intervals, random));
        }
        List<ModeDifference> differences = new ArrayList<>();
        String[] metrics = {"peak", "presentValue", "energyCost"};
        int[] columns = {0, 2, 3};
        for (int m = 1; m < modes.size(); m++) {
            for (int against = 0; against < m; against++) {
                for (int k = 0; k < metrics.length; k++) {
                    double of = TABLE_2[table][against][columns[k]];
                    double relative = (TABLE_2[table][m][columns[k]] - of) / of;
                    differences.add(new ModeDifference(
                            modes.get(m),
                            modes.get(against),
                            metrics[k],
                            intervals
                                    ? new Estimate(relative, relative - 0.021, relative + 0.021)
                                    : new Estimate(relative, Double.NaN, Double.NaN)));
                }
            }
        }
        return new ScenarioSummary(name, charger_kW, habit, summaries, differences, hardestDay(modes, network, table));
    }

    private static ModeSummary mode(
            String mode, int m, double[] row, Network network, boolean intervals, Random random) {
        double[] typical = IntStream.range(0, 24)
                .mapToDouble(hour -> BASE_KW[hour] + CARS_KW[m][hour])
                .toArray();
        List<NetworkFigures> networks = networks(row, intervals ? 100 : 1, random);
        double highest = DoubleStream.of(typical).max().orElseThrow();
        List<Double> week = new ArrayList<>();
        for (int step = 0; step < 168; step++) {
            week.add(typical[step % 24] / highest * row[0] * (0.8 + 0.2 * random.nextDouble()));
        }
        List<List<Double>> levels = new ArrayList<>();
        for (int level = 0; level < 3; level++) {
            double peak = TABLE_3[m][level];
            levels.add(DoubleStream.of(typical)
                    .map(power -> power / highest * peak * 0.8)
                    .boxed()
                    .toList());
        }
        return new ModeSummary(
                mode,
                estimate(row[0], 0.02, intervals),
                estimate(row[0] * 1.03, 0.02, intervals),
                estimate(row[1], 0.02, intervals),
                estimate(row[2], 0.04, intervals),
                estimate(row[3], 0.01, intervals),
                estimate(m < 2 ? 0 : 420 + 310 * m, 0.03, intervals && m >= 2),
                estimate(0.955 + 0.006 * m, 0.003, intervals),
                estimate(0.952 + 0.006 * m, 0.003, intervals),
                estimate(0.0031 - 0.0005 * m, 0.1, intervals),
                estimate(9800 - 900 * m, 0.02, intervals),
                estimate(m == 0 ? 0 : 310 - 60 * m, 0.2, intervals && m > 0),
                m == 0 ? 3 : 0,
                m == 0 ? 2 : 0,
                DoubleStream.of(TABLE_3[m])
                        .mapToObj(peak -> estimate(peak, 0.05, intervals))
                        .toList(),
                week,
                levels,
                loadings(network, row[0] / network.homeCount()),
                row[0] / network.substation().capacity_kVA(),
                networks,
                spreads(networks));
    }

    /** As many networks, spread around the row of Table 2. */
    private static List<NetworkFigures> networks(double[] row, int count, Random random) {
        return IntStream.range(0, count)
                .mapToObj(n -> {
                    double spread = count == 1 ? 1 : Math.exp(0.09 * random.nextGaussian());
                    return new NetworkFigures(
                            n, row[0] * spread, row[1], row[2] * Math.pow(spread, 2.46), row[3] * Math.sqrt(spread));
                })
                .toList();
    }

    private static List<FigureSpread> spreads(List<NetworkFigures> networks) {
        return List.of(
                spread("peak_kW", networks, NetworkFigures::peak_kW),
                spread("peakToAverage", networks, NetworkFigures::peakToAverage),
                spread("presentValue_gbpPerYear", networks, NetworkFigures::presentValue_gbpPerYear),
                spread("energyCost_gbpPerYear", networks, NetworkFigures::energyCost_gbpPerYear));
    }

    private static FigureSpread spread(
            String metric, List<NetworkFigures> networks, ToDoubleFunction<NetworkFigures> figure) {
        return new FigureSpread(
                metric, Spread.of(networks.stream().mapToDouble(figure).toArray()));
    }

    /** A winter's Wednesday: each line carries its homes' part of the hour's power, and voltages fall with what flows above them. */
    private static HardestDay hardestDay(List<String> modes, Network network, int table) {
        List<DayByStep> days = new ArrayList<>();
        for (int m = 0; m < modes.size(); m++) {
            int mode = m;
            double factor = TABLE_2[table][m][0] / 164;
            double[] power_kW = IntStream.range(0, 24)
                    .mapToDouble(hour -> (BASE_KW[hour] + CARS_KW[mode][hour]) * factor)
                    .toArray();
            List<Double> unit = loadings(network, 1.0 / network.homeCount());
            List<List<Double>> lines = unit.stream()
                    .map(loading -> DoubleStream.of(power_kW)
                            .map(power -> loading * power)
                            .boxed()
                            .toList())
                    .toList();
            List<List<Double>> voltages = new ArrayList<>();
            voltages.add(Collections.nCopies(24, 1.0));
            for (int l = 0; l < network.lineCount(); l++) {
                List<Double> above = voltages.get(network.parentNode(l));
                List<Double> loading = lines.get(l);
                voltages.add(IntStream.range(0, 24)
                        .mapToObj(hour -> above.get(hour) - 0.004 * loading.get(hour))
                        .toList());
            }
            days.add(new DayByStep(
                    modes.get(m),
                    DoubleStream.of(power_kW)
                            .map(power -> power / network.substation().capacity_kVA())
                            .boxed()
                            .toList(),
                    lines,
                    voltages));
        }
        return new HardestDay(2, "winter", 2, days);
    }

    private static ScenarioSharing renamed(ScenarioSharing sharing) {
        return new ScenarioSharing(
                HOSTILE,
                sharing.modes(),
                sharing.bills(),
                sharing.findGains(),
                sharing.decomposition(),
                sharing.peakRanges());
    }

    private static SharingSummary sharing() {
        return new SharingSummary(
                0.5, Stream.of("I", "II", "III").map(SampleStudy::sharing).toList());
    }

    private static ScenarioSharing sharing(String scenario) {
        List<ModeEnergy> modes = new ArrayList<>();
        List<HouseholdBill> bills = new ArrayList<>();
        for (String mode : MODES) {
            boolean pooled = mode.equals("v-v2v");
            double cars_kWh = pooled ? 42_000 : 0;
            double pv_kWh = pooled ? 88_000 : 0;
            List<EnergyFlow> flows = new ArrayList<>(List.of(
                    new EnergyFlow("pv", "demand", true, estimate(64_000, 0.1, true)),
                    new EnergyFlow("grid", "demand", false, estimate(300_000 - pv_kWh, 0.1, true)),
                    new EnergyFlow("grid", "car", false, estimate(260_000, 0.1, true)),
                    new EnergyFlow("pv", "grid", false, estimate(105_000 - pv_kWh, 0.1, true))));
            if (pooled) {
                flows.add(new EnergyFlow("pv", "demand", false, estimate(pv_kWh, 0.1, true)));
                flows.add(new EnergyFlow("car", "demand", false, estimate(cars_kWh, 0.1, true)));
            }
            modes.add(new ModeEnergy(
                    mode,
                    flows,
                    estimate(pooled ? 30 : 0, 0.4, true),
                    estimate(pv_kWh + cars_kWh, 0.1, true),
                    estimate(0, 0, true),
                    estimate(0, 0, true),
                    estimate(pv_kWh, 0.1, true),
                    estimate(cars_kWh, 0.1, true),
                    estimate(64_000, 0.1, true),
                    estimate(560_000 - pv_kWh, 0.1, true),
                    estimate(105_000 - pv_kWh, 0.1, true),
                    estimate(9_000, 0.1, true)));
            for (boolean pv : new boolean[] {false, true}) {
                bills.add(new HouseholdBill(
                        mode,
                        "pro",
                        pv,
                        25,
                        estimate((pv ? 700 : 1250) - (pooled ? 120 : 0), 0.1, true),
                        estimate(4, 0.1, true)));
            }
        }
        return new ScenarioSharing(
                scenario,
                modes,
                bills,
                new Gains(
                        12_900,
                        12_600,
                        180,
                        estimate(15_400, 0.1, true),
                        estimate(21, 0.3, true),
                        100,
                        100,
                        List.of(
                                new KindGain(
                                        "pro",
                                        false,
                                        6_500,
                                        6_300,
                                        150,
                                        estimate(91, 0.1, true),
                                        estimate(92, 0.1, true)),
                                new KindGain(
                                        "pro",
                                        true,
                                        6_400,
                                        6_300,
                                        30,
                                        estimate(161, 0.1, true),
                                        estimate(160, 0.1, true)))),
                Stream.of("peak", "presentValue", "cost")
                        .flatMap(metric -> Stream.of("pv", "cars", "peaks")
                                .map(part -> new GainPart(
                                        metric,
                                        part,
                                        estimate(part.equals("pv") ? -4 : 12, 0.2, true),
                                        estimate(part.equals("pv") ? -0.2 : 0.6, 0.2, true))))
                        .toList(),
                List.of(new PeakRange(
                        "smart", estimate(120, 0.02, true), estimate(140, 0.02, true), estimate(171, 0.02, true))));
    }

    /** Cars that are away at noon, and covered the less the emptier they stand. */
    private static List<CarsSummary.Availability> availability() {
        List<CarsSummary.Availability> rows = new ArrayList<>();
        for (String scenario : List.of("I", "II", "III")) {
            for (String mode : MODES) {
                double worst = mode.equals("immediate") ? 0.1 : 0.25;
                rows.add(new CarsSummary.Availability(
                        scenario,
                        mode,
                        "pro",
                        estimate(worst / 2, 0.1, true),
                        IntStream.range(0, 24)
                                .mapToObj(hour -> hour == 12 ? 0.0 : 20.0)
                                .toList(),
                        IntStream.range(0, 24)
                                .mapToObj(hour -> hour == 12 ? Double.NaN : worst * hour / 24)
                                .toList(),
                        IntStream.range(0, 24)
                                .mapToObj(hour -> hour == 12 ? Double.NaN : 40.0 - hour)
                                .toList()));
            }
        }
        return rows;
    }

    private static List<CarEnergy> energy() {
        List<CarEnergy> rows = new ArrayList<>();
        for (String scenario : List.of("I", "II", "III")) {
            for (String mode : MODES) {
                double given_kWh = mode.equals("v-v2v") ? 42_000 : mode.equals("v2g") ? 61_000 : 0;
                rows.add(new CarEnergy(
                        scenario,
                        mode,
                        "home",
                        estimate(260_000 + given_kWh, 0.1, true),
                        estimate(given_kWh, 0.1, true)));
                rows.add(new CarEnergy(
                        scenario, mode, "public", estimate(55_600, 0.1, true), estimate(given_kWh / 10, 0.1, true)));
            }
        }
        return rows;
    }

    /** Quantiles around Table 2, days that differ more than networks, one gate that refused some, two trials that failed. */
    private static EnsembleSummary ensemble() {
        List<FigureQuantiles> quantiles = new ArrayList<>();
        List<FigureVariance> variance = new ArrayList<>();
        List<String> metrics =
                List.of("substationPeak_kW", "peakToAverage", "presentValue_gbpPerYear", "energyCost_gbpPerYear");
        for (int s = 0; s < 3; s++) {
            String scenario = List.of("I", "II", "III").get(s);
            for (int m = 0; m < MODES.size(); m++) {
                for (int k = 0; k < metrics.size(); k++) {
                    double middle = TABLE_2[s][m][k];
                    quantiles.add(new FigureQuantiles(
                            scenario,
                            MODES.get(m),
                            metrics.get(k),
                            100,
                            middle * 0.85,
                            middle * 0.95,
                            middle,
                            middle * 1.05,
                            middle * 1.2));
                }
                quantiles.add(new FigureQuantiles(
                        scenario, MODES.get(m), "losses_kWhPerYear", 100, 8000, 8800, 9000, 9200, 9900));
                variance.add(new FigureVariance(
                        scenario, MODES.get(m), "substationPeak_kW", 100, 28, 92, 120, 300, 60, 0.25, 0.625, 0.125));
                variance.add(new FigureVariance(
                        scenario, MODES.get(m), "energyCost_gbp", 100, 28, 430, 900, 7200, 900, 0.1, 0.8, 0.1));
            }
        }
        return new EnsembleSummary(
                quantiles,
                variance,
                new Candidates(
                        131,
                        100,
                        List.of(
                                new GateCount("topology", 0),
                                new GateCount("homes", 0),
                                new GateCount("loading", 24),
                                new GateCount("voltage", 7),
                                new GateCount("cosine", 0),
                                new GateCount("spectral", 0),
                                new GateCount("edit distance", 0))),
                8400,
                List.of(
                        new FailedTrial(
                                17, "II", 3, "IllegalStateException: no pivot", "--only network=17,day=3,scenario=II"),
                        new FailedTrial(
                                40,
                                "III",
                                27,
                                "IllegalStateException: no pivot, again",
                                "--only network=40,day=27,scenario=III")));
    }

    /** Two lots in each of the first two networks. */
    private static CarsSummary.PublicParkingUse parking() {
        List<CarsSummary.LotUse> lots = new ArrayList<>();
        for (int network = 0; network < 2; network++) {
            lots.add(new CarsSummary.LotUse(network, "n7", 10, 7.4, 40, 0.43, 1810, 920, 31, 260, 42_500, 18_300));
            lots.add(new CarsSummary.LotUse(network, "n80", 4, 7.4, 12, 0.39, 610, 350, 9, 80, 13_100, 6_200));
        }
        return new CarsSummary.PublicParkingUse(
                lots,
                estimate(0.42, 0.05, true),
                estimate(2420, 0.03, true),
                estimate(1270, 0.03, true),
                estimate(40, 0.3, true),
                estimate(340, 0.1, true),
                estimate(55_600, 0.02, true),
                estimate(24_500, 0.02, true));
    }

    private static Estimate estimate(double mean, double share, boolean interval) {
        return interval
                ? new Estimate(mean, mean * (1 - share), mean * (1 + share))
                : new Estimate(mean, Double.NaN, Double.NaN);
    }

    private static List<Double> loadings(Network network, double power_kW) {
        int[] homes = new int[network.nodeCount()];
        for (int l = network.lineCount() - 1; l >= 0; l--) {
            homes[l + 1] += network.node(l + 1).homes();
            homes[network.parentNode(l)] += homes[l + 1];
        }
        return IntStream.range(0, network.lineCount())
                .mapToObj(l -> homes[l + 1]
                        * power_kW
                        * (2.2 + 3.0 / (1 + homes[l + 1]))
                        / network.line(l).capacity_kVA())
                .toList();
    }

    private static ChargingCurves curves(String archetype, double peak_kW, Random random) {
        double highest = DoubleStream.of(CARS_KW[0]).max().orElseThrow();
        List<List<Double>> weeks = new ArrayList<>();
        for (int week = 0; week < 4; week++) {
            List<Double> steps = new ArrayList<>();
            for (int step = 0; step < 168; step++) {
                double weekend = step < 120 ? 1 : 0.6;
                steps.add(CARS_KW[0][step % 24] / highest * peak_kW * weekend * (0.55 + 0.45 * random.nextDouble()));
            }
            weeks.add(steps);
        }
        return new ChargingCurves(archetype, 118, 7, "guzzle", weeks);
    }

    private static NetworkMap map(Network network) {
        TreeLayout layout = TreeLayout.of(network);
        int[] heights = network.heights();
        List<MapNode> nodes = IntStream.range(0, network.nodeCount())
                .mapToObj(n -> new MapNode(
                        network.node(n).id(),
                        layout.x(n),
                        layout.y(n),
                        network.node(n).homes()))
                .toList();
        List<MapLine> lines = IntStream.range(0, network.lineCount())
                .mapToObj(l -> {
                    Line line = network.line(l);
                    int height = heights[l + 1];
                    int level = height == 0 ? 3 : height <= 5 ? 2 : 1;
                    return new MapLine(
                            line.id(),
                            network.parentNode(l),
                            l + 1,
                            level,
                            line.type(),
                            line.length_m(),
                            line.capacity_kVA());
                })
                .toList();
        return new NetworkMap(
                network.name(),
                layout.surveyed(),
                network.substation().capacity_kVA(),
                network.voltage().lower_pu(),
                network.voltage().upper_pu(),
                nodes,
                lines,
                List.of(
                        new MapLevel(1, "6-19", 41, 40, 900, 17, "95 Al", 0.71),
                        new MapLevel(2, "1-5", 42, 45, 800, 17, "95 Al", 0.5),
                        new MapLevel(3, "0", 34, 35, 600, 15, "25 Al", 0.74)));
    }

    /** Four feeders, each a spine with laterals, 118 nodes in all. */
    private static Network network(String name, boolean surveyed, Random random) {
        List<Node> nodes = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        List<double[]> places = new ArrayList<>();
        nodes.add(node("S", 0, 0, 0, surveyed));
        places.add(new double[] {0, 0});
        int[] spines = {20, 7, 14, 17};
        int[] sizes = {26, 12, 44, 35};
        for (int f = 0; f < 4; f++) {
            double heading = f * Math.PI / 2 + 0.4;
            int first = nodes.size();
            for (int k = 0; k < sizes[f]; k++) {
                boolean spine = k < spines[f];
                boolean lateral = !spine && k + 1 < sizes[f] && random.nextDouble() < 0.4 && k > spines[f];
                int parent = spine
                        ? (k == 0 ? 0 : first + k - 1)
                        : lateral ? nodes.size() - 1 : first + random.nextInt(spines[f] - 1);
                double length_m = k == 0 ? 60 + 40 * f : 8 + 18 * random.nextDouble();
                double turn = spine ? heading + 0.5 * Math.sin(k / 4.0) : heading + (k % 2 == 0 ? 1.3 : -1.3);
                double x = places.get(parent)[0] + 0.9 * length_m * Math.cos(turn);
                double y = places.get(parent)[1] + 0.9 * length_m * Math.sin(turn);
                int homes = k == 0 ? 0 : random.nextInt(10) == 0 ? 3 : 1;
                String id = "n" + nodes.size();
                lines.add(
                        spine
                                ? line("l" + nodes.size(), nodes.get(parent).id(), id, length_m, "95 Al", 136)
                                : line("l" + nodes.size(), nodes.get(parent).id(), id, length_m, "25 Al", 52));
                nodes.add(node(id, x, y, homes, surveyed));
                places.add(new double[] {x, y});
            }
        }
        return new Network(name, 400, VoltageBand.BRITISH, new Substation("S", 200, 11700), nodes, lines);
    }

    private static Node node(String id, double x, double y, int homes, boolean surveyed) {
        return new Node(id, surveyed ? new Position(400000 + x, 300000 + y) : null, homes, 0);
    }

    private static Line line(String id, String from, String to, double length_m, String type, double capacity_kVA) {
        return new Line(id, from, to, length_m, type, 0.01, 0.01, capacity_kVA, 0);
    }
}
