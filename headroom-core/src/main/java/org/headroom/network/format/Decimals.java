package org.headroom.network.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Figures of files as the decimals that they are written as. A product such as ohm/km × km is taken exactly and rounded to a
 * double once; so a writer can find, for any double, factors that a reader multiplies back to the very same double.
 */
final class Decimals {
    /** √3 to 50 digits: line currents to three-phase powers. */
    static final BigDecimal ROOT_3 = new BigDecimal("3").sqrt(new MathContext(50));

    static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private static final int MOST_DIGITS = 30;

    private Decimals() {}

    /** The shortest decimal that reads as this double; finite. */
    static BigDecimal of(double value) {
        return new BigDecimal(Double.toString(value));
    }

    /** A product, rounded to a double once. */
    static double product(BigDecimal... factors) {
        BigDecimal product = BigDecimal.ONE;
        for (BigDecimal factor : factors) {
            product = product.multiply(factor);
        }
        return product.doubleValue();
    }

    /** The decimal of fewest digits (at least six) whose product with {@code other}, not 0, rounds to {@code product}. */
    static BigDecimal cofactor(double product, BigDecimal other) {
        BigDecimal quotient = of(product).divide(other, new MathContext(MOST_DIGITS + 10));
        for (int digits = 6; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = quotient.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (product(rounded, other) == product) {
                return rounded;
            }
        }
        return quotient;
    }

    /** As text: plain, or with an exponent where that would be long. */
    static String text(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        boolean plain = Math.abs(shortest.scale()) <= 30 && shortest.precision() - shortest.scale() <= 15;
        return plain ? shortest.toPlainString() : shortest.toString();
    }

    /** As text, whole numbers without a point. */
    static String text(double value) {
        return value == 0 ? "0" : text(of(value));
    }
}
