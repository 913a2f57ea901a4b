package org.headroom.mobility.calibration;

import java.util.List;
import java.util.Locale;
import org.headroom.mobility.MobilityParameters;

/**
 * What a calibration gave.
 *
 * @param text the fitted set, as written
 * @param set the same, as read again: what was measured
 * @param lines every target with what was achieved
 * @param conflicts what targets that are not met would cost the others
 */
public record FitReport(
        CalibrationTargets targets,
        long seed,
        String text,
        MobilityParameters set,
        List<Line> lines,
        List<Conflict> conflicts) {
    public FitReport {
        lines = List.copyOf(lines);
        conflicts = List.copyOf(conflicts);
    }

    /**
     * One target.
     *
     * @param achieved by all samples together
     * @param low what 5 % of the samples stay below
     * @param high what 95 % of the samples stay below
     */
    public record Line(Target target, double achieved, double low, double high) {
        public boolean isMet() {
            return target.isMet(achieved);
        }
    }

    /**
     * What holding on to one target would do to the others.
     *
     * @param held how it was held, in words
     * @param lines targets with what they would then achieve
     */
    public record Conflict(String held, List<Line> lines) {
        public Conflict {
            lines = List.copyOf(lines);
        }
    }

    /** True where every target with a weight is met. */
    public boolean isMet() {
        return lines.stream().allMatch(line -> line.isMet() || line.target().weight() == 0);
    }

    /** The report as text. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append("Fit of set %s, seed %d: %d samples of %d households over %d weeks, %s, %s kW%n"
                .formatted(
                        set.name(),
                        seed,
                        targets.samples(),
                        targets.households(),
                        targets.weeks(),
                        targets.habit().label(),
                        Numbers.shown(targets.charger_kW())));
        text.append("Samples are drawn anew for this report; 5 to 95 %%: where single samples fall.%n%n".formatted());
        text.append("%-8s %-30s %12s %9s %10s %20s %8s %7s%n"
                .formatted("", "target", "aim", "achieved", "deviation", "5 to 95 %", "within", "weight"));
        lines.forEach(line -> append(text, line));
        if (!conflicts.isEmpty()) {
            text.append("%nTargets that contradict each other%n".formatted());
            for (Conflict conflict : conflicts) {
                text.append("%n%s:%n".formatted(conflict.held()));
                conflict.lines().forEach(line -> append(text, line));
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Line line) {
        Target target = line.target();
        String range = Double.isNaN(line.low()) ? "" : Numbers.shown(line.low()) + " to " + Numbers.shown(line.high());
        double off = target.deviation(line.achieved());
        text.append("%-8s %-30s %12s %9s %10s %20s %8s %7s%s%n"
                .formatted(
                        target.of(),
                        target.name(),
                        target.aim(),
                        Numbers.shown(line.achieved()),
                        shownDeviation(target, off),
                        range,
                        shownTolerance(target),
                        target.weight() == 0 ? "shown" : Numbers.shown(target.weight()),
                        line.isMet() ? "" : "  not met"));
    }

    private static String shownDeviation(Target target, double off) {
        return isHour(target)
                ? String.format(Locale.ROOT, "%+.1f h", off)
                : String.format(Locale.ROOT, "%+.1f %s", 100 * off, isPoints(target) ? "pt" : "%");
    }

    private static String shownTolerance(Target target) {
        return isHour(target)
                ? String.format(Locale.ROOT, "%.1f h", target.within())
                : String.format(Locale.ROOT, "%.1f %s", 100 * target.within(), isPoints(target) ? "pt" : "%");
    }

    private static boolean isHour(Target target) {
        return target instanceof Target.Figure figure
                && switch (figure.quantity()) {
                    case PEAK_HOUR, PEAK_HOUR_WEEKDAY, PEAK_HOUR_WEEKEND -> true;
                    default -> false;
                };
    }

    private static boolean isPoints(Target target) {
        return target instanceof Target.StartHours
                || (target instanceof Target.Figure figure && !figure.quantity().isRelative());
    }
}
