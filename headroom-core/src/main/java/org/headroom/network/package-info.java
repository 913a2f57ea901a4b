/**
 * The radial low-voltage network, balanced three-phase.
 *
 * <p>In: nodes, lines and a substation, from a file ({@link org.headroom.network.format}) or a generator. Out: an immutable
 * {@link org.headroom.network.Network} whose lines stand parents first, with the arrays that later stages compute on.
 *
 * <p>Units: m, ohm (whole line, per phase), kVA, GBP a year. A line's {@code from} is the substation's side; power is counted
 * positive away from the substation. The tree and its levels: paper, Sec. 5.1.
 */
@NullMarked
package org.headroom.network;

import org.jspecify.annotations.NullMarked;
