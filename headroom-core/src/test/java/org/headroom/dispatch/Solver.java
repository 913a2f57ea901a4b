package org.headroom.dispatch;

import org.headroom.dispatch.tree.TreeSolver;

/** Both solvers, for tests that hold of either. */
enum Solver {
    TREE,
    HIGHS;

    DispatchResult solve(DayProblem problem, ChargingMode mode) {
        return switch (this) {
            case TREE -> TreeSolver.solve(problem, mode);
            case HIGHS -> HighsSolver.solve(problem, mode);
        };
    }
}
