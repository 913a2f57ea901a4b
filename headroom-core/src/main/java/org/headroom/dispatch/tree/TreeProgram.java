package org.headroom.dispatch.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A day condensed to what can still be decided: a forest of stages, children before parents, as flat arrays.
 *
 * <p>A stage is one flow vector, over the steps in which something below it can still be decided (its <em>positions</em>). Through
 * the flow run one or more lines, each with a peak that costs (convex, piecewise linear) and bounds the apparent power of every
 * position; the flow itself may have a price with a hinge: bought dear, sold cheap. Below a stage hang sessions, free powers
 * (curtailed PV) and other stages. A stage may carry the voltage drop of some steps: the drop at its lower end is that at its
 * upper end plus a resistance times its flow.
 */
final class TreeProgram {
    /** Most lines in one stage: beyond, their peaks' own system costs more than a further stage. */
    static final int MOST_LINES = 8;

    /** A stage while it is put together. */
    static final class Stage {
        @Nullable
        Stage parent;

        int index;
        /** Home whose bill the stage carries, or -1. */
        int home = -1;
        /** Node at its lower end. */
        int node;
        /** Steps of the day in which something below can be decided, ascending; positions index this. */
        int[] steps = {};

        final List<Stage> children;
        final List<StageSession> sessions;
        final List<Free> free;
        final List<StageLine> lines = new java.util.ArrayList<>(1);
        /** Price of the flow, per position; null: none. */
        double @Nullable [] price;
        /** What a flow above zero costs beside its price, per position. */
        double @Nullable [] hinge;
        /** Flow that nothing can change, per position: what the hinge counts from. */
        double @Nullable [] hingeBase;

        List<Drop> drops = List.of();

        Stage(List<Stage> children, List<StageSession> sessions, List<Free> free) {
            this.children = children;
            this.sessions = sessions;
            this.free = free;
            for (Stage child : children) {
                child.parent = this;
            }
        }
    }

    /**
     * A line of a stage.
     *
     * @param asset asset of the day
     * @param base flow that nothing can change, {@code [step]} from {@code row} on
     * @param reactive reactive flow, likewise
     * @param cost cost of the peak
     */
    @SuppressWarnings("ArrayRecordComponent") // on the way into the program's arrays, never compared
    record StageLine(int asset, double[] base, double[] reactive, int row, PeakCost cost) {}

    /** A session of a stage; energies in kW times steps. */
    @SuppressWarnings("ArrayRecordComponent")
    record StageSession(
            int session,
            int[] steps,
            double power,
            double capacity,
            double arrive,
            double depart,
            double[] chargeCost,
            double[] dischargeCost) {}

    /** A power between 0 and a most, in one step: curtailed PV. */
    record Free(int owner, int step, double most) {}

    /** The voltage drop of one step along a stage, and its hinge at the lower end (slope 0: none). */
    record Drop(int step, double resistance, double hinge, double at) {}

    final List<Stage> stages;
    final int stageCount;
    /** Parent of each stage, or -1. */
    final int[] parent;
    /** First child of a stage and next child of the same parent, or -1. */
    final int[] firstChild;

    final int[] nextSibling;
    /** Positions of stage s are {@code position[s] … position[s+1]-1}. */
    final int[] position;
    /** Position within the parent's own positions, counted from its first; per position. */
    final int[] inParent;
    /** Lines of stage s are {@code line[s] … line[s+1]-1}. */
    final int[] line;

    // per line
    /** First cone of a line; a line has one cone for each position of its stage. */
    final int[] cone;

    final int[] stageOfLine;
    /** Pieces of the cost of a line's peak are {@code piece[l] … piece[l+1]-1}. */
    final int[] piece;

    final double[] slope;
    final double[] intercept;
    /** Peak beyond which a line is in breach. */
    final double[] highestPeak;

    // per position
    final double[] price;
    final double[] hinge;
    final double[] hingeBase;
    /** Whether a position has a price or a hinge. */
    final boolean[] priced;

    // per cone
    final double[] base;
    final double[] reactive;

    // per session
    final int sessionCount;
    final int[] stageOfSession;
    /** Entries of session i are {@code entry[i] … entry[i+1]-1}: its steps in order. */
    final int[] entry;

    final double[] power;
    final double[] capacity;
    final double[] arrive;
    final double[] depart;
    /** Cost of charging and discharging beside the price of the flow, per entry. */
    final double[] chargeCost;

    final double[] dischargeCost;
    /** Position, within its stage, of a session's entry. */
    final int[] entryPosition;
    /** Index of the session in the day. */
    final int[] sessionOfDay;

    final double efficiency;
    final boolean mayDischarge;

    // per free power
    final int freeCount;
    /** Position (over all stages) of a free power. */
    final int[] freePosition;

    final double[] freeMost;

    // per drop: those of stage s are drop[s] … drop[s+1]-1
    final int[] drop;
    /** Position, within the stage, of the step of a drop, or -1 where nothing below decides in that step. */
    final int[] dropPosition;
    /** Index within the parent's drops, or -1 at the root. */
    final int[] dropInParent;

    final double[] resistance;
    /** Slope of the hinge on the drop at the lower end of the stage (0: none; below 0: on a drop too small). */
    final double[] dropHinge;
    /** Change of the drop at which the hinge sets in. */
    final double[] dropAt;

    TreeProgram(List<Stage> stages, double efficiency, boolean mayDischarge) {
        this.stages = stages;
        this.efficiency = efficiency;
        this.mayDischarge = mayDischarge;
        stageCount = stages.size();
        parent = new int[stageCount];
        firstChild = new int[stageCount];
        nextSibling = new int[stageCount];
        position = new int[stageCount + 1];
        line = new int[stageCount + 1];
        drop = new int[stageCount + 1];
        int sessions = 0;
        int entries = 0;
        int frees = 0;
        int cones = 0;
        int pieces = 0;
        for (int s = 0; s < stageCount; s++) {
            Stage stage = stages.get(s);
            stage.index = s;
            position[s + 1] = position[s] + stage.steps.length;
            line[s + 1] = line[s] + stage.lines.size();
            drop[s + 1] = drop[s] + stage.drops.size();
            cones += stage.steps.length * stage.lines.size();
            sessions += stage.sessions.size();
            frees += stage.free.size();
            for (StageSession session : stage.sessions) {
                entries += session.steps.length;
            }
            for (StageLine l : stage.lines) {
                pieces += l.cost.pieces();
            }
        }
        int positions = position[stageCount];
        inParent = new int[positions];
        price = new double[positions];
        hinge = new double[positions];
        hingeBase = new double[positions];
        priced = new boolean[positions];
        int lines = line[stageCount];
        cone = new int[lines + 1];
        stageOfLine = new int[lines];
        piece = new int[lines + 1];
        slope = new double[pieces];
        intercept = new double[pieces];
        highestPeak = new double[lines];
        base = new double[cones];
        reactive = new double[cones];
        sessionCount = sessions;
        stageOfSession = new int[sessions];
        entry = new int[sessions + 1];
        power = new double[sessions];
        capacity = new double[sessions];
        arrive = new double[sessions];
        depart = new double[sessions];
        sessionOfDay = new int[sessions];
        chargeCost = new double[entries];
        dischargeCost = new double[entries];
        entryPosition = new int[entries];
        freeCount = frees;
        freePosition = new int[frees];
        freeMost = new double[frees];
        int drops = drop[stageCount];
        dropPosition = new int[drops];
        dropInParent = new int[drops];
        resistance = new double[drops];
        dropHinge = new double[drops];
        dropAt = new double[drops];
        fill();
    }

    private void fill() {
        java.util.Arrays.fill(firstChild, -1);
        java.util.Arrays.fill(nextSibling, -1);
        for (Stage stage : stages) {
            int next = -1;
            for (int i = stage.children.size() - 1; i >= 0; i--) {
                int child = stage.children.get(i).index;
                nextSibling[child] = next;
                next = child;
            }
            firstChild[stage.index] = next;
        }
        int session = 0;
        int free = 0;
        int[] positionOfStep = new int[stepCount()];
        for (int s = 0; s < stageCount; s++) {
            Stage stage = stages.get(s);
            int n = stage.steps.length;
            Stage above = stage.parent;
            parent[s] = above == null ? -1 : above.index;
            for (int i = 0, k = 0; i < n; i++, k++) { // the parent's steps hold the stage's, in the same order
                while (above != null && above.steps[k] != stage.steps[i]) {
                    k++;
                }
                inParent[position[s] + i] = above == null ? -1 : k;
            }
            fillPrices(position[s], stage);
            fillLines(s, stage, n);
            if (stage.sessions.isEmpty() && stage.free.isEmpty() && stage.drops.isEmpty()) {
                continue;
            }
            java.util.Arrays.fill(positionOfStep, -1);
            for (int i = 0; i < n; i++) {
                positionOfStep[stage.steps[i]] = i;
            }
            for (StageSession one : stage.sessions) {
                stageOfSession[session] = s;
                sessionOfDay[session] = one.session;
                power[session] = one.power;
                capacity[session] = one.capacity;
                arrive[session] = one.arrive;
                depart[session] = one.depart;
                entry[session + 1] = entry[session] + one.steps.length;
                for (int k = 0; k < one.steps.length; k++) {
                    entryPosition[entry[session] + k] = positionOfStep[one.steps[k]];
                    chargeCost[entry[session] + k] = one.chargeCost[k];
                    dischargeCost[entry[session] + k] = one.dischargeCost[k];
                }
                session++;
            }
            for (Free one : stage.free) {
                freePosition[free] = position[s] + positionOfStep[one.step];
                freeMost[free] = one.most;
                free++;
            }
            for (int i = 0, k = 0; i < stage.drops.size(); i++) {
                Drop one = stage.drops.get(i);
                int v = drop[s] + i;
                dropPosition[v] = positionOfStep[one.step];
                dropInParent[v] = -1;
                if (above != null && !above.drops.isEmpty()) { // then it holds all of the stage's
                    while (above.drops.get(k).step != one.step) {
                        k++;
                    }
                    dropInParent[v] = k;
                }
                resistance[v] = one.resistance;
                dropHinge[v] = one.hinge;
                dropAt[v] = one.at;
            }
        }
    }

    /** One more than the last step that anything is about. */
    private int stepCount() {
        int count = 0;
        for (Stage stage : stages) {
            if (stage.steps.length > 0) {
                count = Math.max(count, stage.steps[stage.steps.length - 1] + 1);
            }
            if (!stage.drops.isEmpty()) {
                count = Math.max(count, stage.drops.getLast().step + 1);
            }
        }
        return count;
    }

    private void fillPrices(int first, Stage stage) {
        if (stage.price == null || stage.hinge == null || stage.hingeBase == null) {
            return;
        }
        for (int i = 0; i < stage.steps.length; i++) {
            price[first + i] = stage.price[i];
            hinge[first + i] = stage.hinge[i];
            hingeBase[first + i] = stage.hingeBase[i];
            priced[first + i] = price[first + i] != 0 || hinge[first + i] > 0;
        }
    }

    private void fillLines(int s, Stage stage, int n) {
        for (int i = 0; i < stage.lines.size(); i++) {
            StageLine one = stage.lines.get(i);
            int l = line[s] + i;
            stageOfLine[l] = s;
            cone[l + 1] = cone[l] + n;
            for (int k = 0; k < n; k++) {
                base[cone[l] + k] = one.base[one.row + stage.steps[k]];
                reactive[cone[l] + k] = one.reactive[one.row + stage.steps[k]];
            }
            int pieces = one.cost.pieces();
            highestPeak[l] = one.cost.highest();
            piece[l + 1] = piece[l] + pieces;
            for (int k = 0; k < pieces; k++) {
                slope[piece[l] + k] = one.cost.slope(k);
                intercept[piece[l] + k] = one.cost.intercept(k, slope[piece[l] + k]);
            }
        }
    }
}
