package org.headroom.network.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.headroom.network.Position;
import org.jspecify.annotations.Nullable;

/**
 * Reads a MATPOWER case (format version 2): buses with their loads, branches, and the generators of the reference bus as the
 * source. The format has no lengths: each line counts as {@value #NOMINAL_M} m, so that its impedance is also its impedance per
 * kilometre. A branch between two base voltages is a transformer.
 *
 * <p>Fields {@code headroom_…} are those that {@link MatpowerWriter} adds, row by row beside bus and branch.
 */
final class MatpowerReader {
    private static final double NOMINAL_M = 1000;
    private static final int REFERENCE = 3;
    private static final int ISOLATED = 4;

    private final Path file;
    private final ImportReport.Builder report = new ImportReport.Builder();
    private final GridDraft draft;
    private final Map<String, MatpowerMatrix> fields;
    private final MatpowerMatrix bus;
    private final Map<Double, Integer> rowOfBus = new HashMap<>();
    private final Map<Integer, Integer> numberOfRow = new HashMap<>();

    private MatpowerReader(Path file) {
        this.file = file;
        this.draft = new GridDraft(file, report);
        this.fields = MatpowerScript.run(file);
        this.bus = field("bus", 13);
    }

    static ImportedNetwork read(Path file) {
        return new MatpowerReader(file).network();
    }

    private MatpowerMatrix field(String name, int columns) {
        MatpowerMatrix field = fields.get(name);
        if (field == null) {
            throw NetworkFormatException.in(
                    file, "no mpc.%s.\nMaybe it is no MATPOWER case, or of format version 1.".formatted(name));
        }
        if (field.rows() == 0 || field.columns() < columns) {
            throw field.fault("mpc.%s has %d rows of %d columns, expected at least one of %d."
                    .formatted(name, field.rows(), field.columns(), columns));
        }
        return field;
    }

    /** A field of our own with as many rows as another, or null where there is none. */
    private @Nullable MatpowerMatrix findBeside(String name, int columns, MatpowerMatrix beside, String besideName) {
        MatpowerMatrix field = fields.get(name);
        if (field != null && (field.rows() != beside.rows() || field.columns() < columns)) {
            throw field.fault(
                    "mpc.%s has %d rows of %d columns, expected %d of %d, one for each of mpc.%s.\nMaybe rows were added: add them here too, or delete this field."
                            .formatted(name, field.rows(), field.columns(), beside.rows(), columns, besideName));
        }
        return field;
    }

    private ImportedNetwork network() {
        buses();
        branches();
        sources();
        MatpowerMatrix name = fields.get("headroom_name");
        MatpowerMatrix substation = fields.get("headroom_substation");
        String stem = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        return draft.network(
                name == null ? stem : name.text(0, 0),
                substation == null ? Double.NaN : substation.number(0, 0),
                substation != null);
    }

    private void buses() {
        MatpowerMatrix names = findBeside("bus_name", 1, bus, "bus");
        MatpowerMatrix ours = findBeside("headroom_node", 4, bus, "bus");
        Set<String> taken = new HashSet<>();
        boolean namesServe = names != null;
        for (int r = 0; names != null && r < names.rows(); r++) {
            namesServe &= !names.text(r, 0).isBlank() && taken.add(names.text(r, 0));
        }
        if (names != null && !namesServe) {
            report.add("bus names missing or given twice: numbers taken");
        }
        for (int r = 0; r < bus.rows(); r++) {
            if (rowOfBus.put(bus.number(r, 0), r) != null) {
                throw bus.fault("bus %s is there twice.".formatted(Decimals.text(bus.decimal(r, 0))));
            }
            String id = names != null && namesServe ? names.text(r, 0) : Decimals.text(bus.decimal(r, 0));
            if (bus.number(r, 1) == ISOLATED) {
                report.add("isolated bus left out");
                continue;
            }
            if (bus.number(r, 4) != 0 || bus.number(r, 5) != 0) {
                report.add("shunt at a bus not carried");
            }
            boolean placed = ours != null && !Double.isNaN(ours.number(r, 2));
            int number = draft.add(new GridDraft.Bus(
                    id,
                    bus.decimal(r, 9).movePointRight(3).doubleValue(),
                    placed && ours != null ? new Position(ours.number(r, 2), ours.number(r, 3)) : null,
                    bus.number(r, 12),
                    bus.number(r, 11),
                    ours == null ? 0 : count(ours, r, 1)));
            numberOfRow.put(r, number);
            double power_kW = bus.decimal(r, 2).movePointRight(3).doubleValue();
            double reactive_kvar = bus.decimal(r, 3).movePointRight(3).doubleValue();
            int homes = ours == null ? -1 : count(ours, r, 0);
            if (power_kW != 0 || reactive_kvar != 0 || homes > 0) {
                draft.add(new GridDraft.Load("at bus " + id, number, power_kW, reactive_kvar, homes));
            }
        }
    }

    private static int count(MatpowerMatrix matrix, int row, int column) {
        double value = matrix.number(row, column);
        if (!(value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
            throw matrix.fault("row %d, column %d is %s, expected a whole number of at least 0."
                    .formatted(row + 1, column + 1, value));
        }
        return (int) value;
    }

    /** The draft's number of the bus that a cell names; null where that bus is isolated. */
    private @Nullable Integer findBus(MatpowerMatrix matrix, int row, int column) {
        Integer at = rowOfBus.get(matrix.number(row, column));
        if (at == null) {
            throw matrix.fault("row %d is at bus %s, which is not there."
                    .formatted(row + 1, Decimals.text(matrix.decimal(row, column))));
        }
        return numberOfRow.get(at);
    }

    private void branches() {
        MatpowerMatrix branch = field("branch", 11);
        MatpowerMatrix names = findBeside("headroom_line", 2, branch, "branch");
        MatpowerMatrix ours = findBeside("headroom_branch", 2, branch, "branch");
        BigDecimal base_MVA = field("baseMVA", 1).decimal(0, 0);
        if (base_MVA.signum() <= 0) {
            throw field("baseMVA", 1).fault("mpc.baseMVA is %s, expected > 0.".formatted(base_MVA));
        }
        Set<String> taken = new HashSet<>();
        for (int r = 0; r < branch.rows(); r++) {
            Integer one = findBus(branch, r, 0);
            Integer other = findBus(branch, r, 1);
            if (!(branch.number(r, 10) > 0) || one == null || other == null) {
                report.add("branch out of service left out");
                continue;
            }
            String plain = names == null
                    ? "%s-%s".formatted(draft.bus(one).id(), draft.bus(other).id())
                    : names.text(r, 0);
            String id = plain;
            for (int copy = 2; !taken.add(id); copy++) {
                id = "%s (%d)".formatted(plain, copy);
            }
            double rating_MVA = branch.number(r, 5);
            double capacity_kVA =
                    rating_MVA > 0 ? branch.decimal(r, 5).movePointRight(3).doubleValue() : Double.NaN;
            double base_V = draft.bus(one).base_V();
            if (base_V != draft.bus(other).base_V()) {
                boolean down = base_V > draft.bus(other).base_V();
                if (Double.isNaN(capacity_kVA)) {
                    report.add("transformer %s without a rating: %s kVA taken, which is never reached"
                            .formatted(id, Decimals.text(GridDraft.UNLIMITED_KVA)));
                    capacity_kVA = GridDraft.UNLIMITED_KVA;
                }
                draft.add(new GridDraft.Transformer(
                        id, down ? one : other, down ? other : one, capacity_kVA, Double.NaN));
                continue;
            }
            if (branch.number(r, 4) != 0) {
                report.add("line charging not carried");
            }
            if ((branch.number(r, 8) != 0 && branch.number(r, 8) != 1) || branch.number(r, 9) != 0) {
                report.add("branch %s: ratio and phase shift not carried".formatted(id));
            }
            BigDecimal base_kV = Decimals.of(base_V).movePointLeft(3);
            BigDecimal base_ohm = base_kV.multiply(base_kV).divide(base_MVA, MathContext.DECIMAL128);
            draft.add(new GridDraft.Branch(
                    id,
                    one,
                    other,
                    ours == null ? NOMINAL_M : ours.number(r, 0),
                    names == null ? "" : names.text(r, 1),
                    Decimals.product(branch.decimal(r, 2), base_ohm),
                    Decimals.product(branch.decimal(r, 3), base_ohm),
                    capacity_kVA,
                    ours == null ? 0 : ours.number(r, 1)));
        }
        if (ours == null) {
            report.add("the format has no lengths: %s m taken for every line, and an asset value of 0"
                    .formatted(Decimals.text(NOMINAL_M)));
        }
    }

    /** The generators of each reference bus are one source; one that holds another bus's voltage is a second. */
    private void sources() {
        MatpowerMatrix gen = field("gen", 10);
        Map<Integer, GridDraft.Source> sources = new HashMap<>();
        for (int g = 0; g < gen.rows(); g++) {
            Integer number = findBus(gen, g, 0);
            if (!(gen.number(g, 7) > 0) || number == null) {
                report.add("generator out of service left out");
                continue;
            }
            double type = bus.number(rowOfBus.getOrDefault(gen.number(g, 0), 0), 1);
            if (type == 1) {
                report.add("generator that holds no voltage not carried");
                continue;
            }
            double limit_kVA = Double.isFinite(gen.number(g, 8))
                    ? gen.decimal(g, 8).movePointRight(3).doubleValue()
                    : Double.NaN;
            GridDraft.Source source =
                    new GridDraft.Source("generator %d".formatted(g + 1), number, gen.number(g, 5), limit_kVA);
            GridDraft.Source before = sources.putIfAbsent(number, source);
            if (before == null) {
                draft.add(source);
            } else {
                report.add("several generators at the reference bus: the first taken");
            }
        }
        for (int r = 0; r < bus.rows(); r++) {
            Integer number = numberOfRow.get(r);
            if (bus.number(r, 1) == REFERENCE && number != null && !sources.containsKey(number)) {
                report.add("reference bus without a generator: held at its voltage in mpc.bus");
                draft.add(new GridDraft.Source(
                        "reference bus " + draft.bus(number).id(), number, bus.number(r, 7), Double.NaN));
            }
        }
    }
}
