package org.headroom.similar.generate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many candidates were drawn, and how many of them each gate refused. */
public final class Refusals {
    private final Map<Gate, Long> refused = new EnumMap<>(Gate.class);
    private long drawn;
    private long accepted;

    /** Counts the candidates of a network. */
    public void add(Drawn network) {
        for (Candidate candidate : network.candidates()) {
            add(candidate.refusedBy());
        }
    }

    /** Adds other counts. */
    public void add(Refusals other) {
        drawn += other.drawn;
        accepted += other.accepted;
        other.refused.forEach((gate, count) -> refused.merge(gate, count, Long::sum));
    }

    /** Counts a candidate by the gate that refused it, or null where none did. */
    void add(@Nullable Gate refusedBy) {
        drawn++;
        if (refusedBy == null) {
            accepted++;
        } else {
            refused.merge(refusedBy, 1L, Long::sum);
        }
    }

    /** Candidates drawn. */
    public long drawn() {
        return drawn;
    }

    public long accepted() {
        return accepted;
    }

    public long refused(Gate gate) {
        return refused.getOrDefault(gate, 0L);
    }

    /** The counts in words. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        refused.forEach((gate, count) -> parts.add(String.format(Locale.ROOT, "%s %,d", gate.label(), count)));
        return String.format(
                Locale.ROOT,
                "%,d drawn, %,d accepted%s",
                drawn,
                accepted,
                parts.isEmpty() ? ", none refused" : "; refused by " + String.join(", ", parts));
    }
}
