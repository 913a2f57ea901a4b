package org.headroom.mobility;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.headroom.work.Parallel;

/**
 * Simulates a fleet. Households are added up in blocks of a fixed size, and the blocks in their order, so that sums come
 * out the same to the last bit on any number of threads.
 */
public final class Fleet {
    private static final int BLOCK = 64;

    private Fleet() {}

    /** What a fleet did, for who needs no trips and sessions. */
    public static FleetSummary simulate(FleetRequest request) {
        return simulate(request, new TravelObserver() {});
    }

    /** The same by a pool of threads, whatever their number. */
    public static FleetSummary simulate(FleetRequest request, ExecutorService threads) throws InterruptedException {
        HouseholdSimulator simulator = request.simulator();
        List<Callable<FleetTally>> blocks = new ArrayList<>();
        for (int first = 0; first < request.households(); first += BLOCK) {
            int begin = first;
            blocks.add(() -> block(request, simulator, begin, new TravelObserver() {}));
        }
        FleetTally sum = new FleetTally(request);
        for (FleetTally tally : Parallel.inOrder(threads, blocks)) {
            sum.addAll(tally);
        }
        return sum.summary();
    }

    /** The same on this thread, showing everything to an observer, household by household. */
    public static FleetSummary simulate(FleetRequest request, TravelObserver observer) {
        return simulate(request, request.simulator(), observer);
    }

    /** The same by a simulator of the request's parameters, habit, charger and steps that the caller keeps for many fleets. */
    public static FleetSummary simulate(FleetRequest request, HouseholdSimulator simulator, TravelObserver observer) {
        FleetTally sum = new FleetTally(request);
        for (int first = 0; first < request.households(); first += BLOCK) {
            sum.addAll(block(request, simulator, first, observer));
        }
        return sum.summary();
    }

    private static FleetTally block(
            FleetRequest request, HouseholdSimulator simulator, int first, TravelObserver observer) {
        FleetTally tally = new FleetTally(request);
        Weeks weeks = request.simulatedWeeks();
        int end = Math.min(first + BLOCK, request.households());
        TravelObserver both = new TravelObserver() {
            @Override
            public void trip(Trip trip) {
                observer.trip(trip);
            }

            @Override
            public void carDay(CarDay day) {
                tally.carDay(day);
                observer.carDay(day);
            }

            @Override
            public void session(PlugInSession session) {
                tally.session(session);
                observer.session(session);
            }
        };
        for (int household = first; household < end; household++) {
            HouseholdKind kind = request.findKind(household);
            if (kind != null) {
                tally.beginHousehold(kind);
                simulator.simulate(request.seed(), request.network(), household, kind, weeks, both);
            }
        }
        return tally;
    }
}
