package org.headroom.mobility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {
    private static FleetRequest mix(int households, int weeks) {
        return new FleetRequest(
                null,
                households,
                weeks,
                Habit.GUZZLE,
                7,
                new StudySeed(9),
                DaySteps.HOURLY,
                MobilityParameterFile.paper());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void the_summary_is_the_same_to_the_last_bit_on_any_number_of_threads(int threads) throws InterruptedException {
        FleetSummary alone = Fleet.simulate(mix(300, 3));
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            FleetSummary together = Fleet.simulate(mix(300, 3), pool);

            assertThat(together.archetypes()).isEqualTo(alone.archetypes());
            assertThat(together.curve().mean_kW()).isEqualTo(alone.curve().mean_kW());
        }
    }

    @Test
    void a_household_of_a_fleet_is_the_same_as_that_household_simulated_alone() {
        List<PlugInSession> ofFleet = new ArrayList<>();
        FleetRequest request = mix(100, 3);
        Fleet.simulate(request, new TravelObserver() {
            @Override
            public void session(PlugInSession session) {
                if (session.household() == 77) {
                    ofFleet.add(session);
                }
            }
        });

        List<PlugInSession> alone = request.simulator()
                .simulate(
                        request.seed(),
                        request.network(),
                        77,
                        Objects.requireNonNull(request.findKind(77)),
                        Weeks.of(3));

        assertThat(ofFleet).isNotEmpty().isEqualTo(alone);
    }

    @Test
    void energy_used_is_energy_charged_but_for_what_the_batteries_hold() {
        FleetSummary summary = Fleet.simulate(mix(100, 52));
        for (ArchetypeSummary archetype : summary.archetypes()) {
            double batteries_kWh = archetype.archetype().equals("two-ev") ? 110 : 80;

            assertThat(archetype.homeCharged_kWh() + archetype.awayCharged_kWh() - archetype.annual_kWh())
                    .isBetween(-batteries_kWh, batteries_kWh);
        }
    }
}
