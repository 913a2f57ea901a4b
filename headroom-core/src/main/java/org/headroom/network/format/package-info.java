/**
 * Network files: in, a file or folder of a known format; out, a {@link org.headroom.network.Network} with the report of all
 * that the model cannot carry.
 *
 * <p>{@link org.headroom.network.format.NetworkFiles} tells the format. A file that is wrong is refused with one message that
 * names file, line and object; a file that says more than the model holds is read, and what was left out or approximated is
 * listed in the {@link org.headroom.network.format.ImportReport}. {@link org.headroom.network.format.NetworkFormat} writes, and says
 * likewise what a format has no word for.
 */
@NullMarked
package org.headroom.network.format;

import org.jspecify.annotations.NullMarked;
