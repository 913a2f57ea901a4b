package org.headroom.household;

/**
 * A home without its car.
 *
 * @param annual_kWh demand a year: what it uses on average, at least 0
 * @param pv_kW peak power of its photovoltaics, 0 where it has none
 */
public record Home(double annual_kWh, double pv_kW) {
    public Home {
        if (!(annual_kWh >= 0 && annual_kWh < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("home: annual_kWh is %s, expected at least 0".formatted(annual_kWh));
        }
        if (!(pv_kW >= 0 && pv_kW < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("home: pv_kW is %s, expected at least 0".formatted(pv_kW));
        }
    }
}
