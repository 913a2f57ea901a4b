package org.headroom.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.headroom.dispatch.CaseFolder;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.HighsSolver;
import org.headroom.dispatch.OutcomeFiles;
import org.headroom.dispatch.PeakBounds;
import org.headroom.dispatch.sharing.Ledger;
import org.headroom.dispatch.sharing.SharedEnergy;
import org.headroom.dispatch.sharing.SharingFiles;
import org.headroom.dispatch.tree.TreeSolver;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom dispatch}: one day under one charging mode. */
@Command(
        name = "dispatch",
        description = "Dispatches one day (a case folder) under one charging mode.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: headroom dispatch my-day --mode v-v2v --out my-day-result"})
final class DispatchCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "CASE",
            description = "Folder with network.json, profiles.csv, sessions.csv, tariff.csv and case.yaml.")
    private Path folder = Path.of("");

    @Option(names = "--mode", required = true, paramLabel = "MODE", description = "immediate, smart, v2g or v-v2v.")
    private String mode = "";

    @Option(
            names = "--solver",
            defaultValue = "tree",
            paramLabel = "SOLVER",
            description = {
                "tree (default): certified and fast; what it does not serve it hands to highs, and summary.json says so.",
                "highs: the general reference."
            })
    private String solver = "tree";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the results.")
    private Path out = Path.of("");

    @Option(
            names = "--best-effort",
            description = "Lower departure energies that cannot be reached, instead of refusing them.")
    private boolean bestEffort;

    @Option(
            names = "--bounds",
            description =
                    "Also find the lowest and the highest substation peak over all equally cheap schedules (smart, v2g).")
    private boolean bounds;

    @Option(
            names = "--price-share",
            defaultValue = "0.5",
            paramLabel = "SHARE",
            description = {
                "Price of energy that homes share (v-v2v), between the sell price (0) and the buy price (1) of its step",
                "(default: 0.5, mid-market). It changes bills.csv alone."
            })
    private double priceShare = 0.5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ChargingMode chosen = mode();
        checkSolver();
        checkBounds(chosen);
        if (!(priceShare >= 0 && priceShare <= 1)) {
            throw new InputException("--price-share is %s, expected 0 to 1.".formatted(priceShare));
        }
        CaseFolder.Case day = CaseFolder.read(folder, bestEffort);
        double lossShare = day.problem().settings().losses().share();
        if (bounds && lossShare > 0) {
            throw new InputException(
                    "--bounds with lossShare %s in %s, expected losses: none: the bounds of the peak count no losses.\nMaybe leave --bounds out."
                            .formatted(lossShare, folder.resolve("case.yaml")));
        }
        PrintWriter console = spec.commandLine().getOut();
        day.report().lines().forEach(line -> console.println("Note: " + line));
        day.lowered().forEach(line -> console.println("Note: " + line));
        DispatchResult result = solver.equals("tree")
                ? TreeSolver.solve(day.problem(), chosen)
                : HighsSolver.solve(day.problem(), chosen);
        PeakBounds peaks =
                bounds && result instanceof DispatchResult.Solved solved ? PeakBounds.of(solved.outcome()) : null;
        OutcomeFiles.write(day.problem(), chosen, result, day.lowered(), peaks, out);
        SharingFiles.remove(out);
        switch (result) {
            case DispatchResult.Solved solved -> {
                Ledger ledger = Ledger.of(solved.outcome(), day.lots()::contains);
                SharingFiles.write(ledger, priceShare, out);
                console.printf(
                        Locale.ROOT,
                        "%s: %s, %.4f GBP (gap %.1e), substation peak %.2f kVA, present value %.0f GBP/year.%n",
                        chosen.label(),
                        solved.isProved() ? "optimal" : "not proved optimal",
                        solved.outcome().objective_gbp(),
                        solved.relativeGap(),
                        solved.outcome().assetPeak_kVA(0),
                        solved.outcome().presentValue_gbpPerYear());
                if (!solved.isProved()) {
                    console.println("Note: " + solved.unprovedReason() + ".");
                }
                if (ledger.isPooled()) {
                    SharedEnergy energy = SharedEnergy.of(ledger);
                    console.printf(
                            Locale.ROOT,
                            "Shared with others: %.1f kWh from PV, %.1f kWh from cars.%n",
                            energy.pvShared_kWh(),
                            energy.carsShared_kWh());
                }
                print(console, "Limits broken:", solved.outcome().violations());
                if (peaks != null) {
                    console.printf(
                            Locale.ROOT,
                            "Substation peak over all equally cheap schedules: lowest %.2f kVA, highest %.2f kVA (exact: the most any step can carry).%n",
                            peaks.lowest_kVA(),
                            peaks.highest_kVA());
                }
            }
            case DispatchResult.Infeasible infeasible -> {
                console.printf("%s: no schedule keeps every limit.%n", chosen.label());
                print(
                        console,
                        infeasible.findLeastBreach() == null
                                ? "What cannot be met:"
                                : "What cannot be met, under the schedule that breaks least:",
                        infeasible.violations());
            }
            case DispatchResult.Limit limit ->
                console.printf("%s: the solver stopped before a proof: %s%n", chosen.label(), limit.reason());
        }
        console.println("Written to " + out);
        console.flush();
        return 0;
    }

    private static void print(PrintWriter console, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            console.println(title);
            lines.forEach(line -> console.println("  " + line));
        }
    }

    private ChargingMode mode() {
        ChargingMode chosen = ChargingMode.find(mode);
        if (chosen == null) {
            List<String> labels =
                    ChargingMode.all().stream().map(ChargingMode::label).toList();
            throw new InputException("--mode is '%s', expected one of %s.%s"
                    .formatted(mode, String.join(", ", labels), maybe(mode, labels)));
        }
        return chosen;
    }

    private void checkSolver() {
        List<String> solvers = List.of("tree", "highs");
        if (!solvers.contains(solver)) {
            throw new InputException("--solver is '%s', expected one of %s.%s"
                    .formatted(solver, String.join(", ", solvers), maybe(solver, solvers)));
        }
    }

    private void checkBounds(ChargingMode chosen) {
        if (!bounds) {
            return;
        }
        switch (chosen) {
            case ChargingMode.Smart _, ChargingMode.VehicleToGrid _ -> {}
            case ChargingMode.Immediate _ ->
                throw new InputException(
                        "--bounds with --mode immediate, expected smart or v2g: immediate charging has one schedule.\nMaybe leave --bounds out.");
            case ChargingMode.VirtualVehicleToVehicle _ ->
                throw new InputException(
                        "--bounds with --mode v-v2v, expected smart or v2g: v-v2v has its peaks in the objective.\nMaybe leave --bounds out.");
        }
    }

    private static String maybe(String word, List<String> known) {
        String nearest = Document.findNearest(word, known);
        return nearest == null ? "" : "\nMaybe " + nearest + ".";
    }
}
