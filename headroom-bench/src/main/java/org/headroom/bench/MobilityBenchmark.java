package org.headroom.bench;

import java.util.concurrent.TimeUnit;
import org.headroom.mobility.Fleet;
import org.headroom.mobility.FleetRequest;
import org.headroom.mobility.Habit;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.HouseholdSimulator;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.mobility.MobilityParameters;
import org.headroom.mobility.Weeks;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Simulated car days a second on one core, the burn-in's days counted: three cars over 57 weeks an invocation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MobilityBenchmark {
    private static final int WEEKS = 52;
    private static final int BURN_IN_WEEKS = 5;
    private static final int CARS = 3;

    @Param({"GUZZLE", "GRAZE"})
    public Habit habit;

    private final MobilityParameters parameters = MobilityParameterFile.paper();
    private HouseholdSimulator simulator;
    private long household;

    @Setup
    public void prepare() {
        simulator = HouseholdSimulator.of(parameters, habit, 7, DaySteps.HOURLY);
    }

    @Benchmark
    @OperationsPerInvocation(CARS * 7 * (WEEKS + BURN_IN_WEEKS))
    public int carDays() {
        StudySeed seed = new StudySeed(1);
        household++;
        return simulator
                        .simulate(seed, 0, household, HouseholdKind.PRO, Weeks.of(WEEKS))
                        .size()
                + simulator
                        .simulate(seed, 1, household, HouseholdKind.TWO_EV, Weeks.of(WEEKS))
                        .size();
    }

    /**
     * Every day and session added up, as {@code fleet} and {@code fleet calibrate} do. Guzzle for both: under graze each request
     * would first measure the home shares again.
     */
    @Benchmark
    @OperationsPerInvocation(64 * 7 * (WEEKS + BURN_IN_WEEKS))
    public double fleetCarDays() {
        household++;
        FleetRequest request = new FleetRequest(
                HouseholdKind.PRO, 64, WEEKS, Habit.GUZZLE, 7, new StudySeed(household), DaySteps.HOURLY, parameters);
        return Fleet.simulate(request).curve().peak().mean_kW();
    }
}
