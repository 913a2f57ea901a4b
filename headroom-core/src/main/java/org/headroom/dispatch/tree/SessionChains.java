package org.headroom.dispatch.tree;

import java.util.Arrays;

/**
 * The sessions' part of the Newton system. Given the prices of its steps, a session is a chain of springs in the stored energy:
 * one step's charge and discharge yield with compliances a and b, the energy between two steps is held and gives way with a
 * compliance of its own. The chain is eliminated from both ends by recurrences of positive terms, so that nothing cancels (design,
 * Sec. 7).
 *
 * <p>Entries are the steps of all sessions, step by step ({@link TreeProgram#lane}): a recurrence goes from step to step for all sessions
 * at once, so that none waits for its own last result.
 */
final class SessionChains {
    private final TreeProgram program;
    private final double eta;
    private final double perEta;
    private final int entries;
    /** Sessions. */
    private final int lanes;
    /** Steps of the longest session, and of each step where its entries and those of the next begin. */
    private final int longest;

    private final int[] start;

    /** Compliance of charging and discharging powers, per entry; 0 discharge where it is not allowed. */
    final double[] a;

    final double[] b;
    /** Compliance of the energy at the end of an entry: 0 where there is no battery to speak of; without a meaning at the last of a session. */
    final double[] give;

    private final double[] alpha;
    private final double[] beta;
    private final double[] gamma;
    private final double[] k;
    /** u/(u+A) and 1/(u+A), eliminated from the left, where the energy gives way by u. */
    private final double[] left;

    private final double[] held;
    /** Compliance behind an entry's end, seen from the left once its energy is held, and from the right. */
    private final double[] through;

    private final double[] back;

    // per session, in order of lanes
    /** Compliance of the whole chain, seen from its end. */
    private final double[] end;
    /** Energy still missing at departure. */
    final double[] missing;

    private final double[] arrive;

    /** Linear terms: of charge and discharge, less what they cost, and of energy. */
    final double[] chargeTerm;

    final double[] dischargeTerm;
    final double[] energyTerm;

    /** Solution: steps of charge, discharge and energy, and the new value of stored energy. */
    final double[] dCharge;

    final double[] dDischarge;
    final double[] dEnergy;
    final double[] value;

    /** What a recurrence brings to an entry: beside it, so that a loop over a step's entries has one index and is vectorised. */
    private final double[] carried;
    /** Price of an entry. */
    private final double[] price;

    private final double[] source;
    /** Source at prices of 0. */
    private final double[] ownSource;

    /** A session's entries, side by side. */
    private final double[] ownBeta;

    private final double[] ownLeft;
    private final int[] ownPosition;

    SessionChains(TreeProgram program) {
        this.program = program;
        this.eta = program.efficiency;
        this.perEta = 1 / eta;
        start = program.laneStart;
        longest = start.length - 1;
        entries = program.entryPosition.length;
        lanes = program.sessionCount;
        a = new double[entries];
        b = new double[entries];
        give = new double[entries];
        alpha = new double[entries];
        beta = new double[entries];
        gamma = new double[entries];
        k = new double[entries];
        left = new double[entries];
        held = new double[entries];
        chargeTerm = new double[entries];
        dischargeTerm = new double[entries];
        energyTerm = new double[entries];
        dCharge = new double[entries];
        dDischarge = new double[entries];
        dEnergy = new double[entries];
        value = new double[entries];
        price = new double[entries];
        source = new double[entries];
        ownSource = new double[entries];
        through = new double[entries];
        back = new double[entries];
        end = new double[program.sessionCount];
        missing = new double[program.sessionCount];
        carried = new double[entries];
        arrive = new double[program.sessionCount];
        for (int s = 0; s < program.sessionCount; s++) {
            arrive[program.lane[s]] = program.arrive[s];
        }
        ownBeta = new double[longest];
        ownLeft = new double[longest];
        ownPosition = new int[longest];
    }

    /** How many sessions have a step after the one given: their lanes come first. */
    private int goingOn(int step) {
        return step + 1 < longest ? start[step + 2] - start[step + 1] : 0;
    }

    /** Eliminates all chains for the compliances given. */
    void factor() {
        double loss = (perEta - eta) * (perEta - eta);
        for (int j = 0; j < entries; j++) {
            alpha[j] = a[j] + b[j];
            beta[j] = eta * a[j] + b[j] * perEta;
            gamma[j] = eta * eta * a[j] + b[j] * (perEta * perEta);
        }
        Arrays.fill(k, 0, lanes, 0);
        for (int step = 0; step < longest; step++) {
            int goOn = start[step] + goingOn(step);
            for (int j = start[step]; j < goOn; j++) {
                double sum = k[j] + gamma[j];
                double hold = 1 / (give[j] + sum);
                held[j] = hold;
                left[j] = give[j] * hold;
                through[j] = sum * give[j] * hold;
            }
            for (int j = goOn; j < start[step + 1]; j++) {
                end[j - start[step]] = k[j] + gamma[j];
            }
            handOn(through, step, k);
        }
        for (int step = longest - 1; step >= 0; step--) {
            int goOn = start[step] + goingOn(step);
            Arrays.fill(back, goOn, start[step + 1], 0);
            for (int j = start[step]; j < goOn; j++) { // until now the compliance of the entry behind and all after it
                back[j] = back[j] * give[j] / (give[j] + back[j]);
            }
            if (step > 0) {
                int before = start[step - 1];
                for (int j = start[step], i = before; j < start[step + 1]; j++, i++) {
                    back[i] = back[j] + gamma[j];
                }
            }
        }
        for (int j = 0; j < entries; j++) {
            double both = k[j] + back[j]; // R of the design
            double stiffness = 1 / (gamma[j] + both);
            // own compliance of the net power; alpha gamma - beta² is ab(1/eta - eta)²
            alpha[j] = (a[j] * b[j] * loss + alpha[j] * both) * stiffness;
            k[j] = stiffness;
        }
    }

    /** Adds a session's compliance, net power against price, to the lower half of a stage's matrix. */
    void addCompliance(int session, double[][] rows) {
        int m = program.length[session];
        int at = program.position[program.stageOfSession[session]];
        for (int i = 0; i < m; i++) {
            int entry = program.entry(session, i);
            int pi = program.entryPosition[entry] - at;
            double own = beta[entry];
            ownBeta[i] = own;
            ownLeft[i] = left[entry];
            ownPosition[i] = pi;
            double[] row = rows[pi];
            row[pi] += alpha[entry];
            double through = k[entry] * own;
            for (int j = i - 1; j >= 0; j--) {
                through *= ownLeft[j];
                int pj = ownPosition[j];
                if (pj < pi) {
                    row[pj] -= ownBeta[j] * through;
                } else { // a stay over midnight
                    rows[pj][pi] -= ownBeta[j] * through;
                }
            }
        }
    }

    /** Adds the sessions' net powers at the prices given to the offsets of the stages' positions. */
    void addOffsets(double[] offset, double[] prices) {
        gather(prices);
        for (int j = 0; j < entries; j++) {
            ownSource[j] = eta * a[j] * chargeTerm[j] - b[j] * perEta * dischargeTerm[j];
        }
        solveValues();
        int[] position = program.entryPosition;
        for (int j = 0; j < entries; j++) {
            double p = price[j];
            offset[position[j]] += a[j] * (chargeTerm[j] - p) - b[j] * (dischargeTerm[j] + p) + beta[j] * value[j];
        }
    }

    /** Solves for the sessions' powers and energies at the prices of the stages' positions, after {@link #addOffsets}. */
    void solve(double[] prices) {
        gather(prices);
        solveValues();
        for (int j = 0; j < entries; j++) {
            dCharge[j] = a[j] * (chargeTerm[j] - price[j] + eta * value[j]);
            dDischarge[j] = b[j] * (dischargeTerm[j] + price[j] - value[j] * perEta);
        }
        Arrays.fill(carried, 0, lanes, 0);
        addUp(dCharge, dDischarge, dEnergy);
    }

    private void gather(double[] prices) {
        int[] position = program.entryPosition;
        for (int j = 0; j < entries; j++) {
            price[j] = prices[position[j]];
        }
    }

    /** Values of stored energy at the prices of each entry: forwards offsets, backwards values. */
    private void solveValues() {
        for (int j = 0; j < entries; j++) {
            source[j] = ownSource[j] - beta[j] * price[j];
        }
        Arrays.fill(carried, 0, lanes, 0);
        for (int step = 0; step < longest; step++) {
            int first = start[step];
            int goOn = first + goingOn(step);
            for (int j = first; j < goOn; j++) {
                source[j] += carried[j];
                value[j] = Math.fma(left[j], source[j], through[j] * energyTerm[j]);
            }
            for (int j = goOn; j < start[step + 1]; j++) {
                value[j] = (missing[j - first] - carried[j] - source[j]) / end[j - first];
            }
            handOn(value, step, carried);
        }
        for (int step = longest - 2; step >= 0; step--) {
            int first = start[step];
            int goOn = first + goingOn(step);
            System.arraycopy(value, start[step + 1], carried, first, goOn - first);
            for (int j = first; j < goOn; j++) {
                value[j] = Math.fma(left[j], carried[j] + energyTerm[j], -source[j] * held[j]);
            }
        }
    }

    /** Copies what the entries of a step have come to beside those of the next step. */
    private void handOn(double[] from, int step, double[] to) {
        System.arraycopy(from, start[step], to, start[step + 1], goingOn(step));
    }

    /** Energies at the ends of all entries under the powers given. */
    void energies(double[] charge, double[] discharge, double[] energy) {
        System.arraycopy(arrive, 0, carried, 0, lanes);
        addUp(charge, discharge, energy);
    }

    private void addUp(double[] charge, double[] discharge, double[] energy) {
        for (int step = 0; step < longest; step++) {
            for (int j = start[step]; j < start[step + 1]; j++) {
                energy[j] = carried[j] + (eta * charge[j] - discharge[j] * perEta);
            }
            handOn(energy, step, carried);
        }
    }
}
