package org.headroom.similar.measure;

/**
 * The three order-free measures of networks against one input. Keeps its arrays from one network to the next: one for each
 * thread.
 */
final class InputComparison {
    private final TypeShares inputShares;
    private final double[] inputQuantiles = new double[TreeSpectrum.QUANTILES];
    private final NodeFeatures inputNodes = new NodeFeatures();

    private final double[] counts = TypeShares.newCounts();
    private final TreeSpectrum spectrum = new TreeSpectrum();
    private final double[] quantiles = new double[TreeSpectrum.QUANTILES];
    private final NodeFeatures nodes = new NodeFeatures();
    private final Assignment assignment = new Assignment();
    private int[] cost = new int[0];

    InputComparison(NetworkShape input) {
        inputShares = new TypeShares(input);
        spectrum.logQuantiles(input, inputQuantiles);
        inputNodes.fill(input);
    }

    double cosine(NetworkShape other) {
        return inputShares.cosine(other, counts);
    }

    /** Root of the mean squared difference of the quantiles. */
    double spectral(NetworkShape other) {
        spectrum.logQuantiles(other, quantiles);
        double squares = 0;
        for (int k = 0; k < quantiles.length; k++) {
            double difference = quantiles[k] - inputQuantiles[k];
            squares += difference * difference;
        }
        return Math.sqrt(squares / quantiles.length);
    }

    /** Cost of the cheapest assignment over the greater number of nodes. */
    double editDistance(NetworkShape other) {
        nodes.fill(other);
        int n = Math.max(inputNodes.nodes(), nodes.nodes());
        if (cost.length < n * n) {
            cost = new int[n * n];
        }
        inputNodes.costs(nodes, cost, n);
        return assignment.leastCost(cost, n) / ((double) NodeFeatures.SCALE * n);
    }
}
