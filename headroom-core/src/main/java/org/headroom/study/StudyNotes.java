package org.headroom.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.Losses;
import org.jspecify.annotations.Nullable;

/** What the reader of a study's results must know, one or two sentences each, the most pressing first. */
final class StudyNotes {
    private static final int FEW_NETWORKS = 5;

    private final Study study;
    private final List<Community> communities;
    private final TrialStore store;
    private final StudyYears years;
    private final List<TrialFailure> failures;
    private final List<String> notes = new ArrayList<>();

    /**
     * Notes on the networks that are counted.
     *
     * @param failures the trials that these lack
     * @param ofSharing what must be known of who shares with whom
     */
    StudyNotes(
            Study study,
            StudyInputs inputs,
            TrialStore store,
            StudyYears years,
            List<TrialFailure> failures,
            List<String> ofSharing) {
        this.study = study;
        this.communities = inputs.communities().subList(0, years.networkCount());
        this.store = store;
        this.years = years;
        this.failures = failures;
        addFailures();
        addDays();
        addAc();
        notes.addAll(ofSharing);
        addEnsemble();
        notes.addAll(inputs.notes()); // many where sessions are measured
    }

    List<String> all() {
        return List.copyOf(notes);
    }

    /** What the reader must know first: days that are missing. */
    private void addFailures() {
        if (!failures.isEmpty()) {
            TrialFailure first = failures.getFirst();
            notes.add(
                    "%d of %d trials failed and are left out of every mode: they are in failures.csv. For example network %d, scenario %s, day %d: %s. The same command with %s runs it alone."
                            .formatted(
                                    failures.size(),
                                    study.trialCount() / study.draws() * years.networkCount(),
                                    first.key().network(),
                                    first.scenario(),
                                    first.key().day(),
                                    first.cause(),
                                    first.only()));
        }
    }

    private void addEnsemble() {
        StopRule rule = study.findStop();
        if (rule != null) {
            notes.add(
                    rule.isMet(study, years) && years.networkCount() < study.draws()
                            ? "The study ended after %d of %d networks, as its rule says: %s."
                                    .formatted(years.networkCount(), study.draws(), rule.progress(study, years))
                            : "All %d networks were run: %s.".formatted(study.draws(), rule.progress(study, years)));
        }
        if (years.networkCount() < 2) {
            notes.add("One network was studied, so there are no intervals: set networks.count above 1 for them.");
        } else {
            notes.add("Intervals are 95 %%, Student's t, over %d networks; each draws its homes, cars and weather anew."
                    .formatted(years.networkCount()));
            if (years.networkCount() < FEW_NETWORKS) {
                notes.add(
                        "With fewer than %d networks the intervals are wide and rough: set networks.count higher for better ones."
                                .formatted(FEW_NETWORKS));
            }
        }
        if (study.modes().stream()
                .anyMatch(mode -> mode instanceof ChargingMode.Smart || mode instanceof ChargingMode.VehicleToGrid)) {
            notes.add(
                    "Smart charging and V2G have many equally cheap schedules; ties are broken '%s', and their peaks depend on it."
                            .formatted(study.dispatch().tieBreak().label()));
        }
        switch (study.dispatch().losses()) {
            case Losses.None _ -> {}
            case Losses.Fixed(double share) ->
                notes.add(
                        "Every line loses %s of its flow. Limits, peaks, present value and V-V2V's energy cost count that; the bills of the other modes do not."
                                .formatted(share));
        }
    }

    /** Days without a schedule, or with one that breaks limits or is not proved. */
    private void addDays() {
        addDays(
                "status = 'infeasible' AND objective_gbp IS NOT NULL",
                "on %d day(s) no schedule keeps every limit; the one that breaks them least is counted");
        addDays(
                "status = 'infeasible' AND objective_gbp IS NULL",
                "%d day(s) have no result (infeasible) and are left out of this mode alone, so do not compare it");
        addDays(
                "status = 'limit' AND objective_gbp IS NULL",
                "%d day(s) have no result (limit) and are left out of this mode alone, so do not compare it");
        addDays(
                "status = 'limit' AND objective_gbp IS NOT NULL",
                "on %d day(s) the schedule counted is not proved to be the best");
        addDays("status = 'optimal' AND violations > 0", "limits are broken on %d day(s)");
    }

    /** A note for each scenario and mode that has such days, with the first one's problem. */
    private void addDays(String which, String what) {
        store.query(
                """
                SELECT scenario, mode, count(*), arg_min(problems, (network, day)) FROM metrics
                WHERE %s GROUP BY ALL ORDER BY scenario, mode
                """.formatted(which),
                row -> notes.add("Scenario %s, %s: %s; for example: %s"
                        .formatted(
                                row.getString(1),
                                row.getString(2),
                                what.formatted(row.getLong(3)),
                                first(row.getString(4)))));
    }

    /** What the AC power flow sees and the lossless model does not. */
    private void addAc() {
        store.execute("CREATE OR REPLACE TEMP TABLE limits(network INTEGER, lower_pu DOUBLE)");
        store.execute("INSERT INTO limits VALUES "
                + communities.stream()
                        .map(community -> "(%d, %s)"
                                .formatted(
                                        community.index(),
                                        community.network().voltage().lower_pu()))
                        .collect(Collectors.joining(", ")));
        List<String> low = store.query(
                """
                SELECT scenario, mode, count(*), min(lowestAcVoltage_pu) FROM metrics JOIN limits USING (network)
                WHERE lowestAcVoltage_pu < lower_pu - 1e-6 AND lowestVoltage_pu >= lower_pu - 1e-6
                GROUP BY ALL ORDER BY scenario, mode
                """,
                row -> String.format(
                        Locale.ROOT,
                        "scenario %s, %s, on %d day(s) (down to %.4f pu)",
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getDouble(4)));
        if (!low.isEmpty()) {
            notes.add("The lossless voltages keep the lower limit and the AC voltages do not: " + String.join("; ", low)
                    + ".");
        }
        store.query(
                """
                SELECT scenario, mode, count(*) FROM metrics
                WHERE acUnsolvedSteps > 0 GROUP BY ALL ORDER BY scenario, mode
                """,
                row -> notes.add(
                        "Scenario %s, %s: on %d day(s) the AC power flow has no solution at some step (the voltage collapses); losses and AC voltages leave these days out, so they look better than they are."
                                .formatted(row.getString(1), row.getString(2), row.getLong(3))));
    }

    private static String first(@Nullable String problems) {
        return problems == null ? "" : problems.split("; ", 2)[0];
    }
}
