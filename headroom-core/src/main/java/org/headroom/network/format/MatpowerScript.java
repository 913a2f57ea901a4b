package org.headroom.network.format;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headroom.network.format.MatpowerTokens.Kind;
import org.headroom.network.format.MatpowerTokens.Token;

/**
 * Runs a MATPOWER case: in, the file; out, the fields of its {@code mpc}. Of MATLAB it knows what case files are made of:
 * matrices, cells, texts, and formulas over columns such as the conversion from ohms to per unit at the end of the
 * distribution cases. Any other statement is refused, since what it would change is not known.
 */
final class MatpowerScript {
    /** What MATPOWER's functions of column numbers give, in their order (its manual, App. B). */
    private static final Map<String, int[]> COLUMNS = Map.of(
            "idx_bus", new int[] {1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17},
            "idx_brch", new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 12, 13, 20, 21},
            "idx_gen",
                    new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 22, 23, 24, 25, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21
                    });

    private final MatpowerCursor cursor;
    private final Workspace workspace = new Workspace();
    private final MatpowerFormulas formulas;

    private MatpowerScript(Path file, String text) {
        this.cursor = new MatpowerCursor(file, text);
        this.formulas = new MatpowerFormulas(cursor, workspace);
    }

    /** Runs a file; returns the fields of the case by name. */
    static Map<String, MatpowerMatrix> run(Path file) {
        MatpowerScript script = new MatpowerScript(file, DssFolder.text(file));
        script.run();
        return script.workspace.fields;
    }

    /** What has a name: the fields of the case, and variables. */
    static final class Workspace {
        private final Map<String, MatpowerMatrix> fields = new HashMap<>();
        private final Map<String, MatpowerMatrix> variables = new HashMap<>();
        private String struct = "mpc";

        /** The name of the case. */
        String struct() {
            return struct;
        }

        Map<String, MatpowerMatrix> fields() {
            return fields;
        }

        Map<String, MatpowerMatrix> variables() {
            return variables;
        }
    }

    private void run() {
        while (cursor.peek().kind() != Kind.END) {
            if (cursor.peek().kind() == Kind.END_OF_LINE
                    || cursor.peek().is(";")
                    || cursor.peek().is(",")) {
                cursor.skip();
            } else {
                statement();
            }
        }
    }

    private void statement() {
        Token first = cursor.peek();
        if (first.is("[")) {
            columnNumbers();
            return;
        }
        if (first.kind() != Kind.NAME) {
            throw cursor.unexpected(first, "a name");
        }
        cursor.skip();
        switch (first.text()) {
            case "function" -> function();
            case "define_constants" -> defineConstants();
            case "end", "return", "endfunction" -> {}
            default -> assignment(first);
        }
    }

    private void function() {
        Token result = cursor.next();
        if (result.kind() != Kind.NAME || !cursor.peek().is("=")) {
            throw cursor.unexpected(result, "one result of the function, such as mpc,");
        }
        workspace.struct = result.text();
        while (cursor.peek().kind() != Kind.END_OF_LINE) {
            cursor.skip();
        }
    }

    private void columnNumbers() {
        Token open = cursor.next();
        List<String> names = new ArrayList<>();
        while (!cursor.peek().is("]")) {
            Token token = cursor.next();
            if (token.kind() == Kind.NAME) {
                names.add(token.text());
            } else if (!token.is(",") && token.kind() != Kind.END_OF_LINE) {
                throw cursor.unexpected(token, "a name");
            }
        }
        cursor.skip();
        cursor.expect("=");
        Token function = cursor.next();
        int[] numbers = COLUMNS.get(function.text());
        if (numbers == null || names.size() > numbers.length) {
            throw cursor.fault(
                    open,
                    "%d results of '%s' asked for, expected one of idx_bus, idx_brch, idx_gen."
                            .formatted(names.size(), function.text()));
        }
        for (int i = 0; i < names.size(); i++) {
            workspace
                    .variables()
                    .put(names.get(i), MatpowerMatrix.scalar(cursor.file(), open, BigDecimal.valueOf(numbers[i])));
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
            workspace
                    .variables()
                    .put(names[i], MatpowerMatrix.scalar(cursor.file(), cursor.peek(), BigDecimal.valueOf(numbers[i])));
        }
    }

    private void assignment(Token first) {
        if (first.text().equals(workspace.struct()) && cursor.peek().is(".")) {
            cursor.skip();
            Token field = cursor.next();
            if (field.kind() != Kind.NAME) {
                throw cursor.unexpected(field, "the name of a field");
            }
            if (cursor.peek().is("(")) {
                assignColumns(field);
            } else {
                cursor.expect("=");
                workspace.fields().put(field.text(), formulas.value());
            }
        } else {
            if (!cursor.peek().is("=")) {
                throw cursor.fault(
                        first,
                        "the statement '%s …' cannot be carried out, expected matrices and formulas of their columns.\nMaybe save the case with MATPOWER's savecase."
                                .formatted(first.text()));
            }
            cursor.skip();
            workspace.variables().put(first.text(), formulas.value());
        }
        endOfStatement();
    }

    private void endOfStatement() {
        Token token = cursor.peek();
        if (token.kind() != Kind.END_OF_LINE && !token.is(";") && !token.is(",")) {
            throw cursor.unexpected(token, "the end of the statement");
        }
    }

    private void assignColumns(Token field) {
        MatpowerMatrix target = formulas.field(field);
        cursor.skip();
        int[] rows = formulas.indices(target.rows(), field);
        cursor.expect(",");
        int[] columns = formulas.indices(target.columns(), field);
        cursor.expect(")");
        cursor.expect("=");
        MatpowerMatrix value = formulas.value();
        target.put(field, rows, columns, value);
    }
}
