package org.headroom.similar.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.measure.SimilarityGate;

/**
 * Networks statistically similar to one or several inputs (paper, Sec. 5). Each is drawn from the statistics of one input,
 * which is itself drawn by weight, so that an ensemble carries the spread between its inputs.
 *
 * <p>A network is a pure function of inputs, settings, seed and its index: the same for any number of threads, any order and any
 * subset. The input is drawn once for an index, not for each try, so that an input whose candidates are refused more often is
 * not drawn less. Safe for use by several threads.
 */
public final class SimilarNetworks {
    private static final int FEW_LINES = 10;

    private final List<Source> sources;
    private final double[] running;
    private final GenerateSettings settings;
    private final StudySeed seed;

    private SimilarNetworks(List<Source> sources, double[] running, GenerateSettings settings, StudySeed seed) {
        this.sources = sources;
        this.running = running;
        this.settings = settings;
        this.seed = seed;
    }

    /**
     * Learns from the inputs.
     *
     * @throws InputException for inputs that nothing can be learned from and for counts that no tree has
     */
    public static SimilarNetworks from(List<NetworkStatistics> inputs, GenerateSettings settings, StudySeed seed) {
        if (inputs.isEmpty()) {
            throw new InputException("no networks to learn from.\nMaybe name some after --from.");
        }
        if (!settings.weights().isEmpty() && settings.weights().size() != inputs.size()) {
            throw new InputException("%d weights for %d inputs, expected one each."
                    .formatted(settings.weights().size(), inputs.size()));
        }
        List<Source> sources = new ArrayList<>();
        double[] running = new double[inputs.size()];
        double sum = 0;
        for (int i = 0; i < inputs.size(); i++) {
            NetworkStatistics input = inputs.get(i);
            check(input, inputs.getFirst());
            sources.add(new Source(input, settings, seed));
            sum += settings.weights().isEmpty() ? 1 : settings.weights().get(i);
            running[i] = sum;
        }
        if (!(sum > 0)) {
            throw new InputException("all weights are 0, expected one above 0.");
        }
        return new SimilarNetworks(List.copyOf(sources), running, settings, seed);
    }

    private static void check(NetworkStatistics input, NetworkStatistics first) {
        if (input.edges().isEmpty()) {
            throw new InputException("%s has no lines: there is nothing to learn from.".formatted(input.name()));
        }
        if (input.homes() - input.homesAtSubstation() <= 0) {
            throw new InputException(
                    "%s has no homes on its lines: networks like it would carry nothing.\nMaybe its loads are missing."
                            .formatted(input.name()));
        }
        if (input.base_V() != first.base_V()) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s is a network of %.0f V, %s of %.0f V: expected one voltage.\nMaybe generate from each by itself.",
                    first.name(),
                    first.base_V(),
                    input.name(),
                    input.base_V()));
        }
    }

    /** What the inputs leave little choice in, in plain words. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Source source : sources) {
            NetworkStatistics input = source.input;
            if (input.edges().size() < FEW_LINES) {
                notes.add("%s has only %d line%s: networks like it differ in little but lengths"
                        .formatted(
                                input.name(),
                                input.edges().size(),
                                input.edges().size() == 1 ? "" : "s"));
            }
            if (input.edges().size() > 1
                    && input.edges().stream()
                                    .map(NetworkStatistics.Edge::type)
                                    .distinct()
                                    .count()
                            == 1) {
                notes.add("all lines of %s are of type %s: only their lengths go with where they lie"
                        .formatted(input.name(), input.edges().getFirst().type()));
            }
            if (source.fit.note != null) {
                notes.add(source.fit.note);
            }
        }
        return notes;
    }

    /**
     * Draws a network until one passes all gates.
     *
     * @param index which one, at least 0
     */
    public Drawn draw(int index) {
        UniformRandomProvider random = seed.stream(Purpose.NETWORK, index, 0);
        Source source = drawSource(random);
        String name = String.format(Locale.ROOT, "%s-similar-%04d", source.input.name(), index + 1);
        Drawn drawn = source.draw(name, random);
        return switch (drawn) {
            case Drawn.Accepted accepted ->
                new Drawn.Accepted(
                        accepted.input(),
                        accepted.candidates(),
                        Assembly.withPositions(accepted.network(), seed.stream(Purpose.NETWORK, index, 1)));
            case Drawn.GivenUp givenUp -> givenUp;
        };
    }

    /**
     * A network that passed all gates.
     *
     * @param index which one, at least 0
     * @throws InputException where every try was refused, naming the gates
     */
    public Network network(int index) {
        Drawn drawn = draw(index);
        return switch (drawn) {
            case Drawn.Accepted accepted -> accepted.network();
            case Drawn.GivenUp givenUp -> throw new InputException(whyGivenUp(givenUp));
        };
    }

    /** Why no network came of so many candidates. */
    public static String whyGivenUp(Drawn.GivenUp givenUp) {
        Refusals refusals = new Refusals();
        refusals.add(givenUp);
        return whyGivenUp(givenUp.input(), refusals);
    }

    static String whyGivenUp(String input, Refusals refusals) {
        return "no network like %s passed the gates: %s.\nMaybe ask for counts nearer to the input's, or learn from other networks."
                .formatted(input, refusals);
    }

    /**
     * The gate of similarity to an input, made when it is first asked for.
     *
     * @param input which one, in the order given
     */
    public SimilarityGate similarityGate(int input) {
        return sources.get(input).similarityGate();
    }

    /**
     * Inputs whose gate of similarity networks will ask for, the largest first, which takes longest. Callers that draw on
     * several threads make these gates side by side first, as all who draw from an input wait for its gate. None where hardly a
     * candidate comes as far as that gate.
     *
     * @param first index of the first network
     * @param end index after the last one
     */
    public List<Integer> gatesToMake(int first, int end) {
        if (!settings.similarityGate() || settings.method() == Method.LITERAL) {
            return List.of();
        }
        return IntStream.range(first, end)
                .map(index -> indexOfSource(seed.stream(Purpose.NETWORK, index, 0)))
                .distinct()
                .boxed()
                .sorted(Comparator.comparingInt(
                        i -> -sources.get(i).input.edges().size()))
                .toList();
    }

    /**
     * Makes the gate of similarity to an input; false where it could not be made, as the other gates refused every network for it.
     * Whoever draws from that input is told so.
     */
    public boolean makeGate(int input) {
        try {
            similarityGate(input);
            return true;
        } catch (InputException refused) {
            return false;
        }
    }

    /** What to know before relying on the gates of similarity that were made so far. */
    public List<String> similarityWarnings() {
        List<String> warnings = new ArrayList<>();
        for (Source source : sources) {
            SimilarityGate gate = source.findSimilarityGate();
            if (gate != null) {
                warnings.addAll(gate.thresholds().warnings());
            }
        }
        return warnings;
    }

    /**
     * The input that a network is drawn from.
     *
     * @param index which network, at least 0
     */
    public NetworkStatistics input(int index) {
        return drawSource(seed.stream(Purpose.NETWORK, index, 0)).input;
    }

    private Source drawSource(UniformRandomProvider random) {
        return sources.get(indexOfSource(random));
    }

    private int indexOfSource(UniformRandomProvider random) {
        double value = random.nextDouble() * running[running.length - 1];
        int i = 0;
        while (i < running.length - 1 && running[i] <= value) {
            i++;
        }
        return i;
    }
}
