package org.headroom.mobility.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.ToDoubleFunction;
import org.headroom.mobility.Archetype;
import org.headroom.mobility.ArchetypeSummary;
import org.headroom.mobility.ChargingCurve;
import org.headroom.mobility.Fleet;
import org.headroom.mobility.FleetRequest;
import org.headroom.mobility.FleetSummary;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.HouseholdSimulator;
import org.headroom.mobility.MobilityParameters;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.DayType;
import org.headroom.work.Parallel;

/**
 * Fleets of one size, drawn many times, and what they do: the middle and the spread of every figure. Highest steps are medians
 * over samples, hours of peaks those of the mean day over all samples, everything else means.
 */
final class FleetSamples {
    private static final int HOURS = 24;

    private final List<Map<HouseholdKind, Sample>> samples;

    private record Sample(FleetSummary summary, TravelStatistics travel) {
        ArchetypeSummary of(String label) {
            return summary.archetypes().stream()
                    .filter(archetype -> archetype.archetype().equals(label))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private FleetSamples(List<Map<HouseholdKind, Sample>> samples) {
        this.samples = samples;
    }

    /** Draws fleets of the kinds asked for; samples differ by their seed. */
    static FleetSamples draw(
            MobilityParameters parameters,
            CalibrationTargets targets,
            List<HouseholdKind> kinds,
            int count,
            StudySeed seed,
            ExecutorService threads)
            throws InterruptedException {
        HouseholdSimulator simulator =
                HouseholdSimulator.of(parameters, targets.habit(), targets.charger_kW(), DaySteps.HOURLY);
        List<Callable<Map<HouseholdKind, Sample>>> draws = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StudySeed ofSample = new StudySeed(seed.value() + i);
            draws.add(() -> {
                Map<HouseholdKind, Sample> byKind = new EnumMap<>(HouseholdKind.class);
                for (HouseholdKind kind : kinds) {
                    TravelStatistics travel = new TravelStatistics();
                    FleetRequest request = new FleetRequest(
                            kind,
                            targets.households(),
                            targets.weeks(),
                            targets.habit(),
                            targets.charger_kW(),
                            ofSample,
                            DaySteps.HOURLY,
                            parameters);
                    byKind.put(kind, new Sample(Fleet.simulate(request, simulator, travel), travel));
                }
                return byKind;
            });
        }
        return new FleetSamples(Parallel.inOrder(threads, draws));
    }

    /** What all samples together achieve of a target. */
    double achieved(Target target) {
        if (target instanceof Target.Figure figure
                && (figure.quantity() == Quantity.PEAK || figure.quantity() == Quantity.PEAK_WEEKEND)) {
            return quantile(values(target), 0.5);
        }
        return achieved(target, samples);
    }

    /** What a share {@code of} of the samples stays below. */
    double quantile(Target target, double of) {
        return quantile(values(target), of);
    }

    private double[] values(Target target) {
        return samples.stream()
                .mapToDouble(sample -> achieved(target, List.of(sample)))
                .toArray();
    }

    private static double quantile(double[] values, double of) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = of * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static double achieved(Target target, List<Map<HouseholdKind, Sample>> of) {
        if (target.isOfTravel()) {
            Map<Archetype, TravelStatistics> travel = new EnumMap<>(Archetype.class);
            for (Archetype archetype : TravelFit.carsOf(target.of()).keySet()) {
                TravelStatistics sum = new TravelStatistics();
                of.forEach(sample -> sum.add(get(sample, archetype).travel(), archetype, 1));
                travel.put(archetype, sum);
            }
            return TravelFit.achieved(target, travel);
        }
        if (!(target instanceof Target.Figure figure)) {
            throw new IllegalArgumentException(target.name() + " is of travel");
        }
        String scope = target.of();
        return switch (figure.quantity()) {
            case ANNUAL_KWH -> mean(of, scope, ArchetypeSummary::annual_kWh);
            case PLUG_INS -> mean(of, scope, ArchetypeSummary::plugInsPerWeek);
            case HOME_SHARE -> {
                double home = mean(of, scope, ArchetypeSummary::homeCharged_kWh);
                yield home / (home + mean(of, scope, ArchetypeSummary::awayCharged_kWh));
            }
            case PEAK -> mean(of, scope, ArchetypeSummary::peak_kW);
            case PEAK_WEEKEND -> mean(of, scope, ArchetypeSummary::peakWeekend_kW);
            case PEAK_HOUR_WEEKDAY -> highest(meanDay(of, scope, false));
            case PEAK_HOUR_WEEKEND -> highest(meanDay(of, scope, true));
            case PEAK_HOUR -> highest(wholeWeek(of, scope)) + 0.5;
            case PEAK_PER_DAILY_KWH -> {
                double[] day = wholeWeek(of, scope);
                yield day[highest(day)] / Arrays.stream(day).sum();
            }
            case ANNUAL_TRIPS, ANNUAL_MILES, AVAILABILITY -> throw new IllegalStateException("of travel");
        };
    }

    /** Mean over samples of a figure of an archetype or kind; of the fleet: per car. */
    private static double mean(
            List<Map<HouseholdKind, Sample>> of, String scope, ToDoubleFunction<ArchetypeSummary> figure) {
        double sum = 0;
        double cars = 0;
        for (HouseholdKind kind : HouseholdKind.values()) {
            boolean all = scope.equals(CalibrationTargets.FLEET);
            boolean car =
                    kind.cars().stream().anyMatch(archetype -> archetype.label().equals(scope));
            if (all || car || scope.equals(kind.label())) {
                String label = car ? scope : kind.label();
                double share = all ? kind.defaultShare() : 1;
                for (Map<HouseholdKind, Sample> sample : of) {
                    sum += share * figure.applyAsDouble(get(sample, kind).of(label));
                    cars += share * (all ? kind.cars().size() : 1);
                }
            }
        }
        return sum / cars;
    }

    private static double[] wholeWeek(List<Map<HouseholdKind, Sample>> of, String scope) {
        double[] weekday = meanDay(of, scope, false);
        double[] weekend = meanDay(of, scope, true);
        double[] day = new double[HOURS];
        for (int hour = 0; hour < HOURS; hour++) {
            day[hour] = (5 * weekday[hour] + 2 * weekend[hour]) / 7;
        }
        return day;
    }

    /** Mean power by hour of a weekday, or of a weekend day, of the mean household. */
    private static double[] meanDay(List<Map<HouseholdKind, Sample>> of, String scope, boolean weekend) {
        double[] day = new double[HOURS];
        for (HouseholdKind kind : HouseholdKind.values()) {
            boolean all = scope.equals(CalibrationTargets.FLEET);
            if (!all && !scope.equals(kind.label())) {
                continue;
            }
            double share = all ? kind.defaultShare() : 1;
            for (Map<HouseholdKind, Sample> sample : of) {
                ChargingCurve curve = get(sample, kind).summary().curve();
                int days = weekend ? 2 : 5;
                for (int week = 0; week < curve.weeks(); week++) {
                    for (int step = 0; step < curve.stepsPerWeek(); step++) {
                        if (DayType.ofDay(step / HOURS).isWeekend() == weekend) {
                            day[step % HOURS] += share * curve.mean_kW(week, step) / (of.size() * curve.weeks() * days);
                        }
                    }
                }
            }
        }
        return day;
    }

    private static int highest(double[] day) {
        int highest = 0;
        for (int hour = 1; hour < day.length; hour++) {
            if (day[hour] > day[highest]) {
                highest = hour;
            }
        }
        return highest;
    }

    private static Sample get(Map<HouseholdKind, Sample> samples, Archetype archetype) {
        for (HouseholdKind kind : HouseholdKind.values()) {
            if (kind.cars().contains(archetype)) {
                return get(samples, kind);
            }
        }
        throw new IllegalStateException("no household has archetype " + archetype);
    }

    private static Sample get(Map<HouseholdKind, Sample> samples, HouseholdKind kind) {
        Sample sample = samples.get(kind);
        if (sample == null) {
            throw new IllegalStateException("no sample was drawn of kind " + kind);
        }
        return sample;
    }
}
