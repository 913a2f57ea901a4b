package org.headroom.dispatch.tree;

import java.util.Arrays;
import java.util.List;
import org.headroom.dispatch.Breach;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.Departures;
import org.headroom.dispatch.DispatchResult;
import org.headroom.dispatch.Expansion;
import org.headroom.dispatch.HighsSolver;
import org.headroom.dispatch.HomeSolver;
import org.headroom.dispatch.HomesResult;
import org.headroom.dispatch.Session;
import org.headroom.dispatch.TieBreak;
import org.headroom.dispatch.tree.CertifiedSolve.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Dispatch by the tree solver: certified, and the default for every mode (design, Sec. 7).
 *
 * <p>Smart charging and V2G solve each home by itself; only where the network then breaks a limit is the joint problem solved.
 * V-V2V is one problem on the tree of the network. Expansions are tried where a day has no schedule without, or where the
 * convex hull of the choices cannot prove that none pays; on large days that search may end without a proof. What the tree solver does not serve is handed to {@link HighsSolver},
 * and the result says so.
 */
public final class TreeSolver {
    private static final String NAME = "tree";
    /** What all steps of a day together add to the price of a kWh at most, to break ties; and how often a finer one is tried. */
    private static final double TIE_COST_GBP = 2.4e-4;

    private static final int TIE_ATTEMPTS = 4;
    /** Assets times steps up to which HiGHS decides on expansions within seconds, not hours. */
    private static final int MOST_FOR_INTEGERS = 1000;
    /** A limit is broken where it is missed by more than this share of it (per unit for voltages). */
    private static final double BROKEN = 1e-8;
    /** Share of a breach found, of 1 kVA or .001 pu where that is less, that must be proved for a day to have no schedule. */
    private static final double PROVED_BREACH = 1e-9;

    private final DayProblem problem;
    private final ChargingMode mode;
    private final int assets;
    /** Price of a breach at first and where that is too little, GBP a kVA or .001 pu. */
    private final double breach_gbp;

    private final double highBreach_gbp;
    private int iterations;

    private TreeSolver(DayProblem problem, ChargingMode mode) {
        this.problem = problem;
        this.mode = mode;
        this.assets = problem.assetCount();
        this.breach_gbp = Breach.price_gbp(problem);
        this.highBreach_gbp = Breach.highPrice_gbp(problem);
    }

    /**
     * A result with the prices that prove its lower bound.
     *
     * @param findCertificate null where the result was not proved by prices: another solver's, or a day without a schedule
     * @param iterations of the interior point method, over all solves of the day; 0 where it was not needed
     */
    public record Proved(DispatchResult result, @Nullable Certificate findCertificate, int iterations) {}

    /** Dispatches a day under a mode. */
    public static DispatchResult solve(DayProblem problem, ChargingMode mode) {
        return prove(problem, mode).result();
    }

    /** Dispatches a day under a mode and gives the proof too. */
    public static Proved prove(DayProblem problem, ChargingMode mode) {
        long start = System.nanoTime();
        return new TreeSolver(problem, mode).dispatch(start);
    }

    private Proved dispatch(long start) {
        return switch (mode) {
            case ChargingMode.Immediate _ -> {
                DayOutcome day = HighsSolver.immediate(problem); // no choice, no solver
                yield proved(new DispatchResult.Solved(day, day.objective_gbp(), NAME, elapsed_ms(start)), null);
            }
            case ChargingMode.Smart _, ChargingMode.VehicleToGrid _ -> homes(start);
            case ChargingMode.VirtualVehicleToVehicle _ -> joint(start);
        };
    }

    /** Each home by itself; the joint problem only where the network breaks a limit. */
    private Proved homes(long start) {
        return switch (HomeSolver.solve(problem, mode)) {
            case HomesResult.Infeasible(List<String> violations) ->
                proved(new DispatchResult.Infeasible(violations, null, NAME, elapsed_ms(start)), null);
            case HomesResult.Solved homes -> {
                DayOutcome day = new DayOutcome(problem, mode, homes.schedule());
                yield day.violations().isEmpty()
                        ? proved(new DispatchResult.Solved(day, homes.lowerBound_gbp(), NAME, elapsed_ms(start)), null)
                        : joint(start);
            }
        };
    }

    /** All homes within the network's limits: without expansion first, with it where it is needed or may pay. */
    private Proved joint(long start) {
        List<String> impossible = Departures.outOfReach(problem, mode);
        if (!impossible.isEmpty()) {
            return proved(new DispatchResult.Infeasible(impossible, null, NAME, elapsed_ms(start)), null);
        }
        if (!servesJointly()) {
            return handOver();
        }
        boolean[] none = new boolean[assets];
        Answer answer = within(PeakCost.ofAll(problem, mode, none, breach_gbp), breach_gbp);
        Expansion expansion = problem.settings().expansion();
        DayOutcome kept = findKept(answer, none);
        if (kept == null ? !provedInfeasible(none) : !answer.proved()) {
            answer = within(PeakCost.ofAll(problem, mode, none, highBreach_gbp), highBreach_gbp);
            kept = findKept(answer, none);
            if (kept == null || !answer.proved()) {
                return handOver();
            }
        }
        if (kept != null && expansion != Expansion.OPTIMAL) {
            return solved(kept, answer.lower_gbp(), answer.certificate(), start);
        }
        if (kept == null && expansion == Expansion.NEVER) {
            return infeasible(none, start);
        }
        return kept == null ? expandAsNeeded(start) : expand(kept, start);
    }

    /** With expansions, where there is no schedule without: if all of them do not help either, no choice of them does. */
    private Proved expandAsNeeded(long start) {
        boolean[] all = new boolean[assets];
        Arrays.fill(all, true);
        Answer answer = within(PeakCost.ofAll(problem, mode, all, highBreach_gbp), highBreach_gbp);
        DayOutcome kept = findKept(answer, all);
        if (kept != null) {
            return expand(new DayOutcome(problem, mode, kept.schedule().withExpanded(worthExpanding(kept))), start);
        }
        return provedInfeasible(all)
                // where only these are expanded, as little is broken as where all are
                ? infeasible(
                        worthExpanding(
                                new DayOutcome(problem, mode, answer.schedule().withExpanded(all))),
                        start)
                : handOver();
    }

    /**
     * Whether the tree solver has the day's joint problem: not where lines lose a share of their flow, nor where a home pays for a
     * car at another node, nor where homes spread their power as evenly as they can while a limit binds.
     */
    private boolean servesJointly() {
        if (problem.settings().losses().share() > 0) {
            return false;
        }
        if (sharing()) {
            return true;
        }
        for (Session s : problem.sessions()) {
            if (s.node() != problem.homeNode(s.home())) {
                return false;
            }
        }
        return problem.settings().tieBreak() != TieBreak.SPREAD;
    }

    private boolean sharing() {
        return mode instanceof ChargingMode.VirtualVehicleToVehicle;
    }

    private Answer within(PeakCost[] costs, double breach_gbp) {
        return answer(new CertifiedSolve(problem, mode, costs, breach_gbp, 0, gap()));
    }

    private Answer answer(CertifiedSolve solve) {
        Answer answer = solve.solve();
        iterations += answer.iterations();
        return answer;
    }

    /** Homes' schedules are solved more closely, since their ties are then broken within what is left of the gap. */
    private double gap() {
        return sharing() ? CertifiedSolve.GAP : CertifiedSolve.GAP / 5;
    }

    /** The schedule that the tie-break prefers among those as cheap as one found, for the same expansions. */
    private DayOutcome tieBroken(DayOutcome found, double lower_gbp) {
        if (sharing()) {
            return found;
        }
        boolean[] expanded = found.schedule().expanded();
        PeakCost[] costs = PeakCost.ofAll(problem, mode, expanded, highBreach_gbp);
        double tieCost_gbp = TIE_COST_GBP / problem.stepCount();
        for (int i = 0; i < TIE_ATTEMPTS; i++) {
            Answer answer = answer(new CertifiedSolve(problem, mode, costs, highBreach_gbp, tieCost_gbp, gap()));
            DayOutcome kept = findKept(answer, expanded);
            if (kept != null
                    && kept.objective_gbp() - lower_gbp
                            <= CertifiedSolve.GAP * Math.max(1, Math.abs(kept.objective_gbp()))) {
                return kept;
            }
            tieCost_gbp /= 10;
        }
        return found; // ties finer than the gap stay as they are
    }

    /** The cheaper of an answer's schedules that keep all limits, or null. */
    private @Nullable DayOutcome findKept(Answer answer, boolean[] expanded) {
        DayOutcome smooth = new DayOutcome(problem, mode, answer.schedule().withExpanded(expanded));
        boolean kept = keepsLimits(smooth);
        if (kept && smooth.objective_gbp() <= answer.upper_gbp()) {
            return smooth;
        }
        DayOutcome asFound = new DayOutcome(problem, mode, answer.asFound().withExpanded(expanded));
        if (keepsLimits(asFound) && !(kept && smooth.objective_gbp() <= asFound.objective_gbp())) {
            return asFound;
        }
        return kept ? smooth : null;
    }

    private boolean keepsLimits(DayOutcome day) {
        for (int a = 0; a < assets; a++) {
            double limit = problem.assetCapacity_kVA(a) * (day.schedule().expanded(a) ? 2 : 1);
            if (day.assetPeak_kVA(a) > limit * (1 + BROKEN)) {
                return false;
            }
        }
        double lower = problem.network().voltage().lower_pu() - BROKEN;
        double upper = problem.network().voltage().upper_pu() + BROKEN;
        for (int n = 0; n < problem.network().nodeCount(); n++) {
            for (int t = 0; t < problem.stepCount(); t++) {
                double u = day.voltage_pu(n, t);
                if (u < lower || u > upper) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether prices on limits alone prove that no schedule keeps them. */
    private boolean provedInfeasible(boolean[] expanded) {
        DayProblem free = problem.withoutPrices();
        PeakCost[] costs = new PeakCost[assets];
        for (int a = 0; a < assets; a++) {
            costs[a] = PeakCost.limit(problem.assetCapacity_kVA(a) * (expanded[a] ? 2 : 1), 1);
        }
        CertifiedSolve solve = new CertifiedSolve(free, mode, costs, 1, 0, CertifiedSolve.GAP);
        boolean proved = solve.provesMoreThan(PROVED_BREACH);
        iterations += solve.iterations();
        return proved;
    }

    /** Those of a schedule's expansions that are worth it. */
    private boolean[] worthExpanding(DayOutcome day) {
        boolean[] all = new boolean[assets];
        Arrays.fill(all, true);
        return ExpansionSearch.worthExpanding(
                day,
                day.schedule().expanded(),
                PeakCost.ofAll(problem, mode, new boolean[assets], highBreach_gbp),
                PeakCost.ofAll(problem, mode, all, highBreach_gbp));
    }

    private Proved infeasible(boolean[] expanded, long start) {
        Answer answer = within(PeakCost.ofAll(problem, mode, expanded, highBreach_gbp), highBreach_gbp);
        DayOutcome smooth = new DayOutcome(problem, mode, answer.schedule().withExpanded(expanded));
        DayOutcome asFound = new DayOutcome(problem, mode, answer.asFound().withExpanded(expanded));
        DayOutcome found = withBreach_gbp(smooth) <= withBreach_gbp(asFound) ? smooth : asFound;
        DayOutcome leastBreach = new DayOutcome(problem, mode, found.schedule().withExpanded(worthExpanding(found)));
        if (leastBreach.violations().isEmpty()) {
            return handOver();
        }
        return proved(
                new DispatchResult.Infeasible(leastBreach.violations(), leastBreach, NAME, elapsed_ms(start)), null);
    }

    private double withBreach_gbp(DayOutcome day) {
        return day.objective_gbp() + highBreach_gbp * Breach.of(day);
    }

    /**
     * The least-cost choice of expansions, from one that keeps all limits. Where the search does not end: HiGHS's on a small day, else
     * the best found, with the bound that is proved.
     */
    private Proved expand(DayOutcome known, long start) {
        ExpansionSearch search =
                new ExpansionSearch(problem, mode, highBreach_gbp, known, this::keepsLimits, this::provedInfeasible);
        ExpansionSearch.Outcome outcome = search.search();
        iterations += search.iterations();
        return switch (outcome) {
            case ExpansionSearch.Found found ->
                solved(new DayOutcome(problem, mode, found.schedule()), found.lower_gbp(), null, start);
            case ExpansionSearch.GaveUp gaveUp ->
                assets * problem.stepCount() <= MOST_FOR_INTEGERS
                        ? handOver()
                        : solved(new DayOutcome(problem, mode, gaveUp.schedule()), gaveUp.lower_gbp(), null, start);
        };
    }

    private Proved solved(DayOutcome found, double lower_gbp, @Nullable Certificate certificate, long start) {
        DayOutcome day = tieBroken(found, lower_gbp);
        return proved(new DispatchResult.Solved(day, lower_gbp, NAME, elapsed_ms(start)), certificate);
    }

    private Proved proved(DispatchResult result, @Nullable Certificate certificate) {
        return new Proved(result, certificate, iterations);
    }

    private Proved handOver() {
        return proved(HighsSolver.solve(problem, mode), null);
    }

    private static double elapsed_ms(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
