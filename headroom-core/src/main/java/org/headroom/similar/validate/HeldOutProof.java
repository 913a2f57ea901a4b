package org.headroom.similar.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Predicate;
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
import org.headroom.similar.validate.HeldOutResult.FeatureTest;
import org.headroom.similar.validate.HeldOutResult.Quartiles;
import org.headroom.similar.validate.HeldOutResult.Sample;
import org.jspecify.annotations.Nullable;

/**
 * Whether generated feeders are like real ones that the generator has not seen (design, Sec. 6, "Held-out proof").
 *
 * <p>Networks are dealt into folds. Each fold is held out in turn, whole networks at a time: its feeders stand against as many that
 * were generated from feeders of the other folds, one from each, drawn at random. Over all folds every real feeder is held out
 * once. The two samples are compared feature by feature, all features together, and by classifiers that are
 * trained and asked fold by fold, a network and all that was generated from it always on the same side.
 */
public final class HeldOutProof {
    /** Least lines of a feeder: with fewer most features say nothing. */
    public static final int LEAST_LINES = 10;

    /** Name of the reference that takes other real feeders as they are. */
    public static final String REAL = "other real feeders";

    /** Name of the reference that shuffles the electrical parameters of real feeders within levels. */
    public static final String SHUFFLED = "shuffled real feeders";

    private static final int LEAST_GENERATED = 10;
    private static final int BOOTSTRAPS = 1000;
    private static final double BAND = 0.9;

    // Streams of the proof; 1 is the forests'.
    private static final int DEAL = 0;
    private static final int CHOICE = 2;
    private static final int RELABEL = 3;
    private static final int BOOTSTRAP = 4;
    private static final int GENERATE_BY_PATHS = 5;
    private static final int SHUFFLE = 6;
    private static final int PAIR = 7;
    private static final int GENERATE_LITERALLY = 21;

    private final List<Real> feeders;
    private final ProofSettings settings;
    private final StudySeed seed;
    private final int networks;

    /** A real feeder. */
    private record Real(Sample sample, NetworkStatistics statistics, NetworkShape shape) {
        int network() {
            return sample.network();
        }

        int fold() {
            return sample.fold();
        }

        double[] values() {
            return sample.values();
        }
    }

    /** What was generated from one feeder. */
    private record Pool(List<double[]> values, List<String> fingerprints, int copies, int givenUp) {}

    private HeldOutProof(List<Real> feeders, ProofSettings settings, StudySeed seed, int networks) {
        this.feeders = feeders;
        this.settings = settings;
        this.seed = seed;
        this.networks = networks;
    }

    /**
     * Does the proof.
     *
     * @param networks real ones, at least as many as folds; they are compared feeder by feeder
     * @param seed the same seed gives the same result
     * @throws InputException where there is too little to hold out or to learn from
     */
    public static HeldOutResult run(List<Network> networks, ProofSettings settings, StudySeed seed) {
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
        int[] dealt = PermutationSampler.natural(networks.size());
        PermutationSampler.shuffle(seed.stream(Purpose.HELD_OUT_PROOF, DEAL), dealt);
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
                            new Sample(feeder.name(), n, dealt[n] % settings.folds(), measured.values()),
                            NetworkStatistics.of(feeder),
                            shape));
                } else {
                    beyond++;
                }
            }
        }
        for (int fold = 0; fold < settings.folds(); fold++) {
            int held = fold;
            if (taken.stream().noneMatch(real -> real.fold() == held)) {
                throw new InputException(
                        "no feeder to hold out in fold %d of %d: of all feeders, %d have fewer than %d lines or 2 homes and %d break the flow limits.\nMaybe use fewer folds, name more networks, or take --all-feeders."
                                .formatted(fold + 1, settings.folds(), tooSmall, LEAST_LINES, beyond));
            }
        }
        HeldOutProof proof = new HeldOutProof(List.copyOf(taken), settings, seed, networks.size());
        List<Comparison> comparisons = new ArrayList<>();
        for (Method method : settings.methods()) {
            comparisons.add(proof.compare(
                    method.label(), comparisons.size(), proof.pools(i -> proof.generated(method, i)), true));
        }
        comparisons.add(proof.compare(REAL, 100, proof.pools(proof::itself), false));
        comparisons.add(proof.compare(SHUFFLED, 101, proof.pools(proof::shuffled), true));
        List<String> notes = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            if (comparison.generated().size() < taken.size()) {
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
                seed.value(),
                comparisons,
                notes);
    }

    private List<Pool> pools(IntFunction<Pool> of) {
        try (ExecutorService workers = Executors.newFixedThreadPool(settings.threads())) {
            List<Future<Pool>> futures = IntStream.range(0, feeders.size())
                    .mapToObj(i -> workers.submit(() -> of.apply(i)))
                    .toList();
            List<Pool> pools = new ArrayList<>();
            for (Future<Pool> future : futures) {
                pools.add(future.get());
            }
            return pools;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Pool itself(int feeder) {
        Real real = feeders.get(feeder);
        return new Pool(List.of(real.values()), List.of(), 0, 0);
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

    private Comparison compare(String name, int index, List<Pool> pools, boolean ensembles) {
        List<Sample> generated = choose(pools, index);
        boolean enough = generated.size() >= LEAST_GENERATED;
        double[][] real = feeders.stream().map(Real::values).toArray(double[][]::new);
        double[][] made = generated.stream().map(Sample::values).toArray(double[][]::new);
        TwoSamples.Energy energy = enough
                ? TwoSamples.energy(real, made, seed.stream(Purpose.HELD_OUT_PROOF, RELABEL, index))
                : new TwoSamples.Energy(Double.NaN, Double.NaN);
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
                generated,
                drawn,
                pools.stream().mapToInt(Pool::givenUp).sum(),
                fingerprints - distinct.size(),
                pools.stream().mapToInt(Pool::copies).sum(),
                enough ? auc(fold -> new RandomForest(seed, (long) index * 1000 + fold), generated, index) : none(),
                enough ? auc(fold -> new LogisticRegression(), generated, index) : none(),
                energy.distance(),
                energy.p(),
                enough ? features(real, made, pools, ensembles ? index : -1) : List.of(),
                coverage(pools),
                ensembles ? singleCoverage(pools) : Double.NaN);
    }

    /** For each held-out feeder one that was generated from a feeder of another fold, every such feeder as often as another. */
    private List<Sample> choose(List<Pool> pools, int index) {
        List<Sample> chosen = new ArrayList<>();
        for (int fold = 0; fold < settings.folds(); fold++) {
            int held = fold;
            UniformRandomProvider random = seed.stream(Purpose.HELD_OUT_PROOF, CHOICE, index, fold);
            int wanted =
                    (int) feeders.stream().filter(real -> real.fold() == held).count();
            int[] training = IntStream.range(0, feeders.size())
                    .filter(i -> feeders.get(i).fold() != held
                            && !pools.get(i).values().isEmpty())
                    .toArray();
            PermutationSampler.shuffle(random, training);
            for (int i = 0; i < wanted && training.length > 0; i++) {
                int feeder = training[i % training.length];
                Real source = feeders.get(feeder);
                List<double[]> values = pools.get(feeder).values();
                chosen.add(new Sample(
                        source.statistics().name(),
                        source.network(),
                        source.fold(),
                        values.get(random.nextInt(values.size()))));
            }
        }
        return chosen;
    }

    private static Auc none() {
        return new Auc(Double.NaN, Double.NaN, Double.NaN);
    }

    private Auc auc(IntFunction<Classifier> classifierOfFold, List<Sample> made, int index) {
        List<Sample> all = new ArrayList<>(feeders.stream().map(Real::sample).toList());
        all.addAll(made);
        int count = all.size();
        double[][] values = all.stream().map(Sample::values).toArray(double[][]::new);
        int[] network = all.stream().mapToInt(Sample::network).toArray();
        int[] fold = all.stream().mapToInt(Sample::fold).toArray();
        boolean[] generated = new boolean[count];
        Arrays.fill(generated, feeders.size(), count, true);
        double[] scores = new double[count];
        for (int f = 0; f < settings.folds(); f++) {
            int held = f;
            int[] learn = IntStream.range(0, count).filter(i -> fold[i] != held).toArray();
            int[] ask = IntStream.range(0, count).filter(i -> fold[i] == held).toArray();
            double[] found = classifierOfFold
                    .apply(f)
                    .scores(
                            Arrays.stream(learn).mapToObj(i -> values[i]).toArray(double[][]::new),
                            labels(generated, learn),
                            Arrays.stream(ask).mapToObj(i -> values[i]).toArray(double[][]::new));
            for (int i = 0; i < ask.length; i++) {
                scores[ask[i]] = found[i];
            }
        }
        double value = TwoSamples.auc(scores, generated, fold);
        double[] resampled = new double[BOOTSTRAPS];
        UniformRandomProvider random = seed.stream(Purpose.HELD_OUT_PROOF, BOOTSTRAP, index);
        int[][] ofNetwork = new int[networks][];
        for (int n = 0; n < networks; n++) {
            int which = n;
            ofNetwork[n] =
                    IntStream.range(0, count).filter(i -> network[i] == which).toArray();
        }
        for (int b = 0; b < BOOTSTRAPS; b++) {
            int[] drawn = IntStream.range(0, networks)
                    .map(n -> random.nextInt(networks))
                    .flatMap(n -> Arrays.stream(ofNetwork[n]))
                    .toArray();
            resampled[b] = TwoSamples.auc(
                    Arrays.stream(drawn).mapToDouble(i -> scores[i]).toArray(),
                    labels(generated, drawn),
                    Arrays.stream(drawn).map(i -> fold[i]).toArray());
        }
        double[] known = Arrays.stream(resampled)
                .filter(auc -> !Double.isNaN(auc))
                .sorted()
                .toArray();
        return new Auc(value, quantile(known, 0.025), quantile(known, 0.975));
    }

    private static boolean[] labels(boolean[] generated, int[] which) {
        boolean[] labels = new boolean[which.length];
        for (int i = 0; i < which.length; i++) {
            labels[i] = generated[which[i]];
        }
        return labels;
    }

    /**
     * Tests every feature.
     *
     * @param index of the pairs' streams; -1 where pairs are the same feeder twice
     */
    private List<FeatureTest> features(double[][] real, double[][] made, List<Pool> pools, int index) {
        int count = Feature.ALL.size();
        int[] paired = IntStream.range(0, feeders.size())
                .filter(i -> !pools.get(i).values().isEmpty())
                .toArray();
        double[][] firsts = Arrays.stream(paired).mapToObj(i -> real[i]).toArray(double[][]::new);
        double[][] seconds = Arrays.stream(paired)
                .mapToObj(i -> pools.get(i).values().getFirst())
                .toArray(double[][]::new);
        TwoSamples.KolmogorovSmirnov[] tests = new TwoSamples.KolmogorovSmirnov[count];
        double[] p = new double[count];
        for (int j = 0; j < count; j++) {
            tests[j] = TwoSamples.kolmogorovSmirnov(column(real, j), column(made, j));
            p[j] = tests[j].p();
        }
        double[] holm = TwoSamples.holm(p);
        List<FeatureTest> features = new ArrayList<>();
        for (int j = 0; j < count; j++) {
            features.add(new FeatureTest(
                    Feature.ALL.get(j),
                    tests[j].statistic(),
                    p[j],
                    holm[j],
                    index < 0
                            ? Double.NaN
                            : TwoSamples.pairedP(
                                    column(firsts, j),
                                    column(seconds, j),
                                    seed.stream(Purpose.HELD_OUT_PROOF, PAIR, index, j)),
                    quartiles(column(real, j)),
                    quartiles(column(made, j))));
        }
        return features;
    }

    /** Share of (held-out feeder, feature) in the band of everything generated from the other folds. */
    private double coverage(List<Pool> pools) {
        int within = 0;
        int all = 0;
        for (int fold = 0; fold < settings.folds(); fold++) {
            List<double[]> ensemble = new ArrayList<>();
            for (int i = 0; i < feeders.size(); i++) {
                if (feeders.get(i).fold() != fold) {
                    ensemble.addAll(pools.get(i).values());
                }
            }
            if (!ensemble.isEmpty()) {
                within += countWithin(ensemble, fold);
                all += (int) feeders.stream().filter(inFold(fold)).count() * Feature.ALL.size();
            }
        }
        return all == 0 ? Double.NaN : (double) within / all;
    }

    /** The same with the ensemble of one feeder of the other folds at a time, mean over them. */
    private double singleCoverage(List<Pool> pools) {
        long within = 0;
        long all = 0;
        for (int i = 0; i < feeders.size(); i++) {
            for (int fold = 0; fold < settings.folds(); fold++) {
                if (feeders.get(i).fold() != fold && !pools.get(i).values().isEmpty()) {
                    within += countWithin(pools.get(i).values(), fold);
                    all += feeders.stream().filter(inFold(fold)).count() * Feature.ALL.size();
                }
            }
        }
        return all == 0 ? Double.NaN : (double) within / all;
    }

    private static Predicate<Real> inFold(int fold) {
        return real -> real.fold() == fold;
    }

    private int countWithin(List<double[]> ensemble, int fold) {
        int within = 0;
        for (int j = 0; j < Feature.ALL.size(); j++) {
            double[] sorted = column(ensemble.toArray(double[][]::new), j);
            Arrays.sort(sorted);
            double low = quantile(sorted, (1 - BAND) / 2);
            double high = quantile(sorted, (1 + BAND) / 2);
            for (Real real : feeders) {
                if (real.fold() == fold) {
                    within += real.values()[j] >= low && real.values()[j] <= high ? 1 : 0;
                }
            }
        }
        return within;
    }

    private static double[] column(double[][] rows, int j) {
        return Arrays.stream(rows).mapToDouble(row -> row[j]).toArray();
    }

    private static Quartiles quartiles(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Quartiles(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    /** The quantile of sorted values by linear interpolation. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
