package org.headroom.dispatch;

import java.util.List;
import java.util.function.Supplier;
import org.headroom.dispatch.DayModel.Directions;
import org.headroom.dispatch.DayModel.Expanding;
import org.headroom.dispatch.DayModel.Scope;
import org.headroom.dispatch.LinearProgram.Status;
import org.jspecify.annotations.Nullable;

/**
 * Dispatch by HiGHS: the general reference for every mode, with expansion (design, Sec. 2).
 *
 * <p>Smart charging and V2G solve all homes by themselves first; only where the network then breaks a limit is the joint
 * problem solved. Expansion is tried where the problem has no schedule without it, or where a relaxation cannot prove that
 * none pays. Where lines lose a share of their flow, the linear program may burn energy in them; where the schedule it gives then
 * costs more than the bound, or breaks a limit, the directions of such lines become choices.
 */
public final class HighsSolver {
    private static final String NAME = "highs";
    /** An expansion must lower the objective by more than this share of it. */
    private static final double WORTHWHILE = 1e-9;

    private final DayProblem problem;
    private final ChargingMode mode;

    private HighsSolver(DayProblem problem, ChargingMode mode) {
        this.problem = problem;
        this.mode = mode;
    }

    /** Dispatches a day under a mode. */
    public static DispatchResult solve(DayProblem problem, ChargingMode mode) {
        long start = System.nanoTime();
        HighsSolver solver = new HighsSolver(problem, mode);
        Attempt attempt = solver.attempt();
        double solve_ms = (System.nanoTime() - start) / 1e6;
        return switch (attempt) {
            case Found found -> solver.solved(found, solve_ms);
            case None none -> new DispatchResult.Infeasible(none.violations(), none.findLeastBreach(), NAME, solve_ms);
            case Infeasible _ -> throw new IllegalStateException("infeasible, but not explained");
            case Unfinished unfinished -> new DispatchResult.Limit(unfinished.reason(), NAME, solve_ms);
        };
    }

    private DispatchResult.Solved solved(Found found, double solve_ms) {
        return new DispatchResult.Solved(
                new DayOutcome(problem, mode, found.schedule()), found.bound_gbp(), NAME, solve_ms);
    }

    /** The day under immediate charging, which needs no solver. */
    public static DayOutcome immediate(DayProblem problem) {
        return new DayOutcome(problem, new ChargingMode.Immediate(), ImmediateCharging.schedule(problem));
    }

    private sealed interface Attempt {}

    private record Found(Schedule schedule, double bound_gbp, double objective_gbp) implements Attempt {}

    /** No schedule; what the one that breaks the limits least breaks. */
    private record None(List<String> violations, @Nullable DayOutcome findLeastBreach) implements Attempt {}

    private record Unfinished(String reason) implements Attempt {}

    private Attempt attempt() {
        return switch (mode) {
            case ChargingMode.Immediate _ -> {
                DayOutcome day = immediate(problem);
                yield new Found(day.schedule(), day.objective_gbp(), day.objective_gbp());
            }
            case ChargingMode.Smart _, ChargingMode.VehicleToGrid _ -> withinReach(this::homes);
            case ChargingMode.VirtualVehicleToVehicle _ -> withinReach(this::joint);
        };
    }

    private Attempt withinReach(Supplier<Attempt> attempt) {
        List<String> outOfReach = Departures.outOfReach(problem, mode);
        return outOfReach.isEmpty() ? attempt.get() : new None(outOfReach, null);
    }

    /** Each home by itself; the joint problem only where the network breaks a limit. */
    private Attempt homes() {
        Attempt alone = solve(Scope.HOMES, false, Expanding.NO);
        if (alone instanceof Found found
                && !new DayOutcome(problem, mode, found.schedule()).violations().isEmpty()) {
            return joint();
        }
        return explained(alone);
    }

    /** All homes within the network's limits: without expansion first, with it where it is needed or may pay. */
    private Attempt joint() {
        Attempt unexpanded = solve(Scope.NETWORK, true, Expanding.NO);
        boolean enough = switch (problem.settings().expansion()) {
            case NEVER -> true;
            case NEEDED -> unexpanded instanceof Found;
            case OPTIMAL -> false;
        };
        if (enough || unexpanded instanceof Unfinished) {
            return explained(unexpanded);
        }
        if (unexpanded instanceof Found found) {
            Attempt relaxed = solve(Scope.NETWORK, true, Expanding.RELAXED);
            if (relaxed instanceof Found bound && !pays(bound, found)) {
                return found;
            }
        }
        Attempt expanded = solve(Scope.NETWORK, true, Expanding.INTEGER);
        if (expanded instanceof Found with && unexpanded instanceof Found without && !pays(with, without)) {
            return new Found(
                    without.schedule(), Math.min(with.bound_gbp(), without.bound_gbp()), without.objective_gbp());
        }
        return explained(expanded);
    }

    private static boolean pays(Found with, Found without) {
        return with.objective_gbp()
                < without.objective_gbp() - WORTHWHILE * Math.max(1, Math.abs(without.objective_gbp()));
    }

    /** Where there is no schedule, finds the one that breaks the limits least. */
    private Attempt explained(Attempt attempt) {
        if (!(attempt instanceof Infeasible)) {
            return attempt;
        }
        return leastBreach(problem.settings().losses().share() > 0 ? Directions.EXACT : Directions.RELAXED);
    }

    private Attempt leastBreach(Directions directions) {
        Expanding elasticExpansion =
                problem.settings().expansion() == Expansion.NEVER ? Expanding.NO : Expanding.INTEGER;
        try (DayModel model = new DayModel(problem, mode, Scope.ELASTIC, true, elasticExpansion, directions)) {
            if (model.solve() == Status.OPTIMAL) {
                DayOutcome leastBreach = new DayOutcome(problem, mode, model.schedule());
                return new None(leastBreach.violations(), leastBreach);
            }
            return directions == Directions.EXACT
                    ? leastBreach(Directions.RELAXED)
                    : new Unfinished(
                            "infeasible, and the search for the least breach ended with: " + model.statusText());
        }
    }

    /** No schedule, not yet explained. */
    private record Infeasible() implements Attempt {}

    private Attempt solve(Scope scope, boolean curtailAlways, Expanding expanding) {
        Attempt relaxed = solve(scope, curtailAlways, expanding, Directions.RELAXED);
        boolean mayBurn = problem.settings().losses().share() > 0 && scope == Scope.NETWORK;
        if (!mayBurn || expanding == Expanding.RELAXED || !(relaxed instanceof Found found)) {
            return relaxed;
        }
        DispatchResult.Solved tried = solved(found, 0);
        boolean keepsLimits = tried.outcome().violations().isEmpty();
        if (keepsLimits && tried.isProved()) {
            return relaxed;
        }
        Attempt exact = solve(scope, curtailAlways, expanding, Directions.EXACT);
        if (!(exact instanceof Unfinished unfinished)) {
            return exact;
        }
        return keepsLimits
                ? new Found(found.schedule(), found.bound_gbp(), tried.outcome().objective_gbp())
                : new Unfinished(
                        "limits are kept only where lines burn energy, and the search over their directions ended with: "
                                + unfinished.reason());
    }

    private Attempt solve(Scope scope, boolean curtailAlways, Expanding expanding, Directions directions) {
        try (DayModel model = new DayModel(problem, mode, scope, curtailAlways, expanding, directions)) {
            Status status = model.solve();
            if (status == Status.INFEASIBLE) {
                return new Infeasible();
            }
            if (status == Status.UNFINISHED) {
                return new Unfinished(model.statusText());
            }
            double bound = model.bound_gbp();
            double objective = model.objective_gbp();
            if (!(mode instanceof ChargingMode.VirtualVehicleToVehicle) && model.breakTies() != Status.OPTIMAL) {
                return new Unfinished("breaking ties ended with: " + model.statusText());
            }
            return new Found(model.schedule(), bound, objective);
        }
    }
}
