package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sec. 4.4: reservation first, then first come, first served, and who goes without. */
class PublicParkingTest {
    private static final MobilityParameters PAPER = MobilityParameterFile.paper();

    private record Plugged(int charger, PlugInSession session) {}

    private final List<Plugged> plugged = new ArrayList<>();

    private record Away(int car, int day, boolean reserved) {}

    private final List<Away> away = new ArrayList<>();

    private ParkingSummary simulate(MobilityParameters parameters, ParkingLot lot, int weeks) {
        return new PublicParking(parameters, Population.THIRDS, DaySteps.HOURLY)
                .simulate(new StudySeed(6), 0, 0, lot, Weeks.of(weeks), new ParkingObserver() {
                    @Override
                    public void session(int charger, PlugInSession session) {
                        plugged.add(new Plugged(charger, session));
                    }

                    @Override
                    public void turnedAway(int car, int day, boolean reserved) {
                        away.add(new Away(car, day, reserved));
                    }
                });
    }

    /** Every car out from 8 to 18 h; Ret's comes home at 17, an hour before the others. */
    private static MobilityParameters fixed(double use_kWh, double retUse_kWh) {
        return new FixedDays()
                .car(Archetype.RET, 8, 17, retUse_kWh)
                .car(Archetype.PRO, 8, 18, use_kWh)
                .car(Archetype.SHO, 8, 18, use_kWh)
                .car(Archetype.FAM, 8, 18, use_kWh)
                .simulator(7)
                .parameters();
    }

    @Test
    void a_car_that_reserved_has_its_point_although_another_came_first() {
        // Ret's cars come home an hour before the others and use little: above the reservation threshold of 45 % they
        // may only take what
        // nobody has reserved. The others fall below it every few days without a point.
        ParkingLot lot = new ParkingLot(3, 7, 9, 0.45, 0.85);

        ParkingSummary summary = simulate(fixed(10, 2), lot, 26);

        assertThat(plugged).isNotEmpty();
        for (Plugged one : plugged) {
            boolean cameEarly =
                    one.session().archetype() == Archetype.RET && one.session().arrive_kWh() >= 0.45 * 50;
            boolean somebodyElseWasTurnedAwayWithAReservation = away.stream()
                    .anyMatch(
                            car -> car.reserved() && car.day() == one.session().day());
            assertThat(cameEarly && somebodyElseWasTurnedAwayWithAReservation).isFalse();
        }
        assertThat(plugged).anyMatch(one -> one.session().arrive_kWh() >= 0.45 * 50);
        assertThat(away).anyMatch(Away::reserved);
        assertThat(summary.reserved()).isPositive();
    }

    @Test
    void without_reservations_the_first_to_come_takes_the_point() {
        ParkingLot lot = new ParkingLot(2, 7, 9, 0, 0.85);

        ParkingSummary summary = simulate(fixed(4, 4), lot, 4);

        assertThat(summary.reserved()).isZero();
        assertThat(summary.turnedAwayReserved()).isZero();
        // Ret's cars come at 17 h, everybody else at 18 h: no other car has a point while one of theirs goes without.
        for (Away car : away) {
            int day = car.day();
            assertThat(plugged).filteredOn(one -> one.session().day() == day).hasSize(2);
        }
        assertThat(plugged).extracting(one -> one.session().archetype()).containsOnly(Archetype.RET);
    }

    @Test
    void a_car_that_is_nearly_full_does_not_try() {
        ParkingSummary summary = simulate(fixed(2, 2), new ParkingLot(2, 7, 9, 0.2, 0.5), 2);

        assertThat(plugged).allMatch(one -> one.session().arrive_kWh() < 25);
        assertThat(summary.full()).isPositive();
    }

    @Test
    void a_point_has_one_car_at_a_time_and_a_car_one_point() {
        ParkingLot lot = new ParkingLot(6, 7, 40, 0.25, 0.85);

        ParkingSummary summary = simulate(PAPER, lot, 12);

        assertThat(summary.occupiedShare()).isBetween(0.2, 1.0);
        assertThat(summary.reserved() + summary.firstCome()).isGreaterThanOrEqualTo(plugged.size());
        for (int point = 0; point < lot.chargers(); point++) {
            int of = point;
            requireApart(plugged.stream().filter(one -> one.charger() == of).toList());
        }
        for (int car = 0; car < lot.cars(); car++) {
            int of = car;
            requireApart(plugged.stream()
                    .filter(one -> one.session().household() == of)
                    .toList());
        }
    }

    private static void requireApart(List<Plugged> stays) {
        List<Plugged> sorted = new ArrayList<>(stays);
        sorted.sort(java.util.Comparator.comparingInt(PublicParkingTest::start));
        for (int i = 1; i < sorted.size(); i++) {
            Plugged before = sorted.get(i - 1);
            assertThat(start(sorted.get(i)))
                    .isGreaterThanOrEqualTo(start(before) + before.session().steps());
        }
    }

    @Test
    void a_day_by_itself_has_one_car_at_a_point_at_a_time() {
        ParkingLot lot = new ParkingLot(6, 7, 40, 0.25, 0.85);

        simulate(PAPER, lot, 12);

        int overnight = 0;
        for (int day = 0; day < 7 * 12; day++) {
            int[][] cars = new int[lot.chargers()][24];
            for (Plugged one : plugged) {
                if (one.session().day() == day) {
                    overnight += one.session().departStep() > 24 ? 1 : 0;
                    for (int t = one.session().arriveStep(); t < one.session().departStep(); t++) {
                        cars[one.charger()][t % 24]++;
                    }
                }
            }
            for (int[] point : cars) {
                assertThat(point).containsAnyOf(0, 1).doesNotContain(2, 3, 4);
            }
        }
        assertThat(overnight).isGreaterThan(100);
    }

    private static int start(Plugged one) {
        return 24 * one.session().day() + one.session().arriveStep();
    }

    @Test
    void more_points_turn_fewer_cars_away() {
        long few = simulate(PAPER, new ParkingLot(4, 7, 40, 0.25, 0.85), 12).turnedAway();
        long many = simulate(PAPER, new ParkingLot(30, 7, 40, 0.25, 0.85), 12).turnedAway();

        assertThat(many).isLessThan(few / 2);
    }

    @ParameterizedTest
    @CsvSource({
        "0,7,10,.25,.85,chargers is 0",
        "4,0,10,.25,.85,charger_kW is 0.0",
        "4,7,4,.25,.85,cars is 4",
        "4,7,10,.25,1.2,topUpBelowSoc is 1.2",
        "4,7,10,.9,.85,reserveBelowSoc is 0.9"
    })
    void a_lot_that_cannot_be_is_refused(
            int chargers, double charger_kW, int cars, double reserve, double topUp, String message) {
        assertThatThrownBy(() -> new ParkingLot(chargers, charger_kW, cars, reserve, topUp))
                .hasMessageContaining(message);
    }
}
