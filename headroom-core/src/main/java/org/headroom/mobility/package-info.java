/**
 * Archetypes → trips → state of charge → plug-in sessions (paper, Secs. 3, 4.3, 6.2; eqs. 1, 22, 26-29).
 *
 * <p>In: a parameter set ({@link org.headroom.mobility.MobilityParameterFile}), a habit, a charger and a study seed.
 * Out, for each household: {@link org.headroom.mobility.PlugInSession}s, at most one a day, and for who asks trips and
 * days ({@link org.headroom.mobility.TravelObserver}); for a fleet: its charging curve, a summary and files.
 *
 * <ul>
 *   <li>Archetypes and their households (Sec. 3.1, Table 1): {@code Archetype}, {@code HouseholdKind}.
 *   <li>Transition matrix τ, hours ρ, main, adjacent and post-home trips (Sec. 3.2): {@code DayPattern}, {@code
 *       DaySampler}.
 *   <li>Habits and the threshold of eq. 1 (Sec. 3.3), charging away from home, two cars on one charger, arrival and
 *       departure energies of eqs. 26-27 (Sec. 4.3): {@code HouseholdSimulator}.
 *   <li>Immediate charge and Figs. 7-9 (Sec. 6.2): {@code ChargingCurve}.
 *   <li>Public parking, reservation first, then first come, first served (Sec. 4.4, eqs. 30-37): {@code PublicParking}.
 *   <li>Measured sessions in the place of simulated ones: {@code MeasuredSessions}, {@code SessionMapping}.
 *   <li>Calibration (Sec. 3.2, steps 1-5): {@code org.headroom.mobility.calibration}.
 * </ul>
 *
 * <p>Hours count from the midnight of the day a car leaves home and may exceed 24. Stored energies are the battery's;
 * the energy of a trip and what a year's summary adds up is measured at the wall: the battery takes or gives η of it.
 */
@NullMarked
package org.headroom.mobility;

import org.jspecify.annotations.NullMarked;
