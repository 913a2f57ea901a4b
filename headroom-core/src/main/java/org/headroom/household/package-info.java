/**
 * Everything of a home that is not its car: demand, photovoltaics and tariff (design, Sec. 4).
 *
 * <p>In: the study's seed, a network's index and number of homes, and a {@link org.headroom.household.HouseholdModel} that
 * says where demand and PV come from: typical shapes with random variation, measured profiles or a PVGIS file. Out: each
 * home's annual energy and PV size ({@link org.headroom.household.Home}), its powers on a day
 * ({@link org.headroom.household.HomesDay}), and the prices of a {@link org.headroom.household.Tariff}.
 *
 * <p>Powers are kW and kvar, means over a step, at least 0: demand is drawn from the network, PV is available to it. Steps
 * are of clock time. All draws are keyed by (network, home, season, day) and so do not depend on scenario, mode, order or
 * thread.
 */
@NullMarked
package org.headroom.household;

import org.jspecify.annotations.NullMarked;
