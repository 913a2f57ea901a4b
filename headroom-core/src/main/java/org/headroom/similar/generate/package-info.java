/**
 * Statistics of networks in, statistically similar networks out (paper, Sec. 5.2), with a count of what each gate refused.
 *
 * <p>Nodes of a {@link org.headroom.similar.generate.Draft} do not count the substation's; node {@code n} and the line that
 * feeds it have the same index, and parents stand before their children.
 */
@NullMarked
package org.headroom.similar.generate;

import org.jspecify.annotations.NullMarked;
