package org.headroom.network.format;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.headroom.network.format.MatpowerTokens.Token;

/**
 * A matrix or cell array of a MATPOWER case; a number is one by one. Elements are {@link BigDecimal} as written, {@link Double} or
 * text. Rows and columns count from 0.
 */
final class MatpowerMatrix {
    private final Path file;
    private final int line;
    private final Object[][] values;

    MatpowerMatrix(Path file, int line, Object[][] values) {
        this.file = file;
        this.line = line;
        this.values = values;
    }

    int rows() {
        return values.length;
    }

    int columns() {
        return values.length == 0 ? 0 : values[0].length;
    }

    double number(int row, int column) {
        return value(row, column).doubleValue();
    }

    /** The number as it is written, or as it was computed; finite. */
    BigDecimal decimal(int row, int column) {
        Number value = value(row, column);
        if (value instanceof BigDecimal written) {
            return written;
        }
        if (!Double.isFinite(value.doubleValue())) {
            throw fault("row %d, column %d is %s, expected a finite number.".formatted(row + 1, column + 1, value));
        }
        return Decimals.of(value.doubleValue());
    }

    String text(int row, int column) {
        return values[row][column].toString();
    }

    private Number value(int row, int column) {
        if (values[row][column] instanceof Number number) {
            return number;
        }
        throw fault(
                "row %d, column %d is '%s', expected a number.".formatted(row + 1, column + 1, values[row][column]));
    }

    /** A fault of the matrix, to be thrown. */
    NetworkFormatException fault(String message) {
        return NetworkFormatException.at(file, line, message);
    }

    /** A matrix of one value that stands at a token. */
    static MatpowerMatrix scalar(Path file, Token where, Object value) {
        return new MatpowerMatrix(file, where.line(), new Object[][] {{value}});
    }

    /** Number of elements. */
    int size() {
        return rows() * columns();
    }

    /** An element as it is kept. */
    Object element(int row, int column) {
        return values[row][column];
    }

    /** Some rows and columns, in the order given. */
    MatpowerMatrix part(Token where, int[] rows, int[] columns) {
        Object[][] chosen = new Object[rows.length][columns.length];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < columns.length; c++) {
                chosen[r][c] = values[rows[r]][columns[c]];
            }
        }
        return new MatpowerMatrix(file, where.line(), chosen);
    }

    /** Puts values, or the one there is, into some rows and columns. */
    void put(Token where, int[] rows, int[] columns, MatpowerMatrix value) {
        boolean single = value.rows() == 1 && value.columns() == 1;
        if (!single && (value.rows() != rows.length || value.columns() != columns.length)) {
            throw NetworkFormatException.at(
                    file,
                    where.line(),
                    "%d by %d values for %d by %d of %s."
                            .formatted(value.rows(), value.columns(), rows.length, columns.length, where.text()));
        }
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < columns.length; c++) {
                values[rows[r]][columns[c]] = single ? value.values[0][0] : value.values[r][c];
            }
        }
    }

    /** What a function gives of each number. */
    MatpowerMatrix each(Token where, DoubleUnaryOperator function) {
        Object[][] results = new Object[rows()][columns()];
        for (int r = 0; r < results.length; r++) {
            for (int c = 0; c < results[r].length; c++) {
                results[r][c] = function.applyAsDouble(number(r, c));
            }
        }
        return new MatpowerMatrix(file, where.line(), results);
    }

    /** What an operator gives of each pair of numbers; a single number goes with all of the other matrix. */
    MatpowerMatrix combined(Token where, MatpowerMatrix other, DoubleBinaryOperator operator) {
        if (size() != 1 && other.size() != 1 && (rows() != other.rows() || columns() != other.columns())) {
            throw NetworkFormatException.at(
                    file,
                    where.line(),
                    "'%s' between %d by %d and %d by %d values."
                            .formatted(where.text(), rows(), columns(), other.rows(), other.columns()));
        }
        MatpowerMatrix shape = size() == 1 ? other : this;
        Object[][] results = new Object[shape.rows()][shape.columns()];
        for (int r = 0; r < results.length; r++) {
            for (int c = 0; c < results[r].length; c++) {
                double left = size() == 1 ? number(0, 0) : number(r, c);
                double right = other.size() == 1 ? other.number(0, 0) : other.number(r, c);
                results[r][c] = operator.applyAsDouble(left, right);
            }
        }
        return new MatpowerMatrix(file, where.line(), results);
    }
}
