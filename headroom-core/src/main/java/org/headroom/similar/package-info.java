/**
 * Networks as statistics: in, a {@link org.headroom.network.Network}; out, its levels and the distributions per level that
 * similar networks are drawn from (paper, Sec. 5.1).
 *
 * <p>The height of a node is the number of lines on the longest path down to a leaf; its degree is the number of lines that
 * meet at it. Levels count from the substation: 1 near-substation, 2 intermediate, 3 near-terminal.
 */
@NullMarked
package org.headroom.similar;

import org.jspecify.annotations.NullMarked;
