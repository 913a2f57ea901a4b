package org.headroom.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the cars of a community are charged (paper, Sec. 6.1). */
public sealed interface ChargingMode {
    /** All modes, from the least to the most coordinated. */
    static List<ChargingMode> all() {
        return List.of(new Immediate(), new Smart(), new VehicleToGrid(), new VirtualVehicleToVehicle());
    }

    /** Name in files and on the command line. */
    String label();

    /** True where cars may give energy back. */
    default boolean mayDischarge() {
        return switch (this) {
            case Immediate _, Smart _ -> false;
            case VehicleToGrid _, VirtualVehicleToVehicle _ -> true;
        };
    }

    /** Full power from plug-in until the target is reached. */
    record Immediate() implements ChargingMode {
        @Override
        public String label() {
            return "immediate";
        }
    }

    /** Each home minimises its own bill; no discharge (eqs. 3a-3c). */
    record Smart() implements ChargingMode {
        @Override
        public String label() {
            return "smart";
        }
    }

    /** Each home minimises its own bill; may discharge (eqs. 3a-3c). */
    record VehicleToGrid() implements ChargingMode {
        @Override
        public String label() {
            return "v2g";
        }
    }

    /** The community minimises its bill and its network's present value together (eqs. 2a-2f). */
    record VirtualVehicleToVehicle() implements ChargingMode {
        @Override
        public String label() {
            return "v-v2v";
        }
    }

    /** The mode of a label, or null where there is none. */
    static @Nullable ChargingMode find(String label) {
        return all().stream()
                .filter(mode -> mode.label().equals(label))
                .findFirst()
                .orElse(null);
    }
}
