package org.headroom.similar.validate;

import java.util.List;
import org.headroom.input.InputException;
import org.headroom.similar.generate.Method;

/**
 * How the held-out proof is done.
 *
 * @param methods of generation, each compared with the same held-out feeders
 * @param folds parts that the networks are dealt into; each is held out in turn, at least 2
 * @param perFeeder networks generated from each feeder, at least 1
 * @param draws times that folds are dealt and generated feeders chosen, at least 1; means over draws are reported
 * @param withinFlowLimits whether only feeders within flow limits are taken, both as inputs and as held out
 */
public record ProofSettings(List<Method> methods, int folds, int perFeeder, int draws, boolean withinFlowLimits) {
    public ProofSettings {
        methods = List.copyOf(methods);
        if (folds < 2) {
            throw new InputException(
                    "folds is %d, expected at least 2: one to hold out, one to learn from.".formatted(folds));
        }
        if (perFeeder < 1) {
            throw new InputException("networks per feeder is %d, expected at least 1.".formatted(perFeeder));
        }
        if (draws < 1) {
            throw new InputException("draws is %d, expected at least 1.".formatted(draws));
        }
    }
}
