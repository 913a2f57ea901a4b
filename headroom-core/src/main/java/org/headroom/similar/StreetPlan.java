package org.headroom.similar;

import java.util.ArrayList;
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
    private final List<Integer> placed = new ArrayList<>();

    private StreetPlan(int[] parents, double[] lengths_m) {
        this.parents = parents;
        this.lengths_m = lengths_m;
        this.x_m = new double[parents.length];
        this.y_m = new double[parents.length];
        this.heading = new double[parents.length];
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
        List<List<Integer>> feeders = new ArrayList<>();
        List<List<Integer>> sides = new ArrayList<>();
        for (int j = 0; j < parents.length; j++) {
            if (parents[j] < 0) {
                feeders.add(path(j, parents, heights));
            } else if (heights[j] != heights[parents[j]] - 1 || firstOfHeight(j, parents, heights) != j) {
                sides.add(path(j, parents, heights));
            }
        }
        for (int f = 0; f < feeders.size(); f++) {
            double direction = 2 * Math.PI * f / feeders.size();
            double bend = 0;
            for (int j : feeders.get(f)) {
                plan.place(j, direction + bend);
                bend = 0.9 * bend + BEND * (2 * random.nextDouble() - 1);
            }
            plan.placed.addAll(feeders.get(f));
        }
        // Long side paths first: the others find room among them. A side path's host stands before it in either order.
        sides.sort(Comparator.comparingInt((List<Integer> path) -> -path.size()));
        for (List<Integer> side : sides) {
            plan.turnOff(side, random.nextBoolean() ? 1 : -1);
        }
        return IntStream.range(0, parents.length)
                .mapToObj(j -> new Position(centimetres(plan.x_m[j]), centimetres(plan.y_m[j])))
                .toList();
    }

    /** A joint and those below it, following the tallest child, the first of equals. */
    private static List<Integer> path(int top, int[] parents, int[] heights) {
        List<Integer> path = new ArrayList<>(List.of(top));
        for (int j = top + 1; j < parents.length; j++) {
            int last = path.getLast();
            if (parents[j] == last && heights[j] == heights[last] - 1) {
                path.add(j);
            }
        }
        return path;
    }

    private static int firstOfHeight(int joint, int[] parents, int[] heights) {
        for (int j = 0; j < joint; j++) {
            if (parents[j] == parents[joint] && heights[j] == heights[joint]) {
                return j;
            }
        }
        return joint;
    }

    private void turnOff(List<Integer> side, int hand) {
        double towards = heading[parents[side.getFirst()]];
        double best = Double.NEGATIVE_INFINITY;
        double bestHeading = towards;
        for (double turn : TURNS) {
            for (int s : new int[] {hand, -hand}) {
                double direction = towards + s * Math.toRadians(turn);
                side.forEach(j -> place(j, direction));
                double clearance = clearance(side);
                if (clearance > best) {
                    best = clearance;
                    bestHeading = direction;
                }
                if (best >= ROOM_M) {
                    break;
                }
            }
            if (best >= ROOM_M) {
                break;
            }
        }
        double direction = bestHeading;
        side.forEach(j -> place(j, direction));
        placed.addAll(side);
    }

    private void place(int joint, double direction) {
        int above = parents[joint];
        heading[joint] = direction;
        x_m[joint] = (above < 0 ? 0 : x_m[above]) + lengths_m[joint] * StrictMath.cos(direction);
        y_m[joint] = (above < 0 ? 0 : y_m[above]) + lengths_m[joint] * StrictMath.sin(direction);
    }

    /** Least distance of a path's lines, from halfway along the first, to the lines placed before. */
    private double clearance(List<Integer> side) {
        double least = Double.POSITIVE_INFINITY;
        for (int j : side) {
            for (int other : placed) {
                for (int k = 1; k <= 4; k++) {
                    double share = k / 4.0;
                    int above = parents[j];
                    double x = (above < 0 ? 0 : x_m[above]) * (1 - share) + x_m[j] * share;
                    double y = (above < 0 ? 0 : y_m[above]) * (1 - share) + y_m[j] * share;
                    if (j == side.getFirst() && k < 3) {
                        continue; // so near its own joint it cannot be far from the street it leaves
                    }
                    least = Math.min(least, distance(x, y, other));
                }
                if (j != side.getFirst() || (other != parents[j] && parents[other] != parents[j])) {
                    least = crosses(j, other) ? Double.NEGATIVE_INFINITY : least;
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
