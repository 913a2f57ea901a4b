package org.headroom.dispatch;

import java.util.Arrays;
import java.util.List;

/**
 * Smart charging and V2G without a network (eqs. 3a-3c): the exact optimum of every home by itself, by the day's tie-break.
 *
 * <p>PV is taken out first. What a home pays in a step is a convex function of what its cars take there, with at most three
 * slopes: the sell price, 0 where its own PV is turned down, the buy price. Where only one slope can be reached, or only one car
 * is there, pieces of the car's own power carry these slopes, and cars of one home have nothing to do with each other. What is
 * left goes to {@link HomeSimplex}.
 */
public final class HomeSolver {
    /** Pieces of a power for {@link TieBreak#SPREAD}, as in {@link TieBreaking}. */
    private static final int PIECES = 8;
    /** Bends of a cost nearer than this to an end of the range do not count, kW. */
    private static final double NEAR_kW = 1e-12;

    /** In place of a step: the tie-break is the day's. */
    private static final int NO_STEP = -1;

    private final DayProblem problem;
    private final ChargingMode mode;
    private final boolean mayDischarge;
    private final int steps;
    private final double step_h;
    private final double eta;
    private final double[] buy;
    private final double[] sell;
    private final Session[] sessions;
    private final int[] length;
    private final double[] wear;
    private final int[][] sessionsOfHome;

    private final HomeSimplex simplex = new HomeSimplex();
    private final double[][] charge_kW;
    private final double[][] discharge_kW;
    private final double[][] stored;

    /** Step whose power is the second objective, or {@link #NO_STEP}. */
    private int extremeStep = NO_STEP;

    private double extremeSign;

    // of the home at hand
    private final double[] demand_kW;
    private final double[] pv_kW;
    /** Cars plugged in, {@code [step]}. */
    private final int[] plugged;
    /** Rated power of the cars plugged in. */
    private final double[] reach_kW;
    /** What the cars take together in the schedule found. */
    private final double[] taken_kW;
    /** Row of a step that ties powers together, or -1. */
    private final int[] stepRow;

    // what the home pays in the step at hand: slopes with bends between
    private final double[] bend = new double[2];
    private final double[] slope = new double[3];
    private int slopes;

    /** A car of the same group, or itself for the first of a group; by order in the home. */
    private int[] group = new int[8];
    /** Sessions of the group at hand. */
    private int[] member = new int[8];

    private int members;
    private double[] charges = new double[128];
    private double[] discharges = new double[128];

    private HomeSolver(DayProblem problem, ChargingMode mode) {
        this.mayDischarge = switch (mode) {
            case ChargingMode.Smart _ -> false;
            case ChargingMode.VehicleToGrid _ -> true;
            case ChargingMode.Immediate _, ChargingMode.VirtualVehicleToVehicle _ ->
                throw new IllegalArgumentException(
                        "mode %s: homes are solved one by one under smart and v2g only".formatted(mode.label()));
        };
        this.problem = problem;
        this.mode = mode;
        steps = problem.stepCount();
        step_h = problem.steps().step_h();
        eta = problem.settings().efficiency();
        buy = new double[steps];
        sell = new double[steps];
        for (int t = 0; t < steps; t++) {
            buy[t] = problem.buy_gbpPerKWh(t);
            sell[t] = problem.sell_gbpPerKWh(t);
        }
        int count = problem.sessions().size();
        sessions = problem.sessions().toArray(Session[]::new);
        length = new int[count];
        wear = new double[count];
        charge_kW = new double[count][];
        discharge_kW = new double[count][];
        stored = new double[count][];
        int[] carsOfHome = new int[problem.homeCount()];
        for (int s = 0; s < count; s++) {
            length[s] = sessions[s].length(problem.steps());
            wear[s] = problem.degradation_gbpPerKWh(sessions[s]);
            charge_kW[s] = new double[length[s]];
            discharge_kW[s] = new double[length[s]];
            stored[s] = new double[length[s]];
            carsOfHome[sessions[s].home()]++;
        }
        sessionsOfHome = new int[problem.homeCount()][];
        for (int h = 0; h < carsOfHome.length; h++) {
            sessionsOfHome[h] = new int[carsOfHome[h]];
        }
        for (int s = count - 1; s >= 0; s--) {
            int h = sessions[s].home();
            sessionsOfHome[h][--carsOfHome[h]] = s;
        }
        plugged = new int[steps];
        reach_kW = new double[steps];
        taken_kW = new double[steps];
        stepRow = new int[steps];
        demand_kW = new double[steps];
        pv_kW = new double[steps];
    }

    /**
     * Solves the homes of a day.
     *
     * @param mode smart charging or V2G
     */
    public static HomesResult solve(DayProblem problem, ChargingMode mode) {
        return new HomeSolver(problem, mode).solve();
    }

    /**
     * The lowest and the highest power that all homes together may draw in a step, over all schedules that cost every home as
     * little as it can pay: the sums of what each home may draw, for no home's choice binds another's.
     *
     * @return {@code [lowest, highest][step]}, kW, below 0 where homes feed in
     */
    static double[][] powerRange_kW(DayProblem problem, ChargingMode mode) {
        return new HomeSolver(problem, mode).powerRange_kW();
    }

    private double[][] powerRange_kW() {
        double[][] range = new double[2][steps];
        for (int h = 0; h < problem.homeCount(); h++) {
            enter(h);
            for (int t = 0; t < steps; t++) {
                boolean anyCar = false;
                for (int s : sessionsOfHome[h]) {
                    anyCar |= stepOfStay(s, t) < length[s];
                }
                range[0][t] += leastTaken_kW(t, anyCar ? extreme_kW(h, t, 1) : 0);
                range[1][t] += mostTaken_kW(t, anyCar ? extreme_kW(h, t, -1) : 0);
            }
        }
        return range;
    }

    /** What the cars of the home entered take in a step, over its cheapest schedules: the least (sign 1) or the most (-1). */
    private double extreme_kW(int home, int step, double sign) {
        extremeStep = step;
        extremeSign = sign;
        schedule(home);
        extremeStep = NO_STEP;
        return taken_kW[step];
    }

    /** The least that a home takes with the cars' power given, at least cost: all PV that costs nothing is used. */
    private double leastTaken_kW(int t, double cars_kW) {
        return demand_kW[t] + cars_kW - pvUsed_kW(t, cars_kW);
    }

    /** The most that it takes: PV is turned down wherever that costs nothing. */
    private double mostTaken_kW(int t, double cars_kW) {
        double gross_kW = demand_kW[t] + cars_kW;
        if (buy[t] <= 0) {
            return gross_kW;
        }
        return gross_kW - (sell[t] > 0 ? pv_kW[t] : Math.clamp(gross_kW, 0, pv_kW[t]));
    }

    private HomesResult solve() {
        List<String> outOfReach = Departures.outOfReach(problem, mode);
        if (!outOfReach.isEmpty()) {
            return new HomesResult.Infeasible(outOfReach);
        }
        double[][] pvUsed_kW = new double[problem.homeCount()][steps];
        double[][] homePrice = new double[problem.homeCount()][steps];
        HomePrices prices = new HomePrices(homePrice, stored);
        double bound = 0;
        for (int h = 0; h < problem.homeCount(); h++) {
            enter(h);
            schedule(h);
            for (int t = 0; t < steps; t++) {
                pvUsed_kW[h][t] = pvUsed_kW(t, taken_kW[t]);
            }
            price(h, homePrice[h]);
            bound += prices.lowerBound_gbp(problem, h, sessionsOfHome[h], mayDischarge);
        }
        Schedule schedule = new Schedule(charge_kW, discharge_kW, pvUsed_kW, new boolean[problem.assetCount()]);
        return new HomesResult.Solved(schedule, bound, prices);
    }

    /** Takes a home's demand and PV. */
    private void enter(int home) {
        for (int t = 0; t < steps; t++) {
            demand_kW[t] = problem.demand_kW(home, t);
            pv_kW[t] = problem.pv_kW(home, t);
        }
    }

    /** Schedules the cars of the home entered; leaves what they take together in {@link #taken_kW}. */
    private void schedule(int home) {
        int[] cars = sessionsOfHome[home];
        if (cars.length > 0) {
            findStepsThatTie(cars);
            groupByTies(cars);
            for (int g = 0; g < cars.length; g++) {
                members = 0;
                for (int c = 0; c < cars.length; c++) {
                    if (find(c) == g) {
                        member[members++] = cars[c];
                    }
                }
                if (members > 0) {
                    scheduleGroup();
                }
            }
        }
        Arrays.fill(taken_kW, 0);
        for (int s : cars) {
            int t = sessions[s].arriveStep();
            for (int k = 0; k < length[s]; k++) {
                taken_kW[t] += charge_kW[s][k] - discharge_kW[s][k];
                t = t + 1 == steps ? 0 : t + 1;
            }
        }
    }

    /**
     * Marks the steps in which the price depends on what several powers do together (0 in {@link #stepRow}, otherwise -1): two
     * cars within reach of a bend, or one that may be paid for burning energy by charging and discharging at once.
     */
    private void findStepsThatTie(int[] cars) {
        Arrays.fill(plugged, 0);
        Arrays.fill(reach_kW, 0);
        for (int s : cars) {
            int t = sessions[s].arriveStep();
            for (int k = 0; k < length[s]; k++) {
                plugged[t]++;
                reach_kW[t] += sessions[s].charger_kW();
                t = t + 1 == steps ? 0 : t + 1;
            }
        }
        for (int t = 0; t < steps; t++) {
            stepRow[t] = -1;
            if (plugged[t] > 0) {
                cost(t, mayDischarge ? -reach_kW[t] : 0, reach_kW[t]);
                // at a price of 0 burning is free: no tie-break chooses it, but a search for extremes may
                boolean burns = mayDischarge && (slope[0] < 0 || (slope[0] == 0 && extremeStep != NO_STEP));
                stepRow[t] = slopes > 1 && (plugged[t] > 1 || burns) ? 0 : -1;
            }
        }
    }

    /**
     * What a home pays in a step against what its cars take, over a range: {@link #slopes} slopes, with bends between. The bill is
     * the least over the PV that may be used.
     */
    private void cost(int t, double least, double most) {
        slopes = 0;
        if (buy[t] < 0) {
            piece(sell[t], -demand_kW[t], least, most);
        } else if (sell[t] < 0) {
            piece(sell[t], -demand_kW[t], least, most);
            if (pv_kW[t] > 0) {
                piece(0, pv_kW[t] - demand_kW[t], least, most);
            }
        } else {
            piece(sell[t], pv_kW[t] - demand_kW[t], least, most);
        }
        piece(buy[t], Double.POSITIVE_INFINITY, least, most);
    }

    /** Adds a slope up to an end, unless it is out of the range or that of the piece before. */
    private void piece(double price, double end, double least, double most) {
        boolean closed = slopes > 0 && bend[slopes - 1] >= most; // the range ends before
        if (closed || end <= least + NEAR_kW) {
            return;
        }
        if (slopes > 0 && slope[slopes - 1] == price) {
            slopes--;
        }
        slope[slopes] = price;
        if (slopes < 2) {
            bend[slopes] = end >= most - NEAR_kW ? most : end;
        }
        slopes++;
    }

    /** Joins cars that meet in a step that ties them. */
    private void groupByTies(int[] cars) {
        if (group.length < cars.length) {
            group = new int[2 * cars.length];
            member = new int[2 * cars.length];
        }
        for (int c = 0; c < cars.length; c++) {
            group[c] = c;
            for (int other = 0; other < c; other++) {
                if (find(other) != find(c) && meet(cars[c], cars[other])) {
                    group[find(c)] = find(other);
                }
            }
        }
    }

    private boolean meet(int a, int b) {
        int t = sessions[a].arriveStep();
        for (int k = 0; k < length[a]; k++) {
            if (stepRow[t] >= 0 && stepOfStay(b, t) < length[b]) {
                return true;
            }
            t = t + 1 == steps ? 0 : t + 1;
        }
        return false;
    }

    private int find(int c) {
        int root = c;
        while (group[root] != root) {
            root = group[root];
        }
        return root;
    }

    private int stepOfStay(int s, int t) {
        int k = t - sessions[s].arriveStep();
        return k < 0 ? k + steps : k;
    }

    private void scheduleGroup() {
        simplex.clear();
        int slots = 0;
        for (int m = 0; m < members; m++) {
            int s = member[m];
            Session session = sessions[s];
            double cheapest = Double.POSITIVE_INFINITY;
            for (int k = 0; k < length[s]; k++) {
                cheapest = Math.min(cheapest, buy[problem.steps().ofDay(session.arriveStep() + k)]);
            }
            // departures out of reach by rounding are met as far as they can be
            double most = Math.max(session.arrive_kWh(), session.reachable_kWh(problem.steps(), eta));
            double reserve = problem.reserve_kWh(session); // energies count from it
            simplex.addCar(
                    length[s],
                    (session.arrive_kWh() - reserve) / step_h,
                    (Math.clamp(
                                            session.depart_kWh(),
                                            Math.min(Departures.least_kWh(problem, session, mode), most),
                                            most)
                                    - reserve)
                            / step_h,
                    // a session may arrive or leave above its capacity by rounding
                    (Math.max(session.capacity_kWh(), Math.max(session.arrive_kWh(), session.depart_kWh())) - reserve)
                            / step_h,
                    cheapest / eta);
            slots += length[s];
        }
        for (int t = 0; t < steps; t++) {
            if (stepRow[t] >= 0) {
                addStep(t);
            }
        }
        for (int m = 0; m < members; m++) {
            addPowers(m);
        }
        if (!simplex.solve()) {
            throw new IllegalStateException(
                    "session %s: within reach, but the simplex finds no schedule".formatted(sessions[member[0]].id()));
        }
        if (charges.length < slots) {
            charges = new double[2 * slots];
            discharges = new double[2 * slots];
        }
        Arrays.fill(charges, 0, slots, 0);
        Arrays.fill(discharges, 0, slots, 0);
        simplex.addPowersTo(charges, discharges);
        int from = 0;
        for (int m = 0; m < members; m++) {
            int s = member[m];
            double most = sessions[s].charger_kW();
            for (int k = 0; k < length[s]; k++) {
                charge_kW[s][k] = Math.clamp(charges[from], 0, most);
                discharge_kW[s][k] = Math.clamp(discharges[from], 0, most);
                stored[s][k] = simplex.storedPrice(m, k);
                from++;
            }
        }
    }

    /** Row and pieces of a step that ties cars of the group; the piece without any car's power is where the simplex starts. */
    private void addStep(int t) {
        double most = 0;
        for (int m = 0; m < members; m++) {
            if (stepOfStay(member[m], t) < length[member[m]]) {
                most += sessions[member[m]].charger_kW();
            }
        }
        if (most == 0) {
            return; // none of the group is there
        }
        double least = mayDischarge ? -most : 0;
        cost(t, least, most);
        stepRow[t] = simplex.addStepRow(-least);
        simplex.addTake(stepRow[t]);
        int start = 0;
        for (int i = 0; i < slopes; i++) {
            double from = i == 0 ? least : bend[i - 1];
            double to = i == slopes - 1 ? most : bend[i];
            simplex.addPiece(to - from, slope[i], 0);
            start = from < 0 ? i : start;
        }
        simplex.startBasic(stepRow[t], start);
    }

    /** Charge and, where allowed, discharge of a car in its steps. */
    private void addPowers(int m) {
        int s = member[m];
        double most = sessions[s].charger_kW();
        int t = sessions[s].arriveStep();
        for (int k = 0; k < length[s]; k++) {
            if (stepRow[t] < 0) { // the powers carry the home's slopes themselves
                cost(t, mayDischarge ? -reach_kW[t] : 0, reach_kW[t]);
            } else { // the row does
                slopes = 1;
                slope[0] = 0;
            }
            simplex.addPower(m, k, eta, stepRow[t]);
            double from = 0;
            for (int i = 0; i < slopes; i++) {
                double to = i == slopes - 1 ? most : Math.max(0, bend[i]);
                addPieces(m, k, t, from, to, slope[i], false);
                from = to;
            }
            if (mayDischarge) {
                simplex.addPower(m, k, -1 / eta, stepRow[t]);
                from = 0;
                for (int i = slopes - 1; i >= 0; i--) {
                    double to = i == 0 ? most : Math.max(0, -bend[i - 1]);
                    addPieces(m, k, t, from, to, wear[s] - slope[i], true);
                    from = to;
                }
            }
            t = t + 1 == steps ? 0 : t + 1;
        }
    }

    /** A range of a power at one price, cut further where the tie-break asks for it. */
    private void addPieces(int m, int k, int t, double from, double to, double price, boolean discharge) {
        if (to <= from) {
            return;
        }
        if (extremeStep != NO_STEP) {
            simplex.addPiece(to - from, price, t != extremeStep ? 0 : discharge ? -extremeSign : extremeSign);
            return;
        }
        TieBreak tieBreak = problem.settings().tieBreak();
        switch (tieBreak) {
            case EARLIEST, LATEST, ARBITRARY ->
                simplex.addPiece(to - from, price, tieBreak.weight(sessions[member[m]], k, length[member[m]]));
            case SPREAD -> {
                double most = sessions[member[m]].charger_kW();
                for (int i = 0; i < PIECES; i++) {
                    double start = Math.max(from, most * i / PIECES);
                    double end = Math.min(to, most * (i + 1) / PIECES);
                    if (end > start) {
                        simplex.addPiece(end - start, price, most * (2 * i + 1) / PIECES);
                    }
                }
            }
        }
    }

    /** PV that a home uses in a step against what its cars take there: all that costs nothing. */
    private double pvUsed_kW(int t, double cars_kW) {
        if (buy[t] < 0 || pv_kW[t] == 0) {
            return 0;
        }
        return sell[t] < 0 ? Math.clamp(demand_kW[t] + cars_kW, 0, pv_kW[t]) : pv_kW[t];
    }

    /**
     * Prices of the home entered that go with its cars' stored prices: in each step the one at which the Lagrangian is highest. It
     * is concave and bends only at the prices tried.
     */
    private void price(int home, double[] prices) {
        int[] cars = sessionsOfHome[home];
        for (int t = 0; t < steps; t++) {
            double best = sell[t];
            double highest = lagrangian(t, best, cars);
            double value = lagrangian(t, buy[t], cars);
            if (value > highest) {
                best = buy[t];
                highest = value;
            }
            if (sell[t] < 0 && buy[t] > 0) {
                value = lagrangian(t, 0, cars);
                if (value > highest) {
                    best = 0;
                    highest = value;
                }
            }
            for (int s : cars) {
                int k = stepOfStay(s, t);
                if (k < length[s]) {
                    for (int way = 0; way < (mayDischarge ? 2 : 1); way++) {
                        double tried = way == 0 ? eta * stored[s][k] : wear[s] + stored[s][k] / eta;
                        value = tried > sell[t] && tried < buy[t] ? lagrangian(t, tried, cars) : highest;
                        if (value > highest) {
                            best = tried;
                            highest = value;
                        }
                    }
                }
            }
            prices[t] = best;
        }
    }

    /** A step's share of the bound, GBP/h: demand and PV at a price, and what its cars would do at it. */
    private double lagrangian(int t, double price, int[] cars) {
        double sum = price * demand_kW[t] - Math.max(0, price) * pv_kW[t];
        for (int s : cars) {
            int k = stepOfStay(s, t);
            if (k < length[s]) {
                double best = Math.min(0, price - eta * stored[s][k]);
                if (mayDischarge) {
                    best += Math.min(0, wear[s] + stored[s][k] / eta - price);
                }
                sum += best * sessions[s].charger_kW();
            }
        }
        return sum;
    }
}
