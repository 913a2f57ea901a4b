package org.headroom.study;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.headroom.dispatch.ChargingMode;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.study.TrialResult.TrialKey;
import org.jspecify.annotations.Nullable;

/** Some trials of a study, as {@code network=17,day=203,scenario=II,mode=v2g}: what is left out stands for all. */
public record TrialChoice(
        @Nullable Integer findNetwork,
        @Nullable Integer findDay,
        @Nullable String findScenario,
        @Nullable ChargingMode findMode) {
    private static final List<String> KEYS = List.of("network", "day", "scenario", "mode");

    /**
     * Reads a choice.
     *
     * @throws InputException where it names what the study does not have
     */
    public static TrialChoice parse(String text, Study study) {
        Map<String, String> values = new TreeMap<>();
        // a scenario's name may hold a comma
        for (String part : text.split(",(?=[^,=]*=)", -1)) {
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (equals < 0 || !KEYS.contains(key)) {
                String nearest = Document.findNearest(key, KEYS);
                throw new InputException("--only: '%s' is none of %s.%s"
                        .formatted(
                                part.strip(),
                                String.join(
                                        ", ", KEYS.stream().map(k -> k + "=…").toList()),
                                nearest == null ? "" : "\nMaybe " + nearest + "=…"));
            }
            if (values.put(key, part.substring(equals + 1).strip()) != null) {
                throw new InputException("--only: %s is given twice.".formatted(key));
            }
        }
        String scenario = values.get("scenario");
        List<String> scenarios = study.scenarios().stream().map(Scenario::name).toList();
        if (scenario != null && !scenarios.contains(scenario)) {
            throw new InputException(
                    "--only: scenario is '%s', expected one of %s.".formatted(scenario, String.join(", ", scenarios)));
        }
        String mode = values.get("mode");
        List<String> modes = study.modes().stream().map(ChargingMode::label).toList();
        if (mode != null && !modes.contains(mode)) {
            throw new InputException(
                    "--only: mode is '%s', expected one of %s.".formatted(mode, String.join(", ", modes)));
        }
        return new TrialChoice(
                index("network", values.get("network"), study.draws()),
                index("day", values.get("day"), study.calendar().days().size()),
                scenario,
                mode == null ? null : ChargingMode.find(mode));
    }

    private static @Nullable Integer index(String key, @Nullable String text, int count) {
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) >= count) {
            throw new InputException(
                    String.format(Locale.ROOT, "--only: %s is %s, expected 0 to %d.", key, text, count - 1));
        }
        return Integer.valueOf(text);
    }

    boolean contains(TrialKey key, Study study) {
        return (findNetwork == null || findNetwork == key.network())
                && (findDay == null || findDay == key.day())
                && (findScenario == null
                        || findScenario.equals(
                                study.scenarios().get(key.scenario()).name()));
    }

    /** The modes it asks for. */
    List<ChargingMode> modes(Study study) {
        return findMode == null ? study.modes() : List.of(findMode);
    }
}
