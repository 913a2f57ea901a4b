package org.headroom.similar.validate;

/** Features less their mean, over their standard deviation; one that does not vary stays 0. */
final class Standardised {
    private final double[] mean;
    private final double[] deviation;

    private Standardised(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /** The scale of some feeders. */
    static Standardised by(double[][] feeders) {
        int features = feeders[0].length;
        double[] mean = new double[features];
        double[] deviation = new double[features];
        for (int j = 0; j < features; j++) {
            double sum = 0;
            for (double[] feeder : feeders) {
                sum += feeder[j];
            }
            mean[j] = sum / feeders.length;
            double squares = 0;
            for (double[] feeder : feeders) {
                squares += (feeder[j] - mean[j]) * (feeder[j] - mean[j]);
            }
            deviation[j] = Math.sqrt(squares / feeders.length);
        }
        return new Standardised(mean, deviation);
    }

    /** Feeders on this scale. */
    double[][] of(double[][] feeders) {
        double[][] scaled = new double[feeders.length][mean.length];
        for (int i = 0; i < feeders.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                scaled[i][j] = deviation[j] > 0 ? (feeders[i][j] - mean[j]) / deviation[j] : 0;
            }
        }
        return scaled;
    }
}
