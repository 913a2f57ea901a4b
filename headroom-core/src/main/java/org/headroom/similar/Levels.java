package org.headroom.similar;

import java.util.Arrays;
import org.headroom.network.Network;

/**
 * The three levels of a network by height: 1 near-substation, 2 intermediate, 3 near-terminal (paper, Sec. 5.1, Fig. 4).
 *
 * <p>The paper asks for a balanced distribution of nodes; taken are the two cuts between heights with the least sum of squared
 * level sizes, the substation's node not counted, of equally good ones the lowest. No level is empty where nodes
 * have three heights or more. With two heights, the lower is level 3 and the upper level 1; with one, all are level 3.
 */
public final class Levels {
    /** Number of levels. */
    public static final int COUNT = 3;

    private final int[] heights;
    private final int highestOfLevel3;
    private final int highestOfLevel2;

    private Levels(int[] heights, int highestOfLevel3, int highestOfLevel2) {
        this.heights = heights;
        this.highestOfLevel3 = highestOfLevel3;
        this.highestOfLevel2 = highestOfLevel2;
    }

    public static Levels of(Network network) {
        return ofHeights(network.heights());
    }

    /** The levels of a network by the heights of its nodes, the substation's first. */
    public static Levels ofHeights(int[] nodeHeights) {
        int[] heights = nodeHeights.clone();
        int highest = Arrays.stream(heights).skip(1).max().orElse(0);
        if (highest < 2) {
            return new Levels(heights, 0, 0);
        }
        long[] atMost = new long[highest + 1]; // nodes of that height or less
        for (int n = 1; n < heights.length; n++) {
            atMost[heights[n]]++;
        }
        for (int h = 1; h <= highest; h++) {
            atMost[h] += atMost[h - 1];
        }
        int best3 = 0;
        int best2 = 1;
        long least = Long.MAX_VALUE;
        for (int cut3 = 0; cut3 < highest - 1; cut3++) {
            for (int cut2 = cut3 + 1; cut2 < highest; cut2++) {
                long size3 = atMost[cut3];
                long size2 = atMost[cut2] - size3;
                long size1 = atMost[highest] - atMost[cut2];
                long squares = size3 * size3 + size2 * size2 + size1 * size1;
                if (squares < least) {
                    least = squares;
                    best3 = cut3;
                    best2 = cut2;
                }
            }
        }
        return new Levels(heights, best3, best2);
    }

    /** Level of a line, 1 to 3: that of the node it feeds. */
    public int level(int line) {
        int height = heights[line + 1];
        return height <= highestOfLevel3 ? 3 : height <= highestOfLevel2 ? 2 : 1;
    }

    /** Number of lines of a level (1 to 3); counted anew at every call. */
    public int lineCount(int level) {
        int count = 0;
        for (int l = 0; l < heights.length - 1; l++) {
            count += level(l) == level ? 1 : 0;
        }
        return count;
    }

    /** Height of the node that a line feeds. */
    public int height(int line) {
        return heights[line + 1];
    }

    /** Highest height of level 3. */
    public int highestOfLevel3() {
        return highestOfLevel3;
    }

    /** Highest height of level 2; that of level 3 where level 2 is empty. */
    public int highestOfLevel2() {
        return highestOfLevel2;
    }

    /** The cuts as in Fig. 4, from the leaves up: {@code 0 | 1-2 | 3-5}. */
    @Override
    public String toString() {
        int highest = Arrays.stream(heights).skip(1).max().orElse(0);
        return range(0, highestOfLevel3) + " | " + range(highestOfLevel3 + 1, highestOfLevel2) + " | "
                + range(highestOfLevel2 + 1, highest);
    }

    private static String range(int from, int to) {
        return to < from ? "none" : from == to ? Integer.toString(from) : from + "-" + to;
    }
}
