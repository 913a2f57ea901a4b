package org.headroom.mobility;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.time.DayType;

/** Travel of one archetype's cars, without battery and charger: what a calibration of travel alone looks at. Immutable. */
public final class CarTravel {
    private final Archetype archetype;
    private final DaySampler sampler;

    public CarTravel(Archetype archetype, CarParameters car, DayRules rules) {
        this.archetype = archetype;
        this.sampler = new DaySampler(archetype, car, rules);
    }

    /**
     * Drives a car through weeks and shows its trips and days; energies are 0.
     *
     * @param car number of the car, part of the key of its stream
     */
    public void simulate(StudySeed seed, long car, int weeks, TravelObserver observer) {
        UniformRandomProvider random = seed.stream(Purpose.TRIPS, car);
        NormalizedGaussianSampler gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        DayPlan plan = new DayPlan();
        double lastReturn_h = 0;
        for (int day = 0; day < 7 * weeks; day++) {
            sampler.draw(random, gaussian, DayType.ofDay(day).isWeekend(), plan);
            int homeHours = plan.homeHours(lastReturn_h);
            for (int trip = 0; trip < plan.trips; trip++) {
                observer.trip(plan.trip(trip, car, 0, archetype, day, 0));
            }
            observer.carDay(new CarDay(
                    car,
                    0,
                    archetype,
                    day,
                    plan.trips,
                    plan.distance_miles,
                    plan.used ? plan.departure_h : Double.NaN,
                    plan.used ? plan.return_h : Double.NaN,
                    0,
                    0,
                    0,
                    0,
                    homeHours,
                    plan.redraws));
            lastReturn_h = (plan.used ? plan.return_h : lastReturn_h) - 24;
        }
    }
}
