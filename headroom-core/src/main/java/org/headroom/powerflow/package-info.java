/**
 * Network and nodal powers in, line flows and voltages out.
 *
 * <p>{@link org.headroom.powerflow.LosslessFlow} is the paper's model (Sec. 4.2, eqs. 4-7 and 13), which dispatch optimises
 * over: a line's flow is the sum of what lies below it, and voltages fall linearly with flow.
 * {@link org.headroom.powerflow.FixedLossFlow} is the same with lines that lose a fixed share of their flow.
 * {@link org.headroom.powerflow.AcPowerFlow} is the full AC power flow of a balanced radial network, with losses; it tells how
 * far off the paper's model is.
 *
 * <p>Power is positive for consumption and away from the substation; voltages are per unit of the network's base. The
 * substation's node keeps its voltage.
 */
@NullMarked
package org.headroom.powerflow;

import org.jspecify.annotations.NullMarked;
