package org.headroom.dispatch.tree;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.Schedule;
import org.headroom.dispatch.tree.CertifiedSolve.Answer;

/**
 * The least-cost choice of expansions (y of eqs. 15-19), by branch and bound. Where an asset is not decided, its cost is the convex
 * hull of both choices in its peak; the bounds are those of {@link CertifiedSolve}.
 */
final class ExpansionSearch {
    /** Solves after which the search gives up. */
    private static final int MOST_SOLVES = 400;

    private enum Choice {
        OPEN,
        WITHIN,
        EXPANDED
    }

    /** How a search ended. */
    sealed interface Outcome {}

    record Found(Schedule schedule, double lower_gbp) implements Outcome {}

    /** The best found within the solves that a search may take, and a bound on what there may be. */
    record GaveUp(Schedule schedule, double lower_gbp) implements Outcome {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Node(Choice[] choices, Answer answer) {}

    private final DayProblem problem;
    private final ChargingMode mode;
    private final Predicate<DayOutcome> keepsLimits;
    private final double breach_gbp;
    private final PeakCost[] within;
    private final PeakCost[] expanded;
    private final PeakCost[] hull;
    private final Predicate<boolean[]> provedInfeasible;
    private Schedule best;
    private double best_gbp;
    private int solves;
    private int iterations;

    /**
     * Prepares a search.
     *
     * @param known a schedule that keeps all limits, with its expansions
     * @param keepsLimits whether a schedule keeps all limits
     * @param provedInfeasible whether it is proved that no schedule keeps all limits where no others than these assets are expanded
     */
    ExpansionSearch(
            DayProblem problem,
            ChargingMode mode,
            double breach_gbp,
            DayOutcome known,
            Predicate<DayOutcome> keepsLimits,
            Predicate<boolean[]> provedInfeasible) {
        best = known.schedule();
        best_gbp = known.objective_gbp();
        this.provedInfeasible = provedInfeasible;
        this.problem = problem;
        this.mode = mode;
        this.breach_gbp = breach_gbp;
        this.keepsLimits = keepsLimits;
        boolean[] none = new boolean[problem.assetCount()];
        boolean[] all = new boolean[none.length];
        Arrays.fill(all, true);
        within = PeakCost.ofAll(problem, mode, none, breach_gbp);
        expanded = PeakCost.ofAll(problem, mode, all, breach_gbp);
        hull = new PeakCost[none.length];
        Arrays.setAll(hull, a -> within[a].hullWith(expanded[a]));
    }

    Outcome search() {
        PriorityQueue<Node> open = new PriorityQueue<>(Comparator.comparingDouble(node -> node.answer.lower_gbp()));
        Choice[] undecided = new Choice[problem.assetCount()];
        Arrays.fill(undecided, Choice.OPEN);
        Node root = solve(undecided);
        open.add(root);
        double lower = Double.POSITIVE_INFINITY; // of all that is closed
        while (true) {
            Node node = open.poll();
            if (node == null) {
                break;
            }
            if (closed(node.answer.lower_gbp())) {
                lower = Math.min(lower, node.answer.lower_gbp());
                break;
            }
            int asset = widest(node);
            if (asset < 0) {
                if (provedInfeasible.test(mayExpand(node))) {
                    continue; // its bound is what breaking limits costs
                }
                return gaveUp(lower, node); // decided as it stands, but not proved
            }
            for (Choice choice : new Choice[] {Choice.WITHIN, Choice.EXPANDED}) {
                if (solves >= MOST_SOLVES) {
                    return gaveUp(lower, node);
                }
                Choice[] choices = node.choices.clone();
                choices[asset] = choice;
                Node child = solve(choices);
                if (closed(child.answer.lower_gbp())) {
                    lower = Math.min(lower, child.answer.lower_gbp());
                } else {
                    open.add(child);
                }
            }
        }
        return new Found(best, Math.min(lower, best_gbp));
    }

    /** Ends at the node that has the lowest bound of all that are open. */
    private GaveUp gaveUp(double closedLower_gbp, Node node) {
        return new GaveUp(best, Math.min(Math.min(closedLower_gbp, node.answer.lower_gbp()), best_gbp));
    }

    /** Iterations of the interior point method, over all solves so far. */
    int iterations() {
        return iterations;
    }

    private boolean closed(double lower_gbp) {
        return best_gbp - lower_gbp <= CertifiedSolve.GAP * Math.max(1, Math.abs(best_gbp));
    }

    private Node solve(Choice[] choices) {
        solves++;
        PeakCost[] costs = new PeakCost[choices.length];
        for (int a = 0; a < costs.length; a++) {
            costs[a] = switch (choices[a]) {
                case OPEN -> hull[a];
                case WITHIN -> within[a];
                case EXPANDED -> expanded[a];
            };
        }
        Node node =
                new Node(choices, new CertifiedSolve(problem, mode, costs, breach_gbp, 0, CertifiedSolve.GAP).solve());
        iterations += node.answer.iterations();
        DayOutcome day = new DayOutcome(problem, mode, node.answer.schedule());
        boolean[] choice = worthExpanding(day, mayExpand(node), within, expanded);
        take(node.answer.schedule().withExpanded(choice));
        take(node.answer.asFound().withExpanded(choice));
        return node;
    }

    /** Keeps a schedule if it is the best so far and within all limits. */
    private void take(Schedule schedule) {
        DayOutcome day = new DayOutcome(problem, mode, schedule);
        if (day.objective_gbp() < best_gbp && keepsLimits.test(day)) {
            best = schedule;
            best_gbp = day.objective_gbp();
        }
    }

    /**
     * Those assets that a day's peaks need expanded, or that cost less so than the present value of the asset as it is.
     *
     * @param may assets that may be expanded
     * @param within costs of the peaks of assets that are not expanded
     * @param expanded costs of those that are
     */
    static boolean[] worthExpanding(DayOutcome day, boolean[] may, PeakCost[] within, PeakCost[] expanded) {
        boolean[] worth = new boolean[may.length];
        for (int a = 0; a < worth.length; a++) {
            double peak = day.assetPeak_kVA(a);
            worth[a] = may[a] && (peak > within[a].highest() || expanded[a].at(peak) < within[a].at(peak));
        }
        return worth;
    }

    private static boolean[] mayExpand(Node node) {
        boolean[] may = new boolean[node.choices.length];
        for (int a = 0; a < may.length; a++) {
            may[a] = node.choices[a] != Choice.WITHIN;
        }
        return may;
    }

    /** The open asset whose true cost lies farthest above its hull, or -1. */
    private int widest(Node node) {
        DayOutcome day = new DayOutcome(problem, mode, node.answer.schedule());
        int widest = -1;
        double most = 1e-9 * Math.max(1, Math.abs(node.answer.upper_gbp()));
        for (int a = 0; a < within.length; a++) {
            if (node.choices[a] == Choice.OPEN) {
                double peak = day.assetPeak_kVA(a);
                double gap = Math.min(within[a].at(peak), expanded[a].at(peak)) - hull[a].at(peak);
                if (gap > most) {
                    most = gap;
                    widest = a;
                }
            }
        }
        return widest;
    }
}
