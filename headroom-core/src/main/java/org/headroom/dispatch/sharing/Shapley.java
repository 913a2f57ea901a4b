package org.headroom.dispatch.sharing;

/**
 * What each part contributes to a whole: the mean, over all orders in which parts can be switched on, of what switching it on
 * changes (Shapley 1953). Contributions sum to the whole, and no order is preferred.
 */
public final class Shapley {
    private Shapley() {}

    /**
     * Contributions of the parts.
     *
     * @param value of each combination of parts: bit i of its index says whether part i is on; 2ⁿ of them
     * @return one contribution a part; they sum to the last value less the first
     */
    public static double[] contributions(double[] value) {
        int parts = Integer.numberOfTrailingZeros(value.length);
        if (value.length != 1 << parts) {
            throw new IllegalArgumentException(
                    "%d values, expected one for each combination of parts: a power of two".formatted(value.length));
        }
        double[] contributions = new double[parts];
        for (int combination = 0; combination < value.length; combination++) {
            double weight = weight(Integer.bitCount(combination), parts);
            for (int part = 0; part < parts; part++) {
                int with = combination | 1 << part;
                if (with != combination) {
                    contributions[part] += weight * (value[with] - value[combination]);
                }
            }
        }
        return contributions;
    }

    /** Share of orders in which a part comes right after so many others: 1 / (parts × (parts - 1 over others)). */
    private static double weight(int others, int parts) {
        double choices = 1;
        for (int i = 0; i < others; i++) {
            choices = choices * (parts - 1 - i) / (i + 1);
        }
        return 1 / (parts * choices);
    }
}
