package org.headroom.dispatch.tree;

/**
 * The sessions' part of the Newton system. Given the prices of its steps, a session is a chain of springs in the stored energy:
 * one step's charge and discharge yield with compliances a and b, the energy between two steps is held with a stiffness w. The
 * chain is eliminated from both ends by recurrences of positive terms, so that nothing cancels (design, Sec. 7).
 *
 * <p>Entries are the steps of all sessions, one after another.
 */
final class SessionChains {
    private final TreeProgram program;
    private final double eta;
    private final double perEta;

    /** Compliance of charging and discharging powers, per entry; 0 discharge where it is not allowed. */
    final double[] a;

    final double[] b;
    /** Stiffness of the energy at the end of an entry; none at the last of a session. */
    final double[] w;

    private final double[] alpha;
    private final double[] beta;
    private final double[] gamma;
    private final double[] k;
    /** 1/(1+wA) and w/(1+wA), eliminated from the left. */
    private final double[] left;

    private final double[] held;
    /** Compliance behind an entry's end, seen from the left once its energy is held, and from the right. */
    private final double[] through;

    private final double[] back;
    /** Compliance of the whole chain, seen from its end. */
    private final double[] end;

    /** Linear terms: of charge and discharge, less what they cost, and of energy. */
    final double[] chargeTerm;

    final double[] dischargeTerm;
    final double[] energyTerm;
    /** Energy still missing at departure, per session. */
    final double[] missing;

    /** Solution: steps of charge, discharge and energy, and the new value of stored energy. */
    final double[] dCharge;

    final double[] dDischarge;
    final double[] dEnergy;
    final double[] value;

    private final double[] source;
    /** Source at prices of 0. */
    private final double[] ownSource;

    SessionChains(TreeProgram program) {
        this.program = program;
        this.eta = program.efficiency;
        this.perEta = 1 / eta;
        int entries = program.entryPosition.length;
        a = new double[entries];
        b = new double[entries];
        w = new double[entries];
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
        source = new double[entries];
        ownSource = new double[entries];
        through = new double[entries];
        back = new double[entries];
        end = new double[program.sessionCount];
        missing = new double[program.sessionCount];
    }

    /** Eliminates all chains for the compliances and stiffnesses given. */
    void factor() {
        double loss = (1 / eta - eta) * (1 / eta - eta);
        for (int j = 0; j < a.length; j++) {
            alpha[j] = a[j] + b[j];
            beta[j] = eta * a[j] + b[j] / eta;
            gamma[j] = eta * eta * a[j] + b[j] / (eta * eta);
        }
        for (int s = 0; s < program.sessionCount; s++) {
            int first = program.entry[s];
            int last = program.entry[s + 1] - 1;
            boolean empty = program.capacity[s] == 0; // no battery to speak of: every energy is held at 0
            // from both ends at once: each is a chain of divisions that wait for one another
            double fromLeft = 0;
            double fromRight = 0;
            for (int j = first, i = last; j < last; j++, i--) {
                k[j] = fromLeft;
                double sum = fromLeft + gamma[j];
                left[j] = empty ? 0 : 1 / (1 + w[j] * sum);
                held[j] = empty ? 1 / sum : w[j] * left[j];
                fromLeft = sum * left[j];
                through[j] = fromLeft;
                back[i] = fromRight;
                sum = fromRight + gamma[i];
                fromRight = empty ? 0 : sum / (1 + w[i - 1] * sum);
            }
            k[last] = fromLeft;
            back[first] = fromRight;
            end[s] = fromLeft + gamma[last];
        }
        for (int j = 0; j < a.length; j++) {
            double both = k[j] + back[j]; // R of the design
            double stiffness = 1 / (gamma[j] + both);
            // own compliance of the net power; alpha gamma - beta² is ab(1/eta - eta)²
            alpha[j] = (a[j] * b[j] * loss + alpha[j] * both) * stiffness;
            k[j] = stiffness;
        }
    }

    /** Adds a session's compliance, net power against price, to the lower half of a stage's matrix. */
    void addCompliance(int session, double[][] rows) {
        int first = program.entry[session];
        int last = program.entry[session + 1];
        int[] position = program.entryPosition;
        for (int i = first; i < last; i++) {
            int pi = position[i];
            double[] row = rows[pi];
            row[pi] += alpha[i];
            double carried = k[i] * beta[i];
            for (int j = i - 1; j >= first; j--) {
                carried *= left[j];
                int pj = position[j];
                if (pj < pi) {
                    row[pj] -= beta[j] * carried;
                } else { // a stay over midnight
                    rows[pj][pi] -= beta[j] * carried;
                }
            }
        }
    }

    /** Adds a session's net power at the prices given to its stage's offset. */
    void addOffset(int session, double[] offset, double[] price, int at) {
        int first = program.entry[session];
        int last = program.entry[session + 1];
        int[] position = program.entryPosition;
        for (int j = first; j < last; j++) {
            double p = price[at + position[j]];
            ownSource[j] = eta * a[j] * chargeTerm[j] - b[j] * perEta * dischargeTerm[j];
            source[j] = ownSource[j] - beta[j] * p;
        }
        solveValue(session, first, last);
        for (int j = first; j < last; j++) {
            int p = at + position[j];
            offset[p] += a[j] * (chargeTerm[j] - price[p]) - b[j] * (dischargeTerm[j] + price[p]) + beta[j] * value[j];
        }
    }

    /** Solves for a session's powers and energies at the prices of its stage, after {@link #addOffset}. */
    void solve(int session, double[] price, int at) {
        int first = program.entry[session];
        int last = program.entry[session + 1];
        int[] position = program.entryPosition;
        for (int j = first; j < last; j++) {
            source[j] = ownSource[j] - beta[j] * price[at + position[j]];
        }
        solveValue(session, first, last);
        double energy = 0;
        for (int j = first; j < last; j++) {
            double p = price[at + position[j]];
            double in = a[j] * (chargeTerm[j] - p + eta * value[j]);
            double out = b[j] * (dischargeTerm[j] + p - value[j] * perEta);
            dCharge[j] = in;
            dDischarge[j] = out;
            energy += eta * in - out * perEta;
            dEnergy[j] = energy;
        }
    }

    /** Values of stored energy from the sources of each entry: forwards offsets, backwards values. */
    private void solveValue(int session, int first, int last) {
        double offset = 0;
        for (int j = first; j < last - 1; j++) { // one fused operation an entry waits for the one before
            double own = Math.fma(through[j], energyTerm[j], source[j] * left[j]);
            source[j] += offset;
            offset = Math.fma(left[j], offset, own);
        }
        double next = (missing[session] - offset - source[last - 1]) / end[session];
        value[last - 1] = next;
        for (int j = last - 2; j >= first; j--) {
            next = Math.fma(left[j], next, left[j] * energyTerm[j] - source[j] * held[j]);
            value[j] = next;
        }
    }
}
