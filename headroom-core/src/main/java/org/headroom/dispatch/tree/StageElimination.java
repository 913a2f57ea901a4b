package org.headroom.dispatch.tree;

import java.util.Arrays;

/**
 * The stages' part of the Newton system, eliminated from the leaves to the roots and solved back (design, Sec. 7).
 *
 * <p>What hangs below a stage answers prices π with flows P = −Cπ − HX + o, and forces on X with ΣX + ω − H'π, where C is its
 * compliance and X are what else it depends on: the peaks of the stage's lines, and voltage drops at its lower end. Each cone is a
 * pivot on one column of C; those of all lines at one position share that column, so that a run of lines costs little more than one
 * line. All updates are sums of positive terms or products; duals come out of the pivots, never as differences of flows.
 */
final class StageElimination {
    private final TreeProgram program;
    private final SessionChains chains;

    /** Matrix of a stage: first element in {@link #pool}; a stage takes over the matrix of a child over the same steps. */
    private final int[] matrix;

    private final int[] heir;
    private final double[] pool;
    /** Pivot columns, n x n for each stage. */
    private final int[] columnsAt;

    private final double[] columns;
    /** H, by rows of n: one row for each line, then each drop. */
    private final int[] hAt;

    private final double[] h;
    private final int[] sigmaAt;
    private final double[] sigma;
    private final int[] omegaAt;
    private final double[] omega;
    private final double[] x;

    // cones: weights, and what a pivot leaves behind for the solves
    final double[] weightA;
    final double[] weightR;
    final double[] weightD;
    private final double[] pivotD;
    private final double[] pivotRho;
    private final double[] pivotK;
    private final double[] pivotCompliance;
    private final double[] pivotShare;
    private final double[] pivotShrink;
    private final double[] pivotOffset;
    private final int[] pivotHAt;
    private final double[] pivotH;
    /** Linear terms of a cone in the peak and in the flow. */
    final double[] term0;

    final double[] term1;
    /** New duals of a cone: of the peak, less {@link #term0} and turned round; of the flow. */
    final double[] tau;

    final double[] flowDual;

    // hinges of flows
    final double[] hingeWeight;
    final double[] hingeTerm;
    /** New price of the flow above its base price. */
    final double[] hingeDual;

    private final double[] hingePivotD;
    private final double[] hingePivotCompliance;
    private final double[] hingePivotOffset;
    private final int[] hingeHAt;
    private final double[] hingeH;

    // peaks
    final double[] peakWeight;
    final double[] peakTerm;
    final double[] dPeak;

    // free powers
    final double[] freeCompliance;
    final double[] freeTerm;

    // drops
    final double[] dropWeight;
    final double[] dropTerm;
    final double[] dDrop;
    /** Change of the force of a drop's hinge. */
    final double[] dropDual;

    private final int[] dropColumnsAt;
    private final double[] dropColumns;
    private final int[] dropRowsAt;
    private final double[] dropRows;
    private final double[] dropScalars;
    private final double[] dropOffset;
    private final double[] dropOmega;

    /** Offsets of the flows on the way up, by position. */
    private final double[] offset;
    /** New prices at the lower end of a stage, by position. */
    final double[] price;

    /** Positions eliminated side by side. */
    private static final int BLOCK = 4;

    private final double[] running;
    private final double[] force = new double[BLOCK];
    private final double[] offsetAfter = new double[BLOCK];
    private final double[] hNow;
    private final double[] hSteps;
    private final double[] hAfter;
    /** What {@link #pivot} and {@link #pivotOffset} leave: multiple of the column, factor and rest of its own element. */
    private double pivotForce;

    private double shrunk;
    private double pivotNow;

    private static final int DROP_SCALARS = 4;

    StageElimination(TreeProgram program, SessionChains chains) {
        this.program = program;
        this.chains = chains;
        int stages = program.stageCount;
        matrix = new int[stages];
        heir = new int[stages];
        columnsAt = new int[stages + 1];
        hAt = new int[stages + 1];
        sigmaAt = new int[stages + 1];
        omegaAt = new int[stages + 1];
        int cones = program.base.length;
        pivotHAt = new int[cones];
        int positions = program.position[stages];
        hingeHAt = new int[positions];
        int drops = program.drop[stages];
        dropColumnsAt = new int[drops];
        dropRowsAt = new int[drops];
        int pivotHs = 0;
        int hingeHs = 0;
        int dropCols = 0;
        int dropRowCount = 0;
        int most = 0;
        int widest = 0;
        for (int s = 0; s < stages; s++) {
            int n = size(s);
            int lines = lines(s);
            int v = drops(s);
            int ext = lines + v;
            most = Math.max(most, ext);
            widest = Math.max(widest, n);
            columnsAt[s + 1] = columnsAt[s] + n * n;
            hAt[s + 1] = hAt[s] + ext * n;
            sigmaAt[s + 1] = sigmaAt[s] + ext * ext;
            omegaAt[s + 1] = omegaAt[s] + ext;
            for (int i = 0; i < n; i++) {
                hingeHAt[program.position[s] + i] = hingeHs;
                hingeHs += ext;
            }
            for (int c = 0; c < lines * n; c++) {
                pivotHAt[program.cone[program.line[s]] + c] = pivotHs;
                pivotHs += ext;
            }
            for (int i = 0; i < v; i++) {
                dropColumnsAt[program.drop[s] + i] = dropCols;
                dropCols += 2 * n;
                dropRowsAt[program.drop[s] + i] = dropRowCount;
                dropRowCount += 2 * v;
            }
        }
        pool = new double[layOutMatrices()];
        columns = new double[columnsAt[stages]];
        h = new double[hAt[stages]];
        sigma = new double[sigmaAt[stages]];
        omega = new double[omegaAt[stages]];
        x = new double[omegaAt[stages]];
        weightA = new double[cones];
        weightR = new double[cones];
        weightD = new double[cones];
        pivotD = new double[cones];
        pivotRho = new double[cones];
        pivotK = new double[cones];
        pivotCompliance = new double[cones];
        pivotShare = new double[cones];
        pivotShrink = new double[cones];
        pivotOffset = new double[cones];
        pivotH = new double[pivotHs];
        term0 = new double[cones];
        term1 = new double[cones];
        tau = new double[cones];
        flowDual = new double[cones];
        hingeWeight = new double[positions];
        hingeTerm = new double[positions];
        hingeDual = new double[positions];
        hingePivotD = new double[positions];
        hingePivotCompliance = new double[positions];
        hingePivotOffset = new double[positions];
        hingeH = new double[hingeHs];
        int peaks = program.line[stages];
        peakWeight = new double[peaks];
        peakTerm = new double[peaks];
        dPeak = new double[peaks];
        freeCompliance = new double[program.freeCount];
        freeTerm = new double[program.freeCount];
        dropWeight = new double[drops];
        dropTerm = new double[drops];
        dDrop = new double[drops];
        dropDual = new double[drops];
        dropColumns = new double[dropCols];
        dropRows = new double[dropRowCount];
        dropScalars = new double[DROP_SCALARS * drops];
        dropOffset = new double[drops];
        dropOmega = new double[drops];
        offset = new double[positions];
        price = new double[positions];
        hNow = new double[most];
        hSteps = new double[BLOCK * most];
        hAfter = new double[BLOCK * most];
        running = new double[BLOCK * widest];
    }

    private int size(int stage) {
        return program.position[stage + 1] - program.position[stage];
    }

    private int lines(int stage) {
        return program.line[stage + 1] - program.line[stage];
    }

    private int drops(int stage) {
        return program.drop[stage + 1] - program.drop[stage];
    }

    /** Places for the matrices: taken over from a child where the steps are the same, or the first free one that fits. */
    private int layOutMatrices() {
        Arrays.fill(heir, -1);
        int[] child = new int[program.stageCount];
        Arrays.fill(child, -1);
        for (int s = 0; s < program.stageCount; s++) {
            int above = program.parent[s];
            if (above >= 0 && child[above] < 0 && size(s) == size(above)) {
                child[above] = s;
                heir[above] = s;
            }
        }
        // stages stand children first and subtree by subtree, so that places are a stack
        int top = 0;
        int highest = 0;
        int[] open = new int[program.stageCount];
        int openCount = 0;
        for (int s = 0; s < program.stageCount; s++) {
            int last = openCount;
            while (last > 0 && program.parent[open[last - 1]] == s) {
                last--;
            }
            if (heir[s] >= 0) {
                matrix[s] = matrix[heir[s]];
            } else {
                matrix[s] = top;
                top += size(s) * size(s);
            }
            highest = Math.max(highest, top);
            openCount = last;
            open[openCount++] = s;
            top = 0;
            for (int i = 0; i < openCount; i++) {
                top = Math.max(top, matrix[open[i]] + size(open[i]) * size(open[i]));
            }
        }
        return highest;
    }

    /** Eliminates all stages for the weights given. */
    void factor() {
        chains.factor();
        int session = 0;
        int free = 0;
        for (int s = 0; s < program.stageCount; s++) {
            int n = size(s);
            int at = matrix[s];
            int lines = lines(s);
            int ext = lines + drops(s);
            if (heir[s] < 0) {
                Arrays.fill(pool, at, at + n * n, 0);
            }
            Arrays.fill(h, hAt[s], hAt[s + 1], 0);
            Arrays.fill(sigma, sigmaAt[s], sigmaAt[s + 1], 0);
            addChildren(s);
            while (session < program.sessionCount && program.stageOfSession[session] == s) {
                chains.addCompliance(session++, pool, at, n);
            }
            while (free < program.freeCount && program.freePosition[free] < program.position[s + 1]) {
                int i = program.freePosition[free] - program.position[s];
                pool[at + i * n + i] += freeCompliance[free++];
            }
            for (int i = 0; i < lines; i++) {
                sigma[sigmaAt[s] + i * ext + i] = peakWeight[program.line[s] + i];
            }
            for (int i = lines; i < ext; i++) {
                sigma[sigmaAt[s] + i * ext + i] += dropWeight[program.drop[s] + i - lines];
            }
            for (int t = 0; t < n; t += BLOCK) {
                eliminateBlock(s, t, Math.min(BLOCK, n - t), n, ext);
            }
            eliminatePeaks(s, n, lines, ext);
            for (int v = 0; v < drops(s); v++) {
                liftDrop(s, v, n, lines, ext);
            }
        }
    }

    private void addChildren(int s) {
        int n = size(s);
        int at = matrix[s];
        int lines = lines(s);
        int ext = lines + drops(s);
        for (int c = program.firstChild[s]; c >= 0; c = program.nextSibling[c]) {
            int m = size(c);
            int[] map = program.inParent;
            int first = program.position[c];
            if (heir[s] != c) {
                for (int i = 0; i < m; i++) {
                    int row = at + map[first + i] * n;
                    int from = matrix[c] + i * m;
                    for (int j = 0; j <= i; j++) {
                        pool[row + map[first + j]] += pool[from + j];
                    }
                }
            }
            int childLines = lines(c);
            int childExt = childLines + drops(c);
            for (int v = 0; v < drops(c); v++) {
                if (program.dropInParent[program.drop[c] + v] < 0) {
                    continue; // at the substation, whose voltage is given
                }
                int up = lines + program.dropInParent[program.drop[c] + v];
                int row = hAt[s] + up * n;
                int from = hAt[c] + (childLines + v) * m;
                for (int i = 0; i < m; i++) {
                    h[row + map[first + i]] += h[from + i];
                }
                for (int w = 0; w < drops(c); w++) {
                    int upW = lines + program.dropInParent[program.drop[c] + w];
                    sigma[sigmaAt[s] + up * ext + upW] +=
                            sigma[sigmaAt[c] + (childLines + v) * childExt + childLines + w];
                }
            }
        }
    }

    /** Positions t to t+size-1: each a pivot on one column of C; the rest of C follows once for all of them. */
    private void eliminateBlock(int s, int t, int size, int n, int ext) {
        int at = matrix[s];
        int first = columnsAt[s] + t * n;
        for (int p = 0; p < size; p++) {
            loadColumn(at, t + p, n, p * n);
        }
        boolean still = true;
        for (int p = 0; p < size; p++) {
            int c = first + p * n;
            System.arraycopy(running, p * n, columns, c, n);
            for (int e = 0; e < ext; e++) {
                double now = h[hAt[s] + e * n + t + p];
                for (int q = 0; q < p; q++) {
                    now += hSteps[q * ext + e] * columns[first + q * n + t + p];
                }
                hNow[e] = now;
            }
            pivot(s, t + p, columns[c + t + p], p * ext, ext);
            force[p] = pivotForce;
            still &= pivotForce == 0;
            if (pivotForce == 0) {
                continue;
            }
            for (int q = 0; q < size; q++) {
                if (q != p) {
                    double x = columns[c + t + q];
                    subtract(running, q * n, columns, c, pivotForce * x, n);
                    running[q * n + t + p] = shrunk * x;
                }
            }
            for (int j = 0; j < n; j++) {
                running[p * n + j] = shrunk * columns[c + j];
            }
            running[p * n + t + p] = pivotNow;
            for (int e = 0; e < ext; e++) {
                hAfter[p * ext + e] = hNow[e];
            }
        }
        if (still) {
            return;
        }
        for (int p = size; p < BLOCK; p++) {
            force[p] = 0;
        }
        int c1 = first + (size > 1 ? n : 0);
        int c2 = first + (size > 2 ? 2 * n : 0);
        int c3 = first + (size > 3 ? 3 * n : 0);
        for (int i = 0; i < n; i++) {
            subtractFour(
                    at + i * n,
                    i + 1,
                    first,
                    c1,
                    c2,
                    c3,
                    -force[0] * columns[first + i],
                    -force[1] * columns[c1 + i],
                    -force[2] * columns[c2 + i],
                    -force[3] * columns[c3 + i]);
        }
        for (int p = 0; p < size; p++) {
            if (force[p] != 0) {
                storeColumn(at, t + p, n, p * n);
            }
        }
        for (int e = 0; e < ext; e++) {
            int row = hAt[s] + e * n;
            for (int p = 0; p < size; p++) {
                if (force[p] != 0) {
                    subtract(h, row, columns, first + p * n, -hSteps[p * ext + e], n);
                }
            }
            for (int p = 0; p < size; p++) {
                if (force[p] != 0) {
                    double now = hAfter[p * ext + e];
                    for (int q = p + 1; q < size; q++) {
                        now += hSteps[q * ext + e] * columns[first + q * n + t + p];
                    }
                    h[row + t + p] = now;
                }
            }
        }
    }

    /** Column i of a matrix of which the lower half is kept. */
    private void loadColumn(int at, int i, int n, int to) {
        System.arraycopy(pool, at + i * n, running, to, i + 1);
        for (int j = i + 1; j < n; j++) {
            running[to + j] = pool[at + j * n + i];
        }
    }

    private void storeColumn(int at, int i, int n, int from) {
        System.arraycopy(running, from, pool, at + i * n, i + 1);
        for (int j = i + 1; j < n; j++) {
            pool[at + j * n + i] = running[from + j];
        }
    }

    private static void subtract(double[] to, int atTo, double[] column, int at, double factor, int n) {
        for (int j = 0; j < n; j++) {
            to[atTo + j] -= factor * column[at + j];
        }
    }

    private void subtractFour(
            int row, int n, int c0, int c1, int c2, int c3, double f0, double f1, double f2, double f3) {
        for (int j = 0; j < n; j++) {
            double two = Math.fma(f1, columns[c1 + j], f0 * columns[c0 + j]);
            double four = Math.fma(f3, columns[c3 + j], f2 * columns[c2 + j]);
            pool[row + j] += two + four;
        }
    }

    /**
     * One position: its hinge and the cones of all lines, on one column of C. Takes H there in {@link #hNow} and leaves it as it
     * is afterwards, with the multiples of the column by which H grows.
     */
    private void pivot(int s, int i, double compliance, int steps, int ext) {
        double now = compliance;
        double share = 1;
        double sum = 0;
        for (int e = 0; e < ext; e++) {
            hSteps[steps + e] = 0;
        }
        int sig = sigmaAt[s];
        int p = program.position[s] + i;
        if (program.priced[p]) {
            double weak = 1 / (1 + hingeWeight[p] * now);
            double d = hingeWeight[p] * weak;
            hingePivotD[p] = d;
            hingePivotCompliance[p] = now;
            for (int e = 0; e < ext; e++) {
                hingeH[hingeHAt[p] + e] = hNow[e];
                for (int f = 0; f < ext; f++) {
                    sigma[sig + e * ext + f] += d * hNow[e] * hNow[f];
                }
            }
            for (int e = 0; e < ext; e++) {
                double step = -d * hNow[e];
                hSteps[steps + e] += step;
                hNow[e] += step * now;
            }
            sum = d;
            share = weak;
            now *= weak;
        }
        int firstLine = program.line[s];
        int lines = program.line[s + 1] - firstLine;
        for (int l = 0; l < lines; l++) {
            int cone = program.cone[firstLine + l] + i;
            if (!program.active[cone]) {
                continue;
            }
            double weak = 1 / (1 + weightD[cone] * now);
            double d = weightD[cone] * weak;
            double rho = weightR[cone] * weak;
            double k = weightA[cone] / (1 + weightA[cone] * weightR[cone] * rho * now);
            double f = d + k * rho * rho;
            pivotD[cone] = d;
            pivotRho[cone] = rho;
            pivotK[cone] = k;
            pivotCompliance[cone] = now;
            pivotShare[cone] = share;
            int stored = pivotHAt[cone];
            for (int e = 0; e < ext; e++) {
                pivotH[stored + e] = hNow[e];
            }
            for (int e = 0; e < ext; e++) {
                double ve = k * ((e == l ? 1 : 0) - rho * hNow[e]);
                double de = d * hNow[e];
                int sigmaRow = sig + e * ext;
                for (int g = 0; g < ext; g++) {
                    sigma[sigmaRow + g] += de * hNow[g] + ve * ((g == l ? 1 : 0) - rho * hNow[g]);
                }
            }
            for (int e = 0; e < ext; e++) {
                double step = (e == l ? k * rho : 0) - f * hNow[e];
                hSteps[steps + e] += step * share;
                hNow[e] += step * now;
            }
            sum += f * share * share;
            double shrink = k * weak / weightA[cone];
            pivotShrink[cone] = shrink;
            share *= shrink;
            now *= shrink;
        }
        pivotForce = sum;
        shrunk = share;
        pivotNow = now;
    }

    /** S last: C += hh'/σ for each line in turn, with what remains of the system of X. */
    private void eliminatePeaks(int s, int n, int lines, int ext) {
        int at = matrix[s];
        int sig = sigmaAt[s];
        for (int l = 0; l < lines; l++) {
            double inverse = 1 / sigma[sig + l * ext + l];
            int hRow = hAt[s] + l * n;
            for (int e = l + 1; e < ext; e++) {
                double part = sigma[sig + e * ext + l] * inverse;
                for (int f = l + 1; f < ext; f++) {
                    sigma[sig + e * ext + f] -= part * sigma[sig + l * ext + f];
                }
                int other = hAt[s] + e * n;
                for (int j = 0; j < n; j++) {
                    h[other + j] -= part * h[hRow + j];
                }
            }
            for (int r = 0; r < n; r++) {
                subtract(pool, at + r * n, h, hRow, -h[hRow + r] * inverse, r + 1);
            }
        }
    }

    /** Takes the drop at the lower end of the stage as that at the upper end plus a resistance times the flow. */
    private void liftDrop(int s, int v, int n, int lines, int ext) {
        int drop = program.drop[s] + v;
        int i = program.dropPosition[drop];
        double r = program.resistance[drop];
        if (i < 0 || r == 0) {
            return;
        }
        int at = matrix[s];
        int own = lines + v;
        int sig = sigmaAt[s];
        int c = dropColumnsAt[drop];
        int b = c + n;
        loadColumn(at, i, n, 0);
        System.arraycopy(running, 0, dropColumns, c, n);
        System.arraycopy(h, hAt[s] + own * n, dropColumns, b, n);
        double compliance = dropColumns[c + i];
        double g = 1 + r * dropColumns[b + i];
        double stiffness = sigma[sig + own * ext + own];
        double inverse = 1 / (g * g + r * r * compliance * stiffness);
        int rows = dropRowsAt[drop];
        int count = ext - lines;
        for (int y = 0; y < count; y++) {
            dropRows[rows + y] = h[hAt[s] + (lines + y) * n + i];
            dropRows[rows + count + y] = sigma[sig + own * ext + lines + y];
        }
        int scalars = DROP_SCALARS * drop;
        dropScalars[scalars] = g;
        dropScalars[scalars + 1] = r * r * compliance;
        dropScalars[scalars + 2] = stiffness;
        dropScalars[scalars + 3] = inverse;
        // the other drops
        for (int y = 0; y < count; y++) {
            if (y == v) {
                continue;
            }
            double hy = dropRows[rows + y];
            double sy = dropRows[rows + count + y];
            for (int z = 0; z < count; z++) {
                if (z == v) {
                    continue;
                }
                double hz = dropRows[rows + z];
                double sz = dropRows[rows + count + z];
                sigma[sig + (lines + y) * ext + lines + z] += inverse
                        * (r * r * stiffness * hy * hz - r * g * (hy * sz + sy * hz) - r * r * compliance * sy * sz);
            }
            double mixed = inverse * (g * sy - stiffness * r * hy);
            sigma[sig + own * ext + lines + y] = mixed;
            sigma[sig + (lines + y) * ext + own] = mixed;
            int row = hAt[s] + (lines + y) * n;
            double ofC = inverse * (-r * hy * r * stiffness + sy * r * g);
            double ofB = inverse * (-r * hy * g - sy * r * r * compliance);
            for (int j = 0; j < n; j++) {
                h[row + j] += ofC * dropColumns[c + j] + ofB * dropColumns[b + j];
            }
        }
        sigma[sig + own * ext + own] = stiffness * inverse;
        double ofC = r * stiffness * inverse;
        double ofB = g * inverse;
        int row = hAt[s] + own * n;
        for (int j = 0; j < n; j++) {
            h[row + j] = ofC * dropColumns[c + j] + ofB * dropColumns[b + j];
        }
        for (int q = 0; q < n; q++) {
            double cq = dropColumns[c + q];
            double bq = dropColumns[b + q];
            double onC = -r * inverse * (r * stiffness * cq + g * bq);
            double onB = -r * inverse * (g * cq - r * compliance * bq);
            int target = at + q * n;
            for (int j = 0; j <= q; j++) {
                pool[target + j] += onC * dropColumns[c + j] + onB * dropColumns[b + j];
            }
        }
    }

    /** Solves for the linear terms given: new prices and duals, and steps of peaks, drops and sessions. */
    void solve() {
        Arrays.fill(offset, 0);
        int session = 0;
        int free = 0;
        for (int s = 0; s < program.stageCount; s++) {
            session = gatherSessions(s, session);
            while (free < program.freeCount && program.freePosition[free] < program.position[s + 1]) {
                offset[program.freePosition[free]] += freeCompliance[free] * freeTerm[free];
                free++;
            }
            up(s);
        }
        for (int s = program.stageCount - 1; s >= 0; s--) {
            down(s);
        }
        for (int i = 0; i < program.sessionCount; i++) {
            chains.solve(i, price, program.position[program.stageOfSession[i]]);
        }
    }

    private int gatherSessions(int s, int from) {
        int session = from;
        while (session < program.sessionCount && program.stageOfSession[session] == s) {
            chains.addOffset(session++, offset, program.position[s]);
        }
        return session;
    }

    private void up(int s) {
        int n = size(s);
        int at = program.position[s];
        int lines = lines(s);
        int ext = lines + drops(s);
        int om = omegaAt[s];
        for (int l = 0; l < lines; l++) {
            omega[om + l] = peakTerm[program.line[s] + l];
        }
        for (int v = 0; v < drops(s); v++) {
            omega[om + lines + v] = dropTerm[program.drop[s] + v];
        }
        for (int c = program.firstChild[s]; c >= 0; c = program.nextSibling[c]) {
            int first = program.position[c];
            for (int i = 0; i < size(c); i++) {
                offset[at + program.inParent[first + i]] += offset[first + i];
            }
            for (int v = 0; v < drops(c); v++) {
                int up = program.dropInParent[program.drop[c] + v];
                if (up >= 0) {
                    omega[om + lines + up] += omega[omegaAt[c] + lines(c) + v];
                }
            }
        }
        for (int t = 0; t < n; t += BLOCK) {
            upBlock(s, t, Math.min(BLOCK, n - t), n, lines, ext);
        }
        for (int l = 0; l < lines; l++) {
            double inverse = 1 / sigma[sigmaAt[s] + l * ext + l];
            double pull = omega[om + l] * inverse;
            for (int e = l + 1; e < ext; e++) {
                omega[om + e] -= sigma[sigmaAt[s] + e * ext + l] * pull;
            }
            int row = hAt[s] + l * n;
            subtract(offset, at, h, row, -pull, n);
        }
        for (int v = 0; v < drops(s); v++) {
            liftDropOffset(s, v, n, lines, ext);
        }
    }

    private void upBlock(int s, int t, int size, int n, int lines, int ext) {
        int at = program.position[s];
        int first = columnsAt[s] + t * n;
        for (int p = 0; p < size; p++) {
            double own = offset[at + t + p];
            for (int q = 0; q < p; q++) {
                own += force[q] * columns[first + q * n + t + p];
            }
            pivotOffset(s, t + p, own, lines, ext);
            force[p] = pivotForce;
            offsetAfter[p] = pivotNow;
        }
        for (int p = size; p < BLOCK; p++) {
            force[p] = 0;
        }
        int c1 = first + (size > 1 ? n : 0);
        int c2 = first + (size > 2 ? 2 * n : 0);
        int c3 = first + (size > 3 ? 3 * n : 0);
        double f0 = force[0];
        double f1 = force[1];
        double f2 = force[2];
        double f3 = force[3];
        for (int j = 0; j < n; j++) {
            double two = Math.fma(f1, columns[c1 + j], f0 * columns[first + j]);
            double four = Math.fma(f3, columns[c3 + j], f2 * columns[c2 + j]);
            offset[at + j] += two + four;
        }
        for (int p = 0; p < size; p++) {
            double own = offsetAfter[p];
            for (int q = p + 1; q < size; q++) {
                own += force[q] * columns[first + q * n + t + p];
            }
            offset[at + t + p] = own;
        }
    }

    /** One position on the way up: the multiple of its column by which the offsets grow, and its own offset afterwards. */
    private void pivotOffset(int s, int i, double from, int lines, int ext) {
        int p = program.position[s] + i;
        int om = omegaAt[s];
        double own = from;
        double step = 0;
        if (program.priced[p]) {
            double linear = hingeTerm[p]; // shifts the price
            own -= linear * hingePivotCompliance[p];
            step = -linear - hingePivotD[p] * own;
            for (int e = 0; e < ext; e++) {
                omega[om + e] += step * hingeH[hingeHAt[p] + e];
            }
            hingePivotOffset[p] = own;
            own /= 1 + hingeWeight[p] * hingePivotCompliance[p];
        }
        for (int l = 0; l < lines; l++) {
            int cone = program.cone[program.line[s] + l] + i;
            if (!program.active[cone]) {
                continue;
            }
            double k = pivotK[cone];
            double rho = pivotRho[cone];
            double f = pivotD[cone] + k * rho * rho;
            int stored = pivotHAt[cone];
            own += term1[cone] * pivotCompliance[cone];
            double pull = term1[cone] - f * own;
            for (int e = 0; e < ext; e++) {
                omega[om + e] += pivotH[stored + e] * pull;
            }
            omega[om + l] += k * rho * own - term0[cone];
            pivotOffset[cone] = own;
            step += pull * pivotShare[cone];
            own *= pivotShrink[cone];
        }
        pivotForce = step;
        pivotNow = own;
    }

    private void liftDropOffset(int s, int v, int n, int lines, int ext) {
        int drop = program.drop[s] + v;
        int i = program.dropPosition[drop];
        double r = program.resistance[drop];
        int at = program.position[s];
        int om = omegaAt[s] + lines;
        if (i < 0 || r == 0) {
            return;
        }
        int scalars = DROP_SCALARS * drop;
        double g = dropScalars[scalars];
        double rrc = dropScalars[scalars + 1];
        double stiffness = dropScalars[scalars + 2];
        double inverse = dropScalars[scalars + 3];
        double own = offset[at + i];
        double force = omega[om + v];
        dropOffset[drop] = own;
        dropOmega[drop] = force;
        double nu = inverse * (stiffness * r * own + g * force);
        double moved = inverse * (g * r * own - rrc * force);
        int rows = dropRowsAt[drop];
        int count = ext - lines;
        for (int y = 0; y < count; y++) {
            if (y != v) {
                omega[om + y] += -r * dropRows[rows + y] * nu + dropRows[rows + count + y] * moved;
            }
        }
        omega[om + v] = nu;
        int c = dropColumnsAt[drop];
        int b = c + n;
        for (int j = 0; j < n; j++) {
            offset[at + j] -= r * nu * dropColumns[c + j] + moved * dropColumns[b + j];
        }
    }

    private void down(int s) {
        int n = size(s);
        int at = program.position[s];
        int lines = lines(s);
        int ext = lines + drops(s);
        int xs = omegaAt[s];
        int above = program.parent[s];
        for (int i = 0; i < n; i++) {
            price[at + i] = above < 0 ? 0 : price[program.position[above] + program.inParent[at + i]];
        }
        for (int v = 0; v < drops(s); v++) {
            int up = program.dropInParent[program.drop[s] + v];
            x[xs + lines + v] = above < 0 || up < 0 ? 0 : x[omegaAt[above] + lines(above) + up];
        }
        for (int v = drops(s) - 1; v >= 0; v--) {
            lowerDrop(s, v, n, lines, ext);
        }
        for (int l = lines - 1; l >= 0; l--) {
            int row = hAt[s] + l * n;
            double force = dot(h, row, price, at, n) - omega[xs + l];
            for (int e = l + 1; e < ext; e++) {
                force -= sigma[sigmaAt[s] + l * ext + e] * x[xs + e];
            }
            x[xs + l] = force / sigma[sigmaAt[s] + l * ext + l];
            dPeak[program.line[s] + l] = x[xs + l];
        }
        for (int v = 0; v < drops(s); v++) {
            int drop = program.drop[s] + v;
            dDrop[drop] = x[xs + lines + v];
            dropDual[drop] = dropWeight[drop] * dDrop[drop] + dropTerm[drop];
        }
        for (int t = (n - 1) / BLOCK * BLOCK; t >= 0 && n > 0; t -= BLOCK) {
            downBlock(s, t, Math.min(BLOCK, n - t), n, lines, ext);
        }
    }

    private void lowerDrop(int s, int v, int n, int lines, int ext) {
        int drop = program.drop[s] + v;
        int i = program.dropPosition[drop];
        double r = program.resistance[drop];
        if (i < 0 || r == 0) {
            return;
        }
        int at = program.position[s];
        int xs = omegaAt[s] + lines;
        int scalars = DROP_SCALARS * drop;
        double g = dropScalars[scalars];
        double rrc = dropScalars[scalars + 1];
        double stiffness = dropScalars[scalars + 2];
        double inverse = dropScalars[scalars + 3];
        int c = dropColumnsAt[drop];
        double flow = dropOffset[drop] - dot(dropColumns, c, price, at, n);
        double force = dropOmega[drop] - dot(dropColumns, c + n, price, at, n);
        int rows = dropRowsAt[drop];
        int count = ext - lines;
        for (int y = 0; y < count; y++) {
            if (y != v) {
                flow -= dropRows[rows + y] * x[xs + y];
                force += dropRows[rows + count + y] * x[xs + y];
            }
        }
        double top = x[xs + v] + r * flow;
        x[xs + v] = inverse * (g * top - rrc * force);
        price[at + i] += r * inverse * (stiffness * top + g * force);
    }

    private void downBlock(int s, int t, int size, int n, int lines, int ext) {
        int at = program.position[s];
        int first = columnsAt[s] + t * n;
        int c1 = first + (size > 1 ? n : 0);
        int c2 = first + (size > 2 ? 2 * n : 0);
        int c3 = first + (size > 3 ? 3 * n : 0);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int j = 0; j < n; j++) {
            double x = price[at + j];
            s0 = Math.fma(columns[first + j], x, s0);
            s1 = Math.fma(columns[c1 + j], x, s1);
            s2 = Math.fma(columns[c2 + j], x, s2);
            s3 = Math.fma(columns[c3 + j], x, s3);
        }
        force[0] = s0;
        force[1] = s1;
        force[2] = s2;
        force[3] = s3;
        for (int p = size - 1; p >= 0; p--) {
            double own = force[p];
            for (int q = p + 1; q < size; q++) {
                own += offsetAfter[q] * columns[first + p * n + t + q];
            }
            offsetAfter[p] = unpivot(s, t + p, own, columns[first + p * n + t + p], lines, ext);
            price[at + t + p] += offsetAfter[p];
        }
    }

    /** One position on the way down, from the sum of its column times the prices; returns by how much its price changes. */
    private double unpivot(int s, int i, double sum, double compliance, int lines, int ext) {
        int p = program.position[s] + i;
        int xs = omegaAt[s];
        double own = sum;
        double change = 0;
        for (int l = lines - 1; l >= 0; l--) {
            int cone = program.cone[program.line[s] + l] + i;
            if (!program.active[cone]) {
                continue;
            }
            double flow = pivotOffset[cone] - pivotShare[cone] * own;
            int stored = pivotHAt[cone];
            for (int e = 0; e < ext; e++) {
                flow -= pivotH[stored + e] * x[xs + e];
            }
            double rho = pivotRho[cone];
            double t = pivotK[cone] * (x[xs + l] + rho * flow);
            double dual = pivotD[cone] * flow + rho * t - term1[cone];
            tau[cone] = t;
            flowDual[cone] = -dual;
            change += dual;
            own += compliance * dual;
        }
        if (program.priced[p]) {
            double flow = hingePivotOffset[p] - own;
            int stored = hingeHAt[p];
            for (int e = 0; e < ext; e++) {
                flow -= hingeH[stored + e] * x[xs + e];
            }
            hingeDual[p] = hingePivotD[p] * flow + hingeTerm[p];
            change += hingeDual[p];
        }
        return change;
    }

    /** Four sums side by side: the order of the additions is fixed, their latency is hidden. */
    private static double dot(double[] a, int atA, double[] b, int atB, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 += a[atA + i] * b[atB + i];
            s1 += a[atA + i + 1] * b[atB + i + 1];
            s2 += a[atA + i + 2] * b[atB + i + 2];
            s3 += a[atA + i + 3] * b[atB + i + 3];
        }
        for (; i < n; i++) {
            s0 += a[atA + i] * b[atB + i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
