package org.headroom.dispatch.tree;

import java.util.Arrays;

/**
 * A primal-dual interior point method on a {@link TreeProgram}: Mehrotra's predictor and corrector, Nesterov-Todd scaling of the
 * cones, separate primal and dual steps (design, Sec. 7).
 *
 * <p>Every limit that can fail is a piece of a convex cost, so that each iterate keeps all constraints strictly but the departure
 * energies, whose remainder is fed back in every iteration. Dual equations hold in full after a full dual step.
 */
final class InteriorPoint {
    private static final double TO_BOUNDARY = Double.parseDouble(System.getProperty("tau", "0.995"));
    private static final double CURVE = Double.parseDouble(System.getProperty("curve", "1"));

    private final TreeProgram program;
    private final SessionChains chains;
    private final StageElimination stages;
    private final double eta;

    // sessions, per entry
    private final double[] power;
    private final double[] capacity;
    private final boolean[] stored; // whether the energy at the end of the entry is free
    final double[] charge;
    final double[] discharge;
    final double[] energy;
    private final double[] chargeLow;
    private final double[] chargeHigh;
    private final double[] dischargeLow;
    private final double[] dischargeHigh;
    private final double[] energyLow;
    private final double[] energyHigh;
    /** Value of stored energy, per entry. */
    final double[] value;

    private final double[] dChargeLow;
    private final double[] dChargeHigh;
    private final double[] dDischargeLow;
    private final double[] dDischargeHigh;
    private final double[] dEnergyLow;
    private final double[] dEnergyHigh;
    private final double[] kChargeLow;
    private final double[] kChargeHigh;
    private final double[] kDischargeLow;
    private final double[] kDischargeHigh;
    private final double[] kEnergyLow;
    private final double[] kEnergyHigh;

    // free powers
    final double[] free;
    private final double[] freeLow;
    private final double[] freeHigh;
    private final double[] dFree;
    private final double[] dFreeLow;
    private final double[] dFreeHigh;
    private final double[] kFreeLow;
    private final double[] kFreeHigh;

    // flows, per position
    final double[] flow;
    private final double[] dFlow;

    // cones
    final double[] z0;
    final double[] z1;
    private final double[] room;
    private final double[] bend;
    private final double[] dz0;
    private final double[] dz1;

    // peaks, per line, and their pieces
    final double[] peak;
    private final double[] cost;
    private final double[] dCost;
    private final double[] share;
    private final double[] dShare;
    private final double[] kShare;

    // hinges, per position and per drop
    private final Hinges flowHinges;
    private final Hinges dropHinges;
    private final double[] drop;

    /** Residuals of the dual equations at the start, and the share of them that is left: no difference of large numbers. */
    private final double[] chargeResidual;

    private final double[] dischargeResidual;
    private final double[] energyResidual;
    private final double[] freeResidual;
    private final double[] peakResidual;
    private double remaining;

    private final int products;
    private double mu;
    private int iterations;

    InteriorPoint(TreeProgram program) {
        this.program = program;
        this.chains = new SessionChains(program);
        this.stages = new StageElimination(program, chains);
        this.eta = program.efficiency;
        int entries = program.entryPosition.length;
        power = new double[entries];
        capacity = new double[entries];
        stored = new boolean[entries];
        charge = new double[entries];
        discharge = new double[entries];
        energy = new double[entries];
        chargeLow = new double[entries];
        chargeHigh = new double[entries];
        dischargeLow = new double[entries];
        dischargeHigh = new double[entries];
        energyLow = new double[entries];
        energyHigh = new double[entries];
        value = new double[entries];
        dChargeLow = new double[entries];
        dChargeHigh = new double[entries];
        dDischargeLow = new double[entries];
        dDischargeHigh = new double[entries];
        dEnergyLow = new double[entries];
        dEnergyHigh = new double[entries];
        kChargeLow = new double[entries];
        kChargeHigh = new double[entries];
        kDischargeLow = new double[entries];
        kDischargeHigh = new double[entries];
        kEnergyLow = new double[entries];
        kEnergyHigh = new double[entries];
        int frees = program.freeCount;
        free = new double[frees];
        freeLow = new double[frees];
        freeHigh = new double[frees];
        dFree = new double[frees];
        dFreeLow = new double[frees];
        dFreeHigh = new double[frees];
        kFreeLow = new double[frees];
        kFreeHigh = new double[frees];
        int positions = program.price.length;
        flow = new double[positions];
        dFlow = new double[positions];
        int cones = program.base.length;
        z0 = new double[cones];
        z1 = new double[cones];
        room = new double[cones];
        bend = new double[cones];
        dz0 = new double[cones];
        dz1 = new double[cones];
        int lines = program.stageOfLine.length;
        peak = new double[lines];
        cost = new double[lines];
        dCost = new double[lines];
        share = new double[program.slope.length];
        dShare = new double[share.length];
        kShare = new double[share.length];
        flowHinges = new Hinges(program.hinge);
        dropHinges = new Hinges(program.dropHinge);
        drop = new double[program.drop[program.stageCount]];
        chargeResidual = new double[entries];
        dischargeResidual = new double[entries];
        energyResidual = new double[entries];
        freeResidual = new double[frees];
        peakResidual = new double[lines];
        products = countProducts();
    }

    private int countProducts() {
        int count = (program.mayDischarge ? 4 : 2) * power.length + 2 * program.freeCount + share.length;
        for (int s = 0; s < program.sessionCount; s++) {
            for (int j = program.entry[s]; j < program.entry[s + 1]; j++) {
                stored[j] = j < program.entry[s + 1] - 1 && program.capacity[s] > 0;
                count += stored[j] ? 2 : 0;
                power[j] = program.power[s];
                capacity[j] = program.capacity[s];
            }
        }
        for (boolean active : program.active) {
            count += active ? 1 : 0;
        }
        return count + 2 * flowHinges.count + 2 * dropHinges.count;
    }

    /** Mean product of the pairs, the measure of distance from the optimum. */
    double mu() {
        return mu;
    }

    /** Sum of all products: the gap once the dual equations hold. */
    double complementarity_gbp() {
        return mu * products;
    }

    int iterations() {
        return iterations;
    }

    /** Price of a flow above its base price, as the hinge's dual has it, per position. */
    double hingePrice(int position) {
        return program.price[position] + flowHinges.force(position);
    }

    /** Force of a drop's hinge: at least 0 against a drop too large, at most 0 against one too small. */
    double dropForce(int d) {
        return dropHinges.force(d);
    }

    /** Sets the first iterate: strictly within all bounds, every product at {@code start}. */
    void start(double start) {
        iterations = 0;
        for (int s = 0; s < program.sessionCount; s++) {
            startSession(s);
        }
        for (int j = 0; j < power.length; j++) {
            chargeLow[j] = start / charge[j];
            chargeHigh[j] = start / (power[j] - charge[j]);
            if (program.mayDischarge) {
                dischargeLow[j] = start / discharge[j];
                dischargeHigh[j] = start / (power[j] - discharge[j]);
            }
            if (stored[j]) {
                energyLow[j] = start / energy[j];
                energyHigh[j] = start / (capacity[j] - energy[j]);
            }
            value[j] = 0;
        }
        for (int i = 0; i < free.length; i++) {
            free[i] = program.freeMost[i] / 10;
            freeLow[i] = start / free[i];
            freeHigh[i] = start / (program.freeMost[i] - free[i]);
        }
        sumFlows(charge, discharge, free, flow);
        for (int l = 0; l < peak.length; l++) {
            startLine(l, start);
        }
        for (int p = 0; p < flow.length; p++) {
            flowHinges.start(p, program.hingeBase[p] + flow[p], start);
        }
        sumDrops(flow, drop);
        for (int d = 0; d < drop.length; d++) {
            dropHinges.start(d, drop[d] - program.dropAt[d], start);
        }
        mu = start;
        startResiduals();
    }

    private void startResiduals() {
        double[] price = new double[flow.length];
        double[] force = new double[drop.length];
        for (int s = 0; s < program.stageCount; s++) { // forces of the drops at and below a stage
            for (int d = program.drop[s]; d < program.drop[s + 1]; d++) {
                force[d] += dropHinges.force(d);
                if (program.parent[s] >= 0 && program.dropInParent[d] >= 0) {
                    force[program.drop[program.parent[s]] + program.dropInParent[d]] += force[d];
                }
            }
        }
        for (int s = program.stageCount - 1; s >= 0; s--) {
            int above = program.parent[s];
            for (int p = program.position[s]; p < program.position[s + 1]; p++) {
                price[p] = (above < 0 ? 0 : price[program.position[above] + program.inParent[p]]) + hingePrice(p);
            }
            for (int l = program.line[s]; l < program.line[s + 1]; l++) {
                double peaks = 0;
                for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                    peaks += share[k] * program.slope[k];
                }
                for (int p = program.position[s]; p < program.position[s + 1]; p++) {
                    int c = program.cone[l] + p - program.position[s];
                    price[p] -= z1[c];
                    peaks -= z0[c];
                }
                peakResidual[l] = peaks;
            }
            for (int d = program.drop[s]; d < program.drop[s + 1]; d++) {
                if (program.dropPosition[d] >= 0) {
                    price[program.position[s] + program.dropPosition[d]] += program.resistance[d] * force[d];
                }
            }
        }
        for (int s = 0; s < program.sessionCount; s++) {
            int at = program.position[program.stageOfSession[s]];
            for (int j = program.entry[s]; j < program.entry[s + 1]; j++) {
                double p = price[at + program.entryPosition[j]];
                chargeResidual[j] = p + program.chargeCost[j] - chargeLow[j] + chargeHigh[j];
                dischargeResidual[j] = -p + program.dischargeCost[j] - dischargeLow[j] + dischargeHigh[j];
                energyResidual[j] = -energyLow[j] + energyHigh[j];
            }
        }
        for (int i = 0; i < free.length; i++) {
            freeResidual[i] = price[program.freePosition[i]] - freeLow[i] + freeHigh[i];
        }
        remaining = 1;
    }

    /** Energies on a straight line, bent away from the bounds where it would run along one. */
    private void startSession(int s) {
        int first = program.entry[s];
        int last = program.entry[s + 1] - 1;
        int m = last - first + 1;
        double most = program.power[s];
        double rate = (program.depart[s] - program.arrive[s]) / m;
        double up = eta * most - rate;
        double down = rate + (program.mayDischarge ? most / eta : 0);
        double least = Math.min(program.arrive[s], program.depart[s]);
        double highest = Math.max(program.arrive[s], program.depart[s]);
        double cap = program.capacity[s];
        double bend = 0;
        if (m > 1 && cap > 0) {
            double room = 0.2 * Math.min(up, down);
            if (least < 0.1 * cap) {
                bend = Math.min(room, 0.2 * (cap - highest) + 0.05 * cap);
            } else if (highest > 0.9 * cap) {
                bend = -Math.min(room, 0.2 * least + 0.05 * cap);
            }
        }
        // a bend may not reach across the other bound
        bend = bend > 0 ? Math.min(bend, 0.5 * (cap - bentEdge(s, m, rate, true))) : bend;
        bend = bend < 0 ? -Math.min(-bend, 0.5 * bentEdge(s, m, rate, false)) : bend;
        double e = program.arrive[s];
        for (int j = first; j <= last; j++) {
            double step = rate;
            if (m > 1) {
                step += j == first ? bend : 0;
                step -= j == last ? bend : 0;
            }
            e += step;
            energy[j] = e;
            if (program.mayDischarge) {
                double low = Math.max(0, -eta * step);
                double high = Math.min(most, eta * (eta * most - step));
                discharge[j] = low + 0.15 * (high - low);
                charge[j] = (step + discharge[j] / eta) / eta;
            } else {
                charge[j] = step / eta;
            }
        }
    }

    /** Highest (or lowest) energy between the steps of a straight line. */
    private double bentEdge(int s, int m, double rate, boolean highest) {
        double early = program.arrive[s] + rate;
        double late = program.depart[s] - rate;
        return m < 2 ? early : highest ? Math.max(early, late) : Math.min(early, late);
    }

    private void startLine(int l, double start) {
        int s = program.stageOfLine[l];
        int n = program.position[s + 1] - program.position[s];
        double most = 0;
        for (int i = 0; i < n; i++) {
            int c = program.cone[l] + i;
            double p = program.base[c] + flow[program.position[s] + i];
            most = Math.max(most, Math.sqrt(p * p + program.reactive[c] * program.reactive[c]));
        }
        double limit = program.highestPeak[l];
        peak[l] = most < limit ? Math.min(1.3 * most + 0.5, (most + limit) / 2) : 1.02 * most;
        cost[l] = Double.NEGATIVE_INFINITY;
        for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
            cost[l] = Math.max(cost[l], program.slope[k] * peak[l] + program.intercept[k]);
        }
        // lifted until the shares, start over slack, sum to 1: a few steps of Newton's method from below
        cost[l] += start;
        for (int round = 0; round < 8; round++) {
            double sum = 0;
            double slope = 0;
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                sum += start / slack(l, k);
                slope += start / (slack(l, k) * slack(l, k));
            }
            cost[l] += (sum - 1) / slope;
        }
        for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
            share[k] = start / (cost[l] - program.slope[k] * peak[l] - program.intercept[k]);
        }
        for (int i = 0; i < n; i++) {
            int c = program.cone[l] + i;
            if (program.active[c]) {
                double p = program.base[c] + flow[program.position[s] + i];
                double q = program.reactive[c];
                double h = Math.sqrt(p * p + q * q);
                z0[c] = start / (peak[l] - h);
                z1[c] = h > 0 ? -z0[c] * p / h : 0;
            }
        }
    }

    /** Flows of all stages from powers of sessions and free powers. */
    private void sumFlows(double[] in, double[] out, double[] freed, double[] sum) {
        Arrays.fill(sum, 0);
        for (int s = 0; s < program.sessionCount; s++) {
            int at = program.position[program.stageOfSession[s]];
            for (int j = program.entry[s]; j < program.entry[s + 1]; j++) {
                sum[at + program.entryPosition[j]] += in[j] - out[j];
            }
        }
        for (int i = 0; i < freed.length; i++) {
            sum[program.freePosition[i]] += freed[i];
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
        stages.solve();
        directions();
        double primal = Math.min(1, primalStep());
        double dual = Math.min(1, dualStep());
        double affine = products(primal, dual) / products;
        double ratio = affine / mu;
        double target = mu * Math.pow(ratio, Double.parseDouble(System.getProperty("sig", "3")));
        correctorTerms(target);
        stages.solve();
        directions();
        primal = Math.min(1, TO_BOUNDARY * primalStep());
        dual = Math.min(1, TO_BOUNDARY * dualStep());
        if (!(primal > 1e-8 || dual > 1e-8)) { // also NaN
            return false;
        }
        move(primal, dual);
        mu = products(0, 0) / products;
        return mu == mu;
    }

    private void scale() {
        double[] a = chains.a;
        double[] b = chains.b;
        double[] w = chains.w;
        for (int j = 0; j < a.length; j++) {
            double room = power[j] - charge[j];
            // 1 / (zl/p + zu/r), with one division
            a[j] = charge[j] * room / (chargeLow[j] * room + chargeHigh[j] * charge[j]);
        }
        if (program.mayDischarge) {
            for (int j = 0; j < b.length; j++) {
                double room = power[j] - discharge[j];
                b[j] = discharge[j] * room / (dischargeLow[j] * room + dischargeHigh[j] * discharge[j]);
            }
        }
        for (int j = 0; j < w.length; j++) {
            if (stored[j]) {
                w[j] = energyLow[j] / energy[j] + energyHigh[j] / (capacity[j] - energy[j]);
            }
        }
        for (int s = 0; s < program.sessionCount; s++) {
            chains.missing[s] = program.depart[s] - energy[program.entry[s + 1] - 1];
        }
        for (int i = 0; i < free.length; i++) {
            double room = program.freeMost[i] - free[i];
            stages.freeCompliance[i] = free[i] * room / (freeLow[i] * room + freeHigh[i] * free[i]);
        }
        for (int l = 0; l < peak.length; l++) {
            scaleCones(l);
            double weight = 0;
            double mean = 0;
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                double wk = share[k] / slack(l, k);
                weight += wk;
                mean += wk * program.slope[k];
            }
            mean /= weight;
            double spread = 0;
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                double off = program.slope[k] - mean;
                spread += share[k] / slack(l, k) * off * off;
            }
            stages.peakWeight[l] = spread;
        }
        for (int p = 0; p < flow.length; p++) {
            stages.hingeWeight[p] = flowHinges.weight(p, program.hingeBase[p] + flow[p]);
        }
        for (int d = 0; d < drop.length; d++) {
            stages.dropWeight[d] = dropHinges.weight(d, drop[d] - program.dropAt[d]);
        }
    }

    /** Slack of a piece of a line's cost. */
    private double slack(int l, int k) {
        return cost[l] - program.slope[k] * peak[l] - program.intercept[k];
    }

    private void scaleCones(int l) {
        int s = program.stageOfLine[l];
        int at = program.position[s];
        int n = program.position[s + 1] - at;
        double s0 = peak[l];
        for (int i = 0; i < n; i++) {
            int c = program.cone[l] + i;
            if (!program.active[c]) {
                continue;
            }
            double p = program.base[c] + flow[at + i];
            double q = program.reactive[c];
            double h = Math.sqrt(p * p + q * q);
            double inverse = h > 0 ? 1 / h : 0;
            room[c] = s0 - h;
            stages.weightA[c] = z0[c] / room[c];
            stages.weightR[c] = -p * inverse;
            double sine = q * inverse;
            stages.weightD[c] = z0[c] * sine * sine * inverse;
            bend[c] = -(z1[c] - z0[c] * stages.weightR[c]);
        }
    }

    private void predictorTerms() {
        negate(chargeLow, kChargeLow);
        negate(chargeHigh, kChargeHigh);
        negate(dischargeLow, kDischargeLow);
        negate(dischargeHigh, kDischargeHigh);
        negate(energyLow, kEnergyLow);
        negate(energyHigh, kEnergyHigh);
        negate(freeLow, kFreeLow);
        negate(freeHigh, kFreeHigh);
        for (int c = 0; c < z0.length; c++) {
            stages.term0[c] = -z0[c];
            stages.term1[c] = bend[c] - stages.weightR[c] * z0[c];
        }
        negate(share, kShare);
        flowHinges.predictorTerms();
        dropHinges.predictorTerms();
        gatherTerms();
    }

    private static void negate(double[] from, double[] to) {
        for (int i = 0; i < from.length; i++) {
            to[i] = -from[i];
        }
    }

    private void correctorTerms(double target) {
        for (int j = 0; j < power.length; j++) {
            double dp = chains.dCharge[j];
            kChargeLow[j] = (target - dp * dChargeLow[j]) / charge[j] - chargeLow[j];
            kChargeHigh[j] = (target + dp * dChargeHigh[j]) / (power[j] - charge[j]) - chargeHigh[j];
        }
        if (program.mayDischarge) {
            for (int j = 0; j < power.length; j++) {
                double dp = chains.dDischarge[j];
                kDischargeLow[j] = (target - dp * dDischargeLow[j]) / discharge[j] - dischargeLow[j];
                kDischargeHigh[j] = (target + dp * dDischargeHigh[j]) / (power[j] - discharge[j]) - dischargeHigh[j];
            }
        }
        for (int j = 0; j < power.length; j++) {
            if (stored[j]) {
                double de = chains.dEnergy[j];
                kEnergyLow[j] = (target - de * dEnergyLow[j]) / energy[j] - energyLow[j];
                kEnergyHigh[j] = (target + de * dEnergyHigh[j]) / (capacity[j] - energy[j]) - energyHigh[j];
            }
        }
        for (int i = 0; i < free.length; i++) {
            kFreeLow[i] = (target - dFree[i] * dFreeLow[i]) / free[i] - freeLow[i];
            kFreeHigh[i] = (target + dFree[i] * dFreeHigh[i]) / (program.freeMost[i] - free[i]) - freeHigh[i];
        }
        for (int l = 0; l < peak.length; l++) {
            correctorCones(l, target);
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                double df = dCost[l] - program.slope[k] * stages.dPeak[l];
                kShare[k] = (target - df * dShare[k]) / slack(l, k) - share[k];
            }
        }
        flowHinges.correctorTerms(target, dFlow);
        dropHinges.correctorTerms(target, stages.dDrop);
        gatherTerms();
    }

    private void correctorCones(int l, double target) {
        int s = program.stageOfLine[l];
        int at = program.position[s];
        int n = program.position[s + 1] - at;
        double s0 = peak[l] + stages.dPeak[l];
        for (int i = 0; i < n; i++) {
            int c = program.cone[l] + i;
            if (!program.active[c]) {
                continue;
            }
            double p = program.base[c] + flow[at + i] + dFlow[at + i];
            double q = program.reactive[c];
            // the slack where the affine step would lead, curvature and all
            double moved = s0 - Math.sqrt(p * p + q * q) - room[c];
            double linear = stages.dPeak[l] + stages.weightR[c] * dFlow[at + i];
            double second = moved * dz0[c] + z0[c] * (moved - linear) * CURVE;
            double v = (target - second) / room[c] - z0[c];
            stages.term0[c] = v;
            stages.term1[c] = bend[c] + stages.weightR[c] * v;
        }
    }

    /** Linear terms of the Newton system from those of the products. */
    private void gatherTerms() {
        for (int j = 0; j < power.length; j++) {
            chains.chargeTerm[j] = kChargeLow[j] - kChargeHigh[j] - remaining * chargeResidual[j];
            chains.dischargeTerm[j] = kDischargeLow[j] - kDischargeHigh[j] - remaining * dischargeResidual[j];
            chains.energyTerm[j] = kEnergyLow[j] - kEnergyHigh[j] - remaining * energyResidual[j];
        }
        for (int i = 0; i < free.length; i++) {
            stages.freeTerm[i] = kFreeLow[i] - kFreeHigh[i] - remaining * freeResidual[i];
        }
        for (int l = 0; l < peak.length; l++) {
            double weight = 0;
            double mean = 0;
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                double wk = share[k] / slack(l, k);
                weight += wk;
                mean += wk * program.slope[k];
            }
            mean /= weight;
            double gradient = remaining * peakResidual[l];
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                gradient += kShare[k] * (program.slope[k] - mean);
            }
            stages.peakTerm[l] = gradient;
        }
        for (int p = 0; p < flow.length; p++) {
            stages.hingeTerm[p] = flowHinges.term(p);
        }
        for (int d = 0; d < drop.length; d++) {
            stages.dropTerm[d] = dropHinges.term(d);
        }
    }

    /** Steps of everything the stages do not hold themselves. */
    private void directions() {
        double[] dp = chains.dCharge;
        for (int j = 0; j < power.length; j++) {
            dChargeLow[j] = kChargeLow[j] - chargeLow[j] * (dp[j] / charge[j]);
            dChargeHigh[j] = kChargeHigh[j] + chargeHigh[j] * (dp[j] / (power[j] - charge[j]));
        }
        if (program.mayDischarge) {
            double[] dd = chains.dDischarge;
            for (int j = 0; j < power.length; j++) {
                dDischargeLow[j] = kDischargeLow[j] - dischargeLow[j] * (dd[j] / discharge[j]);
                dDischargeHigh[j] = kDischargeHigh[j] + dischargeHigh[j] * (dd[j] / (power[j] - discharge[j]));
            }
        }
        double[] de = chains.dEnergy;
        for (int j = 0; j < power.length; j++) {
            if (stored[j]) {
                dEnergyLow[j] = kEnergyLow[j] - energyLow[j] * (de[j] / energy[j]);
                dEnergyHigh[j] = kEnergyHigh[j] + energyHigh[j] * (de[j] / (capacity[j] - energy[j]));
            }
        }
        for (int i = 0; i < free.length; i++) {
            dFree[i] = stages.freeCompliance[i] * (stages.freeTerm[i] - stages.price[program.freePosition[i]]);
            dFreeLow[i] = kFreeLow[i] - freeLow[i] * (dFree[i] / free[i]);
            dFreeHigh[i] = kFreeHigh[i] + freeHigh[i] * (dFree[i] / (program.freeMost[i] - free[i]));
        }
        sumFlows(chains.dCharge, chains.dDischarge, dFree, dFlow);
        for (int l = 0; l < peak.length; l++) {
            int s = program.stageOfLine[l];
            int n = program.position[s + 1] - program.position[s];
            double ds = stages.dPeak[l];
            for (int c = program.cone[l]; c < program.cone[l] + n; c++) {
                if (program.active[c]) {
                    double tau = stages.tau[c];
                    dz0[c] = stages.term0[c] - tau;
                    dz1[c] = stages.flowDual[c];
                }
            }
            double weight = 0;
            double mean = 0;
            double terms = 0;
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                double wk = share[k] / slack(l, k);
                weight += wk;
                mean += wk * program.slope[k];
                terms += kShare[k];
            }
            dCost[l] = mean / weight * ds + terms / weight;
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                double df = dCost[l] - program.slope[k] * ds;
                dShare[k] = kShare[k] - share[k] * (df / slack(l, k));
            }
        }
        flowHinges.direction(dFlow, stages.hingeDual);
        dropHinges.direction(stages.dDrop, stages.dropDual);
    }

    private double primalStep() {
        double step = 1 / TO_BOUNDARY;
        for (int j = 0; j < power.length; j++) {
            double d = chains.dCharge[j];
            if (d < 0 ? charge[j] + step * d < 0 : charge[j] + step * d > power[j]) {
                step = d < 0 ? -charge[j] / d : (power[j] - charge[j]) / d;
            }
        }
        if (program.mayDischarge) {
            for (int j = 0; j < power.length; j++) {
                double d = chains.dDischarge[j];
                if (d < 0 ? discharge[j] + step * d < 0 : discharge[j] + step * d > power[j]) {
                    step = d < 0 ? -discharge[j] / d : (power[j] - discharge[j]) / d;
                }
            }
        }
        for (int j = 0; j < power.length; j++) {
            if (stored[j]) {
                double d = chains.dEnergy[j];
                if (d < 0 ? energy[j] + step * d < 0 : energy[j] + step * d > capacity[j]) {
                    step = d < 0 ? -energy[j] / d : (capacity[j] - energy[j]) / d;
                }
            }
        }
        for (int i = 0; i < free.length; i++) {
            double d = dFree[i];
            if (d < 0 ? free[i] + step * d < 0 : free[i] + step * d > program.freeMost[i]) {
                step = d < 0 ? -free[i] / d : (program.freeMost[i] - free[i]) / d;
            }
        }
        for (int l = 0; l < peak.length; l++) {
            int s = program.stageOfLine[l];
            int at = program.position[s];
            int n = program.position[s + 1] - at;
            for (int i = 0; i < n; i++) {
                int c = program.cone[l] + i;
                if (program.active[c]) {
                    step = coneStep(
                            step,
                            peak[l],
                            program.base[c] + flow[at + i],
                            program.reactive[c],
                            stages.dPeak[l],
                            dFlow[at + i],
                            0);
                }
            }
            if (Boolean.getBoolean("dbg") && l==peak.length-1) System.out.printf("cone %.5f ", step);
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                double df = dCost[l] - program.slope[k] * stages.dPeak[l];
                double f = slack(l, k);
                step = f + step * df < 0 ? -f / df : step;
            }
        }
        step = flowHinges.primalStep(step, dFlow);
        return dropHinges.primalStep(step, stages.dDrop);
    }

    private double dualStep() {
        double step = 1 / TO_BOUNDARY;
        step = pairStep(step, chargeLow, dChargeLow);
        step = pairStep(step, chargeHigh, dChargeHigh);
        step = pairStep(step, dischargeLow, dDischargeLow);
        step = pairStep(step, dischargeHigh, dDischargeHigh);
        step = pairStep(step, energyLow, dEnergyLow);
        step = pairStep(step, energyHigh, dEnergyHigh);
        step = pairStep(step, freeLow, dFreeLow);
        step = pairStep(step, freeHigh, dFreeHigh);
        step = pairStep(step, share, dShare);
        step = pairStep(step, z0, dz0);
        step = flowHinges.dualStep(step);
        return dropHinges.dualStep(step);
    }

    private static double pairStep(double most, double[] dual, double[] direction) {
        double step = most;
        for (int j = 0; j < dual.length; j++) {
            if (dual[j] + step * direction[j] < 0) {
                step = -dual[j] / direction[j];
            }
        }
        return step;
    }

    /** Longest step, at most {@code most}, within the cone x0 >= |(x1, x2)|. */
    private static double coneStep(
            double most, double x0, double x1, double x2, double d0, double d1, double d2) {
        double e0 = x0 + most * d0;
        double e1 = x1 + most * d1;
        double e2 = x2 + most * d2;
        if (e0 >= 0 && e0 * e0 >= e1 * e1 + e2 * e2) {
            return most;
        }
        double h = Math.sqrt(x1 * x1 + x2 * x2);
        double c = (x0 - h) * (x0 + h);
        double b = x0 * d0 - x1 * d1 - x2 * d2;
        double a = d0 * d0 - d1 * d1 - d2 * d2;
        // smallest positive root of a t² + 2 b t + c, c > 0
        double root = Math.sqrt(Math.max(0, b * b - a * c));
        double step = b < 0 ? c / (root - b) : a < 0 ? -(b + root) / a : most;
        return Math.min(most, step);
    }

    /** Sum of all products after the steps given. */
    private double products(double primal, double dual) {
        double sum = 0;
        for (int j = 0; j < power.length; j++) {
            double p = charge[j] + primal * chains.dCharge[j];
            sum += p * (chargeLow[j] + dual * dChargeLow[j]) + (power[j] - p) * (chargeHigh[j] + dual * dChargeHigh[j]);
        }
        if (program.mayDischarge) {
            for (int j = 0; j < power.length; j++) {
                double p = discharge[j] + primal * chains.dDischarge[j];
                sum += p * (dischargeLow[j] + dual * dDischargeLow[j])
                        + (power[j] - p) * (dischargeHigh[j] + dual * dDischargeHigh[j]);
            }
        }
        for (int j = 0; j < power.length; j++) {
            if (stored[j]) {
                double e = energy[j] + primal * chains.dEnergy[j];
                sum += e * (energyLow[j] + dual * dEnergyLow[j])
                        + (capacity[j] - e) * (energyHigh[j] + dual * dEnergyHigh[j]);
            }
        }
        for (int i = 0; i < free.length; i++) {
            double v = free[i] + primal * dFree[i];
            sum += v * (freeLow[i] + dual * dFreeLow[i]) + (program.freeMost[i] - v) * (freeHigh[i] + dual * dFreeHigh[i]);
        }
        for (int l = 0; l < peak.length; l++) {
            int s = program.stageOfLine[l];
            int at = program.position[s];
            int n = program.position[s + 1] - at;
            double s0 = peak[l] + primal * stages.dPeak[l];
            for (int i = 0; i < n; i++) {
                int c = program.cone[l] + i;
                if (program.active[c]) {
                    double s1 = program.base[c] + flow[at + i] + primal * dFlow[at + i];
                    double q = program.reactive[c];
                    sum += (s0 - Math.sqrt(s1 * s1 + q * q)) * (z0[c] + dual * dz0[c]);
                }
            }
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) {
                double f = slack(l, k) + primal * (dCost[l] - program.slope[k] * stages.dPeak[l]);
                sum += f * (share[k] + dual * dShare[k]);
            }
        }
        return sum + flowHinges.products(primal, dual, dFlow) + dropHinges.products(primal, dual, stages.dDrop);
    }

    private void move(double primal, double dual) {
        add(charge, chains.dCharge, primal);
        add(chargeLow, dChargeLow, dual);
        add(chargeHigh, dChargeHigh, dual);
        if (program.mayDischarge) {
            add(discharge, chains.dDischarge, primal);
            add(dischargeLow, dDischargeLow, dual);
            add(dischargeHigh, dDischargeHigh, dual);
        }
        add(energyLow, dEnergyLow, dual);
        add(energyHigh, dEnergyHigh, dual);
        for (int s = 0; s < program.sessionCount; s++) {
            double e = program.arrive[s];
            for (int j = program.entry[s]; j < program.entry[s + 1]; j++) {
                e += eta * charge[j] - discharge[j] / eta;
                energy[j] = e;
            }
        }
        add(value, chains.value, dual);
        remaining *= 1 - dual;
        add(free, dFree, primal);
        add(freeLow, dFreeLow, dual);
        add(freeHigh, dFreeHigh, dual);
        add(z0, dz0, dual);
        add(z1, dz1, dual);
        add(peak, stages.dPeak, primal);
        add(cost, dCost, primal);
        add(share, dShare, dual);
        flowHinges.move(primal, dual, dFlow);
        dropHinges.move(primal, dual, stages.dDrop);
        sumFlows(charge, discharge, free, flow);
        sumDrops(flow, drop);
    }

    private static void add(double[] to, double[] direction, double step) {
        for (int i = 0; i < to.length; i++) {
            to[i] += step * direction[i];
        }
    }

    void residuals() {
        double[] keepC = chargeResidual.clone(), keepD = dischargeResidual.clone(), keepE = energyResidual.clone(), keepP = peakResidual.clone(), keepF = freeResidual.clone();
        double keep = remaining;
        startResiduals();
        double c = 0, d = 0, e = 0, pk = 0, sh = 0;
        for (int s = 0; s < program.sessionCount; s++) {
            for (int j = program.entry[s]; j < program.entry[s + 1]; j++) {
                c += Math.abs(chargeResidual[j] - eta * value[j]) * power[j];
                d += Math.abs(dischargeResidual[j] + value[j] / eta) * power[j];
                if (stored[j]) e += Math.abs(energyResidual[j] + value[j] - value[j + 1]) * capacity[j];
            }
        }
        for (int l = 0; l < peak.length; l++) {
            pk += Math.abs(peakResidual[l]) * peak[l];
            double one = -1;
            for (int k = program.piece[l]; k < program.piece[l + 1]; k++) one += share[k];
            sh += Math.abs(one) * cost[l];
        }
        System.out.printf("   residual costs: charge %.2e discharge %.2e energy %.2e peak %.2e share %.2e remaining %.2e%n", c, d, e, pk, sh, keep);
        System.arraycopy(keepC, 0, chargeResidual, 0, keepC.length); System.arraycopy(keepD, 0, dischargeResidual, 0, keepC.length); System.arraycopy(keepE, 0, energyResidual, 0, keepC.length); System.arraycopy(keepP, 0, peakResidual, 0, keepP.length); System.arraycopy(keepF, 0, freeResidual, 0, keepF.length);
        remaining = keep;
    }
}
