package org.headroom.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.headroom.mobility.Fleet;
import org.headroom.mobility.FleetRequest;
import org.headroom.mobility.Habit;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.HouseholdSimulator;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.mobility.MobilityParameters;
import org.headroom.mobility.TravelObserver;
import org.headroom.mobility.Weeks;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headroom bench mobility}: simulated days of cars a second on one core. */
@Command(
        name = "mobility",
        description = "Days of cars simulated a second on one core.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "An EV-day is one day of one car: trips, state of charge, charging away, plug-in. Set paper, 7 kW, hourly steps,"
                    + " a year of a one-car and of a two-car household at a time, 5 weeks of burn-in counted, one thread."
                    + " The figure is that of the slowest case.",
            "",
            "JSON: evDaysPerSecondPerCore; beside it each case, evDays of a run, and rounds.",
            "Example: headroom bench mobility --json mobility.json"
        })
final class MobilityBench implements Callable<Integer> {
    private static final int WEEKS = 52;
    private static final int CARS = 3;
    private static final int FLEET = 64;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() {
        MedianTimes times = options.medianTimes();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        MobilityParameters parameters = MobilityParameterFile.paper();
        int days = 7 * (WEEKS + parameters.burnInWeeks());
        Map<String, MedianTimes.Work> cases = new LinkedHashMap<>();
        List<Integer> evDays = List.of(CARS * days, CARS * days, FLEET * days);
        cases.put("sessions, guzzle", sessions(parameters, Habit.GUZZLE));
        cases.put("sessions, graze", sessions(parameters, Habit.GRAZE));
        cases.put("fleet with its summary, guzzle", fleet(parameters));

        List<Double> medians_s = times.measure_s(new ArrayList<>(cases.values()));
        Map<String, Object> perCase = new LinkedHashMap<>();
        double slowest = Double.POSITIVE_INFINITY;
        int i = 0;
        for (String name : cases.keySet()) {
            double perSecond = evDays.get(i) / medians_s.get(i);
            i++;
            slowest = Math.min(slowest, perSecond);
            perCase.put(name, perSecond);
            out.println(String.format(Locale.ROOT, "%-32s %,12.0f EV-days a second", name, perSecond));
        }
        out.println(String.format(
                Locale.ROOT,
                "%,.0f EV-days a second and core in the slowest case; medians of %d rounds.",
                slowest,
                times.rounds()));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("evDaysPerSecondPerCore", slowest);
        figures.put("cases", perCase);
        figures.put("evDays", evDays);
        figures.put("rounds", times.rounds());
        options.write(figures);
        return 0;
    }

    /** A year of a household with one car and of one with two, other ones each time; counts the sessions. */
    private static MedianTimes.Work sessions(MobilityParameters parameters, Habit habit) {
        HouseholdSimulator simulator = HouseholdSimulator.of(parameters, habit, 7, DaySteps.HOURLY);
        StudySeed seed = new StudySeed(1);
        Weeks weeks = Weeks.of(WEEKS);
        return new MedianTimes.Work() {
            private long household;

            @Override
            public double run() {
                household++;
                return simulator
                                .simulate(seed, 0, household, HouseholdKind.PRO, weeks)
                                .size()
                        + simulator
                                .simulate(seed, 1, household, HouseholdKind.TWO_EV, weeks)
                                .size();
            }
        };
    }

    private static MedianTimes.Work fleet(MobilityParameters parameters) {
        HouseholdSimulator simulator = HouseholdSimulator.of(parameters, Habit.GUZZLE, 7, DaySteps.HOURLY);
        return new MedianTimes.Work() {
            private long seed;

            @Override
            public double run() {
                FleetRequest request = new FleetRequest(
                        HouseholdKind.PRO,
                        FLEET,
                        WEEKS,
                        Habit.GUZZLE,
                        7,
                        new StudySeed(++seed),
                        DaySteps.HOURLY,
                        parameters);
                return Fleet.simulate(request, simulator, new TravelObserver() {})
                        .curve()
                        .peak()
                        .mean_kW();
            }
        };
    }
}
