package org.headroom.dispatch.sharing;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headroom.dispatch.AcCheck;
import org.headroom.dispatch.DayProblem;
import org.headroom.input.CsvTable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writer of who shares with whom on a day: {@code ledger.csv} (every flow of every step), {@code bills.csv} (what each payer pays) and
 * {@code sharing.json} (what they come to).
 */
public final class SharingFiles {
    private static final String LEDGER = "ledger.csv";
    private static final String BILLS = "bills.csv";
    private static final String TOTALS = "sharing.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SharingFiles() {}

    /** Removes what an earlier run left in a folder. */
    public static void remove(Path folder) {
        try {
            for (String file : List.of(LEDGER, BILLS, TOTALS)) {
                Files.deleteIfExists(folder.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a day into a folder that is there.
     *
     * @param priceShare of the settlement, see {@link Settlement#of}
     */
    public static void write(Ledger ledger, double priceShare, Path folder) {
        try {
            writeLedger(ledger, folder.resolve(LEDGER));
            writeBills(ledger, priceShare, folder.resolve(BILLS));
            JSON.writeValue(folder.resolve(TOTALS), totals(ledger, priceShare));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeLedger(Ledger ledger, Path file) throws IOException {
        List<String> header = List.of("step", "from", "fromKind", "fromHome", "to", "toKind", "toHome", "energy_kWh");
        try (CsvWriter csv = CsvTable.create(file, header)) {
            ledger.forEachFlow(flow -> csv.writeRecord(
                    Integer.toString(flow.step()),
                    flow.from(),
                    flow.fromKind().label(),
                    flow.fromPayer(),
                    flow.to(),
                    flow.toKind().label(),
                    flow.toPayer(),
                    Double.toString(flow.energy_kWh())));
        }
    }

    private static void writeBills(Ledger ledger, double priceShare, Path file) throws IOException {
        DayProblem problem = ledger.outcome().problem();
        Settlement settlement = Settlement.of(ledger, priceShare);
        try (CsvWriter csv = CsvTable.create(file, List.of("node", "home", "energy_gbp", "wear_gbp"))) {
            for (int h = 0; h < settlement.payerCount(); h++) {
                csv.writeRecord(
                        problem.network().node(problem.homeNode(h)).id(),
                        problem.homeId(h),
                        Double.toString(settlement.energy_gbp(h)),
                        Double.toString(settlement.wear_gbp(h)));
            }
        }
    }

    private static Map<String, @Nullable Object> totals(Ledger ledger, double priceShare) {
        SharedEnergy energy = SharedEnergy.of(ledger);
        double acLosses_kWh = AcCheck.of(ledger.outcome()).losses_kWh();
        Map<String, @Nullable Object> totals = new LinkedHashMap<>();
        totals.put("pooled", ledger.isPooled());
        totals.put("priceShare", ledger.isPooled() ? priceShare : null);
        totals.put("carToCar_kWh", energy.carToCar_kWh());
        totals.put("homeToHome_kWh", energy.homeToHome_kWh());
        totals.put("homeToPublic_kWh", energy.homeToPublic_kWh());
        totals.put("publicToHome_kWh", energy.publicToHome_kWh());
        totals.put("pvShared_kWh", energy.pvShared_kWh());
        totals.put("carsShared_kWh", energy.carsShared_kWh());
        totals.put("ownUse_kWh", energy.ownUse_kWh());
        totals.put("bought_kWh", energy.bought_kWh());
        totals.put("sold_kWh", energy.sold_kWh());
        totals.put("batteryLosses_kWh", energy.batteryLosses_kWh());
        totals.put("lineLosses_kWh", energy.lineLosses_kWh());
        totals.put("acLineLosses_kWh", Double.isNaN(acLosses_kWh) ? null : acLosses_kWh);
        return totals;
    }
}
