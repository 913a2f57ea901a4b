package org.headroom.app.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.headroom.study.Estimate;
import org.headroom.study.SharingSummary;
import org.headroom.study.SharingSummary.GainPart;
import org.headroom.study.SharingSummary.Gains;
import org.headroom.study.SharingSummary.HouseholdBill;
import org.headroom.study.SharingSummary.KindGain;
import org.headroom.study.SharingSummary.ModeEnergy;
import org.headroom.study.SharingSummary.ScenarioSharing;
import org.headroom.study.StudySummary;

/**
 * Who shares energy with whom and who pays, as printed: groups are scenarios.
 *
 * @param energy a row a figure, a column a mode
 * @param bills a row a kind of household, a column a mode
 * @param gains a sentence or two a scenario
 * @param gainsByKind a row a kind of household, in the columns of {@link #GAIN_COLUMNS}
 * @param parts a row a figure, in the columns of {@link #PART_COLUMNS}
 * @param peaks a row a mode, in the columns of {@link #PEAK_COLUMNS}
 */
public record SharingView(
        List<Table2.Group> energy,
        List<Table2.Group> bills,
        List<String> gains,
        List<Table2.Group> gainsByKind,
        List<Table2.Group> parts,
        List<Table2.Group> peaks) {
    static final List<String> GAIN_COLUMNS =
            List.of("Payers", "Gaining", "Losing", "Gain (£/year)", "Gain after transfers (£/year)");
    static final List<String> PART_COLUMNS = List.of("Sharing PV", "Sharing between cars", "Shaving peaks");
    static final List<String> PEAK_COLUMNS = List.of("Lowest (kVA)", "As chosen (kVA)", "Highest (kVA)");

    private static final List<String> PARTS = List.of("pv", "cars", "peaks");

    private record Figure(String label, Function<ModeEnergy, Estimate> value) {}

    private static final List<Figure> FIGURES = List.of(
            new Figure("From car to car", ModeEnergy::carToCar_kWhPerYear),
            new Figure("From home to home", ModeEnergy::homeToHome_kWhPerYear),
            new Figure("From homes to public lots", ModeEnergy::homeToPublic_kWhPerYear),
            new Figure("From public lots to homes", ModeEnergy::publicToHome_kWhPerYear),
            new Figure("Shared by PV, all together", ModeEnergy::pvShared_kWhPerYear),
            new Figure("Shared by cars, all together", ModeEnergy::carsShared_kWhPerYear),
            new Figure("Used where it came from", ModeEnergy::ownUse_kWhPerYear),
            new Figure("Bought from the grid", ModeEnergy::bought_kWhPerYear),
            new Figure("Sold to the grid", ModeEnergy::sold_kWhPerYear),
            new Figure("Lost in batteries", ModeEnergy::batteryLosses_kWhPerYear));

    static SharingView of(StudySummary summary, Collection<String> modes) {
        List<Table2.Group> energy = new ArrayList<>();
        List<Table2.Group> bills = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        List<Table2.Group> kinds = new ArrayList<>();
        List<Table2.Group> parts = new ArrayList<>();
        List<Table2.Group> peaks = new ArrayList<>();
        for (ScenarioSharing scenario : summary.sharing().scenarios()) {
            String title = title(summary, scenario.scenario());
            add(energy, title, energy(scenario, modes));
            add(bills, title, bills(scenario, modes));
            Gains gains = scenario.findGains();
            if (gains != null) {
                sentences.add(sentence(scenario.scenario(), gains));
                add(kinds, title, gains.kinds().stream().map(SharingView::row).toList());
            }
            add(parts, title, parts(scenario.decomposition()));
            add(
                    peaks,
                    title,
                    scenario.peakRanges().stream()
                            .map(range -> new Table2.Row(
                                    Names.mode(range.mode()),
                                    List.of(
                                            Table2.Cell.of(range.lowest_kVA(), Numbers::power, false),
                                            Table2.Cell.of(range.chosen_kVA(), Numbers::power, false),
                                            Table2.Cell.of(range.highest_kVA(), Numbers::power, false))))
                            .toList());
        }
        return new SharingView(energy, bills, sentences, kinds, parts, peaks);
    }

    private static void add(List<Table2.Group> groups, String title, List<Table2.Row> rows) {
        if (!rows.isEmpty()) {
            groups.add(new Table2.Group(title, rows));
        }
    }

    private static String title(StudySummary summary, String scenario) {
        return summary.scenarios().stream()
                .filter(each -> each.name().equals(scenario))
                .map(Names::scenario)
                .findFirst()
                .orElse("Scenario " + scenario);
    }

    /** Figures that are zero in every mode are left out. */
    private static List<Table2.Row> energy(ScenarioSharing scenario, Collection<String> modes) {
        List<Table2.Row> rows = new ArrayList<>();
        for (Figure figure : FIGURES) {
            if (scenario.modes().stream()
                    .allMatch(mode -> figure.value().apply(mode).mean() == 0)) {
                continue;
            }
            List<Table2.Cell> cells = new ArrayList<>();
            for (String mode : modes) {
                cells.add(scenario.modes().stream()
                        .filter(each -> each.mode().equals(mode))
                        .findFirst()
                        .map(each -> Table2.Cell.of(figure.value().apply(each), Numbers::whole, false))
                        .orElse(Table2.Cell.NONE));
            }
            rows.add(new Table2.Row(figure.label(), cells));
        }
        return rows;
    }

    private static List<Table2.Row> bills(ScenarioSharing scenario, Collection<String> modes) {
        Set<String> labels = new LinkedHashSet<>();
        scenario.bills().forEach(bill -> labels.add(label(bill.kind(), bill.pv())));
        List<Table2.Row> rows = new ArrayList<>();
        for (String label : labels) {
            List<Table2.Cell> cells = new ArrayList<>();
            for (String mode : modes) {
                cells.add(scenario.bills().stream()
                        .filter(bill -> bill.mode().equals(mode)
                                && label(bill.kind(), bill.pv()).equals(label))
                        .findFirst()
                        .map(HouseholdBill::energy_gbpPerYear)
                        .map(bill -> Table2.Cell.of(bill, Numbers::whole, false))
                        .orElse(Table2.Cell.NONE));
            }
            rows.add(new Table2.Row(label, cells));
        }
        return rows;
    }

    static String label(String kind, boolean pv) {
        return Names.archetype(kind) + (pv ? ", with PV" : "");
    }

    private static String sentence(String scenario, Gains gains) {
        boolean interval = Numbers.hasInterval(gains.community_gbpPerYear());
        return "Scenario %s: against V2G, V-V2V gains the payers of a network %s GBP a year%s, wear of cars included. Of %s households and lots %s gain before any transfer and %s lose, the hardest hit %s GBP a year. In %s of %s %s transfers leave no one worse off."
                .formatted(
                        scenario,
                        Numbers.whole(gains.community_gbpPerYear().mean()),
                        interval
                                ? " (95 %% interval %s to %s)"
                                        .formatted(
                                                Numbers.whole(gains.community_gbpPerYear()
                                                        .lower()),
                                                Numbers.whole(gains.community_gbpPerYear()
                                                        .upper()))
                                : "",
                        Numbers.whole(gains.payers()),
                        Numbers.whole(gains.gaining()),
                        Numbers.whole(gains.losing()),
                        Numbers.whole(gains.largestLoss_gbpPerYear().mean()),
                        Numbers.whole(gains.networksWithFairSplit()),
                        Numbers.whole(gains.networks()),
                        gains.networks() == 1 ? "network" : "networks");
    }

    private static Table2.Row row(KindGain kind) {
        return new Table2.Row(
                label(kind.kind(), kind.pv()),
                List.of(
                        Table2.Cell.plain(Numbers.whole(kind.payers())),
                        Table2.Cell.plain(Numbers.whole(kind.gaining())),
                        Table2.Cell.plain(Numbers.whole(kind.losing())),
                        Table2.Cell.of(kind.gain_gbpPerYear(), Numbers::whole, false),
                        Table2.Cell.of(kind.afterTransfers_gbpPerYear(), Numbers::whole, false)));
    }

    private static List<Table2.Row> parts(List<GainPart> decomposition) {
        List<Table2.Row> rows = new ArrayList<>();
        for (String metric :
                decomposition.stream().map(GainPart::metric).distinct().toList()) {
            rows.add(partRow(decomposition, metric, Names.part(metric), GainPart::gain, unit(metric)));
            rows.add(partRow(decomposition, metric, "… share of the gain, %", GainPart::share, Numbers::percent));
        }
        return rows;
    }

    private static DoubleFunction<String> unit(String metric) {
        return metric.equals("peak") ? Numbers::power : Numbers::whole;
    }

    private static Table2.Row partRow(
            List<GainPart> decomposition,
            String metric,
            String label,
            Function<GainPart, Estimate> value,
            DoubleFunction<String> print) {
        return new Table2.Row(
                label,
                PARTS.stream()
                        .map(part -> decomposition.stream()
                                .filter(each -> each.metric().equals(metric)
                                        && each.part().equals(part))
                                .findFirst()
                                .map(each -> Table2.Cell.of(value.apply(each), print, false))
                                .orElse(Table2.Cell.NONE))
                        .toList());
    }

    /** Whether there is anything to show. */
    static boolean isIn(SharingSummary sharing) {
        return sharing.scenarios().stream()
                .anyMatch(scenario -> !scenario.modes().isEmpty());
    }

    /** Scenarios of the study that the flow picture can choose, in the study's order. */
    static List<String> titles(StudySummary summary) {
        return summary.sharing().scenarios().stream()
                .map(scenario -> title(summary, scenario.scenario()))
                .toList();
    }
}
