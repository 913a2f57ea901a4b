package org.headroom.similar.generate;

import java.util.List;
import org.headroom.network.Network;

/** What came of drawing one similar network. */
public sealed interface Drawn {
    /** Name of the input that it was drawn from. */
    String input();

    /** All candidates in the order they were drawn; only the last may be accepted. */
    List<Candidate> candidates();

    /** A network that passed all gates. */
    record Accepted(String input, List<Candidate> candidates, Network network) implements Drawn {
        public Accepted {
            candidates = List.copyOf(candidates);
        }
    }

    /** As many candidates as allowed were refused. */
    record GivenUp(String input, List<Candidate> candidates) implements Drawn {
        public GivenUp {
            candidates = List.copyOf(candidates);
        }
    }
}
