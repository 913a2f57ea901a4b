package org.headroom.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.HighsSolver;
import org.headroom.dispatch.tree.TreeSolver;
import org.headroom.input.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headroom bench dispatch}: the tree solver beside HiGHS, day by day. */
@Command(
        name = "dispatch",
        description = "Days of dispatch: the tree solver beside HiGHS.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Days: V-V2V on british-118, three each of 20, 60 and 110 cars at 24 steps, one of 110 on feeders so long"
                    + " that voltage limits bind in most hours, and one of 20 cars each at 48 and 96 steps; smart charging and V2G of 118 homes with 158 cars, three days each. Always the"
                    + " same days. A time is that from the problem to the recomputed outcome with its bound, set-up"
                    + " included, on one thread. All days warm up the tree solver together, so many seconds for each kind;"
                    + " HiGHS, compiled already, solves each day twice before it is measured. A few minutes in all.",
            "Then the V-V2V days of 24 steps run on one thread and on all: the gain of days side by side.",
            "",
            "Ratio: time of HiGHS for a day over that of the tree solver.",
            "",
            "JSON, a row a day: case, sessions, steps, tree_ms, highs_ms, ratio, objectiveDifference (relative, of 1"
                    + " GBP at least), relativeGap and iterations (of the tree solver's interior point method; 0 where"
                    + " homes are solved by themselves); beside them mode.",
            "Example: headroom bench dispatch --json dispatch.json"
        })
final class DispatchBench implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--cases",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "Only the days whose names begin so, such as v-v2v-20 (default: all).")
    private String prefix = "";

    /** What was measured of a day. */
    private record Row(
            DispatchCase one,
            double tree_s,
            double highs_s,
            double objectiveDifference,
            double relativeGap,
            int iterations) {
        double ratio() {
            return highs_s / tree_s;
        }

        Map<String, Object> json() {
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("case", one.name());
            keys.put("sessions", one.sessions());
            keys.put("steps", one.steps());
            keys.put("tree_ms", tree_s * 1000);
            keys.put("highs_ms", highs_s * 1000);
            keys.put("ratio", ratio());
            keys.put("objectiveDifference", objectiveDifference);
            keys.put("relativeGap", relativeGap);
            keys.put("iterations", iterations);
            keys.put("mode", one.mode().label());
            return keys;
        }
    }

    @Override
    public Integer call() {
        MedianTimes times = options.medianTimes();
        List<List<DispatchCase>> groups = chosen();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter progress = spec.commandLine().getErr();
        progress.println("warming up");
        warmUp(groups, times.warmUp_s() * groups.size());
        List<Row> rows = new ArrayList<>();
        for (List<DispatchCase> group : groups) {
            progress.println("measuring " + group.getFirst().name() + (group.size() > 1 ? " and alike" : ""));
            rows.addAll(compare(group, times));
        }

        RatioTable table = new RatioTable("a day", "tree", "HiGHS");
        rows.forEach(row -> table.add(row.one.name(), row.tree_s, row.highs_s));
        table.lines().forEach(out::println);
        out.println(String.format(
                Locale.ROOT,
                "Objectives differ by at most %.1e, the tree solver's gaps are at most %.1e; medians of %d rounds.",
                rows.stream().mapToDouble(Row::objectiveDifference).max().orElse(0),
                rows.stream().mapToDouble(Row::relativeGap).max().orElse(0),
                times.rounds()));
        List<Row> inMean = rows.stream().filter(row -> row.one.inMean()).toList();
        if (!inMean.isEmpty()) {
            out.println(String.format(
                    Locale.ROOT,
                    "Geometric mean of the ratios of the V-V2V days of 24 steps (%d): %,.0f.",
                    inMean.size(),
                    geometricMean(inMean.stream().mapToDouble(Row::ratio).toArray())));
        }
        out.println(
                "HiGHS (highs_ms) is our own formulation, with tangent cuts that stop once the objective is known to"
                        + " 1e-7: several times faster than cutting until every cone holds.");
        if (!inMean.isEmpty()) {
            out.println(sideBySide(inMean.stream().map(Row::one).toList(), times));
        }
        options.write(rows.stream().map(Row::json).toList());
        return 0;
    }

    private List<List<DispatchCase>> chosen() {
        List<List<DispatchCase>> all = DispatchCase.all();
        List<List<DispatchCase>> chosen = all.stream()
                .map(group -> group.stream()
                        .filter(one -> one.name().startsWith(prefix))
                        .toList())
                .filter(group -> !group.isEmpty())
                .toList();
        if (chosen.isEmpty()) {
            throw new InputException(
                    "--cases is '%s', expected how one or more of these begin: %s.\nMaybe leave it out."
                            .formatted(
                                    prefix,
                                    String.join(
                                            ", ",
                                            all.stream()
                                                    .flatMap(List::stream)
                                                    .map(DispatchCase::name)
                                                    .toList())));
        }
        return chosen;
    }

    /** Solves all days in turn by the tree solver, so that what is compiled suits all of them; HiGHS is compiled already. */
    private static void warmUp(List<List<DispatchCase>> groups, double time_s) {
        long start = System.nanoTime();
        do {
            for (List<DispatchCase> group : groups) {
                for (DispatchCase one : group) {
                    solved(one, "tree", TreeSolver.solve(one.day(), one.mode()));
                }
            }
        } while (System.nanoTime() - start < time_s * 1e9);
    }

    /** Both sides of days that are alike: first what they find, then by turns how long it takes them. */
    private static List<Row> compare(List<DispatchCase> group, MedianTimes times) {
        List<TreeSolver.Proved> proofs = new ArrayList<>();
        List<DispatchResult.Solved> references = new ArrayList<>();
        List<MedianTimes.Work> sides = new ArrayList<>();
        for (DispatchCase one : group) {
            proofs.add(TreeSolver.prove(one.day(), one.mode()));
            references.add(solved(one, "highs", HighsSolver.solve(one.day(), one.mode())));
            sides.add(() -> TreeSolver.solve(one.day(), one.mode()).solve_ms());
            sides.add(() -> HighsSolver.solve(one.day(), one.mode()).solve_ms());
        }
        List<Double> medians_s = new MedianTimes(times.rounds(), 0).measure_s(sides);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            DispatchCase one = group.get(i);
            DispatchResult.Solved tree = solved(one, "tree", proofs.get(i).result());
            double reference_gbp = references.get(i).outcome().objective_gbp();
            rows.add(new Row(
                    one,
                    medians_s.get(2 * i),
                    medians_s.get(2 * i + 1),
                    Math.abs(tree.outcome().objective_gbp() - reference_gbp) / Math.max(1, Math.abs(reference_gbp)),
                    tree.relativeGap(),
                    proofs.get(i).iterations()));
        }
        return rows;
    }

    /** The schedule of a day; each has one, by the solver asked. */
    private static DispatchResult.Solved solved(DispatchCase one, String solver, DispatchResult result) {
        if (result instanceof DispatchResult.Solved solved && solved.solver().equals(solver)) {
            return solved;
        }
        throw new IllegalStateException("%s: %s was to solve it, but got %s".formatted(one.name(), solver, result));
    }

    static double geometricMean(double[] ratios) {
        double sum = 0;
        for (double ratio : ratios) {
            sum += Math.log(ratio);
        }
        return Math.exp(sum / ratios.length);
    }

    /** Days a second on one thread and on all of the machine's. */
    private static String sideBySide(List<DispatchCase> days, MedianTimes times) {
        int threads = Runtime.getRuntime().availableProcessors();
        try (DaysOnThreads single = new DaysOnThreads(days, 1);
                DaysOnThreads all = new DaysOnThreads(days, threads)) {
            List<Double> medians_s = new MedianTimes(times.rounds(), 0).measure_s(List.of(single, all));
            double onOne = single.dayCount() / medians_s.get(0);
            double onAll = all.dayCount() / medians_s.get(1);
            return String.format(
                    Locale.ROOT,
                    "Side by side: %,.0f of these days a second on 1 thread, %,.0f on %d; gain %.2f.",
                    onOne,
                    onAll,
                    threads,
                    onAll / onOne);
        }
    }
}
