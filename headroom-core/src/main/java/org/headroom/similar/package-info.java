/**
 * Statistics of networks in, statistically similar networks out (paper, Sec. 5), with how similar they are. The networks that
 * ship with the product are found here too.
 */
@NullMarked
package org.headroom.similar;

import org.jspecify.annotations.NullMarked;
