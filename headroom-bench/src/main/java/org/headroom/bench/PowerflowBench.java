package org.headroom.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.headroom.network.Network;
import org.headroom.powerflow.AcPowerFlow;
import org.headroom.similar.EmbeddedNetworks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headroom bench powerflow}: our AC power flow beside open-loadflow. */
@Command(
        name = "powerflow",
        description = "AC power flow of british-118: our sweeps beside powsybl-open-loadflow's Newton-Raphson.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A solve is the power flow of one step of a day of 24, at 0.5 to 3 kW a home. Ours solves the 24 steps"
                    + " at once, on one thread; the time of a day is divided by 24. open-loadflow is called as its users"
                    + " call it: on a network made once, with loads set anew for each step; reading its network is part"
                    + " of each of its solves. Both find the same voltages; the largest difference is told.",
            "",
            "Ratio: time of open-loadflow for a solve over ours.",
            "",
            "JSON: solvesPerSecond, nodes, openLoadFlow_ms, ratio; beside them headroom_ms, steps, rounds and"
                    + " largestDifference_pu.",
            "Example: headroom bench powerflow --json powerflow.json"
        })
final class PowerflowBench implements Callable<Integer> {
    private static final int STEPS = 24;
    private static final double REACTIVE_SHARE = Math.tan(Math.acos(0.95));

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() {
        MedianTimes times = options.medianTimes();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Network network = Objects.requireNonNull(EmbeddedNetworks.find("british-118"));
        double[] nodal_kW = new double[network.nodeCount() * STEPS];
        double[] nodal_kvar = new double[nodal_kW.length];
        draw(network, nodal_kW, nodal_kvar);
        AcPowerFlow ours = AcPowerFlow.of(network, STEPS);
        OpenLoadFlow reference = new OpenLoadFlow(network);

        double difference_pu = difference_pu(network, ours, reference, nodal_kW, nodal_kvar);
        List<Double> medians_s = times.measure_s(List.of(
                () -> ours.solve(nodal_kW, nodal_kvar) ? ours.substation_kW(0) : Double.NaN, new MedianTimes.Work() {
                    private int step;

                    @Override
                    public double run() {
                        step = (step + 1) % STEPS;
                        reference.solve(nodal_kW, nodal_kvar, STEPS, step);
                        return reference.voltage_pu(1);
                    }
                }));
        double ours_s = medians_s.get(0) / STEPS;
        double reference_s = medians_s.get(1);

        RatioTable table = new RatioTable("a solve of " + network.nodeCount() + " nodes", "headroom", "open-loadflow");
        table.add(network.name(), ours_s, reference_s);
        table.lines().forEach(out::println);
        out.println(String.format(
                Locale.ROOT,
                "%,.0f solves a second on one thread; voltages differ by at most %.1e pu; medians of %d rounds.",
                1 / ours_s,
                difference_pu,
                times.rounds()));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("solvesPerSecond", 1 / ours_s);
        figures.put("nodes", network.nodeCount());
        figures.put("openLoadFlow_ms", reference_s * 1000);
        figures.put("ratio", reference_s / ours_s);
        figures.put("headroom_ms", ours_s * 1000);
        figures.put("steps", STEPS);
        figures.put("rounds", times.rounds());
        figures.put("largestDifference_pu", difference_pu);
        options.write(figures);
        return 0;
    }

    /** Loads of a day: 0.5 to 3 kW a home, each step and node its own, power factor .95. */
    private static void draw(Network network, double[] nodal_kW, double[] nodal_kvar) {
        SplittableRandom random = new SplittableRandom(118);
        for (int n = 0; n < network.nodeCount(); n++) {
            for (int t = 0; t < STEPS; t++) {
                int i = n * STEPS + t;
                nodal_kW[i] = network.node(n).homes() * random.nextDouble(0.5, 3);
                nodal_kvar[i] = nodal_kW[i] * REACTIVE_SHARE;
            }
        }
    }

    private static double difference_pu(
            Network network, AcPowerFlow ours, OpenLoadFlow reference, double[] nodal_kW, double[] nodal_kvar) {
        if (!ours.solve(nodal_kW, nodal_kvar)) {
            throw new IllegalStateException("the power flow does not converge");
        }
        double largest = 0;
        for (int t = 0; t < STEPS; t++) {
            reference.solve(nodal_kW, nodal_kvar, STEPS, t);
            for (int n = 0; n < network.nodeCount(); n++) {
                largest = Math.max(largest, Math.abs(ours.voltage_pu(n, t) - reference.voltage_pu(n)));
            }
        }
        return largest;
    }
}
