package org.headroom.dispatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headroom.input.Document;

/** What lines lose in dispatch: keys {@code losses} and {@code lossShare} (paper, Sec. 4.2). */
public sealed interface Losses {
    /** Largest loss share of a line. */
    double MOST_SHARE = 0.2;

    /** Nothing: the paper's model. */
    record None() implements Losses {
        @Override
        public String label() {
            return "none";
        }

        @Override
        public double share() {
            return 0;
        }
    }

    /**
     * Every line loses the same share of its flow.
     *
     * @param share of the flow delivered, 0 to {@link #MOST_SHARE}
     */
    record Fixed(double share) implements Losses {
        public Fixed {
            if (!(share >= 0 && share <= MOST_SHARE)) {
                throw new IllegalArgumentException("lossShare is %s, %s".formatted(share, allowed(share)));
            }
        }

        @Override
        public String label() {
            return "fixed";
        }
    }

    /** Name in files. */
    String label();

    /** Share of its flow that a line loses; 0 where lines lose nothing. */
    double share();

    /** Reads the two keys; nothing is lost where they are absent. */
    static Losses read(Document yaml) {
        String label = yaml.choice("losses", "none", List.of("none", "fixed"));
        if (label.equals("none")) {
            if (yaml.has("lossShare")) {
                throw yaml.fault(
                        "lossShare",
                        "is %s, but losses is none, which has no share.\nMaybe losses: fixed."
                                .formatted(yaml.text("lossShare")));
            }
            return new None();
        }
        if (!yaml.has("lossShare")) {
            throw yaml.fault(
                    "lossShare",
                    "is missing, expected 0 to %s with losses: fixed.\nMaybe 0.001: what each single line loses of its flow."
                            .formatted(MOST_SHARE));
        }
        double share = yaml.number("lossShare", -Double.MAX_VALUE, Double.MAX_VALUE);
        if (!(share >= 0 && share <= MOST_SHARE)) {
            throw yaml.fault("lossShare", "is %s, %s".formatted(share, allowed(share)));
        }
        return new Fixed(share);
    }

    /** The keys as they are written. */
    default Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("losses", label());
        switch (this) {
            case None _ -> {}
            case Fixed(double share) -> keys.put("lossShare", share);
        }
        return keys;
    }

    private static String allowed(double share) {
        String range = "expected 0 to %s.".formatted(MOST_SHARE);
        return share > MOST_SHARE && share <= 100 * MOST_SHARE
                ? "%s\nMaybe %s: a share, not percent.".formatted(range, share / 100)
                : "%s\nMaybe 0.001: what each single line loses of its flow.".formatted(range);
    }
}
