package org.headroom.study;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/**
 * What a trial adds to the tables of the results, as bytes: rows of named tables. Every row begins with scenario, network and day,
 * which are not repeated here.
 */
final class TrialRows {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Kinds of values; {@code ROW} begins a row of a table. */
    private static final int ROW = 0;

    private static final int END = 1;
    private static final int NULL = 2;
    private static final int INT = 3;
    private static final int DOUBLE = 4;
    private static final int TEXT = 5;
    private static final int DOUBLES = 6;
    private static final int FLAGS = 7;
    private static final int FLAG = 8;

    /** Begins a row; its values follow in the order of the table's columns after scenario, network and day. */
    void beginRow(String table) {
        put(() -> {
            out.writeByte(ROW);
            out.writeUTF(table);
        });
    }

    void append(int value) {
        put(() -> {
            out.writeByte(INT);
            out.writeInt(value);
        });
    }

    /** A number; not a number is null. */
    void append(double value) {
        put(() -> {
            out.writeByte(Double.isNaN(value) ? NULL : DOUBLE);
            if (!Double.isNaN(value)) {
                out.writeDouble(value);
            }
        });
    }

    void append(boolean value) {
        put(() -> {
            out.writeByte(FLAG);
            out.writeBoolean(value);
        });
    }

    void append(String value) {
        put(() -> {
            byte[] text = value.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            out.writeByte(TEXT);
            out.writeInt(text.length);
            out.write(text);
        });
    }

    void append(double[] values) {
        put(() -> {
            out.writeByte(DOUBLES);
            out.writeInt(values.length);
            for (double value : values) {
                out.writeDouble(value);
            }
        });
    }

    void append(boolean[] values) {
        put(() -> {
            out.writeByte(FLAGS);
            out.writeInt(values.length);
            for (boolean value : values) {
                out.writeBoolean(value);
            }
        });
    }

    void appendNull() {
        put(() -> out.writeByte(NULL));
    }

    void endRow() {
        put(() -> out.writeByte(END));
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    /** Appends the rows to their tables, each begun with scenario, network and day. */
    static void replay(byte[] rows, String scenario, int network, int day, Map<String, DuckDBAppender> tables)
            throws SQLException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(rows))) {
            while (in.available() > 0) {
                if (in.readByte() != ROW) {
                    throw new IllegalStateException("a row was expected");
                }
                String name = in.readUTF();
                DuckDBAppender table = tables.get(name);
                if (table == null) {
                    throw new IllegalStateException("there is no table " + name);
                }
                table.beginRow();
                table.append(scenario);
                table.append(network);
                table.append(day);
                replayRow(in, table);
                table.endRow();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replayRow(DataInputStream in, DuckDBAppender table) throws IOException, SQLException {
        for (int kind = in.readByte(); kind != END; kind = in.readByte()) {
            switch (kind) {
                case NULL -> table.appendNull();
                case INT -> table.append(in.readInt());
                case DOUBLE -> table.append(in.readDouble());
                case FLAG -> table.append(in.readBoolean());
                case TEXT ->
                    table.append(new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8));
                case DOUBLES -> {
                    double[] values = new double[in.readInt()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = in.readDouble();
                    }
                    table.append(values);
                }
                case FLAGS -> {
                    boolean[] values = new boolean[in.readInt()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = in.readBoolean();
                    }
                    table.append(values);
                }
                default -> throw new IllegalStateException("a value of kind " + kind);
            }
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void put(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot be: the bytes go to memory
        }
    }
}
