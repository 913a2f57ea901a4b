package org.headroom.dispatch;

import java.util.List;

/** What {@link HomeSolver} finds for the homes of a day, each by itself. */
public sealed interface HomesResult {
    /**
     * The cheapest schedule of every home, by the day's tie-break.
     *
     * @param schedule nothing is expanded
     * @param lowerBound_gbp no schedule of the homes costs less, those that nobody can change included
     * @param prices the dual solution from which the bound follows
     */
    record Solved(Schedule schedule, double lowerBound_gbp, HomePrices prices) implements HomesResult {}

    /**
     * Some car cannot leave as asked, whatever the others do.
     *
     * @param violations one sentence for each such session
     */
    record Infeasible(List<String> violations) implements HomesResult {
        public Infeasible {
            violations = List.copyOf(violations);
        }
    }
}
