/**
 * One study seed in, independent random streams out. A leaf.
 *
 * <p>A stream is keyed by (seed, purpose, indices) alone, never by thread, machine or order of use, so that modes and
 * scenarios see the same people on the same days and any subset can be recomputed alone.
 */
@NullMarked
package org.headroom.random;

import org.jspecify.annotations.NullMarked;
