package org.headroom.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.headroom.study.EnsembleSummary;
import org.headroom.study.EnsembleSummary.Candidates;
import org.headroom.study.EnsembleSummary.FailedTrial;
import org.headroom.study.EnsembleSummary.FigureQuantiles;
import org.headroom.study.EnsembleSummary.FigureVariance;
import org.jspecify.annotations.Nullable;

/**
 * How networks and days differ, how the networks were drawn, and what failed, as printed.
 *
 * @param quantiles groups are the figures whose networks are drawn, a row a scenario and mode, in the columns of {@link #QUANTILES}
 * @param variance groups are daily figures, likewise, in the columns of {@link #VARIANCE}
 * @param candidates a row a gate, after those drawn and those accepted; empty where no networks were generated
 * @param trials how many trials there were and failed, in a sentence
 * @param failures the first of the failed trials
 */
public record EnsembleTables(
        List<Table2.Group> quantiles,
        List<Table2.Group> variance,
        List<Table2.Row> candidates,
        String trials,
        List<FailedTrial> failures) {
    static final List<String> QUANTILES = List.of("5 %", "25 %", "50 %", "75 %", "95 %");
    static final List<String> VARIANCE =
            List.of("Mean of a day", "Between networks (%)", "Between days (%)", "Rest (%)");

    private static final int MOST_FAILURES = 20;

    /** A figure as the summary calls it, as printed. */
    private record Figure(String metric, String title, DoubleFunction<String> print) {}

    private static final List<Figure> YEARLY = List.of(
            new Figure("substationPeak_kW", "Peak substation flow (kW)", Numbers::power),
            new Figure("peakToAverage", "Peak-to-average (%)", Numbers::percent),
            new Figure("presentValue_gbpPerYear", "Annual present value (k£)", Numbers::thousands),
            new Figure("energyCost_gbpPerYear", "Annual energy cost (k£)", Numbers::thousands));
    private static final List<Figure> DAILY = List.of(
            new Figure("substationPeak_kW", "A day's peak substation flow (kW)", Numbers::power),
            new Figure("energyCost_gbp", "A day's energy cost (£)", Numbers::whole));

    static EnsembleTables of(EnsembleSummary ensemble) {
        int failed = ensemble.failures().size();
        return new EnsembleTables(
                groups(
                        YEARLY,
                        figure -> ensemble.quantiles().stream()
                                .filter(row -> row.metric().equals(figure.metric()))
                                .map(row -> row(row, figure.print()))),
                groups(
                        DAILY,
                        figure -> ensemble.variance().stream()
                                .filter(row -> row.metric().equals(figure.metric()))
                                .map(row -> row(row, figure.print()))),
                candidates(ensemble.findCandidates()),
                failed == 0
                        ? "None of %s trials failed.".formatted(Numbers.whole(ensemble.trials()))
                        : "%s of %s trials failed and are left out of every mode."
                                .formatted(Numbers.whole(failed), Numbers.whole(ensemble.trials())),
                ensemble.failures().subList(0, Math.min(failed, MOST_FAILURES)));
    }

    /** A group a figure that has rows. */
    private static List<Table2.Group> groups(List<Figure> figures, Function<Figure, Stream<Table2.Row>> rows) {
        return figures.stream()
                .map(figure ->
                        new Table2.Group(figure.title(), rows.apply(figure).toList()))
                .filter(group -> !group.rows().isEmpty())
                .toList();
    }

    private static Table2.Row row(FigureQuantiles row, DoubleFunction<String> print) {
        return new Table2.Row(
                label(row.scenario(), row.mode()),
                DoubleStream.of(row.q05(), row.q25(), row.q50(), row.q75(), row.q95())
                        .mapToObj(print)
                        .map(Table2.Cell::plain)
                        .toList());
    }

    private static Table2.Row row(FigureVariance row, DoubleFunction<String> print) {
        return new Table2.Row(
                label(row.scenario(), row.mode()),
                Stream.concat(
                                Stream.of(print.apply(row.mean())),
                                DoubleStream.of(row.networkShare(), row.dayShare(), row.restShare())
                                        .mapToObj(Numbers::percent))
                        .map(Table2.Cell::plain)
                        .toList());
    }

    private static String label(String scenario, String mode) {
        return "%s: %s".formatted(scenario, Names.mode(mode));
    }

    private static List<Table2.Row> candidates(@Nullable Candidates candidates) {
        if (candidates == null) {
            return List.of();
        }
        List<Table2.Row> rows = new ArrayList<>();
        rows.add(row("Drawn", candidates.drawn()));
        rows.add(row("Accepted", candidates.accepted()));
        candidates.gates().forEach(gate -> rows.add(row("Refused by " + gate.gate(), gate.refused())));
        return rows;
    }

    private static Table2.Row row(String label, long count) {
        return new Table2.Row(label, List.of(Table2.Cell.plain(Numbers.whole((double) count))));
    }
}
