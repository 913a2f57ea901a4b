/**
 * Two networks in, how similar they are out (paper, Sec. 5.3); and the gate that generated networks must pass.
 *
 * <p>{@link org.headroom.similar.measure.SimilarityGate} accepts or refuses by three measures that do not depend on the order
 * of nodes. The paper's own, eqs. 41-43, are {@link org.headroom.similar.measure.LiteralSimilarity}: reported, but no gate.
 */
@NullMarked
package org.headroom.similar.measure;

import org.jspecify.annotations.NullMarked;
