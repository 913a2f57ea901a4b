package org.headroom.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headroom.input.CsvTable;
import org.headroom.study.SharingSummary.EnergyFlow;
import org.headroom.study.SharingSummary.GainPart;
import org.headroom.study.SharingSummary.Gains;
import org.headroom.study.SharingSummary.HouseholdBill;
import org.headroom.study.SharingSummary.KindGain;
import org.headroom.study.SharingSummary.ModeEnergy;
import org.headroom.study.SharingSummary.PeakRange;
import org.headroom.study.SharingSummary.ScenarioSharing;

/**
 * Writer of the tables on sharing: {@code sharing.csv}, {@code energy-flows.csv}, {@code bills.csv}, {@code gains.csv},
 * {@code gain-parts.csv}, {@code peak-ranges.csv}.
 */
final class SharingTables {
    private SharingTables() {}

    static void write(SharingSummary summary, Path folder) throws IOException {
        writeEnergy(summary, folder.resolve("sharing.csv"));
        writeFlows(summary, folder.resolve("energy-flows.csv"));
        writeBills(summary, folder.resolve("bills.csv"));
        writeGains(summary, folder.resolve("gains.csv"));
        writeParts(summary, folder.resolve("gain-parts.csv"));
        writeRanges(summary, folder.resolve("peak-ranges.csv"));
    }

    private static CsvWriter open(Path file, List<String> keys, List<String> estimates) throws IOException {
        List<String> header = new ArrayList<>(keys);
        estimates.forEach(metric -> Cells.addColumns(header, metric));
        return CsvTable.create(file, header);
    }

    private static void write(CsvWriter csv, List<String> keys, List<Estimate> estimates) {
        List<String> row = new ArrayList<>(keys);
        estimates.forEach(estimate -> Cells.addCells(row, estimate));
        csv.writeRecord(row);
    }

    private static Map<String, Estimate> columns(ModeEnergy mode) {
        Map<String, Estimate> columns = new LinkedHashMap<>();
        columns.put("carToCar_kWhPerYear", mode.carToCar_kWhPerYear());
        columns.put("homeToHome_kWhPerYear", mode.homeToHome_kWhPerYear());
        columns.put("homeToPublic_kWhPerYear", mode.homeToPublic_kWhPerYear());
        columns.put("publicToHome_kWhPerYear", mode.publicToHome_kWhPerYear());
        columns.put("pvShared_kWhPerYear", mode.pvShared_kWhPerYear());
        columns.put("carsShared_kWhPerYear", mode.carsShared_kWhPerYear());
        columns.put("ownUse_kWhPerYear", mode.ownUse_kWhPerYear());
        columns.put("bought_kWhPerYear", mode.bought_kWhPerYear());
        columns.put("sold_kWhPerYear", mode.sold_kWhPerYear());
        columns.put("batteryLosses_kWhPerYear", mode.batteryLosses_kWhPerYear());
        return columns;
    }

    private static void writeEnergy(SharingSummary summary, Path file) throws IOException {
        List<String> header = List.copyOf(
                columns(summary.scenarios().getFirst().modes().getFirst()).keySet());
        try (CsvWriter csv = open(file, List.of("scenario", "mode"), header)) {
            for (ScenarioSharing scenario : summary.scenarios()) {
                for (ModeEnergy mode : scenario.modes()) {
                    write(
                            csv,
                            List.of(scenario.scenario(), mode.mode()),
                            List.copyOf(columns(mode).values()));
                }
            }
        }
    }

    private static void writeFlows(SharingSummary summary, Path file) throws IOException {
        try (CsvWriter csv =
                open(file, List.of("scenario", "mode", "from", "to", "own"), List.of("energy_kWhPerYear"))) {
            for (ScenarioSharing scenario : summary.scenarios()) {
                for (ModeEnergy mode : scenario.modes()) {
                    for (EnergyFlow flow : mode.flows()) {
                        write(
                                csv,
                                List.of(
                                        scenario.scenario(),
                                        mode.mode(),
                                        flow.from(),
                                        flow.to(),
                                        Boolean.toString(flow.own())),
                                List.of(flow.energy_kWhPerYear()));
                    }
                }
            }
        }
    }

    private static void writeBills(SharingSummary summary, Path file) throws IOException {
        try (CsvWriter csv = open(
                file,
                List.of("scenario", "mode", "kind", "pv", "householdsPerNetwork"),
                List.of("energy_gbpPerYear", "wear_gbpPerYear"))) {
            for (ScenarioSharing scenario : summary.scenarios()) {
                for (HouseholdBill bill : scenario.bills()) {
                    write(
                            csv,
                            List.of(
                                    scenario.scenario(),
                                    bill.mode(),
                                    bill.kind(),
                                    Boolean.toString(bill.pv()),
                                    Cells.cell(bill.householdsPerNetwork())),
                            List.of(bill.energy_gbpPerYear(), bill.wear_gbpPerYear()));
                }
            }
        }
    }

    private static void writeParts(SharingSummary summary, Path file) throws IOException {
        try (CsvWriter csv = open(file, List.of("scenario", "metric", "part"), List.of("gain", "share"))) {
            for (ScenarioSharing scenario : summary.scenarios()) {
                for (GainPart part : scenario.decomposition()) {
                    write(
                            csv,
                            List.of(scenario.scenario(), part.metric(), part.part()),
                            List.of(part.gain(), part.share()));
                }
            }
        }
    }

    private static void writeRanges(SharingSummary summary, Path file) throws IOException {
        try (CsvWriter csv =
                open(file, List.of("scenario", "mode"), List.of("lowest_kVA", "chosen_kVA", "highest_kVA"))) {
            for (ScenarioSharing scenario : summary.scenarios()) {
                for (PeakRange range : scenario.peakRanges()) {
                    write(
                            csv,
                            List.of(scenario.scenario(), range.mode()),
                            List.of(range.lowest_kVA(), range.chosen_kVA(), range.highest_kVA()));
                }
            }
        }
    }

    private static void writeGains(SharingSummary summary, Path file) throws IOException {
        try (CsvWriter csv = open(
                file,
                List.of("scenario", "kind", "pv", "payers", "gaining", "losing"),
                List.of("gain_gbpPerYear", "afterTransfers_gbpPerYear"))) {
            for (ScenarioSharing scenario : summary.scenarios()) {
                Gains gains = scenario.findGains();
                if (gains == null) {
                    continue;
                }
                for (KindGain kind : gains.kinds()) {
                    write(
                            csv,
                            List.of(
                                    scenario.scenario(),
                                    kind.kind(),
                                    Boolean.toString(kind.pv()),
                                    Integer.toString(kind.payers()),
                                    Integer.toString(kind.gaining()),
                                    Integer.toString(kind.losing())),
                            List.of(kind.gain_gbpPerYear(), kind.afterTransfers_gbpPerYear()));
                }
            }
        }
    }
}
