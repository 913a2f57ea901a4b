package org.headroom.similar.generate;

import java.util.List;
import org.headroom.input.InputException;

/**
 * How similar networks are generated.
 *
 * @param counts counts asked for
 * @param weights one for each input, at least 0, in their order: how often networks are drawn from it; empty for equal ones
 * @param similarityGate whether networks must be similar by all three measures (paper, Sec. 5.3); its thresholds take a while to be
 *     found for a large input
 * @param mostTries candidates drawn for a network before it is given up, at least 1
 */
public record GenerateSettings(
        Method method,
        RequestedCounts counts,
        Transformer transformer,
        List<Double> weights,
        boolean similarityGate,
        int mostTries) {
    /** Tries before a network is given up. */
    public static final int MOST_TRIES = 1000;

    /** Paths, with the counts and the transformer of the input. */
    public static final GenerateSettings DEFAULT = new GenerateSettings(
            Method.PATHS, RequestedCounts.AS_INPUT, new Transformer.OfInput(), List.of(), true, MOST_TRIES);

    public GenerateSettings {
        weights = List.copyOf(weights);
        if (mostTries < 1) {
            throw new InputException("tries is %d, expected at least 1.".formatted(mostTries));
        }
        for (double weight : weights) {
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new InputException("weight is %s, expected at least 0.".formatted(weight));
            }
        }
    }

    public GenerateSettings with(Method other) {
        return new GenerateSettings(other, counts, transformer, weights, similarityGate, mostTries);
    }

    public GenerateSettings with(RequestedCounts other) {
        return new GenerateSettings(method, other, transformer, weights, similarityGate, mostTries);
    }

    public GenerateSettings with(Transformer other) {
        return new GenerateSettings(method, counts, other, weights, similarityGate, mostTries);
    }

    public GenerateSettings withWeights(List<Double> other) {
        return new GenerateSettings(method, counts, transformer, other, similarityGate, mostTries);
    }

    /** Without the gate of similarity: topology and power flow alone are asked for. */
    public GenerateSettings withoutSimilarityGate() {
        return new GenerateSettings(method, counts, transformer, weights, false, mostTries);
    }

    public GenerateSettings withMostTries(int other) {
        return new GenerateSettings(method, counts, transformer, weights, similarityGate, other);
    }
}
