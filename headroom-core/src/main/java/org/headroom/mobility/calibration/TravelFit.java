package org.headroom.mobility.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.headroom.mobility.Archetype;
import org.headroom.mobility.CarParameters;
import org.headroom.mobility.CarTravel;
import org.headroom.mobility.DayRules;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.TripPurpose;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.work.Parallel;
import org.headroom.work.WorkProgress;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.hipparchus.random.Well19937c;

/**
 * Stage A: fits one archetype's travel after the other by CMA-ES (covariance matrix adaptation evolution strategy, Hansen), each
 * against its own targets and what the others leave of the fleet's. Every trial meets the same chance, so trials differ by their
 * parameters alone.
 */
final class TravelFit {
    private static final int BLOCKS = 16;
    private static final int CARS_PER_BLOCK = 8;
    private static final int WEEKS = 26;
    private static final double INITIAL_STEP = 0.5;
    /** Loss of one coordinate a moderate change away from the start: keeps what no target asks to change. */
    private static final double RIDGE = 0.003;

    private final StudySeed seed;
    private final DayRules rules;
    private final List<Target> targets;
    private final ExecutorService threads;
    private final WorkProgress progress;
    private final Map<Archetype, TravelStatistics> statistics = new EnumMap<>(Archetype.class);

    TravelFit(StudySeed seed, DayRules rules, List<Target> targets, ExecutorService threads, WorkProgress progress) {
        this.seed = seed;
        this.rules = rules;
        this.targets = targets.stream().filter(Target::isOfTravel).toList();
        this.threads = threads;
        this.progress = progress;
    }

    /** Fits every car that has targets; {@code cars} is left as it is. */
    Map<Archetype, CarParameters> fit(Map<Archetype, CarParameters> cars, int evaluations, int sweeps)
            throws InterruptedException {
        Map<Archetype, CarParameters> fitted = new EnumMap<>(cars);
        for (Archetype archetype : Archetype.values()) {
            statistics.put(archetype, simulate(archetype, get(fitted, archetype)));
        }
        for (int sweep = 0; sweep < sweeps; sweep++) {
            for (Archetype archetype : Archetype.values()) {
                List<Target> own = targetsOf(archetype);
                if (!own.isEmpty() && evaluations > 0) {
                    fitted.put(archetype, fit(archetype, get(fitted, archetype), own, evaluations, sweep));
                    statistics.put(archetype, simulate(archetype, get(fitted, archetype)));
                }
            }
        }
        return fitted;
    }

    /** What the fitted travel achieves of a target. */
    double achieved(Target target) {
        return achieved(target, statistics);
    }

    private List<Target> targetsOf(Archetype archetype) {
        return targets.stream()
                .filter(target -> target.weight() > 0 && concerns(target, archetype))
                .toList();
    }

    static boolean concerns(Target target, Archetype archetype) {
        return carsOf(target.of()).containsKey(archetype);
    }

    private CarParameters fit(Archetype archetype, CarParameters car, List<Target> own, int evaluations, int sweep)
            throws InterruptedException {
        Set<TripPurpose> freeDistances = EnumSet.noneOf(TripPurpose.class);
        for (Target target : own) {
            if (target instanceof Target.MeanMiles mean) {
                freeDistances.add(mean.purpose());
            }
        }
        TravelVector vector = new TravelVector(car, freeDistances);
        int n = vector.dimension();
        int population = 4 + (int) Math.floor(3 * Math.log(n));
        Map<Archetype, TravelStatistics> all = new EnumMap<>(statistics);
        double[] best = new double[n];
        double[] bestLoss = {Double.POSITIVE_INFINITY};
        int[] left = {evaluations};
        CMAESOptimizer optimizer = new CMAESOptimizer(
                Math.max(1, evaluations / population),
                0,
                true,
                0,
                1,
                new Well19937c(seed.stream(Purpose.CALIBRATION, archetype.index(), sweep)
                        .nextLong()),
                false,
                (iteration, previous, current) -> false);
        double[] spread = new double[n];
        Arrays.fill(spread, INITIAL_STEP);
        double[] lowest = new double[n];
        double[] highest = new double[n];
        Arrays.fill(lowest, -8);
        Arrays.fill(highest, 8);
        try {
            PointValuePair ignored = optimizer.optimize(
                    new MaxEval(evaluations + population),
                    new ObjectiveFunction(point -> {
                        if (left[0]-- > 0) {
                            progress.advance();
                        }
                        all.put(archetype, simulateNow(archetype, vector.car(point)));
                        double loss = 0;
                        for (Target target : own) {
                            loss += target.loss(achieved(target, all));
                        }
                        for (double coordinate : point) {
                            loss += RIDGE * coordinate * coordinate;
                        }
                        if (loss < bestLoss[0]) {
                            bestLoss[0] = loss;
                            System.arraycopy(point, 0, best, 0, n);
                        }
                        return loss;
                    }),
                    GoalType.MINIMIZE,
                    new InitialGuess(new double[n]),
                    new SimpleBounds(lowest, highest),
                    new CMAESOptimizer.Sigma(spread),
                    new CMAESOptimizer.PopulationSize(population));
        } catch (MathRuntimeException e) {
            // Out of trials: the best one so far stands.
            if (bestLoss[0] == Double.POSITIVE_INFINITY) {
                throw e;
            }
        } catch (Stopped stopped) {
            throw stopped.interruption();
        }
        while (left[0]-- > 0) {
            progress.advance(); // the search was done before its trials were
        }
        return vector.car(best);
    }

    /** An interruption on its way through the optimiser, which knows no checked exceptions. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped(InterruptedException interruption) {
            super(interruption);
        }

        InterruptedException interruption() {
            InterruptedException again = new InterruptedException("stopped");
            again.initCause(this);
            return again;
        }
    }

    private TravelStatistics simulateNow(Archetype archetype, CarParameters car) {
        try {
            return simulate(archetype, car);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(e);
        }
    }

    private TravelStatistics simulate(Archetype archetype, CarParameters car) throws InterruptedException {
        CarTravel travel = new CarTravel(archetype, car, rules);
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
        return sum;
    }

    static double achieved(Target target, Map<Archetype, TravelStatistics> statistics) {
        TravelStatistics sum = new TravelStatistics();
        carsOf(target.of()).forEach((archetype, share) -> {
            TravelStatistics of = get(statistics, archetype);
            sum.add(of, archetype, share / of.days(archetype));
        });
        double value = sum.achieved(target);
        boolean perHousehold = target.of().equals(HouseholdKind.TWO_EV.label())
                && target instanceof Target.Figure figure
                && figure.quantity().isRelative();
        return perHousehold ? 2 * value : value;
    }

    /** Cars that a target speaks of, with their shares among its cars. */
    static Map<Archetype, Double> carsOf(String scope) {
        Map<Archetype, Double> cars = new EnumMap<>(Archetype.class);
        for (HouseholdKind kind : HouseholdKind.values()) {
            for (Archetype archetype : kind.cars()) {
                if (scope.equals(CalibrationTargets.FLEET)) {
                    cars.put(archetype, kind.defaultShare());
                } else if (scope.equals(archetype.label()) || scope.equals(kind.label())) {
                    cars.put(archetype, 1.0);
                }
            }
        }
        double sum = cars.values().stream().mapToDouble(Double::doubleValue).sum();
        cars.replaceAll((archetype, share) -> share / sum);
        return cars;
    }

    private static <T> T get(Map<Archetype, T> of, Archetype archetype) {
        T value = of.get(archetype);
        if (value == null) {
            throw new IllegalStateException("nothing for archetype " + archetype);
        }
        return value;
    }
}
