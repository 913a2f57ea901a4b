package org.headroom.dispatch.sharing;

/**
 * What a day's ledger comes to, kWh.
 *
 * @param carToCar_kWh from the cars of homes to cars of other homes
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

    /** Adds up a ledger. */
    public static SharedEnergy of(Ledger ledger) {
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
                double between = 0;
                for (int t = 0; t < ledger.stepCount(); t++) {
                    between += ledger.between_kWh(from, to, t);
                    ownUse += ledger.own_kWh(from, to, t);
                }
                homeToHome += from.isHousehold() && to.isHousehold() ? between : 0;
                homeToPublic += from.isHousehold() && to == Sink.LOT ? between : 0;
                publicToHome += from == Source.LOT && to.isHousehold() ? between : 0;
                boolean kept = to.isHousehold() || to == Sink.LOT;
                pvShared += from == Source.PV && kept ? between : 0;
                carsShared += from == Source.CAR && kept ? between : 0;
                bought += from == Source.GRID ? between : 0;
                sold += to == Sink.GRID ? between : 0;
                lines += to == Sink.LINES ? between : 0;
            }
        }
        return new SharedEnergy(
                total(ledger, Source.CAR, Sink.CAR),
                homeToHome,
                homeToPublic,
                publicToHome,
                pvShared,
                carsShared,
                ownUse,
                bought,
                sold,
                ledger.batteryLosses_kWh(),
                lines);
    }

    private static double total(Ledger ledger, Source from, Sink to) {
        double sum = 0;
        for (int t = 0; t < ledger.stepCount(); t++) {
            sum += ledger.between_kWh(from, to, t);
        }
        return sum;
    }
}
