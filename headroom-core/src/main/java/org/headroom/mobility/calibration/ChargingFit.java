package org.headroom.mobility.calibration;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.DoubleFunction;
import org.headroom.mobility.Archetype;
import org.headroom.mobility.CarParameters;
import org.headroom.mobility.CarTravel;
import org.headroom.mobility.DayPattern;
import org.headroom.mobility.Habit;
import org.headroom.mobility.HourMixture;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.MobilityParameters;
import org.headroom.mobility.TripPurpose;
import org.headroom.random.StudySeed;
import org.headroom.work.Parallel;
import org.headroom.work.WorkProgress;
import org.jspecify.annotations.Nullable;

/**
 * Stage B: consumption in closed form, and then one search in one number for each target of charging. The reserve of a
 * household's cars for its peak (the higher the reserve, the more is charged away), the share of weekend days on which its last car
 * is used for its weekend peak, a shift of all its hours for the hours of its peaks, the share of days charged away for the share of
 * energy at home. Peaks inside the search of stage A would drown in their own noise.
 */
final class ChargingFit {
    private static final int ROUNDS = 2;
    private static final int HALVINGS = 7;
    private static final int SHIFTS = 4;
    private static final double SHIFT_H = 0.7;
    private static final double LEAST_BELOW_THRESHOLD = 0.005;
    private static final int BLOCKS = 64;
    private static final int CARS_PER_BLOCK = 16;
    private static final int WEEKS = 26;

    private final CalibrationTargets targets;
    private final StudySeed seed;
    private final ExecutorService threads;
    private final WorkProgress progress;

    ChargingFit(CalibrationTargets targets, StudySeed seed, ExecutorService threads, WorkProgress progress) {
        this.targets = targets;
        this.seed = seed;
        this.threads = threads;
        this.progress = progress;
    }

    /** Trials that {@link #fit} makes. */
    int trials() {
        int trials = 0;
        for (HouseholdKind kind : HouseholdKind.values()) {
            int ofRound = 0;
            for (Quantity quantity : List.of(Quantity.PEAK_HOUR_WEEKDAY, Quantity.PEAK_HOUR_WEEKEND)) {
                ofRound += find(kind.label(), quantity) == null ? 0 : SHIFTS;
            }
            for (Quantity quantity : List.of(Quantity.PEAK, Quantity.PEAK_WEEKEND)) {
                ofRound += find(kind.label(), quantity) == null ? 0 : HALVINGS;
            }
            trials += ROUNDS * ofRound;
        }
        return trials + (find(CalibrationTargets.FLEET, Quantity.HOME_SHARE) == null ? 0 : HALVINGS);
    }

    MobilityParameters fit(MobilityParameters start) throws InterruptedException {
        MobilityParameters set = closeConsumption(start);
        for (int round = 0; round < ROUNDS; round++) {
            for (HouseholdKind kind : HouseholdKind.values()) {
                set = fitHours(set, kind, false);
                set = fitHours(set, kind, true);
                set = fitReserve(set, kind);
                set = fitWeekend(set, kind);
            }
        }
        return fitAwayDays(set);
    }

    /** Sets the consumption of every car that has a target of annual energy: energy over miles. */
    MobilityParameters closeConsumption(MobilityParameters set) throws InterruptedException {
        MobilityParameters closed = set;
        for (Archetype archetype : Archetype.values()) {
            Target.Figure target = find(archetype.label(), Quantity.ANNUAL_KWH);
            if (target != null) {
                CarParameters car = set.car(archetype);
                double miles = milesPerYear(archetype, car, set);
                closed = closed.withCar(archetype, car.withConsumption((target.low() + target.high()) / 2 / miles));
            }
        }
        return closed;
    }

    private double milesPerYear(Archetype archetype, CarParameters car, MobilityParameters set)
            throws InterruptedException {
        CarTravel travel = new CarTravel(archetype, car, set.rules());
        List<Callable<TravelStatistics>> blocks = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            int first = block * CARS_PER_BLOCK;
            blocks.add(() -> {
                TravelStatistics sum = new TravelStatistics();
                for (int number = first; number < first + CARS_PER_BLOCK; number++) {
                    travel.simulate(seed, number, WEEKS, sum);
                }
                return sum;
            });
        }
        TravelStatistics sum = new TravelStatistics();
        for (TravelStatistics block : Parallel.inOrder(threads, blocks)) {
            sum.addAll(block);
        }
        return sum.milesPerYear();
    }

    private MobilityParameters fitHours(MobilityParameters start, HouseholdKind kind, boolean weekend)
            throws InterruptedException {
        Target.Figure target = find(kind.label(), weekend ? Quantity.PEAK_HOUR_WEEKEND : Quantity.PEAK_HOUR_WEEKDAY);
        MobilityParameters set = start;
        for (int shift = 0; target != null && shift < SHIFTS; shift++) {
            progress.advance();
            double off = target.deviation(draw(set, kind).achieved(target));
            if (off == 0) {
                continue;
            }
            double later_h = off < 0 ? SHIFT_H : -SHIFT_H;
            for (Archetype archetype : kind.cars()) {
                set = set.withCar(archetype, shifted(set.car(archetype), weekend, later_h));
            }
            set = closeConsumption(set);
        }
        return set;
    }

    private MobilityParameters fitReserve(MobilityParameters start, HouseholdKind kind) throws InterruptedException {
        Target.Figure target = find(kind.label(), Quantity.PEAK);
        if (target == null) {
            return start;
        }
        double highest = start.plugInBelowSoc(Habit.GUZZLE) - LEAST_BELOW_THRESHOLD;
        return search(start, kind, target, highest, 0, reserve -> {
            MobilityParameters set = start;
            for (Archetype archetype : kind.cars()) {
                set = set.withCar(archetype, set.car(archetype).withReserve(reserve));
            }
            return set;
        });
    }

    private MobilityParameters fitWeekend(MobilityParameters start, HouseholdKind kind) throws InterruptedException {
        Target.Figure target = find(kind.label(), Quantity.PEAK_WEEKEND);
        Archetype last = kind.cars().getLast();
        double used = start.car(last).weekend().usedShare();
        if (target == null || used == 0) {
            return start;
        }
        return search(start, kind, target, 0.3, 0.99, share -> {
            CarParameters car = start.car(last);
            DayPattern w = car.weekend();
            DayPattern weekend =
                    new DayPattern(share, w.first(), w.adjacent(), w.postHome(), w.departure_h(), w.return_h());
            return start.withCar(last, car.withPatterns(car.weekday(), weekend));
        });
    }

    private MobilityParameters fitAwayDays(MobilityParameters start) throws InterruptedException {
        Target.Figure target = find(CalibrationTargets.FLEET, Quantity.HOME_SHARE);
        if (target == null) {
            return start;
        }
        return search(start, null, target, 0.6, 0, start::withAwayDayShare);
    }

    /** Halves the interval from a knob's value that gives too little to the one that gives too much; the nearest trial stands. */
    private MobilityParameters search(
            MobilityParameters start,
            @Nullable HouseholdKind kind,
            Target.Figure target,
            double tooLittle,
            double tooMuch,
            DoubleFunction<MobilityParameters> at)
            throws InterruptedException {
        double low = tooLittle;
        double high = tooMuch;
        MobilityParameters nearest = start;
        double nearestOff = Double.POSITIVE_INFINITY;
        for (int halving = 0; halving < HALVINGS; halving++) {
            progress.advance();
            double middle = (low + high) / 2;
            MobilityParameters set = closeConsumption(at.apply(middle));
            double off = target.deviation(draw(set, kind).achieved(target));
            if (Math.abs(off) < nearestOff) {
                nearestOff = Math.abs(off);
                nearest = set;
            }
            if (off < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return nearest;
    }

    private FleetSamples draw(MobilityParameters set, @Nullable HouseholdKind kind) throws InterruptedException {
        List<HouseholdKind> kinds = kind == null ? List.of(HouseholdKind.values()) : List.of(kind);
        return FleetSamples.draw(set, targets, kinds, targets.samples(), seed, threads);
    }

    private static CarParameters shifted(CarParameters car, boolean weekend, double later_h) {
        DayPattern weekday =
                weekend && !car.weekend().equals(car.weekday()) ? car.weekday() : shifted(car.weekday(), later_h);
        DayPattern ofWeekend = car.weekend().equals(car.weekday())
                ? weekday
                : weekend && car.weekend().usedShare() > 0 ? shifted(car.weekend(), later_h) : car.weekend();
        return car.withPatterns(weekday, ofWeekend);
    }

    private static DayPattern shifted(DayPattern pattern, double later_h) {
        return new DayPattern(
                pattern.usedShare(),
                pattern.first(),
                pattern.adjacent(),
                pattern.postHome(),
                shifted(pattern.departure_h(), later_h),
                shifted(pattern.return_h(), later_h));
    }

    /** Hours of work and school stay: they are what those purposes are. */
    private static Map<TripPurpose, HourMixture> shifted(Map<TripPurpose, HourMixture> hours, double later_h) {
        Map<TripPurpose, HourMixture> moved = new EnumMap<>(TripPurpose.class);
        hours.forEach((purpose, mixture) -> moved.put(
                purpose,
                purpose == TripPurpose.EDUCATION
                        ? mixture
                        : new HourMixture(mixture.components().stream()
                                .map(normal -> new HourMixture.Component(
                                        normal.share(), Math.clamp(normal.mean_h() + later_h, 4, 23), normal.sd_h()))
                                .toList())));
        return moved;
    }

    private Target.@Nullable Figure find(String of, Quantity quantity) {
        for (Target target : targets.targets()) {
            if (target instanceof Target.Figure figure
                    && figure.of().equals(of)
                    && figure.quantity() == quantity
                    && figure.weight() > 0) {
                return figure;
            }
        }
        return null;
    }
}
