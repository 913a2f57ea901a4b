/**
 * The kernel of the tree solver (design, Sec. 7): an interior point method that eliminates along the tree of a radial network.
 *
 * <p>In: a {@link org.headroom.dispatch.tree.TreeProgram}, the arrays of a day condensed to what can still be decided. Out: the
 * iterate of an {@link org.headroom.dispatch.tree.InteriorPoint}, powers and prices, from which the caller recomputes an upper
 * and a lower bound on the full problem. Nothing here knows networks, homes or files, and nothing is allocated per iteration.
 *
 * <p>Powers are kW (flows kVA where reactive power enters), energies are kW times steps, prices GBP per kW and step.
 */
@NullMarked
package org.headroom.dispatch.tree;

import org.jspecify.annotations.NullMarked;
