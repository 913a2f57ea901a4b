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
        double[][] own_kWh = new double[Source.values().length][Sink.values().length];
        double[][] between_kWh = new double[own_kWh.length][Sink.values().length];
        for (Source from : Source.values()) {
            for (Sink to : Sink.values()) {
                for (int t = 0; t < ledger.stepCount(); t++) {
                    own_kWh[from.ordinal()][to.ordinal()] += ledger.own_kWh(from, to, t);
                    between_kWh[from.ordinal()][to.ordinal()] += ledger.between_kWh(from, to, t);
                }
            }
        }
        return of(own_kWh, between_kWh, ledger.batteryLosses_kWh());
    }

    /**
     * Adds up flows by kind.
     *
     * @param own_kWh {@code [source][sink]}, by the order of {@link Source} and {@link Sink}, within payers
     * @param between_kWh the same between payers, and from and to the grid
     */
    public static SharedEnergy of(double[][] own_kWh, double[][] between_kWh, double batteryLosses_kWh) {
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
                double between = between_kWh[from.ordinal()][to.ordinal()];
                boolean kept = to.isHousehold() || to == Sink.LOT;
                homeToHome += from.isHousehold() && to.isHousehold() ? between : 0;
                homeToPublic += from.isHousehold() && to == Sink.LOT ? between : 0;
                publicToHome += from == Source.LOT && to.isHousehold() ? between : 0;
                pvShared += from == Source.PV && kept ? between : 0;
                carsShared += from == Source.CAR && kept ? between : 0;
                bought += from == Source.GRID ? between : 0;
                sold += to == Sink.GRID ? between : 0;
                lines += to == Sink.LINES ? between : 0;
                ownUse += own_kWh[from.ordinal()][to.ordinal()];
            }
        }
        return new SharedEnergy(
                between_kWh[Source.CAR.ordinal()][Sink.CAR.ordinal()],
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
