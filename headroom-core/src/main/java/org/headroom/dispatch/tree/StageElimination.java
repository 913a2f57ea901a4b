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

    /** Place of a stage's matrix among {@link #matrices}; a stage takes over the matrix of a child over the same steps. */
    private final int[] matrix;

    private final int[] heir;
    /** Matrices in use at a time, by rows; of each the lower half is kept. */
    private final double[][][] matrices;
    /** Column of C on which a position was the pivot, per position. */
    private final double[][] columns;
    /** H: a row for each line of a stage, then for each drop. */
    private final double[][] h;

    private final int[] sigmaAt;
    private final double[] sigma;
    /** First of a stage's rows of H and of its forces and steps of X. */
    private final int[] externalAt;

    private final double[] omega;
    private final double[] x;
    /** Whether a stage has one line, no drops and no hinges: the common case, which goes without loops over X. */
    private final boolean[] plain;
    /** First cone of a stage. */
    private final int[] firstCone;

    /** Weights of the cones, 0 where a cone is not active. */
    final double[] weightA;

    final double[] weightR;
    final double[] weightD;
    /** What the pivot on a cone leaves for the solves, side by side. */
    private final double[] pivots;

    private static final int PIVOT = 8;
    private static final int COMPLIANCE = 0;
    private static final int ON_FLOW = 1;
    private static final int ON_BOTH = 2;
    private static final int ON_PEAK = 3;
    private static final int SHRINK = 4;
    private static final int SHARE = 5;
    private static final int OFFSET = 6;
    /** Element of H in plain stages; the others have rows in {@link #pivotH}. */
    private static final int PLAIN_H = 7;

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
    /** Columns of C and H of the drop at hand. */
    private final double[] dropC;

    private final double[] dropB;
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

    /** Rows and columns of nothing, which fill up the last block of a stage. */
    private final double[][] noRow = new double[BLOCK][];

    private final double[][] noColumn = new double[BLOCK][];
    /** Offsets or prices of the stage at hand. */
    private final double[] here;
    /** H in the rows of the block at hand, and the multiples of the pivots' columns by which it grows: four for each of X. */
    private final double[] blockH;

    private final double[] blockStep;
    /** Multiple of its column by which a pivot changes C, or the offsets. */
    private double pivotForce;

    private static final int DROP_SCALARS = 4;

    StageElimination(TreeProgram program, SessionChains chains) {
        this.program = program;
        this.chains = chains;
        int stages = program.stageCount;
        matrix = new int[stages];
        heir = new int[stages];
        sigmaAt = new int[stages + 1];
        externalAt = new int[stages + 1];
        plain = new boolean[stages];
        firstCone = new int[stages];
        int cones = program.base.length;
        pivotHAt = new int[cones];
        int positions = program.position[stages];
        columns = new double[positions][];
        hingeHAt = new int[positions];
        int drops = program.drop[stages];
        dropColumnsAt = new int[drops];
        dropRowsAt = new int[drops];
        int pivotHs = 0;
        int hingeHs = 0;
        int dropCols = 0;
        int dropRowCount = 0;
        int most = 1;
        int widest = 0;
        for (int s = 0; s < stages; s++) {
            int n = size(s);
            int lines = lines(s);
            int v = drops(s);
            int ext = lines + v;
            most = Math.max(most, ext);
            widest = Math.max(widest, n);
            sigmaAt[s + 1] = sigmaAt[s] + ext * ext;
            externalAt[s + 1] = externalAt[s] + ext;
            plain[s] = lines == 1 && v == 0;
            firstCone[s] = program.cone[program.line[s]];
            for (int i = 0; i < n; i++) {
                int p = program.position[s] + i;
                columns[p] = new double[padded(n)];
                plain[s] &= program.hinge[p] == 0;
                hingeHAt[p] = hingeHs;
                hingeHs += ext;
            }
            if (!plain[s]) {
                for (int c = 0; c < lines * n; c++) {
                    pivotHAt[program.cone[program.line[s]] + c] = pivotHs;
                    pivotHs += ext;
                }
            }
            for (int i = 0; i < v; i++) {
                dropColumnsAt[program.drop[s] + i] = dropCols;
                dropCols += 2 * n;
                dropRowsAt[program.drop[s] + i] = dropRowCount;
                dropRowCount += 2 * v;
            }
        }
        h = new double[externalAt[stages]][];
        for (int s = 0; s < stages; s++) {
            for (int e = externalAt[s]; e < externalAt[s + 1]; e++) {
                h[e] = new double[padded(size(s))];
            }
        }
        matrices = new double[layOutMatrices()][widest][padded(widest)];
        for (int p = 0; p < BLOCK; p++) {
            noRow[p] = new double[widest + BLOCK];
            noColumn[p] = new double[widest + BLOCK];
        }
        sigma = new double[sigmaAt[stages]];
        omega = new double[externalAt[stages]];
        x = new double[externalAt[stages]];
        weightA = new double[cones];
        weightR = new double[cones];
        weightD = new double[cones];
        pivots = new double[PIVOT * cones];
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
        dropC = new double[widest];
        dropB = new double[widest];
        dropRows = new double[dropRowCount];
        dropScalars = new double[DROP_SCALARS * drops];
        dropOffset = new double[drops];
        dropOmega = new double[drops];
        offset = new double[positions];
        price = new double[positions];
        here = new double[widest + BLOCK];
        blockH = new double[BLOCK * most];
        blockStep = new double[BLOCK * most];
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

    /** Length of a row or column with room for whole blocks. */
    private static int padded(int n) {
        return (n + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Places for the matrices, taken over from a child where the steps are the same; returns how many there are. */
    private int layOutMatrices() {
        Arrays.fill(heir, -1);
        boolean[] inherited = new boolean[program.stageCount];
        for (int s = 0; s < program.stageCount; s++) {
            int above = program.parent[s];
            if (above >= 0 && heir[above] < 0 && size(s) == size(above)) {
                heir[above] = s;
                inherited[s] = true;
            }
        }
        // stages stand children first and subtree by subtree: an own place is free again once the parent is made up
        int[] free = new int[program.stageCount];
        int freeCount = 0;
        int places = 0;
        for (int s = 0; s < program.stageCount; s++) {
            if (heir[s] >= 0) {
                matrix[s] = matrix[heir[s]];
            } else {
                matrix[s] = freeCount > 0 ? free[--freeCount] : places++;
            }
            for (int c = program.firstChild[s]; c >= 0; c = program.nextSibling[c]) {
                if (!inherited[c]) {
                    free[freeCount++] = matrix[c];
                }
            }
        }
        return places;
    }

    /** Eliminates all stages for the weights given. */
    void factor() {
        chains.factor();
        int session = 0;
        int free = 0;
        for (int s = 0; s < program.stageCount; s++) {
            int n = size(s);
            double[][] rows = matrices[matrix[s]];
            int lines = lines(s);
            int ext = lines + drops(s);
            if (heir[s] < 0) {
                for (int i = 0; i < n; i++) {
                    Arrays.fill(rows[i], 0, i + 1, 0);
                }
            }
            for (int e = externalAt[s]; e < externalAt[s + 1]; e++) {
                Arrays.fill(h[e], 0);
            }
            Arrays.fill(sigma, sigmaAt[s], sigmaAt[s + 1], 0);
            addChildren(s, rows);
            while (session < program.sessionCount && program.stageOfSession[session] == s) {
                chains.addCompliance(session++, rows);
            }
            while (free < program.freeCount && program.freePosition[free] < program.position[s + 1]) {
                int i = program.freePosition[free] - program.position[s];
                rows[i][i] += freeCompliance[free++];
            }
            for (int i = 0; i < lines; i++) {
                sigma[sigmaAt[s] + i * ext + i] = peakWeight[program.line[s] + i];
            }
            for (int i = lines; i < ext; i++) {
                sigma[sigmaAt[s] + i * ext + i] += dropWeight[program.drop[s] + i - lines];
            }
            for (int t = 0; t < n; t += BLOCK) {
                eliminateBlock(s, t, n, ext, rows);
            }
            eliminatePeaks(s, n, lines, ext, rows);
            for (int v = 0; v < drops(s); v++) {
                liftDrop(s, v, n, lines, ext, rows);
            }
        }
    }

    private void addChildren(int s, double[][] rows) {
        int lines = lines(s);
        int ext = lines + drops(s);
        int[] map = program.inParent;
        for (int c = program.firstChild[s]; c >= 0; c = program.nextSibling[c]) {
            int m = size(c);
            int first = program.position[c];
            if (heir[s] != c) {
                double[][] from = matrices[matrix[c]];
                for (int i = 0; i < m; i++) {
                    double[] row = rows[map[first + i]];
                    double[] add = from[i];
                    for (int j = 0; j <= i; j++) {
                        row[map[first + j]] += add[j];
                    }
                }
            }
            int childLines = lines(c);
            int childExt = childLines + drops(c);
            if (drops(s) == 0) { // the voltage here is given: what the drops below depend on it by is of no account
                continue;
            }
            for (int v = 0; v < drops(c); v++) {
                int up = lines + program.dropInParent[program.drop[c] + v];
                double[] row = h[externalAt[s] + up];
                double[] from = h[externalAt[c] + childLines + v];
                for (int i = 0; i < m; i++) {
                    row[map[first + i]] += from[i];
                }
                for (int w = 0; w < drops(c); w++) {
                    int upW = lines + program.dropInParent[program.drop[c] + w];
                    sigma[sigmaAt[s] + up * ext + upW] +=
                            sigma[sigmaAt[c] + (childLines + v) * childExt + childLines + w];
                }
            }
        }
    }

    /**
     * Positions t to t+3: each a pivot on one column of C. The pivots are found from the block's own rows alone; the columns in the
     * other rows and the rest of C follow once for all four. Own rows and columns are scaled by products: as differences they would
     * lose what little a stiff cone leaves of them.
     */
    private void eliminateBlock(int s, int t, int n, int ext, double[][] rows) {
        int size = Math.min(BLOCK, n - t);
        int at = program.position[s] + t;
        double[] r0 = rows[t];
        double[] r1 = size > 1 ? rows[t + 1] : noRow[1];
        double[] r2 = size > 2 ? rows[t + 2] : noRow[2];
        double[] r3 = size > 3 ? rows[t + 3] : noRow[3];
        double[] c0 = columns[at];
        double[] c1 = size > 1 ? columns[at + 1] : noColumn[1];
        double[] c2 = size > 2 ? columns[at + 2] : noColumn[2];
        double[] c3 = size > 3 ? columns[at + 3] : noColumn[3];
        for (int e = 0; e < ext; e++) {
            double[] row = h[externalAt[s] + e];
            blockH[BLOCK * e] = row[t];
            blockH[BLOCK * e + 1] = row[t + 1];
            blockH[BLOCK * e + 2] = row[t + 2];
            blockH[BLOCK * e + 3] = row[t + 3];
        }
        double b00 = r0[t];
        double b10 = r1[t];
        double b11 = r1[t + 1];
        double b20 = r2[t];
        double b21 = r2[t + 1];
        double b22 = r2[t + 2];
        double b30 = r3[t];
        double b31 = r3[t + 1];
        double b32 = r3[t + 2];
        double b33 = r3[t + 3];

        // element (i, j) of the block: bij until position j is the pivot, dij from then on
        double s0 = pivot(s, t, 0, b00, ext);
        double f0 = pivotForce;
        growH(0, ext, b00, b10, b20, b30);
        double m10 = f0 * b10;
        double m20 = f0 * b20;
        double m30 = f0 * b30;
        c0[t] = b00;
        c0[t + 1] = b10;
        c0[t + 2] = b20;
        c0[t + 3] = b30;
        b11 = Math.fma(-m10, b10, b11);
        b21 = Math.fma(-m20, b10, b21);
        b31 = Math.fma(-m30, b10, b31);
        b22 = Math.fma(-m20, b20, b22);
        b32 = Math.fma(-m30, b20, b32);
        b33 = Math.fma(-m30, b30, b33);
        double d00 = s0 * b00;
        double d10 = s0 * b10;
        double d20 = s0 * b20;
        double d30 = s0 * b30;

        double s1 = size > 1 ? pivot(s, t, 1, b11, ext) : 1;
        double f1 = size > 1 ? pivotForce : 0;
        growH(1, ext, d10, b11, b21, b31);
        double m01 = f1 * d10;
        double m21 = f1 * b21;
        double m31 = f1 * b31;
        c1[t] = d10;
        c1[t + 1] = b11;
        c1[t + 2] = b21;
        c1[t + 3] = b31;
        b22 = Math.fma(-m21, b21, b22);
        b32 = Math.fma(-m31, b21, b32);
        b33 = Math.fma(-m31, b31, b33);
        d00 = Math.fma(-m01, d10, d00);
        d20 = Math.fma(-m01, b21, d20);
        d30 = Math.fma(-m01, b31, d30);
        d10 *= s1;
        double d11 = s1 * b11;
        double d21 = s1 * b21;
        double d31 = s1 * b31;

        double s2 = size > 2 ? pivot(s, t, 2, b22, ext) : 1;
        double f2 = size > 2 ? pivotForce : 0;
        growH(2, ext, d20, d21, b22, b32);
        double m02 = f2 * d20;
        double m12 = f2 * d21;
        double m32 = f2 * b32;
        c2[t] = d20;
        c2[t + 1] = d21;
        c2[t + 2] = b22;
        c2[t + 3] = b32;
        b33 = Math.fma(-m32, b32, b33);
        d00 = Math.fma(-m02, d20, d00);
        d10 = Math.fma(-m02, d21, d10);
        d11 = Math.fma(-m12, d21, d11);
        d30 = Math.fma(-m02, b32, d30);
        d31 = Math.fma(-m12, b32, d31);
        d20 *= s2;
        d21 *= s2;
        double d22 = s2 * b22;
        double d32 = s2 * b32;

        double s3 = size > 3 ? pivot(s, t, 3, b33, ext) : 1;
        double f3 = size > 3 ? pivotForce : 0;
        growH(3, ext, d30, d31, d32, b33);
        double m03 = f3 * d30;
        double m13 = f3 * d31;
        double m23 = f3 * d32;
        c3[t] = d30;
        c3[t + 1] = d31;
        c3[t + 2] = d32;
        c3[t + 3] = b33;
        r0[t] = Math.fma(-m03, d30, d00);
        r1[t] = Math.fma(-m03, d31, d10);
        r2[t] = Math.fma(-m03, d32, d20);
        r3[t] = s3 * d30;
        r1[t + 1] = Math.fma(-m13, d31, d11);
        r2[t + 1] = Math.fma(-m13, d32, d21);
        r3[t + 1] = s3 * d31;
        r2[t + 2] = Math.fma(-m23, d32, d22);
        r3[t + 2] = s3 * d32;
        r3[t + 3] = s3 * b33;

        for (int j = 0; j < t; j++) {
            double x0 = r0[j];
            double x1 = r1[j] - m10 * x0;
            double x2 = r2[j] - m20 * x0 - m21 * x1;
            double x3 = r3[j] - m30 * x0 - m31 * x1 - m32 * x2;
            c0[j] = x0;
            c1[j] = x1;
            c2[j] = x2;
            c3[j] = x3;
            r0[j] = s0 * x0 - m01 * x1 - m02 * x2 - m03 * x3;
            r1[j] = s1 * x1 - m12 * x2 - m13 * x3;
            r2[j] = s2 * x2 - m23 * x3;
            r3[j] = s3 * x3;
        }
        for (int i = 0; i < t; i++) {
            addFour(rows[i], i + 1, c0, c1, c2, c3, -f0 * c0[i], -f1 * c1[i], -f2 * c2[i], -f3 * c3[i]);
        }
        for (int i = t + BLOCK; i < n; i++) {
            double[] row = rows[i];
            double x0 = row[t];
            double x1 = Math.fma(-m10, x0, row[t + 1]);
            double x2 = Math.fma(-m21, x1, Math.fma(-m20, x0, row[t + 2]));
            double x3 = Math.fma(-m32, x2, Math.fma(-m31, x1, Math.fma(-m30, x0, row[t + 3])));
            c0[i] = x0;
            c1[i] = x1;
            c2[i] = x2;
            c3[i] = x3;
            addFour(row, i + 1, c0, c1, c2, c3, -f0 * x0, -f1 * x1, -f2 * x2, -f3 * x3);
            row[t] = Math.fma(-m03, x3, Math.fma(-m02, x2, Math.fma(-m01, x1, s0 * x0)));
            row[t + 1] = Math.fma(-m13, x3, Math.fma(-m12, x2, s1 * x1));
            row[t + 2] = Math.fma(-m23, x3, s2 * x2);
            row[t + 3] = s3 * x3;
        }
        for (int e = 0; e < ext; e++) {
            double[] row = h[externalAt[s] + e];
            int at4 = BLOCK * e;
            addFour(row, n, c0, c1, c2, c3, blockStep[at4], blockStep[at4 + 1], blockStep[at4 + 2], blockStep[at4 + 3]);
            row[t] = blockH[at4];
            row[t + 1] = blockH[at4 + 1];
            row[t + 2] = blockH[at4 + 2];
            row[t + 3] = blockH[at4 + 3];
        }
    }

    /** One index for all arrays: only so is the loop compiled to vector instructions. */
    private static void addFour(
            double[] to,
            int n,
            double[] c0,
            double[] c1,
            double[] c2,
            double[] c3,
            double f0,
            double f1,
            double f2,
            double f3) {
        for (int j = 0; j < n; j++) {
            to[j] = Math.fma(f3, c3[j], Math.fma(f2, c2[j], Math.fma(f1, c1[j], Math.fma(f0, c0[j], to[j]))));
        }
    }

    private static void addOne(double[] to, int n, double[] column, double factor) {
        for (int j = 0; j < n; j++) {
            to[j] = Math.fma(factor, column[j], to[j]);
        }
    }

    /** The pivot's step of H in the other rows of its block, in which the pivot's column is given. */
    private void growH(int p, int ext, double c0, double c1, double c2, double c3) {
        for (int e = 0; e < ext; e++) {
            int at = BLOCK * e;
            double step = blockStep[at + p];
            double own = blockH[at + p];
            blockH[at] = Math.fma(step, c0, blockH[at]);
            blockH[at + 1] = Math.fma(step, c1, blockH[at + 1]);
            blockH[at + 2] = Math.fma(step, c2, blockH[at + 2]);
            blockH[at + 3] = Math.fma(step, c3, blockH[at + 3]);
            blockH[at + p] = own;
        }
    }

    /**
     * Position p of the block at t: returns by what its row and column shrink. Takes H there in {@link #blockH} and leaves it as it
     * is afterwards, with the steps of H in {@link #blockStep} and the multiple of the column in {@link #pivotForce}.
     *
     * <p>A cone is three springs on ΔS and ΔP: a on ΔS + rΔP, δ on ΔP, 1/C on ΔP + HΔX. The 2 x 2 matrix left on (offset, ΔS) when ΔP
     * is gone has elements f, g, k, each a product; its part on ΔS² is the sum of the springs' squared determinants.
     */
    private double pivot(int s, int t, int p, double compliance, int ext) {
        if (!plain[s]) {
            return pivotLines(s, t + p, p, compliance, ext);
        }
        int cone = firstCone[s] + t + p;
        double a = weightA[cone];
        double r = weightR[cone];
        double d = weightD[cone];
        double ar = a * r;
        double w = Math.fma(ar, r, d);
        double shrink = 1 / Math.fma(w, compliance, 1);
        double f = w * shrink;
        double g = ar * shrink;
        double now = blockH[p];
        double off = Math.fma(-r, now, 1);
        sigma[sigmaAt[s]] += (d * Math.fma(a, compliance, now * now) + a * off * off) * shrink;
        int at = PIVOT * cone;
        pivots[at + COMPLIANCE] = compliance;
        pivots[at + ON_FLOW] = f;
        pivots[at + ON_BOTH] = g;
        pivots[at + ON_PEAK] = a * shrink * Math.fma(d, compliance, 1);
        pivots[at + SHRINK] = shrink;
        pivots[at + PLAIN_H] = now;
        blockStep[p] = Math.fma(-f, now, g);
        blockH[p] = shrink * Math.fma(ar, compliance, now);
        pivotForce = f;
        return shrink;
    }

    /** {@link #pivot} for any number of lines, hinge and drops: the hinge and the cones of all lines, on one column of C. */
    private double pivotLines(int s, int i, int inBlock, double compliance, int ext) {
        double now = compliance;
        double share = 1;
        double sum = 0;
        for (int e = 0; e < ext; e++) {
            blockStep[BLOCK * e + inBlock] = 0;
        }
        int sig = sigmaAt[s];
        int p = program.position[s] + i;
        if (program.hinge[p] != 0) {
            double shrink = 1 / Math.fma(hingeWeight[p], now, 1);
            double d = hingeWeight[p] * shrink;
            hingePivotD[p] = d;
            hingePivotCompliance[p] = now;
            for (int e = 0; e < ext; e++) {
                double he = blockH[BLOCK * e + inBlock];
                hingeH[hingeHAt[p] + e] = he;
                for (int y = 0; y < ext; y++) {
                    sigma[sig + e * ext + y] += d * he * blockH[BLOCK * y + inBlock];
                }
            }
            for (int e = 0; e < ext; e++) {
                blockStep[BLOCK * e + inBlock] -= d * blockH[BLOCK * e + inBlock];
                blockH[BLOCK * e + inBlock] *= shrink;
            }
            sum = d;
            share = shrink;
            now *= shrink;
        }
        int firstLine = program.line[s];
        int lines = program.line[s + 1] - firstLine;
        for (int l = 0; l < lines; l++) {
            int cone = program.cone[firstLine + l] + i;
            double a = weightA[cone];
            double r = weightR[cone];
            double d = weightD[cone];
            double ar = a * r;
            double w = Math.fma(ar, r, d);
            double shrink = 1 / Math.fma(w, now, 1);
            double f = w * shrink;
            double g = ar * shrink;
            int at = PIVOT * cone;
            pivots[at + COMPLIANCE] = now;
            pivots[at + ON_FLOW] = f;
            pivots[at + ON_BOTH] = g;
            pivots[at + ON_PEAK] = a * shrink * Math.fma(d, now, 1);
            pivots[at + SHRINK] = shrink;
            pivots[at + SHARE] = share;
            int stored = pivotHAt[cone];
            for (int e = 0; e < ext; e++) {
                pivotH[stored + e] = blockH[BLOCK * e + inBlock];
            }
            double own = pivotH[stored + l];
            double off = Math.fma(-r, own, 1);
            int diagonal = sig + l * ext + l;
            double ownSigma = sigma[diagonal] + (d * Math.fma(a, now, own * own) + a * off * off) * shrink;
            for (int e = 0; e < ext; e++) {
                double he = pivotH[stored + e];
                double fe = f * he;
                int row = sig + e * ext;
                for (int y = 0; y < ext; y++) {
                    sigma[row + y] = Math.fma(fe, pivotH[stored + y], sigma[row + y]);
                }
                sigma[row + l] -= g * he;
                sigma[sig + l * ext + e] -= g * he;
                blockStep[BLOCK * e + inBlock] -= fe * share;
                blockH[BLOCK * e + inBlock] = shrink * he;
            }
            sigma[diagonal] = ownSigma;
            blockStep[BLOCK * l + inBlock] += g * share;
            blockH[BLOCK * l + inBlock] += g * now;
            sum += f * share * share;
            share *= shrink;
            now *= shrink;
        }
        pivotForce = sum;
        return share;
    }

    /** S last: C += hh'/σ for each line in turn, with what remains of the system of X. */
    private void eliminatePeaks(int s, int n, int lines, int ext, double[][] rows) {
        int sig = sigmaAt[s];
        for (int l = 0; l < lines; l++) {
            double inverse = 1 / sigma[sig + l * ext + l];
            double[] own = h[externalAt[s] + l];
            for (int e = l + 1; e < ext; e++) {
                double part = sigma[sig + e * ext + l] * inverse;
                for (int f = l + 1; f < ext; f++) {
                    sigma[sig + e * ext + f] -= part * sigma[sig + l * ext + f];
                }
                addOne(h[externalAt[s] + e], n, own, -part);
            }
            for (int i = 0; i < n; i++) {
                addOne(rows[i], i + 1, own, own[i] * inverse);
            }
        }
    }

    /** Takes the drop at the lower end of the stage as that at the upper end plus a resistance times the flow. */
    private void liftDrop(int s, int v, int n, int lines, int ext, double[][] rows) {
        int drop = program.drop[s] + v;
        int i = program.dropPosition[drop];
        double r = program.resistance[drop];
        if (i < 0 || r == 0) {
            return;
        }
        int own = lines + v;
        int sig = sigmaAt[s];
        double[] columnC = dropC;
        double[] columnB = dropB;
        System.arraycopy(rows[i], 0, columnC, 0, i);
        for (int j = i; j < n; j++) {
            columnC[j] = rows[j][i];
        }
        double[] ownH = h[externalAt[s] + own];
        System.arraycopy(ownH, 0, columnB, 0, n);
        System.arraycopy(columnC, 0, dropColumns, dropColumnsAt[drop], n);
        System.arraycopy(columnB, 0, dropColumns, dropColumnsAt[drop] + n, n);
        double compliance = columnC[i];
        double g = 1 + r * columnB[i];
        double stiffness = sigma[sig + own * ext + own];
        double inverse = 1 / (g * g + r * r * compliance * stiffness);
        int others = dropRowsAt[drop];
        int count = ext - lines;
        for (int y = 0; y < count; y++) {
            dropRows[others + y] = h[externalAt[s] + lines + y][i];
            dropRows[others + count + y] = sigma[sig + own * ext + lines + y];
        }
        int scalars = DROP_SCALARS * drop;
        dropScalars[scalars] = g;
        dropScalars[scalars + 1] = r * r * compliance;
        dropScalars[scalars + 2] = stiffness;
        dropScalars[scalars + 3] = inverse;
        // what multiples of the two columns, and of H and Σ of the drop, are added: those of a flow and of a force of 1
        double flowC = -r * r * stiffness * inverse;
        double both = -r * g * inverse;
        double forceB = r * r * compliance * inverse;
        for (int y = 0; y < count; y++) {
            if (y == v) {
                continue;
            }
            double hy = dropRows[others + y];
            double sy = dropRows[others + count + y];
            double ofH = both * sy - flowC * hy;
            double ofS = both * hy - forceB * sy;
            int row = sig + (lines + y) * ext + lines;
            for (int z = 0; z < count; z++) { // that of the drop itself is made anew below
                sigma[row + z] += ofH * dropRows[others + z] + ofS * dropRows[others + count + z];
            }
            double mixed = inverse * (g * sy - stiffness * r * hy);
            sigma[sig + own * ext + lines + y] = mixed;
            sigma[row + v] = mixed;
            addTwo(h[externalAt[s] + lines + y], n, columnC, columnB, flowC * hy - both * sy, both * hy - forceB * sy);
        }
        sigma[sig + own * ext + own] = stiffness * inverse;
        Arrays.fill(ownH, 0, n, 0);
        addTwo(ownH, n, columnC, columnB, r * stiffness * inverse, g * inverse);
        for (int q = 0; q < n; q++) {
            double cq = columnC[q];
            double bq = columnB[q];
            addTwo(rows[q], q + 1, columnC, columnB, flowC * cq + both * bq, both * cq + forceB * bq);
        }
    }

    private static void addTwo(double[] to, int n, double[] c0, double[] c1, double f0, double f1) {
        for (int j = 0; j < n; j++) {
            to[j] = Math.fma(f1, c1[j], Math.fma(f0, c0[j], to[j]));
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
        int om = externalAt[s];
        for (int l = 0; l < lines; l++) {
            omega[om + l] = peakTerm[program.line[s] + l];
        }
        for (int v = 0; v < drops(s); v++) {
            omega[om + lines + v] = dropTerm[program.drop[s] + v];
        }
        if (drops(s) > 0) {
            for (int c = program.firstChild[s]; c >= 0; c = program.nextSibling[c]) {
                for (int v = 0; v < drops(c); v++) {
                    omega[om + lines + program.dropInParent[program.drop[c] + v]] +=
                            omega[externalAt[c] + lines(c) + v];
                }
            }
        }
        System.arraycopy(offset, at, here, 0, n);
        Arrays.fill(here, n, n + BLOCK, 0);
        for (int t = 0; t < n; t += BLOCK) {
            upBlock(s, t, n, lines, ext);
        }
        for (int l = 0; l < lines; l++) {
            double pull = omega[om + l] / sigma[sigmaAt[s] + l * ext + l];
            for (int e = l + 1; e < ext; e++) {
                omega[om + e] -= sigma[sigmaAt[s] + e * ext + l] * pull;
            }
            addOne(here, n, h[om + l], pull);
        }
        for (int v = 0; v < drops(s); v++) {
            liftDropOffset(s, v, n, lines, ext);
        }
        if (program.parent[s] >= 0) {
            int above = program.position[program.parent[s]];
            for (int i = 0; i < n; i++) {
                offset[above + program.inParent[at + i]] += here[i];
            }
        }
    }

    private void upBlock(int s, int t, int n, int lines, int ext) {
        int size = Math.min(BLOCK, n - t);
        int at = program.position[s] + t;
        double[] c0 = columns[at];
        double[] c1 = size > 1 ? columns[at + 1] : noColumn[1];
        double[] c2 = size > 2 ? columns[at + 2] : noColumn[2];
        double[] c3 = size > 3 ? columns[at + 3] : noColumn[3];
        double o0 = pivotOffset(s, t, here[t], lines, ext);
        double f0 = pivotForce;
        double o1 = 0;
        double f1 = 0;
        if (size > 1) {
            o1 = pivotOffset(s, t + 1, Math.fma(f0, c0[t + 1], here[t + 1]), lines, ext);
            f1 = pivotForce;
        }
        double o2 = 0;
        double f2 = 0;
        if (size > 2) {
            o2 = pivotOffset(s, t + 2, Math.fma(f1, c1[t + 2], Math.fma(f0, c0[t + 2], here[t + 2])), lines, ext);
            f2 = pivotForce;
        }
        double o3 = 0;
        double f3 = 0;
        if (size > 3) {
            double from = Math.fma(f2, c2[t + 3], Math.fma(f1, c1[t + 3], Math.fma(f0, c0[t + 3], here[t + 3])));
            o3 = pivotOffset(s, t + 3, from, lines, ext);
            f3 = pivotForce;
        }
        addFour(here, n, c0, c1, c2, c3, f0, f1, f2, f3);
        here[t] = Math.fma(f3, c3[t], Math.fma(f2, c2[t], Math.fma(f1, c1[t], o0)));
        here[t + 1] = Math.fma(f3, c3[t + 1], Math.fma(f2, c2[t + 1], o1));
        here[t + 2] = Math.fma(f3, c3[t + 2], o2);
        here[t + 3] = o3;
    }

    /** One position on the way up: its own offset afterwards; the multiple of its column by which the others grow is left behind. */
    private double pivotOffset(int s, int i, double from, int lines, int ext) {
        if (!plain[s]) {
            return pivotLinesOffset(s, i, from, lines, ext);
        }
        int cone = firstCone[s] + i;
        int at = PIVOT * cone;
        double own = Math.fma(term1[cone], pivots[at + COMPLIANCE], from);
        double pull = Math.fma(-pivots[at + ON_FLOW], own, term1[cone]);
        omega[externalAt[s]] += Math.fma(pivots[at + PLAIN_H], pull, pivots[at + ON_BOTH] * own) - term0[cone];
        pivots[at + OFFSET] = own;
        pivotForce = pull;
        return own * pivots[at + SHRINK];
    }

    private double pivotLinesOffset(int s, int i, double from, int lines, int ext) {
        int p = program.position[s] + i;
        int om = externalAt[s];
        double own = from;
        double step = 0;
        if (program.hinge[p] != 0) {
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
            int at = PIVOT * cone;
            int stored = pivotHAt[cone];
            own = Math.fma(term1[cone], pivots[at + COMPLIANCE], own);
            double pull = Math.fma(-pivots[at + ON_FLOW], own, term1[cone]);
            for (int e = 0; e < ext; e++) {
                omega[om + e] = Math.fma(pivotH[stored + e], pull, omega[om + e]);
            }
            omega[om + l] += pivots[at + ON_BOTH] * own - term0[cone];
            pivots[at + OFFSET] = own;
            step = Math.fma(pull, pivots[at + SHARE], step);
            own *= pivots[at + SHRINK];
        }
        pivotForce = step;
        return own;
    }

    private void liftDropOffset(int s, int v, int n, int lines, int ext) {
        int drop = program.drop[s] + v;
        int i = program.dropPosition[drop];
        double r = program.resistance[drop];
        int om = externalAt[s] + lines;
        if (i < 0 || r == 0) {
            return;
        }
        int scalars = DROP_SCALARS * drop;
        double g = dropScalars[scalars];
        double rrc = dropScalars[scalars + 1];
        double stiffness = dropScalars[scalars + 2];
        double inverse = dropScalars[scalars + 3];
        double own = here[i];
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
            here[j] -= r * nu * dropColumns[c + j] + moved * dropColumns[b + j];
        }
    }

    private void down(int s) {
        int n = size(s);
        int at = program.position[s];
        int lines = lines(s);
        int ext = lines + drops(s);
        int xs = externalAt[s];
        int above = program.parent[s];
        if (above < 0) {
            Arrays.fill(here, 0, n, 0);
        } else {
            int from = program.position[above];
            for (int i = 0; i < n; i++) {
                here[i] = price[from + program.inParent[at + i]];
            }
        }
        Arrays.fill(here, n, n + BLOCK, 0);
        for (int v = 0; v < drops(s); v++) {
            int up = program.dropInParent[program.drop[s] + v];
            x[xs + lines + v] = above < 0 || up < 0 ? 0 : x[externalAt[above] + lines(above) + up];
        }
        for (int v = drops(s) - 1; v >= 0; v--) {
            lowerDrop(s, v, n, lines, ext);
        }
        for (int l = lines - 1; l >= 0; l--) {
            double force = dot(h[xs + l], 0, here, n) - omega[xs + l];
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
        for (int t = padded(n) - BLOCK; t >= 0; t -= BLOCK) {
            downBlock(s, t, n, lines, ext);
        }
        System.arraycopy(here, 0, price, at, n);
    }

    private void lowerDrop(int s, int v, int n, int lines, int ext) {
        int drop = program.drop[s] + v;
        int i = program.dropPosition[drop];
        double r = program.resistance[drop];
        if (i < 0 || r == 0) {
            return;
        }
        int xs = externalAt[s] + lines;
        int scalars = DROP_SCALARS * drop;
        double g = dropScalars[scalars];
        double rrc = dropScalars[scalars + 1];
        double stiffness = dropScalars[scalars + 2];
        double inverse = dropScalars[scalars + 3];
        int c = dropColumnsAt[drop];
        double flow = dropOffset[drop] - dot(dropColumns, c, here, n);
        double force = dropOmega[drop] - dot(dropColumns, c + n, here, n);
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
        here[i] += r * inverse * (stiffness * top + g * force);
    }

    private void downBlock(int s, int t, int n, int lines, int ext) {
        int size = Math.min(BLOCK, n - t);
        int at = program.position[s] + t;
        double[] c0 = columns[at];
        double[] c1 = size > 1 ? columns[at + 1] : noColumn[1];
        double[] c2 = size > 2 ? columns[at + 2] : noColumn[2];
        double[] c3 = size > 3 ? columns[at + 3] : noColumn[3];
        // two sums for each column hide the latency of the additions
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double z0 = 0;
        double z1 = 0;
        double z2 = 0;
        double z3 = 0;
        for (int j = 0; j < n; j += 2) {
            double x = here[j];
            double y = here[j + 1];
            s0 = Math.fma(c0[j], x, s0);
            z0 = Math.fma(c0[j + 1], y, z0);
            s1 = Math.fma(c1[j], x, s1);
            z1 = Math.fma(c1[j + 1], y, z1);
            s2 = Math.fma(c2[j], x, s2);
            z2 = Math.fma(c2[j + 1], y, z2);
            s3 = Math.fma(c3[j], x, s3);
            z3 = Math.fma(c3[j + 1], y, z3);
        }
        double p3 = size > 3 ? unpivot(s, t + 3, s3 + z3, c3[t + 3], lines, ext) : 0;
        double p2 = 0;
        if (size > 2) {
            p2 = unpivot(s, t + 2, Math.fma(p3, c2[t + 3], s2 + z2), c2[t + 2], lines, ext);
        }
        double p1 = 0;
        if (size > 1) {
            p1 = unpivot(s, t + 1, Math.fma(p2, c1[t + 2], Math.fma(p3, c1[t + 3], s1 + z1)), c1[t + 1], lines, ext);
        }
        double own = Math.fma(p1, c0[t + 1], Math.fma(p2, c0[t + 2], Math.fma(p3, c0[t + 3], s0 + z0)));
        here[t] += unpivot(s, t, own, c0[t], lines, ext);
        here[t + 1] += p1;
        here[t + 2] += p2;
        here[t + 3] += p3;
    }

    /** One position on the way down, from the sum of its column times the prices; returns by how much its price changes. */
    private double unpivot(int s, int i, double sum, double compliance, int lines, int ext) {
        if (!plain[s]) {
            return unpivotLines(s, i, sum, compliance, lines, ext);
        }
        int cone = firstCone[s] + i;
        int at = PIVOT * cone;
        double dPeak = x[externalAt[s]];
        double flow = Math.fma(-pivots[at + PLAIN_H], dPeak, pivots[at + OFFSET]) - sum;
        double both = pivots[at + ON_BOTH];
        double dual = Math.fma(pivots[at + ON_FLOW], flow, Math.fma(both, dPeak, -term1[cone]));
        tau[cone] = Math.fma(both, flow, pivots[at + ON_PEAK] * dPeak);
        flowDual[cone] = -dual;
        return dual;
    }

    private double unpivotLines(int s, int i, double sum, double compliance, int lines, int ext) {
        int p = program.position[s] + i;
        int xs = externalAt[s];
        double own = sum;
        double change = 0;
        for (int l = lines - 1; l >= 0; l--) {
            int cone = program.cone[program.line[s] + l] + i;
            int at = PIVOT * cone;
            double flow = pivots[at + OFFSET] - pivots[at + SHARE] * own;
            int stored = pivotHAt[cone];
            for (int e = 0; e < ext; e++) {
                flow -= pivotH[stored + e] * x[xs + e];
            }
            double both = pivots[at + ON_BOTH];
            double dual = pivots[at + ON_FLOW] * flow + both * x[xs + l] - term1[cone];
            tau[cone] = both * flow + pivots[at + ON_PEAK] * x[xs + l];
            flowDual[cone] = -dual;
            change += dual;
            own += compliance * dual;
        }
        if (program.hinge[p] != 0) {
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
    private static double dot(double[] a, int atA, double[] b, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 += a[atA + i] * b[i];
            s1 += a[atA + i + 1] * b[i + 1];
            s2 += a[atA + i + 2] * b[i + 2];
            s3 += a[atA + i + 3] * b[i + 3];
        }
        for (; i < n; i++) {
            s0 += a[atA + i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
