package org.headroom.similar.generate;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import org.headroom.input.CsvTable;
import org.headroom.input.InputException;
import org.headroom.similar.measure.LiteralSimilarity;
import org.headroom.similar.measure.Similarity;
import org.jspecify.annotations.Nullable;

/**
 * A folder of generated networks: {@value #TABLE} with a row a candidate, and {@value #RECIPE}, which says what they were made with.
 * Networks come in batches; the rows of a batch are written once its networks are, so that what has rows is whole. A second command
 * with the same recipe goes on after the last whole batch, and the bytes at the end are those of an undisturbed one.
 */
public final class GeneratedFolder implements AutoCloseable {
    /** Networks of a batch: the same on any number of threads, and few, so that memory stays flat. */
    public static final int BATCH = 32;

    /** The table of candidates. */
    public static final String TABLE = "similarity.csv";

    /** What the networks were made with, a key a line. */
    public static final String RECIPE = "recipe.txt";

    private static final String HEAD =
            "network,accepted,gate,nodes,leaves,height,cosine,spectral,editDistance,feeders,homes,input";
    private static final String EQUATIONS = ",cosineEq41,spectralEq42,editDistanceEq43";
    private static final List<String> NO_MEASURES = List.of("", "", "");
    private static final int GATE_CELL = 2;
    private static final int DIFFERENCES_SHOWN = 3;

    private final int kept;
    private final Refusals refusals;
    private final boolean equations;
    private final CsvWriter table;

    private GeneratedFolder(int kept, Refusals refusals, boolean equations, CsvWriter table) {
        this.kept = kept;
        this.refusals = refusals;
        this.equations = equations;
        this.table = table;
    }

    /**
     * Opens a folder, made where it is not there.
     *
     * @param recipe everything that the networks depend on but their number: lines {@code key: value}
     * @param count networks asked for
     * @param equations whether rows hold eqs. 41-43
     * @param target where a network of an index is written
     * @throws InputException where it holds networks of another recipe, or more of them than asked for
     */
    public static GeneratedFolder open(
            Path folder, List<String> recipe, int count, boolean equations, IntFunction<Path> target) {
        Path file = folder.resolve(RECIPE);
        Path table = folder.resolve(TABLE);
        try {
            Files.createDirectories(folder);
            if (Files.exists(table)) {
                if (!Files.exists(file)) {
                    throw new InputException(
                            "%s holds %s but no %s, so that nobody knows whether its networks are those asked for.\nMaybe choose another folder with --out, or empty this one."
                                    .formatted(folder, TABLE, RECIPE));
                }
                refuseOther(folder, Files.readAllLines(file), recipe);
            } else {
                Files.write(file, recipe);
                Files.createFile(table);
            }
            int whole = wholeNetworks(table, target);
            if (whole > count) {
                throw new InputException(
                        "%s holds %,d networks, and --count is %,d: expected at least as many.\nMaybe choose another folder with --out."
                                .formatted(folder, whole, count));
            }
            int kept = whole == count ? count : whole - whole % BATCH;
            Refusals refusals = keep(table, kept, HEAD + (equations ? EQUATIONS : ""));
            return new GeneratedFolder(
                    kept,
                    refusals,
                    equations,
                    CsvTable.writer(Files.newBufferedWriter(table, StandardOpenOption.APPEND)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseOther(Path folder, List<String> before, List<String> now) {
        List<String> differences = new ArrayList<>();
        for (String line : now) {
            String key = line.substring(0, line.indexOf(':') + 1);
            String other = before.stream()
                    .filter(old -> old.startsWith(key))
                    .findFirst()
                    .orElse(key + " (not said)");
            if (!other.equals(line)) {
                differences.add("%s there, %s here"
                        .formatted(other, line.substring(key.length()).strip()));
            }
        }
        if (!differences.isEmpty()) {
            int more = differences.size() - DIFFERENCES_SHOWN;
            throw new InputException("%s holds networks made otherwise: %s.\nMaybe choose another folder with --out."
                    .formatted(
                            folder,
                            String.join("; ", differences.subList(0, Math.min(DIFFERENCES_SHOWN, differences.size())))
                                    + (more > 0 ? "; and %d more".formatted(more) : "")));
        }
    }

    /** How many networks, from index 0 on, have their file and all their rows. */
    private static int wholeNetworks(Path table, IntFunction<Path> target) throws IOException {
        boolean torn = isTorn(table);
        int whole = 0;
        try (BufferedReader rows = Files.newBufferedReader(table)) {
            rows.readLine(); // the head
            String row = rows.readLine();
            while (row != null) {
                String next = rows.readLine();
                if (next != null || !torn) {
                    String name = name(whole);
                    if (row.startsWith(name + ",true,") && Files.exists(target.apply(whole))) {
                        whole++;
                    } else if (!row.startsWith(name + ",false,")) {
                        break;
                    }
                }
                row = next;
            }
        }
        return whole;
    }

    /** Whether the last line was cut off. */
    private static boolean isTorn(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() == 0) {
                return false;
            }
            bytes.seek(bytes.length() - 1);
            return bytes.read() != '\n';
        }
    }

    /** Keeps the rows of the first networks, and counts what they tell. */
    private static Refusals keep(Path table, int networks, String head) throws IOException {
        Refusals refusals = new Refusals();
        Path shorter = table.resolveSibling(TABLE + ".part");
        try (BufferedReader rows = Files.newBufferedReader(table);
                BufferedWriter kept = Files.newBufferedWriter(shorter)) {
            rows.readLine(); // the head, maybe cut off
            kept.write(head + "\n");
            int done = 0;
            while (done < networks) {
                String row = rows.readLine();
                kept.write(row + "\n");
                String gate = row.split(",", GATE_CELL + 2)[GATE_CELL];
                refusals.add(gate.isEmpty() ? null : gate(gate));
                done += gate.isEmpty() ? 1 : 0;
            }
        }
        Files.move(shorter, table, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return refusals;
    }

    private static Gate gate(String label) {
        return Arrays.stream(Gate.values())
                .filter(gate -> gate.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "%s: '%s' is no gate.\nMaybe the file was changed; choose another folder with --out."
                                .formatted(TABLE, label)));
    }

    /** Networks that are there already, from index 0 on: a number of whole batches, or all. */
    public int kept() {
        return kept;
    }

    /** The candidates of networks that are there, and those added since. */
    public Refusals refusals() {
        return refusals;
    }

    /** The name of a network, in the table and in front of its file's ending. */
    public static String name(int index) {
        return String.format(Locale.ROOT, "network-%04d", index + 1);
    }

    /**
     * Adds the rows of a network whose file is written.
     *
     * @param literal eqs. 41-43 of the accepted candidate; null where they were not asked for or none was accepted
     */
    public void add(int index, Drawn drawn, @Nullable LiteralSimilarity literal) {
        refusals.add(drawn);
        for (Candidate candidate : drawn.candidates()) {
            table.writeRecord(row(name(index), drawn.input(), candidate, literal));
        }
    }

    /** Makes sure that the rows added are written. */
    public void endBatch() {
        try {
            table.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            table.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> row(String name, String input, Candidate candidate, @Nullable LiteralSimilarity literal) {
        Gate gate = candidate.refusedBy();
        Similarity similarity = candidate.similarity();
        List<String> row = new ArrayList<>(List.of(
                name,
                Boolean.toString(candidate.accepted()),
                gate == null ? "" : gate.label(),
                Integer.toString(candidate.nodes()),
                Integer.toString(candidate.leaves()),
                Integer.toString(candidate.height())));
        row.addAll(
                similarity == null
                        ? NO_MEASURES
                        : measures(similarity.cosine(), similarity.spectral(), similarity.editDistance()));
        row.addAll(List.of(Integer.toString(candidate.feeders()), Integer.toString(candidate.homes()), input));
        if (equations) {
            row.addAll(
                    literal == null || !candidate.accepted()
                            ? NO_MEASURES
                            : measures(literal.cosine(), literal.spectral(), literal.editDistance()));
        }
        return row;
    }

    private static List<String> measures(double cosine, double spectral, double editDistance) {
        return DoubleStream.of(cosine, spectral, editDistance)
                .mapToObj(measure -> String.format(Locale.ROOT, "%.6f", measure))
                .toList();
    }
}
