package org.headroom.study;

import java.util.ArrayList;
import java.util.List;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.PartialSharing;
import org.headroom.dispatch.PeakBounds;
import org.headroom.study.TrialResult.ModeResult;
import org.jspecify.annotations.Nullable;

/**
 * What is found out on a sample of a study's days alone, since it takes long: what V-V2V's gain over V2G comes from, and the peaks that
 * ties leave open.
 *
 * @param parts one for each combination of {@link PartialSharing}, in their order; empty where the day is not in the sample, or not
 *     every combination has a schedule proved to be the best
 * @param ranges of the modes whose peaks depend on ties; empty where the day is not in the sample
 */
record DayDetails(List<Part> parts, List<Range> ranges) {
    /** A day with some of sharing switched off. */
    record Part(int combination, DayOutcome outcome, double energyCost_gbp) {}

    /** The substation's peak of a mode over all equally cheap schedules. */
    record Range(ChargingMode mode, double lowest_kVA, double chosen_kVA, double highest_kVA) {}

    /**
     * The sample of a study's days, weighted to a year by themselves: that many days a season, as a study of so few would take them.
     */
    static double weight_days(int sampleDays, StudyDay day) {
        if (sampleDays == 0) {
            return 0;
        }
        return new StudyCalendar(sampleDays)
                .days().stream()
                        .filter(other -> other.season() == day.season() && other.ofSeason() == day.ofSeason())
                        .mapToDouble(StudyDay::weight_days)
                        .sum();
    }

    static DayDetails of(SharingSettings settings, StudyDay day, DayProblem problem, List<ModeResult> modes) {
        List<Part> parts = weight_days(settings.decomposeDays(), day) > 0 ? parts(problem, modes) : List.of();
        List<Range> ranges = weight_days(settings.boundsDays(), day) > 0 ? ranges(modes) : List.of();
        return new DayDetails(parts, ranges);
    }

    private static List<Part> parts(DayProblem problem, List<ModeResult> modes) {
        List<Part> parts = new ArrayList<>();
        for (int combination = 0; combination < PartialSharing.COMBINATIONS; combination++) {
            Part part;
            if (combination == 0) {
                part = findPart(combination, modes, new ChargingMode.VehicleToGrid());
            } else if (combination == PartialSharing.COMBINATIONS - 1) {
                part = findPart(combination, modes, new ChargingMode.VirtualVehicleToVehicle());
            } else {
                part = findPart(combination, problem);
            }
            if (part == null) {
                return List.of();
            }
            parts.add(part);
        }
        return parts;
    }

    private static @Nullable Part findPart(int combination, List<ModeResult> modes, ChargingMode mode) {
        for (ModeResult result : modes) {
            DayOutcome outcome = result.findOutcome();
            if (result.mode().equals(mode) && outcome != null && result.status().equals("optimal")) {
                return new Part(combination, outcome, outcome.energyCost_gbp());
            }
        }
        return null;
    }

    private static @Nullable Part findPart(int combination, DayProblem problem) {
        PartialSharing.Solved solved = PartialSharing.of(combination).findSolved(problem);
        return solved == null || !solved.isProved()
                ? null
                : new Part(combination, solved.outcome(), solved.energyCost_gbp());
    }

    private static List<Range> ranges(List<ModeResult> modes) {
        List<Range> ranges = new ArrayList<>();
        for (ModeResult result : modes) {
            DayOutcome outcome = result.findOutcome();
            boolean tied = switch (result.mode()) {
                case ChargingMode.Smart _, ChargingMode.VehicleToGrid _ -> true;
                case ChargingMode.Immediate _, ChargingMode.VirtualVehicleToVehicle _ -> false;
            };
            if (tied && outcome != null && result.status().equals("optimal")) {
                PeakBounds bounds = PeakBounds.of(outcome);
                ranges.add(
                        new Range(result.mode(), bounds.lowest_kVA(), outcome.assetPeak_kVA(0), bounds.highest_kVA()));
            }
        }
        return ranges;
    }
}
