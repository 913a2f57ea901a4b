package org.headroom.study;

import org.headroom.study.TrialResult.TrialKey;

/**
 * A trial that ended in a fault of the program; the study leaves it out and goes on.
 *
 * @param cause what went wrong, in a line
 */
record TrialFailure(TrialKey key, String scenario, String cause) {
    static TrialFailure of(TrialKey key, String scenario, RuntimeException fault) {
        String text = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
        return new TrialFailure(key, scenario, fault.getClass().getSimpleName() + ": " + text);
    }

    /** The option that runs it alone. */
    String only() {
        return "--only network=%d,day=%d,scenario=%s".formatted(key.network(), key.day(), scenario);
    }
}
