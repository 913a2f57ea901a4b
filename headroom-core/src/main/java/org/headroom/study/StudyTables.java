package org.headroom.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.headroom.input.CsvTable;
import org.headroom.study.CarsSummary.Availability;
import org.headroom.study.CarsSummary.CarEnergy;
import org.headroom.study.CarsSummary.LotUse;
import org.headroom.study.CarsSummary.PublicParkingUse;
import org.headroom.study.StudySummary.ChargingCurves;
import org.headroom.study.StudySummary.ModeDifference;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.ScenarioSummary;

/** Writer of {@code tables/*.csv}: the paper's Tables 2 and 3, paired differences and the series behind the figures. */
final class StudyTables {
    private StudyTables() {}

    static void write(StudySummary summary, Path folder) throws IOException {
        Files.createDirectories(folder);
        writeTable2(summary, folder.resolve("table2.csv"));
        writeTable3(summary, folder.resolve("table3.csv"));
        writeDifferences(summary, folder.resolve("differences.csv"));
        writeWeek(summary, folder.resolve("substation-week.csv"));
        writeTypicalDay(summary, folder.resolve("line-flow-day.csv"));
        writeCurves(summary, folder.resolve("charging-curves.csv"));
        writeAvailability(summary.cars(), folder.resolve("availability.csv"));
        writeAvailabilityMeans(summary.cars(), folder.resolve("availability-mean.csv"));
        writeCarEnergy(summary.cars(), folder.resolve("car-energy.csv"));
        PublicParkingUse parking = summary.cars().findPublicParking();
        if (parking != null) {
            writeParking(parking, folder.resolve("parking.csv"));
        }
    }

    private static void writeTable2(StudySummary summary, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of("scenario", "mode"));
        for (String metric : List.of(
                "substationPeak_kW",
                "substationPeak_kVA",
                "peakToAverage",
                "presentValue_gbpPerYear",
                "energyCost_gbpPerYear",
                "degradation_gbpPerYear",
                "lowestVoltage_pu",
                "lowestAcVoltage_pu",
                "acVoltageError_pu",
                "losses_kWhPerYear",
                "curtailed_kWhPerYear")) {
            Cells.addColumns(header, metric);
        }
        header.add("expansions");
        header.add("violations");
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (ScenarioSummary scenario : summary.scenarios()) {
                for (ModeSummary mode : scenario.modes()) {
                    List<String> row = new ArrayList<>(List.of(scenario.name(), mode.mode()));
                    for (Estimate estimate : List.of(
                            mode.peak_kW(),
                            mode.peak_kVA(),
                            mode.peakToAverage(),
                            mode.presentValue_gbpPerYear(),
                            mode.energyCost_gbpPerYear(),
                            mode.degradation_gbpPerYear(),
                            mode.lowestVoltage_pu(),
                            mode.lowestAcVoltage_pu(),
                            mode.acVoltageError_pu(),
                            mode.losses_kWhPerYear(),
                            mode.curtailed_kWhPerYear())) {
                        Cells.addCells(row, estimate);
                    }
                    row.add(Integer.toString(mode.expansions()));
                    row.add(Integer.toString(mode.violations()));
                    csv.writeRecord(row);
                }
            }
        }
    }

    private static void writeTable3(StudySummary summary, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of("scenario", "level", "mode"));
        Cells.addColumns(header, "linePeak_kW");
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (ScenarioSummary scenario : summary.scenarios()) {
                for (int level = 1; level <= 3; level++) {
                    for (ModeSummary mode : scenario.modes()) {
                        List<String> row =
                                new ArrayList<>(List.of(scenario.name(), Integer.toString(level), mode.mode()));
                        Cells.addCells(row, mode.linePeakByLevel_kW().get(level - 1));
                        csv.writeRecord(row);
                    }
                }
            }
        }
    }

    private static void writeDifferences(StudySummary summary, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of("scenario", "mode", "against", "metric"));
        Cells.addColumns(header, "relativeDifference");
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (ScenarioSummary scenario : summary.scenarios()) {
                for (ModeDifference difference : scenario.differences()) {
                    List<String> row = new ArrayList<>(
                            List.of(scenario.name(), difference.mode(), difference.against(), difference.metric()));
                    Cells.addCells(row, difference.relative());
                    csv.writeRecord(row);
                }
            }
        }
    }

    private static void writeWeek(StudySummary summary, Path file) throws IOException {
        try (CsvWriter csv = CsvTable.create(file, List.of("scenario", "mode", "step", "p_kW"))) {
            for (ScenarioSummary scenario : summary.scenarios()) {
                for (ModeSummary mode : scenario.modes()) {
                    for (int t = 0; t < mode.weekSubstation_kW().size(); t++) {
                        csv.writeRecord(
                                scenario.name(),
                                mode.mode(),
                                Integer.toString(t),
                                Cells.cell(mode.weekSubstation_kW().get(t)));
                    }
                }
            }
        }
    }

    private static void writeTypicalDay(StudySummary summary, Path file) throws IOException {
        try (CsvWriter csv = CsvTable.create(file, List.of("scenario", "mode", "level", "step", "p_kW"))) {
            for (ScenarioSummary scenario : summary.scenarios()) {
                for (ModeSummary mode : scenario.modes()) {
                    for (int level = 1; level <= mode.dayLineFlowByLevel_kW().size(); level++) {
                        List<Double> flow = mode.dayLineFlowByLevel_kW().get(level - 1);
                        for (int t = 0; t < flow.size(); t++) {
                            csv.writeRecord(
                                    scenario.name(),
                                    mode.mode(),
                                    Integer.toString(level),
                                    Integer.toString(t),
                                    Cells.cell(flow.get(t)));
                        }
                    }
                }
            }
        }
    }

    private static void writeCurves(StudySummary summary, Path file) throws IOException {
        try (CsvWriter csv = CsvTable.create(file, List.of("archetype", "week", "step", "mean_kW"))) {
            for (ChargingCurves curves : summary.chargingCurves()) {
                for (int w = 0; w < curves.weeks().size(); w++) {
                    for (int t = 0; t < curves.weeks().get(w).size(); t++) {
                        csv.writeRecord(
                                curves.archetype(),
                                Integer.toString(w),
                                Integer.toString(t),
                                Cells.cell(curves.weeks().get(w).get(t)));
                    }
                }
            }
        }
    }

    private static void writeParking(PublicParkingUse parking, Path file) throws IOException {
        List<String> header = List.of(
                "network",
                "node",
                "chargers",
                "charger_kW",
                "cars",
                "occupiedShare",
                "reservedPerYear",
                "firstComePerYear",
                "turnedAwayReservedPerYear",
                "turnedAwayPerYear",
                "charged_kWhPerYear",
                "away_kWhPerYear");
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (LotUse lot : parking.lots()) {
                csv.writeRecord(
                        Integer.toString(lot.network()),
                        lot.node(),
                        Integer.toString(lot.chargers()),
                        Cells.cell(lot.charger_kW()),
                        Integer.toString(lot.cars()),
                        Cells.cell(lot.occupiedShare()),
                        Cells.cell(lot.reservedPerYear()),
                        Cells.cell(lot.firstComePerYear()),
                        Cells.cell(lot.turnedAwayReservedPerYear()),
                        Cells.cell(lot.turnedAwayPerYear()),
                        Cells.cell(lot.charged_kWhPerYear()),
                        Cells.cell(lot.away_kWhPerYear()));
            }
        }
    }

    private static void writeAvailability(CarsSummary cars, Path file) throws IOException {
        List<String> header = List.of("scenario", "mode", "archetype", "step", "cars", "uncoveredShare", "stored_kWh");
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (Availability of : cars.availability()) {
                for (int t = 0; t < of.cars().size(); t++) {
                    csv.writeRecord(
                            of.scenario(),
                            of.mode(),
                            of.archetype(),
                            Integer.toString(t),
                            Cells.cell(of.cars().get(t)),
                            Cells.cell(of.uncoveredShareByStep().get(t)),
                            Cells.cell(of.stored_kWh().get(t)));
                }
            }
        }
    }

    private static void writeAvailabilityMeans(CarsSummary cars, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of("scenario", "mode", "archetype"));
        Cells.addColumns(header, "uncoveredShare");
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (Availability of : cars.availability()) {
                List<String> row = new ArrayList<>(List.of(of.scenario(), of.mode(), of.archetype()));
                Cells.addCells(row, of.uncoveredShare());
                csv.writeRecord(row);
            }
        }
    }

    private static void writeCarEnergy(CarsSummary cars, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of("scenario", "mode", "place"));
        Cells.addColumns(header, "charged_kWhPerYear");
        Cells.addColumns(header, "discharged_kWhPerYear");
        try (CsvWriter csv = CsvTable.create(file, header)) {
            for (CarEnergy of : cars.energy()) {
                List<String> row = new ArrayList<>(List.of(of.scenario(), of.mode(), of.place()));
                Cells.addCells(row, of.charged_kWhPerYear());
                Cells.addCells(row, of.discharged_kWhPerYear());
                csv.writeRecord(row);
            }
        }
    }
}
