package org.headroom.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.headroom.input.InputException;
import org.headroom.mobility.Parallel;
import org.headroom.network.AssetValues;
import org.headroom.network.Network;
import org.headroom.network.format.ImportReport;
import org.headroom.network.format.NetworkFormat;
import org.headroom.random.StudySeed;
import org.headroom.similar.generate.Candidate;
import org.headroom.similar.generate.Drawn;
import org.headroom.similar.generate.Gate;
import org.headroom.similar.generate.GenerateSettings;
import org.headroom.similar.generate.Method;
import org.headroom.similar.generate.Refusals;
import org.headroom.similar.generate.RequestedCounts;
import org.headroom.similar.generate.SimilarNetworks;
import org.headroom.similar.generate.Transformer;
import org.headroom.similar.measure.LiteralSimilarity;
import org.headroom.similar.measure.NetworkShape;
import org.headroom.similar.measure.Similarity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headroom networks generate}: networks statistically similar to others. */
@Command(
        name = "generate",
        description = "Generates networks that are statistically similar to one or several others.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Writes network-0001.json and so on, and similarity.csv: a row for each candidate, with the gate that refused it. What is"
                    + " not asked for (nodes, leaves, …) is as in the input; with --nodes alone, it goes with the nodes. The same"
                    + " inputs, options and seed give the same files on any number of threads.",
            "Example: headroom networks generate --from uk-lv --count 20 --seed 1 --out like-british-ones"
        })
final class NetworksGenerateCommand implements Callable<Integer> {
    /** Networks drawn before their rows are written: the same on any number of threads, and few, so that memory stays flat. */
    private static final int BATCH = 32;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--from",
            required = true,
            arity = "1..*",
            paramLabel = "NETWORK",
            description =
                    "What to learn from: uk-lv (figures of 20 British networks) or one of them (uk-lv-07), british-118,"
                            + " files or folders of networks, a statistics.json. Each network is drawn from one of them.")
    private List<String> from = new ArrayList<>();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "Networks (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the networks; made if it is not there.")
    private Path folder = Path.of(".");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "Format of the networks, as for convert --to (default: ${DEFAULT-VALUE}).")
    private String format = "json";

    @Option(
            names = "--method",
            paramLabel = "HOW",
            defaultValue = "paths",
            description =
                    "paths, or literal: the paper's own scheme, of which little passes the gates (default: ${DEFAULT-VALUE}).")
    private String method = "paths";

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes of each network, the substation's included.")
    private @Nullable Integer nodes;

    @Option(names = "--leaves", paramLabel = "N", description = "Leaves of each network.")
    private @Nullable Integer leaves;

    @Option(names = "--height", paramLabel = "N", description = "Lines on its longest path.")
    private @Nullable Integer height;

    @Option(names = "--feeders", paramLabel = "N", description = "Lines that leave its substation.")
    private @Nullable Integer feeders;

    @Option(names = "--homes", paramLabel = "N", description = "Homes of each network.")
    private @Nullable Integer homes;

    @Option(
            names = "--weights",
            split = ",",
            paramLabel = "W",
            description = "How often each input is drawn from, relative to the others (default: equally often).")
    private List<Double> weights = new ArrayList<>();

    @Option(
            names = "--transformer",
            paramLabel = "KVA",
            description = "Rating in kVA, or sized: the smallest standard size above 1.25 times 2.0 kW a home"
                    + " (default: that of the input).")
    private @Nullable String transformer;

    @Option(
            names = "--asset-values",
            split = ",",
            paramLabel = "GBP",
            description =
                    "SUBSTATION,LINES: GBP a year that the substation and all lines together are worth, the latter"
                            + " shared by length (default: a line as in the input by the metre, the substation as its transformer).")
    private List<Double> assetValues = new ArrayList<>();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Name of the network; with a number behind where --count is above 1 (default: that of its input,"
                            + " similar and a number).")
    private @Nullable String name;

    @Option(
            names = "--tries",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Candidates drawn for a network before giving up (default: ${DEFAULT-VALUE}).")
    private int tries;

    @Option(names = "--reduce", paramLabel = "HOW", description = "none, chains or joints, as for inspect.")
    private @Nullable String reduce;

    @Option(
            names = "--equations",
            description =
                    "Adds the paper's eqs. 41 to 43 as written, each network written against its input, to similarity.csv:"
                            + " cosineEq41, spectralEq42, editDistanceEq43. They gate nothing. Eq. 42 takes all eigenvalues of both"
                            + " networks, a cost that grows with the cube of the nodes: about 6 ms a network at 118 nodes, 4 s at 900.")
    private boolean equations;

    @Mixin
    private WorkOptions work = new WorkOptions();

    /** One network, with what its format could not carry and, where asked for and accepted, eqs. 41-43. */
    private record Written(
            Drawn drawn, ImportReport report, @Nullable LiteralSimilarity literal) {}

    @Override
    public Integer call() throws InterruptedException {
        checkRange("--count", count, 1_000_000);
        int threads = work.threads();
        NetworkFormat written = NetworkFormat.named(format);
        GenerateSettings settings = new GenerateSettings(
                method(),
                new RequestedCounts(nodes, leaves, height, feeders, homes),
                transformer(),
                weights,
                true,
                tries);
        AssetValues values = values();
        NetworkArgument.Inputs inputs = NetworkArgument.inputs(from, reduce);
        SimilarNetworks similar = SimilarNetworks.from(inputs.statistics(), settings, new StudySeed(seed));
        PrintWriter out = spec.commandLine().getOut();
        NetworksCommand.makeFolder(folder);
        Refusals refusals = new Refusals();
        Set<String> notes = new LinkedHashSet<>(inputs.remarks());
        notes.addAll(similar.notes());
        Drawn.GivenUp givenUp = draw(similar, values, written, threads, refusals, notes);
        notes.addAll(similar.similarityWarnings());
        if (!notes.isEmpty()) {
            out.println("Notes:");
            notes.forEach(note -> out.println("  " + note.replace("\n", "\n    ")));
            out.println();
        }
        out.printf(Locale.ROOT, "Candidates: %s.%n", refusals);
        out.printf(
                Locale.ROOT,
                "Wrote %,d network%s to %s, and similarity.csv.%n",
                refusals.accepted(),
                refusals.accepted() == 1 ? "" : "s",
                folder);
        out.flush();
        if (givenUp != null) {
            throw new InputException(SimilarNetworks.whyGivenUp(givenUp));
        }
        return 0;
    }

    private static void checkRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new InputException(String.format(Locale.ROOT, "%s is %d, expected 1 to %,d.", option, value, most));
        }
    }

    private Method method() {
        for (Method known : Method.values()) {
            if (known.label().equals(method)) {
                return known;
            }
        }
        throw new InputException("--method is '%s', expected paths or literal.".formatted(method));
    }

    private @Nullable AssetValues values() {
        if (assetValues.isEmpty()) {
            return null;
        }
        if (assetValues.size() != 2) {
            throw new InputException("--asset-values has %d value%s, expected two: SUBSTATION,LINES."
                    .formatted(assetValues.size(), assetValues.size() == 1 ? "" : "s"));
        }
        return new AssetValues(assetValues.getFirst(), assetValues.getLast());
    }

    private Transformer transformer() {
        String asked = transformer;
        if (asked == null) {
            return new Transformer.OfInput();
        }
        if (asked.equals("sized")) {
            return new Transformer.Sized();
        }
        try {
            return new Transformer.Rated(Double.parseDouble(asked));
        } catch (NumberFormatException e) {
            throw new InputException("--transformer is '%s', expected a rating in kVA or sized.".formatted(asked), e);
        }
    }

    /** Draws and writes all; ends at the first batch in which one was given up, and returns that one. */
    private Drawn.@Nullable GivenUp draw(
            SimilarNetworks similar,
            @Nullable AssetValues values,
            NetworkFormat written,
            int threads,
            Refusals refusals,
            Set<String> notes)
            throws InterruptedException {
        try (ProgressDisplay display = work.display(spec.commandLine().getErr());
                ExecutorService pool = Executors.newFixedThreadPool(threads);
                BufferedWriter csv = Files.newBufferedWriter(folder.resolve("similarity.csv"))) {
            csv.write("network,accepted,gate,nodes,leaves,height,cosine,spectral,editDistance,feeders,homes,input");
            csv.write(equations ? ",cosineEq41,spectralEq42,editDistanceEq43\n" : "\n");
            display.beginCounting("networks", count);
            for (int first = 0; first < count; first += BATCH) {
                List<Callable<Written>> tasks = new ArrayList<>();
                for (int i = first; i < Math.min(count, first + BATCH); i++) {
                    int index = i;
                    tasks.add(() -> {
                        Written one = drawAndWrite(similar, values, written, index);
                        display.advance();
                        return one;
                    });
                }
                Drawn.GivenUp givenUp = null;
                List<Written> batch = Parallel.inOrder(pool, tasks);
                for (int i = 0; i < batch.size(); i++) {
                    Drawn drawn = batch.get(i).drawn();
                    refusals.add(drawn);
                    notes.addAll(batch.get(i).report().lines());
                    for (Candidate candidate : drawn.candidates()) {
                        csv.write(row(fileName(first + i), drawn.input(), candidate));
                        csv.write(
                                equations ? literalCells(candidate, batch.get(i).literal()) : "\n");
                    }
                    if (drawn instanceof Drawn.GivenUp one && givenUp == null) {
                        givenUp = one;
                    }
                }
                if (givenUp != null) {
                    return givenUp;
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Written drawAndWrite(
            SimilarNetworks similar, @Nullable AssetValues values, NetworkFormat written, int index) {
        Drawn drawn = similar.draw(index);
        return switch (drawn) {
            case Drawn.Accepted accepted ->
                new Written(
                        drawn,
                        written.write(
                                finished(accepted.network(), values, index), written.target(folder, fileName(index))),
                        equations
                                ? LiteralSimilarity.of(
                                        NetworkShape.of(accepted.network()), NetworkShape.of(similar.input(index)))
                                : null);
            case Drawn.GivenUp givenUp -> new Written(givenUp, ImportReport.NOTHING, null);
        };
    }

    /** The network with the asset values and the name asked for. */
    private Network finished(Network drawn, @Nullable AssetValues values, int index) {
        Network valued = values == null ? drawn : values.of(drawn);
        if (name == null) {
            return valued;
        }
        return valued.withName(count == 1 ? name : String.format(Locale.ROOT, "%s-%04d", name, index + 1));
    }

    /** The end of a row: eqs. 41-43 of the candidate that was accepted, nothing for the others. */
    private static String literalCells(Candidate candidate, @Nullable LiteralSimilarity literal) {
        return literal == null || !candidate.accepted()
                ? ",,,\n"
                : String.format(
                        Locale.ROOT, ",%.6f,%.6f,%.6f\n", literal.cosine(), literal.spectral(), literal.editDistance());
    }

    private static String fileName(int index) {
        return String.format(Locale.ROOT, "network-%04d", index + 1);
    }

    private static String row(String name, String input, Candidate candidate) {
        Gate gate = candidate.refusedBy();
        Similarity similarity = candidate.similarity();
        return String.format(
                Locale.ROOT,
                "%s,%b,%s,%d,%d,%d,%s,%d,%d,%s",
                name,
                candidate.accepted(),
                gate == null ? "" : gate.label(),
                candidate.nodes(),
                candidate.leaves(),
                candidate.height(),
                similarity == null
                        ? ",,"
                        : String.format(
                                Locale.ROOT,
                                "%.6f,%.6f,%.6f",
                                similarity.cosine(),
                                similarity.spectral(),
                                similarity.editDistance()),
                candidate.feeders(),
                candidate.homes(),
                input.contains(",") || input.contains("\"") ? '"' + input.replace("\"", "\"\"") + '"' : input);
    }
}
