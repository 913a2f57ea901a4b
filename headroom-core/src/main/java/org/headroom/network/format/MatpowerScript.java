package org.headroom.network.format;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.headroom.network.format.MatpowerTokens.Kind;
import org.headroom.network.format.MatpowerTokens.Token;

/**
 * Runs a MATPOWER case: in, the file; out, the fields of its {@code mpc}. Of MATLAB it knows what case files are made of:
 * matrices, cells, texts, and formulas over columns such as the conversion from ohms to per unit at the end of the
 * distribution cases. Any other statement is refused, since what it would change is not known.
 */
final class MatpowerScript {
    private static final Map<String, DoubleUnaryOperator> FUNCTIONS = Map.of(
            "sqrt", Math::sqrt,
            "abs", Math::abs,
            "sin", Math::sin,
            "cos", Math::cos,
            "tan", Math::tan,
            "acos", Math::acos,
            "asin", Math::asin,
            "atan", Math::atan);

    /** What MATPOWER's functions of column numbers give, in their order (its manual, App. B). */
    private static final Map<String, int[]> COLUMNS = Map.of(
            "idx_bus", new int[] {1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17},
            "idx_brch", new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 12, 13, 20, 21},
            "idx_gen",
                    new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 22, 23, 24, 25, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21
                    });

    private final Path file;
    private final List<Token> tokens;
    private final Map<String, Matrix> fields = new HashMap<>();
    private final Map<String, Matrix> variables = new HashMap<>();
    private String struct = "mpc";
    private int at;

    private MatpowerScript(Path file, String text) {
        this.file = file;
        this.tokens = MatpowerTokens.of(file, text);
    }

    /** Runs a file; returns the fields of the case by name. */
    static Map<String, Matrix> run(Path file) {
        MatpowerScript script = new MatpowerScript(file, DssFolder.text(file));
        script.run();
        return script.fields;
    }

    /** A matrix or cell array; a number is one by one. Elements are {@link BigDecimal} as written, {@link Double} or text. */
    static final class Matrix {
        private final Path file;
        private final int line;
        private final Object[][] values;

        private Matrix(Path file, int line, Object[][] values) {
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
            throw fault("row %d, column %d is '%s', expected a number."
                    .formatted(row + 1, column + 1, values[row][column]));
        }

        /** A fault of the matrix, to be thrown. */
        NetworkFormatException fault(String message) {
            return NetworkFormatException.at(file, line, message);
        }
    }

    private void run() {
        while (peek().kind() != Kind.END) {
            if (peek().kind() == Kind.END_OF_LINE || peek().is(";") || peek().is(",")) {
                at++;
            } else {
                statement();
            }
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        return tokens.get(at++);
    }

    private NetworkFormatException fault(Token token, String message) {
        return NetworkFormatException.at(file, token.line(), message);
    }

    private NetworkFormatException unexpected(Token token, String expected) {
        String found = token.kind() == Kind.END_OF_LINE || token.kind() == Kind.END
                ? "the line ends"
                : "'%s' stands".formatted(token.text());
        return fault(
                token,
                "%s where %s is expected.\nMaybe the file is cut off here, or does what only MATLAB can."
                        .formatted(found, expected));
    }

    private void expect(String symbol) {
        Token token = next();
        if (!token.is(symbol)) {
            throw unexpected(token, "'" + symbol + "'");
        }
    }

    private void statement() {
        Token first = peek();
        if (first.is("[")) {
            columnNumbers();
            return;
        }
        if (first.kind() != Kind.NAME) {
            throw unexpected(first, "a name");
        }
        at++;
        switch (first.text()) {
            case "function" -> function();
            case "define_constants" -> defineConstants();
            case "end", "return", "endfunction" -> {}
            default -> assignment(first);
        }
    }

    private void function() {
        Token result = next();
        if (result.kind() != Kind.NAME || !peek().is("=")) {
            throw unexpected(result, "one result of the function, such as mpc,");
        }
        struct = result.text();
        while (peek().kind() != Kind.END_OF_LINE) {
            at++;
        }
    }

    private void columnNumbers() {
        Token open = next();
        List<String> names = new ArrayList<>();
        while (!peek().is("]")) {
            Token token = next();
            if (token.kind() == Kind.NAME) {
                names.add(token.text());
            } else if (!token.is(",") && token.kind() != Kind.END_OF_LINE) {
                throw unexpected(token, "a name");
            }
        }
        at++;
        expect("=");
        Token function = next();
        int[] numbers = COLUMNS.get(function.text());
        if (numbers == null || names.size() > numbers.length) {
            throw fault(
                    open,
                    "%d results of '%s' asked for, expected one of idx_bus, idx_brch, idx_gen."
                            .formatted(names.size(), function.text()));
        }
        for (int i = 0; i < names.size(); i++) {
            variables.put(names.get(i), scalar(open, BigDecimal.valueOf(numbers[i])));
        }
    }

    private void defineConstants() {
        String[] names = {
            "PD",
            "QD",
            "GS",
            "BS",
            "BUS_AREA",
            "VM",
            "VA",
            "BASE_KV",
            "ZONE",
            "VMAX",
            "VMIN",
            "BR_R",
            "BR_X",
            "BR_B",
            "RATE_A",
            "RATE_B",
            "RATE_C",
            "TAP",
            "SHIFT",
            "BR_STATUS"
        };
        int[] numbers = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        for (int i = 0; i < names.length; i++) {
            variables.put(names[i], scalar(peek(), BigDecimal.valueOf(numbers[i])));
        }
    }

    private void assignment(Token first) {
        if (first.text().equals(struct) && peek().is(".")) {
            at++;
            Token field = next();
            if (field.kind() != Kind.NAME) {
                throw unexpected(field, "the name of a field");
            }
            if (peek().is("(")) {
                assignColumns(field);
            } else {
                expect("=");
                fields.put(field.text(), expression(false));
            }
        } else {
            if (!peek().is("=")) {
                throw fault(
                        first,
                        "the statement '%s …' cannot be carried out, expected matrices and formulas of their columns.\nMaybe save the case with MATPOWER's savecase."
                                .formatted(first.text()));
            }
            at++;
            variables.put(first.text(), expression(false));
        }
        endOfStatement();
    }

    private void endOfStatement() {
        Token token = peek();
        if (token.kind() != Kind.END_OF_LINE && !token.is(";") && !token.is(",")) {
            throw unexpected(token, "the end of the statement");
        }
    }

    private void assignColumns(Token field) {
        Matrix target = field(field);
        at++;
        int[] rows = indices(target.rows(), field);
        expect(",");
        int[] columns = indices(target.columns(), field);
        expect(")");
        expect("=");
        Matrix value = expression(false);
        boolean single = value.rows() == 1 && value.columns() == 1;
        if (!single && (value.rows() != rows.length || value.columns() != columns.length)) {
            throw fault(
                    field,
                    "%d by %d values for %d by %d of %s."
                            .formatted(value.rows(), value.columns(), rows.length, columns.length, field.text()));
        }
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < columns.length; c++) {
                target.values[rows[r]][columns[c]] = single ? value.values[0][0] : value.values[r][c];
            }
        }
    }

    private Matrix field(Token name) {
        Matrix field = fields.get(name.text());
        if (field == null) {
            throw fault(
                    name,
                    "%s.%s is used before it is given.\nMaybe its name is misspelt.".formatted(struct, name.text()));
        }
        return field;
    }

    /** Numbers of rows or columns from 0: all of them for a colon. */
    private int[] indices(int count, Token of) {
        if (peek().is(":")) {
            at++;
            int[] all = new int[count];
            for (int i = 0; i < count; i++) {
                all[i] = i;
            }
            return all;
        }
        Matrix chosen = expression(false);
        int[] indices = new int[chosen.rows() * chosen.columns()];
        for (int i = 0; i < indices.length; i++) {
            double number = chosen.number(i / chosen.columns(), i % chosen.columns());
            if (!(number >= 1 && number <= count && number == Math.rint(number))) {
                throw fault(of, "%s has no row or column %s, expected 1 to %d.".formatted(of.text(), number, count));
            }
            indices[i] = (int) number - 1;
        }
        return indices;
    }

    private Matrix scalar(Token where, Object value) {
        return new Matrix(file, where.line(), new Object[][] {{value}});
    }

    private Matrix expression(boolean inBrackets) {
        Matrix sum = term(inBrackets);
        while ((peek().is("+") || peek().is("-")) && !beginsElement(inBrackets)) {
            Token operator = next();
            boolean plus = operator.is("+");
            sum = combined(operator, sum, term(inBrackets), (a, b) -> plus ? a + b : a - b);
        }
        return sum;
    }

    /** Whether a sign inside brackets begins a new element, as the second one does in {@code [1 -2]}. */
    private boolean beginsElement(boolean inBrackets) {
        return inBrackets && peek().spaced() && !tokens.get(at + 1).spaced();
    }

    private Matrix term(boolean inBrackets) {
        Matrix product = signed(inBrackets);
        while (peek().is("*") || peek().is("/") || peek().is(".*") || peek().is("./")) {
            Token operator = next();
            Matrix factor = signed(inBrackets);
            boolean divides = operator.text().endsWith("/");
            boolean ofMatrices = !operator.text().startsWith(".")
                    && (divides ? size(factor) > 1 : size(product) > 1 && size(factor) > 1);
            if (ofMatrices) {
                throw fault(
                        operator, "a product of two matrices cannot be carried out, expected a number as a factor.");
            }
            product = combined(operator, product, factor, (a, b) -> divides ? a / b : a * b);
        }
        return product;
    }

    private static int size(Matrix matrix) {
        return matrix.rows() * matrix.columns();
    }

    private Matrix signed(boolean inBrackets) {
        if (peek().is("-")) {
            Token minus = next();
            Matrix value = signed(inBrackets);
            if (size(value) == 1 && value.values[0][0] instanceof BigDecimal written) {
                return scalar(minus, written.negate());
            }
            return each(minus, value, v -> -v);
        }
        if (peek().is("+")) {
            at++;
            return signed(inBrackets);
        }
        Matrix base = primary();
        if (peek().is("^") || peek().is(".^")) {
            Token operator = next();
            return combined(operator, base, signed(inBrackets), Math::pow);
        }
        return base;
    }

    private Matrix primary() {
        Token token = next();
        return switch (token.kind()) {
            case NUMBER -> scalar(token, number(token));
            case TEXT -> scalar(token, token.text());
            case NAME -> named(token);
            case SYMBOL, END_OF_LINE, END -> bracketed(token);
        };
    }

    private Matrix bracketed(Token token) {
        if (token.is("(")) {
            Matrix inside = expression(false);
            expect(")");
            return inside;
        }
        if (token.is("[") || token.is("{")) {
            return matrix(token, token.is("[") ? "]" : "}");
        }
        throw unexpected(token, "a value");
    }

    private Object number(Token token) {
        double value = Double.parseDouble(token.text());
        if (!Double.isFinite(value)) {
            return value;
        }
        return value == 0 ? BigDecimal.ZERO : new BigDecimal(token.text());
    }

    private Matrix named(Token token) {
        return switch (token.text()) {
            case "Inf", "inf" -> scalar(token, Double.POSITIVE_INFINITY);
            case "NaN", "nan" -> scalar(token, Double.NaN);
            case "pi" -> scalar(token, Math.PI);
            default -> given(token);
        };
    }

    /** A field, a variable, or what a function gives. */
    private Matrix given(Token token) {
        if (token.text().equals(struct) && peek().is(".")) {
            at++;
            Token name = next();
            Matrix field = field(name);
            return peek().is("(") ? selection(name, field) : field;
        }
        Matrix variable = variables.get(token.text());
        if (variable != null) {
            return variable;
        }
        DoubleUnaryOperator function = FUNCTIONS.get(token.text());
        if (function == null || !peek().is("(")) {
            throw fault(
                    token,
                    "'%s' is not known, expected a variable given above or one of the functions %s.\nMaybe save the case with MATPOWER's savecase."
                            .formatted(
                                    token.text(),
                                    String.join(
                                            ", ",
                                            FUNCTIONS.keySet().stream().sorted().toList())));
        }
        at++;
        Matrix argument = expression(false);
        expect(")");
        return each(token, argument, function);
    }

    private Matrix selection(Token name, Matrix field) {
        at++;
        int[] rows = indices(field.rows(), name);
        expect(",");
        int[] columns = indices(field.columns(), name);
        expect(")");
        Object[][] values = new Object[rows.length][columns.length];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < columns.length; c++) {
                values[r][c] = field.values[rows[r]][columns[c]];
            }
        }
        return new Matrix(file, name.line(), values);
    }

    private Matrix matrix(Token open, String close) {
        List<Object[]> rows = new ArrayList<>();
        List<Object> row = new ArrayList<>();
        while (true) {
            Token token = peek();
            if (token.kind() == Kind.END) {
                throw fault(
                        open,
                        "'%s' is not closed, expected '%s'.\nMaybe the file is cut off.".formatted(open.text(), close));
            }
            boolean rowEnds = token.is(close) || token.is(";") || token.kind() == Kind.END_OF_LINE;
            if (rowEnds && !row.isEmpty()) {
                if (!rows.isEmpty() && rows.getFirst().length != row.size()) {
                    throw fault(
                            token,
                            "row %d has %d values, expected %d as in the first."
                                    .formatted(rows.size() + 1, row.size(), rows.getFirst().length));
                }
                rows.add(row.toArray());
                row.clear();
            }
            if (rowEnds || token.is(",")) {
                at++;
                if (token.is(close)) {
                    return new Matrix(file, open.line(), rows.toArray(Object[][]::new));
                }
            } else {
                Matrix element = expression(true);
                if (element.rows() != 1) {
                    throw fault(token, "a matrix of %d rows inside another.".formatted(element.rows()));
                }
                row.addAll(List.of(element.values[0]));
            }
        }
    }

    private Matrix each(Token where, Matrix matrix, DoubleUnaryOperator function) {
        Object[][] values = new Object[matrix.rows()][matrix.columns()];
        for (int r = 0; r < values.length; r++) {
            for (int c = 0; c < values[r].length; c++) {
                values[r][c] = function.applyAsDouble(matrix.number(r, c));
            }
        }
        return new Matrix(file, where.line(), values);
    }

    private Matrix combined(Token where, Matrix a, Matrix b, DoubleBinaryOperator operator) {
        if (size(a) != 1 && size(b) != 1 && (a.rows() != b.rows() || a.columns() != b.columns())) {
            throw fault(
                    where,
                    "'%s' between %d by %d and %d by %d values."
                            .formatted(where.text(), a.rows(), a.columns(), b.rows(), b.columns()));
        }
        Matrix shape = size(a) == 1 ? b : a;
        Object[][] values = new Object[shape.rows()][shape.columns()];
        for (int r = 0; r < values.length; r++) {
            for (int c = 0; c < values[r].length; c++) {
                double left = size(a) == 1 ? a.number(0, 0) : a.number(r, c);
                double right = size(b) == 1 ? b.number(0, 0) : b.number(r, c);
                values[r][c] = operator.applyAsDouble(left, right);
            }
        }
        return new Matrix(file, where.line(), values);
    }
}
