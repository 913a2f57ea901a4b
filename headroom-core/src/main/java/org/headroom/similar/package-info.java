/**
 * Statistics of networks in, statistically similar networks out (paper, Sec. 5), with how similar they are. The networks that
 * ship with the product are found here too.
 *
 * <p>The height of a node is the number of lines on the longest path down to a leaf; its degree is the number of lines that
 * meet at it. Levels count from the substation: 1 near-substation, 2 intermediate, 3 near-terminal.
 */
@NullMarked
package org.headroom.similar;

import org.jspecify.annotations.NullMarked;
