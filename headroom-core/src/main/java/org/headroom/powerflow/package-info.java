/**
 * Network and nodal powers in, line flows and voltages out.
 *
 * <p>Losses are neglected and reactive power comes from demand alone (paper, Sec. 4.2): a line's flow is the sum of what lies
 * below it, and voltages fall linearly with flow (eq. 13, in per unit). Power is positive away from the substation.
 */
@NullMarked
package org.headroom.powerflow;

import org.jspecify.annotations.NullMarked;
