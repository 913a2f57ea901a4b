package org.headroom.dispatch.sharing;

/**
 * What a ledger comes to, kWh.
 *
 * @param carToCar_kWh from the cars of homes to cars of other homes in the same step; small, since a battery is worth most as a
 *     store for later
 * @param homeToHome_kWh from the PV and cars of homes to the demand and cars of other homes, the former included
 * @param homeToPublic_kWh from the PV and cars of homes to public lots
 * @param publicToHome_kWh from public lots to homes
 * @param pvShared_kWh from the PV of homes to other homes and to lots
 * @param carsShared_kWh from the cars of homes to other homes and to lots
 * @param ownUse_kWh from the PV and cars of homes and lots to their own demand and cars
 * @param bought_kWh from the grid
 * @param sold_kWh to the grid
 * @param batteryLosses_kWh lost in batteries, charging and discharging
 * @param lineLosses_kWh lost in lines, where dispatch counts it
 */
public record SharedEnergy(
        double carToCar_kWh,
        double homeToHome_kWh,
        double homeToPublic_kWh,
        double publicToHome_kWh,
        double pvShared_kWh,
        double carsShared_kWh,
        double ownUse_kWh,
        double bought_kWh,
        double sold_kWh,
        double batteryLosses_kWh,
        double lineLosses_kWh) {

    /** Adds up a day's ledger. */
    public static SharedEnergy of(Ledger ledger) {
        return of(ledger.own(), ledger.between(), ledger.batteryLosses_kWh());
    }

    /**
     * Adds up flows by kind.
     *
     * @param own within payers
     * @param between between payers, and from and to the grid
     */
    public static SharedEnergy of(EnergyByKind own, EnergyByKind between, double batteryLosses_kWh) {
        double homeToHome = 0;
        double homeToPublic = 0;
        double publicToHome = 0;
        double pvShared = 0;
        double carsShared = 0;
        double ownUse = 0;
        double bought = 0;
        double sold = 0;
        double lines = 0;
        for (Source from : Source.values()) {
            for (Sink to : Sink.values()) {
                double energy = between.sum_kWh(from, to);
                boolean kept = to.isHousehold() || to == Sink.LOT;
                homeToHome += from.isHousehold() && to.isHousehold() ? energy : 0;
                homeToPublic += from.isHousehold() && to == Sink.LOT ? energy : 0;
                publicToHome += from == Source.LOT && to.isHousehold() ? energy : 0;
                pvShared += from == Source.PV && kept ? energy : 0;
                carsShared += from == Source.CAR && kept ? energy : 0;
                bought += from == Source.GRID ? energy : 0;
                sold += to == Sink.GRID ? energy : 0;
                lines += to == Sink.LINES ? energy : 0;
                ownUse += own.sum_kWh(from, to);
            }
        }
        return new SharedEnergy(
                between.sum_kWh(Source.CAR, Sink.CAR),
                homeToHome,
                homeToPublic,
                publicToHome,
                pvShared,
                carsShared,
                ownUse,
                bought,
                sold,
                batteryLosses_kWh,
                lines);
    }
}
