/**
 * Scenarios × networks × days: what a study asks, runs and finds.
 *
 * <p>In: a study (YAML) and networks. Out: one {@code Trial} a network, scenario and day, its metrics under every charging mode
 * (paper, Sec. 6.1), and the {@link org.headroom.study.StudySummary} that tables and report show.
 *
 * <p>A trial is a pure function of the study, its seed and its indices; threads and order do not matter.
 */
@NullMarked
package org.headroom.study;

import org.jspecify.annotations.NullMarked;
