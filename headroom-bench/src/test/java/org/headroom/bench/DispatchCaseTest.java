package org.headroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.headroom.dispatch.Session;
import org.headroom.dispatch.tree.Certificate;
import org.headroom.dispatch.tree.TreeSolver;
import org.headroom.time.DaySteps;
import org.junit.jupiter.api.Test;

/** The days that the solvers are compared on. */
class DispatchCaseTest {
    private static final List<DispatchCase> DAYS =
            DispatchCase.all().stream().flatMap(List::stream).toList();

    /** A price on a voltage limit above what the method leaves where none binds, some 1e-4. */
    private static final double PRICED_GBP_PER_PU = 0.01;

    @Test
    void three_v_v2v_days_of_24_steps_of_each_size_are_in_the_mean() {
        assertThat(DAYS.stream().filter(DispatchCase::inMean).map(DispatchCase::sessions))
                .containsExactly(20, 20, 20, 60, 60, 60, 110, 110, 110);
    }

    @Test
    void smart_and_v2g_days_have_118_homes() {
        List<DispatchCase> homes =
                DAYS.stream().filter(day -> day.name().contains("118-homes")).toList();
        assertThat(homes).hasSize(6).allMatch(day -> day.day().homeCount() == 118);
        assertThat(homes.stream().map(day -> day.mode().label()).distinct()).containsExactly("smart", "v2g");
    }

    @Test
    void at_least_60_voltage_limits_have_a_price_on_the_day_of_long_feeders() {
        DispatchCase day = DAYS.stream()
                .filter(one -> one.name().equals("v-v2v-110-voltages"))
                .findFirst()
                .orElseThrow();
        TreeSolver.Proved proved = TreeSolver.prove(day.day(), day.mode());
        Certificate prices = Objects.requireNonNull(proved.findCertificate());
        int priced = 0;
        for (int n = 0; n < day.day().network().nodeCount(); n++) {
            for (int t = 0; t < day.steps(); t++) {
                priced += Math.abs(prices.voltagePrice_gbpPerPu(n, t)) > PRICED_GBP_PER_PU ? 1 : 0;
            }
        }
        assertThat(proved.result().solver()).isEqualTo("tree");
        assertThat(day.sessions()).isEqualTo(110);
        assertThat(priced).isGreaterThanOrEqualTo(60);
    }

    @Test
    void names_tell_days_apart() {
        assertThat(DAYS.stream().map(DispatchCase::name)).doesNotHaveDuplicates();
    }

    @Test
    void days_of_48_and_96_steps_are_there() {
        assertThat(DAYS.stream().map(DispatchCase::steps)).contains(48, 96);
    }

    @Test
    void the_days_are_the_same_every_time() {
        List<DispatchCase> again =
                DispatchCase.all().stream().flatMap(List::stream).toList();
        for (int i = 0; i < DAYS.size(); i++) {
            assertThat(again.get(i).day().sessions())
                    .isEqualTo(DAYS.get(i).day().sessions());
            assertThat(again.get(i).day().demand_kW(7, 18))
                    .isEqualTo(DAYS.get(i).day().demand_kW(7, 18));
        }
    }

    @Test
    void cars_at_finer_steps_stay_as_long_in_hours() {
        for (DispatchCase day : DAYS) {
            DaySteps steps = day.day().steps();
            for (Session session : day.day().sessions()) {
                assertThat(session.length(steps) * steps.step_h())
                        .as("%s %s", day.name(), session.id())
                        .isBetween(7.0, 20.0);
            }
        }
    }
}
