package org.headroom.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.headroom.study.CarsSummary.CarEnergy;
import org.headroom.study.StudySummary;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.ScenarioSummary;

/**
 * Energy through the chargers, as printed.
 *
 * @param columns in and out at each place that has chargers
 * @param scenarios a row a mode
 */
public record ChargerTable(List<String> columns, List<Table2.Group> scenarios) {
    static ChargerTable of(StudySummary summary) {
        List<CarEnergy> energy = summary.cars().energy();
        List<String> places = Stream.of("home", "public")
                .filter(place -> energy.stream().anyMatch(row -> row.place().equals(place)))
                .toList();
        List<Table2.Group> groups = new ArrayList<>();
        for (ScenarioSummary scenario : summary.scenarios()) {
            List<Table2.Row> rows = new ArrayList<>();
            for (ModeSummary mode : scenario.modes()) {
                List<CarEnergy> ofMode = energy.stream()
                        .filter(row -> row.scenario().equals(scenario.name())
                                && row.mode().equals(mode.mode()))
                        .toList();
                rows.add(new Table2.Row(
                        Names.mode(mode.mode()),
                        places.stream()
                                .flatMap(place -> cells(ofMode, place).stream())
                                .toList()));
            }
            groups.add(new Table2.Group(Names.scenario(scenario), rows));
        }
        return new ChargerTable(
                places.stream()
                        .map(place -> place.equals("home") ? "at homes" : "in public")
                        .flatMap(where -> Stream.of("Charged " + where, "Given back " + where))
                        .toList(),
                groups);
    }

    private static List<Table2.Cell> cells(List<CarEnergy> ofMode, String place) {
        return ofMode.stream()
                .filter(row -> row.place().equals(place))
                .findFirst()
                .map(row -> List.of(
                        Table2.Cell.of(row.charged_kWhPerYear(), Numbers::whole, false),
                        Table2.Cell.of(row.discharged_kWhPerYear(), Numbers::whole, false)))
                .orElse(List.of(Table2.Cell.NONE, Table2.Cell.NONE));
    }
}
