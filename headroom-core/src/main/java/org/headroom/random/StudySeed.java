package org.headroom.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The seed of a study, from which every random draw derives.
 *
 * @param value any 64-bit number
 */
public record StudySeed(long value) {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /**
     * The stream for one purpose and one set of indices (network, household, day, …). The same arguments give the same
     * stream; different ones give independent streams (L64X128Mix, its 256 bits of state filled from the key by SplitMix64).
     */
    public UniformRandomProvider stream(Purpose purpose, long... indices) {
        long key = mix(value + GOLDEN_RATIO);
        key = mix(key ^ mix(purpose.key() * GOLDEN_RATIO));
        for (long index : indices) {
            key = mix(key * 31 + mix(index + GOLDEN_RATIO));
        }
        long[] state = new long[4];
        for (int i = 0; i < state.length; i++) {
            key += GOLDEN_RATIO;
            state[i] = mix(key);
        }
        return RandomSource.L64_X128_MIX.create(state);
    }

    /** A number in [0, 1) that a key always has: where an order or a choice is to depend on the key alone, not on a study's seed. */
    public static double shareOf(long key) {
        return (mix((key + 1) * GOLDEN_RATIO) >>> 11) * 0x1.0p-53;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
