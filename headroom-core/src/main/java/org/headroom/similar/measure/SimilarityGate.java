package org.headroom.similar.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.headroom.input.InputException;
import org.headroom.random.StudySeed;
import org.jspecify.annotations.Nullable;

/**
 * What a generated network must pass to count as similar to the input: three order-free measures, each with a threshold that
 * comes from the input itself. Immutable; may be used by several threads, each with its own {@link Comparison}.
 *
 * <p>Two sets of networks give the thresholds: {@value #SHUFFLED} copies of the input with its electrical parameters shuffled
 * within levels ({@link ShuffledCopies}), which a gate should refuse, and {@value #CALIBRATION} networks of the generator, which it
 * should let pass. The cosine must at least reach the {@value #SHUFFLED_BELOW} quantile of the shuffled copies; where this would
 * refuse more than half of the calibration networks, their median is taken instead, and the gate is weaker for it. Of those that
 * reach it, {@value #PASSING} pass all three: each measure refuses the same number of its worst calibration networks, as many as
 * that allows. How much the gate is worth is the {@link Thresholds#power}, measured on {@value #SHUFFLED} shuffled copies that
 * gave no threshold.
 */
public final class SimilarityGate {
    /** Number of shuffled copies for the threshold, and again for the power. */
    public static final int SHUFFLED = 200;

    /** Number of calibration networks. */
    public static final int CALIBRATION = 150;

    /** Share of shuffled copies whose cosine is to be too low. */
    public static final double SHUFFLED_BELOW = 0.99;

    /** Share that passes all three, of the calibration networks that reach the shuffled copies' cosine. */
    public static final double PASSING = 0.95;

    /** Power below which a warning is given. */
    public static final double LEAST_POWER = 0.5;

    /**
     * The thresholds, and what they are worth.
     *
     * @param cosine the least that passes
     * @param spectral the most that passes
     * @param editDistance the most that passes
     * @param power share of shuffled copies that the gate refuses, 0 to 1
     * @param passing share of calibration networks that pass all three
     * @param warnings what to know before relying on the gate; none where all is well
     */
    public record Thresholds(
            double cosine, double spectral, double editDistance, double power, double passing, List<String> warnings) {
        public Thresholds {
            warnings = List.copyOf(warnings);
        }

        private @Nullable Measure refusing(double itsCosine, double itsSpectral, double itsEditDistance) {
            return itsCosine < cosine
                    ? Measure.COSINE
                    : itsSpectral > spectral
                            ? Measure.SPECTRAL
                            : itsEditDistance > editDistance ? Measure.EDIT_DISTANCE : null;
        }
    }

    private final NetworkShape input;
    private final Thresholds thresholds;

    private SimilarityGate(NetworkShape input, Thresholds thresholds) {
        this.input = input;
        this.thresholds = thresholds;
    }

    /**
     * Makes the gate for an input.
     *
     * @param calibration networks of the generator that passed every other gate, by index from 0 to {@value #CALIBRATION} − 1
     * @param seed of the shuffled copies; the same seed gives the same gate
     */
    public static SimilarityGate of(NetworkShape input, IntFunction<NetworkShape> calibration, StudySeed seed) {
        requireMeasurable(input);
        InputComparison comparison = new InputComparison(input);
        double[] spectral = new double[CALIBRATION];
        double[] editDistance = new double[CALIBRATION];
        double[] cosine = new double[CALIBRATION];
        for (int i = 0; i < CALIBRATION; i++) {
            NetworkShape network = calibration.apply(i);
            requireMeasurable(network);
            cosine[i] = comparison.cosine(network);
            spectral[i] = comparison.spectral(network);
            editDistance[i] = comparison.editDistance(network);
        }
        ShuffledCopies copies = new ShuffledCopies(input, seed);
        double[] shuffled = new double[SHUFFLED];
        for (int i = 0; i < SHUFFLED; i++) {
            shuffled[i] = comparison.cosine(copies.copy(i));
        }
        double least = Math.min(quantile(shuffled, SHUFFLED_BELOW), quantile(cosine, 0.5));
        Thresholds thresholds = thresholds(least, cosine, spectral, editDistance);
        int refused = 0;
        for (int i = SHUFFLED; i < 2 * SHUFFLED; i++) {
            NetworkShape copy = copies.copy(i);
            boolean refusedEarly =
                    comparison.cosine(copy) < thresholds.cosine || comparison.spectral(copy) > thresholds.spectral;
            if (refusedEarly || comparison.editDistance(copy) > thresholds.editDistance) {
                refused++;
            }
        }
        double power = refused / (double) SHUFFLED;
        List<String> warnings = new ArrayList<>();
        if (power < LEAST_POWER) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "network %s: the similarity gate refuses only %.0f %% of %d copies whose electrical parameters were shuffled, expected at least %.0f %%: it says little here.\nMaybe the network is too small, its lines are too much alike, or other counts are asked for than it has.",
                    input.name(),
                    100 * power,
                    SHUFFLED,
                    100 * LEAST_POWER));
        }
        return new SimilarityGate(
                input,
                new Thresholds(
                        thresholds.cosine,
                        thresholds.spectral,
                        thresholds.editDistance,
                        power,
                        passing(thresholds, cosine, spectral, editDistance),
                        warnings));
    }

    /**
     * The tightest thresholds with which enough calibration networks pass, each measure refusing as many of its worst as another.
     *
     * @param least cosine that is asked for in any case
     */
    private static Thresholds thresholds(double least, double[] cosine, double[] spectral, double[] editDistance) {
        double[] cosines = sorted(cosine);
        double[] spectrals = sorted(spectral);
        double[] editDistances = sorted(editDistance);
        double enough = PASSING * Arrays.stream(cosine).filter(c -> c >= least).count() / CALIBRATION;
        int worst = (int) ((1 - PASSING) * CALIBRATION);
        while (true) {
            int last = CALIBRATION - 1 - worst;
            Thresholds thresholds = new Thresholds(
                    Math.max(least, cosines[worst]), spectrals[last], editDistances[last], 0, 0, List.of());
            if (worst == 0 || passing(thresholds, cosine, spectral, editDistance) >= enough) {
                return thresholds;
            }
            worst--;
        }
    }

    /** Share of the calibration networks that pass. */
    private static double passing(Thresholds thresholds, double[] cosine, double[] spectral, double[] editDistance) {
        int passed = 0;
        for (int i = 0; i < CALIBRATION; i++) {
            passed += thresholds.refusing(cosine[i], spectral[i], editDistance[i]) == null ? 1 : 0;
        }
        return passed / (double) CALIBRATION;
    }

    /** The thresholds, and what they are worth. */
    public Thresholds thresholds() {
        return thresholds;
    }

    /** The network that others are compared with. */
    public NetworkShape input() {
        return input;
    }

    /** Compares networks with the input, one after the other; keeps its arrays, so one is made for each thread. */
    public final class Comparison {
        private final InputComparison measures = new InputComparison(input);

        private Comparison() {}

        /** Measures a network by all three measures. */
        public Similarity check(NetworkShape candidate) {
            requireMeasurable(candidate);
            double cosine = measures.cosine(candidate);
            double spectral = measures.spectral(candidate);
            double editDistance = measures.editDistance(candidate);
            return new Similarity(cosine, spectral, editDistance, thresholds.refusing(cosine, spectral, editDistance));
        }
    }

    /** A comparison for the calling thread. */
    public Comparison comparison() {
        return new Comparison();
    }

    /** Lines of the largest network that can be compared. */
    public static int mostLines() {
        return NodeFeatures.MOST_NODES;
    }

    private static void requireMeasurable(NetworkShape network) {
        if (network.nodes() > NodeFeatures.MOST_NODES) {
            throw new InputException(
                    "network %s: %d lines, expected at most %d to be compared node by node.\nMaybe reduce it first: headroom networks convert … --reduce joints."
                            .formatted(network.name(), network.nodes(), NodeFeatures.MOST_NODES));
        }
    }

    /** The quantile by linear interpolation. */
    private static double quantile(double[] values, double share) {
        double[] sorted = sorted(values);
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
