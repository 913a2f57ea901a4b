/**
 * Real networks in, the proof that generated ones are like others that were held out, on features that no generator looks at.
 *
 * <p>{@link org.headroom.similar.validate.HeldOutProof} does it, feeder by feeder. Beside the generators stand two references:
 * other real feeders as they are (what a perfect generator would score) and real feeders with their electrical parameters
 * shuffled (what one that forgets how topology and electrics go together would).
 */
@NullMarked
package org.headroom.similar.validate;

import org.jspecify.annotations.NullMarked;
