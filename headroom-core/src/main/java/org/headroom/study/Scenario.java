package org.headroom.study;

import org.headroom.mobility.Habit;

/**
 * One way people might charge.
 *
 * @param charger_kW rated power of every home's charger
 */
public record Scenario(String name, double charger_kW, Habit habit) {
    public Scenario {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a scenario's name must not be blank");
        }
        if (!(charger_kW > 0 && charger_kW <= 1000)) {
            throw new IllegalArgumentException(
                    "scenario %s: charger_kW is %s, expected above 0 and at most 1000".formatted(name, charger_kW));
        }
    }
}
