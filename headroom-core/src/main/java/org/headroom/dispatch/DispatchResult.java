package org.headroom.dispatch;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the dispatch of a day ended. */
public sealed interface DispatchResult {
    /** Relative gap up to which a schedule counts as the best. */
    double PROVED_GAP = 1e-6;

    /** Name of the solver. */
    String solver();

    /** Time spent on solving, for information only. */
    double solve_ms();

    /**
     * A schedule, proved to be within a relative gap of the best: {@link #PROVED_GAP}, but where lines lose a share of their flow
     * and burning energy in them would pay, or where more choices of expansions are open than can be tried, it may be wider.
     *
     * @param outcome the schedule and all that follows from it
     * @param lowerBound_gbp no schedule costs less than this
     */
    record Solved(DayOutcome outcome, double lowerBound_gbp, String solver, double solve_ms) implements DispatchResult {
        /** Distance of the schedule's objective from the bound, relative to the objective, or to 1 GBP where that is more. */
        public double relativeGap() {
            double objective = outcome.objective_gbp();
            return Math.max(0, objective - lowerBound_gbp) / Math.max(1, Math.abs(objective));
        }

        /** Whether the schedule is proved to be the best: within {@link #PROVED_GAP}. */
        public boolean isProved() {
            return relativeGap() <= PROVED_GAP;
        }

        /** What is left open where the schedule is not proved to be the best, as a sentence. */
        public String unprovedReason() {
            return String.format(
                    Locale.ROOT,
                    "the schedule costs %.6f GBP, and the bound is %.6f GBP%s",
                    outcome.objective_gbp(),
                    lowerBound_gbp,
                    outcome.problem().settings().losses().share() > 0
                            ? ": in the model, burning energy in lines would pay"
                            : "");
        }
    }

    /**
     * No schedule keeps every limit.
     *
     * @param violations what cannot be met, by how much, under the schedule that breaks the limits least
     * @param findLeastBreach that schedule (see {@link Breach}), without expansion the cheapest of those that break as little; null where
     *     cars cannot even leave as asked
     */
    record Infeasible(List<String> violations, @Nullable DayOutcome findLeastBreach, String solver, double solve_ms)
            implements DispatchResult {
        public Infeasible {
            violations = List.copyOf(violations);
        }
    }

    /** The solver gave up before a proof either way. */
    record Limit(String reason, String solver, double solve_ms) implements DispatchResult {}
}
