package org.headroom.mobility;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.DayType;

/**
 * Simulates the cars of a public parking lot: who gets a charging point, from when to when, with how much energy (paper, Sec. 4.4,
 * eqs. 30-37).
 *
 * <p>Each day's cars come home to the lot. First those below the reservation threshold, who booked before anybody came: each has a
 * point for its whole stay, as long as there is one. Then the others below {@code topUpBelowSoc}, first come, first served: a point that
 * is free for the whole stay, reservations counted. A stay ends at the last whole step before the next departure, and after a day at
 * most. A car on a day without trips asks again at midnight, or when its stay ends. Stays that begin on one day at one point do not
 * overlap in the cyclic day either, in which the early hours stand for the next morning's: so a day that is dispatched by itself has one
 * car at a point at a time (eqs. 30-37).
 *
 * <p>Immutable. A lot is a pure function of (seed, network, lot); a car's trips do not depend on who got a point.
 */
public final class PublicParking {
    private static final int NEVER = Integer.MAX_VALUE;

    private final MobilityParameters parameters;
    private final Population population;
    private final DaySteps steps;
    private final DaySampler[] samplers = new DaySampler[Archetype.COUNT];

    /**
     * Parking of cars of one parameter set.
     *
     * @param population whose kinds the cars of a pool are drawn from, two-car households giving one of theirs; all of a pool are electric
     */
    public PublicParking(MobilityParameters parameters, Population population, DaySteps steps) {
        this.parameters = parameters;
        this.population = population.allElectric();
        this.steps = steps;
        for (Archetype archetype : Archetype.values()) {
            samplers[archetype.index()] = new DaySampler(archetype, parameters.car(archetype), parameters.rules());
        }
    }

    /**
     * Simulates a lot over weeks, after the burn-in of the parameters.
     *
     * @param network index of the network, part of the key of the cars' streams
     * @param place index of the lot in its network, likewise
     */
    public ParkingSummary simulate(
            StudySeed seed, long network, long place, ParkingLot lot, Weeks weeks, ParkingObserver observer) {
        return new Run(seed, network, place, lot, weeks, observer).simulate();
    }

    /** A car that asks for a point. */
    private record Request(int car, int arrive, int depart, boolean reserved) {}

    /** One lot on its way through the days, which count from the first of the burn-in. */
    private final class Run {
        private final ParkingLot lot;
        private final ParkingObserver observer;
        private final int perDay = steps.count();
        private final int firstDay = 7 * parameters.burnInWeeks();
        private final int days;
        private final double useFactor;
        private final UniformRandomProvider[] random;
        private final NormalizedGaussianSampler[] gaussian;
        private final Archetype[] archetype;
        private final double[] capacity_kWh;
        private final double[] consumption_kWhPerMile;
        private final double[] stored_kWh;
        private DayPlan[] today;
        private DayPlan[] tomorrow;
        /** First step after a car's last stay, or its last return. */
        private final int[] freeFrom;
        /** {@code [charger]}: stays that are not over yet, as pairs of first step and step after the last. */
        private final List<List<int[]>> taken = new ArrayList<>();

        private long reserved;
        private long firstCome;
        private long turnedAwayReserved;
        private long turnedAway;
        private long full;
        private long occupiedSteps;
        private double charged_kWh;
        private double away_kWh;

        Run(StudySeed seed, long network, long place, ParkingLot lot, Weeks weeks, ParkingObserver observer) {
            this.lot = lot;
            this.observer = observer;
            days = firstDay + weeks.days();
            var season = weeks.findSeason();
            useFactor = season == null ? 1 : parameters.seasonUse().getOrDefault(season, 1.0);
            int n = lot.cars();
            random = new UniformRandomProvider[n];
            gaussian = new NormalizedGaussianSampler[n];
            archetype = new Archetype[n];
            capacity_kWh = new double[n];
            consumption_kWhPerMile = new double[n];
            stored_kWh = new double[n];
            freeFrom = new int[n];
            today = new DayPlan[n];
            tomorrow = new DayPlan[n];
            for (int car = 0; car < n; car++) {
                long ofSeason = season == null ? -1 : season.index();
                // Who the car is does not change with the season; what it does, does.
                UniformRandomProvider who = seed.stream(Purpose.PARKING, network, place, car);
                archetype[car] = archetype(who);
                CarParameters of = parameters.car(archetype[car]);
                Battery battery = of.findBattery(of.batteries().isEmpty() ? 1 : who.nextDouble());
                capacity_kWh[car] = battery == null ? of.capacity_kWh() : battery.capacity_kWh();
                consumption_kWhPerMile[car] =
                        battery == null ? of.consumption_kWhPerMile() : battery.consumption_kWhPerMile();
                random[car] = seed.stream(Purpose.PARKING, network, place, car, ofSeason);
                gaussian[car] = ZigguratSampler.NormalizedGaussian.of(random[car]);
                double lowest = lot.reserveBelowSoc();
                double soc = lowest + random[car].nextDouble() * Math.max(0, parameters.targetSoc() - lowest);
                stored_kWh[car] = soc * capacity_kWh[car];
                today[car] = new DayPlan();
                tomorrow[car] = new DayPlan();
            }
            for (int charger = 0; charger < lot.chargers(); charger++) {
                taken.add(new ArrayList<>());
            }
        }

        private Archetype archetype(UniformRandomProvider random) {
            HouseholdKind kind = population.findKind(random);
            List<Archetype> cars = (kind == null ? HouseholdKind.PRO : kind).cars();
            return cars.get(Math.min(cars.size() - 1, (int) (cars.size() * random.nextDouble())));
        }

        ParkingSummary simulate() {
            draw(0);
            for (int day = 0; day < days; day++) {
                DayPlan[] past = today;
                today = tomorrow;
                tomorrow = past;
                draw(day + 1);
                List<Request> requests = new ArrayList<>();
                for (int car = 0; car < lot.cars(); car++) {
                    drive(day, car);
                    request(day, car, requests);
                }
                serve(day, requests);
                int midnight =
                        day * perDay; // a stay that began today is looked at until tomorrow's requests are served
                taken.forEach(stays -> stays.removeIf(stay -> stay[1] <= midnight));
            }
            double steps = (double) (days - firstDay) * perDay * lot.chargers();
            return new ParkingSummary(
                    reserved,
                    firstCome,
                    turnedAwayReserved,
                    turnedAway,
                    full,
                    occupiedSteps / steps,
                    charged_kWh,
                    away_kWh);
        }

        private void draw(int day) {
            boolean weekend = DayType.ofDay(day).isWeekend();
            for (int car = 0; car < lot.cars(); car++) {
                samplers[archetype[car].index()].draw(random[car], gaussian[car], weekend, tomorrow[car]);
            }
        }

        private void drive(int day, int car) {
            DayPlan plan = today[car];
            if (!plan.used) {
                return;
            }
            CarParameters of = parameters.car(archetype[car]);
            double use_kWh = plan.distance_miles * consumption_kWhPerMile[car] * parameters.efficiency() * useFactor;
            double return_kWh = stored_kWh[car] - use_kWh;
            double reserve_kWh = of.reserveSoc() * capacity_kWh[car];
            if (return_kWh < reserve_kWh) {
                double after_kWh = Math.max(reserve_kWh, parameters.awayTargetSoc() * capacity_kWh[car] - use_kWh / 2);
                if (day >= firstDay) {
                    away_kWh += (after_kWh - return_kWh) / parameters.efficiency();
                }
                return_kWh = after_kWh;
            }
            stored_kWh[car] = return_kWh;
            freeFrom[car] = day * perDay + (int) Math.ceil(plan.return_h / steps.step_h());
        }

        private void request(int day, int car, List<Request> requests) {
            int arrive = Math.max(freeFrom[car], day * perDay);
            int next = tomorrow[car].used
                    ? (day + 1) * perDay + (int) Math.floor(tomorrow[car].departure_h / steps.step_h())
                    : NEVER;
            int depart = Math.min(arrive + perDay, next);
            if (arrive >= (day + 1) * perDay && !today[car].used) {
                return; // still plugged in since yesterday: it asks again tomorrow
            }
            if (depart <= arrive) {
                return;
            }
            double soc = stored_kWh[car] / capacity_kWh[car];
            if (soc >= lot.topUpBelowSoc() || soc >= parameters.targetSoc()) {
                full += day >= firstDay ? 1 : 0;
                return;
            }
            requests.add(new Request(car, arrive, depart, soc < lot.reserveBelowSoc()));
        }

        /** Reservations before everybody else; within both, first come, first served. */
        private void serve(int day, List<Request> requests) {
            requests.sort(Comparator.comparing((Request request) -> !request.reserved())
                    .thenComparingInt(Request::arrive)
                    .thenComparingInt(Request::car));
            for (Request request : requests) {
                int charger = findFree(request);
                boolean counts = day >= firstDay;
                if (charger < 0) {
                    if (counts) {
                        turnedAwayReserved += request.reserved() ? 1 : 0;
                        turnedAway += request.reserved() ? 0 : 1;
                        observer.turnedAway(request.car(), day - firstDay, request.reserved());
                    }
                } else {
                    plugIn(charger, request, counts);
                }
            }
        }

        private int findFree(Request request) {
            for (int charger = 0; charger < lot.chargers(); charger++) {
                if (taken.get(charger).stream().noneMatch(stay -> collide(stay, request))) {
                    return charger;
                }
            }
            return -1;
        }

        /** True where a stay and a request overlap, or would in the cyclic day on which both begin. */
        private boolean collide(int[] stay, Request request) {
            boolean sameDay = stay[0] / perDay == request.arrive() / perDay;
            int shift = sameDay ? perDay : 0;
            return overlap(stay, request, 0) || overlap(stay, request, shift) || overlap(stay, request, -shift);
        }

        private static boolean overlap(int[] stay, Request request, int shift) {
            return stay[0] + shift < request.depart() && request.arrive() < stay[1] + shift;
        }

        private void plugIn(int charger, Request request, boolean counts) {
            int car = request.car();
            double arrive_kWh = stored_kWh[car];
            double reachable_kWh = arrive_kWh
                    + parameters.efficiency()
                            * lot.charger_kW()
                            * steps.step_h()
                            * (request.depart() - request.arrive());
            double depart_kWh =
                    Math.max(arrive_kWh, Math.min(parameters.targetSoc() * capacity_kWh[car], reachable_kWh));
            stored_kWh[car] = depart_kWh;
            freeFrom[car] = request.depart();
            taken.get(charger).add(new int[] {request.arrive(), request.depart()});
            if (!counts) {
                return;
            }
            reserved += request.reserved() ? 1 : 0;
            firstCome += request.reserved() ? 0 : 1;
            occupiedSteps += request.depart() - request.arrive();
            charged_kWh += (depart_kWh - arrive_kWh) / parameters.efficiency();
            int day = request.arrive() / perDay;
            observer.session(
                    charger,
                    new PlugInSession(
                            car,
                            0,
                            archetype[car],
                            day - firstDay,
                            request.arrive() - day * perDay,
                            request.depart() - day * perDay,
                            arrive_kWh,
                            depart_kWh,
                            capacity_kWh[car],
                            lot.charger_kW()));
        }
    }
}
