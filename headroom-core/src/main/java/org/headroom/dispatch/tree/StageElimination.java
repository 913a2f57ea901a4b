package org.headroom.dispatch.tree;

import java.util.Arrays;

/**
 * The stages' part of the Newton system, eliminated from the leaves to the roots and solved back (design, Sec. 7; decision 067).
 *
 * <p>What hangs below a stage answers prices π with flows P = −Cπ − HX + o, and forces on X with ΣX + ω − H'π, where C is its
 * compliance and X are what else it depends on: the peaks of the stage's lines, and voltage drops at its lower end. The cones and
 * the hinge of a position come to one spring, of weight W on ΔP + ρ'ΔX, and what they hold the peaks to each other by; that spring is
 * one pivot on one column of C, so that a run of lines costs little more than one line. All updates of C are sums of positive terms
 * or products; duals come out of the pivots, never as differences of flows.
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
    /** ρ, per cone. */
    private final double[] share;
    /** By how much an X of 1 stretches the springs when their turn comes as pivots, H − ρ: rows as those of H. */
    private final double[][] stretch;
    /** The rest of a position's weight, without what a line's peak is held by, over the whole: per cone. */
    private final double[] rest;

    private final int[] sigmaAt;
    private final double[] sigma;
    /** First of a stage's rows of H and of its forces and steps of X. */
    private final int[] externalAt;

    private final double[] omega;
    private final double[] x;
    /** Weight of the spring of a position, and its inverse; 0 where there is none. */
    private final double[] spring;

    private final double[] perSpring;

    /** Weights of the cones: of ΔS + rΔP, r, and of ΔP. */
    final double[] weightA;

    final double[] weightR;
    final double[] weightD;

    /** Positions eliminated side by side. */
    private static final int BLOCK = 4;
    /** Elements below the diagonal of a block. */
    private static final int LOWER = 6;

    /** First block of a stage. */
    private final int[] firstBlock;
    /** Multiple of its column by which a pivot changes C, and what is left of its own row: four for each block. */
    private final double[] force;

    private final double[] shrink;
    /** Rows 1, 2 and 3 of each block below its diagonal: what a position's offset loses to those before it. */
    private final double[] lower;

    /** Linear terms of a cone in the peak and in the flow. */
    final double[] term0;

    final double[] term1;
    /** New duals of a cone: of the peak, less {@link #term0} and turned round; of the flow. */
    final double[] tau;

    final double[] flowDual;

    // hinges of flows
    final double[] hingeWeight;
    final double[] hingeTerm;
    /** Step of the price of the flow above its base price. */
    final double[] hingeDual;

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
    /** Offsets when their turn comes as pivots, a row for each stage. */
    private final double[][] own;
    /** Linear terms of prices, summed from the root: what prices are without the springs' answers. */
    private final double[] given;
    /** The springs' answers to it, summed from the root: a row for each stage. */
    private final double[][] answer;
    /** The springs' prices, and the step of the peak of the first line, by position. */
    private final double[] pull;

    private final double[] stepAbove;
    /** Steps of the prices at the lower end of a stage, by position. */
    final double[] price;

    /** Rows and columns of nothing, which fill up the last block of a stage. */
    private final double[][] noRow = new double[BLOCK][];

    private final double[][] noColumn = new double[BLOCK][];
    private final double[] nothing;
    /** Offsets or prices of the stage at hand. */
    private final double[] here;
    /** Room for one or two numbers for each position of the stage at hand. */
    private final double[] work;

    private final double[] other;

    private static final int DROP_SCALARS = 4;

    StageElimination(TreeProgram program, SessionChains chains) {
        this.program = program;
        this.chains = chains;
        int stages = program.stageCount;
        matrix = new int[stages];
        heir = new int[stages];
        sigmaAt = new int[stages + 1];
        externalAt = new int[stages + 1];
        firstBlock = new int[stages + 1];
        int cones = program.base.length;
        int positions = program.position[stages];
        columns = new double[positions][];
        int drops = program.drop[stages];
        dropColumnsAt = new int[drops];
        dropRowsAt = new int[drops];
        int dropCols = 0;
        int dropRowCount = 0;
        int widest = 0;
        for (int s = 0; s < stages; s++) {
            int n = size(s);
            int lines = lines(s);
            int v = drops(s);
            int ext = lines + v;
            widest = Math.max(widest, n);
            sigmaAt[s + 1] = sigmaAt[s] + ext * ext;
            externalAt[s + 1] = externalAt[s] + ext;
            firstBlock[s + 1] = firstBlock[s] + padded(n) / BLOCK;
            for (int i = 0; i < n; i++) {
                columns[program.position[s] + i] = new double[padded(n)];
            }
            for (int i = 0; i < v; i++) {
                dropColumnsAt[program.drop[s] + i] = dropCols;
                dropCols += 2 * n;
                dropRowsAt[program.drop[s] + i] = dropRowCount;
                dropRowCount += 2 * v;
            }
        }
        nothing = new double[widest + BLOCK];
        h = new double[externalAt[stages]][];
        share = new double[cones + BLOCK];
        stretch = new double[externalAt[stages]][];
        rest = new double[cones];
        own = new double[stages][];
        answer = new double[stages][];
        for (int s = 0; s < stages; s++) {
            int room = padded(size(s));
            for (int e = externalAt[s]; e < externalAt[s + 1]; e++) {
                h[e] = new double[room];
                stretch[e] = new double[room];
            }
            own[s] = new double[room];
            answer[s] = new double[room];
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
        spring = new double[positions];
        perSpring = new double[positions];
        force = new double[BLOCK * firstBlock[stages]];
        shrink = new double[BLOCK * firstBlock[stages]];
        lower = new double[LOWER * firstBlock[stages]];
        term0 = new double[cones];
        term1 = new double[cones];
        tau = new double[cones];
        flowDual = new double[cones];
        hingeWeight = new double[positions];
        hingeTerm = new double[positions];
        hingeDual = new double[positions];
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
        pull = new double[positions];
        stepAbove = new double[positions];
        price = new double[positions];
        given = new double[positions];
        here = new double[widest + BLOCK];
        work = new double[widest + BLOCK];
        other = new double[widest + BLOCK];
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
        if (program.aligned) {
            combineSpringsOfOne();
        }
        int session = 0;
        int free = 0;
        for (int s = 0; s < program.stageCount; s++) {
            int n = size(s);
            double[][] rows = matrices[matrix[s]];
            int lines = lines(s);
            int ext = lines + drops(s);
            if (heir[s] < 0) {
                for (int i = 0; i < n; i++) {
                    Arrays.fill(rows[i], 0, padded(i + 1), 0);
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
            combineSprings(s, n, lines, ext);
            for (int i = lines; i < ext; i++) {
                sigma[sigmaAt[s] + i * ext + i] += dropWeight[program.drop[s] + i - lines];
            }
            for (int t = 0; t < n; t += BLOCK) {
                eliminateBlock(s, t, n, rows);
            }
            eliminateFromExternals(s, n, ext);
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
     * Makes one spring of the cones and the hinge at each position, and adds to Σ what is left of them between the peaks. A cone is
     * two springs, a on ΔS + rΔP and d on ΔP; when ΔP is gone that leaves the squared determinants of all pairs over W.
     */
    private void combineSprings(int s, int n, int lines, int ext) {
        int at = program.position[s];
        if (lines == 1 && program.aligned) {
            double held = peakWeight[program.line[s]];
            for (int i = at; i < at + n; i++) {
                held = Math.fma(weightA[i], rest[i], held);
            }
            sigma[sigmaAt[s]] = held;
            return;
        }
        double[] sum = work;
        for (int i = 0; i < n; i++) {
            sum[i] = hingeWeight[at + i];
        }
        for (int l = 0; l < lines; l++) {
            int cone = program.cone[program.line[s] + l];
            for (int i = 0; i < n; i++) { // in two turns: lines before it, then lines behind
                rest[cone + i] = sum[i] + weightD[cone + i];
                sum[i] += onFlow(cone + i);
            }
        }
        for (int i = 0; i < n; i++) {
            spring[at + i] = sum[i];
            perSpring[at + i] = sum[i] > 0 ? 1 / sum[i] : 0;
        }
        Arrays.fill(sum, 0, n, 0);
        for (int l = lines - 1; l >= 0; l--) {
            int cone = program.cone[program.line[s] + l];
            double held = peakWeight[program.line[s] + l];
            for (int i = 0; i < n; i++) {
                double a = weightA[cone + i];
                double per = perSpring[at + i];
                rest[cone + i] = (rest[cone + i] + sum[i]) * per;
                share[cone + i] = a * weightR[cone + i] * per;
                held += a * rest[cone + i];
                sum[i] += onFlow(cone + i);
            }
            sigma[sigmaAt[s] + l * ext + l] = held;
            for (int k = l + 1; k < lines; k++) {
                int far = program.cone[program.line[s] + k];
                double both = 0;
                for (int i = 0; i < n; i++) {
                    both -= weightA[cone + i] * weightR[cone + i] * share[far + i];
                }
                sigma[sigmaAt[s] + l * ext + k] = both;
                sigma[sigmaAt[s] + k * ext + l] = both;
            }
        }
    }

    /** The springs of all stages as if each had one line, as most have: where there are several, they are found after that. */
    private void combineSpringsOfOne() {
        for (int i = 0; i < spring.length; i++) {
            double onBoth = weightA[i] * weightR[i];
            double own = hingeWeight[i] + weightD[i];
            double sum = Math.fma(onBoth, weightR[i], own);
            double per = 1 / sum; // a cone has a weight
            spring[i] = sum;
            perSpring[i] = per;
            rest[i] = own * per;
            share[i] = onBoth * per;
        }
    }

    /** Weight of a cone on the flow, with its peak held. */
    private double onFlow(int cone) {
        double r = weightR[cone];
        return Math.fma(weightA[cone] * r, r, weightD[cone]);
    }

    /**
     * Positions t to t+3: each a pivot on one column of C. The pivots are found from the block's own rows alone; the columns in the
     * other rows and the rest of C follow once for all four. Own rows and columns are scaled by products: as differences they would
     * lose what little a stiff cone leaves of them.
     */
    private void eliminateBlock(int s, int t, int n, double[][] rows) {
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
        double w0 = spring[at];
        double s0 = 1 / Math.fma(w0, b00, 1);
        double f0 = w0 * s0;
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

        double w1 = size > 1 ? spring[at + 1] : 0;
        double s1 = 1 / Math.fma(w1, b11, 1);
        double f1 = w1 * s1;
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

        double w2 = size > 2 ? spring[at + 2] : 0;
        double s2 = 1 / Math.fma(w2, b22, 1);
        double f2 = w2 * s2;
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

        double w3 = size > 3 ? spring[at + 3] : 0;
        double s3 = 1 / Math.fma(w3, b33, 1);
        double f3 = w3 * s3;
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

        int block = firstBlock[s] + t / BLOCK;
        int four = BLOCK * block;
        force[four] = f0;
        force[four + 1] = f1;
        force[four + 2] = f2;
        force[four + 3] = f3;
        shrink[four] = s0;
        shrink[four + 1] = s1;
        shrink[four + 2] = s2;
        shrink[four + 3] = s3;
        int low = LOWER * block;
        lower[low] = m10;
        lower[low + 1] = m20;
        lower[low + 2] = m21;
        lower[low + 3] = m30;
        lower[low + 4] = m31;
        lower[low + 5] = m32;

        for (int j = 0; j < t; j++) {
            double x0 = r0[j];
            double x1 = Math.fma(-m10, x0, r1[j]);
            double x2 = Math.fma(-m21, x1, Math.fma(-m20, x0, r2[j]));
            double x3 = Math.fma(-m32, x2, Math.fma(-m31, x1, Math.fma(-m30, x0, r3[j])));
            c0[j] = x0;
            c1[j] = x1;
            c2[j] = x2;
            c3[j] = x3;
            r0[j] = Math.fma(-m03, x3, Math.fma(-m02, x2, Math.fma(-m01, x1, s0 * x0)));
            r1[j] = Math.fma(-m13, x3, Math.fma(-m12, x2, s1 * x1));
            r2[j] = Math.fma(-m23, x3, s2 * x2);
            r3[j] = s3 * x3;
        }
        for (int i = 0; i < t; i += BLOCK) {
            addToFour(rows, i, BLOCK, c0, c1, c2, c3, -f0, -f1, -f2, -f3);
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
    }

    /** Adds f c c' of four columns c to the rows of a block from i on, as many as there are, up to the block's own columns. */
    private void addToFour(
            double[][] rows,
            int i,
            int count,
            double[] c0,
            double[] c1,
            double[] c2,
            double[] c3,
            double f0,
            double f1,
            double f2,
            double f3) {
        double[] t0 = rows[i];
        double[] t1 = count > 1 ? rows[i + 1] : noRow[1];
        double[] t2 = count > 2 ? rows[i + 2] : noRow[2];
        double[] t3 = count > 3 ? rows[i + 3] : noRow[3];
        double a00 = f0 * c0[i];
        double a01 = f1 * c1[i];
        double a02 = f2 * c2[i];
        double a03 = f3 * c3[i];
        double a10 = f0 * c0[i + 1];
        double a11 = f1 * c1[i + 1];
        double a12 = f2 * c2[i + 1];
        double a13 = f3 * c3[i + 1];
        double a20 = f0 * c0[i + 2];
        double a21 = f1 * c1[i + 2];
        double a22 = f2 * c2[i + 2];
        double a23 = f3 * c3[i + 2];
        double a30 = f0 * c0[i + 3];
        double a31 = f1 * c1[i + 3];
        double a32 = f2 * c2[i + 3];
        double a33 = f3 * c3[i + 3];
        for (int j = 0; j < i + BLOCK; j++) {
            double x0 = c0[j];
            double x1 = c1[j];
            double x2 = c2[j];
            double x3 = c3[j];
            t0[j] = Math.fma(a03, x3, Math.fma(a02, x2, Math.fma(a01, x1, Math.fma(a00, x0, t0[j]))));
            t1[j] = Math.fma(a13, x3, Math.fma(a12, x2, Math.fma(a11, x1, Math.fma(a10, x0, t1[j]))));
            t2[j] = Math.fma(a23, x3, Math.fma(a22, x2, Math.fma(a21, x1, Math.fma(a20, x0, t2[j]))));
            t3[j] = Math.fma(a33, x3, Math.fma(a32, x2, Math.fma(a31, x1, Math.fma(a30, x0, t3[j]))));
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

    /** H and Σ after the pivots on all positions. */
    private void eliminateFromExternals(int s, int n, int ext) {
        int four = BLOCK * firstBlock[s];
        for (int e = 0; e < ext; e++) {
            double[] stretched = stretch[externalAt[s] + e];
            boolean line = e < lines(s);
            double[] own = h[externalAt[s] + e];
            sweep(s, n, own, line ? share : nothing, line ? program.cone[program.line[s] + e] : 0, stretched);
            Arrays.fill(own, n, padded(n), 0); // what stood beside ρ
            for (int i = 0; i < n; i++) {
                work[i] = force[four + i] * stretched[i];
            }
            for (int y = 0; y <= e; y++) {
                double sum = dot(work, 0, stretch[externalAt[s] + y], n);
                sigma[sigmaAt[s] + e * ext + y] += sum;
                if (y < e) {
                    sigma[sigmaAt[s] + y * ext + e] += sum;
                }
            }
        }
    }

    /**
     * Takes a vector of flows through the pivots of a stage.
     *
     * @param flow flows before, and after
     * @param held what the springs are stretched by less, from an index on
     * @param stretched by how much each spring is stretched when its turn comes
     */
    private void sweep(int s, int n, double[] flow, double[] held, int heldAt, double[] stretched) {
        int at = program.position[s];
        int low = LOWER * firstBlock[s];
        int four = BLOCK * firstBlock[s];
        for (int t = 0; t < n; t += BLOCK, low += LOWER, four += BLOCK) {
            int size = n - t;
            int r = heldAt + t;
            double[] c0 = columns[at + t];
            double[] c1 = size > 1 ? columns[at + t + 1] : noColumn[1];
            double[] c2 = size > 2 ? columns[at + t + 2] : noColumn[2];
            double[] c3 = size > 3 ? columns[at + t + 3] : noColumn[3];
            double o0 = flow[t] - held[r];
            double o1 = Math.fma(-lower[low], o0, flow[t + 1] - held[r + 1]);
            double o2 = Math.fma(-lower[low + 2], o1, Math.fma(-lower[low + 1], o0, flow[t + 2] - held[r + 2]));
            double o3 = Math.fma(-lower[low + 4], o1, Math.fma(-lower[low + 3], o0, flow[t + 3] - held[r + 3]));
            o3 = Math.fma(-lower[low + 5], o2, o3);
            stretched[t] = o0;
            stretched[t + 1] = o1;
            stretched[t + 2] = o2;
            stretched[t + 3] = o3;
            double p0 = -force[four] * o0;
            double p1 = -force[four + 1] * o1;
            double p2 = -force[four + 2] * o2;
            double p3 = -force[four + 3] * o3;
            addFour(flow, n, c0, c1, c2, c3, p0, p1, p2, p3);
            // own rows by products
            flow[t] =
                    Math.fma(p3, c3[t], Math.fma(p2, c2[t], Math.fma(p1, c1[t], Math.fma(shrink[four], o0, held[r]))));
            flow[t + 1] = Math.fma(p3, c3[t + 1], Math.fma(p2, c2[t + 1], Math.fma(shrink[four + 1], o1, held[r + 1])));
            flow[t + 2] = Math.fma(p3, c3[t + 2], Math.fma(shrink[four + 2], o2, held[r + 2]));
            flow[t + 3] = Math.fma(shrink[four + 3], o3, held[r + 3]);
        }
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
        }
        int l = 0;
        for (; l + 3 < lines; l += BLOCK) {
            for (int i = 0; i < n; i += BLOCK) {
                int e = externalAt[s] + l;
                addToFour(
                        rows,
                        i,
                        n - i,
                        h[e],
                        h[e + 1],
                        h[e + 2],
                        h[e + 3],
                        1 / sigma[sig + l * (ext + 1)],
                        1 / sigma[sig + (l + 1) * (ext + 1)],
                        1 / sigma[sig + (l + 2) * (ext + 1)],
                        1 / sigma[sig + (l + 3) * (ext + 1)]);
            }
        }
        for (; l < lines; l++) {
            double[] own = h[externalAt[s] + l];
            double inverse = 1 / sigma[sig + l * (ext + 1)];
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

    /** Solves for the linear terms given: steps of prices, duals, peaks, drops and sessions. */
    void solve() {
        for (int s = program.stageCount - 1; s >= 0; s--) {
            gatherTerms(s);
        }
        Arrays.fill(offset, 0);
        chains.addOffsets(offset, given);
        int free = 0;
        for (int s = 0; s < program.stageCount; s++) {
            while (free < program.freeCount && program.freePosition[free] < program.position[s + 1]) {
                int p = program.freePosition[free];
                offset[p] += freeCompliance[free] * (freeTerm[free] - given[p]);
                free++;
            }
            up(s);
        }
        for (int s = program.stageCount - 1; s >= 0; s--) {
            down(s);
        }
        settleCones();
        chains.solve(price);
    }

    /** Sums the linear terms of a stage's cones and hinges: by position, from the root on, and by line. */
    private void gatherTerms(int s) {
        int n = size(s);
        int at = program.position[s];
        int above = program.parent[s];
        int from = above < 0 ? 0 : program.position[above];
        for (int i = 0; i < n; i++) {
            given[at + i] = (above < 0 ? 0 : given[from + program.inParent[at + i]]) + hingeTerm[at + i];
        }
        for (int l = 0; l < lines(s); l++) {
            int cone = program.cone[program.line[s] + l];
            double onPeak = peakTerm[program.line[s] + l];
            for (int i = 0; i < n; i++) {
                given[at + i] -= term1[cone + i];
                onPeak -= term0[cone + i];
            }
            omega[externalAt[s] + l] = onPeak;
        }
    }

    private void up(int s) {
        int n = size(s);
        int at = program.position[s];
        int lines = lines(s);
        int ext = lines + drops(s);
        int om = externalAt[s];
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
        double[] stretched = own[s];
        sweep(s, n, here, nothing, 0, stretched);
        int four = BLOCK * firstBlock[s];
        for (int i = 0; i < n; i++) {
            work[i] = force[four + i] * stretched[i];
        }
        for (int e = 0; e < ext; e++) {
            omega[om + e] -= dot(work, 0, stretch[om + e], n);
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
            for (int i = 0; i < n; i++) {
                here[i] = answer[above][program.inParent[at + i]];
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
        System.arraycopy(own[s], 0, work, 0, padded(n));
        for (int e = 0; e < ext; e++) {
            addOne(work, n, stretch[xs + e], -x[xs + e]);
        }
        for (int t = padded(n) - BLOCK; t >= 0; t -= BLOCK) {
            downBlock(s, t, n);
        }
        System.arraycopy(here, 0, answer[s], 0, n);
        for (int i = 0; i < n; i++) {
            price[at + i] = given[at + i] + here[i];
        }
        System.arraycopy(work, 0, pull, at, n);
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

    /** Prices after those of the positions behind the block; leaves the springs' own in {@link #work}. */
    private void downBlock(int s, int t, int n) {
        int size = n - t;
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
        int block = firstBlock[s] + t / BLOCK;
        int low = LOWER * block;
        int four = BLOCK * block;
        double p3 = force[four + 3] * (work[t + 3] - (s3 + z3));
        double p2 = Math.fma(-lower[low + 5], p3, force[four + 2] * (work[t + 2] - (s2 + z2)));
        double p1 = Math.fma(-lower[low + 4], p3, force[four + 1] * (work[t + 1] - (s1 + z1)));
        double p0 = Math.fma(-lower[low + 3], p3, force[four] * (work[t] - (s0 + z0)));
        p1 = Math.fma(-lower[low + 2], p2, p1);
        p0 = Math.fma(-lower[low + 1], p2, p0);
        p0 = Math.fma(-lower[low], p1, p0);
        work[t] = p0;
        work[t + 1] = p1;
        work[t + 2] = p2;
        work[t + 3] = p3;
        here[t] += p0;
        here[t + 1] += p1;
        here[t + 2] += p2;
        here[t + 3] += p3;
    }

    /** Steps of the duals of the cones and hinges, from the springs' prices and the steps of the peaks. */
    private void settleCones() {
        if (program.aligned) {
            for (int s = 0; s < program.stageCount; s++) {
                Arrays.fill(stepAbove, program.position[s], program.position[s + 1], dPeak[program.line[s]]);
            }
            settleConesOfOne();
        }
        for (int s = 0; s < program.stageCount; s++) {
            if (lines(s) != 1 || !program.aligned) {
                settleCones(s, size(s), lines(s));
            }
        }
    }

    /** The cones and hinges of all stages as if each had one line, as most have: in two loops, each short enough to be vectorised. */
    private void settleConesOfOne() {
        for (int i = 0; i < pull.length; i++) {
            double step = stepAbove[i];
            double stretched = pull[i] * perSpring[i];
            offset[i] = Math.fma(-share[i], step, stretched);
            tau[i] = weightA[i] * Math.fma(rest[i], step, weightR[i] * stretched);
        }
        for (int i = 0; i < pull.length; i++) {
            double moved = offset[i];
            flowDual[i] = term1[i] - weightR[i] * tau[i] - weightD[i] * moved;
            hingeDual[i] = Math.fma(hingeWeight[i], moved, hingeTerm[i]);
        }
    }

    private void settleCones(int s, int n, int lines) {
        int at = program.position[s];
        int firstLine = program.line[s];
        Arrays.fill(other, 0, n, 0);
        for (int l = 0; l < lines; l++) {
            int cone = program.cone[firstLine + l];
            double step = dPeak[firstLine + l];
            for (int i = 0; i < n; i++) {
                tau[cone + i] = other[i]; // the lines before it; those behind follow
                other[i] = Math.fma(share[cone + i], step, other[i]);
            }
        }
        for (int i = 0; i < n; i++) {
            double stretched = pull[at + i] * perSpring[at + i];
            double flow = stretched - other[i];
            hingeDual[at + i] = Math.fma(hingeWeight[at + i], flow, hingeTerm[at + i]);
            work[i] = stretched;
            here[i] = flow;
        }
        Arrays.fill(other, 0, n, 0);
        for (int l = lines - 1; l >= 0; l--) {
            int cone = program.cone[firstLine + l];
            double step = dPeak[firstLine + l];
            for (int i = 0; i < n; i++) {
                double r = weightR[cone + i];
                double length = rest[cone + i] * step + r * (work[i] - (tau[cone + i] + other[i]));
                double onBoth = weightA[cone + i] * length;
                tau[cone + i] = onBoth;
                flowDual[cone + i] = term1[cone + i] - r * onBoth - weightD[cone + i] * here[i];
                other[i] = Math.fma(share[cone + i], step, other[i]);
            }
        }
    }

    /** Four sums side by side: the order of the additions is fixed, their latency is hidden. */
    static double dot(double[] a, int atA, double[] b, int n) {
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
