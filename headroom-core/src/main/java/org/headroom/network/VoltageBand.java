package org.headroom.network;

/**
 * Voltages that a network is run at, per unit of its base.
 *
 * @param lower_pu lowest allowed voltage of a node (eq. 14)
 * @param upper_pu highest allowed voltage of a node (eq. 14)
 * @param source_pu voltage of the substation's node
 */
public record VoltageBand(double lower_pu, double upper_pu, double source_pu) {
    /** 230 V +10/-6 %, source at nominal (design, Sec. 8). */
    public static final VoltageBand BRITISH = new VoltageBand(0.94, 1.10, 1.0);

    public VoltageBand {
        if (!(lower_pu > 0 && lower_pu < upper_pu && upper_pu < 2)) {
            throw new IllegalArgumentException(
                    "voltageLimits_pu are %s, %s, expected 0 < lower < upper < 2".formatted(lower_pu, upper_pu));
        }
        if (!(source_pu >= lower_pu && source_pu <= upper_pu)) {
            throw new IllegalArgumentException("sourceVoltage_pu is %s, expected within the voltage limits %s to %s"
                    .formatted(source_pu, lower_pu, upper_pu));
        }
    }
}
