package org.headroom.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.headroom.network.Network;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.ScenarioSummary;

/** The question's answer in a sentence or two, for the first scenario. */
final class StudyAnswer {
    private final Study study;
    private final Network network;
    private final double baseLoad_kVA;
    private final ScenarioSummary scenario;

    StudyAnswer(Study study, Network network, double baseLoad_kVA, List<ScenarioSummary> scenarios) {
        this.study = study;
        this.network = network;
        this.baseLoad_kVA = baseLoad_kVA;
        this.scenario = scenarios.getFirst();
    }

    String sentence() {
        List<String> parts = new ArrayList<>();
        for (ModeSummary mode : scenario.modes()) {
            double change_kVA = mode.peak_kVA().mean() - baseLoad_kVA;
            if (Double.isNaN(change_kVA)) {
                parts.add(name(mode.mode()) + " has no schedule within the limits");
                continue;
            }
            parts.add(String.format(
                    Locale.ROOT,
                    "%s %s %.0f kVA",
                    name(mode.mode()),
                    change_kVA >= 0 ? "eats" : "frees",
                    Math.abs(change_kVA)));
        }
        double capacity_kVA = network.substation().capacity_kVA();
        String first = String.format(
                Locale.ROOT,
                "Without cars the substation of %s peaks at %.0f kVA of its %.0f kVA; of that headroom of %.0f kVA, in scenario %s (%.0f kW chargers, %s, %.0f %% of homes electric), %s.",
                study.name(),
                baseLoad_kVA,
                capacity_kVA,
                capacity_kVA - baseLoad_kVA,
                scenario.name(),
                scenario.charger_kW(),
                scenario.habit(),
                100 * study.evPenetration(),
                String.join(", ", parts));
        return first + comparison();
    }

    /** V-V2V beside V2G, where both were studied. */
    private String comparison() {
        ModeSummary shared = null;
        ModeSummary alone = null;
        for (ModeSummary mode : scenario.modes()) {
            shared = mode.mode().equals("v-v2v") ? mode : shared;
            alone = mode.mode().equals("v2g") ? mode : alone;
        }
        if (shared == null || alone == null) {
            return "";
        }
        List<String> changes = new ArrayList<>();
        add(changes, "the peak by %+.0f %%", shared.peak_kW(), alone.peak_kW());
        add(
                changes,
                "the assets' present value by %+.0f %%",
                shared.presentValue_gbpPerYear(),
                alone.presentValue_gbpPerYear());
        add(changes, "the energy bill by %+.1f %%", shared.energyCost_gbpPerYear(), alone.energyCost_gbpPerYear());
        if (changes.isEmpty()) {
            return "";
        }
        String last = changes.removeLast();
        return " Against V2G, sharing between cars (V-V2V) changes %s."
                .formatted(changes.isEmpty() ? last : String.join(", ", changes) + " and " + last);
    }

    /** Adds a change in percent, unless there is none to tell: a mode without a schedule, or nothing to compare with. */
    private static void add(List<String> changes, String text, Estimate value, Estimate against) {
        double percent = percent(value.mean(), against.mean());
        if (Double.isFinite(percent)) {
            changes.add(String.format(Locale.ROOT, text, percent));
        }
    }

    private static double percent(double value, double against) {
        return 100 * (value / against - 1);
    }

    private static String name(String mode) {
        return switch (mode) {
            case "immediate" -> "immediate charging";
            case "smart" -> "smart charging";
            case "v2g" -> "V2G";
            default -> "V-V2V";
        };
    }
}
