package org.headroom.app.report;

import java.util.Locale;
import org.headroom.study.Estimate;

/** Numbers as tables print them: sensible digits, {@code .} for decimals, a dash where there is no number. */
final class Numbers {
    private static final String NONE = "–";

    private Numbers() {}

    /** kW or kVA: whole from 100, else one decimal. */
    static String power(double power_kW) {
        return Math.abs(power_kW) < 99.95 ? decimals(power_kW, 1) : decimals(power_kW, 0);
    }

    /** A ratio in percent, whole. */
    static String percent(double ratio) {
        return decimals(ratio * 100, 0);
    }

    /** A relative difference in percent, with its sign and one decimal. */
    static String difference(double relative) {
        String text = decimals(relative * 100, 1);
        return relative > 0 && !text.equals("0.0") ? "+" + text : text;
    }

    /** GBP in thousands, one decimal. */
    static String thousands(double gbp) {
        return decimals(gbp / 1000, 1);
    }

    /** A whole number, with commas between thousands. */
    static String whole(double value) {
        return decimals(value, 0);
    }

    /** Voltage per unit, three decimals. */
    static String perUnit(double voltage_pu) {
        return decimals(voltage_pu, 3);
    }

    /** A difference of voltages per unit, four decimals. */
    static String voltageError(double difference_pu) {
        return decimals(difference_pu, 4);
    }

    /** A number of the study's file, such as 7 or 7.4, without needless decimals. */
    static String plain(double value) {
        return value == Math.rint(value) ? decimals(value, 0) : String.valueOf(value);
    }

    /** True where an interval can be printed. */
    static boolean hasInterval(Estimate estimate) {
        return estimate.hasInterval() && Double.isFinite(estimate.lower()) && Double.isFinite(estimate.upper());
    }

    private static String decimals(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        boolean minusZero = text.startsWith("-") && text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return minusZero ? text.substring(1) : text;
    }
}
