/**
 * Targets → a parameter set of the mobility model that meets them, and how well (paper, Sec. 3.2, steps 1-5).
 *
 * <p>In: {@link org.headroom.mobility.calibration.CalibrationTargets} (a file) and the set to begin from. Out: a {@link
 * org.headroom.mobility.calibration.FitReport} with the fitted set, each target with what was achieved, its deviation and
 * sampling interval, and what a target that is not met would cost the others.
 *
 * <p>{@code Calibration} goes in three stages: A, travel alone, by CMA-ES ({@code TravelFit}, {@code TravelVector}); the
 * consumption of a mile in closed form; B, charging, by one-dimensional searches ({@code ChargingFit}). What a set does is
 * measured by {@code FleetSamples}.
 */
@NullMarked
package org.headroom.mobility.calibration;

import org.jspecify.annotations.NullMarked;
