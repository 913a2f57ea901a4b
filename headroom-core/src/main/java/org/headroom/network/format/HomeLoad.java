package org.headroom.network.format;

/**
 * What a home draws in formats that have loads instead of homes: the after-diversity peak of the household model, the winter
 * weekday evening of a home of 3,700 kWh a year (design, Sec. 4, table A: 0.63 kW at 2,700 kWh).
 */
final class HomeLoad {
    static final double POWER_KW = 0.86;
    static final double POWER_FACTOR = 0.95;
    static final double REACTIVE_KVAR = POWER_KW * Math.sqrt(1 - POWER_FACTOR * POWER_FACTOR) / POWER_FACTOR;

    static final String REMARK =
            "a home is a three-phase load of " + POWER_KW + " kW at power factor " + POWER_FACTOR + ", after diversity";

    private HomeLoad() {}
}
