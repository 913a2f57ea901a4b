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
                        "Without cars %s peaks at %.0f of %.0f kVA. Of the %.0f kVA left, with %.0f kW chargers (%s, %.0f %% of homes electric), %s.",
                        study.networks().size() > 1
                                ? "the mean substation"
                                : "the substation of " + networks.getFirst().name(),
                        baseLoad_kVA,
                        capacity_kVA,
                        capacity_kVA - baseLoad_kVA,
                        scenario.charger_kW(),
                        scenario.habit(),
                        100 * study.evPenetration(),
                        String.join(", ", parts))
                + comparison();
    }

    /** V-V2V beside V2G on the same people and days, where both were studied. */
    private String comparison() {
        Double peak = findDifference("peak");
        Double presentValue = findDifference("presentValue");
        Double energyCost = findDifference("energyCost");
        if (peak == null || presentValue == null || energyCost == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                " Against V2G, sharing between cars (V-V2V) changes the peak by %+.0f %%, the assets' present value by %+.0f %% and the energy bill by %+.1f %%.",
                100 * peak,
                100 * presentValue,
                100 * energyCost);
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
