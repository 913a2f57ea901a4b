package org.headroom.dispatch;

import java.util.Arrays;

/**
 * A dual simplex for the cars of one home, on arrays that are used again from home to home.
 *
 * <p>What it decides are powers: a car's charge or discharge in one step, or what the home takes in one step. A power is cut into
 * pieces, from 0 up, each dearer than the one before; so the pieces below are full and those above are empty, and one piece of a
 * power at most is basic. Rows are of two kinds. An <em>energy row</em> says what a car has stored at the end of one of its steps;
 * departure has one from the start, the others are added where a solve leaves the battery's limits, for few of them bind. A
 * <em>step row</em> ties what a home takes to what its cars do, and is there only in steps whose price depends on it.
 *
 * <p>Every piece has two costs. The second decides where the first leaves a tie: ratios are compared in pairs, so the vertex
 * found is the lexicographic optimum. Since all powers are bounded, the first basis is dual feasible wherever it starts. A pivot
 * passes every piece that can be filled or emptied on the way (long step), so a car's merit order is one pivot. The inverse of
 * the basis is kept as a dense array: rows are few.
 */
final class HomeSimplex {
    private static final int NONE = -1;
    /** Costs closer than this share of the largest are equal: rounding, not a price. */
    private static final double COST_ROUNDING = 1e-12;
    /** The same for second costs, which are further from one another. */
    private static final double RANK_ROUNDING = 1e-10;
    /** Powers and energies closer than this share of the largest are equal. */
    private static final double POWER_ROUNDING = 1e-12;
    /** Smallest entry of the basis to divide by. */
    private static final double PIVOT = 1e-9;
    /** A departure may be missed by this share of the largest number before it counts as out of reach. */
    private static final double REACH = 1e-8;
    /** Pivots after which the inverse is computed afresh. */
    private static final int REFRESH = 60;

    private int cars;
    // of cars
    /** First slot of a car; a slot is a step of a car, slot 0 belongs to none. */
    private int[] first = new int[8];

    private double[] arrive = new double[8];
    private double[] capacity = new double[8];
    private int slots;

    private int powers;
    /** First piece of a power; those of the next one follow. */
    private int[] piece = new int[128];
    /** What a power adds to the stored energy of its car, from its slot on. */
    private double[] gain = new double[128];

    private int[] slot = new int[128];
    /** Its coefficient in one more row. */
    private double[] sign = new double[128];

    private int[] row = new int[128];
    /** Pieces of a power that are full, and their sum. */
    private int[] full = new int[128];

    private double[] base = new double[128];
    /** Row in which the first piece that is not full is basic, or none. */
    private int[] basicIn = new int[128];

    // of a ratio test: what moving on by a unit costs, and does for the row that is out of its bounds
    private double[] ratio = new double[128];
    private double[] rankRatio = new double[128];
    private double[] push = new double[128];
    /** Powers by ratio, the cheapest first. */
    private int[] heap = new int[128];

    private int heapSize;

    private int pieces;
    // of pieces
    private double[] size = new double[256];
    private double[] cost = new double[256];
    private double[] rank = new double[256];

    private int rows;
    private int stride = 32;
    /** Slot of an energy row, or 0 for a step row. */
    private int[] rowSlot = new int[stride];

    private double[] rhs = new double[stride];
    /** How much of its basic piece is taken. */
    private double[] value = new double[stride];
    /** Power that is basic in a row. */
    private int[] basic = new int[stride];

    private double[] inverse = new double[stride * stride];
    // duals of the rows, for the first and the second cost
    private double[] price = new double[stride];
    private double[] rankPrice = new double[stride];
    private double[] column = new double[stride];
    private double[] work = new double[stride];
    /** Indices of the entries of {@link #work} that are not 0: most are. */
    private int[] nonzero = new int[stride];

    private int nonzeros;
    private double[] refreshed = new double[0]; // the basis beside its inverse

    // row vectors summed over the energy rows from a slot on, and powers summed up to a slot
    private double[] slotPrice = new double[128];
    private double[] slotRankPrice = new double[128];
    private double[] slotPivot = new double[128];
    private double[] slotPower = new double[128];

    private double costTolerance;
    private double rankTolerance;
    private double powerTolerance;
    private double reachTolerance;

    /** Forgets the last home. */
    void clear() {
        cars = 0;
        slots = 1;
        powers = 0;
        pieces = 0;
        piece[0] = 0;
        rows = 0;
    }

    /**
     * Adds a car with the row of its departure. Energies are in kW times steps.
     *
     * @param guess stored price to start from; what misses the departure is basic at first and costs that, which nobody pays, since
     *     nothing may miss it
     * @return index of the car
     */
    int addCar(int length, double arriving, double departing, double most, double guess) {
        if (cars + 2 > first.length) {
            first = Arrays.copyOf(first, 2 * first.length);
            arrive = Arrays.copyOf(arrive, 2 * arrive.length);
            capacity = Arrays.copyOf(capacity, 2 * capacity.length);
        }
        first[cars] = slots;
        arrive[cars] = arriving;
        capacity[cars] = most;
        slots += length;
        first[cars + 1] = slots;
        if (slots > slotPrice.length) {
            int size = 2 * slots;
            slotPrice = new double[size];
            slotRankPrice = new double[size];
            slotPivot = new double[size];
            slotPower = new double[size];
        }
        int departure = addRow(slots - 1, departing - arriving);
        addEnergy(departure, 0, -guess);
        return cars++;
    }

    /** Adds the row of a step: the pieces of what the home takes, less charge, plus discharge, are {@code constant}. */
    int addStepRow(double constant) {
        return addRow(0, constant);
    }

    private int addRow(int energySlot, double constant) {
        if (rows == stride) {
            grow();
        }
        rowSlot[rows] = energySlot;
        rhs[rows] = constant;
        price[rows] = 0;
        rankPrice[rows] = 0;
        Arrays.fill(inverse, rows * stride, rows * stride + rows + 1, 0);
        for (int i = 0; i < rows; i++) {
            inverse[i * stride + rows] = 0;
        }
        return rows++;
    }

    private void grow() {
        int wider = 2 * stride;
        double[] larger = new double[wider * wider];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(inverse, i * stride, larger, i * wider, rows);
        }
        inverse = larger;
        stride = wider;
        rowSlot = Arrays.copyOf(rowSlot, wider);
        rhs = Arrays.copyOf(rhs, wider);
        value = Arrays.copyOf(value, wider);
        basic = Arrays.copyOf(basic, wider);
        price = Arrays.copyOf(price, wider);
        rankPrice = Arrays.copyOf(rankPrice, wider);
        column = new double[wider];
        work = new double[wider];
        nonzero = new int[wider];
    }

    /** Adds a car's power in one of its steps, as yet without a piece; {@code stepRow} is that of the step, or below 0 without. */
    void addPower(int car, int k, double stored, int stepRow) {
        addColumn(first[car] + k, stored, Math.max(stepRow, 0), stepRow < 0 ? 0 : stored > 0 ? -1 : 1);
    }

    /** Adds what the home takes in a step, as yet without a piece. */
    void addTake(int stepRow) {
        addColumn(0, 0, stepRow, 1);
    }

    /** The energy of an energy row, basic at first. */
    private void addEnergy(int energyRow, double most, double price1) {
        addColumn(0, 0, energyRow, -1);
        addPiece(most, price1, 0);
        startBasic(energyRow, 0);
    }

    private void addColumn(int inSlot, double stored, int inRow, double coefficient) {
        if (powers + 1 == piece.length) {
            int longer = 2 * piece.length;
            piece = Arrays.copyOf(piece, longer);
            gain = Arrays.copyOf(gain, longer);
            slot = Arrays.copyOf(slot, longer);
            sign = Arrays.copyOf(sign, longer);
            row = Arrays.copyOf(row, longer);
            full = Arrays.copyOf(full, longer);
            base = Arrays.copyOf(base, longer);
            basicIn = Arrays.copyOf(basicIn, longer);
            ratio = new double[longer];
            rankRatio = new double[longer];
            push = new double[longer];
            heap = new int[longer];
        }
        gain[powers] = stored;
        slot[powers] = inSlot;
        row[powers] = inRow;
        sign[powers] = coefficient;
        full[powers] = 0;
        base[powers] = 0;
        basicIn[powers] = NONE;
        powers++;
        piece[powers] = pieces;
    }

    /** Adds a piece on top of the power added last, not cheaper than those below. */
    void addPiece(double most, double price1, double price2) {
        if (pieces == size.length) {
            size = Arrays.copyOf(size, 2 * pieces);
            cost = Arrays.copyOf(cost, 2 * pieces);
            rank = Arrays.copyOf(rank, 2 * pieces);
        }
        size[pieces] = most;
        cost[pieces] = price1;
        rank[pieces] = price2;
        pieces++;
        piece[powers] = pieces;
    }

    /** Lets a piece of the power added last be basic at first, in a row that has no other power but those of cars. */
    void startBasic(int inRow, int at) {
        int j = powers - 1;
        for (int i = 0; i < at; i++) {
            base[j] += size[piece[j] + i];
        }
        full[j] = at;
        basicIn[j] = inRow;
        basic[inRow] = j;
        price[inRow] = cost[piece[j] + at] / sign[j];
        rankPrice[inRow] = rank[piece[j] + at] / sign[j];
        inverse[inRow * stride + inRow] = 1 / sign[j];
    }

    /**
     * Solves.
     *
     * @return false if some departure is out of reach
     */
    boolean solve() {
        setTolerances();
        settle();
        do {
            if (!restore()) {
                return false;
            }
        } while (addEnergyRows());
        refine();
        spreadPrices(price, 0, slotPrice);
        return true;
    }

    private void setTolerances() {
        double most = 1;
        double dearest = 0;
        double highest = 0;
        for (int i = 0; i < pieces; i++) {
            most = Math.max(most, size[i]);
            dearest = Math.max(dearest, Math.abs(cost[i]));
            highest = Math.max(highest, Math.abs(rank[i]));
        }
        for (int i = 0; i < rows; i++) {
            most = Math.max(most, Math.abs(rhs[i]));
        }
        costTolerance = COST_ROUNDING * dearest;
        rankTolerance = RANK_ROUNDING * highest;
        powerTolerance = POWER_ROUNDING * most;
        reachTolerance = REACH * most;
    }

    /** Fills every power that is not basic as far as its costs ask for. */
    private void settle() {
        spreadPrices(price, 0, slotPrice);
        spreadPrices(rankPrice, 0, slotRankPrice);
        for (int j = 0; j < powers; j++) {
            if (basicIn[j] != NONE) {
                continue;
            }
            double worth = entry(j, price, 0, slotPrice);
            double rankWorth = entry(j, rankPrice, 0, slotRankPrice);
            int end = piece[j + 1];
            for (int i = piece[j]; i < end; i++) {
                double reduced = cost[i] - worth;
                if (reduced > costTolerance || (reduced >= -costTolerance && rank[i] - rankWorth >= -rankTolerance)) {
                    break;
                }
                full[j]++;
                base[j] += size[i];
            }
        }
        computeValues();
    }

    /** Sums a row vector over the energy rows of each car, from the last step back: what one kWh in each slot is worth to it. */
    private void spreadPrices(double[] vector, int from, double[] bySlot) {
        Arrays.fill(bySlot, 0, slots, 0);
        for (int i = 0; i < rows; i++) {
            bySlot[rowSlot[i]] += vector[from + i];
        }
        bySlot[0] = 0;
        for (int c = 0; c < cars; c++) {
            double sum = 0;
            for (int s = first[c + 1] - 1; s >= first[c]; s--) {
                sum += bySlot[s];
                bySlot[s] = sum;
            }
        }
    }

    /** Product of a row vector and a power's column. */
    private double entry(int j, double[] vector, int from, double[] bySlot) {
        return gain[j] * bySlot[slot[j]] + sign[j] * vector[from + row[j]];
    }

    /** Values of the basic pieces, from all pieces that are full. */
    private void computeValues() {
        residual(false);
        for (int i = 0; i < rows; i++) {
            value[i] = product(i);
        }
    }

    /** What the rows miss, into {@link #work}: with or without the basic pieces. */
    private void residual(boolean withBasic) {
        Arrays.fill(work, 0, rows, 0);
        Arrays.fill(slotPower, 0, slots, 0);
        for (int j = 0; j < powers; j++) {
            double power = withBasic ? power(j) : base[j];
            slotPower[slot[j]] -= gain[j] * power;
            work[row[j]] -= sign[j] * power;
        }
        gather();
        for (int i = 0; i < rows; i++) {
            work[i] += rhs[i];
        }
        findNonzeros(work, 0);
    }

    /** Adds the powers of the slots to the energy rows. */
    private void gather() {
        for (int c = 0; c < cars; c++) {
            double sum = 0;
            for (int s = first[c]; s < first[c + 1]; s++) {
                sum += slotPower[s];
                slotPower[s] = sum;
            }
        }
        for (int i = 0; i < rows; i++) {
            if (rowSlot[i] > 0) {
                work[i] += slotPower[rowSlot[i]];
            }
        }
    }

    /** Finds the entries of a row vector that are not 0. */
    private void findNonzeros(double[] vector, int from) {
        nonzeros = 0;
        for (int r = 0; r < rows; r++) {
            if (vector[from + r] != 0) {
                nonzero[nonzeros++] = r;
            }
        }
    }

    /** Row of the inverse times {@link #work}, whose entries have been found. */
    private double product(int i) {
        double sum = 0;
        int at = i * stride;
        for (int n = 0; n < nonzeros; n++) {
            int r = nonzero[n];
            sum += inverse[at + r] * work[r];
        }
        return sum;
    }

    /** Pivots until every basic piece is within its bounds. */
    private boolean restore() {
        int patience = 100 + 20 * (rows + pieces);
        int pivots = 0;
        for (int leaving = findLeaving(false); leaving >= 0; leaving = findLeaving(pivots > patience)) {
            // by its length alone a sequence of pivots counts as a cycle; Bland's rule ends it
            if (!pivot(leaving, pivots > patience)) {
                return false;
            }
            pivots++;
            if (pivots % REFRESH == 0) {
                refresh();
            }
            if (pivots > 100 * patience) {
                throw new IllegalStateException("the dual simplex does not end");
            }
        }
        return true;
    }

    /** The row whose basic piece is farthest out of its bounds (by Bland's rule: the first such power), or none. */
    private int findLeaving(boolean bland) {
        int leaving = NONE;
        double farthest = powerTolerance;
        for (int i = 0; i < rows; i++) {
            int j = basic[i];
            double out = Math.max(-value[i], value[i] - size[piece[j] + full[j]]);
            if (bland ? out > powerTolerance && (leaving < 0 || j < basic[leaving]) : out > farthest) {
                leaving = i;
                farthest = out;
            }
        }
        return leaving;
    }

    private boolean pivot(int leaving, boolean bland) {
        int p = basic[leaving];
        double most = size[piece[p] + full[p]];
        boolean toLower = value[leaving] < 0;
        double missing = toLower ? -value[leaving] : value[leaving] - most;
        int entering = findEntering(leaving, toLower, missing, bland);
        if (entering < 0) {
            // short by rounding, and nothing left to move: it counts as met
            value[leaving] = toLower ? 0 : most;
            return missing <= reachTolerance;
        }
        int from = leaving * stride;
        // duals, by the row of the inverse as it is before the pivot
        double step = toLower ? -ratio[entering] : ratio[entering];
        double rankStep = toLower ? -rankRatio[entering] : rankRatio[entering];
        for (int i = 0; i < rows; i++) {
            price[i] += step * inverse[from + i];
            rankPrice[i] += rankStep * inverse[from + i];
        }
        for (int s = 1; s < slots; s++) {
            slotPrice[s] += step * slotPivot[s];
            slotRankPrice[s] += rankStep * slotPivot[s];
        }
        // the pieces passed moved; what they move is in work
        findNonzeros(work, 0);
        for (int i = 0; i < rows; i++) {
            value[i] -= product(i);
        }
        Arrays.fill(work, 0, rows, 0);
        addColumnToWork(entering);
        findNonzeros(work, 0);
        for (int i = 0; i < rows; i++) {
            column[i] = product(i);
        }
        double pivot = column[leaving];
        double move = (value[leaving] - (toLower ? 0 : most)) / pivot;
        for (int i = 0; i < rows; i++) {
            value[i] -= move * column[i];
        }
        basicIn[p] = NONE;
        if (!toLower) {
            base[p] += most;
            full[p]++;
        }
        double start = 0;
        if (push[entering] < 0) { // comes from above
            full[entering]--;
            start = size[piece[entering] + full[entering]];
            base[entering] -= start;
        }
        basicIn[entering] = leaving;
        basic[leaving] = entering;
        value[leaving] = start + move;
        for (int i = 0; i < rows; i++) {
            inverse[from + i] /= pivot;
        }
        findNonzeros(inverse, from);
        for (int i = 0; i < rows; i++) {
            double factor = column[i];
            if (i != leaving && factor != 0) {
                int at = i * stride;
                for (int n = 0; n < nonzeros; n++) {
                    int r = nonzero[n];
                    inverse[at + r] -= factor * inverse[from + r];
                }
            }
        }
        return true;
    }

    /**
     * The power to enter the basis for a row: the one at whose ratio the pieces passed so far, together with its own next piece,
     * make up for what is missing. Leaves the moves of the pieces that it passes in {@link #work}.
     *
     * @return none if all powers together do not make up for it
     */
    private int findEntering(int leaving, boolean toLower, double missing, boolean bland) {
        int from = leaving * stride;
        spreadPrices(inverse, from, slotPivot);
        heapSize = 0;
        for (int j = 0; j < powers; j++) {
            if (basicIn[j] != NONE && basicIn[j] != leaving) {
                continue; // its column has no entry in this row
            }
            double alpha = entry(j, inverse, from, slotPivot);
            push[j] = toLower ? -alpha : alpha; // above 0: wanted up, below 0: wanted down
            if (Math.abs(alpha) > PIVOT && setRatios(j)) {
                heap[heapSize++] = j;
            }
        }
        for (int i = heapSize / 2 - 1; i >= 0; i--) {
            sink(i);
        }
        Arrays.fill(slotPower, 0, slots, 0);
        Arrays.fill(work, 0, rows, 0);
        int entering = NONE;
        while (heapSize > 0) {
            int j = heap[0];
            boolean up = push[j] > 0;
            int next = up ? nextUp(j) : nextDown(j);
            missing -= Math.abs(push[j]) * size[next];
            boolean mends = missing <= 0 || bland;
            // short by rounding: take the last there is
            boolean last = !mends && missing <= reachTolerance && heapSize == 1 && isLast(j, next, up);
            if (mends || last) {
                entering = j;
                break;
            }
            double moved = up ? size[next] : -size[next];
            full[j] += up ? 1 : -1;
            base[j] += moved;
            slotPower[slot[j]] += gain[j] * moved;
            work[row[j]] += sign[j] * moved;
            if (!setRatios(j)) {
                heap[0] = heap[--heapSize];
            }
            sink(0);
        }
        gather();
        return entering;
    }
    /**
     * The cost of moving a power to its next piece, for each unit that it mends.
     *
     * @return false if there is no next piece in the direction wanted
     */
    private boolean setRatios(int j) {
        boolean up = push[j] > 0;
        int next = up ? nextUp(j) : nextDown(j);
        if (next < piece[j] || next >= piece[j + 1] || size[next] == 0) {
            return false;
        }
        double reduced = cost[next] - entry(j, price, 0, slotPrice);
        double second = rank[next] - entry(j, rankPrice, 0, slotRankPrice);
        if (!up) {
            reduced = -reduced;
            second = -second;
        }
        if (reduced <= costTolerance) { // below 0 by rounding only
            reduced = 0;
            second = second <= rankTolerance ? 0 : second;
        }
        ratio[j] = reduced / Math.abs(push[j]);
        rankRatio[j] = second / Math.abs(push[j]);
        return true;
    }

    /** The piece above those that are full, and above the one that is basic. */
    private int nextUp(int j) {
        return piece[j] + full[j] + (basicIn[j] == NONE ? 0 : 1);
    }

    private int nextDown(int j) {
        return piece[j] + full[j] - 1;
    }

    private boolean isLast(int j, int next, boolean up) {
        return next == (up ? piece[j + 1] - 1 : piece[j]);
    }

    private void sink(int at) {
        int j = heap[at];
        int i = at;
        while (true) {
            int child = 2 * i + 1;
            if (child >= heapSize) {
                break;
            }
            if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], j)) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        if (heapSize > 0) {
            heap[i] = j;
        }
    }

    private boolean isBefore(int a, int b) {
        double difference = ratio[a] - ratio[b];
        if (Math.abs(difference) > costTolerance) {
            return difference < 0;
        }
        double second = rankRatio[a] - rankRatio[b];
        return Math.abs(second) > rankTolerance ? second < 0 : a < b;
    }

    private void addColumnToWork(int j) {
        int s = slot[j];
        if (s > 0) {
            int end = first[carOf(s) + 1];
            for (int i = 0; i < rows; i++) {
                if (rowSlot[i] >= s && rowSlot[i] < end) {
                    work[i] += gain[j];
                }
            }
        }
        work[row[j]] += sign[j];
    }

    private int carOf(int s) {
        int c = 0;
        while (first[c + 1] <= s) {
            c++;
        }
        return c;
    }

    /** Adds, for each car, the row of the step at whose end the battery's limits are broken most; false where none is. */
    private boolean addEnergyRows() {
        storedEnergies();
        int before = rows;
        for (int c = 0; c < cars; c++) {
            int worst = -1;
            double farthest = powerTolerance * 10;
            for (int s = first[c]; s < first[c + 1] - 1; s++) {
                double out = Math.max(-slotPower[s], slotPower[s] - capacity[c]);
                if (out > farthest && !hasRow(s)) { // with a row of its own it is out by rounding, which refine() mends
                    worst = s;
                    farthest = out;
                }
            }
            if (worst >= 0) {
                addEnergyRow(c, worst);
            }
        }
        return rows > before;
    }

    private boolean hasRow(int s) {
        for (int i = 0; i < rows; i++) {
            if (rowSlot[i] == s) {
                return true;
            }
        }
        return false;
    }

    /** A new row of the inverse: the new row's entries under the basic powers times the inverse; its own energy is basic. */
    private void addEnergyRow(int car, int s) {
        int old = rows;
        double energy = slotPower[s];
        int added = addRow(s, -arrive[car]);
        for (int i = 0; i < old; i++) {
            int j = basic[i];
            if (slot[j] >= first[car] && slot[j] <= s) {
                for (int r = 0; r < old; r++) {
                    inverse[added * stride + r] += gain[j] * inverse[i * stride + r];
                }
            }
        }
        addEnergy(added, capacity[car], 0);
        value[added] = energy;
    }

    /** Energy stored at the end of every slot, into {@link #slotPower}. */
    private void storedEnergies() {
        Arrays.fill(slotPower, 0, slots, 0);
        for (int j = 0; j < powers; j++) {
            slotPower[slot[j]] += gain[j] * power(j);
        }
        for (int c = 0; c < cars; c++) {
            double sum = arrive[c];
            for (int s = first[c]; s < first[c + 1]; s++) {
                sum += slotPower[s];
                slotPower[s] = sum;
            }
        }
    }

    private double power(int j) {
        return basicIn[j] == NONE ? base[j] : base[j] + value[basicIn[j]];
    }

    /** Takes the rounding of all pivots out of the values: what the rows miss, times the inverse, is added to them. */
    private void refine() {
        residual(true);
        for (int i = 0; i < rows; i++) {
            column[i] = product(i);
        }
        for (int i = 0; i < rows; i++) {
            value[i] += column[i];
        }
    }

    /** Computes the inverse, the duals and the values from the basis alone (Gauss-Jordan with row exchanges). */
    private void refresh() {
        int n = rows;
        int wide = 2 * n;
        if (refreshed.length < n * wide) {
            refreshed = new double[n * wide];
        }
        double[] a = refreshed;
        Arrays.fill(a, 0, n * wide, 0);
        for (int c = 0; c < n; c++) {
            Arrays.fill(work, 0, n, 0);
            addColumnToWork(basic[c]);
            for (int i = 0; i < n; i++) {
                a[i * wide + c] = work[i];
            }
            a[c * wide + n + c] = 1;
        }
        for (int c = 0; c < n; c++) {
            int best = c;
            for (int i = c + 1; i < n; i++) {
                best = Math.abs(a[i * wide + c]) > Math.abs(a[best * wide + c]) ? i : best;
            }
            for (int k = 0; best != c && k < wide; k++) {
                double swap = a[c * wide + k];
                a[c * wide + k] = a[best * wide + k];
                a[best * wide + k] = swap;
            }
            double pivot = a[c * wide + c];
            for (int k = c; k < wide; k++) {
                a[c * wide + k] /= pivot;
            }
            for (int i = 0; i < n; i++) {
                double factor = a[i * wide + c];
                if (i != c && factor != 0) {
                    for (int k = c; k < wide; k++) {
                        a[i * wide + k] -= factor * a[c * wide + k];
                    }
                }
            }
        }
        for (int i = 0; i < n; i++) {
            System.arraycopy(a, i * wide + n, inverse, i * stride, n);
        }
        Arrays.fill(price, 0, n, 0);
        Arrays.fill(rankPrice, 0, n, 0);
        for (int i = 0; i < n; i++) {
            int at = piece[basic[i]] + full[basic[i]];
            for (int r = 0; r < n; r++) {
                price[r] += cost[at] * inverse[i * stride + r];
                rankPrice[r] += rank[at] * inverse[i * stride + r];
            }
        }
        spreadPrices(price, 0, slotPrice);
        spreadPrices(rankPrice, 0, slotRankPrice);
        computeValues();
    }

    /**
     * Adds the powers found to those of the cars' steps, {@code [slot - 1]} in the order of the cars.
     *
     * @param charge gets what stores energy
     * @param discharge gets what gives it back
     */
    void addPowersTo(double[] charge, double[] discharge) {
        for (int j = 0; j < powers; j++) {
            if (gain[j] > 0) {
                charge[slot[j] - 1] += power(j);
            } else if (gain[j] < 0) {
                discharge[slot[j] - 1] += power(j);
            }
        }
    }

    /** What one more kWh stored in a step of a car is worth, GBP: the dual values of eqs. 28-29. */
    double storedPrice(int car, int k) {
        return slotPrice[first[car] + k];
    }
}
