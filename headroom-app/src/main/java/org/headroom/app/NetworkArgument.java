package org.headroom.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.network.Reduction;
import org.headroom.similar.NamedNetworks;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.generate.LearningInputs;
import org.headroom.similar.measure.NetworkShape;
import org.jspecify.annotations.Nullable;

/** Networks named on the command line, with the options that go with them. */
final class NetworkArgument {
    private NetworkArgument() {}

    /** What an argument stands for; options as for {@link #network}. */
    static NamedNetworks find(String argument, @Nullable String reduction, @Nullable Double home_kW) {
        return NamedNetworks.find(argument, reduction(reduction), checked(home_kW));
    }

    /**
     * A network.
     *
     * @param reduction {@code none}, {@code chains} or {@code joints}; null takes joints for OpenDSS, else none
     * @param home_kW demand of a home, to count homes anew from the loads that the file states; null leaves them as read
     */
    static NamedNetworks.Whole network(String argument, @Nullable String reduction, @Nullable Double home_kW) {
        return NamedNetworks.network(argument, reduction(reduction), checked(home_kW));
    }

    /** Networks to learn from. */
    static LearningInputs inputs(List<String> arguments, @Nullable String reduction) {
        return LearningInputs.of(arguments.stream()
                .map(argument -> find(argument, reduction, null))
                .toList());
    }

    /** Networks, those that figures describe among them; refuses a network that is named twice. */
    static List<Network> distinct(List<String> arguments, @Nullable String reduction) {
        Map<String, String> seen = new HashMap<>();
        List<Network> networks = new ArrayList<>();
        for (String argument : arguments) {
            List<Network> named = switch (find(argument, reduction, null)) {
                case NamedNetworks.Whole whole -> List.of(whole.network());
                case NamedNetworks.Figures figures ->
                    figures.statistics().stream()
                            .map(NetworkStatistics::network)
                            .toList();
            };
            for (Network network : named) {
                String before = seen.put(NetworkShape.of(network).fingerprint(), argument);
                if (before != null) {
                    throw new InputException(
                            "%s and %s hold the same network, %s: expected each once.\nMaybe a copy of it is among the inputs."
                                    .formatted(before, argument, network.name()));
                }
                networks.add(network);
            }
        }
        return networks;
    }

    private static @Nullable Reduction reduction(@Nullable String name) {
        return name == null ? null : Reduction.named(name);
    }

    private static @Nullable Double checked(@Nullable Double home_kW) {
        if (home_kW != null && !(home_kW > 0 && home_kW < Double.POSITIVE_INFINITY)) {
            throw new InputException("--home-kW is %s, expected > 0.".formatted(home_kW));
        }
        return home_kW;
    }
}
