/**
 * One day on one network: the problem, the charging modes, the solvers and the outcome (paper, Sec. 4).
 *
 * <p>In: a network, the demand and PV of homes, a tariff and plug-in sessions, as a {@link org.headroom.dispatch.DayProblem}.
 * Out: a {@link org.headroom.dispatch.Schedule} with a bound on how much better any other could be, and the
 * {@link org.headroom.dispatch.DayOutcome} recomputed from it: flows, voltages, present value and cost (eqs. 2a-40c).
 * {@link org.headroom.dispatch.AcCheck} says what losses and AC voltages come of it.
 *
 * <p>Signs: consumption and charging are positive, flows are positive away from the substation. Units: kW, kWh, GBP; a day
 * carries 1/365 of annual values (design, Sec. 2).
 *
 * <p>{@link org.headroom.dispatch.tree.TreeSolver} is the default, certified and fast; {@link org.headroom.dispatch.HighsSolver} is
 * the general reference beside it.
 */
@NullMarked
package org.headroom.dispatch;

import org.jspecify.annotations.NullMarked;
