package org.headroom.network.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.headroom.input.Document;
import org.headroom.network.AssetCosts;
import org.headroom.network.CableTable;
import org.headroom.network.Line;
import org.jspecify.annotations.Nullable;

/** Makes lines of OpenDSS line elements: impedance and rating from the line or its line code, or else from the cable table. */
final class DssCables {
    private static final BigDecimal PER_THOUSAND = new BigDecimal("0.001");

    private final DssScript script;
    private final BigDecimal base_V;
    private final AssetCosts costs;
    private final ImportReport.Builder report;
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, TableRating> codeRatings = new HashMap<>();
    private final Map<String, String> tableRatings = new TreeMap<>();

    /**
     * Impedance per unit of length and rating of a line code.
     *
     * @param unit_m its unit of length; 0 where it names none
     * @param rating_A null where it names none
     */
    private record Code(
            String name,
            BigDecimal resistance_ohm,
            BigDecimal reactance_ohm,
            BigDecimal unit_m,
            @Nullable BigDecimal rating_A) {}

    /** A rating from the cable table; the remark is null where a row of it applies. */
    private record TableRating(
            BigDecimal rating_A, @Nullable String remark) {}

    DssCables(DssScript script, double base_V, AssetCosts costs, ImportReport.Builder report) {
        this.script = script;
        this.base_V = Decimals.of(base_V);
        this.costs = costs;
        this.report = report;
    }

    /** Line codes whose rating is a row of the cable table, with that rating. */
    Map<String, String> tableRatings() {
        return tableRatings;
    }

    /** The line of an element, between nodes already turned away from the busbar. */
    Line line(DssElement element, String prefix, String from, String to) {
        String cut = "the file is cut off here";
        BigDecimal length = element.decimal("length", cut);
        if (length.signum() <= 0) {
            throw element.fault(
                    "length",
                    "%s has length %s, expected > 0.\nMaybe it is a closed switch: model it with Switch=y."
                            .formatted(element.label(), element.findText("length")));
        }
        BigDecimal lineUnit_m = unit_m(element);
        String codeName = element.findText("linecode");
        Code code = codeName == null ? null : code(element, codeName);
        BigDecimal unit_m = lineUnit_m.signum() > 0 || code == null ? lineUnit_m : code.unit_m();
        if (unit_m.signum() <= 0) {
            throw element.fault(
                    "%s has length %s without a unit, expected Units=m or another.\nMaybe its line code should name one."
                            .formatted(element.label(), element.findText("length")));
        }
        BigDecimal length_m = length.multiply(unit_m);
        boolean ownResistance = element.has("r1") || element.has("rmatrix");
        boolean ownReactance = element.has("x1") || element.has("xmatrix");
        BigDecimal codeLength = code == null || code.unit_m().signum() == 0
                ? length
                : length_m.divide(code.unit_m(), MathContext.DECIMAL128);
        double resistance_ohm = ownResistance || code == null
                ? Decimals.product(positiveSequence(element, "r1", "rmatrix"), length)
                : Decimals.product(code.resistance_ohm(), codeLength);
        double reactance_ohm = ownReactance || code == null
                ? Decimals.product(positiveSequence(element, "x1", "xmatrix"), length)
                : Decimals.product(code.reactance_ohm(), codeLength);
        checkImpedance(element, resistance_ohm, reactance_ohm);
        double resistance_ohmPerKm = resistance_ohm / length_m.doubleValue() * 1000;
        BigDecimal rating_A = rating(element, code, ownResistance, resistance_ohmPerKm);
        double phases = element.number("phases", 3);
        if (phases != 3) {
            report.add("line of %s phases carried as balanced three-phase".formatted(element.findText("phases")));
        }
        Document note = element.findNote();
        String id = note == null ? element.name() : note.text("id", element.name());
        String type = code == null ? String.format(Locale.ROOT, "%.3f ohm/km", resistance_ohmPerKm) : code.name();
        double usual_gbpPerYear = costs.line_gbpPerYear(length_m.doubleValue(), rating_A.doubleValue());
        return new Line(
                prefix + id,
                from,
                to,
                length_m.doubleValue(),
                note == null ? type : note.text("type", type),
                resistance_ohm,
                reactance_ohm,
                Decimals.product(Decimals.ROOT_3, base_V, rating_A, PER_THOUSAND),
                note == null
                        ? usual_gbpPerYear
                        : note.number("asset_gbpPerYear", usual_gbpPerYear, 0, Double.MAX_VALUE));
    }

    private BigDecimal rating(
            DssElement element, @Nullable Code code, boolean ownResistance, double resistance_ohmPerKm) {
        if (element.has("normamps")) {
            return positiveRating(element);
        }
        BigDecimal codes_A = code == null || ownResistance ? null : code.rating_A();
        if (codes_A != null) {
            return codes_A;
        }
        TableRating rating;
        if (code != null && !ownResistance && code.unit_m().signum() > 0) {
            double codes_ohmPerKm =
                    code.resistance_ohm().doubleValue() / code.unit_m().doubleValue() * 1000;
            rating = codeRatings.computeIfAbsent(code.name(), name -> tableRating(name, codes_ohmPerKm));
        } else {
            rating = tableRating(code == null ? "" : code.name(), resistance_ohmPerKm);
        }
        if (rating.remark() != null) {
            report.add(rating.remark());
        }
        return rating.rating_A();
    }

    private Code code(DssElement line, String name) {
        String key = name.toLowerCase(Locale.ROOT);
        Code known = codes.get(key);
        if (known != null) {
            return known;
        }
        DssElement element = script.elements(DssKind.LINE_CODE).get(key);
        if (element == null) {
            throw line.fault(
                    "linecode",
                    "%s has line code %s, which is not defined.%s"
                            .formatted(line.label(), name, script.likelyMissing("its name is misspelt")));
        }
        BigDecimal resistance_ohm = positiveSequence(element, "r1", "rmatrix");
        BigDecimal reactance_ohm = positiveSequence(element, "x1", "xmatrix");
        checkImpedance(element, resistance_ohm.doubleValue(), reactance_ohm.doubleValue());
        Code code = new Code(
                element.name(),
                resistance_ohm,
                reactance_ohm,
                unit_m(element),
                element.has("normamps") ? positiveRating(element) : null);
        codes.put(key, code);
        return code;
    }

    private static void checkImpedance(DssElement element, double resistance_ohm, double reactance_ohm) {
        if (!(resistance_ohm > 0 && resistance_ohm < Double.POSITIVE_INFINITY)) {
            throw element.fault(
                    element.has("r1") ? "r1" : "rmatrix",
                    "%s has a positive-sequence resistance of %s ohm, expected > 0."
                            .formatted(element.label(), resistance_ohm));
        }
        if (!(reactance_ohm >= 0 && reactance_ohm < Double.POSITIVE_INFINITY)) {
            throw element.fault(
                    element.has("x1") ? "x1" : "xmatrix",
                    "%s has a positive-sequence reactance of %s ohm, expected at least 0."
                            .formatted(element.label(), reactance_ohm));
        }
    }

    private static BigDecimal positiveRating(DssElement element) {
        BigDecimal rating_A = element.decimal("normamps", "");
        if (rating_A.signum() <= 0) {
            throw element.fault(
                    "normamps",
                    "%s has normamps %s, expected > 0 A.".formatted(element.label(), rating_A.doubleValue()));
        }
        return rating_A;
    }

    /** The rating that the cable table gives, and what the report says of it. */
    private TableRating tableRating(String code, double resistance_ohmPerKm) {
        CableTable.Rating rating = CableTable.rating(code, resistance_ohmPerKm);
        String rounded = String.format(Locale.ROOT, "%.0f A", rating.rating_A());
        if (rating.row() != null) {
            tableRatings.put(code, rounded);
            return new TableRating(Decimals.of(rating.rating_A()), null);
        }
        return new TableRating(
                Decimals.of(rating.rating_A()),
                String.format(
                        Locale.ROOT,
                        "%s: no rating in the file, %s interpolated from %.3f ohm/km",
                        code.isEmpty() ? "line without line code" : "line code " + code,
                        rounded,
                        resistance_ohmPerKm));
    }

    /** The property of that name, or else the mean of the matrix's diagonal less that of the rest. */
    private static BigDecimal positiveSequence(DssElement element, String property, String matrix) {
        if (element.has(property) || !element.has(matrix)) {
            return element.decimal(property, "the file is cut off here, or it is given in a way that is not read");
        }
        List<List<Double>> rows = element.matrix(matrix);
        double diagonal = 0;
        double rest = 0;
        int restCount = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() < i + 1 || rows.get(i).size() > rows.size()) {
                throw element.fault(
                        matrix,
                        "%s: row %d of %s has %d numbers, expected %d."
                                .formatted(
                                        element.label(),
                                        i + 1,
                                        matrix,
                                        rows.get(i).size(),
                                        i + 1));
            }
            diagonal += rows.get(i).get(i);
            for (int j = 0; j < i; j++) {
                rest += rows.get(i).get(j);
                restCount++;
            }
        }
        double sequence = diagonal / rows.size() - (restCount == 0 ? 0 : rest / restCount);
        if (!Double.isFinite(sequence)) {
            throw element.fault(matrix, "%s: %s is too large.".formatted(element.label(), matrix));
        }
        return Decimals.of(sequence);
    }

    /** Metres in the element's unit of length; 0 where it names none. */
    private static BigDecimal unit_m(DssElement element) {
        String unit = element.findText("units");
        if (unit == null) {
            return BigDecimal.ZERO;
        }
        String metres = switch (unit.toLowerCase(Locale.ROOT)) {
            case "none" -> "0";
            case "m" -> "1";
            case "km" -> "1000";
            case "ft" -> "0.3048";
            case "kft" -> "304.8";
            case "mi" -> "1609.344";
            case "in" -> "0.0254";
            case "cm" -> "0.01";
            case "mm" -> "0.001";
            default ->
                throw element.fault(
                        "units",
                        "%s has units %s, expected one of m, km, ft, kft, mi, in, cm, mm, none."
                                .formatted(element.label(), unit));
        };
        return new BigDecimal(metres);
    }
}
