package org.headroom.similar.measure;

import java.util.Arrays;

/**
 * The cheapest assignment of n rows to n columns (Jonker and Volgenant, Computing 38, 1987): column reduction, reduction
 * transfer, two rounds of augmenting row reduction, then shortest augmenting paths. Whole-number costs, so that the least cost
 * is exact and the same whichever of equally cheap assignments is found.
 *
 * <p>Keeps its arrays from one problem to the next; not for several threads at a time.
 */
final class Assignment {
    /** The largest n times the largest cost must stay below this, so that prices fit. */
    static final long RANGE = 1L << 31;

    private int[] price = new int[0];
    private int[] rowOf = new int[0];
    private int[] columnOf = new int[0];
    private int[] free = new int[0];
    private int[] matches = new int[0];
    private int[] columns = new int[0];
    private int[] distance = new int[0];
    private int[] before = new int[0];

    /**
     * The least cost.
     *
     * @param cost {@code [row * n + column]}, at least 0; n times the largest below {@link #RANGE}
     */
    long leastCost(int[] cost, int n) {
        reserve(n);
        int open = augmentRows(cost, n, augmentRows(cost, n, transfer(cost, n, reduceColumns(cost, n))));
        augmentPaths(cost, n, open);
        long least = 0;
        for (int row = 0; row < n; row++) {
            least += cost[row * n + columnOf[row]];
        }
        return least;
    }

    /** Column of a row in the assignment found last. */
    int column(int row) {
        return columnOf[row];
    }

    private void reserve(int n) {
        if (price.length < n) {
            price = new int[n];
            rowOf = new int[n];
            columnOf = new int[n];
            free = new int[n];
            matches = new int[n];
            columns = new int[n];
            distance = new int[n];
            before = new int[n];
        }
    }

    /** Each column's price becomes its least cost, and goes to the first row that has it, if that is free. */
    private int reduceColumns(int[] cost, int n) {
        Arrays.fill(columnOf, 0, n, -1);
        Arrays.fill(matches, 0, n, 0);
        Arrays.fill(price, 0, n, Integer.MAX_VALUE);
        Arrays.fill(rowOf, 0, n, 0);
        for (int row = 0; row < n; row++) {
            int at = row * n;
            for (int column = 0; column < n; column++) {
                if (cost[at + column] < price[column]) {
                    price[column] = cost[at + column];
                    rowOf[column] = row;
                }
            }
        }
        for (int column = n - 1; column >= 0; column--) {
            int row = rowOf[column];
            if (++matches[row] == 1) {
                columnOf[row] = column;
            } else {
                rowOf[column] = -1;
            }
        }
        int open = 0;
        for (int row = 0; row < n; row++) {
            if (matches[row] == 0) {
                free[open++] = row;
            }
        }
        return open;
    }

    /** A row with one column lowers that column's price to where its second choice is as cheap. */
    private int transfer(int[] cost, int n, int open) {
        for (int row = 0; row < n; row++) {
            if (matches[row] == 1) {
                int own = columnOf[row];
                int at = row * n;
                int least = Integer.MAX_VALUE;
                for (int column = 0; column < n; column++) {
                    int reduced = cost[at + column] - price[column];
                    if (column != own && reduced < least) {
                        least = reduced;
                    }
                }
                if (least < Integer.MAX_VALUE) {
                    price[own] -= least;
                }
            }
        }
        return open;
    }

    /** Free rows take their best column and push out who has it; those pushed out may follow at once. */
    private int augmentRows(int[] cost, int n, int open) {
        int next = 0;
        int left = 0;
        while (next < open) {
            int row = free[next++];
            int at = row * n;
            int least = Integer.MAX_VALUE;
            int second = Integer.MAX_VALUE;
            int best = -1;
            int other = -1;
            for (int column = 0; column < n; column++) {
                int reduced = cost[at + column] - price[column];
                if (reduced < second) {
                    if (reduced >= least) {
                        second = reduced;
                        other = column;
                    } else {
                        second = least;
                        other = best;
                        least = reduced;
                        best = column;
                    }
                }
            }
            if (other < 0) { // a single column
                columnOf[row] = best;
                rowOf[best] = row;
                continue;
            }
            int holder = rowOf[best];
            boolean cheaper = least < second;
            if (cheaper) {
                price[best] -= second - least;
            } else if (holder >= 0) {
                best = other;
                holder = rowOf[best];
            }
            columnOf[row] = best;
            rowOf[best] = row;
            if (holder >= 0) {
                columnOf[holder] = -1;
                if (cheaper) {
                    free[--next] = holder;
                } else {
                    free[left++] = holder;
                }
            }
        }
        return left;
    }

    /** From each row still free the shortest path, in reduced costs, to a free column. */
    private void augmentPaths(int[] cost, int n, int open) {
        for (int f = 0; f < open; f++) {
            int start = free[f];
            for (int column = 0; column < n; column++) {
                distance[column] = cost[start * n + column] - price[column];
                before[column] = start;
                columns[column] = column;
            }
            // columns: [0, scanned) done, [scanned, reached) at the least distance, the rest further away
            int scanned = 0;
            int reached = 0;
            int done = 0;
            int least = 0;
            int end = -1;
            while (end < 0) {
                if (scanned == reached) {
                    done = scanned;
                    least = distance[columns[reached++]];
                    for (int k = reached; k < n; k++) {
                        int column = columns[k];
                        int d = distance[column];
                        if (d <= least) {
                            if (d < least) {
                                reached = scanned;
                                least = d;
                            }
                            columns[k] = columns[reached];
                            columns[reached++] = column;
                        }
                    }
                    for (int k = scanned; k < reached && end < 0; k++) {
                        if (rowOf[columns[k]] < 0) {
                            end = columns[k];
                        }
                    }
                }
                if (end < 0) {
                    int through = columns[scanned++];
                    int row = rowOf[through];
                    int at = row * n;
                    int already = cost[at + through] - price[through] - least;
                    for (int k = reached; k < n && end < 0; k++) {
                        int column = columns[k];
                        int d = cost[at + column] - price[column] - already;
                        if (d < distance[column]) {
                            before[column] = row;
                            distance[column] = d;
                            if (d == least) {
                                if (rowOf[column] < 0) {
                                    end = column;
                                } else {
                                    columns[k] = columns[reached];
                                    columns[reached++] = column;
                                }
                            }
                        }
                    }
                }
            }
            for (int k = 0; k < done; k++) {
                int column = columns[k];
                price[column] += distance[column] - least;
            }
            int row;
            do {
                row = before[end];
                rowOf[end] = row;
                int next = columnOf[row];
                columnOf[row] = end;
                end = next;
            } while (row != start);
        }
    }
}
