package org.headroom.network.format;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.headroom.network.format.MatpowerTokens.Kind;
import org.headroom.network.format.MatpowerTokens.Token;

/** Values of the formulas of a MATPOWER case: matrices, cells, texts, and sums, products and functions of them, element by element. */
final class MatpowerFormulas {
    private static final Map<String, DoubleUnaryOperator> FUNCTIONS = Map.of(
            "sqrt", Math::sqrt,
            "abs", Math::abs,
            "sin", Math::sin,
            "cos", Math::cos,
            "tan", Math::tan,
            "acos", Math::acos,
            "asin", Math::asin,
            "atan", Math::atan);

    private final MatpowerCursor cursor;
    private final MatpowerScript.Workspace workspace;

    MatpowerFormulas(MatpowerCursor cursor, MatpowerScript.Workspace workspace) {
        this.cursor = cursor;
        this.workspace = workspace;
    }

    /** A field of the case that was given above. */
    MatpowerMatrix field(Token name) {
        MatpowerMatrix field = workspace.fields().get(name.text());
        if (field == null) {
            throw cursor.fault(
                    name,
                    "%s.%s is used before it is given.\nMaybe its name is misspelt."
                            .formatted(workspace.struct(), name.text()));
        }
        return field;
    }

    /** Numbers of rows or columns from 0: all of them for a colon. */
    int[] indices(int count, Token of) {
        if (cursor.peek().is(":")) {
            cursor.skip();
            int[] all = new int[count];
            for (int i = 0; i < count; i++) {
                all[i] = i;
            }
            return all;
        }
        MatpowerMatrix chosen = expression(false);
        int[] indices = new int[chosen.rows() * chosen.columns()];
        for (int i = 0; i < indices.length; i++) {
            double number = chosen.number(i / chosen.columns(), i % chosen.columns());
            if (!(number >= 1 && number <= count && number == Math.rint(number))) {
                throw cursor.fault(
                        of, "%s has no row or column %s, expected 1 to %d.".formatted(of.text(), number, count));
            }
            indices[i] = (int) number - 1;
        }
        return indices;
    }

    private MatpowerMatrix scalar(Token where, Object value) {
        return MatpowerMatrix.scalar(cursor.file(), where, value);
    }

    /** The value of a formula that stands here. */
    MatpowerMatrix value() {
        return expression(false);
    }

    private MatpowerMatrix expression(boolean inBrackets) {
        MatpowerMatrix sum = term(inBrackets);
        while ((cursor.peek().is("+") || cursor.peek().is("-")) && !beginsElement(inBrackets)) {
            Token operator = cursor.next();
            boolean plus = operator.is("+");
            sum = sum.combined(operator, term(inBrackets), (a, b) -> plus ? a + b : a - b);
        }
        return sum;
    }

    /** Whether a sign inside brackets begins a new element, as the second one does in {@code [1 -2]}. */
    private boolean beginsElement(boolean inBrackets) {
        return inBrackets && cursor.peek().spaced() && !cursor.peekSecond().spaced();
    }

    private MatpowerMatrix term(boolean inBrackets) {
        MatpowerMatrix product = signed(inBrackets);
        while (cursor.peek().is("*")
                || cursor.peek().is("/")
                || cursor.peek().is(".*")
                || cursor.peek().is("./")) {
            Token operator = cursor.next();
            MatpowerMatrix factor = signed(inBrackets);
            boolean divides = operator.text().endsWith("/");
            boolean ofMatrices = !operator.text().startsWith(".")
                    && (divides ? factor.size() > 1 : product.size() > 1 && factor.size() > 1);
            if (ofMatrices) {
                throw cursor.fault(
                        operator, "a product of two matrices cannot be carried out, expected a number as a factor.");
            }
            product = product.combined(operator, factor, (a, b) -> divides ? a / b : a * b);
        }
        return product;
    }

    private MatpowerMatrix signed(boolean inBrackets) {
        if (cursor.peek().is("-")) {
            Token minus = cursor.next();
            MatpowerMatrix value = signed(inBrackets);
            if (value.size() == 1 && value.element(0, 0) instanceof BigDecimal written) {
                return scalar(minus, written.negate());
            }
            return value.each(minus, v -> -v);
        }
        if (cursor.peek().is("+")) {
            cursor.skip();
            return signed(inBrackets);
        }
        MatpowerMatrix base = primary();
        if (cursor.peek().is("^") || cursor.peek().is(".^")) {
            Token operator = cursor.next();
            return base.combined(operator, signed(inBrackets), Math::pow);
        }
        return base;
    }

    private MatpowerMatrix primary() {
        Token token = cursor.next();
        return switch (token.kind()) {
            case NUMBER -> scalar(token, number(token));
            case TEXT -> scalar(token, token.text());
            case NAME -> named(token);
            case SYMBOL, END_OF_LINE, END -> bracketed(token);
        };
    }

    private MatpowerMatrix bracketed(Token token) {
        if (token.is("(")) {
            MatpowerMatrix inside = expression(false);
            cursor.expect(")");
            return inside;
        }
        if (token.is("[") || token.is("{")) {
            return matrix(token, token.is("[") ? "]" : "}");
        }
        throw cursor.unexpected(token, "a value");
    }

    private Object number(Token token) {
        double value = Double.parseDouble(token.text());
        if (!Double.isFinite(value)) {
            return value;
        }
        return value == 0 ? BigDecimal.ZERO : new BigDecimal(token.text());
    }

    private MatpowerMatrix named(Token token) {
        return switch (token.text()) {
            case "Inf", "inf" -> scalar(token, Double.POSITIVE_INFINITY);
            case "NaN", "nan" -> scalar(token, Double.NaN);
            case "pi" -> scalar(token, Math.PI);
            default -> given(token);
        };
    }

    /** A field, a variable, or what a function gives. */
    private MatpowerMatrix given(Token token) {
        if (token.text().equals(workspace.struct()) && cursor.peek().is(".")) {
            cursor.skip();
            Token name = cursor.next();
            MatpowerMatrix field = field(name);
            return cursor.peek().is("(") ? selection(name, field) : field;
        }
        MatpowerMatrix variable = workspace.variables().get(token.text());
        if (variable != null) {
            return variable;
        }
        DoubleUnaryOperator function = FUNCTIONS.get(token.text());
        if (function == null || !cursor.peek().is("(")) {
            throw cursor.fault(
                    token,
                    "'%s' is not known, expected a variable given above or one of the functions %s.\nMaybe save the case with MATPOWER's savecase."
                            .formatted(
                                    token.text(),
                                    String.join(
                                            ", ",
                                            FUNCTIONS.keySet().stream().sorted().toList())));
        }
        cursor.skip();
        MatpowerMatrix argument = expression(false);
        cursor.expect(")");
        return argument.each(token, function);
    }

    private MatpowerMatrix selection(Token name, MatpowerMatrix field) {
        cursor.skip();
        int[] rows = indices(field.rows(), name);
        cursor.expect(",");
        int[] columns = indices(field.columns(), name);
        cursor.expect(")");
        return field.part(name, rows, columns);
    }

    private MatpowerMatrix matrix(Token open, String close) {
        List<Object[]> rows = new ArrayList<>();
        List<Object> row = new ArrayList<>();
        while (true) {
            Token token = cursor.peek();
            if (token.kind() == Kind.END) {
                throw cursor.fault(
                        open,
                        "'%s' is not closed, expected '%s'.\nMaybe the file is cut off.".formatted(open.text(), close));
            }
            boolean rowEnds = token.is(close) || token.is(";") || token.kind() == Kind.END_OF_LINE;
            if (rowEnds && !row.isEmpty()) {
                if (!rows.isEmpty() && rows.getFirst().length != row.size()) {
                    throw cursor.fault(
                            token,
                            "row %d has %d values, expected %d as in the first."
                                    .formatted(rows.size() + 1, row.size(), rows.getFirst().length));
                }
                rows.add(row.toArray());
                row.clear();
            }
            if (rowEnds || token.is(",")) {
                cursor.skip();
                if (token.is(close)) {
                    return new MatpowerMatrix(cursor.file(), open.line(), rows.toArray(Object[][]::new));
                }
            } else {
                MatpowerMatrix element = expression(true);
                if (element.rows() != 1) {
                    throw cursor.fault(token, "a matrix of %d rows inside another.".formatted(element.rows()));
                }
                for (int c = 0; c < element.columns(); c++) {
                    row.add(element.element(0, c));
                }
            }
        }
    }
}
