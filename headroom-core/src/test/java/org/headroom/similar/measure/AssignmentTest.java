package org.headroom.similar.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentTest {
    /** The Hungarian method as in textbooks: rows one by one, potentials, shortest augmenting path; O(n³). */
    private static long hungarian(int[] cost, int n) {
        long[] u = new long[n + 1];
        long[] v = new long[n + 1];
        int[] rowOf = new int[n + 1];
        for (int row = 1; row <= n; row++) {
            long[] least = new long[n + 1];
            int[] before = new int[n + 1];
            boolean[] used = new boolean[n + 1];
            Arrays.fill(least, Long.MAX_VALUE);
            rowOf[0] = row;
            int column = 0;
            do {
                used[column] = true;
                int next = 0;
                long delta = Long.MAX_VALUE;
                for (int j = 1; j <= n; j++) {
                    if (!used[j]) {
                        long reduced = cost[(rowOf[column] - 1) * n + j - 1] - u[rowOf[column]] - v[j];
                        if (reduced < least[j]) {
                            least[j] = reduced;
                            before[j] = column;
                        }
                        if (least[j] < delta) {
                            delta = least[j];
                            next = j;
                        }
                    }
                }
                for (int j = 0; j <= n; j++) {
                    if (used[j]) {
                        u[rowOf[j]] += delta;
                        v[j] -= delta;
                    } else {
                        least[j] -= delta;
                    }
                }
                column = next;
            } while (rowOf[column] != 0);
            while (column != 0) {
                rowOf[column] = rowOf[before[column]];
                column = before[column];
            }
        }
        return -v[0];
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10, 200",
        "2, 5, 200",
        "3, 3, 500",
        "5, 4, 500",
        "8, 2, 500",
        "13, 100, 200",
        "40, 157286, 100",
        "40, 6, 100",
        "118, 157286, 20",
        "118, 20, 20",
        "200, 1000, 5"
    })
    void the_least_cost_is_that_of_the_hungarian_method(int n, int highest, int cases) {
        SplittableRandom random = new SplittableRandom(n * 31L + highest);
        Assignment assignment = new Assignment();
        for (int c = 0; c < cases; c++) {
            int[] cost = random.ints((long) n * n, 0, highest + 1).toArray();
            assertThat(assignment.leastCost(cost, n)).isEqualTo(hungarian(cost, n));
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 300", "30, 100", "118, 20"})
    void distances_between_points_that_repeat_are_assigned_at_least_cost(int n, int cases) {
        SplittableRandom random = new SplittableRandom(n);
        Assignment assignment = new Assignment();
        for (int c = 0; c < cases; c++) {
            int[] rows = random.ints(n, 0, 12).toArray();
            int[] columns = random.ints(n, 0, 12).toArray();
            int[] cost = new int[n * n];
            for (int i = 0; i < n * n; i++) {
                cost[i] = Math.min(Math.abs(rows[i / n] - columns[i % n]) * 1000, 5000);
            }
            assertThat(assignment.leastCost(cost, n)).isEqualTo(hungarian(cost, n));
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 50", "60, 20"})
    void the_assignment_has_the_cost_it_claims(int n, int cases) {
        SplittableRandom random = new SplittableRandom(n);
        Assignment assignment = new Assignment();
        for (int c = 0; c < cases; c++) {
            int[] cost = random.ints((long) n * n, 0, 50).toArray();
            long claimed = assignment.leastCost(cost, n);
            boolean[] taken = new boolean[n];
            long sum = 0;
            for (int row = 0; row < n; row++) {
                taken[assignment.column(row)] = true;
                sum += cost[row * n + assignment.column(row)];
            }
            assertThat(taken).doesNotContain(false);
            assertThat(sum).isEqualTo(claimed);
        }
    }
}
