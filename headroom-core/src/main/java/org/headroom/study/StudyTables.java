package org.headroom.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private static CsvWriter open(Path file, List<String> header) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
        csv.writeRecord(header);
        return csv;
    }

    private static void addColumns(List<String> header, String metric) {
        header.add(metric);
        header.add(metric + "_lower");
        header.add(metric + "_upper");
    }

    private static void addValues(List<String> row, Estimate estimate) {
        row.add(text(estimate.mean()));
        row.add(text(estimate.lower()));
        row.add(text(estimate.upper()));
    }

    /** A number as it reads back; empty where there is none. */
    private static String text(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value == 0 ? 0 : value);
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
            addColumns(header, metric);
        }
        header.add("expansions");
        header.add("violations");
        try (CsvWriter csv = open(file, header)) {
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
                        addValues(row, estimate);
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
        addColumns(header, "linePeak_kW");
        try (CsvWriter csv = open(file, header)) {
            for (ScenarioSummary scenario : summary.scenarios()) {
                for (int level = 1; level <= 3; level++) {
                    for (ModeSummary mode : scenario.modes()) {
                        List<String> row =
                                new ArrayList<>(List.of(scenario.name(), Integer.toString(level), mode.mode()));
                        addValues(row, mode.linePeakByLevel_kW().get(level - 1));
                        csv.writeRecord(row);
                    }
                }
            }
        }
    }

    private static void writeDifferences(StudySummary summary, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of("scenario", "mode", "against", "metric"));
        addColumns(header, "relativeDifference");
        try (CsvWriter csv = open(file, header)) {
            for (ScenarioSummary scenario : summary.scenarios()) {
                for (ModeDifference difference : scenario.differences()) {
                    List<String> row = new ArrayList<>(
                            List.of(scenario.name(), difference.mode(), difference.against(), difference.metric()));
                    addValues(row, difference.relative());
                    csv.writeRecord(row);
                }
            }
        }
    }

    private static void writeWeek(StudySummary summary, Path file) throws IOException {
        try (CsvWriter csv = open(file, List.of("scenario", "mode", "step", "p_kW"))) {
            for (ScenarioSummary scenario : summary.scenarios()) {
                for (ModeSummary mode : scenario.modes()) {
                    for (int t = 0; t < mode.weekSubstation_kW().size(); t++) {
                        csv.writeRecord(
                                scenario.name(),
                                mode.mode(),
                                Integer.toString(t),
                                text(mode.weekSubstation_kW().get(t)));
                    }
                }
            }
        }
    }

    private static void writeTypicalDay(StudySummary summary, Path file) throws IOException {
        try (CsvWriter csv = open(file, List.of("scenario", "mode", "level", "step", "p_kW"))) {
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
                                    text(flow.get(t)));
                        }
                    }
                }
            }
        }
    }

    private static void writeCurves(StudySummary summary, Path file) throws IOException {
        try (CsvWriter csv = open(file, List.of("archetype", "week", "step", "mean_kW"))) {
            for (ChargingCurves curves : summary.chargingCurves()) {
                for (int w = 0; w < curves.weeks().size(); w++) {
                    for (int t = 0; t < curves.weeks().get(w).size(); t++) {
                        csv.writeRecord(
                                curves.archetype(),
                                Integer.toString(w),
                                Integer.toString(t),
                                text(curves.weeks().get(w).get(t)));
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
        try (CsvWriter csv = open(file, header)) {
            for (LotUse lot : parking.lots()) {
                csv.writeRecord(
                        Integer.toString(lot.network()),
                        lot.node(),
                        Integer.toString(lot.chargers()),
                        text(lot.charger_kW()),
                        Integer.toString(lot.cars()),
                        text(lot.occupiedShare()),
                        text(lot.reservedPerYear()),
                        text(lot.firstComePerYear()),
                        text(lot.turnedAwayReservedPerYear()),
                        text(lot.turnedAwayPerYear()),
                        text(lot.charged_kWhPerYear()),
                        text(lot.away_kWhPerYear()));
            }
        }
    }

    private static void writeAvailability(CarsSummary cars, Path file) throws IOException {
        List<String> header = List.of("scenario", "mode", "archetype", "step", "cars", "uncoveredShare", "stored_kWh");
        try (CsvWriter csv = open(file, header)) {
            for (Availability of : cars.availability()) {
                for (int t = 0; t < of.cars().size(); t++) {
                    csv.writeRecord(
                            of.scenario(),
                            of.mode(),
                            of.archetype(),
                            Integer.toString(t),
                            text(of.cars().get(t)),
                            text(of.uncoveredShareByStep().get(t)),
                            text(of.stored_kWh().get(t)));
                }
            }
        }
    }

    private static void writeAvailabilityMeans(CarsSummary cars, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of("scenario", "mode", "archetype"));
        addColumns(header, "uncoveredShare");
        try (CsvWriter csv = open(file, header)) {
            for (Availability of : cars.availability()) {
                List<String> row = new ArrayList<>(List.of(of.scenario(), of.mode(), of.archetype()));
                addValues(row, of.uncoveredShare());
                csv.writeRecord(row);
            }
        }
    }

    private static void writeCarEnergy(CarsSummary cars, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of("scenario", "mode", "place"));
        addColumns(header, "charged_kWhPerYear");
        addColumns(header, "discharged_kWhPerYear");
        try (CsvWriter csv = open(file, header)) {
            for (CarEnergy of : cars.energy()) {
                List<String> row = new ArrayList<>(List.of(of.scenario(), of.mode(), of.place()));
                addValues(row, of.charged_kWhPerYear());
                addValues(row, of.discharged_kWhPerYear());
                csv.writeRecord(row);
            }
        }
    }
}
