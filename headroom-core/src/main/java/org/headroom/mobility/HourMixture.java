package org.headroom.mobility;

import java.util.List;

/**
 * A mixture of normal distributions of an hour of the day (ρ of the paper, Sec. 3.2).
 *
 * @param components at least one; their shares sum to 1
 */
public record HourMixture(List<Component> components) {
    public HourMixture {
        components = List.copyOf(components);
        if (components.isEmpty()) {
            throw new IllegalArgumentException("has no component, expected at least one");
        }
        double sum = components.stream().mapToDouble(Component::share).sum();
        if (!(Math.abs(sum - 1) < 1e-6)) {
            throw new IllegalArgumentException("has shares that sum to %s, expected 1".formatted(sum));
        }
    }

    /**
     * One normal distribution of the mixture.
     *
     * @param share weight in the mixture
     * @param mean_h hours after midnight
     * @param sd_h standard deviation
     */
    public record Component(double share, double mean_h, double sd_h) {
        public Component {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("has share %s, expected above 0 and at most 1".formatted(share));
            }
            if (!(mean_h >= 0 && mean_h <= 24)) {
                throw new IllegalArgumentException("has mean %s h, expected 0 to 24".formatted(mean_h));
            }
            if (!(sd_h >= 0 && sd_h <= 12)) {
                throw new IllegalArgumentException("has sd %s h, expected 0 to 12".formatted(sd_h));
            }
        }
    }
}
