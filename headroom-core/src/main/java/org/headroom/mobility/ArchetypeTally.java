package org.headroom.mobility;

/** Adds up one archetype's days and sessions, day by day. */
final class ArchetypeTally {
    private static final double DAYS_PER_YEAR = 365;

    private final String archetype;
    private final FleetRequest request;
    private final ChargingCurve curve;
    private int cars;
    private long trips;
    private double miles;
    private double use_kWh;
    private double home_kWh;
    private double away_kWh;
    private long homeHours;
    private long sessions;
    private long redraws;
    private long drivenDays;

    ArchetypeTally(String archetype, FleetRequest request) {
        this.archetype = archetype;
        this.request = request;
        curve = request.emptyCurve();
    }

    /** Counts a household, whose days and sessions follow. */
    void addHousehold(int carsOfHousehold) {
        cars += carsOfHousehold;
        curve.addHousehold();
    }

    void addDay(CarDay day) {
        trips += day.trips();
        miles += day.distance_miles();
        use_kWh += day.use_kWh();
        away_kWh += day.away_kWh();
        homeHours += day.homeHours();
        redraws += day.redraws();
        drivenDays += day.trips() > 0 ? 1 : 0;
    }

    void addSession(PlugInSession session) {
        home_kWh += session.depart_kWh() - session.arrive_kWh();
        sessions++;
        curve.addSession(session);
    }

    /** Adds what another tally of the same archetype and request holds. */
    void addAll(ArchetypeTally that) {
        cars += that.cars;
        trips += that.trips;
        miles += that.miles;
        use_kWh += that.use_kWh;
        home_kWh += that.home_kWh;
        away_kWh += that.away_kWh;
        homeHours += that.homeHours;
        sessions += that.sessions;
        redraws += that.redraws;
        drivenDays += that.drivenDays;
        curve.addAll(that.curve);
    }

    ChargingCurve curve() {
        return curve;
    }

    ArchetypeSummary summary() {
        int days = 7 * request.weeks();
        double perYear = DAYS_PER_YEAR / days / curve.households();
        double wall_kWhPerYear = perYear / request.parameters().efficiency();
        ChargingCurve.Peak weekday = curve.peak(false);
        ChargingCurve.Peak weekend = curve.peak(true);
        return new ArchetypeSummary(
                archetype,
                curve.households(),
                cars,
                use_kWh * wall_kWhPerYear,
                trips * perYear,
                miles * perYear,
                home_kWh * wall_kWhPerYear,
                away_kWh * wall_kWhPerYear,
                homeHours / (24.0 * days * cars),
                sessions / (double) request.weeks() / curve.households(),
                curve.peak().mean_kW(),
                curve.hourOfDay(weekday.step()),
                curve.hourOfDay(weekend.step()),
                weekend.mean_kW(),
                redraws,
                drivenDays);
    }
}
