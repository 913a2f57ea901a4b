package org.headroom.app.report;

import org.headroom.study.StudySummary.ScenarioSummary;

/** The words that tables and charts call things by; a name that is not known is shown as it is. */
final class Names {
    private Names() {}

    static String mode(String mode) {
        return switch (mode) {
            case "immediate" -> "Immediate charge";
            case "smart" -> "Smart charge";
            case "v2g" -> "V2G";
            case "v-v2v" -> "V-V2V";
            default -> mode;
        };
    }

    static String archetype(String archetype) {
        return switch (archetype) {
            case "pro" -> "One car, professional (Pro-EV)";
            case "ret" -> "One car, retired (Ret-EV)";
            case "two-ev" -> "Two cars (Sho-EV and Fam-EV)";
            case "sho" -> "First of two cars (Sho-EV)";
            case "fam" -> "Second of two cars (Fam-EV)";
            case "no-car" -> "No electric car";
            case "lot" -> "Public lot";
            default -> archetype;
        };
    }

    static String habit(String habit) {
        return switch (habit) {
            case "guzzle" -> "guzzle (plug in when low)";
            case "graze" -> "graze (plug in when not full)";
            default -> habit;
        };
    }

    static String level(int level) {
        return switch (level) {
            case 1 -> "Level 1, near the substation";
            case 2 -> "Level 2, intermediate";
            case 3 -> "Level 3, near the terminals";
            default -> "Level " + level;
        };
    }

    static String metric(String metric) {
        return switch (metric) {
            case "peak" -> "Peak";
            case "presentValue" -> "Present value";
            case "energyCost" -> "Energy cost";
            default -> metric;
        };
    }

    /** A figure that V-V2V's gain is taken apart in, with its unit. */
    static String part(String metric) {
        return switch (metric) {
            case "peak" -> "Peak (kW)";
            case "presentValue" -> "Present value (£/year)";
            case "cost" -> "Energy and wear (£/year)";
            default -> metric;
        };
    }

    static String scenario(ScenarioSummary scenario) {
        return "Scenario %s: %s kW chargers, %s"
                .formatted(scenario.name(), Numbers.plain(scenario.charger_kW()), habit(scenario.habit()));
    }
}
