package org.headroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a run says of how it comes along, by a clock of our own. */
class ProgressDisplayTest {
    private final AtomicLong clock_ns = new AtomicLong(-1_000_000_000_000L); // a clock may count from anywhere
    private final StringWriter text = new StringWriter();
    private final ProgressDisplay display = ProgressDisplay.plain(new PrintWriter(text, true), clock_ns::get);

    private void advance(int trials, double each_s) {
        for (int i = 0; i < trials; i++) {
            clock_ns.addAndGet((long) (each_s * 1e9));
            display.advance();
        }
    }

    @Test
    void days_found_on_disk_are_no_work_of_this_run() {
        clock_ns.addAndGet(60_000_000_000L); // a minute goes by with reading
        display.begin(900, 1000);

        advance(4, 2.0);

        assertThat(text.toString().lines())
                .containsExactly(
                        "900 of 1000 days were finished before.",
                        "903 of 1000 days, 90 %, 6 s gone, 0.5 days a second, about 194 s left");
    }

    @Test
    void a_second_study_on_the_same_display_begins_at_its_own_time() {
        display.begin(0, 10);
        advance(10, 100.0);
        text.getBuffer().setLength(0);

        display.begin(0, 100);
        advance(10, 1.0);

        assertThat(text.toString().lines().findFirst())
                .hasValue("6 of 100 days, 6 %, 6 s gone, 1.0 days a second, about 94 s left");
    }

    @Test
    void the_last_day_is_told_whenever_it_comes_with_what_the_networks_say() {
        display.begin(0, 2);
        display.estimate("peak 100 ± 3 kW");

        advance(2, 0.5);

        assertThat(text.toString().strip())
                .isEqualTo("2 of 2 days, 100 %, 1 s gone, 2.0 days a second, about 0 s left; peak 100 ± 3 kW");
    }
}
