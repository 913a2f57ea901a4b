package org.headroom.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.headroom.network.Network;
import org.headroom.study.StudySummary.ModeDifference;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.ScenarioSummary;
import org.jspecify.annotations.Nullable;

/** The question's answer in a sentence or two, for the first scenario. */
final class StudyAnswer {
    private final Study study;
    private final List<Network> networks;
    private final double baseLoad_kVA;
    private final ScenarioSummary scenario;

    StudyAnswer(Study study, List<Network> networks, double baseLoad_kVA, List<ScenarioSummary> scenarios) {
        this.study = study;
        this.networks = networks;
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
            if (Math.abs(change_kVA) < 0.5) {
                parts.add(name(mode.mode()) + " neither eats nor frees any");
                continue;
            }
            parts.add(String.format(
                    Locale.ROOT,
                    "%s %s %.0f kVA",
                    name(mode.mode()),
                    change_kVA >= 0 ? "eats" : "frees another",
                    Math.abs(change_kVA)));
        }
        double capacity_kVA = networks.stream()
                .mapToDouble(network -> network.substation().capacity_kVA())
                .average()
                .orElseThrow();
        return String.format(
                        Locale.ROOT,
                        "Without cars %s peaks at %.0f of %.0f kVA. %s with %.0f kW chargers (%s, %.0f %% of homes electric), %s.",
                        study.networks().size() > 1 || study.similar()
                                ? "the mean substation"
                                : "the substation of " + networks.getFirst().name(),
                        baseLoad_kVA,
                        capacity_kVA,
                        capacity_kVA > baseLoad_kVA
                                ? String.format(Locale.ROOT, "Of the %.0f kVA left,", capacity_kVA - baseLoad_kVA)
                                : "Nothing is left:",
                        scenario.charger_kW(),
                        scenario.habit(),
                        100 * study.evPenetration(),
                        String.join(", ", parts))
                + comparison();
    }

    /** V-V2V beside V2G on the same people and days, where both were studied. */
    private String comparison() {
        List<String> changes = new ArrayList<>();
        add(changes, "the peak by %+.0f %%", "peak");
        add(changes, "the assets' present value by %+.0f %%", "presentValue");
        add(changes, "the energy bill by %+.1f %%", "energyCost");
        if (changes.isEmpty()) {
            return "";
        }
        String last = changes.removeLast();
        return " Against V2G, sharing between cars (V-V2V) changes %s."
                .formatted(changes.isEmpty() ? last : String.join(", ", changes) + " and " + last);
    }

    /** Adds a change in percent, unless there is none to tell: a mode not studied, without a schedule, or nothing to compare. */
    private void add(List<String> changes, String text, String metric) {
        Double relative = findDifference(metric);
        if (relative != null && Double.isFinite(relative)) {
            changes.add(String.format(Locale.ROOT, text, 100 * relative));
        }
    }

    private @Nullable Double findDifference(String metric) {
        for (ModeDifference difference : scenario.differences()) {
            if (difference.mode().equals("v-v2v")
                    && difference.against().equals("v2g")
                    && difference.metric().equals(metric)) {
                return difference.relative().mean();
            }
        }
        return null;
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
