package org.headroom.app;

import java.io.PrintWriter;
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
import org.headroom.network.AssetValues;
import org.headroom.network.Network;
import org.headroom.network.format.ImportReport;
import org.headroom.network.format.NetworkFormat;
import org.headroom.random.StudySeed;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.StatisticsJson;
import org.headroom.similar.generate.Drawn;
import org.headroom.similar.generate.GenerateSettings;
import org.headroom.similar.generate.GeneratedFolder;
import org.headroom.similar.generate.LearningInputs;
import org.headroom.similar.generate.Method;
import org.headroom.similar.generate.Refusals;
import org.headroom.similar.generate.RequestedCounts;
import org.headroom.similar.generate.SimilarNetworks;
import org.headroom.similar.generate.Transformer;
import org.headroom.similar.measure.LiteralSimilarity;
import org.headroom.similar.measure.NetworkShape;
import org.headroom.work.Parallel;
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
                    + " inputs, options and seed give the same files on any number of threads. After Ctrl-C the same command goes on"
                    + " from where it was; with a larger --count it adds networks.",
            "Example: headroom networks generate --from uk-lv --count 20 --seed 1 --out like-british-ones"
        })
final class NetworksGenerateCommand implements Callable<Integer> {
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
        LearningInputs inputs = NetworkArgument.inputs(from, reduce);
        SimilarNetworks similar = SimilarNetworks.from(inputs.statistics(), settings, new StudySeed(seed));
        PrintWriter out = spec.commandLine().getOut();
        Set<String> notes = new LinkedHashSet<>(inputs.remarks());
        notes.addAll(similar.notes());
        try (GeneratedFolder generated = GeneratedFolder.open(
                folder,
                recipe(inputs.statistics(), settings),
                count,
                equations,
                index -> written.target(folder, GeneratedFolder.name(index)))) {
            Drawn.GivenUp givenUp = draw(similar, values, written, threads, generated, notes);
            notes.addAll(similar.similarityWarnings());
            if (!notes.isEmpty()) {
                out.println("Notes:");
                notes.forEach(note -> out.println("  " + note.replace("\n", "\n    ")));
                out.println();
            }
            Refusals refusals = generated.refusals();
            out.printf(Locale.ROOT, "Candidates: %s.%n", refusals);
            out.printf(
                    Locale.ROOT,
                    "Wrote %,d network%s to %s, and similarity.csv%s.%n",
                    refusals.accepted() - generated.kept(),
                    refusals.accepted() - generated.kept() == 1 ? "" : "s",
                    folder,
                    generated.kept() == 0
                            ? ""
                            : String.format(Locale.ROOT, "; %,d were there before", generated.kept()));
            out.flush();
            if (givenUp != null) {
                throw new InputException(SimilarNetworks.whyGivenUp(givenUp));
            }
            return 0;
        }
    }

    /** Everything that the networks depend on but their number, as lines of keys and values. */
    private List<String> recipe(List<NetworkStatistics> inputs, GenerateSettings settings) {
        List<String> lines = new ArrayList<>();
        lines.add("version: " + Main.version());
        lines.add("inputs: " + inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            lines.add("input %d: %s, digest %s"
                    .formatted(i + 1, inputs.get(i).name(), StatisticsJson.digest(inputs.get(i))));
        }
        lines.add("seed: " + seed);
        lines.add("method: " + settings.method().label());
        lines.add("nodes: " + asked(nodes));
        lines.add("leaves: " + asked(leaves));
        lines.add("height: " + asked(height));
        lines.add("feeders: " + asked(feeders));
        lines.add("homes: " + asked(homes));
        lines.add("weights: " + (weights.isEmpty() ? "equal" : weights));
        lines.add("transformer: " + (transformer == null ? "as the input's" : transformer));
        lines.add("asset values: " + (assetValues.isEmpty() ? "as the input's" : assetValues));
        lines.add("name: " + (name == null ? "as the input's" : count == 1 ? name : name + ", numbered"));
        lines.add("tries: " + tries);
        lines.add("format: " + format.toLowerCase(Locale.ROOT));
        lines.add("equations: " + equations);
        return lines;
    }

    private static String asked(@Nullable Integer count) {
        return count == null ? "as the input's" : Integer.toString(count);
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

    /** Draws and writes all that is not there; ends at the first batch in which one was given up, and returns that one. */
    private Drawn.@Nullable GivenUp draw(
            SimilarNetworks similar,
            @Nullable AssetValues values,
            NetworkFormat written,
            int threads,
            GeneratedFolder generated,
            Set<String> notes)
            throws InterruptedException {
        PrintWriter console = spec.commandLine().getErr();
        try (ProgressDisplay display = work.display(console);
                ExecutorService pool = Executors.newFixedThreadPool(threads);
                StopHook _ = StopHook.on(() -> stopped(display, console))) {
            learn(similar, generated.kept(), pool, display);
            display.begin("networks", count - generated.kept());
            for (int first = generated.kept(); first < count; first += GeneratedFolder.BATCH) {
                List<Callable<Written>> tasks = new ArrayList<>();
                for (int i = first; i < Math.min(count, first + GeneratedFolder.BATCH); i++) {
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
                    Written one = batch.get(i);
                    notes.addAll(one.report().lines());
                    generated.add(first + i, one.drawn(), one.literal());
                    if (one.drawn() instanceof Drawn.GivenUp failed && givenUp == null) {
                        givenUp = failed;
                    }
                }
                generated.endBatch();
                if (givenUp != null) {
                    return givenUp;
                }
            }
            return null;
        }
    }

    private static void stopped(ProgressDisplay display, PrintWriter console) {
        display.end();
        console.println("Stopped; finished networks are kept. The same command goes on from here.");
        console.flush();
    }

    /** Makes the gates of similarity that will be asked for, side by side. */
    private void learn(SimilarNetworks similar, int kept, ExecutorService pool, ProgressDisplay display)
            throws InterruptedException {
        List<Integer> gates = similar.gatesToMake(kept, count);
        if (gates.size() < 2) {
            return; // it is made when it is first asked for
        }
        display.begin("inputs learned", gates.size());
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int input : gates) {
            tasks.add(() -> {
                boolean made = similar.makeGate(input);
                display.advance();
                return made;
            });
        }
        Parallel.inOrder(pool, tasks);
    }

    private Written drawAndWrite(
            SimilarNetworks similar, @Nullable AssetValues values, NetworkFormat written, int index) {
        Drawn drawn = similar.draw(index);
        return switch (drawn) {
            case Drawn.Accepted accepted ->
                new Written(
                        drawn,
                        written.write(
                                finished(accepted.network(), values, index),
                                written.target(folder, GeneratedFolder.name(index))),
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
}
