package org.headroom.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cables of British low-voltage networks, with the ampere ratings that network files leave out.
 *
 * <p>Resistance and reactance are those of the line codes of the Electricity North West LV network models (University of
 * Manchester, 2015). Ratings of metric sizes are from published tables of laid-direct waveform and concentric cables; those
 * of imperial sizes (paper-insulated, copper) are estimates, ±15 %.
 *
 * <p>A line code that names a size, such as {@code 4c_.06} (.06 in²) or {@code 35_SAC_PC} (35 mm²), takes the row of that
 * size where its resistance is within 5 % of the row's, so that an aluminium cable of an imperial size is not rated as the
 * copper one. Any other takes the rating that its resistance has between the rows of its system (imperial or metric), linear
 * in ln A over ln ohm/km; beyond the ends, the slope from the system's first to its last row is kept. A code
 * that names no size counts as metric.
 */
public final class CableTable {
    /** All rows: metric sizes from large to small, then imperial ones. */
    public static final List<Cable> ROWS = List.of(
            new Cable("300 Al", 0.102, 0.073, 365),
            new Cable("240 Al", 0.127, 0.073, 320),
            new Cable("185 Al", 0.166, 0.074, 281),
            new Cable("120 Al", 0.25, 0.074, 223),
            new Cable("95 Al", 0.322, 0.074, 197),
            new Cable("70 Al", 0.446, 0.071, 167),
            new Cable("35 Al", 0.868, 0.077, 96),
            new Cable("25 Al", 1.20, 0.079, 75),
            new Cable("16 Cu", 1.15, 0.088, 75),
            new Cable(".3in²", 0.106, 0.068, 320),
            new Cable(".25in²", 0.124, 0.069, 285),
            new Cable(".2in²", 0.150, 0.069, 245),
            new Cable(".1in²", 0.274, 0.073, 175),
            new Cable(".06in²", 0.469, 0.075, 130),
            new Cable(".04in²", 0.708, 0.079, 100),
            new Cable(".0225in²", 1.257, 0.085, 70));

    private static final double SAME_RESISTANCE = 0.05;
    private static final List<Cable> METRIC = byResistance(false);
    private static final List<Cable> IMPERIAL = byResistance(true);

    /**
     * A cable.
     *
     * @param name cross-section and conductor; imperial ones begin with a point and are copper
     * @param resistance_ohmPerKm per phase, above 0
     * @param reactance_ohmPerKm per phase
     * @param rating_A continuous current, above 0
     */
    public record Cable(String name, double resistance_ohmPerKm, double reactance_ohmPerKm, double rating_A) {
        public Cable {
            if (!(resistance_ohmPerKm > 0 && reactance_ohmPerKm >= 0 && rating_A > 0)) {
                throw new IllegalArgumentException("cable %s: %s ohm/km, %s ohm/km, %s A, expected > 0"
                        .formatted(name, resistance_ohmPerKm, reactance_ohmPerKm, rating_A));
            }
        }

        boolean imperial() {
            return name.startsWith(".");
        }

        String size() {
            return name.replace("in²", "").replaceFirst(" .*", "");
        }
    }

    /**
     * The rating given to a line code.
     *
     * @param row the table's row, or null where the rating was interpolated
     */
    public record Rating(double rating_A, @Nullable Cable row) {}

    private CableTable() {}

    /**
     * The rating of a line code, by the rule above.
     *
     * @param code name of the line code, any text
     * @param resistance_ohmPerKm its resistance per phase, above 0
     */
    public static Rating rating(String code, double resistance_ohmPerKm) {
        if (!(resistance_ohmPerKm > 0 && resistance_ohmPerKm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "line code %s: %s ohm/km, expected > 0".formatted(code, resistance_ohmPerKm));
        }
        String size = size(code);
        Cable named = ROWS.stream()
                .filter(row -> row.size().equals(size))
                .filter(row -> Math.abs(resistance_ohmPerKm / row.resistance_ohmPerKm() - 1) <= SAME_RESISTANCE)
                .findFirst()
                .orElse(null);
        if (named != null) {
            return new Rating(named.rating_A(), named);
        }
        return new Rating(interpolated(size.startsWith(".") ? IMPERIAL : METRIC, resistance_ohmPerKm), null);
    }

    /** The cross-section that a code names: {@code .06} of {@code 4c_.06_AS}, {@code 35} of {@code 35_SAC_PC}; or empty. */
    private static String size(String code) {
        for (String part : code.toLowerCase(Locale.ROOT).split("[_ ]", -1)) {
            if (isNumber(part)) {
                return part;
            }
        }
        return "";
    }

    private static boolean isNumber(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9')
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    }

    private static double interpolated(List<Cable> rows, double resistance_ohmPerKm) {
        Cable first = rows.getFirst();
        Cable last = rows.getLast();
        if (resistance_ohmPerKm <= first.resistance_ohmPerKm()) {
            return first.rating_A()
                    * StrictMath.pow(resistance_ohmPerKm / first.resistance_ohmPerKm(), slope(first, last));
        }
        for (int i = 1; i < rows.size(); i++) {
            Cable below = rows.get(i - 1);
            Cable above = rows.get(i);
            if (resistance_ohmPerKm <= above.resistance_ohmPerKm()) {
                return below.rating_A()
                        * StrictMath.pow(resistance_ohmPerKm / below.resistance_ohmPerKm(), slope(below, above));
            }
        }
        return last.rating_A() * StrictMath.pow(resistance_ohmPerKm / last.resistance_ohmPerKm(), slope(first, last));
    }

    private static double slope(Cable a, Cable b) {
        return StrictMath.log(b.rating_A() / a.rating_A())
                / StrictMath.log(b.resistance_ohmPerKm() / a.resistance_ohmPerKm());
    }

    private static List<Cable> byResistance(boolean imperial) {
        List<Cable> rows = new ArrayList<>(ROWS);
        rows.removeIf(row -> row.imperial() != imperial);
        rows.sort(Comparator.comparingDouble(Cable::resistance_ohmPerKm));
        return List.copyOf(rows);
    }
}
