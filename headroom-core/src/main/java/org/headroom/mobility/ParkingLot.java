package org.headroom.mobility;

/**
 * A public parking lot and the cars that charge there alone (paper, Sec. 4.4): more cars than charging points.
 *
 * @param chargers charging points, M of the paper
 * @param charger_kW rated power of each
 * @param cars cars of its pool
 * @param reserveBelowSoc state of charge on arrival below which a car has reserved a point
 * @param topUpBelowSoc state of charge below which a car takes a free point, if there is one; above it does not try
 */
public record ParkingLot(int chargers, double charger_kW, int cars, double reserveBelowSoc, double topUpBelowSoc) {
    public ParkingLot {
        if (chargers < 1 || chargers > 10_000) {
            throw new IllegalArgumentException("chargers is %d, expected 1 to 10000".formatted(chargers));
        }
        if (!(charger_kW > 0 && charger_kW <= 1000)) {
            throw new IllegalArgumentException(
                    "charger_kW is %s, expected above 0 and at most 1000".formatted(charger_kW));
        }
        if (cars <= chargers || cars > 1_000_000) {
            // With a point for each car nobody would compete, and the rules below would decide nothing.
            throw new IllegalArgumentException(
                    "cars is %d, expected more than chargers (%d) and at most 1000000".formatted(cars, chargers));
        }
        if (!(topUpBelowSoc > 0 && topUpBelowSoc <= 1)) {
            throw new IllegalArgumentException(
                    "topUpBelowSoc is %s, expected above 0 and at most 1".formatted(topUpBelowSoc));
        }
        if (!(reserveBelowSoc >= 0 && reserveBelowSoc <= topUpBelowSoc)) {
            throw new IllegalArgumentException(
                    "reserveBelowSoc is %s, expected at least 0 and at most topUpBelowSoc (%s)"
                            .formatted(reserveBelowSoc, topUpBelowSoc));
        }
    }
}
