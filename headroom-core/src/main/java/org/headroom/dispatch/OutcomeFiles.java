package org.headroom.dispatch;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.headroom.input.CsvTable;
import org.headroom.network.Network;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writer of a dispatched day: {@code summary.json} and the tables beside it (file formats: one day to dispatch). */
public final class OutcomeFiles {
    private static final String SUMMARY = "summary.json";
    private static final String LINE_LOSSES = "lineLosses_kWh";
    private static final List<String> TABLES =
            List.of("schedule.csv", "flows.csv", "voltages.csv", "assets.csv", "pv.csv");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private OutcomeFiles() {}

    /**
     * Writes the result of a day into a folder, made where it is absent. A day without a schedule has a summary alone; tables of
     * an earlier run are removed then.
     *
     * @param lowered departure energies lowered to what can be reached, one sentence each
     */
    public static void write(
            DayProblem problem, ChargingMode mode, DispatchResult result, List<String> lowered, Path folder) {
        write(problem, mode, result, lowered, null, folder);
    }

    /**
     * The same with the bounds of the substation's peak in the summary.
     *
     * @param bounds null where they were not asked for, or there is no schedule
     */
    public static void write(
            DayProblem problem,
            ChargingMode mode,
            DispatchResult result,
            List<String> lowered,
            @Nullable PeakBounds bounds,
            Path folder) {
        try {
            Files.createDirectories(folder);
            for (String table : TABLES) {
                Files.deleteIfExists(folder.resolve(table));
            }
            JSON.writeValue(folder.resolve(SUMMARY), summary(problem, mode, result, lowered, bounds));
            if (result instanceof DispatchResult.Solved solved) {
                writeTables(solved.outcome(), folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, @Nullable Object> summary(
            DayProblem problem,
            ChargingMode mode,
            DispatchResult result,
            List<String> lowered,
            @Nullable PeakBounds bounds) {
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        summary.put("mode", mode.label());
        switch (result) {
            case DispatchResult.Solved solved -> {
                DayOutcome day = solved.outcome();
                double mean_kW = day.mean_kW();
                summary.put("status", solved.isProved() ? "optimal" : "limit");
                summary.put("objective_gbp", day.objective_gbp());
                summary.put("lowerBound_gbp", solved.lowerBound_gbp());
                summary.put("relativeGap", solved.relativeGap());
                summary.put("energyCost_gbp", day.energyCost_gbp());
                summary.put("presentValueCost_gbp", day.presentValueCost_gbp());
                summary.put("expansionCost_gbp", day.expansionCost_gbp());
                summary.put("degradationCost_gbp", day.degradationCost_gbp());
                summary.put("substationPeak_kVA", day.assetPeak_kVA(0));
                summary.put("substationPeak_kW", day.assetPeak_kW(0));
                summary.put("peakToAverage", mean_kW > 0 ? day.assetPeak_kW(0) / mean_kW : null);
                summary.put("presentValue_gbpPerYear", day.presentValue_gbpPerYear());
                AcCheck ac = AcCheck.of(day);
                summary.put("losses_kWh", known(ac.losses_kWh()));
                summary.put("lowestAcVoltage_pu", known(ac.lowestVoltage_pu()));
                summary.put("acVoltageError_pu", known(ac.voltageError_pu()));
                summary.put("acUnsolvedSteps", ac.unsolvedSteps());
                if (problem.settings().losses() instanceof Losses.Fixed) {
                    summary.put(LINE_LOSSES, day.lineLosses_kWh());
                }
                if (!solved.isProved()) {
                    summary.put("reason", solved.unprovedReason());
                }
                summary.put("violations", day.violations());
                summary.put(
                        "expanded",
                        IntStream.range(0, problem.assetCount())
                                .filter(day.schedule()::expanded)
                                .mapToObj(problem::assetId)
                                .toList());
            }
            case DispatchResult.Infeasible infeasible -> {
                summary.put("status", "infeasible");
                putUnknown(problem, summary);
                summary.put("violations", infeasible.violations());
            }
            case DispatchResult.Limit limit -> {
                summary.put("status", "limit");
                putUnknown(problem, summary);
                summary.put("violations", List.of());
                summary.put("reason", limit.reason());
            }
        }
        if (bounds != null) {
            summary.put("substationPeakLowest_kVA", bounds.lowest_kVA());
            summary.put("substationPeakHighest_kVA", bounds.highest_kVA());
        }
        summary.put("tieBreak", problem.settings().tieBreak().label());
        summary.put("lowered", lowered);
        summary.put("solver", result.solver());
        summary.put("solve_ms", result.solve_ms());
        return summary;
    }

    /** A number, or null where there is none, which JSON has no number for. */
    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static void putUnknown(DayProblem problem, Map<String, @Nullable Object> summary) {
        for (String key : List.of(
                "objective_gbp",
                "lowerBound_gbp",
                "relativeGap",
                "energyCost_gbp",
                "presentValueCost_gbp",
                "expansionCost_gbp",
                "degradationCost_gbp",
                "substationPeak_kVA",
                "substationPeak_kW",
                "peakToAverage",
                "presentValue_gbpPerYear",
                "losses_kWh",
                "lowestAcVoltage_pu",
                "acVoltageError_pu",
                "acUnsolvedSteps")) {
            summary.put(key, null);
        }
        if (problem.settings().losses() instanceof Losses.Fixed) {
            summary.put(LINE_LOSSES, null);
        }
    }

    private static void writeTables(DayOutcome day, Path folder) throws IOException {
        DayProblem problem = day.problem();
        Schedule schedule = day.schedule();
        Network network = problem.network();
        int steps = problem.stepCount();
        table(
                folder.resolve("schedule.csv"),
                List.of("session", "step", "charge_kW", "discharge_kW", "energy_kWh"),
                csv -> {
                    for (int s = 0; s < problem.sessions().size(); s++) {
                        Session session = problem.sessions().get(s);
                        for (int k = 0; k < session.length(problem.steps()); k++) {
                            csv.writeRecord(
                                    session.id(),
                                    Integer.toString(session.stepOfDay(k, problem.steps())),
                                    text(schedule.charge_kW(s, k)),
                                    text(schedule.discharge_kW(s, k)),
                                    text(day.energy_kWh(s, k)));
                        }
                    }
                });
        table(folder.resolve("flows.csv"), List.of("line", "step", "p_kW", "q_kvar", "s_kVA"), csv -> {
            for (int a = 0; a < problem.assetCount(); a++) {
                for (int t = 0; t < steps; t++) {
                    double p = day.assetFlow_kW(a, t);
                    double q = problem.assetReactive_kvar(a, t);
                    csv.writeRecord(problem.assetId(a), Integer.toString(t), text(p), text(q), text(Math.hypot(p, q)));
                }
            }
        });
        table(folder.resolve("voltages.csv"), List.of("node", "step", "u_pu"), csv -> {
            for (int n = 0; n < network.nodeCount(); n++) {
                for (int t = 0; t < steps; t++) {
                    csv.writeRecord(network.node(n).id(), Integer.toString(t), text(day.voltage_pu(n, t)));
                }
            }
        });
        table(
                folder.resolve("assets.csv"),
                List.of("asset", "capacity_kVA", "peak_kVA", "headroomRate", "presentValue_gbpPerYear", "expanded"),
                csv -> {
                    for (int a = 0; a < problem.assetCount(); a++) {
                        csv.writeRecord(
                                problem.assetId(a),
                                text(problem.assetCapacity_kVA(a)),
                                text(day.assetPeak_kVA(a)),
                                text(day.headroomRate(a)),
                                text(day.assetPresentValue_gbpPerYear(a)),
                                Boolean.toString(schedule.expanded(a)));
                    }
                });
        table(folder.resolve("pv.csv"), List.of("node", "home", "step", "available_kW", "used_kW"), csv -> {
            for (int h = 0; h < problem.homeCount(); h++) {
                for (int t = 0; t < steps; t++) {
                    if (problem.pv_kW(h, t) > 0) {
                        csv.writeRecord(
                                network.node(problem.homeNode(h)).id(),
                                problem.homeId(h),
                                Integer.toString(t),
                                text(problem.pv_kW(h, t)),
                                text(schedule.pvUsed_kW(h, t)));
                    }
                }
            }
        });
    }

    /** Writes a table: a header row, then what the rows write. */
    static void table(Path file, List<String> header, Consumer<CsvWriter> rows) throws IOException {
        try (CsvWriter csv = CsvTable.create(file, header)) {
            rows.accept(csv);
        }
    }

    /** Shortest text that reads back as the same number; minus zero is zero. */
    private static String text(double value) {
        return Double.toString(value == 0 ? 0 : value);
    }
}
