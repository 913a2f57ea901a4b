package org.headroom.dispatch.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.Schedule;
import org.headroom.dispatch.tree.CondensedDay.Question;
import org.headroom.dispatch.tree.CondensedDay.VoltageRow;
import org.headroom.network.VoltageBand;
import org.jspecify.annotations.Nullable;

/**
 * One day solved for given costs of peaks, with both bounds. What hardly ever binds is left out first: PV is curtailed, and a
 * voltage limit kept, only where prices or voltages ask for it; the day is then solved again with it.
 */
final class CertifiedSolve {
    /** Relative gap between the bounds at which a day is solved; of 1 GBP where it costs less. */
    static final double GAP = 1e-6;
    /** Gaps at which each round looks for what was left out: the earlier it is missed, the less was in vain. */
    private static final double[] LOOKS = {0.1, 0.02, 1e-3};

    /** Share of the gap at which the products first allow the bounds to meet, and at which they no longer keep them apart. */
    private static final double NEARLY = 3;

    private static final double CONVERGED = 0.01;
    private static final int MOST_ITERATIONS = 100;
    private static final int MOST_ROUNDS = 40;
    /** Starts over with products higher by this factor, where rounding stops the method short. */
    private static final double RESTART = 30;

    private static final int MOST_RESTARTS = 2;
    /** Voltages may miss their limit by this, per unit, before they are asked to keep it. */
    private static final double VOLTAGE_TOLERANCE = 1e-9;
    /**
     * Where a voltage limit is missed, those are kept as well that are nearer to it than the worst is beyond it and this share of the
     * band: what is kept from one place and hour goes to others. Never more than the second share, or all would be kept.
     */
    private static final double NEAR_LIMIT = 0.05;

    private static final double NEAREST_MOST = 0.3;
    /**
     * Prices below this share of their mean are near enough to 0 to fall below it once PV is curtailed elsewhere; by how much that
     * share grows each time that more is missed.
     */
    private static final double NEAR = 0.1;

    private static final double FARTHER = 3;

    private final DayProblem problem;
    private final ChargingMode mode;
    private final PeakCost[] peakCost;
    private final double breach_gbp;
    private final double tieCost_gbp;
    private final double gap;
    private final boolean[][] curtailable;
    /** Homes that have PV on this day. */
    private final int[] pvHomes;

    private final List<VoltageRow> rows = new ArrayList<>();
    private final Set<VoltageRow> known = new HashSet<>();
    private double near = NEAR;
    private double enough = Double.POSITIVE_INFINITY;
    private int restarts;
    private int iterations;

    /**
     * The best schedule found and what proves it.
     *
     * @param schedule without energy that goes around in a battery for nothing
     * @param asFound the same as the method left it
     * @param upper_gbp its cost, breaches included at their price
     * @param lower_gbp no schedule within the limits costs less
     * @param certificate the prices behind the lower bound
     * @param iterations of the interior point method, over all rounds
     * @param solved whether the bounds met
     */
    record Answer(
            Schedule schedule,
            Schedule asFound,
            double upper_gbp,
            double lower_gbp,
            Certificate certificate,
            int iterations,
            boolean solved) {
        /** Whether the bounds are as near as every day's must be. */
        boolean proved() {
            return upper_gbp - lower_gbp <= GAP * Math.max(1, Math.abs(upper_gbp));
        }
    }

    /**
     * Prepares a solve.
     *
     * @param breach_gbp price of breaking a limit, by a kVA or .001 pu; the same as in the costs of peaks
     * @param gap relative gap between the bounds at which the day is solved
     * @param tieCost_gbp what a step later costs, per kWh: decides between equally cheap schedules; 0: nothing does
     */
    CertifiedSolve(
            DayProblem problem,
            ChargingMode mode,
            PeakCost[] peakCost,
            double breach_gbp,
            double tieCost_gbp,
            double gap) {
        this.problem = problem;
        this.mode = mode;
        this.peakCost = peakCost;
        this.breach_gbp = breach_gbp;
        this.tieCost_gbp = tieCost_gbp;
        this.gap = gap;
        this.curtailable = new boolean[problem.homeCount()][];
        int[] withPv = new int[curtailable.length];
        int count = 0;
        for (int h = 0; h < curtailable.length; h++) {
            curtailable[h] = new boolean[problem.stepCount()];
            boolean any = false;
            for (int t = 0; t < problem.stepCount(); t++) {
                boolean pv = problem.pv_kW(h, t) > 0;
                any |= pv;
                curtailable[h][t] = pv && problem.sell_gbpPerKWh(t) < 0;
            }
            if (any) {
                withPv[count++] = h;
            }
        }
        pvHomes = Arrays.copyOf(withPv, count);
    }

    /** Solves until the lower bound is above a share of the upper one, of 1 GBP where that is less: whether it came to that. */
    boolean provesMoreThan(double share) {
        enough = share;
        Answer answer = solve();
        return isEnough(answer.lower_gbp(), answer.upper_gbp());
    }

    private boolean isEnough(double lower_gbp, double upper_gbp) {
        return lower_gbp > enough * Math.max(1, upper_gbp);
    }

    /** Iterations of the interior point method so far, over all rounds. */
    int iterations() {
        return iterations;
    }

    Answer solve() {
        for (int round = 0; ; round++) {
            CondensedDay day =
                    new CondensedDay(problem, new Question(mode, peakCost, curtailable, rows, breach_gbp, tieCost_gbp));
            InteriorPoint point = new InteriorPoint(day.program);
            point.start(start_gbp(day));
            boolean last = round == MOST_ROUNDS;
            Answer answer = iterate(day, point, last);
            if (answer != null) {
                return answer;
            }
        }
    }

    /** An iterate with its bounds. */
    private record Bounded(Schedule asFound, double upper_gbp, double lower_gbp, Certificate certificate) {
        double gap_gbp() {
            return upper_gbp - lower_gbp;
        }
    }

    /** Iterates until the bounds meet, or until something left out is missed: null then. */
    private @Nullable Answer iterate(CondensedDay day, InteriorPoint point, boolean last) {
        int looks = last ? LOOKS.length : 0;
        boolean nothingToDecide = day.program.stageCount == 0;
        Bounded best = null;
        double scale_gbp = Double.POSITIVE_INFINITY; // the last cost known, of 1 GBP at least
        while (true) {
            boolean stuck = nothingToDecide || point.iterations() >= MOST_ITERATIONS || !point.iterate();
            iterations += nothingToDecide ? 0 : 1;
            double products_gbp = point.complementarity_gbp();
            double next = looks < LOOKS.length ? LOOKS[looks] : NEARLY * gap;
            if (!stuck && enough == Double.POSITIVE_INFINITY && products_gbp > next * scale_gbp) {
                continue; // costs fall from one iterate to the next: still less above a share of this one's
            }
            double cost_gbp = day.cost_gbp(point);
            scale_gbp = Math.max(1, Math.abs(cost_gbp));
            double distance = products_gbp / scale_gbp;
            if (enough < Double.POSITIVE_INFINITY
                    && isEnough(day.certificate(point).lowerBound_gbp(peakCost), cost_gbp)) {
                return answer(day, bounded(day, point, cost_gbp));
            }
            if (looks < LOOKS.length && distance < LOOKS[looks]) {
                while (looks < LOOKS.length && distance < LOOKS[looks]) {
                    looks++;
                }
                if (missed(day, point, day.prices(point), LOOKS[looks - 1] * scale_gbp, false)) {
                    return null;
                }
            }
            if (distance < NEARLY * gap || stuck) {
                Bounded found = bounded(day, point, cost_gbp);
                if (best == null || found.gap_gbp() < best.gap_gbp()) {
                    best = found;
                }
                // beyond its limits a day costs more than the limits kept with a margin say: the bounds need not meet
                // there
                boolean optimal = isSolved(best) || distance < CONVERGED * gap;
                if (stuck && !nothingToDecide && !optimal && restarts < MOST_RESTARTS) {
                    restarts++;
                    point.start(start_gbp(day));
                    continue;
                }
                if (optimal || stuck) {
                    boolean missed = missed(day, point, found.certificate().prices(), gap * scale_gbp, true);
                    return missed && !last ? null : answer(day, best);
                }
            }
        }
    }

    /**
     * Adds what was left out and is missed, curtailment where it saves a part of a cost; whether there was any.
     *
     * @param solved whether a limit that is kept and broken all the same cannot be kept
     */
    private boolean missed(CondensedDay day, InteriorPoint point, NodePrices prices, double share_gbp, boolean solved) {
        boolean voltages = missedVoltages(day, point, solved);
        boolean curtailment = missedCurtailment(day, prices, share_gbp);
        return voltages || curtailment;
    }

    /** First product of every pair; higher after each failure, which starts farther from all bounds. */
    private double start_gbp(CondensedDay day) {
        return day.typicalProduct_gbp() * StrictMath.pow(RESTART, restarts);
    }

    private Bounded bounded(CondensedDay day, InteriorPoint point, double cost_gbp) {
        Certificate certificate = day.certificate(point);
        return new Bounded(day.schedule(point), cost_gbp, certificate.lowerBound_gbp(peakCost), certificate);
    }

    private boolean isSolved(Bounded found) {
        return found.gap_gbp() <= gap * Math.max(1, Math.abs(found.upper_gbp));
    }

    private Answer answer(CondensedDay day, Bounded found) {
        return new Answer(
                day.withoutRoundTrips(found.asFound, found.certificate.prices()),
                found.asFound,
                found.upper_gbp,
                found.lower_gbp,
                found.certificate,
                iterations,
                isSolved(found));
    }

    /** Adds the voltage limits that the point breaks, and those it comes near; whether it broke any that was not kept. */
    private boolean missedVoltages(CondensedDay day, InteriorPoint point, boolean solved) {
        double[] voltage = day.findVoltages_pu(point, VOLTAGE_TOLERANCE);
        if (voltage == null) {
            return false;
        }
        VoltageBand band = problem.network().voltage();
        boolean lower = missedVoltages(voltage, true, band.lower_pu(), band.source_pu() - band.lower_pu(), solved);
        boolean upper = missedVoltages(voltage, false, band.upper_pu(), band.upper_pu() - band.source_pu(), solved);
        return lower || upper;
    }

    private boolean missedVoltages(double[] voltage, boolean lower, double limit_pu, double band_pu, boolean solved) {
        List<VoltageRow> broken = new ArrayList<>();
        double beyond = beyond_pu(voltage, lower, limit_pu, VOLTAGE_TOLERANCE, solved, broken);
        if (broken.isEmpty()) {
            return false;
        }
        double near = Math.min(beyond + NEAR_LIMIT * band_pu, NEAREST_MOST * band_pu);
        beyond_pu(voltage, lower, limit_pu, -near, solved, broken);
        for (VoltageRow row : broken) {
            if (known.add(row)) {
                rows.add(row);
            }
        }
        return true;
    }

    /**
     * Lists the places, not kept yet, at which voltages lie beyond a limit by more than given, of each branch the farthest; returns
     * by how much the farthest does.
     *
     * @param solved whether those above a place that is kept and lies beyond all the same are listed too: each adds to the breach
     */
    private double beyond_pu(
            double[] voltage, boolean lower, double limit_pu, double least_pu, boolean solved, List<VoltageRow> found) {
        int sign = lower ? 1 : -1;
        double farthest = 0;
        int steps = problem.stepCount();
        double[] farthestBelow = new double[problem.network().nodeCount()];
        boolean[] brokenBelow = new boolean[farthestBelow.length];
        for (int t = 0; t < steps; t++) {
            Arrays.fill(farthestBelow, Double.NEGATIVE_INFINITY);
            Arrays.fill(brokenBelow, false);
            // what lies below each node is settled before its own turn
            for (int n = farthestBelow.length - 1; n > 0; n--) {
                double beyond = sign * (limit_pu - voltage[n * steps + t]);
                int above = problem.network().parentNode(n - 1);
                brokenBelow[above] |= brokenBelow[n];
                if (beyond > least_pu && (beyond > farthestBelow[n] || brokenBelow[n])) {
                    VoltageRow row = new VoltageRow(n, t, lower);
                    if (known.contains(row)) {
                        brokenBelow[above] |= solved;
                    } else {
                        found.add(row);
                        farthest = Math.max(farthest, beyond);
                    }
                }
                farthestBelow[above] = Math.max(farthestBelow[above], Math.max(beyond, farthestBelow[n]));
            }
        }
        return farthest;
    }

    /**
     * Lets PV be curtailed where its price is negative, if that matters: there, where it is near that, and where it would be were the
     * price of a peak of feed-in on the steps next to it in size. Whether there was any to add.
     */
    private boolean missedCurtailment(CondensedDay day, NodePrices prices, double share_gbp) {
        if (!prices.mayBeNegative()) {
            return false;
        }
        double lost = 0;
        double price = 0;
        double all = 0;
        for (int h : pvHomes) {
            int node = problem.homeNode(h);
            for (int t = 0; t < curtailable[h].length; t++) {
                if (problem.pv_kW(h, t) > 0 && !curtailable[h][t]) {
                    double here = prices.at(node, h, t);
                    lost += Math.max(0, -here) * problem.pv_kW(h, t);
                    price += Math.abs(here);
                    all++;
                }
            }
        }
        if (!(lost > 0.1 * share_gbp)) {
            return false;
        }
        double below = near * price / all;
        near *= FARTHER;
        double[][] discount = day.feedInDiscount_gbpPerKW(prices);
        for (int h : pvHomes) {
            int node = problem.homeNode(h);
            for (int t = 0; t < curtailable[h].length; t++) {
                curtailable[h][t] |= problem.pv_kW(h, t) > 0 && prices.at(node, h, t) - discount[node][t] < below;
            }
        }
        return true;
    }
}
