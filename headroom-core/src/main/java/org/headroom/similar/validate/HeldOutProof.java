package org.headroom.similar.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.generate.Drawn;
import org.headroom.similar.generate.GenerateSettings;
import org.headroom.similar.generate.Method;
import org.headroom.similar.generate.SimilarNetworks;
import org.headroom.similar.measure.NetworkShape;
import org.headroom.similar.measure.ShuffledCopies;
import org.headroom.similar.validate.HeldOutResult.Auc;
import org.headroom.similar.validate.HeldOutResult.Comparison;
import org.headroom.similar.validate.HeldOutResult.Sample;
import org.headroom.work.Parallel;
import org.headroom.work.WorkProgress;
import org.jspecify.annotations.Nullable;

/**
 * Whether generated feeders are like real ones that the generator has not seen (design, Sec. 6, "Held-out proof").
 *
 * <p>Networks are dealt into folds. Each fold is held out in turn, whole networks at a time: its feeders stand against as many that
 * were generated from feeders of the other folds, one from each, drawn at random. Over all folds every real feeder is held out
 * once. The two samples are compared feature by feature, all features together, and by classifiers ({@link ProofDraw}).
 *
 * <p>All of this is drawn several times, with other folds and other generated networks each time, as one draw says as much about
 * its luck as about the generator: of few feeders, an AUC changes by .1 from draw to draw. Means over draws are reported, with the
 * range of the draws and, for an AUC, a bootstrap interval over networks and draws.
 */
public final class HeldOutProof {
    /** Least lines of a feeder: with fewer most features say nothing. */
    public static final int LEAST_LINES = 10;

    /** Name of the reference that takes other real feeders as they are. */
    public static final String REAL = "other real feeders";

    /** Name of the reference that shuffles the electrical parameters of real feeders within levels. */
    public static final String SHUFFLED = "shuffled real feeders";

    private static final int BOOTSTRAPS = 1000;

    // Streams of the proof; 1 is the forests', 3, 7 and 8 are those of a draw.
    private static final int DEAL = 0;
    private static final int CHOICE = 2;
    private static final int BOOTSTRAP = 4;
    private static final int GENERATE_BY_PATHS = 5;
    private static final int SHUFFLE = 6;
    private static final int GENERATE_LITERALLY = 21;

    private final List<Real> feeders;
    private final ProofSettings settings;
    private final StudySeed seed;
    private final List<int[]> folds;
    private final ExecutorService threads;
    private final WorkProgress progress;

    /** A real feeder. */
    private record Real(Sample sample, NetworkStatistics statistics, NetworkShape shape) {}

    /** What was generated from one feeder. */
    private record Pool(List<double[]> values, List<String> fingerprints, int copies, int givenUp) {}

    private HeldOutProof(
            List<Real> feeders,
            ProofSettings settings,
            StudySeed seed,
            List<int[]> folds,
            ExecutorService threads,
            WorkProgress progress) {
        this.feeders = feeders;
        this.settings = settings;
        this.seed = seed;
        this.folds = folds;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Does the proof.
     *
     * @param networks real ones, at least as many as folds; they are compared feeder by feeder
     * @param seed the same seed gives the same result
     * @param threads to work on; the result is the same for any number of them
     * @throws InputException where there is too little to hold out or to learn from
     */
    public static HeldOutResult run(
            List<Network> networks,
            ProofSettings settings,
            StudySeed seed,
            ExecutorService threads,
            WorkProgress progress)
            throws InterruptedException {
        if (networks.size() < settings.folds()) {
            throw new InputException(
                    "%d network%s for %d folds, expected at least one a fold.\nMaybe --folds %d, or name more networks."
                            .formatted(
                                    networks.size(),
                                    networks.size() == 1 ? "" : "s",
                                    settings.folds(),
                                    Math.max(2, networks.size())));
        }
        for (Network network : networks) {
            if (network.base_V() != networks.getFirst().base_V()) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "%s is a network of %.0f V, %s of %.0f V: expected one voltage.\nMaybe validate them apart.",
                        networks.getFirst().name(),
                        networks.getFirst().base_V(),
                        network.name(),
                        network.base_V()));
            }
        }
        List<Real> taken = new ArrayList<>();
        int tooSmall = 0;
        int beyond = 0;
        for (int n = 0; n < networks.size(); n++) {
            for (Network feeder : Feeders.of(networks.get(n))) {
                if (feeder.lineCount() < LEAST_LINES || feeder.homeCount() < 2) {
                    tooSmall++;
                    continue;
                }
                NetworkShape shape = NetworkShape.of(feeder);
                FeederMeasurement measured = FeederMeasurement.of(shape, feeder.base_V());
                if (settings.withinFlowLimits() ? measured.withinFlowLimits() : measured.solved()) {
                    taken.add(new Real(
                            new Sample(feeder.name(), n, measured.values()), NetworkStatistics.of(feeder), shape));
                } else {
                    beyond++;
                }
            }
        }
        int[] usable = taken.stream()
                .mapToInt(real -> real.sample().network())
                .distinct()
                .toArray();
        if (usable.length < settings.folds()) {
            throw new InputException(
                    "%d of %d networks have a feeder to hold out, for %d folds: of all feeders, %d have fewer than %d lines or 2 homes and %d break the flow limits.\nMaybe use fewer folds, name more networks, or take --all-feeders."
                            .formatted(
                                    usable.length, networks.size(), settings.folds(), tooSmall, LEAST_LINES, beyond));
        }
        List<int[]> folds = IntStream.range(0, settings.draws())
                .mapToObj(draw -> deal(
                        usable, networks.size(), settings.folds(), seed.stream(Purpose.HELD_OUT_PROOF, DEAL, draw)))
                .toList();
        HeldOutProof proof = new HeldOutProof(List.copyOf(taken), settings, seed, folds, threads, progress);
        int samples = settings.methods().size() + 2; // two references beside the methods
        progress.begin("feeders and draws", samples * (taken.size() + settings.draws()));
        List<Comparison> comparisons = new ArrayList<>();
        for (Method method : settings.methods()) {
            comparisons.add(proof.compare(method.label(), comparisons.size(), i -> proof.generated(method, i), true));
        }
        comparisons.add(proof.compare(REAL, 100, proof::itself, false));
        comparisons.add(proof.compare(SHUFFLED, 101, proof::shuffled, true));
        List<String> notes = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            if (comparison.draws().getFirst().generated().size() < taken.size()) {
                notes.add("%s: %d of %d could be generated; for the others every try was refused by a gate"
                        .formatted(comparison.name(), comparison.drawn(), comparison.drawn() + comparison.givenUp()));
            }
        }
        if (taken.size() < 50) {
            notes.add("%d real feeders are few: differences that matter may not show".formatted(taken.size()));
        }
        return new HeldOutResult(
                networks.size(),
                taken.stream().map(Real::sample).toList(),
                tooSmall,
                beyond,
                settings.withinFlowLimits(),
                settings.folds(),
                settings.draws(),
                seed.value(),
                comparisons,
                notes);
    }

    /**
     * The fold of each network, by number; -1 for those without a feeder to hold out.
     *
     * @param usable networks with one
     */
    private static int[] deal(int[] usable, int networks, int folds, UniformRandomProvider random) {
        int[] fold = new int[networks];
        Arrays.fill(fold, -1);
        int[] dealt = usable.clone();
        PermutationSampler.shuffle(random, dealt);
        for (int i = 0; i < dealt.length; i++) {
            fold[dealt[i]] = i % folds;
        }
        return fold;
    }

    /** Values by index, worked out side by side. */
    private <T> List<T> sideBySide(int count, IntFunction<T> of) throws InterruptedException {
        List<Callable<T>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i;
            tasks.add(() -> {
                T value = of.apply(index);
                progress.advance();
                return value;
            });
        }
        return Parallel.inOrder(threads, tasks);
    }

    private Pool itself(int feeder) {
        Real real = feeders.get(feeder);
        return new Pool(List.of(real.sample().values()), List.of(), 0, 0);
    }

    private Pool shuffled(int feeder) {
        Real real = feeders.get(feeder);
        ShuffledCopies copies = new ShuffledCopies(real.shape(), seedOf(SHUFFLE, feeder));
        return pool(real, k -> copies.copy(k));
    }

    /** By paths with all gates; by the literal scheme with those of topology and flow alone, as hardly any passes the third. */
    private Pool generated(Method method, int feeder) {
        Real real = feeders.get(feeder);
        GenerateSettings how = method == Method.LITERAL
                ? GenerateSettings.DEFAULT.with(method).withoutSimilarityGate()
                : GenerateSettings.DEFAULT.with(method);
        SimilarNetworks networks =
                SimilarNetworks.from(List.of(real.statistics()), how, seedOf(stream(method), feeder));
        return pool(
                real,
                k -> networks.draw(k) instanceof Drawn.Accepted accepted ? NetworkShape.of(accepted.network()) : null);
    }

    private static int stream(Method method) {
        return switch (method) {
            case PATHS -> GENERATE_BY_PATHS;
            case LITERAL -> GENERATE_LITERALLY;
        };
    }

    private Pool pool(Real real, IntFunction<@Nullable NetworkShape> draw) {
        List<double[]> values = new ArrayList<>();
        List<String> fingerprints = new ArrayList<>();
        String own = real.shape().fingerprint();
        int copies = 0;
        int givenUp = 0;
        for (int k = 0; k < settings.perFeeder(); k++) {
            NetworkShape shape = draw.apply(k);
            if (shape == null) {
                givenUp++;
                continue;
            }
            FeederMeasurement measured =
                    FeederMeasurement.of(shape, real.statistics().base_V());
            if (!(settings.withinFlowLimits() ? measured.withinFlowLimits() : measured.solved())) {
                givenUp++;
                continue;
            }
            values.add(measured.values());
            fingerprints.add(shape.fingerprint());
            copies += shape.fingerprint().equals(own) ? 1 : 0;
        }
        return new Pool(values, fingerprints, copies, givenUp);
    }

    private StudySeed seedOf(int stream, int feeder) {
        return new StudySeed(seed.stream(Purpose.HELD_OUT_PROOF, stream, feeder).nextLong());
    }

    /**
     * Compares what comes of each feeder with the others.
     *
     * @param index of the comparison's streams
     * @param ensembles whether more than the feeder itself comes of it
     */
    private Comparison compare(String name, int index, IntFunction<Pool> poolOf, boolean ensembles)
            throws InterruptedException {
        List<Pool> pools = sideBySide(feeders.size(), poolOf);
        List<List<double[]>> values = pools.stream().map(Pool::values).toList();
        List<Sample> reals = feeders.stream().map(Real::sample).toList();
        List<List<Sample>> chosen = choose(values, index);
        List<ProofDraw> draws = sideBySide(
                settings.draws(),
                draw -> new ProofDraw(
                        reals,
                        values,
                        chosen.get(draw),
                        folds.get(draw),
                        settings.folds(),
                        ensembles,
                        seed,
                        index,
                        draw));
        Set<String> distinct = new HashSet<>();
        int drawn = 0;
        int fingerprints = 0;
        for (Pool pool : pools) {
            drawn += pool.values().size();
            fingerprints += pool.fingerprints().size();
            distinct.addAll(pool.fingerprints());
        }
        return new Comparison(
                name,
                draws.stream().map(ProofDraw::result).toList(),
                drawn,
                pools.stream().mapToInt(Pool::givenUp).sum(),
                fingerprints - distinct.size(),
                pools.stream().mapToInt(Pool::copies).sum(),
                auc(draws, ProofDraw::forest, index),
                auc(draws, ProofDraw::logistic, index));
    }

    /**
     * For each draw and held-out feeder one that was generated from a feeder of another fold, every such feeder as often as another.
     * Draws take what others have not taken yet, as long as there is any.
     */
    private List<List<Sample>> choose(List<List<double[]>> pools, int index) {
        int[] next = new int[feeders.size()];
        List<List<Sample>> draws = new ArrayList<>();
        for (int draw = 0; draw < settings.draws(); draw++) {
            int[] foldOf = folds.get(draw);
            List<Sample> chosen = new ArrayList<>();
            for (int fold = 0; fold < settings.folds(); fold++) {
                int held = fold;
                UniformRandomProvider random = seed.stream(Purpose.HELD_OUT_PROOF, CHOICE, index, draw, fold);
                int wanted = (int) feeders.stream()
                        .filter(real -> foldOf[real.sample().network()] == held)
                        .count();
                int[] training = IntStream.range(0, feeders.size())
                        .filter(i -> foldOf[feeders.get(i).sample().network()] != held
                                && !pools.get(i).isEmpty())
                        .toArray();
                PermutationSampler.shuffle(random, training);
                for (int i = 0; i < wanted && training.length > 0; i++) {
                    int feeder = training[i % training.length];
                    Sample source = feeders.get(feeder).sample();
                    List<double[]> values = pools.get(feeder);
                    chosen.add(
                            new Sample(source.source(), source.network(), values.get(next[feeder]++ % values.size())));
                }
            }
            draws.add(chosen);
        }
        return draws;
    }

    /** The mean over draws, with an interval by bootstrap over networks and draws together. */
    private Auc auc(List<ProofDraw> draws, Function<ProofDraw, ProofDraw.Scores> scoresOf, int index) {
        List<ProofDraw.Scores> scores = draws.stream().map(scoresOf).toList();
        double[] each = scores.stream().mapToDouble(ProofDraw.Scores::auc).toArray();
        if (Arrays.stream(each).anyMatch(Double::isNaN)) {
            return Auc.NONE;
        }
        int[] networks = feeders.stream()
                .mapToInt(real -> real.sample().network())
                .distinct()
                .toArray();
        UniformRandomProvider random = seed.stream(Purpose.HELD_OUT_PROOF, BOOTSTRAP, index);
        double[] resampled = new double[BOOTSTRAPS];
        for (int b = 0; b < BOOTSTRAPS; b++) {
            int[] drawn = IntStream.range(0, networks.length)
                    .map(n -> networks[random.nextInt(networks.length)])
                    .toArray();
            resampled[b] = IntStream.range(0, scores.size())
                    .mapToDouble(d -> scores.get(random.nextInt(scores.size())).auc(drawn))
                    .filter(auc -> !Double.isNaN(auc))
                    .average()
                    .orElse(Double.NaN);
        }
        return Auc.of(each, resampled);
    }
}
