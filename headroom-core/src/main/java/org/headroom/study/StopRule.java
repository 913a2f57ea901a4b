package org.headroom.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.headroom.input.Document;
import org.headroom.study.StudyYears.Year;
import org.jspecify.annotations.Nullable;

/**
 * When a study may end before all its networks are run: as soon as a metric's mean is known well enough in every scenario and mode.
 * It is judged after whole networks, in their order, so the end does not depend on threads.
 *
 * @param halfWidth half the width of the interval, as a share of the mean
 * @param confidence of the interval
 * @param atLeast networks that are run in any case: intervals of few are rough, and one that is narrow by chance would end the study
 */
public record StopRule(Metric metric, double halfWidth, double confidence, int atLeast) {
    private static final int AT_LEAST = 10;

    /** What is looked at. */
    public enum Metric {
        SUBSTATION_PEAK("substationPeak"),
        PEAK_TO_AVERAGE("peakToAverage"),
        PRESENT_VALUE("presentValue"),
        ENERGY_COST("energyCost");

        private final String label;

        Metric(String label) {
            this.label = label;
        }

        /** Name in study files. */
        public String label() {
            return label;
        }

        double of(Year year) {
            return switch (this) {
                case SUBSTATION_PEAK -> year.peak_kW();
                case PEAK_TO_AVERAGE -> year.peakToAverage();
                case PRESENT_VALUE -> year.presentValue_gbp();
                case ENERGY_COST -> year.energyCost_gbp();
            };
        }
    }

    static @Nullable StopRule findIn(@Nullable Document yaml) {
        if (yaml == null) {
            return null;
        }
        String metric = yaml.choice(
                "metric", Arrays.stream(Metric.values()).map(Metric::label).toList());
        StopRule rule = new StopRule(
                Arrays.stream(Metric.values())
                        .filter(m -> m.label().equals(metric))
                        .findFirst()
                        .orElseThrow(),
                yaml.number("halfWidth", 1e-6, 1),
                yaml.number("confidence", Estimate.CONFIDENCE, 0.5, 0.9999),
                yaml.integer("atLeast", AT_LEAST, 2, 1_000_000));
        yaml.refuseUnknownKeys();
        return rule;
    }

    Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("metric", metric.label());
        keys.put("halfWidth", halfWidth);
        keys.put("confidence", confidence);
        keys.put("atLeast", atLeast);
        return keys;
    }

    /** True where the networks counted are enough, in every scenario and mode. */
    boolean isMet(Study study, StudyYears years) {
        return years.networkCount() >= atLeast && widest(study, years) <= halfWidth;
    }

    /** The widest half interval over scenarios and modes, as a share of the mean; infinite where one is not known. */
    private double widest(Study study, StudyYears years) {
        double widest = 0;
        for (Scenario scenario : study.scenarios()) {
            for (var mode : study.modes()) {
                List<Year> known = years.of(scenario.name(), mode.label());
                Estimate estimate =
                        Estimate.of(known.stream().mapToDouble(metric::of).toArray(), confidence);
                double relative = (estimate.upper() - estimate.mean()) / Math.abs(estimate.mean());
                widest = Math.max(widest, Double.isFinite(relative) ? relative : Double.POSITIVE_INFINITY);
            }
        }
        return widest;
    }

    /** How narrow the widest interval is, and what is asked for, in a few words. */
    String progress(Study study, StudyYears years) {
        double widest = widest(study, years);
        return String.format(
                Locale.ROOT,
                "%s known to %s after %d networks, asked for ±%.2f %%",
                metric.label(),
                Double.isInfinite(widest) ? "nothing yet" : String.format(Locale.ROOT, "±%.2f %%", 100 * widest),
                years.networkCount(),
                100 * halfWidth);
    }
}
