package org.headroom.study;

import java.util.List;
import org.headroom.dispatch.AcCheck;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DispatchResult;
import org.jspecify.annotations.Nullable;

/**
 * One network, scenario and day under every mode of the study.
 *
 * @param sessions cars plugged in
 * @param baseLoad the day without its cars: demand less PV
 * @param details what is found out on a sample of days alone
 */
record TrialResult(TrialKey key, int sessions, DayOutcome baseLoad, List<ModeResult> modes, DayDetails details) {
    /** What a trial is keyed by: indices into the study's networks, scenarios and days. */
    record TrialKey(int network, int scenario, int day) {}

    /**
     * One mode of a trial.
     *
     * @param findOutcome of the schedule or, where none keeps every limit, of the one that breaks them least; null where there is neither
     * @param findAcCheck the outcome under the AC power flow; null where there is no outcome
     * @param problems limits broken, or why there is no schedule; one sentence each
     */
    record ModeResult(
            ChargingMode mode,
            String status,
            String solver,
            double lowerBound_gbp,
            double relativeGap,
            @Nullable DayOutcome findOutcome,
            @Nullable AcCheck findAcCheck,
            List<String> problems) {
        static ModeResult of(ChargingMode mode, DispatchResult result) {
            return switch (result) {
                case DispatchResult.Solved solved ->
                    new ModeResult(
                            mode,
                            solved.isProved() ? "optimal" : "limit",
                            solved.solver(),
                            solved.lowerBound_gbp(),
                            solved.relativeGap(),
                            solved.outcome(),
                            AcCheck.of(solved.outcome()),
                            solved.isProved() ? solved.outcome().violations() : List.of(solved.unprovedReason()));
                case DispatchResult.Infeasible infeasible ->
                    new ModeResult(
                            mode,
                            "infeasible",
                            infeasible.solver(),
                            Double.NaN,
                            Double.NaN,
                            infeasible.findLeastBreach(),
                            findAcCheck(infeasible.findLeastBreach()),
                            infeasible.violations());
                case DispatchResult.Limit limit ->
                    new ModeResult(
                            mode, "limit", limit.solver(), Double.NaN, Double.NaN, null, null, List.of(limit.reason()));
            };
        }

        private static @Nullable AcCheck findAcCheck(@Nullable DayOutcome findOutcome) {
            return findOutcome == null ? null : AcCheck.of(findOutcome);
        }
    }
}
