package org.headroom.app.report;

import java.util.List;
import org.headroom.study.CarsSummary.LotUse;
import org.headroom.study.CarsSummary.PublicParkingUse;

/**
 * The use of public parking lots as printed.
 *
 * @param year a row a figure: all lots of a network together, a year
 * @param lots a row a lot of the first network, in the columns of {@link #LOT_COLUMNS}
 */
public record ParkingTables(List<Table2.Row> year, List<Table2.Row> lots) {
    static final List<String> LOT_COLUMNS = List.of(
            "Charging points",
            "Charger (kW)",
            "Cars of its pool",
            "Points occupied (% of time)",
            "Reserved stays",
            "First-come stays",
            "Turned away though low",
            "Turned away",
            "Charged (kWh)",
            "Charged elsewhere (kWh)");

    static ParkingTables of(PublicParkingUse use) {
        return new ParkingTables(
                List.of(
                        new Table2.Row(
                                "Charging points occupied, % of the time",
                                List.of(Table2.Cell.of(use.occupiedShare(), Numbers::percent, false))),
                        new Table2.Row(
                                "Stays with a reservation",
                                List.of(Table2.Cell.of(use.reservedPerYear(), Numbers::whole, false))),
                        new Table2.Row(
                                "Stays on a first-come point",
                                List.of(Table2.Cell.of(use.firstComePerYear(), Numbers::whole, false))),
                        new Table2.Row(
                                "Turned away though low on charge",
                                List.of(Table2.Cell.of(use.turnedAwayReservedPerYear(), Numbers::whole, false))),
                        new Table2.Row(
                                "Turned away", List.of(Table2.Cell.of(use.turnedAwayPerYear(), Numbers::whole, false))),
                        new Table2.Row(
                                "Charged at the lots, kWh",
                                List.of(Table2.Cell.of(use.charged_kWhPerYear(), Numbers::whole, false))),
                        new Table2.Row(
                                "Charged elsewhere by their cars, kWh",
                                List.of(Table2.Cell.of(use.away_kWhPerYear(), Numbers::whole, false)))),
                use.lots().stream()
                        .filter(lot -> lot.network() == 0)
                        .map(ParkingTables::row)
                        .toList());
    }

    private static Table2.Row row(LotUse lot) {
        return new Table2.Row(
                "At node " + lot.node(),
                List.of(
                        Table2.Cell.plain(Numbers.whole(lot.chargers())),
                        Table2.Cell.plain(Numbers.plain(lot.charger_kW())),
                        Table2.Cell.plain(Numbers.whole(lot.cars())),
                        Table2.Cell.plain(Numbers.percent(lot.occupiedShare())),
                        Table2.Cell.plain(Numbers.whole(lot.reservedPerYear())),
                        Table2.Cell.plain(Numbers.whole(lot.firstComePerYear())),
                        Table2.Cell.plain(Numbers.whole(lot.turnedAwayReservedPerYear())),
                        Table2.Cell.plain(Numbers.whole(lot.turnedAwayPerYear())),
                        Table2.Cell.plain(Numbers.whole(lot.charged_kWhPerYear())),
                        Table2.Cell.plain(Numbers.whole(lot.away_kWhPerYear()))));
    }
}
