package org.headroom.similar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.network.Position;

/**
 * A plan in metres on which a tree of lines is drawn to scale: each line is straight and as long as it is. Feeders leave the
 * substation, at the origin, in evenly spread directions; side paths turn off at an angle, as side streets do, where they
 * come nearest to no other line.
 */
public final class StreetPlan {
    /** Turns off the main path in degrees, the likeliest first. */
    private static final double[] TURNS = {90, 75, 105, 60, 120, 45, 135, 35, 145, 25};

    private static final double ROOM_M = 8;
    private static final double BEND = Math.toRadians(7);

    private final int[] parents;
    private final double[] lengths_m;
    private final double[] x_m;
    private final double[] y_m;
    private final double[] heading;
    /** Joints placed for good, in order, and how many. */
    private final int[] placed;

    private int placedCount;

    private StreetPlan(int[] parents, double[] lengths_m) {
        this.parents = parents;
        this.lengths_m = lengths_m;
        this.x_m = new double[parents.length];
        this.y_m = new double[parents.length];
        this.heading = new double[parents.length];
        this.placed = new int[parents.length];
    }

    /**
     * Draws the plan.
     *
     * @param parents {@code [joint]} the joint above, before it in order, or -1 for the substation
     * @param heights {@code [joint]} lines on the longest path down to a leaf
     * @param lengths_m {@code [joint]} length of the line into it
     * @return positions to .01 m, one a joint
     */
    public static List<Position> draw(int[] parents, int[] heights, double[] lengths_m, UniformRandomProvider random) {
        StreetPlan plan = new StreetPlan(parents, lengths_m);
        int[] below = tallestChildren(parents, heights);
        List<int[]> feeders = new ArrayList<>();
        List<int[]> sides = new ArrayList<>();
        for (int j = 0; j < parents.length; j++) {
            if (parents[j] < 0) {
                feeders.add(path(j, heights[j] + 1, below));
            } else if (below[parents[j]] != j) {
                sides.add(path(j, heights[j] + 1, below));
            }
        }
        for (int f = 0; f < feeders.size(); f++) {
            double direction = 2 * Math.PI * f / feeders.size();
            double bend = 0;
            for (int j : feeders.get(f)) {
                plan.place(j, direction + bend);
                bend = 0.9 * bend + BEND * (2 * random.nextDouble() - 1);
            }
            plan.keep(feeders.get(f));
        }
        // Long side paths first: the others find room among them. A side path's host stands before it in either order.
        sides.sort(Comparator.comparingInt((int[] path) -> -path.length));
        for (int[] side : sides) {
            plan.turnOff(side, random.nextBoolean() ? 1 : -1);
        }
        return IntStream.range(0, parents.length)
                .mapToObj(j -> new Position(centimetres(plan.x_m[j]), centimetres(plan.y_m[j])))
                .toList();
    }

    /** The tallest child of each joint, the first of equals; -1 for a leaf. */
    private static int[] tallestChildren(int[] parents, int[] heights) {
        int[] tallest = new int[parents.length];
        Arrays.fill(tallest, -1);
        for (int j = 0; j < parents.length; j++) {
            int above = parents[j];
            if (above >= 0 && tallest[above] < 0 && heights[j] == heights[above] - 1) {
                tallest[above] = j;
            }
        }
        return tallest;
    }

    /** A joint and those below it, following the tallest child. */
    private static int[] path(int top, int joints, int[] below) {
        int[] path = new int[joints];
        int next = top;
        for (int i = 0; i < joints; i++) {
            path[i] = next;
            next = below[next];
        }
        return path;
    }

    private void keep(int[] path) {
        System.arraycopy(path, 0, placed, placedCount, path.length);
        placedCount += path.length;
    }

    private void turnOff(int[] side, int hand) {
        double towards = heading[parents[side[0]]];
        double best = Double.NEGATIVE_INFINITY;
        double bestHeading = towards;
        for (int t = 0; t < 2 * TURNS.length && best < ROOM_M; t++) {
            double direction = towards + (t % 2 == 0 ? hand : -hand) * Math.toRadians(TURNS[t / 2]);
            place(side, direction);
            double clearance = clearance(side, best);
            if (clearance > best) {
                best = clearance;
                bestHeading = direction;
            }
        }
        place(side, bestHeading);
        keep(side);
    }

    /** Places a straight path. */
    private void place(int[] side, double direction) {
        double cos = StrictMath.cos(direction);
        double sin = StrictMath.sin(direction);
        for (int j : side) {
            place(j, direction, cos, sin);
        }
    }

    private void place(int joint, double direction) {
        place(joint, direction, StrictMath.cos(direction), StrictMath.sin(direction));
    }

    private void place(int joint, double direction, double cos, double sin) {
        int above = parents[joint];
        heading[joint] = direction;
        x_m[joint] = (above < 0 ? 0 : x_m[above]) + lengths_m[joint] * cos;
        y_m[joint] = (above < 0 ? 0 : y_m[above]) + lengths_m[joint] * sin;
    }

    /**
     * Least distance of a path's lines, from halfway along the first, to the lines placed before. No more than
     * {@value #ROOM_M} m, which is as good as any, and not exact where it is no more than {@code enough}.
     */
    private double clearance(int[] side, double enough) {
        double least = ROOM_M;
        for (int j : side) {
            int above = parents[j];
            double fromX = above < 0 ? 0 : x_m[above];
            double fromY = above < 0 ? 0 : y_m[above];
            double middleX = (fromX + x_m[j]) / 2;
            double middleY = (fromY + y_m[j]) / 2;
            for (int p = 0; p < placedCount; p++) {
                int other = placed[p];
                int aboveOther = parents[other];
                double dx = middleX - ((aboveOther < 0 ? 0 : x_m[aboveOther]) + x_m[other]) / 2;
                double dy = middleY - ((aboveOther < 0 ? 0 : y_m[aboveOther]) + y_m[other]) / 2;
                double reach = (lengths_m[j] + lengths_m[other]) / 2 + least;
                if (dx * dx + dy * dy > reach * reach) {
                    continue; // no point of one is as near to the other
                }
                // So near its own joint the first line cannot be far from the street it leaves.
                for (int k = j == side[0] ? 3 : 1; k <= 4; k++) {
                    double share = k / 4.0;
                    double x = fromX * (1 - share) + x_m[j] * share;
                    double y = fromY * (1 - share) + y_m[j] * share;
                    least = Math.min(least, distance(x, y, other));
                }
                if (j != side[0] || (other != above && aboveOther != above)) {
                    if (crosses(j, other)) {
                        return Double.NEGATIVE_INFINITY;
                    }
                }
                if (least <= enough) {
                    return least;
                }
            }
        }
        return least;
    }

    private double distance(double x, double y, int line) {
        int above = parents[line];
        double fromX = above < 0 ? 0 : x_m[above];
        double fromY = above < 0 ? 0 : y_m[above];
        double dx = x_m[line] - fromX;
        double dy = y_m[line] - fromY;
        double along = ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy);
        double t = Math.clamp(along, 0, 1);
        return Math.sqrt((x - fromX - t * dx) * (x - fromX - t * dx) + (y - fromY - t * dy) * (y - fromY - t * dy));
    }

    private boolean crosses(int one, int other) {
        return turn(one, other) && turn(other, one);
    }

    /** Whether the ends of {@code other} lie on different sides of {@code line}. */
    private boolean turn(int line, int other) {
        return side(line, parents[other]) * side(line, other) <= 0;
    }

    private double side(int line, int joint) {
        int above = parents[line];
        double fromX = above < 0 ? 0 : x_m[above];
        double fromY = above < 0 ? 0 : y_m[above];
        double x = joint < 0 ? 0 : x_m[joint];
        double y = joint < 0 ? 0 : y_m[joint];
        return (x_m[line] - fromX) * (y - fromY) - (y_m[line] - fromY) * (x - fromX);
    }

    private static double centimetres(double value) {
        return Math.rint(value * 100) / 100 + 0.0; // no negative zero
    }
}
