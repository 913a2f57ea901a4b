package org.headroom.mobility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.DayType;
import org.headroom.time.Season;
import org.jspecify.annotations.Nullable;

/**
 * Simulates households under one habit and one charger: trips, state of charge, plug-in sessions (paper, Secs. 3 and
 * 4.3).
 *
 * <p>Immutable; threads may share it. A household is a pure function of (seed, network, household, season): its trips
 * do not depend on habit, charger or steps, and more weeks continue fewer. Each car begins the burn-in at a state of
 * charge drawn evenly between threshold and target, so that a fleet does not charge in step.
 */
public final class HouseholdSimulator {
    private static final int NO_REQUEST = -1;
    private static final int NEVER = Integer.MAX_VALUE;

    private final MobilityParameters parameters;
    private final Habit habit;
    private final double charger_kW;
    private final DaySteps steps;
    private final DaySampler[] samplers = new DaySampler[Archetype.COUNT];
    private final double[] awayDayShare = new double[Archetype.COUNT];

    /**
     * A simulator whose grazing drivers are held to the given home shares, if the parameters ask for it.
     *
     * @param homeShares of the same parameters; a caller that simulates several scenarios computes them once
     * @param charger_kW rated power of the household's charger
     */
    public HouseholdSimulator(
            MobilityParameters parameters,
            GuzzleHomeShares homeShares,
            Habit habit,
            double charger_kW,
            DaySteps steps) {
        if (!(charger_kW > 0 && charger_kW <= 1000)) {
            throw new IllegalArgumentException(
                    "charger_kW is %s, expected above 0 and at most 1000".formatted(charger_kW));
        }
        this.parameters = parameters;
        this.habit = habit;
        this.charger_kW = charger_kW;
        this.steps = steps;
        for (Archetype archetype : Archetype.values()) {
            int a = archetype.index();
            CarParameters car = parameters.car(archetype);
            samplers[a] = new DaySampler(archetype, car, parameters.rules());
            boolean equalised = habit == Habit.GRAZE && parameters.equalHomeEnergy();
            awayDayShare[a] = equalised ? 1 - homeShares.share(archetype) : parameters.awayDayShare();
        }
    }

    /** A simulator that measures the guzzle home shares itself, where it needs them. */
    public static HouseholdSimulator of(MobilityParameters parameters, Habit habit, double charger_kW, DaySteps steps) {
        return switch (habit) {
            case GUZZLE -> guzzling(parameters, charger_kW, steps);
            case GRAZE ->
                parameters.equalHomeEnergy()
                        ? new HouseholdSimulator(parameters, GuzzleHomeShares.of(parameters), habit, charger_kW, steps)
                        : new HouseholdSimulator(parameters, new GuzzleHomeShares(Map.of()), habit, charger_kW, steps);
        };
    }

    static HouseholdSimulator guzzling(MobilityParameters parameters, double charger_kW, DaySteps steps) {
        return new HouseholdSimulator(parameters, new GuzzleHomeShares(Map.of()), Habit.GUZZLE, charger_kW, steps);
    }

    public MobilityParameters parameters() {
        return parameters;
    }

    public Habit habit() {
        return habit;
    }

    public double charger_kW() {
        return charger_kW;
    }

    public DaySteps steps() {
        return steps;
    }

    /**
     * The plug-in sessions of a household, by day, at most one a day.
     *
     * @param network index of the network, part of the key of the household's streams
     * @param household index of the household in its network, likewise
     */
    public List<PlugInSession> simulate(StudySeed seed, long network, long household, HouseholdKind kind, Weeks weeks) {
        List<PlugInSession> sessions = new ArrayList<>();
        simulate(seed, network, household, kind, weeks, new TravelObserver() {
            @Override
            public void session(PlugInSession session) {
                sessions.add(session);
            }
        });
        return sessions;
    }

    /** The same, shown to an observer as it happens: nothing is kept, however many weeks. */
    public void simulate(
            StudySeed seed, long network, long household, HouseholdKind kind, Weeks weeks, TravelObserver observer) {
        new Run(seed, network, household, kind, weeks, observer).simulate();
    }

    /** One household on its way through the days, which count from the first of the burn-in. */
    private final class Run {
        private final long household;
        private final List<Archetype> cars;
        private final TravelObserver observer;
        private final UniformRandomProvider trips;
        private final NormalizedGaussianSampler gaussian;
        private final @Nullable UniformRandomProvider away;
        private final double useFactor;
        private final int firstDay;
        private final int days;
        private final int perDay = steps.count();

        private final double charger_kW;
        private final double[] capacity_kWh;
        private final double[] consumption_kWhPerMile;
        private final double[] use_kWhPerMile;
        private final double[] reserve_kWh;
        private final @Nullable UniformRandomProvider holiday;
        /** Day on which the household comes home again; on holiday before it. */
        private int holidayEnd;

        private boolean holidayTomorrow;

        private final double[] stored_kWh;
        /** Final return of the last day of use, in hours from today's midnight. */
        private final double[] lastReturn_h;
        /** First whole step after a return that has not been looked at yet. */
        private final int[] request;

        private DayPlan[] today;
        private DayPlan[] tomorrow;
        private int chargerFree;
        private int lastSessionDay = -1;

        Run(StudySeed seed, long network, long household, HouseholdKind kind, Weeks weeks, TravelObserver observer) {
            this.household = household;
            this.observer = observer;
            cars = kind.cars();
            Season season = weeks.findSeason();
            trips = stream(seed, Purpose.TRIPS, network, household, season);
            gaussian = ZigguratSampler.NormalizedGaussian.of(trips);
            boolean awayDays = cars.stream().anyMatch(car -> awayDayShare[car.index()] > 0);
            away = awayDays ? stream(seed, Purpose.AWAY, network, household, season) : null;
            useFactor = season == null ? 1 : parameters.seasonUse().getOrDefault(season, 1.0);
            firstDay = 7 * parameters.burnInWeeks();
            days = firstDay + weeks.days();
            int n = cars.size();
            stored_kWh = new double[n];
            lastReturn_h = new double[n];
            request = new int[n];
            today = new DayPlan[n];
            tomorrow = new DayPlan[n];
            capacity_kWh = new double[n];
            consumption_kWhPerMile = new double[n];
            use_kWhPerMile = new double[n];
            reserve_kWh = new double[n];
            charger_kW = equip(seed, network);
            holiday = parameters.holidays().perYear() > 0
                    ? stream(seed, Purpose.HOLIDAY, network, household, season)
                    : null;
            double lowest = parameters.plugInBelowSoc(habit);
            for (int ev = 0; ev < n; ev++) {
                double soc = lowest + trips.nextDouble() * (parameters.targetSoc() - lowest);
                stored_kWh[ev] = soc * capacity_kWh[ev];
                request[ev] = NO_REQUEST;
                today[ev] = new DayPlan();
                tomorrow[ev] = new DayPlan();
            }
        }

        /** Fills in the household's cars and returns its charger's power: the same in every season. */
        private double equip(StudySeed seed, long network) {
            boolean isMixed = !parameters.chargers().isEmpty()
                    || cars.stream()
                            .anyMatch(car -> !parameters.car(car).batteries().isEmpty());
            UniformRandomProvider random = isMixed ? seed.stream(Purpose.EQUIPMENT, network, household) : null;
            double power_kW = HouseholdSimulator.this.charger_kW;
            if (random != null) {
                double u = random.nextDouble();
                for (ChargerShare charger : parameters.chargers()) {
                    u -= charger.share();
                    if (u < 0) {
                        power_kW = charger.rated_kW();
                        break;
                    }
                }
            }
            for (int ev = 0; ev < cars.size(); ev++) {
                CarParameters car = parameters.car(cars.get(ev));
                Battery battery = car.findBattery(random == null ? 1 : random.nextDouble());
                capacity_kWh[ev] = battery == null ? car.capacity_kWh() : battery.capacity_kWh();
                consumption_kWhPerMile[ev] =
                        battery == null ? car.consumption_kWhPerMile() : battery.consumption_kWhPerMile();
                use_kWhPerMile[ev] = consumption_kWhPerMile[ev] * parameters.efficiency();
                reserve_kWh[ev] = car.reserveSoc() * capacity_kWh[ev];
            }
            return power_kW;
        }

        private static UniformRandomProvider stream(
                StudySeed seed, Purpose purpose, long network, long household, @Nullable Season season) {
            return season == null
                    ? seed.stream(purpose, network, household)
                    : seed.stream(purpose, network, household, key(season));
        }

        /** Part of every published result: a season never changes its key. */
        private static long key(Season season) {
            return switch (season) {
                case WINTER -> 0;
                case SPRING -> 1;
                case SUMMER -> 2;
                case AUTUMN -> 3;
            };
        }

        void simulate() {
            draw(0, tomorrow);
            for (int day = 0; day < days; day++) {
                DayPlan[] past = today;
                today = tomorrow;
                tomorrow = past;
                draw(day + 1, tomorrow);
                if (beginsHoliday(day + 1)) {
                    holidayEnd = day + 1 + parameters.holidays().days();
                }
                boolean holidayToday = holidayTomorrow;
                holidayTomorrow = day + 1 < holidayEnd;
                if (holidayToday) {
                    spendAway(day);
                    continue;
                }
                plugInBeforeTrips(day);
                for (int ev = 0; ev < cars.size(); ev++) {
                    drive(day, ev);
                }
                plugInAfterTrips(day);
            }
        }

        private boolean beginsHoliday(int day) {
            // Drawn on every day, so that the length of one holiday never shifts another's beginning.
            boolean begins = holiday != null
                    && holiday.nextDouble() < parameters.holidays().beginShare();
            return begins && day >= holidayEnd;
        }

        /** A day of a holiday: the cars are away, and at home again at the midnight after the last. */
        private void spendAway(int day) {
            for (int ev = 0; ev < cars.size(); ev++) {
                request[ev] = holidayTomorrow ? NO_REQUEST : (day + 1) * perDay;
                lastReturn_h[ev] = 0;
                today[ev].stayAtHome();
                if (day >= firstDay) {
                    show(day - firstDay, ev, today[ev], stored_kWh[ev], 0, 0, 0);
                }
            }
        }

        private void draw(int day, DayPlan[] plans) {
            boolean weekend = DayType.ofDay(day).isWeekend();
            for (int ev = 0; ev < plans.length; ev++) {
                samplers[cars.get(ev).index()].draw(trips, gaussian, weekend, plans[ev]);
            }
        }

        /** Cars that came home after midnight, and cars that stay at home today and wait for the charger. */
        private void plugInBeforeTrips(int day) {
            for (int ev = 0; ev < cars.size(); ev++) {
                if (!today[ev].used && request[ev] == NO_REQUEST) {
                    request[ev] = day * perDay;
                }
            }
            serveRequests(day, (day + 1) * perDay, true);
        }

        /** Cars that came home today; those after midnight have to wait for the next day's first round. */
        private void plugInAfterTrips(int day) {
            serveRequests(day, (day + 1) * perDay, false);
        }

        private void serveRequests(int day, int end, boolean beforeTrips) {
            for (int served = 0; served < cars.size(); served++) {
                int first = findFirstRequest(end);
                if (first == NO_REQUEST) {
                    return;
                }
                int step = request[first];
                request[first] = NO_REQUEST;
                if (stored_kWh[first] < parameters.plugInBelowSoc(habit) * capacity(first)) {
                    boolean stays = !today[first].used;
                    int nextDeparture = beforeTrips && today[first].used
                            ? departureStep(day, today[first])
                            : departureTomorrow(day, tomorrow[first]);
                    plugIn(first, stays ? Math.max(step, chargerFree) : step, end, nextDeparture);
                }
            }
        }

        /** The car that asks first, before a step; of two at once the one with less in its battery. */
        private int findFirstRequest(int end) {
            int first = NO_REQUEST;
            for (int ev = 0; ev < cars.size(); ev++) {
                if (request[ev] == NO_REQUEST || request[ev] >= end) {
                    continue;
                }
                if (first == NO_REQUEST
                        || request[ev] < request[first]
                        || (request[ev] == request[first]
                                && stored_kWh[ev] / capacity(ev) < stored_kWh[first] / capacity(first))) {
                    first = ev;
                }
            }
            return first;
        }

        private int departureTomorrow(int day, DayPlan plan) {
            return holidayTomorrow ? (day + 1) * perDay : plan.used ? departureStep(day + 1, plan) : NEVER;
        }

        private int departureStep(int day, DayPlan plan) {
            return day * perDay + (int) Math.floor(plan.departure_h / steps.step_h());
        }

        private void plugIn(int ev, int step, int end, int nextDeparture) {
            int sessionDay = step / perDay;
            int depart = Math.min(step + perDay, nextDeparture);
            if (step < chargerFree || step >= end || sessionDay == lastSessionDay || depart <= step) {
                return;
            }
            double arrive_kWh = stored_kWh[ev];
            double reachable_kWh = arrive_kWh + parameters.efficiency() * charger_kW * steps.step_h() * (depart - step);
            double target_kWh = parameters.targetSoc() * capacity(ev);
            double depart_kWh = Math.max(arrive_kWh, Math.min(target_kWh, reachable_kWh));
            stored_kWh[ev] = depart_kWh;
            chargerFree = depart;
            lastSessionDay = sessionDay;
            if (sessionDay >= firstDay) {
                int midnight = sessionDay * perDay;
                observer.session(new PlugInSession(
                        household,
                        ev,
                        cars.get(ev),
                        sessionDay - firstDay,
                        step - midnight,
                        depart - midnight,
                        arrive_kWh,
                        depart_kWh,
                        capacity(ev),
                        charger_kW));
            }
        }

        private void drive(int day, int ev) {
            DayPlan plan = today[ev];
            int a = cars.get(ev).index();
            // Drawn on every day, so that one driver's habit never shifts another day's draw.
            boolean awayDay = away != null && away.nextDouble() < awayDayShare[a];
            double departure_kWh = stored_kWh[ev];
            double use_kWh = 0;
            double away_kWh = 0;
            int homeHours = plan.homeHours(lastReturn_h[ev]);
            if (plan.used) {
                use_kWh = plan.distance_miles * use_kWhPerMile[ev] * useFactor;
                double return_kWh = departure_kWh - use_kWh;
                if (awayDay) {
                    away_kWh = use_kWh;
                    return_kWh = departure_kWh;
                } else if (return_kWh < reserve_kWh[ev]) {
                    double charged_kWh =
                            Math.max(reserve_kWh[ev], parameters.awayTargetSoc() * capacity_kWh[ev] - use_kWh / 2);
                    away_kWh = charged_kWh - return_kWh;
                    return_kWh = charged_kWh;
                }
                stored_kWh[ev] = return_kWh;
                request[ev] = day * perDay + (int) Math.ceil(plan.return_h / steps.step_h());
                lastReturn_h[ev] = plan.return_h;
            }
            lastReturn_h[ev] -= 24;
            if (day >= firstDay) {
                show(day - firstDay, ev, plan, departure_kWh, use_kWh, away_kWh, homeHours);
            }
        }

        private void show(
                int day, int ev, DayPlan plan, double departure_kWh, double use_kWh, double away_kWh, int homeHours) {
            Archetype car = cars.get(ev);
            for (int trip = 0; trip < plan.trips; trip++) {
                observer.trip(plan.trip(trip, household, ev, car, day, consumption_kWhPerMile[ev] * useFactor));
            }
            observer.carDay(new CarDay(
                    household,
                    ev,
                    car,
                    day,
                    plan.trips,
                    plan.distance_miles,
                    plan.used ? plan.departure_h : Double.NaN,
                    plan.used ? plan.return_h : Double.NaN,
                    departure_kWh,
                    use_kWh,
                    away_kWh,
                    stored_kWh[ev],
                    homeHours,
                    plan.redraws));
        }

        private double capacity(int ev) {
            return capacity_kWh[ev];
        }
    }
}
