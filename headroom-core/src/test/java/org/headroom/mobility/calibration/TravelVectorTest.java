package org.headroom.mobility.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.headroom.mobility.Archetype;
import org.headroom.mobility.CarParameters;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.mobility.TripPurpose;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TravelVectorTest {
    private static CarParameters car(Archetype archetype) {
        return MobilityParameterFile.load("paper-draft").car(archetype);
    }

    @ParameterizedTest
    @EnumSource(Archetype.class)
    void the_origin_is_the_car_itself(Archetype archetype) {
        TravelVector vector = new TravelVector(car(archetype), Set.of());
        CarParameters same = vector.car(new double[vector.dimension()]);

        assertThat(same.travel()).isEqualTo(car(archetype).travel());
        assertThat(same.weekday().usedShare())
                .isCloseTo(car(archetype).weekday().usedShare(), within(1e-12));
        assertThat(same.weekday().departure_h())
                .isEqualTo(car(archetype).weekday().departure_h());
    }

    @ParameterizedTest
    @EnumSource(Archetype.class)
    void every_point_is_a_valid_car_that_keeps_the_rules_of_its_archetype(Archetype archetype) {
        CarParameters car = car(archetype);
        TravelVector vector = new TravelVector(car, Set.of(TripPurpose.SHOPPING));
        UniformRandomProvider random = new StudySeed(3).stream(Purpose.CALIBRATION, archetype.index());
        for (int i = 0; i < 500; i++) {
            double[] point = new double[vector.dimension()];
            for (int k = 0; k < point.length; k++) {
                point[k] = 12 * random.nextDouble() - 6;
            }
            CarParameters other = vector.car(point); // its constructors check shares, hours and distances

            for (TripPurpose purpose : TripPurpose.values()) {
                if (car.weekday().first().getOrDefault(purpose, 0.0) == 0) {
                    assertThat(other.weekday().first().getOrDefault(purpose, 0.0))
                            .isZero();
                }
            }
            assertThat(other.weekend().equals(other.weekday()))
                    .isEqualTo(car.weekend().equals(car.weekday()));
            assertThat(other.weekend().usedShare() == 0).isEqualTo(car.weekend().usedShare() == 0);
        }
    }
}
