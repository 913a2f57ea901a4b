package org.headroom.dispatch.tree;

import java.util.Arrays;

/**
 * A primal-dual interior point method on a {@link TreeProgram}: Mehrotra's predictor and corrector, of which as much is taken as
 * makes the step longest (Colombo and Gondzio, Computational Optimization and Applications 41, 2008), separate primal and dual steps
 * (design, Sec. 7; decision 067).
 *
 * <p>Everything that bounds is a pair of a slack and its dual, in one list: powers, energies, peaks above apparent powers, pieces of
 * costs, hinges. Every limit that can fail is a piece of a convex cost, so that every program has a solution. Each iterate keeps all
 * constraints strictly but two kinds, whose remainders are fed back in every iteration: departure energies, and the pieces that price
 * a breach, which a first plan may lie beyond.
 */
final class InteriorPoint {
    private static final double TO_BOUNDARY = 0.995;
    /** Shares of the corrector that are tried; the whole of it unless another lengthens the step by more than this. */
    private static final double HALF = 0.55;

    private static final double LITTLE = 0.3;
    private static final double LONGER = 1.001;
    /** Products that a hinge's height stands above its sides at first. */
    private static final double HEIGHT = 16;
    /** Share of its price that a breach has at first. */
    private static final double BREACH_SHARE = 0.02;
    /**
     * Products of the costs' pieces as multiples of the others. A peak on its way crosses many pieces: kept blunter than the rest,
     * they do not cut its steps short.
     */
    private static final double PIECES_SHARE = 4;
    /** Shares of a cost's pieces that sum to 1 but for this need no further step. */
    private static final double CLOSE = 1e-9;

    private final TreeProgram program;
    private final SessionChains chains;
    private final StageElimination stages;
    private final double eta;

    // the list of pairs: first index of each kind
    private final int entries;
    private final int chargeLow;
    private final int chargeHigh;
    private final int dischargeLow;
    private final int dischargeHigh;
    private final int energyLow;
    private final int energyHigh;
    private final int freeLow;
    private final int freeHigh;
    /** Cones come first: so all that is theirs has one index, and their loops are compiled to vector instructions. */
    private final int cones;

    private final int pieces;
    private final int flowFlat;
    private final int flowSteep;
    private final int dropFlat;
    private final int dropSteep;
    private final int pairs;

    private final double[] slack;
    private final double[] dual;
    private final double[] inverse;
    private final double[] term;
    /** Dual over slack. */
    private final double[] weight;
    /** Sum of the pairs' shares in {@link #mu}. */
    private final double shares;

    private double[] dSlack;
    private double[] dDual;
    /** A direction put aside while another is tried. */
    private double[] keptSlack;

    private double[] keptDual;
    private final double[] keptFlow;
    private final double[] keptValue;
    private final double[] keptFlowDual;
    private final double[] keptPeakDual;
    private final double[] keptPeak;
    private final double[] keptCost;
    private final double[] keptHeight;
    private final double[] keptDropHeight;

    /** Pairs that price a breach, and by how much the point falls short of their slacks. */
    private final int[] breach;

    private final double[] shortfall;

    // sessions, per entry
    private final double[] power;
    /** Entry whose energy, at its end, an energy pair bounds. */
    private final int[] entryOfEnergy;

    private final double[] capacity;
    final double[] charge;
    final double[] discharge;
    private final double[] energy;
    /** Value of stored energy, per entry. */
    final double[] value;

    final double[] free;
    /** Flows, per position. */
    final double[] flow;

    private final double[] dFlow;

    // cones; of their lines and positions, so that loops over cones need no other index
    private final int[] positionOfCone;
    /** Peak of a cone's line, its inverse, and its step; step of its flow. */
    private final double[] peakOfCone;

    private final double[] perPeak;
    private final double[] peakStep;
    private final double[] flowStep;

    private final double[] activePower;
    /** Active and reactive power of a cone over its line's peak. */
    private final double[] activeShare;

    private final double[] reactiveShare;
    /** Slopes of a cone's slack in the peak and in the flow. */
    private final double[] peakSlope;

    private final double[] flowSlope;
    /** What the step of a cone's dual takes of the pivot's force, and of the steps of peak and flow. */
    private final double[] perPeakSlope;

    private final double[] dualOnPeak;
    private final double[] dualOnFlow;
    /** What the duals of peak and flow lag behind the slopes. */
    private final double[] peakLag;

    private final double[] flowLag;
    /** Step of {@link #peakDual}. */
    private final double[] dPeakDual;

    /** Duals of the cones in the peak and in the flow. */
    final double[] peakDual;

    final double[] flowDual;

    // lines
    final double[] peak;
    private final double[] cost;
    private final double[] dCost;
    /** Sum of the weights of a line's pieces, and mean of their slopes under these. */
    private final double[] pieceWeight;

    private final double[] pieceMean;

    // hinges
    private final int[] positionOfHinge;
    private final int[] hingeOfPosition;
    private final double[] height;
    private final double[] dHeight;
    private final int[] dropOfHinge;
    private final int[] hingeOfDrop;
    private final double[] dropHeight;
    private final double[] dDropHeight;
    /** Changes of the drops. */
    final double[] drop;

    /** Residuals of the dual equations at the start, and the share of them that is left: no difference of large numbers. */
    private final double[] chargeResidual;

    private final double[] dischargeResidual;
    private final double[] energyResidual;
    private final double[] freeResidual;
    private final double[] peakResidual;
    private double remaining;
    /** Step to the boundary under the share of the corrector chosen last. */
    private double longestStep;

    private double mu;
    private int iterations;

    InteriorPoint(TreeProgram program) {
        this.program = program;
        this.chains = new SessionChains(program);
        this.stages = new StageElimination(program, chains);
        this.eta = program.efficiency;
        entries = program.entryPosition.length;
        power = new double[entries];
        int[] storedEntries = new int[entries];
        int stored = 0;
        double[] capacities = new double[entries];
        int[] sessionOfLane = new int[program.sessionCount];
        for (int s = 0; s < program.sessionCount; s++) {
            sessionOfLane[program.lane[s]] = s;
        }
        for (int k = 0; k < program.laneStart.length - 1; k++) {
            for (int j = program.laneStart[k]; j < program.laneStart[k + 1]; j++) {
                int s = sessionOfLane[j - program.laneStart[k]];
                power[j] = program.power[s];
                if (k < program.length[s] - 1 && program.capacity[s] > 0) {
                    capacities[stored] = program.capacity[s];
                    storedEntries[stored++] = j;
                }
            }
        }
        entryOfEnergy = Arrays.copyOf(storedEntries, stored);
        capacity = Arrays.copyOf(capacities, stored);
        int positions = program.price.length;
        int drops = program.drop[program.stageCount];
        positionOfHinge = indices(program.hinge);
        hingeOfPosition = inverseOf(positionOfHinge, positions);
        dropOfHinge = indices(program.dropHinge);
        hingeOfDrop = inverseOf(dropOfHinge, drops);
        cones = program.base.length;
        chargeLow = cones;
        chargeHigh = chargeLow + entries;
        dischargeLow = chargeHigh + entries;
        dischargeHigh = dischargeLow + (program.mayDischarge ? entries : 0);
        energyLow = dischargeHigh + (program.mayDischarge ? entries : 0);
        energyHigh = energyLow + stored;
        freeLow = energyHigh + stored;
        freeHigh = freeLow + program.freeCount;
        pieces = freeHigh + program.freeCount;
        flowFlat = pieces + program.slope.length;
        flowSteep = flowFlat + positionOfHinge.length;
        dropFlat = flowSteep + positionOfHinge.length;
        dropSteep = dropFlat + dropOfHinge.length;
        pairs = dropSteep + dropOfHinge.length;
        slack = new double[pairs];
        dual = new double[pairs];
        inverse = new double[pairs];
        term = new double[pairs];
        weight = new double[pairs];
        shares = pairs + (PIECES_SHARE - 1) * program.slope.length;
        dSlack = new double[pairs];
        dDual = new double[pairs];
        breach = new int[program.stageOfLine.length + dropOfHinge.length];
        for (int l = 0; l < program.stageOfLine.length; l++) {
            breach[l] = pieces + program.piece[l + 1] - 1;
        }
        for (int i = 0; i < dropOfHinge.length; i++) {
            breach[program.stageOfLine.length + i] = dropSteep + i;
        }
        shortfall = new double[breach.length];
        keptSlack = new double[pairs];
        keptDual = new double[pairs];
        charge = new double[entries];
        discharge = new double[entries];
        energy = new double[entries];
        value = new double[entries];
        free = new double[program.freeCount];
        flow = new double[positions];
        dFlow = new double[positions];
        positionOfCone = new int[cones];
        peakOfCone = new double[cones];
        perPeak = new double[cones];
        peakStep = new double[cones];
        flowStep = new double[cones];
        activePower = new double[cones];
        activeShare = new double[cones];
        reactiveShare = new double[cones];
        peakSlope = new double[cones];
        flowSlope = new double[cones];
        perPeakSlope = new double[cones];
        dualOnPeak = new double[cones];
        dualOnFlow = new double[cones];
        peakLag = new double[cones];
        flowLag = new double[cones];
        dPeakDual = new double[cones];
        keptPeakDual = new double[cones];
        peakDual = new double[cones];
        flowDual = new double[cones];
        int lines = program.stageOfLine.length;
        for (int l = 0; l < lines; l++) {
            int first = program.position[program.stageOfLine[l]] - program.cone[l];
            for (int c = program.cone[l]; c < program.coneEnd(l); c++) {
                positionOfCone[c] = first + c;
            }
        }
        peak = new double[lines];
        cost = new double[lines];
        dCost = new double[lines];
        height = new double[positionOfHinge.length];
        dHeight = new double[positionOfHinge.length];
        dropHeight = new double[dropOfHinge.length];
        dDropHeight = new double[dropOfHinge.length];
        drop = new double[drops];
        chargeResidual = new double[entries];
        dischargeResidual = new double[entries];
        energyResidual = new double[stored];
        freeResidual = new double[program.freeCount];
        peakResidual = new double[lines];
        pieceWeight = new double[lines];
        pieceMean = new double[lines];
        keptFlow = new double[positions];
        keptValue = new double[entries];
        keptFlowDual = new double[cones];
        keptPeak = new double[lines];
        keptCost = new double[lines];
        keptHeight = new double[height.length];
        keptDropHeight = new double[dropHeight.length];
    }

    private static int[] indices(double[] slopes) {
        int[] found = new int[slopes.length];
        int count = 0;
        for (int i = 0; i < slopes.length; i++) {
            if (slopes[i] != 0) {
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static int[] inverseOf(int[] indices, int size) {
        int[] inverse = new int[size];
        Arrays.fill(inverse, -1);
        for (int i = 0; i < indices.length; i++) {
            inverse[indices[i]] = i;
        }
        return inverse;
    }

    /** Mean product of the pairs, those of pieces in their share, the measure of distance from the optimum. */
    double mu() {
        return mu;
    }

    /** Sum of all products: the gap once the dual equations hold. */
    double complementarity_gbp() {
        return mu * shares;
    }

    int iterations() {
        return iterations;
    }

    /** Price of a flow, its hinge included, per position. */
    double flowPrice(int position) {
        int hinge = hingeOfPosition[position];
        return program.price[position] + (hinge < 0 ? 0 : program.hinge[position] * dual[flowSteep + hinge]);
    }

    /** Force of a drop's hinge: at least 0 against a drop too large, at most 0 against one too small. */
    double dropForce(int d) {
        int hinge = hingeOfDrop[d];
        return hinge < 0 ? 0 : program.dropHinge[d] * dual[dropSteep + hinge];
    }

    /** Sets the first iterate: within all bounds, every product near {@code start}. */
    void start(double start) {
        iterations = 0;
        mu = start;
        for (int s = 0; s < program.sessionCount; s++) {
            startSession(s);
        }
        for (int i = 0; i < free.length; i++) {
            free[i] = program.freeMost[i] / 10;
        }
        Arrays.fill(value, 0);
        sumFlows(charge, 0, discharge, 0, free, 0, flow);
        sumDrops(flow, drop);
        for (int l = 0; l < peak.length; l++) {
            startLine(l, start * PIECES_SHARE);
        }
        for (int i = 0; i < height.length; i++) {
            int p = positionOfHinge[i];
            height[i] = Math.max(0, program.hinge[p] * (program.hingeBase[p] + flow[p])) + HEIGHT * start;
        }
        for (int i = 0; i < dropHeight.length; i++) {
            dropHeight[i] = (1 + BREACH_SHARE) * start;
        }
        Arrays.fill(shortfall, 0);
        measureSlacks();
        for (int i = 0; i < breach.length; i++) {
            shortfall[i] = Math.max(0, start / BREACH_SHARE - slack[breach[i]]);
        }
        measureSlacks();
        for (int i = 0; i < pairs; i++) {
            dual[i] = (i >= pieces && i < flowFlat ? start * PIECES_SHARE : start) / slack[i];
        }
        for (int l = 0; l < peak.length; l++) { // the pieces of a cost share 1, and so do the two sides of a hinge
            double sum = 0;
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                sum += dual[pieces + k];
            }
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                dual[pieces + k] /= sum;
            }
        }
        for (int i = 0; i < height.length; i++) {
            shareOut(flowFlat + i, flowSteep + i);
        }
        for (int i = 0; i < dropHeight.length; i++) {
            shareOut(dropFlat + i, dropSteep + i);
        }
        for (int c = 0; c < cones; c++) {
            double x = activePower[c] * perPeak[c];
            double y = program.reactive[c] * perPeak[c];
            peakDual[c] = dual[c] * (1 + x * x + y * y);
            flowDual[c] = -2 * dual[c] * x;
        }
        startResiduals();
    }

    private void shareOut(int flat, int steep) {
        double sum = dual[flat] + dual[steep];
        dual[flat] /= sum;
        dual[steep] /= sum;
    }

    /** Energies on a straight line, bent away from the bounds where it would run along one. */
    private void startSession(int s) {
        int m = program.length[s];
        double most = program.power[s];
        double cap = program.capacity[s];
        double rate = (program.depart[s] - program.arrive[s]) / m;
        double bend = m > 1 && cap > 0 ? bend(s, rate) : 0;
        double e = program.arrive[s];
        for (int k = 0; k < m; k++) {
            int j = program.entry(s, k);
            double step = rate + (k == 0 ? bend : 0) - (k == m - 1 ? bend : 0);
            e += step;
            energy[j] = e;
            if (program.mayDischarge) {
                double low = Math.max(0, -eta * step);
                double high = Math.min(most, eta * (eta * most - step));
                discharge[j] = low + 0.3 * (high - low);
                charge[j] = (step + discharge[j] / eta) / eta;
            } else {
                charge[j] = step / eta;
            }
        }
    }

    /** How much further than on a straight line the energy goes in the first step, to come back in the last. */
    private double bend(int s, double rate) {
        double most = program.power[s];
        double cap = program.capacity[s];
        double room = 0.2 * Math.min(eta * most - rate, rate + (program.mayDischarge ? most / eta : 0));
        double least = Math.min(program.arrive[s], program.depart[s]);
        double highest = Math.max(program.arrive[s], program.depart[s]);
        double early = program.arrive[s] + rate;
        double late = program.depart[s] - rate;
        if (least < 0.1 * cap) {
            double wanted = Math.min(room, 0.2 * (cap - highest) + 0.05 * cap);
            return Math.min(wanted, 0.5 * (cap - Math.max(early, late)));
        }
        if (highest > 0.9 * cap) {
            double wanted = Math.min(room, 0.2 * least + 0.05 * cap);
            return -Math.min(wanted, 0.5 * Math.min(early, late));
        }
        return 0;
    }

    private void startLine(int l, double start) {
        int s = program.stageOfLine[l];
        int first = program.position[s];
        double most = 0;
        for (int c = program.cone[l]; c < program.coneEnd(l); c++) {
            double p = program.base[c] + flow[first + c - program.cone[l]];
            most = Math.max(most, Math.sqrt(p * p + program.reactive[c] * program.reactive[c]));
        }
        double limit = program.highestPeak[l];
        peak[l] = most < limit ? Math.min(1.3 * most + 2, (most + limit) / 2) : 1.02 * most + 0.01;
        cost[l] = Double.NEGATIVE_INFINITY;
        int last = program.piece[l + 1] - 1; // the piece of a breach has a slack of its own
        for (int k = program.piece[l]; k < last; k++) {
            cost[l] = Math.max(cost[l], program.slope[k] * peak[l] + program.intercept[k]);
        }
        // lifted until the shares, start over slack, sum to 1: a few steps of Newton's method from below
        cost[l] += start;
        for (int round = 0; round < 8; round++) {
            double sum = 0;
            double slope = 0;
            for (int k = program.piece[l]; k < last; k++) {
                double f = cost[l] - program.slope[k] * peak[l] - program.intercept[k];
                sum += start / f;
                slope += start / (f * f);
            }
            if (sum - 1 < CLOSE) {
                break;
            }
            cost[l] += (sum - 1) / slope;
        }
    }

    /** Slacks of all pairs at the current point. */
    private void measureSlacks() {
        for (int j = 0; j < entries; j++) {
            slack[chargeLow + j] = charge[j];
            slack[chargeHigh + j] = power[j] - charge[j];
        }
        if (program.mayDischarge) {
            for (int j = 0; j < entries; j++) {
                slack[dischargeLow + j] = discharge[j];
                slack[dischargeHigh + j] = power[j] - discharge[j];
            }
        }
        for (int i = 0; i < entryOfEnergy.length; i++) {
            double e = energy[entryOfEnergy[i]];
            slack[energyLow + i] = e;
            slack[energyHigh + i] = capacity[i] - e;
        }
        for (int i = 0; i < free.length; i++) {
            slack[freeLow + i] = free[i];
            slack[freeHigh + i] = program.freeMost[i] - free[i];
        }
        for (int l = 0; l < peak.length; l++) {
            double s = peak[l];
            double perS = 1 / s;
            for (int c = program.cone[l]; c < program.coneEnd(l); c++) {
                peakOfCone[c] = s;
                perPeak[c] = perS;
            }
        }
        flowsOfCones(flow);
        measureCones(program.base, program.reactive);
        for (int l = 0; l < peak.length; l++) {
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                slack[pieces + k] = cost[l] - program.slope[k] * peak[l] - program.intercept[k];
            }
        }
        for (int i = 0; i < height.length; i++) {
            int p = positionOfHinge[i];
            slack[flowFlat + i] = height[i];
            slack[flowSteep + i] = height[i] - program.hinge[p] * (program.hingeBase[p] + flow[p]);
        }
        for (int i = 0; i < dropHeight.length; i++) {
            int d = dropOfHinge[i];
            slack[dropFlat + i] = dropHeight[i];
            slack[dropSteep + i] = dropHeight[i] - program.dropHinge[d] * (drop[d] - program.dropAt[d]);
        }
        for (int i = 0; i < breach.length; i++) {
            slack[breach[i]] += shortfall[i];
        }
    }

    /** Flows of the cones, or steps of these, from those of the positions. */
    private void flowsOfCones(double[] flows) {
        int aligned = program.aligned ? flows.length : 0;
        System.arraycopy(flows, 0, flowStep, 0, aligned);
        for (int c = aligned; c < cones; c++) {
            flowStep[c] = flows[positionOfCone[c]];
        }
    }

    private void measureCones(double[] base, double[] reactive) {
        for (int c = 0; c < cones; c++) {
            double p = base[c] + flowStep[c];
            double q = reactive[c];
            activePower[c] = p;
            slack[c] = peakOfCone[c] - (p * p + q * q) * perPeak[c];
        }
    }

    private void startResiduals() {
        double[] price = new double[flow.length];
        double[] force = new double[drop.length];
        for (int s = 0; s < program.stageCount; s++) { // forces of the drops at and below a stage
            for (int d = program.drop[s]; d < program.drop[s + 1]; d++) {
                force[d] += dropForce(d);
                if (program.parent[s] >= 0 && program.dropInParent[d] >= 0) {
                    force[program.drop[program.parent[s]] + program.dropInParent[d]] += force[d];
                }
            }
        }
        for (int s = program.stageCount - 1; s >= 0; s--) {
            int above = program.parent[s];
            for (int p = program.position[s]; p < program.position[s + 1]; p++) {
                price[p] = (above < 0 ? 0 : price[program.position[above] + program.inParent[p]]) + flowPrice(p);
            }
            for (int l = program.line[s]; l < program.line[s + 1]; l++) {
                double peaks = 0;
                for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                    peaks += dual[pieces + k] * program.slope[k];
                }
                for (int c = program.cone[l]; c < program.coneEnd(l); c++) {
                    price[program.position[s] + c - program.cone[l]] -= flowDual[c];
                    peaks -= peakDual[c];
                }
                peakResidual[l] = peaks;
            }
            for (int d = program.drop[s]; d < program.drop[s + 1]; d++) {
                if (program.dropPosition[d] >= 0) {
                    price[program.position[s] + program.dropPosition[d]] += program.resistance[d] * force[d];
                }
            }
        }
        for (int j = 0; j < entries; j++) {
            double p = price[program.entryPosition[j]];
            chargeResidual[j] = p + program.chargeCost[j] - dual[chargeLow + j] + dual[chargeHigh + j];
            dischargeResidual[j] = program.mayDischarge
                    ? program.dischargeCost[j] - p - dual[dischargeLow + j] + dual[dischargeHigh + j]
                    : 0;
        }
        for (int i = 0; i < entryOfEnergy.length; i++) {
            energyResidual[i] = dual[energyHigh + i] - dual[energyLow + i];
        }
        for (int i = 0; i < free.length; i++) {
            freeResidual[i] = price[program.freePosition[i]] - dual[freeLow + i] + dual[freeHigh + i];
        }
        remaining = 1;
    }

    /** Flows of all stages from powers of sessions and free powers. */
    private void sumFlows(double[] in, int atIn, double[] out, int atOut, double[] freed, int atFreed, double[] sum) {
        Arrays.fill(sum, 0);
        for (int j = 0; j < entries; j++) {
            sum[program.entryPosition[j]] += in[atIn + j] - out[atOut + j];
        }
        for (int i = 0; i < free.length; i++) {
            sum[program.freePosition[i]] += freed[atFreed + i];
        }
        for (int s = 0; s < program.stageCount; s++) {
            int above = program.parent[s];
            if (above >= 0) {
                int at = program.position[above];
                for (int p = program.position[s]; p < program.position[s + 1]; p++) {
                    sum[at + program.inParent[p]] += sum[p];
                }
            }
        }
    }

    /** Changes of the drops at the lower ends of all stages, from the flows. */
    private void sumDrops(double[] flows, double[] sum) {
        for (int s = program.stageCount - 1; s >= 0; s--) {
            int above = program.parent[s];
            for (int d = program.drop[s]; d < program.drop[s + 1]; d++) {
                int up = program.dropInParent[d];
                sum[d] = above < 0 || up < 0 ? 0 : sum[program.drop[above] + up];
                if (program.dropPosition[d] >= 0) {
                    sum[d] += program.resistance[d] * flows[program.position[s] + program.dropPosition[d]];
                }
            }
        }
    }

    /** One iteration; false once rounding leaves no step worth taking. */
    boolean iterate() {
        iterations++;
        scale();
        stages.factor();
        predictorTerms();
        solve();
        double primal = withinCones(longest(slack, dSlack));
        double dualStep = longest(dual, dDual);
        double ratio = products(primal, dualStep) / (shares * mu);
        if (!(ratio < Double.POSITIVE_INFINITY)) { // a slack lost to rounding: the iterate stays as it is
            return false;
        }
        double target = mu * ratio * ratio * ratio;
        correctorTerms(target);
        keep();
        solve();
        mixPrimal(bestShare(slack, keptSlack, dSlack));
        primal = boundedStep(withinCones(longestStep));
        mixDual(bestShare(dual, keptDual, dDual));
        dualStep = boundedStep(longestStep);
        if (!(primal > 1e-8 || dualStep > 1e-8)) { // also NaN
            return false;
        }
        move(primal, dualStep);
        mu = StageElimination.dot(slack, 0, dual, pairs) / shares;
        return !Double.isNaN(mu);
    }

    /** Puts the direction at hand aside. */
    private void keep() {
        double[] other = dSlack;
        dSlack = keptSlack;
        keptSlack = other;
        other = dDual;
        dDual = keptDual;
        keptDual = other;
        copy(dFlow, keptFlow);
        copy(chains.value, keptValue);
        copy(stages.flowDual, keptFlowDual);
        copy(dPeakDual, keptPeakDual);
        copy(stages.dPeak, keptPeak);
        copy(dCost, keptCost);
        copy(dHeight, keptHeight);
        copy(dDropHeight, keptDropHeight);
    }

    /**
     * The share of the way from one direction to another under which the step from x is longest; that step is left in
     * {@link #longestStep}. Compares inverses of steps, so that the loop has no branches.
     */
    private double bestShare(double[] x, double[] from, double[] to) {
        double whole = TO_BOUNDARY;
        double half = TO_BOUNDARY;
        double little = TO_BOUNDARY;
        for (int i = 0; i < x.length; i++) {
            double per = -1 / x[i];
            double first = from[i] * per;
            double both = to[i] * per;
            double more = both - first;
            whole = Math.max(whole, both);
            half = Math.max(half, Math.fma(HALF, more, first));
            little = Math.max(little, Math.fma(LITTLE, more, first));
        }
        if (whole <= LONGER * Math.min(half, little)) {
            longestStep = 1 / whole;
            return 1;
        }
        boolean halfWay = half <= LONGER * little;
        longestStep = 1 / (halfWay ? half : little);
        return halfWay ? HALF : LITTLE;
    }

    private void mixPrimal(double share) {
        mix(dSlack, keptSlack, share);
        mix(dFlow, keptFlow, share);
        mix(stages.dPeak, keptPeak, share);
        mix(dCost, keptCost, share);
        mix(dHeight, keptHeight, share);
        mix(dDropHeight, keptDropHeight, share);
    }

    private void mixDual(double share) {
        mix(dDual, keptDual, share);
        mix(chains.value, keptValue, share);
        mix(stages.flowDual, keptFlowDual, share);
        mix(dPeakDual, keptPeakDual, share);
    }

    private static void mix(double[] to, double[] from, double share) {
        if (share < 1) {
            for (int i = 0; i < to.length; i++) {
                to[i] = from[i] + share * (to[i] - from[i]);
            }
        }
    }

    private static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
    }

    private static double boundedStep(double toBoundary) {
        return Math.min(1, TO_BOUNDARY * toBoundary);
    }

    /** Weights of the Newton system at the current point. */
    private void scale() {
        for (int i = 0; i < pairs; i++) {
            double one = 1 / slack[i];
            inverse[i] = one;
            weight[i] = dual[i] * one;
        }
        for (int j = 0; j < entries; j++) {
            chains.a[j] = 1 / (weight[chargeLow + j] + weight[chargeHigh + j]);
        }
        if (program.mayDischarge) {
            for (int j = 0; j < entries; j++) {
                chains.b[j] = 1 / (weight[dischargeLow + j] + weight[dischargeHigh + j]);
            }
        }
        for (int i = 0; i < entryOfEnergy.length; i++) {
            chains.give[entryOfEnergy[i]] = 1 / (weight[energyLow + i] + weight[energyHigh + i]);
        }
        for (int s = 0; s < program.sessionCount; s++) {
            chains.missing[program.lane[s]] = program.depart[s] - energy[program.entry(s, program.length[s] - 1)];
        }
        for (int i = 0; i < free.length; i++) {
            stages.freeCompliance[i] = 1 / (weight[freeLow + i] + weight[freeHigh + i]);
        }
        scaleCones(program.reactive, stages.weightA, stages.weightR, stages.weightD);
        for (int l = 0; l < peak.length; l++) {
            double sum = 0;
            double mean = 0;
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                sum += weight[pieces + k];
                mean += weight[pieces + k] * program.slope[k];
            }
            mean /= sum;
            double spread = 0;
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                double off = program.slope[k] - mean;
                spread += weight[pieces + k] * off * off;
            }
            pieceWeight[l] = sum;
            pieceMean[l] = mean;
            stages.peakWeight[l] = spread;
        }
        for (int i = 0; i < height.length; i++) {
            stages.hingeWeight[positionOfHinge[i]] =
                    hingeWeight(program.hinge[positionOfHinge[i]], flowFlat + i, flowSteep + i);
        }
        for (int i = 0; i < dropHeight.length; i++) {
            stages.dropWeight[dropOfHinge[i]] =
                    hingeWeight(program.dropHinge[dropOfHinge[i]], dropFlat + i, dropSteep + i);
        }
    }

    /**
     * Weights of the cones, whose slack is S - (P² + q²)/S. Newton's method sees three springs: w on the slack's step, bend on
     * ΔP - xΔS, and bend y² on ΔS. The two that they come to have no differences of their own. In several loops, each short enough to
     * be vectorised.
     */
    private void scaleCones(double[] reactive, double[] weightA, double[] weightR, double[] weightD) {
        for (int c = 0; c < cones; c++) {
            double x = activePower[c] * perPeak[c];
            double y = reactive[c] * perPeak[c];
            activeShare[c] = x;
            reactiveShare[c] = y;
            peakSlope[c] = 1 + x * x + y * y;
            flowSlope[c] = -2 * x;
        }
        for (int c = 0; c < cones; c++) {
            double w = weight[c];
            double x = activeShare[c];
            double onPeak = peakSlope[c];
            double bend = 2 * dual[c] * perPeak[c];
            double own = bend * reactiveShare[c] * reactiveShare[c];
            double both = w * onPeak * onPeak + bend * x * x + own;
            weightA[c] = both;
            weightR[c] = -x * (2 * w * onPeak + bend) / both;
        }
        for (int c = 0; c < cones; c++) {
            double w = weight[c];
            double y = reactiveShare[c];
            double bend = 2 * dual[c] * perPeak[c];
            double own = bend * y * y;
            double across = slack[c] * perPeak[c] + 2 * y * y;
            double onFlow = flowSlope[c];
            weightD[c] = (bend * (w * across * across + own) + w * own * onFlow * onFlow) / weightA[c];
        }
        for (int c = 0; c < cones; c++) {
            double x = activeShare[c];
            double y = reactiveShare[c];
            double per = 1 / peakSlope[c];
            double bend = 2 * dual[c] * perPeak[c] * per;
            perPeakSlope[c] = per;
            dualOnPeak[c] = bend * (x * x + y * y);
            dualOnFlow[c] = -bend * x;
        }
        for (int c = 0; c < cones; c++) {
            peakLag[c] = dual[c] * peakSlope[c] - peakDual[c];
            flowLag[c] = dual[c] * flowSlope[c] - flowDual[c];
        }
    }

    private double hingeWeight(double slope, int flat, int steep) {
        double w1 = weight[flat];
        double w2 = weight[steep];
        return slope * slope * w1 * w2 / (w1 + w2);
    }

    /** Linear terms that ask every product for 0. */
    private void predictorTerms() {
        for (int i = 0; i < pairs; i++) {
            term[i] = -dual[i];
        }
        askForShortfall();
    }

    /** Asks the pairs of breaches to make up what they fall short. */
    private void askForShortfall() {
        for (int i = 0; i < breach.length; i++) {
            int pair = breach[i];
            term[pair] += dual[pair] * inverse[pair] * shortfall[i];
        }
    }

    /** Linear terms that ask every product for a target, less what the predictor's step makes of it in second order. */
    private void correctorTerms(double target) {
        correct(0, pieces, target);
        correct(pieces, flowFlat, PIECES_SHARE * target);
        correct(flowFlat, pairs, target);
        for (int c = 0; c < cones; c++) {
            // by how much the slack bends away from its linear step where the predictor leads
            double turned = flowStep[c] - activeShare[c] * peakStep[c];
            double stretched = reactiveShare[c] * peakStep[c];
            double curved = -(turned * turned + stretched * stretched) * perPeak[c];
            term[c] -= curved * (dual[c] + dDual[c]) * inverse[c];
        }
        askForShortfall();
    }

    private void correct(int from, int to, double target) {
        for (int i = from; i < to; i++) {
            term[i] = (target - dSlack[i] * dDual[i]) * inverse[i] - dual[i];
        }
    }

    /** Solves the Newton system for the terms given. */
    private void solve() {
        for (int j = 0; j < entries; j++) {
            chains.chargeTerm[j] = term[chargeLow + j] - term[chargeHigh + j] - remaining * chargeResidual[j];
        }
        if (program.mayDischarge) {
            for (int j = 0; j < entries; j++) {
                chains.dischargeTerm[j] =
                        term[dischargeLow + j] - term[dischargeHigh + j] - remaining * dischargeResidual[j];
            }
        }
        for (int i = 0; i < entryOfEnergy.length; i++) {
            chains.energyTerm[entryOfEnergy[i]] =
                    term[energyLow + i] - term[energyHigh + i] - remaining * energyResidual[i];
        }
        for (int i = 0; i < free.length; i++) {
            stages.freeTerm[i] = term[freeLow + i] - term[freeHigh + i] - remaining * freeResidual[i];
        }
        coneTerms(stages.term0, stages.term1);
        for (int l = 0; l < peak.length; l++) {
            double mean = pieceMean[l];
            double gradient = remaining * peakResidual[l];
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                gradient += term[pieces + k] * (program.slope[k] - mean);
            }
            stages.peakTerm[l] = gradient;
        }
        for (int i = 0; i < height.length; i++) {
            stages.hingeTerm[positionOfHinge[i]] =
                    hingeTerm(program.hinge[positionOfHinge[i]], flowFlat + i, flowSteep + i);
        }
        for (int i = 0; i < dropHeight.length; i++) {
            stages.dropTerm[dropOfHinge[i]] = hingeTerm(program.dropHinge[dropOfHinge[i]], dropFlat + i, dropSteep + i);
        }
        stages.solve();
        directions();
    }

    private void coneTerms(double[] onPeak, double[] onFlow) {
        for (int c = 0; c < cones; c++) {
            onPeak[c] = peakLag[c] + peakSlope[c] * term[c];
            onFlow[c] = flowLag[c] + flowSlope[c] * term[c];
        }
    }

    private double hingeTerm(double slope, int flat, int steep) {
        double w1 = weight[flat];
        double w2 = weight[steep];
        return slope * (term[steep] * w1 - term[flat] * w2) / (w1 + w2);
    }

    /** Steps of all slacks and duals from the solution of the Newton system. */
    private void directions() {
        for (int j = 0; j < entries; j++) {
            dSlack[chargeLow + j] = chains.dCharge[j];
            dSlack[chargeHigh + j] = -chains.dCharge[j];
        }
        if (program.mayDischarge) {
            for (int j = 0; j < entries; j++) {
                dSlack[dischargeLow + j] = chains.dDischarge[j];
                dSlack[dischargeHigh + j] = -chains.dDischarge[j];
            }
        }
        for (int i = 0; i < entryOfEnergy.length; i++) {
            double de = chains.dEnergy[entryOfEnergy[i]];
            dSlack[energyLow + i] = de;
            dSlack[energyHigh + i] = -de;
        }
        for (int i = 0; i < free.length; i++) {
            double dv = stages.freeCompliance[i] * (stages.freeTerm[i] - stages.price[program.freePosition[i]]);
            dSlack[freeLow + i] = dv;
            dSlack[freeHigh + i] = -dv;
        }
        sumFlows(chains.dCharge, 0, chains.dDischarge, 0, dSlack, freeLow, dFlow);
        for (int l = 0; l < peak.length; l++) {
            double terms = 0;
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                terms += term[pieces + k];
            }
            dCost[l] = pieceMean[l] * stages.dPeak[l] + terms / pieceWeight[l];
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                dSlack[pieces + k] = dCost[l] - program.slope[k] * stages.dPeak[l];
            }
        }
        for (int i = cones; i < pairs; i++) {
            dDual[i] = term[i] - weight[i] * dSlack[i];
        }
        for (int l = 0; l < peak.length; l++) {
            Arrays.fill(peakStep, program.cone[l], program.coneEnd(l), stages.dPeak[l]);
        }
        flowsOfCones(dFlow);
        coneDirections(stages.term0, stages.tau);
        for (int i = 0; i < height.length; i++) {
            int p = positionOfHinge[i];
            dHeight[i] = hingeDirection(program.hinge[p], dFlow[p], stages.hingeDual[p], flowFlat + i, flowSteep + i);
        }
        for (int i = 0; i < dropHeight.length; i++) {
            int d = dropOfHinge[i];
            dDropHeight[i] = hingeDirection(
                    program.dropHinge[d], stages.dDrop[d], stages.dropDual[d], dropFlat + i, dropSteep + i);
        }
        for (int i = 0; i < breach.length; i++) {
            dSlack[breach[i]] -= shortfall[i];
        }
    }

    /** Steps of the cones; duals out of the pivots: as differences of flows they would not be exact. */
    private void coneDirections(double[] onPeak, double[] tau) {
        for (int c = 0; c < cones; c++) {
            double ds = peakStep[c];
            double dp = flowStep[c];
            double force = tau[c];
            dSlack[c] = peakSlope[c] * ds + flowSlope[c] * dp;
            dDual[c] = term[c] - force * perPeakSlope[c] + dualOnPeak[c] * ds + dualOnFlow[c] * dp;
            dPeakDual[c] = onPeak[c] - force;
        }
    }

    private double hingeDirection(double slope, double dx, double dForce, int flat, int steep) {
        double w1 = weight[flat];
        double w2 = weight[steep];
        double up = (term[flat] + term[steep] + w2 * slope * dx) / (w1 + w2);
        dSlack[flat] = up;
        dSlack[steep] = up - slope * dx;
        dDual[steep] = dForce / slope;
        dDual[flat] = -dDual[steep];
        return up;
    }

    /** The step, shortened where a peak would not stay above an apparent power. */
    private double withinCones(double most) {
        double step = most;
        for (int l = 0; l < peak.length; l++) {
            double s = peak[l];
            double ds = stages.dPeak[l];
            double e = s + step * ds;
            for (int c = program.cone[l]; c < program.coneEnd(l); c++) {
                double dp = dFlow[positionOfCone[c]];
                double p = activePower[c] + step * dp;
                double q = program.reactive[c];
                if (e < 0 || e * e < p * p + q * q) {
                    step = Math.min(step, coneStep(s, activePower[c], q, ds, dp));
                    e = s + step * ds;
                }
            }
        }
        return step;
    }

    /** The longest step, of at most 1, that leaves nothing below 0. */
    private static double longest(double[] x, double[] dx) {
        double step = 1;
        for (int i = 0; i < x.length; i++) {
            if (x[i] + step * dx[i] < 0) {
                step = -x[i] / dx[i];
            }
        }
        return step;
    }

    /** Longest step for which the peak stays above the apparent power. */
    private static double coneStep(double s, double p, double q, double ds, double dp) {
        double h = Math.sqrt(p * p + q * q);
        double c = (s - h) * (s + h);
        double b = s * ds - p * dp;
        double a = ds * ds - dp * dp;
        // smallest positive root of a t² + 2 b t + c, c > 0
        double root = Math.sqrt(Math.max(0, b * b - a * c));
        return b < 0 ? c / (root - b) : a < 0 ? -(b + root) / a : Double.POSITIVE_INFINITY;
    }

    /** Sum of all products after the steps given. */
    private double products(double primal, double dualStep) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < pairs; i += 4) {
            s0 += product(i, primal, dualStep);
            s1 += product(i + 1, primal, dualStep);
            s2 += product(i + 2, primal, dualStep);
            s3 += product(i + 3, primal, dualStep);
        }
        for (; i < pairs; i++) {
            s0 += product(i, primal, dualStep);
        }
        return (s0 + s1) + (s2 + s3);
    }

    private double product(int i, double primal, double dualStep) {
        return (slack[i] + primal * dSlack[i]) * (dual[i] + dualStep * dDual[i]);
    }

    private void move(double primal, double dualStep) {
        for (int j = 0; j < entries; j++) {
            charge[j] += primal * dSlack[chargeLow + j];
        }
        if (program.mayDischarge) {
            for (int j = 0; j < entries; j++) {
                discharge[j] += primal * dSlack[dischargeLow + j];
            }
        }
        chains.energies(charge, discharge, energy);
        for (int i = 0; i < free.length; i++) {
            free[i] += primal * dSlack[freeLow + i];
        }
        add(value, chains.value, dualStep);
        add(dual, dDual, dualStep);
        add(peakDual, dPeakDual, dualStep);
        add(flowDual, stages.flowDual, dualStep);
        remaining *= 1 - dualStep;
        add(peak, stages.dPeak, primal);
        add(cost, dCost, primal);
        add(height, dHeight, primal);
        add(dropHeight, dDropHeight, primal);
        sumFlows(charge, 0, discharge, 0, free, 0, flow);
        sumDrops(flow, drop);
        for (int i = 0; i < shortfall.length; i++) {
            shortfall[i] *= 1 - primal;
        }
        measureSlacks();
    }

    private static void add(double[] to, double[] direction, double step) {
        for (int i = 0; i < to.length; i++) {
            to[i] += step * direction[i];
        }
    }
}
