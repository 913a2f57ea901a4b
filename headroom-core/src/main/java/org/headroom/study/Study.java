package org.headroom.study;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DispatchSettings;
import org.headroom.mobility.HouseholdKind;
import org.headroom.network.AssetValues;
import org.headroom.network.Reduction;
import org.headroom.time.DaySteps;
import org.jspecify.annotations.Nullable;

/**
 * A study, every default spelled out (file formats: a study).
 *
 * @param networks what to study, in turn
 * @param draws networks studied in all: draw i takes the i-th network, in turn, and homes of its own
 * @param similar true where draw i is a network of its own, generated from the statistics of those named
 * @param reduction of the networks read from OpenDSS
 * @param transformer_kVA rating of every substation; null: as the network's file says, or, where that is a placeholder, the
 *     smallest standard size above 1.25 times the peak of immediate charging
 * @param findAssetValues what every network's assets are worth a year; null: as its file says
 * @param householdShares share of each kind of household, summing to 1
 * @param evPenetration share of homes with electric cars
 * @param pvShare share of homes with PV
 * @param tariff name or file
 * @param mobility name or file of the mobility parameters
 * @param annualDemand_kWh mean annual demand of homes without their cars, where demand is typical
 * @param findDemand measured demand profiles, or null for the typical ones
 * @param findPv PVGIS file, or null for the typical output
 * @param daysPerSeason days simulated in each season
 * @param findStop when the study may end before all networks are run, or null where it never does
 * @param battery_gbpPerKWh value of a battery
 * @param cars what else the study says of cars
 * @param sharing what is told of sharing between homes
 */
public record Study(
        String name,
        long seed,
        List<String> networks,
        int draws,
        boolean similar,
        Reduction reduction,
        @Nullable Double transformer_kVA,
        @Nullable AssetValues findAssetValues,
        Map<HouseholdKind, Double> householdShares,
        double evPenetration,
        double pvShare,
        String tariff,
        String mobility,
        double annualDemand_kWh,
        @Nullable Path findDemand,
        @Nullable Path findPv,
        int daysPerSeason,
        DaySteps steps,
        List<Scenario> scenarios,
        List<ChargingMode> modes,
        @Nullable StopRule findStop,
        DispatchSettings dispatch,
        double battery_gbpPerKWh,
        CarSettings cars,
        SharingSettings sharing) {
    private static final int MOST_TRIALS = 50_000_000;

    public Study {
        networks = List.copyOf(networks);
        householdShares = Map.copyOf(householdShares);
        scenarios = List.copyOf(scenarios);
        modes = List.copyOf(modes);
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("networks.from names no network");
        }
        if (!similar && draws < networks.size()) {
            throw new IllegalArgumentException("networks.count is %d, expected at least 1 for each of the %d networks"
                    .formatted(draws, networks.size()));
        }
        double sum = householdShares.values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        if (!(Math.abs(sum - 1) < 1e-9)) {
            throw new IllegalArgumentException("households.shares sum to %s, expected 1".formatted(sum));
        }
        if (scenarios.isEmpty() || modes.isEmpty()) {
            throw new IllegalArgumentException("a study needs at least one scenario and one mode");
        }
        Set<String> names = new HashSet<>();
        for (Scenario scenario : scenarios) {
            if (!names.add(scenario.name())) {
                throw new IllegalArgumentException("scenario %s is listed twice".formatted(scenario.name()));
            }
        }
        if (new HashSet<>(modes).size() < modes.size()) {
            throw new IllegalArgumentException("modes lists a mode twice");
        }
        long trials = 4L * daysPerSeason * scenarios.size() * draws;
        if (trials > MOST_TRIALS) {
            throw new IllegalArgumentException(
                    "networks, scenarios and days make %d trials, expected at most %d".formatted(trials, MOST_TRIALS));
        }
        checkSample("decomposeDays", sharing.decomposeDays(), daysPerSeason);
        checkSample("boundsDays", sharing.boundsDays(), daysPerSeason);
        checkDetails(sharing, modes, dispatch);
    }

    private static void checkSample(String key, int days, int daysPerSeason) {
        if (days < 0 || days > daysPerSeason) {
            throw new IllegalArgumentException(
                    "sharing.%s is %d, expected 0 to days.perSeason (%d)".formatted(key, days, daysPerSeason));
        }
    }

    private static void checkDetails(SharingSettings sharing, List<ChargingMode> modes, DispatchSettings dispatch) {
        List<String> labels = modes.stream().map(ChargingMode::label).toList();
        if (sharing.decomposeDays() > 0 && !labels.containsAll(List.of("v2g", "v-v2v"))) {
            throw new IllegalArgumentException(
                    "sharing.decomposeDays is %d, expected 0 unless modes has v2g and v-v2v, whose difference is taken apart"
                            .formatted(sharing.decomposeDays()));
        }
        if (sharing.boundsDays() > 0 && !labels.contains("smart") && !labels.contains("v2g")) {
            throw new IllegalArgumentException(
                    "sharing.boundsDays is %d, expected 0 unless modes has smart or v2g, whose peaks depend on ties"
                            .formatted(sharing.boundsDays()));
        }
        if (dispatch.losses().share() > 0 && (sharing.decomposeDays() > 0 || sharing.boundsDays() > 0)) {
            throw new IllegalArgumentException(
                    "sharing.decomposeDays and boundsDays are %d and %d, expected 0 with losses: fixed, which they cannot count"
                            .formatted(sharing.decomposeDays(), sharing.boundsDays()));
        }
    }

    /** Number of trials: networks x scenarios x days. */
    public int trialCount() {
        return draws * scenarios.size() * calendar().days().size();
    }

    /** The same study on a substation of another rating. */
    public Study withTransformer(double rating_kVA) {
        return on(name, networks, draws, reduction, rating_kVA);
    }

    /** The same study on networks reduced otherwise. */
    public Study withReduction(Reduction other) {
        return on(name, networks, draws, other, transformer_kVA);
    }

    /** The same study, under another name, on other networks. */
    Study on(String name, List<String> networks, int draws, Reduction reduction, @Nullable Double transformer_kVA) {
        return new Study(
                name,
                seed,
                networks,
                draws,
                similar,
                reduction,
                transformer_kVA,
                findAssetValues,
                householdShares,
                evPenetration,
                pvShare,
                tariff,
                mobility,
                annualDemand_kWh,
                findDemand,
                findPv,
                daysPerSeason,
                steps,
                scenarios,
                modes,
                findStop,
                dispatch,
                battery_gbpPerKWh,
                cars,
                sharing);
    }

    /** Its days. */
    public StudyCalendar calendar() {
        return new StudyCalendar(daysPerSeason);
    }
}
