package org.headroom.mobility.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.headroom.mobility.Archetype;
import org.headroom.mobility.CarParameters;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.mobility.MobilityParameterText;
import org.headroom.mobility.MobilityParameters;
import org.headroom.random.StudySeed;
import org.headroom.work.WorkProgress;

/**
 * Fits a parameter set to targets (paper, Sec. 3.2, steps 1-5). The same targets, start and seed give the same set on any number of
 * threads.
 */
public final class Calibration {
    /** Seeds of the report's samples begin here: a fit is not judged by the samples it was made on. */
    private static final long REPORT_SEEDS = 1_000_000_007L;
    /** How much heavier a target becomes when it is held against the others. */
    private static final double HELD = 100;

    private final CalibrationTargets targets;
    private final StudySeed seed;
    private final ExecutorService threads;
    private final WorkProgress progress;

    private Calibration(CalibrationTargets targets, StudySeed seed, ExecutorService threads, WorkProgress progress) {
        this.targets = targets;
        this.seed = seed;
        this.threads = threads;
        this.progress = progress;
    }

    /** Runs a calibration; an interrupted one leaves nothing behind. */
    public static FitReport run(
            CalibrationTargets targets,
            MobilityParameters start,
            StudySeed seed,
            ExecutorService threads,
            WorkProgress progress)
            throws InterruptedException {
        return new Calibration(targets, seed, threads, progress).run(start);
    }

    private FitReport run(MobilityParameters start) throws InterruptedException {
        progress.begin("travel trials", trials(targets.targets()) * targets.sweeps());
        MobilityParameters set = withCars(
                start, fitTravel(targets.targets(), start, targets.sweeps()).cars());
        ChargingFit charging = new ChargingFit(targets, seed, threads, progress);
        progress.begin("charging trials", charging.trials());
        set = charging.fit(set);

        String text = MobilityParameterText.of(set.named(targets.name()), targets.about());
        MobilityParameters written = MobilityParameterFile.parse(targets.name() + ".yaml", text);
        List<FitReport.Line> lines = measure(written, targets.targets());
        return new FitReport(targets, seed.value(), text, written, lines, conflicts(written, lines));
    }

    private record Travel(Map<Archetype, CarParameters> cars, TravelFit fit) {}

    private Travel fitTravel(List<Target> ofTravel, MobilityParameters from, int sweeps) throws InterruptedException {
        TravelFit fit = new TravelFit(seed, from.rules(), ofTravel, threads, progress);
        return new Travel(fit.fit(from.cars(), targets.evaluations(), sweeps), fit);
    }

    /** Trials of one sweep. */
    private int trials(List<Target> of) {
        int cars = 0;
        for (Archetype archetype : Archetype.values()) {
            cars += of.stream()
                            .anyMatch(target ->
                                    target.isOfTravel() && target.weight() > 0 && TravelFit.concerns(target, archetype))
                    ? 1
                    : 0;
        }
        return cars * targets.evaluations();
    }

    private static MobilityParameters withCars(MobilityParameters set, Map<Archetype, CarParameters> cars) {
        MobilityParameters with = set;
        for (Map.Entry<Archetype, CarParameters> car : cars.entrySet()) {
            with = with.withCar(car.getKey(), car.getValue());
        }
        return with;
    }

    private List<FitReport.Line> measure(MobilityParameters set, List<Target> of) throws InterruptedException {
        FleetSamples samples = FleetSamples.draw(
                set,
                targets,
                List.of(HouseholdKind.values()),
                targets.samples(),
                new StudySeed(seed.value() + REPORT_SEEDS),
                threads);
        List<FitReport.Line> lines = new ArrayList<>();
        for (Target target : of) {
            lines.add(new FitReport.Line(
                    target, samples.achieved(target), samples.quantile(target, 0.05), samples.quantile(target, 0.95)));
        }
        return lines;
    }

    /** Holds each target that is not met against the others, and says what that does to them. */
    private List<FitReport.Conflict> conflicts(MobilityParameters set, List<FitReport.Line> lines)
            throws InterruptedException {
        List<Target> held = lines.stream()
                .filter(line -> !line.isMet()
                        && line.target().isOfTravel()
                        && line.target().weight() > 0)
                .map(FitReport.Line::target)
                .toList();
        int trials = 0;
        for (Target target : held) {
            trials += trials(List.of(target));
        }
        if (trials > 0) {
            progress.begin("contradictions trials", trials);
        }
        List<FitReport.Conflict> conflicts = new ArrayList<>();
        for (Target target : held) {
            conflicts.add(hold(set, target));
        }
        boolean chargesAway = lines.stream()
                .anyMatch(line -> !line.isMet()
                        && line.target() instanceof Target.Figure figure
                        && figure.quantity() == Quantity.HOME_SHARE);
        if (chargesAway) {
            conflicts.add(chargeAtHome(set));
        }
        return conflicts;
    }

    private FitReport.Conflict hold(MobilityParameters set, Target target) throws InterruptedException {
        List<Target> others = new ArrayList<>();
        Target heavy = heavier(target);
        for (Target other : targets.targets()) {
            boolean shares = other.isOfTravel()
                    && TravelFit.carsOf(other.of()).keySet().stream()
                            .anyMatch(archetype -> TravelFit.concerns(target, archetype));
            if (other.equals(target)) {
                others.add(heavy);
            } else if (shares) {
                others.add(other);
            }
        }
        TravelFit fit = fitTravel(others, set, 1).fit();
        List<FitReport.Line> lines = new ArrayList<>();
        for (Target other : others) {
            Target shown = other.equals(heavy) ? target : other;
            lines.add(new FitReport.Line(shown, fit.achieved(shown), Double.NaN, Double.NaN));
        }
        return new FitReport.Conflict(
                "%s %s held with %s times its weight".formatted(target.of(), target.name(), Numbers.shown(HELD)),
                lines);
    }

    private static Target heavier(Target target) {
        return switch (target) {
            case Target.Figure f ->
                new Target.Figure(f.of(), f.quantity(), f.low(), f.high(), f.within(), HELD * f.weight());
            case Target.MeanMiles m ->
                new Target.MeanMiles(m.of(), m.purpose(), m.value(), m.within(), HELD * m.weight());
            case Target.StartHours s ->
                new Target.StartHours(s.of(), s.purpose(), s.days(), s.shares(), s.within(), HELD * s.weight());
        };
    }

    /** The strict reading: nobody keeps a reserve, and nobody charges away but who would not come home otherwise. */
    private FitReport.Conflict chargeAtHome(MobilityParameters set) throws InterruptedException {
        MobilityParameters atHome = set.withAwayDayShare(0);
        for (Archetype archetype : Archetype.values()) {
            atHome = atHome.withCar(archetype, atHome.car(archetype).withReserve(0));
        }
        return new FitReport.Conflict(
                "homeShare held: no reserve, no days charged away",
                measure(
                        atHome,
                        targets.targets().stream()
                                .filter(target -> !target.isOfTravel())
                                .toList()));
    }
}
